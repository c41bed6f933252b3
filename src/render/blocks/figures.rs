//! Numbers in large type: entities with their headlines and their sources.

use std::cmp::Reverse;

use tera::Value;

use super::kind::{self, Host};
use crate::locale::LocalText;
use crate::model::{Ecosystem, EntityId};
use crate::render::engine::shapes::shapes;
use crate::render::parts::{card, cards, type_value};
use crate::render::scope::Scope;
use crate::render::views::Dated;
use crate::render::views::series::{self, Keys};
use crate::render::views::spec::Spec;
use crate::render::words::Words;
use crate::schema::TypeId;

pub(super) const NAME: &str = "figures";

/// The number of figures if the block does not say it.
const LIMIT: usize = 6;

pub(crate) struct Kind;

struct Figures {
    title: LocalText,
    ids: Vec<EntityId>,
    /// The relations to what figures measure, each of one type.
    keys: Vec<Keys>,
}

/// The figures of a home page that lists no blocks; none if no type has headlines.
pub(super) fn usual(host: &Host<'_>) -> Option<Box<dyn kind::Block>> {
    let ids = most_mentioned(host.ecosystem, &with_headline(host.ecosystem), LIMIT);
    (!ids.is_empty())
        .then(|| -> Box<dyn kind::Block> { Box::new(Figures { title: LocalText::default(), ids, keys: Vec::new() }) })
}

/// The types whose entities have headlines.
fn with_headline(ecosystem: &Ecosystem) -> Vec<TypeId> {
    let types = ecosystem.schema.types().filter(|(_, entity_type)| entity_type.headline.is_some());
    types.map(|(id, _)| id).collect()
}

/// The entities with a headline that the most entities mention in their prose.
fn most_mentioned(ecosystem: &Ecosystem, types: &[TypeId], limit: usize) -> Vec<EntityId> {
    let has_headline = |id: &EntityId| {
        let entity = ecosystem.entity(*id);
        let headline = ecosystem.schema.get(entity.entity_type).headline;
        headline.is_some_and(|headline| !entity.values(headline.value).is_empty())
    };
    let ids = types.iter().flat_map(|entity_type| ecosystem.of_type(*entity_type)).filter(has_headline);
    let mut ids: Vec<EntityId> = ids.collect();
    ids.sort_by_key(|id| Reverse(ecosystem.mentions(*id).count()));
    ids.truncate(limit);
    ids
}

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        NAME
    }

    fn read(&self, spec: &mut Spec<'_>, host: &Host<'_>) -> Option<Box<dyn kind::Block>> {
        spec.keys("figures", &["ids", "of", "limit", "title", "by"]);
        let (limit, title) = (spec.limit(LIMIT)?, spec.localised("title"));
        let all = with_headline(host.ecosystem);
        let types = if spec.has("of") { spec.entity_types() } else { all };
        let ids = match spec.get("ids") {
            None => most_mentioned(host.ecosystem, &types, limit),
            Some(value) => {
                let items = spec.reader.array(value)?;
                let advice = "write the id of an entity whose type has a headline";
                items.iter().filter_map(|item| spec.entity(item, &types, advice)).collect()
            }
        };
        let by = spec.relations(&types, "by");
        let keys = by.iter().map(|by| Keys::usual(spec, spec.schema.relation(*by).owner, *by)).collect();
        Some(Box::new(Figures { title, ids, keys }))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        SHAPES
    }
}

impl kind::Block for Figures {
    fn value(&self, scope: &Scope) -> Value {
        let first = self.ids.first().map(|id| scope.ecosystem.entity(*id).entity_type);
        FiguresBlock {
            of: first.map(|entity_type| type_value(scope, entity_type)),
            title: (!self.title.is_empty()).then(|| scope.words(&self.title)),
            items: self.ids.iter().map(|id| figure(scope, *id, &self.keys).into()).collect(),
        }
        .into()
    }

    fn dated(&self) -> Vec<Dated> {
        self.keys.iter().map(Keys::dated).collect()
    }

    fn excludes(&self, _: &dyn kind::Block) -> bool {
        false
    }
}

fn figure(scope: &Scope, id: EntityId, keys: &[Keys]) -> FigureItem {
    let ecosystem = &scope.ecosystem;
    let relations = ecosystem.schema.relations_of(ecosystem.entity(id).entity_type);
    let sources =
        relations.filter(|(_, relation)| relation.citation).flat_map(|(relation, _)| ecosystem.targets(id, relation));
    let keys = keys.iter().find(|keys| keys.entity_type == ecosystem.entity(id).entity_type);
    let trend = keys.and_then(|keys| series::trend(scope, keys, id));
    FigureItem { card: card(scope, id), sources: cards(scope, sources), trend }
}

shapes! {
    /// The block `figures`.
    FiguresBlock {
        /// The type of the first figure, a [TypeInfo](#typeinfo); none if there are no figures.
        of: Option<Value>,
        /// The title that the block has; none if it has none.
        title: Option<Words>,
        /// The figures, a list of [FigureItem](#figureitem).
        items: Vec<Value>,
    }

    /// A figure of the block `figures`. Its number is in `card.headline`.
    FigureItem {
        /// The figure, a [Card](#card).
        card: Value,
        /// Who states it, a list of [Card](#card).
        sources: Vec<Value>,
        /// The figures of the same indicator over time, a [Trend](#trend), if the block has the key `by`; none unless they are of at least two times.
        trend: Option<Value>,
    }
}
