//! The site's configuration.
//!
//! In: the text of `site.toml`. Out: a [`Config`] and diagnostics. Values that can't be used are replaced by defaults.

use crate::diagnostics::{self, Code, Diagnostic, Hint};
use crate::locale::{Lang, Language, Languages, LocalText};
use crate::reader::Reader;
use crate::table::{self, Data, Table, Value};
use crate::text::{Place, SourceText, Span};
use crate::url;
use crate::warnings::Rules;

pub use crate::url::BaseUrl;

/// The path of the configuration, in the root of a site.
pub const FILE: &str = "site.toml";

/// The values of `site.toml`.
#[derive(Debug, Clone)]
pub struct Config {
    /// The site's name.
    pub title: LocalText,
    /// The site, described in a sentence.
    pub description: LocalText,
    /// The address at which the site is published.
    pub base_url: BaseUrl,
    /// The languages, the default language first.
    pub languages: Languages,
    /// The theme's name.
    pub theme: String,
    /// The position of the theme's name.
    pub theme_place: Place,
    /// The menu.
    pub menu: Vec<MenuItem>,
    /// The address at which a file can be edited, with `{path}` as the placeholder for the file's path.
    pub edit_url: Option<String>,
    /// The e-mail address to which readers write.
    pub contact: Option<Box<str>>,
    /// The number of entities on one page of an index, from 1 to 10000.
    pub page_size: usize,
    /// The age from which a verification is stale.
    pub stale_after: Option<jiff::Span>,
    /// The position of `history = true`; none if the history of the content is not wanted.
    pub history: Option<Place>,
    /// The treatment of raw HTML in prose.
    pub html: RawHtml,
    /// Whether names of files must be possible on all systems.
    pub portable_names: bool,
    /// The path of the map outline below the content folder, and the position of that path in `site.toml`.
    pub outline: Option<(Box<str>, Place)>,
    /// The names that do not become links by themselves.
    pub autolink_stop: Vec<Box<str>>,
    /// The treatment of warnings.
    pub warnings: Rules,
    /// Parameters for the theme: the file, and the unparsed value. The theme declares what they are.
    pub params: Option<(SourceText, Value)>,
    /// Whether the file has the key `languages`. Without it, languages in the content are not checked: every error
    /// would repeat that the key is missing.
    pub has_languages: bool,
}

/// An entry of the menu.
#[derive(Debug, Clone)]
pub enum MenuItem {
    /// The id of a type or the path of a page, and its position.
    Page(Box<str>, Place),
    /// A link to a type or a page with more keys.
    To(Box<MenuLink>),
    /// A link to another site.
    Link(LocalText, Box<str>),
    /// Several entries under a label. None of them is a group.
    Group(LocalText, Vec<MenuItem>),
}

/// An entry of the menu that leads to a type or a page. What its keys `where` and `view` mean, the schema says, which is read
/// later.
#[derive(Debug, Clone)]
pub struct MenuLink {
    /// The id of a type or the path of a page.
    pub to: Box<str>,
    /// The position of that name.
    pub place: Place,
    /// The text of the link; if it is empty, the title of the page.
    pub label: LocalText,
    /// The file.
    pub source: SourceText,
    /// The table of the entry.
    pub value: Value,
}

/// The treatment of raw HTML in prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawHtml {
    /// It is escaped, so that readers see the tags as text.
    Escape,
    /// It is published without the elements and attributes that could do harm.
    Sanitize,
}

const KEYS: &[&str] = &[
    "title",
    "description",
    "base_url",
    "languages",
    "theme",
    "menu",
    "edit_url",
    "contact",
    "page_size",
    "stale_after",
    "history",
    "html",
    "portable_names",
    "map",
    "autolink",
    "warnings",
    "params",
];

impl Config {
    /// The types and pages in the menu and in its groups: each name with its position.
    pub(crate) fn menu_pages(&self) -> impl Iterator<Item = (&str, &Place)> {
        let items = self.menu.iter().flat_map(|item| match item {
            MenuItem::Group(_, items) => items.as_slice(),
            item => std::slice::from_ref(item),
        });
        items.filter_map(|item| match item {
            MenuItem::Page(name, place) => Some((&**name, place)),
            MenuItem::To(link) => Some((&*link.to, &link.place)),
            _ => None,
        })
    }

