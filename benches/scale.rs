//! The time and the memory of builds and checks by the number of profiles, with both themes.
//!
//! ```text
//! cargo bench --bench scale                         plain and atlas at 1,000 and 10,000 profiles
//! cargo bench --bench scale -- plain 10000 100000   these sizes of one theme; atlas-search has the search as well
//! cargo bench --bench scale -- site .               the site in a folder, such as the portal of this repository
//! cargo bench --bench scale -- write atlas 300 DIR  only writes the generated site, for a profiler
//! ```
//!
//! The real program builds each site on a memory file system if there is one. Its time is compared with the floor: only
//! reading every source and writing every byte of the site, with as many threads. Each figure is the median of several
//! runs, which alternate, so that a drift of the machine's speed affects all of them. The machine should be otherwise idle.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, missing_docs)]

#[allow(dead_code, unused_imports, reason = "each benchmark needs a part of it")]
mod generated;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rayon::prelude::*;

const RUNS: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["write", kind, size, folder] => generate(kind, size.parse().unwrap(), Path::new(folder)),
        ["site", folder] => {
            measure(&fs::canonicalize(folder).unwrap(), folder);
        }
        [kind, sizes @ ..] if !sizes.is_empty() => {
            scale(kind, &sizes.iter().map(|size| size.parse().unwrap()).collect::<Vec<_>>());
        }
        _ => ["plain", "atlas", "atlas-search"].into_iter().for_each(|kind| scale(kind, &[1_000, 10_000])),
    }
}

fn generate(kind: &str, size: u64, root: &Path) {
    match kind {
        "plain" => generated::ecosystem(root, size),
        "atlas" | "atlas-search" => generated::portal(root, size),
        _ => panic!("there is no kind {kind}: plain, atlas, atlas-search"),
    }
}

/// Measures a kind of site at several sizes, one after the other.
fn scale(kind: &str, sizes: &[u64]) {
    let folder = memory().join(format!("filiere-scale-{}", std::process::id()));
    let mut before: Option<(u64, Duration)> = None;
    for &size in sizes {
        let root = folder.join(size.to_string());
        generate(kind, size, &root);
        let build = measure(&root, &format!("{kind}, {size} actors"));
        if let Some((smaller, time)) = before {
            println!("  {size} actors take {:.1} times as long as {smaller}", ratio(build, time));
        }
        before = Some((size, build));
        fs::remove_dir_all(&root).unwrap();
    }
    let _ = fs::remove_dir(&folder);
}

/// A folder in memory, if there is one.
fn memory() -> PathBuf {
    if Path::new("/dev/shm").is_dir() { PathBuf::from("/dev/shm") } else { std::env::temp_dir() }
}

/// Prints the figures of a site, and returns the time of a build.
fn measure(root: &Path, title: &str) -> Duration {
    let output = memory().join(format!("filiere-scale-{}-output", std::process::id()));
    let build = || {
        let to = ["build".as_ref(), "--force".as_ref(), "--output".as_ref(), output.as_os_str()];
        run(root, &to)
    };
    let mut times: [Vec<Duration>; 4] = [const { Vec::new() }; 4];
    let mut report = String::new();
    for _ in 0..RUNS {
        let _ = fs::remove_dir_all(&output);
        let (cold, text) = build();
        report = text;
        let all = [cold, build().0, run(root, &["check".as_ref()]).0, floor(root, &output)];
        times.iter_mut().zip(all).for_each(|(times, time)| times.push(time));
    }
    let [build, again, check, floor] = times.map(median);
    let files = files(&output);
    let bytes: u64 = files.iter().map(|path| path.metadata().unwrap().len()).sum();
    println!(
        "\n{title}: {} files, {:.1} MB; {} threads, medians of {RUNS}",
        files.len(),
        bytes as f64 / 1e6,
        rayon::current_num_threads()
    );
    report.lines().filter(|line| line.split_whitespace().count() >= 2).for_each(|line| println!("  {line}"));
    println!("  floor {:.3} s", floor.as_secs_f64());
    println!("  build {:.3} s, {:.2} times the floor", build.as_secs_f64(), ratio(build, floor));
    println!("  again {:.3} s, {:.2} of a first build", again.as_secs_f64(), ratio(again, build));
    println!("  check {:.3} s, {:.2} of a first build", check.as_secs_f64(), ratio(check, build));
    fs::remove_dir_all(&output).unwrap();
    build
}

/// Runs the program. Returns the time of the whole process, and the output of `--timings`.
fn run(root: &Path, arguments: &[&std::ffi::OsStr]) -> (Duration, String) {
    let start = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_filiere"))
        .args(arguments)
        .args(["--timings", "--root"])
        .arg(root)
        .output()
        .unwrap();
    let elapsed = start.elapsed();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    (elapsed, text(&output.stderr))
}

/// The time to read every source and to write every file of the built site.
fn floor(root: &Path, output: &Path) -> Duration {
    let sources = files(&root.join("content"));
    let copy = memory().join(format!("filiere-scale-{}-copy", std::process::id()));
    let files: Vec<(PathBuf, Vec<u8>)> = files(output)
        .into_par_iter()
        .map(|path| (copy.join(path.strip_prefix(output).unwrap()), fs::read(&path).unwrap()))
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

/// The files in a folder and in the folders in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let (folders, mut all): (Vec<PathBuf>, Vec<PathBuf>) =
        fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).partition(|path| path.is_dir());
    folders.iter().for_each(|folder| all.append(&mut files(folder)));
    all
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn ratio(time: Duration, of: Duration) -> f64 {
    time.as_secs_f64() / of.as_secs_f64()
}
