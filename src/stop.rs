//! Being told to stop.
//!
//! In: somebody who no longer wants the result. Out: [`Stopped`] in place of a result. The long stages look at a [`Stop`] between files, entities
//! and pages, so they end within milliseconds; none of them gives half a result.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Says whether work is still wanted. Clones belong together: to stop one is to stop all.
#[derive(Clone, Default)]
pub struct Stop {
    told: Arc<AtomicBool>,
    condition: Option<Arc<dyn Fn() -> bool + Send + Sync>>,
}

impl Stop {
    /// Work goes on until [`Stop::stop`] is called.
    pub fn new() -> Self {
        Self::default()
    }

    /// Work also ends once this is true. It is asked often and from many threads, so it has to be fast.
    pub fn when(condition: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self { told: Arc::default(), condition: Some(Arc::new(condition)) }
    }

    /// Ends the work, for good.
    pub fn stop(&self) {
        self.told.store(true, Ordering::Relaxed);
    }

    /// Whether work has to end.
    pub fn is_stopped(&self) -> bool {
        self.told.load(Ordering::Relaxed) || self.condition.as_ref().is_some_and(|condition| condition())
    }

    /// Goes on, or not.
    ///
    /// # Errors
    /// Work has to end.
    pub fn check(&self) -> Result<(), Stopped> {
        if self.is_stopped() { Err(Stopped) } else { Ok(()) }
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stop").field("told", &self.told).finish_non_exhaustive()
    }
}

/// There is no result, because somebody stopped the work.
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
    /// Somebody stopped the work.
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
        let asked = Arc::new(AtomicBool::new(false));
        let condition = asked.clone();
        let stop = Stop::when(move || condition.load(Ordering::Relaxed));
        assert!(!stop.is_stopped());
        asked.store(true, Ordering::Relaxed);
        assert!(stop.is_stopped());
    }
}
