//! Open data: everything as one graph, and each type as a table.
//!
//! Serialised straight from the model: no copy of it is made on the way.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use crate::locale::{Lang, LocalText};
use crate::model::{Ecosystem, EntityId, FieldValue, Link};
use crate::schema::{Field, Kind, Member, RelationId, TypeId};
use crate::site;

/// The whole ecosystem as JSON, sorted; without drafts and derived relations.
pub(super) fn graph(ecosystem: &Ecosystem) -> Vec<u8> {
    json(&Graph(ecosystem))
}

/// A type as JSON: its entities with their relations.
pub(super) fn table(ecosystem: &Ecosystem, entity_type: TypeId) -> Vec<u8> {
    json(&Table(ecosystem, entity_type))
}

/// An entity as JSON, with its relations.
pub(super) fn record(ecosystem: &Ecosystem, id: EntityId) -> Vec<u8> {
    json(&Entity { ecosystem, id, with_relations: true })
}

pub(super) fn json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to memory does not fail, and every key is a text.
    let _ = serde_json::to_writer(&mut bytes, value);
    bytes.push(b'\n');
    bytes
}

struct Graph<'a>(&'a Ecosystem);

impl Serialize for Graph<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ecosystem = self.0;
        let mut graph = serializer.serialize_struct("Graph", 3)?;
        graph.serialize_field("languages", &List(|| ecosystem.config.languages.tags()))?;
        graph.serialize_field(
            "entities",
            &List(|| ecosystem.published().map(|id| Entity { ecosystem, id, with_relations: false })),
        )?;
        graph.serialize_field("relations", &Statements(ecosystem))?;
        graph.end()
    }
}

struct Table<'a>(&'a Ecosystem, TypeId);

impl Serialize for Table<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(ecosystem, entity_type) = *self;
        let mut table = serializer.serialize_struct("Table", 3)?;
        table.serialize_field("languages", &List(|| ecosystem.config.languages.tags()))?;
        table.serialize_field("type", &ecosystem.schema.get(entity_type).id)?;
        table.serialize_field(
            "entities",
            &List(|| ecosystem.of_type(entity_type).map(|id| Entity { ecosystem, id, with_relations: true })),
        )?;
        table.end()
    }
}

/// A list whose items are made while it is written.
struct List<F>(F);

impl<I: Iterator<Item: Serialize>, F: Fn() -> I> Serialize for List<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0())
    }
}

/// All statements: by the entity that makes them, then by relation, target and attributes.
struct Statements<'a>(&'a Ecosystem);

impl Serialize for Statements<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ecosystem = self.0;
        let mut list = serializer.serialize_seq(Some(ecosystem.links.len()))?;
        // Links stand in the order of the entities that make them; only those of one entity have to be put in order.
        for links in ecosystem.links.chunk_by(|a, b| a.from == b.from) {
            let mut links: Vec<&Link> = links.iter().collect();
            links.sort_by_cached_key(|link| {
                (&ecosystem.schema.relation(link.relation).id, link.to, attributes_text(ecosystem, link))
            });
            for link in links {
                list.serialize_element(&Statement { ecosystem, link })?;
            }
        }
        list.end()
    }
}

/// What breaks ties between statements, so that their order depends on nothing else than what they say.
fn attributes_text(ecosystem: &Ecosystem, link: &Link) -> String {
    if link.attributes.is_empty() {
        String::new()
    } else {
        serde_json::to_string(&Attributes { ecosystem, link }).unwrap_or_default()
    }
}

struct Statement<'a> {
    ecosystem: &'a Ecosystem,
    link: &'a Link,
}

impl Serialize for Statement<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { ecosystem, link } = *self;
        let mut statement = serializer.serialize_struct("Statement", 4)?;
        statement.serialize_field("relation", &ecosystem.schema.relation(link.relation).id)?;
        statement.serialize_field("from", &Key(ecosystem, link.from))?;
        statement.serialize_field("to", &Key(ecosystem, link.to))?;
        statement.serialize_field("attributes", &Attributes { ecosystem, link })?;
        statement.end()
    }
}

struct Attributes<'a> {
    ecosystem: &'a Ecosystem,
    link: &'a Link,
}

