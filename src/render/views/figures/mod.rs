//! Figures: entities grouped by their subjects, with contradicting ones side by side.

mod shapes;
mod roles;
mod contradictions;
mod drawing;

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::kind::{self, Dated, View};
use super::spec::Spec;
use crate::model::{Ecosystem, EntityId};
use crate::render::engine::functions::optional_text;
use crate::render::parts::fair_share::fair_share;
use crate::render::parts::{card, type_value};
use crate::render::scope::Scope;
use crate::schema::{RelationId, TypeId};
use contradictions::{contradicting, disputes};
use drawing::Drawing;
use roles::{Names, Roles};

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
        spec.keys("figures", &[&["of", "by", "against"], &Roles::KEYS[..]].concat());
        let entity_type = spec.entity_type()?;
        let by = spec.optional_relation(entity_type, "by");
        let against = spec.relation_to_itself(entity_type, "against");
        let roles = Roles::read(spec, entity_type);
        Some(Box::new(Figures { entity_type, by: by?, against: against?, roles: roles? }))
    }

    fn functions(&self, engine: &mut Tera, scope: &Arc<Scope>) {
        let scope = scope.clone();
        engine.register_function("dispute", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let id = scope.find(kwargs.must_get::<&str>("key")?)?;
            let name = |key| optional_text(&kwargs, key);
            let names = Names {
                sources: name("sources")?,
                period: name("period")?,
                geography: name("geography")?,
                note: name("note")?,
            };
            dispute(&scope, id, kwargs.must_get::<&str>("against")?, &names)
        });
    }

    fn usual_names(&self) -> &'static [&'static str] {
        &["period", "year", "geography", "note"]
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
    roles: Roles,
}

impl View for Figures {
    fn value(&self, scope: &Scope) -> Value {
        let ecosystem = &scope.ecosystem;
        let groups = self.groups(scope);
        let most = fair_share(groups.values().map(|group| group.figures.len()), MOST);
        let mut drawing = Drawing::new(scope, &self.roles);
        let subject_type = |group: &Group| group.subject.map(|id| ecosystem.entity(id).entity_type);
        let groups = groups.values().map(|group| (subject_type(group), group_value(&mut drawing, scope, group, most)));
        let groups: Vec<(Option<TypeId>, Value)> = groups.collect();
        let sections = groups.chunk_by(|a, b| a.0 == b.0).map(|section| {
            let of = section[0].0.map(|entity_type| type_value(scope, entity_type));
            let groups = section.iter().map(|(_, group)| group.clone());
            shapes::FigureSection { of, groups: groups.collect() }.into()
        });
        shapes::Figures {
            kind: "figures",
            of: type_value(scope, self.entity_type),
            sections: sections.collect(),
            disputes: drawing.disputes,
        }
        .into()
    }

    fn dated(&self) -> Option<Dated> {
        Some(Dated { entity_type: self.entity_type, fields: self.roles.period.clone() })
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

/// An entity and the entities that contradict it, by source; none if no entity contradicts it.
fn dispute(scope: &Scope, id: EntityId, against: &str, names: &Names<'_>) -> TeraResult<Value> {
    let ecosystem = &scope.ecosystem;
    let entity_type = ecosystem.entity(id).entity_type;
    let relation = ecosystem.schema.relations_of(entity_type).find(|(_, relation)| &*relation.id == against);
    let Some((relation, _)) = relation else { return Ok(Value::none()) };
    let roles = Roles::by_names(&ecosystem.schema, entity_type, names)?;
    let mut members = contradicting(ecosystem, id, relation, MOST_VOICES + 1);
    let more = members.len() > MOST_VOICES;
    members.truncate(MOST_VOICES);
    if members.len() < 2 {
        return Ok(Value::none());
    }
    Ok(Drawing::new(scope, &roles).dispute(&members, more))
}

/// The figures about one subject, at most `most` of those that contradict no others.
fn group_value(drawing: &mut Drawing<'_>, scope: &Scope, group: &Group, most: usize) -> Value {
    let disputes = group.disputes.iter().map(|members| {
        let first = &members[..members.len().min(MOST_VOICES)];
        drawing.dispute(first, first.len() < members.len())
    });
    let disputes = disputes.collect();
    shapes::FigureGroup {
        card: group.subject.map(|id| card(scope, id)),
        disputes,
        figures: group.figures.iter().take(most).map(|id| drawing.figure(*id)).collect(),
        more: group.figures.len().saturating_sub(most),
    }
    .into()
}
