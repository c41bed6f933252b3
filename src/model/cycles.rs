//! Cycles in hierarchies: entities that are above themselves.

use super::ecosystem::Ecosystem;
use super::ids::EntityId;
use crate::diagnostics::{Code, Diagnostic};
use crate::schema::RelationId;
use crate::text::Place;

/// The maximum number of entities that a message names.
const MOST_NAMED: usize = 8;

/// Reports the cycles of all relations that are hierarchies. Cycles that share a link may be reported as one.
pub(super) fn cycles(ecosystem: &Ecosystem) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for id in (0..ecosystem.schema.relations.len()).map(RelationId::new) {
        if ecosystem.schema.relation(id).hierarchy {
            problems.extend(
                Search {
                    ecosystem,
                    relation: id,
                    states: vec![State::New; ecosystem.number_of_ids()],
                    way: Vec::new(),
                }
                .run(),
            );
        }
    }
    problems
}

/// Whether the search has not come to an entity, is below it, or has left it.
#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// A depth-first search along one relation. It has a stack of its own, because a hierarchy may be as deep as the site
/// is large.
struct Search<'a> {
    ecosystem: &'a Ecosystem,
    relation: RelationId,
    states: Vec<State>,
    /// The entities on the way to the current one, each with the indices of its links that are still to follow.
    way: Vec<(EntityId, Vec<u32>)>,
}

impl Search<'_> {
    fn run(mut self) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        let starts: Vec<EntityId> = self.ecosystem.published().collect();
        for start in starts {
            if self.states[start.index()] == State::New {
                self.enter(start);
            }
            while let Some((entity, links)) = self.way.last_mut() {
                let entity = *entity;
                let Some(at) = links.pop() else {
                    self.states[entity.index()] = State::Done;
                    self.way.pop();
                    continue;
                };
                let to = self.ecosystem.links[at as usize].to;
                match self.states[to.index()] {
                    State::New => self.enter(to),
                    State::Open => problems.push(self.cycle(at)),
                    State::Done => {}
                }
            }
        }
        problems
    }

    fn enter(&mut self, id: EntityId) {
        let links = self.ecosystem.outgoing.of(id).iter().copied();
        let links = links.filter(|at| self.ecosystem.links[*at as usize].relation == self.relation);
        let mut links: Vec<u32> = links.collect();
        // The last one is followed first.
        links.reverse();
        self.states[id.index()] = State::Open;
        self.way.push((id, links));
    }

    /// The cycle that a link closes: its target is on the way to its start.
    fn cycle(&self, at: u32) -> Diagnostic {
        let link = &self.ecosystem.links[at as usize];
        let start = self.way.iter().position(|(id, _)| *id == link.to).unwrap_or_default();
        let names = self.way[start..].iter().map(|(id, _)| &*self.ecosystem.entity(*id).id);
        let mut names: Vec<&str> = names.collect();
        if names.len() > MOST_NAMED {
            names.drain(MOST_NAMED - 1..names.len() - 1);
            names.insert(MOST_NAMED - 1, "…");
        }
        names.push(&self.ecosystem.entity(link.to).id);
        let relation = &self.ecosystem.schema.relation(self.relation).id;
        let message = format!("the hierarchy \"{relation}\" leads back to its start: {}", names.join(" → "));
        let place = Place { path: self.ecosystem.entity(link.from).place.path.clone(), span: link.span };
        Diagnostic::new(Code::HierarchyCycle, place, message).hint("delete one of these relations")
    }
}
