//! Merges the facts of two entities.

use super::additions::Additions;
use super::pair::{Keep, Pair};
use super::sides::Side;
use crate::diagnostics::{Code, Diagnostic};
use crate::edit::draft::Draft;
use crate::edit::headers::{self, Headers};
use crate::edit::redirects::{self, Addresses};
use crate::edit::refusal::Refusal;
use crate::edit::{locate, place, toml, written};
use crate::model::{Ecosystem, EntityId};
use crate::schema::{COMMON_KEYS, Property};
use crate::site;
use crate::table::{Data, Entry, Value};
use crate::text::{Place, SourceText};

/// Keys that are about the profile, not about the entity.
const OF_THE_PROFILE: [&str; 5] = ["title", "redirects", "draft", "updated", "verified"];

/// Adds the facts of the entity that goes to those of the entity that stays: those of the originals, and the texts of the
/// translations.
///
/// # Errors
/// Facts contradict one another, and `keep` does not decide.
pub(super) fn merge(
    pair: &Pair<'_>,
    keep: Option<Keep>,
    additions: &mut Additions,
    draft: &mut Draft,
) -> Result<(), Refusal> {
    let sides = (Side::of(pair.checked, pair.from), Side::of(pair.checked, pair.into));
    let (Some(from), Some(into)) = sides else {
        return Err(Refusal::Wish(String::from("the entities have no facts")));
    };
    let order = order(&pair.checked.ecosystem, pair.into);
    let merger = Merger { pair, from: &from, into: &into, order: &order, keep };
    // Keys that the schema does not know come last.
    let others = from.facts.1.entries.iter().map(|entry| &*entry.key).filter(|key| !order.contains(key));
    let keys = order.iter().copied().chain(others).filter(|key| !OF_THE_PROFILE.contains(key));
    let contradictions: Vec<Diagnostic> = keys.flat_map(|key| merger.key(key, additions, draft)).collect();
    if !contradictions.is_empty() {
        return Err(Refusal::Content(contradictions));
    }
    merger.redirects(draft);
    Ok(())
}

/// The keys of a profile in the order in which they are written: common keys, then those of the type.
fn order(ecosystem: &Ecosystem, id: EntityId) -> Vec<&str> {
    let members = ecosystem.schema.properties(ecosystem.entity(id).entity_type).map(|(id, _)| id);
    COMMON_KEYS.iter().copied().chain(members).collect()
}

/// The work of merging.
pub(super) struct Merger<'a> {
    pub pair: &'a Pair<'a>,
    pub from: &'a Side,
    pub into: &'a Side,
    /// The keys of the profile in their order.
    pub order: &'a [&'a str],
    pub keep: Option<Keep>,
}

