//! The outside addresses of a site, each with all its places.

use std::collections::{BTreeMap, HashSet};

use super::address::normal;
use crate::config;
use crate::model::Ecosystem;
use crate::parse::{self, Role};
use crate::table::{self, Data, Table, Value};
use crate::text::{Place, SourceText, Span};
use crate::url;

/// Addresses in the form in which they are asked for, in their order, each with its places in the order of the files.
pub type Addresses = BTreeMap<Box<str>, Vec<Place>>;

/// The addresses in what is published: in front matters (fields, views, blocks), in prose, in the menu and in the
/// parameters of the theme. The site's own address is left out, because a new page is not there yet.
pub fn addresses(ecosystem: &Ecosystem) -> Addresses {
    let files: HashSet<&str> = published_files(ecosystem);
    let mut found = Found { own: ecosystem.config.base_url.as_str(), addresses: Addresses::new() };
    for source in ecosystem.texts() {
        if *source.path == *config::FILE {
            found.site(source);
        } else if files.contains(&*source.path) {
            found.document(ecosystem, source);
        }
    }
    found.addresses
}

fn published_files(ecosystem: &Ecosystem) -> HashSet<&str> {
    let of_entities = ecosystem.published().flat_map(|id| ecosystem.entity(id).files.iter());
    let of_pages = ecosystem.published_pages().flat_map(|(_, page)| page.files.iter());
    of_entities.chain(of_pages).map(|(_, path)| &**path).collect()
}

struct Found<'a> {
    own: &'a str,
    addresses: Addresses,
}

impl Found<'_> {
    /// The menu and the parameters of the theme.
    fn site(&mut self, source: &SourceText) {
        let (table, _) = table::parse(&source.text, 0);
        for key in ["menu", "params"] {
            table.get(key).into_iter().for_each(|value| self.value(source, value));
        }
    }

    fn document(&mut self, ecosystem: &Ecosystem, source: &SourceText) {
        let (facts, prose) = parse::parts(source);
        let (front, _) = table::parse(&source.text[facts.clone()], facts.start);
        match parse::role_of(&source.path, &ecosystem.config, &ecosystem.schema).0 {
            Role::List(owner) => {
                let is_published = |id: &str| ecosystem.find(owner, id).is_some();
                let entries = front.entries.iter().filter(|entry| is_published(&entry.key));
                entries.for_each(|entry| self.value(source, &entry.value));
            }
            _ => self.table(source, &front),
        }
        for (address, place) in parse::outside(&source.text[prose.clone()]) {
            self.add(source, &address, Span::new(place).shifted(prose.start));
        }
    }

    fn table(&mut self, source: &SourceText, table: &Table) {
        table.entries.iter().for_each(|entry| self.value(source, &entry.value));
    }

    /// A text that is an address, or Markdown with links, and what is inside a list or a table.
    fn value(&mut self, source: &SourceText, value: &Value) {
        match &value.data {
            Data::Text(text) if url::problem(text).is_none() => self.add(source, text, value.span),
            Data::Text(text) if text.contains("://") => {
                parse::outside(text).iter().for_each(|(address, _)| self.add(source, address, value.span));
            }
            Data::Array(items) => items.iter().for_each(|item| self.value(source, item)),
            Data::Table(table) => self.table(source, table),
            _ => {}
        }
    }

    fn add(&mut self, source: &SourceText, address: &str, span: Span) {
        let Some(address) = normal(address).map(String::from).filter(|address| !self.is_own(address)) else { return };
        let places = self.addresses.entry(address.into()).or_default();
        let place = source.place(span);
        if !places.contains(&place) {
            places.push(place);
        }
    }

    fn is_own(&self, address: &str) -> bool {
        let rest = address.strip_prefix(self.own);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    }
}
