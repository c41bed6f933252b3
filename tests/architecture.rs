//! The structure that ARCHITECTURE.md describes is the structure that is there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules in the order of `lib.rs`, which is the order of the data.
fn modules() -> Vec<String> {
    let text = fs::read_to_string("src/lib.rs").unwrap();
    text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';').map(str::to_owned)).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The module that a source file belongs to.
fn module_of(path: &Path) -> String {
    let first = path.strip_prefix("src").unwrap().iter().next().unwrap().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn a_module_imports_only_from_those_above_it() {
    let order = modules();
    assert!(order.len() > 10, "lib.rs does not list its modules as it did");
    let place = |name: &str| order.iter().position(|module| module == name);
    let mut seen = 0;
    for path in files(Path::new("src")) {
        let (Some(here), text) = (place(&module_of(&path)), fs::read_to_string(&path).unwrap()) else { continue };
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for used in code.split("crate::").skip(1) {
            let names: Vec<&str> = match used.strip_prefix('{') {
                Some(list) => list.split('}').next().unwrap().split(',').map(str::trim).collect(),
                None => vec![used],
            };
            for name in names {
                let name: String = name.chars().take_while(|char| char.is_ascii_lowercase() || *char == '_').collect();
                if let Some(there) = place(&name) {
                    seen += 1;
                    assert!(there <= here, "{} imports from {name}, which stands below it in lib.rs", path.display());
                }
            }
        }
    }
    assert!(seen > 50, "only {seen} imports were found");
}

#[test]
fn the_architecture_page_names_every_module_and_no_other() {
    let page = fs::read_to_string("ARCHITECTURE.md").unwrap();
    let named: BTreeSet<&str> =
        page.split('`').skip(1).step_by(2).filter_map(|code| code.strip_prefix("src/")).collect();
    for module in modules() {
        let there = named.contains(format!("{module}.rs").as_str()) || named.contains(format!("{module}/").as_str());
        assert!(there, "ARCHITECTURE.md does not name `src/{module}`");
    }
    for name in named {
        assert!(Path::new("src").join(name).exists(), "ARCHITECTURE.md names `src/{name}`, which is gone");
    }
}

#[test]
fn every_source_file_says_what_it_is_for() {
    for path in files(Path::new("src")) {
        let text = fs::read_to_string(&path).unwrap();
        let mark = if path.extension().is_some_and(|extension| extension == "rs") { "//! " } else { "// " };
        assert!(text.starts_with(mark), "{} does not start with its purpose", path.display());
    }
}
