//! Builds that are killed, and builds whose system calls fail, at every point in turn: the output folder is the whole
//! old site or the whole new one, and the next build is clean. The same of changes of the content: after the next
//! command, the content is as before or as after the change.
//!
//! The faults are injected by strace. `FILIERE_FAULTS=all cargo test --test crash` tries every call; without it, a
//! sample is tried.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// The system calls that touch files.
const CALLS: [&str; 16] = [
    "openat",
    "openat2",
    "read",
    "write",
    "close",
    "mkdir",
    "rename",
    "renameat2",
    "unlink",
    "unlinkat",
    "rmdir",
    "copy_file_range",
    "fsync",
    "syncfs",
    "statx",
    "getdents64",
];

/// What happens at a call: a signal, or an error. A file that can't be closed is not an error that programs can see.
const FAULTS: [&str; 6] = ["signal=KILL", "signal=TERM", "error=ENOSPC", "error=EIO", "error=EMFILE", "error=EROFS"];

/// How many calls are tried where not all are.
const SAMPLE: usize = 40;

/// The files of a folder, with their contents.
type Tree = BTreeMap<PathBuf, Vec<u8>>;

fn tree(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(&inner).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => drop(tree.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap())),
            }
        }
    }
    tree
}

/// Two versions of a site, and the folder that they are published in.
struct Bench {
    folder: TempDir,
    old: Tree,
    new: Tree,
}

