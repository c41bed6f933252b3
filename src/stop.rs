//! Cancellation.
//!
//! In: a caller who no longer wants the result. Out: [`Stopped`] instead of the result. The long stages check a
//! [`Stop`] between files, entities and pages, so they end within milliseconds. None of them returns a partial result.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A flag that cancels work. Clones share the flag: stopping one stops all.
#[derive(Clone, Default)]
pub struct Stop {
    flag: Arc<AtomicBool>,
    condition: Option<Arc<dyn Fn() -> bool + Send + Sync>>,
}

impl Stop {
    /// A flag that is set by [`Stop::stop`] alone.
    pub fn new() -> Self {
        Self::default()
    }

    /// A flag that also counts as set while a condition is true. The condition is called often and from many threads,
    /// so it has to be fast.
    pub fn when(condition: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self { flag: Arc::default(), condition: Some(Arc::new(condition)) }
    }

    /// Cancels the work. There is no way to undo this.
    pub fn stop(&self) {
        self.flag.store(true, Ordering::Relaxed);
    }

    /// Whether the work is cancelled.
    pub fn is_stopped(&self) -> bool {
        self.flag.load(Ordering::Relaxed) || self.condition.as_ref().is_some_and(|condition| condition())
    }

    /// Returns an error if the work is cancelled, for use with `?`.
    ///
    /// # Errors
    /// The work is cancelled.
    pub fn check(&self) -> Result<(), Stopped> {
        if self.is_stopped() { Err(Stopped) } else { Ok(()) }
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stop").field("flag", &self.flag).finish_non_exhaustive()
    }
}

/// There is no result, because the caller cancelled the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stopped before the end")
    }
}

impl std::error::Error for Stopped {}

/// Why there is no result.
#[derive(Debug)]
pub enum Failure {
    /// The caller cancelled the work.
    Stopped,
    /// A file or folder can't be read or written.
    Files(io::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stopped => Stopped.fmt(f),
            Self::Files(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Stopped => None,
            Self::Files(error) => error.source(),
        }
    }
}

impl From<Stopped> for Failure {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Files(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_stop_together_and_conditions_count_too() {
        let stop = Stop::new();
        let other = stop.clone();
        assert_eq!(stop.check(), Ok(()));
        other.stop();
        assert_eq!(stop.check(), Err(Stopped));
        let flag = Arc::new(AtomicBool::new(false));
        let condition = flag.clone();
        let stop = Stop::when(move || condition.load(Ordering::Relaxed));
        assert!(!stop.is_stopped());
        flag.store(true, Ordering::Relaxed);
        assert!(stop.is_stopped());
    }
}
