//! The values of an entity's fields.

use super::body::Body;
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
}
