//! Prose with its slots filled: links, citations, cards, pictures.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use pulldown_cmark_escape::{escape_href, escape_html};
use tera::Value;

use super::pages::Pages;
use super::views::{self, text};
use crate::locale::{Lang, Localised};
use crate::model::{Body, EntityId, Target};
use crate::parse::{SlotKind, Words};
use crate::site;

/// The sources that a page cites, in the order in which it does.
#[derive(Default)]
pub(super) struct Citations {
    sources: Vec<(EntityId, Cited)>,
    by_source: BTreeMap<EntityId, usize>,
    count: usize,
}

#[derive(Default)]
struct Cited {
    locators: Vec<Box<str>>,
    anchors: Vec<String>,
}

impl Citations {
    /// The number of a source on this page, and the anchor of this citation of it.
    fn cite(&mut self, source: EntityId, locator: &str) -> (usize, String) {
        let next = self.sources.len();
        let at = *self.by_source.entry(source).or_insert(next);
        if at == next {
            self.sources.push((source, Cited::default()));
        }
        self.count += 1;
        let anchor = format!("cite_{}", self.count);
        let cited = &mut self.sources[at].1;
        cited.anchors.push(anchor.clone());
        if !locator.is_empty() && !cited.locators.iter().any(|known| **known == *locator) {
            cited.locators.push(locator.into());
        }
        (at + 1, anchor)
    }

    /// The list of references.
    pub(super) fn references(self, pages: &Pages, lang: Lang) -> Vec<Value> {
        let references = self.sources.into_iter().enumerate().map(|(at, (source, cited))| {
            views::Reference {
                number: at + 1,
                id: format!("ref_{}", at + 1),
                card: pages.card(source, lang),
                locators: cited.locators.iter().map(|locator| text(locator)).collect(),
                citations: cited.anchors.iter().map(|anchor| text(anchor)).collect(),
            }
            .into()
        });
        references.collect()
    }
}

/// What goes into slots that need more than addresses.
pub(super) struct Filling<'a> {
    /// The views of the site.
    pub pages: &'a Pages,
    /// The language of the page.
    pub lang: Lang,
    /// Where citations are counted; without it a citation is a link to its source.
    pub citations: Option<&'a mut Citations>,
    /// Renders the card of an entity; without it a card is a link.
    pub card: Option<&'a dyn Fn(EntityId) -> String>,
}

