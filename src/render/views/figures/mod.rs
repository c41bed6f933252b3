//! Figures: entities grouped by their subjects, with contradicting ones side by side.

mod shapes;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::kind::{self, View};
use super::spec::Spec;
use crate::model::{Ecosystem, EntityId};
use crate::render::parts::fair_share::fair_share;
use crate::render::parts::{card, cards, entity, type_info};
use crate::render::scope::Scope;
use crate::schema::{RelationId, Schema, TypeId};

/// The default id of the relation from a figure to its source.
const SOURCES: &str = "sources";
/// The maximum number of figures on a page, without those that contradict others. Each group counts the figures that
/// are left out.
const MOST: usize = 1_000;
/// The maximum number of contradicting figures side by side.
const MOST_VOICES: usize = 60;

pub(crate) struct Kind;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        "figures"
    }

    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>> {
        spec.keys("figures", &["of", "by", "against", "sources"]);
        let entity_type = spec.entity_type()?;
        let (by, against) = (spec.optional_relation(entity_type, "by"), spec.optional_relation(entity_type, "against"));
        let sources = spec.optional_relation(entity_type, "sources");
        if let Some(Some(against)) = against
            && !spec.schema.relation(against).to.contains(&entity_type)
        {
            let message = format!(
                "the relation \"{}\" does not lead from one figure to another",
                spec.schema.relation(against).id
            );
            spec.report("against", message, "\"against\" is a relation of the type to itself");
            return None;
        }
        let sources = sources?.or_else(|| source_relation(spec.schema, entity_type, SOURCES));
        Some(Box::new(Figures { entity_type, by: by?, against: against?, sources }))
    }

    fn functions(&self, engine: &mut Tera, scope: &Arc<Scope>) {
        let scope = scope.clone();
        engine.register_function("dispute", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let id = scope.find(kwargs.must_get::<&str>("key")?)?;
            Ok(dispute(&scope, id, kwargs.must_get::<&str>("against")?, kwargs.get::<&str>("sources")?))
        });
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        shapes::SHAPES
    }
}

struct Figures {
    entity_type: TypeId,
    /// The relation whose targets are the groups; without it there is one group.
    by: Option<RelationId>,
    /// The relation between figures that contradict one another.
    against: Option<RelationId>,
    /// The relation from a figure to its source.
    sources: Option<RelationId>,
}

impl View for Figures {
    fn value(&self, scope: &Scope) -> Value {
        let ecosystem = &scope.ecosystem;
        let groups = self.groups(scope);
        let most = fair_share(groups.values().map(|group| group.figures.len()), MOST);
        let mut drawing = Drawing { scope, sources: self.sources, most, disputes: 0 };
        let subject_type = |group: &Group| group.subject.map(|id| ecosystem.entity(id).entity_type);
        let groups = groups.values().map(|group| (subject_type(group), drawing.group(group)));
        let groups: Vec<(Option<TypeId>, Value)> = groups.collect();
        let sections = groups.chunk_by(|a, b| a.0 == b.0).map(|section| {
            let of = section[0].0.map(|entity_type| type_info(scope, entity_type).into());
            let groups = section.iter().map(|(_, group)| group.clone());
            shapes::FigureSection { of, groups: groups.collect() }.into()
        });
        shapes::Figures {
            kind: "figures",
            of: type_info(scope, self.entity_type).into(),
            sections: sections.collect(),
            disputes: drawing.disputes,
        }
        .into()
    }
}

impl Figures {
    /// The figures in groups. A figure about several subjects is in the group of the first one. Figures that contradict
    /// one another, directly or through others, are all in the group of the first of them that has a subject.
    fn groups(&self, scope: &Scope) -> BTreeMap<GroupKey, Group> {
        let ecosystem = &scope.ecosystem;
        let subject = |id: EntityId| self.by.and_then(|by| ecosystem.targets(id, by).first().copied());
        let mut groups: BTreeMap<GroupKey, Group> = BTreeMap::new();
        for members in disputes(ecosystem, scope.order(self.entity_type), self.against) {
            let subject = members.iter().find_map(|id| subject(*id));
            let key = subject.map(|id| (type_position(ecosystem, self.by, id), ecosystem.rank(id, scope.lang)));
            let group = groups.entry((key.is_none(), key)).or_insert_with(|| Group { subject, ..Group::default() });
            match members.as_slice() {
                [alone] => group.figures.push(*alone),
                _ => group.disputes.push(members),
            }
        }
        groups
    }
}

/// What groups are sorted by: whether a group has no subject, then the position of its subject's type and the subject's
/// rank.
type GroupKey = (bool, Option<((usize, TypeId), u32)>);

/// The figures about one subject.
#[derive(Default)]
struct Group {
    subject: Option<EntityId>,
    disputes: Vec<Vec<EntityId>>,
    figures: Vec<EntityId>,
}

/// The position of an entity's type among those that a relation leads to.
fn type_position(ecosystem: &Ecosystem, by: Option<RelationId>, id: EntityId) -> (usize, TypeId) {
    let entity_type = ecosystem.entity(id).entity_type;
    let position = by.and_then(|by| ecosystem.schema.relation(by).to.iter().position(|to| *to == entity_type));
    (position.unwrap_or(usize::MAX), entity_type)
}

