//! What can stand at a position.

use crate::locale::Lang;
use crate::model::body::Target;
use crate::model::ids::{EntityId, PageId};
use crate::schema::{RelationId, TypeId};
use crate::text::Span;

/// Something in a file that has a meaning.
///
/// The span is that of the whole token: a key, a value with its quotation marks, a link with its brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// From where to where it stands.
    pub span: Span,
    /// Whom the file speaks of there.
    pub subject: Subject,
    /// What is meant.
    pub meaning: Meaning,
}

/// Whom a part of a file speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// An entity: its file, a translation of it, or its table in a list.
    Entity(EntityId),
    /// A page that is no entity.
    Page(PageId),
    /// A type: its `_type.toml`.
    Type(TypeId),
    /// The site: `site.toml`.
    Site,
}

/// What stands somewhere.
///
/// Where it is a name, `None` says that there is nothing of that name, so that a language server can offer names that there are:
/// [`Ecosystem::every`](crate::model::Ecosystem::every) has those of entities, [`Schema`](crate::schema::Schema) those of types, fields, relations, attributes and choices.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Meaning {
    /// The subject's own id: the name of its table in a list.
    Id,
    /// The subject's own title, in this language.
    Title(Lang),
    /// A key that means the same everywhere, such as `summary`, or `to` of a link.
    Key(Box<str>),
    /// The value of such a key.
    Value(Box<str>),
    /// The name of a field: its key in a profile, its declaration, or where it is named.
    Field(FieldId),
    /// A value of a field, and its index among those that are written.
    FieldValue(FieldId, usize),
    /// A choice: as the value of a field, or its declaration.
    Choice(FieldId, Option<usize>),
    /// The name of a relation: its key in a profile, its declaration, or where it is named.
    Relation(RelationId),
    /// The entity that a relation leads to; it may be a draft.
    Target(RelationId, Option<EntityId>),
    /// A link in prose; its target is [`Target::Nothing`] where it leads nowhere.
    Link(LinkForm, Target),
    /// The name of a type.
    Type(Option<TypeId>),
    /// The name of a page that is no entity.
    Page(PageId),
}

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkForm {
    /// `[[novadip]]`
    Wiki,
    /// `![[novadip]]`
    Embed,
    /// `[text](novadip.md)`
    Markdown,
    /// `![text](logo.svg)`
    Image,
    /// `image = "logo.svg"`
    Value,
}

/// A field of a type, or an attribute of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldId {
    /// The index in [`Type::fields`](crate::schema::Type::fields).
    OfType(TypeId, usize),
    /// The index in [`Relation::attributes`](crate::schema::Relation::attributes).
    OfRelation(RelationId, usize),
}
