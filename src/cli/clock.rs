//! The current day, and the time that stages take.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::model::Today;

/// Measures the time of each stage.
pub(super) struct Clock {
    last: Instant,
    pub start: Instant,
    /// The stages so far, each with its time.
    pub stages: Vec<(&'static str, Duration)>,
}

impl Clock {
    pub(super) fn start() -> Self {
        let now = Instant::now();
        Self { last: now, start: now, stages: Vec::new() }
    }

    /// Records the end of a stage.
    pub(super) fn stage(&mut self, name: &'static str) {
        let now = Instant::now();
        self.stages.push((name, now - self.last));
        self.last = now;
    }
}

/// The day of the compilation, in UTC: that of `SOURCE_DATE_EPOCH` if it is set (reproducible-builds.org), otherwise
/// today.
pub(super) fn today() -> Result<Today> {
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text.parse::<i64>().context("SOURCE_DATE_EPOCH is not a number of seconds")?,
        Err(_) => i64::try_from(since_1970().as_secs())?,
    };
    Today::from_unix(seconds).context("the clock is out of range")
}

/// The time since the start of 1970, in UTC.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub(super) fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
