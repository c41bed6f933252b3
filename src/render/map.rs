//! Where entities are, as a map.

use tera::Value;

use super::pages::Pages;
use crate::locale::Lang;
use crate::schema::{RelationId, TypeId};

/// The places that the entities of a type lead to, with how many do.
pub(super) fn view(_pages: &Pages, _of: TypeId, _by: RelationId, _lang: Lang) -> Value {
    Value::none()
}
