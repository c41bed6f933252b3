//! The keys of a view of flows: which links and entities state that somebody pays somebody.

use crate::diagnostics;
use crate::model::{FieldId, Meaning};
use crate::render::views::spec::Spec;
use crate::schema::{Field, RelationId, TypeId};
use crate::values::Kind;

/// The usual attributes and fields with the amount, with its time, and with the word before it.
const AMOUNTS: &[&str] = &["amount"];
const TIMES: &[&str] = &["year", "date", "period"];
const QUALIFIERS: &[&str] = &["qualifier"];

/// What states flows.
pub(super) struct Keys {
    /// The types whose entities state them.
    pub types: Vec<TypeId>,
    pub statements: Vec<Statements>,
    /// The relations by which a recipient is a part of another one.
    pub part_of: Vec<RelationId>,
}

/// A kind of statement.
pub(super) enum Statements {
    /// Links from the recipients to those who pay.
    Links { relation: RelationId, roles: Roles },
    /// Entities that name both.
    Entities { entity_type: TypeId, from: RelationId, to: RelationId, roles: Roles },
}

/// The positions of attributes of a relation, or of fields of a type.
#[derive(Debug, Clone, Default)]
pub(super) struct Roles {
    pub amount: usize,
    /// The first one that a statement has counts.
    pub times: Vec<usize>,
    pub qualifier: Option<usize>,
}

impl Roles {
    /// Whether a fact is told apart from the others.
    pub(super) fn all(&self) -> Vec<usize> {
        [self.amount].into_iter().chain(self.times.iter().copied()).chain(self.qualifier).collect()
    }
}

impl Keys {
    pub(super) const NAMES: [&str; 8] = ["of", "relations", "from", "to", "amount", "year", "qualifier", "part_of"];

    /// Reads the keys of a view. Those that are wrong are reported.
    pub(super) fn read(spec: &mut Spec<'_>) -> Option<Self> {
        let types = spec.entity_types();
        if types.is_empty() {
            return None;
        }
        let mut statements = Vec::new();
        if spec.has("from") || spec.has("to") {
            statements.extend(types.iter().filter_map(|entity_type| entities(spec, *entity_type)));
        } else if !spec.has("relations") {
            spec.missing("relations", "relations = [\"funded_by\"], or from = \"funder\" and to = \"recipient\"");
        }
        let relations = spec.relations(&types, "relations");
        let links: Vec<_> = relations.iter().filter_map(|relation| links(spec, *relation)).collect();
        if links.is_empty() && !relations.is_empty() {
            let ids = relations.iter().map(|relation| &*spec.schema.relation(*relation).id);
            let message = format!("the links of {} have no amounts", diagnostics::list_all(ids));
            spec.report("relations", message, &needed("an attribute"));
        }
        statements.extend(links);
        let part_of = spec.relations_with_id("part_of", &["part_of"]);
        (!statements.is_empty()).then_some(Self { types, statements, part_of })
    }
}

/// What links or entities need to state payments.
fn needed(what: &str) -> String {
    format!("a flow needs {what} of the kind \"money\": \"amount\", or the one that the key \"amount\" names")
}

/// The links of a relation, if they can have an amount. A relation of the same id of another type may have none.
fn links(spec: &mut Spec<'_>, relation: RelationId) -> Option<Statements> {
    let schema = spec.schema;
    let id = |at| FieldId::OfRelation(relation, at);
    let roles = roles(spec, &schema.relation(relation).attributes, id)?;
    Some(Statements::Links { relation, roles })
}

/// The entities of a type, if they have an amount.
fn entities(spec: &mut Spec<'_>, entity_type: TypeId) -> Option<Statements> {
    let (from, to) = (spec.relation(entity_type, "from"), spec.relation(entity_type, "to"));
    let info = spec.schema.get(entity_type);
    let Some(roles) = roles(spec, &info.fields, |at| FieldId::OfType(entity_type, at)) else {
        let message = format!("the type \"{}\" has no amounts", info.id);
        spec.report("of", message, &needed("a field"));
        return None;
    };
    Some(Statements::Entities { entity_type, from: from?, to: to?, roles })
}

/// The positions of the roles among fields or attributes; none if none holds an amount. `id` says what a position is.
fn roles(spec: &mut Spec<'_>, fields: &[Field], id: impl Fn(usize) -> FieldId) -> Option<Roles> {
    let mut find = |key: &'static str, usual: &'static [&'static str], fits: fn(&Kind) -> bool| {
        let at = |name: &str| fields.iter().position(|field| &*field.id == name && fits(&field.kind));
        let found: Vec<usize> = match spec.get(key) {
            None => usual.iter().copied().filter_map(at).collect(),
            Some(value) => spec.reader.text(value).and_then(|name| at(&name)).into_iter().collect(),
        };
        for meaning in found.iter().map(|at| Meaning::Field(id(*at))) {
            if let Some(value) = spec.get(key) {
                spec.note(value.span, meaning.clone());
            }
            spec.note_lookup(key, usual, meaning);
        }
        found
    };
    let amount = find("amount", AMOUNTS, |kind| matches!(kind, Kind::Money(_))).first().copied()?;
    let times =
        find("year", TIMES, |kind| matches!(kind, Kind::Year(_) | Kind::Date(_) | Kind::Period(_) | Kind::Text(_)));
    let qualifier =
        find("qualifier", QUALIFIERS, |kind| matches!(kind, Kind::Choice(_) | Kind::Text(_))).first().copied();
    Some(Roles { amount, times, qualifier })
}
