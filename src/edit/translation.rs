//! Adds the file of a translation that is missing.

use super::change::Change;
use super::draft::Draft;
use super::toml;
use crate::compile::Checked;
use crate::locale::{Lang, LocalText};
use crate::parse;
use crate::text::Place;

/// A file with what a language lacks of the entity or the page at a place. None where it is clear where to write: there is
/// a file or a list of the language already.
pub fn translation(checked: &Checked, place: &Place, lang: Lang) -> Option<Change> {
    let ecosystem = &checked.ecosystem;
    let mut entities = ecosystem.schema.types().flat_map(|(of, _)| ecosystem.every(of)).map(|(_, entity)| entity);
    let (title, summary, body, files) = match entities.find(|entity| entity.place == *place) {
        Some(entity) => (&entity.title, &entity.summary, &entity.body, &entity.files),
        None => {
            let (_, page) = ecosystem.published_pages().find(|(_, page)| page.place == *place)?;
            (&page.title, &page.summary, &page.body, &page.files)
        }
    };
    if files.exactly(lang).is_some() || parse::is_list(&place.path) {
        return None;
    }
    let lacks = |text: &LocalText| text.exactly(lang).is_none() && text.exactly(Lang::DEFAULT).is_some();
    let mut facts = String::new();
    if lacks(title) {
        facts += &format!("title = {}\n", toml::quoted(title.text(Lang::DEFAULT), ""));
    }
    if lacks(summary) {
        facts += "summary = \"\"\n";
    }
    let prose = if body.exactly(Lang::DEFAULT).is_some() { "\n" } else { "" };
    let stem = place.path.strip_suffix(".md").or_else(|| place.path.strip_suffix(".toml"))?;
    let path = format!("{stem}.{}.md", ecosystem.config.languages.tag(lang));
    if ecosystem.text(&path).is_some() {
        return None;
    }
    let mut draft = Draft::default();
    draft.create(&path, format!("+++\n{facts}+++\n{prose}"));
    Some(draft.finish())
}
