//! Rules for the built-in themes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use filiere::table::{self, Data, Entry, Table};

/// The plural categories of CLDR, which are the keys of the forms of a string.
const PLURAL_FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The folders of the themes.
fn themes() -> Vec<PathBuf> {
    let entries = fs::read_dir("themes").unwrap().map(|entry| entry.unwrap().path());
    let themes: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    assert!(themes.len() >= 2, "{themes:?}");
    themes
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The keys of a file of strings, with dots. All plural forms of a string count as one key, because languages have
/// different forms.
fn keys(text: &str) -> BTreeSet<String> {
    let (table, errors) = table::parse(text, 0);
    assert!(errors.is_empty(), "{errors:?}");
    let mut keys = BTreeSet::new();
    collect(&table, "", &mut keys);
    keys
}

fn collect(table: &Table, prefix: &str, keys: &mut BTreeSet<String>) {
    for Entry { key, value, .. } in &table.entries {
        match &value.data {
            Data::Table(inner) => collect(inner, &format!("{prefix}{key}."), keys),
            _ if PLURAL_FORMS.contains(&&**key) => drop(keys.insert(prefix.trim_end_matches('.').to_owned())),
            _ => drop(keys.insert(format!("{prefix}{key}"))),
        }
    }
}

#[test]
fn a_theme_has_the_same_words_in_all_its_languages() {
    for theme in themes() {
        let words = |path: &Path| {
            let mut keys = keys(&fs::read_to_string(path).unwrap());
            // Not a word: the locale of formats, which a language needs only if its own are not meant.
            keys.remove("formats");
            keys
        };
        let french = words(&theme.join("strings/fr.toml"));
        for file in files(&theme.join("strings")) {
            let words = words(&file);
            let difference: Vec<_> = french.symmetric_difference(&words).collect();
            assert!(difference.is_empty(), "only one of fr.toml and {} has {difference:?}", file.display());
        }
    }
}

#[test]
fn plural_forms_count_as_their_word() {
    let words = "menu = \"\"\n[entries]\none = \"\"\nmany = \"\"\nother = \"\"\n[near.more]\nother = \"\"";
    assert_eq!(keys(words).into_iter().collect::<Vec<_>>(), ["entries", "menu", "near.more"]);
}

#[test]
fn lines_of_templates_have_at_most_140_characters() {
    let mut seen = 0;
    for theme in themes() {
        for file in files(&theme.join("templates")) {
            for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
                let length = line.chars().count();
                assert!(length <= 140, "{}:{}: {length} characters", file.display(), number + 1);
                seen += 1;
            }
        }
    }
    assert!(seen > 1000, "only {seen} lines of templates were found");
}

/// A heading of prose had the id of the form that filters an index, and the form stopped working.
#[test]
fn ids_in_templates_contain_an_underscore() {
    // Values of variables that contain one, and the address of an entity without a page: a heading with the same anchor is
    // an error.
    let with_underscore = ["{{ anchor }}", "{{ reference.id }}", "{{ relation.anchor }}", "{{ card.id }}"];
    let mut count = 0;
    for theme in themes() {
        for file in files(&theme.join("templates")) {
            let text = fs::read_to_string(&file).unwrap();
            for id in text.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
                let literal: String = id.split("{{").map(|part| part.rsplit("}}").next().unwrap()).collect();
                let is_ours = literal.contains('_') || with_underscore.contains(&id);
                assert!(is_ours, "{}: id=\"{id}\" has no underscore", file.display());
                count += 1;
            }
        }
    }
    assert!(count > 40, "{count}");
}

/// The values of a custom property in `tokens.css`: first that of light pages, then that of dark ones.
fn tokens(css: &str, name: &str) -> Vec<String> {
    let start = format!("  --{name}: ");
    css.split(&start).skip(1).take(2).map(|rest| rest.split(';').next().unwrap().to_owned()).collect()
}

/// The linear parts of a colour in OKLCH, cut to the gamut of sRGB (CSS Color 4).
fn oklch(lightness: f64, chroma: f64, hue: f64) -> [f64; 3] {
    let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
    ]
    .map(|part| part.clamp(0.0, 1.0))
}

