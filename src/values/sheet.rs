//! The cells of spreadsheets: what one holds, and what a person who types into one means.

use toml_writer::{ToTomlValue as _, TomlStringBuilder};

use super::date::Date;

/// What a cell of a spreadsheet holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum SheetCell {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A number that is shown as hundredths: 0.25 as 25%.
    Share(f64),
    /// An amount, with the code of its currency.
    Money(f64, Box<str>),
    /// Yes or no.
    Boolean(bool),
    /// A day, a month or a year.
    Date(Date),
}

impl SheetCell {
    /// The cell as a text, as it is written where a cell can only be a text.
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Share(number) => format!("{}%", hundredths(*number)),
            Self::Money(amount, currency) => format!("{amount} {currency}"),
            Self::Boolean(is_true) => is_true.to_string(),
            Self::Date(date) => date.to_string(),
        }
    }

    /// Whether it holds nothing that can be seen.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The number that it means, with separators of any language.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) | Self::Share(number) => Some(*number).filter(|number| number.is_finite()),
            Self::Text(text) => number(text),
            _ => None,
        }
    }

    /// The whole number that it means.
    pub(super) fn integer(&self) -> Option<i64> {
        let whole = |number: f64| (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64);
        match self {
            Self::Number(number) | Self::Share(number) => whole(*number),
            // A whole number has no decimals, so every separator is between thousands.
            Self::Text(text) => {
                let plain = plain(text);
                let parts: Vec<&str> = plain.split(['.', ',']).collect();
                let are_thousands = parts[1..].iter().all(|part| part.len() == 3);
                if are_thousands { parts.concat().parse().ok() } else { number(text).and_then(whole) }
            }
            _ => None,
        }
    }

    /// The date that it means.
    pub fn as_date(&self) -> Option<Date> {
        match self {
            Self::Date(date) => Some(*date),
            Self::Number(_) => Date::parse(&format!("{:04}", self.integer()?)),
            Self::Text(text) => Date::parse(text.trim()).or_else(|| european(text.trim())),
            _ => None,
        }
    }
}

/// A share in hundredths, without what binary fractions add: 0.07 is 7, not 7.000000000000001.
pub(super) fn hundredths(share: f64) -> f64 {
    (share * 1e11).round() / 1e9
}

/// `17/01/2024`, `17.1.2024` or `01/2024`: the day before the month, as in all languages of Europe.
fn european(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['/', '.']).map(str::trim).collect();
    let [year, rest @ ..] = &*parts.iter().rev().copied().collect::<Vec<_>>() else { return None };
    let two = |part: &&str| format!("{part:0>2}");
    Date::parse(&format!("{year}-{}", rest.iter().map(two).collect::<Vec<_>>().join("-"))).filter(|_| !rest.is_empty())
}

/// A text without the spaces and apostrophes that separate thousands, and with a plain sign.
fn plain(text: &str) -> String {
    let is_space = |char: char| char.is_whitespace() || matches!(char, '\'' | '’');
    text.trim().chars().filter(|char| !is_space(*char)).map(|char| if char == '−' { '-' } else { char }).collect()
}

/// A number with the separators of any language: `1 234,5`, `1,234.5`, `1.234,5`. `None` if the text is none, or can be
/// read in two ways, as `1,234` can.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = plain(text);
    let (points, commas) = (text.matches('.').count(), text.matches(',').count());
    let decimal = match (points, commas) {
        (0, 0) | (1, 0) => '.',
        (0, 1) => ',',
        // The last separator is the decimal one, unless it is there several times.
        _ if points > 1 && commas > 1 => return None,
        _ if points > 1 => ',',
        _ if commas > 1 => '.',
        _ => {
            if text.rfind('.') > text.rfind(',') {
                '.'
            } else {
                ','
            }
        }
    };
    let (whole, fraction) = text.split_once(decimal).unwrap_or((&text, ""));
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let are_thousands = groups[1..].iter().all(|group| group.len() == 3) && groups[0].len() <= 3;
    let is_unclear = (points, commas) == (0, 1) && fraction.len() == 3 && !matches!(whole, "0" | "-0");
    if groups[0].is_empty() || (groups.len() > 1 && !are_thousands) || is_unclear || fraction.contains(['.', ',']) {
        return None;
    }
    let digits = [&*groups.concat(), ".", if fraction.is_empty() { "0" } else { fraction }].concat();
    let is_plain = digits.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    digits.parse().ok().filter(|_| is_plain)
}

