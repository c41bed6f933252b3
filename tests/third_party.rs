//! THIRD-PARTY.md names every crate in the program, with its licence. `UPDATE_DOCS=1 cargo test --test third_party`
//! writes it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

const PAGE: &str = "THIRD-PARTY.md";

/// The licences that a crate may have, also in deny.toml. If a crate offers several, the first of this list is chosen.
const LICENCES: [&str; 13] = [
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "MIT",
    "MIT-0",
    "Zlib",
    "ISC",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "Unicode-3.0",
    "MPL-2.0",
    "CDLA-Permissive-2.0",
];

const START: &str = "# Third-party software

The program `filiere` contains the crates below. `filiere licences` prints this page. `UPDATE_DOCS=1 cargo test --test
third_party` writes it from the metadata of the crates.

The source of each crate is at its address on crates.io, unchanged. This includes the crates under the Mozilla Public License
2.0 (MPL-2.0), whose source is available under that licence. If a crate offers several licences, the one that is used here is
named.

The program also contains the standard library of Rust (https://github.com/rust-lang/rust), which is under Apache-2.0 or MIT,
and mimalloc (https://github.com/microsoft/mimalloc, Copyright (c) Microsoft Corporation, Daan Leijen), which is under MIT.
The search of published sites is done by Pagefind (https://pagefind.app, Copyright (c) CloudCannon), which is under MIT.
The theme `atlas` contains parts of the fonts Source Serif 4 and Source Sans 3 (https://github.com/adobe-fonts, Copyright (c)
Adobe), which are under the SIL Open Font License 1.1; its text is in `themes/atlas/static/fonts/OFL.txt`.
";

/// A crate in the program.
struct Crate {
    name: String,
    licences: BTreeSet<&'static str>,
    /// The texts of its licences and notices. That of Apache-2.0, which is the same everywhere, is left out.
    texts: Vec<String>,
}

#[test]
fn third_party_md_is_current() {
    let expected = page(&crates());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(PAGE, expected).unwrap();
        return;
    }
    let is_current = fs::read_to_string(PAGE).is_ok_and(|page| page == expected);
    assert!(is_current, "{PAGE} is out of date: run `UPDATE_DOCS=1 cargo test --test third_party`");
}

#[test]
fn a_licence_is_chosen() {
    let chosen = |expression: &str| licences(expression).into_iter().collect::<Vec<_>>();
    assert_eq!(chosen("MIT/Apache-2.0"), ["Apache-2.0"]);
    assert_eq!(chosen("Unlicense OR MIT"), ["MIT"]);
    assert_eq!(chosen("(MIT OR Apache-2.0) AND Unicode-3.0"), ["Apache-2.0", "Unicode-3.0"]);
    assert_eq!(chosen("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT"), ["Apache-2.0"]);
    assert!(std::panic::catch_unwind(|| licences("GPL-3.0-only")).is_err());
}

#[test]
fn deny_toml_allows_the_same_licences() {
    let text = fs::read_to_string("deny.toml").unwrap();
    let list = text.split_once("allow = [").unwrap().1.split_once(']').unwrap().0;
    let allowed: BTreeSet<&str> = list.split('"').skip(1).step_by(2).collect();
    assert_eq!(allowed, BTreeSet::from(LICENCES));
}

/// The crates that are compiled into the program, on any system, sorted by name and version. Crates that only run while it
/// is compiled are left out: macros and what builds others.
fn crates() -> Vec<Crate> {
    let mut cargo = Command::new(env!("CARGO"));
    let output = cargo.args(["metadata", "--format-version", "1", "--locked"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let by_id = |list: &Value| -> BTreeMap<String, Value> {
        list.as_array().unwrap().iter().map(|item| (text(&item["id"]), item.clone())).collect()
    };
    let (packages, nodes) = (by_id(&metadata["packages"]), by_id(&metadata["resolve"]["nodes"]));
    let root = text(&metadata["resolve"]["root"]);
    let (mut next, mut ids) = (vec![root.clone()], BTreeSet::new());
    while let Some(id) = next.pop() {
        if is_macro(&packages[&id]) || !ids.insert(id.clone()) {
            continue;
        }
        let dependencies = nodes[&id]["deps"].as_array().unwrap().iter();
        let normal =
            dependencies.filter(|it| it["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"].is_null()));
        next.extend(normal.map(|it| text(&it["pkg"])));
    }
    ids.remove(&root);
    let mut packages: Vec<&Value> = ids.iter().map(|id| &packages[id]).collect();
    packages.sort_by_key(|package| (text(&package["name"]), text(&package["version"])));
    packages.into_iter().map(read).collect()
}

fn is_macro(package: &Value) -> bool {
    let targets = package["targets"].as_array().unwrap().iter();
    targets.flat_map(|target| target["kind"].as_array().unwrap()).any(|kind| kind == "proc-macro")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn read(package: &Value) -> Crate {
    let (name, version) = (text(&package["name"]), text(&package["version"]));
    let licences = licences(&text(&package["license"]));
    let mut texts = texts(Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap(), &licences);
    if texts.is_empty() && licences.contains("MIT") {
        texts.push(mit(&name, package["authors"].as_array().unwrap()));
    }
    Crate { name: format!("{name} {version}"), licences, texts }
}

/// The licences that are chosen of an SPDX expression: all that are joined by AND, and one of those that are joined by OR.
fn licences(expression: &str) -> BTreeSet<&'static str> {
    let choose = |group: &str| {
        let group = group.replace('/', " OR ");
        let offered: Vec<&str> = group.split(" OR ").map(|name| name.trim_matches(['(', ')', ' '])).collect();
        let chosen = LICENCES.into_iter().find(|licence| offered.contains(licence));
        chosen.unwrap_or_else(|| panic!("none of these licences is allowed: {expression}"))
    };
    expression.split(" AND ").map(choose).collect()
}

/// The texts of the licences in a crate's folder, except that of Apache-2.0, and its notices.
fn texts(folder: &Path, licences: &BTreeSet<&str>) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let is_wanted = |name: &String| {
        let name = name.to_uppercase();
        let is_licence = name.starts_with("LICEN") && !name.contains("APACHE");
        name.starts_with("NOTICE") || (is_licence && *licences != BTreeSet::from(["Apache-2.0"]))
    };
    let wanted = names.iter().filter(|name| is_wanted(name) && folder.join(name).is_file());
    wanted.map(|name| plain(&fs::read_to_string(folder.join(name)).unwrap())).collect()
}

/// A text without white space at the ends of lines.
fn plain(text: &str) -> String {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// The licence MIT of a crate that does not contain its text.
fn mit(name: &str, authors: &[Value]) -> String {
    let authors: Vec<String> = authors.iter().map(text).collect();
    let holders = if authors.is_empty() { format!("the authors of {name}") } else { authors.join(", ") };
    let terms = fs::read_to_string("LICENSE-MIT").unwrap();
    let terms = terms.split_once("Permission is hereby granted").expect("LICENSE-MIT has the usual text").1;
    format!("Copyright (c) {holders}\n\nPermission is hereby granted{}", plain(terms))
}

fn page(crates: &[Crate]) -> String {
    let mut page = String::from(START);
    for licence in LICENCES {
        let under: Vec<&Crate> = crates.iter().filter(|one| one.licences.contains(licence)).collect();
        if !under.is_empty() {
            let _ = write!(page, "\n## {licence}\n\n");
        }
        for one in under {
            let (name, version) = one.name.split_once(' ').unwrap();
            let _ = writeln!(page, "- {name} {version}: https://crates.io/crates/{name}/{version}");
        }
    }
    page.push_str("\n## Texts\n");
    let apache = plain(&fs::read_to_string("LICENSE-APACHE").unwrap());
    let _ = write!(page, "\n### Apache-2.0\n\n```text\n{apache}\n```\n");
    for (text, names) in by_text(crates) {
        let _ = write!(page, "\n### {}\n\n```text\n{text}\n```\n", names.join(", "));
    }
    page
}

/// The texts, each with the crates that have it, in the order of the first crate. White space makes no difference.
fn by_text(crates: &[Crate]) -> Vec<(&str, Vec<&str>)> {
    let mut texts: Vec<(&str, Vec<&str>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (one, text) in crates.iter().flat_map(|one| one.texts.iter().map(move |text| (one, text))) {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let place = *places.entry(words).or_insert_with(|| {
            texts.push((text, Vec::new()));
            texts.len() - 1
        });
        texts[place].1.push(&one.name);
    }
    texts
}
