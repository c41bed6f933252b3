//! Two entities that are to be one.

use crate::compile::Checked;
use crate::edit::refusal::Refusal;
use crate::edit::remove::{self, is_in};
use crate::edit::subject::{self, Subject};
use crate::model::{EntityId, Meaning};
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
    /// Where one of the two names the other, or itself, as the target of a relation.
    pub selves: Vec<Place>,
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
        Ok(Self { checked, from: from_id, into: into_id, own_from, own_into, selves })
    }
}
