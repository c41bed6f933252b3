//! A change of the content, by the files and keys that it is in.

use jiff::civil::Date;

/// What happened to the content, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// The changes of files.
    pub changes: Vec<Change>,
}

/// A change of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The number of the commit: the newest is 0.
    pub commit: u32,
    /// The day of the commit, in UTC.
    pub day: Date,
    /// The path of the file, from the root of the site.
    pub path: Box<str>,
    /// Its earlier path, if it was moved.
    pub was: Option<Box<str>>,
    /// What happened to each of its entries that is different.
    pub entries: Vec<Entry>,
}

/// What happened to an entry of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key of its table in a list; empty for what a file is about as a whole.
    pub id: Box<str>,
    /// What happened.
    pub what: What,
}

/// What happened to an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It is new, with these keys. Empty if the versions were not read.
    New(Vec<Box<str>>),
    /// It is gone; it had this title.
    Gone(Box<str>),
    /// These keys changed. Empty if the versions were not read.
    Changed(Vec<Changed>),
}

/// A key whose value changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The key; the prose has the key [`PROSE`].
    pub key: Box<str>,
    /// What the file said; `None` if one of the two is long.
    pub sides: Option<Sides>,
}

/// What a file said of something before a change, and after it: the values as TOML, empty where there is none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sides {
    /// Before the change.
    pub old: Box<str>,
    /// After it.
    pub new: Box<str>,
}

/// The key of the prose.
pub const PROSE: &str = "";
