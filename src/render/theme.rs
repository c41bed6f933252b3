//! A theme: templates, words and files, its own and those of the themes that it extends.

use std::sync::Arc;

use tera::{ErrorKind, Tera};

use super::strings::Strings;
use crate::diagnostics::{self, Code, Diagnostic};
use crate::locale::{Lang, Languages};
use crate::reader::Reader;
use crate::site::Extras;
use crate::source::{self, Asset, Bundle, THEMES, ThemeFiles};
use crate::table::{self, Value};
use crate::text::{self, Place, SourceText, Span};

/// The theme's own file.
const FILE: &str = "theme.toml";

/// A theme with all that it extends; the theme itself comes first.
#[derive(Debug, Clone)]
pub struct Theme {
    chain: Vec<ThemeFiles>,
    /// The bundles of each theme of the chain.
    bundles: Vec<Vec<Bundle>>,
    /// What it wants of the site.
    pub settings: Settings,
}

/// What `theme.toml` says. What a theme does not say, the theme that it extends does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether it has a full-text search, for which an index is published.
    pub search: Option<bool>,
    /// Whether the data of each entity are published beside those of its type.
    pub records: Option<bool>,
    /// Whether what a browser needs to filter the index of each type is published.
    pub listings: Option<bool>,
    /// What its pages may load and run (Content Security Policy, level 3).
    pub security_policy: Option<Box<str>>,
    /// The files that it puts together from several; those of other themes of the chain are not among them.
    pub bundles: Vec<Bundle>,
}

impl Settings {
    fn or(self, other: Self) -> Self {
        Self {
            search: self.search.or(other.search),
            records: self.records.or(other.records),
            listings: self.listings.or(other.listings),
            security_policy: self.security_policy.or(other.security_policy),
            bundles: self.bundles,
        }
    }
}

/// The theme that this one extends, and where it says so; and what else it says.
pub fn settings(
    theme: &ThemeFiles,
    languages: &Languages,
    problems: &mut Vec<Diagnostic>,
) -> (Option<(Box<str>, Place)>, Settings) {
    let mut settings = Settings::default();
    let Some(source) = theme.texts.get(FILE) else { return (None, settings) };
    let (table, errors) = table::parse(&source.text, 0);
    let mut reader = Reader::new(source, languages);
    for error in errors {
        reader.report(reader.problem(Code::TomlSyntax, error.span, error.message));
    }
    let known = ["name", "description", "extends", "search", "records", "listings", "security_policy", "bundles"];
    reader.unknown_keys(&table, "theme.toml", &known);
    let extends = table.get("extends").and_then(|value: &Value| Some((reader.text(value)?, source.place(value.span))));
    settings.search = table.get("search").and_then(|value| reader.boolean(value));
    settings.records = table.get("records").and_then(|value| reader.boolean(value));
    settings.listings = table.get("listings").and_then(|value| reader.boolean(value));
    settings.security_policy = table.get("security_policy").and_then(|value| policy(&mut reader, value));
    if let Some(table) = table.get("bundles").and_then(|value| reader.table(value)) {
        settings.bundles = source::bundles(&mut reader, table);
    }
    problems.extend(reader.problems);
    (extends, settings)
}

/// A policy is one line of a header, so it can't hold what would start another one.
fn policy(reader: &mut Reader<'_>, value: &Value) -> Option<Box<str>> {
    let text = reader.text(value)?;
    if text.chars().all(|char| char.is_ascii_graphic() || char == ' ') {
        return Some(text);
    }
    reader.report(reader.problem(Code::WrongType, value.span, "a policy is one line of plain ASCII characters"));
    None
}

impl Theme {
    /// A theme from its files and settings and those of the themes that it extends, in that order.
    pub fn new(chain: Vec<ThemeFiles>, settings: Vec<Settings>) -> Self {
        let bundles = settings.iter().map(|settings| settings.bundles.clone()).collect();
        Self { chain, bundles, settings: settings.into_iter().reduce(Settings::or).unwrap_or_default() }
    }

    /// The files that it publishes.
    pub fn assets(&self, problems: &mut Vec<Diagnostic>) -> Vec<Asset> {
        source::assets(self.chain.iter().zip(self.bundles.iter().map(Vec::as_slice)), problems)
    }

    /// What it wants to be published besides pages.
    pub fn extras(&self) -> Extras {
        Extras {
            records: self.settings.records == Some(true),
            listings: self.settings.listings == Some(true),
            headers: self.settings.security_policy.is_some(),
            search: self.settings.search == Some(true),
        }
    }

    /// The text of one of its files, to show a line of it.
    pub fn text(&self, path: &str) -> Option<SourceText> {
        let (name, inner) = path.strip_prefix(THEMES)?.trim_start_matches('/').split_once('/')?;
        self.chain.iter().find(|theme| &*theme.name == name)?.texts.get(inner).cloned()
    }

    /// The words of each language. What a language lacks it takes from the default language, and that from English.
    pub(super) fn strings(&self, languages: &Languages, problems: &mut Vec<Diagnostic>) -> Vec<Arc<Strings>> {
        let mut own = |tag: &str| {
            let mut strings = Strings::default();
            for theme in self.chain.iter().rev() {
                if let Some(source) = theme.texts.get(&*format!("strings/{tag}.toml")) {
                    strings.read(source, problems);
                }
            }
            strings
        };
        let (english, default) = (own("en"), own(languages.tag(Lang::DEFAULT)));
        let all = languages.all().map(|lang| {
            let mut strings = own(languages.tag(lang));
            strings.fill_from(&default);
            strings.fill_from(&english);
            Arc::new(strings)
        });
        all.collect()
    }

