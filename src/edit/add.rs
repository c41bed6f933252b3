//! Adds an entity.

use std::fmt::Write as _;

use super::change::Change;
use super::draft::Draft;
use super::refusal::Refusal;
use super::toml;
use crate::compile::Checked;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::locale::{Lang, LocalText};
use crate::model::Ecosystem;
use crate::parse;
use crate::schema::{Property, Schema, TypeId, is_id};
use crate::source::CONTENT;
use crate::table;

/// What a new entity is.
#[derive(Debug, Clone, Default)]
pub struct Wish<'a> {
    /// The id of its type.
    pub entity_type: &'a str,
    /// Its title, in the default language.
    pub title: &'a str,
    /// Its id; without it, one is made from the title.
    pub id: Option<&'a str>,
    /// Facts, as `founded=2013`. A field that is given several times is a list.
    pub fields: Vec<&'a str>,
    /// The languages in which a file for a translation is made.
    pub translations: Vec<&'a str>,
}

/// Adds an entity: a file with its facts, or a table in the list of its type. Required fields that are not given are
/// there as comments, and the entity is a draft.
///
/// # Errors
/// There is no such type, field or language, or the id can't be.
pub fn add(checked: &Checked, wish: &Wish<'_>) -> Result<Change, Refusal> {
    let ecosystem = &checked.ecosystem;
    let owner = owner(&ecosystem.schema, wish.entity_type)?;
    let id = match wish.id {
        Some(id) => id.to_owned(),
        None => parse::slug(wish.title),
    };
    if !is_id(&id, false) {
        let advice = "write one with --id: small letters without accents, digits and hyphens";
        return Err(Refusal::Wish(format!("\"{id}\" can't be an id: {advice}")));
    }
    if let Some(taken) = ecosystem.find(owner, &id) {
        let place = ecosystem.entity(taken).place.clone();
        let diagnostic = Diagnostic::new(Code::NameTaken, place, format!("\"{id}\" is there already"));
        return Err(diagnostic.hint("choose another id with --id").into());
    }
    let facts = facts(ecosystem, owner, wish)?;
    let mut draft = Draft::default();
    if put(ecosystem, &mut draft, owner, &id, &facts) {
        for tag in translations(ecosystem, wish)? {
            let title = toml::quoted(wish.title, "");
            let path = format!("{CONTENT}/{}/{id}.{tag}.md", wish.entity_type);
            draft.create(&path, format!("+++\ntitle = {title}\n+++\n"));
        }
    }
    Ok(draft.finish())
}

/// Puts a new entity where others of its type are: in a file of its own, or in the list of the type. Out: whether it has a
/// file of its own. `facts` has a line for each, with `\n` at its end.
pub(super) fn put(ecosystem: &Ecosystem, draft: &mut Draft, owner: TypeId, id: &str, facts: &str) -> bool {
    let folder = format!("{CONTENT}/{}", ecosystem.schema.get(owner).id);
    let list = format!("{folder}/{}", parse::LIST);
    let Some(source) = ecosystem.text(&list).filter(|_| is_list(ecosystem, owner)) else {
        draft.create(&format!("{folder}/{id}.md"), format!("+++\n{facts}+++\n"));
        return true;
    };
    let newline = toml::line_end(&source.text);
    let gap = if source.text.ends_with('\n') { "" } else { newline };
    let facts = facts.replace('\n', newline);
    draft.insert(&source.path, source.text.len(), &format!("{gap}{newline}[{id}]{newline}{facts}"));
    false
}

fn owner(schema: &Schema, name: &str) -> Result<TypeId, Refusal> {
    schema.find(name).ok_or_else(|| {
        let near = diagnostics::did_you_mean(name, schema.types.iter().map(|entity_type| &*entity_type.id));
        let near = near.map(|near| format!("; {}", near.text)).unwrap_or_default();
        Refusal::Wish(format!("there is no type \"{name}\"{near}"))
    })
}

/// Whether all entities of a type are in its list.
fn is_list(ecosystem: &Ecosystem, owner: TypeId) -> bool {
    ecosystem.every(owner).all(|(_, entity)| entity.place.path.ends_with(parse::LIST))
}

/// The tags of the translations to make.
fn translations<'a>(ecosystem: &Ecosystem, wish: &Wish<'a>) -> Result<Vec<&'a str>, Refusal> {
    let languages = &ecosystem.config.languages;
    for tag in &wish.translations {
        if languages.find(tag).is_none_or(|lang| lang == Lang::DEFAULT) {
            let others = languages.all().skip(1).map(|lang| languages.tag(lang));
            return Err(Refusal::Wish(format!(
                "\"{tag}\" is not a language of translations of this site; they are {}",
                diagnostics::list(others)
            )));
        }
    }
    Ok(wish.translations.clone())
}

