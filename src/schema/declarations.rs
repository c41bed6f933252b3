//! The declarations of a schema: types, fields and relations.

use super::ids::{RelationId, TypeId};
use crate::locale::LocalText;
use crate::text::Place;
use crate::values::{Frame, Kind};

/// The name of the file that declares the folder it is in as a type.
pub const FILE: &str = "_type.toml";

/// The keys that every entity can have, in addition to the fields of its type.
pub const COMMON_KEYS: &[&str] = &[
    "title",
    "summary",
    "aliases",
    "keywords",
    "image",
    "image_fit",
    "background",
    "draft",
    "updated",
    "verified",
    "redirects",
];

/// All types and relations of a site.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// The types, ordered by id.
    pub types: Vec<Type>,
    /// The relations of all types.
    pub relations: Vec<Relation>,
}

/// A type of entities.
#[derive(Debug, Clone)]
pub struct Type {
    /// The id: the name of the folder.
    pub id: Box<str>,
    /// The position of the declaration.
    pub place: Place,
    /// The name of one entity, such as "Actor".
    pub name: LocalText,
    /// The name of several entities, such as "Actors".
    pub plural: LocalText,
    /// The first segment of the entities' addresses.
    pub path: LocalText,
    /// The former values of `path`, each as the path of the index with a slash at both ends.
    pub redirects: Vec<(Box<str>, Place)>,
    /// The entities' type in JSON-LD, from schema.org.
    pub schema_org: Option<Box<str>>,
    /// Whether each entity has a page. Otherwise, its address is its place on the index.
    pub pages: bool,
    /// Whether each entity has a feed of what is related to it.
    pub feeds: bool,
    /// The template of the entities' pages, if it is not the default one, and the position of its name.
    pub template: Option<(Box<str>, Place)>,
    /// The order of the entities in lists.
    pub sort: Sort,
    /// The number that each entity is about; `None` if the type has no field for it.
    pub headline: Option<Headline>,
    /// The relation to the sources of an entity; `None` if the type has none.
    pub sources: Option<RelationId>,
    /// The field that says in which language a title is that is the same in all languages of the site, by its position.
    pub title_language: Option<usize>,
    /// Whether wikilinks to these entities are numbered citations.
    pub citation: bool,
    /// Whether the first mention of an entity's name in the prose of a page becomes a link.
    pub autolink: bool,
    /// Whether unknown keys are kept as texts, with a warning.
    pub extra: bool,
    /// The colour and the letters by which readers tell its entities from those of other types.
    pub sign: Sign,
    /// How the pictures of the entities are shown.
    pub frame: Frame,
    /// The age from which a verification is stale; `None` for the site's setting.
    pub stale_after: Option<jiff::Span>,
    /// The fields that hold values, in the order of declaration.
    pub fields: Vec<Field>,
    /// Fields and relations, in the order of declaration.
    pub members: Vec<Member>,
    /// The relations that lead to this type, in the order of [`Schema::relations`]. Pages show them under their inverse
    /// label. A symmetric relation of this type is not among them.
    pub inverses: Vec<RelationId>,
    /// The relations that follow from other relations.
    pub derived: Vec<Derived>,
}

/// The sign of a type.
#[derive(Debug, Clone, Default)]
pub struct Sign {
    /// The colour.
    pub colour: Colour,
    /// The letters, in every language of the site.
    pub mark: LocalText,
}

/// The colour of a type. Themes decide how light and how vivid it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Colour {
    /// Almost none, for types that stay in the background.
    #[default]
    Grey,
    /// A hue of OKLCH (CSS Color 4), in degrees from 0 to 359.
    Hue(u16),
}

impl Colour {
    /// The hue in degrees; none for grey.
    pub fn hue(self) -> Option<u16> {
        match self {
            Self::Grey => None,
            Self::Hue(hue) => Some(hue),
        }
    }

