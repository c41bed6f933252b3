//! The groups of the entities in a network or on a map, which have a colour each: by a relation or a choice, such as the
//! category of an actor.
//!
//! In: what the view says of groups. Out: the groups, and the group of each entity.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::diagnostics::{self, Code};
use crate::locale::LocalText;
use crate::model::{EntityId, FieldId, FieldValue, Meaning};
use crate::render::parts::prose::Filling;
use crate::render::scope::Scope;
use crate::render::views::spec::Spec;
use crate::render::words::Words;
use crate::schema::{Property, TypeId};
use crate::table::Value;
use crate::values::Kind;

/// The maximum number of groups; there are as many colours. All other entities are in none.
pub(super) const MOST: usize = 6;

/// What a view says of groups.
#[derive(Default)]
pub(super) struct GroupKeys {
    /// For each type that has it, the relation or the field with choices.
    by: HashMap<TypeId, Property>,
    /// The groups, each with the ids of its values; none if each value is a group.
    named: Option<Vec<(LocalText, Vec<Box<str>>)>>,
}

impl GroupKeys {
    /// Reads the key that names the relation or the choice, and `groups`.
    pub(super) fn read(spec: &mut Spec<'_>, types: &[TypeId], key: &str) -> Option<Self> {
        let Some(value) = spec.get(key) else {
            if spec.has("groups") {
                let hint = format!("name the relation or the choice whose values they have: {key} = \"category\"");
                spec.report("groups", format!("\"groups\" needs \"{key}\""), &hint);
                return None;
            }
            return Some(Self::default());
        };
        let name = spec.reader.text(value)?;
        let schema = spec.schema;
        let is_group = |entity_type: TypeId, property: Property| match property {
            Property::Field(at) => matches!(schema.get(entity_type).fields[at].kind, Kind::Choice(_)),
            Property::Relation(_) => true,
            Property::Derived(_) => false,
        };
        let all = || types.iter().flat_map(|it| schema.properties(*it).map(|(id, property)| (*it, id, property)));
        let possible = || all().filter(|(entity_type, _, property)| is_group(*entity_type, *property));
        let by: HashMap<TypeId, Property> =
            possible().filter(|(_, id, _)| **id == *name).map(|(entity_type, _, it)| (entity_type, it)).collect();
        if by.is_empty() {
            let message = format!("no type of {} has a relation or a choice \"{name}\"", spec.noun);
            spec.unknown_name(message, &name, key, || possible().map(|(_, id, _)| id));
            return None;
        }
        by.iter().for_each(|(owner, property)| spec.note(value.span, Meaning::property(*owner, *property)));
        let named = if spec.has("groups") { Some(named(spec, &by)?) } else { None };
        Some(Self { by, named })
    }
}

/// The key `groups`.
fn named(spec: &mut Spec<'_>, by: &HashMap<TypeId, Property>) -> Option<Vec<(LocalText, Vec<Box<str>>)>> {
    let value = spec.get("groups")?;
    let mut groups = Vec::new();
    for item in spec.reader.array(value)? {
        let table = spec.reader.table(item)?;
        spec.reader.unknown_keys(table, "a group", &["title", "values"]);
        let (Some(title), Some(values)) = (table.get("title"), table.get("values")) else {
            let (key, example) = match table.get("title") {
                None => ("title", "title = \"Research\""),
                Some(_) => ("values", "values = [\"university\"]"),
            };
            spec.reader.missing(item.span, "a group", key, example);
            return None;
        };
        let title = spec.reader.localised(title)?;
        let items = spec.reader.array(values)?;
        let ids: Option<Vec<Box<str>>> = items.iter().map(|id| group_value(spec, by, id)).collect();
        groups.push((title, ids?));
    }
    if groups.len() > MOST {
        let message = format!("{} groups can't be told apart by their colour", groups.len());
        spec.report("groups", message, &format!("name at most {MOST}; all others are shown as one"));
        return None;
    }
    Some(groups)
}