/// The entities in sets whose members contradict one another, directly or through others; most sets have one member.
/// Order is kept.
fn disputes(ecosystem: &Ecosystem, ids: &[EntityId], against: Option<RelationId>) -> Vec<Vec<EntityId>> {
    let Some(against) = against else { return ids.iter().map(|id| vec![*id]).collect() };
    let order: BTreeMap<EntityId, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut seen: BTreeSet<EntityId> = BTreeSet::new();
    let mut sets = Vec::new();
    for id in ids {
        if !seen.contains(id) {
            let mut set = contradicting(ecosystem, *id, against, usize::MAX);
            set.sort_by_key(|id| order.get(id));
            seen.extend(&set);
            sets.push(set);
        }
    }
    sets
}

/// An entity and those of its type that contradict it, directly or through others: a connected component, by
/// breadth-first search, cut to at most `most` entities.
fn contradicting(ecosystem: &Ecosystem, start: EntityId, against: RelationId, most: usize) -> Vec<EntityId> {
    let (mut component, mut seen) = (vec![start], BTreeSet::from([start]));
    let mut next = 0;
    while next < component.len() && component.len() < most {
        let id = component[next];
        let own = ecosystem.statements(id, against).map(|link| link.to);
        let others = own.chain(ecosystem.statements_about(id, against).map(|link| link.from));
        let of_type =
            others.filter(|other| ecosystem.entity(*other).entity_type == ecosystem.entity(start).entity_type);
        component.extend(of_type.filter(|other| seen.insert(*other)));
        next += 1;
    }
    component.truncate(most);
    component
}

/// What contradicts an entity, source by source, with the entity itself; none where nothing does.
fn dispute(scope: &Scope, id: EntityId, against: &str, sources: Option<&str>) -> Value {
    let ecosystem = &scope.ecosystem;
    let entity_type = ecosystem.entity(id).entity_type;
    let relation = ecosystem.schema.relations_of(entity_type).find(|(_, relation)| &*relation.id == against);
    let Some((relation, _)) = relation else { return Value::none() };
    let mut members = contradicting(ecosystem, id, relation, MOST_VOICES + 1);
    let more = members.len() > MOST_VOICES;
    members.truncate(MOST_VOICES);
    if members.len() < 2 {
        return Value::none();
    }
    let sources = source_relation(&ecosystem.schema, entity_type, sources.unwrap_or(SOURCES));
    Drawing { scope, sources, most: MOST, disputes: 0 }.dispute(&members, more)
}

/// The relation that says which source states a figure: the one of this name, or else the first one that leads to
/// sources.
fn source_relation(schema: &Schema, entity_type: TypeId, name: &str) -> Option<RelationId> {
    let citations = || schema.relations_of(entity_type).filter(|(_, relation)| relation.citation);
    let relation = citations().find(|(_, relation)| &*relation.id == name).or_else(|| citations().next());
    relation.map(|(id, _)| id)
}

/// Makes the values of groups for templates.
struct Drawing<'a> {
    scope: &'a Scope,
    /// The relation from a figure to its source.
    sources: Option<RelationId>,
    /// The maximum number of figures in each group.
    most: usize,
    /// How many sets of figures that contradict one another there are so far.
    disputes: usize,
}

impl Drawing<'_> {
    fn group(&mut self, group: &Group) -> Value {
        let disputes = group.disputes.iter().map(|members| {
            let first = &members[..members.len().min(MOST_VOICES)];
            self.dispute(first, first.len() < members.len())
        });
        let disputes = disputes.collect();
        let entity = |id: &EntityId| entity::elsewhere(self.scope, *id).into();
        shapes::FigureGroup {
            card: group.subject.map(|id| card(self.scope, id)),
            disputes,
            figures: group.figures.iter().take(self.most).map(entity).collect(),
            more: group.figures.len().saturating_sub(self.most),
        }
        .into()
    }

    /// What each source states, the sources in the order of their first figures.
    fn dispute(&mut self, members: &[EntityId], more: bool) -> Value {
        self.disputes += 1;
        let mut voices: Vec<(BTreeSet<EntityId>, Vec<EntityId>)> = Vec::new();
        let mut positions: BTreeMap<BTreeSet<EntityId>, usize> = BTreeMap::new();
        for id in members {
            let sources = self.sources(*id);
            let at = *positions.entry(sources.clone()).or_insert(voices.len());
            if at == voices.len() {
                voices.push((sources, Vec::new()));
            }
            voices[at].1.push(*id);
        }
        let voices = voices.into_iter().map(|(sources, figures)| {
            let figures = figures.into_iter().map(|id| entity::elsewhere(self.scope, id).into());
            shapes::Voice { sources: cards(self.scope, sources), figures: figures.collect() }.into()
        });
        shapes::Dispute { number: self.disputes, voices: voices.collect(), more }.into()
    }

    fn sources(&self, id: EntityId) -> BTreeSet<EntityId> {
        let statements = self.sources.into_iter().flat_map(|sources| self.scope.ecosystem.statements(id, sources));
        statements.map(|link| link.to).collect()
    }
}
