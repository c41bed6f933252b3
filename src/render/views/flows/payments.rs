//! Who pays whom, as links and entities state it.

use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use super::keys::{Keys, Roles, Statements};
use crate::model::{Ecosystem, EntityId, FieldValue};
use crate::render::parts::prose::Filling;
use crate::render::parts::{entity, value};
use crate::render::scope::Scope;
use crate::schema::{Field, RelationId};
use crate::values::{Amount, Money};

/// The maximum number of payments of one payer and one amount with which another one is compared.
const COMPARED: usize = 100;

/// A payment from one entity to another.
pub(super) struct Payment {
    pub from: EntityId,
    pub to: EntityId,
    /// The entity that states it, if it is neither of them.
    pub statement: Option<EntityId>,
    /// `None` if no amount is stated.
    pub money: Option<Money>,
    /// The word before the amount, such as "about".
    pub qualifier: String,
    /// Its year or period for readers; empty if it is not known.
    pub when: String,
    /// What else is stated of it: a list of facts.
    pub facts: Vec<Value>,
    /// Why it does not count.
    pub repeats: Option<Repeats>,
}

/// Why a payment is not counted: another one, by its position, states the same money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeats {
    /// The same payer, amount and time, and the same recipient or a related one.
    Same(usize),
    /// The same payer, and its recipient is a part of the other recipient.
    Part(usize),
}

impl Payment {
    pub(super) fn amount(&self) -> f64 {
        self.money.as_ref().map_or(0.0, |money| money.amount.value())
    }
}

/// All payments, in the order of the types, their entities and the keys.
pub(super) fn payments(scope: &Scope, keys: &Keys) -> Vec<Payment> {
    let mut payments = Vec::new();
    for entity_type in &keys.types {
        for id in scope.order(*entity_type) {
            for statements in &keys.statements {
                of_entity(scope, *id, statements, &mut payments);
            }
        }
    }
    mark_repeats(&scope.ecosystem, &keys.part_of, &mut payments);
    payments
}

fn of_entity(scope: &Scope, id: EntityId, statements: &Statements, payments: &mut Vec<Payment>) {
    let ecosystem = &scope.ecosystem;
    match statements {
        Statements::Links { relation, roles } => {
            let attributes = &ecosystem.schema.relation(*relation).attributes;
            for link in ecosystem.statements(id, *relation) {
                let get = |at: usize| link.attributes.iter().find(|own| own.index == at).map(|own| &own.value);
                let facts = entity::statement_facts(scope, link, &roles.all());
                payments.push(payment(scope, (link.to, id), attributes, roles, get, facts));
            }
        }
        Statements::Entities { entity_type, from, to, roles } if ecosystem.entity(id).entity_type == *entity_type => {
            let fields = &ecosystem.schema.get(*entity_type).fields;
            let get = |at: usize| ecosystem.entity(id).values(at).first();
            for from in ecosystem.targets(id, *from) {
                for to in ecosystem.targets(id, *to) {
                    let payment = payment(scope, (from, to), fields, roles, get, Vec::new());
                    payments.push(Payment { statement: Some(id), ..payment });
                }
            }
        }
        Statements::Entities { .. } => {}
    }
}

fn payment<'a>(
    scope: &Scope,
    (from, to): (EntityId, EntityId),
    fields: &[Field],
    roles: &Roles,
    get: impl Fn(usize) -> Option<&'a FieldValue>,
    facts: Vec<Value>,
) -> Payment {
    let text = |at: usize| get(at).map(|own| value::item(&mut Filling::new(scope), &fields[at], own).text);
    let money = get(roles.amount).and_then(|own| match own {
        FieldValue::Money(money) => Some(money.clone()),
        _ => None,
    });
    Payment {
        from,
        to,
        statement: None,
        // Nothing flows back, and an infinite or negative sum can't be drawn.
        money: money.filter(|money| money.amount.value() > 0.0 && money.amount.value().is_finite()),
        qualifier: roles.qualifier.and_then(text).unwrap_or_default(),
        when: roles.times.iter().find_map(|at| text(*at)).unwrap_or_default(),
        facts,
        repeats: None,
    }
}

