//! What the entity that stays gets in languages whose translation it lacks, and its prose in all languages.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::pair::Pair;
use crate::edit::draft::Draft;
use crate::edit::entity_paths::EntityPaths;
use crate::edit::leave::{self, Leaving};
use crate::edit::references::{may_name, references};
use crate::edit::{locate, toml};
use crate::locale::Lang;
use crate::model::{Entity, LinkForm, Meaning, Target};
use crate::parse;

/// Texts to add, by language.
#[derive(Default)]
pub(super) struct Additions(BTreeMap<Lang, Addition>);

#[derive(Default)]
struct Addition {
    /// Lines of TOML, for a translation that does not exist yet.
    facts: String,
    prose: String,
}

impl Additions {
    /// Adds a fact to a translation that does not exist yet. `value` is TOML.
    pub(super) fn fact(&mut self, lang: Lang, key: &str, value: &str) {
        self.0.entry(lang).or_default().facts += &format!("{key} = {value}\n");
    }

    pub(super) fn prose(&mut self, lang: Lang, prose: String) {
        self.0.entry(lang).or_default().prose = prose;
    }

    /// Whether the entity leaves its list, which can't hold prose.
    fn leaves(&self, into: &Entity) -> bool {
        let is_listed = into.files.exactly(Lang::DEFAULT).is_some_and(|path| parse::is_list(path));
        is_listed && self.0.values().any(|addition| !addition.prose.is_empty())
    }

    /// The file of the entity in a language, after the additions.
    fn own_file(&self, into: &Entity, lang: Lang) -> Option<String> {
        let path = into.files.exactly(lang)?;
        let has_prose = self.0.get(&lang).is_some_and(|addition| !addition.prose.is_empty());
        let path = if self.leaves(into) { leave::own_path(path, &into.id) } else { path.to_string() };
        Some(if has_prose { leave::with_prose(&path) } else { path })
    }

    /// The file that has the texts of a language after the additions: that of the language, or else the original.
    pub(super) fn file(&self, into: &Entity, lang: Lang) -> Option<String> {
        self.own_file(into, lang).or_else(|| self.own_file(into, Lang::DEFAULT))
    }

    /// Corrects the links that name the entity by the path of a file which moves.
    fn correct_links(&self, pair: &Pair<'_>, draft: &mut Draft) {
        let ecosystem = &pair.checked.ecosystem;
        let into = ecosystem.entity(pair.into);
        let stays = |(lang, path): (Lang, &Arc<str>)| self.own_file(into, lang).as_deref() == Some(path);
        if into.files.iter().all(stays) {
            return;
        }
        let to = |lang| self.own_file(into, lang);
        let paths = EntityPaths { from: into, new_id: &into.id, to: &to };
        for reference in references(pair.checked, |source| may_name(source, &into.id)) {
            if let (Meaning::Link(LinkForm::Markdown, Target::Entity(id, _)), Some(source)) =
                (&reference.meaning, ecosystem.text(&reference.place.path))
                && *id == pair.into
            {
                paths.lead(source, reference.place.span, draft);
            }
        }
    }

    /// Writes everything. An entity of a list that gets prose gets a file of its own.
    pub(super) fn write(self, pair: &Pair<'_>, draft: &mut Draft) {
        self.correct_links(pair, draft);
        let into = pair.checked.ecosystem.entity(pair.into);
        let leaves = self.leaves(into);
        for (lang, addition) in &self.0 {
            if into.files.exactly(*lang).is_none() {
                addition.create(pair, *lang, leaves, draft);
            } else if !leaves && !addition.prose.is_empty() {
                append(pair, *lang, &addition.prose, draft);
            }
        }
        if leaves {
            let prose = self.0.into_iter().map(|(lang, addition)| (lang, addition.prose)).collect();
            let new_path = |path: &str| leave::own_path(path, &into.id);
            Leaving { checked: pair.checked, id: pair.into, new_path: &new_path, prose }
                .apply(draft, |_, _, text| text);
        }
    }
}

impl Addition {
    /// Makes the translation of a language: a file, or a table in the translation of the list.
    fn create(&self, pair: &Pair<'_>, lang: Lang, leaves: bool, draft: &mut Draft) {
        let ecosystem = &pair.checked.ecosystem;
        let into = ecosystem.entity(pair.into);
        let Some(original) = into.files.exactly(Lang::DEFAULT) else { return };
        let tag = ecosystem.config.languages.tag(lang);
        if parse::is_list(original) && !leaves {
            let path = original.replace(".toml", &format!(".{tag}.toml"));
            let table = format!("[{}]\n{}", into.id, self.facts);
            match ecosystem.text(&path) {
                Some(list) => {
                    let newline = toml::line_end(&list.text);
                    let gap = if list.text.ends_with('\n') { newline.to_owned() } else { newline.repeat(2) };
                    draft.insert(&list.path, list.text.len(), &format!("{gap}{}", table.replace('\n', newline)));
                }
                None => draft.create(&path, table),
            }
            return;
        }
        let own = leave::own_path(original, &into.id);
        let stem = own.strip_suffix(".md").or_else(|| own.strip_suffix(".toml")).unwrap_or(&own);
        draft.create(&format!("{stem}.{tag}.md"), format!("+++\n{}+++\n{}", self.facts, self.prose));
    }
}

/// Appends prose to the file of a language.
fn append(pair: &Pair<'_>, lang: Lang, added: &str, draft: &mut Draft) {
    let ecosystem = &pair.checked.ecosystem;
    let path = ecosystem.entity(pair.into).files.exactly(lang);
    let Some(source) = path.and_then(|path| ecosystem.text(path)) else { return };
    let newline = toml::line_end(&source.text);
    let gap = if source.text.ends_with('\n') { "" } else { newline };
    if source.path.ends_with(".md") {
        let space = if source.text[locate::body(source)].trim().is_empty() { "" } else { newline };
        draft.insert(&source.path, source.text.len(), &format!("{gap}{space}{added}"));
        return;
    }
    // A file of facts alone becomes one with prose.
    draft.insert(&source.path, 0, &format!("+++{newline}"));
    draft.insert(&source.path, source.text.len(), &format!("{gap}+++{newline}{added}"));
    draft.move_file(&source.path, &leave::with_prose(&source.path));
}
