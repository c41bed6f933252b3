//! Writes the output folder atomically.
//!
//! In: files and their bytes. Out: a folder on disk. This is the only module that writes. Files go to a staging
//! directory beside the output folder. When all files are written, the two are exchanged in one step, so that neither
//! readers nor a crash ever see half a site. Before the exchange, the files are synchronised with the storage device, so
//! that the same holds if the power fails. Changes of the content are applied in the same spirit: all of a change, or nothing.

mod disk;
mod lock;
mod notes;
mod staging;
mod content;

pub use content::{Recovered, Step, apply, recover};
pub use staging::{MARKER, Options, Refusal, Staging, add_new, is_ours, stage, write_file, write_new};
