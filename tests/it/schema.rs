//! `filiere schema`: the schemas fit what is right, and refuse what is wrong.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use filiere::table;
use regex::Regex;
use serde_json::Value;

use crate::harness::Site;

/// What is wrong with a value, by a schema. Of JSON Schema, this knows the keywords that our schemas have.
fn wrong(schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    let Some(keywords) = schema.as_object() else {
        return if schema == &Value::Bool(false) { vec![format!("{at}: nothing is allowed")] } else { found };
    };
    for (keyword, rule) in keywords {
        let fits = match keyword.as_str() {
            "type" => match rule.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "boolean" => value.is_boolean(),
                "integer" => value.is_i64(),
                "number" => value.is_number(),
                other => panic!("unknown type {other}"),
            },
            "enum" => rule.as_array().unwrap().contains(value),
            "const" => rule == value,
            "anyOf" => rule.as_array().unwrap().iter().any(|rule| wrong(rule, value, at).is_empty()),
            "pattern" => value.as_str().is_none_or(|text| Regex::new(rule.as_str().unwrap()).unwrap().is_match(text)),
            "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= rule.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= rule.as_u64().unwrap()),
            "minProperties" => value.as_object().is_none_or(|map| map.len() as u64 >= rule.as_u64().unwrap()),
            "required" => {
                let names = rule.as_array().unwrap().iter().map(|name| name.as_str().unwrap());
                value.as_object().is_none_or(|map| names.into_iter().all(|name| map.contains_key(name)))
            }
            "properties" => {
                let rules = rule.as_object().unwrap().iter();
                for (key, rule) in rules {
                    found.extend(
                        value.get(key).map(|inner| wrong(rule, inner, &format!("{at}.{key}"))).unwrap_or_default(),
                    );
                }
                true
            }
            "additionalProperties" => {
                let known = keywords.get("properties").and_then(Value::as_object);
                for (key, inner) in value.as_object().into_iter().flatten() {
                    if known.is_none_or(|known| !known.contains_key(key)) {
                        found.extend(wrong(rule, inner, &format!("{at}.{key}")));
                    }
                }
                true
            }
            "propertyNames" => value
                .as_object()
                .is_none_or(|map| map.keys().all(|key| wrong(rule, &Value::from(key.as_str()), at).is_empty())),
            "items" => {
                for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
                    let rule = if let Value::Array(rules) = rule { &rules[index] } else { rule };
                    found.extend(wrong(rule, inner, &format!("{at}[{index}]")));
                }
                true
            }
            "if" => {
                let branch = if wrong(rule, value, at).is_empty() { "then" } else { "else" };
                found.extend(wrong(&keywords[branch], value, at));
                true
            }
            "then" | "else" | "title" | "description" | "format" | "$schema" | "x-taplo" => true,
            other => panic!("unknown keyword {other}"),
        };
        if !fits {
            found.push(format!("{at}: {keyword}"));
        }
    }
    found
}

fn toml(text: &str) -> Value {
    let (table, errors) = table::parse(text, 0);
    assert!(errors.is_empty(), "{errors:?}");
    table::Data::Table(table).to_json()
}

/// The schemas that the program writes for a site, by their names.
fn schemas(root: &Path) -> BTreeMap<String, Value> {
    let folder = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_filiere"))
        .args(["schema", "--root", root.to_str().unwrap(), "--output", folder.path().to_str().unwrap()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let files = fs::read_dir(folder.path().join(".schemas")).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap())
    };
    files.map(read).collect()
}

#[test]
fn the_portal_fits_its_schemas() {
    let schemas = schemas(Path::new("."));
    let mut count = 0;
    let mut check = |name: &str, text: &str, path: &str| {
        count += 1;
        assert_eq!(wrong(&schemas[name], &toml(text), path), [""; 0]);
    };
    check("site", &fs::read_to_string("site.toml").unwrap(), "site.toml");
    for folder in fs::read_dir("content").unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let entity_type = folder.file_name().unwrap().to_str().unwrap();
        let Ok(declaration) = fs::read_to_string(folder.join("_type.toml")) else { continue };
        check("type", &declaration, entity_type);
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let text = || fs::read_to_string(&path).unwrap();
            match name.as_str() {
                "_list.toml" => check(&format!("list-of-{entity_type}"), &text(), &name),
                name if name.starts_with('_') || name.matches('.').count() > 1 => {}
                name if name.ends_with(".toml") => check(&format!("one-of-{entity_type}"), &text(), name),
                name if name.ends_with(".md") => {
                    check(&format!("one-of-{entity_type}"), text().split("+++\n").nth(1).unwrap(), name);
                }
                _ => {}
            }
        }
    }
    assert!(count > 300, "{count}");
}

