//! Pagefind: what it is given, and which of its files a browser asks for.

use std::collections::BTreeMap;
use std::io;

use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;

use super::part::{IndexFile, Part};
use crate::locale;
use crate::render::Searchable;

impl Part {
    pub(super) fn index(&self) -> io::Result<Vec<IndexFile>> {
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        let files = runtime.block_on(self.files()).map_err(|error| io::Error::other(format!("{error:#}")))?;
        let stems = files.iter().any(|(name, _)| *name == format!("wasm.{}.pagefind", self.language));
        let needed = files.into_iter().filter(|(name, _)| is_needed(name, stems));
        let files = needed.map(|(name, bytes)| IndexFile { path: format!("{}{name}", self.path), bytes });
        Ok(files.collect())
    }

    async fn files(&self) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
        let options = PagefindServiceConfig::builder().force_language(self.language.clone()).build();
        let mut index = PagefindIndex::new(Some(options))?;
        let has_elisions = locale::is_french(&self.language);
        let words = |text: &str| if has_elisions { parted(text) } else { text.to_owned() };
        for page in &self.pages {
            let (url, text) = (page.url.clone(), words(&page.text));
            let names = names(page).into_iter().map(|(kind, name)| (kind, words(&name))).collect();
            index.add_custom_record(url, text, self.language.clone(), Some(names), Some(filters(page)), None).await?;
        }
        let files = index.get_files().await?;
        // Its names have the separators of the system.
        let name = |path: std::path::PathBuf| path.to_string_lossy().replace('\\', "/");
        Ok(files.into_iter().map(|file| (name(file.filename), file.contents)).collect())
    }
}

/// What French shortens before a vowel.
const ELISIONS: [&str; 13] = ["c", "d", "j", "l", "m", "n", "s", "t", "qu", "lorsqu", "jusqu", "puisqu", "quoiqu"];

/// A French text in which what is elided is a word of its own, or "l’arthrose" would not be found by "arthrose". Readers don't see the space: a
/// word joiner (U+2060) before it says that it is none of the text.
fn parted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, apostrophe) in text.match_indices(['\'', '’']) {
        let behind = at + apostrophe.len();
        let word = text[..at].rsplit(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
        let is_elision = ELISIONS.iter().any(|elision| word.eq_ignore_ascii_case(elision));
        if is_elision && text[behind..].starts_with(char::is_alphanumeric) {
            out.push_str(&text[from..behind]);
            out.push_str("\u{2060} ");
            from = behind;
        }
    }
    out.push_str(&text[from..]);
    out
}

/// What a page is called. A word weighs more in a name than in a text, and each kind of name has a weight of its own: in a name of one word it
/// weighs most, so that "Liège" comes before "Liege Airport", and in that of a source least, so that what a source is about comes before it.
fn names(page: &Searchable) -> BTreeMap<String, String> {
    let title = match page.title.split_whitespace().count() {
        _ if page.citation => "source",
        0 | 1 => "title1",
        2 => "title2",
        _ => "title3",
    };
    let mut names = BTreeMap::from([(title.to_owned(), page.title.clone())]);
    if !page.summary.is_empty() {
        names.insert(String::from("summary"), page.summary.clone());
    }
    if !page.aliases.is_empty() {
        names.insert(String::from("aliases"), page.aliases.join(" · "));
    }
    names
}

fn filters(page: &Searchable) -> BTreeMap<String, Vec<String>> {
    let mut filters = BTreeMap::new();
    if !page.entity_type.is_empty() {
        filters.insert(String::from("type"), vec![page.entity_type.clone()]);
    }
    if !page.categories.is_empty() {
        filters.insert(String::from("category"), page.categories.clone());
    }
    filters
}

/// Whether a browser asks for a file: themes bring their own look, and words without stems are for languages that Pagefind can't stem.
fn is_needed(name: &str, stems: bool) -> bool {
    match name {
        "wasm.unknown.pagefind" => !stems,
        "pagefind.js" | "pagefind-worker.js" | "pagefind-entry.json" => true,
        _ => !name.ends_with(".js") && !name.ends_with(".css"),
    }
}

#[cfg(test)]
mod tests {
    use super::parted;
    use crate::render::Searchable;
    use crate::search::{IndexFile, Part};

    fn index(language: &str, text: &str) -> Vec<IndexFile> {
        let page = Searchable { url: "/a/".into(), title: "A".into(), text: text.into(), ..Searchable::default() };
        Part { path: "/".into(), language: language.into(), pages: vec![page] }.index().unwrap()
    }

    #[test]
    fn only_french_has_elisions() {
        let (text, words) = ("L’arthrose", "L’\u{2060} arthrose");
        for language in ["fr", "fr-BE"] {
            assert!(index(language, text) == index(language, words));
        }
        assert!(index("en", text) != index("en", words));
    }

    #[test]
    fn what_french_elides_is_a_word_of_its_own() {
        let seen = |text: &str| parted(text).replace("\u{2060} ", "|");
        assert_eq!(seen("L’acétone, l'ULiège et (D’Ieteren)"), "L’|acétone, l'|ULiège et (D’|Ieteren)");
        assert_eq!(seen("lorsqu’elle n’est qu’à l’essai"), "lorsqu’|elle n’|est qu’|à l’|essai");
        assert_eq!(seen("C’est-à-dire jusqu’à 5 d’1 µl"), "C’|est-à-dire jusqu’|à 5 d’|1 µl");
        for text in ["aujourd’hui", "presqu’île", "Val-d’Or", "O’Neill", "Parkinson’s", "l’ autre", "l’« autre »", "l’"]
        {
            assert_eq!(parted(text), text);
        }
    }
}
