//! Pictures.

use std::sync::Arc;

use crate::diagnostics::{self, Code};
use crate::locale::LocalText;
use crate::reader::Reader;
use crate::table::Value;
use crate::text::Place;

/// An image in the content folder.
#[derive(Debug, Clone)]
pub struct Image {
    /// Its path below the content folder.
    pub src: Arc<str>,
    /// What it shows.
    pub alt: LocalText,
    /// The place of the value.
    pub place: Place,
    /// The key of the value: `image`, or a field's id.
    pub key: Box<str>,
}

/// How a picture is shown where it has a frame, such as on a card. A type can have a frame for all its entities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Frame {
    /// Whether the whole picture is shown, or it fills the frame and is cut.
    pub fit: Option<&'static str>,
    /// The background of a transparent picture.
    pub background: Option<&'static str>,
}

impl Frame {
    const FITS: &'static [&'static str] = &["contain", "cover"];
    const BACKGROUNDS: &'static [&'static str] = &["light", "dark", "none"];

    /// Reads a key of a type or an entity, if it is one of a frame.
    pub fn read(&mut self, reader: &mut Reader<'_>, key: &str, value: &Value) {
        match key {
            "image_fit" => self.fit = one_of(reader, key, value, Self::FITS),
            "background" => self.background = one_of(reader, key, value, Self::BACKGROUNDS),
            _ => {}
        }
    }

    /// This frame, completed by that of the type, and then by the defaults.
    pub fn with_defaults(self, of_type: Self) -> (&'static str, &'static str) {
        (self.fit.or(of_type.fit).unwrap_or("contain"), self.background.or(of_type.background).unwrap_or("light"))
    }
}

/// Reads one of several words.
fn one_of(reader: &mut Reader<'_>, key: &str, value: &Value, words: &[&'static str]) -> Option<&'static str> {
    let text = reader.text(value)?;
    let word = words.iter().copied().find(|word| **word == *text);
    if word.is_none() {
        let problem = reader.problem(Code::NotAChoice, value.span, format!("{key} can't be \"{text}\""));
        let hint = diagnostics::did_you_mean(&text, words.iter().copied())
            .unwrap_or_else(|| format!("the words are {}", diagnostics::list_all(words.iter().copied())).into());
        reader.report(problem.hint(hint));
    }
    word
}