/// Marks the payments that state money that another one states.
fn mark_repeats(ecosystem: &Ecosystem, part_of: &[RelationId], payments: &mut [Payment]) {
    let mut same: BTreeMap<(EntityId, Box<str>, u64), Vec<usize>> = BTreeMap::new();
    for at in 0..payments.len() {
        let Some(money) = &payments[at].money else { continue };
        let key = (payments[at].from, money.currency.clone(), money.amount.value().to_bits());
        let others = same.entry(key).or_default();
        let is_same = |other: &&usize| {
            let (one, other) = (&payments[at], &payments[**other]);
            is_one_time(one, other) && is_one_recipient(ecosystem, one, other)
        };
        let earlier = others.iter().take(COMPARED).find(is_same).copied();
        others.push(at);
        payments[at].repeats = earlier.map(Repeats::Same);
    }
    let mut received: BTreeMap<(EntityId, EntityId, Box<str>), usize> = BTreeMap::new();
    for (at, payment) in payments.iter().enumerate().filter(|(_, payment)| payment.repeats.is_none()) {
        let Some(money) = &payment.money else { continue };
        received.entry((payment.from, payment.to, money.currency.clone())).or_insert(at);
    }
    for at in 0..payments.len() {
        let Some(money) = payments[at].money.clone().filter(|_| payments[at].repeats.is_none()) else { continue };
        let wholes = wholes(ecosystem, part_of, payments[at].to);
        let whole = wholes
            .into_iter()
            .find_map(|whole| received.get(&(payments[at].from, whole, money.currency.clone())).copied());
        let is_larger = |whole: &usize| payments[*whole].amount() >= money.amount.value();
        payments[at].repeats = whole.filter(is_larger).map(Repeats::Part);
    }
}

/// Whether two payments can be of one time. A time that is not known can be any.
fn is_one_time(one: &Payment, other: &Payment) -> bool {
    one.when == other.when || one.when.is_empty() || other.when.is_empty()
}

/// Whether two payments have the same recipient, or recipients that a relation joins, such as a company and its plant.
fn is_one_recipient(ecosystem: &Ecosystem, one: &Payment, other: &Payment) -> bool {
    let leads = |from: EntityId, to: EntityId| {
        let relations = ecosystem.schema.relations_of(ecosystem.entity(from).entity_type);
        relations.flat_map(|(relation, _)| ecosystem.statements(from, relation)).any(|link| link.to == to)
    };
    let is_repeated = one.to == other.to && one.statement.is_some() == other.statement.is_some();
    // Two links of one entity to the same payer are two payments: nobody writes the same link twice.
    let is_two_links = is_repeated && one.statement.is_none();
    !is_two_links && (one.to == other.to || leads(one.to, other.to) || leads(other.to, one.to))
}

/// The entities of which an entity is a part, directly or through others, the nearest first.
pub(super) fn wholes(ecosystem: &Ecosystem, part_of: &[RelationId], id: EntityId) -> Vec<EntityId> {
    let mut seen = BTreeSet::from([id]);
    let mut wholes = vec![id];
    let mut next = 0;
    while next < wholes.len() {
        let at = wholes[next];
        let own = ecosystem.entity(at).entity_type;
        let relations = part_of.iter().filter(|relation| ecosystem.schema.relation(**relation).owner == own);
        wholes.extend(relations.flat_map(|relation| ecosystem.targets(at, *relation)).filter(|id| seen.insert(*id)));
        next += 1;
    }
    wholes.remove(0);
    wholes
}

/// The sum of payments in one currency, for readers.
pub(super) fn total(scope: &Scope, code: &str, payments: &[&Payment]) -> String {
    let amounts = payments.iter().filter_map(|payment| payment.money.as_ref());
    scope.strings.quantity(sum(amounts), code, true)
}

/// The sum of amounts: exact for whole numbers.
fn sum<'a>(amounts: impl Iterator<Item = &'a Money>) -> Amount {
    let mut whole: i128 = 0;
    let mut other = 0.0;
    let mut is_whole = true;
    for money in amounts {
        match money.amount {
            Amount::Integer(integer) => whole += i128::from(integer),
            Amount::Float(number) => {
                other += number;
                is_whole = false;
            }
        }
    }
    match i64::try_from(whole) {
        Ok(whole) if is_whole => Amount::Integer(whole),
        _ => Amount::Float(whole as f64 + other),
    }
}
