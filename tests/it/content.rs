//! The content format: facts and prose appear on the pages and in the data.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::{Built, PICTURE, Site};

/// The list below a heading, on a page of the theme `plain`.
fn list<'a>(page: &'a str, heading: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("<h2>{heading}</h2>")).unwrap_or_else(|| panic!("no {heading} in {page}"));
    rest.split_once("</ul>").unwrap().0
}

/// The values of a fact, on a page of the theme `plain`.
fn fact(page: &str, label: &str) -> String {
    let (_, rest) = page.split_once(&format!("<dt>{label}</dt>")).unwrap_or_else(|| panic!("no {label} in {page}"));
    let values = &rest[..rest.find("<dt>").unwrap_or_else(|| rest.find("</dl>").unwrap())];
    values.replace("\n</dd>", "</dd>").trim().to_owned()
}

/// The main part of a page.
fn main(page: &str) -> &str {
    page.split_once("<main id=\"p_main\">").unwrap().1.split_once("</main>").unwrap().0
}

/// The entity of this key in the data of its type.
fn entity(built: &Built, entity_type: &str, id: &str) -> Value {
    let data = built.json(&format!("/data/{entity_type}.json"));
    let entities = data["entities"].as_array().unwrap();
    entities.iter().find(|entity| entity["id"] == id).unwrap_or_else(|| panic!("no {id} in {data}")).clone()
}

/// The cell of the actor `alpha` in the table of actors.
fn cell(built: &Built, column: &str) -> String {
    let text = built.text("/data/actors.csv");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let at = rows.headers().unwrap().iter().position(|header| header == column).expect(column);
    rows.records().next().unwrap().unwrap()[at].to_owned()
}

fn assert_has(text: &str, part: &str) {
    assert!(text.contains(part), "{part}\nis not in\n{text}");
}

fn assert_has_not(text: &str, part: &str) {
    assert!(!text.contains(part), "{part}\nis in\n{text}");
}

// Texts for people.

#[test]
fn a_text_by_language_shows_in_each() {
    let built = Site::new()
        .file(
            "content/actors/alpha.md",
            "+++\ntitle = { fr = \"Le centre\", en = \"The centre\" }\nsummary = { fr = \"Un lieu\", en = \"A place\" }\n+++\n",
        )
        .build();
    assert_has(&built.page("/acteurs/alpha/"), "<h1>Le centre</h1>\n<p>Un lieu</p>");
    assert_has(&built.page("/en/actors/alpha/"), "<h1>The centre</h1>\n<p>A place</p>");
}

#[test]
fn a_text_without_a_language_is_in_the_default_one() {
    let built = Site::new().facts("summary = \"Un lieu\"").build();
    assert_has(&built.page("/en/actors/alpha/"), "<p lang=\"fr\">Un lieu</p>");
    assert_eq!(entity(&built, "actors", "alpha")["summary"], json!({ "fr": "Un lieu" }));
}

#[test]
fn a_summary_in_another_language_is_announced_once() {
    let notice = "This text is not translated yet.";
    for theme in ["plain", "atlas"] {
        let page = |prose: &str| {
            let site = Site::new().theme(theme).file(
                "content/actors/alpha.md",
                format!("+++\ntitle = \"Alpha\"\nsummary = \"Un lieu\"\n+++\n{prose}"),
            );
            site.build().page("/en/actors/alpha/")
        };
        for page in [page(""), page("De la prose.\n")] {
            assert_eq!(page.matches(notice).count(), 1, "{page}");
        }
        assert_eq!(Site::new().theme(theme).build().page("/acteurs/alpha/").matches("pas encore traduit").count(), 0);
    }
}

#[test]
fn a_translation_inherits_the_facts() {
    let built = Site::new()
        .facts("founded = 2015\npeers = []")
        .file("content/actors/alpha.en.md", "+++\ntitle = \"Alpha (en)\"\nsummary = \"A place\"\n+++\nEnglish prose.\n")
        .build();
    let page = built.page("/en/actors/alpha/");
    assert_has(&page, "<h1>Alpha (en)</h1>");
    assert_has(&page, "<p>English prose.</p>");
    assert_has(&fact(&page, "Founded"), "2015");
    assert_has(list(&page, "Projects"), "/en/projects/beta/");
}

#[test]
fn prose_that_is_not_translated_is_shown_with_a_notice_and_its_language() {
    let built = Site::new().file("content/actors/alpha.md", "+++\ntitle = \"Alpha\"\n+++\nBonjour.\n").build();
    let page = built.page("/en/actors/alpha/");
    assert_has(&page, "<html lang=\"en\">");
    assert_has(&page, "<div lang=\"fr\"><p>Bonjour.</p>");
    assert_has(main(&page), "This text is not translated yet.");
    assert_has_not(main(&built.page("/acteurs/alpha/")), "traduit");
}

#[test]
fn what_is_not_translated_is_not_announced_as_a_translation() {
    let built = Site::new().file("content/actors/alpha.md", "+++\ntitle = \"Alpha\"\n+++\nBonjour.\n").build();
    for page in ["/acteurs/alpha/", "/en/actors/alpha/"] {
        assert_has_not(built.page(page).split("</head>").next().unwrap(), "hreflang");
    }
    let url = "<loc>https://example.org/acteurs/alpha/</loc>";
    assert_has_not(built.text("/sitemap.xml").split(url).nth(1).unwrap().split("</url>").next().unwrap(), "hreflang");
}

#[test]
fn what_is_translated_is_announced_in_both_languages() {
    let built = Site::new().build();
    for page in ["/acteurs/alpha/", "/en/actors/alpha/"] {
        let page = built.page(page);
        assert_has(&page, "<link rel=\"alternate\" hreflang=\"fr\" href=\"https://example.org/acteurs/alpha/\">");
        assert_has(&page, "<link rel=\"alternate\" hreflang=\"en\" href=\"https://example.org/en/actors/alpha/\">");
    }
}

#[test]
fn a_reader_stays_in_their_language() {
    let about = "+++\ntitle = { fr = \"Un\", en = \"One\" }\n+++\n";
    let prose = "[[beta]] [un](../about.md) [deux](../projects/_type.toml) [trois](../projects/beta.toml)";
    let prose = prose.replace("../projects/_type.toml", "../projects");
    let site = Site::new().file("content/about.md", about).config("menu = [\"actors\", \"about\"]").prose(&prose);
    let page =
        site.file("content/actors/alpha.en.md", format!("+++\n+++\n{prose}\n")).build().page("/en/actors/alpha/");
    let body = page.split_once("<body>").unwrap().1;
    let leaves: Vec<&str> = body.split("href=\"/").skip(1).filter(|link| !link.starts_with("en/")).collect();
    assert_eq!(leaves.len(), 1, "only the switch of languages leads out of English: {leaves:?}");
}

#[test]
fn text_fields_can_be_translated_in_a_file_of_their_own() {
    let built = Site::new()
        .facts("phones = [\"un\", \"deux\"]\nnotes = \"Des *notes*\"")
        .file("content/actors/alpha.en.md", "+++\nphones = [\"one\", \"two\"]\nnotes = \"Some *notes*\"\n+++\n")
        .build();
    let page = built.page("/en/actors/alpha/");
    assert_has(&fact(&page, "Phones"), "<dd>one</dd>\n<dd>two</dd>");
    assert_has(&fact(&page, "Notes"), "Some <em>notes</em>");
    assert_eq!(cell(&built, "phones_en"), "one;two");
    assert_eq!(cell(&built, "phones"), "un;deux");
}

#[test]
fn aliases_are_shown_and_are_in_the_data() {
    let built = Site::new().facts("aliases = [\"Alpha SA\", \"AL\"]").build();
    assert_has(&built.page("/acteurs/alpha/"), "Alpha SA, AL");
    assert_eq!(entity(&built, "actors", "alpha")["aliases"], json!(["Alpha SA", "AL"]));
    assert_eq!(cell(&built, "aliases"), "Alpha SA;AL");
}