    /// Whether two colours are the same, or less than `degrees` apart.
    pub(super) fn is_near(self, other: Self, degrees: u16) -> bool {
        match (self.hue(), other.hue()) {
            (Some(a), Some(b)) => a.abs_diff(b).min(360 - a.abs_diff(b)) < degrees,
            _ => self == other,
        }
    }
}

impl Type {
    /// Whether this is the type's name, in any language and number, or part of its addresses.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let texts = [&self.name, &self.plural, &self.path].into_iter().flat_map(|texts| texts.iter());
        texts.map(|(_, text)| text.to_lowercase()).any(|text| text == name)
    }
}

/// The fields of a headline, by their positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headline {
    /// The number, or the lower end of a range.
    pub value: usize,
    /// The upper end of a range; of the same kind.
    pub to: Option<usize>,
    /// The unit in words; without it, the number has the unit of its field.
    pub unit: Option<usize>,
    /// The word before the number, such as `about`.
    pub qualifier: Option<usize>,
}

/// A field or a relation of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Member {
    /// A field, by its index in [`Type::fields`].
    Field(usize),
    /// A relation.
    Relation(RelationId),
}

/// What a type says of its entities, by one id: a field, a relation or a derived relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Property {
    /// A field, by its index in [`Type::fields`].
    Field(usize),
    /// A relation that the type declares.
    Relation(RelationId),
    /// A derived relation, by its index in [`Type::derived`].
    Derived(usize),
}

/// The order of a list of entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// By title, in the alphabetical order of the language.
    Title,
    /// By a field, or by the first title of those that a relation leads to; then by title. Entities without it come
    /// last.
    By {
        /// The field, relation or derived relation.
        property: Property,
        /// Whether the last in this order comes first.
        descending: bool,
    },
}

/// A field that holds values.
#[derive(Debug, Clone)]
pub struct Field {
    /// The id: the key in the front matter.
    pub id: Box<str>,
    /// The position of the declaration.
    pub place: Place,
    /// The label that readers see.
    pub label: LocalText,
    /// A help text for authors.
    pub help: LocalText,
    /// The kind of the values.
    pub kind: Kind,
    /// Whether the field holds a list.
    pub many: bool,
    /// Whether every entity must have the field.
    pub required: bool,
    /// Whether no two entities of the type can have the same value.
    pub unique: bool,
    /// Whether the index page can be filtered by the field.
    pub facet: bool,
    /// Whether lists show the field beside the title.
    pub brief: bool,
    /// Whether pages do not show the field. It is still published in the data and can be sorted by.
    pub hidden: bool,
    /// The property in JSON-LD, from schema.org.
    pub schema_org: Option<Box<str>>,
    /// The fields that each value can have, such as the date on which it was true. Attributes have none themselves.
    pub attributes: Vec<Field>,
    /// The field whose value this one can't be less than, and the position of its name.
    pub after: Option<(Box<str>, Place)>,
}

impl Field {
    /// A field of which nothing is declared but its kind.
    pub fn plain(id: &str, place: Place, kind: Kind) -> Self {
        Self {
            id: id.into(),
            place,
            label: LocalText::default(),
            help: LocalText::default(),
            kind,
            many: false,
            required: false,
            unique: false,
            facet: false,
            brief: false,
            hidden: false,
            schema_org: None,
            attributes: Vec::new(),
            after: None,
        }
    }

    /// A value without content, as TOML: what an editor puts after the key, for an author to fill in.
    pub fn blank(&self) -> &'static str {
        match (&self.kind, self.many) {
            (Kind::Integer(_) | Kind::Number(_) | Kind::Percentage(_) | Kind::Year(_), false) => "0",
            (Kind::Boolean(_), false) => "false",
            (Kind::Point(_) | Kind::Range(_), false) => "[]",
            (Kind::Period(_) | Kind::Record(_), false) => "{  }",
            (_, false) => "\"\"",
            (_, true) => "[]",
        }
    }

    /// The position, among the fields of the same type or relation, of the field whose value this one can't be less
    /// than. An `end` is after a `start` unless the schema says otherwise.
    pub fn predecessor(&self, fields: &[Field]) -> Option<usize> {
        let is_date = |kind: &Kind| matches!(kind, Kind::Date(_) | Kind::Year(_));
        match &self.after {
            Some((name, _)) => fields.iter().position(|field| field.id == *name),
            None if &*self.id == "end" && is_date(&self.kind) => {
                fields.iter().position(|field| &*field.id == "start" && is_date(&field.kind))
            }
            None => None,
        }
    }
}

