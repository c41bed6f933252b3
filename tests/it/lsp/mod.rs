//! The language server, through its protocol: messages in, answers and diagnostics out.

mod actions;
mod answers;
mod completion;
mod diagnostics;
mod fuzz;
mod hostile;
mod rename;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use filiere::compile::Request;
use filiere::lsp::{self, Options};
use filiere::model::Today;
use lsp_server::{Connection, Message, Notification, RequestId};
use serde_json::{Value, json};

use crate::harness::Site;

/// The day of all checks, in seconds since 1970.
pub const DAY: i64 = 1_767_225_600;

/// An editor that is connected to a server.
pub struct Editor {
    connection: Connection,
    server: Option<JoinHandle<bool>>,
    root: String,
    next: i32,
    version: i32,
    /// The texts that are open.
    texts: BTreeMap<String, String>,
    /// The diagnostics that the server has sent, by path.
    pub diagnostics: BTreeMap<String, Vec<Value>>,
    /// How often diagnostics were sent, by path.
    pub sent: BTreeMap<String, usize>,
    /// What the server said that it can do.
    pub capabilities: Value,
}

/// What a client such as VS Code can do.
fn abilities() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename", "delete"] } },
        "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } }
    })
}

impl Editor {
    pub fn new(site: &Site) -> Self {
        Self::with(&site.path(""), abilities(), "fr")
    }

    /// An editor with these abilities and this language, which opens a folder.
    pub fn with(folder: &Path, abilities: Value, locale: &str) -> Self {
        let (server, client) = Connection::memory();
        let root = fs::canonicalize(folder).unwrap().to_str().unwrap().to_owned();
        let day = Today::from_unix(DAY).unwrap();
        let request = Request { base_url: None, drafts: false, search: true, today: day };
        let options = Options { root: Some(folder.to_owned()), request, rest: Duration::from_secs(3600) };
        let server = thread::spawn(move || lsp::serve(&server, options));
        let mut editor = Self {
            connection: client,
            server: Some(server),
            root: root.trim_end_matches('/').to_owned(),
            next: 0,
            version: 0,
            texts: BTreeMap::new(),
            diagnostics: BTreeMap::new(),
            sent: BTreeMap::new(),
            capabilities: Value::Null,
        };
        let params = json!({
            "capabilities": abilities,
            "locale": locale,
            "workspaceFolders": [{ "uri": format!("file://{}", editor.root), "name": "site" }]
        });
        editor.capabilities = editor.ask("initialize", params)["capabilities"].clone();
        editor.notify("initialized", json!({}));
        editor
    }

    pub fn uri(&self, path: &str) -> String {
        format!("file://{}/{}", self.root, path.replace('é', "%C3%A9"))
    }

    /// The path that an address names.
    fn path_of(&self, uri: &str) -> String {
        uri.strip_prefix(&format!("file://{}/", self.root)).unwrap_or(uri).replace("%C3%A9", "é")
    }

    /// A text with the addresses of the site as paths.
    pub fn tidy(&self, text: &str) -> String {
        text.replace(&format!("file://{}/", self.root), "")
    }

    pub fn notify(&self, method: &str, params: Value) {
        self.connection.sender.send(Notification::new(method.to_owned(), params).into()).unwrap();
    }

    /// Sends a request and waits for the result. Other messages that come are noted.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        self.try_ask(method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// The same, for requests that may be refused.
    pub fn try_ask(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        self.next += 1;
        let id = RequestId::from(self.next);
        let request = lsp_server::Request::new(id.clone(), method.to_owned(), params);
        self.connection.sender.send(request.into()).unwrap();
        loop {
            match self.connection.receiver.recv_timeout(Duration::from_secs(120)).expect("the server answers") {
                Message::Response(response) if response.id == id => {
                    return response.response_result.map_err(|error| json!([error.code, error.message]));
                }
                Message::Response(_) => {}
                Message::Notification(notification) => self.note(&notification),
                Message::Request(_) => {}
            }
        }
    }

    fn note(&mut self, notification: &Notification) {
        if notification.method == "textDocument/publishDiagnostics" {
            let path = self.path_of(notification.params["uri"].as_str().unwrap());
            *self.sent.entry(path.clone()).or_default() += 1;
            let list = notification.params["diagnostics"].as_array().unwrap().clone();
            match list.is_empty() {
                true => drop(self.diagnostics.remove(&path)),
                false => drop(self.diagnostics.insert(path, list)),
            }
        }
    }

    /// Opens a text; `^` marks a position, which is returned.
    pub fn open(&mut self, path: &str, marked: &str) -> Value {
        let text = marked.replacen('^', "", 1);
        self.version += 1;
        let item = json!({ "uri": self.uri(path), "languageId": "markdown", "version": self.version, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
        self.texts.insert(path.to_owned(), text);
        position(marked)
    }

    /// Opens a file with the text that it has on disk.
    pub fn open_file(&mut self, site: &Site, path: &str) {
        let text = fs::read_to_string(site.path(path)).unwrap();
        self.open(path, &text.replace('^', "ˆ"));
    }

    /// Replaces all of an open text.
    pub fn set(&mut self, path: &str, marked: &str) -> Value {
        let text = marked.replacen('^', "", 1);
        self.version += 1;
        let document = json!({ "uri": self.uri(path), "version": self.version });
        self.notify(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [{ "text": text }] }),
        );
        self.texts.insert(path.to_owned(), text);
        position(marked)
    }

