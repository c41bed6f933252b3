//! The day of a compilation.

use std::fmt;

/// The day on which a site is compiled: from the year 1 to the year 9999, like every date of the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Today(jiff::civil::Date);

impl Today {
    /// `None` if the year is not in this range.
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
