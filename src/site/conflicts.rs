//! Addresses that can't be.
//!
//! In: all routes, with what makes each. Out: those that can be published together, and what was wrong with the others.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use super::paths::SEARCH;
use super::route::{Laid, RouteKind};
use crate::diagnostics::{Code, Diagnostic};
use crate::text::{Place, Span};

/// Finds routes whose files are the same, or one of which is a folder of another; capitals don't tell them apart. Keeps the first.
pub(super) fn remove(routes: &mut Vec<Laid>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut files: HashMap<String, usize> = HashMap::with_capacity(routes.len());
    let mut dropped: BTreeSet<usize> = BTreeSet::new();
    for (at, laid) in routes.iter().enumerate() {
        match files.entry(laid.0.file().to_lowercase()) {
            Entry::Vacant(free) => {
                free.insert(at);
            }
            Entry::Occupied(taken) => {
                problems.push(conflict(laid, &routes[*taken.get()]));
                dropped.insert(at);
            }
        }
    }
    // A file that stands where pages need a folder is to blame once, however many pages there are.
    for (at, laid) in routes.iter().enumerate() {
        let file = laid.0.file().to_lowercase();
        let folders = file.match_indices('/').map(|(end, _)| &file[..end]);
        if let Some(taken) = folders.filter_map(|folder| files.get(folder)).find(|taken| **taken != at)
            && dropped.insert(*taken)
        {
            problems.push(conflict(&routes[*taken], laid));
        }
    }
    for (at, laid) in routes.iter().enumerate() {
        if is_reserved(&laid.0.file()) && dropped.insert(at) {
            problems.push(reserved(laid));
        }
    }
    for at in dropped.into_iter().rev() {
        routes.remove(at);
    }
    problems
}

/// Whether a file would lie in the folder of the search's index, or in its place. It is kept free even where there is no search, so that
/// another theme does not change what content may be called.
fn is_reserved(file: &str) -> bool {
    let folder = SEARCH.trim_matches('/');
    let start = file.split('/').next().unwrap_or_default();
    start.eq_ignore_ascii_case(folder)
}

fn reserved((route, place): &Laid) -> Diagnostic {
    let place = place.clone().unwrap_or_else(|| Place { path: crate::config::FILE.into(), span: Span::default() });
    let message =
        format!("\"{}\" can't be published, because \"{SEARCH}\" is reserved for the index of the search", route.path);
    Diagnostic::new(Code::UrlConflict, place, message).hint(remedy(&route.kind))
}

/// What to do about an address that can't be.
fn remedy(kind: &RouteKind) -> &'static str {
    match kind {
        RouteKind::Redirect(_) => "delete this redirect, because the address is in use",
        RouteKind::File(_) => "rename this file",
        _ => "change the id, the slug, or the path of the type",
    }
}

/// Blames what an editor can change: a file or a redirect before a page, and anything before what the program makes.
fn conflict(one: &Laid, other: &Laid) -> Diagnostic {
    let weight = |(route, place): &Laid| match (place, &route.kind) {
        (None, _) => 0,
        (Some(place), _) if &*place.path == crate::config::FILE => 1,
        (_, RouteKind::File(_) | RouteKind::Redirect(_)) => 3,
        _ => 2,
    };
    let ((route, place), (second, first)) = if weight(one) >= weight(other) { (one, other) } else { (other, one) };
    let message = if route.path == second.path {
        format!("two pages, files or redirects have the address \"{}\"", route.path)
    } else {
        format!("the addresses \"{}\" and \"{}\" can't both be published", route.path, second.path)
    };
    let hint = remedy(&route.kind);
    let place = place.clone().unwrap_or_else(|| Place { path: crate::config::FILE.into(), span: Span::default() });
    let diagnostic = Diagnostic::new(Code::UrlConflict, place, message);
    match first {
        Some(first) if &*first.path != crate::config::FILE => {
            diagnostic.note(first.clone(), "the other one is here").hint(hint)
        }
        _ => diagnostic.hint(format!("the program makes the other one; {hint}")),
    }
}