    pub fn close(&mut self, path: &str) {
        self.texts.remove(path);
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": self.uri(path) } }));
    }

    /// Waits until all diagnostics are there.
    pub fn rest(&mut self) {
        self.ask("filiere/atRest", Value::Null);
    }

    /// A request about a position.
    pub fn at(&mut self, method: &str, path: &str, position: &Value) -> Value {
        self.ask(method, json!({ "textDocument": { "uri": self.uri(path) }, "position": position }))
    }

    /// A request about a file.
    pub fn of(&mut self, method: &str, path: &str) -> Value {
        self.ask(method, json!({ "textDocument": { "uri": self.uri(path) } }))
    }

    /// The position of a piece of an open text; `^` marks a character of the piece.
    pub fn position(&self, path: &str, piece: &str) -> Value {
        let text = &self.texts[path];
        let mark = piece.find('^').unwrap_or(0);
        let piece = piece.replacen('^', "", 1);
        let at = text.find(&piece).unwrap_or_else(|| panic!("there is no {piece:?} in {path}")) + mark;
        position(&format!("{}^{}", &text[..at], &text[at..]))
    }

    /// The diagnostics of all files, a line for each.
    pub fn problems(&self) -> Vec<String> {
        let lines = self.diagnostics.iter().flat_map(|(path, list)| {
            list.iter().map(move |problem| {
                let start = &problem["range"]["start"];
                let severity = if problem["severity"] == 1 { "error" } else { "warning" };
                let code = problem["code"].as_str().unwrap();
                format!("{path}:{}:{} {severity} {code}", start["line"], start["character"])
            })
        });
        lines.collect()
    }

    /// The part of an open text, or of a file, that a range covers.
    pub fn text_at(&self, path: &str, range: &Value) -> String {
        let text = self.texts.get(path).cloned();
        let text = text.unwrap_or_else(|| fs::read_to_string(format!("{}/{path}", self.root)).unwrap());
        text[offset(&text, &range["start"])..offset(&text, &range["end"])].to_owned()
    }

    /// Makes the edits of a workspace edit. Out: the texts that it leads to, and the files that it makes and moves.
    pub fn apply(&self, edit: &Value) -> BTreeMap<String, String> {
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        let text_of = |path: &str| {
            self.texts.get(path).cloned().or_else(|| fs::read_to_string(format!("{}/{path}", self.root)).ok())
        };
        for change in edit["documentChanges"].as_array().into_iter().flatten() {
            match change["kind"].as_str() {
                Some("create") => drop(texts.insert(self.path_of(change["uri"].as_str().unwrap()), String::new())),
                Some("rename") => {
                    let (old, new) = (&change["oldUri"], &change["newUri"]);
                    let (old, new) = (self.path_of(old.as_str().unwrap()), self.path_of(new.as_str().unwrap()));
                    let text = texts.remove(&old).or_else(|| text_of(&old)).unwrap();
                    texts.insert(new, text);
                    texts.insert(old, String::from("(moved)"));
                }
                _ => {
                    let path = self.path_of(change["textDocument"]["uri"].as_str().unwrap());
                    let text = texts.get(&path).cloned().or_else(|| text_of(&path)).unwrap();
                    texts.insert(path, edited(&text, change["edits"].as_array().unwrap()));
                }
            }
        }
        for (uri, edits) in edit["changes"].as_object().into_iter().flatten() {
            let path = self.path_of(uri);
            let text = text_of(&path).unwrap();
            texts.insert(path, edited(&text, edits.as_array().unwrap()));
        }
        texts
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        if thread::panicking() {
            return;
        }
        self.ask("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        assert!(self.server.take().unwrap().join().expect("the server does not panic"), "the end was asked for");
    }
}

/// Makes edits of a text, whose ranges are those of the text before all of them.
fn edited(text: &str, edits: &[Value]) -> String {
    let mut spans: Vec<_> = edits
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (offset(text, &range["start"]), offset(text, &range["end"]), edit["newText"].as_str().unwrap())
        })
        .collect();
    spans.sort_unstable();
    let mut out = text.to_owned();
    for (start, end, new) in spans.into_iter().rev() {
        out.replace_range(start..end, new);
    }
    out
}

/// The position of `^`, in UTF-16; of the start if there is none.
fn position(marked: &str) -> Value {
    let before = marked.find('^').map_or("", |at| &marked[..at]);
    let line = before.matches('\n').count();
    let column: usize = before.rsplit('\n').next().unwrap().chars().map(char::len_utf16).sum();
    json!({ "line": line, "character": column })
}

/// The offset of a position in UTF-16.
fn offset(text: &str, position: &Value) -> usize {
    let line = position["line"].as_u64().unwrap() as usize;
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let mut column = position["character"].as_u64().unwrap() as usize;
    let mut at = start;
    for char in text[start..].chars() {
        if column == 0 {
            break;
        }
        column = column.saturating_sub(char.len_utf16());
        at += char.len_utf8();
    }
    at
}
