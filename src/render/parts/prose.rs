//! Fills the slots of prose (links, citations, cards and images), and makes plain text from prose.

use pulldown_cmark_escape::{escape_href, escape_html};

use super::citations::{Citation, Citations};
use super::plain_text::PlainText;
use crate::locale::Localised;
use crate::model::{Autolink, Body, EntityId, Target};
use crate::parse::{SlotKind, Words as LinkText};
use crate::render::scope::Scope;
use crate::site;
use crate::url::encoded;

/// The characters of a locator that stays on one line, so that a citation fits the narrowest window.
const UNBROKEN_LOCATOR: usize = 24;

/// The data for slots that need more than addresses.
pub(crate) struct Filling<'a> {
    pub scope: &'a Scope,
    /// Counts citations. Without it, a citation is a link to its source.
    pub citations: Option<&'a mut Citations>,
    /// Renders the card of an entity; without it a card is a link.
    pub card: Option<&'a dyn Fn(EntityId) -> String>,
}

impl<'a> Filling<'a> {
    /// For prose outside its own page: citations and cards become links.
    pub(crate) fn new(scope: &'a Scope) -> Self {
        Self { scope, citations: None, card: None }
    }

    /// The prose as HTML.
    pub(crate) fn fill(&mut self, body: &Body) -> String {
        self.fill_with(body, &[])
    }

    /// The prose as HTML, with links that it gets by itself.
    pub(crate) fn fill_with(&mut self, body: &Body, links: &[Autolink]) -> String {
        let html = &body.prose.html;
        let mut out = String::with_capacity(html.len() + 64 * (body.prose.slots.len() + links.len()));
        let mut from = 0;
        // No slot is inside such a link.
        let mut links = links.iter().peekable();
        for (slot, target) in body.prose.slots.iter().zip(&body.targets) {
            let at = slot.at.min(html.len());
            while let Some(link) = links.next_if(|link| link.place.end <= at) {
                self.autolink(&mut out, &html[from..link.place.end], link, from);
                from = link.place.end;
            }
            out.push_str(&html[from..at]);
            from = at;
            self.slot(&mut out, &slot.kind, target);
        }
        for link in links {
            self.autolink(&mut out, &html[from..link.place.end], link, from);
            from = link.place.end;
        }
        out.push_str(&html[from..]);
        out
    }

