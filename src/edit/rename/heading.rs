//! Other words for a heading, whose anchor is named in links.

use std::collections::HashMap;

use crate::compile::Checked;
use crate::edit::change::{Change, Edit, edited};
use crate::edit::draft::Draft;
use crate::edit::links;
use crate::edit::references::{Reference, may_name, references};
use crate::edit::refusal::Refusal;
use crate::locale::{Lang, Localised};
use crate::model::{Body, Ecosystem, EntityId, LinkForm, Meaning, PageId, Target};
use crate::parse::{self, Heading};
use crate::site;
use crate::text::{SourceText, Span};

/// The heading at an offset of a file: the position of its words.
pub fn heading_at(checked: &Checked, path: &str, offset: usize) -> Option<Span> {
    let source = checked.ecosystem.text(path)?;
    let all = headings(checked, source);
    let heading = all.iter().find(|heading| heading.span.touches(offset))?;
    let words = words(&source.text, heading.span);
    words.touches(offset).then_some(words)
}

/// Gives the heading at an offset of a file other words. Links to its anchor follow, unless it has one of its own, as in
/// `## History {#past}`.
///
/// # Errors
/// There is no heading, or the words can't be one.
pub fn rename_heading(checked: &Checked, path: &str, offset: usize, new: &str) -> Result<Change, Refusal> {
    let nothing = || Refusal::Wish(String::from("there is no heading here"));
    let source = checked.ecosystem.text(path).ok_or_else(nothing)?;
    let place = heading_at(checked, path, offset).ok_or_else(nothing)?;
    let edit = Edit { span: place, text: new.trim().to_owned() };
    let after = SourceText::new(path, edited(&source.text, std::slice::from_ref(&edit)));
    let (before, now) = (headings(checked, source), headings(checked, &after));
    let is_heading = before.len() == now.len() && before.iter().zip(&now).all(|(old, new)| old.level == new.level);
    if !is_heading || edit.text.is_empty() || edit.text.contains('\n') {
        return Err(Refusal::Wish(format!("\"{}\" can't be a heading", edit.text)));
    }
    let pairs = before.iter().zip(&now).filter(|(old, new)| old.id != new.id);
    let anchors: HashMap<&str, &str> = pairs.map(|(old, new)| (&*old.id, &*new.id)).collect();
    let mut draft = Draft::default();
    draft.replace(&source.place(place), edit.text);
    let may_have = |text: &SourceText| anchors.keys().any(|anchor| may_name(text, anchor));
    let renamer = Renamer { ecosystem: &checked.ecosystem, path, anchors: &anchors };
    for reference in references(checked, may_have) {
        renamer.reference(&reference, &mut draft);
    }
    Ok(draft.finish())
}

fn headings(checked: &Checked, source: &SourceText) -> Vec<Heading> {
    let document = parse::document(source, &checked.ecosystem.config, &checked.ecosystem.schema);
    document.prose.map(|prose| prose.headings.to_vec()).unwrap_or_default()
}

/// The words of a heading: without the signs around them, and without attributes at their end.
fn words(text: &str, heading: Span) -> Span {
    let line = text[heading.range()].lines().next().unwrap_or_default();
    let is_atx = line.trim_start().starts_with('#');
    let start = if is_atx { line.len() - line.trim_start().trim_start_matches('#').trim_start().len() } else { 0 };
    let mut end = line.trim_end().len();
    if line[..end].ends_with('}') {
        end = line[..end].rfind(" {").map_or(end, |at| line[..at].trim_end().len());
    }
    if is_atx {
        let closed = line[..end].trim_end_matches('#');
        end = if closed.ends_with(' ') { closed.trim_end().len() } else { end };
    }
    Span::new(start..end.max(start)).shifted(heading.start as usize)
}

struct Renamer<'a> {
    ecosystem: &'a Ecosystem,
    /// The file that has the heading.
    path: &'a str,
    /// The new anchors by the old ones.
    anchors: &'a HashMap<&'a str, &'a str>,
}

impl Renamer<'_> {
    fn reference(&self, reference: &Reference, draft: &mut Draft) {
        let Some(source) = self.ecosystem.text(&reference.place.path) else { return };
        let Meaning::Link(form, target) = &reference.meaning else { return };
        let lang = || parse::document(source, &self.ecosystem.config, &self.ecosystem.schema).lang;
        let leads_here = match target {
            Target::Anchor(_) => *source.path == *self.path,
            Target::Entity(id, Some(_)) => self.is_of(*id, lang()),
            Target::Page(id, Some(_)) => self.is_of_page(*id, lang()),
            Target::Path(path) => self.is_address(path),
            _ => false,
        };
        if !leads_here {
            return;
        }
        let token = &source.text[reference.place.span.range()];
        match form {
            LinkForm::Markdown => {
                links::redirect(draft, source, reference.place.span, |written| self.with_anchor(written));
            }
            LinkForm::Wiki | LinkForm::Embed => {
                let changed = |link: &str| self.wikilink(link);
                let text =
                    if token.starts_with(['[', '!']) { changed(token) } else { links::in_string(token, changed) };
                if let Some(text) = text {
                    draft.replace(&reference.place, text);
                }
            }
            LinkForm::Image | LinkForm::Value => {}
        }
    }

    /// Whether the prose that readers of a language see is that of the file.
    fn is_here(&self, body: &Localised<Body>, lang: Lang) -> bool {
        body.best(lang).is_some_and(|(_, body)| *body.path == *self.path)
    }

    fn is_of(&self, id: EntityId, lang: Lang) -> bool {
        self.is_here(&self.ecosystem.entity(id).body, lang)
    }

    fn is_of_page(&self, id: PageId, lang: Lang) -> bool {
        self.is_here(&self.ecosystem.page(id).body, lang)
    }

    /// Whether an address is that of the page with the heading.
    fn is_address(&self, path: &str) -> bool {
        let page = path.split('#').next().unwrap_or_default().trim_end_matches('/');
        let is_same = |address: String| address.trim_end_matches('/') == page;
        let languages = &self.ecosystem.config.languages;
        let mut entities = self.ecosystem.schema.types().flat_map(|(of, _)| self.ecosystem.of_type(of));
        let is_entity =
            |id: EntityId, lang| self.is_of(id, lang) && is_same(site::entity_path(self.ecosystem, id, lang));
        entities.any(|id| languages.all().any(|lang| is_entity(id, lang)))
            || self.ecosystem.published_pages().any(|(id, _)| {
                languages
                    .all()
                    .any(|lang| self.is_of_page(id, lang) && is_same(site::page_path(self.ecosystem, id, lang)))
            })
    }

    /// A destination with the new anchor.
    fn with_anchor(&self, written: &str) -> Option<String> {
        let (path, anchor) = written.split_once('#')?;
        Some(format!("{path}#{}", self.anchors.get(anchor)?))
    }

    /// A wikilink with the new anchor.
    fn wikilink(&self, link: &str) -> Option<String> {
        let start = link.find('#')? + 1;
        let inner = &link[start..];
        let end = start + inner.find(['|', ']', '\\']).unwrap_or(inner.len());
        let new = self.anchors.get(link[start..end].trim())?;
        Some([&link[..start], new, &link[end..]].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_heading_are_without_its_signs() {
        for (text, expected) in [
            ("## History\n", "History"),
            ("  ###   A #1 ##  \n", "A #1"),
            ("## C#\n", "C#"),
            ("## History {#past}\n", "History"),
            ("History\n=====\n", "History"),
            ("##\n", ""),
        ] {
            assert_eq!(&text[words(text, Span::new(0..text.len())).range()], expected, "{text}");
        }
    }
}
