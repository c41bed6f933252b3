//! A theme: templates, strings and files, its own and those of its ancestors (the themes that it extends).

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{ErrorKind, Tera};

use super::colours;
use super::parameters::{self, Parameter};
use super::sizes::Sizes;
use super::strings::Strings;
use super::widths::{self, Faces};
use crate::config::Config;
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::{Lang, Language, Languages};
use crate::model::{Ecosystem, Name};
use crate::reader::Reader;
use crate::schema::Schema;
use crate::source::{self, Asset, Bundle, THEMES, ThemeFiles};
use crate::table::{self, Value};
use crate::text::{Place, SourceText};

/// The theme's own file.
const FILE: &str = "theme.toml";

/// A theme with its ancestors; the theme itself comes first.
#[derive(Debug, Clone)]
pub struct Theme {
    pub(super) chain: Vec<ThemeFiles>,
    /// The bundles of each theme of the chain.
    bundles: Vec<Vec<Bundle>>,
    /// The settings, merged from the whole chain.
    pub settings: Settings,
    /// The parameters of the site.
    pub(crate) params: serde_json::Value,
}

/// The settings in `theme.toml`. A setting that a theme does not have is inherited from the theme that it extends.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Whether it has a full-text search, for which an index is published.
    pub search: Option<bool>,
    /// Whether a JSON file of each entity is published.
    pub records: Option<bool>,
    /// Whether the listing of each type is published, with which a browser filters the type's index.
    pub listings: Option<bool>,
    /// The Content Security Policy (level 3) of its pages.
    pub security_policy: Option<Box<str>>,
    /// The sizes of letters that drawings and style sheets share.
    pub sizes: Sizes,
    /// The widths of letters in drawings; estimates if no theme of the chain has the file.
    pub(crate) widths: Option<Arc<Faces>>,
    /// The parameters that a site can set.
    pub params: Vec<Parameter>,
    /// Its own bundles: files that are joined from several files. Bundles of other themes of the chain are not
    /// included.
    pub bundles: Vec<Bundle>,
}

impl Settings {
    fn or(self, other: Self) -> Self {
        let is_new = |parameter: &Parameter| !self.params.iter().any(|own| own.id == parameter.id);
        let inherited: Vec<Parameter> = other.params.into_iter().filter(is_new).collect();
        Self {
            params: self.params.into_iter().chain(inherited).collect(),
            search: self.search.or(other.search),
            records: self.records.or(other.records),
            listings: self.listings.or(other.listings),
            security_policy: self.security_policy.or(other.security_policy),
            sizes: self.sizes.or(other.sizes),
            widths: self.widths.or(other.widths),
            bundles: self.bundles,
        }
    }
}

/// The keys of `theme.toml`, and what each is.
pub const KEYS: [(&str, &str); 10] = [
    ("name", "the name of the theme"),
    ("description", "what the theme is for"),
    ("extends", "the theme whose settings, templates, strings and files this one inherits"),
    ("search", "whether the index of a full-text search is published"),
    ("records", "whether the data of each entity are published, as `/data/actors/novadip.json`"),
    ("listings", "whether the data to filter each index with are published, as `/data/index/actors.fr.json`"),
    ("security_policy", "the Content Security Policy, which is published in `_headers`"),
    ("params", "what a site can set in `[params]`"),
    ("sizes", "the sizes of letters in drawings, in pixels"),
    ("bundles", "files that are joined from several"),
];

/// Reads `theme.toml`. Out: the theme that this one extends, with the place of that key, and the settings.
pub fn settings(
    theme: &ThemeFiles,
    languages: &Languages,
    problems: &mut Vec<Diagnostic>,
) -> (Option<(Box<str>, Place)>, Settings) {
    let mut settings = Settings::default();
    let widths = theme.texts.get(widths::FILE).map(|source| Faces::read(source, languages, problems));
    settings.widths = widths.map(Arc::new);
    let Some(source) = theme.texts.get(FILE) else { return (None, settings) };
    let (table, errors) = table::parse(&source.text, 0);
    let mut reader = Reader::new(source, languages);
    reader.syntax(errors);
    reader.unknown_keys(&table, "theme.toml", &KEYS.map(|(key, _)| key));
    let extends = table.get("extends").and_then(|value: &Value| Some((reader.text(value)?, source.place(value.span))));
    settings.search = table.get("search").and_then(|value| reader.boolean(value));
    settings.records = table.get("records").and_then(|value| reader.boolean(value));
    settings.listings = table.get("listings").and_then(|value| reader.boolean(value));
    settings.security_policy = table.get("security_policy").and_then(|value| policy(&mut reader, value));
    if let Some(table) = table.get("sizes").and_then(|value| reader.table(value)) {
        settings.sizes = Sizes::read(&mut reader, table);
    }
    if let Some(table) = table.get("params").and_then(|value| reader.table(value)) {
        settings.params = parameters::read(&mut reader, table);
    }
    if let Some(table) = table.get("bundles").and_then(|value| reader.table(value)) {
        settings.bundles = source::bundles(&mut reader, table);
    }
    problems.extend(reader.problems);
    (extends, settings)
}

/// A policy is one line of an HTTP header, so it must not contain a line break.
fn policy(reader: &mut Reader<'_>, value: &Value) -> Option<Box<str>> {
    let text = reader.text(value)?;
    if text.chars().all(|char| char.is_ascii_graphic() || char == ' ') {
        return Some(text);
    }
    reader.report(reader.problem(
        Code::WrongType,
        value.span,
        "the security policy must be one line of ASCII characters",
    ));
    None
}

