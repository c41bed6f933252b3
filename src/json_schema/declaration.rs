//! The schema of the `_type.toml` of types.

use serde_json::{Value, json};

use super::forms::{Forms, age, boolean, file, one_of, string, strings, table};
use crate::manual;
use crate::values::Kind;

/// The schema of a `_type.toml`.
pub(super) fn schema(forms: &Forms<'_>) -> Value {
    let text = || forms.text.clone();
    let headline = ["value", "to", "unit", "qualifier"].map(|key| (key, string())).to_vec();
    let colour = json!({ "anyOf": [{ "type": "integer", "minimum": 0, "maximum": 359 }, { "const": "grey" }] });
    let keys = vec![
        ("name", text()),
        ("plural", text()),
        ("path", text()),
        ("redirects", strings()),
        ("schema_org", string()),
        ("pages", boolean()),
        ("feeds", boolean()),
        ("template", string()),
        ("sort", string()),
        ("headline", table("", headline)),
        ("sources", string()),
        ("title_language", string()),
        ("image_fit", one_of(["contain", "cover"])),
        ("background", one_of(["light", "dark", "none"])),
        ("citation", boolean()),
        ("autolink", boolean()),
        ("extra", boolean()),
        ("colour", colour),
        ("mark", text()),
        ("stale_after", age()),
        ("fields", tables(member(forms))),
        ("derived", tables(derived(forms))),
    ];
    file("_type.toml", table("_type.toml", keys))
}

/// A table of tables by id.
fn tables(schema: Value) -> Value {
    json!({ "type": "object", "additionalProperties": schema })
}

/// A field or a relation: which of them it is, its keys say.
fn member(forms: &Forms<'_>) -> Value {
    let attribute = field(forms, Vec::new());
    let attributes = || vec![("attributes", tables(attribute.clone()))];
    json!({
        "if": { "type": "object", "required": ["to"] },
        "then": relation(forms, attributes()),
        "else": field(forms, attributes()),
    })
}

fn field(forms: &Forms<'_>, more: Vec<(&'static str, Value)>) -> Value {
    let text = || forms.text.clone();
    let docs: Vec<String> = Kind::NAMES
        .iter()
        .map(|name| manual::key("Kinds of value", name).map(|key| key.value.clone()).unwrap_or_default())
        .collect();
    let kind = json!({ "type": "string", "enum": Kind::NAMES, "x-taplo": { "docs": { "enumValues": docs } } });
    let number = || json!({ "type": "number" });
    let column = json!({ "type": "object", "properties": { "kind": kind }, "required": ["kind"] });
    let mut keys = vec![
        ("kind", kind),
        ("label", text()),
        ("help", text()),
        ("many", boolean()),
        ("required", boolean()),
        ("unique", boolean()),
        ("facet", boolean()),
        ("brief", boolean()),
        ("hidden", boolean()),
        ("after", string()),
        ("schema_org", string()),
        ("pattern", string()),
        ("min", number()),
        ("max", number()),
        ("unit", text()),
        ("scheme", one_of(manual::keys("Identifiers").iter().map(|key| key.name))),
        ("url_template", string()),
        ("choices", tables(text())),
        ("fields", tables(column)),
    ];
    keys.extend(more);
    table("Fields", keys)
}

fn relation(forms: &Forms<'_>, more: Vec<(&'static str, Value)>) -> Value {
    let text = || forms.text.clone();
    let types: Vec<&str> = forms.ecosystem.schema.types.iter().map(|entity_type| &*entity_type.id).collect();
    let to = json!({ "type": "string", "enum": types });
    let inverse = json!({
        "type": "object",
        "properties": { "id": string(), "label": forms.text },
        "additionalProperties": false,
    });
    let mut keys = vec![
        ("to", json!({ "anyOf": [to, { "type": "array", "items": to, "minItems": 1 }] })),
        ("one", boolean()),
        ("label", text()),
        ("help", text()),
        ("required", boolean()),
        ("facet", boolean()),
        ("brief", boolean()),
        ("schema_org", string()),
        ("hierarchy", boolean()),
        ("to_itself", boolean()),
        ("inverse", inverse),
    ];
    keys.extend(more);
    let mut schema = table("Relations", keys);
    schema["required"] = json!(["to"]);
    schema
}

fn derived(forms: &Forms<'_>) -> Value {
    let path = json!({ "type": "array", "items": string(), "minItems": 1 });
    let keys = vec![("path", path), ("label", forms.text.clone()), ("facet", boolean()), ("brief", boolean())];
    table("Derived relations", keys)
}
