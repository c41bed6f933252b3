//! Addresses on the web, as the theme `atlas` shows them.

use crate::harness::Site;

const ATLAS: &str = "title = \"Portail\"\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\n";

/// The page of the actor `alpha`, with some fields for addresses.
fn page(facts: &str) -> String {
    let field = |id: &str| format!("{id} = {{ kind = \"url\", label = \"Champ {id}\" }}\n");
    let fields: String = ["a", "b", "c", "d"].iter().map(|id| field(id)).collect();
    let fields = format!(
        "{fields}links = {{ kind = \"url\", many = true, label = \"Liens\", attributes.label = {{ kind = \"text\" }}, attributes.branch = {{ kind = \"text\" }} }}"
    );
    Site::new().file("site.toml", ATLAS).fields(&fields).facts(facts).build().page("/acteurs/alpha/")
}

#[test]
fn a_well_known_host_has_a_drawing_and_a_long_address_loses_its_middle() {
    let page = page(&format!("a = \"https://github.com/{}/end\"\nb = \"https://example.org/\"", "x".repeat(200)));
    let drawing = "<svg class=\"icon\" aria-hidden=\"true\"><use href=\"/assets/hosts.svg#code\"/></svg>";
    let text = format!("github.com/{}…{}/end</a>", "x".repeat(21), "x".repeat(11));
    assert!(page.contains(&format!("{drawing}{text}")), "{page}");
    assert!(page.contains("<dd><a href=\"https://example.org/\">example.org</a></dd>"), "{page}");
}

#[test]
fn many_addresses_are_a_list_of_their_own() {
    let address = |host: &str| format!("https://{host}/alpha");
    let few = page(&format!("a = \"{}\"\nb = \"{}\"", address("one.org"), address("two.org")));
    assert!(few.contains("<dt>Champ a</dt>") && !few.contains("class=\"addresses\""), "{few}");
    let facts: String =
        ["a", "b", "c", "d", "website"].iter().map(|id| format!("{id} = \"{}\"\n", address(id))).collect();
    let many = page(&facts);
    assert!(many.contains("class=\"addresses\"") && !many.contains("<dt>Champ a</dt>"), "{many}");
    assert!(many.contains("<a href=\"https://a/alpha\">Champ a</a>"), "{many}");
    let links: Vec<String> = (0..12).map(|at| format!("\"{}\"", address(&format!("h{at}.org")))).collect();
    let list = page(&format!("links = [{}]", links.join(", ")));
    let labelled =
        "links = [\"https://one.org/\", { value = \"https://two.org/x\", label = \"Deux\", branch = \"main\" }]";
    let labelled = page(labelled);
    assert!(labelled.contains("<a href=\"https://two.org/x\">Deux</a>"), "{labelled}");
    assert!(labelled.contains("main") && !labelled.contains("Deux</span>"), "{labelled}");
    let rest = list.split("<details class=\"more\">").nth(1).unwrap();
    assert!(!rest.contains("h7.org") && rest.contains("h8.org/alpha") && rest.contains("h11.org/alpha"), "{list}");
}

#[test]
fn readers_write_a_letter_about_a_page() {
    let site = Site::new()
        .config("contact = \"editors@example.org\"")
        .file("content/actors/alpha.md", "+++\ntitle = \"Alpha & Co\"\n+++\n");
    let path = site.path("site.toml");
    let config = std::fs::read_to_string(&path).unwrap().replace("plain", "atlas");
    let page = site.file("site.toml", &config).build().page("/acteurs/alpha/");
    let letter = "mailto:editors%40example.org";
    assert!(!page.contains(letter), "the address keeps its @");
    assert!(page.contains("href=\"mailto:editors@example.org?subject=Portail%3A%20Alpha%20%26%20Co&amp;body=https%3A%2F%2Fexample.org%2Facteurs%2Falpha%2F%20%28content%2Factors%2Falpha.md%29%0D%0A%0D%0A\""), "{page}");
    // A profile's letter has its facts, as far as there is room.
    let phones: String = (0..9).map(|at| format!("\"{at}\", ")).collect();
    let letter = |prose: &str, lang: &str| {
        let facts = format!(
            "founded = 2009\nstatus = \"active\"\nnotes = \"[[beta]] {prose}\"\nphones = [{phones}]\npeers = [\"delta\"]"
        );
        let site = Site::new().file("site.toml", &config).facts(&facts);
        let page = site.file("content/actors/delta.toml", "title = \"Delta\"\n").build().page(lang);
        let letter = page.split("href=\"mailto:").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let body = letter.split("body=").nth(1).unwrap();
        (letter.len(), percent_encoding::percent_decode_str(body).decode_utf8().unwrap().into_owned())
    };
    let (_, french) = letter("x", "/acteurs/alpha/");
    assert_eq!(
        french,
        "https://example.org/acteurs/alpha/ (content/actors/alpha.md)\r\n\r\nCorrigez après la flèche ce qui est faux\u{a0}:\r\n\r\nFondation\u{a0}: 2009 →\r\nStatut\u{a0}: Actif →\r\nNotes\u{a0}: Beta x →\r\nTéléphones\u{a0}: 0, 1, 2, 3, 4, … →\r\nPairs\u{a0}: Delta →\r\n"
    );
    let (length, english) = letter(&"é".repeat(400), "/en/actors/alpha/");
    assert!(
        english.contains("Founded: 2009 →") && english.contains(&format!("Notes: Beta {}… →", "é".repeat(75))),
        "{english}"
    );
    assert!(length < 1510, "{length} bytes");
    assert_eq!(Site::new().config("contact = \"nobody\"").places(), ["site.toml:5:11 bad-config"]);
}