#[test]
fn what_check_refuses_the_schemas_refuse() {
    let site = Site::new();
    let schemas = schemas(&site.path(""));
    let of = |name: &str, text: &str| wrong(&schemas[name], &toml(text), "");
    let actor = |facts: &str| of("one-of-actors", &format!("title = \"A\"\n{facts}"));
    for right in [
        "founded = 2015",
        "status = \"active\"",
        "opened = 2024-01-17",
        "opened = \"2024\"",
        "position = [50.1, 4.2]",
        "peers = [\"x\", { to = \"y\" }]",
        "parent = \"x\"",
        "notes = { fr = \"x\", en = \"y\" }",
        "aliases = [\"x\"]",
        "aliases = { fr = [\"x\"] }",
        "licence = \"AB-12\"",
        "logo = { src = \"x.svg\", alt = \"y\" }",
    ] {
        assert_eq!(actor(right), [""; 0], "{right}");
    }
    for wrong in [
        "founded = \"2015\"",
        "founded = 0",
        "staff = 200000",
        "status = \"Active\"",
        "opened = \"soon\"",
        "position = [91, 4]",
        "position = [1]",
        "peers = \"x\"",
        "peers = [{ role = \"y\" }]",
        "parent = [\"x\"]",
        "notes = { en = \"y\" }",
        "notes = { fr = \"x\", xx = \"y\" }",
        "licence = \"x\"",
        "foundd = 1",
        "contact = 1",
        "website = \"example.org\"",
    ] {
        assert!(!actor(wrong).is_empty(), "{wrong}");
    }
    assert_eq!(of("one-of-actors", "founded = 2015"), [": required"]);
    assert!(!of("type", "name = \"A\"\n[fields.x]\nkind = \"yer\"").is_empty());
    assert!(!of("type", "name = \"A\"\n[fields.x]\nto = \"nobody\"").is_empty());
    assert!(!of("type", "name = \"A\"\n[fields.x]\nkind = \"year\"\none = true").is_empty());
    assert_eq!(
        of("type", "name = \"A\"\n[fields.x]\nto = [\"actors\"]\none = true\nattributes.y = { kind = \"date\" }"),
        [""; 0]
    );
    assert!(!of("site", "title = \"T\"\nbase_url = \"https://x.org\"\nlanguages = []").is_empty());
}

#[test]
fn labels_and_help_are_titles_and_descriptions() {
    let site = Site::new()
        .fields("size = { kind = \"integer\", label = { fr = \"Taille\" }, help = { fr = \"En personnes.\" } }");
    let schemas = schemas(&site.path(""));
    insta::assert_snapshot!(serde_json::to_string_pretty(&schemas["one-of-actors"]["properties"]["size"]).unwrap());
    insta::assert_snapshot!(
        "choices",
        serde_json::to_string_pretty(&schemas["one-of-actors"]["properties"]["status"]).unwrap()
    );
}

#[test]
fn settings_of_others_stay_and_ours_are_replaced() {
    let site = Site::new();
    let run = || site.run(&["schema"]);
    let first = run();
    assert_eq!((first.status, first.stdout.contains("wrote 10 files")), (0, true), "{first}");
    insta::assert_snapshot!("settings", fs::read_to_string(site.path(".taplo.toml")).unwrap());
    assert_eq!(run().status, 0);
    let site = site.file(".taplo.toml", "[formatting]\n");
    let output = site.run(&["schema"]);
    assert!(output.stdout.contains("stays as it is"), "{output}");
    assert_eq!(fs::read_to_string(site.path(".taplo.toml")).unwrap(), "[formatting]\n");
    let broken = site.file("content/actors/_type.toml", "name = 1\n");
    let output = broken.run(&["schema"]);
    assert_eq!(output.status, 1, "{output}");
}
