//! Open data: everything as one graph, and each type as a table.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::locale::{Lang, LocalText};
use crate::model::{Ecosystem, EntityId, FieldValue, Link};
use crate::schema::{Field, Kind, Member, Relation, TypeId};
use crate::site;

#[derive(Serialize)]
struct Graph<'a> {
    languages: Vec<&'a str>,
    entities: Vec<Entity<'a>>,
    relations: Vec<Statement<'a>>,
}

#[derive(Serialize)]
struct Table<'a> {
    languages: Vec<&'a str>,
    #[serde(rename = "type")]
    of: &'a str,
    entities: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Entity<'a> {
    #[serde(rename = "type")]
    of: &'a str,
    id: &'a str,
    url: BTreeMap<&'a str, String>,
    title: BTreeMap<&'a str, &'a str>,
    summary: BTreeMap<&'a str, &'a str>,
    aliases: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verified: Option<String>,
    fields: Map<String, Value>,
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    entity: Entity<'a>,
    relations: BTreeMap<&'a str, Vec<Related>>,
}

#[derive(Serialize)]
struct Related {
    to: String,
    #[serde(skip_serializing_if = "Map::is_empty")]
    attributes: Map<String, Value>,
}

#[derive(Serialize, PartialEq)]
struct Statement<'a> {
    relation: &'a str,
    from: String,
    to: String,
    attributes: Map<String, Value>,
}

/// The whole ecosystem as JSON, sorted; without drafts and derived relations.
pub(super) fn graph(ecosystem: &Ecosystem) -> Vec<u8> {
    let entities = ecosystem.published().map(|id| entity(ecosystem, id)).collect();
    let mut relations: Vec<Statement<'_>> = ecosystem.links.iter().map(|link| statement(ecosystem, link)).collect();
    // What the attributes say breaks ties, so that the order depends on nothing else.
    relations.sort_by_cached_key(|statement| {
        (
            statement.from.clone(),
            statement.relation,
            statement.to.clone(),
            Value::Object(statement.attributes.clone()).to_string(),
        )
    });
    json(&Graph { languages: ecosystem.config.languages.tags().collect(), entities, relations })
}

/// A type as JSON: its entities with their relations.
pub(super) fn table(ecosystem: &Ecosystem, of: TypeId) -> Vec<u8> {
    let rows = ecosystem.of_type(of).map(|id| {
        let relations = ecosystem.schema.relations_of(of).filter_map(|(relation_id, relation)| {
            let related: Vec<Related> = ecosystem
                .statements(id, relation_id)
                .map(|link| Related { to: key(ecosystem, link.to), attributes: attributes(ecosystem, relation, link) })
                .collect();
            (!related.is_empty()).then_some((&*relation.id, related))
        });
        Row { entity: entity(ecosystem, id), relations: relations.collect() }
    });
    json(&Table {
        languages: ecosystem.config.languages.tags().collect(),
        of: &ecosystem.schema.get(of).id,
        entities: rows.collect(),
    })
}

