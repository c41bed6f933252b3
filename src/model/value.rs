//! The values of fields.

use std::sync::Arc;

use super::body::Body;
use super::date::Date;
use crate::locale::{Lang, LocalText, Localised};
use crate::text::{Place, Span};

/// A value of a field.
#[derive(Debug, Clone)]
pub enum FieldValue {
    /// A line of text.
    Text(LocalText),
    /// Markdown, compiled.
    Markdown(Localised<Body>),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A boolean.
    Boolean(bool),
    /// A year.
    Year(i16),
    /// A day, a month or a year.
    Date(Date),
    /// An address on the web.
    Url(Box<str>),
    /// An e-mail address.
    Email(Box<str>),
    /// Latitude and longitude, in degrees.
    Point(f64, f64),
    /// The index of a choice in the field's list.
    Choice(u16),
    /// A picture.
    Image(Image),
}

/// The values of one field of an entity.
#[derive(Debug, Clone)]
pub struct FieldValues {
    /// The index of the field in its type.
    pub field: u16,
    /// The values, in the order of the file.
    pub values: Vec<FieldValue>,
    /// The span of each value in the entity's file of the default language.
    pub spans: Box<[Span]>,
}

impl FieldValue {
    /// The prose of the value, if it is Markdown.
    pub(in crate::model) fn bodies(&self) -> impl Iterator<Item = (Lang, &Body)> {
        let bodies = match self {
            Self::Markdown(bodies) => Some(bodies.iter()),
            _ => None,
        };
        bodies.into_iter().flatten()
    }

    /// Like [`FieldValue::bodies`], mutable.
    pub(in crate::model) fn bodies_mut(&mut self) -> impl Iterator<Item = &mut Body> {
        let bodies = match self {
            Self::Markdown(bodies) => Some(bodies.iter_mut()),
            _ => None,
        };
        bodies.into_iter().flatten()
    }

    /// Whether two values of one field are the same. Texts are compared as they are in the file, before typography.
    pub(in crate::model) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Markdown(a), Self::Markdown(b)) => {
                let markdown = |bodies: &Localised<Body>| -> Vec<(Lang, Box<str>)> {
                    bodies.iter().map(|(lang, body)| (lang, body.markdown.clone())).collect()
                };
                markdown(a) == markdown(b)
            }
            (Self::Integer(a), Self::Integer(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a == b,
            (Self::Boolean(a), Self::Boolean(b)) => a == b,
            (Self::Year(a), Self::Year(b)) => a == b,
            (Self::Date(a), Self::Date(b)) => a == b,
            (Self::Url(a), Self::Url(b)) | (Self::Email(a), Self::Email(b)) => a == b,
            (Self::Point(a, b), Self::Point(c, d)) => (a, b) == (c, d),
            (Self::Choice(a), Self::Choice(b)) => a == b,
            (Self::Image(a), Self::Image(b)) => a.src == b.src,
            _ => false,
        }
    }
}

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
