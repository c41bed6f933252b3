//! A comparison as Markdown, for a comment on a proposal.

use std::fmt::Write as _;

use super::human::sign;
use super::sentences;
use super::shapes::{Comparison, EntityChange, Kind};

/// The maximum number of characters: code hosts refuse longer comments.
const LONGEST: usize = 60_000;

/// The comparison as Markdown. If it is too long for a comment, it ends with a sentence that says so.
pub fn markdown(comparison: &Comparison) -> String {
    let mut out = String::new();
    for (kind, title) in
        [(Kind::Added, "New"), (Kind::Removed, "Gone"), (Kind::Renamed, "Renamed"), (Kind::Changed, "Changed")]
    {
        let all = comparison.entities.iter().chain(&comparison.pages);
        let changes: Vec<&EntityChange> = all.filter(|change| change.change == kind).collect();
        if !changes.is_empty() {
            let _ = writeln!(out, "### {title} ({})\n", changes.len());
            changes.into_iter().for_each(|change| entity(&mut out, change));
            out.push('\n');
        }
    }
    if !comparison.derived.is_empty() {
        out.push_str("### By way of others\n\n");
        for change in &comparison.derived {
            let [label, from, to] = change.words.each_ref().map(|text| escaped(text));
            let _ = writeln!(out, "- {label}: {} {from} – {to}", sign(change.change));
        }
        out.push('\n');
    }
    if !comparison.schema.is_empty() {
        out.push_str("### Schema\n\n");
        comparison.schema.iter().for_each(|sentence| {
            let _ = writeln!(out, "- {}", escaped(sentence));
        });
        out.push('\n');
    }
    for (title, list) in [("New problems", &comparison.new), ("Problems that are gone", &comparison.gone)] {
        if !list.is_empty() {
            let _ = writeln!(out, "### {title} ({})\n", list.len());
            for diagnostic in list {
                let (severity, code) = (diagnostic.severity().as_str(), diagnostic.code);
                let (path, message) = (&diagnostic.place.path, escaped(&diagnostic.message));
                let _ = writeln!(out, "- {severity} `{code}` in `{path}`: {message}");
            }
            out.push('\n');
        }
    }
    if out.is_empty() {
        out.push_str("Nothing is different.\n");
    }
    shortened(out)
}

fn shortened(out: String) -> String {
    if out.chars().count() <= LONGEST {
        return out;
    }
    let cut = out.char_indices().nth(LONGEST).map_or(out.len(), |(at, _)| at);
    let line = out[..cut].rfind('\n').map_or(0, |at| at + 1);
    format!("{}\n…and more: `filiere diff` tells all of it.\n", &out[..line])
}

fn entity(out: &mut String, change: &EntityChange) {
    let was = change.was.as_ref().map(|was| format!(" (was `{was}`)")).unwrap_or_default();
    let _ = writeln!(out, "- **{}** `{}`{was}", escaped(&change.heading), change.entity);
    for field in &change.fields {
        let [label, old, new] = field.words.each_ref().map(|text| escaped(text));
        let _ = writeln!(out, "  - {label}: {old} → {new}");
    }
    for relation in &change.relations {
        let [label, to, old, new] = relation.words.each_ref().map(|text| escaped(text));
        let attributes = [old, new].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" → ");
        let attributes = if attributes.is_empty() { attributes } else { format!(" ({attributes})") };
        let _ = writeln!(out, "  - {label}: {} {to}{attributes}", sign(relation.change));
    }
    for text in &change.texts {
        let (old, new) = (text.old.as_deref().unwrap_or_default(), text.new.as_deref().unwrap_or_default());
        let _ = writeln!(out, "  - {} ({})", escaped(&text.label), text.lang);
        for (is_new, sentence) in sentences::differences(old, new) {
            let sentence = escaped(sentence);
            let _ =
                if is_new { writeln!(out, "    - + {sentence}") } else { writeln!(out, "    - − ~~{sentence}~~") };
        }
    }
    for address in &change.addresses {
        let to = address.new.as_ref().map_or_else(|| String::from("nothing"), |new| format!("`{new}`"));
        let redirect = if address.redirected { "redirects" } else { "**no redirect**" };
        let _ = writeln!(out, "  - address ({}): `{}` → {to}, {redirect}", address.lang, address.old);
    }
    if !change.behind.is_empty() {
        let _ = writeln!(out, "  - the translation is behind: {}", change.behind.join(", "));
    }
}

/// A text without the signs that mean something in Markdown, in one line. Nobody can mention a person or close an issue
/// with it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\n' | '\r' => out.push(' '),
            char if char.is_control() => out.push('\u{fffd}'),
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '@' | '#' => {
                out.push(char);
                out.push('\u{2060}');
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' => {
                out.push('\\');
                out.push(char);
            }
            char => out.push(char),
        }
    }
    out
}
