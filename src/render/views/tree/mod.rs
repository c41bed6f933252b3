//! A tree: the entities of a type in its hierarchy, each with the numbers of those that lead to it or to what is below it.

mod shapes;

use tera::Value;

use super::kind::{self, View};
use super::spec::Spec;
use crate::model::{EntityId, Meaning};
use crate::render::parts::hierarchy::Ancestors;
use crate::render::parts::{card, type_value};
use crate::render::scope::Scope;
use crate::schema::{RelationId, TypeId};

/// The maximum number of entities: the first ones in the order of the tree.
const MOST: usize = 1000;
/// The maximum depth. What is deeper is shown at this depth, since browsers don't nest elements without end.
const DEEPEST: usize = 20;

pub(crate) struct Kind;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        "tree"
    }

    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>> {
        spec.keys("a tree", &["of", "count"]);
        let of = spec.entity_type()?;
        let schema = spec.schema;
        if !schema.relations_of(of).any(|(_, relation)| relation.hierarchy) {
            let message = format!("\"{}\" has no hierarchy", schema.get(of).id);
            spec.report("of", message, "a tree needs a relation of the type to itself with hierarchy = true");
            return None;
        }
        let mut count = Vec::new();
        let items = match spec.get("count") {
            Some(value) => spec.reader.array(value)?,
            None => &[],
        };
        for item in items {
            let name = spec.reader.text(item)?;
            let inverses = || schema.get(of).inverses.iter().copied().map(|id| (id, &*schema.relation(id).inverse));
            let named: Vec<RelationId> = inverses().filter(|(_, id)| *id == &*name).map(|(id, _)| id).collect();
            if named.is_empty() {
                let message = format!("no relation to \"{}\" has the inverse \"{name}\"", schema.get(of).id);
                let ids = || inverses().map(|(_, id)| id);
                spec.unknown_name_at(item, message, &name, ids);
                return None;
            }
            named.into_iter().for_each(|id| spec.note(item.span, Meaning::Inverse(id)));
            count.push(name);
        }
        Some(Box::new(Tree { of, count }))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        shapes::SHAPES
    }
}

struct Tree {
    of: TypeId,
    /// The ids of the inverses that are counted.
    count: Vec<Box<str>>,
}

impl View for Tree {
    fn value(&self, scope: &Scope) -> Value {
        let order = scope.order(self.of);
        let mut nodes = Ancestors::new(&scope.ecosystem).tree(order);
        nodes.truncate(MOST);
        nodes.iter_mut().for_each(|(_, depth)| *depth = (*depth).min(DEEPEST));
        let below = below(&nodes);
        let tree = nodes.iter().enumerate().map(|(at, (id, depth))| -> Value {
            let next = nodes.get(at + 1).map_or(0, |(_, depth)| *depth);
            shapes::TreeNode {
                card: card(scope, *id),
                depth: *depth,
                below: below[at],
                closes: depth.saturating_sub(next),
                counts: self.counts(scope, *id),
            }
            .into()
        });
        shapes::Tree {
            kind: "tree",
            of: type_value(scope, self.of),
            nodes: tree.collect(),
            left_out: order.len() - nodes.len(),
        }
        .into()
    }
}

impl Tree {
    /// The numbers of those that lead to an entity or to one below it.
    fn counts(&self, scope: &Scope, id: EntityId) -> Vec<Value> {
        if self.count.is_empty() {
            return Vec::new();
        }
        let schema = &scope.ecosystem.schema;
        let groups = scope.ecosystem.groups_with_below(id, scope.lang);
        let counts = self.count.iter().filter_map(|name| {
            let mut inverses = groups.iter().filter(|group| group.inverse);
            let group = inverses.find(|group| schema.relation(group.relation).inverse == *name)?;
            let mut entities: Vec<EntityId> = group.links.iter().map(|(other, _)| *other).collect();
            entities.dedup();
            let label = scope.words(&schema.relation(group.relation).inverse_label);
            Some(shapes::TreeCount { label, count: entities.len() + group.below.len() }.into())
        });
        counts.collect()
    }
}

/// The number of nodes below each one, which follow it.
fn below(nodes: &[(EntityId, usize)]) -> Vec<usize> {
    let mut below = vec![0; nodes.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, (_, depth)) in nodes.iter().enumerate() {
        let is_over = |other: &usize| nodes[*other].1 >= *depth;
        while let Some(last) = open.pop_if(|other| is_over(other)) {
            below[last] = at - last - 1;
        }
        open.push(at);
    }
    open.into_iter().for_each(|last| below[last] = nodes.len() - last - 1);
    below
}
