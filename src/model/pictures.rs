//! Diagnostics about the pictures of entities and of prose: files that are not pictures, and pictures that are large.

use std::collections::HashSet;
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic};
use crate::source::{Picture, Sources};
use crate::text::Place;

/// The number of bytes above which a picture is large.
const LARGE: u64 = 1_000_000;

/// All diagnostics about the pictures that published entities and pages show, by their paths and places. A large file is reported
/// once.
pub(super) fn problems<'p>(
    sources: &Sources,
    pictures: impl Iterator<Item = &'p (Arc<str>, Place)>,
) -> Vec<Diagnostic> {
    let mut large = HashSet::new();
    let mut problems = Vec::new();
    for (path, place) in pictures {
        match sources.picture(path) {
            Some(Picture::OtherName) => problems.push(other_name(path, place.clone())),
            Some(Picture::OtherBytes) => problems.push(other_bytes(path, place.clone())),
            Some(Picture::Size(_)) => {
                let bytes = sources.asset(path).map_or(0, |asset| asset.bytes.size());
                if bytes > LARGE && large.insert(path) {
                    problems.push(too_large(path, bytes, place.clone()));
                }
            }
            None => {}
        }
    }
    problems
}

fn other_name(path: &str, place: Place) -> Diagnostic {
    let message = format!("the name of \"{path}\" does not have the ending of an image");
    Diagnostic::new(Code::NotAnImage, place, message)
        .hint("browsers show the endings png, jpg, gif, webp, avif and svg; link to any other file")
}

fn other_bytes(path: &str, place: Place) -> Diagnostic {
    let message = format!("\"{path}\" is not an image, although its name has the ending of one");
    Diagnostic::new(Code::NotAnImage, place, message).hint("open the file to see what it is, and replace it")
}

fn too_large(path: &str, bytes: u64, place: Place) -> Diagnostic {
    let message = format!("the image \"{path}\" has {:.1} MB", bytes as f64 / 1e6);
    Diagnostic::new(Code::LargeImage, place, message)
        .hint("make it smaller: at most 1 MB, and at most 2,000 pixels wide")
}
