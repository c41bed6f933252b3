//! What the outside addresses answered: as diagnostics, for people, and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::answer::Status;
use super::collect::Addresses;
use super::lock::{Lock, Verdict};
use crate::diagnostics::{Code, Diagnostic, Texts, visible};
use crate::text::{Place, line_and_column};

/// A warning for each place of a dead address.
pub fn diagnostics(addresses: &Addresses, lock: &Lock) -> Vec<Diagnostic> {
    let dead = addresses.iter().filter_map(|(address, places)| match lock.verdict(address)? {
        Verdict::Dead(since) => Some((address, places, since, lock.status(address)?)),
        _ => None,
    });
    let warnings = dead.flat_map(|(address, places, since, status)| {
        let message = format!("\"{address}\" is dead since {since}: {status}");
        places.iter().map(move |place| {
            Diagnostic::new(Code::DeadLink, place.clone(), message.clone()).hint(format!(
                "write its new address, or that of a copy in an archive (https://web.archive.org/web/{address}), or take it out"
            ))
        })
    });
    warnings.collect()
}

/// The addresses that are not dead and that an editor may want to look at, and a summary in a line. `asked` is the number of
/// addresses that were asked now.
pub fn human(addresses: &Addresses, lock: &Lock, asked: usize, texts: Texts<'_>) -> String {
    let mut groups: [(&str, Vec<String>); 3] = [
        ("Moved for good, write the new address", Vec::new()),
        ("Failed, and are dead if they still do on another day", Vec::new()),
        ("Can't be judged, look at them in a browser", Vec::new()),
    ];
    let (mut alive, mut dead) = (0, 0);
    for (address, places) in addresses {
        let status = || lock.status(address).map(|status| status.to_string()).unwrap_or_default();
        let (group, text) = match lock.verdict(address) {
            None => continue,
            Some(Verdict::Alive) => {
                alive += 1;
                continue;
            }
            Some(Verdict::Dead(_)) => {
                dead += 1;
                continue;
            }
            Some(Verdict::Moved(to)) => (0, format!("{address} → {to}")),
            Some(Verdict::Failing) => (1, format!("{address}: {}", status())),
            Some(Verdict::Unclear) => (2, format!("{address}: {}", status())),
        };
        let at = places.iter().map(|place| written(place, texts)).collect::<Vec<_>>().join(", ");
        groups[group].1.push(format!("  {text}\n    {at}\n"));
    }
    let mut out = String::new();
    for (title, lines) in groups.iter().filter(|(_, lines)| !lines.is_empty()) {
        let _ = writeln!(out, "{title} ({}):\n{}", lines.len(), lines.concat());
    }
    let [moved, failed, unclear] = groups.map(|(_, lines)| lines.len());
    let parts = [(alive, "answer"), (moved, "moved"), (failed, "failed"), (unclear, "unclear"), (dead, "dead")];
    let parts = parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
    let parts: Vec<String> = parts.collect();
    let _ = writeln!(out, "{}: {} ({asked} asked now)", counted(addresses.len()), parts.join(", "));
    visible(&out).into_owned()
}

fn counted(count: usize) -> String {
    format!("{count} outside address{}", if count == 1 { "" } else { "es" })
}

/// Every address, with its verdict and its places.
pub fn json(addresses: &Addresses, lock: &Lock, texts: Texts<'_>) -> Value {
    addresses.iter().map(|(address, places)| entry(address, places, lock, texts)).collect()
}

fn entry(address: &str, places: &[Place], lock: &Lock, texts: Texts<'_>) -> Value {
    let (verdict, since, moved) = match lock.verdict(address) {
        None => ("unknown", None, None),
        Some(Verdict::Alive) => ("alive", None, None),
        Some(Verdict::Moved(to)) => ("moved", None, Some(to)),
        Some(Verdict::Dead(since)) => ("dead", Some(since.to_string()), None),
        Some(Verdict::Failing) => ("failing", None, None),
        Some(Verdict::Unclear) => ("unclear", None, None),
    };
    let status = lock.status(address).map(|status| match status {
        Status::Code(code) => json!(code),
        Status::Failure(failure) => json!(failure.as_str()),
    });
    let places: Vec<Value> = places
        .iter()
        .map(|place| {
            let (line, column) = position(place, texts);
            json!({ "path": &*place.path, "line": line, "column": column })
        })
        .collect();
    let mut entry = json!({ "address": address, "verdict": verdict, "status": status, "places": places });
    let asked = lock.asked(address).map(|date| date.to_string());
    for (key, value) in [("asked", asked), ("since", since), ("moved", moved)] {
        if let Some(value) = value {
            entry[key] = value.into();
        }
    }
    entry
}

fn written(place: &Place, texts: Texts<'_>) -> String {
    let (line, column) = position(place, texts);
    format!("{}:{line}:{column}", place.path)
}

fn position(place: &Place, texts: Texts<'_>) -> (usize, usize) {
    texts(&place.path).map_or((1, 1), |source| line_and_column(&source.text, place.span.start as usize))
}