// Kinds of value: the facts, what the French and the English page show, and the value in the data and in the table.

fn a_value_shows(field: &str, written: &str, french: &str, english: &str, data: Value, table: &str) {
    let field = format!("value = {{ {field}, label = {{ fr = \"Valeur\", en = \"Value\" }} }}");
    let built = Site::new()
        .fields(&field)
        .file("content/actors/photo é.jpg", PICTURE)
        .facts(&format!("value = {written}"))
        .build();
    assert_eq!(fact(&built.page("/acteurs/alpha/"), "Valeur"), french);
    assert_eq!(fact(&built.page("/en/actors/alpha/"), "Value"), english);
    assert_eq!(entity(&built, "actors", "alpha")["fields"]["value"], data);
    assert_eq!(cell(&built, "value"), table);
}

#[test]
fn a_text_shows() {
    let both = "{ fr = \"L'été & lui\", en = \"Summer\" }";
    a_value_shows(
        "kind = \"text\"",
        both,
        "<dd>L’été &amp; lui</dd>",
        "<dd>Summer</dd>",
        json!({ "fr": "L'été & lui", "en": "Summer" }),
        "L'été & lui",
    );
}

#[test]
fn a_markdown_shows() {
    let shown = "<dd>Un <strong>mot</strong> de <a href=\"/projets/beta/\" class=\"projects\">Beta</a></dd>";
    a_value_shows(
        "kind = \"markdown\"",
        "\"Un **mot** de [[beta]]\"",
        shown,
        "<dd><div lang=\"fr\">Un <strong>mot</strong> de <a href=\"/en/projects/beta/\" class=\"projects\">Beta</a></div></dd>",
        json!({ "fr": "Un **mot** de [[beta]]" }),
        "Un **mot** de [[beta]]",
    );
}

#[test]
fn an_integer_shows() {
    a_value_shows(
        "kind = \"integer\"",
        "92_550_500",
        "<dd>92\u{202f}550\u{202f}500</dd>",
        "<dd>92,550,500</dd>",
        json!(92_550_500),
        "92550500",
    );
}

#[test]
fn a_number_shows_with_its_unit() {
    let kind = "kind = \"number\", unit = { fr = \"M€\", en = \"M EUR\" }";
    a_value_shows(kind, "13.6", "<dd>13,6\u{a0}M€</dd>", "<dd>13.6\u{a0}M EUR</dd>", json!(13.6), "13.6");
}

#[test]
fn a_boolean_shows() {
    a_value_shows("kind = \"boolean\"", "false", "<dd>non</dd>", "<dd>no</dd>", json!(false), "false");
}

#[test]
fn a_year_shows() {
    a_value_shows("kind = \"year\"", "2015", "<dd>2015</dd>", "<dd>2015</dd>", json!(2015), "2015");
}

#[test]
fn a_date_shows() {
    a_value_shows(
        "kind = \"date\"",
        "2024-01-01",
        "<dd>1er janvier 2024</dd>",
        "<dd>1 January 2024</dd>",
        json!("2024-01-01"),
        "2024-01-01",
    );
}

#[test]
fn a_month_shows() {
    a_value_shows(
        "kind = \"date\"",
        "\"2024-02\"",
        "<dd>février 2024</dd>",
        "<dd>February 2024</dd>",
        json!("2024-02"),
        "2024-02",
    );
}

#[test]
fn an_address_shows() {
    let shown = "<dd><a href=\"https://www.example.org/a?b=1&amp;c=2\">example.org/a?b=1&amp;c=2</a></dd>";
    let url = "https://www.example.org/a?b=1&c=2";
    a_value_shows("kind = \"url\"", &format!("\"{url}\""), shown, shown, json!(url), url);
}

#[test]
fn an_e_mail_address_shows() {
    let shown = "<dd><a href=\"mailto:info@example.org\">info@example.org</a></dd>";
    a_value_shows(
        "kind = \"email\"",
        "\"info@example.org\"",
        shown,
        shown,
        json!("info@example.org"),
        "info@example.org",
    );
}

#[test]
fn a_point_shows() {
    let shown = "<dd>50.46936, 4.43324</dd>";
    a_value_shows(
        "kind = \"point\"",
        "[50.46936, 4.43324]",
        shown,
        shown,
        json!([50.46936, 4.43324]),
        "50.46936;4.43324",
    );
}

#[test]
fn a_choice_shows() {
    let kind = "kind = \"choice\", choices = { big = { fr = \"Grand\", en = \"Big\" } }";
    a_value_shows(kind, "\"big\"", "<dd>Grand</dd>", "<dd>Big</dd>", json!("big"), "big");
}

#[test]
fn an_image_shows() {
    let shown = "<dd><img src=\"/actors/photo%20%C3%A9.jpg\" alt=\"Le site\"></dd>";
    let path = "/actors/photo%20%C3%A9.jpg";
    a_value_shows("kind = \"image\"", "{ src = \"photo é.jpg\", alt = \"Le site\" }", shown, shown, json!(path), path);
}

#[test]
fn many_values_show() {
    let shown = "<dd>1</dd>\n<dd>2</dd>";
    a_value_shows("kind = \"integer\", many = true", "[1, 2]", shown, shown, json!([1, 2]), "1;2");
}

// Relations.

#[test]
fn a_relation_shows_at_both_ends() {
    let built = Site::new().build();
    assert_has(list(&built.page("/projets/beta/"), "Partenaires"), "<a href=\"/acteurs/alpha/\">Alpha</a>");
    assert_has(list(&built.page("/acteurs/alpha/"), "Projets"), "<a href=\"/projets/beta/\">Beta</a>");
}

#[test]
fn a_relation_to_one_shows_at_both_ends() {
    let built = Site::new().file("content/actors/delta.toml", "title = \"Delta\"\nparent = \"alpha\"\n").build();
    assert_has(list(&built.page("/acteurs/delta/"), "Maison mère"), "<a href=\"/acteurs/alpha/\">Alpha</a>");
    assert_has(list(&built.page("/acteurs/alpha/"), "Filiales"), "<a href=\"/acteurs/delta/\">Delta</a>");
}

#[test]
fn a_relation_without_an_inverse_shows_the_plural_of_the_type_that_has_it() {
    let built = Site::new().build();
    assert_has(list(&built.page("/sources/gamma/"), "Projets"), "<a href=\"/projets/beta/\">Beta</a>");
}

#[test]
fn a_relation_to_several_types_leads_to_each() {
    let built = Site::new()
        .fields("related = { to = [\"projects\", \"sources\"], label = \"Liés\", inverse = { id = \"related_actors\", label = \"Acteurs liés\" } }")
        .facts("related = [\"gamma\", \"projects/beta\"]")
        .build();
    let links = list(&built.page("/acteurs/alpha/"), "Liés").to_owned();
    assert!(links.find("/sources/gamma/").unwrap() < links.find("/projets/beta/").unwrap(), "as written: {links}");
    assert_has(list(&built.page("/sources/gamma/"), "Acteurs liés"), "/acteurs/alpha/");
    assert_has(list(&built.page("/projets/beta/"), "Acteurs liés"), "/acteurs/alpha/");
    assert_eq!(cell(&built, "related"), "sources/gamma;projects/beta");
}

#[test]
fn the_attributes_of_a_relation_show_at_both_ends() {
    let partners = "partners = [{ to = \"alpha\", role = \"lead\" }]\nsources = [{ to = \"gamma\", at = \"p. 12\" }]\n";
    let built = Site::new().file("content/projects/beta.toml", format!("title = \"Beta\"\n{partners}")).build();
    assert_has(list(&built.page("/projets/beta/"), "Partenaires"), "Alpha</a> · Coordinateur");
    assert_has(list(&built.page("/en/actors/alpha/"), "Projects"), "Beta</a> · Coordinator");
    assert_has(list(&built.page("/projets/beta/"), "Sources"), "Gamma</a> · p. 12");
    let relations = &entity(&built, "projects", "beta")["relations"];
    assert_eq!(relations["partners"], json!([{ "to": "actors/alpha", "attributes": { "role": "lead" } }]));
}