/// A field that leads to entities.
#[derive(Debug, Clone)]
pub struct Relation {
    /// The id: the key in the front matter.
    pub id: Box<str>,
    /// The position of the id of its inverse, or else of the declaration.
    pub place: Place,
    /// The type that declares the relation.
    pub owner: TypeId,
    /// The types of the targets.
    pub to: Vec<TypeId>,
    /// Whether an entity has at most one target.
    pub one: bool,
    /// Whether one of the types that it names does not exist.
    pub is_incomplete: bool,
    /// Whether an entity can be its own target.
    pub to_itself: bool,
    /// Whether every entity must have a target.
    pub required: bool,
    /// Whether the index page can be filtered by the relation.
    pub facet: bool,
    /// Whether lists show the targets beside the title.
    pub brief: bool,
    /// The label on the pages of the sources of links.
    pub label: LocalText,
    /// A help text for authors.
    pub help: LocalText,
    /// The property in JSON-LD, from schema.org.
    pub schema_org: Option<Box<str>>,
    /// The id of the inverse relation, from targets to sources.
    pub inverse: Box<str>,
    /// The label of the inverse relation, on the pages of the targets.
    pub inverse_label: LocalText,
    /// Whether the relation is its own inverse between entities of its own type: both ends show the links in one list.
    pub symmetric: bool,
    /// Whether the relation leads to the parent in a hierarchy. A filter by an entity also finds what belongs to its
    /// descendants.
    pub hierarchy: bool,
    /// Whether all targets are sources (types with `citation = true`).
    pub citation: bool,
    /// The fields that each link can have.
    pub attributes: Vec<Field>,
}

/// A relation that follows from a path of other relations.
#[derive(Debug, Clone)]
pub struct Derived {
    /// The id, unique in its type.
    pub id: Box<str>,
    /// The position of the declaration.
    pub place: Place,
    /// The label that readers see.
    pub label: LocalText,
    /// The relations to follow at each step of the path: all relations and inverses with the id of the step.
    pub steps: Vec<Vec<Step>>,
    /// The types at the end of the path, in their order.
    pub to: Vec<TypeId>,
    /// Whether the index page can be filtered by it.
    pub facet: bool,
    /// Whether lists show the entities at the end beside the title.
    pub brief: bool,
}

/// A relation, and the direction in which it is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The relation.
    pub relation: RelationId,
    /// Whether it is followed from target to source.
    pub backward: bool,
}

/// The id of the type that a file declares: `content/actors/_type.toml` declares `actors`.
pub fn type_of(path: &str) -> Option<&str> {
    let folder = path.strip_prefix("content/")?.strip_suffix(FILE)?.strip_suffix('/')?;
    (!folder.is_empty() && !folder.contains('/')).then_some(folder)
}

/// Whether a text can be an id: lower-case ASCII letters, digits and single hyphens, at most 200 bytes. `underscores`
/// allows underscores in place of hyphens.
pub fn is_id(text: &str, underscores: bool) -> bool {
    let separator = |byte: u8| byte == b'-' || (underscores && byte == b'_');
    let bytes = text.as_bytes();
    !bytes.is_empty()
        && bytes.len() <= 200
        && bytes.iter().all(|&byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || separator(byte))
        && !separator(bytes[0])
        && !separator(bytes[bytes.len() - 1])
        && !bytes.windows(2).any(|pair| separator(pair[0]) && separator(pair[1]))
}
