//! What the file `links.lock` says.

use std::io;
use std::path::Path;

use anyhow::{Context, Result, anyhow};

use crate::links::{FILE, Lock};
use crate::source;

/// The most bytes of the file.
const MOST: u64 = 64 << 20;

/// Reads the file of a site; without one, nothing is known.
pub(super) fn read(root: &Path) -> Result<Lock> {
    let bytes = match source::read_named(&root.join(FILE), MOST) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Lock::default()),
        Err(error) => return Err(error).with_context(|| format!("can't read {FILE}")),
    };
    let lock = String::from_utf8(bytes).map_err(|_| String::from("it is not UTF-8 text"));
    let lock = lock.and_then(|text| Lock::read(&text));
    lock.map_err(|error| anyhow!("{FILE}: {error}; correct it, or delete the file: check --links writes it again"))
}
