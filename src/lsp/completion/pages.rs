//! The keys and values of pages: views and blocks.

use super::offers::Offers;
use super::profiles::key_offer;
use super::request::{Request, has, names_of, table_at};
use crate::lsp::cursor::{Spot, Step, Word};
use crate::manual;
use crate::render;
use crate::schema::{Property, TypeId};
use crate::table::{Data, Table, Value};

/// The keys that a translation of a page can have.
const TRANSLATED_KEYS: [&str; 3] = ["title", "summary", "keywords"];

impl Request<'_> {
    /// What can be written in the front matter of a page.
    pub(super) fn of_page(&self, is_original: bool, spot: &Spot) -> Option<Offers> {
        let (Spot::Header { steps, word } | Spot::Key { steps, word, .. } | Spot::Value { steps, word }) = spot;
        let is_value = matches!(spot, Spot::Value { .. });
        match (names_of(steps).as_slice(), is_value) {
            ([], _) => {
                let keys = manual::keys("Pages").iter().map(|key| key.name);
                let keys = keys.filter(|name| is_original || TRANSLATED_KEYS.contains(name));
                let keys = keys.filter(|name| !has(Some(&self.facts), name, word));
                Some(keys.map(|name| self.described_key("Pages", name, word)).collect::<Vec<_>>().into())
            }
            (["view", inner @ ..], _) => {
                let table = table_at(&self.facts, &["view"]);
                self.of_view(table, inner, is_value, word)
            }
            (["blocks", inner @ ..], _) => self.of_block(self.block_at(word), inner, is_value, word, steps),
            ([key, inner @ ..], _) => self.common_value(key, inner, is_value, word),
        }
    }

    /// The block around the cursor.
    fn block_at(&self, word: &Word) -> Option<&Table> {
        let Data::Array(blocks) = &self.facts.get("blocks")?.data else { return None };
        blocks.iter().find(|block| block.span.touches(word.span.start))?.as_table()
    }

    fn of_view(&self, view: Option<&Table>, inner: &[&str], is_value: bool, word: &Word) -> Option<Offers> {
        let kind = text_of(view, "kind");
        match (inner, is_value) {
            ([], false) => {
                let section = kind.and_then(manual::section_of_view).unwrap_or("Matrix");
                let keys = kind.map(|_| manual::keys(section)).unwrap_or_default().iter().map(|key| key.name);
                let keys = std::iter::once("kind").chain(keys).filter(|key| !has(view, key, word));
                Some(keys.map(|name| self.described_key(section, name, word)).collect::<Vec<_>>().into())
            }
            (["kind"], true) => Some(self.words(render::view_kinds(), word)),
            (["of" | "related"], true) => Some(self.types(word).into()),
            (["row_classes" | "column_classes"], true) => Some(self.words(["decades", "years"], word)),
            (["empty_rows" | "empty_columns"], true) => Some(self.booleans(word)),
            ([_], true) => Some(self.properties(self.type_of(view)?, word, |_| true).into()),
            _ => None,
        }
    }

    /// The type that the key `of` names, or the first of them.
    fn type_of(&self, table: Option<&Table>) -> Option<TypeId> {
        let value = table?.get("of")?;
        let name = match &value.data {
            Data::Array(items) => items.first().and_then(Value::as_text),
            _ => value.as_text(),
        };
        self.context.ecosystem.schema.find(name?)
    }

    fn of_block(
        &self,
        block: Option<&Table>,
        inner: &[&str],
        is_value: bool,
        word: &Word,
        steps: &[Step],
    ) -> Option<Offers> {
        let kind = text_of(block, "kind");
        match (inner, is_value) {
            ([], false) if steps.len() > 1 => {
                let keys = kind.map(manual::keys_of_block).unwrap_or_default();
                let keys = std::iter::once("kind").chain(keys).filter(|key| !has(block, key, word));
                Some(keys.map(|name| self.described_key("Blocks", name, word)).collect::<Vec<_>>().into())
            }
            (["kind"], true) => Some(self.words(render::block_kinds(), word)),
            (["of"], true) => Some(self.types(word).into()),
            (["page"], true) => Some(self.pages().map(|offer| offer.quoted(word)).collect::<Vec<_>>().into()),
            (["sort"], true) => Some(self.properties(self.type_of(block)?, word, |_| true).into()),
            (["ids"], true) => Some(self.targets(&self.types_with_headline(), word)),
            (["where"], false) => {
                let of = self.type_of(block)?;
                let keys = self.context.ecosystem.schema.properties(of).map(|(id, _)| id);
                Some(keys.map(|id| key_offer(id, "", String::new(), "\"$1\"", word)).collect::<Vec<_>>().into())
            }
            (["where", key], true) => self.values_of(self.type_of(block)?, key, word),
            (["items", "to"], true) => {
                let pages = self.pages().map(|offer| offer.quoted(word));
                Some(self.types(word).into_iter().chain(pages).collect::<Vec<_>>().into())
            }
            (["items"], false) => {
                let keys = ["to", "url", "title"];
                Some(keys.map(|key| key_offer(key, "", String::new(), "\"$1\"", word)).to_vec().into())
            }
            _ => None,
        }
    }

    /// The types whose profiles have a number in large type.
    fn types_with_headline(&self) -> Vec<TypeId> {
        let types = self.context.ecosystem.schema.types();
        types.filter(|(_, entity_type)| entity_type.headline.is_some()).map(|(id, _)| id).collect()
    }

    /// The values that a filter can name.
    fn values_of(&self, of: TypeId, key: &str, word: &Word) -> Option<Offers> {
        let schema = &self.context.ecosystem.schema;
        let (_, property) = schema.properties(of).find(|(id, _)| *id == key)?;
        match property {
            Property::Field(at) => self.values(&schema.get(of).fields[at], word),
            Property::Relation(id) => Some(self.targets(&schema.relation(id).to, word)),
            Property::Derived(at) => Some(self.targets(&schema.get(of).derived[at].to, word)),
        }
    }

    /// The relations of a type.
    pub(super) fn relations(&self, of: TypeId, word: &Word) -> Offers {
        self.properties(of, word, |property| matches!(property, Property::Relation(_))).into()
    }
}

fn text_of<'t>(table: Option<&'t Table>, key: &str) -> Option<&'t str> {
    table?.get(key)?.as_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_view_has_a_section() {
        for kind in render::view_kinds() {
            assert!(manual::section_of_view(kind).is_some(), "{kind}");
        }
        for kind in render::block_kinds() {
            assert!(manual::key("Blocks", kind).is_some(), "{kind}");
        }
    }
}
