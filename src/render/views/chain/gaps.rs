//! What the documents say is missing in a chain, who says so, and what answers it.

use std::collections::HashMap;

use super::shapes::ChainGap;
use crate::model::EntityId;
use crate::render::parts::entity::links;
use crate::render::parts::hierarchy::Ancestors;
use crate::render::parts::prose::Filling;
use crate::render::parts::{card, cards};
use crate::render::scope::Scope;
use crate::render::views::spec::Spec;
use crate::schema::{RelationId, TypeId};
use crate::values::Kind;

/// What a view says of the gaps in a chain.
pub(super) struct GapKeys {
    pub entity_type: TypeId,
    /// The relation from gaps to links of the chain.
    by: RelationId,
    /// The position of the field that says what kind of gap it is.
    kind: Option<usize>,
    /// The relation from gaps to what answers them.
    answers: Option<RelationId>,
}

impl GapKeys {
    pub(super) fn read(spec: &mut Spec<'_>, chain: TypeId) -> Option<Self> {
        let entity_type = spec.required_type("gaps")?;
        let by = spec.relation_to(entity_type, "gaps_by", "gaps", chain)?;
        let is_choice = |kind: &Kind| matches!(kind, Kind::Choice(_));
        let is_right = spec.check_field(&[entity_type], "gap_kind", is_choice);
        let kind = spec.field(entity_type, "gap_kind", &["kind"], is_choice);
        let answers = spec.usual_relation(entity_type, "answers", &["addressed_by"])?;
        is_right.then_some(Self { entity_type, by, kind, answers })
    }
}

/// The gaps at each link of a chain, in the order of their type. A gap also counts for what its links belong to.
pub(super) fn by_link(
    scope: &Scope,
    keys: &GapKeys,
    ancestors: &mut Ancestors<'_>,
) -> HashMap<EntityId, Vec<EntityId>> {
    let mut gaps: HashMap<EntityId, Vec<EntityId>> = HashMap::new();
    for id in scope.order(keys.entity_type) {
        for link in ancestors.with(scope.ecosystem.targets(*id, keys.by)) {
            gaps.entry(link).or_default().push(*id);
        }
    }
    gaps
}

/// The number of gaps that nothing answers.
pub(super) fn unanswered(scope: &Scope, keys: &GapKeys, gaps: &[EntityId]) -> usize {
    let Some(answers) = keys.answers else { return 0 };
    gaps.iter().filter(|gap| scope.ecosystem.statements(**gap, answers).next().is_none()).count()
}

/// A gap at one link of the chain, with the other links that it is at.
pub(super) fn gap(scope: &Scope, keys: &GapKeys, id: EntityId, link: EntityId) -> ChainGap {
    let info = scope.ecosystem.schema.get(keys.entity_type);
    let kind = keys.kind.and_then(|at| {
        let value = scope.ecosystem.entity(id).values(at).first()?;
        Some(info.fields[at].kind.option(value, &Filling::new(scope))?.text)
    });
    let mut others = scope.ecosystem.targets(id, keys.by);
    others.retain(|other| *other != link);
    scope.ecosystem.sort(&mut others, scope.lang);
    ChainGap {
        card: card(scope, id),
        kind,
        sources: info.sources.map(|sources| links(scope, id, sources)).unwrap_or_default(),
        answers: keys.answers.map(|answers| links(scope, id, answers)).unwrap_or_default(),
        others: cards(scope, others),
    }
}
