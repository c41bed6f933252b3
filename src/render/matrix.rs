//! The entities of a type by two of their relations, so that what is missing shows.

use std::cmp::Reverse;
use std::collections::HashMap;

use tera::Value;

use super::hierarchy::Above;
use super::pages::Pages;
use super::views;
use crate::locale::Lang;
use crate::model::EntityId;
use crate::schema::{Relation, RelationId, TypeId};

/// How many rows and columns a page holds at most: those that most entities have.
const MOST_ROWS: usize = 400;
const MOST_COLUMNS: usize = 100;

/// Rows are all entities of the row relation's types, so that gaps show; columns are those that any entity has. Who has an entity has those
/// above it in a hierarchy, too.
pub(super) fn view(pages: &Pages, entity_type: TypeId, rows: RelationId, columns: RelationId, lang: Lang) -> Value {
    let ecosystem = &pages.ecosystem;
    let relation = |id: RelationId| -> &Relation { ecosystem.schema.relation(id) };
    let mut above = Above::new(ecosystem);
    let mut had = |id, relation| above.and(ecosystem.targets(id, relation));
    let members: Vec<(EntityId, Vec<EntityId>, Vec<EntityId>)> =
        pages.order(entity_type, lang).iter().map(|id| (*id, had(*id, rows), had(*id, columns))).collect();
    let down_totals = totals(members.iter().flat_map(|(_, down, _)| down));
    let across_totals = totals(members.iter().flat_map(|(.., across)| across));
    let down: Vec<EntityId> =
        relation(rows).to.iter().flat_map(|entity_type| ecosystem.of_type(*entity_type)).collect();
    let mut across: Vec<EntityId> = across_totals.keys().copied().chain(named_elsewhere(pages, columns)).collect();
    across.sort_unstable();
    across.dedup();
    let left_out = down.len().saturating_sub(MOST_ROWS) + across.len().saturating_sub(MOST_COLUMNS);
    let (mut down, mut across) =
        (greatest(down, &down_totals, MOST_ROWS), greatest(across, &across_totals, MOST_COLUMNS));
    ecosystem.sort(&mut down, lang);
    ecosystem.sort(&mut across, lang);
    let down = above.tree(&down);
    let across: Vec<EntityId> = above.tree(&across).into_iter().map(|(column, _)| column).collect();
    let mut cells: HashMap<(EntityId, EntityId), Vec<EntityId>> = HashMap::new();
    for (id, of_rows, of_columns) in &members {
        for row in of_rows {
            for column in of_columns {
                cells.entry((*row, *column)).or_default().push(*id);
            }
        }
    }
    let total = |totals: &HashMap<EntityId, usize>, id: &EntityId| totals.get(id).copied().unwrap_or_default();
    let shown = down.into_iter().map(|(row, depth)| {
        let row_cells = across.iter().map(|column| {
            let members = cells.get(&(row, *column)).map(Vec::as_slice).unwrap_or_default();
            Value::from(members.iter().map(|id| pages.card(*id, lang)).collect::<Vec<_>>())
        });
        let total = total(&down_totals, &row);
        views::Row { cells: row_cells.collect(), card: pages.card(row, lang), depth, total }.into()
    });
    views::Matrix {
        kind: "matrix",
        of: pages.type_info(entity_type, lang),
        row_label: pages.local(&relation(rows).label, lang),
        column_label: pages.local(&relation(columns).label, lang),
        rows: shown.collect(),
        totals: across.iter().map(|column| total(&across_totals, column)).collect(),
        columns: across.iter().map(|column| pages.card(*column, lang)).collect(),
        left_out,
    }
    .into()
}

/// How many times each stands in a list.
fn totals<'a>(entities: impl Iterator<Item = &'a EntityId>) -> HashMap<EntityId, usize> {
    let mut totals = HashMap::new();
    entities.for_each(|id| *totals.entry(*id).or_default() += 1);
    totals
}

/// Those with the greatest totals, or all if there are not too many.
fn greatest(mut entities: Vec<EntityId>, totals: &HashMap<EntityId, usize>, most: usize) -> Vec<EntityId> {
    if entities.len() > most {
        entities.sort_by_key(|id| (Reverse(totals.get(id)), *id));
        entities.truncate(most);
    }
    entities
}

/// What others than the entities that are counted name by a relation of the same id, as a project names an approach that no actor has yet:
/// such a column is empty, and that is what a matrix is to show.
fn named_elsewhere(pages: &Pages, columns: RelationId) -> Vec<EntityId> {
    let schema = &pages.ecosystem.schema;
    let asked = schema.relation(columns);
    let same: Vec<bool> = schema.relations.iter().map(|relation| relation.id == asked.id).collect();
    let links = pages.ecosystem.links.iter().filter(|link| same[usize::from(link.relation.0)]);
    links.map(|link| link.to).filter(|to| asked.to.contains(&pages.ecosystem.entity(*to).entity_type)).collect()
}