/// A choice, or the id of an entity to which the relation can lead.
fn group_value(spec: &mut Spec<'_>, by: &HashMap<TypeId, Property>, value: &Value) -> Option<Box<str>> {
    let schema = spec.schema;
    let id = spec.reader.text(value)?;
    let fields = by.iter().filter_map(|(owner, property)| match property {
        Property::Field(at) => Some((FieldId::OfType(*owner, *at), &schema.get(*owner).fields[*at])),
        _ => None,
    });
    let mut choices: Vec<&str> = Vec::new();
    let mut meanings: Vec<Meaning> = Vec::new();
    for (field, info) in fields {
        let own = info.kind.choices();
        choices.extend(own.iter().map(|choice| &*choice.id));
        let at = own.iter().position(|choice| choice.id == id);
        meanings.extend(at.map(|at| Meaning::Choice(field, Some(at))));
    }
    choices.sort_unstable();
    if !meanings.is_empty() {
        meanings.into_iter().for_each(|meaning| spec.note(value.span, meaning));
        return Some(id);
    }
    let mut types: Vec<TypeId> =
        by.iter().flat_map(|(entity_type, property)| schema.targets(*entity_type, *property).iter().copied()).collect();
    types.sort_unstable();
    types.dedup();
    if types.is_empty() {
        let problem = spec.reader.problem(Code::NotAChoice, value.span, format!("there is no choice \"{id}\""));
        let all = || choices.iter().copied();
        let hint = diagnostics::did_you_mean(&id, all())
            .unwrap_or_else(|| format!("the choices are {}", diagnostics::list_all(all())).into());
        spec.reader.report(problem.hint(hint));
        return None;
    }
    spec.entity(value, &types, "name an entity to which the relation leads").map(|_| id)
}

/// The groups of some entities.
pub(super) struct Groups {
    pub titles: Vec<Words>,
    of: HashMap<EntityId, usize>,
}

impl Groups {
    /// The groups of these entities: those that the view names, or else the values that most of them have. Entities of a
    /// type without the relation or the choice are a group too.
    pub(super) fn new(scope: &Scope, keys: &GroupKeys, entities: &[EntityId]) -> Self {
        if keys.by.is_empty() {
            return Self { titles: Vec::new(), of: HashMap::new() };
        }
        let mut titles: Vec<Words> =
            keys.named.iter().flatten().take(MOST).map(|(title, _)| scope.words(title)).collect();
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for (number, (_, ids)) in keys.named.iter().flatten().take(MOST).enumerate() {
            numbers.extend(ids.iter().map(|id| (id.to_string(), number)));
        }
        let values: Vec<(EntityId, Option<(String, Words)>)> =
            entities.iter().map(|id| (*id, value(scope, keys, *id))).collect();
        let mut counts: HashMap<&str, (usize, &Words)> = HashMap::new();
        for (id, title) in values.iter().filter_map(|(_, value)| value.as_ref()) {
            counts.entry(id).or_insert((0, title)).0 += 1;
        }
        // Named groups leave out other values, but not the types that have no value at all.
        let is_free = |id: &str| keys.named.is_none() || id.starts_with('/');
        let mut free: Vec<_> = counts.into_iter().filter(|(id, _)| is_free(id) && !numbers.contains_key(*id)).collect();
        free.sort_by_key(|(id, (count, _))| (Reverse(*count), *id));
        let names: Vec<(String, Words)> =
            free.into_iter().take(MOST - titles.len()).map(|(id, (_, title))| (id.to_owned(), title.clone())).collect();
        for (id, title) in names {
            numbers.insert(id, titles.len());
            titles.push(title);
        }
        let of = values.into_iter().filter_map(|(entity, value)| Some((entity, *numbers.get(&value?.0)?))).collect();
        Self { titles, of }
    }

    /// The name of a colour: the number of a group, or `none`.
    pub(super) fn number(&self, at: usize) -> String {
        if at < self.titles.len() { at.to_string() } else { String::from("none") }
    }

    /// The number of the group of an entity; none if it is in none.
    pub(super) fn of(&self, id: EntityId) -> Option<usize> {
        self.of.get(&id).copied()
    }
}

/// The value by which an entity is grouped, and its name. Of several, the first. An entity of a type that has no such
/// property has its type, whose id follows a slash.
fn value(scope: &Scope, keys: &GroupKeys, id: EntityId) -> Option<(String, Words)> {
    let ecosystem = &scope.ecosystem;
    let entity = ecosystem.entity(id);
    let info = ecosystem.schema.get(entity.entity_type);
    match keys.by.get(&entity.entity_type) {
        None => Some((format!("/{}", info.id), scope.words(&info.plural))),
        Some(Property::Field(at)) => {
            let value: &FieldValue = entity.values(*at).first()?;
            let option = info.fields[*at].kind.option(value, &Filling::new(scope))?;
            Some((option.id, scope.words_in(scope.lang, &option.text)))
        }
        Some(property) => {
            let target = *ecosystem.reached_by(id, *property).first()?;
            Some((ecosystem.entity(target).id.to_string(), scope.title(target)))
        }
    }
}
