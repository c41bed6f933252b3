//! A letter to the editors about a page, as an address that opens it (`mailto:`, RFC 6068).
//!
//! In: a page with its title and its file. Out: an address with the title of the page as the subject of the letter. Its text has the
//! address of the page and, for an entity, what the page says: a line for each field and relation, so that a reader can
//! write what is right behind it.

use crate::model::EntityId;
use crate::render::parts::value;
use crate::render::scope::Scope;
use crate::schema::Member;
use crate::site::{Route, RouteKind};
use crate::url::component;

/// The maximum length of the address, in bytes. Some programs for e-mail cut an address of more than 2,000 characters, and
/// each byte counts in the size of the page.
const LONGEST: usize = 1500;
/// The maximum number of values in a line.
const VALUES: usize = 5;
/// The maximum number of characters of a value.
const VALUE: usize = 80;
/// What is after a value, where a reader writes.
const ARROW: &str = " →";

/// The letter; none if the site has no address to write to.
pub(super) fn letter(scope: &Scope, route: &Route, title: &str, file: Option<&str>) -> Option<String> {
    let contact = scope.ecosystem.config.contact.as_ref()?;
    let about = format!("{}: {}", scope.ecosystem.config.title(scope.lang), title);
    // The address itself keeps its @ (RFC 6068, section 2).
    let to = component(contact).replacen("%40", "@", 1);
    let file = file.map(|file| format!(" ({file})")).unwrap_or_default();
    let head = format!("{}{file}\r\n\r\n", scope.canonical(&route.path));
    let mut letter = format!("mailto:{to}?subject={}&body={}", component(&about), component(&head));
    if let RouteKind::Entity(id) = route.kind {
        add_lines(&mut letter, scope, id);
    }
    Some(letter)
}

/// Adds a request, and as many of the facts as there is room for.
fn add_lines(letter: &mut String, scope: &Scope, id: EntityId) {
    let end = component("…\r\n");
    let mut lines = lines(scope, id).peekable();
    if lines.peek().is_none() {
        return;
    }
    let request = scope.strings.get("letter").map(|request| format!("{request}\r\n\r\n"));
    for line in request.into_iter().chain(lines) {
        let line = component(&line);
        if letter.len() + line.len() + end.len() > LONGEST {
            letter.push_str(&end);
            return;
        }
        letter.push_str(&line);
    }
}

/// A line for each field and relation that an entity has, in the order of its type: `Founded: 2009 →`.
fn lines(scope: &Scope, id: EntityId) -> impl Iterator<Item = String> {
    let entity_type = scope.ecosystem.schema.get(scope.ecosystem.entity(id).entity_type);
    let colon = scope.strings.get("colon").unwrap_or(": ");
    entity_type.members.iter().filter_map(move |member| {
        let (label, values) = match *member {
            Member::Field(at) => {
                let field = &entity_type.fields[at];
                (&field.label, if field.hidden { Vec::new() } else { field_values(scope, id, at) })
            }
            Member::Relation(relation) => {
                let targets = scope.ecosystem.targets(id, relation);
                let titles = targets.into_iter().map(|target| scope.title(target).text).collect();
                (&scope.ecosystem.schema.relation(relation).label, titles)
            }
        };
        let is_cut = values.len() > VALUES;
        let cut = is_cut.then(|| String::from("…"));
        let values: Vec<String> = values.into_iter().take(VALUES).chain(cut).collect();
        let label = scope.words(label).text;
        (!values.is_empty()).then(|| format!("{label}{colon}{}{ARROW}\r\n", values.join(", ")))
    })
}

/// The values of a field as texts without markup.
fn field_values(scope: &Scope, id: EntityId, at: usize) -> Vec<String> {
    let entity = scope.ecosystem.entity(id);
    let field = &scope.ecosystem.schema.get(entity.entity_type).fields[at];
    let texts = entity.values(at).iter().map(|value| value::plain(scope, field, value));
    texts.filter(|text| !text.is_empty()).map(|text| shortened(&text)).collect()
}

/// The start of a text that is too long for a line.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(VALUE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
