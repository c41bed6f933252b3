//! Calls of the program `git`.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

/// The name of the contents of a file in a repository.
pub type Object = String;

pub(super) fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(arguments).stdin(Stdio::null());
    // Nothing outside this repository is fetched, and its hooks are not asked.
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
    command
}

pub(super) fn output(root: &Path, arguments: &[&str]) -> io::Result<Vec<u8>> {
    let output = command(root, arguments).output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(error.kind(), "there is no program git: install it"),
        _ => error,
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let message = String::from_utf8_lossy(&output.stderr);
    Err(io::Error::other(message.trim().trim_start_matches("fatal: ").to_owned()))
}

/// One line of output.
pub(super) fn git(root: &Path, arguments: &[&str]) -> io::Result<String> {
    output(root, arguments).map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned())
}

/// Reads objects, and calls `each` with the number of an object and its bytes. An object of more than `most` bytes is empty.
///
/// # Errors
/// An object is not there, or there is no `git`.
pub fn objects(root: &Path, names: &[&str], most: u64, each: &mut dyn FnMut(usize, &[u8])) -> io::Result<()> {
    let mut child = command(root, &["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let (Some(mut input), Some(out)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::Error::other("git can't be talked to"));
    };
    let request: String = names.iter().map(|name| format!("{name}\n")).collect();
    // Writing and reading at the same time: the pipes hold little.
    let writer = std::thread::spawn(move || input.write_all(request.as_bytes()));
    let mut out = BufReader::new(out);
    for (number, name) in names.iter().enumerate() {
        let mut header = String::new();
        out.read_line(&mut header)?;
        let size = header.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| io::Error::other(format!("git can't read {name}")))?;
        let mut bytes = Vec::new();
        out.by_ref().take(size.min(most)).read_to_end(&mut bytes)?;
        io::copy(&mut out.by_ref().take(size.saturating_sub(most) + 1), &mut io::sink())?;
        each(number, if size > most { &[] } else { &bytes });
    }
    let written = writer.join().unwrap_or_else(|_| Err(io::Error::other("git can't be talked to")));
    child.wait()?;
    written
}
