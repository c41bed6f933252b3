//! Two entities that are to be one.

use crate::compile::Checked;
use crate::edit::refusal::Refusal;
use crate::edit::remove::{self, is_in};
use crate::edit::subject::{self, Subject};
use crate::model::{EntityId, Link, Meaning};
use crate::text::{Place, SourceText, Span};

/// Which of two contradicting facts stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// That of the entity that goes.
    From,
    /// That of the entity that stays.
    Into,
}

/// Two entities of one type.
pub(super) struct Pair<'a> {
    pub checked: &'a Checked,
    pub from: EntityId,
    pub into: EntityId,
    /// The parts of texts that describe each.
    pub own_from: Vec<(SourceText, Span)>,
    pub own_into: Vec<(SourceText, Span)>,
    /// The targets of relations of the two that are not needed: where one of the two names the other or itself, or what the other
    /// end states.
    pub superfluous: Vec<Place>,
}

/// Whether a link says nothing that another one does not say.
fn says_no_more(link: &Link, other: &Link) -> bool {
    link.attributes.is_empty() || link.has_same_attributes(other)
}

impl<'a> Pair<'a> {
    pub(super) fn named(checked: &'a Checked, from: &str, into: &str) -> Result<Self, Refusal> {
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
        let mut pair = Self { checked, from: from_id, into: into_id, own_from, own_into, superfluous: selves };
        pair.superfluous.extend(pair.mirrored());
        Ok(pair)
    }

    /// Where the entity that goes states a symmetric relation whose other end states it about the entity that stays.
    fn mirrored(&self) -> Vec<Place> {
        let ecosystem = &self.checked.ecosystem;
        let relations = ecosystem.schema.relations_of(ecosystem.entity(self.from).entity_type);
        let symmetric = relations.filter(|(_, relation)| relation.symmetric);
        let links = symmetric.flat_map(|(id, _)| ecosystem.statements(self.from, id));
        let is_stated = |link: &&Link| {
            let mut others = ecosystem.statements(link.to, link.relation).filter(|other| other.to == self.into);
            others.any(|other| says_no_more(link, other))
        };
        links.filter(is_stated).map(|link| ecosystem.place_of(link)).collect()
    }

    /// Whether a link to the entity that goes would say what a link to, or from, the entity that stays says.
    pub(super) fn is_repeated(&self, link: &Link) -> bool {
        let ecosystem = &self.checked.ecosystem;
        let direct = ecosystem.statements(link.from, link.relation).filter(|other| other.to == self.into);
        let is_symmetric = ecosystem.schema.relation(link.relation).symmetric;
        let mirrored =
            ecosystem.statements(self.into, link.relation).filter(|other| is_symmetric && other.to == link.from);
        direct.chain(mirrored).any(|other| says_no_more(link, other))
    }
}
