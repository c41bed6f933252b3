//! Calls Pagefind with the text of pages, and keeps the files that browsers request.

use std::collections::BTreeMap;
use std::io;

use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;

use super::names;
use super::part::{IndexFile, Part};
use crate::locale;
use crate::render::Searchable;

impl Part {
    pub(super) fn index(&self) -> io::Result<Vec<IndexFile>> {
        let runtime = tokio::runtime::Builder::new_current_thread().build()?;
        let files = runtime.block_on(self.files()).map_err(|error| io::Error::other(format!("{error:#}")))?;
        let has_stemmer = files.iter().any(|(name, _)| *name == format!("wasm.{}.pagefind", self.language));
        let files = files.into_iter().filter(|(name, _)| is_needed(name, has_stemmer));
        let files = files.map(|(name, bytes)| IndexFile { path: format!("{}{name}", self.path), bytes });
        Ok(files.chain(names::files(self)?).collect())
    }

    async fn files(&self) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
        let options = PagefindServiceConfig::builder().force_language(self.language.clone()).build();
        let mut index = PagefindIndex::new(Some(options))?;
        let has_elisions = locale::is_french(&self.language);
        let words = |text: &str| if has_elisions { split_elisions(text) } else { text.to_owned() };
        for page in &self.pages {
            let (url, text) = (page.url.clone(), words(&page.text));
            let names = names(page).into_iter().map(|(kind, name)| (kind, words(&name))).collect();
            index.add_custom_record(url, text, self.language.clone(), Some(names), Some(filters(page)), None).await?;
        }
        let files = index.get_files().await?;
        // Pagefind's file names use the path separator of the system.
        let name = |path: std::path::PathBuf| path.to_string_lossy().replace('\\', "/");
        Ok(files.into_iter().map(|file| (name(file.filename), file.contents)).collect())
    }
}

/// French words that lose their last vowel before another vowel.
const ELISIONS: [&str; 13] = ["c", "d", "j", "l", "m", "n", "s", "t", "qu", "lorsqu", "jusqu", "puisqu", "quoiqu"];

/// Inserts a word joiner (U+2060) and a space after each French elision. Pagefind splits words at spaces only, so a
/// search for "arthrose" would otherwise not find "l’arthrose". Themes remove each word joiner and the space after it
/// from the results.
fn split_elisions(text: &str) -> String {
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

/// The names of a page and its picture, by metadata key. Themes give each key a weight above that of the text. A title of one word has
/// the highest weight, so that "Liège" ranks above "Liege Airport". The title of a source has the lowest, so that the
/// entities that a source is about rank above it.
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
    if !page.image.is_empty() {
        names.insert(String::from("image"), page.image.clone());
    }
    if !page.aliases.is_empty() {
        names.insert(String::from("aliases"), page.aliases.join(" · "));
    }
    if !page.foreign_names.is_empty() {
        names.insert(String::from("foreign"), page.foreign_names.join(" · "));
    }
    if !page.keywords.is_empty() {
        names.insert(String::from("keywords"), page.keywords.join(" · "));
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
    if let Some(lang) = &page.title_lang {
        filters.insert(String::from("title_lang"), vec![lang.clone()]);
    }
    filters
}

/// Whether a browser requests a file. Themes have their own interface, so Pagefind's is left out. The module without a
/// stemmer is for languages that Pagefind can't stem.
fn is_needed(name: &str, has_stemmer: bool) -> bool {
    match name {
        "wasm.unknown.pagefind" => !has_stemmer,
        "pagefind.js" | "pagefind-worker.js" | "pagefind-entry.json" => true,
        _ => !name.ends_with(".js") && !name.ends_with(".css"),
    }
}

#[cfg(test)]
mod tests {
    use super::split_elisions;
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
    fn a_french_elision_is_a_word_of_its_own() {
        let split = |text: &str| split_elisions(text).replace("\u{2060} ", "|");
        assert_eq!(split("L’acétone, l'ULiège et (D’Ieteren)"), "L’|acétone, l'|ULiège et (D’|Ieteren)");
        assert_eq!(split("lorsqu’elle n’est qu’à l’essai"), "lorsqu’|elle n’|est qu’|à l’|essai");
        assert_eq!(split("C’est-à-dire jusqu’à 5 d’1 µl"), "C’|est-à-dire jusqu’|à 5 d’|1 µl");
        for text in ["aujourd’hui", "presqu’île", "Val-d’Or", "O’Neill", "Parkinson’s", "l’ autre", "l’« autre »", "l’"]
        {
            assert_eq!(split_elisions(text), text);
        }
    }
}
