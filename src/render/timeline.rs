//! What happened when, along an axis.

use tera::Value;

use super::pages::Pages;
use crate::locale::Lang;
use crate::model::Dated;

/// The entities of some types that have dates, in the order of these.
pub(super) fn view(_pages: &Pages, _of: &[Dated], _lang: Lang) -> Value {
    Value::none()
}
