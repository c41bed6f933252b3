//! The strings of a theme, by language: all words of a page that do not come from the content.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostics::{self, Code, Diagnostic};
use crate::locale::{FORMS, Formats, Language, Languages, Plurals};
use crate::reader::Reader;
use crate::table::{self, Data, Entry, Table, Value};
use crate::text::SourceText;
use crate::values::Amount;

/// The strings of one language. Missing strings are taken from the default language.
#[derive(Debug, Clone)]
pub(crate) struct Strings {
    words: BTreeMap<Box<str>, Word>,
    grammar: Arc<Grammar>,
    formats: Arc<Formats>,
}

#[derive(Debug, Clone)]
struct Word {
    text: Box<str>,
    /// The language of the word; not that of the page if the word is a fallback.
    grammar: Arc<Grammar>,
}

/// What is needed of a language to choose between the forms of a word.
#[derive(Debug)]
struct Grammar {
    tag: Box<str>,
    plurals: Plurals,
}

/// The plural forms of a word, for scripts that count.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Forms<'a> {
    /// The name of each form, and the words. `other` is always there.
    pub forms: Vec<(&'static str, &'a str)>,
    /// The tag of the language of the words, if they are borrowed from another language.
    pub lang: Option<&'a str>,
}

impl Strings {
    /// Creates an empty set of strings.
    pub(crate) fn new(language: &Language) -> Self {
        let grammar = Grammar { tag: language.tag().into(), plurals: language.plurals() };
        Self { words: BTreeMap::new(), grammar: Arc::new(grammar), formats: Arc::new(language.formats()) }
    }

    /// Reads `strings/LANG.toml`. Its strings replace earlier ones. Tables become dotted keys.
    pub(crate) fn read(&mut self, source: &SourceText, problems: &mut Vec<Diagnostic>) {
        let languages = Languages::default();
        let mut reader = Reader::new(source, &languages);
        let (table, errors) = table::parse(&source.text, 0);
        reader.syntax(errors);
        self.table(&mut reader, "", &table);
        problems.extend(reader.problems);
    }

    fn table(&mut self, reader: &mut Reader<'_>, prefix: &str, table: &Table) {
        for entry in &table.entries {
            let key = if prefix.is_empty() { entry.key.to_string() } else { format!("{prefix}.{}", entry.key) };
            if table.get(OTHER).is_some() {
                self.check_form(reader, entry);
            }
            match &entry.value.data {
                Data::Text(text) if key == FORMATS => self.read_formats(reader, &entry.value, text),
                Data::Text(text) => self.insert(key, text.clone()),
                Data::Table(inner) => self.table(reader, &key, inner),
                _ => reader.wrong_type(&entry.value, "a text"),
            }
        }
    }

    /// Reads the key `formats`: the locale whose numbers, dates and lists the language has.
    fn read_formats(&mut self, reader: &mut Reader<'_>, value: &Value, tag: &str) {
        match Formats::parse(tag) {
            Some(formats) => self.formats = Arc::new(formats),
            None => {
                let message = format!("\"{tag}\" is no language tag");
                let hint = "write a tag with a region, such as \"en-GB\"";
                reader.report(reader.problem(Code::WrongType, value.span, message).hint(hint));
            }
        }
    }

    /// Warns of a plural form that the language never uses.
    fn check_form(&self, reader: &mut Reader<'_>, entry: &Entry) {
        let forms = self.grammar.plurals.forms();
        if FORMS.contains(&&*entry.key) && !forms.contains(&&*entry.key) {
            let message = format!("this language never uses the plural form \"{}\"", entry.key);
            let hint = format!("use {}, or delete this form", diagnostics::list(forms));
            reader.report(reader.problem(Code::UnusedPluralForm, entry.key_span, message).hint(hint));
        }
    }

    /// A word without plural forms replaces earlier forms of the same key, and forms replace an earlier word without
    /// them.
    fn insert(&mut self, key: String, text: Box<str>) {
        if let Some(plain) = plain_of(&key) {
            self.words.remove(plain);
        } else {
            FORMS.iter().for_each(|form| drop(self.words.remove(format!("{key}.{form}").as_str())));
        }
        self.words.insert(key.into(), Word { text, grammar: self.grammar.clone() });
    }

    /// Adds the strings that are missing here from another language, except the name of the language. The formats of
    /// quantities are taken from one language as a group, and so are the plural forms of a word.
    ///
    /// Out: the keys that were missing.
    pub(crate) fn fill_from(&mut self, other: &Self) -> Vec<Box<str>> {
        let of_quantities = |key: &str| key.starts_with("number.");
        let has_quantities = self.words.keys().any(|key| of_quantities(key));
        let missing = other.words.iter().filter(|(key, _)| {
            let plain = plain_of(key).unwrap_or(key);
            let has_word = self.words.contains_key(plain) || FORMS.iter().any(|form| self.form(plain, form).is_some());
            !(has_word || &***key == NAME || has_quantities && of_quantities(key))
        });
        let missing: Vec<_> = missing.map(|(key, word)| (key.clone(), word.clone())).collect();
        let keys = missing.iter().map(|(key, _)| key.clone()).collect();
        self.words.extend(missing);
        keys
    }

