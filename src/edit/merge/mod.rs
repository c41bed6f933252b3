//! Merges an entity into another one of the same type.
//!
//! What points to the first points to the second; the first one's names become other names of the second; its facts are
//! added where the second lacks them, in each language; its prose follows under a heading; its address redirects. If the second is in
//! a list, it gets a file of its own for the prose.

mod pair;
mod sides;
mod additions;
mod facts;
mod texts;
mod names;
mod prose;

pub use pair::Keep;

use super::change::Change;
use super::draft::Draft;
use super::entity_paths::EntityPaths;
use super::references::{Reference, may_name, references};
use super::refusal::Refusal;
use super::remove::{self, is_in};
use super::rename::entity::lead_to;
use super::unlink;
use crate::compile::Checked;
use crate::model::{LinkForm, Meaning};
use additions::Additions;
use pair::Pair;

/// Merges the entity `from` into the entity `into`. `keep` decides about facts that contradict one another.
///
/// # Errors
/// There are no such entities, they are not of one type, or facts contradict one another and `keep` does not decide.
pub fn merge(checked: &Checked, from: &str, into: &str, keep: Option<Keep>) -> Result<Change, Refusal> {
    let pair = Pair::named(checked, from, into)?;
    let mut draft = Draft::default();
    let mut additions = Additions::default();
    facts::merge(&pair, keep, &mut additions, &mut draft)?;
    prose::merge(&pair, &mut additions);
    pair.references(&additions, &mut draft)?;
    additions.write(&pair, &mut draft);
    remove::delete(&pair.own_from, &mut draft);
    Ok(draft.finish())
}

impl Pair<'_> {
    /// Leads to the entity that stays what leads to the one that goes.
    fn references(&self, additions: &Additions, draft: &mut Draft) -> Result<(), Refusal> {
        let entity = |id| self.checked.ecosystem.entity(id);
        let (from, into) = (entity(self.from), entity(self.into));
        let found = references(self.checked, |source| may_name(source, &from.id));
        let mut dropped: Vec<&Reference> = Vec::new();
        for reference in found.iter().filter(|reference| unlink::leads_to(self.checked, reference, self.from)) {
            if is_in(&self.own_from, &reference.place) {
                continue;
            }
            // A link of the entity to itself, or a link that is there already.
            if is_in(&self.own_into, &reference.place) || self.is_stated(reference) {
                dropped.push(reference);
            } else {
                if let (Meaning::Link(LinkForm::Markdown, _), Some(source)) =
                    (&reference.meaning, self.checked.ecosystem.text(&reference.place.path))
                {
                    let paths = EntityPaths { from, new_id: &into.id, to: &|lang| additions.file(into, lang) };
                    paths.lead(source, reference.place.span, draft);
                }
                lead_to(self.checked, self.from, self.into, reference, draft)?;
            }
        }
        let problems = unlink::unlink(self.checked, self.from, &dropped, draft);
        if problems.is_empty() { Ok(()) } else { Err(Refusal::Content(problems)) }
    }

    /// Whether a reference is a relation that is stated already.
    fn is_stated(&self, reference: &Reference) -> bool {
        let Meaning::Target(relation, _) = reference.meaning else { return false };
        let ecosystem = &self.checked.ecosystem;
        let mut links = ecosystem.statements_about(self.from, relation);
        links.any(|link| ecosystem.place_of(link) == reference.place && self.is_repeated(link))
    }
}
