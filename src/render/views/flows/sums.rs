//! The payments of one currency: by who pays, by who is paid, by year and by programme.

use std::collections::BTreeMap;

use tera::Value;

use super::drawing;
use super::keys::Keys;
use super::payments::{self, Payment, Repeats};
use super::shapes;
use crate::model::EntityId;
use crate::render::parts::card;
use crate::render::scope::Scope;
use crate::values::Money;

/// The maximum number of payments of one payer.
const MOST: usize = 500;

/// The payments of one currency, by their positions.
pub(super) fn currency(scope: &Scope, keys: &Keys, all: &[Payment], code: &str, own: &[usize]) -> Value {
    let counted: Vec<&Payment> = own.iter().map(|at| &all[*at]).filter(|payment| payment.repeats.is_none()).collect();
    let mut payers: BTreeMap<EntityId, Vec<usize>> = BTreeMap::new();
    for at in own {
        payers.entry(all[*at].from).or_default().push(*at);
    }
    let mut payers: Vec<(f64, EntityId, Vec<usize>)> =
        payers.into_iter().map(|(id, own)| (own.iter().map(|at| counted_amount(&all[*at])).sum(), id, own)).collect();
    payers.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let payers = payers.into_iter().map(|(_, id, own)| payer(scope, all, id, own));
    shapes::Currency {
        code: code.to_owned(),
        total: payments::total(scope, code, &counted),
        count: counted.len(),
        repeated: own.len() - counted.len(),
        payers: payers.collect(),
        recipients: by_entity(scope, code, &counted, |payment| Some(payment.to)),
        years: by_time(scope, code, &counted),
        programmes: programmes(scope, keys, code, &counted),
        drawing: drawing::drawing(scope, code, &counted),
    }
    .into()
}

fn counted_amount(payment: &Payment) -> f64 {
    if payment.repeats.is_none() { payment.amount() } else { 0.0 }
}

fn payer(scope: &Scope, all: &[Payment], id: EntityId, mut own: Vec<usize>) -> Value {
    own.sort_by(|a, b| all[*b].amount().total_cmp(&all[*a].amount()));
    let code = all[own[0]].money.as_ref().map_or("", |money| &*money.currency).to_owned();
    let counted: Vec<&Payment> = own.iter().map(|at| &all[*at]).filter(|payment| payment.repeats.is_none()).collect();
    shapes::Payer {
        card: card(scope, id),
        total: payments::total(scope, &code, &counted),
        payments: own.iter().take(MOST).map(|at| payment(scope, all, &all[*at])).collect(),
    }
    .into()
}

/// A payment as templates see it.
pub(super) fn payment(scope: &Scope, all: &[Payment], payment: &Payment) -> Value {
    let (repeats, other) = match payment.repeats {
        None => ("", None),
        Some(Repeats::Same(other)) => ("same", Some(other)),
        Some(Repeats::Part(other)) => ("part", Some(other)),
    };
    let amount = payment.money.as_ref().map(|money| scope.strings.quantity(money.amount, &money.currency, true));
    shapes::Payment {
        from: card(scope, payment.from),
        to: card(scope, payment.to),
        statement: payment.statement.map(|id| card(scope, id)),
        amount: amount.unwrap_or_default(),
        qualifier: payment.qualifier.clone(),
        when: payment.when.clone(),
        facts: payment.facts.clone(),
        repeats,
        other: other.map(|at| card(scope, all[at].to)),
    }
    .into()
}

/// Sums by an entity, the largest first; what has no such entity last.
fn by_entity(
    scope: &Scope,
    code: &str,
    payments: &[&Payment],
    entity: impl Fn(&Payment) -> Option<EntityId>,
) -> Vec<Value> {
    let mut groups: BTreeMap<Option<EntityId>, Vec<&Payment>> = BTreeMap::new();
    for payment in payments {
        groups.entry(entity(payment)).or_default().push(payment);
    }
    let size = |own: &[&Payment]| own.iter().map(|payment| payment.amount()).sum::<f64>();
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups
        .sort_by(|a, b| a.0.is_none().cmp(&b.0.is_none()).then(size(&b.1).total_cmp(&size(&a.1))).then(a.0.cmp(&b.0)));
    let sum = |(id, own): (Option<EntityId>, Vec<&Payment>)| sum(scope, code, id, String::new(), &own);
    groups.into_iter().map(sum).collect()
}

/// Sums by year or period, in order; what has none last.
fn by_time(scope: &Scope, code: &str, payments: &[&Payment]) -> Vec<Value> {
    let mut groups: BTreeMap<(bool, &str), Vec<&Payment>> = BTreeMap::new();
    for payment in payments {
        groups.entry((payment.when.is_empty(), &payment.when)).or_default().push(payment);
    }
    groups.into_iter().map(|((_, when), own)| sum(scope, code, None, when.to_owned(), &own)).collect()
}

/// Sums by programme: the first entity of which the recipient is a part, or the recipient itself if others are parts of
/// it. Empty if there is none.
fn programmes(scope: &Scope, keys: &Keys, code: &str, payments: &[&Payment]) -> Vec<Value> {
    let ecosystem = &scope.ecosystem;
    let has_parts = |id: EntityId| keys.part_of.iter().any(|it| ecosystem.statements_about(id, *it).next().is_some());
    let programme = |payment: &Payment| {
        let whole = payments::wholes(ecosystem, &keys.part_of, payment.to).first().copied();
        whole.or_else(|| Some(payment.to).filter(|id| has_parts(*id)))
    };
    if payments.iter().any(|payment| programme(payment).is_some()) {
        by_entity(scope, code, payments, programme)
    } else {
        Vec::new()
    }
}

fn sum(scope: &Scope, code: &str, id: Option<EntityId>, when: String, own: &[&Payment]) -> Value {
    shapes::Sum { card: id.map(|id| card(scope, id)), when, total: payments::total(scope, code, own), count: own.len() }
        .into()
}

/// The code of a payment's currency.
pub(super) fn code(payment: &Payment) -> Option<&str> {
    payment.money.as_ref().map(|Money { currency, .. }| &**currency)
}
