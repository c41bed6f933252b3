//! The commands that change the content.

use std::fmt::Write as _;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::json;

use super::args::{Add, ChangeFormat, Changing, Kept, Merge, Move, Remove, Rename};
use super::clock::today;
use super::report::{self, refused};
use crate::compile::{Checked, Compiler, Request};
use crate::diagnostics::{self, Code, Diagnostic, Severity};
use crate::edit::{self, Change, FileChange, Keep, Refusal, Trial, Wish};
use crate::output::{self, Step};
use crate::source::{Disk, Files as _};
use crate::stop::Stop;
use crate::text::SourceText;

/// The command `rename`.
pub(super) fn rename(options: &Rename) -> Result<u8> {
    run(&options.changing, |checked| edit::rename(checked, &options.from, &options.to))
}

/// The command `remove`.
pub(super) fn remove(options: &Remove) -> Result<u8> {
    run(&options.changing, |checked| edit::remove(checked, &options.entity, options.unlink))
}

/// The command `merge`.
pub(super) fn merge(options: &Merge) -> Result<u8> {
    let keep = options.keep.map(|kept| match kept {
        Kept::From => Keep::From,
        Kept::Into => Keep::Into,
    });
    run(&options.changing, |checked| edit::merge(checked, &options.from, &options.into, keep))
}

/// The command `move`.
pub(super) fn retype(options: &Move) -> Result<u8> {
    run(&options.changing, |checked| edit::retype(checked, &options.entity, &options.entity_type))
}

/// The command `add`. A draft may lack facts.
pub(super) fn add(options: &Add) -> Result<u8> {
    let wish = Wish {
        entity_type: &options.entity_type,
        title: &options.title,
        id: options.id.as_deref(),
        fields: options.fields.iter().map(String::as_str).collect(),
        translations: options.translations.iter().map(String::as_str).collect(),
    };
    run(&options.changing, |checked| edit::add(checked, &wish))
}

/// Makes a change of the content, or prints it, and says which files it changes.
fn run(options: &Changing, wish: impl FnOnce(&Checked) -> Result<Change, Refusal>) -> Result<u8> {
    make(options, wish, |_, _| String::new())
}

/// Makes a change of the content, or prints it. `tell` says in words what is different after it.
pub(super) fn make(
    options: &Changing,
    wish: impl FnOnce(&Checked) -> Result<Change, Refusal>,
    tell: impl FnOnce(&Checked, &Checked) -> String,
) -> Result<u8> {
    let disk = Arc::new(Disk::new(&options.root));
    let request = Request { base_url: None, drafts: true, search: false, today: today()? };
    let mut compiler = Compiler::new(disk.clone(), request);
    let stop = Stop::new();
    let failed = || format!("can't read the site in {}", options.root.display());
    let before = compiler.check(&stop).map_err(anyhow::Error::from).with_context(failed)?;
    let change = match wish(&before) {
        Ok(change) => change,
        Err(Refusal::Wish(sentence)) => bail!(diagnostics::visible(&sentence).into_owned()),
        Err(Refusal::Content(problems)) => {
            report_all(options, &before, &Change::default(), &problems)?;
            return Ok(report::CONTENT_HAS_ERRORS);
        }
    };
    let Trial { after, problems } =
        edit::trial(&mut compiler, &before, &change, &stop).map_err(anyhow::Error::from).with_context(failed)?;
    let texts = Texts { before: &before, after: &after };
    if problems.iter().any(|problem| is_against(problem, &change)) && !options.force {
        texts.report(options, &Change::default(), &problems)?;
        if options.format == ChangeFormat::Human {
            report::eprint(
                "nothing was changed: the change would bring the errors above (--force makes it all the same)\n",
            );
        }
        return Ok(report::CONTENT_HAS_ERRORS);
    }
    let steps = steps(&disk, &before, &change)?;
    if !options.dry_run {
        output::apply(&options.root, &steps).map_err(refused)?;
    }
    if options.format == ChangeFormat::Human && !change.is_empty() {
        let words = tell(&before, &after);
        // With --dry-run, the standard output is a diff that programs can apply.
        if options.dry_run { report::eprint(&words) } else { report::print(&words)? }
    }
    texts.report(options, &change, &problems)?;
    Ok(0)
}

/// Whether a diagnostic of a trial is against a change: an error, unless a new draft lacks a fact.
fn is_against(problem: &Diagnostic, change: &Change) -> bool {
    let is_unfinished = problem.code == Code::MissingField
        && matches!(change.files.get(&*problem.place.path), Some(FileChange::Create(text)) if text.contains("\ndraft = true"));
    problem.severity() == Severity::Error && !is_unfinished
}

