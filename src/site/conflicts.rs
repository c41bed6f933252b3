//! Conflicts between addresses.
//!
//! In: all routes, each with its place in the content. Out: the routes that can be published together, and diagnostics
//! about the others.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::names;
use super::route::{PlacedRoute, RouteKind};
use crate::diagnostics::{Code, Diagnostic};
use crate::text::{Place, Span};

/// Removes routes that conflict: two have the same file, or the file of one is a folder of the other. The comparison
/// ignores case and the form of Unicode, because some file systems do. The first route with a file stays. Routes whose
/// files can't be written are removed too; `portable` asks for names that all systems allow.
pub(super) fn remove(routes: &mut Vec<PlacedRoute>, portable: bool) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut files: HashMap<String, usize> = HashMap::with_capacity(routes.len());
    let mut dropped: BTreeSet<usize> = BTreeSet::new();
    let mut pages: Vec<(&PlacedRoute, &PlacedRoute)> = Vec::new();
    for (at, placed) in routes.iter().enumerate() {
        match files.entry(names::folded(&placed.0.file())) {
            Entry::Vacant(free) => {
                free.insert(at);
            }
            Entry::Occupied(taken) => {
                let other = &routes[*taken.get()];
                // What a page has below it, such as its feed, conflicts with the page.
                let follows = |(one, first): &(&PlacedRoute, &PlacedRoute)| {
                    (&one.1, &first.1) == (&placed.1, &other.1) && placed.0.path.starts_with(&*one.0.path)
                };
                if !pages.iter().any(follows) {
                    problems.push(conflict(placed, other));
                }
                if placed.0.path.ends_with('/') {
                    pages.push((placed, other));
                }
                dropped.insert(at);
            }
        }
    }
    // A file in place of a folder that pages need is reported once, not once for each page.
    for (at, placed) in routes.iter().enumerate() {
        let file = names::folded(&placed.0.file());
        let folders = file.match_indices('/').map(|(end, _)| &file[..end]);
        if let Some(taken) = folders.filter_map(|folder| files.get(folder)).find(|taken| **taken != at)
            && dropped.insert(*taken)
        {
            problems.push(conflict(&routes[*taken], placed));
        }
    }
    let mut reported: HashSet<Place> = HashSet::new();
    for (at, placed) in routes.iter().enumerate() {
        let file = placed.0.file();
        let obstacle = || names::obstacle(&file, portable).map(|reason| (Code::UnwritablePath, reason));
        let reserved = names::reserved(&file).map(|reason| (Code::UrlConflict, reason));
        if let Some((code, reason)) = reserved.or_else(obstacle)
            && dropped.insert(at)
        {
            // A page has an address in each language.
            let problem = unwritable(placed, code, &reason);
            if reported.insert(problem.place.clone()) {
                problems.push(problem);
            }
        }
    }
    for at in dropped.into_iter().rev() {
        routes.remove(at);
    }
    problems
}

fn unwritable((route, place): &PlacedRoute, code: Code, reason: &str) -> Diagnostic {
    let place = place.clone().unwrap_or_else(|| Place { path: crate::config::FILE.into(), span: Span::default() });
    let message = format!("\"{}\" can't be published: {reason}", route.path);
    let hint = match &route.kind {
        RouteKind::Redirect(_) => "delete this redirect",
        other => remedy(other),
    };
    Diagnostic::new(code, place, message).hint(hint)
}

/// A hint for a route that can't be published.
fn remedy(kind: &RouteKind) -> &'static str {
    match kind {
        RouteKind::Redirect(_) => "delete this redirect, because the address is in use",
        RouteKind::File(_) => "rename this file",
        _ => "change the id, the slug, or the path of the type",
    }
}

/// Reports the route that is easier to change: a file or a redirect before a page, and a page before a route of the
/// program itself.
fn conflict(one: &PlacedRoute, other: &PlacedRoute) -> Diagnostic {
    let weight = |(route, place): &PlacedRoute| match (place, &route.kind) {
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
