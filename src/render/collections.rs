//! Entities in groups: figures beside those that contradict them, terms by their letters.

use tera::Value;

use super::pages::Pages;
use crate::locale::Lang;
use crate::schema::{RelationId, TypeId};

/// Entities by what they are about, those that contradict one another together.
pub(super) fn figures(
    _pages: &Pages,
    _of: TypeId,
    _by: Option<RelationId>,
    _against: Option<RelationId>,
    _lang: Lang,
) -> Value {
    Value::none()
}

/// Entities by the first letters of their titles.
pub(super) fn glossary(_pages: &Pages, _of: TypeId, _lang: Lang) -> Value {
    Value::none()
}