#[test]
fn a_symmetric_relation_shows_as_one_list_at_both_ends() {
    let built = Site::new()
        .file("content/actors/delta.toml", "title = \"Delta\"\npeers = [\"alpha\"]\n")
        .file("content/actors/epsilon.toml", "title = \"Epsilon\"\n")
        .facts("peers = [\"epsilon\"]")
        .build();
    let page = built.page("/acteurs/alpha/");
    assert_eq!(page.matches("<h2>Pairs</h2>").count(), 1);
    assert_has(list(&page, "Pairs"), "/acteurs/delta/");
    assert_has(list(&page, "Pairs"), "/acteurs/epsilon/");
    assert_has(list(&built.page("/acteurs/epsilon/"), "Pairs"), "/acteurs/alpha/");
}

#[test]
fn a_symmetric_relation_that_both_ends_state_shows_once() {
    let built = Site::new()
        .file("content/actors/delta.toml", "title = \"Delta\"\npeers = [\"alpha\"]\n")
        .facts("peers = [\"delta\"]")
        .build();
    assert_eq!(list(&built.page("/acteurs/alpha/"), "Pairs").matches("/acteurs/delta/").count(), 1);
}

#[test]
fn an_entity_that_one_relation_names_twice_with_other_attributes_shows_both() {
    let partners = "[{ to = \"alpha\", role = \"lead\" }, { to = \"alpha\", role = \"partner\" }]";
    let beta = format!("title = \"Beta\"\npartners = {partners}\nsources = [\"gamma\"]\n");
    let built = Site::new().file("content/projects/beta.toml", beta).build();
    let page = built.page("/acteurs/alpha/");
    assert_has(list(&page, "Projets"), "Coordinateur");
    assert_has(list(&page, "Projets"), "Partenaire");
}

#[test]
fn a_derived_relation_shows_with_its_way() {
    let built = Site::new()
        .fields(
            "\n[derived.evidence]\npath = [\"projects\", \"sources\"]\nlabel = { fr = \"Preuves\", en = \"Evidence\" }",
        )
        .file("content/projects/delta.toml", "title = \"Delta\"\npartners = [\"alpha\"]\nsources = [\"gamma\"]\n")
        .build();
    let links = list(&built.page("/acteurs/alpha/"), "Preuves").to_owned();
    assert_eq!(links.matches("/sources/gamma/").count(), 1, "{links}");
    assert_has(&links, "via <a href=\"/projets/beta/\">Beta</a>, <a href=\"/projets/delta/\">Delta</a>");
    assert_has(list(&built.page("/en/actors/alpha/"), "Evidence"), "/en/sources/gamma/");
}

#[test]
fn a_derived_relation_does_not_lead_back_to_the_start() {
    let built = Site::new()
        .fields("\n[derived.colleagues]\npath = [\"projects\", \"partners\"]\nlabel = \"Collègues\"")
        .file("content/actors/delta.toml", "title = \"Delta\"\n")
        .file(
            "content/projects/beta.toml",
            "title = \"Beta\"\npartners = [\"alpha\", \"delta\"]\nsources = [\"gamma\"]\n",
        )
        .build();
    let links = list(&built.page("/acteurs/alpha/"), "Collègues").to_owned();
    assert_has(&links, "/acteurs/delta/");
    assert_has_not(&links, "/acteurs/alpha/");
}

