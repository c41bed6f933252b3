//! Flows: who pays whom, with sums and as a drawing.

mod shapes;
mod keys;
mod payments;
mod drawing;
mod sums;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tera::Value;

use super::kind::{self, View};
use super::spec::Spec;
use crate::render::parts::type_value;
use crate::render::scope::Scope;
use keys::Keys;

/// The maximum number of payments without an amount.
const MOST: usize = 200;

pub(crate) struct Kind;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        "flows"
    }

    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>> {
        spec.keys("a view of flows", &Keys::NAMES);
        Some(Box::new(Flows { keys: Keys::read(spec)? }))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        shapes::SHAPES
    }
}

struct Flows {
    keys: Keys,
}

impl View for Flows {
    fn value(&self, scope: &Scope) -> Value {
        let payments = payments::payments(scope, &self.keys);
        let mut by_currency: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, payment) in payments.iter().enumerate() {
            if let Some(code) = sums::code(payment) {
                by_currency.entry(code).or_default().push(at);
            }
        }
        let mut by_currency: Vec<(&str, Vec<usize>)> = by_currency.into_iter().collect();
        by_currency.sort_by_key(|(_, own)| Reverse(own.len()));
        let currencies = by_currency.iter().map(|(code, own)| sums::currency(scope, &self.keys, &payments, code, own));
        let mut unstated: Vec<_> = payments.iter().filter(|payment| payment.money.is_none()).collect();
        unstated.sort_by_key(|payment| scope.ecosystem.rank(payment.from, scope.lang));
        shapes::Flows {
            kind: "flows",
            of: self.keys.types.iter().map(|entity_type| type_value(scope, *entity_type)).collect(),
            currencies: currencies.collect(),
            unstated: unstated.iter().take(MOST).map(|payment| sums::payment(scope, &payments, payment)).collect(),
            more: unstated.len().saturating_sub(MOST),
        }
        .into()
    }
}
