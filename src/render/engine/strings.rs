//! A theme's words: what is not in the content, by language.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::locale::Languages;
use crate::reader::Reader;
use crate::table::{self, Data, Table};
use crate::text::SourceText;

/// The words of one language, those of the default language standing in for what is missing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Strings(BTreeMap<Box<str>, Box<str>>);

impl Strings {
    /// Reads `strings/LANG.toml` over what is already there. Tables make dotted keys.
    pub(crate) fn read(&mut self, source: &SourceText, problems: &mut Vec<Diagnostic>) {
        let languages = Languages::new(["en"]);
        let mut reader = Reader::new(source, &languages);
        let (table, errors) = table::parse(&source.text, 0);
        for error in errors {
            reader.report(reader.problem(Code::TomlSyntax, error.span, error.message));
        }
        self.table(&mut reader, "", &table);
        problems.extend(reader.problems);
    }

    fn table(&mut self, reader: &mut Reader<'_>, prefix: &str, table: &Table) {
        for entry in &table.entries {
            let key = if prefix.is_empty() { entry.key.to_string() } else { format!("{prefix}.{}", entry.key) };
            match &entry.value.data {
                Data::Text(text) => self.insert(key, text.clone()),
                Data::Table(inner) => self.table(reader, &key, inner),
                _ => reader.wrong_type(&entry.value, "a text"),
            }
        }
    }

    /// A word that is the same for all numbers takes the place of its forms, and the other way round.
    fn insert(&mut self, key: String, text: Box<str>) {
        if let Some(plain) = plain_of(&key) {
            self.0.remove(plain);
        } else {
            FORMS.iter().for_each(|form| drop(self.0.remove(format!("{key}{form}").as_str())));
        }
        self.0.insert(key.into(), text);
    }

    /// Takes from another what is not here. How dates and numbers are written comes from one language as a whole, and so do the forms of a word.
    pub(crate) fn fill_from(&mut self, other: &Self) {
        let of_formats = |key: &str| ["date.", "month.", "number."].iter().any(|group| key.starts_with(group));
        let has_formats = self.0.keys().any(|key| of_formats(key));
        let missing = other.0.iter().filter(|(key, _)| {
            let has_word = match plain_of(key) {
                Some(plain) => self.0.contains_key(plain) || FORMS.iter().any(|form| self.has(plain, form)),
                None => self.0.contains_key(*key) || FORMS.iter().any(|form| self.has(key, form)),
            };
            !(has_word || has_formats && of_formats(key))
        });
        let missing: Vec<_> = missing.map(|(key, text)| (key.clone(), text.clone())).collect();
        self.0.extend(missing);
    }

    fn has(&self, plain: &str, form: &str) -> bool {
        self.0.contains_key(format!("{plain}{form}").as_str())
    }

    /// The words of a key; of a form, those for all numbers where there are no others.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).or_else(|| self.0.get(plain_of(key)?)).map(|text| &**text)
    }

    /// The words of a key, in the form that goes with a number: `key.one` or `key.other`, with the number for `{count}`.
    ///
    /// French counts nothing as one, as CLDR's plural rules have it; other languages take one as one.
    pub(crate) fn counted(&self, key: &str, count: u64, tag: &str) -> Option<String> {
        let one = count == 1 || (count == 0 && tag.starts_with("fr"));
        let form = self.get(&format!("{key}.{}", if one { "one" } else { "other" })).or_else(|| self.get(key))?;
        Some(form.replace("{count}", &self.digits(&count.to_string())))
    }

    /// A number with the separators of the language: `number.group` and `number.decimal`.
    pub(crate) fn number(&self, number: Number) -> String {
        match number {
            Number::Integer(integer) => self.digits(&integer.to_string()),
            // Zero has no sign.
            Number::Float(number) => self.digits(&(number + 0.0).to_string()),
        }
    }

    fn digits(&self, shown: &str) -> String {
        let (whole, fraction) = shown.split_once('.').unwrap_or((shown, ""));
        let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("−", digits));
        let group = self.get("number.group").unwrap_or(" ");
        let mut out = String::from(sign);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(group);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push_str(self.get("number.decimal").unwrap_or("."));
            out.push_str(fraction);
        }
        out
    }

    /// A number with what it counts. `%` and the currencies that `number.currency` has by their ISO 4217 code follow `number.percent` and
    /// `number.money`; every other unit stands behind its number. In short, round sums of money are written in millions (`number.million`) or
    /// billions (`number.billion`): those that need no more than two decimals, so that nothing is rounded.
    pub(crate) fn quantity(&self, number: Number, unit: &str, short: bool) -> String {
        let filled = |pattern: &str, number: Number| pattern.replace("{number}", &self.number(number));
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
            Some((self.get(key)?, Number::Float(hundredths.round() / 100.0))).filter(|_| is_exact)
        });
        let (pattern, number) =
            rounded.unwrap_or((self.get("number.money").unwrap_or("{number}\u{a0}{currency}"), number));
        filled(pattern, number).replace("{currency}", currency)
    }

    /// A date such as `2024-01-17`, `2024-01` or `2024` in words: `date.day`, `date.month` and the names `month.1` to `month.12`.
    pub(crate) fn date(&self, date: &str) -> String {
        let mut parts = date.split('-');
        let year = parts.next().unwrap_or_default().trim_start_matches('0');
        let Some(month) = parts.next().and_then(|month| month.parse::<u8>().ok()) else { return year.to_owned() };
        let name = self.get(&format!("month.{month}")).map_or_else(|| month.to_string(), str::to_owned);
        let day = parts.next().and_then(|day| day.parse::<u8>().ok());
        let pattern = if day.is_some() {
            self.get("date.day").unwrap_or("{day} {month} {year}")
        } else {
            self.get("date.month").unwrap_or("{month} {year}")
        };
        let day = match day {
            Some(1) => self.get("date.first").unwrap_or("1").to_owned(),
            Some(day) => day.to_string(),
            None => String::new(),
        };
        pattern.replace("{day}", &day).replace("{month}", &name).replace("{year}", year)
    }
}

