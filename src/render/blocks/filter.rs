//! The key `where` of a list or a link: the values that the entities have.
//!
//! In: a table whose keys are fields and relations of a type. Out: a [`Filter`] for each. An entity is in the list if it
//! has, for each key, at least one of the values. The same as the address of the index that shows only these.

use serde_json::Value as Json;

use crate::diagnostics::Code;
use crate::model::{Ecosystem, EntityId, FieldId, Meaning};
use crate::render::parts::facets;
use crate::render::scope::Scope;
use crate::render::views::spec::Spec;
use crate::schema::{Member, Property, RelationId, TypeId};
use crate::site;
use crate::table::{Data, Entry, Value};
use crate::url::component;
use crate::values::{self, Kind};

/// The values of one field or relation.
pub(super) enum Filter {
    /// The position of a field, and values as they are in the data.
    Field(usize, Vec<Json>),
    /// A relation, and entities that it leads to.
    Relation(RelationId, Vec<EntityId>),
}

impl Filter {
    /// Whether an entity has one of the values.
    pub(super) fn accepts(&self, ecosystem: &Ecosystem, id: EntityId) -> bool {
        match self {
            Self::Field(at, wanted) => {
                let entity = ecosystem.entity(id);
                let kind = &ecosystem.schema.get(entity.entity_type).fields[*at].kind;
                entity.values(*at).iter().any(|value| {
                    let json = serde_json::to_value(values::Json { kind, value, config: &ecosystem.config });
                    json.is_ok_and(|json| wanted.contains(&json))
                })
            }
            Self::Relation(relation, wanted) => {
                ecosystem.targets(id, *relation).iter().any(|target| wanted.contains(target))
            }
        }
    }

    /// What is in the address of the index, such as `category=cdmo`, one text for each value; `None` if the index can't be
    /// filtered by the values.
    fn query(&self, scope: &Scope, entity_type: TypeId) -> Option<Vec<String>> {
        let schema = &scope.ecosystem.schema;
        let property = self.property();
        let (id, _) = schema.properties(entity_type).find(|(_, it)| *it == property)?;
        let options: Option<Vec<String>> = match self {
            Self::Field(at, wanted) => {
                let kind = &schema.get(entity_type).fields[*at].kind;
                wanted.iter().map(|json| option_id(kind, json)).collect()
            }
            Self::Relation(relation, wanted) => {
                let several = schema.relation(*relation).to.len() > 1;
                Some(wanted.iter().map(|target| facets::option_id(scope, several, *target)).collect())
            }
        };
        let is_facet = facets::is_facet(schema, entity_type, property);
        let options = options.filter(|_| is_facet)?;
        Some(options.iter().map(|option| format!("{id}={}", component(option))).collect())
    }

    pub(super) fn property(&self) -> Property {
        match self {
            Self::Field(at, _) => Property::Field(*at),
            Self::Relation(relation, _) => Property::Relation(*relation),
        }
    }
}

/// The id of the option of a facet that a value stands for; `None` for kinds whose options stand for several values.
fn option_id(kind: &Kind, value: &Json) -> Option<String> {
    match (kind, value) {
        (Kind::Date(_), _) => None,
        (_, Json::String(text)) => Some(text.clone()),
        (_, Json::Bool(is_true)) => Some(is_true.to_string()),
        (_, Json::Number(number)) => {
            number.as_i64().map(|it| it.to_string()).or(number.as_f64().map(|it| it.to_string()))
        }
        _ => None,
    }
}

/// The address of the index that shows only the entities with these values; of the whole index if it can't be filtered
/// by them.
pub(super) fn address(scope: &Scope, entity_type: TypeId, filters: &[Filter], view: Option<&str>) -> String {
    let index = scope.address(&site::index_path(&scope.ecosystem, entity_type, 1, scope.lang));
    let queries: Option<Vec<Vec<String>>> = filters.iter().map(|filter| filter.query(scope, entity_type)).collect();
    let mut queries = queries.filter(|_| scope.settings.listings == Some(true)).unwrap_or_default().concat();
    queries.extend(view.filter(|_| scope.settings.listings == Some(true)).map(|view| format!("view={view}")));
    if queries.is_empty() { index } else { format!("{index}?{}", queries.join("&")) }
}

/// Reads the value of the key, if there is one. Mistakes are reported; `None` if there is any.
pub(super) fn read(
    spec: &mut Spec<'_>,
    ecosystem: &Ecosystem,
    entity_type: TypeId,
    value: Option<&Value>,
) -> Option<Vec<Filter>> {
    let Some(value) = value else { return Some(Vec::new()) };
    let table = spec.reader.table(value)?;
    let filters: Vec<Option<Filter>> =
        table.entries.iter().map(|entry| filter(spec, ecosystem, entity_type, entry)).collect();
    filters.into_iter().collect()
}

fn filter(spec: &mut Spec<'_>, ecosystem: &Ecosystem, entity_type: TypeId, entry: &Entry) -> Option<Filter> {
    let info = ecosystem.schema.get(entity_type);
    let id_of = |member: &Member| match member {
        Member::Field(at) => &*info.fields[*at].id,
        Member::Relation(relation) => &*ecosystem.schema.relation(*relation).id,
    };
    let Some(member) = info.members.iter().find(|member| id_of(member) == &*entry.key) else {
        let owner = format!("the type \"{}\"", info.id);
        spec.reader.unknown_key(entry, &owner, info.members.iter().map(id_of).collect::<Vec<_>>());
        return None;
    };
    let property = match *member {
        Member::Field(at) => Property::Field(at),
        Member::Relation(relation) => Property::Relation(relation),
    };
    spec.note(entry.key_span, Meaning::property(entity_type, property));
    let items = match &entry.value.data {
        Data::Array(items) => items.iter().collect(),
        _ => vec![&entry.value],
    };
    match member {
        Member::Field(at) => {
            let kind = &info.fields[*at].kind;
            let wanted = items.into_iter().map(|item| {
                let choice = kind.choices().iter().position(|choice| Some(&*choice.id) == item.as_text());
                if choice.is_some() {
                    spec.note(item.span, Meaning::Choice(FieldId::OfType(entity_type, *at), choice));
                }
                wanted(spec, kind, item)
            });
            wanted.collect::<Option<_>>().map(|wanted| Filter::Field(*at, wanted))
        }
        Member::Relation(relation) => {
            let to = &ecosystem.schema.relation(*relation).to;
            let advice = format!("write the id of an entity to which \"{}\" can lead", entry.key);
            let targets = items.into_iter().map(|item| spec.entity(item, to, &advice));
            targets.collect::<Option<_>>().map(|targets| Filter::Relation(*relation, targets))
        }
    }
}

/// A value as it is in the data; that of a choice has to be among the choices.
fn wanted(spec: &mut Spec<'_>, kind: &Kind, item: &Value) -> Option<Json> {
    let choices = kind.choices();
    if !choices.is_empty() && !choices.iter().any(|choice| Some(&*choice.id) == item.as_text()) {
        let name = spec.reader.text(item)?;
        let ids = || choices.iter().map(|choice| &*choice.id);
        let hint = crate::diagnostics::did_you_mean(&name, ids())
            .unwrap_or_else(|| format!("choose {}", crate::diagnostics::list(ids())).into());
        let problem = spec.reader.problem(Code::NotAChoice, item.span, format!("there is no choice \"{name}\""));
        spec.reader.report(problem.hint(hint));
        return None;
    }
    Some(item.data.to_json())
}
