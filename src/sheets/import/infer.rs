//! Proposes the declaration of a type from a sheet: a draft to edit.
//!
//! In: sheets with a row of labels. Out: a `_type.toml` for each, whose kinds fit all values of their columns. A column of
//! titles of another sheet becomes a relation to its type; few values that come again and again become choices.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;

use super::head::language_of;
use super::read::{RawRow, RawSheet};
use super::values::parts;
use crate::locale::{folded, name_key};
use crate::model::{Body, Ecosystem};
use crate::parse;
use crate::sheets::words::Words;
use crate::values::{Kind, SheetCell, toml_text};

/// The maximum number of values that are choices.
const CHOICES: usize = 15;
/// The kinds that are tried, the narrowest first. A text fits everything.
const KINDS: [&str; 9] = ["year", "integer", "number", "boolean", "date", "money", "url", "email", "point"];

/// The declarations of the types of sheets: the id of each, and its file.
pub(super) fn declarations(ecosystem: &Ecosystem, sheets: &[&RawSheet]) -> Vec<(String, String)> {
    let drafts: Vec<Draft<'_>> = sheets.iter().filter_map(|sheet| Draft::new(ecosystem, sheet)).collect();
    drafts.iter().map(|draft| (draft.id.clone(), draft.text(ecosystem, &drafts))).collect()
}

/// A type that a sheet may be of.
struct Draft<'s> {
    id: String,
    name: &'s str,
    columns: Vec<Column<'s>>,
    /// The keys of the titles.
    titles: BTreeSet<String>,
}

/// A column of a sheet, with the cells that hold something.
struct Column<'s> {
    id: String,
    label: String,
    is_common: bool,
    cells: Vec<&'s SheetCell>,
}

impl<'s> Draft<'s> {
    fn new(ecosystem: &Ecosystem, sheet: &'s RawSheet) -> Option<Self> {
        // Titles and notes that stand above a table fill one cell.
        let at = sheet.rows.iter().position(|row| row.cells.len() > 1)?;
        let (head, rows) = (&sheet.rows[at], &sheet.rows[at + 1..]);
        let mut taken: HashMap<String, usize> = HashMap::new();
        let mut columns = Vec::new();
        for (position, cell) in &head.cells {
            let label = cell.text().trim().to_owned();
            let (bare, lang) = language_of(ecosystem, &label);
            let common = common_key(bare);
            let id = common.map_or_else(|| parse::slug(bare).replace('-', "_"), str::to_owned);
            let id = if id.is_empty() { String::from("field") } else { id };
            // A column in another language belongs to the one before it.
            let count = taken.entry(id.clone()).or_default();
            *count += 1;
            if *count > 1 && (lang.is_some() || common.is_some()) {
                continue;
            }
            let id = if *count > 1 { format!("{id}_{count}") } else { id };
            let cells = rows.iter().map(|row: &RawRow| row.get(*position)).filter(|cell| !cell.is_empty()).collect();
            columns.push(Column { id, label: bare.to_owned(), is_common: common.is_some(), cells });
        }
        let title = columns.iter().find(|column| column.id == "title")?;
        let titles = title.cells.iter().map(|cell| name_key(&cell.text())).collect();
        let id = parse::slug(&sheet.name);
        (!id.is_empty()).then_some(Self { id, name: sheet.name.trim(), columns, titles })
    }

    fn text(&self, ecosystem: &Ecosystem, all: &[Draft<'_>]) -> String {
        let mut out = format!(
            "# A draft, made from a sheet: correct names, labels and kinds, and delete what is not needed.\nname   = {0}\nplural = {0}\n",
            toml_text(self.name)
        );
        for column in self.columns.iter().filter(|column| !column.is_common && !column.cells.is_empty()) {
            let _ = write!(
                out,
                "\n[fields.{}]\n{}label = {}\n",
                column.id,
                column.declaration(ecosystem, self, all),
                toml_text(&column.label)
            );
        }
        out
    }
}

/// The key of every type that a label stands for.
fn common_key(label: &str) -> Option<&'static str> {
    let label = folded(label);
    let label = label.trim();
    const TITLES: [&str; 7] = ["title", "name", "nom", "naam", "intitule", "organisation", "company"];
    if TITLES.contains(&label) {
        return Some("title");
    }
    let keys = ["id", "title", "summary", "aliases", "keywords", "updated", "verified", "draft"];
    keys.into_iter().find(|key| label == *key || Words::all().any(|words| folded(words.get(key)).trim() == label))
}

