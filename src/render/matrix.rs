//! The entities of a type by two of their relations, so that what is missing shows.

use std::collections::BTreeMap;

use tera::Value;

use super::index::targets_of;
use super::pages::Pages;
use super::views;
use crate::locale::Lang;
use crate::model::EntityId;
use crate::schema::{Relation, RelationId, TypeId};

/// Rows are all entities of the row relation's types, so that gaps show; columns are those that any entity has.
pub(super) fn view(pages: &Pages, of: TypeId, rows: RelationId, columns: RelationId, lang: Lang) -> Value {
    let ecosystem = &pages.ecosystem;
    let mut cells: BTreeMap<(EntityId, EntityId), Vec<EntityId>> = BTreeMap::new();
    let mut used: Vec<EntityId> = Vec::new();
    let mut ids: Vec<EntityId> = ecosystem.of_type(of).collect();
    ecosystem.sort(&mut ids, lang);
    for id in ids {
        let across = targets_of(ecosystem, id, columns);
        used.extend(&across);
        for row in targets_of(ecosystem, id, rows) {
            for column in &across {
                cells.entry((row, *column)).or_default().push(id);
            }
        }
    }
    used.extend(named_elsewhere(pages, columns));
    ecosystem.sort(&mut used, lang);
    used.dedup();
    let relation = |id: RelationId| -> &Relation { ecosystem.schema.relation(id) };
    let mut down: Vec<EntityId> = relation(rows).to.iter().flat_map(|of| ecosystem.of_type(*of)).collect();
    ecosystem.sort(&mut down, lang);
    let rows_shown = down.into_iter().map(|row| {
        let row_cells = used.iter().map(|column| {
            let members = cells.get(&(row, *column)).map(Vec::as_slice).unwrap_or_default();
            Value::from(members.iter().map(|id| pages.card(*id, lang)).collect::<Vec<_>>())
        });
        views::Row { cells: row_cells.collect(), card: pages.card(row, lang) }.into()
    });
    views::Matrix {
        kind: "matrix",
        of: pages.type_info(of, lang),
        row_label: pages.local(&relation(rows).label, lang),
        column_label: pages.local(&relation(columns).label, lang),
        rows: rows_shown.collect(),
        columns: used.iter().map(|column| pages.card(*column, lang)).collect(),
    }
    .into()
}

/// What others than the entities that are counted name by a relation of the same id, as a project names an approach that no actor has yet:
/// such a column is empty, and that is what a matrix is to show.
fn named_elsewhere(pages: &Pages, columns: RelationId) -> Vec<EntityId> {
    let schema = &pages.ecosystem.schema;
    let asked = schema.relation(columns);
    let same: Vec<bool> = schema.relations.iter().map(|relation| relation.id == asked.id).collect();
    let links = pages.ecosystem.links.iter().filter(|link| same[usize::from(link.relation.0)]);
    links.map(|link| link.to).filter(|to| asked.to.contains(&pages.ecosystem.entity(*to).of)).collect()
}
