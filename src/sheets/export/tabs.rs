//! The names of a workbook's sheets.

use std::collections::HashSet;

use crate::sheets::sheet::Sheet;

/// The maximum number of characters in the name of a sheet.
const LONGEST: usize = 31;

/// A name for each sheet that spreadsheet programs allow: short, each once, without their signs.
pub(super) fn names<'a>(first: &'a str, sheets: &'a [Sheet]) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    let all = std::iter::once(first).chain(sheets.iter().map(|sheet| &*sheet.name));
    all.map(|name| {
        let plain: String = name.chars().filter(|char| !"[]:*?/\\".contains(*char) && !char.is_control()).collect();
        let plain = Some(plain.trim().trim_matches('\'').to_owned()).filter(|name| !name.is_empty());
        let plain = plain.unwrap_or_else(|| String::from("–"));
        let numbered = (1..).map(|number| {
            let suffix = if number > 1 { format!(" {number}") } else { String::new() };
            let stem: String = plain.chars().take(LONGEST - suffix.len()).collect();
            stem.trim_end().to_owned() + &suffix
        });
        // Programs do not tell capitals from small letters here, and "History" is a name of their own.
        let mut free =
            numbered.filter(|name| name.to_lowercase() != "history" && !taken.contains(&name.to_lowercase()));
        let name = free.next().unwrap_or_default();
        taken.insert(name.to_lowercase());
        name
    })
    .collect()
}
