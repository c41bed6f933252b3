//! What programs read: feeds, sitemaps, redirects, robots.

use std::fmt::Write;

use pulldown_cmark_escape::escape_html;

use super::pages::{Pages, is_translated, latest, path_in};
use crate::locale::Lang;
use crate::model::{Date, PageId, PageKind};
use crate::site::{self, Route, RouteKind, SITEMAP_SIZE, Site};

/// How many entries a feed has.
const FEED_SIZE: usize = 50;

/// Text for XML.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // XML knows no control characters but these three (XML 1.0, section 2.2).
    let clean: String = text.chars().filter(|char| !char.is_control() || matches!(char, '\t' | '\n' | '\r')).collect();
    let _ = escape_html(&mut out, &clean);
    out
}

/// What changed last, as an Atom feed (RFC 4287).
pub(super) fn feed(pages: &Pages, lang: Lang) -> String {
    struct Entry {
        updated: Date,
        title: String,
        summary: String,
        url: String,
    }
    let ecosystem = &pages.ecosystem;
    let entities = latest(ecosystem, lang).into_iter().take(FEED_SIZE).filter_map(|id| {
        let entity = ecosystem.entity(id);
        Some(Entry {
            updated: entity.updated?,
            title: pages.title(id, lang),
            summary: entity.summary.text(lang).to_owned(),
            url: pages.canonical(&site::entity_path(ecosystem, id, lang)),
        })
    });
    let free = ecosystem.published_pages().filter(|(_, page)| page.kind == PageKind::Free);
    let free = free.filter_map(|(id, page)| {
        Some(Entry {
            updated: page.updated?,
            title: pages.page_title(id, lang),
            summary: page.summary.text(lang).to_owned(),
            url: pages.canonical(&site::page_path(ecosystem, id, lang)),
        })
    });
    let mut entries: Vec<Entry> = entities.chain(free).collect();
    entries.sort_by(|a, b| b.updated.cmp(&a.updated).then_with(|| a.url.cmp(&b.url)));
    entries.truncate(FEED_SIZE);
    let config = &ecosystem.config;
    let home = pages.canonical(&site::page_path(ecosystem, PageId::HOME, lang));
    // A feed has to say when it changed; one without entries has not changed since the beginning of time.
    let updated = entries.first().map_or_else(|| String::from("1970-01-01T00:00:00Z"), |entry| moment(entry.updated));
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<id>{home}</id>\n<title>{}</title>\n<updated>{updated}</updated>\n<author><name>{}</name></author>\n<link rel=\"alternate\" type=\"text/html\" href=\"{home}\"/>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n",
        pages.tag(lang),
        xml(config.title(lang)),
        xml(config.title(lang)),
        xml(&pages.canonical(&site::feed_path(config, lang))),
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

/// The list of all pages, or the list of its parts where there are too many for one, or one of the parts (sitemaps.org).
pub(super) fn sitemap(pages: &Pages, site: &Site, part: Option<usize>) -> String {
    let all: Vec<&Route> = site.pages().collect();
    let head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    if part.is_none() && all.len() > SITEMAP_SIZE {
        let mut out = format!("{head}<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        for part in 1..=all.len().div_ceil(SITEMAP_SIZE) {
            let _ = writeln!(
                out,
                "<sitemap><loc>{}</loc></sitemap>",
                xml(&pages.canonical(&format!("/sitemap-{part}.xml")))
            );
        }
        out.push_str("</sitemapindex>\n");
        return out;
    }
    let mut out = format!(
        "{head}<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n"
    );
    for route in all.iter().skip((part.unwrap_or(1) - 1) * SITEMAP_SIZE).take(SITEMAP_SIZE) {
        let _ = write!(out, "<url><loc>{}</loc>", xml(&pages.canonical(&route.path)));
        if let Some(updated) = updated(pages, route) {
            let _ = write!(out, "<lastmod>{updated}</lastmod>");
        }
        alternates(pages, route, &mut out);
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

fn updated(pages: &Pages, route: &Route) -> Option<Date> {
    match &route.kind {
        RouteKind::Entity(id) => pages.ecosystem.entity(*id).updated,
        RouteKind::Page(id) => pages.ecosystem.page(*id).updated,
        _ => None,
    }
}

/// The page in the languages that it is translated into, if this one is among them and not alone.
fn alternates(pages: &Pages, route: &Route, out: &mut String) {
    let languages = &pages.ecosystem.config.languages;
    let translated: Vec<Lang> =
        languages.all().filter(|lang| is_translated(&pages.ecosystem, &route.kind, *lang)).collect();
    if translated.len() < 2 || !translated.contains(&route.lang) {
        return;
    }
    for lang in translated {
        let url = pages.canonical(&path_in(&pages.ecosystem, &route.kind, lang));
        let _ =
            write!(out, "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>", languages.tag(lang), xml(&url));
    }
}

/// What search engines may read: everything.
pub(super) fn robots(pages: &Pages) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", pages.canonical("/sitemap.xml"))
}

/// The page of an old path: it leads on at once, by itself and by its link.
pub(super) fn redirect(pages: &Pages, to: &str) -> String {
    let address = xml(&pages.address(to));
    let canonical = xml(&pages.canonical(to));
    let lang = pages.tag(Lang::DEFAULT);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{canonical}</title>\n<link rel=\"canonical\" href=\"{canonical}\">\n<meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url={address}\">\n</head>\n<body>\n<p><a href=\"{address}\">{canonical}</a></p>\n</body>\n</html>\n"
    )
}

/// The old paths, one a line, as several hosts read them.
pub(super) fn redirects(pages: &Pages, site: &Site) -> String {
    let mut out = String::new();
    for route in &site.routes {
        if let RouteKind::Redirect(to) = &route.kind {
            let _ = writeln!(out, "{} {} 301", pages.address(&route.path), pages.address(to));
        }
    }
    out
}

/// What hosts that read such a list send with every page (the form of Netlify and Cloudflare Pages).
pub(super) fn headers(pages: &Pages) -> String {
    let policy = pages.settings.security_policy.as_deref().unwrap_or_default();
    let path = pages.address("/*");
    format!(
        "{path}\n  Content-Security-Policy: {policy}\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n"
    )
}
