//! What an import is going to change, put together cell by cell.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::{Item, NewEntity, Setting};
use crate::model::{Ecosystem, EntityId};
use crate::schema::{RelationId, TypeId};
use crate::values::toml_text;

/// The target of a relation: an entity that is there, or one that this import adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Entity(EntityId),
    New(TypeId, Box<str>),
}

/// An item of a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// The present statement at a position.
    Kept(usize),
    /// A new statement, with attributes as TOML.
    New(Target, Vec<(Box<str>, String)>),
}

/// What changes.
#[derive(Default)]
pub(super) struct Plan {
    settings: BTreeMap<EntityId, Vec<Setting>>,
    relations: BTreeMap<EntityId, BTreeMap<RelationId, Vec<Piece>>>,
    /// The relations of which attributes change: their items keep their order.
    attributed: BTreeSet<(EntityId, RelationId)>,
    pub new: Vec<NewEntity>,
}

impl Plan {
    /// Adds something that an entity is to have.
    pub(super) fn set(&mut self, id: EntityId, setting: Setting) {
        self.settings.entry(id).or_default().push(setting);
    }

    /// Sets an attribute of a present statement.
    pub(super) fn set_attribute(
        &mut self,
        ecosystem: &Ecosystem,
        (id, relation, item): (EntityId, RelationId, usize),
        name: &str,
        value: Option<String>,
    ) {
        self.attributed.insert((id, relation));
        let key = ecosystem.schema.relation(relation).id.clone();
        self.set(id, Setting::Attribute { key, item, name: name.into(), value });
    }

    /// The items that a relation of an entity is to have: those that it has, as long as nobody has said anything else.
    pub(super) fn items(&mut self, ecosystem: &Ecosystem, id: EntityId, relation: RelationId) -> &mut Vec<Piece> {
        let items = self.relations.entry(id).or_default().entry(relation);
        items.or_insert_with(|| (0..ecosystem.statements(id, relation).count()).map(Piece::Kept).collect())
    }

    /// The entities that get something.
    pub(super) fn entities(&self) -> Vec<EntityId> {
        let mut all: Vec<EntityId> = self.settings.keys().chain(self.relations.keys()).copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// All settings by entity, and the new entities.
    pub(super) fn finish(mut self, ecosystem: &Ecosystem) -> (Vec<(EntityId, Vec<Setting>)>, Vec<NewEntity>) {
        for (id, relations) in self.relations {
            for (relation, mut pieces) in relations {
                let present = ecosystem.statements(id, relation).count();
                if self.attributed.contains(&(id, relation)) {
                    // A list that is written anew would lose what is set in its items.
                    pieces.sort_by_key(|piece| match piece {
                        Piece::Kept(at) => *at,
                        Piece::New(..) => usize::MAX,
                    });
                }
                if pieces.iter().enumerate().all(|(at, piece)| *piece == Piece::Kept(at)) && pieces.len() == present {
                    continue;
                }
                let item = |piece: &Piece| match piece {
                    Piece::Kept(at) => Item::Kept(*at),
                    Piece::New(target, attributes) => Item::New(reference(ecosystem, relation, target, attributes)),
                };
                let key = ecosystem.schema.relation(relation).id.clone();
                let items = pieces.iter().map(item).collect();
                self.settings.entry(id).or_default().push(Setting::Items(key, items));
            }
        }
        (self.settings.into_iter().collect(), self.new)
    }
}

/// A statement as TOML: `"liege"`, `"places/liege"` or `{ to = "liege", role = "…" }`.
pub(super) fn reference(
    ecosystem: &Ecosystem,
    relation: RelationId,
    target: &Target,
    attributes: &[(Box<str>, String)],
) -> String {
    let (owner, id) = match target {
        Target::Entity(id) => (ecosystem.entity(*id).entity_type, &*ecosystem.entity(*id).id),
        Target::New(owner, id) => (*owner, &**id),
    };
    let types = &ecosystem.schema.relation(relation).to;
    let is_plain = types.iter().all(|other| *other == owner || ecosystem.find(*other, id).is_none());
    let name = if is_plain { id.to_owned() } else { format!("{}/{id}", ecosystem.schema.get(owner).id) };
    let name = toml_text(&name);
    if attributes.is_empty() {
        return name;
    }
    let attributes: String = attributes.iter().map(|(key, value)| format!(", {key} = {value}")).collect();
    format!("{{ to = {name}{attributes} }}")
}
