//! The files of a site, without its themes.

use std::collections::BTreeSet;
use std::io;

use rayon::prelude::*;

use super::asset::{Asset, asset};
use super::files::{Files, is_text, present};
use super::open::CONTENT;
use super::pictures::{self, Picture};
use super::texts::{self, TextFile, decode};
use crate::config;
use crate::diagnostics::{Code, Diagnostic};
use crate::stop::{Failure, Stop};
use crate::text::{SourceText, nfc};

/// `site.toml` and the files of the content, as they were read. Only [`read`] and [`read_some`] can make this value.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    pub(super) config: Option<SourceText>,
    pub(super) texts: Vec<TextFile>,
    pub(super) assets: Vec<Asset>,
    /// What each asset is as a picture, in the order of the assets.
    pictures: Vec<Picture>,
    pub(super) problems: Vec<Diagnostic>,
}

impl Sources {
    /// `site.toml`.
    pub fn config(&self) -> Option<&SourceText> {
        self.config.as_ref()
    }

    /// Every `.md` and `.toml` file of the content, in the order of their paths.
    pub fn texts(&self) -> impl Iterator<Item = &SourceText> + Clone {
        self.texts.iter().map(|text| &text.source)
    }

    /// Every other file of the content, in the order of their paths.
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// Diagnostics about files that could not be read.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// The text of `site.toml` or of a file of the content, by its path below the root.
    pub fn text(&self, path: &str) -> Option<&SourceText> {
        let config = self.config.iter().find(|source| &*source.path == path);
        config.or_else(|| self.find(path).map(|at| &self.texts[at].source))
    }

    /// The asset at a path below the content folder.
    pub fn asset(&self, path: &str) -> Option<&Asset> {
        let exact = self.assets.binary_search_by(|asset| (*asset.path).cmp(path)).ok().map(|at| &self.assets[at]);
        // Whether accents are separate characters makes no difference.
        let same = || self.assets.iter().find(|asset| !asset.path.is_ascii() && nfc(&asset.path) == nfc(path));
        exact.or_else(|| if path.is_ascii() { None } else { same() })
    }

    /// What the asset at a path below the content folder is as a picture.
    pub fn picture(&self, path: &str) -> Option<Picture> {
        let at = self.assets.binary_search_by(|asset| (*asset.path).cmp(path)).ok()?;
        self.pictures.get(at).copied()
    }

    fn find(&self, path: &str) -> Option<usize> {
        self.texts.binary_search_by(|text| (*text.source.path).cmp(path)).ok()
    }

    /// Reads a text of the content again, or reuses it if the file has not changed.
    fn text_again(&self, files: &dyn Files, path: &str) -> io::Result<(Option<TextFile>, Vec<Diagnostic>)> {
        let before = self.find(path).map(|at| (&self.texts[at].source, self.texts[at].stamp.as_ref()));
        let mut problems = Vec::new();
        texts::text(files, path, before, &mut problems).map(|text| (text, problems))
    }
}

/// Reads a site, except its themes. `before` is the result of an earlier read: the texts of files that have not changed
/// are reused, and share their memory with it.
///
/// # Errors
/// The root is not a folder, a folder or file in it can't be read, or the work was stopped.
pub fn read(files: &dyn Files, before: &Sources, stop: &Stop) -> Result<Sources, Failure> {
    files.reachable()?;
    let mut sources = Sources::default();
    sources.config = configuration(files, before, &mut sources.problems)?;
    let Some(listing) = files.list(CONTENT)? else {
        let diagnostic = Diagnostic::about_file(Code::MissingFile, CONTENT, "there is no content folder");
        sources.problems.push(diagnostic.hint("make a folder \"content\" beside site.toml, for profiles and pages"));
        return Ok(sources);
    };
    sources.problems.extend(listing.problems);
    let (texts, assets): (Vec<_>, Vec<_>) = listing.paths.into_iter().partition(|path| is_text(path));
    for path in assets {
        sources.assets.extend(asset(files, CONTENT, &path)?);
    }
    let earlier = |asset: &Asset| before.asset(&asset.path).filter(|other| *other == asset);
    let picture = |asset: &Asset| {
        let known = earlier(asset).and_then(|asset| before.picture(&asset.path));
        known.unwrap_or_else(|| pictures::picture(asset))
    };
    sources.pictures = sources.assets.par_iter().map(picture).collect();
    let texts: Vec<Result<_, Failure>> = texts
        .into_par_iter()
        .map(|path| {
            stop.check()?;
            Ok(before.text_again(files, &path)?)
        })
        .collect();
    for text in texts {
        let (text, problems) = text?;
        sources.texts.extend(text);
        sources.problems.extend(problems);
    }
    Ok(sources)
}

