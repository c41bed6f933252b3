//! The time: of day, and that passes.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::model::Today;

/// Stages and how long each took.
pub(super) struct Clock {
    last: Instant,
    /// When it was started.
    pub start: Instant,
    /// The stages so far.
    pub stages: Vec<(&'static str, Duration)>,
}

impl Clock {
    /// Starts the clock.
    pub(super) fn start() -> Self {
        let now = Instant::now();
        Self { last: now, start: now, stages: Vec::new() }
    }

    /// A stage has ended.
    pub(super) fn stage(&mut self, name: &'static str) {
        let now = Instant::now();
        self.stages.push((name, now - self.last));
        self.last = now;
    }
}

/// The day, in universal time: that of `SOURCE_DATE_EPOCH` where it is set (reproducible-builds.org), or else today.
pub(super) fn today() -> Result<Today> {
    let seconds = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text.parse::<i64>().context("SOURCE_DATE_EPOCH is not a number of seconds")?,
        Err(_) => i64::try_from(since_1970().as_secs())?,
    };
    Today::from_unix(seconds).context("the clock is out of range")
}

/// The time since the start of 1970, in universal time.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub(super) fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