#[test]
fn the_graph_holds_everything_in_order() {
    let graph =
        Site::new().facts("founded = 2015\nwebsite = \"https://alpha.be\"").build().json("/data/ecosystem.json");
    assert_eq!(graph["languages"], json!(["fr", "en"]));
    assert_eq!(
        graph["entities"][0],
        json!({
            "type": "actors", "id": "alpha",
            "url": { "fr": "/acteurs/alpha/", "en": "/en/actors/alpha/" },
            "title": { "fr": "Alpha" }, "summary": {}, "aliases": [],
            "fields": { "founded": 2015, "website": "https://alpha.be" },
        })
    );
    let keys: Vec<String> = graph["entities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| format!("{}/{}", e["type"].as_str().unwrap(), e["id"].as_str().unwrap()))
        .collect();
    assert_eq!(keys, ["actors/alpha", "projects/beta", "sources/gamma"]);
    assert_eq!(
        graph["relations"],
        json!([
            { "relation": "partners", "from": "projects/beta", "to": "actors/alpha", "attributes": {} },
            { "relation": "sources", "from": "projects/beta", "to": "sources/gamma", "attributes": {} },
        ])
    );
}

#[test]
fn the_table_of_a_type_has_the_columns_of_its_schema() {
    let text = Site::new().build().text("/data/projects.csv");
    let mut lines = text.lines();
    assert_eq!(
        lines.next().unwrap(),
        "id,title,title_en,summary,summary_en,aliases,url,updated,verified,partners,sources"
    );
    assert_eq!(lines.next().unwrap(), "beta,Beta,,,,,https://example.org/projets/beta/,,,alpha,gamma");
    assert_eq!(lines.next(), None);
}

#[test]
fn the_cells_of_a_table_are_quoted_where_they_must_be() {
    let text = Site::new().facts("summary = \"\"\"Un \"mot\", et\nun autre\"\"\"").build().text("/data/actors.csv");
    assert_has(&text, "\"Un \"\"mot\"\", et\nun autre\"");
}

#[test]
fn a_value_that_holds_the_separator_is_told_from_two() {
    let facts = r#"aliases = ['A;B', 'C\D']
licence = "BE-1"
phones = ["1;2", "3"]
summary = "Un; deux"
position = [50.67, 4.61]"#;
    let text = Site::new().facts(facts).build().text("/data/actors.csv");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let header = rows.headers().unwrap().clone();
    let row = rows.records().next().unwrap().unwrap();
    let cell = |name: &str| &row[header.iter().position(|column| column == name).unwrap()];
    assert_eq!(cell("aliases"), r"A\;B;C\\D");
    assert_eq!(cell("phones"), r"1\;2;3");
    // These can't hold several values.
    assert_eq!(cell("summary"), "Un; deux");
    assert_eq!(cell("position"), "50.67;4.61");
}

// Files.

#[test]
fn the_tables_of_a_list_are_entities() {
    let built = Site::new()
        .file("content/actors/_list.toml", "[delta]\ntitle = \"Delta\"\npeers = [\"alpha\"]\n\n[epsilon]\ntitle = { fr = \"Epsilon\", en = \"Epsilon\" }\nfounded = 2015\nparent = \"delta\"\n")
        .build();
    assert_has(&fact(&built.page("/acteurs/epsilon/"), "Fondation"), "2015");
    assert_has(list(&built.page("/acteurs/delta/"), "Filiales"), "/acteurs/epsilon/");
    assert_has(&built.page("/acteurs/"), "/acteurs/delta/");
}

#[test]
fn folders_of_a_type_only_group_its_files() {
    let built =
        Site::new().file("content/actors/public/delta.toml", "title = \"Delta\"\npeers = [\"alpha\"]\n").build();
    assert!(built.has("/acteurs/delta/") && !built.has("/acteurs/public/delta/"));
}

#[test]
fn the_text_of_home_and_of_an_index_stands_on_their_pages() {
    let built = Site::new()
        .file("content/_index.md", "Bienvenue.\n")
        .file("content/_index.en.md", "Welcome.\n")
        .file("content/actors/_index.md", "+++\ntitle = \"Tous les acteurs\"\n+++\nLes voici.\n")
        .file("content/actors/_index.en.md", "+++\ntitle = \"All actors\"\n+++\nHere they are.\n")
        .build();
    assert_has(&built.page("/"), "<p>Bienvenue.</p>");
    assert_has(&built.page("/en/"), "<p>Welcome.</p>");
    assert_has(&built.page("/acteurs/"), "<h1>Tous les acteurs</h1>");
    assert_has(&built.page("/en/actors/"), "<p>Here they are.</p>");
}

#[test]
fn an_index_is_there_without_a_text() {
    let page = Site::new().build().page("/acteurs/");
    assert_has(&page, "<h1>Acteurs</h1>");
    assert_has(&page, "<a href=\"/acteurs/alpha/\">Alpha</a>");
}

#[test]
fn a_free_page_has_its_slug_in_each_language() {
    let built = Site::new()
        .file("content/about.md", "+++\ntitle = { fr = \"À propos\", en = \"About\" }\nslug = { fr = \"a-propos\", en = \"about-us\" }\n+++\n")
        .file("content/about/team.md", "+++\ntitle = { fr = \"L’équipe\", en = \"The team\" }\nslug = { fr = \"equipe\", en = \"team\" }\n+++\n")
        .build();
    assert_has(&built.page("/a-propos/"), "<h1>À propos</h1>");
    assert_has(&built.page("/en/about-us/"), "<h1>About</h1>");
    assert_has(&built.page("/a-propos/equipe/"), "<h1>L’équipe</h1>");
    assert_has(&built.page("/en/about-us/team/"), "<h1>The team</h1>");
    assert!(!built.has("/about/"));
}

#[test]
fn a_folder_without_a_type_holds_pages() {
    let built = Site::new()
        .file("content/help/first-steps.md", "+++\ntitle = { fr = \"Débuter\", en = \"Start\" }\n+++\n")
        .build();
    assert!(built.has("/help/first-steps/") && built.has("/en/help/first-steps/"));
}

#[test]
fn the_index_of_a_folder_is_its_page() {
    let built =
        Site::new().file("content/help/_index.md", "+++\ntitle = { fr = \"Aide\", en = \"Help\" }\n+++\n").build();
    assert_has(&built.page("/help/"), "<h1>Aide</h1>");
    assert_has(&built.page("/en/help/"), "<h1>Help</h1>");
}

#[test]
fn files_beside_the_content_are_published_where_they_are() {
    let built =
        Site::new().file("content/actors/docs/rapport.pdf", b"%PDF \x00\xff").file("content/.hidden", "").build();
    let published = std::fs::read(built.site.path("public/actors/docs/rapport.pdf")).unwrap();
    assert_eq!(published, b"%PDF \x00\xff");
    assert!(!built.has("/.hidden"));
}

#[test]
fn sources_are_not_published() {
    let built = Site::new().build();
    for file in ["/actors/alpha.md", "/actors/_type.toml", "/sources/gamma.toml", "/site.toml"] {
        assert!(!built.has(file), "{file}");
    }
}

#[test]
fn a_redirect_leads_on() {
    let built = Site::new()
        .facts("redirects = [\"/entreprises/alpha/\", \"/old.html\"]")
        .file("content/about.md", "+++\ntitle = { fr = \"Un\", en = \"One\" }\nredirects = [\"/a/\"]\n+++\n")
        .build();
    let page = built.page("/entreprises/alpha/");
    assert_has(&page, "<link rel=\"canonical\" href=\"https://example.org/acteurs/alpha/\">");
    assert_has(&page, "<meta http-equiv=\"refresh\" content=\"0; url=/acteurs/alpha/\">");
    assert_has(&built.text("/old.html"), "/acteurs/alpha/");
    assert_has(&built.page("/a/"), "/about/");
    let lines = built.text("/_redirects");
    assert_has(&lines, "/entreprises/alpha/ /acteurs/alpha/ 301\n");
    assert_has_not(&built.text("/sitemap.xml"), "entreprises");
}

#[test]
fn a_type_with_pages_has_a_feed_of_its_own() {
    let stages = "name = \"Stage\"\npages = false\n";
    let built = Site::new()
        .theme("atlas")
        .facts("updated = 2024-01-17")
        .file("content/actors/later.toml", "title = \"Later\"\nupdated = 2024-02-01\n")
        .file("content/projects/beta.toml", "title = \"Beta\"\nupdated = 2024-03-01\nsources = [\"gamma\"]\n")
        .file("content/stages/_type.toml", stages)
        .build();
    let feed = built.text("/en/actors/feed.xml");
    let ids: Vec<&str> = feed.split("<id>").skip(1).filter_map(|part| part.split("</id>").next()).collect();
    let base = "https://example.org/en/actors/";
    assert_eq!(ids, [base.to_owned(), format!("{base}later/"), format!("{base}alpha/")]);
    assert_has(&feed, "<title>Portal – Actors</title>\n<updated>2024-02-01T00:00:00Z</updated>");
    assert_has(&built.page("/en/actors/"), "href=\"/en/actors/feed.xml\">Atom feed of updates: Actors</a>");
    assert!(!built.has("/stages/feed.xml") && built.has("/feed.xml"));
}

#[test]
fn the_json_of_an_entity_is_at_its_former_addresses_too() {
    let built = Site::new()
        .template("row.html", "")
        .file("themes/own/theme.toml", "extends = \"plain\"\nrecords = true\n")
        .facts("redirects = [\"/projets/first/\", \"/en/projects/first/\", \"/acteurs/a.html\", \"/else/where/\"]")
        .file("content/projects/_index.md", "+++\nredirects = [\"/acteurs/projet/\"]\n+++\n")
        .build();
    let record = built.text("/data/actors/alpha.json");
    assert_eq!(built.text("/data/projects/first.json"), record);
    assert_eq!(built.text("/data/actors/projet.json"), built.text("/data/projects.json"));
    assert!(!built.has("/data/actors/a.html.json") && !built.has("/data/else/where.json"));
}

#[test]
fn a_redirect_leads_to_the_language_whose_prefix_it_has() {
    let built = Site::new()
        .facts("redirects = [\"/old/alpha/\", \"/en/old/alpha/\", \"/entreprise/\"]")
        .file("content/about.md", "+++\ntitle = { fr = \"Un\", en = \"One\" }\nredirects = [\"/en/a/\"]\n+++\n")
        .build();
    let page = built.page("/en/old/alpha/");
    assert_has(&page, "<html lang=\"en\">");
    assert_has(&page, "<link rel=\"canonical\" href=\"https://example.org/en/actors/alpha/\">");
    assert_has(&built.page("/old/alpha/"), "<html lang=\"fr\">");
    assert_eq!(
        built.text("/_redirects"),
        "/en/a/ /en/about/ 301\n/en/old/alpha/ /en/actors/alpha/ 301\n/entreprise/ /acteurs/alpha/ 301\n/old/alpha/ /acteurs/alpha/ 301\n"
    );
}

#[test]
fn a_type_that_has_moved_leads_on_with_all_its_pages() {
    let sources = "name = \"Source\"\ncitation = true\nredirects = [\"/quellen\", \"/en/old/\"]\n";
    let site = Site::new().file("content/sources/_type.toml", sources);
    let built = site.file("content/sources/delta.toml", "title = \"Delta\"\nredirects = [\"/quellen/d/\"]\n").build();
    assert_has(&built.page("/quellen/"), "url=/sources/\"");
    assert_has(&built.page("/quellen/gamma/"), "url=/sources/gamma/\"");
    assert_has(&built.page("/en/old/gamma/"), "url=/en/sources/gamma/\"");
    assert_eq!(
        built.text("/_redirects"),
        "/quellen/d/ /sources/delta/ 301\n/en/old/* /en/sources/:splat 301\n/quellen/* /sources/:splat 301\n"
    );
}

#[test]
fn a_draft_is_published_only_where_drafts_are_wanted() {
    let draft =
        |site: Site| site.file("content/actors/delta.toml", "title = \"Delta\"\ndraft = true\npeers = [\"alpha\"]\n");
    let built = draft(Site::new()).build();
    assert!(!built.has("/acteurs/delta/"));
    for text in
        ["/data/ecosystem.json", "/data/actors.csv", "/sitemap.xml", "/acteurs/index.html", "/acteurs/alpha/index.html"]
    {
        assert_has_not(&built.text(text), "delta");
    }
    let built = draft(Site::new()).with(&["--drafts"]).build();
    assert!(built.has("/acteurs/delta/"));
    assert_has(list(&built.page("/acteurs/alpha/"), "Pairs"), "/acteurs/delta/");
}

#[test]
fn what_is_wrong_with_a_draft_counts_only_where_drafts_are_wanted() {
    let draft = "title = \"Delta\"\ndraft = true\nstaff = 0\npeers = [\"alpha\", \"nobody\"]\n";
    let site = Site::new().file("content/actors/delta.toml", draft);
    assert_eq!(site.check().status, 0);
    assert_eq!(
        site.with(&["--drafts"]).places(),
        ["content/actors/delta.toml:3:9 out-of-range", "content/actors/delta.toml:4:19 unknown-reference"]
    );
}

#[test]
fn a_relation_that_only_a_draft_makes_does_not_count() {
    let site = Site::new()
        .file("content/actors/delta.toml", "title = \"Delta\"\n")
        .file("content/actors/epsilon.toml", "title = \"Epsilon\"\ndraft = true\npeers = [\"delta\"]\n");
    assert_eq!(site.places(), ["content/actors/delta.toml:1:1 no-relations"]);
}

// Links in prose.

#[test]
fn a_wikilink_shows_the_title() {
    let built = Site::new().prose("Voir [[beta]].").build();
    assert_has(&built.page("/acteurs/alpha/"), "<p>Voir <a href=\"/projets/beta/\" class=\"projects\">Beta</a>.</p>");
}

#[test]
fn a_wikilink_shows_other_words() {
    let built = Site::new().prose("Voir [[beta|ce *projet*]].").build();
    assert_has(&built.page("/acteurs/alpha/"), "<a href=\"/projets/beta/\" class=\"projects\">ce <em>projet</em></a>");
}

#[test]
fn a_wikilink_names_the_type_where_two_share_an_id() {
    let built = Site::new()
        .file("content/actors/beta.toml", "title = \"Beta SA\"\npeers = [\"alpha\"]\n")
        .prose("[[actors/beta]] et [[projects/beta]]")
        .build();
    let page = built.page("/acteurs/alpha/");
    assert_has(&page, ">Beta SA</a> et <a href=\"/projets/beta/\"");
}

#[test]
fn an_embedded_card_stands_between_paragraphs() {
    let built = Site::new().prose("Avant\n\n![[beta]]\n\nAprès").build();
    let page = built.page("/acteurs/alpha/");
    let between = page.split_once("<p>Avant</p>").unwrap().1.split_once("<p>Après</p>").unwrap().0;
    assert_has(between, "<a href=\"/projets/beta/\">Beta</a>");
}

#[test]
fn a_mention_in_prose_shows_at_its_other_end() {
    let built = Site::new().prose("Voir [[gamma]] et [[beta]].").build();
    assert_has(list(&built.page("/sources/gamma/"), "Cité dans"), "/acteurs/alpha/");
    // Beta has a relation to alpha, so its page does not list alpha among the mentions.
    assert!(!built.page("/projets/beta/").contains("Cité dans"));
}

#[test]
fn a_wikilink_to_a_source_is_a_numbered_citation() {
    let built = Site::new()
        .file("content/sources/delta.toml", "title = \"Delta\"\n")
        .prose("Un [[gamma|p. 12]], deux [[delta]], encore [[gamma|p. 14]].")
        .build();
    let page = built.page("/acteurs/alpha/");
    let cited = |number: u8, shown: &str| format!("<a href=\"#ref_{number}\" id=\"cite_{shown}");
    assert_has(&page, &cited(1, "1\" title=\"Gamma\">[1,\u{a0}p.\u{a0}12]</a>"));
    assert_has(&page, &cited(2, "2\" title=\"Delta\">[2]</a>"));
    assert_has(&page, &cited(1, "3\">[1,\u{a0}p.\u{a0}14]</a>"));
    let references = page.split_once("<h2>Références</h2>").unwrap().1;
    assert_has(references, "<li id=\"ref_1\"><a href=\"/sources/gamma/\">Gamma</a>, p. 12, p. 14</li>");
    assert_has(references, "<li id=\"ref_2\"><a href=\"/sources/delta/\">Delta</a></li>");
}

#[test]
fn a_relative_link_leads_to_the_page_of_its_file() {
    let about = "title = { fr = \"Un\", en = \"One\" }\nslug = { fr = \"a-propos\", en = \"about-us\" }";
    let page = Site::new()
        .file("content/about.md", format!("+++\n{about}\n+++\n## Été\n"))
        .file("content/about.en.md", "+++\n+++\n## Summer\n")
        .file("content/projects/report.pdf", "")
        .prose(
            "[1](../projects/beta.toml) [2](../about.md#ete) [3](/projects/report.pdf) [4](/acteurs/) [5](../projects)",
        )
        .build()
        .page("/acteurs/alpha/");
    assert_has(&page, "<a href=\"/projets/beta/\">1</a>");
    assert_has(&page, "<a href=\"/a-propos/#ete\">2</a>");
    assert_has(&page, "<a href=\"/projects/report.pdf\">3</a>");
    assert_has(&page, "<a href=\"/acteurs/\">4</a>");
    assert_has(&page, "<a href=\"/projets/\">5</a>");
}

#[test]
fn a_link_to_the_file_of_a_translation_keeps_the_reader_in_their_language() {
    let delta = "title = \"Delta\"\nnotes = \"[lui](alpha.en.md)\"\npeers = [\"alpha\"]\n";
    let built = Site::new().prose("Bonjour.").file("content/actors/delta.toml", delta).build();
    assert_has(&built.page("/acteurs/delta/"), "<a href=\"/acteurs/alpha/\">lui</a>");
    assert_has(&built.page("/en/actors/delta/"), "<a href=\"/en/actors/alpha/\">lui</a>");
}

#[test]
fn an_anchor_leads_to_a_heading() {
    let built = Site::new().prose("[bas](#l-ete) et [[#fin]]\n\n## L’été\n\n## La fin {#fin}").build();
    let page = built.page("/acteurs/alpha/");
    assert_has(&page, "<a href=\"#l-ete\">bas</a>");
    assert_has(&page, "<h2 id=\"l-ete\">L’été</h2>");
    assert_has(&page, "<h2 id=\"fin\">La fin</h2>");
    assert_has(&page, "href=\"#fin\"");
}

#[test]
fn an_image_leads_to_its_file() {
    let built =
        Site::new().file("content/actors/photo é.jpg", PICTURE).prose("![Le \"site\"](<photo é.jpg> \"Vue\")").build();
    assert_has(
        &built.page("/acteurs/alpha/"),
        "<img src=\"/actors/photo%20%C3%A9.jpg\" alt=\"Le &quot;site&quot;\" title=\"Vue\" width=\"3\" height=\"2\" loading=\"lazy\">",
    );
}

#[test]
fn a_link_to_a_draft_shows_its_words_alone() {
    let built = Site::new()
        .file("content/projects/delta.toml", "title = \"Delta\"\ndraft = true\n")
        .prose("Voir [[delta|ceci]] et [cela](../projects/delta.toml).")
        .build();
    assert_has(&built.page("/acteurs/alpha/"), "<p>Voir ceci et cela.</p>");
}

// Markdown.

#[test]
fn tables_task_lists_and_strikethrough() {
    let built = Site::new().prose("| a | b |\n|--:|---|\n| 1 | 2 |\n\n- [x] fait\n- [ ] à faire\n\n~~non~~").build();
    let page = built.page("/acteurs/alpha/");
    assert_has(&page, "<th scope=\"col\" class=\"right\">a</th><th scope=\"col\">b</th>");
    assert_has(&page, "<td class=\"right\">1</td><td>2</td>");
    assert_has(&page, "☑</span> fait");
    assert_has(&page, "☐</span> à faire");
    assert_has(&page, "<del>non</del>");
}

#[test]
fn footnotes_lead_there_and_back() {
    let page = Site::new().prose("Un[^a].\n\n[^a]: Une note.").build().page("/acteurs/alpha/");
    assert_has(&page, "<a href=\"#fn_1\" id=\"fnref_1\">1</a>");
    assert_has(&page, "<li id=\"fn_1\">");
    assert_has(&page, "<a href=\"#fnref_1\" class=\"back\">");
}

#[test]
fn a_footnote_that_is_not_there_is_text() {
    assert_has(&Site::new().prose("Un[^a].").build().page("/acteurs/alpha/"), "Un[^a].");
}

#[test]
fn prose_has_the_typography_of_its_language() {
    let built = Site::new()
        .prose("Quoi ? L'été \"froid\".")
        .file("content/actors/alpha.en.md", "+++\n+++\nWhat? The \"cold\" summer: yes!\n")
        .build();
    assert_has(&built.page("/acteurs/alpha/"), "<p>Quoi\u{202f}? L’été «\u{202f}froid\u{202f}».</p>");
    assert_has(&built.page("/en/actors/alpha/"), "<p>What? The “cold” summer: yes!</p>");
}

#[test]
fn french_typography_spares_code_and_addresses() {
    let built = Site::new().prose("`a ? b : \"c\"` et https://example.org/?a='b' et\n\n    x ! y").build();
    let page = built.page("/acteurs/alpha/");
    assert_has(&page, "<code>a ? b : \"c\"</code> et https://example.org/?a='b' et");
    assert_has(&page, "x ! y");
}

#[test]
fn french_titles_and_facts_have_french_typography() {
    let built =
        Site::new().file("content/actors/alpha.md", "+++\ntitle = \"L'été !\"\nphones = [\"Qui ?\"]\n+++\n").build();
    let page = built.page("/acteurs/alpha/");
    assert_has(&page, "<h1>L’été\u{202f}!</h1>");
    assert_has(&fact(&page, "Téléphones"), "Qui\u{202f}?");
    assert_eq!(entity(&built, "actors", "alpha")["title"]["fr"], "L'été !", "data are as they are written");
}

#[test]
fn raw_html_is_shown_as_text() {
    let page =
        Site::new().prose("Un <b onclick=\"x()\">mot</b><script>alert(1)</script>").build().page("/acteurs/alpha/");
    assert_has(&page, "&lt;b onclick=");
    assert_has_not(main(&page), "<script>");
}

#[test]
fn raw_html_is_cleaned_where_the_site_allows_it() {
    let site = Site::new()
        .config("html = \"sanitize\"")
        .prose("Un <b onclick=\"x()\">mot</b><script>alert(1)</script> [[beta]]");
    let page = site.build().page("/acteurs/alpha/");
    assert_has(&page, "Un <b>mot</b> <a href=\"/projets/beta/\"");
    assert_has_not(main(&page), "alert");
}

#[test]
fn texts_are_escaped_everywhere() {
    let hostile = "</script><b>\\\"x\\\" & 'y'";
    let built = Site::new()
        .file("content/actors/alpha.md", format!("+++\ntitle = \"{hostile}\"\nsummary = \"{hostile}\"\naliases = [\"{hostile}\"]\nphones = [\"{hostile}\"]\nupdated = 2024-01-01\n+++\n[[alpha]]\n"))
        .build();
    for page in ["/acteurs/alpha/", "/en/actors/alpha/", "/acteurs/", "/projets/beta/"] {
        assert_has_not(&built.page(page), "<b>");
    }
    assert_has_not(&built.text("/feed.xml"), "<b>");
}

// Addresses.

#[test]
fn every_link_honours_the_path_of_the_base_url() {
    let site = Site::new()
        .file("content/actors/a.jpg", PICTURE)
        .facts("redirects = [\"/old/\"]\nlogo = { src = \"a.jpg\", alt = \"Logo\" }\nupdated = 2024-01-01\nnotes = \"[[beta]] ![a](a.jpg) [i](/acteurs/) [[gamma]]\"")
        .config("menu = [\"actors\"]");
    let built = site.with(&["--base-url", "https://example.org/portal/"]).build();
    for (path, bytes) in crate::harness::files_in(&built.site.path("public")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for attribute in ["href=\"", "src=\"", "url=", "<loc>", "\"url\":", "<id>", "Sitemap: "] {
            for link in text.split(attribute).skip(1) {
                let own = link.starts_with('/') || link.starts_with("https://example.org");
                let honours = link.starts_with("/portal/") || link.starts_with("https://example.org/portal/");
                assert!(!own || honours, "{}: {attribute}{}", path.display(), &link[..link.len().min(60)]);
            }
        }
    }
    assert_has(&built.text("/_redirects"), "/portal/old/ /portal/acteurs/alpha/ 301");
    assert_eq!(entity(&built, "actors", "alpha")["url"]["en"], "/portal/en/actors/alpha/");
    assert_eq!(entity(&built, "actors", "alpha")["fields"]["logo"], "/portal/actors/a.jpg");
}

#[test]
fn every_page_has_its_canonical_address() {
    let built = Site::new().build();
    for page in ["/", "/en/", "/acteurs/", "/en/actors/alpha/"] {
        assert_has(&built.page(page), &format!("<link rel=\"canonical\" href=\"https://example.org{page}\">"));
    }
}

#[test]
fn an_index_has_pages_of_page_size() {
    let actor = |id: &str| format!("title = \"{id}\"\npeers = [\"alpha\"]\n");
    let built = Site::new()
        .config("page_size = 2")
        .file("content/actors/b.toml", actor("B"))
        .file("content/actors/c.toml", actor("C"))
        .file("content/actors/d.toml", actor("D"))
        .file("content/actors/e.toml", actor("E"))
        .build();
    let (first, second) = (built.page("/acteurs/"), built.page("/acteurs/page/2/"));
    assert_has(&first, "/acteurs/alpha/");
    assert_has(&first, "/acteurs/b/");
    assert_has_not(main(&first), "/acteurs/c/");
    assert_has(&first, "<a href=\"/acteurs/page/2/\" rel=\"next\">");
    assert_has_not(&first, "rel=\"prev\"");
    assert_has(&second, "<a href=\"/acteurs/\" rel=\"prev\">");
    assert_has(&second, "<a href=\"/acteurs/page/3/\" rel=\"next\">");
    assert_has(&second, "<link rel=\"canonical\" href=\"https://example.org/acteurs/page/2/\">");
    assert!(built.has("/en/actors/page/3/") && !built.has("/acteurs/page/4/"));
    assert_has(&built.text("/sitemap.xml"), "https://example.org/acteurs/page/3/");
}

#[test]
fn an_index_is_in_the_order_of_titles_without_accents_and_capitals() {
    let built = Site::new()
        .file("content/actors/a1.toml", "title = \"Zoé\"\npeers = [\"alpha\"]\n")
        .file("content/actors/a2.toml", "title = \"été\"\npeers = [\"alpha\"]\n")
        .file("content/actors/a3.toml", "title = \"Etat\"\npeers = [\"alpha\"]\n")
        .build();
    let page = built.page("/acteurs/");
    let at = ["alpha", "a3", "a2", "a1"].map(|id| page.find(&format!("/acteurs/{id}/")).unwrap());
    assert!(at.is_sorted(), "{at:?}");
}

#[test]
fn an_index_is_in_the_order_of_the_readers_language() {
    let titles = [("abo", "Åbo"), ("odd", "Odd"), ("oedeme", "Œdème"), ("zone", "Zone")];
    let site = titles.iter().fold(Site::new(), |site, (id, title)| {
        site.file(&format!("content/actors/{id}.toml"), format!("title = \"{title}\"\npeers = [\"alpha\"]\n"))
    });
    let config = std::fs::read_to_string(site.path("site.toml")).unwrap();
    let built = site.file("site.toml", config.replace("\"en\"]", "\"sv\", \"en\"]")).build();
    let order = |index: &str| {
        let page = built.page(index);
        let mut ids = ["zone", "oedeme", "odd", "alpha", "abo"];
        ids.sort_by_key(|id| page.find(&format!("{index}{id}/")).unwrap());
        ids
    };
    assert_eq!(order("/acteurs/"), ["abo", "alpha", "odd", "oedeme", "zone"]);
    // In Swedish å and ö are at the end of the alphabet, and œ is sorted as ö.
    assert_eq!(order("/sv/acteurs/"), ["alpha", "odd", "zone", "abo", "oedeme"]);
}

#[test]
fn entities_of_one_title_are_in_the_order_of_their_ids() {
    let site = ["c", "a", "b"].into_iter().fold(Site::new(), |site, id| {
        site.file(&format!("content/actors/{id}.toml"), "title = \"Le même\"\npeers = [\"alpha\"]\n")
    });
    let page = site.build().page("/acteurs/");
    let at = ["a", "b", "c"].map(|id| page.find(&format!("/acteurs/{id}/")).unwrap());
    assert!(at.is_sorted(), "{at:?}");
}

#[test]
fn an_index_is_in_the_order_that_its_type_says() {
    let sources = "name = { fr = \"Source\", en = \"Source\" }\ncitation = true\nsort = \"-year\"\n[fields]\nyear = { kind = \"year\" }\n";
    let page = Site::new()
        .file("content/sources/_type.toml", sources)
        .file("content/sources/a.toml", "title = \"A\"\nyear = 2001\n")
        .file("content/sources/b.toml", "title = \"B\"\nyear = 2020\n")
        .file("content/actors/delta.toml", "title = \"Delta\"\npeers = [\"alpha\"]\n")
        .build()
        .page("/sources/");
    let at = ["b", "a", "gamma"].map(|id| page.find(&format!("/sources/{id}/")).unwrap());
    assert!(at.is_sorted(), "{at:?}");
}

#[test]
fn the_feed_holds_what_changed_last() {
    let built = Site::new()
        .facts("updated = 2024-01-17\nsummary = { fr = \"Un & deux\", en = \"One & two\" }")
        .file("content/sources/gamma.toml", "title = \"Gamma\"\nupdated = \"2024-02\"\n")
        .build();
    let feed = built.text("/feed.xml");
    assert_has(&feed, "<updated>2024-02-01T00:00:00Z</updated>\n<author>");
    assert!(feed.find("/sources/gamma/").unwrap() < feed.find("/acteurs/alpha/").unwrap());
    assert_has(&feed, "<summary>Un &amp; deux</summary>");
    assert_has_not(&feed, "/projets/beta/");
    let english = built.text("/en/feed.xml");
    assert_has(&english, "https://example.org/en/actors/alpha/");
    assert_has(&english, "<summary>One &amp; two</summary>");
}

#[test]
fn the_sitemap_holds_every_page_with_its_translations() {
    let built = Site::new().facts("updated = 2024-01-17").build();
    let sitemap = built.text("/sitemap.xml");
    assert_eq!(sitemap.matches("<loc>").count(), 14);
    let alpha = "<url><loc>https://example.org/acteurs/alpha/</loc><lastmod>2024-01-17</lastmod>";
    let french = "<xhtml:link rel=\"alternate\" hreflang=\"fr\" href=\"https://example.org/acteurs/alpha/\"/>";
    let english = "<xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://example.org/en/actors/alpha/\"/>";
    assert_has(&sitemap, &format!("{alpha}{french}{english}</url>"));
    assert_has_not(&sitemap, "404");
}

#[test]
fn robots_may_read_everything() {
    assert_eq!(
        Site::new().build().text("/robots.txt"),
        "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n"
    );
}

#[test]
fn what_is_not_found_has_a_page() {
    let page = Site::new().build().text("/404.html");
    assert_has(&page, "<h1>Page introuvable</h1>");
    assert_has(&page, "<a href=\"/en/\"");
}

#[test]
fn the_menu_leads_to_types_and_pages() {
    let built = Site::new()
        .config("menu = [\"projects\", \"help/start\"]")
        .file("content/help/start.md", "+++\ntitle = { fr = \"Débuter\", en = \"Start\" }\n+++\n")
        .build();
    assert_has(
        &built.page("/acteurs/alpha/"),
        "<li><a href=\"/projets/\">Projets</a></li>\n<li><a href=\"/help/start/\">Débuter</a></li>",
    );
    assert_has(&built.page("/en/"), "<li><a href=\"/en/help/start/\">Start</a></li>");
}

#[test]
fn an_entity_of_a_type_of_schema_org_has_json_ld() {
    let sources = "name = { fr = \"Source\", en = \"Source\" }\ncitation = true\nschema_org = \"Book\"\n[fields]\nyear = { kind = \"year\", schema_org = \"datePublished\" }\n";
    let page = Site::new()
        .file("content/sources/_type.toml", sources)
        .file("content/sources/gamma.toml", "title = \"</script>\"\nyear = 2001\n")
        .build()
        .page("/sources/gamma/");
    let json = page.split_once("<script type=\"application/ld+json\">").unwrap().1.split_once("</script>").unwrap().0;
    let data: Value = serde_json::from_str(json).unwrap();
    assert_eq!(
        (&data["@type"], &data["name"], &data["datePublished"]),
        (&"Book".into(), &"</script>".into(), &"2001".into())
    );
    assert_eq!(data["url"], "https://example.org/sources/gamma/");
}

#[test]
fn json_ld_holds_all_values_of_a_property() {
    let actors = "name = \"Acteur\"\nschema_org = \"Organization\"\n[fields]\nsite = { kind = \"url\", schema_org = \"sameAs\" }\nblog = { kind = \"url\", schema_org = \"sameAs\" }\n";
    let built = Site::new()
        .file("content/actors/_type.toml", actors)
        .facts("site = \"https://a.example/\"\nblog = \"https://b.example/\"")
        .build();
    assert_has(&built.page("/actors/alpha/"), "\"sameAs\":[\"https://a.example/\",\"https://b.example/\"]");
}

#[test]
fn an_address_of_mail_brings_no_other_fields_along() {
    let page = Site::new().facts("contact = \"info?cc=x@example.org\"").build().page("/acteurs/alpha/");
    assert_has(&page, "href=\"mailto:info%3Fcc%3Dx@example.org\"");
}

#[test]
fn a_summary_in_another_language_says_so() {
    let built = Site::new().file("content/about.md", "+++\ntitle = { fr = \"À propos\", en = \"About\" }\nslug = { fr = \"a-propos\", en = \"about\" }\nsummary = \"Un résumé.\"\n+++\nTexte.\n").build();
    assert_has(&built.page("/en/about/"), "<p lang=\"fr\">Un résumé.</p>");
    assert_has(&built.page("/a-propos/"), "<p>Un résumé.</p>");
}

#[test]
fn a_matrix_counts_what_has_both_relations() {
    let page = Site::new()
        .file("content/map.md", "+++\ntitle = { fr = \"Carte\", en = \"Map\" }\nview = { kind = \"matrix\", of = \"projects\", rows = \"partners\", columns = \"sources\" }\n+++\n")
        .file("content/actors/delta.toml", "title = \"Delta\"\npeers = [\"alpha\"]\n")
        .build()
        .page("/map/");
    assert_has(&page, "<th scope=\"col\"><a href=\"/sources/gamma/\">Gamma</a></th>");
    assert_has(&page, "<a href=\"/acteurs/alpha/\">Alpha</a></th><td>1</td>");
    assert_has(&page, "<a href=\"/acteurs/delta/\">Delta</a></th><td>0</td>");
}

#[test]
fn two_builds_of_one_site_are_the_same() {
    let site = || {
        Site::new()
            .prose("[[beta]] et [[gamma|p. 1]]")
            .facts("updated = 2024-01-01\nphones = [\"1\"]")
            .config("page_size = 1")
    };
    let files = |built: &Built| -> Vec<(String, Vec<u8>)> {
        let root = built.site.path("public");
        let files = crate::harness::files_in(&root).into_iter();
        files.map(|(path, bytes)| (path.strip_prefix(&root).unwrap().display().to_string(), bytes)).collect()
    };
    assert_eq!(files(&site().build()), files(&site().build()));
}

#[test]
fn a_symmetric_relation_to_another_type_shows_there_too() {
    let places = "name = { fr = \"Lieu\", en = \"Place\" }\n";
    let built = Site::new()
        .file("content/places/_type.toml", places)
        .file("content/places/here.toml", "title = \"Ici\"\n")
        .fields("near = { to = [\"actors\", \"places\"], label = { fr = \"Près de\", en = \"Near\" }, inverse = { id = \"near\", label = { fr = \"Près de\", en = \"Near\" } } }")
        .file("content/actors/delta.toml", "title = \"Delta\"\n")
        .facts("near = [\"delta\", \"here\"]")
        .build();
    for (page, shown) in [("/acteurs/alpha/", "/acteurs/delta/"), ("/acteurs/alpha/", "/places/here/")] {
        assert_has(list(&built.page(page), "Près de"), shown);
    }
    assert_has(list(&built.page("/acteurs/delta/"), "Près de"), "/acteurs/alpha/");
    assert_has(list(&built.page("/places/here/"), "Près de"), "/acteurs/alpha/");
}

#[test]
fn an_attribute_may_have_many_values() {
    let built = Site::new()
        .fields("mates = { to = \"actors\", label = \"Compagnons\", attributes.roles = { kind = \"text\", many = true, label = \"Rôles\" } }")
        .file("content/actors/delta.toml", "title = \"Delta\"\n")
        .facts("mates = [{ to = \"delta\", roles = [\"un\", \"deux\"] }]")
        .build();
    let page = built.page("/acteurs/alpha/");
    assert_has(list(&page, "Compagnons"), "un");
    assert_has(list(&page, "Compagnons"), "deux");
    assert_has(&built.text("data/ecosystem.json"), "\"roles\":[{\"fr\":\"un\"},{\"fr\":\"deux\"}]");
}

#[test]
fn a_wikilink_with_words_may_stand_in_a_table() {
    let built = Site::new().prose("| a | b |\n|---|---|\n| [[beta\\|le projet]] | x |").build();
    assert_has(
        &built.page("/acteurs/alpha/"),
        "<td><a href=\"/projets/beta/\" class=\"projects\">le projet</a></td><td>x</td>",
    );
}

#[test]
fn an_anchor_that_a_language_lacks_is_left_out_in_that_language() {
    let built = Site::new()
        .file("content/actors/alpha.md", "+++\ntitle = \"Alpha\"\n+++\n[[delta#ete|là]]\n")
        .file("content/actors/delta.md", "+++\ntitle = \"Delta\"\n+++\n## Été\n")
        .file("content/actors/delta.en.md", "+++\n+++\n## Summer\n")
        .build();
    assert_has(&built.page("/acteurs/alpha/"), "href=\"/acteurs/delta/#ete\"");
    assert_has(&built.page("/en/actors/alpha/"), "href=\"/en/actors/delta/\"");
}

#[test]
fn footnotes_of_prose_and_of_a_field_have_anchors_of_their_own() {
    let alpha =
        "+++\ntitle = \"Alpha\"\nnotes = \"\"\"\nUn[^a].\n\n[^a]: Note.\n\"\"\"\n+++\nDeux[^a].\n\n[^a]: Autre.\n";
    let page = Site::new().file("content/actors/alpha.md", alpha).build().page("/acteurs/alpha/");
    assert_eq!(page.matches("id=\"fn_1\"").count(), 1, "{page}");
    assert_eq!(page.matches("_fn_1\">").count(), 1, "the note of the field has another anchor: {page}");
}

#[test]
fn what_is_wrong_in_a_draft_counts_once_it_is_published() {
    let draft = "+++\ntitle = \"Delta\"\ndraft = true\nfounded = \"soon\"\n+++\n# Un\n\n<b>x</b>\n";
    let site = Site::new().file("content/actors/delta.md", draft);
    assert_eq!(site.places(), [] as [&str; 0]);
    assert_eq!(site.with(&["--drafts"]).places().len(), 6);
}

#[test]
fn the_menu_leaves_a_draft_out() {
    let about = "+++\ntitle = \"À propos\"\ndraft = true\n+++\nBientôt.\n";
    let site = Site::new().config("menu = [\"about\", \"actors\"]").file("content/about.md", about);
    assert_eq!(site.places(), ["site.toml:5:9 link-to-draft"]);
    assert!(!site.build().page("/").contains("/about/"));
}

/// A heading of the text of an index stopped its filters, because it had the id of their form.
#[test]
fn headings_never_have_the_ids_of_a_theme() {
    let text = "+++\n+++\n## Filters\n\n## Search\n\n## Main\n\n## P main\n\n## F form\n\n## Fn 1\n\n## Ref 1\n\n## Cite 1\n\n\
        [[#filters]] [[#fn-1]] [[gamma]] a[^1]\n\n[^1]: Note.\n\n    ## Filters\n";
    for theme in ["plain", "atlas"] {
        let site = Site::new().file("content/actors/_index.md", text);
        let config = std::fs::read_to_string(site.path("site.toml")).unwrap();
        let site = site.file("site.toml", config.replace("plain", theme));
        let page = site.build().page("/acteurs/");
        let all = |start: &str| -> Vec<String> {
            page.split(start).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
        };
        let ids = all(" id=\"");
        let unique: BTreeSet<&String> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{theme}: {ids:?}");
        assert!(page.contains("<h2 id=\"filters\">Filters</h2>"), "{theme}: {page}");
        assert!(page.contains("href=\"#filters\""), "{theme}: {page}");
        for anchor in all("href=\"#") {
            assert!(ids.contains(&anchor), "{theme}: #{anchor} is nowhere");
        }
    }
}

#[test]
fn headings_in_values_have_anchors_of_their_own() {
    let built = Site::new()
        .file(
            "content/actors/alpha.md",
            "+++\ntitle = \"Alpha\"\nnotes = \"\"\"\n## Budget\n\"\"\"\n+++\n## Budget\n\n[[#budget]]\n",
        )
        .build();
    let page = built.page("/acteurs/alpha/");
    assert_eq!(page.matches("id=\"budget\"").count(), 1, "{page}");
    assert!(page.contains("_budget\">Budget</h2>"), "{page}");
}

#[test]
fn keys_that_no_type_declares_are_facts_if_the_type_wants_them() {
    let facts = "crm = \"x, y\"\nsince = 2015-02-01\ntags = [\"a\", 2]\naddress = { post = 4000 }";
    let site = Site::new().facts(facts);
    let schema = std::fs::read_to_string(site.path("content/actors/_type.toml")).unwrap();
    let built = site.file("content/actors/_type.toml", format!("extra = true\n{schema}")).build();
    let page = built.page("/acteurs/alpha/");
    for text in ["<dt>crm</dt>", "x, y", "2015-02-01", "<dt>address</dt>", "{ post = 4000 }"] {
        assert_has(&page, text);
    }
    let fields = &built.json("/data/actors.json")["entities"][0]["fields"];
    let expected = json!({"crm": "x, y", "since": "2015-02-01", "tags": ["a", "2"], "address": "{ post = 4000 }"});
    assert_eq!(*fields, expected);
}
