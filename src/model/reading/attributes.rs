//! Reads the attributes of links and of values: tables such as `{ to = "novadip", role = "lead" }` and
//! `{ value = "active", as_of = "2022-06" }`.

use super::context::Context;
use super::values;
use crate::diagnostics::{self, Change, Code, Hint};
use crate::model::value::{Attribute, FieldValue, FieldValues};
use crate::reader::Reader;
use crate::schema::{Field, Relation};
use crate::table::{Data, Entry, Table, Value};
use crate::text::Span;
use crate::values::Kind;

/// The key of a value that has attributes.
pub(super) const VALUE: &str = "value";

/// The attributes that say that a value or a link is not stated in a source, and what it is inferred from.
const INFERRED: &str = "inferred";
const REASON: &str = "reason";

/// A field or relation that declares attributes.
pub(super) struct Owner<'a> {
    /// What has the attributes, in messages: `a value of "status"`.
    what: String,
    /// What declares them, in messages: `the field "status"`.
    declared_by: String,
    /// The key that the attributes stand beside.
    key: &'static str,
    attributes: &'a [Field],
}

impl<'a> Owner<'a> {
    pub(super) fn relation(relation: &'a Relation) -> Self {
        let id = &relation.id;
        let (what, declared_by) = (format!("a link of \"{id}\""), format!("the relation \"{id}\""));
        Self { what, declared_by, key: "to", attributes: &relation.attributes }
    }

    fn field(field: &'a Field) -> Self {
        let id = &field.id;
        let (what, declared_by) = (format!("a value of \"{id}\""), format!("the field \"{id}\""));
        Self { what, declared_by, key: VALUE, attributes: &field.attributes }
    }

    /// Reads the attributes of a link or of a value.
    pub(super) fn read(
        &self,
        context: &Context<'_>,
        reader: &mut Reader<'_>,
        table: &Table,
        span: Span,
    ) -> Vec<Attribute> {
        let entries = table.entries.iter().filter(|entry| &*entry.key != self.key);
        let read: Vec<Attribute> = entries.flat_map(|entry| self.attribute(context, reader, entry)).collect();
        for field in self.attributes.iter().filter(|field| field.required && table.get(&field.id).is_none()) {
            let message = format!("{} needs \"{}\"", self.what, field.id);
            let line = Change::Line(format!("{} = {}", field.id, field.blank()));
            let hint = Hint::mend(format!("add: {} = …", field.id), format!("Add \"{}\"", field.id), line);
            reader.report(reader.problem(Code::MissingField, span, message).hint(hint));
        }
        self.check_reason(reader, table, &read);
        read
    }

    /// Reports required attributes of a link or of a value that is written without attributes.
    pub(super) fn check_bare(&self, reader: &mut Reader<'_>, value: &Value) {
        if let Some(field) = self.attributes.iter().find(|field| field.required) {
            let raw = &reader.source.text[value.span.range()];
            let hint = format!("write {{ {} = {raw}, {} = … }}", self.key, field.id);
            let message = format!("{} needs \"{}\"", self.what, field.id);
            reader.report(reader.problem(Code::MissingField, value.span, message).hint(hint));
        }
    }

    fn attribute(&self, context: &Context<'_>, reader: &mut Reader<'_>, entry: &Entry) -> Vec<Attribute> {
        let Some(index) = self.attributes.iter().position(|attribute| attribute.id == entry.key) else {
            self.unknown(reader, entry);
            return Vec::new();
        };
        let field = &self.attributes[index];
        values::read(reader, field, &entry.value, |reader, value| {
            let span = value.span;
            values::value(context, reader, field, value).map(|value| Attribute { index, value, span })
        })
    }

    fn unknown(&self, reader: &mut Reader<'_>, entry: &Entry) {
        let ids = self.attributes.iter().map(|attribute| &*attribute.id);
        let keys: Vec<&str> = std::iter::once(self.key).chain(ids).collect();
        let hint = diagnostics::did_you_mean(&entry.key, keys.iter().copied())
            .unwrap_or_else(|| format!("its attributes are {}", diagnostics::list_all(keys.iter().copied())).into());
        let message = format!("{} has no attribute \"{}\"", self.declared_by, entry.key);
        let problem = reader.problem(Code::UnknownAttribute, entry.key_span, message);
        reader.report(problem.hint(hint));
    }

