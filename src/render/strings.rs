//! A theme's words: what is not in the content, by language.

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic};
use crate::locale::Languages;
use crate::reader::Reader;
use crate::table::{self, Data, Table};
use crate::text::SourceText;

/// The words of one language, those of the default language standing in for what is missing.
#[derive(Debug, Clone, Default)]
pub(super) struct Strings(BTreeMap<Box<str>, Box<str>>);

impl Strings {
    /// Reads `strings/LANG.toml` over what is already there. Tables make dotted keys.
    pub(super) fn read(&mut self, source: &SourceText, problems: &mut Vec<Diagnostic>) {
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
                Data::Text(text) => {
                    self.0.insert(key.into(), text.clone());
                }
                Data::Table(inner) => self.table(reader, &key, inner),
                _ => reader.wrong_type(&entry.value, "a text"),
            }
        }
    }

    /// Takes from another what is not here. How dates and numbers are written comes from one language as a whole.
    pub(super) fn fill_from(&mut self, other: &Self) {
        let of_formats = |key: &str| ["date.", "month.", "number."].iter().any(|group| key.starts_with(group));
        let has_formats = self.0.keys().any(|key| of_formats(key));
        for (key, text) in other.0.iter().filter(|(key, _)| !(has_formats && of_formats(key))) {
            self.0.entry(key.clone()).or_insert_with(|| text.clone());
        }
    }

    /// The words of a key.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(|text| &**text)
    }

    /// The words of a key, in the form that goes with a number: `key.one` or `key.other`, with the number for `{count}`.
    ///
    /// French counts nothing as one, as CLDR's plural rules have it; other languages take one as one.
    pub(super) fn counted(&self, key: &str, count: u64, tag: &str) -> Option<String> {
        let one = count == 1 || (count == 0 && tag.starts_with("fr"));
        let form = self.get(&format!("{key}.{}", if one { "one" } else { "other" })).or_else(|| self.get(key))?;
        Some(form.replace("{count}", &self.number(count as f64)))
    }

    /// A number with the separators of the language: `number.group` and `number.decimal`.
    pub(super) fn number(&self, number: f64) -> String {
        let shown = format!("{}", (number * 1e6).round() / 1e6);
        let (whole, fraction) = shown.split_once('.').unwrap_or((&shown, ""));
        let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("−", digits));
        let group = self.get("number.group").unwrap_or(" ");
        let mut out = String::from(sign);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 4 {
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
    pub(super) fn quantity(&self, number: f64, unit: &str, short: bool) -> String {
        let filled = |pattern: &str, number: f64| pattern.replace("{number}", &self.number(number));
        if unit == "%" {
            return filled(self.get("number.percent").unwrap_or("{number}\u{a0}%"), number);
        }
        let Some(currency) = self.get(&format!("number.currency.{unit}")) else {
            let space = if unit.is_empty() { "" } else { "\u{a0}" };
            return format!("{}{space}{unit}", self.number(number));
        };
        let steps = [("number.billion", 1e9), ("number.million", 1e6)];
        let rounded = steps.into_iter().filter(|(_, step)| short && number.abs() >= *step).find_map(|(key, step)| {
            let hundredths = number / step * 100.0;
            Some((self.get(key)?, number / step)).filter(|_| (hundredths - hundredths.round()).abs() < 1e-6)
        });
        let (pattern, number) =
            rounded.unwrap_or((self.get("number.money").unwrap_or("{number}\u{a0}{currency}"), number));
        filled(pattern, number).replace("{currency}", currency)
    }

    /// A date such as `2024-01-17`, `2024-01` or `2024` in words: `date.day`, `date.month` and the names `month.1` to `month.12`.
    pub(super) fn date(&self, date: &str) -> String {
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
        assert_eq!(strings.number(92_550_500.0), "92_550_500");
        assert_eq!(strings.number(2015.0), "2015");
        assert_eq!(strings.number(13.6), "13,6");
        assert_eq!(strings.number(-12345.25), "−12_345,25");
        assert_eq!(strings.number(0.0), "0");
    }

    #[test]
    fn quantities_follow_the_language() {
        let mut strings = french();
        let text = "[number]\nmoney = \"{number} {currency}\"\nmillion = \"{number} M{currency}\"\nbillion = \"{number} Md{currency}\"\ncurrency.EUR = \"€\"\n";
        strings.read(&SourceText::new("x", text), &mut Vec::new());
        let short = |number, unit| strings.quantity(number, unit, true);
        assert_eq!(short(81_000_000.0, "EUR"), "81 M€");
        assert_eq!(short(7_100_000_000.0, "EUR"), "7,1 Md€");
        assert_eq!(short(92_550_500.0, "EUR"), "92_550_500 €");
        assert_eq!(short(9_400_000.0, "EUR"), "9,4 M€");
        assert_eq!(short(81_000_000.0, "XBT"), "81_000_000\u{a0}XBT");
        assert_eq!(short(470.0, "emplois"), "470\u{a0}emplois");
        assert_eq!(short(13.6, "%"), "13,6\u{a0}%");
        assert_eq!(short(3.0, ""), "3");
        assert_eq!(strings.quantity(81_000_000.0, "EUR", false), "81_000_000 €");
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
}
