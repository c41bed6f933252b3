//! What entities are to have.

use crate::locale::Lang;
use crate::schema::TypeId;

/// Something that an entity is to have. All values are TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// A value, in place of the present one.
    Value(Box<str>, String),
    /// A list, by its items.
    Items(Box<str>, Vec<Item>),
    /// A text, or a list of texts, in a language.
    Text(Box<str>, Lang, String),
    /// No value.
    Nothing(Box<str>),
    /// No text in a language.
    NoText(Box<str>, Lang),
    /// An attribute of the item of a list at a position, or of a single value.
    Attribute {
        /// The relation.
        key: Box<str>,
        /// The position of the item.
        item: usize,
        /// The attribute.
        name: Box<str>,
        /// Its value; `None` for none.
        value: Option<String>,
    },
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// The present item at a position, as it is written.
    Kept(usize),
    /// A new item.
    New(String),
}

/// An entity that is to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntity {
    /// Its type.
    pub owner: TypeId,
    /// Its id, which is free.
    pub id: Box<str>,
    /// Its facts: keys and TOML, in the order in which they are written.
    pub facts: Vec<(Box<str>, String)>,
}
