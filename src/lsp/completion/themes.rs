//! The keys and values of themes: `theme.toml`, strings, and what a site sets in `[params]`.

use lsp_types::CompletionItemKind;

use super::offers::{Offer, Offers, headers};
use super::profiles::key_offer;
use super::request::{Request, has, names_of, table_at};
use crate::lsp::cursor::{Spot, Word};
use crate::render::{self, Parameter, ParameterKind};
use crate::source;
use crate::table;
use crate::values::Kind;

/// The number of entities that are offered at once. When more is typed, the client asks again.
const MOST_ENTITIES: usize = 100;

impl Request<'_> {
    /// What can be written in a file of a theme, by its path within the theme.
    pub(super) fn of_theme_file(&self, path: &str, spot: &Spot) -> Option<Offers> {
        match path.strip_prefix("strings/") {
            Some(_) => self.of_strings(spot),
            None if path == "theme.toml" => self.of_theme(spot),
            None => None,
        }
    }

    /// The words that the theme has in other languages, and not in this one.
    fn of_strings(&self, spot: &Spot) -> Option<Offers> {
        let (Spot::Header { steps, word } | Spot::Key { steps, word, .. }) = spot else { return None };
        if matches!(spot, Spot::Header { .. }) {
            return None;
        }
        let prefix: String = names_of(steps).iter().map(|name| format!("{name}.")).collect();
        let own = table::texts(&self.facts);
        let languages = &self.context.ecosystem.config.languages;
        let words = self.context.checked.theme_words(&[languages.tag(self.context.lang), "en"]);
        let here = |key: &str| format!("{prefix}{}", word.typed) == key;
        let is_there = |key: &str| own.iter().any(|(other, _)| other == key && !here(key));
        let missing = words.into_iter().filter(|(key, _)| !is_there(key));
        let offers = missing.filter_map(|(key, text)| {
            let rest = key.strip_prefix(&prefix)?;
            Some(key_offer(rest, text, String::new(), "\"$1\"", word))
        });
        Some(offers.collect::<Vec<_>>().into())
    }

    /// What can be written in `theme.toml`.
    fn of_theme(&self, spot: &Spot) -> Option<Offers> {
        const TABLES: [&str; 3] = ["params", "sizes", "bundles"];
        let (Spot::Header { steps, word } | Spot::Key { steps, word, .. } | Spot::Value { steps, word }) = spot;
        let is_value = matches!(spot, Spot::Value { .. });
        let names = names_of(steps);
        match (names.as_slice(), is_value) {
            ([], _) if matches!(spot, Spot::Header { .. }) => Some(headers(&TABLES).into()),
            ([], _) => {
                let keys = render::THEME_KEYS.into_iter().filter(|(key, _)| !TABLES.contains(key));
                let keys = keys.filter(|(key, _)| !has(Some(&self.facts), key, word));
                let blank = |key: &str| match key {
                    "search" | "records" | "listings" => "true",
                    _ => "\"$1\"",
                };
                let offers = keys.map(|(key, what)| key_offer(key, "", what.to_owned(), blank(key), word));
                Some(offers.collect::<Vec<_>>().into())
            }
            (["search" | "records" | "listings"], true) => Some(self.booleans(word)),
            (["extends"], true) => Some(self.words(source::built_in_themes().iter().map(String::as_str), word)),
            (["sizes"], false) => {
                let keys = render::sizes().filter(|key| !has(table_at(&self.facts, &["sizes"]), key, word));
                Some(keys.map(|key| key_offer(key, "pixels", String::new(), "$1", word)).collect::<Vec<_>>().into())
            }
            (["params", _, inner @ ..], _) => self.of_declared_parameter(&names[..2], inner, is_value, word),
            _ => None,
        }
    }

    /// What can be written in the declaration of a parameter, which is the table at `at`, or of a key of a table.
    fn of_declared_parameter(&self, at: &[&str], inner: &[&str], is_value: bool, word: &Word) -> Option<Offers> {
        let table = table_at(&self.facts, at);
        let kind = table.and_then(|table| table.get("kind")?.as_text()).unwrap_or_default();
        match (inner, is_value) {
            ([], false) => {
                let keys = ParameterKind::KEYS.into_iter().chain(Kind::keys_of(kind).iter().copied());
                let keys = keys.filter(|key| !has(table, key, word) && (*key != "keys" || kind == "table"));
                let blank = |key: &str| match key {
                    "many" => "true",
                    "min" | "max" => "$1",
                    "keys" | "choices" => "{ $1 }",
                    _ => "\"$1\"",
                };
                let offers = keys.map(|key| key_offer(key, "", String::new(), blank(key), word));
                Some(offers.collect::<Vec<_>>().into())
            }
            (["kind"], true) => Some(self.words(ParameterKind::names(), word)),
            (["many"], true) => Some(self.booleans(word)),
            (["default"], true) => self.of_kind(&ParameterKind::named(kind)?, word),
            (["keys", key, inner @ ..], _) => {
                self.of_declared_parameter(&[at, &["keys", key]].concat(), inner, is_value, word)
            }
            _ => None,
        }
    }

    /// What can be written in `[params]` of `site.toml`, or in one of its tables.
    pub(super) fn of_parameters(&self, inner: &[&str], is_value: bool, word: &Word) -> Option<Offers> {
        self.of_parameter(self.context.checked.parameters(), &["params"], inner, is_value, word)
    }

    fn of_parameter(
        &self,
        declared: &[Parameter],
        at: &[&str],
        inner: &[&str],
        is_value: bool,
        word: &Word,
    ) -> Option<Offers> {
        let [key, rest @ ..] = inner else {
            let table = table_at(&self.facts, at);
            let free = |parameter: &&Parameter| parameter.deprecated.is_none() && !has(table, &parameter.id, word);
            let offers = declared.iter().filter(free).map(|parameter| {
                let default = parameter.default.as_ref().map(|value| format!("default: {value}")).unwrap_or_default();
                let help = parameter.help.to_string();
                key_offer(&parameter.id, default, help, blank(parameter), word)
            });
            return (!is_value).then(|| offers.collect::<Vec<_>>().into());
        };
        let parameter = declared.iter().find(|parameter| &*parameter.id == *key)?;
        match &parameter.kind {
            ParameterKind::Table(keys) => self.of_parameter(keys, &[at, &[key]].concat(), rest, is_value, word),
            kind if is_value && rest.is_empty() => self.of_kind(kind, word),
            _ => None,
        }
    }

    /// The values of a kind of parameter that can be known.
    fn of_kind(&self, kind: &ParameterKind, word: &Word) -> Option<Offers> {
        let schema = &self.context.ecosystem.schema;
        Some(match kind {
            ParameterKind::Value(Kind::Boolean(_)) => self.booleans(word),
            ParameterKind::Value(kind) if !kind.choices().is_empty() => {
                self.words(kind.choices().iter().map(|choice| &*choice.id), word)
            }
            ParameterKind::Type => self.types(word).into(),
            ParameterKind::Field => {
                let all = schema.types().flat_map(|(of, _)| self.properties(of, word, |_| true));
                distinct(all).into()
            }
            ParameterKind::Relation => {
                let all = schema.types().flat_map(|(of, _)| self.relations(of, word).offers);
                distinct(all).into()
            }
            ParameterKind::Page => {
                let pages = self.pages().map(|offer| offer.quoted(word));
                self.types(word).into_iter().chain(pages).collect::<Vec<_>>().into()
            }
            ParameterKind::Entity => {
                let (found, _) = self.names.find(None, &word.typed, MOST_ENTITIES);
                let offers = found.into_iter().map(|id| {
                    let offer = Offer::new(self.context.name_of(id), CompletionItemKind::REFERENCE);
                    offer.detail(self.context.title_of(id)).quoted(word)
                });
                Offers { offers: offers.collect(), is_complete: false }
            }
            ParameterKind::File => {
                let files = self.context.ecosystem.assets.iter().map(|asset| &*asset.path);
                files.map(|path| Offer::new(path, CompletionItemKind::FILE).quoted(word)).collect::<Vec<_>>().into()
            }
            ParameterKind::Value(_) | ParameterKind::Table(_) => return None,
        })
    }
}

/// A value to be filled in.
fn blank(parameter: &Parameter) -> &'static str {
    match (&parameter.kind, parameter.many) {
        (ParameterKind::Table(_), _) => "{ $1 }",
        (ParameterKind::Value(Kind::Boolean(_)), false) => "true",
        (ParameterKind::Value(Kind::Text(_) | Kind::Url(_) | Kind::Choice(_)), false) => "\"$1\"",
        (ParameterKind::Value(_), false) => "$1",
        (_, true) => "[\"$1\"]",
        (_, false) => "\"$1\"",
    }
}

/// Offers in the order of their names, each once.
fn distinct(offers: impl Iterator<Item = Offer>) -> Vec<Offer> {
    let mut all: Vec<Offer> = offers.collect();
    all.sort_by(|a, b| a.label.cmp(&b.label));
    all.dedup_by(|a, b| a.label == b.label);
    all
}
