//! What a version of a file says, as far as is needed to tell what changed.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::change::{Entry, PROSE, What};
use crate::parse;
use crate::table::{self, Data, Table};
use crate::text::SourceText;

/// What a version of a file says. In a list, each table is an entry; otherwise, the file is one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Version {
    entries: BTreeMap<Box<str>, Said>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    title: Box<str>,
    /// A hash of each value, by key.
    keys: BTreeMap<Box<str>, u64>,
}

/// Whether the entities of a file are its tables: `_list.toml` and its translations.
pub(super) fn is_list(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with("_list.") && name.ends_with(".toml")
}

impl Version {
    /// Reads the text of a file. What can't be read is left out. Drafts are not there.
    pub(super) fn new(path: &str, text: &str) -> Self {
        let source = SourceText::new(path, text);
        let (front, prose) = parse::parts(&source);
        let (front, _) = table::parse(&text[front.clone()], front.start);
        let mut entries = BTreeMap::new();
        if is_list(path) {
            for entry in &front.entries {
                if let Some(table) = entry.value.as_table().filter(|table| !is_draft(table)) {
                    entries.insert(entry.key.clone(), Said::new(table, ""));
                }
            }
        } else if !is_draft(&front) {
            entries.insert("".into(), Said::new(&front, text[prose].trim()));
        }
        Self { entries }
    }

    /// What happened to the entries between this version and a newer one.
    pub(super) fn changes(&self, newer: &Self) -> Vec<Entry> {
        let gone = self.entries.iter().filter(|(id, _)| !newer.entries.contains_key(*id));
        let gone = gone.map(|(id, said)| Entry { id: id.clone(), what: What::Gone(said.title.clone()) });
        let there = newer.entries.iter().filter_map(|(id, said)| {
            let what = match self.entries.get(id) {
                None => What::New(said.keys.keys().cloned().collect()),
                Some(before) if before == said => return None,
                Some(before) => What::Changed(before.differences(said)),
            };
            Some(Entry { id: id.clone(), what })
        });
        gone.chain(there).collect()
    }
}

impl Said {
    fn new(table: &Table, prose: &str) -> Self {
        let hash = |text: &str| {
            let mut hasher = DefaultHasher::new();
            text.hash(&mut hasher);
            hasher.finish()
        };
        let mut keys: BTreeMap<Box<str>, u64> = BTreeMap::new();
        for entry in &table.entries {
            keys.insert(entry.key.clone(), hash(&entry.value.data.to_json().to_string()));
        }
        if !prose.is_empty() {
            keys.insert(PROSE.into(), hash(prose));
        }
        Self { title: title(table), keys }
    }

    /// The keys whose values differ, in their order.
    fn differences(&self, newer: &Self) -> Vec<Box<str>> {
        let all = self.keys.keys().chain(newer.keys.keys().filter(|key| !self.keys.contains_key(*key)));
        let mut keys: Vec<Box<str>> = all.filter(|key| self.keys.get(*key) != newer.keys.get(*key)).cloned().collect();
        keys.sort();
        keys
    }
}

fn is_draft(table: &Table) -> bool {
    matches!(table.get("draft"), Some(value) if matches!(value.data, Data::Boolean(true)))
}

/// The title: of several languages, the first one.
fn title(table: &Table) -> Box<str> {
    let text = table.get("title").and_then(|value| match value.as_table() {
        Some(texts) => texts.entries.first().and_then(|entry| entry.value.as_text()),
        None => value.as_text(),
    });
    text.unwrap_or_default().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, before: &str, after: &str) -> Vec<String> {
        let (before, after) = (Version::new(path, before), Version::new(path, after));
        before.changes(&after).into_iter().map(|Entry { id, what }| format!("{id} {what:?}")).collect()
    }

    #[test]
    fn only_what_a_file_says_counts() {
        let path = "content/a/b.md";
        let text = "+++\ntitle = \"B\"\nx = [1, 2]\n+++\nProse.\n";
        assert!(told(path, text, "+++\n# why\nx = [ 1,2 ]\ntitle = 'B'\n+++\n\nProse.").is_empty());
        assert_eq!(told(path, text, "+++\ntitle = \"B\"\ny = 1\n+++\nText.\n"), [" Changed([\"\", \"x\", \"y\"])"]);
        assert_eq!(told(path, text, "+++\ntitle = \"B\"\ndraft = true\n+++\n"), [" Gone(\"B\")"]);
    }

    #[test]
    fn the_tables_of_a_list_are_told_one_by_one() {
        let before = "[a]\ntitle = \"A\"\n[b]\ntitle = { fr = \"B\" }\n[c]\ntitle = \"C\"\n";
        let after = "[c]\ntitle = \"C\"\n[a]\ntitle = \"A2\"\n[d]\ntitle = \"D\"\n";
        let told = told("content/a/_list.toml", before, after);
        assert_eq!(told, ["b Gone(\"B\")", "a Changed([\"title\"])", "d New([\"title\"])"]);
    }
}
