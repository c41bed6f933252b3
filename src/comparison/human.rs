//! A comparison as text for a terminal.

use std::fmt::Write as _;

use super::sentences;
use super::shapes::{AddressChange, Changed, Comparison, EntityChange, Kind, TextChange};
use crate::diagnostics;

/// The comparison, a line for each difference. Control characters are replaced.
pub fn human(comparison: &Comparison) -> String {
    let mut out = String::new();
    for change in comparison.entities.iter().chain(&comparison.pages) {
        entity(&mut out, change);
    }
    let mut relation = None;
    for change in &comparison.derived {
        if relation != Some(&change.relation) {
            let _ = writeln!(out, "by way of others: {}", change.words[0]);
            relation = Some(&change.relation);
        }
        let _ = writeln!(out, "  {} {} – {}", sign(change.change), change.words[1], change.words[2]);
    }
    if !comparison.schema.is_empty() {
        out.push_str("schema\n");
        comparison.schema.iter().for_each(|sentence| {
            let _ = writeln!(out, "  {sentence}");
        });
    }
    for (title, list) in [("new", &comparison.new), ("gone", &comparison.gone)] {
        for diagnostic in list {
            let severity = diagnostic.severity().as_str();
            let (code, path, message) = (diagnostic.code, &diagnostic.place.path, &diagnostic.message);
            let _ = writeln!(out, "{title} {severity}[{code}] {path}: {message}");
        }
    }
    if out.is_empty() {
        out.push_str("nothing is different\n");
    }
    diagnostics::visible(&out).into_owned()
}

pub(super) fn sign(change: Changed) -> char {
    match change {
        Changed::Added => '+',
        Changed::Removed => '−',
        Changed::Changed => '~',
    }
}

fn entity(out: &mut String, change: &EntityChange) {
    let kind = match change.change {
        Kind::Added => "new",
        Kind::Removed => "gone",
        Kind::Renamed => "renamed",
        Kind::Changed => "changed",
    };
    let was = change.was.as_ref().map(|was| format!(" (was {was})")).unwrap_or_default();
    let title = if change.heading.is_empty() { String::new() } else { format!(" · {}", change.heading) };
    let _ = writeln!(out, "{kind}: {}{was}{title}", change.entity);
    for field in &change.fields {
        let [label, old, new] = &field.words;
        let _ = writeln!(out, "  {label}: {old} → {new}");
    }
    for relation in &change.relations {
        let [label, to, old, new] = &relation.words;
        let attributes = match (old.is_empty(), new.is_empty()) {
            (true, true) => String::new(),
            (false, true) => format!(" ({old})"),
            (true, false) => format!(" ({new})"),
            (false, false) => format!(" ({old} → {new})"),
        };
        let _ = writeln!(out, "  {label}: {} {to}{attributes}", sign(relation.change));
    }
    change.texts.iter().for_each(|change| text(out, change));
    change.addresses.iter().for_each(|change| address(out, change));
    if !change.behind.is_empty() {
        let _ = writeln!(out, "  the translation is behind: {}", change.behind.join(", "));
    }
}

fn text(out: &mut String, change: &TextChange) {
    let (old, new) = (change.old.as_deref().unwrap_or_default(), change.new.as_deref().unwrap_or_default());
    let _ = writeln!(out, "  {} ({}):", change.label, change.lang);
    for (is_new, sentence) in sentences::differences(old, new) {
        let _ = writeln!(out, "    {} {sentence}", if is_new { '+' } else { '−' });
    }
}

fn address(out: &mut String, change: &AddressChange) {
    let to = change.new.as_deref().unwrap_or("nothing");
    let redirect = if change.redirected { "redirects" } else { "WITHOUT a redirect" };
    let _ = writeln!(out, "  address ({}): {} → {to}, {redirect}", change.lang, change.old);
}
