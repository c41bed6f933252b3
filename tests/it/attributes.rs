//! Attributes of fields: what is said of a single value.

use serde_json::json;

use crate::harness::{Built, Site};

const FIELDS: &str = r#"
state = { kind = "choice", label = { fr = "État", en = "State" }, choices = { active = { fr = "En activité", en = "Active" }, closed = { fr = "Fermé", en = "Closed" } }, attributes = { as_of = { kind = "date", label = { fr = "Au", en = "As of" } }, inferred = { kind = "boolean", label = { fr = "Déduit", en = "Inferred" } }, reason = { kind = "text", label = { fr = "Raison", en = "Reason" } } } }
names = { kind = "text", many = true, label = { fr = "Noms", en = "Names" }, attributes = { since = { kind = "year", label = { fr = "Depuis", en = "Since" } }, note = { kind = "markdown", label = { fr = "Note", en = "Note" } } } }
motto = { kind = "text", label = { fr = "Devise", en = "Motto" }, attributes = { since = { kind = "year", required = true, label = { fr = "Depuis", en = "Since" } } } }
"#;

/// A site whose actor has these facts.
fn site(facts: &str) -> Site {
    Site::new().fields(FIELDS).facts(facts)
}

fn built(theme: &str, facts: &str) -> Built {
    let site = site(facts);
    let config = std::fs::read_to_string(site.path("site.toml")).unwrap().replace("plain", theme);
    site.file("site.toml", config).build()
}

/// The text of a page without its tags, and with single spaces.
fn words(page: &str) -> String {
    let text: String = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const INFERRED: &str = "state = { value = \"active\", as_of = \"2022-06\", inferred = true, reason = { fr = \"Une offre de 2022\", en = \"A vacancy of 2022\" } }";

#[test]
fn both_themes_show_them_beside_the_value() {
    let plain = built("plain", INFERRED);
    assert!(
        words(&plain.page("/acteurs/alpha/")).contains("État En activité · juin 2022 · Déduit · Une offre de 2022")
    );
    let atlas = built("atlas", INFERRED);
    let page = atlas.page("/en/actors/alpha/");
    assert!(words(&page).contains("State Active (As of: June 2022) Inferred: A vacancy of 2022"), "{}", words(&page));
    assert!(page.contains("<em class=\"inferred\">Inferred</em>"), "an inferred value is not marked");
}

#[test]
fn a_value_that_is_not_inferred_has_no_mark() {
    let page = built("atlas", "state = { value = \"active\", inferred = false }").page("/en/actors/alpha/");
    assert!(!page.contains("Inferred"), "{page}");
}

#[test]
fn data_keep_the_bare_value_and_have_the_attributes_beside_it() {
    let facts = format!("{INFERRED}\nnames = [\"A\", {{ value = \"B\", since = 1999, note = \"See [[beta]].\" }}]");
    let built = built("plain", &facts);
    let alpha = &built.json("/data/actors.json")["entities"][0];
    assert_eq!(alpha["fields"], json!({ "state": "active", "names": [{ "fr": "A" }, { "fr": "B" }] }));
    let reason = json!({ "fr": "Une offre de 2022", "en": "A vacancy of 2022" });
    assert_eq!(
        alpha["attributes"],
        json!({
            "state": { "as_of": "2022-06", "inferred": true, "reason": reason },
            "names": [{}, { "since": 1999, "note": { "fr": "See [[beta]]." } }],
        })
    );
    assert_eq!(built.json("/data/ecosystem.json")["entities"][0]["attributes"], alpha["attributes"]);
    let row = built.text("/data/actors.csv").lines().nth(1).unwrap().to_owned();
    assert!(row.ends_with("active,A;B,;,,"), "{row}");
    let page = built.page("/acteurs/alpha/");
    assert!(page.contains("See <a href=\"/projets/beta/\""), "{page}");
}

#[test]
fn entities_without_attributes_have_no_such_key_in_the_data() {
    let alpha = &built("plain", "state = \"closed\"").json("/data/actors.json")["entities"][0];
    assert_eq!((&alpha["fields"]["state"], alpha.get("attributes")), (&json!("closed"), None));
}

#[test]
fn a_translation_gives_the_text_and_not_the_attributes() {
    let facts = "motto = { value = \"En avant\", since = 2001 }\nnames = [{ value = \"Un\", since = 1999 }]";
    let english = "+++\nmotto = \"Forward\"\nnames = [{ value = \"One\" }]\n+++\n";
    let page = site(facts).file("content/actors/alpha.en.md", english).build().page("/en/actors/alpha/");
    assert!(words(&page).contains("Names One · 1999 Motto Forward · 2001"), "{}", words(&page));
    let wrong = "+++\nmotto = { value = \"Forward\", since = 2001 }\n+++\n";
    let site = site(facts).file("content/actors/alpha.en.md", wrong);
    assert_eq!(site.places(), ["content/actors/alpha.en.md:2:30 facts-in-translation"]);
}

#[test]
fn mistakes_in_attributes_of_values() {
    shows!(site(
        "state = { value = \"open\", as_off = \"2022-06\" }\nnames = [{ since = 1999 }, { value = 5 }]\nmotto = \"En avant\"\nstaff = { value = 5, since = 1999 }"
    ));
}

#[test]
fn an_inferred_value_gives_its_reason() {
    let reasons = ["", ", reason = \" \"", ", reason = 5"];
    for (reason, code) in reasons.iter().zip(["3:29 missing-field", "3:29 missing-field", "3:55 wrong-type"]) {
        let site = site(&format!("state = {{ value = \"active\", inferred = true{reason} }}"));
        assert_eq!(site.places(), [format!("content/actors/alpha.md:{code}")], "{reason}");
    }
}

#[test]
fn an_inferred_link_gives_its_reason() {
    let attributes = "attributes = { inferred = { kind = \"boolean\" }, reason = { kind = \"text\" } }";
    let site = Site::new()
        .fields(&format!("mates = {{ to = \"actors\", label = \"Compagnons\", {attributes} }}"))
        .facts("mates = [{ to = \"delta\", inferred = true }]")
        .file("content/actors/delta.toml", "title = \"Delta\"\n");
    shows!(site);
}

#[test]
fn declarations_of_attributes_that_can_not_be() {
    let value = "a = { kind = \"text\", attributes.value = { kind = \"text\" } }";
    let nested = "b = { kind = \"text\", attributes.x = { kind = \"text\", attributes.y = { kind = \"text\" } } }";
    shows!(Site::new().fields(&format!("{value}\n{nested}")));
}
