//! Replaces names by what they mean.

use std::collections::HashSet;

use crate::compile::Checked;
use crate::diagnostics::{Code, Diagnostic};
use crate::edit::draft::Draft;
use crate::edit::locate;
use crate::edit::references::Reference;
use crate::model::{Ecosystem, Meaning};
use crate::table::{self, WrittenKey};
use crate::text::{Place, SourceText};

/// A name that is replaced wherever it means one of some things.
pub(super) struct Names<'a> {
    pub old: &'a str,
    pub new: &'a str,
    /// What the name means: several things, where they are renamed together.
    pub meanings: Vec<Meaning>,
}

impl Names<'_> {
    /// Replaces the names. A name that means other things too stays, and is an error.
    pub(in crate::edit) fn replace(&self, ecosystem: &Ecosystem, references: &[Reference], draft: &mut Draft) {
        for references in references.chunk_by(|a, b| a.place == b.place) {
            let mine = references.iter().filter(|reference| self.meanings.contains(&reference.meaning)).count();
            let place = &references[0].place;
            let Some(source) = ecosystem.text(&place.path).filter(|_| mine > 0) else { continue };
            let token = &source.text[place.span.range()];
            match with_word(token, self.old, self.new) {
                Some(text) if mine == references.len() => draft.replace(place, text),
                Some(_) => draft.diagnostics.push(self.shared(place, references.len() - mine)),
                None => {}
            }
        }
    }

    fn shared(&self, place: &Place, others: usize) -> Diagnostic {
        let message = format!("\"{}\" means something else here too, so it can't be renamed", self.old);
        let what = if others == 1 { "one other thing has" } else { "several other things have" };
        let hint = format!("{what} this name: rename that first, or name each on its own here");
        Diagnostic::new(Code::SharedName, place.clone(), message).hint(hint)
    }

    /// Replaces the keys at a path of tables, in texts.
    pub(in crate::edit) fn replace_keys<'t>(
        &self,
        texts: impl Iterator<Item = &'t SourceText>,
        is_key: impl Fn(&WrittenKey) -> bool,
        draft: &mut Draft,
    ) {
        for source in texts {
            let range = locate::facts_range(source);
            for key in table::keys(&source.text[range.clone()], range.start).iter().filter(|key| is_key(key)) {
                let token = &source.text[key.span.range()];
                draft.replace(&source.place(key.span), crate::edit::toml::key(self.new, token));
            }
        }
    }
}

/// Replaces a word in a token: a whole name, with what may be around it (`"-founded"`, `"milestones.date"`).
pub(super) fn with_word(token: &str, old: &str, new: &str) -> Option<String> {
    let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_');
    token.match_indices(old).find_map(|(at, _)| {
        let (before, after) = (&token[..at], &token[at + old.len()..]);
        // A hyphen before the name of a field is the sign of a descending order.
        let starts =
            before.trim_start_matches(['"', '\'']).trim_start_matches('-').is_empty() || !before.ends_with(is_part);
        (starts && !after.starts_with(is_part)).then(|| [before, new, after].concat())
    })
}

/// Reports where the site's own themes have a name between quotation marks or after a dot.
pub(super) fn report_in_themes(checked: &Checked, old: &str, draft: &mut Draft) {
    let forms = [format!("\"{old}\""), format!("'{old}'"), format!(".{old}")];
    let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_');
    let mut seen = HashSet::new();
    for source in checked.theme_texts() {
        for form in &forms {
            for (at, _) in source.text.match_indices(&**form) {
                let end = at + form.len();
                if form.starts_with('.') && source.text[end..].starts_with(is_part) {
                    continue;
                }
                let span = crate::text::Span::new(at..end);
                if seen.insert((source.path.clone(), span)) {
                    let message = format!("the theme has the name \"{old}\" here, which is not changed");
                    let diagnostic = Diagnostic::new(Code::NamedInTheme, source.place(span), message);
                    draft.diagnostics.push(diagnostic.hint("change it if it means the same"));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_names_are_replaced() {
        assert_eq!(with_word("\"-founded\"", "founded", "created").as_deref(), Some("\"-created\""));
        assert_eq!(with_word("'milestones.date'", "milestones", "steps").as_deref(), Some("'steps.date'"));
        assert_eq!(with_word("\"co-founded\"", "founded", "created"), None);
        assert_eq!(with_word("\"founded_by\"", "founded", "created"), None);
    }
}
