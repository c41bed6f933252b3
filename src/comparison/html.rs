//! A comparison as a page that one can send.

use std::fmt::Write as _;

use pulldown_cmark_escape::escape_html;

use super::human::sign;
use super::sentences;
use super::shapes::{Comparison, EntityChange, Kind};

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}\
h1,h2{line-height:1.2}li{margin:.25rem 0}ins{text-decoration:none;background:#dff3df}del{background:#f9e0e0}code{font-size:.9em}\
@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}ins{background:#1f3d23}del{background:#4a2222}}";

/// The comparison as an HTML page without scripts. `title` heads it, and `lang` is the tag of the language of its labels.
pub fn html(comparison: &Comparison, title: &str, lang: &str) -> String {
    let mut out = String::new();
    let title = text(title);
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
        text(lang)
    );
    for (kind, heading) in
        [(Kind::Added, "New"), (Kind::Removed, "Gone"), (Kind::Renamed, "Renamed"), (Kind::Changed, "Changed")]
    {
        let all = comparison.entities.iter().chain(&comparison.pages);
        let changes: Vec<&EntityChange> = all.filter(|change| change.change == kind).collect();
        section(&mut out, heading, changes.into_iter().map(entity));
    }
    let derived = comparison.derived.iter().map(|change| {
        let [label, from, to] = change.words.each_ref().map(|words| text(words));
        format!("{label}: {} {from} – {to}", sign(change.change))
    });
    section(&mut out, "By way of others", derived);
    section(&mut out, "Schema", comparison.schema.iter().map(|sentence| text(sentence)));
    for (heading, list) in [("New problems", &comparison.new), ("Problems that are gone", &comparison.gone)] {
        let lines = list.iter().map(|diagnostic| {
            let (severity, code) = (diagnostic.severity().as_str(), diagnostic.code);
            format!(
                "{severity} <code>{code}</code> <code>{}</code> {}",
                text(&diagnostic.place.path),
                text(&diagnostic.message)
            )
        });
        section(&mut out, heading, lines);
    }
    if comparison.is_empty() {
        out.push_str("<p>Nothing is different.</p>\n");
    }
    out + "</body>\n</html>\n"
}

/// A heading with the number of items, and the items; nothing if there are none.
fn section(out: &mut String, heading: &str, items: impl ExactSizeIterator<Item = String>) {
    if items.len() > 0 {
        let _ = writeln!(out, "<h2>{heading} ({})</h2>\n<ul>", items.len());
        items.for_each(|item| {
            let _ = writeln!(out, "<li>{item}</li>");
        });
        out.push_str("</ul>\n");
    }
}

fn entity(change: &EntityChange) -> String {
    let was = change.was.as_ref().map(|was| format!(" (was <code>{}</code>)", text(was))).unwrap_or_default();
    let mut out = format!("<b>{}</b> <code>{}</code>{was}", text(&change.heading), text(&change.entity));
    let mut items: Vec<String> = Vec::new();
    for field in &change.fields {
        let [label, old, new] = field.words.each_ref().map(|words| text(words));
        items.push(format!("{label}: <del>{old}</del> <ins>{new}</ins>"));
    }
    for relation in &change.relations {
        let [label, to, old, new] = relation.words.each_ref().map(|words| text(words));
        let attributes = [old, new].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" → ");
        let attributes = if attributes.is_empty() { attributes } else { format!(" ({attributes})") };
        items.push(format!("{label}: {} {to}{attributes}", sign(relation.change)));
    }
    for change in &change.texts {
        let (old, new) = (change.old.as_deref().unwrap_or_default(), change.new.as_deref().unwrap_or_default());
        let sentences = sentences::differences(old, new).into_iter().map(|(is_new, sentence)| {
            let element = if is_new { "ins" } else { "del" };
            format!("<{element} lang=\"{}\">{}</{element}>", text(&change.lang), text(sentence))
        });
        items.push(format!(
            "{} ({}): {}",
            text(&change.label),
            text(&change.lang),
            sentences.collect::<Vec<_>>().join(" ")
        ));
    }
    for address in &change.addresses {
        let to = address.new.as_deref().map_or_else(|| String::from("nothing"), text);
        let redirect = if address.redirected { "redirects" } else { "<strong>no redirect</strong>" };
        items.push(format!("address ({}): {} → {to}, {redirect}", text(&address.lang), text(&address.old)));
    }
    if !change.behind.is_empty() {
        items.push(format!("the translation is behind: {}", text(&change.behind.join(", "))));
    }
    if !items.is_empty() {
        let _ = write!(out, "<ul><li>{}</li></ul>", items.join("</li><li>"));
    }
    out
}

fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = escape_html(&mut out, text);
    out
}
