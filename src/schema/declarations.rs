//! What a schema declares: types, fields, relations.

use super::kind::{Choice, Kind};
use crate::locale::{Lang, Languages, LocalText};
use crate::text::Place;

/// The file that makes a folder a type.
pub const FILE: &str = "_type.toml";

/// The keys that every entity has, beside the fields of its type.
pub const COMMON_KEYS: &[&str] = &["title", "summary", "aliases", "image", "draft", "updated", "verified", "redirects"];

/// A type's number in its [`Schema`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub u16);

impl TypeId {
    /// The number as an index.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A relation's number in its [`Schema`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationId(pub u16);

/// All types and relations of a site.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// The types, ordered by id.
    pub types: Vec<Type>,
    /// The relations of all types.
    pub relations: Vec<Relation>,
}

/// What entities of one kind have in common.
#[derive(Debug, Clone)]
pub struct Type {
    /// Its id: the name of its folder.
    pub id: Box<str>,
    /// Where it is declared.
    pub place: Place,
    /// What one of them is called.
    pub name: LocalText,
    /// What several of them are called.
    pub plural: LocalText,
    /// The first part of their addresses.
    pub path: LocalText,
    /// Their type in JSON-LD, from schema.org.
    pub schema_org: Option<Box<str>>,
    /// Their own template, and where it is named.
    pub template: Option<(Box<str>, Place)>,
    /// The order of lists of them.
    pub sort: Sort,
    /// The number that each of them is about; none if the type has no such field.
    pub headline: Option<Headline>,
    /// Whether a wikilink to one of them is a numbered citation.
    pub citation: bool,
    /// The age from which a verification is too old, if it is not the site's.
    pub stale_after: Option<jiff::Span>,
    /// The fields that are no relations, in the order of their declaration.
    pub fields: Vec<Field>,
    /// Fields and relations in the order of their declaration.
    pub members: Vec<Member>,
    /// The relations that lead here and show here under their inverse label, in the order of the schema.
    pub inverses: Vec<RelationId>,
    /// The relations that follow from others.
    pub derived: Vec<Derived>,
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
    /// The field at this index of [`Type::fields`].
    Field(usize),
    /// A relation.
    Relation(RelationId),
}

/// The order of a list of entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// By title, without regard to accents and capitals.
    Title,
    /// By a field, then by title; entities without it come last.
    Field {
        /// The index in [`Type::fields`].
        field: usize,
        /// The greatest first.
        descending: bool,
    },
}

/// A field that holds values.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its id: the key in the front matter.
    pub id: Box<str>,
    /// Where it is declared.
    pub place: Place,
    /// What it is called.
    pub label: LocalText,
    /// What to write in it.
    pub help: LocalText,
    /// What its values are.
    pub kind: Kind,
    /// Whether it holds a list.
    pub many: bool,
    /// Whether it must be there.
    pub required: bool,
    /// Whether the index filters by it.
    pub facet: bool,
    /// Whether it is said beside the title in lists.
    pub brief: bool,
    /// Whether it is left out of the facts that readers see; data and order have it all the same.
    pub hidden: bool,
    /// Its property in JSON-LD, from schema.org.
    pub schema_org: Option<Box<str>>,
}

impl Field {
    /// What its values can be, if it is a choice.
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            Kind::Choice(choices) => choices,
            _ => &[],
        }
    }
}

/// A field that leads to entities.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Its id: the key in the front matter.
    pub id: Box<str>,
    /// Where it is declared.
    pub place: Place,
    /// The type that declares it.
    pub owner: TypeId,
    /// The types that it leads to.
    pub to: Vec<TypeId>,
    /// Whether it leads to one entity at most.
    pub one: bool,
    /// Whether it must be there.
    pub required: bool,
    /// Whether the index filters by it.
    pub facet: bool,
    /// Whether its targets are named beside the title in lists.
    pub brief: bool,
    /// What it is called.
    pub label: LocalText,
    /// What to write in it.
    pub help: LocalText,
    /// Its property in JSON-LD, from schema.org.
    pub schema_org: Option<Box<str>>,
    /// Its id at the other end.
    pub inverse: Box<str>,
    /// What it is called at the other end.
    pub inverse_label: LocalText,
    /// Whether it is its own inverse between entities of its own type: both ends show it as one list.
    pub symmetric: bool,
    /// Whether it leads up: what is said of an entity holds for those that it leads to, too, when an index is filtered.
    pub hierarchy: bool,
    /// Whether it leads to sources only.
    pub citation: bool,
    /// What can be said of each of its links.
    pub attributes: Vec<Field>,
}

/// A relation that follows from others.
#[derive(Debug, Clone)]
pub struct Derived {
    /// Its id.
    pub id: Box<str>,
    /// Where it is declared.
    pub place: Place,
    /// What it is called.
    pub label: LocalText,
    /// The relations to follow, step by step; at each step all those that bear the step's id.
    pub steps: Vec<Vec<Step>>,
}

/// A relation and the direction in which to follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The relation.
    pub relation: RelationId,
    /// From target to source.
    pub backward: bool,
}

impl Schema {
    /// A type by its number.
    pub fn get(&self, id: TypeId) -> &Type {
        &self.types[usize::from(id.0)]
    }

    /// A relation by its number.
    pub fn relation(&self, id: RelationId) -> &Relation {
        &self.relations[usize::from(id.0)]
    }

    /// Every type with its number.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        self.types.iter().enumerate().map(|(index, entity_type)| (TypeId(index as u16), entity_type))
    }

    /// What one entity of a type is called in messages: in English if the type says so.
    pub fn name_in_messages(&self, id: TypeId, languages: &Languages) -> String {
        let lang = languages.find("en").unwrap_or(Lang::DEFAULT);
        self.get(id).name.text(lang).to_lowercase()
    }

    /// The type of this id.
    pub fn find(&self, id: &str) -> Option<TypeId> {
        self.types.binary_search_by(|entity_type| (*entity_type.id).cmp(id)).ok().map(|index| TypeId(index as u16))
    }

    /// The relations that a type declares.
    pub fn relations_of(&self, id: TypeId) -> impl Iterator<Item = (RelationId, &Relation)> {
        self.get(id).members.iter().filter_map(|member| match member {
            Member::Relation(relation) => Some((*relation, self.relation(*relation))),
            Member::Field(_) => None,
        })
    }

    /// The type's relation to sources, if it has one.
    pub fn source_relation(&self, id: TypeId) -> Option<&Relation> {
        self.relations_of(id).map(|(_, relation)| relation).find(|relation| relation.citation)
    }
}

/// The id of the type that a file declares: `content/actors/_type.toml` declares `actors`.
pub fn type_of(path: &str) -> Option<&str> {
    let folder = path.strip_prefix("content/")?.strip_suffix(FILE)?.strip_suffix('/')?;
    (!folder.is_empty() && !folder.contains('/')).then_some(folder)
}

/// Whether something can be an id: small letters, digits and single hyphens; with `underscores`, also those.
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
