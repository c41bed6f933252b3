//! Sites that are changed at random, and what must hold for each: `check` and `build` say the same; what is refused has
//! a reason with a place and leaves the last site untouched; what is published has no dead link, valid HTML, XML, JSON
//! and CSV; and nothing takes long, or much memory.
//!
//! `FILIERE_SEEDS=1000..4000 cargo test --release --test torture` tries other seeds than the usual ones.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]
#![allow(unreachable_pub, reason = "the modules of a test")]

mod mutate;
mod published;
mod random;

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Output};

use mutate::Site;
use random::Random;
use rayon::prelude::*;

/// The most that a run may use: 10 seconds of processor time, and 1 GB of memory for its data.
const LIMITS: &str = "ulimit -t 10 -d 1048576 && exec \"$0\" \"$@\"";

/// All files below a folder by their paths.
pub fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(&inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// The sites that are changed: the starter with either theme, and with a theme of its own.
fn bases() -> Vec<Site> {
    let starter = files_of(Path::new("starter"));
    let config = String::from_utf8(starter["site.toml"].clone()).unwrap();
    let with_theme = |name: &str| {
        let mut site = starter.clone();
        site.insert("site.toml".into(), config.replace("\"atlas\"", &format!("\"{name}\"")).into_bytes());
        site
    };
    let mut sanitizes = with_theme("plain");
    sanitizes.get_mut("site.toml").unwrap().extend_from_slice(b"\nhtml = \"sanitize\"\n");
    let mut own = with_theme("own");
    own.insert("themes/own/theme.toml".into(), b"extends = \"plain\"\n".to_vec());
    for (path, bytes) in files_of(Path::new("themes/plain/templates")) {
        own.insert(format!("themes/own/templates/{path}"), bytes);
    }
    vec![with_theme("atlas"), sanitizes, own]
}

fn write(site: &Site, root: &Path) -> bool {
    site.iter().all(|(path, bytes)| {
        let path = root.join(path);
        // A file where another one needs a folder is no site that could be on a disk.
        fs::create_dir_all(path.parent().unwrap()).is_ok() && fs::write(path, bytes).is_ok()
    })
}

fn filiere(root: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("bash");
    command.args(["-c", LIMITS, env!("CARGO_BIN_EXE_filiere")]).args(arguments).arg("--root").arg(root);
    command.output().unwrap()
}

/// What a changed site shows to be broken; nothing if all promises hold.
fn broken_promises(base: &Site, seed: u64) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let (root, output) = (folder.path().join("site"), folder.path().join("public"));
    let build = |root: &Path| {
        let address = format!("https://example.org{}", published::BASE);
        let arguments = ["build", "--no-search", "--base-url", &address, "--output", output.to_str().unwrap()];
        filiere(root, &arguments)
    };
    let before = folder.path().join("before");
    assert!(write(base, &before));
    assert_eq!(build(&before).status.code(), Some(0), "the site without changes is not built");
    let published = files_of(&output);
    let site = mutate::mutated(base, &mut Random::new(seed));
    if !write(&site, &root) {
        return Vec::new();
    }
    let of_theme = |site: &Site| {
        site.iter().filter(|(path, _)| path.starts_with("themes/")).map(|it| format!("{it:?}")).collect::<Vec<_>>()
    };
    // Themes are trusted: what a broken template writes is its own.
    let is_theme_whole = of_theme(&site) == of_theme(base);
    let (checked, built) = (filiere(&root, &["check", "--format", "short"]), build(&root));
    let said = String::from_utf8_lossy(&checked.stdout);
    let mut broken = Vec::new();
    if checked.status.code() != built.status.code() {
        broken.push(format!("check ends with {:?}, build with {:?}", checked.status, built.status));
    }
    match built.status.code() {
        Some(0) if is_theme_whole => {
            broken.extend(published::mistakes(&output, |path| site.contains_key(&format!("content/{path}"))))
        }
        Some(0) => {}
        Some(1) => {
            if !said.lines().any(|line| line.contains(": error[")) {
                broken.push("refused without an error".into());
            }
            if files_of(&output) != published {
                broken.push("the last site is not as it was".into());
            }
        }
        // Without `site.toml` there is no site to speak of.
        Some(2) if !root.join("site.toml").is_file() => {}
        _ => broken.push(format!("{:?}: {}", built.status, String::from_utf8_lossy(&built.stderr))),
    }
    broken.into_iter().map(|problem| format!("seed {seed}: {problem}")).collect()
}

/// The seeds to try: those of `FILIERE_SEEDS`, such as `1000..4000`, or the usual ones.
fn seeds() -> Range<u64> {
    let Ok(text) = std::env::var("FILIERE_SEEDS") else { return 0..50 };
    let (first, end) = text.split_once("..").expect("FILIERE_SEEDS is a range, such as 1000..4000");
    first.parse().unwrap()..end.parse().unwrap()
}

#[test]
fn every_promise_holds_for_every_changed_site() {
    let bases = bases();
    let seeds = seeds();
    let broken: Vec<String> = seeds
        .into_par_iter()
        .flat_map_iter(|seed| broken_promises(&bases[seed as usize % bases.len()], seed))
        .collect();
    assert!(broken.is_empty(), "{} promises are broken:\n{}", broken.len(), broken.join("\n"));
}
