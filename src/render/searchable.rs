//! The searchable text of pages, without markup. It is taken from the model, not from rendered pages.

use super::parts::{prose, value};
use super::scope::Scope;
use crate::locale::{LocalText, Localised};
use crate::model::{Attribute, EntityId, FieldValues, Link, PageId, PageKind};
use crate::schema::{Field, Member, Relation, Type, TypeId};
use crate::site::{Route, RouteKind};

/// A page for the search index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Searchable {
    /// Its address, with the base path.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The language of its title, if it is not that of the page.
    pub title_lang: Option<String>,
    /// Its other names.
    pub aliases: Vec<String>,
    /// Its titles and other names in other languages, which pages of this language do not show.
    pub foreign_names: Vec<String>,
    /// Words that people search for and that it does not show, in all languages.
    pub keywords: Vec<String>,
    /// What it is, in a sentence; may be empty.
    pub summary: String,
    /// The address of its picture; empty if it has none.
    pub image: String,
    /// The id of its type; empty for pages that are of none.
    pub entity_type: String,
    /// The values of its type's first facet.
    pub categories: Vec<String>,
    /// Whether it is a source. Sources have a lower weight in the search.
    pub citation: bool,
    /// Its text: summary, prose, facts and the titles of related entities.
    pub text: String,
}

/// The searchable text of a page; empty for other routes.
pub(super) fn searchable(scope: &Scope, route: &Route) -> Searchable {
    let mut page = match &route.kind {
        RouteKind::Entity(id) => entity(scope, *id),
        RouteKind::Index(entity_type, _) => index(scope, *entity_type),
        RouteKind::Page(id) => page(scope, *id),
        _ => Searchable::default(),
    };
    // Pagefind leaves out pages without text, but such a page should still be found by its title.
    if page.text.is_empty() {
        page.text.clone_from(&page.title);
    }
    page.text.truncate(page.text.trim_end().len());
    Searchable { url: scope.address(&route.path), ..page }
}

fn entity(scope: &Scope, id: EntityId) -> Searchable {
    let entity = scope.ecosystem.entity(id);
    let entity_type = scope.ecosystem.schema.get(entity.entity_type);
    let summary = scope.words(&entity.summary).text;
    let mut text = String::new();
    sentence(&mut text, &summary);
    sentence(&mut text, &prose::plain(scope, entity.body.best(scope.lang).map(|(_, body)| body)));
    let mut categories = None;
    for member in &entity_type.members {
        let content = Content::new(scope, id, entity_type, *member);
        if !content.texts.is_empty() {
            let label = scope.words_in(scope.lang, &format!("{}: ", scope.words(content.label).text));
            sentence(&mut text, &format!("{}{}", label.text, content.texts.join(", ")));
        }
        if content.is_facet && categories.is_none() {
            categories = Some(content.names);
        }
    }
    for extra in &entity.extra {
        let label = scope.words_in(scope.lang, &format!("{}: ", extra.key));
        sentence(&mut text, &format!("{}{}", label.text, extra.texts.join(", ")));
    }
    Searchable {
        title: scope.title(id).text,
        title_lang: Some(scope.title_tag(id)).filter(|tag| *tag != scope.tag()).map(str::to_owned),
        foreign_names: foreign_names(scope, &entity.title, Some(&entity.aliases)),
        aliases: scope.aliases(id).into_iter().map(|name| name.text).collect(),
        keywords: keywords(&entity.keywords),
        summary,
        image: value::picture(scope, id).map(|picture| picture.url).unwrap_or_default(),
        entity_type: entity_type.id.to_string(),
        categories: categories.unwrap_or_default(),
        citation: entity_type.citation,
        text,
        ..Searchable::default()
    }
}

/// The first page of an index. It has the texts of entities without pages.
fn index(scope: &Scope, entity_type: TypeId) -> Searchable {
    let mut index = page(scope, PageId::index_of(entity_type));
    if !scope.ecosystem.schema.get(entity_type).pages {
        for id in scope.order(entity_type) {
            let entity = entity(scope, *id);
            sentence(&mut index.text, &[&[entity.title], &*entity.aliases].concat().join(", "));
            sentence(&mut index.text, &entity.text);
            index.keywords.extend(entity.keywords);
        }
    }
    index
}

/// The searchable content of a field or a relation.
struct Content<'a> {
    label: &'a LocalText,
    /// The values, or the titles of the targets.
    names: Vec<String>,
    /// The same, with the attributes of links; nothing for sources and for hidden fields.
    texts: Vec<String>,
    is_facet: bool,
}

