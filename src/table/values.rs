//! Recognises what an author meant by a value that is not TOML.

use std::ops::Range;

/// A value as it is in the text.
pub(super) struct Written<'t> {
    /// The bytes of the text.
    pub span: Range<usize>,
    raw: &'t str,
}

/// The length of the longest value that is looked at, in bytes.
const LONGEST: usize = 200;

/// The value around an offset, in its line.
pub(super) fn written(text: &str, at: usize) -> Option<Written<'_>> {
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let before = text.get(line_start.max(at.saturating_sub(LONGEST))..at)?;
    let start = at - before.len() + before.rfind(['=', '[', '{', ','])? + 1;
    let is_nested = before.contains(['[', '{']);
    let line = text[start..].lines().next()?;
    let end = line.find(|char| char == '#' || is_nested && ",]}".contains(char)).unwrap_or(line.len());
    let raw = line[..end].trim();
    let start = start + line[..end].len() - line[..end].trim_start().len();
    (!raw.is_empty() && raw.len() <= LONGEST).then(|| Written { span: start..start + raw.len(), raw })
}

/// What to write in place of a value.
pub(super) struct Mend {
    /// The advice, in words.
    pub hint: String,
    /// The new value, if there is only one that can be meant.
    pub text: Option<String>,
}

impl Mend {
    fn write(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { hint: format!("write {text}"), text: Some(text) }
    }

    fn advice(hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), text: None }
    }
}

impl Written<'_> {
    /// What is wrong with the value.
    pub(super) fn message(&self) -> String {
        match self.raw.chars().find(|char| is_typographic(*char)) {
            Some(mark) if self.raw.starts_with(is_typographic) => {
                format!("{mark} is not a quotation mark of TOML")
            }
            _ => format!("{} is neither a text in quotation marks nor a number, a date, true or false", self.raw),
        }
    }

    /// What to write in its place. `is_text` allows any words to be a text.
    pub(super) fn mend(&self, is_text: bool) -> Option<Mend> {
        let raw = self.raw;
        if raw.starts_with(is_typographic) {
            let words = raw.trim_matches(is_typographic);
            return Some(if is_plain(words) {
                Mend::write(format!("\"{words}\""))
            } else {
                Mend::advice("write \" in its place")
            });
        }
        let lower = raw.to_lowercase();
        match lower.as_str() {
            "yes" | "on" | "true" | "oui" | "vrai" => return Some(Mend::write("true")),
            "no" | "off" | "false" | "non" | "faux" => return Some(Mend::write("false")),
            _ => {}
        }
        month(raw)
            .or_else(|| decimal(raw))
            .or_else(|| quantity(raw))
            .or_else(|| day(raw))
            .or_else(|| (is_text && is_plain(raw)).then(|| Mend::write(format!("\"{raw}\""))))
    }
}

/// Whether a text can be written between quotation marks as it is.
fn is_plain(text: &str) -> bool {
    !text.contains(['"', '\\']) && !text.is_empty()
}

fn is_typographic(char: char) -> bool {
    "“”„‟«»‘’‚‹›".contains(char)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A month without a day: `1901-05`.
fn month(raw: &str) -> Option<Mend> {
    let (year, month) = raw.split_once('-')?;
    let is_month = year.len() == 4 && is_digits(year) && is_digits(month) && month.len() <= 2;
    is_month.then(|| Mend::write(format!("\"{year}-{month:0>2}\"")))
}

/// A number with a decimal comma, with spaces between groups of digits, or with zeros before it.
fn decimal(raw: &str) -> Option<Mend> {
    let compact: String = raw.chars().filter(|char| !char.is_whitespace()).collect();
    let number = compact.trim_start_matches(['+', '-']);
    let sign = if compact.starts_with('-') { "-" } else { "" };
    if let Some((whole, fraction)) = number.split_once(',') {
        let is_ambiguous = fraction.len() == 3;
        let is_number = is_digits(whole) && is_digits(fraction);
        let hint = match is_ambiguous {
            true => Mend::advice(format!(
                "write {sign}{whole}.{fraction}, or {sign}{whole}{fraction} if the comma separates thousands"
            )),
            false => Mend::write(format!("{sign}{whole}.{fraction}")),
        };
        return is_number.then_some(hint);
    }
    let digits = number.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    let is_number = is_digits(number) && (compact != raw || digits != number);
    is_number.then(|| match compact == raw {
        true => Mend::advice(format!("write {sign}{digits}, or \"{raw}\" if it is a text")),
        false => Mend::write(format!("{sign}{digits}")),
    })
}

/// A number with a unit.
fn quantity(raw: &str) -> Option<Mend> {
    let split = raw.find(|char: char| !char.is_ascii_digit() && !"+-.".contains(char))?;
    let (number, unit) = (&raw[..split], raw[split..].trim());
    let is_unit = unit.chars().all(|char| char.is_alphabetic() || "%°/²³€$£".contains(char));
    let is_number = number.parse::<f64>().is_ok() && !number.ends_with('.');
    (is_number && is_unit)
        .then(|| Mend::advice(format!("write {number} if it is a number, or \"{raw}\" if it is a text")))
}

/// A day in another notation: `01/02/2020` or `1.2.2020`.
fn day(raw: &str) -> Option<Mend> {
    let mut parts = raw.split(['/', '.']);
    let is_day =
        parts.by_ref().take(3).all(is_digits) && parts.next().is_none() && raw.matches(['/', '.']).count() == 2;
    is_day.then(|| Mend::advice("write the year first, then the month and the day, such as 2024-01-17"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_other_notations_are_recognised() {
        let cases = [
            ("a = 1901-5", Some("write \"1901-05\"")),
            ("a = Oui # a comment", Some("write true")),
            ("a = {b = no}", Some("write false")),
            ("a = « un »", Some("write \" un \"")),
            ("a = ‘x", Some("write \"x\"")),
            ("a = -22,5", Some("write -22.5")),
            ("a = 1,500", Some("write 1.500, or 1500 if the comma separates thousands")),
            ("a = 1 500", Some("write 1500")),
            ("a = 050", Some("write 50, or \"050\" if it is a text")),
            ("a = 22 km", Some("write 22 if it is a number, or \"22 km\" if it is a text")),
            ("a = 60%", Some("write 60 if it is a number, or \"60%\" if it is a text")),
            ("a = 17/1/2024", Some("write the year first, then the month and the day, such as 2024-01-17")),
            ("a = 1.2.3.4", None),
            ("a = 2020-13-45", None),
            ("a = \"x", None),
        ];
        for (text, expected) in cases {
            let at = text.find('=').unwrap() + 2;
            let at = if text.contains('{') { text.rfind('=').unwrap() + 2 } else { at };
            assert_eq!(written(text, at).unwrap().mend(false).map(|mend| mend.hint).as_deref(), expected, "{text}");
        }
        assert_eq!(written("a = Hello", 4).unwrap().mend(true).unwrap().text.as_deref(), Some("\"Hello\""));
        assert!(written("a 2015", 2).is_none());
    }
}
