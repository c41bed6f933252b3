//! The kinds of tokens that a position in a file can belong to.

use crate::locale::{Lang, LocalText};
use crate::model::body::Target;
use crate::model::ecosystem::Ecosystem;
use crate::model::ids::{EntityId, PageId};
use crate::model::page::PageKind;
use crate::schema::{Field, Property, RelationId, TypeId};
use crate::text::{Place, Span};
use crate::values::{Column, Kind};

/// A token in a file, with its meaning: a key, a value or a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// The whole token: a value with its quotation marks, a link with its brackets.
    pub span: Span,
    /// The thing that this part of the file describes.
    pub subject: Subject,
    /// The meaning of the token.
    pub meaning: Meaning,
}

/// The thing that a part of a file describes.
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

/// The meaning of a token.
///
/// If the token is a name, `None` means that nothing has this name. A language server then offers existing names: those
/// of entities come from [`Ecosystem::every`](crate::model::Ecosystem::every); those of types, fields, relations,
/// attributes and choices come from [`Schema`](crate::schema::Schema).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Meaning {
    /// The subject's id: the name of its table in a list.
    Id,
    /// The subject's title, in this language.
    Title(Lang),
    /// A key of the format itself, such as `summary`, or `to` of a link.
    Key(Box<str>),
    /// The value of such a key.
    Value(Box<str>),
    /// The name of a field: a key in a profile, a declaration, or a reference such as `sort`.
    Field(FieldId),
    /// A value of a field, and its index in the list of values.
    FieldValue(FieldId, usize),
    /// A choice: the value of a field, or a declaration. The number is the index of the choice in its field.
    Choice(FieldId, Option<usize>),
    /// The name of a relation: a key in a profile, a declaration, or a reference such as a step of a derived relation.
    Relation(RelationId),
    /// The id of an inverse, by its relation: in a declaration, or a step of a derived relation.
    Inverse(RelationId),
    /// The name of a derived relation, and its index in the type.
    Derived(TypeId, usize),
    /// The target of a relation; it may be a draft.
    Target(RelationId, Option<EntityId>),
    /// A link in prose, or the path of an image in a value. A broken link has the target [`Target::Nothing`].
    Link(LinkForm, Target),
    /// An entity that is named elsewhere than in a relation, such as in a block of a page.
    Entity(EntityId),
    /// The name of a type.
    Type(Option<TypeId>),
    /// A folder of the content, with a slash at the end.
    Folder(Box<str>),
    /// The name of a page that is no entity.
    Page(PageId),
}

impl Meaning {
    /// A field, a relation or a derived relation of a type.
    pub fn property(owner: TypeId, property: Property) -> Self {
        match property {
            Property::Field(at) => Self::Field(FieldId::OfType(owner, at)),
            Property::Relation(relation) => Self::Relation(relation),
            Property::Derived(at) => Self::Derived(owner, at),
        }
    }

    /// The page of the menu that a name means: the index of a type, or another page.
    pub fn menu_entry(ecosystem: &Ecosystem, page: PageId) -> Self {
        match ecosystem.page(page).kind {
            PageKind::Index(entity_type) => Self::Type(Some(entity_type)),
            _ => Self::Page(page),
        }
    }
}

/// A name in a file, and what it means. Where several things can be meant, each has a name of its own.
pub type Name = (Place, Meaning);

/// The syntax of a link.
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

/// A field of a type or of its records, or an attribute of a relation or of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldId {
    /// The index in [`Type::fields`](crate::schema::Type::fields).
    OfType(TypeId, usize),
    /// The index in [`Relation::attributes`](crate::schema::Relation::attributes).
    OfRelation(RelationId, usize),
    /// The index of a field in its type, and the index in [`Field::attributes`](crate::schema::Field::attributes).
    OfField(TypeId, usize, usize),
    /// The index of a field with records in its type, and the index of a field of these records.
    OfRecord(TypeId, usize, usize),
}

/// What fields, attributes and the fields of records have in common.
#[derive(Debug, Clone, Copy)]
pub struct Declared<'a> {
    /// The id: the key in a profile.
    pub id: &'a str,
    /// The position of the declaration.
    pub place: &'a Place,
    /// The label that readers see.
    pub label: &'a LocalText,
    /// A help text for authors.
    pub help: &'a LocalText,
    /// The kind of the values.
    pub kind: &'a Kind,
    /// Whether it holds a list.
    pub many: bool,
    /// Whether it must have a value.
    pub required: bool,
    /// Whether no two entities of the type can have the same value.
    pub unique: bool,
    /// The fields that each value can have.
    pub attributes: &'a [Field],
}

impl<'a> From<&'a Field> for Declared<'a> {
    fn from(field: &'a Field) -> Self {
        let Field { id, place, label, help, kind, attributes, .. } = field;
        let (many, required, unique) = (field.many, field.required, field.unique);
        Self { id, place, label, help, kind, many, required, unique, attributes }
    }
}

impl<'a> From<&'a Column<Kind>> for Declared<'a> {
    fn from(column: &'a Column<Kind>) -> Self {
        let Column { id, place, label, help, kind, required } = column;
        Self { id, place, label, help, kind, many: false, required: *required, unique: false, attributes: &[] }
    }
}
