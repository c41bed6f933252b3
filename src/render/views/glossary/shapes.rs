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

    /// A letter under which anything stands.
    Letter {
        /// The letter as a capital, as the language has it; `0–9` for names that start with none.
        name: String,
        /// The letter as a part of anchors.
        id: String,
        /// The names under it, in order, a list of [Term](#term).
        terms: Vec<Value>,
    }

    /// A name under which an entity stands.
    Term {
        /// The name.
        name: Words,
        /// Whether it is another name, that only leads to the entity.
        alias: bool,
        /// The entity.
        card: Value,
        /// What the name is short for, an [Item](#item); none if nothing says so.
        expansion: Option<Value>,
    }
}