/// The two ends of an interval as `data` writes it, `2021/2027`, or with a dash, `2021–2027`. An end may be missing.
pub(super) fn ends(text: &str) -> Option<(Option<&str>, Option<&str>)> {
    let end = |end: &'_ str| !matches!(end, "" | ".." | "…");
    let split = text.split_once('/').or_else(|| text.split_once(['–', '—'])).or_else(|| text.split_once(" - "))?;
    let (from, to) = (split.0.trim(), split.1.trim());
    let ends = (Some(from).filter(|from| end(from)), Some(to).filter(|to| end(to)));
    (ends != (None, None)).then_some(ends)
}

/// An interval as TOML. The ends are TOML.
pub(super) fn interval(from: Option<String>, to: Option<String>) -> String {
    let keys = [("from", from), ("to", to)];
    let parts = keys.into_iter().filter_map(|(key, end)| Some(format!("{key} = {}", end?)));
    format!("{{ {} }}", parts.collect::<Vec<_>>().join(", "))
}

/// A number as TOML: without a fraction if it has none.
pub(super) fn toml_number(number: f64) -> String {
    number.to_string()
}

/// A text as a string of TOML; one of several lines is written over several lines.
pub fn toml_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let builder = TomlStringBuilder::new(&text);
    let string = if text.contains('\n') { builder.as_ml_basic() } else { builder.as_basic() };
    string.to_toml_value()
}

/// JSON as TOML, with inline tables. `None` if TOML can't write it: it has no null.
pub(super) fn toml_of_json(json: &serde_json::Value) -> Option<String> {
    Some(match json {
        serde_json::Value::Null => return None,
        serde_json::Value::Bool(is_true) => is_true.to_string(),
        serde_json::Value::Number(number) => number.to_string(),
        serde_json::Value::String(text) => toml_text(text),
        serde_json::Value::Array(items) => {
            format!("[{}]", items.iter().map(toml_of_json).collect::<Option<Vec<_>>>()?.join(", "))
        }
        serde_json::Value::Object(table) => {
            let entry = |(key, value): (&String, &serde_json::Value)| {
                let is_bare = !key.is_empty()
                    && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
                let key = if is_bare { key.clone() } else { TomlStringBuilder::new(key).as_basic().to_toml_value() };
                Some(format!("{key} = {}", toml_of_json(value)?))
            };
            format!("{{ {} }}", table.iter().map(entry).collect::<Option<Vec<_>>>()?.join(", "))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_the_separators_of_any_language() {
        let read = [
            ("22,5", 22.5),
            ("22.5", 22.5),
            ("1 234,5", 1234.5),
            ("1\u{202f}234\u{a0}567", 1_234_567.0),
            ("1,234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("1,234,567", 1_234_567.0),
            ("1’234.50", 1234.5),
            ("−0,125", -0.125),
            ("1.234", 1.234),
        ];
        for (text, expected) in read {
            assert_eq!(number(text), Some(expected), "{text}");
        }
        for text in ["", "1,234", "12,345,6", "1.2.3", "1e5", "inf", "NaN", "12 km", "--1", "1234,567,890"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn whole_numbers_have_no_decimals() {
        let integer = |text: &str| SheetCell::Text(text.into()).integer();
        assert_eq!(integer("1,234"), Some(1234));
        assert_eq!(integer("1.234"), Some(1234));
        assert_eq!(integer("2 015"), Some(2015));
        assert_eq!(integer("12,0"), Some(12));
        assert_eq!(integer("12,5"), None);
        assert_eq!(SheetCell::Number(1e300).integer(), None);
    }

    #[test]
    fn dates_as_people_type_them() {
        let date = |text: &str| SheetCell::Text(text.into()).as_date().map(|date| date.to_string());
        let read = [
            ("2024-01-17", "2024-01-17"),
            (" 17/01/2024 ", "2024-01-17"),
            ("17.1.2024", "2024-01-17"),
            ("1/2024", "2024-01"),
            ("2024", "2024"),
        ];
        for (text, expected) in read {
            assert_eq!(date(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "31/02/2024", "17/01/24", "13/2024", "hier", "2024/01/17"] {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!(SheetCell::Number(2024.0).as_date().unwrap().to_string(), "2024");
    }
}
