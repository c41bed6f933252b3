//! The files of entities, each parsed once.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::compile::Checked;
use crate::diagnostics::{Code, Diagnostic};
use crate::edit::draft::Draft;
use crate::edit::refusal::Refusal;
use crate::edit::{locate, place, toml};
use crate::locale::Lang;
use crate::model::EntityId;
use crate::parse;
use crate::schema::{COMMON_KEYS, Property, TypeId};
use crate::table::{Data, Entry, Table, Value};
use crate::text::SourceText;

/// The files of entities.
pub(super) struct Files<'a> {
    pub checked: &'a Checked,
    parsed: HashMap<Arc<str>, Rc<File>>,
    orders: HashMap<TypeId, Rc<[Box<str>]>>,
}

/// A file: its text, and the tables of its entities by id; one without an id if it is no list.
struct File {
    source: SourceText,
    tables: HashMap<Box<str>, Table>,
}

/// The facts of an entity in one file.
pub(super) struct Facts<'a> {
    pub checked: &'a Checked,
    pub source: SourceText,
    pub table: Table,
    /// All keys in the order in which they are written.
    pub order: Rc<[Box<str>]>,
}

impl<'a> Files<'a> {
    pub(super) fn new(checked: &'a Checked) -> Self {
        Self { checked, parsed: HashMap::new(), orders: HashMap::new() }
    }

    /// The facts of an entity, in its file of the default language.
    pub(super) fn facts(&mut self, id: EntityId) -> Result<Facts<'a>, Refusal> {
        let entity = self.checked.ecosystem.entity(id);
        let path = entity.files.exactly(Lang::DEFAULT).unwrap_or(&entity.place.path).clone();
        let missing = || Refusal::Wish(format!("{} has no facts that can be changed", entity.id));
        self.table(id, &path).ok_or_else(missing)
    }

    /// The table of an entity in its translation. `Ok(None)` if the translation has none of it, which is so in lists.
    pub(super) fn translation(&mut self, id: EntityId, lang: Lang) -> Option<Facts<'a>> {
        let path = self.checked.ecosystem.entity(id).files.exactly(lang)?.clone();
        self.table(id, &path)
    }

    fn table(&mut self, id: EntityId, path: &Arc<str>) -> Option<Facts<'a>> {
        let checked = self.checked;
        let entity = checked.ecosystem.entity(id);
        let file = match self.parsed.get(path) {
            Some(file) => file.clone(),
            None => {
                let file = Rc::new(File::new(checked.ecosystem.text(path)?.clone()));
                self.parsed.insert(path.clone(), file.clone());
                file
            }
        };
        let key = if parse::is_list(path) { &*entity.id } else { "" };
        let order = self.orders.entry(entity.entity_type).or_insert_with(|| {
            let schema = &checked.ecosystem.schema;
            let members = schema.properties(entity.entity_type).map(|(id, _)| id);
            COMMON_KEYS.iter().copied().chain(members).map(Into::into).collect()
        });
        let table = file.tables.get(key)?.clone();
        Some(Facts { checked, source: file.source.clone(), table, order: order.clone() })
    }
}

impl File {
    fn new(source: SourceText) -> Self {
        let table = locate::facts(&source);
        let tables = if parse::is_list(&source.path) {
            let tables = table.entries.into_iter().filter_map(|Entry { key, value, .. }| match value.data {
                Data::Table(table) => Some((key, table)),
                _ => None,
            });
            tables.collect()
        } else {
            HashMap::from([("".into(), table)])
        };
        Self { source, tables }
    }
}

impl Facts<'_> {
    /// The value itself, where it is written with its attributes: `{ value = …, as_of = … }` or `{ to = …, role = … }`.
    pub(super) fn inner<'t>(&self, id: EntityId, entry: &'t Entry) -> &'t Value {
        let ecosystem = &self.checked.ecosystem;
        let owner = ecosystem.entity(id).entity_type;
        let property = ecosystem.schema.properties(owner).find(|(id, _)| *id == &*entry.key);
        let key = match property {
            Some((_, Property::Field(at))) if !ecosystem.schema.get(owner).fields[at].attributes.is_empty() => "value",
            Some((_, Property::Relation(_))) => "to",
            _ => return &entry.value,
        };
        let inner = entry.value.as_table().and_then(|table| table.get(key));
        inner.unwrap_or(&entry.value)
    }

    /// Replaces a value, unless it is written so already.
    pub(super) fn replace(&self, draft: &mut Draft, value: &Value, text: &str) -> Result<(), Refusal> {
        if self.source.text[value.span.range()] == *text {
            return Ok(());
        }
        self.refuse_header(value)?;
        draft.replace(&self.source.place(value.span), text);
        Ok(())
    }

    /// Adds a key where the order of the schema has it.
    pub(super) fn add(&self, draft: &mut Draft, key: &str, value: &str) -> Result<(), Refusal> {
        let order: Vec<&str> = self.order.iter().map(|key| &**key).collect();
        place::add(draft, &self.source, &self.table, &order, key, value);
        Ok(())
    }

    /// Removes an entry.
    pub(super) fn remove(&self, draft: &mut Draft, at: usize) -> Result<(), Refusal> {
        self.refuse_header(&self.table.entries[at].value)?;
        draft.remove(&self.source.place(toml::entry_span(&self.source, &self.table, at)));
        Ok(())
    }

    /// A table with a header of its own is not in one place, so it is not replaced.
    pub(super) fn refuse_header(&self, value: &Value) -> Result<(), Refusal> {
        let is_inline = |table: &Value| self.source.text[table.span.range()].starts_with('{');
        let is_plain = match &value.data {
            Data::Table(_) => is_inline(value),
            Data::Array(items) => items.iter().all(|item| item.as_table().is_none() || is_inline(item)),
            _ => true,
        };
        if is_plain {
            return Ok(());
        }
        let message = "this is a table with a header, which can't be changed from outside";
        let problem = Diagnostic::new(Code::Contradiction, self.source.place(value.span), message);
        Err(problem.hint("write it in one line first, as in key = { … }").into())
    }
}