impl Bench {
    fn new() -> Self {
        let mut bench = Self { old: Tree::new(), new: Tree::new(), folder: tempfile::tempdir().unwrap() };
        for name in ["old", "new"] {
            let status = Command::new(env!("CARGO_BIN_EXE_filiere")).arg("new").arg(bench.path(name)).output().unwrap();
            assert!(status.status.success(), "{status:?}");
        }
        for (site, id) in [("old", "gone"), ("new", "added")] {
            let profile = bench.path(&format!("{site}/content/organisations/{id}.toml"));
            fs::write(profile, "title = \"One of the two\"\nkind = \"fund\"\n").unwrap();
        }
        bench.old = bench.publish("old");
        bench.new = bench.publish("new");
        assert_ne!(bench.old, bench.new);
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A build that nothing disturbs.
    fn publish(&self, site: &str) -> Tree {
        let output = self.build(site, &[]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let beside: Vec<_> = fs::read_dir(self.path("site")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(beside, ["public"], "something is left beside the output");
        tree(&self.path("site/public"))
    }

    /// Builds a site under strace with these options; without options, alone.
    fn build(&self, site: &str, options: &[&str]) -> Output {
        let program = env!("CARGO_BIN_EXE_filiere");
        let mut command = match options {
            [] => Command::new(program),
            _ => {
                let mut strace = Command::new("strace");
                strace.args(["-f", "-o"]).arg(self.path("trace")).args(options).arg(program);
                strace
            }
        };
        fs::create_dir_all(self.path("site")).unwrap();
        command
            .args(["build", "--no-search", "--output"])
            .arg(self.path("site/public"))
            .arg("--root")
            .arg(self.path(site));
        command.env("RAYON_NUM_THREADS", "1").output().expect("strace is installed")
    }

    /// How often a build makes each call.
    fn counts(&self) -> Vec<(&'static str, usize)> {
        let filter = format!("--trace=?{}", CALLS.join(",?"));
        self.publish("old");
        assert!(self.build("new", &[&filter]).status.success());
        let trace = fs::read_to_string(self.path("trace")).unwrap();
        let of = |call: &str| trace.lines().filter(|line| line.contains(&format!(" {call}("))).count();
        CALLS.into_iter().map(|call| (call, of(call))).filter(|(_, count)| *count > 0).collect()
    }

    /// Puts the old site there, builds the new one with a fault, and looks at what is there. Out: whether the build failed.
    fn survive(&self, call: &str, fault: &str, at: usize) -> bool {
        let output = self.path("site/public");
        fs::remove_dir_all(&output).unwrap();
        for (path, bytes) in &self.old {
            fs::create_dir_all(output.join(path).parent().unwrap()).unwrap();
            fs::write(output.join(path), bytes).unwrap();
        }
        let output = self.build("new", &[&format!("--trace={call}"), &format!("--inject={call}:{fault}:when={at}")]);
        let case = format!("{call} number {at} with {fault}: {:?}", output.status);
        let found = tree(&self.path("site/public"));
        assert!(found == self.old || found == self.new, "{case}: the output is neither the old site nor the new one");
        assert!(!output.status.success() || found == self.new, "{case}: a success that published nothing");
        assert_eq!(self.publish("new"), self.new, "{case}: the next build is not clean");
        !output.status.success()
    }
}

#[test]
fn a_build_that_fails_at_any_call_leaves_a_whole_site() {
    let bench = Bench::new();
    let counts = bench.counts();
    assert!(counts.iter().map(|(_, count)| count).sum::<usize>() > 200, "{counts:?}");
    let at_each = |(call, count): (&'static str, usize)| (1..=count).map(move |at| (call, at));
    let all: Vec<_> = FAULTS
        .iter()
        .flat_map(|fault| counts.iter().flat_map(move |count| at_each(*count).map(move |at| (*fault, at))))
        .collect();
    let is_full = std::env::var("FILIERE_FAULTS").is_ok_and(|faults| faults == "all");
    let step = if is_full { 1 } else { all.len() / SAMPLE };
    let (mut tried, mut failed) = (0, 0);
    for (number, (fault, (call, at))) in all.into_iter().enumerate() {
        // The calls that put the new site in its place are tried always.
        if number % step == 0 || call.starts_with("rename") {
            failed += usize::from(bench.survive(call, fault, at));
            tried += 1;
        }
    }
    println!("{tried} faults, {failed} builds failed");
    assert!(failed * 4 > tried, "the faults do not reach the program: {failed} of {tried} builds failed");
}

/// A site whose content is changed.
struct Change {
    folder: TempDir,
    before: Tree,
    after: Tree,
}

impl Change {
    const ARGUMENTS: [&str; 3] = ["rename", "organisations", "companies"];

    fn new() -> Self {
        let mut change = Self { before: Tree::new(), after: Tree::new(), folder: tempfile::tempdir().unwrap() };
        let site = change.folder.path().join("site");
        assert!(Command::new(env!("CARGO_BIN_EXE_filiere")).arg("new").arg(&site).status().unwrap().success());
        // A file that only moves.
        fs::write(site.join("content/organisations/logo.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap();
        change.before = tree(&site);
        assert!(change.run(&[], &Self::ARGUMENTS).status.success());
        change.after = tree(&site);
        assert_ne!(change.before, change.after);
        change
    }

    /// Runs the program on the site, under strace with these options.
    fn run(&self, options: &[&str], arguments: &[&str]) -> Output {
        let program = env!("CARGO_BIN_EXE_filiere");
        let mut command = match options {
            [] => Command::new(program),
            _ => {
                let mut strace = Command::new("strace");
                strace.args(["-f", "-o"]).arg(self.folder.path().join("trace")).args(options).arg(program);
                strace
            }
        };
        command.args(arguments).arg("--root").arg(self.folder.path().join("site"));
        command.env("RAYON_NUM_THREADS", "1").output().expect("strace is installed")
    }

    /// Puts the content there as it was before.
    fn reset(&self) {
        let site = self.folder.path().join("site");
        fs::remove_dir_all(&site).unwrap();
        for (path, bytes) in &self.before {
            fs::create_dir_all(site.join(path).parent().unwrap()).unwrap();
            fs::write(site.join(path), bytes).unwrap();
        }
    }

    fn counts(&self) -> Vec<(&'static str, usize)> {
        self.reset();
        let filter = format!("--trace=?{}", CALLS.join(",?"));
        assert!(self.run(&[&filter], &Self::ARGUMENTS).status.success());
        let trace = fs::read_to_string(self.folder.path().join("trace")).unwrap();
        let of = |call: &str| trace.lines().filter(|line| line.contains(&format!(" {call}("))).count();
        CALLS.into_iter().map(|call| (call, of(call))).filter(|(_, count)| *count > 0).collect()
    }

    /// Makes the change with a fault, and looks at what is there after the next command. Out: whether the change failed.
    fn survive(&self, call: &str, fault: &str, at: usize) -> bool {
        self.reset();
        let output =
            self.run(&[&format!("--trace={call}"), &format!("--inject={call}:{fault}:when={at}")], &Self::ARGUMENTS);
        let case = format!("{call} number {at} with {fault}: {:?}", output.status);
        let next = self.run(&[], &["check"]);
        assert!(next.status.success(), "{case}: {}", String::from_utf8_lossy(&next.stdout));
        let mut found = tree(&self.folder.path().join("site"));
        // The lock of a killed program is a file that nobody holds.
        found.remove(Path::new(".filiere-change-lock"));
        assert!(found == self.before || found == self.after, "{case}: {:?}", found.keys());
        assert!(!output.status.success() || found == self.after, "{case}: a success that changed nothing");
        !output.status.success()
    }
}

#[test]
fn a_change_that_fails_at_any_call_is_made_whole_or_not_at_all() {
    let change = Change::new();
    let counts = change.counts();
    let is_full = std::env::var("FILIERE_FAULTS").is_ok_and(|faults| faults == "all");
    let all: Vec<(&str, &str, usize)> = FAULTS
        .iter()
        .flat_map(|fault| counts.iter().flat_map(move |(call, count)| (1..=*count).map(move |at| (*fault, *call, at))))
        .collect();
    let step = if is_full { 1 } else { all.len() / SAMPLE };
    let (mut tried, mut failed) = (0, 0);
    for (number, (fault, call, at)) in all.into_iter().enumerate() {
        // The calls that make the change are tried always, with the signal that nobody can catch.
        let is_step =
            fault == "signal=KILL" && (call.starts_with("rename") || call.starts_with("unlink") || call == "rmdir");
        if number % step == 0 || is_step {
            failed += usize::from(change.survive(call, fault, at));
            tried += 1;
        }
    }
    println!("{tried} faults, {failed} changes failed");
    assert!(failed * 4 > tried, "the faults do not reach the program: {failed} of {tried} changes failed");
}
