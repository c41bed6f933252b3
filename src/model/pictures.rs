//! Diagnostics about the pictures of entities and of prose: files that are not pictures, and pictures that are large.

use std::collections::HashSet;

use super::body::{Body, Target};
use super::ecosystem::Ecosystem;
use super::value::FieldValue;
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::Lang;
use crate::parse::SlotKind;
use crate::source::Picture;
use crate::text::Place;

/// The number of bytes above which a picture is large.
const LARGE: u64 = 1_000_000;

/// All diagnostics about the pictures that published entities and pages show. A large file is reported once.
pub(super) fn problems(ecosystem: &Ecosystem) -> Vec<Diagnostic> {
    let mut large = HashSet::new();
    let mut problems = Vec::new();
    for_each(ecosystem, &mut |path, place| match ecosystem.sources.picture(path) {
        Some(Picture::OtherName) => problems.push(other_name(path, place)),
        Some(Picture::OtherBytes) => problems.push(other_bytes(path, place)),
        Some(Picture::Size(_)) => {
            let bytes = ecosystem.sources.asset(path).map_or(0, |asset| asset.bytes.size());
            if bytes > LARGE && large.insert(path.to_owned()) {
                problems.push(too_large(path, bytes, place));
            }
        }
        None => {}
    });
    problems
}

/// Calls a function with the path of each picture that is shown, and the place that names it.
fn for_each(ecosystem: &Ecosystem, look: &mut dyn FnMut(&str, Place)) {
    for id in ecosystem.published() {
        let entity = ecosystem.entity(id);
        let values = entity.values.iter().flat_map(|values| &values.values).flat_map(FieldValue::images);
        for image in entity.image.iter().chain(values) {
            look(&image.src, image.place.clone());
        }
        in_prose(entity.bodies(), look);
    }
    for (_, page) in ecosystem.published_pages() {
        in_prose(page.body.iter(), look);
    }
}

fn in_prose<'a>(bodies: impl Iterator<Item = (Lang, &'a Body)>, look: &mut dyn FnMut(&str, Place)) {
    for (_, body) in bodies {
        for (slot, target) in body.prose.slots.iter().zip(&body.targets) {
            if let (SlotKind::Image { .. }, Target::Asset(path, _)) = (&slot.kind, target) {
                look(path, Place { path: body.path.clone(), span: slot.span });
            }
        }
    }
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
