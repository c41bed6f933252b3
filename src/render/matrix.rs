//! The entities of a type by two of their relations, so that what is missing shows.

use std::collections::BTreeMap;

use tera::Value;

use super::hierarchy::{above, tree};
use super::index::targets_of;
use super::pages::Pages;
use super::views;
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId};
use crate::schema::{Relation, RelationId, TypeId};

/// Rows are all entities of the row relation's types, so that gaps show; columns are those that any entity has. Who has an entity has those
/// above it in a hierarchy, too.
pub(super) fn view(pages: &Pages, of: TypeId, rows: RelationId, columns: RelationId, lang: Lang) -> Value {
    let ecosystem = &pages.ecosystem;
    let mut ids: Vec<EntityId> = ecosystem.of_type(of).collect();
    ecosystem.sort(&mut ids, lang);
    let mut cells: BTreeMap<(EntityId, EntityId), Vec<EntityId>> = BTreeMap::new();
    let (mut down_totals, mut across_totals): (Totals, Totals) = Default::default();
    for id in ids {
        let (down, across) = (had(ecosystem, id, rows), had(ecosystem, id, columns));
        for row in &down {
            for column in &across {
                cells.entry((*row, *column)).or_default().push(id);
            }
        }
        down.into_iter().for_each(|row| *down_totals.entry(row).or_default() += 1);
        across.into_iter().for_each(|column| *across_totals.entry(column).or_default() += 1);
    }
    let relation = |id: RelationId| -> &Relation { ecosystem.schema.relation(id) };
    let mut down: Vec<EntityId> = relation(rows).to.iter().flat_map(|of| ecosystem.of_type(*of)).collect();
    ecosystem.sort(&mut down, lang);
    let mut across: Vec<EntityId> = across_totals.keys().copied().chain(named_elsewhere(pages, columns)).collect();
    ecosystem.sort(&mut across, lang);
    across.dedup();
    let across: Vec<EntityId> = tree(ecosystem, &across).into_iter().map(|(column, _)| column).collect();
    let shown = tree(ecosystem, &down).into_iter().map(|(row, depth)| {
        let row_cells = across.iter().map(|column| {
            let members = cells.get(&(row, *column)).map(Vec::as_slice).unwrap_or_default();
            Value::from(members.iter().map(|id| pages.card(*id, lang)).collect::<Vec<_>>())
        });
        let total = down_totals.get(&row).copied().unwrap_or_default();
        views::Row { cells: row_cells.collect(), card: pages.card(row, lang), depth, total }.into()
    });
    views::Matrix {
        kind: "matrix",
        of: pages.type_info(of, lang),
        row_label: pages.local(&relation(rows).label, lang),
        column_label: pages.local(&relation(columns).label, lang),
        rows: shown.collect(),
        totals: across.iter().map(|column| across_totals.get(column).copied().unwrap_or_default()).collect(),
        columns: across.iter().map(|column| pages.card(*column, lang)).collect(),
    }
    .into()
}

type Totals = BTreeMap<EntityId, usize>;

/// What an entity names by a relation, and what is above that, each once.
fn had(ecosystem: &Ecosystem, id: EntityId, relation: RelationId) -> Vec<EntityId> {
    let mut had = targets_of(ecosystem, id, relation);
    for direct in had.clone() {
        had.extend(above(ecosystem, direct));
    }
    had.sort_unstable();
    had.dedup();
    had
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
