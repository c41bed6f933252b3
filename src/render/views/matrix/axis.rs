//! An axis of a matrix: its rows or its columns.
//!
//! In: a field, a relation or a derived relation of the type that is counted. Out: the heads of the axis, and which of
//! them each entity has.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use super::classes::Classes;
use crate::model::{Ecosystem, EntityId};
use crate::render::parts::facets;
use crate::render::parts::hierarchy::Ancestors;
use crate::render::parts::prose::Filling;
use crate::render::scope::{FacetOption, Scope};
use crate::render::words::Words;
use crate::schema::{Field, Property, RelationId, Sort, TypeId};
use crate::site;

/// What a view says of an axis.
pub(super) struct AxisSpec {
    pub property: Property,
    /// How years are grouped; `None` for the values as they are.
    pub classes: Option<Classes>,
    /// The level of a hierarchy that is shown alone, from 0.
    pub level: Option<usize>,
    /// Which heads are shown although no entity has them.
    pub unused: Unused,
    /// The maximum number of heads. Those with the fewest entities are left out.
    pub most: usize,
}

/// Which heads are shown although no entity has them. Values of a choice or boolean are always shown.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Unused {
    /// All that the axis can have, so that gaps show.
    All,
    /// Those that others name by a relation of the same id, as when a project names an approach that no actor has yet.
    NamedElsewhere,
}

/// The heads of an axis, in the order in which they are shown.
pub(super) struct Axis {
    pub heads: Vec<Head>,
    /// For each entity of the type, in its order, the positions of its heads.
    pub of: Vec<Vec<usize>>,
    /// The number of heads that are left out.
    pub left_out: usize,
}

/// A row or a column.
pub(super) struct Head {
    /// The id of the entity or of the choice, or the value.
    pub id: String,
    pub title: Words,
    /// The page of the entity; none for values.
    pub url: Option<String>,
    /// The depth in the hierarchy; 0 for roots.
    pub depth: usize,
    /// The number of entities that have it.
    pub total: usize,
}

impl Axis {
    pub(super) fn new(scope: &Scope, entity_type: TypeId, spec: &AxisSpec) -> Self {
        match spec.property {
            Property::Field(at) => values(scope, entity_type, at, spec),
            _ => entities(scope, entity_type, spec),
        }
    }
}

/// The axis of the entities to which a relation or a derived relation leads. An entity also has the ancestors of those
/// that it names. Those of a type in alphabetical order, which says nothing of them, are in the order of their totals.
fn entities(scope: &Scope, entity_type: TypeId, spec: &AxisSpec) -> Axis {
    let ecosystem = &scope.ecosystem;
    let mut ancestors = Ancestors::new(ecosystem);
    let counted = scope.order(entity_type).iter();
    let reached: Vec<Vec<EntityId>> =
        counted.map(|id| ancestors.with(ecosystem.reached_by(*id, spec.property))).collect();
    let mut totals: HashMap<EntityId, usize> = HashMap::new();
    reached.iter().flatten().for_each(|id| *totals.entry(*id).or_default() += 1);
    let mut shown: BTreeSet<EntityId> = totals.keys().copied().collect();
    match (spec.unused, spec.property) {
        (Unused::All, _) => {
            let types = ecosystem.schema.targets(entity_type, spec.property).iter();
            shown.extend(types.flat_map(|target| ecosystem.of_type(*target)));
        }
        (Unused::NamedElsewhere, Property::Relation(relation)) => shown.extend(named_elsewhere(ecosystem, relation)),
        (Unused::NamedElsewhere, _) => {}
    }
    let mut shown: Vec<EntityId> = shown.into_iter().collect();
    ecosystem.sort(&mut shown, scope.lang);
    if let Some(level) = spec.level {
        shown = ancestors.tree(&shown).into_iter().filter(|(_, depth)| *depth == level).map(|(id, _)| id).collect();
    }
    let left_out = shown.len().saturating_sub(spec.most);
    if left_out > 0 {
        shown.sort_by_key(|id| (Reverse(totals.get(id)), *id));
        shown.truncate(spec.most);
        ecosystem.sort(&mut shown, scope.lang);
    }
    let targets = ecosystem.schema.targets(entity_type, spec.property);
    if targets.iter().all(|target| ecosystem.schema.get(*target).sort == Sort::Title) {
        shown.sort_by_key(|id| Reverse(totals.get(id)));
    }
    let shown = match spec.level {
        Some(_) => shown.into_iter().map(|id| (id, 0)).collect(),
        None => ancestors.tree(&shown),
    };
    let position: HashMap<EntityId, usize> = shown.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
    let heads = shown.iter().map(|(id, depth)| Head {
        id: ecosystem.entity(*id).id.to_string(),
        title: scope.title(*id),
        url: Some(scope.address(&site::entity_path(ecosystem, *id, scope.lang))),
        depth: *depth,
        total: totals.get(id).copied().unwrap_or_default(),
    });
    let of = reached.iter().map(|ids| ids.iter().filter_map(|id| position.get(id).copied()).collect());
    Axis { heads: heads.collect(), of: of.collect(), left_out }
}

