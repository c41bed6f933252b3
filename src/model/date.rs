//! Dates without a day or a month, and the day of a compilation.

use std::fmt;

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

    /// The first day of the month or year; the date itself if it has a day.
    pub fn first_day(self) -> jiff::civil::Date {
        jiff::civil::Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or_default()
    }
}

/// The day on which a site is compiled: from the year 1 to the year 9999, like every [`Date`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Today(jiff::civil::Date);

impl Today {
    /// `None` if the year is not in the range of [`Date`].
    pub fn new(date: jiff::civil::Date) -> Option<Self> {
        (1..=9999).contains(&date.year()).then_some(Self(date))
    }

    /// The day of a Unix timestamp, in UTC. `seconds` count from the start of 1970.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        let moment = jiff::Timestamp::from_second(seconds).ok()?;
        Self::new(moment.to_zoned(jiff::tz::TimeZone::UTC).date())
    }

    /// The day.
    pub fn date(self) -> jiff::civil::Date {
        self.0
    }
}

impl fmt::Display for Today {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}
