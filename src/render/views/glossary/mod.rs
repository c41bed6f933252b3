//! Entities by the first letters of their titles, with their other names among them.

mod shapes;

use std::collections::BTreeSet;

use tera::Value;

use super::kind::{self, View};
use super::spec::Spec;
use crate::model::{EntityId, FieldValue, folded};
use crate::render::parts::{card, type_info, value};
use crate::render::scope::Scope;
use crate::render::words::Words;
use crate::schema::{self, TypeId};

/// The text field that says what an abbreviation is short for, unless the view names another one.
const EXPANSION: &str = "expansion";

pub(crate) struct Kind;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        "glossary"
    }

    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>> {
        spec.keys("a glossary", &["of", "expansion"]);
        let entity_type = spec.entity_type()?;
        let is_text = |kind: &schema::Kind| matches!(kind, schema::Kind::Text { .. });
        spec.check_field(entity_type, "expansion", is_text);
        let expansion = spec.field(entity_type, "expansion", &[EXPANSION], is_text);
        Some(Box::new(Glossary { entity_type, expansion }))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        shapes::SHAPES
    }
}

struct Glossary {
    entity_type: TypeId,
    /// The field that says what an abbreviation is short for.
    expansion: Option<usize>,
}

impl View for Glossary {
    fn value(&self, scope: &Scope) -> Value {
        let headings = self.headings(scope);
        let letters = headings.chunk_by(|(a, _), (b, _)| letter(a) == letter(b)).map(|headings| {
            let letter = letter(&headings[0].0);
            let name = letter.map_or_else(|| String::from("0–9"), |letter| letter.to_uppercase().collect());
            let id = letter.map_or_else(|| String::from("0"), String::from);
            let terms = headings.iter().map(|(_, heading)| self.term(scope, heading).into());
            shapes::Letter { name, id, terms: terms.collect() }.into()
        });
        let letters = letters.collect();
        shapes::Glossary { kind: "glossary", of: type_info(scope, self.entity_type).into(), letters }.into()
    }
}

/// A name under which an entity is looked up.
struct Heading {
    name: Words,
    id: EntityId,
    is_alias: bool,
}

impl Glossary {
    /// All names with their folded forms, in the order of these.
    fn headings(&self, scope: &Scope) -> Vec<(String, Heading)> {
        let mut headings: Vec<(String, Heading)> = Vec::new();
        for id in scope.ecosystem.of_type(self.entity_type) {
            let title = scope.title(id);
            let own = folded(&title.text);
            let mut keys = BTreeSet::from([own.clone()]);
            let aliases = scope.aliases(id).into_iter().map(|name| (folded(&name.text), name));
            let aliases = aliases.filter(|(key, _)| keys.insert(key.clone()));
            headings.extend(aliases.map(|(key, name)| (key, Heading { name, id, is_alias: true })));
            headings.push((own, Heading { name: title, id, is_alias: false }));
        }
        headings.sort_by(|(a, first), (b, second)| {
            let keys = (letter(a), a.trim_start()).cmp(&(letter(b), b.trim_start()));
            keys.then_with(|| {
                (first.is_alias, &first.name.text, first.id).cmp(&(second.is_alias, &second.name.text, second.id))
            })
        });
        headings
    }

    fn term(&self, scope: &Scope, heading: &Heading) -> shapes::Term {
        let entity = scope.ecosystem.entity(heading.id);
        let expansion = self.expansion.filter(|_| !heading.is_alias).and_then(|field| match entity.values(field) {
            [FieldValue::Text(texts), ..] => Some(value::localised(scope, texts).into()),
            _ => None,
        });
        let card = card(scope, heading.id);
        shapes::Term { name: heading.name.clone(), alias: heading.is_alias, card, expansion }
    }
}

/// The letter of a folded name; none for a name that starts with anything else, which comes first.
fn letter(folded: &str) -> Option<char> {
    folded.trim_start().chars().next().filter(|first| first.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_start_with_no_letter_are_together() {
        assert_eq!(letter(&folded("Œdème")), Some('œ'));
        assert_eq!(letter(&folded("Évolution")), Some('e'));
        assert_eq!(letter(&folded("« Essai »")), Some('e'));
        assert_eq!(letter(&folded("5-FU")), None);
        assert_eq!(letter(&folded("")), None);
    }
}
