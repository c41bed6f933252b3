//! The time from a keystroke in an editor to the diagnostics of the site, and that of a completion.
//!
//! `cargo bench --bench lsp -- 300 10000` makes an ecosystem of each size, and talks to the real program over its
//! standard input and output. A keystroke is a change of one letter, with which a reference becomes wrong or right; the
//! time ends when its diagnostic has come or gone. A completion follows a keystroke at once. Each figure is the median
//! of twenty. The machine should be otherwise idle.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, missing_docs)]

#[allow(dead_code, unused_imports, reason = "each benchmark needs a part of it")]
mod generated;

use std::fs;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value, json};

const RUNS: usize = 20;
const PATH: &str = "content/actors/actor-5.md";

fn main() {
    let sizes: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![300, 10_000] } else { sizes };
    let base = if Path::new("/dev/shm").is_dir() { PathBuf::from("/dev/shm") } else { std::env::temp_dir() };
    let root = base.join(format!("filiere-lsp-{}", std::process::id()));
    println!("{} threads, medians of {RUNS}, in {}", rayon::current_num_threads(), base.display());
    for size in sizes {
        generated::ecosystem(&root, size);
        measure(&root, size);
        fs::remove_dir_all(&root).unwrap();
    }
}

/// Prints the figures of one size.
fn measure(root: &Path, size: u64) {
    let start = Instant::now();
    let mut editor = Editor::start(root);
    editor.ask("workspace/symbol", &json!({ "query": "actor 5" }));
    let ready = start.elapsed();
    let text = fs::read_to_string(root.join(PATH)).unwrap();
    // The relation that is typed is in the second line, in place of the generated one.
    let text =
        text.replacen("\npartners = ", "\n# partners = ", 1).replacen("+++\n", "+++\npartners = [\"actor-1\"]\n", 1);
    editor.notify(
        "textDocument/didOpen",
        &json!({
            "textDocument": { "uri": editor.uri(), "languageId": "markdown", "version": 1, "text": text }
        }),
    );
    editor.ask("workspace/symbol", &json!({ "query": "actor 5" }));
    // After `partners = ["actor-1`.
    let at = json!({ "line": 1, "character": "partners = [\"actor-1".len() });
    let (mut checks, mut completions) = (Vec::new(), Vec::new());
    for run in 0..RUNS {
        let is_wrong = run % 2 == 0;
        let end = json!({ "line": 1, "character": "partners = [\"actor-1".len() + usize::from(!is_wrong) });
        let start = Instant::now();
        editor.change(&json!({ "start": at, "end": end }), if is_wrong { "x" } else { "" });
        editor.until(is_wrong);
        checks.push(start.elapsed());
    }
    for run in 0..RUNS {
        let is_wrong = run % 2 == 0;
        let end = json!({ "line": 1, "character": "partners = [\"actor-1".len() + usize::from(!is_wrong) });
        let start = Instant::now();
        editor.change(&json!({ "start": at, "end": end }), if is_wrong { "2" } else { "" });
        let items =
            editor.ask("textDocument/completion", &json!({ "textDocument": { "uri": editor.uri() }, "position": at }));
        completions.push(start.elapsed());
        assert!(!items["items"].as_array().unwrap().is_empty());
        // The next keystroke comes when this one has been checked.
        editor.ask("workspace/symbol", &json!({ "query": "actor 5" }));
    }
    println!("\n{size} actors");
    println!("  ready after the start            {:>6.1} ms", milliseconds(ready));
    println!("  from a keystroke to diagnostics  {:>6.1} ms", milliseconds(median(checks)));
    println!("  a completion after a keystroke   {:>6.1} ms", milliseconds(median(completions)));
}

/// An editor that is connected to the program.
struct Editor {
    child: Child,
    to: BufWriter<ChildStdin>,
    from: BufReader<ChildStdout>,
    root: PathBuf,
    next: i32,
    version: i32,
}

impl Editor {
    fn start(root: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_filiere"))
            .args(["lsp", "--root"])
            .arg(root)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (to, from) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (to, from) = (BufWriter::new(to), BufReader::new(from));
        let mut editor = Self { child, to, from, root: root.to_owned(), next: 0, version: 1 };
        editor.ask("initialize", &json!({ "capabilities": {} }));
        editor.notify("initialized", &json!({}));
        editor
    }

    fn uri(&self) -> String {
        format!("file://{}/{PATH}", self.root.display())
    }

    fn notify(&mut self, method: &str, params: &Value) {
        Message::from(Notification::new(method.to_owned(), params)).write(&mut self.to).unwrap();
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.next += 1;
        let id = RequestId::from(self.next);
        Message::from(Request::new(id.clone(), method.to_owned(), params)).write(&mut self.to).unwrap();
        loop {
            if let Message::Response(response) = Message::read(&mut self.from).unwrap().unwrap()
                && response.id == id
            {
                return response.response_result.unwrap();
            }
        }
    }

    fn change(&mut self, range: &Value, text: &str) {
        self.version += 1;
        let document = json!({ "uri": self.uri(), "version": self.version });
        self.notify(
            "textDocument/didChange",
            &json!({
                "textDocument": document,
                "contentChanges": [{ "range": range, "text": text }]
            }),
        );
    }

    /// Waits until the diagnostics of the file say that a reference is wrong, or no longer say so.
    fn until(&mut self, is_wrong: bool) {
        loop {
            let Message::Notification(notification) = Message::read(&mut self.from).unwrap().unwrap() else { continue };
            if notification.method != "textDocument/publishDiagnostics"
                || notification.params["uri"] != self.uri().as_str()
            {
                continue;
            }
            let list = notification.params["diagnostics"].as_array().unwrap();
            if list.iter().any(|problem| problem["code"] == "unknown-reference") == is_wrong {
                return;
            }
        }
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // The program ends when its input does, which is closed with this value.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