    /// Loads the templates into an engine whose filters and functions are registered already.
    ///
    /// A template goes by its path below `templates/`; where several themes have it, the nearest one wins, and `parent/base.html`
    /// names that of the theme `parent`.
    pub(super) fn load(&self, tera: &mut Tera, problems: &mut Vec<Diagnostic>) {
        let prefixes: Vec<String> = self.chain.iter().map(|theme| format!("{}/", theme.name)).collect();
        if let Err(error) = tera.set_fallback_prefixes(prefixes) {
            problems.push(self.diagnostic(&error, Code::TemplateSyntax, None));
        }
        let templates: Vec<(String, &str)> = self
            .chain
            .iter()
            .flat_map(|theme| {
                let texts = theme.texts.iter();
                texts.filter_map(|(path, source)| {
                    Some((format!("{}/{}", theme.name, path.strip_prefix("templates/")?), &*source.text))
                })
            })
            .collect();
        // One by one first, so that every template's own mistakes are found and not only those of the first.
        let before = problems.len();
        for (name, text) in &templates {
            if let Err(error) = Tera::new().add_raw_template(name, text)
                && matches!(error.kind(), ErrorKind::SyntaxError(_))
            {
                problems.push(self.diagnostic(&error, Code::TemplateSyntax, None));
            }
        }
        if problems.len() == before
            && let Err(error) = tera.add_raw_templates(templates)
        {
            problems.extend(self.reports(&error));
        }
    }

    /// What is wrong, at the place in the template.
    pub(super) fn diagnostic(&self, error: &tera::Error, code: Code, page: Option<&str>) -> Diagnostic {
        let hint = |diagnostic: Diagnostic| match page {
            Some(page) => diagnostic.hint(format!("seen while rendering {page}")),
            None => diagnostic,
        };
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let span = report.span();
                let place = self.place(
                    report.filename(),
                    (span.start_line, span.start_col + 1),
                    (span.end_line, span.end_col + 1),
                );
                let message = report.message().lines().next().unwrap_or_default().trim_end_matches('.').to_owned();
                let missing_word = message.contains(super::functions::NO_STRING);
                let code = if missing_word { Code::MissingString } else { code };
                hint(Diagnostic::new(code, place, message))
            }
            ErrorKind::TemplateNotFound(name) | ErrorKind::MissingParent { parent: name, .. } => {
                let names = self
                    .chain
                    .iter()
                    .flat_map(|theme| theme.texts.keys())
                    .filter_map(|path| path.strip_prefix("templates/"));
                let place = match error.kind() {
                    ErrorKind::MissingParent { current, .. } => self.place(current, (1, 1), (1, 1)),
                    _ => self.root(),
                };
                let diagnostic =
                    Diagnostic::new(Code::MissingTemplate, place, format!("there is no template \"{name}\""));
                hint(diagnostic.maybe_hint(diagnostics::did_you_mean(name, names)))
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                let message = format!("the template \"{tpl}\" extends or includes itself");
                hint(Diagnostic::new(Code::TemplateSyntax, self.place(tpl, (1, 1), (1, 1)), message))
            }
            _ => hint(Diagnostic::new(code, self.root(), error.to_string().lines().next().unwrap_or_default())),
        }
    }

    /// The engine reports all missing filters, functions and templates in one text; here they come apart again.
    fn reports(&self, error: &tera::Error) -> Vec<Diagnostic> {
        let ErrorKind::Msg(message) = error.kind() else {
            return vec![self.diagnostic(error, Code::TemplateSyntax, None)];
        };
        let reports = message.split("\n\n").filter_map(|report| {
            let mut lines = report.lines();
            let what = lines.next()?.strip_prefix("error: ")?;
            let place = lines.next()?.trim_start().strip_prefix("--> ")?;
            let mut parts = place.rsplitn(3, ':');
            let column: usize = parts.next()?.parse().ok()?;
            let line: usize = parts.next()?.parse().ok()?;
            let width = lines.last().map_or(1, |carets| carets.matches('^').count());
            let place = self.place(parts.next()?, (line, column), (line, column + width));
            Some(Diagnostic::new(Code::TemplateSyntax, place, what.replace('`', "\"")))
        });
        let reports: Vec<Diagnostic> = reports.collect();
        if reports.is_empty() { vec![self.diagnostic(error, Code::TemplateSyntax, None)] } else { reports }
    }

    fn root(&self) -> Place {
        let name = self.chain.first().map_or("", |theme| &theme.name);
        Place { path: format!("{THEMES}/{name}").into(), span: Span::default() }
    }

    /// The place of lines and columns (from 1) in a template that is named as the engine knows it.
    fn place(&self, template: &str, start: (usize, usize), end: (usize, usize)) -> Place {
        let (name, inner) = template.split_once('/').unwrap_or(("", template));
        let path = format!("{THEMES}/{name}/templates/{inner}");
        let Some(source) = self.text(&path) else { return Place { path: path.into(), span: Span::default() } };
        let start = text::offset_of(&source.text, start.0, start.1);
        let end = text::offset_of(&source.text, end.0, end.1).max(start);
        source.place(Span::new(start..end))
    }
}
