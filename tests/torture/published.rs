//! What must hold for every site that is published.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use percent_encoding::percent_decode_str;

/// The path of the address at which the sites are built.
pub const BASE: &str = "/base";

/// What is wrong with a published folder. `is_copied` tells the files of the content that are published as they are.
pub fn mistakes(folder: &Path, is_copied: impl Fn(&str) -> bool) -> Vec<String> {
    let files = super::files_of(folder);
    let mut mistakes = Vec::new();
    let mut pages = BTreeMap::new();
    for (path, bytes) in &files {
        let problem = match path.rsplit('.').next().unwrap_or_default() {
            _ if !is_generated(path) || is_copied(path) => None,
            "html" => page(&String::from_utf8_lossy(bytes)).map(|page| drop(pages.insert(path.clone(), page))).err(),
            "xml" => roxmltree::Document::parse(&String::from_utf8_lossy(bytes)).err().map(|error| error.to_string()),
            "json" => serde_json::from_slice::<serde_json::Value>(bytes).err().map(|error| error.to_string()),
            "csv" => table(bytes).err(),
            _ => None,
        };
        mistakes.extend(problem.map(|problem| format!("{path}: {problem}")));
    }
    let paths: BTreeSet<&str> = files.keys().map(String::as_str).collect();
    for (path, page) in &pages {
        mistakes.extend(page.links.iter().filter_map(|link| dead(link, path, page, &paths, &pages)));
    }
    mistakes
}

/// Whether the program wrote this file, not the author.
fn is_generated(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    ["index.html", "404.html", "feed.xml", "sitemap.xml"].contains(&name) || path.starts_with("data/")
}

/// What is looked at of a page.
struct Page {
    ids: HashSet<String>,
    links: Vec<String>,
}

/// Parses a page as a browser does.
fn page(html: &str) -> Result<Page, String> {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    // The doctype, and every element, is where HTML allows it.
    if let Some(error) = dom.errors.borrow().first() {
        return Err(format!("HTML: {error}"));
    }
    let mut page = Page { ids: HashSet::new(), links: Vec::new() };
    let mut nodes: Vec<Handle> = vec![dom.document.clone()];
    while let Some(node) = nodes.pop() {
        if let NodeData::Element { attrs, .. } = &node.data {
            for attribute in attrs.borrow().iter() {
                let value = attribute.value.to_string();
                match &*attribute.name.local {
                    "id" if !page.ids.insert(value.clone()) => return Err(format!("two elements have the id {value}")),
                    "href" | "src" | "action" => page.links.push(value),
                    name if name.starts_with("on") => return Err(format!("the attribute {name}=\"{value}\"")),
                    _ => {}
                }
            }
        }
        nodes.extend(node.children.borrow().iter().cloned());
    }
    Ok(page)
}

/// A table whose rows are all as long as its head.
fn table(bytes: &[u8]) -> Result<(), String> {
    let mut reader = csv::Reader::from_reader(bytes);
    let columns = reader.headers().map_err(|error| error.to_string())?.len();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        if record.len() != columns {
            return Err(format!("a row of {} cells under a head of {columns}", record.len()));
        }
    }
    Ok(())
}

/// What is wrong with a link, if it is one within the site.
fn dead(link: &str, path: &str, page: &Page, paths: &BTreeSet<&str>, pages: &BTreeMap<String, Page>) -> Option<String> {
    let (address, anchor) = link.split_once('#').unwrap_or((link, ""));
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    if address.is_empty() {
        let is_there = anchor.is_empty() || page.ids.contains(anchor) || page.ids.contains(&decoded(anchor));
        return (!is_there).then(|| format!("{path}: the link {link} leads to no element"));
    }
    let scheme = address.split(['/', '?']).next().unwrap_or_default().split_once(':');
    if scheme.is_some() || address.starts_with("//") {
        let is_known = scheme.is_none_or(|(scheme, _)| ["https", "http", "mailto", "tel"].contains(&scheme));
        return (!is_known).then(|| format!("{path}: the link {link} has an unexpected scheme"));
    }
    let Some(inside) = address.split('?').next().unwrap_or_default().strip_prefix(BASE) else {
        return Some(format!("{path}: the link {link} leaves the site"));
    };
    let inside = decoded(inside.trim_start_matches('/'));
    let file = if inside.is_empty() || inside.ends_with('/') { format!("{inside}index.html") } else { inside };
    if !paths.contains(file.as_str()) {
        return Some(format!("{path}: the link {link} leads to no file"));
    }
    let has_anchor = anchor.is_empty() || pages.get(&file).is_none_or(|page| page.ids.contains(anchor));
    (!has_anchor).then(|| format!("{path}: the link {link} leads to no element"))
}
