//! The schemas of profiles and lists of a type.

use serde_json::{Map, Value, json};

use super::forms::{Forms, boolean, file, one_of, string, strings, table};
use crate::schema::{Field, Member, Relation, TypeId};
use crate::values::Date;

/// The schema of a profile, without its head.
pub(super) fn schema(forms: &Forms<'_>, of: TypeId) -> Value {
    let info = forms.ecosystem.schema.get(of);
    let image = json!({
        "anyOf": [string(), {
            "type": "object",
            "properties": { "src": string(), "alt": forms.text },
            "required": ["src"],
            "additionalProperties": false,
        }]
    });
    let mut profile = table(
        "Profiles",
        vec![
            ("title", forms.text.clone()),
            ("summary", forms.text.clone()),
            ("aliases", forms.by_language(&strings())),
            ("keywords", forms.by_language(&strings())),
            ("image", image),
            ("image_fit", one_of(["contain", "cover"])),
            ("background", one_of(["light", "dark", "none"])),
            ("draft", boolean()),
            ("updated", Date::json_schema()),
            ("verified", Date::json_schema()),
            ("redirects", strings()),
        ],
    );
    for member in &info.members {
        let (id, schema, is_required) = match member {
            Member::Field(at) => {
                let field = &info.fields[*at];
                (&field.id, of_field(forms, field), field.required)
            }
            Member::Relation(id) => {
                let relation = forms.ecosystem.schema.relation(*id);
                (&relation.id, of_relation(forms, relation), relation.required)
            }
        };
        profile["properties"][id.to_string()] = schema;
        if is_required && let Value::Array(required) = &mut profile["required"] {
            required.push(id.to_string().into());
        }
    }
    if info.extra {
        profile["additionalProperties"] = true.into();
    }
    profile
}

/// The schema of a profile in a file of its own.
pub(super) fn with_head(forms: &Forms<'_>, of: TypeId, profile: Value) -> Value {
    file(forms.ecosystem.schema.get(of).name.text(forms.lang), profile)
}

/// The schema of a list of profiles.
pub(super) fn list(forms: &Forms<'_>, of: TypeId, profile: &Value) -> Value {
    let title = forms.ecosystem.schema.get(of).plural.text(forms.lang);
    let ids = json!({ "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" });
    file(title, json!({ "type": "object", "propertyNames": ids, "additionalProperties": profile }))
}

fn of_field(forms: &Forms<'_>, field: &Field) -> Value {
    let value = field.kind.json_schema(&forms.text, forms.lang);
    let one = with_attributes(forms, value, "value", &field.attributes);
    let schema = if field.many { json!({ "type": "array", "items": one }) } else { one };
    forms.described(schema, &field.label, &field.help)
}

fn of_relation(forms: &Forms<'_>, relation: &Relation) -> Value {
    let types = &relation.to;
    let names: Vec<&str> = types.iter().map(|to| forms.ecosystem.schema.get(*to).plural.text(forms.lang)).collect();
    let target = json!({ "type": "string", "description": format!("→ {}", names.join(", ")) });
    let one = with_attributes(forms, target, "to", &relation.attributes);
    let schema = if relation.one { one } else { json!({ "type": "array", "items": one }) };
    forms.described(schema, &relation.label, &relation.help)
}

/// A value alone, or in a table with its attributes. A link can be in a table without any.
fn with_attributes(forms: &Forms<'_>, value: Value, key: &str, attributes: &[Field]) -> Value {
    if attributes.is_empty() && key == "value" {
        return value;
    }
    let mut properties = Map::from_iter([(key.to_owned(), value.clone())]);
    properties.extend(attributes.iter().map(|field| (field.id.to_string(), of_field(forms, field))));
    let needed: Vec<&str> = attributes.iter().filter(|field| field.required).map(|field| &*field.id).collect();
    let required: Vec<&str> = std::iter::once(key).chain(needed.iter().copied()).collect();
    let table =
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false });
    if needed.is_empty() { json!({ "anyOf": [value, table] }) } else { table }
}
