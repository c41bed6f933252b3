//! How the time and the memory of a build grow with the number of profiles.
//!
//! `cargo bench --bench scale -- 1000 10000 100000` makes an ecosystem of each size, builds and checks it with the program itself and the
//! theme `plain`, on a memory file system where there is one, and holds it against the floor: reading every source and writing every byte of
//! the site with as many threads, and nothing else. Each figure is the median of several runs; the machine should be otherwise idle.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, missing_docs)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rayon::prelude::*;

const RUNS: usize = 5;
const TOWNS: u64 = 60;
const AREAS: u64 = 6;

fn main() {
    let sizes: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
    let base = if Path::new("/dev/shm").is_dir() { PathBuf::from("/dev/shm") } else { std::env::temp_dir() };
    let folder = base.join(format!("filiere-scale-{}", std::process::id()));
    println!("{} threads, {RUNS} runs each (medians), in {}", rayon::current_num_threads(), base.display());
    let mut before: Option<(u64, Duration)> = None;
    for size in sizes {
        let root = folder.join(size.to_string());
        generate(&root, size);
        let build = measure(&root, size);
        if let Some((smaller, time)) = before {
            let ratio = build.as_secs_f64() / time.as_secs_f64();
            println!("  {size} profiles take {ratio:.1} times as long as {smaller}");
        }
        before = Some((size, build));
        fs::remove_dir_all(&root).unwrap();
    }
    let _ = fs::remove_dir(&folder);
}

/// Prints the figures of one size and gives the time of a build.
fn measure(root: &Path, size: u64) -> Duration {
    let mut builds: Vec<(Duration, String)> = Vec::new();
    let mut checks = Vec::new();
    let mut floors = Vec::new();
    // In turn, so that a drift of the machine's speed hits all alike.
    for _ in 0..RUNS {
        let _ = fs::remove_dir_all(root.join("public"));
        builds.push(run(root, "build"));
        checks.push(run(root, "check").0);
        floors.push(floor(root));
    }
    builds.sort();
    checks.sort();
    floors.sort();
    let (build, report) = &builds[RUNS / 2];
    let (check, floor) = (checks[RUNS / 2], floors[RUNS / 2]);
    let pages =
        fs::read_to_string(root.join("public/sitemap.xml")).map_or(0, |sitemap| sitemap.matches("<loc>").count());
    println!("\n{size} actors, {pages} addresses in the sitemap");
    for line in report.lines().filter(|line| line.split_whitespace().count() >= 2) {
        println!("  {line}");
    }
    println!(
        "  build {:.3} s, check {:.3} s ({:.2} of a build)",
        build.as_secs_f64(),
        check.as_secs_f64(),
        check.as_secs_f64() / build.as_secs_f64()
    );
    println!(
        "  floor {:.3} s: a build takes {:.2} times the floor",
        floor.as_secs_f64(),
        build.as_secs_f64() / floor.as_secs_f64()
    );
    *build
}

/// Runs the program; the time of the whole process, and what `--timings` printed.
fn run(root: &Path, command: &str) -> (Duration, String) {
    let start = Instant::now();
    let output =
        Command::new(env!("CARGO_BIN_EXE_filiere")).args([command, "--timings", "--root"]).arg(root).output().unwrap();
    let elapsed = start.elapsed();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    (elapsed, String::from_utf8_lossy(&output.stderr).into_owned())
}

/// The time to read every source and to write every file of the site, which was built before.
fn floor(root: &Path) -> Duration {
    let mut sources = Vec::new();
    let mut files = Vec::new();
    list(&root.join("content"), &mut sources);
    list(&root.join("public"), &mut files);
    let copy = root.join("copy");
    let files: Vec<(PathBuf, Vec<u8>)> = files
        .into_par_iter()
        .map(|path| (copy.join(path.strip_prefix(root.join("public")).unwrap()), fs::read(&path).unwrap()))
        .collect();
    let start = Instant::now();
    let read: usize = sources.par_iter().map(|path| fs::read(path).unwrap().len()).sum();
    files.par_iter().for_each(|(path, bytes)| {
        let parent = path.parent().unwrap();
        if fs::create_dir(parent).is_err() {
            fs::create_dir_all(parent).unwrap();
        }
        fs::write(path, bytes).unwrap();
    });
    let elapsed = start.elapsed();
    assert!(read > 0);
    fs::remove_dir_all(copy).unwrap();
    elapsed
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            list(&entry.path(), files);
        } else {
            files.push(entry.path());
        }
    }
}

