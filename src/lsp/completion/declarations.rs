//! The keys and values of `site.toml` and of the `_type.toml` of types.

use lsp_types::CompletionItemKind;

use super::offers::{Offer, Offers, headers};
use super::profiles::key_offer;
use super::request::{Request, has, names_of, table_at};
use crate::diagnostics::{Code, Severity};
use crate::lsp::cursor::{Spot, Word};
use crate::manual;
use crate::schema::TypeId;
use crate::source;
use crate::values::Kind;

impl Request<'_> {
    /// What can be written in `site.toml`.
    pub(super) fn of_site(&self, spot: &Spot) -> Option<Offers> {
        let (Spot::Header { steps, word } | Spot::Key { steps, word, .. } | Spot::Value { steps, word }) = spot;
        let is_value = matches!(spot, Spot::Value { .. });
        let offers = match (names_of(steps).as_slice(), is_value) {
            ([], _) if matches!(spot, Spot::Header { .. }) => headers(&["warnings", "params"]),
            ([], _) => self.section("site.toml", &["warnings", "params"], &[], word),
            (["menu"] | ["menu", "items"] | ["menu", "to"] | ["menu", "items", "to"], true) => {
                let pages = self.pages().map(|offer| offer.quoted(word));
                self.types(word).into_iter().chain(pages).collect()
            }
            (["menu", ..], false) => {
                let text = ["to", "view", "label", "url"].map(|key| (key, "\"$1\""));
                let keys = text.into_iter().chain([("where", "{ $1 }"), ("items", "[\"$1\"]")]);
                keys.map(|(key, blank)| key_offer(key, "", String::new(), blank, word)).collect()
            }
            (["theme"], true) => {
                let own = self.context.ecosystem.config.theme.as_str();
                let built_in = source::built_in_themes();
                let mut names: Vec<&str> = built_in.iter().map(String::as_str).chain([own]).collect();
                names.sort_unstable();
                names.dedup();
                return Some(self.words(names, word));
            }
            (["html"], true) => return Some(self.words(["escape", "sanitize"], word)),
            (["portable_names" | "history"], true) => return Some(self.booleans(word)),
            (["autolink"], false) => vec![key_offer("stop", "", String::new(), "[\"$1\"]", word)],
            (["map"], false) => vec![key_offer("outline", "", String::new(), "\"$1\"", word)],
            (["map", "outline"], true) => {
                let assets = self.context.ecosystem.assets.iter().map(|asset| &*asset.path);
                let outlines = assets.filter(|path| path.ends_with(".geojson") || path.ends_with(".json"));
                outlines.map(|path| Offer::new(path, CompletionItemKind::FILE).quoted(word)).collect()
            }
            (["params", inner @ ..], _) => return self.of_parameters(inner, is_value, word),
            (["warnings"], false) => self.codes(word),
            (["warnings", _], true) => return Some(self.words(["allow", "deny", "warn"], word)),
            (["warnings", _], false) => {
                ["allow", "deny", "warn"].map(|key| key_offer(key, "", String::new(), "[\"$1\"]", word)).to_vec()
            }
            (["title" | "description"], false) => self.languages(word),
            _ => return None,
        };
        Some(offers.into())
    }

    /// The codes of warnings, as keys.
    fn codes(&self, word: &Word) -> Vec<Offer> {
        let codes = Code::ALL.iter().filter(|code| code.severity() == Severity::Warning);
        codes.map(|code| key_offer(code.as_str(), "", code.explanation().to_owned(), "\"$1\"", word)).collect()
    }

    /// The keys of a section of FORMAT.md that are not in the table yet: those that are required first. Of `tables`,
    /// the headers are written.
    fn section(&self, section: &str, tables: &[&str], at: &[&str], word: &Word) -> Vec<Offer> {
        let table = table_at(&self.facts, at);
        let keys = manual::keys(section).iter().filter(|key| !tables.contains(&key.name));
        let mut keys: Vec<_> = keys.filter(|key| !has(table, key.name, word)).collect();
        keys.sort_by_key(|key| !key.required);
        keys.into_iter().map(|key| self.described_key(section, key.name, word)).collect()
    }

    /// What can be written in the `_type.toml` of a type.
    pub(super) fn of_declaration(&self, entity_type: &str, spot: &Spot) -> Option<Offers> {
        let (Spot::Header { steps, word } | Spot::Key { steps, word, .. } | Spot::Value { steps, word }) = spot;
        let is_value = matches!(spot, Spot::Value { .. });
        let names = names_of(steps);
        let of = self.context.ecosystem.schema.find(entity_type);
        let offers = match (names.as_slice(), is_value) {
            ([], _) if matches!(spot, Spot::Header { .. }) => headers(&["fields", "derived"]),
            ([], _) => self.section("_type.toml", &["fields", "derived"], &[], word),
            (["pages" | "feeds" | "citation" | "autolink" | "extra"], true) => return Some(self.booleans(word)),
            (["sort"], true) => {
                let title = Offer::new("title", CompletionItemKind::FIELD).quoted(word);
                std::iter::once(title).chain(self.properties(of?, word, |_| true)).collect()
            }
            (["sources"], true) => return Some(self.relations(of?, word)),
            (["headline"], false) => ["value", "to", "unit", "qualifier"]
                .map(|key| key_offer(key, "", String::new(), "\"$1\"", word))
                .to_vec(),
            (["title_language"], true) => self.properties(of?, word, |_| true),
            (["headline", _], true) => self.properties(of?, word, |_| true),
            (["image_fit" | "background"], true) => return self.common_value(names[0], &[], true, word),
            (["name" | "plural" | "path" | "mark"], false) => self.languages(word),
            (["derived", _], false) => self.section("Derived relations", &[], &names, word),
            (["derived", _, "path"], true) => self.steps(word),
            (["derived", _, inner @ ..], _) => return self.of_member(of, inner, is_value, word, &names),
            (["fields", _], false) => self.member_keys(&names, word),
            (["fields", _, inner @ ..], _) => return self.of_member(of, inner, is_value, word, &names),
            _ => return None,
        };
        Some(offers.into())
    }

    /// The keys of a field or a relation, whichever it is so far.
    fn member_keys(&self, at: &[&str], word: &Word) -> Vec<Offer> {
        let table = table_at(&self.facts, at);
        let kind = table.and_then(|table| table.get("kind")?.as_text());
        let is_relation = table.is_some_and(|table| table.get("to").is_some());
        let mut offers = Vec::new();
        if !is_relation {
            offers.extend(self.section("Fields", &[], at, word));
            let own = kind.map(Kind::keys_of).unwrap_or_default().iter().filter(|key| !has(table, key, word));
            offers.extend(own.map(|key| self.described_key("Fields", key, word)));
        }
        if kind.is_none() {
            let known: Vec<String> = offers.iter().map(|offer: &Offer| offer.label.clone()).collect();
            let relation = self.section("Relations", &[], at, word);
            offers.extend(relation.into_iter().filter(|offer| !known.contains(&offer.label)));
        }
        offers
    }

    /// What can be written inside a field, a relation or an attribute.
    fn of_member(
        &self,
        of: Option<TypeId>,
        inner: &[&str],
        is_value: bool,
        word: &Word,
        at: &[&str],
    ) -> Option<Offers> {
        let offers = match (inner, is_value) {
            (["kind"], true) => {
                let kinds = Kind::NAMES.iter().map(|name| {
                    let value = manual::key("Kinds of value", name).map(|key| key.value.clone()).unwrap_or_default();
                    Offer::new(*name, CompletionItemKind::ENUM_MEMBER).documentation(value).quoted(word)
                });
                kinds.collect()
            }
            (["to"], true) => self.types(word),
            (["scheme"], true) => {
                let names = manual::keys("Identifiers").iter().map(|key| key.name);
                return Some(self.words(names, word));
            }
            (["after"], true) => self.properties(of?, word, |_| true),
            (
                ["many" | "required" | "unique" | "facet" | "brief" | "hidden" | "one" | "hierarchy" | "to_itself"],
                true,
            ) => {
                return Some(self.booleans(word));
            }
            (["label" | "help" | "unit"] | ["inverse", "label"] | ["choices", _], false) => self.languages(word),
            (["inverse"], false) => {
                ["id", "label"].map(|key| key_offer(key, "", String::new(), "\"$1\"", word)).to_vec()
            }
            (["attributes" | "fields", _], false) => self.member_keys(at, word),
            (["attributes" | "fields", _, inner @ ..], _) if !inner.is_empty() => {
                return self.of_member(of, inner, is_value, word, at);
            }
            _ => return None,
        };
        Some(offers.into())
    }

    /// The ids of all relations and inverses, which the steps of a derived relation can name.
    fn steps(&self, word: &Word) -> Vec<Offer> {
        let relations = self.context.ecosystem.schema.relations.iter();
        let lang = self.context.lang;
        let both = relations
            .flat_map(|relation| [(&relation.id, &relation.label), (&relation.inverse, &relation.inverse_label)]);
        let mut ids: Vec<(&str, &str)> = both.map(|(id, label)| (&**id, label.text(lang))).collect();
        ids.sort_unstable();
        ids.dedup_by_key(|(id, _)| *id);
        let offers =
            ids.into_iter().map(|(id, label)| Offer::new(id, CompletionItemKind::FIELD).detail(label).quoted(word));
        offers.collect()
    }
}
