//! The portal of this repository: complete, and without diagnostics.
//!
//! The facts are those of the five base documents. They are a minimum: no fact of the documents may be missing, but a
//! new profile needs no change here. The numbers were counted by hand when the content was written. The names are in
//! `portal/facts.txt`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::sync::Arc;

use filiere::compile::{self, Compiled, Request};
use filiere::locale::Lang;
use filiere::model::Today;
use filiere::source::Disk;
use filiere::stop::Stop;

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

/// How many entities of each type the documents name, counted by hand.
const ENTITIES: &[(&str, usize)] = &[
    ("actors", 196),
    ("approaches", 62),
    ("areas", 23),
    ("categories", 18),
    ("events", 62),
    ("figures", 181),
    ("places", 81),
    ("projects", 41),
    ("segments", 16),
    ("sources", 100),
    ("stages", 3),
    ("terms", 80),
];

/// How many statements of each relation the documents make, counted by hand.
const RELATIONS: &[(&str, usize)] = &[
    ("actors.acquired_by", 5),
    ("actors.built_on", 1),
    ("actors.country", 9),
    ("actors.former_parent", 1),
    ("actors.founders", 2),
    ("actors.funded_by", 12),
    ("actors.linked_areas", 2),
    ("actors.merged_into", 2),
    ("actors.parent", 24),
    ("actors.parks", 10),
    ("actors.partners", 17),
    ("actors.presence", 6),
    ("actors.spin_off_of", 14),
    ("actors.supplies", 1),
    ("actors.uses", 2),
    ("areas.programme", 3),
    ("figures.conflicts_with", 9),
    ("figures.sources", 181),
    ("projects.follows", 1),
    ("projects.funders", 5),
    ("projects.opportunity_for", 6),
    ("projects.part_of", 12),
    ("projects.involved", 15),
    ("projects.partners", 42),
    ("projects.voices", 6),
];

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

/// The key under which a fact is counted: `actors`, or `actors.partners`.
fn group_of(fact: &str) -> String {
    let mut words = fact.split(' ');
    let entity_type = words.next().unwrap().split('/').next().unwrap();
    words.next().map_or_else(|| entity_type.to_owned(), |relation| format!("{entity_type}.{relation}"))
}

#[test]
fn the_facts_by_name_are_as_many_as_were_counted() {
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for fact in facts() {
        *named.entry(group_of(fact)).or_default() += 1;
    }
    for (group, counted) in ENTITIES.iter().chain(RELATIONS) {
        let named = named.get(*group).copied().unwrap_or_default();
        assert!(named >= *counted, "tests/portal/facts.txt names {named} of {counted} {group}");
    }
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
