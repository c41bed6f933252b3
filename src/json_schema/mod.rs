//! JSON Schemas of what is written in TOML, for editors that know these and not the language server.
//!
//! In: the ecosystem. Out: the files of the schemas, and the settings of [taplo](https://taplo.tamasfe.dev), the language
//! server of TOML, which say which file has which schema. The schemas are of draft 7, which taplo reads. They describe
//! keys and the forms of values; whether a target exists, only `filiere check` knows.

mod forms;
mod site;
mod declaration;
mod profiles;
mod taplo;

use serde_json::Value;

use crate::locale::Lang;
use crate::model::Ecosystem;
use forms::Forms;
use taplo::FOLDER;
pub use taplo::{MARK, SETTINGS};

/// All files with their texts, sorted by path. Labels are in the default language.
pub fn files(ecosystem: &Ecosystem) -> Vec<(String, String)> {
    let forms = Forms::new(ecosystem, Lang::DEFAULT);
    let mut files = vec![
        (String::from("site"), site::schema(&forms)),
        (String::from("type"), declaration::schema(&forms)),
        (String::from("page"), site::page(&forms)),
    ];
    for (id, entity_type) in ecosystem.schema.types() {
        let profile = profiles::schema(&forms, id);
        files.push((format!("list-of-{}", entity_type.id), profiles::list(&forms, id, &profile)));
        files.push((format!("one-of-{}", entity_type.id), profiles::with_head(&forms, id, profile)));
    }
    let text = |schema: &Value| format!("{}\n", serde_json::to_string_pretty(schema).unwrap_or_default());
    let mut files: Vec<(String, String)> =
        files.iter().map(|(name, schema)| (format!("{FOLDER}/{name}.json"), text(schema))).collect();
    files.push((SETTINGS.to_owned(), taplo::settings(ecosystem)));
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::compile::{Compiler, Request};
    use crate::manual;
    use crate::model::Today;
    use crate::source::Memory;
    use crate::stop::Stop;

    /// The schemas have the keys that FORMAT.md describes, and no others.
    #[test]
    fn the_schemas_have_the_keys_of_the_manual() {
        let files = [
            ("site.toml", "title = \"T\"\nbase_url = \"https://example.org\"\nlanguages = [\"en\"]\n"),
            ("content/a/_type.toml", "name = \"A\"\n"),
        ];
        let memory: Memory = files.into_iter().map(|(path, text)| (path, text.as_bytes().to_vec())).collect();
        let request =
            Request { base_url: None, drafts: false, search: false, today: Today::from_unix(1_767_225_600).unwrap() };
        let checked = Compiler::new(std::sync::Arc::new(memory), request).check(&Stop::new()).unwrap();
        let forms = Forms::new(&checked.ecosystem, Lang::DEFAULT);
        let (of_type, a) = (declaration::schema(&forms), checked.ecosystem.schema.find("a").unwrap());
        let member = &of_type["properties"]["fields"]["additionalProperties"];
        let own_of_kinds: BTreeSet<&str> = crate::values::Kind::keys().collect();
        for (section, schema, more) in [
            ("site.toml", &site::schema(&forms), &BTreeSet::new()),
            ("_type.toml", &of_type, &BTreeSet::from(["fields", "derived"])),
            ("Fields", &member["else"], &own_of_kinds),
            ("Relations", &member["then"], &BTreeSet::new()),
            ("Derived relations", &of_type["properties"]["derived"]["additionalProperties"], &BTreeSet::new()),
            ("Profiles", &profiles::schema(&forms, a), &BTreeSet::new()),
            ("Pages", &site::page(&forms), &BTreeSet::new()),
        ] {
            let keys: BTreeSet<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
            let described: BTreeSet<&str> = manual::keys(section).iter().map(|key| key.name).collect();
            let expected: BTreeSet<&str> =
                described.union(more).copied().filter(|key| *key != "fields" || section != "Relations").collect();
            // `[warnings]`, `[params]`, `[fields.ID]` and the like are tables of their own.
            let keys: BTreeSet<&str> = keys
                .into_iter()
                .filter(|key| expected.contains(key) || !["warnings", "params", "autolink"].contains(key))
                .collect();
            assert_eq!(keys, expected, "{section}");
        }
    }
}
