//! Which of its places each name takes.
//!
//! In: the places that each name may take, with their costs. Out: one for each name or none, so that no two clash.
//!
//! The cost of a map is that of its places, of the clashes among them and of the names that are missing. The search for a low one is the
//! threshold accepting of G. Dueck and T. Scheuer (Journal of Computational Physics 90, 1990, pages 161–175): simulated annealing, which
//! Christensen, Marks and Shieber found to be the best method, without its exponentials. A change is made if it costs less than a
//! threshold that falls to nothing. What clashes with what is found once, before the search.

use std::ops::Range;

use super::candidates::Candidate;
use crate::drawing::random::Random;

/// What a clash costs, and that the last name is missing; the first one costs three times as much.
const CLASH: i32 = 1000;
const MISSING: i32 = 600;
/// The best of so many searches counts. Each begins where the last one ended.
const SEARCHES: u64 = 4;
/// The threshold in the beginning.
const HOTTEST: i32 = 500;
/// So many changes are tried for each name in a search.
const TRIALS: i32 = 2000;
/// So many turns each name has in the end, at most.
const TURNS: usize = 20;

pub(crate) fn settle(choices: &[Vec<Candidate>]) -> Vec<Option<Candidate>> {
    let mut search = Search::new(choices);
    let found = (0..SEARCHES).map(|seed| {
        search.anneal(seed);
        search.descend();
        search.clear();
        (search.total(), search.chosen.clone())
    });
    let best = found.min_by_key(|(total, _)| *total).map(|(_, chosen)| chosen).unwrap_or_default();
    best.into_iter().map(|choice| Some(search.choices[choice?])).collect()
}

struct Search {
    /// The choices of all names, one name after the other.
    choices: Vec<Candidate>,
    /// Which of them are those of each name.
    names: Vec<Range<usize>>,
    /// Which other ones each of them clashes with.
    clashing: Vec<Vec<usize>>,
    /// With how many of those that are chosen each of them clashes.
    clashes: Vec<i32>,
    chosen: Vec<Option<usize>>,
}

impl Search {
    fn new(choices: &[Vec<Candidate>]) -> Self {
        let mut names: Vec<Range<usize>> = Vec::new();
        for choices in choices {
            let start = names.last().map_or(0, |last| last.end);
            names.push(start..start + choices.len());
        }
        let choices = choices.concat();
        let mut clashing: Vec<Vec<usize>> = vec![Vec::new(); choices.len()];
        for name in &names {
            for one in name.clone() {
                for other in (name.end..choices.len()).filter(|other| choices[one].clashes(&choices[*other])) {
                    clashing[one].push(other);
                    clashing[other].push(one);
                }
            }
        }
        Self { clashes: vec![0; choices.len()], chosen: vec![None; names.len()], choices, names, clashing }
    }

    fn choose(&mut self, name: usize, choice: Option<usize>) {
        let before = std::mem::replace(&mut self.chosen[name], choice);
        for (choice, change) in [(before, -1), (choice, 1)] {
            for other in choice.iter().flat_map(|choice| &self.clashing[*choice]) {
                self.clashes[*other] += change;
            }
        }
    }

    fn cost(&self, name: usize, choice: Option<usize>) -> i32 {
        let missing = || MISSING + 2 * MISSING * (self.names.len() - name) as i32 / self.names.len() as i32;
        choice.map_or_else(missing, |choice| self.choices[choice].cost + CLASH * self.clashes[choice])
    }

    /// The cost of the map once no names clash.
    fn total(&self) -> i32 {
        self.chosen.iter().enumerate().map(|(name, choice)| self.cost(name, *choice)).sum()
    }

    /// Tries random changes.
    fn anneal(&mut self, seed: u64) {
        let mut random = Random::new(seed);
        for trial in 0..TRIALS {
            let threshold = HOTTEST * (TRIALS - trial) / TRIALS;
            for name in 0..self.names.len() {
                let Range { start, end } = self.names[name];
                if start == end {
                    continue;
                }
                let choice = Some(start + random.below(end - start));
                if self.cost(name, choice) - self.cost(name, self.chosen[name]) < threshold {
                    self.choose(name, choice);
                }
            }
        }
    }

    /// In turn, each name takes what costs least while the others stay.
    fn descend(&mut self) {
        for _ in 0..TURNS {
            let before = self.chosen.clone();
            for name in 0..self.names.len() {
                let all = self.names[name].clone().map(Some).chain([None]);
                let least = all.min_by_key(|choice| self.cost(name, *choice)).flatten();
                self.choose(name, least);
            }
            if self.chosen == before {
                break;
            }
        }
    }

    /// The last of the names that still clash make room.
    fn clear(&mut self) {
        for name in (0..self.names.len()).rev() {
            if self.chosen[name].is_some_and(|choice| self.clashes[choice] > 0) {
                let free = self.names[name].clone().filter(|choice| self.clashes[*choice] == 0);
                let free = free.min_by_key(|choice| self.choices[*choice].cost);
                self.choose(name, free);
            }
        }
    }
}
