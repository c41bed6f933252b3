//! What a version of a file says, as far as is needed to tell what changed.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::change::{Changed, Entry, PROSE, Sides, What};
use crate::parse;
use crate::table::{self, Data, Table, Value};
use crate::text::SourceText;

/// The most bytes of a value that is kept; of a longer one, only a hash is.
const SHORT: usize = 80;

/// What a version of a file says. In a list, each table is an entry; otherwise, the file is one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Version {
    entries: BTreeMap<Box<str>, Said>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    title: Box<str>,
    keys: BTreeMap<Box<str>, Held>,
}

/// What is kept of a value.
#[derive(Debug, Clone)]
struct Held {
    hash: u64,
    /// The value as TOML; `None` if it is long.
    text: Option<Box<str>>,
}

/// The form of a value, such as its quotation marks, makes no difference.
impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl Eq for Held {}

impl Held {
    fn new(said: &str, text: Option<&str>) -> Self {
        let mut hasher = DefaultHasher::new();
        said.hash(&mut hasher);
        Self { hash: hasher.finish(), text: text.filter(|text| text.len() <= SHORT).map(Box::from) }
    }
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
                    entries.insert(entry.key.clone(), Said::new(text, table, ""));
                }
            }
        } else if !is_draft(&front) {
            entries.insert("".into(), Said::new(text, &front, text[prose].trim()));
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
    /// `text` is the file's.
    fn new(text: &str, table: &Table, prose: &str) -> Self {
        let mut keys: BTreeMap<Box<str>, Held> = BTreeMap::new();
        for table::Entry { key, value, .. } in &table.entries {
            keys.insert(key.clone(), Held::new(&value.data.to_json().to_string(), written(text, value)));
        }
        if !prose.is_empty() {
            keys.insert(PROSE.into(), Held::new(prose, None));
        }
        Self { title: title(table), keys }
    }

    /// The keys whose values differ, in their order.
    fn differences(&self, newer: &Self) -> Vec<Changed> {
        let all = self.keys.keys().chain(newer.keys.keys().filter(|key| !self.keys.contains_key(*key)));
        let mut keys: Vec<&Box<str>> = all.filter(|key| self.keys.get(*key) != newer.keys.get(*key)).collect();
        keys.sort();
        keys.into_iter().map(|key| Changed { key: key.clone(), sides: self.sides(newer, key) }).collect()
    }

    fn sides(&self, newer: &Self, key: &str) -> Option<Sides> {
        let text = |said: &Self| said.keys.get(key).map_or(Some("".into()), |held| held.text.clone());
        Some(Sides { old: text(self)?, new: text(newer)? })
    }
}

/// A value as it is written, if it can be read again without the rest of its file: tables with headers can't.
fn written<'t>(text: &'t str, value: &Value) -> Option<&'t str> {
    let written = text.get(value.span.range())?;
    let is_whole = match &value.data {
        Data::Table(_) => written.starts_with('{') && written.ends_with('}'),
        Data::Array(_) => written.starts_with('[') && !written.starts_with("[[") && written.ends_with(']'),
        _ => true,
    };
    is_whole.then_some(written)
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
        let changes = before.changes(&after).into_iter();
        let told = changes.map(|Entry { id, what }| match what {
            What::Changed(keys) => {
                let side = |key: &Changed| match &key.sides {
                    Some(Sides { old, new }) => format!("{}: {old} > {new}", key.key),
                    None => key.key.to_string(),
                };
                format!("{id} Changed({})", keys.iter().map(side).collect::<Vec<_>>().join(", "))
            }
            what => format!("{id} {what:?}"),
        });
        told.collect()
    }

    #[test]
    fn only_what_a_file_says_counts() {
        let path = "content/a/b.md";
        let text = "+++\ntitle = \"B\"\nx = [1, 2]\n+++\nProse.\n";
        assert!(told(path, text, "+++\n# why\nx = [ 1,2 ]\ntitle = 'B'\n+++\n\nProse.").is_empty());
        assert_eq!(told(path, text, "+++\ntitle = \"B\"\ny = 1\n+++\nText.\n"), [" Changed(, x: [1, 2] > , y:  > 1)"]);
        assert_eq!(told(path, text, "+++\ntitle = \"B\"\ndraft = true\n+++\n"), [" Gone(\"B\")"]);
    }

    #[test]
    fn only_short_values_are_kept() {
        let file = |x: &str, rest: &str| format!("+++\nx = {x}\n{rest}+++\n");
        let told = |before: &str, after: &str| told("content/a/b.md", before, after);
        assert_eq!(told(&file("{ a = 1 }", ""), &file("'é'", "")), [" Changed(x: { a = 1 } > 'é')"]);
        let long = format!("\"{}\"", "x".repeat(SHORT));
        assert_eq!(told(&file("1", ""), &file(&long, "")), [" Changed(x)"]);
        // What is below a header can't be read without it.
        for header in ["[y]", "[[y]]"] {
            let with = |number: u8| file("1", &format!("{header}\nz = {number}\n"));
            assert_eq!(told(&with(1), &with(2)), [" Changed(y)"], "{header}");
        }
        assert_eq!(told(&file("1", "y.z = 1\n"), &file("1", "y.z = 2\n")), [" Changed(y)"]);
    }

    #[test]
    fn the_tables_of_a_list_are_told_one_by_one() {
        let before = "[a]\ntitle = \"A\"\n[b]\ntitle = { fr = \"B\" }\n[c]\ntitle = \"C\"\n";
        let after = "[c]\ntitle = \"C\"\n[a]\ntitle = \"A2\"\n[d]\ntitle = \"D\"\n";
        let told = told("content/a/_list.toml", before, after);
        assert_eq!(told, ["b Gone(\"B\")", "a Changed(title: \"A\" > \"A2\")", "d New([\"title\"])"]);
    }
}