/// The endings of the keys of a word that changes with a number.
const FORMS: [&str; 2] = [".one", ".other"];

/// The key of a word as a whole, of one of its forms.
fn plain_of(key: &str) -> Option<&str> {
    FORMS.iter().find_map(|form| key.strip_suffix(form))
}

/// A number as the content has it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Number {
    Integer(i64),
    Float(f64),
}

impl Number {
    fn value(self) -> f64 {
        match self {
            Self::Integer(integer) => integer as f64,
            Self::Float(number) => number,
        }
    }
}

impl From<f64> for Number {
    fn from(number: f64) -> Self {
        Self::Float(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn french() -> Strings {
        let text = "[number]\ngroup = \"_\"\ndecimal = \",\"\n[date]\nfirst = \"1er\"\n[month]\n1 = \"janvier\"\n[results]\none = \"{count} résultat\"\nother = \"{count} résultats\"\n";
        let mut strings = Strings::default();
        let mut problems = Vec::new();
        strings.read(&SourceText::new("x", text), &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        strings
    }

    #[test]
    fn numbers_follow_the_language() {
        let strings = french();
        assert_eq!(strings.number(Number::Float(92_550_500.0)), "92_550_500");
        assert_eq!(strings.number(Number::Float(1800.0)), "1_800");
        assert_eq!(strings.number(Number::Float(999.0)), "999");
        assert_eq!(strings.number(Number::Float(13.6)), "13,6");
        assert_eq!(strings.number(Number::Float(-12345.25)), "−12_345,25");
        assert_eq!(strings.number(Number::Float(-0.0)), "0");
        assert_eq!(strings.number(Number::Float(4e-7)), "0,0000004");
        assert_eq!(strings.number(Number::Integer(9_007_199_254_740_993)), "9_007_199_254_740_993");
    }

    #[test]
    fn quantities_follow_the_language() {
        let mut strings = french();
        let text = "[number]\nmoney = \"{number} {currency}\"\nmillion = \"{number} M{currency}\"\nbillion = \"{number} Md{currency}\"\ncurrency.EUR = \"€\"\n";
        strings.read(&SourceText::new("x", text), &mut Vec::new());
        let short = |number: f64, unit| strings.quantity(number.into(), unit, true);
        assert_eq!(short(81_000_000.0, "EUR"), "81 M€");
        assert_eq!(short(7_100_000_000.0, "EUR"), "7,1 Md€");
        assert_eq!(short(92_550_500.0, "EUR"), "92_550_500 €");
        assert_eq!(short(9_400_000.0, "EUR"), "9,4 M€");
        assert_eq!(short(81_000_000.0, "XBT"), "81_000_000\u{a0}XBT");
        assert_eq!(short(470.0, "emplois"), "470\u{a0}emplois");
        assert_eq!(short(13.6, "%"), "13,6\u{a0}%");
        assert_eq!(short(3.0, ""), "3");
        assert_eq!(strings.quantity(81_000_000.0.into(), "EUR", false), "81_000_000 €");
    }

    #[test]
    fn dates_follow_the_language() {
        let strings = french();
        assert_eq!(strings.date("2024-01-17"), "17 janvier 2024");
        assert_eq!(strings.date("2024-01-01"), "1er janvier 2024");
        assert_eq!(strings.date("2024-01"), "janvier 2024");
        assert_eq!(strings.date("2024"), "2024");
    }

    #[test]
    fn nothing_is_singular_in_french() {
        let strings = french();
        assert_eq!(strings.counted("results", 0, "fr").unwrap(), "0 résultat");
        assert_eq!(strings.counted("results", 2, "fr").unwrap(), "2 résultats");
        assert_eq!(strings.counted("results", 0, "en").unwrap(), "0 résultats");
    }

    #[test]
    fn a_word_without_forms_stays_without_them() {
        let words = |text: &str| {
            let mut strings = Strings::default();
            strings.read(&SourceText::new("x", text), &mut Vec::new());
            strings
        };
        let mut japanese = words("results = \"{count} 件\"\n");
        japanese.fill_from(&french());
        assert_eq!(japanese.counted("results", 2, "ja").unwrap(), "2 件");
        assert_eq!(japanese.get("results.one"), Some("{count} 件"));
        let mut child = french();
        child.read(&SourceText::new("x", "results = \"{count} x\"\n"), &mut Vec::new());
        assert_eq!(child.counted("results", 1, "fr").unwrap(), "1 x");
        let mut forms = words("[results]\nother = \"{count} risultati\"\n");
        forms.fill_from(&french());
        assert_eq!(forms.get("results.one"), None);
    }
}
