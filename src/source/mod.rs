//! The files of a site.
//!
//! In: [`Files`], wherever they are. Out: [`Sources`]: the texts, and the paths of all other files, in the order of their paths; and the themes. The
//! only module that reads content; what the files mean is for the others.

mod disk_file;
mod files;
mod disk;
mod embedded;
mod memory;
mod texts;
mod asset;
mod sources;
mod themes;
mod bundles;
mod changes;

pub use asset::{Asset, text_of};
pub use bundles::{Bundle, assets, bundles};
pub use changes::{differences, theme_differences};
pub use disk::Disk;
pub use disk_file::DiskFile;
pub use embedded::{Embedded, starter};
pub use files::{Bytes, CONTENT, Contents, Files, Listing, Stamp, THEMES, is_passed_over};
pub use memory::{Memory, Overlay};
pub use sources::{Sources, read, read_some};
pub use themes::{ThemeFiles, theme, theme_names};