impl Theme {
    /// A theme from its files and settings and those of the themes that it extends, in that order.
    pub fn new(chain: Vec<ThemeFiles>, settings: Vec<Settings>) -> Self {
        let bundles = settings.iter().map(|settings| settings.bundles.clone()).collect();
        let settings = settings.into_iter().reduce(Settings::or).unwrap_or_default();
        Self { chain, bundles, settings, params: serde_json::Value::Null }
    }

    /// Reads and checks the parameters of the site. Out: the diagnostics, and the names of types, pages, entities and the
    /// like among the values.
    pub fn read_params(&mut self, ecosystem: &Ecosystem) -> (Vec<Diagnostic>, Vec<Name>) {
        let parameters = parameters::parameters(&self.settings.params, ecosystem);
        self.params = parameters.values;
        // The faces of the theme are not loaded, so nobody knows how wide letters are.
        if self.params["fonts"] == "system" {
            self.settings.widths = None;
        }
        (parameters.problems, parameters.names)
    }

    /// The files that the theme publishes. Style sheets that are bundles have the sizes of letters and the colours of
    /// the types at their end.
    pub fn assets(&self, schema: &Schema, problems: &mut Vec<Diagnostic>) -> Vec<Asset> {
        let themes = self.chain.iter().zip(self.bundles.iter().map(Vec::as_slice));
        source::assets(themes, &(self.settings.sizes.css() + &colours::css(schema)), problems)
    }

    /// The texts of the themes that are not built in: their settings, strings and templates.
    pub fn own_texts(&self) -> impl Iterator<Item = &SourceText> {
        self.chain.iter().filter(|theme| !theme.is_built_in).flat_map(|theme| theme.texts.values())
    }

    /// The parameters that the site does not set and that name a field or a relation by default: their keys, such as
    /// `period.start`, and the names.
    pub fn usual_names(&self, config: &Config) -> Vec<(String, &str)> {
        parameters::usual_names(&self.settings.params, config)
    }

    /// The keys of the strings of the theme and of those that it extends, in any language, each with its text in one of
    /// them: that of a language in `preferred` if it has it.
    pub fn words(&self, preferred: &[&str]) -> BTreeMap<String, String> {
        let mut words: BTreeMap<String, (usize, String)> = BTreeMap::new();
        for (path, source) in self.chain.iter().flat_map(|theme| &theme.texts) {
            let lang = path.strip_prefix("strings/").and_then(|name| name.strip_suffix(".toml"));
            let Some(lang) = lang else { continue };
            let rank = preferred.iter().position(|other| *other == lang).unwrap_or(preferred.len());
            for (key, text) in table::texts(&table::parse(&source.text, 0).0) {
                let entry = words.entry(key).or_insert_with(|| (usize::MAX, String::new()));
                if rank < entry.0 {
                    *entry = (rank, text.to_owned());
                }
            }
        }
        words.into_iter().map(|(key, (_, text))| (key, text)).collect()
    }

    /// The text of one of its files, for diagnostics.
    pub fn text(&self, path: &str) -> Option<SourceText> {
        let (name, inner) = path.strip_prefix(THEMES)?.trim_start_matches('/').split_once('/')?;
        self.chain.iter().find(|theme| &*theme.name == name)?.texts.get(inner).cloned()
    }

    /// The strings of each language. Missing strings come from the default language, then from English.
    pub(crate) fn strings(&self, languages: &Languages, problems: &mut Vec<Diagnostic>) -> Vec<Arc<Strings>> {
        let mut own = |language: &Language| {
            let mut strings = Strings::new(language);
            for theme in self.chain.iter().rev() {
                if let Some(source) = theme.texts.get(&*format!("strings/{}.toml", language.tag())) {
                    strings.read(source, problems);
                }
            }
            strings
        };
        let own_strings: Vec<Strings> = languages.all().map(|lang| own(languages.get(lang))).collect();
        let english = languages.find("en").map(|lang| own_strings[lang.index()].clone());
        let (english, default) =
            (english.unwrap_or_else(|| own(&Language::english())), own_strings[Lang::DEFAULT.index()].clone());
        let mut untranslated = Vec::new();
        let all = languages.all().zip(own_strings).map(|(lang, mut strings)| {
            let mut missing = strings.fill_from(&default);
            missing.extend(strings.fill_from(&english));
            untranslated.extend(self.untranslated(languages.tag(lang), &missing));
            Arc::new(strings)
        });
        let all = all.collect();
        problems.extend(untranslated);
        all
    }

    /// Loads the templates into an engine. Its filters and functions must be registered before.
    ///
    /// A template goes by its path below `templates/`; where several themes have it, the nearest one wins, and
    /// `parent/base.html` names that of the theme `parent`.
    pub(crate) fn load(&self, tera: &mut Tera, problems: &mut Vec<Diagnostic>) {
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
        let Err(error) = tera.add_raw_templates(templates.clone()) else { return };
        // The engine reports only the first template with errors, so each is parsed alone to find all of them.
        let before = problems.len();
        for (name, text) in &templates {
            if let Err(error) = Tera::new().add_raw_template(name, text)
                && matches!(error.kind(), ErrorKind::SyntaxError(_))
            {
                problems.push(self.diagnostic(&error, Code::TemplateSyntax, None));
            }
        }
        if problems.len() == before {
            problems.extend(self.reports(&error));
        }
    }
}
