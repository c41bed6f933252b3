//! `check --links`: the outside addresses of a site.

use std::io::{self, IsTerminal};
use std::time::Duration;

use anyhow::{Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::args::{Check, Format};
use super::clock::today;
use super::lock;
use super::report::{self, refused};
use crate::compile::Outcome;
use crate::diagnostics::{self, Diagnostic};
use crate::links::{self, Addresses, Answer, Lock, Status};
use crate::output;

/// Asks the outside addresses of a checked site, keeps their answers, and prints what follows with the other diagnostics.
pub(super) fn check(options: &Check, outcome: &Outcome, mut problems: Vec<Diagnostic>) -> Result<u8> {
    let Some(compiled) = &outcome.compiled else {
        diagnostics::sort(&mut problems);
        report::print(&report::diagnostics(outcome, &problems, options.format, &options.once))?;
        report::eprint("there are errors: no outside address was asked\n");
        return Ok(report::CONTENT_HAS_ERRORS);
    };
    let ecosystem = &compiled.ecosystem;
    let before = lock::read(&options.site.root)?;
    let addresses = links::addresses(ecosystem);
    let mut lock = before.clone();
    let asked = update(options, &addresses, &mut lock)?;
    if lock != before {
        output::write_file(&options.site.root.join(links::FILE), lock.text().as_bytes(), true).map_err(refused)?;
    }
    let mut dead = links::diagnostics(&addresses, &lock);
    ecosystem.config.warnings.apply(&ecosystem.config.languages, &mut dead);
    problems.append(&mut dead);
    diagnostics::sort(&mut problems);
    let texts = |path: &str| outcome.text(path);
    let list = report::diagnostics(outcome, &problems, options.format, &options.once);
    report::print(&match options.format {
        Format::Human => {
            let counted = report::counted(&problems);
            let counted = if counted.is_empty() { counted } else { format!("{counted}\n") };
            list + &links::human(&addresses, &lock, asked, &texts) + &counted
        }
        Format::Short => list,
        Format::Json => {
            let list: serde_json::Value = serde_json::from_str(&list).unwrap_or_default();
            format!("{:#}\n", json!({ "diagnostics": list, "links": links::json(&addresses, &lock, &texts) }))
        }
    })?;
    Ok(report::status(&problems, options.once.strict))
}

/// Asks the addresses that are due. Out: how many there were.
fn update(options: &Check, addresses: &Addresses, lock: &mut Lock) -> Result<usize> {
    let today = today()?;
    let mut due = lock.due(addresses, today);
    let mut answers = ask(options, &due);
    let is_local =
        |(_, answer): &(Box<str>, Answer)| matches!(answer.status, Status::Failure(failure) if failure.is_local());
    if !answers.is_empty() && answers.iter().all(is_local) {
        // Either these addresses are dead, or there is no network. An address that answered before can tell.
        if let Some(sure) = lock.sure(addresses) {
            due.push(sure);
            answers.extend(ask(options, &[sure]));
        }
        if answers.iter().all(is_local) {
            bail!("none of {} could be reached: is there a network? Nothing was written", counted(answers.len()));
        }
    }
    for (address, answer) in answers {
        lock.record(&address, answer, today);
    }
    lock.keep(addresses);
    Ok(due.len())
}

fn counted(addresses: usize) -> String {
    if addresses == 1 { "1 outside address".into() } else { format!("{addresses} outside addresses") }
}

/// Asks addresses. A terminal shows how many have answered.
fn ask(options: &Check, addresses: &[&str]) -> Vec<(Box<str>, Answer)> {
    let bar = if io::stderr().is_terminal() { ProgressBar::new(addresses.len() as u64) } else { ProgressBar::hidden() };
    bar.set_style(
        ProgressStyle::with_template("{bar:30} {pos}/{len} {eta}").unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let how =
        links::Options { private: options.links.allow_private, patience: Duration::from_secs(options.links.timeout) };
    let answers = links::ask(addresses, how, &|ended| bar.set_position(ended as u64));
    bar.finish_and_clear();
    answers
}