    /// Appends HTML that ends with the words of a link, and the link; `from` is the offset of the HTML in the prose.
    fn autolink(&self, out: &mut String, html: &str, link: &Autolink, from: usize) {
        let (before, words) = html.split_at(link.place.start - from);
        out.push_str(before);
        let address = self.scope.address(&site::entity_path(&self.scope.ecosystem, link.to, self.scope.lang));
        open(out, &address, "", &format!("{} auto", self.scope.type_id(link.to)));
        out.push_str(words);
        out.push_str("</a>");
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
            SlotKind::Wiki { target: name, words } => self.wiki(out, name, words.as_ref(), target),
            SlotKind::Embed { target: name, block } => match (target, self.card.filter(|_| *block)) {
                (Target::Entity(id, _), Some(card)) => out.push_str(&card(*id)),
                // A card of something that is not published: its id would tell of it.
                (Target::Nothing, _) => {}
                _ => self.wiki(out, name, None, target),
            },
            SlotKind::Image { alt, title, .. } => {
                if let Some(address) = self.address(target) {
                    out.push_str("<img src=\"");
                    let _ = escape_href(&mut *out, &address);
                    attribute(out, "alt", alt);
                    if !title.is_empty() {
                        attribute(out, "title", title);
                    }
                    if let Target::Asset(path, _) = target
                        && let Some((width, height)) = self.scope.picture_size(path)
                    {
                        attribute(out, "width", &width.to_string());
                        attribute(out, "height", &height.to_string());
                    }
                    out.push_str("\" loading=\"lazy\">");
                }
            }
        }
    }

    fn wiki(&mut self, out: &mut String, name: &str, words: Option<&LinkText>, target: &Target) {
        if let Target::Entity(id, None) = target
            && self.scope.is_citation(*id)
        {
            self.citation(out, *id, words);
            return;
        }
        let title = match target {
            Target::Entity(id, _) => self.scope.title(*id).text,
            Target::Page(id, _) => self.scope.page_title(*id).text,
            _ => name.trim_start_matches('#').to_owned(),
        };
        let class = match target {
            Target::Entity(id, _) => self.scope.type_id(*id),
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

    fn citation(&mut self, out: &mut String, source: EntityId, words: Option<&LinkText>) {
        let locator = words.map_or("", |words| &words.text);
        let (title, lang) = (self.scope.title(source).text, self.scope.title_tag(source));
        let is_foreign = lang != self.scope.tag();
        let Some(citations) = &mut self.citations else {
            let address = self.scope.address(&site::entity_path(&self.scope.ecosystem, source, self.scope.lang));
            open(out, &address, "", self.scope.type_id(source));
            let text = if locator.is_empty() { title } else { format!("{title}, {locator}") };
            let _ = escape_html(&mut *out, &text);
            out.push_str("</a>");
            return;
        };
        let Citation { number, anchor, is_first } = citations.cite(source, locator);
        out.push_str(&format!("<sup class=\"citation\"><a href=\"#ref_{number}\" id=\"{anchor}"));
        // Only the first citation has the title of the source, because titles are long and a page may cite a source
        // many times.
        let is_titled_abroad = is_first && is_foreign;
        if is_first {
            attribute(out, "title", &title);
        }
        if is_titled_abroad {
            attribute(out, "lang", lang);
        }
        out.push_str("\">");
        // The words of the link are in the language of the page.
        if is_titled_abroad {
            out.push_str(&format!("<span lang=\"{}\">", self.scope.tag()));
        }
        out.push_str(&format!("[{number}"));
        if !locator.is_empty() {
            out.push_str(",\u{a0}");
            // A line may end in a long locator, but not in a short one.
            let is_short = locator.chars().count() <= UNBROKEN_LOCATOR;
            let locator = if is_short { locator.replace(' ', "\u{a0}") } else { locator.to_owned() };
            let _ = escape_html(&mut *out, &locator);
        }
        out.push_str(if is_titled_abroad { "]</span></a></sup>" } else { "]</a></sup>" });
    }

    /// The address of a target, with the base path; `None` if there is nothing to link to.
    fn address(&self, target: &Target) -> Option<String> {
        let ecosystem = &self.scope.ecosystem;
        // The page in this language lacks a heading that only the prose of another language has.
        let there = |body: &Localised<Body>, anchor: &str| {
            body.best(self.scope.lang).is_some_and(|(_, body)| body.prose.has_anchor(anchor))
        };
        let with = |path: String, anchor: Option<&str>| {
            let mut address = self.scope.address(&path);
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
                with(site::entity_path(ecosystem, *id, self.scope.lang), anchor)
            }
            Target::Page(id, anchor) => {
                let anchor = anchor.as_deref().filter(|anchor| there(&ecosystem.page(*id).body, anchor));
                with(site::page_path(ecosystem, *id, self.scope.lang), anchor)
            }
            Target::Asset(path, anchor) => with(encoded(&format!("/{path}")), anchor.as_deref()),
            Target::Path(path) => Some(self.scope.address(path)),
        }
    }
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

/// Prose as plain text, without citations and the marks of footnotes.
pub(crate) fn plain(scope: &Scope, body: Option<&Body>) -> String {
    let Some(body) = body else { return String::new() };
    let html = &body.prose.html;
    let mut plain = PlainText::default();
    let mut from = 0;
    for (slot, target) in body.prose.slots.iter().zip(&body.targets) {
        let at = slot.at.min(html.len());
        plain.html(&html[from..at]);
        from = at;
        match (&slot.kind, target) {
            (SlotKind::Wiki { .. }, Target::Entity(id, None)) if scope.is_citation(*id) => {}
            (SlotKind::Wiki { words: Some(own), .. }, _) => plain.text.push_str(&own.text),
            (SlotKind::Wiki { .. } | SlotKind::Embed { .. }, Target::Entity(id, _)) => {
                plain.text.push_str(&scope.title(*id).text);
            }
            (SlotKind::Wiki { .. }, Target::Page(id, _)) => plain.text.push_str(&scope.page_title(*id).text),
            (SlotKind::Image { alt, .. }, _) => plain.text.push_str(alt),
            _ => {}
        }
    }
    plain.html(&html[from..]);
    plain.text.split_whitespace().collect::<Vec<_>>().join(" ")
}