/// The linear parts of a colour such as `#fdfdfb`.
fn hex(colour: &str) -> [f64; 3] {
    [1, 3, 5].map(|at| {
        let part = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

/// The contrast of two colours (WCAG 2.2).
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let luminance = |[r, g, b]: [f64; 3]| 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    let (a, b) = (luminance(a), luminance(b));
    a.max(b) / a.min(b)
}

/// A type can have any hue, so every hue has to be readable on paper, and paper on it.
#[test]
fn every_colour_of_a_type_has_enough_contrast() {
    let css = fs::read_to_string("themes/atlas/static/css/tokens.css").unwrap();
    let numbers = |name: &str| tokens(&css, name).iter().map(|value| value.parse::<f64>().unwrap()).collect::<Vec<_>>();
    let (papers, lightness, vivid) = (tokens(&css, "paper"), numbers("lightness"), numbers("vivid"));
    for scheme in [0, 1] {
        for hue in 0..360 {
            let colour = oklch(lightness[scheme], vivid[scheme], f64::from(hue));
            let contrast = contrast(colour, hex(&papers[scheme]));
            assert!(contrast >= 4.5, "hue {hue} has a contrast of {contrast:.2} on {}", papers[scheme]);
        }
    }
}

/// A row for each parameter that is not deprecated, and for each key of tables.
fn parameter_rows(table: &Table, prefix: &str, rows: &mut Vec<String>) {
    for Entry { key, value, .. } in &table.entries {
        let Data::Table(declaration) = &value.data else { panic!("{key} is no table") };
        let text = |key: &str| declaration.get(key).and_then(|value| value.as_text());
        if text("deprecated").is_some() {
            continue;
        }
        let kind = text("kind").unwrap();
        let list = if declaration.get("many").is_some() { "list of the kind " } else { "" };
        let default = text("default").map(|default| format!("`\"{default}\"`")).unwrap_or_default();
        rows.push(format!("| `{prefix}{key}` | {list}`{kind}` | {} | {default} |", text("help").unwrap_or_default()));
        if let Some(Data::Table(keys)) = declaration.get("keys").map(|value| &value.data) {
            parameter_rows(keys, &format!("{prefix}{key}."), rows);
        }
    }
}

#[test]
fn the_parameters_of_atlas_are_documented() {
    let (table, _) = table::parse(&fs::read_to_string("themes/atlas/theme.toml").unwrap(), 0);
    let Some(Data::Table(params)) = table.get("params").map(|value| &value.data) else { panic!("no parameters") };
    let mut rows = Vec::new();
    parameter_rows(params, "", &mut rows);
    let expected = format!("| parameter | kind | what it is | default |\n|---|---|---|---|\n{}\n", rows.join("\n"));
    let page = fs::read_to_string("themes/README.md").unwrap();
    assert!(page.contains(&expected), "themes/README.md needs this table:\n{expected}");
}

/// What the section of a page says.
fn section(heading: &str) -> String {
    let page = fs::read_to_string("themes/README.md").unwrap();
    let text = page.split(&format!("\n{heading}\n")).nth(1).unwrap_or_else(|| panic!("no {heading}"));
    text.split("\n##").next().unwrap().to_owned()
}

#[test]
fn the_variables_of_atlas_are_documented() {
    let css = fs::read_to_string("themes/atlas/static/css/tokens.css").unwrap();
    let documented = section("### Variables");
    let names: BTreeSet<&str> = css
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'))
        .filter(|(name, _)| !name.contains(' '))
        .map(|(name, _)| name)
        .collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        assert!(documented.contains(&format!("`--{name}`")), "themes/README.md does not list --{name}");
    }
}

#[test]
fn the_blocks_of_atlas_are_documented() {
    let documented = section("### Blocks of the templates");
    for name in ["base", "entity", "index", "page", "home"] {
        let text = fs::read_to_string(format!("themes/atlas/templates/{name}.html")).unwrap();
        let blocks: Vec<&str> = text
            .split("{% block ")
            .flat_map(|rest| rest.split("{%- block "))
            .skip(1)
            .filter_map(|rest| rest.split([' ', '%']).next())
            .collect();
        for block in blocks.iter().filter(|block| !block.is_empty()) {
            assert!(
                documented.contains(&format!("`{block}`")),
                "themes/README.md does not list {block} of {name}.html"
            );
        }
        assert!(documented.contains(&format!("`{name}.html`")), "{name}.html");
    }
    for place in ["title_end", "body_start", "body_end", "notes_start", "notes_end"] {
        for name in ["entity", "index", "page", "home"] {
            let text = fs::read_to_string(format!("themes/atlas/templates/{name}.html")).unwrap();
            assert!(text.contains(&format!("endblock {place}")), "{name}.html has no block {place}");
        }
    }
}