/// The texts of the site before and after a change: diagnostics are about either.
struct Texts<'a> {
    before: &'a Checked,
    after: &'a Checked,
}

impl Texts<'_> {
    fn report(&self, options: &Changing, change: &Change, problems: &[Diagnostic]) -> Result<()> {
        let texts = |path: &str| self.after.text(path).or_else(|| self.before.text(path));
        print(options, self.before, &texts, change, problems)
    }
}

fn report_all(options: &Changing, checked: &Checked, change: &Change, problems: &[Diagnostic]) -> Result<()> {
    print(options, checked, &|path| checked.text(path), change, problems)
}

/// Prints a change and diagnostics. `before` has the present texts, and `texts` those that the diagnostics are about.
fn print(
    options: &Changing,
    before: &Checked,
    texts: &dyn Fn(&str) -> Option<SourceText>,
    change: &Change,
    problems: &[Diagnostic],
) -> Result<()> {
    match options.format {
        ChangeFormat::Json => {
            let diagnostics: serde_json::Value = serde_json::from_str(&diagnostics::json(problems, texts))?;
            let files = edit::json(change, |path| before.text(path));
            report::print(&format!("{:#}\n", json!({ "files": files, "diagnostics": diagnostics })))
        }
        ChangeFormat::Human => {
            report::eprint(&report::human(texts, problems));
            if options.dry_run && problems.is_empty() && change.is_empty() {
                report::eprint(&summary(change));
            }
            if options.dry_run {
                let disk = Disk::new(&options.root);
                let text = |path: &str| String::from_utf8(disk.read(path).ok()?.bytes).ok();
                return report::print(&edit::unified(change, text));
            }
            if problems.is_empty() || !change.is_empty() { report::print(&summary(change)) } else { Ok(()) }
        }
    }
}

/// `changed 12 files, moved 2`, with the new paths.
fn summary(change: &Change) -> String {
    let count = |matches: fn(&FileChange) -> bool| change.files.values().filter(|file| matches(file)).count();
    let counts = [
        ("created", count(|file| matches!(file, FileChange::Create(_)))),
        ("changed", count(|file| matches!(file, FileChange::Edit(_)))),
        ("moved", count(|file| matches!(file, FileChange::Move { .. }))),
        ("deleted", count(|file| matches!(file, FileChange::Delete))),
    ];
    let parts: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(verb, count)| format!("{verb} {}", report::plural(*count, "file")))
        .collect();
    let mut out = String::new();
    if !change.is_empty() {
        let _ = writeln!(out, "{}", parts.join(", "));
        for (path, _) in change.files.iter().filter(|(_, file)| matches!(file, FileChange::Create(_))) {
            let _ = writeln!(out, "  {}", diagnostics::visible(path));
        }
    } else {
        out.push_str("nothing to change\n");
    }
    out
}

/// The steps of a change on disk.
fn steps(disk: &Disk, before: &Checked, change: &Change) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    for (path, file) in &change.files {
        let write = |to: &str, edits| -> Result<Step> {
            let bytes = edited(disk, before, path, edits)?;
            Ok(Step::Write { path: to.to_owned(), bytes, is_new: to != &**path })
        };
        match file {
            FileChange::Create(text) => {
                steps.push(Step::Write { path: path.to_string(), bytes: text.clone().into_bytes(), is_new: true });
            }
            FileChange::Edit(edits) => steps.push(write(path, edits)?),
            FileChange::Delete => steps.push(Step::Delete { path: path.to_string() }),
            FileChange::Move { to, edits } if edits.is_empty() => {
                steps.push(Step::Move { from: path.to_string(), to: to.to_string() });
            }
            FileChange::Move { to, edits } => {
                steps.push(write(to, edits)?);
                steps.push(Step::Delete { path: path.to_string() });
            }
        }
    }
    Ok(steps)
}

/// The bytes of a file after edits, with the byte order mark that it has.
fn edited(disk: &Disk, before: &Checked, path: &str, edits: &[edit::Edit]) -> Result<Vec<u8>> {
    let bytes = disk.read(path).with_context(|| format!("can't read {path}"))?.bytes;
    let text = String::from_utf8(bytes).map_err(|_| anyhow!("{path} is not UTF-8 text"))?;
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let (mark, text) = text.split_at(mark);
    if before.text(path).is_none_or(|source| *source.text != *text) {
        bail!("{path} has changed in the meantime; try again");
    }
    Ok([mark, &edit::edited(text, edits)].concat().into_bytes())
}
