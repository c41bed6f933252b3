//! What the search knows of a page: its words without marks, taken from the model and not from the page as a theme shows it.

use super::facets;
use super::facts;
use super::pages::Pages;
use super::prose::Filling;
use crate::locale::{Lang, LocalText};
use crate::model::{Body, EntityId, FieldValue, Link, PageId, PageKind, Target};
use crate::parse::{SlotKind, typographic};
use crate::schema::{Field, Member, Relation, Type};
use crate::site::{Route, RouteKind};

/// A page as the search sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Searchable {
    /// Its address, with the base path.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// What it is, in a sentence; may be empty.
    pub summary: String,
    /// The id of its type; empty for pages that are of none.
    pub entity_type: String,
    /// What its type sorts its entities by first: the values of its first facet.
    pub categories: Vec<String>,
    /// Whether it is a source, which others speak of more than it speaks itself.
    pub citation: bool,
    /// What it says: its summary, its prose, its facts, and the names of those that it names.
    pub text: String,
}

/// What the search knows of a page; nothing of what is no page.
pub(super) fn searchable(pages: &Pages, route: &Route) -> Searchable {
    let lang = route.lang;
    let mut page = match &route.kind {
        RouteKind::Entity(id) => entity(pages, *id, lang),
        RouteKind::Index(entity_type, _) => page(pages, PageId::index_of(*entity_type), lang),
        RouteKind::Page(id) => page(pages, *id, lang),
        _ => Searchable::default(),
    };
    // Pagefind passes over pages without words, and one that says nothing is still found by its name.
    if page.text.is_empty() {
        page.text.clone_from(&page.title);
    }
    page.text.truncate(page.text.trim_end().len());
    Searchable { url: pages.address(&route.path), ..page }
}

fn entity(pages: &Pages, id: EntityId, lang: Lang) -> Searchable {
    let ecosystem = &pages.ecosystem;
    let entity = ecosystem.entity(id);
    let entity_type = ecosystem.schema.get(entity.entity_type);
    let aliases = entity
        .aliases
        .best(lang)
        .map(|(found, names)| names.iter().map(|name| typographic(name, pages.tag(found)).into_owned()).collect());
    let summary = local(pages, &entity.summary, lang);
    let mut text = String::new();
    sentence(&mut text, &summary);
    sentence(&mut text, &prose(pages, entity.body.best(lang), lang));
    let mut categories = None;
    for member in &entity_type.members {
        let said = Said::of(pages, id, entity_type, *member, lang);
        if !said.words.is_empty() {
            let label = format!("{}: ", local(pages, said.label, lang));
            sentence(&mut text, &format!("{}{}", typographic(&label, pages.tag(lang)), said.words.join(", ")));
        }
        if said.facet && categories.is_none() {
            categories = Some(said.names);
        }
    }
    Searchable {
        title: pages.title(id, lang),
        aliases: aliases.unwrap_or_default(),
        summary,
        entity_type: entity_type.id.to_string(),
        categories: categories.unwrap_or_default(),
        citation: entity_type.citation,
        text,
        ..Searchable::default()
    }
}

/// What an entity says by a field or a relation.
struct Said<'a> {
    label: &'a LocalText,
    /// The values, or the names of the entities that it leads to.
    names: Vec<String>,
    /// The same, with what is said of links; nothing for sources.
    words: Vec<String>,
    facet: bool,
}

impl<'a> Said<'a> {
    fn of(pages: &'a Pages, id: EntityId, entity_type: &'a Type, member: Member, lang: Lang) -> Self {
        let ecosystem = &pages.ecosystem;
        match member {
            Member::Field(at) => {
                let field = &entity_type.fields[at];
                let values = ecosystem.entity(id).values(at).iter().map(|value| shown(pages, field, value, lang));
                let words: Vec<String> = values.filter(|words| !words.is_empty()).collect();
                Self { label: &field.label, names: words.clone(), words, facet: field.facet }
            }
            Member::Relation(relation) => {
                let info = ecosystem.schema.relation(relation);
                let links = || ecosystem.statements(id, relation);
                let words = links().filter(|_| !info.citation).map(|link| linked(pages, info, link, lang));
                // What others say of a symmetric relation is said of both ends.
                let targets = ecosystem.targets(id, relation);
                let named = |id: &EntityId| pages.title(*id, lang);
                let others = targets.iter().skip(links().count()).map(named);
                Self {
                    label: &info.label,
                    names: targets.iter().map(named).collect(),
                    words: words.chain(others).collect(),
                    facet: info.facet,
                }
            }
        }
    }
}

fn page(pages: &Pages, id: PageId, lang: Lang) -> Searchable {
    let page = pages.ecosystem.page(id);
    let summary = local(pages, &page.summary, lang);
    let mut text = String::new();
    sentence(&mut text, &summary);
    sentence(&mut text, &prose(pages, page.body.best(lang), lang));
    let entity_type = match page.kind {
        PageKind::Index(entity_type) => pages.ecosystem.schema.get(entity_type).id.to_string(),
        _ => String::new(),
    };
    Searchable { title: pages.page_title(id, lang), summary, entity_type, text, ..Searchable::default() }
}

fn local(pages: &Pages, texts: &LocalText, lang: Lang) -> String {
    let (found, words) = texts.best(lang).map_or((lang, ""), |(found, words)| (found, words));
    typographic(words, pages.tag(found)).into_owned()
}

