//! The keys of a view or a block: which there are, their plain values, and mistakes in them.

use crate::diagnostics::{self, Code, Diagnostic, Hint};
use crate::locale::LocalText;
use crate::model::{Ecosystem, EntityId, Meaning, Name};
use crate::reader::Reader;
use crate::schema::{Schema, TypeId};
use crate::table::{Table, Value};
use crate::text::{Place, SourceText, Span};

/// A view or a block in a page's front matter.
pub(crate) struct Spec<'a> {
    pub schema: &'a Schema,
    ecosystem: &'a Ecosystem,
    pub reader: Reader<'a>,
    pub(crate) value: &'a Value,
    table: Option<&'a Table>,
    /// `view` or `block`.
    what: &'static str,
    /// The name of the view in messages, such as "a map".
    pub(crate) noun: &'static str,
    /// The keys that the view can have.
    keys: Vec<&'static str>,
    noted: Noted,
}

/// What views and blocks name, and what they look for.
#[derive(Debug, Clone, Default)]
pub struct Noted {
    /// The names of types, entities and the like in their keys.
    pub names: Vec<Name>,
    /// The fields and relations that they found for keys that need not be written.
    pub lookups: Vec<Lookup>,
}

/// What a view found for a key that need not be written, because fields and relations have usual names.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// The table of the view.
    pub table: Place,
    /// The key, and the names that are looked for where the view does not have it.
    pub key: &'static str,
    /// See `key`.
    pub usual: &'static [&'static str],
    /// Whether the view has the key.
    pub is_written: bool,
    /// The keys that the view can have, in the order in which they are written. A block may look for what it has no key for.
    pub keys: Vec<&'static str>,
    /// What was found.
    pub meaning: Meaning,
}

impl Noted {
    /// Adds what others name and look for.
    pub fn append(&mut self, mut other: Self) {
        self.names.append(&mut other.names);
        self.lookups.append(&mut other.lookups);
    }
}

impl<'a> Spec<'a> {
    /// `what` is `view` or `block`.
    pub(crate) fn new(ecosystem: &'a Ecosystem, source: &'a SourceText, value: &'a Value, what: &'static str) -> Self {
        let mut reader = Reader::new(source, &ecosystem.config.languages);
        let table = reader.table(value);
        let noun = if what == "view" { "a view" } else { "a block" };
        Self {
            schema: &ecosystem.schema,
            ecosystem,
            reader,
            value,
            table,
            what,
            noun,
            keys: Vec::new(),
            noted: Noted::default(),
        }
    }

    /// The kind that the view names, if it is one of these.
    pub(crate) fn kind(&mut self, kinds: impl Iterator<Item = &'static str> + Clone) -> Option<&'static str> {
        let table = self.table?;
        let name = table.get("kind").and_then(Value::as_text);
        if let Some(kind) = kinds.clone().find(|kind| Some(*kind) == name) {
            return Some(kind);
        }
        let message = match name {
            Some(kind) => format!("there is no {} of kind \"{kind}\"", self.what),
            None => format!("a {} needs a \"kind\"", self.what),
        };
        let hint = name
            .and_then(|kind| diagnostics::did_you_mean(kind, kinds.clone()))
            .unwrap_or_else(|| format!("the kinds are {}", diagnostics::list_all(kinds)).into());
        self.report_hint("kind", message, hint);
        None
    }

    /// The diagnostics, and what the view names and looks for.
    pub(crate) fn finish(self) -> (Vec<Diagnostic>, Noted) {
        (self.reader.problems, self.noted)
    }

    /// Notes what a name means, so that a language server and `rename` know it.
    pub(crate) fn note(&mut self, span: Span, meaning: Meaning) {
        self.noted.names.push((self.reader.source.place(span), meaning));
    }

    /// Notes what was found for a key, by one of these names if the view does not have the key.
    pub(crate) fn note_lookup(&mut self, key: &'static str, usual: &'static [&'static str], meaning: Meaning) {
        if usual.is_empty() {
            return;
        }
        let table = self.reader.source.place(self.value.span);
        let (is_written, keys) = (self.has(key), self.keys.clone());
        self.noted.lookups.push(Lookup { table, key, usual, is_written, keys, meaning });
    }

    /// Sets the name of the view in messages, and reports keys other than `kind` and these.
    pub(crate) fn keys(&mut self, noun: &'static str, keys: &[&'static str]) {
        self.noun = noun;
        self.keys = [&["kind"], keys].concat();
        if let Some(table) = self.table {
            self.reader.unknown_keys(table, noun, &self.keys);
        }
    }

    /// Reports something at the value of a key, or at the view where it does not have the key.
    pub(crate) fn report(&mut self, key: &str, message: String, hint: &str) {
        self.report_hint(key, message, hint.into());
    }

    /// Like [`Spec::report`], with a hint that may be a change.
    fn report_hint(&mut self, key: &str, message: String, hint: Hint) {
        let span = self.get(key).map_or(self.value.span, |value| value.span);
        self.reader.report(self.reader.problem(Code::UnknownView, span, message).hint(hint));
    }

    /// Whether the view has a key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(crate) fn get(&self, key: &str) -> Option<&'a Value> {
        self.table?.get(key)
    }

