//! Look-ups in a schema: types, relations, and what a type says of its entities by an id.

use super::declarations::{Member, Property, Relation, Schema, Type};
use super::ids::{RelationId, TypeId};
use crate::locale::{Lang, Languages, LocalText};

impl Schema {
    /// The type at an index.
    pub fn get(&self, id: TypeId) -> &Type {
        &self.types[id.index()]
    }

    /// The relation at an index.
    pub fn relation(&self, id: RelationId) -> &Relation {
        &self.relations[id.index()]
    }

    /// Every type with its index.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        self.types.iter().enumerate().map(|(index, entity_type)| (TypeId::new(index), entity_type))
    }

    /// The name of a type in messages, in lower case: in English if the type has an English name.
    pub fn name_in_messages(&self, id: TypeId, languages: &Languages) -> String {
        let lang = languages.find("en").unwrap_or(Lang::DEFAULT);
        self.get(id).name.text(lang).to_lowercase()
    }

    /// The type with this id.
    pub fn find(&self, id: &str) -> Option<TypeId> {
        self.types.binary_search_by(|entity_type| (*entity_type.id).cmp(id)).ok().map(TypeId::new)
    }

    /// The relations that a type declares.
    pub fn relations_of(&self, id: TypeId) -> impl Iterator<Item = (RelationId, &Relation)> {
        self.get(id).members.iter().filter_map(|member| match member {
            Member::Relation(relation) => Some((*relation, self.relation(*relation))),
            Member::Field(_) => None,
        })
    }

    /// The fields, relations and derived relations of a type with their ids, in the order of declaration, the derived
    /// ones last.
    pub fn properties(&self, id: TypeId) -> impl Iterator<Item = (&str, Property)> {
        let entity_type = self.get(id);
        let members = entity_type.members.iter().map(|member| match *member {
            Member::Field(at) => (&*entity_type.fields[at].id, Property::Field(at)),
            Member::Relation(relation) => (&*self.relation(relation).id, Property::Relation(relation)),
        });
        let derived = entity_type.derived.iter().enumerate();
        members.chain(derived.map(|(at, derived)| (&*derived.id, Property::Derived(at))))
    }

    /// The types to which a relation or a derived relation of a type leads; none for a field.
    pub fn targets(&self, owner: TypeId, property: Property) -> &[TypeId] {
        match property {
            Property::Field(_) => &[],
            Property::Relation(relation) => &self.relation(relation).to,
            Property::Derived(at) => &self.get(owner).derived[at].to,
        }
    }

    /// The label of a field, a relation or a derived relation of a type.
    pub fn label(&self, owner: TypeId, property: Property) -> &LocalText {
        match property {
            Property::Field(at) => &self.get(owner).fields[at].label,
            Property::Relation(relation) => &self.relation(relation).label,
            Property::Derived(at) => &self.get(owner).derived[at].label,
        }
    }

    /// The first relation of a type that leads to sources.
    pub fn source_relation(&self, id: TypeId) -> Option<&Relation> {
        self.relations_of(id).map(|(_, relation)| relation).find(|relation| relation.citation)
    }
}
