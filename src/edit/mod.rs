//! Changes of the content as values.
//!
//! In: a checked site, and a wish such as "give this entity another id". Out: a [`Change`], the files to create, to edit,
//! to move and to delete; or the reasons why not. Nothing is read or written here: `trial` compiles a change over the
//! files before anybody applies it, and `output` applies it. An edit replaces only what it is about; comments, order,
//! quotation marks, blank lines and line ends stay as they are.

mod refusal;
mod change;
mod draft;
mod toml;
mod diff;
mod json;
mod trial;
mod locate;
mod place;
mod references;
mod links;
mod moves;
mod redirects;
mod entity_paths;
mod subject;
mod headers;
mod written;
mod removal;
mod leave;
mod unlink;
mod rename;
mod remove;
mod merge;
mod retype;
mod add;
mod translation;
mod set;

pub use add::{Wish, add};
pub use change::{Change, Edit, FileChange, edited};
pub use diff::unified;
pub use json::json;
pub use merge::{Keep, merge};
pub use refusal::Refusal;
pub use removal::removal;
pub use remove::remove;
pub use rename::{heading_at, rename, rename_heading};
pub use retype::retype;
pub use set::{Item, NewEntity, Setting, set};
pub use subject::{Subject, find};
pub use translation::translation;
pub use trial::{Trial, trial};
pub use unlink::take_out_one;