    /// The path of `base_url`, without a slash at the end: empty for a site at the root of its host.
    pub fn base_path(&self) -> &str {
        self.base_url.path()
    }

    /// The address of a file of the content folder, without the host.
    pub(crate) fn file_address(&self, file: &str) -> String {
        format!("{}{}", self.base_path(), url::encoded(&format!("/{file}")))
    }

    fn with_defaults(source: &SourceText, languages: Languages) -> Self {
        Self {
            title: LocalText::default(),
            description: LocalText::default(),
            base_url: BaseUrl::local(),
            languages,
            theme: String::from("atlas"),
            theme_place: source.place(Span::default()),
            menu: Vec::new(),
            edit_url: None,
            contact: None,
            page_size: 60,
            stale_after: None,
            history: None,
            html: RawHtml::Escape,
            portable_names: true,
            outline: None,
            autolink_stop: Vec::new(),
            warnings: Rules::default(),
            params: None,
            has_languages: false,
        }
    }
}

/// Reads `site.toml`.
pub fn read(source: &SourceText) -> (Config, Vec<Diagnostic>) {
    let (table, errors) = table::parse(&source.text, 0);
    let no_languages = Languages::default();
    let mut reader = Reader::new(source, &no_languages);
    reader.syntax(errors);
    let languages = languages(&mut reader, &table);
    let problems = reader.problems;
    let mut reader = Reader { problems, ..Reader::new(source, &languages) };
    let mut config = Config::with_defaults(source, languages.clone());
    config.has_languages = table.get("languages").is_some();
    reader.unknown_keys(&table, "site.toml", KEYS);
    for entry in &table.entries {
        read_entry(&mut reader, &mut config, &entry.key, &entry.value);
    }
    if table.get("title").is_none() {
        reader.missing(Span::default(), "site.toml", "title", "title = \"The name of the site\"");
    }
    if table.get("base_url").is_none() {
        reader.missing(Span::default(), "site.toml", "base_url", "base_url = \"https://example.org\"");
    }
    // A syntax error may hide a key that is there.
    if reader.problems.iter().any(|problem| problem.code == Code::TomlSyntax) {
        reader.problems.retain(|problem| problem.code != Code::MissingField);
    }
    (config, reader.problems)
}

fn languages(reader: &mut Reader<'_>, table: &Table) -> Languages {
    let Some(value) = table.get("languages") else {
        reader.missing(Span::default(), "site.toml", "languages", "languages = [\"en\"]");
        return Languages::default();
    };
    let mut languages: Vec<Language> = Vec::new();
    for (tag, span) in reader.texts(value) {
        let Some(language) = Language::parse(&tag) else {
            let problem = reader.problem(Code::BadConfig, span, format!("\"{tag}\" is not a language tag"));
            reader.report(problem.hint("write a language tag (BCP 47) such as \"fr\", \"en\" or \"pt-BR\""));
            continue;
        };
        if languages.contains(&language) {
            let problem = reader.problem(Code::BadConfig, span, format!("the language \"{tag}\" is listed twice"));
            reader.report(problem.hint("delete one of them"));
        } else {
            languages.push(language);
        }
    }
    if languages.is_empty() {
        let problem = reader.problem(Code::BadConfig, value.span, "a site needs at least one language");
        reader.report(problem.hint("write its tag: languages = [\"en\"]"));
    }
    if languages.len() > 64 {
        reader.report(reader.problem(Code::BadConfig, value.span, "a site can have at most 64 languages"));
        languages.truncate(64);
    }
    Languages::new(languages)
}

