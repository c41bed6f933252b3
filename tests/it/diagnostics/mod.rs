//! The text of each diagnostic: one module for each group of codes, and at least one snapshot for each code.

mod addresses;
mod advice;
mod blocks;
mod configuration;
mod files;
mod links;
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
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/diagnostics/snapshots");
    let snapshots: String =
        fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
    let codes = run_in(Path::new("."), &["explain"]).stdout;
    let codes: Vec<&str> = codes.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(codes.len() > 50, "{codes:?}");
    let unseen: Vec<&&str> = codes
        .iter()
        .filter(|code| !["error", "warning"].iter().any(|level| snapshots.contains(&format!("{level}[{code}]: "))))
        .collect();
    assert!(unseen.is_empty(), "no snapshot shows {unseen:?}");
}
