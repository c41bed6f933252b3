//! The history: what happened to the profiles, by day.

mod shapes;

use tera::Value;

use super::kind::{self, View};
use super::spec::Spec;
use crate::model::{Event, EventKind};
use crate::render::parts::changes::change;
use crate::render::scope::Scope;

/// The number of days if the view does not say it.
const LIMIT: usize = 20;
/// The most changes of a day: thousands of new profiles need no page of their names.
const MOST: usize = 100;

pub(crate) struct Kind;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        "history"
    }

    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>> {
        spec.keys("a history", &["limit"]);
        if !spec.wants_history() {
            let message = "a history needs the log of git, and site.toml does not ask for it".to_owned();
            spec.report("kind", message, "write history = true in site.toml");
        }
        Some(Box::new(History { limit: spec.limit(LIMIT)? }))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        shapes::SHAPES
    }
}

struct History {
    /// The number of days.
    limit: usize,
}

impl View for History {
    fn value(&self, scope: &Scope) -> Value {
        let days = scope.ecosystem.events.chunk_by(|a, b| a.date == b.date).take(self.limit).map(|events| {
            let mut sorted: Vec<&Event> = events.iter().collect();
            // What is new comes first, what is gone last.
            sorted.sort_by_key(|event| rank(&event.kind));
            let changes = sorted.iter().take(MOST).map(|event| change(scope, event).into()).collect();
            let more = events.len().saturating_sub(MOST);
            shapes::HistoryDay { date: events[0].date.to_string(), changes, more }.into()
        });
        shapes::History { kind: "history", days: days.collect() }.into()
    }
}

fn rank(kind: &EventKind) -> u8 {
    match kind {
        EventKind::Added => 0,
        EventKind::Changed(_) => 1,
        EventKind::Removed => 2,
    }
}