impl Column<'_> {
    /// The lines of the declaration that say what the values are.
    fn declaration(&self, ecosystem: &Ecosystem, own: &Draft<'_>, all: &[Draft<'_>]) -> String {
        let lists: Vec<Vec<SheetCell>> = self.cells.iter().map(|cell| parts(cell, |_| false)).collect();
        let many = if lists.iter().any(|parts| parts.len() > 1) { "many  = true\n" } else { "" };
        let values: Vec<&SheetCell> = lists.iter().flatten().collect();
        if let Some(target) = target(ecosystem, own, all, &values) {
            let one = if many.is_empty() { "one   = true\n" } else { "" };
            return format!("to    = {}\n{one}", toml_text(&target));
        }
        // A whole cell comes first: a point has a separator of its own.
        let whole: Vec<&SheetCell> = self.cells.clone();
        for (cells, many) in [(&whole, ""), (&values, many)] {
            if let Some(name) = KINDS.into_iter().find(|name| fits(name, cells)) {
                return format!("kind  = \"{name}\"\n{many}");
            }
        }
        let mut labels: Vec<String> = Vec::new();
        for value in &values {
            let label = value.text().trim().to_owned();
            if !labels.iter().any(|other| folded(other) == folded(&label)) {
                labels.push(label);
            }
        }
        let is_choice = labels.len() <= CHOICES
            && values.len() >= labels.len() * 3
            && labels.iter().all(|label| !parse::slug(label).is_empty());
        if !is_choice {
            return format!("kind  = \"text\"\n{many}");
        }
        let choices: Vec<String> =
            labels.iter().map(|label| format!("{} = {}", parse::slug(label), toml_text(label))).collect();
        format!("kind  = \"choice\"\n{many}choices = {{ {} }}\n", choices.join(", "))
    }
}

/// The type whose titles the values are: that of another sheet, or one of the site. Most of them have to be.
fn target(ecosystem: &Ecosystem, own: &Draft<'_>, all: &[Draft<'_>], values: &[&SheetCell]) -> Option<String> {
    let keys: Vec<String> = values.iter().map(|value| name_key(&value.text())).collect();
    let fits = |known: &dyn Fn(&String) -> bool| {
        let count = keys.iter().filter(|key| known(key)).count();
        count > 0 && count * 5 >= keys.len() * 4
    };
    let sheet = all.iter().find(|draft| draft.id != own.id && fits(&|key| draft.titles.contains(key)));
    let of_site = || {
        let mut types = ecosystem.schema.types();
        types.find_map(|(owner, info)| {
            let titles: BTreeSet<String> = ecosystem
                .of_type(owner)
                .flat_map(|id| ecosystem.entity(id).title.iter().map(|(_, title)| name_key(title)).collect::<Vec<_>>())
                .collect();
            fits(&|key| titles.contains(key)).then(|| info.id.to_string())
        })
    };
    sheet.map(|draft| draft.id.clone()).or_else(of_site)
}

/// Whether all cells are values of a kind.
fn fits(name: &str, cells: &[&SheetCell]) -> bool {
    let Some(kind) = Kind::bare(name) else { return false };
    cells.iter().all(|cell| {
        let Some(written) = kind.entered::<Body>(cell, None) else { return false };
        let text = cell.text();
        match name {
            "year" => written.parse::<i64>().is_ok_and(|year| (1000..=2100).contains(&year)),
            "url" => text.starts_with("http://") || text.starts_with("https://"),
            "email" => text.contains('@') && !text.contains(char::is_whitespace),
            _ => true,
        }
    })
}
