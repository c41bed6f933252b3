//! Relations in both directions.

use std::collections::HashMap;

use rayon::prelude::*;

use super::entity::Statement;
use super::names::{LookupError, Names};
use super::{Ecosystem, EntityId, FieldValue};
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::Lang;
use crate::schema::{Member, RelationId};
use crate::stop::{Stop, Stopped};
use crate::text::{Place, Span};

/// One statement: an entity has a relation to another one.
#[derive(Debug, Clone)]
pub struct Link {
    /// Who says it.
    pub from: EntityId,
    /// Which relation.
    pub relation: RelationId,
    /// About whom.
    pub to: EntityId,
    /// Where the name of the target is written, in the file of the entity that says it.
    pub span: Span,
    /// What is said of it; several values of one attribute stand together.
    pub attributes: Vec<Attribute>,
}

/// Something that is said of a link.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// The index of the attribute in its relation.
    pub index: u16,
    /// What is said.
    pub value: FieldValue,
    /// Where the value is written, in the file of the entity that says it.
    pub span: Span,
}

/// The links of an entity by one relation, in one direction.
#[derive(Debug)]
pub struct Group {
    /// The relation.
    pub relation: RelationId,
    /// Whether others say it of this entity.
    pub inverse: bool,
    /// The entity at the other end, and the index of the link in [`Ecosystem::links`].
    pub links: Vec<(EntityId, u32)>,
}