fn read_entry(reader: &mut Reader<'_>, config: &mut Config, key: &str, value: &Value) {
    match key {
        "title" => config.title = reader.localised(value).unwrap_or_default(),
        "description" => config.description = reader.localised(value).unwrap_or_default(),
        "base_url" => {
            if let Some(text) = reader.text(value) {
                match BaseUrl::parse(&text) {
                    Ok(url) => config.base_url = url,
                    Err(message) => {
                        let is_bare = !text.contains("://") && text.contains('.');
                        let hint = is_bare
                            .then(|| Hint::write(value.span, &format!("\"https://{}\"", text.trim_start_matches('/'))));
                        reader.report(reader.problem(Code::BadUrl, value.span, message).maybe_hint(hint));
                    }
                }
            }
        }
        "theme" => {
            config.theme_place = reader.source.place(value.span);
            if let Some(text) = reader.text(value) {
                config.theme = text.into();
            }
        }
        "menu" => config.menu = menu(reader, value, true),
        "edit_url" => config.edit_url = edit_url(reader, value),
        "contact" => config.contact = contact(reader, value),
        "page_size" => match reader.integer(value) {
            Some(size @ 1..=10_000) => config.page_size = size as usize,
            Some(size) => {
                let message = format!("page_size can't be {size}");
                reader.report(
                    reader.problem(Code::OutOfRange, value.span, message).hint("write a number from 1 to 10000"),
                );
            }
            None => {}
        },
        "stale_after" => config.stale_after = age(reader, value),
        "history" => {
            let is_wanted = reader.boolean(value) == Some(true);
            config.history = is_wanted.then(|| reader.source.place(value.span));
        }
        "html" => match reader.text(value).as_deref() {
            Some("escape") => config.html = RawHtml::Escape,
            Some("sanitize") => config.html = RawHtml::Sanitize,
            Some(other) => {
                let problem = reader.problem(Code::NotAChoice, value.span, format!("html can't be \"{other}\""));
                reader.report(problem.hint(format!("write {}", diagnostics::list(["escape", "sanitize"]))));
            }
            None => {}
        },
        "portable_names" => config.portable_names = reader.boolean(value).unwrap_or(true),
        "warnings" => config.warnings = Rules::read(reader, value),
        "autolink" => config.autolink_stop = autolink_stop(reader, value),
        "map" => config.outline = outline(reader, value),
        "params" if reader.table(value).is_some() => config.params = Some((reader.source.clone(), value.clone())),
        _ => {}
    }
}

/// Reads a list of entries of the menu. `groups` says whether there can be groups among them.
fn menu(reader: &mut Reader<'_>, value: &Value, groups: bool) -> Vec<MenuItem> {
    let items = reader.array(value).unwrap_or_default();
    items.iter().filter_map(|item| menu_item(reader, item, groups)).collect()
}

/// Reads `"actors"`, `{ to = "actors", where = { … } }`, `{ label = "…", url = "https://…" }` or `{ label = "…", items = […] }`.
fn menu_item(reader: &mut Reader<'_>, value: &Value, groups: bool) -> Option<MenuItem> {
    let table = match &value.data {
        Data::Text(text) => return Some(MenuItem::Page(text.clone(), reader.source.place(value.span))),
        Data::Table(table) => table,
        _ => {
            reader.wrong_type(value, "the id of a type, the path of a page, or a table");
            return None;
        }
    };
    if let Some(to) = table.get("to") {
        reader.unknown_keys(table, "an entry of the menu with \"to\"", &["to", "where", "view", "label"]);
        let label = table.get("label").and_then(|label| reader.localised(label)).unwrap_or_default();
        let (name, place) = (reader.text(to)?, reader.source.place(to.span));
        let link = MenuLink { to: name, place, label, source: reader.source.clone(), value: value.clone() };
        return Some(MenuItem::To(Box::new(link)));
    }
    reader.unknown_keys(
        table,
        "an entry of the menu",
        if groups { &["to", "label", "url", "items"] } else { &["to", "label", "url"] },
    );
    let Some(label) = table.get("label") else {
        reader.missing(value.span, "an entry of the menu", "label", "label = \"The text of the link\"");
        return None;
    };
    let label = reader.localised(label)?;
    match (table.get("url"), table.get("items").filter(|_| groups)) {
        (Some(address), None) => Some(MenuItem::Link(label, url::read(reader, address)?)),
        (None, Some(items)) => Some(MenuItem::Group(label, menu(reader, items, false))),
        (Some(_), Some(items)) => {
            let problem =
                reader.problem(Code::BadConfig, items.span, "an entry of the menu has an address and entries");
            reader.report(problem.hint("write \"url\" for a link to another site, or \"items\" for a group"));
            None
        }
        (None, None) => {
            let example = if groups {
                "url = \"https://example.org\", or items = [\"about\"]"
            } else {
                "url = \"https://example.org\""
            };
            reader.missing(value.span, "an entry of the menu", "url", example);
            None
        }
    }
}

