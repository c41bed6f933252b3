//! The time from saving a file to seeing it in the preview.
//!
//! `cargo bench --bench preview -- 300 10000` makes an ecosystem of each size, and serves it with the real program, with
//! the theme `plain` and with `atlas` in two languages, on a memory file system if there is one. It changes files and requests pages until they show the
//! change. Each figure is the median of ten. The machine should be otherwise idle.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, missing_docs)]

#[allow(dead_code, unused_imports, reason = "each benchmark needs a part of it")]
mod generated;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const RUNS: usize = 10;

fn main() {
    let sizes: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![300, 10_000] } else { sizes };
    let base = if Path::new("/dev/shm").is_dir() { PathBuf::from("/dev/shm") } else { std::env::temp_dir() };
    let root = base.join(format!("filiere-preview-{}", std::process::id()));
    println!("{} threads, medians of {RUNS}, in {}", rayon::current_num_threads(), base.display());
    for size in sizes {
        for theme in ["plain", "atlas"] {
            match theme {
                "plain" => generated::ecosystem(&root, size),
                _ => generated::portal(&root, size),
            }
            for name in ["plain", "atlas"] {
                copy(&Path::new("themes").join(name), &root.join("themes").join(name));
            }
            println!("\n{size} actors, {theme}");
            measure(&root, theme);
            fs::remove_dir_all(&root).unwrap();
        }
    }
}

/// Prints the figures of one site.
fn measure(root: &Path, theme: &str) {
    let index = if theme == "plain" { "/actors/" } else { "/acteurs/" };
    let ready = median(|_| {
        let start = Instant::now();
        let server = Server::start(root);
        assert!(server.get(&format!("{index}actor-1/")).contains("200 OK"));
        start.elapsed()
    });
    let server = Server::start(root);
    let profile = "content/actors/actor-5.md";
    let template = format!("themes/{theme}/templates/base.html");
    // The first entity on the index, by title, is another one in each site.
    let entries = server.get(index);
    let first = entries.split(&format!("href=\"{index}actor-")).nth(1).unwrap().split('/').next().unwrap();
    let listed = format!("content/actors/actor-{first}.md");
    let page =
        server.until_shown(root, profile, &format!("{index}actor-5/"), |text, mark| with_line(text, "title", mark));
    let list = server.until_shown(root, &listed, index, |text, mark| with_line(text, "summary", mark));
    let templates = server.until_shown(root, &template, "/areas/", |text, mark| format!("{text}<!-- {mark} -->"));
    println!("  first page after the start  {:>6.1} ms", milliseconds(ready));
    println!("  a profile, on its page      {:>6.1} ms", milliseconds(page));
    println!("  a profile, on its index     {:>6.1} ms", milliseconds(list));
    println!("  a template                  {:>6.1} ms", milliseconds(templates));
    if let Some(memory) = server.memory() {
        println!("  memory, at most             {memory:>6} MB");
    }
}

/// A text in which the first line with a key has another value.
fn with_line(text: &str, key: &str, value: &str) -> String {
    let at = text.find(&format!("{key} = ")).unwrap();
    let end = at + text[at..].find('\n').unwrap();
    format!("{}{key} = \"{value}\"{}", &text[..at], &text[end..])
}

/// A running preview.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(root: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_filiere"))
            .args(["serve", "--port", "0", "--root"])
            .arg(root)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let address =
            lines.find_map(|line| Some(line.strip_prefix("Preview: http://")?.split('/').next()?.to_owned())).unwrap();
        // Nobody reads the rest of the output, but the program must be able to write it.
        thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    }

    /// The time from writing a file until a page shows the change.
    fn until_shown(&self, root: &Path, file: &str, page: &str, edit: impl Fn(&str, &str) -> String) -> Duration {
        let file = root.join(file);
        median(|run| {
            // As with an editor who writes and then looks: the background work after the last change has ended.
            thread::sleep(Duration::from_secs(2));
            let mark = format!("Mark {run}");
            let text = edit(&fs::read_to_string(&file).unwrap(), &mark);
            let start = Instant::now();
            fs::write(&file, text).unwrap();
            while !self.get(page).contains(&mark) {
                thread::sleep(Duration::from_millis(2));
            }
            start.elapsed()
        })
    }

    /// The peak memory of the preview, in megabytes; only on Linux.
    fn memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn median(mut run: impl FnMut(usize) -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS).map(&mut run).collect();
    times.sort();
    times[RUNS / 2]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
