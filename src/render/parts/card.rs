//! Cards: entities in short.

use tera::Value;

use super::headline::headline;
use super::navigation::mark;
use super::prose::Filling;
use super::shapes::{Card, Link};
use super::value;
use crate::model::EntityId;
use crate::render::scope::Scope;
use crate::schema::{Member, Property, TypeId};
use crate::site;

/// The maximum number of targets of a relation that a list shows beside a title.
const NAMED: usize = 3;

/// The card of an entity, memoised.
pub(crate) fn card(scope: &Scope, id: EntityId) -> Value {
    scope.memo.entity(id).card.get_or_init(|| make(scope, id).into()).clone()
}

/// The cards of several entities.
pub(crate) fn cards(scope: &Scope, ids: impl IntoIterator<Item = EntityId>) -> Vec<Value> {
    ids.into_iter().map(|id| card(scope, id)).collect()
}

/// The cards of all entities of a type, in its order, memoised.
pub(crate) fn cards_of_type(scope: &Scope, entity_type: TypeId) -> Value {
    let make = || Value::from(cards(scope, scope.order(entity_type).iter().copied()));
    scope.memo.entity_type(entity_type).cards.get_or_init(make).clone()
}

/// A link to an entity, without attributes.
pub(crate) fn link(scope: &Scope, id: EntityId) -> Value {
    let make = || Link { card: card(scope, id), attributes: Value::from(Vec::<Value>::new()) }.into();
    scope.memo.entity(id).link.get_or_init(make).clone()
}

fn make(scope: &Scope, id: EntityId) -> Card {
    let entity = scope.ecosystem.entity(id);
    let entity_type = scope.ecosystem.schema.get(entity.entity_type);
    let summary = scope.words(&entity.summary);
    Card {
        key: format!("{}/{}", entity_type.id, entity.id),
        type_id: entity_type.id.to_string(),
        type_name: scope.words(&entity_type.name),
        type_mark: mark(scope, entity.entity_type),
        id: entity.id.to_string(),
        title: scope.title(id),
        title_lang: scope.title_tag(id).to_owned(),
        summary_lang: scope.tag_of(summary.lang).to_owned(),
        summary,
        brief: brief(scope, id),
        image: value::picture(scope, id).map(Value::from),
        headline: headline(scope, id, true).map(Value::from),
        url: scope.address(&site::entity_path(&scope.ecosystem, id, scope.lang)),
        page: scope.ecosystem.has_page(id),
        translated: entity.is_translated(scope.lang),
        updated: entity.updated.map(|date| date.to_string()),
        draft: entity.draft,
    }
}

/// The texts that lists show beside an entity's title, in the order of the type's members.
fn brief(scope: &Scope, id: EntityId) -> Vec<String> {
    let (ecosystem, entity) = (&scope.ecosystem, scope.ecosystem.entity(id));
    let entity_type = ecosystem.schema.get(entity.entity_type);
    let texts = entity_type.members.iter().filter_map(|member| match member {
        Member::Field(at) => entity_type.fields[*at].brief.then(|| {
            let field = &entity_type.fields[*at];
            entity
                .values(*at)
                .iter()
                .filter_map(|value| field.kind.brief(value, &field.label, &Filling::new(scope)))
                .collect()
        }),
        Member::Relation(relation) => {
            let property = Property::Relation(*relation);
            ecosystem.schema.relation(*relation).brief.then(|| names(scope, id, property))
        }
    });
    let derived = entity_type.derived.iter().enumerate().filter(|(_, derived)| derived.brief);
    let texts = texts.chain(derived.map(|(at, _)| names(scope, id, Property::Derived(at))));
    texts.filter(|texts| !texts.is_empty()).map(|texts| texts.join(", ")).collect()
}

/// The first entities that a relation or a derived relation leads to, by their titles.
fn names(scope: &Scope, id: EntityId, property: Property) -> Vec<String> {
    let mut targets = scope.ecosystem.reached_by(id, property);
    scope.ecosystem.sort(&mut targets, scope.lang);
    let ellipsis = (targets.len() > NAMED).then(|| String::from("…"));
    let names = targets.into_iter().take(NAMED).map(|target| scope.title(target).text);
    names.chain(ellipsis).collect()
}