impl Serialize for Attributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let relation = self.ecosystem.schema.relation(self.link.relation);
        let mut map = serializer.serialize_map(None)?;
        for values in self.link.attributes.chunk_by(|a, b| a.0 == b.0) {
            let field = &relation.attributes[usize::from(values[0].0)];
            let plain = |value| Plain { ecosystem: self.ecosystem, field, value };
            match values {
                [(_, value)] if !field.many => map.serialize_entry(&field.id, &plain(value))?,
                values => map.serialize_entry(&field.id, &List(|| values.iter().map(|(_, value)| plain(value))))?,
            }
        }
        map.end()
    }
}

/// `type/id`.
struct Key<'a>(&'a Ecosystem, EntityId);

impl Serialize for Key<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entity = self.0.entity(self.1);
        serializer.serialize_str(&[&*self.0.schema.get(entity.entity_type).id, "/", &entity.id].concat())
    }
}

struct Entity<'a> {
    ecosystem: &'a Ecosystem,
    id: EntityId,
    with_relations: bool,
}

impl Serialize for Entity<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { ecosystem, id, with_relations } = *self;
        let entity = ecosystem.entity(id);
        let entity_type = ecosystem.schema.get(entity.entity_type);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &entity_type.id)?;
        map.serialize_entry("id", &entity.id)?;
        map.serialize_entry("url", &Urls(ecosystem, id))?;
        map.serialize_entry("title", &ByLanguage(ecosystem, &entity.title))?;
        map.serialize_entry("summary", &ByLanguage(ecosystem, &entity.summary))?;
        map.serialize_entry("aliases", &aliases(ecosystem, id))?;
        if let Some(updated) = entity.updated {
            map.serialize_entry("updated", &updated.to_string())?;
        }
        if let Some((verified, _)) = &entity.verified {
            map.serialize_entry("verified", &verified.to_string())?;
        }
        map.serialize_entry("fields", &Fields(ecosystem, id))?;
        if with_relations {
            map.serialize_entry("relations", &Relations(ecosystem, id))?;
        }
        map.end()
    }
}

/// The names of all languages, each once.
pub(super) fn aliases(ecosystem: &Ecosystem, id: EntityId) -> Vec<&str> {
    let mut aliases: Vec<&str> = Vec::new();
    for name in ecosystem.entity(id).aliases.iter().flat_map(|(_, names)| names) {
        if !aliases.contains(&&**name) {
            aliases.push(name);
        }
    }
    aliases
}

fn image_url(ecosystem: &Ecosystem, src: &str) -> String {
    format!("{}{}", ecosystem.config.base_path(), super::prose::encoded(&format!("/{src}")))
}

struct Urls<'a>(&'a Ecosystem, EntityId);

impl Serialize for Urls<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let languages = &self.0.config.languages;
        let base = self.0.config.base_path();
        serializer.collect_map(
            languages
                .all()
                .map(|lang| (languages.tag(lang), [base, &site::entity_path(self.0, self.1, lang)].concat())),
        )
    }
}

struct ByLanguage<'a>(&'a Ecosystem, &'a LocalText);

impl Serialize for ByLanguage<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.1.iter().map(|(lang, text)| (self.0.config.languages.tag(lang), text)))
    }
}

struct Fields<'a>(&'a Ecosystem, EntityId);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(ecosystem, id) = *self;
        let entity = ecosystem.entity(id);
        let fields = &ecosystem.schema.get(entity.entity_type).fields;
        let mut map = serializer.serialize_map(Some(entity.values.len()))?;
        for (at, values) in &entity.values {
            let field = &fields[usize::from(*at)];
            let plain = |value| Plain { ecosystem, field, value };
            match values.as_slice() {
                [value] if !field.many => map.serialize_entry(&field.id, &plain(value))?,
                values => map.serialize_entry(&field.id, &List(|| values.iter().map(plain)))?,
            }
        }
        if let Some(image) = &entity.image {
            map.serialize_entry("image", &image_url(ecosystem, &image.src))?;
        }
        map.end()
    }
}

struct Relations<'a>(&'a Ecosystem, EntityId);

impl Serialize for Relations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(ecosystem, id) = *self;
        let mut map = serializer.serialize_map(None)?;
        for (relation_id, relation) in ecosystem.schema.relations_of(ecosystem.entity(id).entity_type) {
            if ecosystem.statements(id, relation_id).next().is_some() {
                let related = || ecosystem.statements(id, relation_id).map(|link| Related { ecosystem, link });
                map.serialize_entry(&relation.id, &List(related))?;
            }
        }
        map.end()
    }
}

struct Related<'a> {
    ecosystem: &'a Ecosystem,
    link: &'a Link,
}

