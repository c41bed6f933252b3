//! The keys and values of profiles.

use lsp_types::CompletionItemKind;

use super::offers::{Offer, Offers, escaped};
use super::request::{Request, has, names_of, table_at};
use crate::locale::{Lang, LocalText};
use crate::lsp::cursor::{Spot, Step, Word};
use crate::manual;
use crate::schema::{COMMON_KEYS, Field, Member, Relation, TypeId};
use crate::table::Table;
use crate::values::{Column, Kind};

/// The keys that a translation of a profile can have, besides the type's texts.
const TRANSLATED_KEYS: [&str; 5] = ["title", "summary", "aliases", "keywords", "image"];

impl Request<'_> {
    /// What can be written in a list: ids are the author's, what follows is as in a profile.
    pub(super) fn of_list(&self, entity_type: TypeId, is_original: bool, spot: &Spot) -> Option<Offers> {
        let (mut spot, empty) = (spot.clone(), Table::default());
        let (Spot::Header { steps, .. } | Spot::Key { steps, .. } | Spot::Value { steps, .. }) = &mut spot;
        if steps.is_empty() {
            return None;
        }
        let Step::Key(id) = steps.remove(0) else { return None };
        let facts = self.facts.get(&id).and_then(|value| value.as_table()).unwrap_or(&empty);
        self.of_profile(entity_type, is_original, facts, &spot)
    }

    /// What can be written in the facts of a profile.
    pub(super) fn of_profile(
        &self,
        entity_type: TypeId,
        is_original: bool,
        facts: &Table,
        spot: &Spot,
    ) -> Option<Offers> {
        let (Spot::Header { steps, word } | Spot::Key { steps, word, .. } | Spot::Value { steps, word }) = spot;
        let names = names_of(steps);
        let [key, inner @ ..] = names.as_slice() else {
            return Some(self.profile_keys(entity_type, is_original, facts, word).into());
        };
        let is_value = matches!(spot, Spot::Value { .. });
        let schema = &self.context.ecosystem.schema;
        let info = schema.get(entity_type);
        let member = info.members.iter().find(|member| match member {
            Member::Field(at) => &*info.fields[*at].id == *key,
            Member::Relation(id) => &*schema.relation(*id).id == *key,
        });
        match member {
            Some(Member::Field(at)) => self.of_field(&info.fields[*at], inner, is_value, word, table_at(facts, &names)),
            Some(Member::Relation(id)) => self.of_relation(schema.relation(*id), inner, is_value, word),
            None => self.common_value(key, inner, is_value, word),
        }
    }

    /// The keys that are not there yet: the required ones first, then those of the type, then those of all types.
    fn profile_keys(&self, entity_type: TypeId, is_original: bool, facts: &Table, word: &Word) -> Vec<Offer> {
        let schema = &self.context.ecosystem.schema;
        let info = schema.get(entity_type);
        let mut keys: Vec<(u8, Offer)> = Vec::new();
        for name in COMMON_KEYS.iter().filter(|name| is_original || TRANSLATED_KEYS.contains(name)) {
            let rank = match *name {
                "title" => 0,
                "summary" => 2,
                _ => 3,
            };
            keys.push((rank, self.described_key("Profiles", name, word)));
        }
        for member in &info.members {
            match member {
                Member::Field(at) if is_original || info.fields[*at].kind.is_text() => {
                    let field = &info.fields[*at];
                    keys.push((if field.required { 1 } else { 2 }, self.field_key(field, word)));
                }
                Member::Relation(id) if is_original => {
                    let relation = schema.relation(*id);
                    keys.push((if relation.required { 1 } else { 2 }, self.relation_key(relation, word)));
                }
                _ => {}
            }
        }
        keys.retain(|(_, offer)| !has(Some(facts), &offer.label, word));
        keys.sort_by_key(|(rank, _)| *rank);
        keys.into_iter().map(|(_, offer)| offer).collect()
    }

    /// A key that FORMAT.md describes.
    pub(super) fn described_key(&self, section: &str, name: &str, word: &Word) -> Offer {
        let key = manual::key(section, name);
        let blank = match name {
            "aliases" | "keywords" | "redirects" | "languages" | "menu" | "path" | "blocks" => "[$1]",
            "draft" | "citation" | "autolink" | "extra" | "pages" | "feeds" | "portable_names" | "history" | "one"
            | "many" | "required" | "facet" | "brief" | "hidden" | "unique" | "hierarchy" | "to_itself" => "true",
            "updated" | "verified" | "page_size" | "limit" | "min" | "max" | "level" | "column_level" | "colour" => {
                "$1"
            }
            "view" | "inverse" | "choices" | "map" | "headline" | "attributes" | "where" => "{ $1 }",
            _ => "\"$1\"",
        };
        let required = if key.is_some_and(|key| key.required) { "required" } else { "" };
        let documentation = key.map(|key| key.value.clone()).unwrap_or_default();
        key_offer(name, required, documentation, blank, word)
    }

    fn field_key(&self, field: &Field, word: &Word) -> Offer {
        let lang = self.context.lang;
        let blank = match (&field.kind, field.many) {
            (Kind::Record(_), true) => "[{ $1 }]",
            (Kind::Choice(_) | Kind::Text(_) | Kind::Url(_) | Kind::Email(_), true) => "[\"$1\"]",
            (_, true) | (Kind::Point(_) | Kind::Range(_), _) => "[$1]",
            (Kind::Period(_) | Kind::Record(_), _) => "{ $1 }",
            (Kind::Boolean(_), _) => "true",
            (Kind::Integer(_) | Kind::Number(_) | Kind::Percentage(_) | Kind::Year(_) | Kind::Date(_), _) => "$1",
            _ => "\"$1\"",
        };
        let required = if field.required { ", required" } else { "" };
        let detail = format!("{} ({}{required})", field.label.text(lang), field.kind.name());
        key_offer(&field.id, detail, help(&field.help, field.kind.name(), lang), blank, word)
    }

    fn relation_key(&self, relation: &Relation, word: &Word) -> Offer {
        let lang = self.context.lang;
        let to = relation.to.iter().map(|to| self.context.ecosystem.schema.get(*to).plural.text(lang));
        let required = if relation.required { ", required" } else { "" };
        let to = to.collect::<Vec<_>>().join(", ");
        let blank = if relation.one { "\"$1\"" } else { "[\"$1\"]" };
        let detail = format!("{} (→ {to}{required})", relation.label.text(lang));
        key_offer(&relation.id, detail, relation.help.text(lang).to_owned(), blank, word)
    }

    /// What can be written inside a field: a value, an attribute, a language, or a field of a record.
    fn of_field(
        &self,
        field: &Field,
        inner: &[&str],
        is_value: bool,
        word: &Word,
        table: Option<&Table>,
    ) -> Option<Offers> {
        match (inner, is_value) {
            ([], true) => self.values(field, word),
            (["value"], true) => self.values(field, word),
            ([], false) => Some(self.inner_keys(field, word, table).into()),
            ([key, rest @ ..], _) => {
                if let Some(attribute) = field.attributes.iter().find(|attribute| &*attribute.id == *key) {
                    return self.of_field(attribute, rest, is_value, word, None);
                }
                let column = columns(field).iter().find(|column| &*column.id == *key)?;
                match (rest, is_value) {
                    ([], true) => self.values(&as_field(column), word),
                    _ => None,
                }
            }
        }
    }

    /// The keys in the braces of a value: attributes, fields of a record, or languages.
    fn inner_keys(&self, field: &Field, word: &Word, table: Option<&Table>) -> Vec<Offer> {
        let mut offers: Vec<Offer> = Vec::new();
        if !field.attributes.is_empty() {
            offers.push(key_offer("value", "the value itself", String::new(), "\"$1\"", word));
            offers.extend(field.attributes.iter().map(|attribute| self.field_key(attribute, word)));
        }
        offers.extend(columns(field).iter().map(|column| self.field_key(&as_field(column), word)));
        match field.kind {
            Kind::Text(_) | Kind::Markdown(_) => offers.extend(self.languages(word)),
            Kind::Period(_) | Kind::Range(_) => {
                offers.extend(["from", "to"].map(|key| key_offer(key, "", String::new(), "$1", word)));
            }
            Kind::Image(_) => {
                offers.extend(["src", "alt"].map(|key| key_offer(key, "", String::new(), "\"$1\"", word)))
            }
            Kind::Money(_) => {
                offers.push(key_offer("amount", "", String::new(), "$1", word));
                offers.push(key_offer("currency", "", String::new(), "\"$1\"", word));
            }
            _ => {}
        }
        offers.retain(|offer| !has(table, &offer.label, word));
        offers
    }

    /// The languages of the site, as keys.
    pub(super) fn languages(&self, word: &Word) -> Vec<Offer> {
        let tags = self.context.ecosystem.config.languages.tags();
        tags.map(|tag| key_offer(tag, "", String::new(), "\"$1\"", word)).collect()
    }

    /// What can be written inside a relation: a target, `to`, or an attribute.
    fn of_relation(&self, relation: &Relation, inner: &[&str], is_value: bool, word: &Word) -> Option<Offers> {
        match (inner, is_value) {
            ([] | ["to"], true) => Some(self.targets(&relation.to, word)),
            ([], false) => {
                let to = key_offer("to", "the entity", String::new(), "\"$1\"", word);
                let attributes = relation.attributes.iter().map(|attribute| self.field_key(attribute, word));
                Some(std::iter::once(to).chain(attributes).collect::<Vec<_>>().into())
            }
            ([key, rest @ ..], _) => {
                let attribute = relation.attributes.iter().find(|attribute| &*attribute.id == *key)?;
                self.of_field(attribute, rest, is_value, word, None)
            }
        }
    }

    /// The value of a key that all types have.
    pub(super) fn common_value(&self, key: &str, inner: &[&str], is_value: bool, word: &Word) -> Option<Offers> {
        match (key, inner, is_value) {
            ("draft", [], true) => Some(self.booleans(word)),
            ("image", [] | ["src"], true) => Some(self.files(word, true)),
            ("image", [], false) => {
                Some(["src", "alt"].map(|key| key_offer(key, "", String::new(), "\"$1\"", word)).to_vec().into())
            }
            ("image_fit", [], true) => Some(self.words(["contain", "cover"], word)),
            ("background", [], true) => Some(self.words(["light", "dark", "none"], word)),
            ("title" | "summary" | "aliases" | "keywords" | "slug", [], false) => Some(self.languages(word).into()),
            _ => None,
        }
    }
}