fn json(value: &impl Serialize) -> Vec<u8> {
    // Maps with text keys and plain values always serialise.
    let mut bytes = serde_json::to_vec(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn key(ecosystem: &Ecosystem, id: EntityId) -> String {
    let entity = ecosystem.entity(id);
    format!("{}/{}", ecosystem.schema.get(entity.of).id, entity.id)
}

fn by_language<'a>(ecosystem: &'a Ecosystem, texts: &'a LocalText) -> BTreeMap<&'a str, &'a str> {
    texts.iter().map(|(lang, text)| (ecosystem.config.languages.tag(lang), &**text)).collect()
}

fn entity(ecosystem: &Ecosystem, id: EntityId) -> Entity<'_> {
    let entity = ecosystem.entity(id);
    let of = ecosystem.schema.get(entity.of);
    let base = ecosystem.config.base_path();
    let languages = &ecosystem.config.languages;
    let url =
        languages.all().map(|lang| (languages.tag(lang), format!("{base}{}", site::entity_path(ecosystem, id, lang))));
    let mut aliases: Vec<&str> =
        entity.aliases.iter().flat_map(|(_, names)| names.iter().map(|name| &**name)).collect();
    let mut seen = std::collections::HashSet::new();
    aliases.retain(|name| seen.insert(*name));
    let mut fields = Map::new();
    for (at, values) in &entity.values {
        let field = &of.fields[usize::from(*at)];
        let mut values: Vec<Value> = values.iter().map(|value| plain(ecosystem, field, value)).collect();
        let value = if field.many { Value::Array(values) } else { values.pop().unwrap_or_default() };
        fields.insert(field.id.to_string(), value);
    }
    if let Some(image) = &entity.image {
        fields.insert("image".into(), format!("{base}{}", super::prose::encoded(&format!("/{}", image.src))).into());
    }
    Entity {
        of: &of.id,
        id: &entity.id,
        url: url.collect(),
        title: by_language(ecosystem, &entity.title),
        summary: by_language(ecosystem, &entity.summary),
        aliases,
        updated: entity.updated.map(|date| date.to_string()),
        verified: entity.verified.as_ref().map(|(date, _)| date.to_string()),
        fields,
    }
}

fn statement<'a>(ecosystem: &'a Ecosystem, link: &Link) -> Statement<'a> {
    let relation = ecosystem.schema.relation(link.relation);
    Statement {
        relation: &relation.id,
        from: key(ecosystem, link.from),
        to: key(ecosystem, link.to),
        attributes: attributes(ecosystem, relation, link),
    }
}

fn attributes(ecosystem: &Ecosystem, relation: &Relation, link: &Link) -> Map<String, Value> {
    let attributes = link.attributes.iter().map(|(at, value)| {
        let attribute = &relation.attributes[usize::from(*at)];
        (attribute.id.to_string(), plain(ecosystem, attribute, value))
    });
    attributes.collect()
}

/// A value as data: texts by language, choices by id, whole numbers without a fraction.
fn plain(ecosystem: &Ecosystem, field: &Field, value: &FieldValue) -> Value {
    match value {
        FieldValue::Text(texts) => serde_json::to_value(by_language(ecosystem, texts)).unwrap_or_default(),
        FieldValue::Markdown(bodies) => bodies
            .iter()
            .map(|(lang, body)| (ecosystem.config.languages.tag(lang).to_owned(), Value::from(body.markdown.as_ref())))
            .collect::<Map<_, _>>()
            .into(),
        FieldValue::Integer(integer) => (*integer).into(),
        FieldValue::Number(number) => whole_or_not(*number),
        FieldValue::Boolean(boolean) => (*boolean).into(),
        FieldValue::Year(year) => (*year).into(),
        FieldValue::Date(date) => date.to_string().into(),
        FieldValue::Url(text) | FieldValue::Email(text) => text.as_ref().into(),
        FieldValue::Point(latitude, longitude) => vec![*latitude, *longitude].into(),
        FieldValue::Choice(at) => choice(field, *at).into(),
        FieldValue::Image(image) => format!("{}/{}", ecosystem.config.base_path(), image.src).into(),
    }
}

fn whole_or_not(number: f64) -> Value {
    // Beyond 2^53 a number of this kind no longer knows its units.
    if number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 { (number as i64).into() } else { number.into() }
}

fn choice(field: &Field, at: u16) -> &str {
    match &field.kind {
        Kind::Choice(choices) => &choices[usize::from(at)].id,
        _ => "",
    }
}

/// A type as CSV (RFC 4180): what every entity has, then fields and relations in the order of the schema.
///
/// Texts have a column for each language, the default language's without a suffix. Several values in a cell are joined by `;`.
pub(super) fn csv(ecosystem: &Ecosystem, of: TypeId) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory can't fail.
    let _ = writer.write_record(header(ecosystem, of));
    for id in ecosystem.of_type(of) {
        let _ = writer.write_record(row(ecosystem, of, id));
    }
    writer.into_inner().unwrap_or_default()
}

