//! The names of pages, for a search that finds a page by its name before all others, and forgives slips.
//!
//! In: a part of the index. Out: a file with the titles, aliases and keywords of its pages, which a browser loads with the first
//! search, and files with their summaries and pictures, of which it loads those that it shows.

use std::collections::BTreeMap;

use serde::Serialize;

use super::part::{IndexFile, Part};
use crate::render::Searchable;

/// The number of pages whose summaries are in one file.
const SUMMARIES: usize = 50;

/// The names of a part.
#[derive(Serialize)]
struct Names<'a> {
    /// The number of pages whose summaries are in one file.
    summaries: usize,
    /// The types of the pages, each once; an empty one stands for pages that are of none.
    types: Vec<&'a str>,
    names: Vec<Name<'a>>,
}

/// A page: its address, the position of its type, its title, its other names, its names in other languages, and words that people
/// search for.
type Name<'a> = (&'a str, usize, &'a str, &'a [String], &'a [String], &'a [String]);

/// The files of a part. Sources are left out: their titles are long, and readers search for what they say.
pub(super) fn files(part: &Part) -> serde_json::Result<Vec<IndexFile>> {
    let pages: Vec<&Searchable> = part.pages.iter().filter(|page| !page.citation).collect();
    let file = |name: &str, bytes: Vec<u8>| IndexFile { path: format!("{}{name}", part.path), bytes };
    let mut files = vec![file("names.json", serde_json::to_vec(&names(&pages))?)];
    for (number, pages) in pages.chunks(SUMMARIES).enumerate() {
        // By address, so that a browser that has an older file of names shows no summary of another page.
        let summaries: BTreeMap<&str, (&str, &[String], &str)> =
            pages.iter().map(|page| (&*page.url, (&*page.summary, &*page.categories, &*page.image))).collect();
        files.push(file(&format!("summaries/{number}.json"), serde_json::to_vec(&summaries)?));
    }
    Ok(files)
}

fn names<'a>(pages: &[&'a Searchable]) -> Names<'a> {
    let mut types: Vec<&str> = pages.iter().map(|page| &*page.entity_type).collect();
    types.sort_unstable();
    types.dedup();
    let position = |page: &Searchable| types.binary_search(&&*page.entity_type).unwrap_or_default();
    let name = |page: &&'a Searchable| -> Name<'a> {
        (&page.url, position(page), &page.title, &page.aliases, &page.foreign_names, &page.keywords)
    };
    let names = pages.iter().map(name).collect();
    Names { summaries: SUMMARIES, types, names }
}
