//! A wall: all entities of a type by name on one page, in sections and groups. Those with many relations are larger.
//!
//! In: the entities of a type, and two of their fields or relations. Out: sections with groups of entities, each with
//! the class of its size.

mod shapes;
mod groups;
mod sizes;

use tera::Value;

use self::groups::{Group, rest};
use self::sizes::Sizes;
use super::kind::{self, View};
use super::spec::Spec;
use crate::model::EntityId;
use crate::render::parts::fair_share::fair_share;
use crate::render::parts::{card, type_value};
use crate::render::scope::Scope;
use crate::schema::{Property, TypeId};
use crate::values::Kind as ValueKind;

/// The maximum number of names on a page. Each group counts those that are left out.
const MOST: usize = 3_000;

pub(crate) struct Kind;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        "wall"
    }

    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>> {
        spec.keys("a wall", &["of", "sections", "groups"]);
        let entity_type = spec.entity_type()?;
        let has_options = |kind: &ValueKind| ValueKind::facets().any(|name| name == kind.name());
        let sections = spec.property(entity_type, "sections", has_options);
        let groups = if spec.has("groups") { Some(spec.property(entity_type, "groups", has_options)?) } else { None };
        Some(Box::new(Wall { entity_type, sections: sections?, groups }))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        shapes::SHAPES
    }
}

struct Wall {
    entity_type: TypeId,
    sections: Property,
    groups: Option<Property>,
}

impl View for Wall {
    fn value(&self, scope: &Scope) -> Value {
        let all = scope.order(self.entity_type);
        let sizes = Sizes::new(&scope.ecosystem, all);
        let sections = groups::by(scope, self.entity_type, self.sections, all);
        let without = rest(&sections, all);
        let divided: Vec<(Group, Vec<Group>)> =
            sections.into_iter().map(|section| self.divide(scope, section)).collect();
        let without = self.divide(scope, Group::nameless(without)).1;
        let groups = divided.iter().flat_map(|(_, groups)| groups).chain(&without);
        let most = fair_share(groups.map(|group| group.entities.len()), MOST);
        let shapes_of = |groups: &[Group]| groups.iter().map(|group| wall_group(scope, group, &sizes, most)).collect();
        let sections = divided.iter().map(|(section, groups)| -> Value {
            shapes::WallSection {
                id: section.id.clone(),
                title: section.title.clone(),
                url: section.url.clone(),
                depth: section.depth,
                count: section.entities.len(),
                groups: shapes_of(groups),
            }
            .into()
        });
        let label = |property| scope.words(scope.ecosystem.schema.label(self.entity_type, property));
        shapes::Wall {
            kind: "wall",
            of: type_value(scope, self.entity_type),
            section_label: label(self.sections),
            group_label: self.groups.map(label),
            sections: sections.collect(),
            without: shapes_of(&without),
        }
        .into()
    }
}

impl Wall {
    /// A section with its groups; those of its entities that are in none come last. Without the key `groups` there is
    /// one, without a name.
    fn divide(&self, scope: &Scope, section: Group) -> (Group, Vec<Group>) {
        let Some(property) = self.groups else {
            let all = Group::nameless(section.entities.clone());
            return (section, Some(all).filter(|all| !all.entities.is_empty()).into_iter().collect());
        };
        let mut groups = groups::by(scope, self.entity_type, property, &section.entities);
        let without = rest(&groups, &section.entities);
        if !without.is_empty() {
            groups.push(Group::nameless(without));
        }
        (section, groups)
    }
}

fn wall_group(scope: &Scope, group: &Group, sizes: &Sizes, most: usize) -> Value {
    let name = |id: &EntityId| -> Value { shapes::WallName { card: card(scope, *id), size: sizes.class(*id) }.into() };
    shapes::WallGroup {
        title: group.title.clone(),
        url: group.url.clone(),
        names: group.entities.iter().take(most).map(name).collect(),
        more: group.entities.len().saturating_sub(most),
    }
    .into()
}