    /// Reports what is inferred without a reason, where both attributes are declared.
    fn check_reason(&self, reader: &mut Reader<'_>, table: &Table, read: &[Attribute]) {
        let declared = |id: &str| self.attributes.iter().position(|attribute| &*attribute.id == id);
        let (Some(inferred), Some(reason)) = (table.entry(INFERRED), declared(REASON)) else { return };
        let is_inferred = declared(INFERRED).is_some() && matches!(inferred.value.data, Data::Boolean(true));
        let has_reason = read.iter().any(|attribute| attribute.index == reason && !attribute.value.is_blank());
        // A reason that is invalid has been reported already.
        let is_reported = table.get(REASON).is_some() && !read.iter().any(|attribute| attribute.index == reason);
        if is_inferred && !has_reason && !is_reported {
            let message = format!("{} is inferred, and does not say from what", self.what);
            let problem = reader.problem(Code::MissingField, inferred.key_span, message);
            reader.report(problem.hint("add: reason = \"what it is inferred from\""));
        }
    }
}

/// Reads the values of a field, with their attributes. None if there are no valid ones.
pub(super) fn field_values(
    context: &Context<'_>,
    reader: &mut Reader<'_>,
    index: usize,
    field: &Field,
    value: &Value,
) -> Option<FieldValues> {
    let read = values::read(reader, field, value, |reader, value| one(context, reader, field, value));
    let has_attributes = read.iter().any(|(.., attributes)| !attributes.is_empty());
    let mut all =
        FieldValues { field: index, values: Vec::with_capacity(read.len()), spans: [].into(), attributes: [].into() };
    let (mut spans, mut attributes) = (Vec::with_capacity(read.len()), Vec::new());
    for (value, span, own) in read {
        all.values.push(value);
        spans.push(span);
        if has_attributes {
            attributes.push(own);
        }
    }
    (!spans.is_empty()).then(|| FieldValues { spans: spans.into(), attributes: attributes.into(), ..all })
}

/// A value, its span, and its attributes.
type One = (FieldValue, Span, Vec<Attribute>);

fn one(context: &Context<'_>, reader: &mut Reader<'_>, field: &Field, value: &Value) -> Option<One> {
    let owner = Owner::field(field);
    // A kind with fields of its own may have one that is called `value`.
    let has_own_fields = Kind::keys_of(field.kind.name()).contains(&"fields");
    let has_value_key = value.as_table().is_some_and(|table| table.get(VALUE).is_some());
    if field.attributes.is_empty() && has_value_key && !has_own_fields {
        let message = format!("{} has no attributes", owner.declared_by);
        let hint = "write the value alone, or declare them in _type.toml: attributes.ID = { kind = … }";
        reader.report(reader.problem(Code::UnknownAttribute, value.span, message).hint(hint));
        return None;
    }
    let Some(table) = table_of(field, value) else {
        let read = values::value(context, reader, field, value)?;
        owner.check_bare(reader, value);
        return Some((read, value.span, Vec::new()));
    };
    let attributes = owner.read(context, reader, table, value.span);
    let Some(inner) = table.get(VALUE) else {
        reader.missing(value.span, "a value with attributes", VALUE, &format!("{VALUE} = …"));
        return None;
    };
    Some((values::value(context, reader, field, inner)?, inner.span, attributes))
}

/// The table of a value that has attributes. Other tables are values of their kind, such as texts by language.
pub(super) fn table_of<'v>(field: &Field, value: &'v Value) -> Option<&'v Table> {
    let table = value.as_table().filter(|_| !field.attributes.is_empty())?;
    let is_ours = |entry: &Entry| *entry.key == *VALUE || field.attributes.iter().any(|it| it.id == entry.key);
    table.entries.iter().any(is_ours).then_some(table)
}