/// Writes an ecosystem: actors, a tenth as many projects, six areas, sixty towns; 250 words, three links and four to ten relations each.
fn generate(root: &Path, actors: u64) {
    let projects = (actors / 10).max(1);
    let content = root.join("content");
    for folder in ["actors", "projects", "areas", "towns"] {
        fs::create_dir_all(content.join(folder)).unwrap();
    }
    fs::write(
        root.join("site.toml"),
        "title = \"Scale\"\nbase_url = \"https://example.org\"\nlanguages = [\"en\"]\ntheme = \"plain\"\nmenu = [\"actors\", \"projects\", \"areas\"]\n",
    )
    .unwrap();
    fs::write(
        content.join("actors/_type.toml"),
        "name = \"Actor\"\nplural = \"Actors\"\nschema_org = \"Organization\"\n[fields.founded]\nkind = \"year\"\nlabel = \"Founded\"\n[fields.towns]\nto = \"towns\"\nfacet = true\nlabel = \"Towns\"\ninverse = { id = \"actors\", label = \"Actors\" }\n[fields.partners]\nto = \"actors\"\nlabel = \"Partners\"\ninverse = { id = \"partner_of\", label = \"Partner of\" }\n[derived.areas]\npath = [\"projects\", \"areas\"]\nlabel = \"Areas\"\n",
    )
    .unwrap();
    fs::write(
        content.join("projects/_type.toml"),
        "name = \"Project\"\nplural = \"Projects\"\n[fields.partners]\nto = \"actors\"\nlabel = \"Partners\"\ninverse = { id = \"projects\", label = \"Projects\" }\nattributes.role = { kind = \"choice\", label = \"Role\", choices = { coordinator = \"Coordinator\", partner = \"Partner\" } }\n[fields.areas]\nto = \"areas\"\nlabel = \"Areas\"\ninverse = { id = \"projects\", label = \"Projects\" }\n",
    )
    .unwrap();
    for folder in ["areas", "towns"] {
        fs::write(content.join(folder).join("_type.toml"), format!("name = \"{folder}\"\n")).unwrap();
    }
    let named = |count: u64, name: &str| {
        (0..count).fold(String::new(), |mut all, n| {
            let _ = writeln!(all, "[{name}-{n}]\ntitle = \"{name} {n}\"\nsummary = \"One of {count}.\"\n");
            all
        })
    };
    fs::write(content.join("towns/_list.toml"), named(TOWNS, "town")).unwrap();
    fs::write(content.join("areas/_list.toml"), named(AREAS, "area")).unwrap();
    (0..actors).into_par_iter().for_each(|n| {
        let mut random = Random(n * 2 + 1);
        let mut text = format!(
            "+++\ntitle = \"Actor {n}\"\nsummary = \"The actor number {n}, which does what actors do.\"\nfounded = {}\nupdated = 2024-{:02}-{:02}\n",
            1950 + random.below(70),
            1 + random.below(12),
            1 + random.below(28)
        );
        let _ = writeln!(text, "towns = [{}]", random.names("town", TOWNS, 1, 2));
        let _ = writeln!(text, "partners = [{}]", random.names("actor", actors, 3, 8));
        text.push_str("+++\n");
        prose(&mut text, &mut random, actors, projects);
        fs::write(content.join(format!("actors/actor-{n}.md")), text).unwrap();
    });
    (0..projects).into_par_iter().for_each(|n| {
        let mut random = Random(n * 2);
        let mut text =
            format!("+++\ntitle = \"Project {n}\"\nsummary = \"The project number {n}, which joins actors.\"\n");
        let _ = writeln!(text, "areas = [{}]", random.names("area", AREAS, 1, 2));
        let coordinator = random.below(actors);
        let partners = random.names("actor", actors, 2, 7);
        let _ = writeln!(text, "partners = [{{ to = \"actor-{coordinator}\", role = \"coordinator\" }}, {partners}]");
        text.push_str("+++\n");
        prose(&mut text, &mut random, actors, projects);
        fs::write(content.join(format!("projects/project-{n}.md")), text).unwrap();
    });
}

/// 250 words in five paragraphs under two headings, with three links.
fn prose(text: &mut String, random: &mut Random, actors: u64, projects: u64) {
    const WORDS: [&str; 16] = [
        "therapy",
        "cell",
        "process",
        "region",
        "partner",
        "clinical",
        "the",
        "of",
        "with",
        "production",
        "research",
        "vector",
        "quality",
        "and",
        "*platform*",
        "stage",
    ];
    for paragraph in 0..5 {
        if paragraph % 3 == 0 {
            let _ = writeln!(text, "\n## Part {}", paragraph + 1);
        }
        text.push('\n');
        for _ in 0..50 {
            text.push_str(WORDS[random.below(WORDS.len() as u64) as usize]);
            text.push(' ');
        }
        match paragraph {
            0 => drop(writeln!(text, "[[actor-{}]].", random.below(actors))),
            1 => drop(writeln!(text, "[[project-{}|a project]].", random.below(projects))),
            2 => drop(writeln!(text, "[another](../actors/actor-{}.md).", random.below(actors))),
            _ => text.push_str("end.\n"),
        }
    }
}

/// A small generator of numbers that are the same at each run (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// Different names, from `least` to `most` of them where there are enough.
    fn names(&mut self, name: &str, count: u64, least: u64, most: u64) -> String {
        let wanted = least + self.below(most - least + 1);
        let mut numbers: Vec<u64> = (0..wanted).map(|_| self.below(count)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.iter().map(|n| format!("\"{name}-{n}\"")).collect::<Vec<_>>().join(", ")
    }
}