/// The targets of relations with the same id that other types have.
fn named_elsewhere(ecosystem: &Ecosystem, columns: RelationId) -> impl Iterator<Item = EntityId> + '_ {
    let schema = &ecosystem.schema;
    let own = schema.relation(columns);
    let same: Vec<bool> = schema.relations.iter().map(|relation| relation.id == own.id).collect();
    let links = ecosystem.links.iter().filter(move |link| same[link.relation.index()]);
    links.map(|link| link.to).filter(|to| own.to.contains(&ecosystem.entity(*to).entity_type))
}

/// The axis of the values of a field.
fn values(scope: &Scope, entity_type: TypeId, at: usize, spec: &AxisSpec) -> Axis {
    let field = &scope.ecosystem.schema.get(entity_type).fields[at];
    let counted = scope.order(entity_type);
    let mut groups = match &spec.classes {
        Some(classes) => classes.groups(scope, at, field, counted),
        None => single_values(scope, at, field, counted),
    };
    let left_out = groups.len().saturating_sub(spec.most);
    if left_out > 0 {
        let mut sizes: Vec<(Reverse<usize>, usize)> =
            groups.iter().enumerate().map(|(at, group)| (Reverse(group.positions.len()), at)).collect();
        sizes.sort_unstable();
        let kept: BTreeSet<usize> = sizes.into_iter().take(spec.most).map(|(_, at)| at).collect();
        groups = groups.into_iter().enumerate().filter(|(at, _)| kept.contains(at)).map(|(_, group)| group).collect();
    }
    let mut of = vec![Vec::new(); counted.len()];
    let heads = groups.into_iter().enumerate().map(|(number, FacetOption { id, text, positions, .. })| {
        positions.iter().for_each(|position| of[*position].push(number));
        let title = scope.words_in(scope.lang, &text);
        Head { id, title, url: None, depth: 0, total: positions.len() }
    });
    let heads = heads.collect();
    Axis { heads, of, left_out }
}

/// The values of a field: all of a choice or boolean, otherwise those that are in use.
fn single_values(scope: &Scope, at: usize, field: &Field, counted: &[EntityId]) -> Vec<FacetOption> {
    let used = facets::choices(scope, at, field, counted);
    let possible = field.kind.possible(&Filling::new(scope));
    if possible.is_empty() {
        return used;
    }
    let mut positions: HashMap<String, Vec<usize>> =
        used.into_iter().map(|option| (option.id, option.positions)).collect();
    let options = possible.into_iter().map(|option| {
        let positions = positions.remove(&option.id).unwrap_or_default();
        FacetOption { id: option.id, text: option.text, url: None, depth: 0, positions }
    });
    options.collect()
}
