//! Pictures of the ecosystem that a page can hold: which there are, and what each of them is of.

use super::Context;
use crate::diagnostics::{self, Code};
use crate::reader::Reader;
use crate::schema::{Kind, RelationId, Type, TypeId};
use crate::table::{Data, Table, Value};

/// A picture of the ecosystem.
#[derive(Debug, Clone)]
pub enum View {
    /// How many entities of a type have both of two relations: one across, one down.
    Matrix {
        /// The type that is counted.
        entity_type: TypeId,
        /// The relation whose targets are the rows.
        rows: RelationId,
        /// The relation whose targets are the columns.
        columns: RelationId,
    },
    /// Where the entities of a type are.
    Map {
        /// The type.
        entity_type: TypeId,
        /// The relation that leads to what has a position.
        by: RelationId,
    },
    /// Who is related to whom.
    Network {
        /// The types that are shown.
        entity_type: Vec<TypeId>,
    },
    /// What happened when.
    Timeline {
        /// The types that are shown, each with the fields that say when it starts and ends.
        entity_type: Vec<Dated>,
    },
    /// Entities in groups, those that contradict one another side by side.
    Figures {
        /// The type.
        entity_type: TypeId,
        /// The relation whose targets are the groups; all are in one group without.
        by: Option<RelationId>,
        /// The relation between those that contradict one another.
        against: Option<RelationId>,
    },
    /// Entities by their first letters.
    Glossary {
        /// The type.
        entity_type: TypeId,
    },
    /// The full-text search.
    Search,
}

/// A type whose entities have dates.
#[derive(Debug, Clone, Copy)]
pub struct Dated {
    /// The type.
    pub entity_type: TypeId,
    /// The field that says when it happens or starts.
    pub start: usize,
    /// The field that says when it ends.
    pub end: Option<usize>,
}

const KINDS: [&str; 7] = ["matrix", "map", "network", "timeline", "figures", "glossary", "search"];
/// The fields that say when something starts, the first that a type has.
const STARTS: [&str; 2] = ["start", "date"];
const END: &str = "end";

/// Reads a view.
pub(super) fn read(context: &Context<'_>, reader: &mut Reader<'_>, value: &Value) -> Option<View> {
    let table = reader.table(value)?;
    let mut reading = Reading { context, reader, value, table };
    match table.get("kind").and_then(Value::as_text) {
        Some("matrix") => reading.matrix(),
        Some("map") => reading.map(),
        Some("network") => reading.network(),
        Some("timeline") => reading.timeline(),
        Some("figures") => reading.figures(),
        Some("glossary") => {
            reading.keys("a glossary", &["kind", "of"]);
            Some(View::Glossary { entity_type: reading.of()? })
        }
        Some("search") => {
            reading.keys("a search", &["kind"]);
            Some(View::Search)
        }
        kind => {
            reading.unknown_kind(kind);
            None
        }
    }
}

/// A view that is being read.
struct Reading<'a, 'r, 's> {
    context: &'a Context<'a>,
    reader: &'r mut Reader<'s>,
    value: &'a Value,
    table: &'a Table,
}

impl<'a> Reading<'a, '_, '_> {
    fn keys(&mut self, entity_type: &str, known: &[&str]) {
        self.reader.unknown_keys(self.table, entity_type, known);
    }

    fn unknown_kind(&mut self, kind: Option<&str>) {
        let message =
            kind.map_or(String::from("a view needs a kind"), |kind| format!("there is no view of kind \"{kind}\""));
        let at = self.table.get("kind").map_or(self.value.span, |value| value.span);
        let hint = kind
            .and_then(|kind| diagnostics::did_you_mean(kind, KINDS))
            .unwrap_or_else(|| format!("the kinds are {}", diagnostics::list(KINDS)));
        self.reader.report(self.reader.problem(Code::UnknownView, at, message).hint(hint));
    }

    fn matrix(&mut self) -> Option<View> {
        self.keys("a matrix", &["kind", "of", "rows", "columns"]);
        let entity_type = self.of()?;
        let (rows, columns) =
            (self.relation("a matrix", entity_type, "rows"), self.relation("a matrix", entity_type, "columns"));
        Some(View::Matrix { entity_type, rows: rows?, columns: columns? })
    }

    fn map(&mut self) -> Option<View> {
        self.keys("a map", &["kind", "of", "by"]);
        let entity_type = self.of()?;
        let by = self.relation("a map", entity_type, "by")?;
        let relation = self.context.schema.relation(by);
        let has_position =
            |entity_type: &Type| entity_type.fields.iter().any(|field| matches!(field.kind, Kind::Point));
        if !relation.to.iter().any(|to| has_position(self.context.schema.get(*to))) {
            let message = format!("what \"{}\" leads to has no position", relation.id);
            let span = self.table.get("by").map_or(self.value.span, |value| value.span);
            let hint = "a map needs a field of the kind \"point\" there";
            self.reader.report(self.reader.problem(Code::UnknownView, span, message).hint(hint));
            return None;
        }
        Some(View::Map { entity_type, by })
    }

