//! The table of a type: a JSON file with which a browser shows the type's index as a table, compares entities side by
//! side, and writes a spreadsheet.
//!
//! In: the entities of a type. Out: its columns in the order of the schema (fields, relations, inverses, derived
//! relations), without those that are empty, and a row for each entity, in parts if there are many. Texts are as pages of
//! the language show them.

use std::collections::HashMap;
use std::io::Write;

use serde::Serialize;

use super::entity_json::write_json;
use super::output::{self, Failure, Input, Plan};
use super::parts;
use crate::model::{EntityId, FieldValue, Link};
use crate::render::parts::prose::Filling;
use crate::render::parts::value;
use crate::render::scope::{self, Scope};
use crate::schema::{Field, Member, Property, RelationId, TypeId};
use crate::site::{self, Subject, table_path};
use crate::values::{Kind, Rank};

pub(super) struct Output;

impl output::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        let ecosystem = plan.ecosystem;
        if plan.settings.listings != Some(true) {
            return;
        }
        for lang in ecosystem.config.languages.all() {
            for (id, entity_type) in ecosystem.schema.types() {
                for part in 1..=parts::count(ecosystem.of_type(id).count()) {
                    let path = table_path(ecosystem, id, lang, part);
                    plan.add(path, Subject::PartOfType(id, part)).lang(lang).declared_at(&entity_type.place);
                }
            }
        }
    }

    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let Subject::PartOfType(entity_type, part) = input.subject else { return Ok(()) };
        let rows = rows(input.scope, entity_type, part);
        if part > 1 {
            return Ok(write_json(out, &rows)?);
        }
        Ok(write_json(out, &table(input.scope, entity_type, rows))?)
    }
}

/// The table of a type, or its first part.
#[derive(Serialize)]
struct Table<'a> {
    columns: Vec<Column>,
    /// The addresses of the other parts.
    parts: Vec<String>,
    #[serde(flatten)]
    rows: Rows<'a>,
}

/// The rows of a part.
#[derive(Serialize)]
struct Rows<'a> {
    /// The entities and addresses that cells name.
    links: Vec<Named>,
    /// The id of each entity, the position of its own link, and a cell for each column.
    rows: Vec<(&'a str, usize, Vec<Cell>)>,
}

/// The words of a link and its address.
#[derive(Serialize)]
#[serde(untagged)]
enum Named {
    Here(String, String),
    /// With the language of the words, which is not that of the page.
    Abroad(String, String, String),
}

#[derive(Serialize)]
struct Column {
    id: String,
    label: String,
    /// Whether a table shows it unless a reader chooses columns.
    shown: bool,
    /// The unit that all its numbers have; none if its values are not numbers of one unit.
    unit: Option<String>,
}

/// The values of an entity in a column.
type Cell = Vec<Item>;

#[derive(Serialize, Clone)]
#[serde(untagged)]
enum Item {
    Text(String),
    /// A number as readers see it, and as spreadsheets do.
    Number(String, f64),
    /// The position of a link, and what is said of it.
    Link(usize, String),
}

/// What a column holds.
enum Source {
    Property(Property),
    /// The entities that name this one, by a relation or by all that share its inverse.
    Inverse(RelationId),
}

fn table<'a>(scope: &'a Scope, entity_type: TypeId, rows: Rows<'a>) -> Table<'a> {
    let mut all: Vec<_> = sources(scope, entity_type).into_iter().map(Some).collect();
    let columns = columns(scope, entity_type).iter().filter_map(|column| {
        let (_, id, label, shown) = all[column.at].take()?;
        Some(Column { id, label, shown, unit: column.unit.clone() })
    });
    let mut columns: Vec<Column> = columns.collect();
    show_some(&mut columns);
    let address = |part| scope.address(&table_path(&scope.ecosystem, entity_type, scope.lang, part));
    let parts = (2..=parts::count(scope.order(entity_type).len())).map(address).collect();
    Table { columns, parts, rows }
}

/// The columns that are not empty, memoised.
fn columns(scope: &Scope, entity_type: TypeId) -> &[scope::Column] {
    scope.memo.entity_type(entity_type).columns.get_or_init(|| {
        let ids = scope.order(entity_type);
        let is_empty = |source: &Source| ids.iter().all(|id| Links::default().cell(scope, *id, source).is_empty());
        let sources = sources(scope, entity_type).into_iter().enumerate();
        let columns = sources.filter(|(_, (source, ..))| !is_empty(source)).map(|(at, (source, ..))| {
            let unit = match source {
                Source::Property(Property::Field(field)) => unit(scope, entity_type, field),
                _ => None,
            };
            scope::Column { at, unit }
        });
        columns.collect()
    })
}