fn header(ecosystem: &Ecosystem, of: TypeId) -> Vec<String> {
    let languages = &ecosystem.config.languages;
    let by_language = |id: &str| {
        languages
            .all()
            .map(|lang| if lang == Lang::DEFAULT { id.to_owned() } else { format!("{id}_{}", languages.tag(lang)) })
            .collect::<Vec<_>>()
    };
    let mut header = vec![String::from("id")];
    header.extend(by_language("title"));
    header.extend(by_language("summary"));
    header.extend(["aliases", "url", "updated", "verified"].map(String::from));
    for member in &ecosystem.schema.get(of).members {
        match member {
            Member::Field(at) => {
                let field = &ecosystem.schema.get(of).fields[*at];
                if field.kind.is_text() {
                    header.extend(by_language(&field.id))
                } else {
                    header.push(field.id.to_string())
                }
            }
            Member::Relation(id) => header.push(ecosystem.schema.relation(*id).id.to_string()),
        }
    }
    header
}

fn row(ecosystem: &Ecosystem, of: TypeId, id: EntityId) -> Vec<String> {
    let entity = ecosystem.entity(id);
    let languages = &ecosystem.config.languages;
    let exactly = |texts: &LocalText, lang| texts.exactly(lang).map(|text| text.to_string()).unwrap_or_default();
    let mut row = vec![entity.id.to_string()];
    row.extend(languages.all().map(|lang| exactly(&entity.title, lang)));
    row.extend(languages.all().map(|lang| exactly(&entity.summary, lang)));
    let aliases: Vec<&str> = entity.aliases.exactly(Lang::DEFAULT).into_iter().flatten().map(|name| &**name).collect();
    row.push(aliases.join(";"));
    row.push(format!("{}{}", ecosystem.config.base_url, site::entity_path(ecosystem, id, Lang::DEFAULT)));
    row.push(entity.updated.map(|date| date.to_string()).unwrap_or_default());
    row.push(entity.verified.as_ref().map(|(date, _)| date.to_string()).unwrap_or_default());
    for member in &ecosystem.schema.get(of).members {
        match member {
            Member::Field(at) => {
                let field = &ecosystem.schema.get(of).fields[*at];
                let cell = |lang| {
                    entity
                        .values(*at)
                        .iter()
                        .map(|value| in_cell(ecosystem, field, value, lang))
                        .collect::<Vec<_>>()
                        .join(";")
                };
                if field.kind.is_text() { row.extend(languages.all().map(cell)) } else { row.push(cell(Lang::DEFAULT)) }
            }
            Member::Relation(relation) => {
                let several = ecosystem.schema.relation(*relation).to.len() > 1;
                let targets = ecosystem.statements(id, *relation).map(|link| target(ecosystem, link.to, several));
                row.push(targets.collect::<Vec<_>>().join(";"));
            }
        }
    }
    row
}

fn target(ecosystem: &Ecosystem, id: EntityId, with_type: bool) -> String {
    let entity = ecosystem.entity(id);
    if with_type { key(ecosystem, id) } else { entity.id.to_string() }
}

fn in_cell(ecosystem: &Ecosystem, field: &Field, value: &FieldValue, lang: Lang) -> String {
    match value {
        FieldValue::Text(texts) => texts.exactly(lang).map(|text| text.to_string()).unwrap_or_default(),
        FieldValue::Markdown(bodies) => bodies.exactly(lang).map(|body| body.markdown.to_string()).unwrap_or_default(),
        FieldValue::Point(latitude, longitude) => format!("{latitude};{longitude}"),
        _ => match plain(ecosystem, field, value) {
            Value::String(text) => text,
            other => other.to_string(),
        },
    }
}
