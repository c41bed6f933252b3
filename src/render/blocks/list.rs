//! Entities of a type: all, or those with certain values.

use tera::Value;

use super::filter::{self, Filter};
use super::kind::{self, Host};
use crate::locale::LocalText;
use crate::model::EntityId;
use crate::render::engine::shapes::shapes;
use crate::render::parts::{cards, main_types, type_value};
use crate::render::scope::Scope;
use crate::render::views::spec::Spec;
use crate::render::words::Words;
use crate::schema::{Sort, TypeId};

pub(super) const NAME: &str = "list";

/// The number of entities if the block does not say it.
const LIMIT: usize = 12;
/// The number of lists on a home page that lists no blocks.
const USUAL: usize = 2;

pub(crate) struct Kind;

struct List {
    entity_type: TypeId,
    title: LocalText,
    /// The entities that have the values, by id.
    entities: Vec<EntityId>,
    sort: Sort,
    /// The maximum number of entities.
    limit: usize,
    /// The values that the entities have.
    filters: Vec<Filter>,
}

/// The lists of a home page that lists no blocks: those of the types with the most relations.
pub(super) fn usual(host: &Host<'_>) -> Vec<Box<dyn kind::Block>> {
    let types = main_types(host.ecosystem).into_iter().take(USUAL);
    let lists = types.map(|entity_type| -> Box<dyn kind::Block> {
        Box::new(List {
            entity_type,
            title: LocalText::default(),
            entities: host.ecosystem.of_type(entity_type).collect(),
            sort: host.ecosystem.schema.get(entity_type).sort,
            limit: LIMIT,
            filters: Vec::new(),
        })
    });
    lists.collect()
}

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        NAME
    }

    fn read(&self, spec: &mut Spec<'_>, host: &Host<'_>) -> Option<Box<dyn kind::Block>> {
        spec.keys("a list", &["of", "sort", "limit", "where", "title"]);
        let (limit, title) = (spec.limit(LIMIT), spec.localised("title"));
        let entity_type = spec.entity_type()?;
        let sort = spec.sort(entity_type);
        let filters = filter::read(spec, host.ecosystem, entity_type, spec.get("where"));
        let (sort, limit, filters) = (sort?, limit?, filters?);
        let has_all = |id: &EntityId| filters.iter().all(|filter: &Filter| filter.accepts(host.ecosystem, *id));
        let entities = host.ecosystem.of_type(entity_type).filter(has_all).collect();
        Some(Box::new(List { entity_type, title, entities, sort, limit, filters }))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        SHAPES
    }
}

impl kind::Block for List {
    fn value(&self, scope: &Scope) -> Value {
        let mut entities = self.entities.clone();
        scope.ecosystem.sort_by(&mut entities, self.sort, scope.lang);
        let total = entities.len();
        entities.truncate(self.limit);
        ListBlock {
            of: type_value(scope, self.entity_type),
            title: (!self.title.is_empty()).then(|| scope.words(&self.title)),
            more: total - entities.len(),
            items: cards(scope, entities),
            total,
            filtered: !self.filters.is_empty(),
            url: filter::address(scope, self.entity_type, &self.filters, None),
        }
        .into()
    }

    fn excludes(&self, _: &dyn kind::Block) -> bool {
        false
    }
}

shapes! {
    /// The block `list`.
    ListBlock {
        /// The type, a [TypeInfo](#typeinfo).
        of: Value,
        /// The title that the block has; none if it has none.
        title: Option<Words>,
        /// The entities, a list of [Card](#card).
        items: Vec<Value>,
        /// The number of all entities that fit.
        total: usize,
        /// The number of entities that fit but are not in `items`.
        more: usize,
        /// Whether the list is limited to entities with certain values.
        filtered: bool,
        /// The address of the index, which shows the same entities alone if it can be filtered by those values.
        url: String,
    }
}
