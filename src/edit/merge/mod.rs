//! Merges an entity into another one of the same type.
//!
//! What points to the first points to the second; the first one's names become other names of the second; its facts are
//! added where the second lacks them; its prose follows under a heading; its address redirects.

mod facts;
mod prose;

use super::change::Change;
use super::draft::Draft;
use super::links;
use super::moves;
use super::references::{Reference, may_name, references};
use super::refusal::Refusal;
use super::rename::entity::lead_to;
use super::subject::{self, Subject};
use super::{remove, unlink};
use crate::compile::Checked;
use crate::locale::Lang;
use crate::model::{EntityId, LinkForm, Meaning, resolve_path};
use crate::source::CONTENT;
use crate::text::{Place, SourceText, Span};

/// Which of two contradicting facts stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// That of the entity that goes.
    From,
    /// That of the entity that stays.
    Into,
}

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

/// Two entities of one type.
struct Pair<'a> {
    checked: &'a Checked,
    from: EntityId,
    into: EntityId,
    /// The parts of texts that describe each.
    own_from: Vec<(SourceText, Span)>,
    own_into: Vec<(SourceText, Span)>,
    /// Where one of the two names the other, or itself, as the target of a relation.
    selves: Vec<Place>,
}

impl<'a> Pair<'a> {
    fn named(checked: &'a Checked, from: &str, into: &str) -> Result<Self, Refusal> {
        let entity = |name: &str| match subject::find(checked, name)? {
            Subject::Entity(id) => Ok(id),
            _ => Err(Refusal::Wish(format!("\"{name}\" is no entity: name one as in actors/novadip"))),
        };
        let (from_id, into_id) = (entity(from)?, entity(into)?);
        let type_of = |id| checked.ecosystem.entity(id).entity_type;
        if from_id == into_id {
            return Err(Refusal::Wish(format!("\"{from}\" can't be merged into itself")));
        }
        if type_of(from_id) != type_of(into_id) {
            let to = &checked.ecosystem.schema.get(type_of(into_id)).id;
            return Err(Refusal::Wish(format!("they are of two types: filiere move {from} {to} comes first")));
        }
        let (own_from, own_into) = (remove::own_parts(checked, from_id), remove::own_parts(checked, into_id));
        let own = own_from.iter().chain(&own_into);
        let targets = own.flat_map(|(source, _)| {
            let occurrences = checked.ecosystem.occurrences(&source.path).into_iter();
            occurrences.filter_map(|it| match it.meaning {
                Meaning::Target(_, Some(id)) if [from_id, into_id].contains(&id) => Some(source.place(it.span)),
                _ => None,
            })
        });
        let selves = targets.filter(|place| is_in(&own_from, place) || is_in(&own_into, place)).collect();
        Ok(Self { checked, from: from_id, into: into_id, own_from, own_into, selves })
    }

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
            let in_list = is_list(&file);
            if in_list && anchor.strip_prefix('#') != Some(&*from.id) {
                return None;
            }
            let to = into.files.exactly(lang).or_else(|| into.files.exactly(Lang::DEFAULT))?;
            let anchor = match (is_list(to), in_list) {
                (true, _) => format!("#{}", into.id),
                (false, true) => String::new(),
                (false, false) => anchor.to_owned(),
            };
            Some(moves::written_like(path, &source.path, moves::inner(to)) + &anchor)
        });
    }
}

/// Whether a path is that of a list, or of its translation.
fn is_list(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with("_list.") && name.ends_with(".toml")
}

/// Whether a place is in one of these parts.
fn is_in(parts: &[(SourceText, Span)], place: &Place) -> bool {
    let inside = |(source, span): &(SourceText, Span)| {
        source.path == place.path && span.start <= place.span.start && place.span.end <= span.end
    };
    parts.iter().any(inside)
}