/// Adds words that stand for themselves.
fn sentence(text: &mut String, words: &str) {
    let words = words.trim();
    if words.is_empty() {
        return;
    }
    text.push_str(words);
    text.push_str(if words.ends_with(['.', '!', '?', '…']) { " " } else { ". " });
}

/// An entity that a link leads to, with what is said of the link.
fn linked(pages: &Pages, relation: &Relation, link: &Link, lang: Lang) -> String {
    let values = link.attributes.iter();
    let said = values.map(|at| shown(pages, &relation.attributes[usize::from(at.index)], &at.value, lang));
    let said: Vec<String> = said.filter(|words| !words.is_empty()).collect();
    let title = pages.title(link.to, lang);
    if said.is_empty() { title } else { format!("{title} ({})", said.join(", ")) }
}

/// A value as readers see it, without marks; nothing for pictures and positions.
fn shown(pages: &Pages, field: &Field, value: &FieldValue, lang: Lang) -> String {
    match value {
        FieldValue::Image(_) | FieldValue::Point(..) => String::new(),
        FieldValue::Markdown(bodies) => prose(pages, bodies.best(lang), lang),
        // With its unit.
        FieldValue::Integer(_) | FieldValue::Number(_) => {
            facets::choice(pages, field, value, lang).map(|(_, _, words)| words).unwrap_or_default()
        }
        _ => {
            let mut filling = Filling { pages, lang, citations: None, card: None };
            let item = facts::item(pages, &mut filling, field, value);
            item.get_from_path("text").and_then(|text| text.as_str()).unwrap_or_default().to_owned()
        }
    }
}

/// The words of prose. Citations and the marks of footnotes are left out: they are no words of its own.
fn prose(pages: &Pages, body: Option<(Lang, &Body)>, lang: Lang) -> String {
    let Some((_, body)) = body else { return String::new() };
    let html = &body.prose.html;
    let mut words = Words::default();
    let mut from = 0;
    for (slot, target) in body.prose.slots.iter().zip(&body.targets) {
        let at = (slot.at as usize).min(html.len());
        words.html(&html[from..at]);
        from = at;
        match (&slot.kind, target) {
            (SlotKind::Wiki { .. }, Target::Entity(id, None)) if pages.is_citation(*id) => {}
            (SlotKind::Wiki { words: Some(own), .. }, _) => words.text.push_str(&own.text),
            (SlotKind::Wiki { .. } | SlotKind::Embed { .. }, Target::Entity(id, _)) => {
                words.text.push_str(&pages.title(*id, lang));
            }
            (SlotKind::Wiki { .. }, Target::Page(id, _)) => words.text.push_str(&pages.page_title(*id, lang)),
            (SlotKind::Image { alt, .. }, _) => words.text.push_str(alt),
            _ => {}
        }
    }
    words.html(&html[from..]);
    words.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tags that stand inside a word or beside it; all others part words.
const INLINE: [&str; 10] = ["a", "abbr", "b", "code", "em", "i", "s", "del", "span", "strong"];

/// The words of HTML that comes in pieces, none of which ends inside a tag.
#[derive(Default)]
struct Words {
    text: String,
    /// Inside what leads to a footnote or back from it.
    in_mark: bool,
}

impl Words {
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some((before, tag)) = rest.split_once('<') {
            self.push(before);
            let (tag, behind) = tag.split_once('>').unwrap_or((tag, ""));
            self.tag(tag);
            rest = behind;
        }
        self.push(rest);
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        match name {
            "sup" => self.in_mark = tag.contains("class=\"footnote\""),
            "a" if tag.contains("class=\"back\"") => self.in_mark = true,
            "a" if tag.starts_with('/') => self.in_mark = false,
            _ if INLINE.contains(&name) => {}
            _ => self.text.push(' '),
        }
    }

    fn push(&mut self, words: &str) {
        if self.in_mark {
            return;
        }
        let mut rest = words;
        while let Some(at) = rest.find('&') {
            self.text.push_str(&rest[..at]);
            let known = ENTITIES.iter().find(|(name, _)| rest[at..].starts_with(name));
            let (name, char) = known.copied().unwrap_or(("&", '&'));
            self.text.push(char);
            rest = &rest[at + name.len()..];
        }
        self.text.push_str(rest);
    }
}

/// The entities that prose is written with.
const ENTITIES: [(&str, char); 6] =
    [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\''), ("&nbsp;", '\u{a0}')];

#[cfg(test)]
mod tests {
    use super::*;

    fn words(html: &str) -> String {
        let mut words = Words::default();
        words.html(html);
        words.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_come_without_marks() {
        assert_eq!(words("<p>a<em>b</em> c</p><p>d</p>"), "ab c d");
        assert_eq!(words("<p>1 &lt; 2 &amp;amp; R&D</p>"), "1 < 2 &amp; R&D");
        assert_eq!(words("<td>x</td><td>y</td>"), "x y");
        assert_eq!(words("<li>n <a href=\"#\" class=\"back\">↩</a></li> p"), "n p");
        assert_eq!(words("p<sup class=\"footnote\"><a href=\"#fn_1\">1</a></sup>, 10<sup>3</sup>"), "p, 103");
    }
}
