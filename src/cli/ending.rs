//! Signals that end the program: Ctrl-C (SIGINT) and SIGTERM.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// By convention, the exit status of a program that a signal ended is this number plus the number of the signal.
const SIGNALLED: i32 = 128;

/// Records the first SIGINT or SIGTERM, so that the program can clean up before it ends. A second signal ends the
/// program at once.
pub(super) struct Ending {
    interrupted: Arc<AtomicBool>,
    terminated: Arc<AtomicBool>,
}

impl Ending {
    /// Registers the handlers of the signals.
    ///
    /// # Errors
    /// The system refuses to register a handler.
    pub(super) fn listen() -> io::Result<Self> {
        let is_second = Arc::new(AtomicBool::new(false));
        let ending = Self { interrupted: Arc::default(), terminated: Arc::default() };
        for (signal, own) in [(SIGINT, &ending.interrupted), (SIGTERM, &ending.terminated)] {
            // Handlers run in the order of their registration: the first signal finds the flag unset and sets it, the
            // second one ends the program.
            flag::register_conditional_shutdown(signal, SIGNALLED + signal, is_second.clone())?;
            flag::register(signal, is_second.clone())?;
            flag::register(signal, own.clone())?;
        }
        Ok(ending)
    }

    /// The exit status, if there was a signal.
    pub(super) fn status(&self) -> Option<u8> {
        let signal = match (self.interrupted.load(Ordering::Relaxed), self.terminated.load(Ordering::Relaxed)) {
            (true, _) => SIGINT,
            (false, true) => SIGTERM,
            (false, false) => return None,
        };
        u8::try_from(SIGNALLED + signal).ok()
    }
}