impl Serialize for Related<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { ecosystem, link } = *self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("to", &Key(ecosystem, link.to))?;
        if !link.attributes.is_empty() {
            map.serialize_entry("attributes", &Attributes { ecosystem, link })?;
        }
        map.end()
    }
}

/// A value as data: texts by language, choices by id, whole numbers without a fraction.
struct Plain<'a> {
    ecosystem: &'a Ecosystem,
    field: &'a Field,
    value: &'a FieldValue,
}

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { ecosystem, field, value } = *self;
        match value {
            FieldValue::Text(texts) => ByLanguage(ecosystem, texts).serialize(serializer),
            FieldValue::Markdown(bodies) => serializer
                .collect_map(bodies.iter().map(|(lang, body)| (ecosystem.config.languages.tag(lang), &body.markdown))),
            FieldValue::Integer(integer) => serializer.serialize_i64(*integer),
            FieldValue::Number(number) => match whole(*number) {
                Some(whole) => serializer.serialize_i64(whole),
                None => serializer.serialize_f64(*number),
            },
            FieldValue::Boolean(boolean) => serializer.serialize_bool(*boolean),
            FieldValue::Year(year) => serializer.serialize_i16(*year),
            FieldValue::Date(date) => serializer.collect_str(date),
            FieldValue::Url(text) | FieldValue::Email(text) => serializer.serialize_str(text),
            FieldValue::Point(latitude, longitude) => [latitude, longitude].serialize(serializer),
            FieldValue::Choice(at) => serializer.serialize_str(choice(field, *at)),
            FieldValue::Image(image) => serializer.serialize_str(&image_url(ecosystem, &image.src)),
        }
    }
}

/// A number without a fraction; beyond 2^53 numbers of this kind no longer know their units.
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
}

fn choice(field: &Field, at: u16) -> &str {
    match &field.kind {
        Kind::Choice(choices) => &choices[usize::from(at)].id,
        _ => "",
    }
}

/// A type as CSV (RFC 4180): what every entity has, then fields and relations in the order of the schema.
///
/// Texts have a column for each language, the default language's without a suffix. In cells that can hold several values, `;` separates
/// them.
pub(super) fn csv(ecosystem: &Ecosystem, entity_type: TypeId) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory can't fail.
    let _ = writer.write_record(header(ecosystem, entity_type));
    let mut cell = String::new();
    for id in ecosystem.of_type(entity_type) {
        row(&mut Row { writer: &mut writer, cell: &mut cell }, ecosystem, entity_type, id);
        let _ = writer.write_record(None::<&[u8]>);
    }
    writer.into_inner().unwrap_or_default()
}

fn header(ecosystem: &Ecosystem, entity_type: TypeId) -> Vec<String> {
    let languages = &ecosystem.config.languages;
    let in_language =
        |id: &str, lang| if lang == Lang::DEFAULT { id.to_owned() } else { format!("{id}_{}", languages.tag(lang)) };
    let mut header = vec![String::from("id")];
    for id in ["title", "summary"] {
        header.extend(languages.all().map(|lang| in_language(id, lang)));
    }
    header.extend(["aliases", "url", "updated", "verified"].map(String::from));
    for member in &ecosystem.schema.get(entity_type).members {
        match member {
            Member::Field(at) => {
                let field = &ecosystem.schema.get(entity_type).fields[*at];
                match field.kind.is_text() {
                    true => header.extend(languages.all().map(|lang| in_language(&field.id, lang))),
                    false => header.push(field.id.to_string()),
                }
            }
            Member::Relation(id) => header.push(ecosystem.schema.relation(*id).id.to_string()),
        }
    }
    header
}

/// A row that is being written, and room for a cell of it.
struct Row<'a> {
    writer: &'a mut csv::Writer<Vec<u8>>,
    cell: &'a mut String,
}

impl Row<'_> {
    fn put(&mut self, text: &str) {
        let _ = self.writer.write_field(text);
    }

    /// The values of a cell that can hold several.
    fn put_all(&mut self, values: impl Iterator<Item = impl AsRef<str>>) {
        self.cell.clear();
        for (at, value) in values.enumerate() {
            if at > 0 {
                self.cell.push(';');
            }
            push_escaped(self.cell, value.as_ref());
        }
        let _ = self.writer.write_field(&*self.cell);
    }
}