/// The facts as TOML, in the order of the schema.
fn facts(ecosystem: &Ecosystem, owner: TypeId, wish: &Wish<'_>) -> Result<String, Refusal> {
    let schema = &ecosystem.schema;
    let mut given: Vec<(&str, Vec<&str>)> = Vec::new();
    for field in &wish.fields {
        let Some((key, value)) = field.split_once('=') else {
            return Err(Refusal::Wish(format!("\"{field}\" has no value: write --field KEY=VALUE")));
        };
        match given.iter_mut().find(|(other, _)| *other == key) {
            Some((_, values)) => values.push(value),
            None => given.push((key, vec![value])),
        }
    }
    let properties = || schema.properties(owner).filter(|(_, it)| !matches!(it, Property::Derived(_)));
    let common = ["summary", "aliases", "keywords", "image", "updated", "verified"];
    for (key, _) in &given {
        if !common.contains(key) && !properties().any(|(id, _)| id == *key) {
            let near = diagnostics::did_you_mean(key, properties().map(|(id, _)| id));
            let near = near.map(|near| format!("; {}", near.text)).unwrap_or_default();
            return Err(Refusal::Wish(format!("\"{}\" has no field \"{key}\"{near}", wish.entity_type)));
        }
    }
    let missing: Vec<Property> = properties()
        .filter(|(id, property)| is_required(schema, owner, *property) && !given.iter().any(|(key, _)| key == id))
        .map(|(_, property)| property)
        .collect();
    let mut out = format!("title = {}\n", toml::quoted(wish.title, ""));
    if !missing.is_empty() {
        out.push_str("draft = true # until the required facts are there\n");
    }
    for key in common {
        if let Some((_, values)) = given.iter().find(|(other, _)| *other == key) {
            let _ = writeln!(
                out,
                "{key} = {}",
                written(values, key == "aliases" || key == "keywords", key != "updated" && key != "verified")
            );
        }
    }
    for (id, property) in properties() {
        if let Some((_, values)) = given.iter().find(|(key, _)| *key == id) {
            let (is_list, is_text) = form(schema, owner, property);
            let _ = writeln!(out, "{id} = {}", written(values, is_list, is_text));
        } else if missing.contains(&property) {
            let _ = write!(out, "# {}\n# {id} = \n", explanation(ecosystem, owner, property));
        }
    }
    Ok(out)
}

fn is_required(schema: &Schema, owner: TypeId, property: Property) -> bool {
    match property {
        Property::Field(at) => schema.get(owner).fields[at].required,
        Property::Relation(relation) => schema.relation(relation).required,
        Property::Derived(_) => false,
    }
}

/// Whether the values of a property are a list, and whether each is written as a text.
fn form(schema: &Schema, owner: TypeId, property: Property) -> (bool, bool) {
    const TEXTS: [&str; 7] = ["text", "markdown", "url", "email", "choice", "identifier", "image"];
    match property {
        Property::Field(at) => {
            let field = &schema.get(owner).fields[at];
            (field.many, TEXTS.contains(&field.kind.name()))
        }
        Property::Relation(relation) => (!schema.relation(relation).one, true),
        Property::Derived(_) => (false, true),
    }
}

/// Values as TOML.
fn written(values: &[&str], is_list: bool, is_text: bool) -> String {
    let one = |value: &&str| {
        let is_toml = || {
            let (table, errors) = table::parse(&format!("x = {value}"), 0);
            errors.is_empty() && table.entries.len() == 1
        };
        let is_structured = value.starts_with(['[', '{', '"', '\'']);
        if (!is_text || is_structured) && is_toml() { (*value).to_owned() } else { toml::quoted(value, "") }
    };
    let all: Vec<String> = values.iter().map(one).collect();
    if (is_list && !(all.len() == 1 && all[0].starts_with('['))) || all.len() > 1 {
        format!("[{}]", all.join(", "))
    } else {
        all.concat()
    }
}

/// What a required field is for, in a line.
fn explanation(ecosystem: &Ecosystem, owner: TypeId, property: Property) -> String {
    let schema = &ecosystem.schema;
    let text = |text: &LocalText| text.text(Lang::DEFAULT).replace(['\n', '\r'], " ");
    let (help, values) = match property {
        Property::Field(at) => {
            let field = &schema.get(owner).fields[at];
            let choices: Vec<&str> = field.kind.choices().iter().map(|choice| &*choice.id).collect();
            (text(&field.help), if choices.is_empty() { field.kind.name().to_owned() } else { choices.join(", ") })
        }
        Property::Relation(relation) => {
            let relation = schema.relation(relation);
            let types = relation.to.iter().map(|to| &*schema.get(*to).id);
            (text(&relation.help), format!("to {}", diagnostics::list(types)))
        }
        Property::Derived(_) => (String::new(), String::new()),
    };
    let label = text(schema.label(owner, property));
    let help = if help.is_empty() { String::new() } else { format!(": {help}") };
    format!("required, {label} ({values}){help}")
}
