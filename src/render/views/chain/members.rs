//! Those that work in a chain: who is at each link, and what they have in common there.

use std::cmp::Reverse;
use std::collections::HashMap;

use tera::Value;

use super::keys::Keys;
use super::shapes::{ChainGroup, ChainMember, ChainOption};
use crate::model::{EntityId, Link};
use crate::render::parts::card;
use crate::render::parts::entity::brief_attributes;
use crate::render::parts::facets;
use crate::render::parts::hierarchy::Ancestors;
use crate::render::parts::prose::Filling;
use crate::render::scope::{FacetOption, Scope};
use crate::schema::{Property, Sort};

/// The maximum number of options of a group: those with the most members.
const OPTIONS: usize = 40;
/// The maximum number of members that an option names.
const NAMED: usize = 60;

/// The members at all links.
pub(super) struct Members {
    at: HashMap<EntityId, LinkMembers>,
    /// The number of members that are at no link.
    pub elsewhere: usize,
}

/// The members at one link.
#[derive(Default, Clone)]
pub(super) struct LinkMembers {
    /// In the order of their type.
    pub ids: Vec<EntityId>,
}

impl Members {
    /// A member also counts for what its links belong to.
    pub(super) fn new(scope: &Scope, keys: &Keys, ancestors: &mut Ancestors<'_>) -> Self {
        let mut at: HashMap<EntityId, LinkMembers> = HashMap::new();
        let mut elsewhere = 0;
        for id in scope.order(keys.members) {
            let links = ancestors.with(scope.ecosystem.targets(*id, keys.by));
            elsewhere += usize::from(links.is_empty());
            links.into_iter().for_each(|link| at.entry(link).or_default().ids.push(*id));
        }
        Self { at, elsewhere }
    }

    pub(super) fn of(&self, link: EntityId) -> LinkMembers {
        self.at.get(&link).cloned().unwrap_or_default()
    }
}

impl LinkMembers {
    /// The address of the index with the members alone, if it can be filtered by the relation to the chain.
    pub(super) fn filter(&self, scope: &Scope, keys: &Keys, link: EntityId) -> Option<String> {
        let relation = scope.ecosystem.schema.relation(keys.by);
        let is_filtered = relation.facet && scope.settings.listings == Some(true) && !self.ids.is_empty();
        is_filtered.then(|| facets::filter_address(scope, relation, link))
    }

    /// The members by their role, then by each field and relation that the view shows. Empty groups are left out.
    pub(super) fn groups(&self, scope: &Scope, keys: &Keys, link: EntityId) -> Vec<Value> {
        let roles = keys.role.map(|role| self.roles(scope, keys, link, role));
        let shown = keys.show.iter().map(|property| self.shown(scope, keys, link, *property));
        let groups = roles.into_iter().chain(shown).filter(|group| !group.options.is_empty());
        groups.map(Value::from).collect()
    }

    /// The members by an attribute of the relation to the chain, in the order of its choices.
    fn roles(&self, scope: &Scope, keys: &Keys, link: EntityId, role: usize) -> ChainGroup {
        let field = &scope.ecosystem.schema.relation(keys.by).attributes[role];
        let mut options: Vec<(f64, String, String, Vec<EntityId>)> = Vec::new();
        for id in &self.ids {
            for statement in scope.ecosystem.statements(*id, keys.by).filter(|statement| statement.to == link) {
                for attribute in statement.attributes.iter().filter(|attribute| attribute.index == role) {
                    let Some(option) = field.kind.option(&attribute.value, &Filling::new(scope)) else { continue };
                    match options.iter_mut().find(|(_, id, ..)| *id == option.id) {
                        Some((.., ids)) => ids.push(*id),
                        None => options.push((option.rank, option.id, option.text, vec![*id])),
                    }
                }
            }
        }
        options.sort_by(|(a, ..), (b, ..)| a.total_cmp(b));
        let options = options.into_iter().map(|(_, id, title, mut ids)| {
            ids.dedup();
            let members = ids.iter().take(NAMED).map(|id| member(scope, *id, None));
            ChainOption { id, title, url: None, count: ids.len(), filter: None, members: members.collect() }.into()
        });
        ChainGroup { id: field.id.to_string(), label: scope.words(&field.label), options: options.collect() }
    }

    /// The members by one of their fields or relations. Options whose order means nothing are in the order of their
    /// numbers of members.
    fn shown(&self, scope: &Scope, keys: &Keys, link: EntityId, property: Property) -> ChainGroup {
        let schema = &scope.ecosystem.schema;
        let targets = schema.targets(keys.members, property);
        let mut options = facets::options(scope, keys.members, property, &self.ids);
        if !targets.is_empty() && targets.iter().all(|target| schema.get(*target).sort == Sort::Title) {
            options.sort_by_key(|option| (Reverse(option.positions.len()), option.depth));
        }
        options.truncate(OPTIONS);
        let id = schema.properties(keys.members).find(|(_, it)| *it == property).map_or("", |(id, _)| id);
        let filter = self
            .filter(scope, keys, link)
            .filter(|_| facets::is_facet(&scope.ecosystem.schema, keys.members, property));
        let options = options.into_iter().map(|option| -> Value {
            let members = option.positions.iter().take(NAMED).map(|at| {
                let statement = statement(scope, self.ids[*at], property, &option);
                member(scope, self.ids[*at], statement)
            });
            ChainOption {
                members: members.collect(),
                filter: filter.as_ref().map(|address| format!("{address}&{id}={}", option.id)),
                id: option.id,
                title: option.text,
                url: option.url,
                count: option.positions.len(),
            }
            .into()
        });
        let label = scope.words(schema.label(keys.members, property));
        ChainGroup { id: id.to_owned(), label, options: options.collect() }
    }
}

/// The statement by which a member has an option: of several, the one about the option itself.
fn statement<'a>(scope: &'a Scope, member: EntityId, property: Property, option: &FacetOption) -> Option<&'a Link> {
    let Property::Relation(relation) = property else { return None };
    let ecosystem = &scope.ecosystem;
    let is_option = |target: EntityId| match option.id.split_once('/') {
        Some((of, id)) => scope.type_id(target) == of && *ecosystem.entity(target).id == *id,
        None => *ecosystem.entity(target).id == *option.id,
    };
    let direct = ecosystem.statements(member, relation).find(|link| is_option(link.to));
    let mut ancestors = Ancestors::new(ecosystem);
    direct.or_else(|| {
        ecosystem.statements(member, relation).find(|link| ancestors.of(link.to).iter().any(|id| is_option(*id)))
    })
}

fn member(scope: &Scope, id: EntityId, statement: Option<&Link>) -> Value {
    let attributes = statement.map(|statement| brief_attributes(scope, statement)).unwrap_or_default();
    ChainMember { card: card(scope, id), attributes }.into()
}
