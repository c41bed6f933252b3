//! The settings of taplo: which file has which schema.

use crate::model::Ecosystem;
use crate::source::CONTENT;

/// The folder of the schemas.
pub(super) const FOLDER: &str = ".schemas";

/// The settings of taplo.
pub const SETTINGS: &str = ".taplo.toml";

/// The first line of the settings, by which a file of ours is known.
pub const MARK: &str = "# Made by `filiere schema`, which replaces this file.";

/// The settings, as TOML.
pub(super) fn settings(ecosystem: &Ecosystem) -> String {
    let rule = |include: &str, exclude: &[String], schema: &str| {
        let exclude = match exclude {
            [] => String::new(),
            paths => format!(
                "exclude = [{}]\n",
                paths.iter().map(|path| format!("\"{path}\"")).collect::<Vec<_>>().join(", ")
            ),
        };
        format!("\n[[rule]]\ninclude = [\"{include}\"]\n{exclude}[rule.schema]\npath = \"{FOLDER}/{schema}.json\"\n")
    };
    let mut text = format!("{MARK}\n# Keys and lists keep the order that authors gave them.\n");
    text += "[formatting]\nreorder_keys = false\nreorder_arrays = false\n";
    text += &rule("site.toml", &[], "site");
    text += &rule(&format!("{CONTENT}/*/_type.toml"), &[], "type");
    // Translations have only texts, for which `filiere check` is enough.
    let tags: Vec<&str> = ecosystem.config.languages.tags().skip(1).collect();
    let translations = |folder: &str| tags.iter().map(|tag| format!("{folder}/**/*.{tag}.toml")).collect::<Vec<_>>();
    let mut not_pages = translations(CONTENT);
    // The title of an index is optional.
    not_pages.push(format!("{CONTENT}/**/_index.toml"));
    for entity_type in &ecosystem.schema.types {
        let folder = format!("{CONTENT}/{}", entity_type.id);
        not_pages.push(format!("{folder}/**"));
        let lists = ["_type.toml", "_list.toml"].map(|name| format!("{folder}/{name}"));
        let deeper = format!("{folder}/**/_list.toml");
        let others: Vec<String> = lists.into_iter().chain([deeper.clone()]).chain(translations(&folder)).collect();
        text += &rule(&deeper, &[], &format!("list-of-{}", entity_type.id));
        text += &rule(&format!("{folder}/**/*.toml"), &others, &format!("one-of-{}", entity_type.id));
    }
    text += &rule(&format!("{CONTENT}/**/*.toml"), &not_pages, "page");
    text
}
