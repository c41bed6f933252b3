//! Which warnings a site allows, and which it denies.
//!
//! In: the table `[warnings]` of `site.toml`. Out: [`Rules`], which leave warnings out or turn them into errors. All
//! diagnostics pass here once, between the stages that find them and the commands that show them.

use std::collections::BTreeMap;

use crate::diagnostics::{self, Code, Diagnostic, Severity};
use crate::locale::{Lang, Languages};
use crate::reader::Reader;
use crate::table::{Data, Entry, Value};
use crate::text::{Place, Span};

/// What a site decides about warnings, by their codes.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    by_code: BTreeMap<Code, Vec<Rule>>,
}

#[derive(Debug, Clone)]
struct Rule {
    level: Level,
    scope: Scope,
    place: Place,
}

/// What becomes of a warning. If several rules apply, the strictest one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Allow,
    Warn,
    Deny,
}

/// The files that a rule is about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Scope {
    Everywhere,
    /// The files of a type, by its id.
    Type(Box<str>),
    /// The files in a folder, by its path below the content folder, with a slash at the end.
    Folder(Box<str>),
    /// What is about a language.
    Language(Lang),
}

const LEVELS: [(&str, Level); 3] = [("allow", Level::Allow), ("warn", Level::Warn), ("deny", Level::Deny)];

impl Rules {
    /// Reads `[warnings]`.
    pub fn read(reader: &mut Reader<'_>, value: &Value) -> Self {
        let mut rules = Self::default();
        for entry in reader.table(value).map(|table| table.entries.as_slice()).unwrap_or_default() {
            if let Some(code) = code(reader, entry) {
                let list = read_rules(reader, &entry.value);
                rules.by_code.insert(code, list);
            }
        }
        rules
    }

    /// Reports types and folders that do not exist. `folders` tells whether a file is in a folder.
    pub fn check(&self, types: &[&str], folders: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let rules = self.by_code.values().flatten();
        let unknown = rules.filter_map(|rule| match &rule.scope {
            Scope::Type(id) if !types.contains(&&**id) => {
                let problem =
                    Diagnostic::new(Code::UnknownType, rule.place.clone(), format!("there is no type \"{id}\""));
                let hint = diagnostics::did_you_mean(id, types.iter().copied());
                Some(problem.hint(hint.unwrap_or_else(|| {
                    format!("write a type, a folder such as \"{id}/\", or a language such as \"@en\"").into()
                })))
            }
            Scope::Folder(folder) if !folders(folder) => {
                let message = format!("there is no file in the folder \"content/{folder}\"");
                Some(
                    Diagnostic::new(Code::BadConfig, rule.place.clone(), message)
                        .hint("correct the path, or delete it"),
                )
            }
            _ => None,
        });
        unknown.collect()
    }

    /// Leaves out the warnings that are allowed, and turns those that are denied into errors.
    pub fn apply(&self, languages: &Languages, diagnostics: &mut Vec<Diagnostic>) {
        if self.by_code.is_empty() {
            return;
        }
        diagnostics.retain_mut(|diagnostic| {
            let rules = self.by_code.get(&diagnostic.code).map(Vec::as_slice).unwrap_or_default();
            let applying = rules.iter().filter(|rule| rule.scope.contains(languages, diagnostic));
            match applying.map(|rule| rule.level).max() {
                Some(Level::Allow) => return false,
                Some(Level::Deny) => diagnostic.deny(),
                Some(Level::Warn) | None => {}
            }
            true
        });
    }
}

impl Scope {
    fn contains(&self, languages: &Languages, diagnostic: &Diagnostic) -> bool {
        let inner = || diagnostic.place.path.strip_prefix("content/");
        match self {
            Self::Everywhere => true,
            Self::Type(id) => {
                inner().and_then(|path| path.strip_prefix(&**id)).is_some_and(|rest| rest.starts_with('/'))
            }
            Self::Folder(folder) => inner().is_some_and(|path| path.starts_with(&**folder)),
            Self::Language(lang) => *lang == language(languages, diagnostic),
        }
    }
}

/// The language that a diagnostic is about: mostly that of its file.
fn language(languages: &Languages, diagnostic: &Diagnostic) -> Lang {
    let of_file = || {
        let (_, name) = diagnostic.place.path.rsplit_once('/')?;
        name.rsplit('.').nth(1)
    };
    let tag = diagnostic.language.as_deref().or_else(of_file);
    tag.and_then(|tag| languages.find(tag)).unwrap_or(Lang::DEFAULT)
}

/// The code that a key names, if it is that of a warning.
fn code(reader: &mut Reader<'_>, entry: &Entry) -> Option<Code> {
    let is_warning = |code: &Code| code.severity() == Severity::Warning;
    let (message, hint) = match Code::named(&entry.key) {
        Some(code) if is_warning(&code) => return Some(code),
        Some(code) => {
            let message = format!("\"{code}\" is the code of an error, which is always one");
            (message, "delete this line, and correct the content".into())
        }
        None => {
            let codes = Code::ALL.iter().copied().filter(is_warning).map(Code::as_str);
            let hint = diagnostics::did_you_mean(&entry.key, codes);
            let message = format!("there is no warning with the code \"{}\"", entry.key);
            (message, hint.unwrap_or_else(|| "`filiere explain` lists all codes".into()))
        }
    };
    reader.report(reader.problem(Code::BadConfig, entry.key_span, message).hint(hint));
    None
}

/// The rules for one code: `"allow"`, or a table of lists.
fn read_rules(reader: &mut Reader<'_>, value: &Value) -> Vec<Rule> {
    if let Data::Table(table) = &value.data {
        reader.unknown_keys(table, "a rule for warnings", &LEVELS.map(|(name, _)| name));
        let lists = LEVELS.into_iter().filter_map(|(name, level)| Some((level, table.get(name)?)));
        let mut rules = Vec::new();
        for (level, list) in lists {
            for (text, span) in reader.texts(list) {
                let place = reader.source.place(span);
                rules.extend(scope(reader, &text, span).map(|scope| Rule { level, scope, place }));
            }
        }
        return rules;
    }
    let level = value.as_text().and_then(|text| LEVELS.into_iter().find(|(name, _)| *name == text));
    if level.is_none() {
        let message = "this is not a rule for warnings";
        let hint = "write \"allow\", \"warn\" or \"deny\", or { allow = [\"a-type\", \"a/folder/\", \"@en\"] }";
        reader.report(reader.problem(Code::BadConfig, value.span, message).hint(hint));
    }
    let place = reader.source.place(value.span);
    level.map(|(_, level)| Rule { level, scope: Scope::Everywhere, place }).into_iter().collect()
}

/// What an item of a list names.
fn scope(reader: &mut Reader<'_>, text: &str, span: Span) -> Option<Scope> {
    if let Some(tag) = text.strip_prefix('@') {
        let lang = reader.languages.find(tag);
        if lang.is_none() {
            let message = format!("\"{tag}\" is not one of the site's languages");
            let hint = format!("the languages are {}", diagnostics::list_all(reader.languages.tags()));
            reader.report(reader.problem(Code::UndeclaredLanguage, span, message).hint(hint));
        }
        return lang.map(Scope::Language);
    }
    Some(if text.ends_with('/') { Scope::Folder(text.into()) } else { Scope::Type(text.into()) })
}