    /// Reports a required key that is missing. `example` is a line of TOML that has it.
    pub(crate) fn missing(&mut self, key: &str, example: &str) {
        self.reader.missing(self.value.span, self.noun, key, example);
    }

    /// A text for people; empty where the view does not have the key.
    pub(crate) fn localised(&mut self, key: &str) -> LocalText {
        self.get(key).and_then(|value| self.reader.localised(value)).unwrap_or_default()
    }

    /// Whether the site asks for the history of its content.
    pub(crate) fn wants_history(&self) -> bool {
        self.ecosystem.config.history.is_some()
    }

    /// The key `limit`, a number of entities from 1 to 1000.
    pub(crate) fn limit(&mut self, default: usize) -> Option<usize> {
        let Some(value) = self.get("limit") else { return Some(default) };
        let limit = self.reader.integer(value)?;
        let valid = usize::try_from(limit).ok().filter(|limit| (1..=1000).contains(limit));
        if valid.is_none() {
            let problem = self.reader.problem(Code::OutOfRange, value.span, format!("limit can't be {limit}"));
            self.reader.report(problem.hint("write a number from 1 to 1000"));
        }
        valid
    }

    /// The published entity of one of these types that a value names: its id, or `type/id`. `advice` is the hint if no
    /// id resembles it.
    pub(crate) fn entity(&mut self, value: &Value, types: &[TypeId], advice: &str) -> Option<EntityId> {
        let name = self.reader.text(value)?;
        let (of, id) = match name.split_once('/') {
            Some((of, id)) => (self.schema.find(of), id),
            None => (None, &*name),
        };
        let is_possible = |entity_type: &&TypeId| of.is_none_or(|of| of == **entity_type);
        let candidates: Vec<EntityId> = match of {
            None if name.contains('/') => Vec::new(),
            _ => types.iter().filter(is_possible).filter_map(|at| self.ecosystem.find(*at, id)).collect(),
        };
        match *candidates {
            [only] => {
                self.note(value.span, Meaning::Entity(only));
                return Some(only);
            }
            [] => {
                let names = types.iter().flat_map(|at| self.ecosystem.of_type(*at));
                let near = diagnostics::did_you_mean(id, names.map(|id| &*self.ecosystem.entity(id).id));
                let message = format!("there is no entity \"{name}\"");
                let problem = self.reader.problem(Code::UnknownReference, value.span, message);
                self.reader.report(problem.hint(near.unwrap_or_else(|| advice.into())));
            }
            [first, ..] => {
                let message = format!("several types have an entity \"{name}\"");
                let of = &self.schema.get(self.ecosystem.entity(first).entity_type).id;
                let problem = self.reader.problem(Code::AmbiguousReference, value.span, message);
                self.reader.report(problem.hint(format!("write the type as well: \"{of}/{name}\"")));
            }
        }
        None
    }

    /// Reports a name that is not one of the members of a type that fit.
    pub(crate) fn unknown_member<'n, I: Iterator<Item = &'n str>>(
        &mut self,
        what: &str,
        name: &str,
        entity_type: TypeId,
        key: &str,
        ids: impl Fn() -> I,
    ) {
        let schema = self.schema;
        let own = schema.get(entity_type);
        let message = format!("\"{}\" has no {what} \"{name}\"", own.id);
        let is_field = own.fields.iter().any(|field| &*field.id == name);
        let is_relation = schema.relations_of(entity_type).any(|(_, relation)| &*relation.id == name);
        let (other, list) = match what {
            "relation" if is_field => ("field", diagnostics::list(ids())),
            "field" if is_relation => ("relation", diagnostics::list(ids())),
            "field" if is_field => ("field of another kind", diagnostics::list(ids())),
            _ => return self.unknown_name(message, name, key, ids),
        };
        self.report(key, message, &format!("\"{name}\" is a {other}, and \"{key}\" takes a {what}: {list}"));
    }

    /// Reports a value that is not one of these names.
    pub(crate) fn unknown_name<'n, I: Iterator<Item = &'n str>>(
        &mut self,
        message: String,
        name: &str,
        key: &str,
        ids: impl Fn() -> I,
    ) {
        let value = self.get(key).unwrap_or(self.value);
        self.unknown_name_at(value, message, name, ids);
    }

    /// The same for one item of a list.
    pub(crate) fn unknown_name_at<'n, I: Iterator<Item = &'n str>>(
        &mut self,
        value: &Value,
        message: String,
        name: &str,
        ids: impl Fn() -> I,
    ) {
        let hint = diagnostics::did_you_mean(name, ids())
            .unwrap_or_else(|| format!("choose {}", diagnostics::list(ids())).into());
        self.reader.report(self.reader.problem(Code::UnknownView, value.span, message).hint(hint));
    }
}
