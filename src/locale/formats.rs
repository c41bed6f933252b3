//! Numbers, dates and lists as a language writes them.

use std::fmt::Write as _;

use icu_calendar::Gregorian;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{YM, YMD};
use icu_datetime::input::Date;
use icu_datetime::options::YearStyle;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale_core::Locale;

/// The formats of numbers, dates and lists of a language, from CLDR.
///
/// The data of all languages are compiled in, so no formatter is ever `None`.
#[derive(Debug)]
pub struct Formats {
    numbers: Option<DecimalFormatter>,
    days: Option<FixedCalendarDateTimeFormatter<Gregorian, YMD>>,
    months: Option<FixedCalendarDateTimeFormatter<Gregorian, YM>>,
    lists: Option<ListFormatter>,
    /// What is between two items of a list of three or more, before the last two.
    comma: Box<str>,
    /// How the first day of a month is written, if not as a number.
    first_day: Option<&'static str>,
}

impl Formats {
    /// The formats of a locale, from its BCP 47 tag; `None` if the text is no tag.
    pub fn parse(tag: &str) -> Option<Self> {
        Locale::try_from_str(tag).ok().map(|locale| Self::new(&locale))
    }

    /// The formats of a locale. A region decides where the regions of a language differ: `en` writes January 17, 2024 and
    /// `en-GB` writes 17 January 2024. `ar-u-nu-latn` writes European digits.
    pub(super) fn new(locale: &Locale) -> Self {
        let lists = ListFormatter::try_new_and(locale.into(), ListFormatterOptions::default()).ok();
        Self {
            numbers: DecimalFormatter::try_new(locale.into(), Default::default()).ok(),
            days: FixedCalendarDateTimeFormatter::try_new(locale.into(), YMD::long().with_year_style(YearStyle::NoEra))
                .ok(),
            months: FixedCalendarDateTimeFormatter::try_new(
                locale.into(),
                YM::long().with_year_style(YearStyle::NoEra),
            )
            .ok(),
            comma: lists.as_ref().map_or_else(|| ", ".into(), comma),
            lists,
            first_day: (locale.id.language.as_str() == "fr").then_some("1er"),
        }
    }

    /// A number, from its decimal digits (`-12345.25`), with the separators of the language and a proper minus sign.
    pub fn number(&self, digits: &str) -> String {
        match (&self.numbers, Decimal::try_from_str(digits)) {
            (Some(numbers), Ok(decimal)) => numbers.format_to_string(&decimal).replace('-', "−"),
            _ => digits.to_owned(),
        }
    }

    /// A date (`2024-01-17`, `2024-01` or `2024`) in words. A text that is no date stays as it is.
    pub fn date(&self, date: &str) -> String {
        let mut parts = date.split('-').map(str::parse::<u16>);
        let (year, month, day) = (parts.next(), parts.next(), parts.next());
        let Some(Ok(year)) = year else { return date.to_owned() };
        let in_words = match (month, day) {
            (None, _) => Some(year.to_string()),
            (Some(Ok(month)), None) => {
                self.months.as_ref().and_then(|months| Some(months.format(&gregorian(year, month, 1)?).to_string()))
            }
            (Some(Ok(month)), Some(Ok(day))) => self.day(year, month, day),
            _ => None,
        };
        in_words.unwrap_or_else(|| date.to_owned())
    }

    fn day(&self, year: u16, month: u16, day: u16) -> Option<String> {
        let words = self.days.as_ref()?.format(&gregorian(year, month, day)?).to_string();
        match (self.first_day, words.strip_prefix("1 ")) {
            (Some(first), Some(rest)) => Some(format!("{first} {rest}")),
            _ => Some(words),
        }
    }

    /// Texts as a list with "and" before the last one.
    pub fn list(&self, items: &[impl AsRef<str>]) -> String {
        let mut out = String::new();
        match &self.lists {
            // Writing to a string never fails.
            Some(lists) => drop(write!(out, "{}", lists.format(items.iter().map(AsRef::as_ref)))),
            None => items.iter().for_each(|item| out.push_str(item.as_ref())),
        }
        out
    }

    /// What is between the items of a list that has no "and": a comma and a space in most languages.
    pub fn comma(&self) -> &str {
        &self.comma
    }
}

fn gregorian(year: u16, month: u16, day: u16) -> Option<Date<Gregorian>> {
    Date::try_new_gregorian(year.into(), month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// What a list of four items has between the first two. Arabic has "and" there, so it gets its comma.
fn comma(lists: &ListFormatter) -> Box<str> {
    let list = lists.format(["1", "2", "3", "4"].into_iter()).to_string();
    let between = list.split_once('1').and_then(|(_, rest)| rest.split_once('2'));
    let comma = between.map_or(", ", |(comma, _)| comma);
    if comma.contains(char::is_alphabetic) { "، ".into() } else { comma.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formats(tag: &str) -> Formats {
        Formats::parse(tag).unwrap()
    }

    #[test]
    fn numbers_follow_the_language() {
        let number = |tag, digits| formats(tag).number(digits);
        assert_eq!(number("fr", "92550500"), "92\u{202f}550\u{202f}500");
        assert_eq!(number("fr", "-12345.25"), "−12\u{202f}345,25");
        assert_eq!(number("en", "1800"), "1,800");
        assert_eq!(number("de", "1234567.5"), "1.234.567,5");
        // Polish groups from five digits on.
        assert_eq!([number("pl", "1234"), number("pl", "12345")], ["1234", "12\u{a0}345"]);
        assert_eq!(number("ar", "1234.5"), "1,234.5");
        assert_eq!(number("ar-EG", "1234.5"), "١٬٢٣٤٫٥");
        assert_eq!(number("fr", "x"), "x");
    }

    #[test]
    fn dates_follow_the_language() {
        let dates =
            |tag| ["2024-01-17", "2024-01-01", "2024-01", "2024", "0800-03-01"].map(|date| formats(tag).date(date));
        assert_eq!(dates("fr"), ["17 janvier 2024", "1er janvier 2024", "janvier 2024", "2024", "1er mars 800"]);
        assert_eq!(dates("en-GB"), ["17 January 2024", "1 January 2024", "January 2024", "2024", "1 March 800"]);
        assert_eq!(dates("en")[0], "January 17, 2024");
        assert_eq!(dates("de"), ["17. Januar 2024", "1. Januar 2024", "Januar 2024", "2024", "1. März 800"]);
        assert_eq!(dates("pl")[..3], ["17 stycznia 2024", "1 stycznia 2024", "styczeń 2024"]);
        assert_eq!(formats("fr").date("2024-13-01"), "2024-13-01");
        assert_eq!(formats("fr").date("soon"), "soon");
    }

    #[test]
    fn lists_follow_the_language() {
        let list = |tag| formats(tag).list(&["a", "b", "c"]);
        assert_eq!([list("fr"), list("en-GB"), list("de")], ["a, b et c", "a, b and c", "a, b und c"]);
        assert_eq!(["fr", "ar", "ja"].map(|tag| formats(tag).comma().to_owned()), [", ", "، ", "、"]);
    }
}
