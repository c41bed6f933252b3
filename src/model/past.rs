//! What happened to the profiles, as the history of their files tells it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::ecosystem::Ecosystem;
use super::event::{Event, EventKind, EventSubject, Part};
use crate::history::{Change, History, PROSE, What};
use crate::locale::Lang;
use crate::parse::{self, Role};
use crate::schema::{Member, TypeId};
use crate::values::Date;

/// The events of a site, the newest first; on one day, in the order of the entities.
pub(in crate::model) fn events(ecosystem: &Ecosystem, history: &History) -> Vec<Event> {
    let mut days: BTreeMap<Date, BTreeMap<EventSubject, EventKind>> = BTreeMap::new();
    // The present path of each file that was moved.
    let mut present: HashMap<&str, &str> = HashMap::new();
    for Change { day, path, was, entries, .. } in &history.changes {
        let path: &str = present.get(&**path).copied().unwrap_or(path);
        if let Some(was) = was {
            present.insert(was, path);
        }
        let Some(date) = Date::parse(&day.to_string()) else { continue };
        let (role, lang) = parse::role_of(path, &ecosystem.config, &ecosystem.schema);
        for entry in entries {
            let (owner, id) = match &role {
                Role::Entity(owner, id) => (*owner, &**id),
                Role::List(owner) => (*owner, &*entry.id),
                _ => continue,
            };
            if let Some((subject, kind)) = event(ecosystem, owner, id, lang, &entry.what) {
                let events = days.entry(date).or_default();
                match events.get_mut(&subject) {
                    Some(earlier) => earlier.join(kind),
                    None => drop(events.insert(subject, kind)),
                }
            }
        }
    }
    let events = days
        .into_iter()
        .rev()
        .flat_map(|(date, events)| events.into_iter().map(move |(subject, kind)| Event { date, subject, kind }));
    events.collect()
}

fn event(ecosystem: &Ecosystem, owner: TypeId, id: &str, lang: Lang, what: &What) -> Option<(EventSubject, EventKind)> {
    let entity = ecosystem.find_any(owner, id);
    let Some(entity) = entity else {
        return match what {
            What::Gone(title) if lang == Lang::DEFAULT && !title.is_empty() => {
                Some((EventSubject::Gone(owner, title.clone()), EventKind::Removed))
            }
            _ => None,
        };
    };
    if !ecosystem.is_published(entity) {
        return None;
    }
    let kind = match what {
        _ if lang != Lang::DEFAULT => EventKind::Changed(vec![Part::Translation(lang)]),
        What::New(_) => EventKind::Added,
        // It came back later.
        What::Gone(_) => return None,
        What::Changed(keys) => {
            let mut parts: Vec<Part> = keys.iter().filter_map(|key| part(ecosystem, owner, key)).collect();
            parts.sort();
            parts.dedup();
            if parts.is_empty() && !keys.is_empty() {
                return None;
            }
            EventKind::Changed(parts)
        }
    };
    Some((EventSubject::Entity(entity), kind))
}

/// The part of a profile that a key is about; none for what readers do not see.
fn part(ecosystem: &Ecosystem, owner: TypeId, key: &str) -> Option<Part> {
    Some(match key {
        PROSE => Part::Prose,
        "title" | "aliases" => Part::Names,
        "summary" => Part::Summary,
        "image" => Part::Image,
        "verified" => Part::Verified,
        _ => {
            let id = |member: &Member| match member {
                Member::Field(at) => &*ecosystem.schema.get(owner).fields[*at].id,
                Member::Relation(relation) => &*ecosystem.schema.relation(*relation).id,
            };
            let members = &ecosystem.schema.get(owner).members;
            let at = members.iter().position(|member| id(member) == key)?;
            let is_hidden = matches!(members[at], Member::Field(at) if ecosystem.schema.get(owner).fields[at].hidden);
            return (!is_hidden).then_some(Part::Member(at));
        }
    })
}

/// Sets what follows from the events: those of each entity, and `updated` where a profile does not say it: the day of its
/// newest event.
pub(in crate::model) fn index(ecosystem: &mut Ecosystem) {
    for (at, Event { date, subject, .. }) in ecosystem.events.iter().enumerate() {
        if let EventSubject::Entity(id) = subject {
            ecosystem.events_of.entry(*id).or_default().push(at as u32);
            // The events are in the order of their days, so the first one is the newest.
            let entity = &mut ecosystem.entities[id.index()];
            if entity.updated.is_none() {
                Arc::make_mut(entity).updated = Some(*date);
            }
        }
    }
}
