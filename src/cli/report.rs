//! Prints diagnostics and summaries.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};

use super::args::{Explain, Format, Once};
use crate::compile::{Compiled, Outcome};
use crate::diagnostics::{self, Code, Diagnostic, Warnings};
use crate::output::{self, Recovered, Refusal};
use crate::text::SourceText;

/// The exit status if the content has errors, or with `--strict`, warnings.
pub(super) const CONTENT_HAS_ERRORS: u8 = 1;
/// The exit status of wrong usage and of disk errors.
pub(super) const FAILED: u8 = 2;

/// Prints to the standard output. A closed pipe, as in `filiere explain | head`, is not an error.
///
/// # Errors
/// The text can't be written, for example because the output is a file on a full disk.
pub(super) fn print(text: &str) -> Result<()> {
    let mut out = anstream::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("can't write to the standard output")
        }
        _ => Ok(()),
    }
}

/// Prints to the standard error. If that fails, there is nowhere to say so.
pub(super) fn eprint(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Prints an error with its causes.
pub(super) fn eprint_error(error: &anyhow::Error) {
    eprint(&format!("{}: {}\n", red("error"), diagnostics::visible(&format!("{error:#}"))));
}

/// A word in red. The output stream removes the colour if it is not a terminal.
pub(super) fn red(word: &str) -> String {
    format!("\u{1b}[1;31m{word}\u{1b}[0m")
}

/// A refusal to write, as an error.
pub(super) fn refused(refusal: Refusal) -> anyhow::Error {
    match refusal {
        Refusal::NotOurs(sentence) => anyhow!(sentence),
        Refusal::Io(error) => error.into(),
    }
}

/// Finishes or takes back a change of the content that another process left half done, and says so.
pub(super) fn recover(root: &Path) -> Result<()> {
    let text = match output::recover(root).map_err(refused)? {
        None => return Ok(()),
        Some(Recovered::Finished) => "a change of the content had been interrupted: it is finished now",
        Some(Recovered::TakenBack) => {
            "a change of the content had been interrupted before it began: nothing of it was made"
        }
    };
    eprint(&format!("{text}\n"));
    Ok(())
}

/// Diagnostics of a check as text.
pub(super) fn human(texts: &dyn Fn(&str) -> Option<SourceText>, diagnostics: &[Diagnostic]) -> String {
    diagnostics::human(diagnostics, texts, Warnings::First, true)
}

/// Diagnostics as text. The output stream removes the colours if it is not a terminal.
pub(super) fn diagnostics(outcome: &Outcome, diagnostics: &[Diagnostic], format: Format, once: &Once) -> String {
    let warnings = if once.all { Warnings::All } else { Warnings::First };
    let texts = |path: &str| outcome.text(path);
    match format {
        Format::Human => diagnostics::human(diagnostics, &texts, warnings, true),
        Format::Short => diagnostics::short(diagnostics, &texts),
        Format::Json => diagnostics::json(diagnostics, &texts),
    }
}

/// `3 errors, 1 warning`; empty if there are none.
pub(super) fn counted(diagnostics: &[Diagnostic]) -> String {
    let (errors, warnings) = diagnostics::count(diagnostics);
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(plural(errors, "error"));
    }
    if warnings > 0 {
        parts.push(plural(warnings, "warning"));
    }
    parts.join(", ")
}

/// `1 file`, `2 files`.
pub(super) fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// `312 pages (156 × 2 languages), 9 warnings, 0.08 s`.
pub(super) fn summary(compiled: &Compiled, diagnostics: &[Diagnostic], elapsed: Duration) -> String {
    let pages = compiled.site.pages().count();
    let languages = compiled.ecosystem.config.languages.count();
    let mut line = plural(pages, "page");
    if languages > 1 && pages.is_multiple_of(languages) {
        let _ = write!(line, " ({} × {languages} languages)", pages / languages);
    }
    let counted = counted(diagnostics);
    if !counted.is_empty() {
        let _ = write!(line, ", {counted}");
    }
    let _ = write!(line, ", {:.2} s", elapsed.as_secs_f64());
    line
}

/// A table of the stages, with the time of each and its share of the total.
pub(super) fn timings(stages: &[(&str, Duration)]) -> String {
    let total: Duration = stages.iter().map(|(_, time)| *time).sum();
    let mut out = String::from("stage        seconds   share\n");
    for (stage, time) in stages {
        let share = 100.0 * time.as_secs_f64() / total.as_secs_f64().max(f64::MIN_POSITIVE);
        let _ = writeln!(out, "{stage:<10} {:>9.3} {share:>6.1}%", time.as_secs_f64());
    }
    let _ = writeln!(out, "{:<10} {:>9.3}", "total", total.as_secs_f64());
    if let Some(megabytes) = peak_memory() {
        let _ = writeln!(out, "{:<10} {megabytes:>6} MB", "memory");
    }
    out
}

/// The peak memory of the process in MiB; known on Linux only.
#[expect(clippy::disallowed_methods, reason = "this is about the process, not about the site")]
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}

/// Prints the explanation of a code, or a list of all codes.
pub(super) fn explain(options: &Explain) -> Result<u8> {
    let Some(name) = &options.code else {
        let line = |code: &Code| {
            let first = code.explanation().lines().next().unwrap_or_default();
            format!("{:<22} {:<8} {first}\n", code.as_str(), code.severity().as_str())
        };
        print(&Code::ALL.iter().map(line).collect::<String>())?;
        return Ok(0);
    };
    let name = name.trim_start_matches("error[").trim_start_matches("warning[").trim_end_matches(']');
    match Code::named(name) {
        Some(code) => {
            print(&format!("{}[{code}]\n\n{}\n", code.severity().as_str(), code.explanation()))?;
            Ok(0)
        }
        None => {
            let hint = diagnostics::did_you_mean(name, Code::ALL.iter().map(|code| code.as_str()));
            let hint = hint.map_or_else(|| String::from("`filiere explain` lists all codes"), |hint| hint.text);
            eprint(&format!("{}: there is no code \"{}\"; {hint}\n", red("error"), diagnostics::visible(name)));
            Ok(FAILED)
        }
    }
}

/// Prints the licences of the crates in the program.
pub(super) fn licences() -> Result<u8> {
    print(include_str!("../../THIRD-PARTY.md"))?;
    Ok(0)
}

/// The exit status for these diagnostics.
pub(super) fn status(diagnostics: &[Diagnostic], strict: bool) -> u8 {
    let (errors, warnings) = diagnostics::count(diagnostics);
    if errors > 0 || (strict && warnings > 0) { CONTENT_HAS_ERRORS } else { 0 }
}
