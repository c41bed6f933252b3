//! Checks `[params]` of a site against the declarations of its theme.

use std::sync::Arc;

use super::declaration::{Parameter, ParameterKind};
use crate::diagnostics::{self, Code};
use crate::locale::{Lang, LocalText};
use crate::model::{Ecosystem, Meaning, Name};
use crate::reader::Reader;
use crate::schema::{Property, RelationId};
use crate::site;
use crate::table::{Data, Entry, Table, Value};
use crate::text::Span;
use crate::values::{Host, Source};

/// Checks values, and reports mistakes.
pub(super) struct Check<'a> {
    pub ecosystem: &'a Ecosystem,
    pub reader: Reader<'a>,
    /// The names of types, pages, entities and the like among the values.
    pub names: Vec<Name>,
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
            .unwrap_or_else(|| format!("its parameters are {}", diagnostics::list_all(ids())).into());
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
                self.name(value, "type", |name| schema.find(name).map(|id| Meaning::Type(Some(id))), &ids);
            }
            ParameterKind::Field => {
                let all = || {
                    let properties = |owner| schema.properties(owner).map(move |property| (owner, property));
                    let all = schema.types().flat_map(move |(owner, _)| properties(owner));
                    all.filter(|(_, (_, property))| !matches!(property, Property::Derived(_)))
                };
                let ids: Vec<&str> = all().map(|(_, (id, _))| id).collect();
                let find = |name: &str| {
                    let named = all().filter(|(_, (id, _))| *id == name);
                    named.map(|(owner, (_, property))| Meaning::property(owner, property)).collect::<Vec<_>>()
                };
                self.name(value, "field or relation", find, &ids);
            }
            ParameterKind::Relation => {
                let relations = || (0..schema.relations.len()).map(RelationId::new);
                let ids: Vec<&str> = schema.relations.iter().map(|relation| &*relation.id).collect();
                let find = |name: &str| {
                    let named = relations().filter(|id| &*schema.relation(*id).id == name);
                    named.map(Meaning::Relation).collect::<Vec<_>>()
                };
                self.name(value, "relation", find, &ids);
            }
            ParameterKind::Page => {
                let pages = ecosystem.published_pages().map(|(_, page)| &*page.path).filter(|path| !path.is_empty());
                let types = schema.types.iter().map(|entity_type| &*entity_type.id);
                let names: Vec<&str> = pages.chain(types).collect();
                let find =
                    |name: &str| site::menu_entry(ecosystem, name).map(|page| Meaning::menu_entry(ecosystem, page));
                self.name(value, "page", find, &names);
            }
            ParameterKind::Entity => {
                let find = |name: &str| {
                    let (of, id) = name.split_once('/')?;
                    ecosystem.find(schema.find(of)?, id).map(Meaning::Entity)
                };
                self.name(value, "entity", find, &[]);
            }
            ParameterKind::File => self.file(value),
        }
    }

    /// Checks a path of a file in the content folder.
    fn file(&mut self, value: &Value) {
        let Some(path) = self.reader.text(value) else { return };
        let paths = || self.ecosystem.assets.iter().map(|asset| &*asset.path);
        if paths().any(|other| other == &*path) {
            return;
        }
        let near = diagnostics::did_you_mean(&path, paths());
        let message = format!("content/ has no file \"{path}\"");
        let problem = self.reader.problem(Code::UnknownParameter, value.span, message);
        self.reader.report(problem.maybe_hint(near));
    }

    /// Checks a text that names something. `what` is that in messages, and `find` gives what a name can mean.
    fn name<Found: IntoIterator<Item = Meaning>>(
        &mut self,
        value: &Value,
        what: &str,
        find: impl Fn(&str) -> Found,
        names: &[&str],
    ) {
        let Some(name) = self.reader.text(value) else { return };
        let place = self.reader.source.place(value.span);
        let before = self.names.len();
        self.names.extend(find(&name).into_iter().map(|meaning| (place.clone(), meaning)));
        if self.names.len() > before {
            return;
        }
        let near = diagnostics::did_you_mean(&name, names.iter().copied());
        let message = format!("there is no {what} \"{name}\"");
        let problem = self.reader.problem(Code::UnknownParameter, value.span, message);
        self.reader.report(problem.maybe_hint(near));
    }
}
