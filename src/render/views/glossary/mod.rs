//! A glossary: titles and aliases, grouped by first letter.

mod shapes;

use std::collections::BTreeSet;

use tera::Value;

use super::kind::{self, View};
use super::spec::Spec;
use crate::locale::{Letter, SortKey, folded};
use crate::model::{EntityId, FieldValue};
use crate::render::parts::{card, type_value, value};
use crate::render::scope::Scope;
use crate::render::words::Words;
use crate::schema::TypeId;
use crate::values;

/// The default id of the text field with the long form of an abbreviation.
const EXPANSION: &[&str; 1] = &["expansion"];

pub(crate) struct Kind;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        "glossary"
    }

    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>> {
        spec.keys("a glossary", &["of", "expansion"]);
        let entity_type = spec.entity_type()?;
        let is_text = |kind: &values::Kind| matches!(kind, values::Kind::Text(_));
        spec.check_field(&[entity_type], "expansion", is_text);
        let expansion = spec.field(entity_type, "expansion", EXPANSION, is_text);
        Some(Box::new(Glossary { entity_type, expansion }))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        shapes::SHAPES
    }
}

struct Glossary {
    entity_type: TypeId,
    /// The field with the long form of an abbreviation.
    expansion: Option<usize>,
}

impl View for Glossary {
    fn value(&self, scope: &Scope) -> Value {
        let headings = self.headings(scope);
        let letters = headings.chunk_by(|a, b| a.letter == b.letter).map(|headings| {
            let letter = headings[0].letter.as_ref().map(|letter| &*letter.name);
            let name = letter.map_or_else(|| String::from("0–9"), str::to_uppercase);
            let terms = headings.iter().map(|heading| self.term(scope, heading).into());
            shapes::Letter { name, id: letter.unwrap_or("0").to_owned(), terms: terms.collect() }.into()
        });
        let letters = letters.collect();
        shapes::Glossary { kind: "glossary", of: type_value(scope, self.entity_type), letters }.into()
    }
}

/// A name under which an entity is looked up.
struct Heading {
    name: Words,
    id: EntityId,
    is_alias: bool,
    /// None for a name that starts with a digit.
    letter: Option<Letter>,
    key: SortKey,
}

impl Heading {
    /// The sort key: names without a letter come first, and a title comes before aliases with the same key.
    fn sort_key(&self) -> impl Ord + '_ {
        (self.letter.is_some(), &self.key, self.is_alias, &self.name.text, self.id)
    }
}

impl Glossary {
    /// All titles, and the aliases that are spelt differently, in order.
    fn headings(&self, scope: &Scope) -> Vec<Heading> {
        let (order, alphabet) = (scope.language().order(), scope.language().alphabet());
        let heading = |name: Words, id, is_alias| {
            let (letter, key) = (alphabet.letter(&name.text), order.key(&name.text));
            Heading { name, id, is_alias, letter, key }
        };
        let mut headings = Vec::new();
        for id in scope.ecosystem.of_type(self.entity_type) {
            let title = scope.title(id);
            let mut spellings = BTreeSet::from([folded(&title.text)]);
            headings.push(heading(title, id, false));
            let aliases = scope.aliases(id).into_iter().filter(|name| spellings.insert(folded(&name.text)));
            headings.extend(aliases.map(|name| heading(name, id, true)));
        }
        headings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
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
