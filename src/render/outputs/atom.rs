//! Atom feeds (RFC 4287) of the latest changes, in each language: one of the site, one of each type with pages, and one of what
//! is related to an entity if its type has `feeds = true`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write;

use super::output::{self, Failure, Input, Plan};
use super::xml::xml;
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId, PageId, PageKind};
use crate::render::parts::changes::sentence;
use crate::render::scope::Scope;
use crate::schema::TypeId;
use crate::site::{self, Subject};
use crate::values::Date;

/// The maximum number of entries of a feed.
const FEED_SIZE: usize = 50;

pub(super) struct Output;

impl output::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        let ecosystem = plan.ecosystem;
        let config = &ecosystem.config;
        for lang in config.languages.all() {
            plan.add(site::feed_path(config, lang), Subject::Site).lang(lang);
            for (id, entity_type) in ecosystem.schema.types().filter(|(_, entity_type)| entity_type.pages) {
                let path = site::type_feed_path(ecosystem, id, lang);
                plan.add(path, Subject::Type(id)).lang(lang).declared_at(&entity_type.place);
                for entity in ecosystem.of_type(id).filter(|_| entity_type.feeds) {
                    let path = site::entity_feed_path(ecosystem, entity, lang);
                    plan.add(path, Subject::Entity(entity)).lang(lang).declared_at(&ecosystem.entity(entity).place);
                }
            }
        }
    }

    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        Ok(out.write_all(feed(input.scope, input.subject).as_bytes())?)
    }
}

struct Entry {
    updated: Date,
    title: String,
    summary: String,
    /// What changed last; empty if that is not known.
    change: String,
    url: String,
}

/// The entities and pages with the latest changes, the latest first.
fn entries(scope: &Scope) -> Vec<Entry> {
    let (ecosystem, lang) = (&scope.ecosystem, scope.lang);
    let with_pages = scope.latest().iter().copied().filter(|id| ecosystem.has_page(*id));
    let entities = with_pages.take(FEED_SIZE).filter_map(|id| entry(scope, id));
    let free = ecosystem.published_pages().filter(|(_, page)| page.kind == PageKind::Free);
    let free = free.filter_map(|(id, page)| {
        Some(Entry {
            updated: page.updated?,
            title: scope.page_title(id).text,
            summary: page.summary.text(lang).to_owned(),
            change: String::new(),
            url: scope.canonical(&site::page_path(ecosystem, id, lang)),
        })
    });
    latest(entities.chain(free))
}

/// The entities of a type with the latest changes, the latest first.
fn entries_of(scope: &Scope, entity_type: TypeId) -> Vec<Entry> {
    latest(scope.ecosystem.of_type(entity_type).filter_map(|id| entry(scope, id)))
}

/// What is related to an entity, and the entity itself: as on its page, but without sources.
fn related(ecosystem: &Ecosystem, id: EntityId, lang: Lang) -> BTreeSet<EntityId> {
    let groups = ecosystem.groups_with_below(id, lang).into_iter();
    let linked = groups.flat_map(|group| {
        let below = group.below.into_iter().map(|reached| reached.entity);
        group.links.into_iter().map(|(other, _)| other).chain(below).collect::<Vec<_>>()
    });
    let derived = &ecosystem.schema.get(ecosystem.entity(id).entity_type).derived;
    let derived = derived.iter().flat_map(|derived| ecosystem.derived_by_number(id, derived));
    let others = linked.chain(derived.map(|reached| reached.entity));
    let is_news = |other: &EntityId| {
        let owner = ecosystem.schema.get(ecosystem.entity(*other).entity_type);
        owner.pages && !owner.citation
    };
    others.filter(is_news).chain([id]).collect()
}

/// An entity; none if it is not known when it changed.
fn entry(scope: &Scope, id: EntityId) -> Option<Entry> {
    let entity = scope.ecosystem.entity(id);
    Some(Entry {
        updated: entity.updated?,
        title: scope.title(id).text,
        summary: entity.summary.text(scope.lang).to_owned(),
        change: scope.ecosystem.events_of(id).next().map(|event| sentence(scope, event)).unwrap_or_default(),
        url: scope.canonical(&site::entity_path(&scope.ecosystem, id, scope.lang)),
    })
}

fn latest(entries: impl Iterator<Item = Entry>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = entries.collect();
    entries.sort_by(|a, b| b.updated.cmp(&a.updated).then_with(|| a.url.cmp(&b.url)));
    entries.truncate(FEED_SIZE);
    entries
}

/// The feed of the site, of a type or of what is related to an entity.
fn feed(scope: &Scope, subject: Subject) -> String {
    let (ecosystem, config, lang) = (&scope.ecosystem, &scope.ecosystem.config, scope.lang);
    let (entries, page, path, name) = match subject {
        Subject::Type(id) => {
            let page = site::page_path(ecosystem, PageId::index_of(id), lang);
            let name = scope.words(&ecosystem.schema.get(id).plural).text;
            (entries_of(scope, id), page, site::type_feed_path(ecosystem, id, lang), Some(name))
        }
        Subject::Entity(id) => {
            let entries = latest(related(ecosystem, id, lang).into_iter().filter_map(|id| entry(scope, id)));
            let page = site::entity_path(ecosystem, id, lang);
            (entries, page, site::entity_feed_path(ecosystem, id, lang), Some(scope.title(id).text))
        }
        _ => (entries(scope), site::page_path(ecosystem, PageId::HOME, lang), site::feed_path(config, lang), None),
    };
    let home = scope.canonical(&page);
    let title = format!("{}{}", config.title(lang), name.map(|name| format!(" – {name}")).unwrap_or_default());
    // Atom requires a date of the last change; a feed without entries has the start of Unix time.
    let updated = entries.first().map_or_else(|| String::from("1970-01-01T00:00:00Z"), |entry| moment(entry.updated));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{home}</id>\n<title>{}</title>\n<updated>{updated}</updated>\n<author><name>{}</name></author>\n<link rel=\"alternate\" type=\"text/html\" href=\"{home}\"/>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n",
        scope.tag(),
        xml(&title),
        xml(config.title(lang)),
        xml(&scope.canonical(&path)),
        home = xml(&home),
    );
    for entry in entries {
        let url = xml(&entry.url);
        let _ = write!(
            out,
            "<entry>\n<id>{url}</id>\n<title>{}</title>\n<updated>{}</updated>\n<link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>\n",
            xml(&entry.title),
            moment(entry.updated),
        );
        if !entry.summary.is_empty() {
            let _ = writeln!(out, "<summary>{}</summary>", xml(&entry.summary));
        }
        if !entry.change.is_empty() {
            let _ = writeln!(out, "<content type=\"text\">{}</content>", xml(&entry.change));
        }
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    out
}

/// The first moment of a date (RFC 3339).
fn moment(date: Date) -> String {
    format!("{}T00:00:00Z", date.first_day())
}
