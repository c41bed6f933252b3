//! Messages that make no sense: the server refuses them or ignores them, and goes on.

use serde_json::{Value, json};

use super::Editor;
use crate::harness::Site;

const ALPHA: &str = "content/actors/alpha.md";

/// The methods of requests about a position or a file.
const METHODS: [&str; 13] = [
    "textDocument/prepareRename",
    "textDocument/completion",
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentSymbol",
    "textDocument/documentLink",
    "textDocument/foldingRange",
    "textDocument/selectionRange",
    "textDocument/semanticTokens/full",
    "textDocument/inlayHint",
    "textDocument/codeLens",
    "textDocument/codeAction",
];

/// Parameters that have what any of these requests needs.
fn params(uri: &str, line: i64, character: i64) -> Value {
    let position = json!({ "line": line, "character": character });
    json!({
        "textDocument": { "uri": uri },
        "position": position,
        "positions": [position],
        "range": { "start": { "line": 0, "character": 0 }, "end": position },
        "context": { "diagnostics": [], "includeDeclaration": true, "triggerKind": 1 },
        "newName": "x",
    })
}

#[test]
fn files_that_are_not_of_the_site_are_not_read() {
    let site = Site::new();
    let mut editor = Editor::new(&site);
    let inside = editor.uri("");
    for uri in [
        "file:///etc/passwd".to_owned(),
        format!("{inside}content/../../../../../../etc/passwd"),
        format!("{inside}content/%2e%2e/%2e%2e/etc/passwd"),
        format!("{inside}content/missing.md"),
        "untitled:Untitled-1".to_owned(),
        "https://example.org/content/actors/alpha.md".to_owned(),
    ] {
        for method in METHODS {
            let result = editor.ask(method, params(&uri, 0, 0));
            assert!(result.is_null(), "{method} {uri}: {result}");
        }
    }
}

#[test]
fn positions_that_do_not_exist_are_no_reason_to_fail() {
    let site = Site::new().prose("Été 🦠 [[alpha]] [[nobody]]\r\n\r\n| a |\r\n");
    let mut editor = Editor::new(&site);
    editor.open_file(&site, ALPHA);
    let uri = editor.uri(ALPHA);
    for (line, character) in [(0, 99), (3, 5), (3, 6), (3, 4_000_000_000), (99, 0), (4_294_967_295, 4_294_967_295)] {
        for method in METHODS {
            editor.ask(method, params(&uri, line, character));
        }
    }
    // Every column of a line with characters of two units.
    for character in 0..40 {
        for method in METHODS {
            editor.ask(method, params(&uri, 3, character));
        }
    }
}

#[test]
fn requests_that_make_no_sense_are_refused() {
    let site = Site::new();
    let mut editor = Editor::new(&site);
    let refused = |editor: &mut Editor, method: &str, params: Value| match editor.try_ask(method, params.clone()) {
        Ok(result) => panic!("{method} {params}: {result}"),
        Err(error) => error[0].clone(),
    };
    assert_eq!(refused(&mut editor, "textDocument/nothing", json!({})), -32601);
    assert_eq!(refused(&mut editor, "$/unknown", Value::Null), -32601);
    for method in METHODS {
        for params in [Value::Null, json!({}), json!([1, 2]), json!({ "textDocument": { "uri": "not an address" } })] {
            assert_eq!(refused(&mut editor, method, params), -32602, "{method}");
        }
    }
    let negative = params("file:///x/content/a.md", -1, 0);
    assert_eq!(refused(&mut editor, "textDocument/hover", negative), -32602);
}

#[test]
fn notifications_that_make_no_sense_are_ignored() {
    let site = Site::new();
    let mut editor = Editor::new(&site);
    let uri = editor.uri(ALPHA);
    let beyond = json!({ "start": { "line": 90, "character": 9 }, "end": { "line": 3, "character": 99 } });
    for (method, params) in [
        // A text that is not open.
        (
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri, "version": 1 }, "contentChanges": [{ "text": "x" }] }),
        ),
        ("textDocument/didClose", json!({ "textDocument": { "uri": uri } })),
        ("textDocument/didChange", json!({})),
        (
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": "file:///etc/passwd", "languageId": "x", "version": 1, "text": "x" } }),
        ),
        ("textDocument/didSave", json!({ "textDocument": { "uri": uri } })),
        ("$/cancelRequest", json!({ "id": "nobody" })),
        ("$/setTrace", json!({ "value": "off" })),
        ("nothing/known", Value::Null),
        ("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": "file:///x", "type": 7 }] })),
    ] {
        editor.notify(method, params);
    }
    editor.rest();
    assert_eq!(editor.problems(), [""; 0]);
    // A range from after the end to before it.
    editor.open_file(&site, ALPHA);
    let changes = json!([{ "range": beyond, "text": "\n\u{0}[[" }]);
    editor.notify(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri, "version": -1 }, "contentChanges": changes }),
    );
    editor.rest();
}

#[test]
fn a_request_that_was_cancelled_before_its_turn_is_not_answered_with_a_result() {
    let site = Site::new();
    let mut editor = Editor::new(&site);
    editor.rest();
    // The server is busy with the first request when the other messages arrive, or it is fast; both are in order.
    let results: Vec<_> = (0..20)
        .map(|_| {
            let id = editor.next + 1;
            editor.notify("$/cancelRequest", json!({ "id": id }));
            editor.try_ask("workspace/symbol", json!({ "query": "" }))
        })
        .collect();
    assert!(results.iter().all(|result| result.as_ref().map_or_else(|error| error[0] == -32800, Value::is_array)));
}
