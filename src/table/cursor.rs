//! The way to the key or value at an offset of a text.

use super::data::{Data, Entry, Table, Value};
use crate::text::Span;

/// The path from a table to the key or value at an offset: keys, and indexes of list items, from the outermost inwards.
/// A reader takes one step after the other.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    steps: Vec<Step<'a>>,
    next: usize,
    on_key: bool,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Key(&'a Entry),
    Item(usize, &'a Value),
}

impl<'a> Cursor<'a> {
    /// Takes the next step if it is a key, and gives its entry.
    pub fn next_key(&mut self) -> Option<&'a Entry> {
        let Some(Step::Key(entry)) = self.steps.get(self.next) else { return None };
        self.next += 1;
        Some(entry)
    }

    /// Takes the next step if it is a list item, and gives its index.
    pub fn next_item(&mut self) -> Option<usize> {
        let Some(Step::Item(index, _)) = self.steps.get(self.next) else { return None };
        self.next += 1;
        Some(*index)
    }

    /// Whether all steps have been taken.
    pub fn is_at_end(&self) -> bool {
        self.next == self.steps.len()
    }

    /// Whether the offset is on the last key, not on a value.
    pub fn on_key(&self) -> bool {
        self.on_key
    }

    /// The innermost value at the offset. If the offset is on a key, the value of that key.
    pub fn value(&self) -> Option<&'a Value> {
        match self.steps.last()? {
            Step::Key(entry) => Some(&entry.value),
            Step::Item(_, value) => Some(value),
        }
    }

    /// The span of the innermost key or value at the offset.
    pub fn span(&self) -> Span {
        match self.steps.last() {
            Some(Step::Key(entry)) if self.on_key => entry.key_span,
            _ => self.value().map_or(Span::default(), |value| value.span),
        }
    }
}

impl Table {
    /// The path to the key or value at an offset; `None` between the entries.
    pub fn cursor(&self, offset: usize) -> Option<Cursor<'_>> {
        let mut steps = Vec::new();
        let on_key = self.walk(offset, &mut steps)?;
        Some(Cursor { steps, next: 0, on_key })
    }

    /// The paths to all keys and to all values that are neither tables nor lists, in the order of the text.
    pub fn cursors(&self) -> Vec<Cursor<'_>> {
        let mut cursors = Vec::new();
        self.collect(&mut Vec::new(), &mut cursors);
        cursors
    }

    fn collect<'a>(&'a self, steps: &mut Vec<Step<'a>>, cursors: &mut Vec<Cursor<'a>>) {
        for entry in &self.entries {
            steps.push(Step::Key(entry));
            cursors.push(Cursor { steps: steps.clone(), next: 0, on_key: true });
            entry.value.collect(steps, cursors);
            steps.pop();
        }
    }

    /// Collects the steps to an offset. Returns whether the last step is a key; `None` if the offset is on no entry.
    /// The span of a table with a header is only the header, so spans can't rule tables out and all of them are
    /// searched.
    fn walk<'a>(&'a self, offset: usize, steps: &mut Vec<Step<'a>>) -> Option<bool> {
        for entry in &self.entries {
            steps.push(Step::Key(entry));
            if entry.key_span.touches(offset) {
                return Some(true);
            }
            if let Some(on_key) = entry.value.walk(offset, steps) {
                return Some(on_key);
            }
            steps.pop();
        }
        None
    }
}

impl Value {
    fn collect<'a>(&'a self, steps: &mut Vec<Step<'a>>, cursors: &mut Vec<Cursor<'a>>) {
        match &self.data {
            Data::Table(table) => table.collect(steps, cursors),
            Data::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    steps.push(Step::Item(index, item));
                    item.collect(steps, cursors);
                    steps.pop();
                }
            }
            _ => cursors.push(Cursor { steps: steps.clone(), next: 0, on_key: false }),
        }
    }

    fn walk<'a>(&'a self, offset: usize, steps: &mut Vec<Step<'a>>) -> Option<bool> {
        let inner = match &self.data {
            Data::Table(table) => table.walk(offset, steps),
            Data::Array(items) => items.iter().enumerate().find_map(|(index, item)| {
                steps.push(Step::Item(index, item));
                let on_key = item.walk(offset, steps);
                if on_key.is_none() {
                    steps.pop();
                }
                on_key
            }),
            _ => None,
        };
        inner.or_else(|| self.span.touches(offset).then_some(false))
    }
}
