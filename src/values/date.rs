//! Dates without a day or a month.

use std::fmt;

use crate::diagnostics::{Code, Hint};
use crate::reader::Reader;
use crate::table::{Data, Value};

/// A day, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// From 1 to 9999.
    pub year: i16,
    /// From 1 to 12.
    pub month: Option<i8>,
    /// From 1 to 31.
    pub day: Option<i8>,
}

impl Date {
    /// Reads `2024-01-17`, `2024-01` or `2024`.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |part: &str, digits: usize| {
            (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse::<i16>().ok())?
        };
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4).filter(|year| *year >= 1)?;
        let month = match parts.next() {
            Some(part) => Some(number(part, 2)? as i8),
            None => None,
        };
        let day = match parts.next() {
            Some(part) => Some(number(part, 2)? as i8),
            None => None,
        };
        let is_valid = jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_ok();
        (is_valid && parts.next().is_none()).then_some(Self { year, month, day })
    }

    /// The date as TOML.
    pub fn toml(self) -> String {
        if self.day.is_some() { self.to_string() } else { format!("\"{self}\"") }
    }

    /// A JSON Schema of a date as it is written. To JSON Schema, dates of TOML are texts.
    pub(crate) fn json_schema() -> serde_json::Value {
        serde_json::json!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" })
    }

    /// Reads a TOML date, or a text for a month or a year. `None` if it is invalid, which is reported.
    pub(crate) fn read(reader: &mut Reader<'_>, value: &Value) -> Option<Self> {
        let text = match &value.data {
            Data::Date(text) | Data::Text(text) => text,
            Data::Integer(year) => {
                let problem =
                    reader.problem(Code::BadDate, value.span, "a date with only a year needs quotation marks");
                reader.report(problem.hint(Hint::write(value.span, &format!("\"{year}\""))));
                return None;
            }
            _ => {
                reader.wrong_type(value, "a date");
                return None;
            }
        };
        let date = Date::parse(text);
        if date.is_none() {
            let problem = reader.problem(Code::BadDate, value.span, format!("\"{text}\" is not a date"));
            reader.report(
                problem.hint("write 2024-01-17, or \"2024-01\" or \"2024\" if only the month or year is known"),
            );
        }
        date
    }

    /// Whether a date is certainly before another: a year is not before a day of the same year.
    pub fn is_before(self, other: Self) -> bool {
        let months = self.month.zip(other.month);
        let days = self.day.zip(other.day).filter(|_| months.is_some());
        let (own, others) = months.unzip();
        let (own_day, others_day) = days.unzip();
        (self.year, own, own_day) < (other.year, others, others_day)
    }

    /// The order of events: what is known to the year comes after what is known to a month of it, because it can't be said
    /// to have been before.
    pub fn in_order(self) -> (i16, i8, i8) {
        (self.year, self.month.unwrap_or(i8::MAX), self.day.unwrap_or(i8::MAX))
    }

    /// The date in years. `part` says which moment of its day, month or year is meant: 0 is its start, 1 its end. Months
    /// count as twelfths of a year and days as thirty-firsts of a month: the error can't be seen in a drawing.
    pub fn in_years(self, part: f64) -> f64 {
        let in_month = self.day.map_or(part, |day| (f64::from(day) - 1.0 + part) / 31.0);
        let in_year = self.month.map_or(part, |month| (f64::from(month) - 1.0 + in_month) / 12.0);
        f64::from(self.year) + in_year
    }

    /// The first day of the month or year; the date itself if it has a day.
    pub fn first_day(self) -> jiff::civil::Date {
        jiff::civil::Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or_default()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_may_be_partial() {
        for text in ["2024-01-17", "2024-01", "2024", "0800"] {
            assert_eq!(Date::parse(text).unwrap().to_string(), text);
        }
        for text in
            ["", "24", "2024-13", "2023-02-29", "2024-1-7", "2024-01-17-1", "2024-01-17T10:00:00", "0000", "20x4"]
        {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        let is_before = |one: &str, other: &str| Date::parse(one).unwrap().is_before(Date::parse(other).unwrap());
        assert!(
            is_before("2023", "2024-01") && is_before("2024-01", "2024-02-03") && is_before("2024-01-01", "2024-01-02")
        );
        assert!(
            !is_before("2024", "2024-01") && !is_before("2024-02", "2024-02-03") && !is_before("2024-01-01", "2024")
        );
        assert!(Date::parse("2024").unwrap() < Date::parse("2024-01").unwrap());
    }
}