impl<'a> Content<'a> {
    fn new(scope: &'a Scope, id: EntityId, entity_type: &'a Type, member: Member) -> Self {
        let ecosystem = &scope.ecosystem;
        match member {
            Member::Field(at) => {
                let field = &entity_type.fields[at];
                let (mut names, mut texts) = (Vec::new(), Vec::new());
                let values = ecosystem.entity(id).values_of(at).into_iter().flat_map(FieldValues::with_attributes);
                for (value, attributes) in values {
                    let name = value::plain(scope, field, value);
                    if !name.is_empty() && !field.hidden {
                        texts.push(with_attributes(scope, name.clone(), &field.attributes, attributes));
                    }
                    names.extend(Some(name).filter(|name| !name.is_empty()));
                }
                Self { label: &field.label, names, texts, is_facet: field.facet }
            }
            Member::Relation(relation) => {
                let info = ecosystem.schema.relation(relation);
                let links = || ecosystem.statements(id, relation);
                let own = links().filter(|_| !info.citation).map(|link| link_text(scope, info, link));
                // A symmetric relation that the other end states counts for both ends.
                let targets = ecosystem.targets(id, relation);
                let title = |id: &EntityId| scope.title(*id).text;
                let others = targets.iter().skip(links().count()).map(title);
                Self {
                    label: &info.label,
                    names: targets.iter().map(title).collect(),
                    texts: own.chain(others).collect(),
                    is_facet: info.facet,
                }
            }
        }
    }
}

fn page(scope: &Scope, id: PageId) -> Searchable {
    let page = scope.ecosystem.page(id);
    let summary = scope.words(&page.summary).text;
    let mut text = String::new();
    sentence(&mut text, &summary);
    sentence(&mut text, &prose::plain(scope, page.body.best(scope.lang).map(|(_, body)| body)));
    let entity_type = match page.kind {
        PageKind::Index(entity_type) => scope.ecosystem.schema.get(entity_type).id.to_string(),
        _ => String::new(),
    };
    let titles = match page.kind {
        PageKind::Index(entity_type) if page.title.is_empty() => &scope.ecosystem.schema.get(entity_type).plural,
        _ => &page.title,
    };
    let foreign_names = foreign_names(scope, titles, None);
    let title = scope.page_title(id).text;
    let keywords = keywords(&page.keywords);
    Searchable { title, foreign_names, keywords, summary, entity_type, text, ..Searchable::default() }
}

/// The titles and other names that are not those of this language, each once.
fn foreign_names(scope: &Scope, titles: &LocalText, aliases: Option<&Localised<Vec<Box<str>>>>) -> Vec<String> {
    let own_aliases = aliases.and_then(|aliases| aliases.best(scope.lang)).map_or(&[][..], |(_, names)| names);
    let is_own = |name: &str| name == titles.text(scope.lang) || own_aliases.iter().any(|own| **own == *name);
    let aliases = aliases.into_iter().flat_map(|aliases| aliases.iter()).flat_map(|(_, names)| names.iter());
    let all = titles.iter().map(|(_, title)| title).chain(aliases).map(|name| &**name);
    let mut names: Vec<String> = Vec::new();
    for name in all.filter(|name| !is_own(name)) {
        if !names.iter().any(|other| other == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The words of all languages: who searches in one of them may type those of another one.
fn keywords(keywords: &Localised<Vec<Box<str>>>) -> Vec<String> {
    keywords.iter().flat_map(|(_, words)| words).map(|word| word.to_string()).collect()
}

/// Adds a sentence.
fn sentence(text: &mut String, sentence: &str) {
    let sentence = sentence.trim();
    if sentence.is_empty() {
        return;
    }
    text.push_str(sentence);
    text.push_str(if sentence.ends_with(['.', '!', '?', '…']) { " " } else { ". " });
}

/// The title of a link's target, with the link's attributes that pages show.
fn link_text(scope: &Scope, relation: &Relation, link: &Link) -> String {
    with_attributes(scope, scope.title(link.to).text, &relation.attributes, &link.attributes)
}

/// A text, with the attributes of a link or of a value that pages show in parentheses.
fn with_attributes(scope: &Scope, text: String, declared: &[Field], attributes: &[Attribute]) -> String {
    let said = value::attributes(scope, declared, attributes);
    if said.is_empty() { text } else { format!("{text} ({said})") }
}
