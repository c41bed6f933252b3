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
fn a_period_can_end_in_the_year_in_which_it_starts() {
    let is_valid = |period: &str| site(&format!("active = {period}")).run(&["check"]).status == 0;
    assert!(is_valid("{ from = \"1901-05\", to = 1901 }") && is_valid("{ from = 1901, to = \"1901-05\" }"));
    assert!(!is_valid("{ from = \"1901-05\", to = 1900 }"));
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

/// A type of grants with a headline or a sort, and these profiles.
fn grants(keys: &str, list: &str) -> Site {
    let schema = format!(
        "name = \"Prêt\"\n{keys}\n[fields]\nvalue = {{ kind = \"money\" }}\nvalue_max = {{ kind = \"money\" }}\nshare = {{ kind = \"percentage\" }}\n\
         jobs = {{ kind = \"range\", unit = {{ fr = \"emplois\", en = \"jobs\" }} }}\n"
    );
    Site::new().file("content/grants/_type.toml", schema).file("content/grants/_list.toml", list)
}

#[test]
fn a_headline_reads_money_percentages_and_ranges() {
    let template = "{% if entity.headline %}{{ entity.headline.number }}|{{ entity.headline.unit }}{% endif %}";
    let list = "[a]\ntitle = \"A\"\nvalue = \"81000000 EUR\"\nvalue_max = \"90000000 EUR\"\nshare = 60.5\njobs = [470, 1600]\n\
                [b]\ntitle = \"B\"\nvalue = \"5 EUR\"\nvalue_max = \"9 USD\"\nshare = 0\njobs = { from = 470 }\n\
                [c]\ntitle = \"C\"\nvalue = \"7 CHF\"\nshare = 1\njobs = { to = 600 }\n";
    let page = |keys: &str, path: &str| {
        let page = grants(keys, list).template("entity.html", template).build().page(path);
        page.replace(['\u{a0}', '\u{202f}'], " ")
    };
    assert_eq!(page("", "/grants/a/"), "81 M€–90 M€|");
    assert_eq!(page("", "/en/grants/a/"), "€81 million–€90 million|");
    assert_eq!(page("", "/grants/b/"), "5 €|", "the end is in another currency");
    assert_eq!(page("", "/grants/c/"), "7|CHF");
    assert_eq!(page("headline = { value = \"share\" }", "/grants/a/"), "60,5 %|");
    let range = "headline = { value = \"jobs\" }";
    assert_eq!(page(range, "/grants/a/"), "470–1 600|emplois");
    assert_eq!(page(range, "/en/grants/b/"), "≥ 470|jobs");
    assert_eq!(page(range, "/grants/c/"), "≤ 600|emplois");
}

#[test]
fn amounts_are_sorted_within_their_currency() {
    let list = "[a]\ntitle = \"A\"\nvalue = \"2 USD\"\n[b]\ntitle = \"B\"\nvalue = \"5 EUR\"\n[c]\ntitle = \"C\"\nvalue = \"3 USD\"\n\
                [d]\ntitle = \"D\"\n[e]\ntitle = \"E\"\nvalue = \"10 EUR\"\n";
    let index =
        "{% for card in index.items %}{{ card.title }}{% endfor %} {{ index.sorts | length }} {{ index.own_order }}";
    let page = |keys: &str, list: &str| grants(keys, list).template("index.html", index).build().page("/grants/");
    assert_eq!(page("sort = \"value\"", list), "BEACD 0 true");
    assert_eq!(page("sort = \"-value\"", list), "EBCAD 0 true", "readers can't sort by it");
    assert_eq!(page("sort = \"-value\"", &list.replace("USD", "EUR")), "EBCAD 1 false");
}

#[test]
fn the_numbers_of_a_headline_are_sorted_within_their_unit() {
    let schema =
        "name = \"N\"\nsort = \"-value\"\n[fields]\nvalue = { kind = \"number\" }\nunit = { kind = \"text\" }\n";
    let list = "[a]\ntitle = \"A\"\nvalue = 2\nunit = { fr = \"vaccins\" }\n[b]\ntitle = \"B\"\nvalue = 5\nunit = \"EUR\"\n\
                [c]\ntitle = \"C\"\nvalue = 3\nunit = \"vaccins\"\n[d]\ntitle = \"D\"\nvalue = 1\n[e]\ntitle = \"E\"\nvalue = 10\nunit = \"EUR\"\n";
    let site = Site::new().file("content/numbers/_type.toml", schema).file("content/numbers/_list.toml", list);
    let site = site.template("index.html", "{% for card in index.items %}{{ card.title }}{% endfor %}");
    assert_eq!(site.build().page("/numbers/"), "DEBCA");
}

/// Fields with identifiers.
pub const IDENTIFIERS: &str = r#"
ror    = { kind = "identifier", scheme = "ror", label = { fr = "ROR" } }
number = { kind = "identifier", scheme = "kbo" }
vat    = { kind = "identifier", scheme = "vat" }
ticker = { kind = "identifier", url_template = "https://example.org/s?q={}&x=1", pattern = "[A-Z ]+" }
papers = { kind = "identifier", scheme = "doi", many = true }
"#;

#[test]
fn an_identifier_leads_to_its_register() {
    let facts = "ror = \"05f950310\"\nnumber = \"0202.239.951\"\nvat = \"BE0202239951\"\nticker = \"A B\"\n\
                 papers = [\"10.1038/nature12373\", \"10.1002/a<1>b\"]\n";
    let schema = std::fs::read_to_string(Site::new().path("content/actors/_type.toml")).unwrap();
    let schema = format!("schema_org = \"Organization\"\n{schema}{IDENTIFIERS}");
    let site = Site::new().file("content/actors/_type.toml", schema).facts(facts);
    let built = site.build();
    let page = built.page("/acteurs/alpha/");
    let same = "\"sameAs\":[\"https://ror.org/05f950310\",\"https://kbopub.economie.fgov.be/kbopub/toonondernemingps.html?ondernemingsnummer=0202239951\",\
                \"https://example.org/s?q=A%20B&x=1\",\"https://doi.org/10.1038/nature12373\",\"https://doi.org/10.1002/a%3C1%3Eb\"]";
    for text in [
        "<a href=\"https://ror.org/05f950310\">05f950310</a>",
        ">BE0202239951",
        "<a href=\"https://example.org/s?q=A%20B&amp;x=1\">A B</a>",
        same,
    ] {
        assert!(page.contains(text), "{text} is not in {page}");
    }
    let fields = &built.json("/data/actors.json")["entities"][0]["fields"];
    assert_eq!(fields["ror"], json!("05f950310"));
    assert_eq!(fields["papers"], json!(["10.1038/nature12373", "10.1002/a<1>b"]));
}

#[test]
fn identifiers_without_a_register() {
    let fields = "a = { kind = \"identifier\" }\nb = { kind = \"identifier\", scheme = \"rorr\" }\n\
                  c = { kind = \"identifier\", url_template = \"https://example.org/\" }\n\
                  d = { kind = \"identifier\", url_template = \"https://{}.org/\" }\n\
                  e = { kind = \"identifier\", url_template = \"javascript:{}\" }\n\
                  f = { kind = \"text\", scheme = \"ror\" }";
    shows!(Site::new().fields(fields));
}

/// A field with records, for the fields of a type.
const RECORDS: &str = r#"
[fields.milestones]
kind  = "record"
many  = true
label = { fr = "Étapes", en = "Milestones" }

[fields.milestones.fields]
stage  = { kind = "choice", label = { fr = "Étape", en = "Stage" }, choices = { accepted = { fr = "Acceptée", en = "Accepted" }, done = { fr = "Finie", en = "Done" } } }
date   = { kind = "date", label = { fr = "Date", en = "Date" }, required = true }
amount = { kind = "money", label = { fr = "Montant", en = "Amount" } }
jobs   = { kind = "integer", label = { fr = "Emplois", en = "Jobs" }, max = 10 }
note   = { kind = "markdown", label = { fr = "Note", en = "Note" } }
"#;

fn with_records(facts: &str) -> Site {
    Site::new().fields(RECORDS).facts(facts)
}

const MILESTONES: &str = "milestones = [\n  { stage = \"accepted\", date = 2016-05-09, amount = \"5 EUR\", jobs = 4 },\n  { date = 2018-03-06, note = \"Voir *[[gamma|p. 3]]*; [[beta]]\" },\n]";

#[test]
fn records_are_objects_in_the_data() {
    let built = with_records(MILESTONES).build();
    let records = json!([
        {"stage": "accepted", "date": "2016-05-09", "amount": {"amount": 5, "currency": "EUR"}, "jobs": 4},
        {"date": "2018-03-06", "note": {"fr": "Voir *[[gamma|p. 3]]*; [[beta]]"}},
    ]);
    assert_eq!(built.json("/data/actors.json")["entities"][0]["fields"]["milestones"], records);
    let csv = built.text("/data/actors.csv");
    let row = csv::Reader::from_reader(csv.as_bytes()).records().next().unwrap().unwrap();
    let cell = row.iter().find(|cell| cell.starts_with('[')).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(cell).unwrap(), records);
}

