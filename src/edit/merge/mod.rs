//! Merges an entity into another one of the same type.
//!
//! What points to the first points to the second; the first one's names become other names of the second; its facts are
//! added where the second lacks them; its prose follows under a heading; its address redirects.

mod pair;
mod facts;
mod prose;

pub use pair::Keep;

use super::change::Change;
use super::draft::Draft;
use super::links;
use super::moves;
use super::references::{Reference, may_name, references};
use super::refusal::Refusal;
use super::remove::{self, is_in};
use super::rename::entity::lead_to;
use super::unlink;
use crate::compile::Checked;
use crate::locale::Lang;
use crate::model::{LinkForm, Meaning, resolve_path};
use crate::parse;
use crate::source::CONTENT;
use pair::Pair;

/// Merges the entity `from` into the entity `into`. `keep` decides about facts that contradict one another.
///
/// # Errors
/// There are no such entities, they are not of one type, or facts contradict one another and `keep` does not decide.
pub fn merge(checked: &Checked, from: &str, into: &str, keep: Option<Keep>) -> Result<Change, Refusal> {
    let pair = Pair::named(checked, from, into)?;
    let mut draft = Draft::default();
    facts::merge(&pair, keep, &mut draft)?;
    prose::merge(&pair, &mut draft)?;
    pair.references(&mut draft)?;
    remove::delete(&pair.own_from, &mut draft);
    Ok(draft.finish())
}

impl Pair<'_> {
    /// Leads to the entity that stays what leads to the one that goes.
    fn references(&self, draft: &mut Draft) -> Result<(), Refusal> {
        let from = self.checked.ecosystem.entity(self.from);
        let found = references(self.checked, |source| may_name(source, &from.id));
        let mut dropped: Vec<&Reference> = Vec::new();
        for reference in found.iter().filter(|reference| unlink::leads_to(self.checked, reference, self.from)) {
            if is_in(&self.own_from, &reference.place) {
                continue;
            }
            // A link of the entity to itself, or a link that is there already.
            if is_in(&self.own_into, &reference.place) || self.is_repeated(reference) {
                dropped.push(reference);
            } else {
                self.path_link(reference, draft);
                lead_to(self.checked, self.from, self.into, reference, draft)?;
            }
        }
        let problems = unlink::unlink(self.checked, self.from, &dropped, draft);
        if problems.is_empty() { Ok(()) } else { Err(Refusal::Content(problems)) }
    }

    /// Whether the entity that has the reference has the same relation to the entity that stays.
    fn is_repeated(&self, reference: &Reference) -> bool {
        let Meaning::Target(relation, _) = reference.meaning else { return false };
        let ecosystem = &self.checked.ecosystem;
        let here = |link: &&crate::model::Link| ecosystem.place_of(link) == reference.place;
        let mut statements = ecosystem.statements_about(self.from, relation);
        let from = statements.find(here).map(|link| link.from);
        from.is_some_and(|from| ecosystem.statements(from, relation).any(|link| link.to == self.into))
    }

    /// Corrects the path in a Markdown link to the entity that goes.
    fn path_link(&self, reference: &Reference, draft: &mut Draft) {
        let ecosystem = &self.checked.ecosystem;
        let (from, into) = (ecosystem.entity(self.from), ecosystem.entity(self.into));
        let (Meaning::Link(LinkForm::Markdown, _), Some(source)) =
            (&reference.meaning, ecosystem.text(&reference.place.path))
        else {
            return;
        };
        links::redirect(draft, source, reference.place.span, |written| {
            let (path, anchor) = written.split_at(written.find('#').unwrap_or(written.len()));
            let file = format!("{CONTENT}/{}", resolve_path(&source.path, path)?);
            let (lang, _) = from.files.iter().find(|(_, path)| ***path == *file)?;
            let in_list = parse::is_list(&file);
            if in_list && anchor.strip_prefix('#') != Some(&*from.id) {
                return None;
            }
            let to = into.files.exactly(lang).or_else(|| into.files.exactly(Lang::DEFAULT))?;
            let anchor = match (parse::is_list(to), in_list) {
                (true, _) => format!("#{}", into.id),
                (false, true) => String::new(),
                (false, false) => anchor.to_owned(),
            };
            Some(moves::written_like(path, &source.path, moves::inner(to)) + &anchor)
        });
    }
}