/// The rows of a part.
fn rows(scope: &Scope, entity_type: TypeId, part: usize) -> Rows<'_> {
    let mut links = Links::default();
    let sources = sources(scope, entity_type);
    let shown: Vec<&Source> = columns(scope, entity_type).iter().map(|column| &sources[column.at].0).collect();
    let ids = scope.order(entity_type);
    let rows = ids[parts::range(part, ids.len())].iter().map(|id| {
        let own = links.position(scope, *id);
        let cells = shown.iter().map(|source| links.cell(scope, *id, source)).collect();
        (&*scope.ecosystem.entity(*id).id, own, cells)
    });
    let rows = rows.collect();
    Rows { links: links.all, rows }
}

/// The number of columns that are shown at least.
const SHOWN: usize = 4;

/// Shows the first columns beside those that lists show, where these are few.
fn show_some(columns: &mut [Column]) {
    let missing = SHOWN.saturating_sub(columns.iter().filter(|column| column.shown).count());
    columns.iter_mut().filter(|column| !column.shown).take(missing).for_each(|column| column.shown = true);
}

/// What the columns of a type hold, each with its id, its label, and whether lists show it.
fn sources(scope: &Scope, entity_type: TypeId) -> Vec<(Source, String, String, bool)> {
    let schema = &scope.ecosystem.schema;
    let info = schema.get(entity_type);
    let mut sources = Vec::new();
    for member in &info.members {
        let (property, is_hidden, shown) = match *member {
            Member::Field(at) => {
                let field = &info.fields[at];
                let is_in_headline = info.headline.is_some_and(|headline| headline.value == at);
                (
                    Property::Field(at),
                    field.hidden || matches!(field.kind, Kind::Image(_)),
                    field.brief || is_in_headline,
                )
            }
            Member::Relation(relation) => (Property::Relation(relation), false, schema.relation(relation).brief),
        };
        let id = match *member {
            Member::Field(at) => &info.fields[at].id,
            Member::Relation(relation) => &schema.relation(relation).id,
        };
        if !is_hidden {
            let label = scope.words(schema.label(entity_type, property)).text;
            sources.push((Source::Property(property), id.to_string(), label, shown));
        }
    }
    let mut inverses: Vec<&str> = Vec::new();
    for id in &info.inverses {
        let relation = schema.relation(*id);
        if !inverses.contains(&&*relation.inverse) {
            inverses.push(&relation.inverse);
            let label = scope.words(&relation.inverse_label).text;
            sources.push((Source::Inverse(*id), relation.inverse.to_string(), label, false));
        }
    }
    for (at, derived) in info.derived.iter().enumerate() {
        let label = scope.words(&derived.label).text;
        sources.push((Source::Property(Property::Derived(at)), derived.id.to_string(), label, derived.brief));
    }
    sources
}

/// The unit of the numbers of a field, if all are numbers of one unit; empty if they have none.
fn unit(scope: &Scope, entity_type: TypeId, at: usize) -> Option<String> {
    let ecosystem = &scope.ecosystem;
    let kind = &ecosystem.schema.get(entity_type).fields[at].kind;
    let declared = || kind.unit().map(|unit| scope.words(unit).text).unwrap_or_default();
    let values = ecosystem.of_type(entity_type).flat_map(|id| ecosystem.entity(id).values(at));
    let mut units = values.map(|value| match value {
        FieldValue::Integer(_) | FieldValue::Number(_) => Some(declared()),
        FieldValue::Percentage(_) => Some(String::from("%")),
        FieldValue::Money(money) => Some(money.currency.to_string()),
        _ => None,
    });
    let first = units.next()??;
    units.all(|unit| unit.as_ref() == Some(&first)).then_some(first)
}

/// The links of a table, each once.
#[derive(Default)]
struct Links {
    all: Vec<Named>,
    entities: HashMap<EntityId, usize>,
}

