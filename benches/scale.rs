//! The time and the memory of a build by the number of profiles.
//!
//! `cargo bench --bench scale -- 1000 10000 100000` makes an ecosystem of each size, and builds and checks it with the
//! real program and the theme `plain`, on a memory file system if there is one. It compares the time with the floor:
//! only reading every source and writing every byte of the site, with as many threads. Each figure is the median of
//! several runs. The machine should be otherwise idle.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, missing_docs)]

mod generated;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rayon::prelude::*;

const RUNS: usize = 5;

fn main() {
    let sizes: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
    let base = if Path::new("/dev/shm").is_dir() { PathBuf::from("/dev/shm") } else { std::env::temp_dir() };
    let folder = base.join(format!("filiere-scale-{}", std::process::id()));
    println!("{} threads, {RUNS} runs each (medians), in {}", rayon::current_num_threads(), base.display());
    let mut before: Option<(u64, Duration)> = None;
    for size in sizes {
        let root = folder.join(size.to_string());
        generated::ecosystem(&root, size);
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

/// Prints the figures of one size, and returns the time of a build.
fn measure(root: &Path, size: u64) -> Duration {
    let mut builds: Vec<(Duration, String)> = Vec::new();
    let mut checks = Vec::new();
    let mut floors = Vec::new();
    // The runs alternate, so that a drift of the machine's speed affects all of them.
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

/// Runs the program. Returns the time of the whole process, and the output of `--timings`.
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

/// The time to read every source and to write every file of the built site.
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
