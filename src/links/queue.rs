//! The visits that wait for their turn: a few at a time for each host.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::address::host;
use super::answer::{Answer, Failure, Status};
use super::visit::{Reply, Step, Visit};

/// The most requests to one host at a time.
const PER_HOST: usize = 2;
/// After so many requests in a row without an answer, a host is not asked any more.
const MOST_SILENCE: u8 = 3;

/// The visits that wait for their turn.
pub(super) struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    hosts: BTreeMap<String, Host>,
    /// Visits that wait or are under way.
    open: usize,
    answers: Vec<(Box<str>, Answer)>,
}

#[derive(Default)]
struct Host {
    waiting: VecDeque<Visit>,
    busy: usize,
    pause: Option<Instant>,
    silence: u8,
}

impl Queue {
    pub(super) fn new(visits: impl Iterator<Item = Visit>) -> Self {
        let mut state = State::default();
        for visit in visits {
            state.open += 1;
            state.hosts.entry(host(&visit.url)).or_default().waiting.push_back(visit);
        }
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// Waits for a visit whose turn it is. `None` if all have ended.
    pub(super) fn next(&self) -> Option<Visit> {
        let mut state = self.lock();
        while state.open > 0 {
            let now = Instant::now();
            if let Some(visit) = state.start(now) {
                return Some(visit);
            }
            let pauses = state.hosts.values().filter(|host| !host.waiting.is_empty()).filter_map(|host| host.pause);
            let pause = pauses.map(|end| end.saturating_duration_since(now)).filter(|pause| !pause.is_zero()).min();
            let waited = self.changed.wait_timeout(state, pause.unwrap_or(Duration::from_secs(1)));
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        None
    }

    /// Takes the reply to a visit's request. Out: how many visits have ended.
    pub(super) fn reply(&self, mut visit: Visit, reply: &Reply) -> usize {
        let mut state = self.lock();
        let asked = state.hosts.entry(host(&visit.url)).or_default();
        asked.busy -= 1;
        asked.silence = if *reply == Reply::None(Failure::Timeout) { asked.silence + 1 } else { 0 };
        match visit.take(reply) {
            Step::Again(pause) => {
                if !pause.is_zero() {
                    asked.pause = Some(Instant::now() + pause);
                }
                state.hosts.entry(host(&visit.url)).or_default().waiting.push_back(visit);
            }
            Step::End(answer) => state.end(visit, answer),
        }
        self.changed.notify_all();
        state.answers.len()
    }

    /// The answers, in no order.
    pub(super) fn answers(self) -> Vec<(Box<str>, Answer)> {
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).answers
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn start(&mut self, now: Instant) -> Option<Visit> {
        self.give_up();
        let is_free = |host: &&mut Host| {
            host.busy < PER_HOST && !host.waiting.is_empty() && host.pause.is_none_or(|pause| pause <= now)
        };
        let host = self.hosts.values_mut().find(is_free)?;
        host.busy += 1;
        host.waiting.pop_front()
    }

    /// Ends the visits to hosts that do not answer.
    fn give_up(&mut self) {
        let silent = self.hosts.values_mut().filter(|host| host.silence >= MOST_SILENCE);
        let visits: Vec<Visit> = silent.flat_map(|host| std::mem::take(&mut host.waiting)).collect();
        for visit in visits {
            self.end(visit, Answer { status: Status::Failure(Failure::Timeout), moved: None });
        }
    }

    fn end(&mut self, visit: Visit, answer: Answer) {
        self.open -= 1;
        self.answers.push((visit.address, answer));
    }
}
