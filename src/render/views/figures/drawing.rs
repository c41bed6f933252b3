//! Figures, and those that contradict one another, as values for templates.

use std::collections::{BTreeMap, BTreeSet};

use tera::Value;

use super::roles::Roles;
use super::shapes;
use crate::model::EntityId;
use crate::render::parts::prose::Filling;
use crate::render::parts::{card, cards, entity};
use crate::render::scope::Scope;

/// Makes the values of figures.
pub(super) struct Drawing<'a> {
    scope: &'a Scope,
    roles: &'a Roles,
    /// How many sets of figures that contradict one another there are so far.
    pub disputes: usize,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(scope: &'a Scope, roles: &'a Roles) -> Self {
        Self { scope, roles, disputes: 0 }
    }

    /// What each source states, the sources in the order of their first figures.
    pub(super) fn dispute(&mut self, members: &[EntityId], more: bool) -> Value {
        self.disputes += 1;
        let mut voices: Vec<(BTreeSet<EntityId>, Vec<EntityId>)> = Vec::new();
        let mut positions: BTreeMap<BTreeSet<EntityId>, usize> = BTreeMap::new();
        for id in members {
            let sources = self.sources(*id);
            let at = *positions.entry(sources.clone()).or_insert(voices.len());
            if at == voices.len() {
                voices.push((sources, Vec::new()));
            }
            voices[at].1.push(*id);
        }
        let voices = voices.into_iter().map(|(sources, figures)| {
            let figures = figures.into_iter().map(|id| self.figure(id));
            shapes::Voice { sources: cards(self.scope, sources), figures: figures.collect() }.into()
        });
        let first = members.first().map(|id| card(self.scope, *id));
        shapes::Dispute { number: self.disputes, card: first, voices: voices.collect(), more }.into()
    }

    fn sources(&self, id: EntityId) -> BTreeSet<EntityId> {
        let sources = self.roles.sources.into_iter();
        sources.flat_map(|sources| self.scope.ecosystem.statements(id, sources)).map(|link| link.to).collect()
    }

    /// A figure, with what its roles name.
    pub(super) fn figure(&self, id: EntityId) -> Value {
        let (scope, roles) = (self.scope, self.roles);
        let fact = |at: usize| entity::fact_of(scope, id, at).map(Value::from);
        let mut figure = shapes::Figure {
            card: card(scope, id),
            period: roles.period.iter().filter_map(|at| fact(*at)).collect(),
            geography: Vec::new(),
            sources: Vec::new(),
            other_sources: Vec::new(),
            note: roles.note.and_then(fact),
        };
        for group in scope.ecosystem.groups(id, scope.lang).iter().filter(|group| !group.inverse) {
            let relation = || entity::relation(scope, id, group, &mut Filling::new(scope));
            if roles.geography == Some(group.relation) {
                figure.geography = cards(scope, group.links.iter().map(|(place, _)| *place));
            } else if roles.sources == Some(group.relation) {
                figure.sources = relation().links;
            } else if scope.ecosystem.schema.relation(group.relation).citation {
                figure.other_sources.push(relation().into());
            }
        }
        figure.into()
    }
}