    fn form(&self, plain: &str, form: &str) -> Option<&Word> {
        self.words.get(format!("{plain}.{form}").as_str())
    }

    /// The string of a key. If a plural form is missing, the word without forms or the form `other` is used.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.word(key).map(|word| &*word.text)
    }

    fn word(&self, key: &str) -> Option<&Word> {
        let of_form = || {
            let plain = plain_of(key)?;
            self.words.get(plain).or_else(|| self.form(plain, OTHER))
        };
        self.words.get(key).or_else(of_form)
    }

    /// The string of a key in the plural form of a number, such as `key.few`, with the number in place of `{count}`.
    ///
    /// If the form is missing, the form `other` is used.
    pub(crate) fn counted(&self, key: &str, count: u64) -> Option<String> {
        let other = self.form(key, OTHER).or_else(|| self.words.get(key))?;
        let text = &self.form(key, other.grammar.plurals.form(count)).unwrap_or(other).text;
        Some(text.replace("{count}", &self.formats.number(&count.to_string())))
    }

    /// All plural forms of a word that the strings have, for scripts that count. A word without forms has them as
    /// `other`.
    pub(crate) fn forms(&self, key: &str) -> Option<Forms<'_>> {
        let other = self.word(&format!("{key}.{OTHER}"))?;
        let forms = FORMS.into_iter().filter(|form| *form != OTHER);
        let forms = forms.filter_map(|form| Some((form, &*self.form(key, form)?.text)));
        let is_borrowed = other.grammar.tag != self.grammar.tag;
        Some(Forms {
            forms: forms.chain([(OTHER, &*other.text)]).collect(),
            lang: is_borrowed.then_some(&*other.grammar.tag),
        })
    }

    /// A number with the separators of the language.
    pub(crate) fn number(&self, number: Amount) -> String {
        match number {
            Amount::Integer(integer) => self.formats.number(&integer.to_string()),
            // Zero has no sign.
            Amount::Float(number) => self.formats.number(&(number + 0.0).to_string()),
        }
    }

    /// How the language writes numbers, dates and lists.
    pub(crate) fn formats(&self) -> &Formats {
        &self.formats
    }

    /// A number with its unit. `%` and the currencies that `number.currency` lists by their ISO 4217 code follow the
    /// patterns `number.percent` and `number.money`; every other unit comes after its number. In short, round sums of
    /// money are written in millions (`number.million`) or billions (`number.billion`): those that need no more than
    /// two decimals, so that nothing is rounded.
    pub(crate) fn quantity(&self, number: Amount, unit: &str, short: bool) -> String {
        let filled = |pattern: &str, number: Amount| pattern.replace("{number}", &self.number(number));
        if unit == "%" {
            return filled(self.get("number.percent").unwrap_or("{number}\u{a0}%"), number);
        }
        let Some(currency) = self.get(&format!("number.currency.{unit}")) else {
            let space = if unit.is_empty() { "" } else { "\u{a0}" };
            return format!("{}{space}{unit}", self.number(number));
        };
        let steps = [("number.billion", 1e9), ("number.million", 1e6)];
        let value = number.value();
        let rounded = steps.into_iter().filter(|(_, step)| short && value.abs() >= *step).find_map(|(key, step)| {
            let hundredths = value / step * 100.0;
            let is_exact = (hundredths - hundredths.round()).abs() < 1e-6;
            Some((self.get(key)?, Amount::Float(hundredths.round() / 100.0))).filter(|_| is_exact)
        });
        let (pattern, number) =
            rounded.unwrap_or((self.get("number.money").unwrap_or("{number}\u{a0}{currency}"), number));
        filled(pattern, number).replace("{currency}", currency)
    }
}

/// The key of the name of the language, in the language itself.
const NAME: &str = "language";

/// The key of the locale whose formats are used.
const FORMATS: &str = "formats";

/// The plural category that every language has.
const OTHER: &str = "other";

