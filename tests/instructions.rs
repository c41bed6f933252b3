//! A build costs no more instructions than it did when somebody last looked.
//!
//! Instructions, unlike seconds, are nearly the same in each run on any machine with the same compiler. The figure is that of
//! a build of 300 profiles with one thread, by the program that the other tests run. `tests/instructions.txt` has it for each
//! version of the compiler; `UPDATE_INSTRUCTIONS=1` writes it there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, missing_docs)]

#[allow(dead_code, unused_imports, reason = "the benchmarks need the rest")]
#[path = "../benches/generated/mod.rs"]
mod generated;

use std::fs;
use std::process::Command;

const FIGURES: &str = "tests/instructions.txt";
/// How much more a build may cost, in hundredths.
const ROOM: u64 = 3;
const PROFILES: u64 = 300;

#[test]
#[ignore = "takes a minute and needs valgrind; tests/run.sh runs it"]
fn a_build_costs_no_more_instructions_than_before() {
    let now = instructions();
    let compiler = compiler();
    let recorded = fs::read_to_string(FIGURES).unwrap();
    let before =
        recorded.lines().find_map(|line| line.strip_prefix(&compiler)?.strip_prefix(": ")?.parse::<u64>().ok());
    if std::env::var_os("UPDATE_INSTRUCTIONS").is_some() {
        let others = recorded.lines().filter(|line| !line.starts_with(&compiler));
        let lines: Vec<String> = others.map(str::to_owned).chain([format!("{compiler}: {now}")]).collect();
        fs::write(FIGURES, lines.join("\n") + "\n").unwrap();
        return;
    }
    let Some(before) = before else {
        println!("no figure is recorded for {compiler}: a build took {now} instructions");
        return;
    };
    println!("a build took {now} instructions, before {before}");
    assert!(
        now <= before + before * ROOM / 100,
        "a build takes {now} instructions, {before} before: find out why, or record it with UPDATE_INSTRUCTIONS=1"
    );
}

/// The version of the compiler, and what it compiles for.
fn compiler() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let value = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).unwrap().trim().to_owned();
    format!("{} {}", value("release:"), value("host:"))
}

/// The instructions of a build, counted by valgrind.
fn instructions() -> u64 {
    let folder = tempfile::tempdir().unwrap();
    generated::ecosystem(folder.path(), PROFILES);
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", env!("CARGO_BIN_EXE_filiere")])
        .args(["build", "--no-sync", "--root"])
        .arg(folder.path())
        .env("RAYON_NUM_THREADS", "1")
        .output()
        .expect("valgrind can't be run: install it");
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{text}");
    let figure = text.lines().find_map(|line| line.split_once("Collected : ")).unwrap().1;
    figure.trim().parse().unwrap()
}
