//! Kinds of value that have several parts: money, percentages, ranges and periods.

use serde_json::json;

use crate::harness::{Built, Site};

const FIELDS: &str = r#"
budget = { kind = "money", brief = true, schema_org = "funding", label = { fr = "Budget", en = "Budget" } }
share  = { kind = "percentage", facet = true, max = 100, label = { fr = "Part", en = "Share" } }
jobs   = { kind = "range", unit = { fr = "emplois", en = "jobs" }, label = { fr = "Emplois", en = "Jobs" } }
active = { kind = "period", label = { fr = "Activité", en = "Active" } }
"#;

/// A site whose actor has these facts.
fn site(facts: &str) -> Site {
    Site::new().fields(FIELDS).facts(facts)
}

fn built(facts: &str) -> Built {
    let site = site(facts);
    let config = std::fs::read_to_string(site.path("site.toml")).unwrap().replace("plain", "atlas");
    site.file("site.toml", config).build()
}

/// The text of a page without its tags, and with single spaces.
fn words(page: &str) -> String {
    let text: String = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_page_writes_them_as_its_language_does() {
    let built = built(
        "budget = \"81_000_000 EUR\"\nshare = 60.5\njobs = [470, 1200]\nactive = { from = 2021, to = \"2027-06\" }",
    );
    let (french, english) = (words(&built.page("/acteurs/alpha/")), words(&built.page("/en/actors/alpha/")));
    for text in ["Budget 81 000 000 €", "Part 60,5 %", "Emplois 470–1 200 emplois", "Activité 2021 – juin 2027"]
    {
        assert!(french.contains(text), "{text} is not in {french}");
    }
    for text in ["Budget €81,000,000", "Share 60.5%", "Jobs 470–1,200 jobs", "Active 2021 – June 2027"] {
        assert!(english.contains(text), "{text} is not in {english}");
    }
    assert!(words(&built.page("/acteurs/")).contains("81 000 000 €"), "the list does not have the budget");
}

#[test]
fn data_has_their_parts() {
    let facts = "budget = { amount = 1.5, currency = \"USD\" }\nshare = 60\njobs = { from = 470 }\nactive = { to = 2024-01-17 }";
    let built = built(facts);
    let data = built.json("/data/actors.json");
    assert_eq!(
        data["entities"][0]["fields"],
        json!({ "budget": { "amount": 1.5, "currency": "USD" }, "share": 60, "jobs": { "from": 470 }, "active": { "to": "2024-01-17" } })
    );
    let table = built.text("/data/actors.csv");
    assert!(table.lines().nth(1).unwrap().contains("1.5 USD,60,470/..,../2024-01-17"), "{table}");
}

#[test]
fn open_ends_are_written_with_a_sign() {
    let built = built("jobs = { to = 600 }\nactive = { from = \"2021-03\" }");
    let page = words(&built.page("/en/actors/alpha/"));
    assert!(page.contains("Jobs ≤ 600 jobs") && page.contains("Active March 2021 –"), "{page}");
}

#[test]
fn mistakes_in_them() {
    shows!(site(
        "budget = \"81 millions\"\nshare = 140\njobs = [600, 470]\nactive = { from = 2027, to = 2021, until = 5 }"
    ));
}

#[test]
fn values_of_other_kinds_in_their_place() {
    shows!(site("budget = 81\nshare = \"60 %\"\njobs = 470\nactive = 2021"));
}

#[test]
fn parts_that_are_missing_or_unknown() {
    shows!(site("budget = { amount = 5 }\njobs = {}\nactive = { from = \"2024-13\" }"));
}

#[test]
fn a_currency_that_is_none() {
    shows!(site("budget = \"5 EURO\"\njobs = [1, 2, 3]"));
}