fn edit_url(reader: &mut Reader<'_>, value: &Value) -> Option<String> {
    let text = reader.text(value)?;
    if !text.contains("{path}") {
        let problem = reader.problem(Code::BadConfig, value.span, "edit_url does not contain {path}");
        reader.report(problem.hint("write {path} in place of the file's path: https://example.org/edit/main/{path}"));
        return None;
    }
    if fluent_uri::Iri::parse(text.replace("{path}", "path")).is_err() || !text.starts_with("http") {
        reader.report(reader.problem(Code::BadUrl, value.span, "edit_url is not a complete address"));
        return None;
    }
    Some(text.into())
}

fn contact(reader: &mut Reader<'_>, value: &Value) -> Option<Box<str>> {
    let text = reader.text(value)?;
    if email_address::EmailAddress::is_valid(&text) {
        return Some(text);
    }
    let problem = reader.problem(Code::BadConfig, value.span, format!("\"{text}\" is not an e-mail address"));
    reader.report(problem.hint("write the address alone: contact = \"editors@example.org\""));
    None
}

/// The outline in `map = { outline = "geo/provinces.geojson" }`: its path below the content folder, and its position.
fn outline(reader: &mut Reader<'_>, value: &Value) -> Option<(Box<str>, Place)> {
    let table = reader.table(value)?;
    reader.unknown_keys(table, "the map", &["outline"]);
    let value = table.get("outline")?;
    let path = reader.text(value)?;
    Some((path.trim_start_matches('/').into(), reader.source.place(value.span)))
}

/// The names in `autolink = { stop = ["phase"] }`.
fn autolink_stop(reader: &mut Reader<'_>, value: &Value) -> Vec<Box<str>> {
    let Some(table) = reader.table(value) else { return Vec::new() };
    reader.unknown_keys(table, "autolink", &["stop"]);
    let names = table.get("stop").map(|names| reader.texts(names)).unwrap_or_default();
    names.into_iter().map(|(name, _)| name).collect()
}

/// Reads a duration such as `18 months`, `2 years`, `6 weeks` or `90 days`.
pub fn age(reader: &mut Reader<'_>, value: &Value) -> Option<jiff::Span> {
    let text = reader.text(value)?;
    let age = (|| {
        let (number, unit) = text.trim().split_once(' ')?;
        let number = number.parse::<i64>().ok().filter(|number| (1..10_000).contains(number))?;
        match unit.trim().trim_end_matches('s') {
            "day" => jiff::Span::new().try_days(number).ok(),
            "week" => jiff::Span::new().try_weeks(number).ok(),
            "month" => jiff::Span::new().try_months(number).ok(),
            "year" => jiff::Span::new().try_years(number).ok(),
            _ => None,
        }
    })();
    if age.is_none() {
        let problem = reader.problem(Code::BadConfig, value.span, format!("\"{text}\" is not a duration"));
        reader.report(problem.hint("write it as \"18 months\", \"2 years\", \"6 weeks\" or \"90 days\""));
    }
    age
}

impl Config {
    /// The site's title in a language, or else in the default language.
    pub fn title(&self, lang: Lang) -> &str {
        self.title.text(lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_may_have_a_path() {
        let source =
            SourceText::new(FILE, "title = \"T\"\nlanguages = [\"fr\"]\nbase_url = \"https://example.org/portal/\"\n");
        let (config, problems) = read(&source);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(config.base_url.as_str(), "https://example.org/portal");
        assert_eq!(config.base_path(), "/portal");
    }

    #[test]
    fn all_mistakes_are_reported_at_once() {
        let source = SourceText::new(
            FILE,
            "titel = 1\nlanguages = [\"français\"]\nbase_url = \"ftp://x\"\npage_size = 0\nhtml = \"yes\"\nstale_after = \"soon\"\nedit_url = \"https://x\"\n",
        );
        let codes: Vec<_> = read(&source).1.iter().map(|problem| problem.code.as_str()).collect();
        for code in ["unknown-key", "bad-config", "bad-url", "out-of-range", "not-a-choice", "missing-field"] {
            assert!(codes.contains(&code), "{code} is not in {codes:?}");
        }
    }
}