#[test]
fn a_page_shows_records_with_their_links() {
    let site = with_records(MILESTONES);
    let config = std::fs::read_to_string(site.path("site.toml")).unwrap().replace("plain", "atlas");
    let page = site.file("site.toml", config).build().page("/acteurs/alpha/");
    assert!(page.contains(">Beta</a>"), "{page}");
    assert!(page.contains("id=\"cite_1\""), "the citation of the note has no number: {page}");
    let words = words(&page);
    assert!(words.contains("Étapes Étape : Acceptée Date : 9 mai 2016 Montant : 5 € Emplois : 4"), "{words}");
}

#[test]
fn a_prose_of_a_record_mentions_what_it_links_to() {
    let page = with_records(MILESTONES).build().page("/projets/beta/");
    assert!(page.contains("href=\"/acteurs/alpha/\""), "{page}");
}

#[test]
fn mistakes_in_records() {
    shows!(with_records(
        "milestones = [\n  { stage = \"x\", date = \"soon\", jobs = 11 },\n  { stage = \"done\", dat = 2018-03-06 },\n  {},\n  \"done\",\n  { date = 2018-03-06, note = \"[[nobody]]\" },\n]"
    ));
}

#[test]
fn mistakes_in_the_fields_of_records() {
    let fields = "a = { kind = \"record\" }\n\
                  b = { kind = \"record\", fields = { x = { kind = \"record\", fields = { y = { kind = \"text\" } } } } }\n\
                  c = { kind = \"record\", facet = true, fields = { x = { kind = \"text\", many = true, facet = true }, to = { to = \"actors\" } } }\n\
                  d = { kind = \"text\", fields = {} }";
    shows!(Site::new().fields(fields));
}
