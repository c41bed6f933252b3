//! Reads typed values from TOML tables, and reports values of the wrong type.
//!
//! In: tables with spans. Out: Rust values. Every mistake becomes a diagnostic, and reading continues.

use crate::diagnostics::{self, Change, Code, Diagnostic, Hint};
use crate::locale::{Lang, Language, Languages, LocalText};
use crate::table::{Data, Entry, SyntaxError, Table, Value};
use crate::text::{SourceText, Span, is_hidden};

/// Reads the tables of one file.
pub struct Reader<'a> {
    /// The file.
    pub source: &'a SourceText,
    /// The languages of the site.
    pub languages: &'a Languages,
    /// The diagnostics so far.
    pub problems: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// A reader of a file, without diagnostics.
    pub fn new(source: &'a SourceText, languages: &'a Languages) -> Self {
        Self { source, languages, problems: Vec::new() }
    }

    /// A diagnostic at a span of this file. It is not reported yet, so that the caller can add hints.
    pub fn problem(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.source.place(span), message)
    }

    /// Reports a diagnostic.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.problems.push(diagnostic);
    }

    /// Reports errors in the syntax of the file.
    pub fn syntax(&mut self, errors: Vec<SyntaxError>) {
        for error in errors {
            let mut problem = self.problem(error.code, error.span, error.message).maybe_hint(error.hint);
            if let Some(first) = error.first {
                problem = problem.note(self.source.place(first), "the first one is here");
            }
            self.report(problem);
        }
    }

    /// Reports `expected …, found …`.
    pub fn wrong_type(&mut self, value: &Value, expected: &str) {
        let message = format!("expected {expected}, found {}", value.data.name());
        self.report(self.problem(Code::WrongType, value.span, message));
    }

    /// A string.
    pub fn text(&mut self, value: &Value) -> Option<Box<str>> {
        match &value.data {
            Data::Text(text) => Some(text.clone()),
            _ => {
                self.wrong_type(value, "a text");
                None
            }
        }
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, value: &Value) -> Option<bool> {
        match value.data {
            Data::Boolean(boolean) => Some(boolean),
            _ => {
                let text = value.as_text().map(str::to_lowercase);
                let mend = match text.as_deref() {
                    Some("true" | "yes" | "on" | "oui") => Some("true"),
                    Some("false" | "no" | "off" | "non") => Some("false"),
                    _ => None,
                };
                let mend = mend.map(|word| Hint {
                    text: format!("write {word}, without quotation marks"),
                    ..Hint::write(value.span, word)
                });
                let message = format!("expected true or false, found {}", value.data.name());
                let problem = self.problem(Code::WrongType, value.span, message);
                self.report(problem.maybe_hint(mend));
                None
            }
        }
    }

    /// A whole number.
    pub fn integer(&mut self, value: &Value) -> Option<i64> {
        match value.data {
            Data::Integer(integer) => Some(integer),
            _ => {
                self.wrong_type(value, "an integer");
                None
            }
        }
    }

    /// A finite number, whole or not.
    pub fn number(&mut self, value: &Value) -> Option<f64> {
        match value.as_number() {
            Some(number) if number.is_finite() => Some(number),
            Some(_) => {
                let message = "the number is infinite or undefined, where digits are expected";
                self.report(self.problem(Code::WrongType, value.span, message));
                None
            }
            None => {
                self.wrong_type(value, "a number");
                None
            }
        }
    }

    /// A table.
    pub fn table<'v>(&mut self, value: &'v Value) -> Option<&'v Table> {
        match &value.data {
            Data::Table(table) => Some(table),
            _ => {
                self.wrong_type(value, "a table");
                None
            }
        }
    }

    /// A list.
    pub fn array<'v>(&mut self, value: &'v Value) -> Option<&'v [Value]> {
        match &value.data {
            Data::Array(items) => Some(items),
            _ => {
                self.wrong_type(value, "a list");
                None
            }
        }
    }

    /// A list of strings. Other items are reported and left out.
    pub fn texts(&mut self, value: &Value) -> Vec<(Box<str>, Span)> {
        let items = self.array(value).unwrap_or_default();
        items.iter().filter_map(|item| Some((self.text(item)?, item.span))).collect()
    }

    /// A text for people in one language. A character in it that nobody sees is reported.
    pub fn words(&mut self, value: &Value) -> Option<Box<str>> {
        let text = self.text(value)?;
        if let Some(char) = text.chars().find(|char| is_hidden(*char)) {
            let message = format!("the text contains the invisible character U+{:04X}", u32::from(char));
            let problem = self.problem(Code::HiddenCharacter, value.span, message);
            self.report(problem.hint("delete the text and write it again"));
        }
        Some(text)
    }

    /// A text for people: `"…"` in the default language, or `{ fr = "…", en = "…" }`.
    pub fn localised(&mut self, value: &Value) -> Option<LocalText> {
        match &value.data {
            Data::Text(_) => self.words(value).map(LocalText::only_default),
            Data::Table(table) => {
                let mut texts = LocalText::default();
                for entry in &table.entries {
                    let lang = self.language(entry);
                    let text = self.words(&entry.value);
                    if let (Some(lang), Some(text)) = (lang, text) {
                        texts.set(lang, text);
                    }
                }
                if texts.exactly(Lang::DEFAULT).is_none() && !texts.is_empty() {
                    let default = self.languages.tag(Lang::DEFAULT);
                    let message = format!("the text is missing in the default language, \"{default}\"");
                    let line = Change::Line(format!("{default} = \"\""));
                    let hint = Hint::mend(format!("add: {default} = \"…\""), format!("Add \"{default}\""), line);
                    self.report(self.problem(Code::MissingField, value.span, message).hint(hint));
                }
                Some(texts)
            }
            _ => {
                self.wrong_type(value, "a text, or a table of texts by language");
                None
            }
        }
    }

    /// The language whose tag is this key.
    pub fn language(&mut self, entry: &Entry) -> Option<Lang> {
        let lang = self.languages.find(&entry.key);
        if lang.is_none() {
            let message = format!("\"{}\" is not one of the site's languages", entry.key);
            let hint = format!("the languages are {}", diagnostics::list_all(self.languages.tags()));
            let is_tag = Language::parse(&entry.key).is_some();
            let code = if is_tag { Code::UndeclaredLanguage } else { Code::UnknownKey };
            self.report(self.problem(code, entry.key_span, message).hint(hint));
        }
        lang
    }

    /// Reports a key that is not allowed. The hint is the allowed key that resembles it, or else all allowed keys.
    /// `owner` is what the table describes, with its article: `a type`.
    pub fn unknown_key<'k>(&mut self, entry: &Entry, owner: &str, allowed: impl IntoIterator<Item = &'k str> + Clone) {
        let message = format!("{owner} has no key \"{}\"", entry.key);
        let hint = diagnostics::did_you_mean(&entry.key, allowed.clone())
            .unwrap_or_else(|| format!("its keys are {}", diagnostics::list_all(allowed)).into());
        let problem = self.problem(Code::UnknownKey, entry.key_span, message).hint(hint);
        self.report(problem.fix(format!("Delete \"{}\"", entry.key), self.deletion(entry)));
    }

    /// The change that deletes a key with its value.
    pub fn deletion(&self, entry: &Entry) -> Change {
        let end = entry.value.span.end.max(entry.key_span.end);
        Change::Delete(Span { start: entry.key_span.start, end })
    }

    /// Reports every key of the table that is not allowed.
    pub fn unknown_keys(&mut self, table: &Table, owner: &str, allowed: &[&str]) {
        for entry in &table.entries {
            if !allowed.contains(&&*entry.key) {
                self.unknown_key(entry, owner, allowed.iter().copied());
            }
        }
    }

    /// Reports a required key that is missing. `example` is a line of TOML that has it.
    pub fn missing(&mut self, span: Span, owner: &str, key: &str, example: &str) {
        let diagnostic = self.problem(Code::MissingField, span, format!("{owner} needs \"{key}\""));
        // Some examples are two, or only a value.
        let is_line = example.split_once(" = ").is_some_and(|(key, _)| !key.contains(['.', '{']))
            && !example.contains(['…', ',']);
        self.report(diagnostic.hint(if is_line { Hint::add(example) } else { format!("add: {example}").into() }));
    }
}
