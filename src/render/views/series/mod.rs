//! Series: the figures of one indicator over time or side by side, as a small drawing and as a table.

mod shapes;
mod keys;
mod statements;
mod labels;
mod drawing;
mod panels;

use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use super::kind::{self, Dated, View};
use super::spec::Spec;
use crate::locale::LocalText;
use crate::model::EntityId;
use crate::render::parts::{card, cards, type_value};
use crate::render::scope::Scope;
use keys::Group;
pub(crate) use keys::Keys;
use panels::Sources;

/// The number of indicators that a view shows, if it does not say it.
const LIMIT: usize = 60;

pub(crate) struct Kind;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        "series"
    }

    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>> {
        spec.keys("a series", &[&Keys::NAMES[..], &["groups", "zero", "limit"]].concat());
        let keys = Keys::read(spec)?;
        let groups = keys::groups(spec, keys.by);
        let zero = spec.get("zero").is_none_or(|value| spec.reader.boolean(value) != Some(false));
        Some(Box::new(Series { keys, groups, zero, limit: spec.limit(LIMIT)? }))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        shapes::SHAPES
    }
}

/// The numbers of the indicator of a figure over time, a [`shapes::Trend`]; none unless they are of at least two times.
pub(crate) fn trend(scope: &Scope, keys: &Keys, figure: EntityId) -> Option<Value> {
    let ecosystem = &scope.ecosystem;
    let indicator = ecosystem.targets(figure, keys.by).first().copied()?;
    let mut figures: Vec<EntityId> = ecosystem.statements_about(indicator, keys.by).map(|link| link.from).collect();
    ecosystem.sort(&mut figures, scope.lang);
    panels::trend(scope, keys, &figures, figure).map(Value::from)
}

struct Series {
    keys: Keys,
    /// The indicators under headings; without them, all in one group.
    groups: Option<Vec<Group>>,
    /// Whether the scales hold zero.
    zero: bool,
    limit: usize,
}

impl View for Series {
    fn value(&self, scope: &Scope) -> Value {
        let figures = self.figures(scope);
        let mut shown = 0;
        let mut seen = BTreeSet::new();
        let mut left_out = 0;
        let mut sources = Sources::default();
        let mut groups: Vec<Value> = Vec::new();
        for group in self.groups.as_deref().unwrap_or(&[self.all(scope, &figures)]) {
            let mut indicators = Vec::new();
            for id in &group.indicators {
                let own = figures.get(id).map(Vec::as_slice).unwrap_or_default();
                seen.extend(own.iter().copied());
                if own.is_empty() {
                    continue;
                }
                if shown == self.limit {
                    left_out += 1;
                    continue;
                }
                shown += 1;
                let panels = panels::panels(scope, &self.keys, own, self.zero, &mut sources);
                indicators.push(shapes::Indicator { card: card(scope, *id), panels }.into());
            }
            let title = (!group.title.is_empty()).then(|| scope.words(&group.title));
            if !indicators.is_empty() {
                groups.push(shapes::SeriesGroup { title, indicators }.into());
            }
        }
        shapes::Series {
            kind: "series",
            of: type_value(scope, self.keys.entity_type),
            groups,
            statuses: self.statuses(scope, &seen),
            sources: cards(scope, sources.0),
            others: scope.ecosystem.count(self.keys.entity_type) - seen.len(),
            left_out,
        }
        .into()
    }

    fn dated(&self) -> Option<Dated> {
        Some(self.keys.dated())
    }
}

impl Series {
    /// The figures of each indicator, in the order of their type.
    fn figures(&self, scope: &Scope) -> BTreeMap<EntityId, Vec<EntityId>> {
        let mut figures: BTreeMap<EntityId, Vec<EntityId>> = BTreeMap::new();
        for id in scope.order(self.keys.entity_type) {
            for indicator in scope.ecosystem.targets(*id, self.keys.by) {
                figures.entry(indicator).or_default().push(*id);
            }
        }
        figures
    }

    /// The key of the marks; empty if all figures have the same status.
    fn statuses(&self, scope: &Scope, figures: &BTreeSet<EntityId>) -> Vec<Value> {
        let used: BTreeSet<usize> =
            figures.iter().filter_map(|id| statements::status_of(scope, &self.keys, *id)).collect();
        if used.len() < 2 {
            return Vec::new();
        }
        let status = |at: usize| {
            let label = statements::label(scope, &self.keys, at)?;
            Some(shapes::SeriesStatus { form: drawing::form(Some(at)), label }.into())
        };
        used.into_iter().filter_map(status).collect()
    }

    /// All indicators in one group, in the order of their types.
    fn all(&self, scope: &Scope, figures: &BTreeMap<EntityId, Vec<EntityId>>) -> Group {
        let mut indicators: Vec<EntityId> = figures.keys().copied().collect();
        let ecosystem = &scope.ecosystem;
        indicators.sort_by_key(|id| (ecosystem.entity(*id).entity_type, ecosystem.rank(*id, scope.lang)));
        Group { title: LocalText::default(), indicators }
    }
}
