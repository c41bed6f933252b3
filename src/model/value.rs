//! The values of an entity's fields.

use super::body::Body;
use crate::locale::Lang;
use crate::text::Span;
use crate::values;

/// A value of a field.
pub type FieldValue = values::FieldValue<Body>;

/// The values of one field of an entity.
#[derive(Debug, Clone)]
pub struct FieldValues {
    /// The index of the field in its type.
    pub field: usize,
    /// The values, in the order of the file.
    pub values: Vec<FieldValue>,
    /// The span of each value in the entity's file of the default language.
    pub spans: Box<[Span]>,
    /// The attributes of each value; empty if no value has any.
    pub attributes: Box<[Vec<Attribute>]>,
}

/// A value of an attribute of a link or of a value.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// The index of the attribute in its relation or field.
    pub index: usize,
    /// The value.
    pub value: FieldValue,
    /// The value in the file of the entity that states the link.
    pub span: Span,
}

impl FieldValues {
    /// Each value with its attributes; the values of one attribute are adjacent.
    pub fn with_attributes(&self) -> impl Iterator<Item = (&FieldValue, &[Attribute])> {
        let attributes = |at: usize| self.attributes.get(at).map(Vec::as_slice).unwrap_or_default();
        self.values.iter().enumerate().map(move |(at, value)| (value, attributes(at)))
    }

    /// All prose of the values, then that of their attributes.
    pub(in crate::model) fn bodies(&self) -> impl Iterator<Item = (Lang, &Body)> {
        let attributes = self.attributes.iter().flatten().map(|attribute| &attribute.value);
        self.values.iter().chain(attributes).flat_map(FieldValue::prose)
    }

    /// Like [`FieldValues::bodies`], mutable.
    pub(in crate::model) fn bodies_mut(&mut self) -> impl Iterator<Item = &mut Body> {
        let attributes = self.attributes.iter_mut().flatten().map(|attribute| &mut attribute.value);
        self.values.iter_mut().chain(attributes).flat_map(FieldValue::prose_mut)
    }
}
