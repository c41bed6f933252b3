//! The structure that ARCHITECTURE.md describes is the structure of the code.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A module by its path: `["render", "views"]` is `src/render/views/mod.rs`.
type Module = Vec<String>;

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The module that a source file is.
fn module_of(path: &Path) -> Module {
    let inner = path.strip_prefix("src").unwrap().with_extension("");
    let mut parts: Module = inner.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    if ["mod", "lib", "main"].contains(&parts.last().unwrap().as_str()) {
        parts.pop();
    }
    parts
}

/// The code of all modules, without their tests.
fn code() -> BTreeMap<Module, String> {
    let rust = files(Path::new("src")).into_iter().filter(|path| path.extension().is_some_and(|it| it == "rs"));
    let rust = rust.filter(|path| !path.ends_with("main.rs"));
    let code = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        let lines = text.split("#[cfg(test)]\nmod tests").next().unwrap().lines();
        lines.map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join("\n")
    };
    rust.map(|path| (module_of(&path), code(&path))).collect()
}

/// The modules that a module declares, in their order.
fn declared(code: &str) -> Vec<String> {
    let names = code.lines().filter_map(|line| line.split("mod ").nth(1).filter(|_| is_declaration(line)));
    names.map(|name| name.trim_end_matches(';').to_owned()).collect()
}

fn is_declaration(line: &str) -> bool {
    line.ends_with(';')
        && ["mod ", "pub mod ", "pub(crate) mod ", "pub(super) mod ", "pub(in "].iter().any(|it| line.starts_with(it))
}

/// The paths in code that start with one of these words, each as its parts; groups in braces are expanded.
fn paths(code: &str, start: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    for (at, _) in code.match_indices(start) {
        let before = &code[..at];
        let is_word = !before.ends_with(|char: char| char.is_alphanumeric() || char == '_' || char == ':');
        // `pub(in crate::model)` is a visibility, not an import.
        let is_word = is_word && !before.ends_with("(in ");
        if is_word {
            expand(&code[at..], &mut Vec::new(), &mut paths);
        }
    }
    paths
}

/// Reads `a::b::{c, d::e}` from the start of a text, and returns the rest of the text.
fn expand<'a>(text: &'a str, before: &mut Vec<String>, paths: &mut Vec<Vec<String>>) -> &'a str {
    let depth = before.len();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if let Some(mut group) = rest.strip_prefix('{') {
            while !group.trim_start().starts_with('}') {
                group = expand(group, before, paths).trim_start().trim_start_matches(',');
                assert!(!group.is_empty(), "a group that never ends: {text}");
            }
            before.truncate(depth);
            return &group.trim_start()[1..];
        }
        let end = rest.find(|char: char| !char.is_alphanumeric() && char != '_' && char != '*').unwrap_or(rest.len());
        before.push(rest[..end].to_owned());
        rest = &rest[end..];
        match rest.strip_prefix("::") {
            Some(next) => rest = next,
            None => break,
        }
    }
    paths.push(before.clone());
    before.truncate(depth);
    // An alias, as in `a as b`.
    let renamed = rest.trim_start().strip_prefix("as ");
    renamed.map_or(rest, |name| name.trim_start_matches(|char: char| char.is_alphanumeric() || char == '_'))
}

/// The modules that a module imports from: the innermost ones that the paths in its code name.
fn imports(module: &Module, code: &str, all: &BTreeMap<Module, String>) -> BTreeSet<Module> {
    let absolute = paths(code, "crate::").into_iter().map(|path| path[1..].to_vec());
    let relative = paths(code, "super::").into_iter().map(|path| {
        let ups = path.iter().take_while(|part| *part == "super").count();
        [&module[..module.len() - ups.min(module.len())], &path[ups..]].concat()
    });
    let innermost = |path: Vec<String>| {
        (0..=path.len()).rev().map(|length| path[..length].to_vec()).find(|prefix| all.contains_key(prefix)).unwrap()
    };
    absolute.chain(relative).map(innermost).collect()
}

/// The problem of an import, if it has one: the imported module contains the importer, or is declared below it.
fn mistake(importer: &Module, imported: &Module, order: &BTreeMap<Module, Vec<String>>) -> Option<String> {
    if imported == importer || imported.starts_with(importer) {
        return None;
    }
    let names = || (importer.join("::"), imported.join("::"));
    if importer.starts_with(imported) {
        let (importer, imported) = names();
        return Some(format!("{importer} imports from {imported}, which it is a part of"));
    }
    let common = importer.iter().zip(imported).take_while(|(a, b)| a == b).count();
    let position = |module: &Module| order[&module[..common]].iter().position(|name| *name == module[common]);
    (position(imported) > position(importer)).then(|| {
        let (importer, imported) = names();
        format!("{importer} imports from {imported}, which is declared below it")
    })
}

#[test]
fn a_module_imports_only_from_those_declared_above_it() {
    let code = code();
    let order = code.iter().map(|(module, code)| (module.clone(), declared(code))).collect();
    let mut count = 0;
    let mut mistakes = Vec::new();
    for (module, text) in &code {
        for imported in imports(module, text, &code) {
            count += 1;
            mistakes.extend(mistake(module, &imported, &order));
        }
    }
    assert!(count > 300, "only {count} imports were read");
    assert!(mistakes.is_empty(), "{} imports run the wrong way:\n{}", mistakes.len(), mistakes.join("\n"));
}

#[test]
fn the_architecture_page_names_every_module_and_no_other() {
    let page = fs::read_to_string("ARCHITECTURE.md").unwrap();
    let named: BTreeSet<&str> =
        page.split('`').skip(1).step_by(2).filter_map(|code| code.strip_prefix("src/")).collect();
    for module in declared(&fs::read_to_string("src/lib.rs").unwrap()) {
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
        let mark = match path.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => "//! ",
            Some("toml") => "# ",
            _ => "// ",
        };
        assert!(text.starts_with(mark), "{} does not start with its purpose", path.display());
    }
}
