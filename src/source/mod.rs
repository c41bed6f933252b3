//! The files of a site.
//!
//! In: [`Files`] on disk, embedded or in memory. Out: [`Sources`], with all texts and the paths of all other files,
//! sorted by path; and the themes. This is the only module that reads content. It does not know what the files mean.

mod open;
mod disk_file;
mod files;
mod disk;
mod embedded;
mod memory;
mod texts;
mod asset;
mod pictures;
mod sources;
mod themes;
mod bundles;
mod changes;
mod git;
mod revision;
mod log;

pub use asset::{Asset, text_of};
pub use bundles::{Bundle, assets, bundles};
pub use changes::{differences, theme_differences};
pub use disk::{Disk, read_named};
pub use disk_file::DiskFile;
pub use embedded::{Embedded, Host, built_in_theme, built_in_themes, starter, workflow};
pub use files::{Bytes, Contents, Files, Listing, Stamp, is_ignored};
pub use git::{Object, objects};
pub use log::{Commit, Head, Touched, log, newest_commit};
pub use memory::{Memory, Overlay};
pub use open::{CONTENT, THEMES};
pub use pictures::Picture;
pub use revision::{at_revision, usual_revision};
pub use sources::{Sources, read, read_some};
pub use themes::{ThemeFiles, theme, theme_name, theme_names};
