//! Who is related to whom, as a drawing.

use tera::Value;

use super::pages::Pages;
use crate::locale::Lang;
use crate::schema::TypeId;

/// All entities of some types and the relations between them.
pub(super) fn view(_pages: &Pages, _of: &[TypeId], _lang: Lang) -> Value {
    Value::none()
}