impl Filling<'_> {
    /// The prose as HTML.
    pub(super) fn fill(&mut self, body: &Body) -> String {
        let html = &body.prose.html;
        let mut out = String::with_capacity(html.len() + 64 * body.prose.slots.len());
        let mut from = 0;
        for (slot, target) in body.prose.slots.iter().zip(&body.targets) {
            let at = (slot.at as usize).min(html.len());
            out.push_str(&html[from..at]);
            from = at;
            self.slot(&mut out, &slot.kind, target);
        }
        out.push_str(&html[from..]);
        out
    }

    fn slot(&mut self, out: &mut String, kind: &SlotKind, target: &Target) {
        match kind {
            SlotKind::LinkOpen { title, .. } => {
                if let Some(address) = self.address(target) {
                    open(out, &address, title, "");
                }
            }
            SlotKind::LinkClose => {
                if *target != Target::Nothing {
                    out.push_str("</a>");
                }
            }
            SlotKind::Wiki { target: written, words } => self.wiki(out, written, words.as_ref(), target),
            SlotKind::Embed { target: written, block } => match (target, self.card.filter(|_| *block)) {
                (Target::Entity(id, _), Some(card)) => out.push_str(&card(*id)),
                _ => self.wiki(out, written, None, target),
            },
            SlotKind::Image { alt, title, .. } => {
                if let Some(address) = self.address(target) {
                    out.push_str("<img src=\"");
                    let _ = escape_href(&mut *out, &address);
                    attribute(out, "alt", alt);
                    if !title.is_empty() {
                        attribute(out, "title", title);
                    }
                    out.push_str("\" loading=\"lazy\">");
                }
            }
        }
    }

    fn wiki(&mut self, out: &mut String, written: &str, words: Option<&Words>, target: &Target) {
        if let Target::Entity(id, None) = target
            && self.pages.is_citation(*id)
        {
            self.citation(out, *id, words);
            return;
        }
        let title = match target {
            Target::Entity(id, _) => self.pages.title(*id, self.lang),
            Target::Page(id, _) => self.pages.page_title(*id, self.lang),
            _ => written.trim_start_matches('#').to_owned(),
        };
        let class = match target {
            Target::Entity(id, _) => self.pages.type_id(*id),
            _ => "",
        };
        let address = self.address(target);
        if let Some(address) = &address {
            open(out, address, "", class);
        }
        match words {
            Some(words) => out.push_str(&words.html),
            None => {
                let _ = escape_html(&mut *out, &title);
            }
        }
        if address.is_some() {
            out.push_str("</a>");
        }
    }

    fn citation(&mut self, out: &mut String, source: EntityId, words: Option<&Words>) {
        let locator = words.map_or("", |words| &words.text);
        let title = self.pages.title(source, self.lang);
        let Some(citations) = &mut self.citations else {
            let address = self.pages.address(&site::entity_path(&self.pages.ecosystem, source, self.lang));
            open(out, &address, "", self.pages.type_id(source));
            let shown = if locator.is_empty() { title } else { format!("{title}, {locator}") };
            let _ = escape_html(&mut *out, &shown);
            out.push_str("</a>");
            return;
        };
        let known = citations.by_source.contains_key(&source);
        let (number, anchor) = citations.cite(source, locator);
        out.push_str(&format!("<sup class=\"citation\"><a href=\"#ref_{number}\" id=\"{anchor}"));
        // Once is enough: titles of sources are long, and a page may cite one twenty times.
        if !known {
            attribute(out, "title", &title);
        }
        out.push_str(&format!("\">[{number}"));
        if !locator.is_empty() {
            out.push_str(", ");
            let _ = escape_html(&mut *out, locator);
        }
        out.push_str("]</a></sup>");
    }

    /// Where a target is, with the base path; `None` if there is nothing to link to.
    fn address(&self, target: &Target) -> Option<String> {
        let ecosystem = &self.pages.ecosystem;
        // A heading that only another language's prose has is no place on the page in this language.
        let there = |body: &Localised<Body>, anchor: &str| {
            let headings = body.best(self.lang).map_or(&[][..], |(_, body)| &body.prose.headings);
            headings.iter().any(|heading| &*heading.id == anchor)
        };
        let with = |path: String, anchor: Option<&str>| {
            let mut address = self.pages.address(&path);
            if let Some(anchor) = anchor {
                address.push('#');
                address.push_str(anchor);
            }
            Some(address)
        };
        match target {
            Target::Nothing => None,
            Target::Anchor(anchor) => Some(format!("#{anchor}")),
            Target::Entity(id, anchor) => {
                let anchor = anchor.as_deref().filter(|anchor| there(&ecosystem.entity(*id).body, anchor));
                with(site::entity_path(ecosystem, *id, self.lang), anchor)
            }
            Target::Page(id, anchor) => {
                let anchor = anchor.as_deref().filter(|anchor| there(&ecosystem.page(*id).body, anchor));
                with(site::page_path(ecosystem, *id, self.lang), anchor)
            }
            Target::Asset(path, anchor) => with(encoded(&format!("/{path}")), anchor.as_deref()),
            Target::Path(path) => Some(self.pages.address(path)),
        }
    }
}

/// What may not stand in the path of an address (RFC 3986), beside what is not ASCII.
const NOT_IN_PATHS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b']')
    .add(b'`')
    .add(b'{')
    .add(b'}');

/// A path as it stands in addresses.
pub(super) fn encoded(path: &str) -> String {
    utf8_percent_encode(path, NOT_IN_PATHS).to_string()
}

fn open(out: &mut String, address: &str, title: &str, class: &str) {
    out.push_str("<a href=\"");
    let _ = escape_href(&mut *out, address);
    if !title.is_empty() {
        attribute(out, "title", title);
    }
    if !class.is_empty() {
        attribute(out, "class", class);
    }
    out.push_str("\">");
}

/// Ends the attribute before and starts another one; its own end is the next one's or the tag's.
fn attribute(out: &mut String, name: &str, value: &str) {
    out.push_str("\" ");
    out.push_str(name);
    out.push_str("=\"");
    let _ = escape_html(&mut *out, value);
}
