//! The field of a type that says in which language a title is.
//!
//! In: the id that `title_language` names, and the fields of the type. Out: the position of the field. The title of a
//! publication is in its own language on pages of all languages, which browsers have to know to read it aloud.

use super::declarations::Field;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::locale::Language;
use crate::text::Place;

/// The field that types of sources have for it where they name none.
const USUAL: &str = "language";

/// The position of the field. A name that no such field has is reported.
pub(super) fn resolve(
    name: Option<(Box<str>, Place)>,
    fields: &[Field],
    citation: bool,
    problems: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let find = |name: &str| fields.iter().position(|field| &*field.id == name && is_of_languages(field));
    let Some((name, place)) = name else { return citation.then(|| find(USUAL)).flatten() };
    let position = find(&name);
    if position.is_none() {
        let ids = || fields.iter().filter(|field| is_of_languages(field)).map(|field| &*field.id);
        let message = format!("the type has no field \"{name}\" of the kind \"choice\" whose choices are languages");
        let hint = diagnostics::did_you_mean(&name, ids())
            .unwrap_or_else(|| "its choices have language tags as ids: choices = { fr = \"French\" }".into());
        problems.push(Diagnostic::new(Code::BadField, place, message).hint(hint));
    }
    position
}

/// Whether a field has one choice among languages.
fn is_of_languages(field: &Field) -> bool {
    let choices = field.kind.choices();
    !field.many && !choices.is_empty() && choices.iter().all(|choice| Language::parse(&choice.id).is_some())
}
