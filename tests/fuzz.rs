//! Replays the corpus of each fuzz target, and changes its inputs at random. `tests/campaign.sh` lets a fuzzer look
//! for longer, guided by what the code reaches.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]
#![allow(unreachable_pub, reason = "the targets are a library of their own for the fuzzer")]

#[path = "../fuzz/src/lib.rs"]
mod targets;
#[path = "torture/random.rs"]
mod random;

use std::fs;
use std::path::PathBuf;

use random::Random;

/// The number of changed inputs for each target.
const CHANGES: usize = 1_500;

/// The inputs of a target, in the order of their names.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from("fuzz/corpus").join(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| fs::read(path).unwrap()).collect()
}

/// An input with one to four changes: pieces removed, repeated, replaced, or taken from another input.
fn changed(random: &mut Random, inputs: &[Vec<u8>]) -> Vec<u8> {
    const BYTES: &[u8] = b"\0\n\r\t \"'#%&*+-./0:;<=>?@[\\]^_`aZ{|}~\x1b\x7f";
    let mut input = inputs[random.below(inputs.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(input.len() + 1);
        let end = (at + 1 + random.below(12)).min(input.len());
        match random.below(5) {
            0 => drop(input.drain(at.min(end)..end)),
            1 => {
                let piece = input[at.min(end)..end].to_vec();
                input.splice(at..at, piece.repeat(1 + random.below(4)));
            }
            2 => input.insert(at, BYTES[random.below(BYTES.len())]),
            3 if at < input.len() => input[at] = BYTES[random.below(BYTES.len())],
            _ => {
                let other = &inputs[random.below(inputs.len())];
                let from = random.below(other.len() + 1);
                let to = (from + random.below(40)).min(other.len());
                input.splice(at..at, other[from..to].iter().copied());
            }
        }
    }
    input
}

/// Runs a target on an input. A panic is followed by the input, which belongs into the corpus once it is mended.
fn run(name: &str, target: targets::Target, input: &[u8]) {
    if std::panic::catch_unwind(|| target(input)).is_err() {
        panic!("{name} breaks a promise for this input:\n{}", input.escape_ascii());
    }
}

fn replay(name: &str) {
    let (_, target) = *targets::TARGETS.iter().find(|(other, _)| *other == name).unwrap();
    let inputs = corpus(name);
    assert!(!inputs.is_empty(), "{name} has no corpus");
    inputs.iter().for_each(|input| run(name, target, input));
    let mut random = Random::new(1);
    for _ in 0..CHANGES {
        run(name, target, &changed(&mut random, &inputs));
    }
}

#[test]
fn every_target_has_a_test_here_and_a_file_for_the_fuzzer() {
    let text = fs::read_to_string("tests/fuzz.rs").unwrap();
    for (name, _) in targets::TARGETS {
        assert!(text.contains(&format!("replay(\"{name}\")")), "{name} is not replayed");
        assert!(PathBuf::from(format!("fuzz/fuzz_targets/{name}.rs")).exists(), "{name} has no file");
    }
}

#[test]
fn toml() {
    replay("toml");
}

#[test]
fn config() {
    replay("config");
}

#[test]
fn schema() {
    replay("schema");
}

#[test]
fn outline() {
    replay("outline");
}

#[test]
fn prose_escape() {
    replay("prose_escape");
}

#[test]
fn prose_sanitize() {
    replay("prose_sanitize");
}

#[test]
fn profile() {
    replay("profile");
}

#[test]
fn template() {
    replay("template");
}
