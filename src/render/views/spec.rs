//! The keys of a view or a block, read and checked against the schema.

use crate::diagnostics::{self, Code, Diagnostic, Hint};
use crate::locale::LocalText;
use crate::model::{Ecosystem, EntityId, FieldId, Meaning, Name};
use crate::reader::Reader;
use crate::schema::{self, Field, Property, RelationId, Schema, Sort, Type, TypeId};
use crate::table::{Data, Table, Value};
use crate::text::{Place, SourceText, Span};
use crate::values::Kind;

/// A view or a block in a page's front matter.
pub(crate) struct Spec<'a> {
    pub schema: &'a Schema,
    ecosystem: &'a Ecosystem,
    pub reader: Reader<'a>,
    pub(super) value: &'a Value,
    table: Option<&'a Table>,
    /// `view` or `block`.
    what: &'static str,
    /// The name of the view in messages, such as "a map".
    pub(super) noun: &'static str,
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

    /// The key `sort`: `"title"`, the id of a field or relation, or `"-ID"`. Without it, the order of the type.
    pub(crate) fn sort(&mut self, entity_type: TypeId) -> Option<Sort> {
        let info: &'a Type = self.schema.get(entity_type);
        let Some(value) = self.get("sort") else { return Some(info.sort) };
        let text = self.reader.text(value)?;
        if &*text == "title" {
            return Some(Sort::Title);
        }
        let name = text.trim_start_matches('-');
        let schema = self.schema;
        let property = schema.properties(entity_type).find(|(id, _)| *id == name).map(|(_, property)| property);
        if property.is_none() {
            let ids = || schema.properties(entity_type).map(|(id, _)| id);
            self.unknown_member("field or relation", name, entity_type, "sort", ids);
        }
        let property = property?;
        self.note(value.span, Meaning::property(entity_type, property));
        Some(Sort::By { property, descending: text.starts_with('-') })
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

    /// The type that the key `of` names.
    pub(crate) fn entity_type(&mut self) -> Option<TypeId> {
        self.required_type("of")
    }

    /// The type that a required key names.
    pub(crate) fn required_type(&mut self, key: &str) -> Option<TypeId> {
        let Some(value) = self.get(key) else {
            self.missing(key, &format!("{key} = \"actors\""));
            return None;
        };
        let name = self.reader.text(value)?;
        self.find_type(&name, value)
    }

    /// The types that the key `of` names: one, or a list that is not empty.
    pub(crate) fn entity_types(&mut self) -> Vec<TypeId> {
        let Some(value) = self.of() else { return Vec::new() };
        if matches!(&value.data, Data::Array(items) if items.is_empty()) {
            self.report("of", String::from("the view is of nothing"), "name a type, as in: of = [\"actors\"]");
        }
        self.types_in(value)
    }

    /// The types that an optional key names: one, or a list. None where the view does not have the key.
    pub(crate) fn optional_types(&mut self, key: &str) -> Option<Vec<TypeId>> {
        self.get(key).map(|value| self.types_in(value))
    }

    fn types_in(&mut self, value: &'a Value) -> Vec<TypeId> {
        let items = match &value.data {
            Data::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let mut types = Vec::new();
        for item in items {
            let entity_type = self.reader.text(item).and_then(|name| self.find_type(&name, item));
            types.extend(entity_type.filter(|entity_type| !types.contains(entity_type)));
        }
        types
    }

    fn of(&mut self) -> Option<&'a Value> {
        let value = self.get("of");
        if value.is_none() {
            self.missing("of", "of = \"actors\"");
        }
        value
    }

    fn find_type(&mut self, name: &str, value: &Value) -> Option<TypeId> {
        let entity_type = self.schema.find(name);
        if entity_type.is_none() {
            let hint = schema::hint_for_type(name, &self.schema.types);
            let problem = self.reader.problem(Code::UnknownType, value.span, format!("there is no type \"{name}\""));
            self.reader.report(problem.hint(hint));
        }
        if entity_type.is_some() {
            self.note(value.span, Meaning::Type(entity_type));
        }
        entity_type
    }

    /// The relation of a type that a key names; the key is required.
    pub(crate) fn relation(&mut self, entity_type: TypeId, key: &str) -> Option<RelationId> {
        let Some(value) = self.get(key) else {
            self.reader.missing(self.value.span, self.noun, key, &format!("{key} = \"the id of a relation\""));
            return None;
        };
        let name = self.reader.text(value)?;
        let schema = self.schema;
        let relation = schema.relations_of(entity_type).find(|(_, relation)| relation.id == name).map(|(id, _)| id);
        if relation.is_none() {
            let ids = || schema.relations_of(entity_type).map(|(_, relation)| &*relation.id);
            self.unknown_member("relation", &name, entity_type, key, ids);
        }
        if let Some(relation) = relation {
            self.note(value.span, Meaning::property(entity_type, Property::Relation(relation)));
        }
        relation
    }

    /// The relation that an optional key names: `Some(None)` where the view does not have the key, `None` where it is
    /// wrong.
    pub(crate) fn optional_relation(&mut self, entity_type: TypeId, key: &str) -> Option<Option<RelationId>> {
        if self.has(key) { self.relation(entity_type, key).map(Some) } else { Some(None) }
    }

    /// The same, where the relation with a usual name is found without the key.
    pub(crate) fn usual_relation(
        &mut self,
        entity_type: TypeId,
        key: &'static str,
        usual: &'static [&'static str; 1],
    ) -> Option<Option<RelationId>> {
        let by_name = || self.schema.relations_of(entity_type).find(|(_, it)| &*it.id == usual[0]).map(|(id, _)| id);
        let relation = if self.has(key) { Some(self.relation(entity_type, key)?) } else { by_name() };
        if let Some(relation) = relation {
            self.note_lookup(key, usual, Meaning::Relation(relation));
        }
        Some(relation)
    }

    /// The same for a relation between entities of one type, such as the one between figures that contradict one
    /// another.
    pub(crate) fn relation_to_itself(&mut self, entity_type: TypeId, key: &str) -> Option<Option<RelationId>> {
        let relation = self.optional_relation(entity_type, key)?;
        if let Some(id) = relation
            && !self.schema.relation(id).to.contains(&entity_type)
        {
            let message =
                format!("the relation \"{}\" does not lead from one figure to another", self.schema.relation(id).id);
            self.report(key, message, &format!("\"{key}\" is a relation of the type to itself"));
            return None;
        }
        Some(relation)
    }

    /// The same for the key `sources`, a relation to sources.
    pub(crate) fn relation_to_sources(&mut self, entity_type: TypeId) -> Option<Option<RelationId>> {
        let relation = self.optional_relation(entity_type, "sources")?;
        if let Some(id) = relation
            && !self.schema.relation(id).citation
        {
            let message = format!("the relation \"{}\" does not lead to sources", self.schema.relation(id).id);
            self.report("sources", message, "\"sources\" is a relation to types with `citation = true`");
            return None;
        }
        Some(relation)
    }

    /// The relations of these types that an optional key names, one or a list. A name that no type has is reported.
    pub(crate) fn relations(&mut self, types: &[TypeId], key: &str) -> Vec<RelationId> {
        let schema = self.schema;
        let own: Vec<RelationId> =
            types.iter().flat_map(|entity_type| schema.relations_of(*entity_type)).map(|(id, _)| id).collect();
        let items: Vec<&Value> = match self.get(key) {
            None => Vec::new(),
            Some(Value { data: Data::Array(items), .. }) => items.iter().collect(),
            Some(value) => vec![value],
        };
        let mut relations = Vec::new();
        for item in items {
            let Some(name) = self.reader.text(item) else { continue };
            let named = self.relations_called(&name, item, &own);
            if named.is_empty() {
                let ids = || own.iter().map(|id| &*schema.relation(*id).id);
                match types {
                    [entity_type] => self.unknown_member("relation", &name, *entity_type, key, ids),
                    _ => self.unknown_name(format!("none of these types has a relation \"{name}\""), &name, key, ids),
                }
            }
            relations.extend(named);
        }
        relations
    }

    /// The relations of all types with the id that a key gives, or else with a usual one. An id that no type has is
    /// reported.
    pub(crate) fn relations_with_id(
        &mut self,
        key: &'static str,
        usual: &'static [&'static str; 1],
    ) -> Vec<RelationId> {
        let schema = self.schema;
        let all: Vec<RelationId> = (0..schema.relations.len()).map(RelationId::new).collect();
        let Some(value) = self.get(key) else {
            let named: Vec<RelationId> = all.into_iter().filter(|id| &*schema.relation(*id).id == usual[0]).collect();
            named.iter().for_each(|id| self.note_lookup(key, usual, Meaning::Relation(*id)));
            return named;
        };
        let Some(name) = self.reader.text(value) else { return Vec::new() };
        let named = self.relations_called(&name, value, &all);
        named.iter().for_each(|id| self.note_lookup(key, usual, Meaning::Relation(*id)));
        if named.is_empty() {
            let ids = || all.iter().map(|id| &*schema.relation(*id).id);
            self.unknown_name(format!("there is no relation \"{name}\""), &name, key, ids);
        }
        named
    }

    /// Those of some relations that have a name, which a value gives.
    fn relations_called(&mut self, name: &str, value: &Value, among: &[RelationId]) -> Vec<RelationId> {
        let schema = self.schema;
        let named: Vec<RelationId> = among.iter().copied().filter(|id| &*schema.relation(*id).id == name).collect();
        named.iter().for_each(|id| self.note(value.span, Meaning::Relation(*id)));
        named
    }

    /// The position of a type's field that a key names, or else of the first field that the type has among `defaults`,
    /// if `fits` says that its kind fits. A name that the type does not have is reported, unless the view is of several
    /// types.
    pub(crate) fn field(
        &mut self,
        entity_type: TypeId,
        key: &'static str,
        defaults: &'static [&'static str],
        fits: fn(&Kind) -> bool,
    ) -> Option<usize> {
        let fields: &'a [Field] = &self.schema.get(entity_type).fields;
        let find = |name: &str| fields.iter().position(|field| &*field.id == name && fits(&field.kind));
        let field = match self.get(key) {
            None => defaults.iter().copied().find_map(find)?,
            Some(value) => find(&self.reader.text(value)?)?,
        };
        let meaning = Meaning::Field(FieldId::OfType(entity_type, field));
        if let Some(value) = self.get(key) {
            self.note(value.span, meaning.clone());
        }
        self.note_lookup(key, defaults, meaning);
        Some(field)
    }

    /// The same as [`Spec::field`], where the key can also name a field of records, as `milestones.date`.
    pub(crate) fn cell(
        &mut self,
        entity_type: TypeId,
        key: &'static str,
        defaults: &'static [&'static str],
        fits: fn(&Kind) -> bool,
    ) -> Option<Cell> {
        let cells = cells(&self.schema.get(entity_type).fields, fits);
        let find = |name: &str| cells.iter().find(|(id, _)| id == name).map(|(_, cell)| *cell);
        let cell = match self.get(key) {
            None => defaults.iter().copied().find_map(find)?,
            Some(value) => find(&self.reader.text(value)?)?,
        };
        if let Some(value) = self.get(key) {
            self.note_cell(value.span, entity_type, cell);
        }
        if cell.column.is_none() {
            self.note_lookup(key, defaults, Meaning::Field(FieldId::OfType(entity_type, cell.field)));
        }
        Some(cell)
    }

    /// Notes a name such as `milestones.date`: its parts mean two things.
    fn note_cell(&mut self, span: Span, entity_type: TypeId, cell: Cell) {
        let field = Meaning::Field(FieldId::OfType(entity_type, cell.field));
        let token = &self.reader.source.text[span.range()];
        let Some((column, dot)) = cell.column.zip(token.find('.')) else { return self.note(span, field) };
        let dot = span.start + dot as u32;
        self.note(Span { end: dot, ..span }, field);
        let column = Meaning::Field(FieldId::OfRecord(entity_type, cell.field, column));
        self.note(Span { start: dot + 1, ..span }, column);
    }

    /// The same as [`Spec::check_field`], where the key can also name a field of records.
    pub(crate) fn check_cell(&mut self, types: &[TypeId], key: &str, fits: fn(&Kind) -> bool) -> bool {
        let schema = self.schema;
        let all = types.iter().flat_map(|entity_type| cells(&schema.get(*entity_type).fields, fits));
        let ids: Vec<String> = all.map(|(id, _)| id).collect();
        self.check_name(types, key, || ids.iter().map(String::as_str))
    }

    /// Reports a key that names a field which none of these types has, and says whether the key is right.
    pub(crate) fn check_field(&mut self, types: &[TypeId], key: &str, fits: fn(&Kind) -> bool) -> bool {
        let schema = self.schema;
        let fields = || types.iter().flat_map(|entity_type| schema.get(*entity_type).fields.iter());
        self.check_name(types, key, || fields().filter(|field| fits(&field.kind)).map(|field| &*field.id))
    }

    fn check_name<'n, I: Iterator<Item = &'n str>>(
        &mut self,
        types: &[TypeId],
        key: &str,
        ids: impl Fn() -> I,
    ) -> bool {
        let Some(name) = self.get(key).and_then(Value::as_text) else { return true };
        if ids().any(|id| id == name) {
            return true;
        }
        match types {
            [] => {}
            [entity_type] => self.unknown_member("field", name, *entity_type, key, ids),
            _ => self.unknown_name(format!("none of these types has a field \"{name}\""), name, key, ids),
        }
        false
    }

    pub(super) fn unknown_member<'n, I: Iterator<Item = &'n str>>(
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

/// Where values are: in a field, or in a column of its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    /// The position of the field.
    pub field: usize,
    /// The position of the column; `None` if the field has no records.
    pub column: Option<usize>,
}

/// The fields and the columns of records that fit, by their names: `start`, `milestones.date`.
fn cells(fields: &[Field], fits: fn(&Kind) -> bool) -> Vec<(String, Cell)> {
    let mut cells = Vec::new();
    for (field, info) in fields.iter().enumerate() {
        if fits(&info.kind) {
            cells.push((info.id.to_string(), Cell { field, column: None }));
        }
        let Kind::Record(record) = &info.kind else { continue };
        for (column, inner) in record.columns.iter().enumerate().filter(|(_, inner)| fits(&inner.kind)) {
            cells.push((format!("{}.{}", info.id, inner.id), Cell { field, column: Some(column) }));
        }
    }
    cells
}
