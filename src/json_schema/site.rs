//! The schemas of `site.toml` and of pages without prose.

use serde_json::{Map, Value, json};

use super::forms::{Forms, age, boolean, file, one_of, string, strings, table};
use crate::diagnostics::{Code, Severity};
use crate::render;
use crate::values::Date;

/// The schema of `site.toml`.
pub(super) fn schema(forms: &Forms<'_>) -> Value {
    let text = || forms.text.clone();
    let keys = vec![
        ("title", text()),
        ("base_url", json!({ "type": "string", "pattern": "^https?://" })),
        ("languages", json!({ "type": "array", "items": string(), "minItems": 1, "maxItems": 64 })),
        ("description", text()),
        ("theme", string()),
        ("menu", json!({ "type": "array", "items": menu_item(forms, true) })),
        ("edit_url", json!({ "type": "string", "pattern": "\\{path\\}" })),
        ("contact", json!({ "type": "string", "format": "email" })),
        ("page_size", json!({ "type": "integer", "minimum": 1, "maximum": 10000 })),
        ("stale_after", age()),
        ("history", boolean()),
        ("html", one_of(["escape", "sanitize"])),
        ("portable_names", boolean()),
        ("map", json!({ "type": "object", "properties": { "outline": string() }, "additionalProperties": false })),
        ("autolink", json!({ "type": "object", "properties": { "stop": strings() }, "additionalProperties": false })),
        ("warnings", warnings()),
        ("params", json!({ "type": "object" })),
    ];
    file("site.toml", table("site.toml", keys))
}

/// An entry of the menu.
fn menu_item(forms: &Forms<'_>, groups: bool) -> Value {
    let types = forms.ecosystem.schema.types.iter().map(|entity_type| &*entity_type.id);
    let pages = forms.ecosystem.published_pages().map(|(_, page)| &*page.path).filter(|path| !path.is_empty());
    let mut names: Vec<&str> = types.chain(pages).collect();
    names.sort_unstable();
    let link = json!({
        "type": "object",
        "properties": { "label": forms.text, "url": string() },
        "required": ["label", "url"],
        "additionalProperties": false,
    });
    // Pages that were made after the schema are possible too.
    let name = json!({ "anyOf": [{ "type": "string", "enum": names }, { "type": "string" }] });
    let to = json!({
        "type": "object",
        "properties": {
            "to": name,
            "where": { "type": "object" },
            "view": one_of(["table", "cards", "logos"]),
            "label": forms.text,
        },
        "required": ["to"],
        "additionalProperties": false,
    });
    let mut forms_of_item = vec![name, to, link];
    if groups {
        forms_of_item.push(json!({
            "type": "object",
            "properties": {
                "label": forms.text,
                "items": { "type": "array", "items": menu_item(forms, false) },
            },
            "required": ["label", "items"],
            "additionalProperties": false,
        }));
    }
    json!({ "anyOf": forms_of_item })
}

/// The rules for warnings.
fn warnings() -> Value {
    let levels = || one_of(["allow", "deny", "warn"]);
    let lists = json!({
        "type": "object",
        "properties": { "allow": strings(), "deny": strings(), "warn": strings() },
        "additionalProperties": false,
    });
    let codes = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning);
    let rules = codes.map(|code| {
        let rule = json!({ "anyOf": [levels(), lists], "description": code.explanation() });
        (code.as_str().to_owned(), rule)
    });
    let rules: Map<String, Value> = rules.collect();
    json!({ "type": "object", "properties": rules, "additionalProperties": false })
}

/// The schema of a page that has no prose, or of the front matter of one.
pub(super) fn page(forms: &Forms<'_>) -> Value {
    let kinds = |names: Vec<&'static str>| json!({ "type": "object", "properties": { "kind": one_of(names) }, "required": ["kind"] });
    let keys = vec![
        ("title", forms.text.clone()),
        ("summary", forms.text.clone()),
        ("keywords", forms.by_language(&strings())),
        ("slug", forms.text.clone()),
        ("updated", Date::json_schema()),
        ("draft", boolean()),
        ("redirects", strings()),
        ("view", kinds(render::view_kinds().collect())),
        ("blocks", json!({ "type": "array", "items": kinds(render::block_kinds().collect()) })),
        ("template", string()),
    ];
    file("Page", table("Pages", keys))
}
