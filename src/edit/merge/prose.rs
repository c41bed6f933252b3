//! Merges the prose of two entities.

use std::ops::Range;

use super::additions::Additions;
use super::pair::Pair;
use crate::edit::moves::Moves;
use crate::edit::{leave, links, locate};
use crate::locale::Lang;
use crate::model::{LinkForm, Meaning, Target};
use crate::parse::{self, Label, LabelKind};
use crate::text::{SourceText, Span};

/// The prose of the entity that goes, which follows that of the entity that stays, in each language.
pub(super) fn merge(pair: &Pair<'_>, additions: &mut Additions) {
    let ecosystem = &pair.checked.ecosystem;
    let (from, into) = (ecosystem.entity(pair.from), ecosystem.entity(pair.into));
    let Some(original) = into.files.exactly(Lang::DEFAULT) else { return };
    let original = leave::own_path(original, &into.id);
    for lang in ecosystem.config.languages.all() {
        let Some(source) = from.files.exactly(lang).and_then(|path| ecosystem.text(path)) else { continue };
        let body = locate::body(source);
        if source.text[body.clone()].trim().is_empty() {
            continue;
        }
        let has_prose = into.body.exactly(lang).is_some();
        let title = links::escaped(from.title.text(lang));
        let heading = if has_prose { format!("## {title}\n\n") } else { String::new() };
        let others = into.files.exactly(lang).and_then(|path| ecosystem.text(path)).map(prose);
        let carried = carried(pair, (source, lang), body, &original, others.unwrap_or_default());
        additions.prose(lang, format!("{heading}{}\n", carried.trim()));
    }
}

fn prose(source: &SourceText) -> &str {
    &source.text[locate::body(source)]
}

/// The prose as it is in another file: the paths of its links are relative to that file, links to either of the two
/// entities are words, and no label is one of `others`, the prose that is there already.
fn carried(pair: &Pair<'_>, (source, lang): (&SourceText, Lang), body: Range<usize>, to: &str, others: &str) -> String {
    let mut moves = Moves::default();
    moves.file(&source.path, to);
    let mut edits: Vec<(Span, String)> = Vec::new();
    for occurrence in pair.checked.ecosystem.occurrences(&source.path) {
        let span = occurrence.span;
        if !body.contains(&(span.start as usize)) {
            continue;
        }
        let token = &source.text[span.range()];
        match &occurrence.meaning {
            Meaning::Link(form @ (LinkForm::Wiki | LinkForm::Markdown), Target::Entity(id, anchor))
                if [pair.from, pair.into].contains(id) =>
            {
                let words = if *form == LinkForm::Wiki { links::words(token) } else { links::text(token) };
                let title = || links::escaped(pair.checked.ecosystem.entity(*id).title.text(lang));
                let words = words.map_or_else(title, str::to_owned);
                // In a list, the anchor is the id of the entity.
                let anchor = anchor.as_deref().filter(|anchor| *anchor != &*pair.checked.ecosystem.entity(*id).id);
                edits.push((span, anchor.map_or_else(|| words.clone(), |anchor| format!("[{words}](#{anchor})"))));
            }
            Meaning::Link(LinkForm::Markdown | LinkForm::Image, _) => {
                for span in links::destinations(&source.text, span) {
                    if let Some(new) = moves.corrected(&source.path, &source.text[span.range()]) {
                        edits.push((span, new));
                    }
                }
            }
            _ => {}
        }
    }
    for (span, label) in relabelled(&source.text[body.clone()], others) {
        let span = span.shifted(body.start);
        // Nothing is left of a link that is now words.
        if !edits.iter().any(|(other, _)| other.start < span.start && span.end <= other.end) {
            edits.push((span, label));
        }
    }
    edits.sort_by_key(|(span, _)| *span);
    edits.dedup_by_key(|(span, _)| *span);
    let mut out = String::new();
    let mut at = body.start;
    for (span, text) in edits {
        let range = span.range();
        if range.start >= at {
            out.push_str(&source.text[at..range.start]);
            out.push_str(&text);
            at = range.end;
        }
    }
    out.push_str(&source.text[at..body.end]);
    out
}

/// New labels for footnotes and definitions of links whose labels another text has too.
fn relabelled(text: &str, others: &str) -> Vec<(Span, String)> {
    let (own, others) = (parse::labels(text), parse::labels(others));
    let is_taken = |kind: LabelKind, name: &str| {
        let is_same =
            |other: &&Label| other.name == name && (other.kind == LabelKind::Footnote) == (kind == LabelKind::Footnote);
        others.iter().find(is_same).is_some()
    };
    let new = |label: &Label| {
        let free = |name: &String| !is_taken(label.kind, name) && own.iter().all(|other| other.name != *name);
        (2..).map(|number| format!("{}-{number}", label.name)).find(free)
    };
    let taken = own.iter().filter(|label| is_taken(label.kind, &label.name));
    taken
        .filter_map(|label| {
            let name = new(label)?;
            let text = if label.kind == LabelKind::Link(true) { format!("[{name}]") } else { name };
            Some((Span::new(label.span.clone()), text))
        })
        .collect()
}
