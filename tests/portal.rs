//! The portal of this repository: complete, and without diagnostics.
//!
//! The facts are those of the five base documents. They are a minimum: no fact of the documents may be missing, but a
//! new profile needs no change here. The names are in `portal/facts.txt`. The other tests are rules for all profiles: what is
//! inferred has a reason, what changes in time has a date, and what is said has a source.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use filiere::compile::{self, Compiled, Request};
use filiere::locale::Lang;
use filiere::model::Today;
use filiere::render::Rendered;
use filiere::site::RouteKind;
use filiere::source::Disk;
use filiere::stop::Stop;
use serde_json::Value;

fn portal() -> (Compiled, Vec<String>) {
    let files = Arc::new(Disk::new(env!("CARGO_MANIFEST_DIR")));
    let request = Request {
        base_url: None,
        drafts: false,
        search: true,
        today: Today::new(jiff::civil::date(2026, 11, 21)).unwrap(),
    };
    let outcome = compile::compile(files, &request, &mut |_| {}).unwrap();
    let found = outcome
        .diagnostics
        .iter()
        .map(|problem| format!("{} {}: {}", problem.place.path, problem.code, problem.message))
        .collect();
    (outcome.compiled.expect("the portal has errors"), found)
}

/// The facts by name: a line for each entity and each statement of a relation.
const FACTS: &str = include_str!("portal/facts.txt");

#[test]
fn nothing_is_wrong_with_the_portal() {
    let (compiled, found) = portal();
    assert_eq!(found, Vec::<String>::new());
    let problems = compile::render(&compiled, |_| true, &Stop::new(), &|_, _| Ok(())).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
}

fn facts() -> impl Iterator<Item = &'static str> {
    FACTS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[test]
fn every_fact_is_there() {
    let (compiled, _) = portal();
    let ecosystem = &compiled.ecosystem;
    let key = |id| {
        let entity = ecosystem.entity(id);
        format!("{}/{}", ecosystem.schema.get(entity.entity_type).id, entity.id)
    };
    let mut there: BTreeMap<String, usize> = ecosystem.published().map(|id| (key(id), 1)).collect();
    for link in &ecosystem.links {
        let relation = ecosystem.schema.relation(link.relation);
        *there.entry(format!("{} {} {}", key(link.from), relation.id, key(link.to))).or_default() += 1;
        // Either end may state a symmetric relation.
        if relation.symmetric && link.from != link.to {
            *there.entry(format!("{} {} {}", key(link.to), relation.id, key(link.from))).or_default() += 1;
        }
    }
    let is_missing = |fact: &&str| match there.get_mut(*fact) {
        Some(statements @ 1..) => {
            *statements -= 1;
            false
        }
        _ => true,
    };
    let missing: Vec<&str> = facts().filter(is_missing).collect();
    assert!(
        missing.is_empty(),
        "the portal lacks what its sources say; see tests/portal/facts.txt:\n{}",
        missing.join("\n")
    );
}

#[test]
fn everything_is_said_in_both_languages() {
    let (compiled, _) = portal();
    let languages = &compiled.ecosystem.config.languages;
    assert_eq!(languages.tags().collect::<Vec<_>>(), ["fr", "en"]);
    let (total, translated) = compiled.ecosystem.coverage(Lang(1));
    assert_eq!(total, translated);
}

#[test]
fn summaries_are_one_short_sentence() {
    let (compiled, _) = portal();
    for entity in compiled.ecosystem.published().map(|id| compiled.ecosystem.entity(id)) {
        for (_, summary) in entity.summary.iter() {
            let length = summary.chars().count();
            assert!((20..=160).contains(&length), "{}: {length} characters: {summary}", entity.id);
        }
        assert!(!entity.summary.is_empty(), "{} has no summary", entity.id);
    }
}

/// The published graph, as people who reuse the data read it.
fn graph() -> Value {
    let (compiled, _) = portal();
    let graph = Mutex::new(None);
    let is_output = |kind: &RouteKind| matches!(kind, RouteKind::Output(_));
    compile::render(&compiled, is_output, &Stop::new(), &|route, rendered| {
        if let ("/data/ecosystem.json", Rendered::Bytes(bytes)) = (&*route.path, rendered) {
            *graph.lock().unwrap() = Some(serde_json::from_slice(&bytes).unwrap());
        }
        Ok(())
    })
    .unwrap();
    graph.into_inner().unwrap().expect("the graph is published")
}

/// The links of the graph, each with a name for messages.
fn links(graph: &Value) -> impl Iterator<Item = (String, &Value)> {
    graph["relations"].as_array().unwrap().iter().map(|link| {
        let text = |key: &str| link[key].as_str().unwrap();
        (format!("{} {} {}", text("from"), text("relation"), text("to")), link)
    })
}

#[test]
fn what_is_inferred_says_why() {
    let graph = graph();
    let is_bare = |link: &Value| {
        let attributes = &link["attributes"];
        attributes["inferred"] == true && attributes["reason"].is_null()
    };
    let bare: Vec<String> = links(&graph).filter(|(_, link)| is_bare(link)).map(|(name, _)| name).collect();
    assert_eq!(bare, Vec::<String>::new(), "a link that is inferred needs a reason");
    assert!(links(&graph).any(|(_, link)| link["attributes"]["inferred"] == true), "the key has another name now");
}

#[test]
fn what_changes_in_time_has_a_date() {
    let graph = graph();
    let is_undated = |link: &Value| {
        let from = link["from"].as_str().unwrap();
        let relation = link["relation"].as_str().unwrap();
        let changes =
            matches!((from.split('/').next().unwrap(), relation), ("products", "stages") | ("persons", "roles"));
        changes && link["attributes"]["as_of"].is_null()
    };
    let mut undated: Vec<String> = links(&graph).filter(|(_, link)| is_undated(link)).map(|(name, _)| name).collect();
    let actors = graph["entities"].as_array().unwrap().iter().filter(|entity| entity["type"] == "actors");
    let has_undated_status =
        |actor: &&Value| !actor["fields"]["status"].is_null() && actor["attributes"]["status"]["as_of"].is_null();
    undated.extend(actors.filter(has_undated_status).map(|actor| format!("actors/{}", actor["id"].as_str().unwrap())));
    assert_eq!(undated, Vec::<String>::new(), "a stage, a role and a status hold at a date, as_of");
}

#[test]
fn nothing_is_said_without_a_source() {
    let graph = graph();
    let sourced: BTreeSet<&str> = graph["relations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|link| link["relation"] == "sources" && !link["attributes"]["at"].is_null())
        .map(|link| link["from"].as_str().unwrap())
        .collect();
    // A source is cited by others; an indicator only gathers figures, which have sources.
    let needs_source = |entity: &&Value| !matches!(entity["type"].as_str().unwrap(), "sources" | "indicators");
    let bare: Vec<String> = graph["entities"]
        .as_array()
        .unwrap()
        .iter()
        .filter(needs_source)
        .map(|entity| format!("{}/{}", entity["type"].as_str().unwrap(), entity["id"].as_str().unwrap()))
        .filter(|key| !sourced.contains(&**key))
        .collect();
    assert_eq!(bare, Vec::<String>::new(), "a profile needs a source with its place");
}
