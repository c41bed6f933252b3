//! What happened to the profiles, as the history of their files tells it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::ecosystem::Ecosystem;
use super::event::{Difference, Event, EventKind, EventSubject, Part};
use super::ids::PageId;
use super::page;
use crate::history::{Change, Changed, History, PROSE, What};
use crate::locale::Lang;
use crate::parse::{self, Role};
use crate::schema::{Member, TypeId};
use crate::values::Date;

/// What the history says of a site.
pub(in crate::model) struct Past {
    /// What happened to the profiles, the newest first; on one day, in the order of the entities.
    events: Vec<Event>,
    /// The day on which each free page last changed.
    pages: BTreeMap<PageId, Date>,
}

/// What the history says of a site.
pub(in crate::model) fn read(ecosystem: &Ecosystem, history: &History) -> Past {
    let mut days: BTreeMap<Date, BTreeMap<EventSubject, EventKind>> = BTreeMap::new();
    let mut pages: BTreeMap<PageId, Date> = BTreeMap::new();
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
                Role::Page(path) => {
                    // The changes are in the order of their days, so the first one is the newest.
                    if let Some(page) = page::find(&ecosystem.pages, &ecosystem.schema, path) {
                        pages.entry(page).or_insert(date);
                    }
                    continue;
                }
                _ => continue,
            };
            if let Some((subject, kind)) = event(ecosystem, owner, id, lang, &entry.what) {
                let events = days.entry(date).or_default();
                match events.get_mut(&subject) {
                    Some(later) => later.join(kind),
                    None => drop(events.insert(subject, kind)),
                }
            }
        }
    }
    let events = days
        .into_iter()
        .rev()
        .flat_map(|(date, events)| events.into_iter().map(move |(subject, kind)| Event { date, subject, kind }));
    Past { events: events.collect(), pages }
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
        _ if lang != Lang::DEFAULT => {
            EventKind::Changed(vec![Difference { part: Part::Translation(lang), sides: None }])
        }
        What::New(_) => EventKind::Added,
        // It came back later.
        What::Gone(_) => return None,
        What::Changed(keys) => {
            let differences = differences(ecosystem, owner, keys);
            if differences.is_empty() && !keys.is_empty() {
                return None;
            }
            EventKind::Changed(differences)
        }
    };
    Some((EventSubject::Entity(entity), kind))
}

/// What readers see of the keys that changed, in the order of the parts.
fn differences(ecosystem: &Ecosystem, owner: TypeId, keys: &[Changed]) -> Vec<Difference> {
    let mut differences: Vec<Difference> = Vec::new();
    for Changed { key, sides } in keys {
        let Some(part) = part(ecosystem, owner, key) else { continue };
        // The values of other parts are long, or say nothing to readers.
        let is_told = matches!(part, Part::Member(_)) || &**key == "title";
        let sides = sides.clone().filter(|_| is_told);
        match differences.iter_mut().find(|difference| difference.part == part) {
            // Two keys of one part, such as the title and other names.
            Some(difference) => difference.sides = None,
            None => differences.push(Difference { part, sides }),
        }
    }
    differences.sort();
    differences
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

/// Puts the past into the model: the events of each entity, and `updated` where a profile or a page does not say it: the
/// day of its newest change.
pub(in crate::model) fn put(ecosystem: &mut Ecosystem, past: Past) {
    for (at, Event { date, subject, .. }) in past.events.iter().enumerate() {
        if let EventSubject::Entity(id) = subject {
            ecosystem.events_of.entry(*id).or_default().push(at as u32);
            // The events are in the order of their days, so the first one is the newest.
            let entity = &mut ecosystem.entities[id.index()];
            if entity.updated.is_none() {
                Arc::make_mut(entity).updated = Some(*date);
            }
        }
    }
    ecosystem.events = past.events;
    for (page, date) in past.pages {
        ecosystem.pages[page.0 as usize].updated.get_or_insert(date);
    }
}
