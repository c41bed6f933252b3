//! An Atom feed (RFC 4287) of the latest changes, in each language.

use std::fmt::Write as _;
use std::io::Write;

use super::output::{self, Failure, Input, Plan};
use super::xml::xml;
use crate::model::{PageId, PageKind};
use crate::render::scope::Scope;
use crate::site::{self, Subject};
use crate::values::Date;

/// The maximum number of entries of a feed.
const FEED_SIZE: usize = 50;

pub(super) struct Output;

impl output::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        let config = &plan.ecosystem.config;
        for lang in config.languages.all() {
            plan.add(site::feed_path(config, lang), Subject::Site).lang(lang);
        }
    }

    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        Ok(out.write_all(feed(input.scope).as_bytes())?)
    }
}

struct Entry {
    updated: Date,
    title: String,
    summary: String,
    url: String,
}

/// The entities and pages with the latest changes, the latest first.
fn entries(scope: &Scope) -> Vec<Entry> {
    let (ecosystem, lang) = (&scope.ecosystem, scope.lang);
    let with_pages = scope.latest().iter().copied().filter(|id| ecosystem.has_page(*id));
    let entities = with_pages.take(FEED_SIZE).filter_map(|id| {
        let entity = ecosystem.entity(id);
        Some(Entry {
            updated: entity.updated?,
            title: scope.title(id).text,
            summary: entity.summary.text(lang).to_owned(),
            url: scope.canonical(&site::entity_path(ecosystem, id, lang)),
        })
    });
    let free = ecosystem.published_pages().filter(|(_, page)| page.kind == PageKind::Free);
    let free = free.filter_map(|(id, page)| {
        Some(Entry {
            updated: page.updated?,
            title: scope.page_title(id).text,
            summary: page.summary.text(lang).to_owned(),
            url: scope.canonical(&site::page_path(ecosystem, id, lang)),
        })
    });
    let mut entries: Vec<Entry> = entities.chain(free).collect();
    entries.sort_by(|a, b| b.updated.cmp(&a.updated).then_with(|| a.url.cmp(&b.url)));
    entries.truncate(FEED_SIZE);
    entries
}

fn feed(scope: &Scope) -> String {
    let (entries, config, lang) = (entries(scope), &scope.ecosystem.config, scope.lang);
    let home = scope.canonical(&site::page_path(&scope.ecosystem, PageId::HOME, lang));
    // Atom requires a date of the last change; a feed without entries has the start of Unix time.
    let updated = entries.first().map_or_else(|| String::from("1970-01-01T00:00:00Z"), |entry| moment(entry.updated));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{home}</id>\n<title>{}</title>\n<updated>{updated}</updated>\n<author><name>{}</name></author>\n<link rel=\"alternate\" type=\"text/html\" href=\"{home}\"/>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n",
        scope.tag(),
        xml(config.title(lang)),
        xml(config.title(lang)),
        xml(&scope.canonical(&site::feed_path(config, lang))),
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
        out.push_str("</entry>\n");
    }
    out.push_str("</feed>\n");
    out
}

/// The first moment of a date (RFC 3339).
fn moment(date: Date) -> String {
    format!("{}T00:00:00Z", date.first_day())
}
