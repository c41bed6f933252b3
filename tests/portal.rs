//! The portal of this repository: complete, and without a mistake.
//!
//! The numbers are those of the facts that were drawn from the five base documents, counted by hand when the content was written. Where the model
//! holds another number, the reason stands beside it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

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

/// What is counted, how many the facts hold, and how many more the model holds, with the reason.
type Count = (&'static str, usize, usize, &'static str);

const ENTITIES: &[Count] = &[
    ("actors", 196, 0, ""),
    ("approaches", 62, 0, ""),
    ("areas", 23, 0, ""),
    ("categories", 18, 0, ""),
    ("events", 62, 0, ""),
    ("figures", 181, 0, ""),
    ("places", 81, 6, "six provinces that the facts name only as the province of a town"),
    ("projects", 41, 0, ""),
    ("segments", 16, 0, ""),
    ("sources", 100, 0, ""),
    ("stages", 3, 5, "discovery, the three clinical phases and authorisation, which the thesis describes in chapter 2"),
    ("terms", 80, 0, ""),
];

const RELATIONS: &[Count] = &[
    ("actors.acquired_by", 5, 0, ""),
    ("actors.built_on", 1, 0, ""),
    ("actors.country", 9, 3, "the home countries that the descriptions of FDA, UKRI and Alderley Park give"),
    ("actors.former_parent", 1, 0, ""),
    ("actors.founders", 2, 0, ""),
    (
        "actors.funded_by",
        12,
        1,
        "one of the two statements of an investment between actors; the other one repeats the loan of the EIB",
    ),
    ("actors.linked_areas", 2, 0, ""),
    ("actors.merged_into", 2, 0, ""),
    ("actors.parent", 24, 4, "acquired companies whose new parent the list of actors gives"),
    ("actors.parks", 10, 0, ""),
    ("actors.partners", 17, 0, ""),
    ("actors.presence", 6, 2, "the carrier that is based at a Belgian airport, and the Belgian division of MSD"),
    ("actors.spin_off_of", 14, 0, ""),
    ("actors.supplies", 1, 0, ""),
    ("actors.uses", 2, 0, ""),
    ("areas.programme", 3, 0, ""),
    ("figures.conflicts_with", 11, 0, ""),
    ("figures.sources", 181, 0, ""),
    ("projects.follows", 1, 0, ""),
    ("projects.funders", 5, 0, ""),
    ("projects.opportunity_for", 6, 0, ""),
    ("projects.part_of", 12, 0, ""),
    ("projects.partners", 57, 11, "partners and coordinators that only the list of projects gives"),
    (
        "projects.voices",
        6,
        2,
        "EXO Biologics is quoted on the work package on exosomes too, and José Castillo as head of Quantoom too",
    ),
];

#[test]
fn nothing_is_wrong_with_the_portal() {
    let (compiled, found) = portal();
    assert_eq!(found, Vec::<String>::new());
    let problems = compile::render(&compiled, |_| true, &Stop::new(), &|_, _| Ok(())).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn every_fact_is_there() {
    let (compiled, _) = portal();
    let ecosystem = &compiled.ecosystem;
    for (name, facts, more, reason) in ENTITIES {
        let entity_type = ecosystem.schema.find(name).unwrap_or_else(|| panic!("there is no type {name}"));
        assert_eq!(ecosystem.of_type(entity_type).count(), facts + more, "{name} ({reason})");
        assert_eq!(reason.is_empty(), *more == 0, "{name}: a difference has a reason");
    }
    for (name, facts, more, reason) in RELATIONS {
        let (entity_type, relation) = name.split_once('.').unwrap();
        let links = ecosystem.links.iter().filter(|link| {
            let known = ecosystem.schema.relation(link.relation);
            &*known.id == relation && &*ecosystem.schema.get(known.owner).id == entity_type
        });
        assert_eq!(links.count(), facts + more, "{name} ({reason})");
        assert_eq!(reason.is_empty(), *more == 0, "{name}: a difference has a reason");
    }
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
    for entity in &compiled.ecosystem.entities {
        for (_, summary) in entity.summary.iter() {
            let length = summary.chars().count();
            assert!((20..=160).contains(&length), "{}: {length} characters: {summary}", entity.id);
        }
        assert!(!entity.summary.is_empty(), "{} has no summary", entity.id);
    }
}
