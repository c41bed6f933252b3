//! The text of each diagnostic: one module for each group of codes, and at least one snapshot for each code.

mod addresses;
mod advice;
mod blocks;
mod configuration;
mod contradictions;
mod files;
mod links;
mod mends;
mod parameters;
mod pictures;
mod places;
mod references;
mod schema;
mod templates;
mod toml;
mod translations;
mod values;

use std::fs;
use std::path::Path;

use crate::harness::run_in;

/// Every code that `filiere explain` lists has a snapshot.
#[test]
fn every_code_has_a_snapshot() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let files =
        ["snapshots", "diagnostics/snapshots"].into_iter().flat_map(|folder| fs::read_dir(tests.join(folder)).unwrap());
    let files = files
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("it__formats__explain_lists_all_codes.snap"));
    let snapshots: String = files.map(|path| fs::read_to_string(path).unwrap()).collect();
    let codes = run_in(Path::new("."), &["explain"]).stdout;
    let codes: Vec<&str> = codes.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(codes.len() > 50, "{codes:?}");
    let unseen: Vec<&&str> = codes
        .iter()
        .filter(|code| !["error", "warning"].iter().any(|level| snapshots.contains(&format!("{level}[{code}]: "))))
        .collect();
    assert!(unseen.is_empty(), "no snapshot shows {unseen:?}");
}