    fn network(&mut self) -> Option<View> {
        self.keys("a network", &["kind", "of"]);
        let entity_type = self.types();
        (!entity_type.is_empty()).then_some(View::Network { entity_type })
    }

    fn timeline(&mut self) -> Option<View> {
        self.keys("a timeline", &["kind", "of"]);
        let mut entity_type = Vec::new();
        for id in self.types() {
            match self.dated(id) {
                Some(dated) => entity_type.push(dated),
                None => {
                    let message = format!("\"{}\" has no dates", self.context.schema.get(id).id);
                    let hint = "a timeline needs a field \"start\" or \"date\" of the kind \"date\" or \"year\", and may have an \"end\"";
                    let span = self.table.get("of").map_or(self.value.span, |value| value.span);
                    self.reader.report(self.reader.problem(Code::UnknownView, span, message).hint(hint));
                }
            }
        }
        (!entity_type.is_empty()).then_some(View::Timeline { entity_type })
    }

    fn dated(&self, entity_type: TypeId) -> Option<Dated> {
        let fields = &self.context.schema.get(entity_type).fields;
        let find = |name: &str| {
            fields.iter().position(|field| &*field.id == name && matches!(field.kind, Kind::Date | Kind::Year { .. }))
        };
        Some(Dated { entity_type, start: STARTS.into_iter().find_map(find)?, end: find(END) })
    }

    fn figures(&mut self) -> Option<View> {
        self.keys("figures", &["kind", "of", "by", "against"]);
        let entity_type = self.of()?;
        let mut optional = |key| self.table.get(key).is_some().then(|| self.relation("figures", entity_type, key));
        let (by, against) = (optional("by"), optional("against"));
        if let Some(Some(against)) = against
            && !self.context.schema.relation(against).to.contains(&entity_type)
        {
            let id = &self.context.schema.relation(against).id;
            let message = format!("\"{id}\" does not lead from one figure to another");
            let span = self.table.get("against").map_or(self.value.span, |value| value.span);
            let hint = "\"against\" is a relation of the type to itself";
            self.reader.report(self.reader.problem(Code::UnknownView, span, message).hint(hint));
            return None;
        }
        // What was named and is not there has been reported.
        let stands = |named: Option<Option<RelationId>>| named.map_or(Some(None), |found| found.map(Some));
        Some(View::Figures { entity_type, by: stands(by)?, against: stands(against)? })
    }

    /// The one type that the view is of.
    fn of(&mut self) -> Option<TypeId> {
        let value = self.of_value()?;
        let name = self.reader.text(value)?;
        self.find(&name, value)
    }

    /// The types that the view is of: one, or a list.
    fn types(&mut self) -> Vec<TypeId> {
        let Some(value) = self.of_value() else { return Vec::new() };
        let items = match &value.data {
            Data::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let mut found = Vec::new();
        for item in items {
            let entity_type = self.reader.text(item).and_then(|name| self.find(&name, item));
            found.extend(entity_type.filter(|entity_type| !found.contains(entity_type)));
        }
        if matches!(&value.data, Data::Array(items) if items.is_empty()) {
            let problem = self.reader.problem(Code::UnknownView, value.span, "the view is of nothing");
            self.reader.report(problem.hint("name a type, as in: of = [\"actors\"]"));
        }
        found
    }

    fn of_value(&mut self) -> Option<&'a Value> {
        let found = self.table.get("of");
        if found.is_none() {
            self.reader.missing(self.value.span, "a view", "of", "of = \"actors\"");
        }
        found
    }

    fn find(&mut self, name: &str, value: &Value) -> Option<TypeId> {
        let schema = self.context.schema;
        let found = schema.find(name);
        if found.is_none() {
            let ids = || schema.types.iter().map(|entity_type| &*entity_type.id);
            let hint = diagnostics::did_you_mean(name, ids())
                .unwrap_or_else(|| format!("the types are {}", diagnostics::list(ids())));
            let problem = self.reader.problem(Code::UnknownType, value.span, format!("there is no type \"{name}\""));
            self.reader.report(problem.hint(hint));
        }
        found
    }

    /// The relation of a type that a key names.
    fn relation(&mut self, what: &str, entity_type: TypeId, key: &str) -> Option<RelationId> {
        let schema = self.context.schema;
        let Some(value) = self.table.get(key) else {
            self.reader.missing(self.value.span, what, key, &format!("{key} = \"the id of a relation\""));
            return None;
        };
        let name = self.reader.text(value)?;
        let found = schema.relations_of(entity_type).find(|(_, relation)| relation.id == name).map(|(id, _)| id);
        if found.is_none() {
            let ids = || schema.relations_of(entity_type).map(|(_, relation)| &*relation.id);
            let hint = diagnostics::did_you_mean(&name, ids())
                .unwrap_or_else(|| format!("there is {}", diagnostics::list(ids())));
            let message = format!("\"{}\" has no relation \"{name}\"", schema.get(entity_type).id);
            self.reader.report(self.reader.problem(Code::UnknownView, value.span, message).hint(hint));
        }
        found
    }
}
