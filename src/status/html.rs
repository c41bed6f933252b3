//! The list of work as a page that one can send.

use std::fmt::Write as _;

use pulldown_cmark_escape::escape_html;

use super::item::{Item, Kind, Status};

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}\
h1,h2{line-height:1.2}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-top:1px solid #ccc;overflow-wrap:anywhere}code{font-size:.9em}\
@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}td,th{border-color:#444}}";

/// The list of work as an HTML page without scripts: a table for each kind. `title` heads it.
pub fn html(status: &Status, title: &str) -> String {
    let title = text(title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    let mut kinds: Vec<Kind> = Vec::new();
    for item in &status.items {
        if !kinds.contains(&item.kind) {
            kinds.push(item.kind);
        }
    }
    for kind in kinds {
        let own: Vec<&Item> = status.items.iter().filter(|item| item.kind == kind).collect();
        let _ = write!(
            out,
            "<h2>{} ({})</h2>\n<table>\n<tr><th scope=\"col\">Profile</th><th scope=\"col\">What is to be done</th></tr>\n",
            kind.as_str(),
            own.len()
        );
        for item in own {
            let _ =
                writeln!(out, "<tr><td><code>{}</code></td><td>{}</td></tr>", text(&item.entity), text(&item.message));
        }
        out.push_str("</table>\n");
    }
    if status.items.is_empty() {
        out.push_str("<p>Nothing is to be done.</p>\n");
    }
    out + "</body>\n</html>\n"
}

fn text(text: &str) -> String {
    let mut out = String::new();
    let _ = escape_html(&mut out, text);
    out
}
