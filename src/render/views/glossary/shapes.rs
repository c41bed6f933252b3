//! What templates see of a glossary.

use tera::Value;

use crate::render::engine::shapes::shapes;
use crate::render::words::Words;

shapes! {
    /// Entities by their first letters, for a page with `view = { kind = "glossary", … }`.
    Glossary {
        /// `glossary`.
        kind: &'static str,
        /// The type.
        of: Value,
        /// The letters with names, a list of [Letter](#letter).
        letters: Vec<Value>,
    }

    /// A letter with the names that start with it.
    Letter {
        /// The letter as a capital of the page's language; `0–9` for names that start with no letter.
        name: String,
        /// The letter as a part of anchors.
        id: String,
        /// The names under it, in order, a list of [Term](#term).
        terms: Vec<Value>,
    }

    /// A name under which an entity is listed.
    Term {
        /// The name.
        name: Words,
        /// Whether it is an alias of the entity, and not its title.
        alias: bool,
        /// The entity, a [Card](#card).
        card: Value,
        /// The long form of the name, an [Item](#item); none if the entity has none.
        expansion: Option<Value>,
    }
}
