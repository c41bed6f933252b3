//! The keys that editors write, as FORMAT.md describes them.
//!
//! In: the tables of FORMAT.md, which is a part of the program. Out: the keys of a section with their descriptions, for
//! completion, hovers and JSON Schemas. So the format is described once, and a key that is not described is missed.

use std::collections::HashMap;
use std::sync::OnceLock;

/// A key, as the manual describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// Its value, in Markdown without links.
    pub value: String,
    /// What holds without the key; empty if the manual does not say it.
    pub absent: String,
    /// Whether it is an error if the key is missing.
    pub required: bool,
}

const FORMAT: &str = include_str!("../FORMAT.md");

/// The keys of a section, by its heading, in the order of the manual.
pub fn keys(section: &str) -> &'static [Key] {
    static SECTIONS: OnceLock<HashMap<&'static str, Vec<Key>>> = OnceLock::new();
    let sections = SECTIONS.get_or_init(|| read(FORMAT));
    sections.get(section).map(Vec::as_slice).unwrap_or_default()
}

/// A key of a section. Where the manual says that a key is as in another section, it is the key of that section.
pub fn key(section: &str, name: &str) -> Option<&'static Key> {
    let find = |section: &str| keys(section).iter().find(|key| key.name == name);
    let key = find(section)?;
    match key.value.strip_prefix("as for ") {
        Some("fields") => find("Fields"),
        Some("entities") => find("Profiles"),
        Some("relations") => self::key("Relations", name),
        _ => Some(key),
    }
}

/// The keys that the third column of the table of blocks lists, by the kind of block.
pub fn keys_of_block(kind: &str) -> Vec<&'static str> {
    let row = keys("Blocks").iter().find(|key| key.name == kind);
    // A static text, because the descriptions are.
    row.map(|row| code(&row.absent).collect()).unwrap_or_default()
}

/// The section about a kind of view, by the name of the kind. A view without keys has no table.
pub fn section_of_view(kind: &str) -> Option<&'static str> {
    let is_section = |heading: &&str| heading.eq_ignore_ascii_case(kind);
    FORMAT.lines().filter_map(|line| line.strip_prefix("#### ")).find(is_section)
}

/// The parts of a text that are between backticks.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn read(format: &'static str) -> HashMap<&'static str, Vec<Key>> {
    let mut sections: HashMap<&'static str, Vec<Key>> = HashMap::new();
    let mut section = "";
    for line in format.lines() {
        if let Some(heading) = line.strip_prefix('#') {
            section = heading.trim_start_matches('#').trim();
        } else if line.starts_with("| `") {
            sections.entry(section).or_default().extend(row(line));
        }
    }
    sections
}

/// The keys of one row of a table.
fn row(line: &'static str) -> Vec<Key> {
    let cells: Vec<&'static str> =
        line.trim_matches('|').split(" | ").map(|cell| cell.trim().trim_end_matches(" |")).collect();
    let [names, rest @ ..] = cells.as_slice() else { return Vec::new() };
    let text = |at: usize| rest.get(at).map(|cell| without_links(cell)).unwrap_or_default();
    let is_required = names.contains("(required)") || text(1) == "an error";
    let keys = code(names).filter(|name| !name.contains(['[', '"', '/'])).map(|name| Key {
        name: name.split('.').next().unwrap_or(name),
        value: text(0),
        absent: text(1),
        required: is_required,
    });
    keys.collect()
}

/// A text in Markdown, in which a link is its words.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let link = after.split_once("](").and_then(|(words, rest)| Some((words, rest.split_once(')')?.1)));
        out.push_str(before);
        match link.filter(|(words, _)| !words.contains(['[', ']', '`'])) {
            Some((words, after)) => {
                out.push_str(words);
                rest = after;
            }
            None => {
                out.push('[');
                rest = after;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_from_the_tables() {
        let title = key("site.toml", "title").unwrap();
        assert_eq!((&*title.value, title.required), ("text for people: the name of the site", true));
        assert!(!key("site.toml", "theme").unwrap().required);
        assert_eq!(key("site.toml", "menu").unwrap().value, "the menu");
        assert!(key("Profiles", "title").unwrap().required);
        assert_eq!(key("Relations", "label").unwrap().value, key("Fields", "label").unwrap().value);
        assert_eq!(key("Pages", "draft"), key("Profiles", "draft"));
        assert!(key("Kinds of value", "period").unwrap().value.contains("from = 2021"));
        assert_eq!(keys_of_block("list"), ["of", "where", "sort", "limit", "title"]);
    }

    #[test]
    fn every_key_of_an_entity_is_described() {
        for name in crate::schema::COMMON_KEYS {
            assert!(key("Profiles", name).is_some(), "{name}");
        }
    }
}
