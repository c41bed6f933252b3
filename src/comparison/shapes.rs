//! What a comparison says. Serialised, it is the JSON of `filiere diff`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use crate::diagnostics::Diagnostic;

/// A text by the tag of its language.
pub type ByLanguage = BTreeMap<String, String>;

/// The differences between two states of a site.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// Entities, by type and id.
    pub entities: Vec<EntityChange>,
    /// Links of derived relations that appear or vanish, by relation.
    pub derived: Vec<DerivedChange>,
    /// What is different in the schema, a sentence each.
    pub schema: Vec<String>,
    /// Pages that are no entities, by path.
    pub pages: Vec<EntityChange>,
    /// Diagnostics that were not there before.
    pub new: Vec<Diagnostic>,
    /// Diagnostics that are no longer there.
    pub gone: Vec<Diagnostic>,
}

/// What happened to an entity or a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another name, and may be different in other respects too.
    Renamed,
    /// It is different.
    Changed,
}

/// What is different about an entity or a page.
#[derive(Debug, Clone, Serialize)]
pub struct EntityChange {
    /// What happened to it.
    pub change: Kind,
    /// Its name: `type/id`, or `page:path`.
    pub entity: String,
    /// The name that it had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// Its title in each language.
    pub title: ByLanguage,
    /// Its title in the language of the comparison.
    #[serde(skip)]
    pub heading: String,
    /// Values of fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldChange>,
    /// Texts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<TextChange>,
    /// Relations that it states.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<RelationChange>,
    /// Addresses that are others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<AddressChange>,
    /// The tags of languages whose translation has not followed a change of the original.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub behind: Vec<String>,
}

/// A field with other values.
#[derive(Debug, Clone, Serialize)]
pub struct FieldChange {
    /// Its id.
    pub field: String,
    /// Its label in each language.
    pub label: ByLanguage,
    /// The values before, as in the data; null if there was none.
    pub old: Json,
    /// The values after.
    pub new: Json,
    /// The label and both values in the language of the comparison.
    #[serde(skip)]
    pub words: [String; 3],
}

/// A text that is another one.
#[derive(Debug, Clone, Serialize)]
pub struct TextChange {
    /// `title`, `summary`, `body` or the id of a field.
    pub text: String,
    /// The tag of its language.
    pub lang: String,
    /// The text before, as it is written; null if there was none.
    pub old: Option<String>,
    /// The text after.
    pub new: Option<String>,
    /// What the text is called in the language of the comparison.
    #[serde(skip)]
    pub label: String,
}

/// What happened to a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Changed {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its attributes are others.
    Changed,
}

/// A link to another entity.
#[derive(Debug, Clone, Serialize)]
pub struct RelationChange {
    /// The id of the relation.
    pub relation: String,
    /// Its label in each language.
    pub label: ByLanguage,
    /// The other entity.
    pub to: String,
    /// What happened to the link.
    pub change: Changed,
    /// Its attributes before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Json>,
    /// Its attributes after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Json>,
    /// The label, the title of the other entity, and the attributes before and after, in the language of the comparison.
    #[serde(skip)]
    pub words: [String; 4],
}

/// An address that is another one.
#[derive(Debug, Clone, Serialize)]
pub struct AddressChange {
    /// The tag of the language.
    pub lang: String,
    /// The address before.
    pub old: String,
    /// The address after; null if there is none.
    pub new: Option<String>,
    /// Whether the old one redirects.
    pub redirected: bool,
}

/// A link of a derived relation that appears or vanishes.
#[derive(Debug, Clone, Serialize)]
pub struct DerivedChange {
    /// The id of the derived relation.
    pub relation: String,
    /// The entity that has it.
    pub from: String,
    /// The entity that it leads to.
    pub to: String,
    /// What happened to it.
    pub change: Changed,
    /// The label and both titles in the language of the comparison.
    #[serde(skip)]
    pub words: [String; 3],
}

impl EntityChange {
    /// What happened to something, without what is different about it.
    pub(super) fn new(change: Kind, entity: String, title: ByLanguage, heading: &str) -> Self {
        Self {
            change,
            entity,
            was: None,
            title,
            heading: heading.to_owned(),
            fields: Vec::new(),
            texts: Vec::new(),
            relations: Vec::new(),
            addresses: Vec::new(),
            behind: Vec::new(),
        }
    }
}

impl Comparison {
    /// Whether nothing is different but, perhaps, diagnostics.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty() && self.derived.is_empty() && self.schema.is_empty() && self.pages.is_empty()
    }

    /// As JSON. `diagnostics` makes JSON of diagnostics: the new ones have places in the texts after, those that are gone
    /// in the texts before.
    pub fn json(&self, from: &str, to: &str, diagnostics: impl Fn(&[Diagnostic], bool) -> Json) -> Json {
        let mut map = serde_json::Map::new();
        map.insert("from".into(), from.into());
        map.insert("to".into(), to.into());
        map.insert("changes".into(), list(&self.entities));
        if !self.derived.is_empty() {
            map.insert("derived".into(), list(&self.derived));
        }
        if !self.schema.is_empty() {
            map.insert("schema".into(), list(&self.schema));
        }
        if !self.pages.is_empty() {
            map.insert("pages".into(), list(&self.pages));
        }
        let both = serde_json::json!({ "new": diagnostics(&self.new, true), "gone": diagnostics(&self.gone, false) });
        map.insert("diagnostics".into(), both);
        Json::Object(map)
    }
}

/// A list as JSON.
fn list<T: Serialize>(items: &[T]) -> Json {
    serde_json::to_value(items).unwrap_or_default()
}