/// Which links belong to which entity: the links of an entity stand together, in the order in which they were given.
#[derive(Debug, Default)]
pub(super) struct Index {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Index {
    /// The index of items by their entity; linear in both.
    pub(super) fn new(entities: usize, keys: impl Iterator<Item = EntityId> + Clone) -> Self {
        let mut starts = vec![0_u32; entities + 1];
        for key in keys.clone() {
            starts[key.index() + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut items = vec![0; starts.last().map_or(0, |total| *total as usize)];
        for (item, key) in keys.enumerate() {
            let slot = &mut next[key.index()];
            items[*slot as usize] = item as u32;
            *slot += 1;
        }
        Self { starts, items }
    }

    /// The items of an entity.
    pub(super) fn of(&self, id: EntityId) -> &[u32] {
        match (self.starts.get(id.index()), self.starts.get(id.index() + 1)) {
            (Some(start), Some(end)) => &self.items[*start as usize..*end as usize],
            _ => &[],
        }
    }
}

/// Looks up the targets of all statements. Links from and to what is not published are left out.
///
/// # Errors
/// The work was stopped.
pub(super) fn resolve(
    names: &Names<'_>,
    statements: Vec<Vec<Statement>>,
    stop: &Stop,
) -> Result<(Vec<Link>, Vec<LookupError>), Stopped> {
    let resolved: Vec<Option<Resolving<'_, '_>>> = statements
        .into_par_iter()
        .enumerate()
        .map(|(index, statements)| {
            if stop.is_stopped() {
                return None;
            }
            let mut resolving = Resolving {
                names,
                from: EntityId(index as u32),
                links: Vec::new(),
                places: Vec::new(),
                errors: Vec::new(),
            };
            for statement in statements {
                resolving.statement(statement);
            }
            Some(resolving)
        })
        .collect();
    let resolved: Vec<Resolving<'_, '_>> = resolved.into_iter().collect::<Option<_>>().ok_or(Stopped)?;
    let count = resolved.iter().map(|resolving| resolving.links.len()).sum();
    let mut links: Vec<Link> = Vec::with_capacity(count);
    let mut errors = Vec::new();
    // What one end says by a symmetric relation the other end need not say again.
    let mut said: HashMap<(RelationId, EntityId, EntityId), (usize, Place)> = HashMap::new();
    for resolving in resolved {
        errors.extend(resolving.errors);
        for (link, place) in resolving.links.into_iter().zip(resolving.places) {
            if names.is_symmetric(link.relation) {
                let mirrored = said.get(&(link.relation, link.to, link.from));
                if let Some((_, first)) = mirrored.filter(|(at, _)| links[*at].attributes_say_the_same(&link)) {
                    let message = "the other end states this relation already, and it shows at both";
                    let diagnostic = Diagnostic::new(Code::RepeatedReference, place, message);
                    errors.push(diagnostic.note(first.clone(), "stated here").hint("delete one of them").into());
                    continue;
                }
                said.insert((link.relation, link.from, link.to), (links.len(), place));
            }
            links.push(link);
        }
    }
    Ok((links, errors))
}

struct Resolving<'a, 'n> {
    names: &'a Names<'n>,
    from: EntityId,
    links: Vec<Link>,
    places: Vec<Place>,
    errors: Vec<LookupError>,
}

impl Resolving<'_, '_> {
    fn statement(&mut self, statement: Statement) {
        let from_published = self.names.is_published(self.from);
        let to = match self.names.reference(statement.relation, &statement.target, &statement.place) {
            Ok(to) => to,
            Err(error) => {
                self.errors.extend(from_published.then_some(error));
                return;
            }
        };
        if !from_published {
            return;
        }
        if !self.names.is_published(to) {
            let message = format!("\"{}\" is a draft, so this relation is not published", statement.target);
            self.errors.push(Diagnostic::new(Code::LinkToDraft, statement.place, message).into());
            return;
        }
        let (span, attributes) = (statement.place.span, statement.attributes);
        let link = Link { from: self.from, relation: statement.relation, to, span, attributes };
        if let Some(at) = self.links.iter().position(|known| known.says_the_same(&link)) {
            let message = format!("the relation to \"{}\" is stated twice", statement.target);
            let diagnostic = Diagnostic::new(Code::RepeatedReference, statement.place, message);
            let diagnostic = diagnostic.note(self.places[at].clone(), "first stated here").hint("delete one of them");
            self.errors.push(diagnostic.into());
            return;
        }
        self.links.push(link);
        self.places.push(statement.place);
    }
}

impl Link {
    fn says_the_same(&self, other: &Self) -> bool {
        (self.relation, self.to) == (other.relation, other.to) && self.attributes_say_the_same(other)
    }

    fn attributes_say_the_same(&self, other: &Self) -> bool {
        self.attributes.len() == other.attributes.len()
            && self
                .attributes
                .iter()
                .zip(&other.attributes)
                .all(|(a, b)| a.index == b.index && a.value.says_the_same(&b.value))
    }
}

/// The relations of an entity in the order of the schema: its own, then those that lead to it.
pub(super) fn groups(ecosystem: &Ecosystem, id: EntityId, lang: Lang) -> Vec<Group> {
    let entity_type = ecosystem.schema.get(ecosystem.entity(id).entity_type);
    let mut own: Vec<(RelationId, bool, EntityId, u32)> = Vec::new();
    for &at in ecosystem.outgoing.of(id) {
        let link = &ecosystem.links[at as usize];
        own.push((link.relation, false, link.to, at));
    }
    for &at in ecosystem.incoming.of(id) {
        let link = &ecosystem.links[at as usize];
        let relation = ecosystem.schema.relation(link.relation);
        let symmetric = relation.symmetric && ecosystem.entity(id).entity_type == relation.owner;
        // A symmetric relation to oneself shows once.
        if !(symmetric && link.from == id) {
            own.push((link.relation, !symmetric, link.from, at));
        }
    }
    let relations = entity_type.members.iter().filter_map(|member| match member {
        Member::Relation(relation) => Some((*relation, false)),
        Member::Field(_) => None,
    });
    let inverses = entity_type.inverses.iter().map(|relation| (*relation, true));
    let mut groups: Vec<Group> =
        relations.chain(inverses).map(|(relation, inverse)| Group { relation, inverse, links: Vec::new() }).collect();
    // Both lists are as short as the schema; entities have few relations and many links.
    for (relation, inverse, other, at) in own {
        if let Some(group) = groups.iter_mut().find(|group| group.relation == relation && group.inverse == inverse) {
            group.links.push((other, at));
        }
    }
    groups.retain(|group| !group.links.is_empty());
    for group in &mut groups {
        // What the entity says itself keeps its order; what others say of it comes in the order of their types.
        if group.inverse || ecosystem.schema.relation(group.relation).symmetric {
            group
                .links
                .sort_by_key(|(other, at)| (ecosystem.entity(*other).entity_type, ecosystem.rank(*other, lang), *at));
        }
    }
    groups
}

/// The mentions of each entity by others: an index of the pairs, and who mentions in each.
pub(super) fn mentions(entities: usize, mut mentions: Vec<(EntityId, EntityId)>) -> (Index, Vec<EntityId>) {
    mentions.sort_unstable();
    mentions.dedup();
    let index = Index::new(entities, mentions.iter().map(|(mentioned, _)| *mentioned));
    (index, mentions.into_iter().map(|(_, mentioning)| mentioning).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_gathers_the_items_of_each_entity_in_order() {
        let keys = [2, 0, 2, 1, 2].map(EntityId);
        let index = Index::new(4, keys.into_iter());
        assert_eq!(index.of(EntityId(2)), [0, 2, 4]);
        assert_eq!(index.of(EntityId(0)), [1]);
        assert_eq!(index.of(EntityId(3)), [] as [u32; 0]);
    }
}
