//! A chain: the entities of a type in their order, such as the links of a value chain. Under each are those that work in
//! it, and what the documents say is missing there.

mod shapes;
mod gaps;
mod keys;
mod members;

use tera::Value;

use self::gaps::GapKeys;
use self::keys::Keys;
use self::members::{LinkMembers, Members};
use super::kind::{self, View};
use super::spec::Spec;
use crate::render::parts::hierarchy::Ancestors;
use crate::render::parts::{card, type_value};
use crate::render::scope::Scope;

/// The maximum number of links of a chain: the first ones in the order of their type.
const MOST: usize = 60;

pub(crate) struct Kind;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        "chain"
    }

    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>> {
        Some(Box::new(Chain(Keys::read(spec)?)))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        shapes::SHAPES
    }
}

struct Chain(Keys);

impl View for Chain {
    fn value(&self, scope: &Scope) -> Value {
        let keys = &self.0;
        let mut ancestors = Ancestors::new(&scope.ecosystem);
        let mut links = ancestors.tree(scope.order(keys.chain));
        let left_out = links.len().saturating_sub(MOST);
        links.truncate(MOST);
        let members = Members::new(scope, keys, &mut ancestors);
        let gaps = keys.gaps.as_ref().map(|keys| gaps::by_link(scope, keys, &mut ancestors)).unwrap_or_default();
        let by_link: Vec<LinkMembers> = links.iter().map(|(id, _)| members.of(*id)).collect();
        let most = by_link.iter().map(|members| members.ids.len()).max().unwrap_or_default();
        let links = links.iter().zip(by_link).map(|((id, depth), members)| -> Value {
            let ids = gaps.get(id).map(Vec::as_slice).unwrap_or_default();
            let gaps = keys.gaps.iter().flat_map(|keys| ids.iter().map(|gap| gaps::gap(scope, keys, *gap, *id).into()));
            shapes::ChainLink {
                card: card(scope, *id),
                depth: *depth,
                count: members.ids.len(),
                share: (members.ids.len() * 100).div_ceil(most.max(1)),
                filter: members.filter(scope, keys, *id),
                groups: members.groups(scope, keys, *id),
                gaps: gaps.collect(),
                unanswered: keys.gaps.as_ref().map_or(0, |keys| gaps::unanswered(scope, keys, ids)),
            }
            .into()
        });
        let of_gaps = |keys: &GapKeys| type_value(scope, keys.entity_type);
        shapes::Chain {
            kind: "chain",
            of: type_value(scope, keys.chain),
            actors: type_value(scope, keys.members),
            gaps: keys.gaps.as_ref().map(of_gaps),
            links: links.collect(),
            left_out,
            elsewhere: members.elsewhere,
        }
        .into()
    }
}