/// The key of a word, from the key of one of its plural forms.
fn plain_of(key: &str) -> Option<&str> {
    key.rsplit_once('.').filter(|(_, form)| FORMS.contains(form)).map(|(plain, _)| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(tag: &str, text: &str) -> Strings {
        let mut strings = Strings::new(&Language::parse(tag).unwrap());
        let mut problems = Vec::new();
        strings.read(&SourceText::new("x", text), &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        strings
    }

    fn french() -> Strings {
        let text = "[results]\none = \"{count} résultat\"\nother = \"{count} résultats\"\n";
        words("fr", text)
    }

    #[test]
    fn numbers_follow_the_language() {
        let strings = french();
        assert_eq!(strings.number(Amount::Float(92_550_500.0)), "92\u{202f}550\u{202f}500");
        assert_eq!(strings.number(Amount::Float(1800.0)), "1\u{202f}800");
        assert_eq!(strings.number(Amount::Float(999.0)), "999");
        assert_eq!(strings.number(Amount::Float(13.6)), "13,6");
        assert_eq!(strings.number(Amount::Float(-12345.25)), "−12\u{202f}345,25");
        assert_eq!(strings.number(Amount::Float(-0.0)), "0");
        assert_eq!(strings.number(Amount::Float(4e-7)), "0,0000004");
        assert_eq!(
            strings.number(Amount::Integer(9_007_199_254_740_993)),
            "9\u{202f}007\u{202f}199\u{202f}254\u{202f}740\u{202f}993"
        );
    }

    #[test]
    fn quantities_follow_the_language() {
        let mut strings = french();
        let text = "[number]\nmoney = \"{number} {currency}\"\nmillion = \"{number} M{currency}\"\nbillion = \"{number} Md{currency}\"\ncurrency.EUR = \"€\"\n";
        strings.read(&SourceText::new("x", text), &mut Vec::new());
        let short = |number: f64, unit| strings.quantity(number.into(), unit, true);
        assert_eq!(short(81_000_000.0, "EUR"), "81 M€");
        assert_eq!(short(7_100_000_000.0, "EUR"), "7,1 Md€");
        assert_eq!(short(92_550_500.0, "EUR"), "92\u{202f}550\u{202f}500 €");
        assert_eq!(short(9_400_000.0, "EUR"), "9,4 M€");
        assert_eq!(short(81_000_000.0, "XBT"), "81\u{202f}000\u{202f}000\u{a0}XBT");
        assert_eq!(short(470.0, "emplois"), "470\u{a0}emplois");
        assert_eq!(short(13.6, "%"), "13,6\u{a0}%");
        assert_eq!(short(3.0, ""), "3");
        assert_eq!(strings.quantity(81_000_000.0.into(), "EUR", false), "81\u{202f}000\u{202f}000 €");
    }

    #[test]
    fn a_region_decides_on_formats() {
        assert_eq!(words("en", "").formats().date("2024-01-17"), "January 17, 2024");
        assert_eq!(words("en", "formats = \"en-GB\"\n").formats().date("2024-01-17"), "17 January 2024");
        let mut problems = Vec::new();
        words("en", "").read(&SourceText::new("x", "formats = \"English\"\n"), &mut problems);
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn a_language_never_borrows_its_name() {
        let mut english = words("en", "");
        english.fill_from(&words("fr", "language = \"Français\"\n"));
        assert_eq!(english.get("language"), None);
    }

    #[test]
    fn zero_is_singular_in_french() {
        let strings = french();
        assert_eq!(strings.counted("results", 0).unwrap(), "0 résultat");
        assert_eq!(strings.counted("results", 2).unwrap(), "2 résultats");
    }

    #[test]
    fn words_have_the_forms_of_their_language() {
        let polish =
            words("pl", "[results]\none = \"{count} wynik\"\nfew = \"{count} wyniki\"\nother = \"{count} wyników\"\n");
        let counted = [1, 2, 5, 22].map(|count| polish.counted("results", count).unwrap());
        // The form `many`, for 5, is missing.
        assert_eq!(counted, ["1 wynik", "2 wyniki", "5 wyników", "22 wyniki"]);
        let forms = [("one", "{count} wynik"), ("few", "{count} wyniki"), ("other", "{count} wyników")];
        assert_eq!(polish.forms("results").unwrap(), Forms { forms: forms.to_vec(), lang: None });
        assert_eq!(polish.get("results.many"), Some("{count} wyników"));
    }

    #[test]
    fn borrowed_words_keep_the_rules_of_their_language() {
        let mut english = words("en", "");
        english.fill_from(&french());
        assert_eq!(english.counted("results", 0).unwrap(), "0 résultat");
        assert_eq!(english.forms("results").unwrap().lang, Some("fr"));
        assert_eq!(french().forms("results").unwrap().lang, None);
    }

    #[test]
    fn a_word_without_forms_stays_without_them() {
        let mut japanese = words("ja", "results = \"{count} 件\"\n");
        japanese.fill_from(&french());
        assert_eq!(japanese.counted("results", 2).unwrap(), "2 件");
        assert_eq!(japanese.get("results.one"), Some("{count} 件"));
        assert_eq!(japanese.forms("results").unwrap().forms, [("other", "{count} 件")]);
        let mut child = french();
        child.read(&SourceText::new("x", "results = \"{count} x\"\n"), &mut Vec::new());
        assert_eq!(child.counted("results", 1).unwrap(), "1 x");
        let mut forms = words("it", "[results]\nother = \"{count} risultati\"\n");
        forms.fill_from(&french());
        assert_eq!(forms.counted("results", 1).unwrap(), "1 risultati");
    }
}
