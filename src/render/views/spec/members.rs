//! Keys that name fields and relations of types.

use super::keys::Spec;
use crate::model::{FieldId, Meaning};
use crate::schema::{Field, Property, RelationId, Sort, Type, TypeId};
use crate::table::{Data, Value};
use crate::text::Span;
use crate::values::Kind;

impl<'a> Spec<'a> {
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