impl Links {
    fn cell(&mut self, scope: &Scope, id: EntityId, source: &Source) -> Cell {
        let ecosystem = &scope.ecosystem;
        match source {
            Source::Property(Property::Field(at)) => self.values(scope, id, *at),
            Source::Property(Property::Relation(relation)) => {
                let own: Vec<&Link> = ecosystem.statements(id, *relation).collect();
                let targets = ecosystem.targets(id, *relation);
                // What the other end of a symmetric relation states comes after what this one does.
                let others = targets.into_iter().skip(own.len()).map(|to| self.entity(scope, to, String::new()));
                let others: Cell = others.collect();
                own.into_iter().map(|link| self.link(scope, link.to, link)).chain(others).collect()
            }
            Source::Property(derived @ Property::Derived(_)) => {
                let mut ends = ecosystem.reached_by(id, *derived);
                ecosystem.sort(&mut ends, scope.lang);
                ends.into_iter().map(|end| self.entity(scope, end, String::new())).collect()
            }
            Source::Inverse(relation) => self.inverse(scope, id, *relation),
        }
    }

    /// The entities whose statements lead to this one, in the order of their types.
    fn inverse(&mut self, scope: &Scope, id: EntityId, relation: RelationId) -> Cell {
        let ecosystem = &scope.ecosystem;
        let schema = &ecosystem.schema;
        let name = &schema.relation(relation).inverse;
        let inverses = &schema.get(ecosystem.entity(id).entity_type).inverses;
        let sharing = inverses.iter().filter(|other| schema.relation(**other).inverse == *name);
        let mut links: Vec<&Link> = sharing.flat_map(|other| ecosystem.statements_about(id, *other)).collect();
        links.sort_by_key(|link| (ecosystem.entity(link.from).entity_type, ecosystem.rank(link.from, scope.lang)));
        links.into_iter().map(|link| self.link(scope, link.from, link)).collect()
    }

    /// The entity at an end of a link, with what is said of the link.
    fn link(&mut self, scope: &Scope, to: EntityId, link: &Link) -> Item {
        let declared = &scope.ecosystem.schema.relation(link.relation).attributes;
        self.entity(scope, to, value::attributes(scope, declared, &link.attributes))
    }

    fn entity(&mut self, scope: &Scope, id: EntityId, said: String) -> Item {
        Item::Link(self.position(scope, id), said)
    }

    /// The position of the link to an entity.
    fn position(&mut self, scope: &Scope, id: EntityId) -> usize {
        *self.entities.entry(id).or_insert_with(|| {
            let address = scope.address(&site::entity_path(&scope.ecosystem, id, scope.lang));
            let (title, lang) = (scope.title(id).text, scope.title_tag(id));
            self.all.push(match lang == scope.tag() {
                true => Named::Here(title, address),
                false => Named::Abroad(title, address, lang.to_owned()),
            });
            self.all.len() - 1
        })
    }

    fn values(&mut self, scope: &Scope, id: EntityId, at: usize) -> Cell {
        let entity = scope.ecosystem.entity(id);
        let field = &scope.ecosystem.schema.get(entity.entity_type).fields[at];
        let values = entity.values_of(at).into_iter().flat_map(|values| values.with_attributes());
        let items = values.filter_map(|(value, attributes)| {
            let said = value::attributes(scope, &field.attributes, attributes);
            self.value(scope, field, value, said)
        });
        items.collect()
    }

    /// A value; none if it has nothing to show in a cell.
    fn value(&mut self, scope: &Scope, field: &Field, value: &FieldValue, said: String) -> Option<Item> {
        let item = value::item(&mut Filling::new(scope), field, value);
        if let Some(url) = item.url {
            self.all.push(Named::Here(item.text, url));
            return Some(Item::Link(self.all.len() - 1, said));
        }
        let plain = value::plain(scope, field, value);
        let text = if plain.is_empty() { item.text } else { plain };
        let text = if said.is_empty() { text } else { format!("{text} ({said})") };
        let number = match value {
            FieldValue::Integer(_) | FieldValue::Number(_) | FieldValue::Percentage(_) | FieldValue::Money(_) => {
                value.rank(scope.lang)
            }
            _ => Rank::Nothing,
        };
        match number {
            _ if text.is_empty() => None,
            Rank::Integer(number) => Some(Item::Number(text, number as f64)),
            Rank::Number(number) | Rank::Money(_, number) => Some(Item::Number(text, number)),
            _ => Some(Item::Text(text)),
        }
    }
}
