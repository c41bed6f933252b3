//! The types of a site's entities: what a profile of each holds, and which relations join them.
//!
//! In: the texts of all `_type.toml`. Out: a [`Schema`] whose relations know their targets and inverses, and what was wrong.
//! Knows no entity.

mod kind;
mod declarations;
mod headline;
mod read;
mod resolve;

use crate::diagnostics::Diagnostic;
use crate::locale::Languages;
use crate::text::SourceText;

pub use declarations::*;
pub use kind::{Choice, Kind};
pub(crate) use read::segments;

/// Reads all types.
///
/// Takes the id of each type's folder with the text of its `_type.toml`. A type that can't be read in full is there
/// with what could be read, so that its entities don't add errors of their own.
pub fn read(sources: &[(Box<str>, SourceText)], languages: &Languages) -> (Schema, Vec<Diagnostic>) {
    let mut sorted: Vec<&(Box<str>, SourceText)> = sources.iter().collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let mut problems = Vec::new();
    let drafts: Vec<read::TypeDraft> = sorted
        .into_iter()
        .map(|(id, source)| {
            let (draft, found) = read::type_file(id, source, languages);
            problems.extend(found);
            draft
        })
        .collect();
    let schema = resolve::schema(drafts, &mut problems);
    (schema, problems)
}
