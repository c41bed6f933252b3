//! The names of the entity that goes become other names of the one that stays, in each language.

use super::additions::Additions;
use super::facts::{Merger, append};
use crate::edit::draft::Draft;
use crate::edit::toml;
use crate::locale::Lang;
use crate::model::EntityId;

impl Merger<'_> {
    /// Adds the names that readers of each language see of the entity that goes.
    pub(super) fn names(&self, additions: &mut Additions, draft: &mut Draft) {
        let languages = &self.pair.checked.ecosystem.config.languages;
        let default = self.missing(Lang::DEFAULT);
        let mut in_original: Vec<(&str, String)> = Vec::new();
        for lang in languages.all() {
            let tag = languages.tag(lang);
            let missing = if lang == Lang::DEFAULT { default.clone() } else { self.missing(lang) };
            if let Some(list) = self.into.text("aliases", lang, tag) {
                append(list.source, list.value, &quoted(&missing), draft);
                continue;
            }
            // Without a list of its own, a language has that of the default one.
            let is_same = missing.iter().all(|name| default.contains(name));
            if missing.is_empty() || lang != Lang::DEFAULT && is_same {
                continue;
            }
            let own = if lang == Lang::DEFAULT { Vec::new() } else { self.aliases(self.pair.into, lang) };
            let list = format!("[{}]", quoted(&[own, missing].concat()).join(", "));
            let comes_from_file = self.from.translations.contains_key(&lang);
            if lang != Lang::DEFAULT && (self.into.translations.contains_key(&lang) || comes_from_file) {
                self.add_translated(lang, "aliases", &list, additions, draft);
            } else {
                in_original.push((tag, list));
            }
        }
        self.add_to_original("aliases", &in_original, draft);
    }

    /// Adds the words by which people find the entity that goes.
    pub(super) fn keywords(&self, additions: &mut Additions, draft: &mut Draft) {
        let languages = &self.pair.checked.ecosystem.config.languages;
        let mut in_original: Vec<(&str, String)> = Vec::new();
        for lang in languages.all() {
            let tag = languages.tag(lang);
            let words = |id| self.pair.checked.ecosystem.entity(id).keywords.exactly(lang).into_iter().flatten();
            let known = words(self.pair.into).collect::<Vec<_>>();
            let new: Vec<String> =
                words(self.pair.from).filter(|word| !known.contains(word)).map(ToString::to_string).collect();
            let list = || format!("[{}]", quoted(&new).join(", "));
            match self.into.text("keywords", lang, tag) {
                _ if new.is_empty() => {}
                Some(text) => append(text.source, text.value, &quoted(&new), draft),
                None if lang != Lang::DEFAULT
                    && self.from.text("keywords", lang, tag).is_some_and(|it| it.translated) =>
                {
                    self.add_translated(lang, "keywords", &list(), additions, draft);
                }
                None => in_original.push((tag, list())),
            }
        }
        self.add_to_original("keywords", &in_original, draft);
    }

    /// The other names that a reader of a language sees.
    fn aliases(&self, id: EntityId, lang: Lang) -> Vec<String> {
        let aliases = self.pair.checked.ecosystem.entity(id).aliases.best(lang);
        aliases.map(|(_, names)| names.iter().map(|name| name.to_string()).collect()).unwrap_or_default()
    }

    /// The names of the entity that goes which a reader of a language does not see at the one that stays.
    fn missing(&self, lang: Lang) -> Vec<String> {
        let entity = |id| self.pair.checked.ecosystem.entity(id);
        let (from, into) = (entity(self.pair.from), entity(self.pair.into));
        let mut seen = self.aliases(self.pair.into, lang);
        seen.extend(into.title.iter().map(|(_, title)| title.to_string()));
        let title = String::from(from.title.text(lang));
        let mut missing = Vec::new();
        for name in std::iter::once(title).chain(self.aliases(self.pair.from, lang)) {
            if !seen.contains(&name) && !missing.contains(&name) {
                missing.push(name);
            }
        }
        missing
    }
}

fn quoted(names: &[String]) -> Vec<String> {
    names.iter().map(|name| toml::quoted(name, "")).collect()
}
