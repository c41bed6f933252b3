//! The view flows: who pays whom, what is counted, and in which sums.

use crate::harness::Site;

/// What a template shows of a view: for each currency, payments by who pays, then all sums.
const VIEW: &str = "{% for currency in view.currencies %}{{ currency.code }} {{ currency.total }} in {{ currency.count }}, repeated {{ currency.repeated }}\n\
    {% for payer in currency.payers %}{{ payer.card.id }} {{ payer.total }}\n{% for payment in payer.payments %}\
     - {{ payment.to.id }} {{ payment.qualifier }} {{ payment.amount }} {{ payment.when }} {{ payment.repeats }} {{ payment.other?.id or \"\" }}\
    {% for fact in payment.facts %} {{ fact.id }}={{ fact.values[0].text }}{% endfor %}{% if payment.statement %} by {{ payment.statement.id }}{% endif %}\n{% endfor %}{% endfor %}\
    {% for sum in currency.recipients %}to {{ sum.card.id }} {{ sum.total }}\n{% endfor %}\
    {% for sum in currency.years %}in {{ sum.when }} {{ sum.total }} {{ sum.count }}\n{% endfor %}\
    {% for sum in currency.programmes %}of {{ sum.card?.id or \"-\" }} {{ sum.total }}\n{% endfor %}\
    {% for ribbon in currency.drawing.ribbons %}{{ ribbon.title }}: {{ ribbon.path }}\n{% endfor %}{% endfor %}\
    {% for payment in view.unstated %}unstated {{ payment.from.id }} {{ payment.to.id }} {{ payment.when }}\n{% endfor %}";

const LINKS: &str = r#"name = "Chantier"

[fields]
part_of = { to = "works", inverse = { id = "parts" } }
partners = { to = "actors", inverse = { id = "works" } }
paid_by = { to = "actors", inverse = { id = "pays" }, attributes = { year = { kind = "year" }, amount = { kind = "money" }, qualifier = { kind = "text" }, note = { kind = "text" } } }
"#;

fn flows(works: &str, keys: &str) -> Site {
    let page = format!("title = {{ fr = \"V\", en = \"V\" }}\nview = {{ kind = \"flows\", {keys} }}\n");
    let site = Site::new().view_template(VIEW).file("content/works/_type.toml", LINKS);
    let site = site.file("content/works/_list.toml", works).file("content/view.md", format!("+++\n{page}+++\n"));
    site.file("content/actors/bank.toml", "title = \"Bank\"\n")
}

const USUAL: &str = "of = [\"works\"], relations = [\"paid_by\"]";

#[test]
fn payments_have_sums_by_payer_recipient_year_and_programme() {
    let works = r#"
[plan]
title = "Plan"
paid_by = [{ to = "bank", amount = "90000000 EUR", qualifier = "près de", year = 2020 }]
[road]
title = "Road"
part_of = ["plan"]
paid_by = [{ to = "alpha", amount = "5000000 EUR", year = 2021, note = "Prêt" }, { to = "bank", year = 2021 }]
[bridge]
title = "Bridge"
paid_by = [{ to = "bank", amount = "2500000 EUR" }, { to = "bank", amount = "7 USD" }, { to = "bank", amount = "2500000 EUR", year = 2021 }]
"#;
    insta::assert_snapshot!(flows(works, USUAL).build().page("/view/"));
}

#[test]
fn money_that_is_stated_twice_is_counted_once() {
    let works = r#"
[plan]
title = "Plan"
paid_by = [{ to = "bank", amount = "90 EUR", year = 2020 }]
[part]
title = "Part"
part_of = ["plan"]
paid_by = [{ to = "bank", amount = "30 EUR", year = 2021 }, { to = "alpha", amount = "30 EUR", year = 2021 }]
[site]
title = "Site"
partners = ["alpha"]
part_of = ["other"]
paid_by = [{ to = "bank", amount = "10 EUR", year = 2020 }]
[other]
title = "Other"
paid_by = [{ to = "bank", amount = "10 EUR" }]
[unrelated]
title = "Unrelated"
paid_by = [{ to = "bank", amount = "10 EUR", year = 2020 }]
"#;
    let page = flows(works, USUAL).build().page("/view/");
    assert!(
        page.starts_with("EUR 140\u{202f}€ in 4, repeated 2\n")
            || page.starts_with("EUR 140\u{a0}€ in 4, repeated 2\n"),
        "{page}"
    );
    assert!(page.contains("30\u{a0}€ 2021 part plan") || page.contains("30\u{202f}€ 2021 part plan"), "{page}");
    // A site and what it is a part of: the same amount at a time that may be the same.
    assert_eq!(page.matches(" same ").count(), 1, "{page}");
    assert!(page.contains("- unrelated  10"), "{page}");
}

#[test]
fn entities_can_state_payments_too() {
    let schema = "name = \"Aide\"\n[fields]\nsum = { kind = \"money\" }\nsince = { kind = \"date\" }\nfunder = { to = \"actors\", inverse = { id = \"gives\" } }\n\
                  recipient = { to = \"projects\", inverse = { id = \"gets\" } }\n";
    let grants = "[a]\ntitle = \"A\"\nsum = \"10 EUR\"\nsince = \"2020-05\"\nfunder = [\"bank\"]\nrecipient = [\"beta\"]\n\
                  [b]\ntitle = \"B\"\nsum = \"10 EUR\"\nsince = \"2020-05\"\nfunder = [\"bank\"]\nrecipient = [\"beta\"]\n\
                  [c]\ntitle = \"C\"\nfunder = [\"alpha\"]\nrecipient = [\"beta\"]\n";
    let keys = "of = \"grants\", from = \"funder\", to = \"recipient\", amount = \"sum\", year = \"since\"";
    let site = flows("", keys).file("content/grants/_type.toml", schema).file("content/grants/_list.toml", grants);
    insta::assert_snapshot!(site.build().page("/view/"));
}

#[test]
fn mistakes_in_the_keys_of_flows() {
    shows!(flows("", "of = [\"works\"], relations = [\"payed_by\"], part_of = \"parts\", years = 1"));
}

#[test]
fn flows_without_relations_or_amounts() {
    shows!(flows("", "of = [\"works\"]"));
    let run = flows("", "of = [\"works\"], relations = [\"partners\"]").check();
    assert!(run.diagnostics().contains("the links of \"partners\" have no amounts"), "{}", run.diagnostics());
    let run = flows("", "of = \"projects\", from = \"partners\", to = \"partners\"").check();
    assert!(run.diagnostics().contains("the type \"projects\" has no amounts"), "{}", run.diagnostics());
}

#[test]
fn the_theme_plain_shows_flows_as_a_table() {
    let works = "[road]\ntitle = \"Road\"\npaid_by = [{ to = \"bank\", amount = \"5 EUR\", year = 2021 }, \"alpha\"]\n";
    let config = "title = \"S\"\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\ntheme = \"plain\"\n";
    let page = flows(works, USUAL).without("themes").file("site.toml", config).build().page("/view/");
    let row = "<tr><th scope=\"row\"><a href=\"/works/road/\">Road</a></th><td>2021</td>";
    assert!(page.contains(row), "{page}");
    assert!(
        page.contains("<li><a href=\"/acteurs/alpha/\">Alpha</a> → <a href=\"/works/road/\">Road</a></li>"),
        "{page}"
    );
}
