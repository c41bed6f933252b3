//! The schema: the types of a site's entities, with their fields and relations.
//!
//! In: the texts of all `_type.toml`. Out: a [`Schema`], whose relations have their targets and inverses, and
//! diagnostics. This module knows no entity.

mod redirects;
mod ids;
mod declarations;
mod lookup;
mod headline;
mod title_language;
mod signs;
mod fields;
mod relations;
mod read;
mod inverses;
mod resolve;

use crate::diagnostics::Diagnostic;
use crate::locale::Languages;
use crate::text::SourceText;

pub use declarations::*;
pub use headline::ROLES as HEADLINE_ROLES;
pub use ids::{RelationId, TypeId};
pub(crate) use read::{TYPE_KEYS, segments};
pub(crate) use redirects::redirects;
pub(crate) use resolve::hint_for_type;

/// Reads all types. `sources` has the id of each type (the name of its folder) and the text of its `_type.toml`.
///
/// A type with errors is still in the schema, with all that could be read. Otherwise each of its entities would add
/// errors.
pub fn read(sources: &[(Box<str>, SourceText)], languages: &Languages) -> (Schema, Vec<Diagnostic>) {
    let mut sorted: Vec<&(Box<str>, SourceText)> = sources.iter().collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let mut problems = Vec::new();
    let drafts: Vec<read::TypeDraft> = sorted
        .into_iter()
        .map(|(id, source)| {
            let (draft, type_problems) = read::type_file(id, source, languages);
            problems.extend(type_problems);
            draft
        })
        .collect();
    let schema = resolve::schema(drafts, languages, &mut problems);
    (schema, problems)
}
