//! Sources and relations that are missing.

use super::item::{Item, Kind, incoming, name};
use crate::diagnostics;
use crate::model::{Ecosystem, EntityId};

/// The number of names in a sentence.
const MOST: usize = 5;

pub(super) fn find(ecosystem: &Ecosystem, id: EntityId, items: &mut Vec<Item>) {
    let owner = ecosystem.entity(id).entity_type;
    let info = ecosystem.schema.get(owner);
    let relations: Vec<_> = ecosystem.schema.relations_of(owner).collect();
    let states = |is_source: bool| {
        let own = relations.iter().filter(|(_, relation)| relation.citation == is_source);
        own.map(|(id_of, _)| ecosystem.statements(id, *id_of).count()).sum::<usize>()
    };
    if !info.citation && ecosystem.schema.source_relation(owner).is_some() && states(true) == 0 {
        items.push(Item::new(ecosystem, id, Kind::Unsourced, 65.0, String::from("no source is named")));
    }
    let can_relate = relations.iter().any(|(_, relation)| !relation.citation) || !info.inverses.is_empty();
    let is_related = states(false) > 0 || incoming(ecosystem, id) > 0;
    if can_relate && !is_related && !info.citation {
        let mentions = ecosystem.mentions(id).count();
        items.push(match mentions {
            0 => Item::new(ecosystem, id, Kind::Unrelated, 55.0, String::from("nothing leads to it or from it")),
            count => {
                let texts = if count == 1 { String::from("a text mentions") } else { format!("{count} texts mention") };
                let message = format!("{texts} it, and no relation leads to it or from it");
                Item::new(ecosystem, id, Kind::Mentioned, 50.0, message)
            }
        });
    }
    in_prose_only(ecosystem, id, items);
}

/// What mentions an entity and could have a relation with it, by the schema, and has none.
fn in_prose_only(ecosystem: &Ecosystem, id: EntityId, items: &mut Vec<Item>) {
    let entity = ecosystem.entity(id);
    let joins = |from: EntityId, to: EntityId| {
        let types = (ecosystem.entity(from).entity_type, ecosystem.entity(to).entity_type);
        ecosystem.schema.relations_of(types.0).any(|(_, relation)| !relation.citation && relation.to.contains(&types.1))
    };
    let related = |from: EntityId, to: EntityId| {
        let owner = ecosystem.entity(from).entity_type;
        ecosystem
            .schema
            .relations_of(owner)
            .any(|(relation, _)| ecosystem.statements(from, relation).any(|link| link.to == to))
    };
    let mut others: Vec<EntityId> = ecosystem.mentions(id).collect();
    others.sort_unstable();
    others.dedup();
    others.retain(|other| {
        *other != id && (joins(*other, id) || joins(id, *other)) && !related(*other, id) && !related(id, *other)
    });
    if others.is_empty() || ecosystem.schema.get(entity.entity_type).citation {
        return;
    }
    let names: Vec<String> = others.iter().take(MOST).map(|other| name(ecosystem, *other)).collect();
    let more = if others.len() > MOST { format!(" and {} more", others.len() - MOST) } else { String::new() };
    let listed = diagnostics::list_all(names.iter().map(String::as_str));
    let message = format!("it is named in texts of {listed}{more}, and no relation joins them");
    items.push(Item::new(ecosystem, id, Kind::InProseOnly, 15.0, message));
}
