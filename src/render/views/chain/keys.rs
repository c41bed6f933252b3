//! The keys of a chain, read and checked against the schema.

use super::gaps::GapKeys;
use crate::diagnostics;
use crate::model::{FieldId, Meaning};
use crate::render::views::spec::Spec;
use crate::schema::{Property, RelationId, TypeId};
use crate::table::{Data, Value};
use crate::values::Kind;

const KEYS: [&str; 9] = ["of", "actors", "by", "role", "show", "gaps", "gaps_by", "gap_kind", "answers"];

/// What a view says of a chain.
pub(super) struct Keys {
    /// The type whose entities are the links of the chain.
    pub chain: TypeId,
    /// The type of those that work in the chain.
    pub members: TypeId,
    /// The relation from them to the links.
    pub by: RelationId,
    /// The position of the attribute of that relation by which they are grouped first.
    pub role: Option<usize>,
    /// The fields and relations of the members that are counted under each link.
    pub show: Vec<Property>,
    pub gaps: Option<GapKeys>,
}

impl Keys {
    pub(super) fn read(spec: &mut Spec<'_>) -> Option<Self> {
        spec.keys("a chain", &KEYS);
        let chain = spec.entity_type();
        let members = spec.required_type("actors");
        let (chain, members) = (chain?, members?);
        let by = spec.relation_to(members, "by", "actors", chain)?;
        let role = spec.role(by)?;
        let show = spec.shown(members)?;
        let gaps = if spec.has("gaps") { Some(GapKeys::read(spec, chain)?) } else { spec.without_gaps()? };
        Some(Self { chain, members, by, role, show, gaps })
    }
}

impl<'a> Spec<'a> {
    /// The relation of a type that a key names, or else its first relation that leads to another type. A type without
    /// one is reported at `type_key`.
    pub(super) fn relation_to(&mut self, owner: TypeId, key: &str, type_key: &str, to: TypeId) -> Option<RelationId> {
        let schema = self.schema;
        let (from, target) = (&schema.get(owner).id, &schema.get(to).id);
        if self.has(key) {
            let relation = self.relation(owner, key)?;
            if !schema.relation(relation).to.contains(&to) {
                let ids = schema.relations_of(owner).filter(|(_, it)| it.to.contains(&to)).map(|(_, it)| &*it.id);
                let hint = format!("choose {}", diagnostics::list(ids));
                let message = format!("\"{}\" does not lead to \"{target}\"", schema.relation(relation).id);
                self.report(key, message, &hint);
                return None;
            }
            return Some(relation);
        }
        let first = schema.relations_of(owner).find(|(_, relation)| relation.to.contains(&to)).map(|(id, _)| id);
        if first.is_none() {
            let hint = "name a type with a relation that leads there";
            self.report(type_key, format!("\"{from}\" has no relation to \"{target}\""), hint);
        }
        first
    }

    /// The attribute of a relation that the key `role` names, of the kind `choice`; `role` by default. `Some(None)`
    /// where there is none, `None` where the key is wrong.
    fn role(&mut self, by: RelationId) -> Option<Option<usize>> {
        let relation = self.schema.relation(by);
        let is_choice = |kind: &Kind| matches!(kind, Kind::Choice(_));
        let find =
            |name: &str| relation.attributes.iter().position(|field| &*field.id == name && is_choice(&field.kind));
        let Some(value) = self.get("role") else {
            let at = find("role");
            at.iter().for_each(|at| self.note_role(by, *at));
            return Some(at);
        };
        let name = self.reader.text(value)?;
        let at = find(&name);
        if at.is_none() {
            let ids = || relation.attributes.iter().filter(|field| is_choice(&field.kind)).map(|field| &*field.id);
            let message = format!("\"{}\" has no attribute \"{name}\" of the kind \"choice\"", relation.id);
            self.unknown_name(message, &name, "role", ids);
        }
        let at = at?;
        self.note(value.span, Meaning::Field(FieldId::OfRelation(by, at)));
        self.note_role(by, at);
        Some(Some(at))
    }

    fn note_role(&mut self, by: RelationId, at: usize) {
        self.note_lookup("role", &["role"], Meaning::Field(FieldId::OfRelation(by, at)));
    }

    /// The fields, relations and derived relations that the key `show` lists.
    fn shown(&mut self, members: TypeId) -> Option<Vec<Property>> {
        let Some(value) = self.get("show") else { return Some(Vec::new()) };
        let items: Vec<&Value> = match &value.data {
            Data::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let schema = self.schema;
        let fields = &schema.get(members).fields;
        let can_be = |property: &Property| match property {
            Property::Field(at) => Kind::facets().any(|name| name == fields[*at].kind.name()),
            _ => true,
        };
        let mut shown = Vec::new();
        for item in items {
            let name = self.reader.text(item)?;
            let mut known = schema.properties(members).filter(|(_, property)| can_be(property));
            let Some((_, property)) = known.find(|(id, _)| **id == *name) else {
                let ids = || schema.properties(members).filter(|(_, it)| can_be(it)).map(|(id, _)| id);
                let message = format!("\"{}\" has no field or relation \"{name}\" to count by", schema.get(members).id);
                self.unknown_name(message, &name, "show", ids);
                return None;
            };
            self.note(item.span, Meaning::property(members, property));
            shown.push(property);
        }
        Some(shown)
    }

    /// Reports keys about gaps in a view that does not say which type they are of.
    fn without_gaps<T>(&mut self) -> Option<Option<T>> {
        let Some(key) = ["gaps_by", "gap_kind", "answers"].into_iter().find(|key| self.has(key)) else {
            return Some(None);
        };
        self.report(key, format!("\"{key}\" needs \"gaps\""), "name the type of what is missing: gaps = \"gaps\"");
        None
    }
}
