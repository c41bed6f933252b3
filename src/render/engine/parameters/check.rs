//! Checks `[params]` of a site against the declarations of its theme.

use std::sync::Arc;

use super::declaration::{Parameter, ParameterKind};
use crate::diagnostics::{self, Code};
use crate::locale::{Lang, LocalText};
use crate::model::Ecosystem;
use crate::reader::Reader;
use crate::site;
use crate::table::{Data, Entry, Table, Value};
use crate::text::Span;
use crate::values::{Host, Source};

/// Checks values, and reports mistakes.
pub(super) struct Check<'a> {
    pub ecosystem: &'a Ecosystem,
    pub reader: Reader<'a>,
}

/// Parameters have neither files nor prose.
struct Nothing;

impl Host for Nothing {
    type Prose = ();

    fn file(&self, _: &mut Reader<'_>, _: &str, _: Span) -> Option<Arc<str>> {
        None
    }

    fn prose(&self, _: &mut Reader<'_>, _: Lang, _: &str, _: Span) {}
}

impl Check<'_> {
    /// Checks the keys of a table. `owner` is what has the keys, in messages.
    pub(super) fn table(&mut self, table: &Table, declared: &[Parameter], owner: &str) {
        for entry in &table.entries {
            match declared.iter().find(|parameter| parameter.id == entry.key) {
                Some(parameter) => self.parameter(parameter, entry),
                None => self.unknown(entry, declared, owner),
            }
        }
    }

    fn unknown(&mut self, entry: &Entry, declared: &[Parameter], owner: &str) {
        let ids = || declared.iter().filter(|other| other.deprecated.is_none()).map(|other| &*other.id);
        let hint = diagnostics::did_you_mean(&entry.key, ids())
            .unwrap_or_else(|| format!("its parameters are {}", diagnostics::list_all(ids())));
        let message = format!("{owner} has no parameter \"{}\"", entry.key);
        self.reader.report(self.reader.problem(Code::UnknownParameter, entry.key_span, message).hint(hint));
    }

    fn parameter(&mut self, parameter: &Parameter, entry: &Entry) {
        if let Some(advice) = &parameter.deprecated {
            let message = format!("the parameter \"{}\" is deprecated", entry.key);
            let warning = self.reader.problem(Code::DeprecatedParameter, entry.key_span, message);
            self.reader.report(warning.hint(&**advice));
        }
        let before = self.reader.problems.len();
        match (&entry.value.data, parameter.many) {
            (Data::Array(items), true) => items.iter().for_each(|item| self.value(parameter, item)),
            (_, true) => self.reader.wrong_type(&entry.value, "a list"),
            (_, false) => self.value(parameter, &entry.value),
        }
        // What the theme says of a parameter helps where nothing else does.
        for problem in &mut self.reader.problems[before..] {
            if problem.hints.is_empty() && !parameter.help.is_empty() {
                problem.hints.push(format!("{}: {}", parameter.id, parameter.help));
            }
        }
    }

    fn value(&mut self, parameter: &Parameter, value: &Value) {
        let ecosystem = self.ecosystem;
        let schema = &ecosystem.schema;
        match &parameter.kind {
            ParameterKind::Value(kind) => {
                let no_help = LocalText::default();
                let mut source = Source { reader: &mut self.reader, host: &Nothing, id: &parameter.id, help: &no_help };
                kind.read(&mut source, value);
            }
            ParameterKind::Table(keys) => {
                if let Some(table) = self.reader.table(value).filter(|_| !keys.is_empty()) {
                    self.table(table, keys, &format!("\"{}\"", parameter.id));
                }
            }
            ParameterKind::Type => {
                let ids: Vec<&str> = schema.types.iter().map(|entity_type| &*entity_type.id).collect();
                self.name(value, "type", |name| ids.contains(&name), &ids);
            }
            ParameterKind::Field => {
                let ids: Vec<&str> = schema.types.iter().flat_map(|of| &of.fields).map(|field| &*field.id).collect();
                let relations = schema.relations.iter().map(|relation| &*relation.id);
                let all: Vec<&str> = ids.into_iter().chain(relations).collect();
                self.name(value, "field or relation", |name| all.contains(&name), &all);
            }
            ParameterKind::Relation => {
                let ids: Vec<&str> = schema.relations.iter().map(|relation| &*relation.id).collect();
                self.name(value, "relation", |name| ids.contains(&name), &ids);
            }
            ParameterKind::Page => {
                let pages = ecosystem.published_pages().map(|(_, page)| &*page.path).filter(|path| !path.is_empty());
                let types = schema.types.iter().map(|entity_type| &*entity_type.id);
                let names: Vec<&str> = pages.chain(types).collect();
                self.name(value, "page", |name| site::menu_entry(ecosystem, name).is_some(), &names);
            }
            ParameterKind::Entity => {
                let find = |name: &str| {
                    let (of, id) = name.split_once('/')?;
                    ecosystem.find(schema.find(of)?, id)
                };
                self.name(value, "entity", |name| find(name).is_some(), &[]);
            }
        }
    }

    /// Checks a text that names something. `what` is that in messages.
    fn name(&mut self, value: &Value, what: &str, exists: impl Fn(&str) -> bool, names: &[&str]) {
        let Some(name) = self.reader.text(value) else { return };
        if exists(&name) {
            return;
        }
        let near = diagnostics::did_you_mean(&name, names.iter().copied());
        let message = format!("there is no {what} \"{name}\"");
        let problem = self.reader.problem(Code::UnknownParameter, value.span, message);
        self.reader.report(problem.maybe_hint(near));
    }
}
