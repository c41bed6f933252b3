//! The list of all pages for search engines (sitemaps.org).

use std::fmt::Write as _;
use std::io::Write;

use super::output::{self, Failure, Input, Plan};
use super::xml::xml;
use crate::locale::Lang;
use crate::render::scope::Scope;
use crate::site::{self, Route, RouteKind, Subject};
use crate::values::Date;

/// The path of the sitemap.
pub(super) const PATH: &str = "/sitemap.xml";
/// The maximum number of addresses in a sitemap, by the protocol.
const SITEMAP_SIZE: usize = 50_000;

pub(super) struct Output;

impl output::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        plan.add(PATH, Subject::Site);
        let pages = site::count_pages(plan.ecosystem);
        if pages > SITEMAP_SIZE {
            for part in 1..=pages.div_ceil(SITEMAP_SIZE) {
                plan.add(part_path(part), Subject::Part(part));
            }
        }
    }

    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let part = match input.subject {
            Subject::Part(part) => Some(part),
            _ => None,
        };
        Ok(out.write_all(sitemap(input.scope, part).as_bytes())?)
    }
}

/// The path of a part, from 1.
fn part_path(part: usize) -> String {
    format!("/sitemap-{part}.xml")
}

/// The list of all pages, or the list of its parts where there are too many for one, or one of the parts
/// (sitemaps.org).
fn sitemap(scope: &Scope, part: Option<usize>) -> String {
    let all: Vec<&Route> = scope.site.pages().collect();
    let head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    if part.is_none() && all.len() > SITEMAP_SIZE {
        let mut out = format!("{head}<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        for part in 1..=all.len().div_ceil(SITEMAP_SIZE) {
            let _ = writeln!(out, "<sitemap><loc>{}</loc></sitemap>", xml(&scope.canonical(&part_path(part))));
        }
        out.push_str("</sitemapindex>\n");
        return out;
    }
    let mut out = format!(
        "{head}<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n"
    );
    for route in all.iter().skip((part.unwrap_or(1) - 1) * SITEMAP_SIZE).take(SITEMAP_SIZE) {
        let _ = write!(out, "<url><loc>{}</loc>", xml(&scope.canonical(&route.path)));
        if let Some(updated) = updated(scope, route) {
            let _ = write!(out, "<lastmod>{updated}</lastmod>");
        }
        alternates(scope, route, &mut out);
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

fn updated(scope: &Scope, route: &Route) -> Option<Date> {
    match &route.kind {
        RouteKind::Entity(id) => scope.ecosystem.entity(*id).updated,
        RouteKind::Page(id) => scope.ecosystem.page(*id).updated,
        _ => None,
    }
}

/// Adds the alternates of a page, if it is translated into this language and another one.
fn alternates(scope: &Scope, route: &Route, out: &mut String) {
    let languages = &scope.ecosystem.config.languages;
    let translated: Vec<Lang> =
        languages.all().filter(|lang| site::is_translated(&scope.ecosystem, &route.kind, *lang)).collect();
    if translated.len() < 2 || !translated.contains(&route.lang) {
        return;
    }
    for lang in translated {
        let url = scope.canonical(&site::path_in(&scope.ecosystem, &route.kind, lang));
        let _ =
            write!(out, "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>", languages.tag(lang), xml(&url));
    }
}
