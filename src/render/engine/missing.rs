//! What a theme lacks or has for nothing: words in a language of the site, and templates for types that do not exist.

use super::theme::Theme;
use crate::config;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::schema::Schema;
use crate::source::THEMES;
use crate::text::{Place, Span};

/// The templates that pages are rendered with, besides those of types.
const USUAL: [&str; 7] = ["404.html", "card.html", "entity.html", "home.html", "index.html", "page.html", "row.html"];
/// The number of words that a diagnostic names.
const MOST_WORDS: usize = 3;

impl Theme {
    /// A warning about the words that are missing in a language and shown in another one. It is one for the language,
    /// in the theme's own strings if there are any.
    pub(super) fn untranslated(&self, tag: &str, missing: &[Box<str>]) -> Option<Diagnostic> {
        let first: Vec<&str> = missing.iter().take(MOST_WORDS).map(|key| &**key).collect();
        if first.is_empty() {
            return None;
        }
        let own = self.chain.first()?;
        let file = format!("strings/{tag}.toml");
        let path = format!("{THEMES}/{}/{file}", own.name);
        let place = match own.texts.get(&*file) {
            Some(source) => source.place(Span::default()),
            None => Place { path: config::FILE.into(), span: Span::default() },
        };
        let count = missing.len();
        let noun = if count == 1 { "word" } else { "words" };
        let message = format!(
            "the theme \"{}\" lacks {count} {noun} in \"{tag}\", which are shown in another language",
            own.name
        );
        let rest = if count > MOST_WORDS { ", and so on" } else { "" };
        let what = format!("{}{rest}", diagnostics::list_all(first));
        let hint = match own.is_built_in {
            true => format!("make a theme that extends \"{}\", and write them in its {file}: {what}", own.name),
            false => format!("write them in {path}: {what}"),
        };
        Some(Diagnostic::new(Code::UntranslatedTheme, place, message).hint(hint).language(tag))
    }

    /// Warnings about the site's own templates that no page is rendered with, although the name of a type is similar.
    pub(crate) fn unused_templates(&self, schema: &Schema) -> Vec<Diagnostic> {
        let of_types: Vec<String> = schema
            .types
            .iter()
            .flat_map(|entity_type| [format!("{}.html", entity_type.id), format!("{}-index.html", entity_type.id)])
            .collect();
        let is_named = |name: &str| {
            let stem = name.trim_end_matches(".html");
            let of_type = schema.types.iter().filter_map(|entity_type| entity_type.template.as_ref());
            of_type.map(|(template, _)| &**template).any(|template| template == name || template == stem)
        };
        let own = self.chain.iter().filter(|theme| !theme.is_built_in);
        let templates = own.flat_map(|theme| theme.texts.iter());
        let unused = templates.filter_map(|(path, source)| {
            let name = path.strip_prefix("templates/").filter(|name| !name.contains('/'))?;
            if USUAL.contains(&name) || of_types.iter().any(|of_type| of_type == name) || is_named(name) {
                return None;
            }
            let near = diagnostics::did_you_mean(name, of_types.iter().map(String::as_str))?;
            if self.is_included(name) {
                return None;
            }
            let message = format!("no page is rendered with the template \"{name}\"");
            Some(Diagnostic::new(Code::UnusedTemplate, source.place(Span::default()), message).hint(near))
        });
        unused.collect()
    }

    /// Whether a template names another one, to include or extend it.
    fn is_included(&self, name: &str) -> bool {
        let texts = self.chain.iter().flat_map(|theme| theme.texts.iter());
        let mut templates = texts.filter(|(path, _)| path.starts_with("templates/"));
        templates.any(|(_, source)| ['"', '\''].iter().any(|mark| source.text.contains(&format!("{name}{mark}"))))
    }
}