/// Appends one of several values. A backslash before `;` tells it from the separator, so a backslash has one before it, too.
fn push_escaped(cell: &mut String, value: &str) {
    for char in value.chars() {
        if matches!(char, ';' | '\\') {
            cell.push('\\');
        }
        cell.push(char);
    }
}

fn row(row: &mut Row<'_>, ecosystem: &Ecosystem, entity_type: TypeId, id: EntityId) {
    let entity = ecosystem.entity(id);
    let languages = &ecosystem.config.languages;
    row.put(&entity.id);
    for texts in [&entity.title, &entity.summary] {
        for lang in languages.all() {
            row.put(texts.exactly(lang).map_or("", |text| text));
        }
    }
    row.put_all(aliases(ecosystem, id).into_iter());
    row.put(&format!("{}{}", ecosystem.config.base_url, site::entity_path(ecosystem, id, Lang::DEFAULT)));
    for date in [entity.updated.as_ref(), entity.verified.as_ref().map(|(date, _)| date)] {
        row.put(&date.map(ToString::to_string).unwrap_or_default());
    }
    for member in &ecosystem.schema.get(entity_type).members {
        match member {
            Member::Field(at) => {
                let field = &ecosystem.schema.get(entity_type).fields[*at];
                let langs = if field.kind.is_text() { languages.count() } else { 1 };
                for lang in languages.all().take(langs) {
                    let mut values = entity.values(*at).iter().map(|value| in_cell(ecosystem, field, value, lang));
                    match field.many {
                        true => row.put_all(values),
                        false => row.put(&values.next().unwrap_or_default()),
                    }
                }
            }
            Member::Relation(relation) => targets(row, ecosystem, id, *relation),
        }
    }
}

/// The targets of a relation by their ids, with their types where they can be of several.
fn targets(row: &mut Row<'_>, ecosystem: &Ecosystem, id: EntityId, relation: RelationId) {
    let several = ecosystem.schema.relation(relation).to.len() > 1;
    row.put_all(ecosystem.statements(id, relation).map(|link| {
        let to = ecosystem.entity(link.to);
        if several { format!("{}/{}", ecosystem.schema.get(to.entity_type).id, to.id) } else { to.id.to_string() }
    }));
}

fn in_cell(ecosystem: &Ecosystem, field: &Field, value: &FieldValue, lang: Lang) -> String {
    match value {
        FieldValue::Text(texts) => texts.exactly(lang).map(|text| text.to_string()).unwrap_or_default(),
        FieldValue::Markdown(bodies) => bodies.exactly(lang).map(|body| body.markdown.to_string()).unwrap_or_default(),
        FieldValue::Integer(integer) => integer.to_string(),
        FieldValue::Number(number) => number.to_string(),
        FieldValue::Boolean(boolean) => boolean.to_string(),
        FieldValue::Year(year) => year.to_string(),
        FieldValue::Date(date) => date.to_string(),
        FieldValue::Url(text) | FieldValue::Email(text) => text.to_string(),
        FieldValue::Point(latitude, longitude) => format!("{latitude};{longitude}"),
        FieldValue::Choice(at) => choice(field, *at).to_owned(),
        FieldValue::Image(image) => image_url(ecosystem, &image.src),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell(values: &[String]) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        Row { writer: &mut writer, cell: &mut String::new() }.put_all(values.iter());
        writer.write_record(None::<&[u8]>).unwrap();
        let table = writer.into_inner().unwrap();
        let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(&*table);
        rows.records().next().unwrap().unwrap()[0].to_owned()
    }

    /// Reads a cell by the rules of FORMAT.md.
    fn values(cell: &str) -> Vec<String> {
        let mut values = vec![String::new()];
        let mut chars = cell.chars();
        while let Some(char) = chars.next() {
            let char = match char {
                ';' => {
                    values.push(String::new());
                    continue;
                }
                '\\' => chars.next().unwrap(),
                char => char,
            };
            values.last_mut().unwrap().push(char);
        }
        values
    }

    proptest! {
        #[test]
        fn the_values_of_a_cell_can_be_told_apart(list in prop::collection::vec("[a;\\\\\",\n é]{0,6}", 1..5)) {
            prop_assert_eq!(values(&cell(&list)), list);
        }
    }

    #[test]
    fn a_point_in_a_list_is_one_value() {
        let points = [String::from("50.67;4.61"), String::from("50.63;5.57")];
        assert_eq!(cell(&points), "50.67\\;4.61;50.63\\;5.57");
    }
}
