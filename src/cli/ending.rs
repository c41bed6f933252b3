//! Being asked to end: by Ctrl-C, or by a signal from the system.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// What a shell adds to the number of a signal to make the exit status of a program that the signal ended.
const SIGNALLED: i32 = 128;

/// Notes the first SIGINT or SIGTERM, so that the program can tidy up before it ends. A second one ends it at once.
pub(super) struct Ending {
    interrupted: Arc<AtomicBool>,
    terminated: Arc<AtomicBool>,
}

impl Ending {
    /// Listens from now on.
    ///
    /// # Errors
    /// The system does not let the program listen.
    pub(super) fn listen() -> io::Result<Self> {
        let asked = Arc::new(AtomicBool::new(false));
        let ending = Self { interrupted: Arc::default(), terminated: Arc::default() };
        for (signal, own) in [(SIGINT, &ending.interrupted), (SIGTERM, &ending.terminated)] {
            // Actions run in the order of their registration, so the first signal only sets the flag that the second one ends by.
            flag::register_conditional_shutdown(signal, SIGNALLED + signal, asked.clone())?;
            flag::register(signal, asked.clone())?;
            flag::register(signal, own.clone())?;
        }
        Ok(ending)
    }

    /// The exit status, if the program has been asked to end.
    pub(super) fn status(&self) -> Option<u8> {
        let signal = match (self.interrupted.load(Ordering::Relaxed), self.terminated.load(Ordering::Relaxed)) {
            (true, _) => SIGINT,
            (false, true) => SIGTERM,
            (false, false) => return None,
        };
        u8::try_from(SIGNALLED + signal).ok()
    }
}