/// A key with what is written after it. `blank` is a value in the syntax of snippets.
pub(super) fn key_offer(
    name: &str,
    detail: impl Into<String>,
    documentation: String,
    blank: &str,
    word: &Word,
) -> Offer {
    let text = if word.is_closed { escaped(name) } else { format!("{} = {blank}", escaped(name)) };
    let offer = Offer::new(name, CompletionItemKind::PROPERTY).detail(detail).documentation(documentation);
    Offer { text: Some(text), ..offer }
}

/// The help of a field, with what its kind is.
fn help(help: &LocalText, kind: &str, lang: Lang) -> String {
    let kind = manual::key("Kinds of value", kind).map(|key| key.value.clone()).unwrap_or_default();
    match help.text(lang) {
        "" => kind,
        help => format!("{help}\n\n{kind}"),
    }
}

fn columns(field: &Field) -> &[Column<Kind>] {
    match &field.kind {
        Kind::Record(record) => &record.columns,
        _ => &[],
    }
}

/// A column of a record as a field, which it is like in all that matters here.
fn as_field(column: &Column<Kind>) -> Field {
    Field {
        label: column.label.clone(),
        help: column.help.clone(),
        required: column.required,
        ..Field::plain(&column.id, column.place.clone(), column.kind.clone())
    }
}
