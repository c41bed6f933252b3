//! The choice of one candidate for each name.
//!
//! In: the candidates of each name, with their costs. Out: one candidate or none for each name, so that no two clash.
//!
//! The cost of a map is the sum of the costs of the chosen candidates, of the clashes among them and of the missing
//! names. The search for a low cost is threshold accepting (G. Dueck and T. Scheuer, Journal of Computational Physics
//! 90, 1990, pages 161–175). It is a variant of simulated annealing, the method that Christensen, Marks and Shieber
//! found to be the best, without exponentials: a change is accepted if the cost rises by less than a threshold, which
//! falls to zero. The pairs of candidates that clash are computed once, before the search.

use std::ops::Range;

use super::candidates::Candidate;
use crate::drawing::random::Random;

/// The cost of two names that clash.
const CLASH: i32 = 1000;
/// The cost of leaving a name out: this for the last name, rising to three times this for the first name.
const MISSING: i32 = 600;
/// The number of searches, of which the best result counts. Each starts from the result of the one before.
const SEARCHES: u64 = 4;
/// The threshold at the start of a search.
const START_THRESHOLD: i32 = 500;
/// The number of changes that a search tries for each name.
const TRIALS: i32 = 2000;
/// The maximum number of rounds of the final descent.
const ROUNDS: usize = 20;

/// Chooses a candidate for each name; `None` leaves the name out. The names are in order of importance.
pub(crate) fn settle(choices: &[Vec<Candidate>]) -> Vec<Option<Candidate>> {
    let mut search = Search::new(choices);
    let results = (0..SEARCHES).map(|seed| {
        search.anneal(seed);
        search.descend();
        search.clear();
        (search.total(), search.chosen.clone())
    });
    let best = results.min_by_key(|(total, _)| *total).map(|(_, chosen)| chosen).unwrap_or_default();
    best.into_iter().map(|choice| Some(search.choices[choice?])).collect()
}

/// The state of the search. Candidates are indexes of `choices`.
struct Search {
    /// The candidates of all names, one name after the other.
    choices: Vec<Candidate>,
    /// The candidates of each name.
    names: Vec<Range<usize>>,
    /// For each candidate, all other candidates that it clashes with.
    clashing: Vec<Vec<usize>>,
    /// For each candidate, the number of chosen candidates that it clashes with.
    clashes: Vec<i32>,
    /// The chosen candidate of each name.
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
        let mut owners: Vec<usize> = Vec::with_capacity(choices.len());
        for (owner, name) in names.iter().enumerate() {
            owners.extend(name.clone().map(|_| owner));
        }
        // From left to right: what begins right of the end of a candidate can't clash with it.
        let mut order: Vec<usize> = (0..choices.len()).collect();
        order.sort_by_key(|one| choices[*one].ends().0);
        for (at, &one) in order.iter().enumerate() {
            let end = choices[one].ends().1;
            let near = order[at + 1..].iter().take_while(|other| choices[**other].ends().0 < end);
            for &other in near.filter(|other| owners[**other] != owners[one] && choices[**other].clashes(&choices[one]))
            {
                clashing[one].push(other);
                clashing[other].push(one);
            }
        }
        Self { clashes: vec![0; choices.len()], chosen: vec![None; names.len()], choices, names, clashing }
    }

    /// Sets the candidate of a name, and updates the numbers of clashes.
    fn choose(&mut self, name: usize, choice: Option<usize>) {
        let before = std::mem::replace(&mut self.chosen[name], choice);
        for (choice, change) in [(before, -1), (choice, 1)] {
            for other in choice.iter().flat_map(|choice| &self.clashing[*choice]) {
                self.clashes[*other] += change;
            }
        }
    }

    /// The cost of a choice for a name, while the choices of the other names stay.
    fn cost(&self, name: usize, choice: Option<usize>) -> i32 {
        let missing = || MISSING + 2 * MISSING * (self.names.len() - name) as i32 / self.names.len() as i32;
        choice.map_or_else(missing, |choice| self.choices[choice].cost + CLASH * self.clashes[choice])
    }

    /// The cost of the map, provided that no names clash. (Each clash would be counted twice.)
    fn total(&self) -> i32 {
        self.chosen.iter().enumerate().map(|(name, choice)| self.cost(name, *choice)).sum()
    }

    /// Tries random changes, and accepts those that raise the cost by less than the threshold.
    fn anneal(&mut self, seed: u64) {
        let mut random = Random::new(seed);
        for trial in 0..TRIALS {
            let threshold = START_THRESHOLD * (TRIALS - trial) / TRIALS;
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

    /// Gives each name in turn its cheapest choice, until nothing changes.
    fn descend(&mut self) {
        for _ in 0..ROUNDS {
            let before = self.chosen.clone();
            for name in 0..self.names.len() {
                let all = self.names[name].clone().map(Some).chain([None]);
                let cheapest = all.min_by_key(|choice| self.cost(name, *choice)).flatten();
                self.choose(name, cheapest);
            }
            if self.chosen == before {
                break;
            }
        }
    }

    /// Resolves the remaining clashes: the less important name takes a candidate without clashes, or is left out.
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
