//! JSON-LD for search engines, in the vocabulary of schema.org.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::model::{EntityId, PageId};
use crate::render::scope::Scope;
use crate::schema::Member;
use crate::site;
use crate::url::encoded;

/// The JSON-LD of an entity; `None` if its type has no schema.org type.
pub(super) fn entity(scope: &Scope, id: EntityId) -> Option<String> {
    let (ecosystem, lang) = (&scope.ecosystem, scope.lang);
    let entity = ecosystem.entity(id);
    let entity_type = ecosystem.schema.get(entity.entity_type);
    let kind = entity_type.schema_org.as_ref()?;
    let address = |id| scope.canonical(&site::entity_path(ecosystem, id, lang));
    let mut object = Map::new();
    object.insert("@context".into(), "https://schema.org".into());
    object.insert("@type".into(), kind.as_ref().into());
    object.insert("@id".into(), address(id).into());
    object.insert("url".into(), address(id).into());
    object.insert("name".into(), entity.title.text(lang).into());
    let summary = entity.summary.text(lang);
    if !summary.is_empty() {
        object.insert("description".into(), summary.into());
    }
    if let Some((_, names)) = entity.aliases.best(lang) {
        object.insert("alternateName".into(), names.iter().map(|name| Value::from(name.as_ref())).collect());
    }
    if let Some(image) = &entity.image {
        object.insert("image".into(), scope.canonical(&encoded(&format!("/{}", image.src))).into());
    }
    // Several fields can have the same property.
    let mut properties: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for values in &entity.values {
        let kind = &entity_type.fields[values.field].kind;
        let same = values.values.iter().filter_map(|value| kind.same_as(value)).map(Value::from);
        properties.entry("sameAs".to_owned()).or_default().extend(same);
    }
    for member in &entity_type.members {
        let (property, values): (_, Vec<Value>) = match member {
            Member::Field(at) => {
                let field = &entity_type.fields[*at];
                let Some(property) = &field.schema_org else { continue };
                (property, entity.values(*at).iter().filter_map(|value| field.kind.schema_org(value, lang)).collect())
            }
            Member::Relation(relation) => {
                let Some(property) = &ecosystem.schema.relation(*relation).schema_org else { continue };
                let targets = ecosystem.targets(id, *relation).into_iter();
                let named = |to| json!({ "@id": address(to), "name": ecosystem.entity(to).title.text(lang) });
                (property, targets.map(named).collect())
            }
        };
        properties.entry(property.to_string()).or_default().extend(values);
    }
    for (property, mut values) in properties.into_iter().filter(|(_, values)| !values.is_empty()) {
        object.insert(property, if values.len() == 1 { values.remove(0) } else { values.into() });
    }
    Some(script(&Value::Object(object)))
}

/// The site itself.
pub(super) fn home(scope: &Scope) -> String {
    let (config, lang) = (&scope.ecosystem.config, scope.lang);
    script(&json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "url": scope.canonical(&site::page_path(&scope.ecosystem, PageId::HOME, lang)),
        "name": config.title(lang),
        "description": config.description.text(lang),
        "inLanguage": scope.tag(),
    }))
}

/// JSON for a script element, escaped so that it can't end the element.
fn script(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}