/// Reads only some files again, and reuses all others. `paths` are relative to the root. Returns `None` if that is not
/// enough: if one of the paths is not a text of the content in `before`, or its file no longer exists.
///
/// # Errors
/// A file can't be read.
pub fn read_some(files: &dyn Files, before: &Sources, paths: &BTreeSet<Box<str>>) -> io::Result<Option<Sources>> {
    let mut sources = before.clone();
    for path in paths {
        let Some(at) = before.find(path) else { return Ok(None) };
        let has_problems = before.problems.iter().any(|problem| *problem.place.path == **path);
        // Symbolic links have no stamp. The files behind them must not be read.
        let is_file = !has_problems && present(files.stamp(path))?.is_some();
        if !is_file {
            return Ok(None);
        }
        let (Some(text), problems) = before.text_again(files, path)? else { return Ok(None) };
        sources.texts[at] = text;
        sources.problems.extend(problems);
    }
    Ok(Some(sources))
}

/// Reads `site.toml`. A missing file is reported.
fn configuration(
    files: &dyn Files,
    before: &Sources,
    problems: &mut Vec<Diagnostic>,
) -> io::Result<Option<SourceText>> {
    let before_reading = problems.len();
    let Some(contents) = texts::usable(files.read(config::FILE), config::FILE, problems)? else {
        if problems.len() > before_reading {
            return Ok(None);
        }
        let diagnostic =
            Diagnostic::about_file(Code::MissingFile, config::FILE, "there is no site.toml in this folder");
        problems.push(
            diagnostic.hint("go to the folder of the site, name it with --root, or make a new site with `filiere new`"),
        );
        return Ok(None);
    };
    let text = decode(config::FILE.into(), contents.bytes, problems);
    Ok(Some(before.config.clone().filter(|before| before.text == text.text).unwrap_or(text)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::Memory;

    /// Whether each text is the same in memory as it was before, by its path.
    fn reused<'a>(before: &Sources, after: &'a Sources) -> Vec<(&'a str, bool)> {
        let same =
            |text: &SourceText| before.text(&text.path).is_some_and(|earlier| Arc::ptr_eq(&earlier.text, &text.text));
        after.texts().map(|text| (&*text.path, same(text))).collect()
    }

    #[test]
    fn texts_that_have_not_changed_are_the_same_in_memory() {
        let (files, stop) = (Memory::new(), Stop::new());
        for path in ["content/a.md", "content/b.md", "content/c.md"] {
            files.insert(path, path.as_bytes());
        }
        let first = read(&files, &Sources::default(), &stop).unwrap();
        files.insert("content/b.md", *b"another text");
        // Written again, and no other than before.
        files.insert("content/c.md", *b"content/c.md");
        let second = read(&files, &first, &stop).unwrap();
        assert_eq!(reused(&first, &second), [("content/a.md", true), ("content/b.md", false), ("content/c.md", true)]);
        let some = read_some(&files, &first, &BTreeSet::from(["content/b.md".into()])).unwrap().unwrap();
        assert_eq!(reused(&second, &some), [("content/a.md", true), ("content/b.md", false), ("content/c.md", true)]);
        assert_eq!(&*some.text("content/b.md").unwrap().text, "another text");
    }

    #[test]
    fn a_look_at_some_files_is_only_enough_for_texts_that_were_there() {
        let files = Memory::from_iter([("site.toml", *b"s"), ("content/a.md", *b"a"), ("content/l.svg", *b"l")]);
        let before = read(&files, &Sources::default(), &Stop::new()).unwrap();
        let some = |path: &str| read_some(&files, &before, &BTreeSet::from([path.into()])).unwrap();
        assert!(some("content/a.md").is_some());
        for other in ["site.toml", "content/l.svg", "content/b.md", "themes/plain/theme.toml"] {
            assert!(some(other).is_none(), "{other}");
        }
        files.remove("content/a.md");
        assert!(read_some(&files, &before, &BTreeSet::from(["content/a.md".into()])).unwrap().is_none());
    }

    #[test]
    fn sources_of_other_files_do_no_harm() {
        let (one, other) = (Memory::from_iter([("content/a.md", *b"a")]), Memory::from_iter([("content/b.md", *b"b")]));
        let before = read(&one, &Sources::default(), &Stop::new()).unwrap();
        let after = read(&other, &before, &Stop::new()).unwrap();
        assert_eq!(after.texts().map(|text| &*text.path).collect::<Vec<_>>(), ["content/b.md"]);
    }
}
