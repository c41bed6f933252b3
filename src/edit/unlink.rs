//! Takes references to an entity out of the texts that have them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::change::Edit;
use super::draft::Draft;
use super::headers::Headers;
use super::links;
use super::locate::{self, Located};
use super::references::Reference;
use super::toml;
use crate::compile::Checked;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{EntityId, LinkForm, Meaning, Target};
use crate::parse;
use crate::site;
use crate::text::{Place, SourceText, Span};

/// Whether a reference leads to an entity.
pub(super) fn leads_to(checked: &Checked, reference: &Reference, id: EntityId) -> bool {
    match &reference.meaning {
        Meaning::Link(_, Target::Path(path)) => {
            let ecosystem = &checked.ecosystem;
            let page = path.split('#').next().unwrap_or_default().trim_end_matches('/');
            let mut addresses = ecosystem.config.languages.all().map(|lang| site::entity_path(ecosystem, id, lang));
            addresses.any(|address| address.trim_end_matches('/') == page)
                || *site::record_path(ecosystem, id) == **path
        }
        Meaning::Target(_, Some(target)) | Meaning::Entity(target) => *target == id,
        Meaning::Link(_, Target::Entity(target, _)) => *target == id,
        _ => false,
    }
}

/// Takes references to an entity out. A wikilink becomes its words, a citation goes. Out: diagnostics about those that
/// can't be taken out.
pub(super) fn unlink(checked: &Checked, id: EntityId, references: &[&Reference], draft: &mut Draft) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut values: BTreeMap<Arc<str>, Vec<Span>> = BTreeMap::new();
    for reference in references {
        match &reference.meaning {
            Meaning::Link(form, _) => link(checked, id, *form, &reference.place, draft),
            _ => values.entry(reference.place.path.clone()).or_default().push(reference.place.span),
        }
    }
    for (path, spans) in values {
        if let Some(source) = checked.ecosystem.text(&path) {
            problems.extend(take_out(source, &spans, draft));
        }
    }
    problems
}

/// The edits that take one reference out, wherever it leads: a link becomes its words, a value goes. None if it can't be
/// taken out alone.
pub fn take_out_one(source: &SourceText, span: Span) -> Option<Vec<Edit>> {
    let token = source.text.get(span.range())?;
    let mut draft = Draft::default();
    let words = match token {
        _ if token.starts_with("![") => Some(""),
        _ if token.starts_with("[[") => links::words(token).or_else(|| Some(&token[links::name(token)?])),
        _ if token.starts_with('[') => links::text(token),
        _ => None,
    };
    match words {
        Some(words) => draft.replace(&source.place(span), words),
        None if take_out(source, &[span], &mut draft).is_empty() => {}
        None => return None,
    }
    draft.finish().files.remove(&*source.path).map(|file| file.edits().to_vec())
}

/// Removes values from the tables of a text: items of lists, and entries that would be empty.
fn take_out(source: &SourceText, spans: &[Span], draft: &mut Draft) -> Vec<Diagnostic> {
    let table = locate::facts(source);
    let mut problems = Vec::new();
    // By the position of their entry.
    let mut entries: BTreeMap<Span, (Located<'_>, Vec<usize>)> = BTreeMap::new();
    for span in spans {
        match locate::value(&table, *span) {
            Some(located) => {
                let entry = &located.table.entries[located.entry];
                let items = entries.entry(entry.key_span).or_insert_with(|| (located.clone(), Vec::new()));
                items.1.extend(located.item);
            }
            None => problems.push(
                Diagnostic::new(
                    Code::StillReferenced,
                    source.place(*span),
                    "this can't be taken out without its table",
                )
                .hint("change it by hand first"),
            ),
        }
    }
    let headers = Headers::of(source);
    for (Located { table, entry: at, .. }, mut gone) in entries.into_values() {
        gone.sort_unstable();
        gone.dedup();
        let entry = &table.entries[at];
        let items = locate::items(&entry.value);
        let spans = match toml::has_header(source, entry) {
            true if gone.is_empty() => vec![headers.block(entry.value.span)],
            true => gone.iter().map(|at| headers.block(items[*at].span)).collect(),
            false if gone.is_empty() || gone.len() == items.len() => vec![toml::entry_span(source, table, at)],
            false => toml::item_spans(source, items, &gone),
        };
        spans.into_iter().for_each(|span| draft.remove(&source.place(span)));
    }
    problems
}

/// Replaces a link in prose by what readers see of it.
fn link(checked: &Checked, id: EntityId, form: LinkForm, place: &Place, draft: &mut Draft) {
    let ecosystem = &checked.ecosystem;
    let Some(source) = ecosystem.text(&place.path) else { return };
    let entity = ecosystem.entity(id);
    let lang = parse::document(source, &ecosystem.config, &ecosystem.schema).lang;
    let is_citation = ecosystem.schema.get(entity.entity_type).citation;
    let words = |link: &str| match links::words(link) {
        _ if is_citation => String::new(),
        Some(words) => words.to_owned(),
        None => links::escaped(entity.title.text(lang)),
    };
    let token = &source.text[place.span.range()];
    match form {
        LinkForm::Wiki if token.starts_with('[') => draft.replace(place, words(token)),
        LinkForm::Embed if token.starts_with('!') => draft.remove(&source.place(whole_line(source, place.span))),
        LinkForm::Wiki | LinkForm::Embed => {
            let named = |link: &str| {
                let name = &link[links::name(link)?];
                let own = name.rsplit('/').next() == Some(&*entity.id);
                own.then(|| words(link.trim_start_matches('!')))
            };
            if let Some(text) = links::in_string(token, named) {
                draft.replace(place, text);
            }
        }
        LinkForm::Markdown => {
            if let Some(text) = links::text(token) {
                draft.replace(place, text);
            }
        }
        LinkForm::Image | LinkForm::Value => {}
    }
}

/// The line of a span if nothing else is on it; otherwise the span.
fn whole_line(source: &SourceText, span: Span) -> Span {
    let text = &source.text;
    let start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end as usize..].find('\n').map_or(text.len(), |at| span.end as usize + at + 1);
    let others = [&text[start..span.start as usize], &text[span.end as usize..end]];
    if others.iter().all(|part| part.trim().is_empty()) { Span::new(start..end) } else { span }
}