impl Merger<'_> {
    /// Merges what the two say of a key. Out: contradictions.
    fn key(&self, key: &str, additions: &mut Additions, draft: &mut Draft) -> Vec<Diagnostic> {
        if key == "aliases" {
            self.names(additions, draft);
            return Vec::new();
        }
        if key == "keywords" {
            self.keywords(additions, draft);
            return Vec::new();
        }
        if self.is_single_text(key) {
            return self.text(key, additions, draft);
        }
        let entry = self.from.facts.1.entry(key);
        let mut contradictions: Vec<Diagnostic> =
            entry.and_then(|entry| self.entry(entry, draft)).into_iter().collect();
        contradictions.extend(self.translations(key, additions, draft));
        contradictions
    }

    /// Adds an entry, or the items that the other one lacks. Out: a contradiction.
    fn entry(&self, entry: &Entry, draft: &mut Draft) -> Option<Diagnostic> {
        let (source, table) = &self.into.facts;
        let Some(other) = table.entry(&entry.key) else {
            self.new_entry(entry, draft);
            return None;
        };
        if other.value.data.to_json() == entry.value.data.to_json() {
            return None;
        }
        if self.is_list(&entry.key) {
            self.items(entry, other, draft);
            return None;
        }
        match self.keep {
            None => Some(self.contradiction(entry, other)),
            Some(Keep::Into) => None,
            Some(Keep::From) => {
                let written = written::inline(&self.from.facts.0, &entry.value);
                if toml::has_header(source, other) {
                    headers::of_entry(source, other).into_iter().for_each(|part| draft.remove(&source.place(part)));
                    place::add(draft, source, table, self.order, &entry.key, &written);
                } else {
                    draft.replace(&source.place(other.value.span), written);
                }
                None
            }
        }
    }

    /// Adds an entry that the other one lacks, without relations that are not needed.
    fn new_entry(&self, entry: &Entry, draft: &mut Draft) {
        let (from, (source, table)) = (&self.from.facts.0, &self.into.facts);
        if self.is_superfluous(from, &entry.value) {
            return;
        }
        let all = locate::items(&entry.value);
        let items: Vec<&Value> = all.iter().filter(|item| !self.is_superfluous(from, item)).collect();
        let value = match items.len() == all.len() {
            true => written::inline(from, &entry.value),
            false if items.is_empty() => return,
            false => {
                let texts: Vec<String> = items.into_iter().map(|item| written::inline(from, item)).collect();
                format!("[{}]", texts.join(", "))
            }
        };
        place::add(draft, source, table, self.order, &entry.key, &value);
    }

    fn contradiction(&self, entry: &Entry, other: &Entry) -> Diagnostic {
        let (from, into) = (&self.from.facts.0, &self.into.facts.0);
        contradiction(&entry.key, from.place(entry.value.span), into.place(other.value.span))
    }

    /// Whether a field has several values.
    fn is_list(&self, key: &str) -> bool {
        let schema = &self.pair.checked.ecosystem.schema;
        let owner = self.pair.checked.ecosystem.entity(self.pair.into).entity_type;
        match schema.properties(owner).find(|(id, _)| *id == key).map(|(_, property)| property) {
            Some(Property::Field(at)) => schema.get(owner).fields[at].many,
            Some(Property::Relation(relation)) => !schema.relation(relation).one,
            _ => false,
        }
    }

    fn is_relation(&self, key: &str) -> bool {
        let ecosystem = &self.pair.checked.ecosystem;
        let owner = ecosystem.entity(self.pair.into).entity_type;
        ecosystem.schema.relations_of(owner).any(|(_, relation)| &*relation.id == key)
    }

    /// What tells an item from others of a list: the target of a link, or the value.
    fn name(&self, key: &str, item: &Value) -> serde_json::Value {
        let target = item.as_table().and_then(|table| table.get("to")).filter(|_| self.is_relation(key));
        target.unwrap_or(item).data.to_json()
    }

    /// Whether a value is a relation that is not needed, such as one of the entity to itself.
    fn is_superfluous(&self, source: &SourceText, value: &Value) -> bool {
        let target = value.as_table().and_then(|table| table.get("to")).unwrap_or(value);
        self.pair.superfluous.contains(&source.place(target.span))
    }

    /// Adds the items that the other list lacks.
    fn items(&self, entry: &Entry, other: &Entry, draft: &mut Draft) {
        let (source, items) = (&self.into.facts.0, locate::items(&other.value));
        let name = |item: &Value| self.name(&entry.key, item);
        let known: Vec<serde_json::Value> = items.iter().map(name).collect();
        let is_new = |item: &&Value| !known.contains(&name(item)) && !self.is_superfluous(&self.from.facts.0, item);
        let added = locate::items(&entry.value).iter().filter(is_new);
        // Items that go, because they would lead to the entity itself, make room for new ones.
        let mut gone = items.iter().filter(|item| self.is_superfluous(source, item));
        if toml::has_header(source, other) {
            let headers = Headers::of(source);
            gone.for_each(|item| draft.remove(&source.place(headers.block(item.span))));
            let last = items.last().map_or(other.value.span, |item| item.span);
            let end = headers.block(last).end as usize;
            let header = &source.text[last.range()];
            for item in added {
                draft.insert(&source.path, end, &self.with_header(&entry.key, header, item, end));
            }
            return;
        }
        let mut more = Vec::new();
        for item in added {
            let written = written::inline(&self.from.facts.0, item);
            match gone.next() {
                Some(gone) => draft.replace(&source.place(gone.span), written),
                None => more.push(written),
            }
        }
        append(source, &other.value, &more, draft);
    }

    /// An item under a header, such as `[[partners]]`, to be inserted at an offset.
    fn with_header(&self, key: &str, header: &str, item: &Value, at: usize) -> String {
        let (from, into) = (&self.from.facts.0, &self.into.facts.0);
        let name = header.trim_matches(['[', ']']).trim();
        let lines = match item.as_table() {
            Some(table) => written::lines(from, table, &format!("{name}.")),
            None => {
                let key = if self.is_relation(key) { "to" } else { "value" };
                format!("{key} = {}\n", written::inline(from, item))
            }
        };
        let newline = toml::line_end(&into.text);
        let gap = match &into.text[..at] {
            before if before.ends_with("\n\n") || before.ends_with("\r\n\r\n") => "",
            before if before.ends_with('\n') => newline,
            _ => &newline.repeat(2),
        };
        let after = if into.text[at..].starts_with(['[', '#']) { newline } else { "" };
        format!("{gap}{header}\n{lines}{after}").replace("\r\n", "\n").replace('\n', newline)
    }

    /// The addresses of the entity that goes, and those that redirected to it, redirect to the one that stays.
    fn redirects(&self, draft: &mut Draft) {
        let ecosystem = &self.pair.checked.ecosystem;
        if !ecosystem.has_page(self.pair.into) {
            return;
        }
        let address = |id, lang| site::entity_path(ecosystem, id, lang);
        let new = |old: &str| address(self.pair.into, ecosystem.config.languages.of_path(old));
        let own = ecosystem.config.languages.all().map(|lang| address(self.pair.from, lang));
        let former = ecosystem.entity(self.pair.from).redirects.iter().map(|(path, _)| path.to_string());
        let addresses: Vec<Addresses> = own.chain(former).map(|old| Addresses { new: new(&old), old }).collect();
        redirects::add(draft, &self.into.facts.0, &self.into.facts.1, self.order, &addresses);
    }
}

/// Two values of a key that contradict one another.
pub(super) fn contradiction(key: &str, from: Place, into: Place) -> Diagnostic {
    Diagnostic::new(Code::Contradiction, from, format!("\"{key}\" differs"))
        .note(into, "the entity that stays says this")
        .hint("correct one of them, or decide for all fields: --keep from, or --keep into")
}

/// Adds items at the end of a list. A single value stands for a list of one.
pub(super) fn append(source: &SourceText, list: &Value, added: &[String], draft: &mut Draft) {
    if added.is_empty() {
        return;
    }
    match &list.data {
        Data::Array(items) => {
            for (at, text) in toml::items_at_end(source, list, items, added) {
                draft.insert(&source.path, at, &text);
            }
        }
        _ => {
            let value = &source.text[list.span.range()];
            draft.replace(&source.place(list.span), format!("[{value}, {}]", added.join(", ")));
        }
    }
}
