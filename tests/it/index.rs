//! The index of a type: its facets, and the listing with which a browser filters it.

use serde_json::{Value, json};

use crate::harness::{Built, Site};

/// The theme `atlas`, under a base path.
const ATLAS: &str = "title = \"Portail\"\nbase_url = \"https://example.org/portal\"\nlanguages = [\"fr\", \"en\"]\n";

/// Actors in towns, towns in provinces, and a theme with listings.
fn towns() -> Site {
    Site::new()
        .template("index.html", "{% for facet in index.facets %}{{ facet.id }}:{% for o in facet.options %} {{ o.id }}={{ o.count }}{% endfor %};{% endfor %}")
        .file("themes/own/theme.toml", "extends = \"plain\"\nlistings = true\n")
        .fields("towns = { to = \"places\", facet = true, inverse = { id = \"actors\" } }")
        .file(
            "content/places/_type.toml",
            "name = \"Lieu\"\n[fields]\nwithin = { to = \"places\", hierarchy = true, inverse = { id = \"contains\" } }\n",
        )
        .file(
            "content/places/_list.toml",
            "[gosselies]\ntitle = \"Gosselies\"\nwithin = [\"hainaut\"]\n[hainaut]\ntitle = \"Hainaut\"\nwithin = [\"belgique\"]\n\
             [belgique]\ntitle = \"Belgique\"\n[liege]\ntitle = \"Liège\"\nwithin = [\"belgique\"]\n",
        )
        .facts("towns = [\"gosselies\", \"hainaut\"]")
        .file("content/actors/delta.toml", "title = \"Delta\"\ntowns = [\"liege\"]\n")
}

/// The ids of an actor's options in the first facet.
fn options<'a>(listing: &'a Value, actor: &str) -> Vec<&'a str> {
    let entry = listing["entries"].as_array().unwrap().iter().find(|entry| entry["id"] == actor).unwrap();
    let option = |number: &Value| listing["facets"][0][number.as_u64().unwrap() as usize][0].as_str().unwrap();
    entry["options"][0].as_array().unwrap().iter().map(option).collect()
}

fn with_facet(field: &str, facts: &str) -> Built {
    let index = "{% for facet in index.facets %}{% for o in facet.options %}{{ o.id }}|{{ o.text }}|{{ o.count }};{% endfor %}{% endfor %}";
    Site::new().template("index.html", index).fields(field).facts(facts).build()
}

#[test]
fn what_is_tagged_with_the_lower_is_found_by_the_upper() {
    let built = towns().build();
    assert_eq!(built.page("/acteurs/").trim(), "towns: belgique=2 hainaut=1 gosselies=1 liege=1;");
    let listing = built.json("/data/index/actors.fr.json");
    assert_eq!(options(&listing, "alpha"), ["belgique", "hainaut", "gosselies"]);
    assert_eq!(options(&listing, "delta"), ["belgique", "liege"]);
}

#[test]
fn a_relation_that_is_no_hierarchy_finds_what_it_names() {
    let site = towns().file(
        "content/places/_type.toml",
        "name = \"Lieu\"\n[fields]\nwithin = { to = \"places\", inverse = { id = \"contains\" } }\n",
    );
    assert_eq!(site.build().page("/acteurs/").trim(), "towns: gosselies=1 hainaut=1 liege=1;");
}

#[test]
fn two_ways_to_one_ancestor_are_no_cycle() {
    let place = |id: &str, within: &str| format!("[{id}]\ntitle = \"{id}\"\nwithin = [{within}]\n");
    let all = [place("a", "\"b\", \"c\""), place("b", "\"d\""), place("c", "\"d\""), place("d", "")].concat();
    let site = towns().file("content/places/_list.toml", all).facts("towns = [\"a\"]");
    assert_eq!(site.without("content/actors/delta.toml").short(), "");
}

#[test]
fn a_hierarchy_leads_to_its_own_type_and_one_way() {
    let site = Site::new().fields("a = { to = \"projects\", hierarchy = true }");
    assert_eq!(site.places(), ["content/actors/_type.toml:19:24 bad-field"]);
    let site = Site::new().fields("a = { to = \"actors\", hierarchy = true, inverse = { id = \"a\" } }");
    assert_eq!(site.places(), ["content/actors/_type.toml:19:22 bad-field"]);
    let site = Site::new().fields("a = { kind = \"text\", hierarchy = true }");
    assert_eq!(site.places(), ["content/actors/_type.toml:19:22 bad-field"]);
    shows!(Site::new().fields("a = { to = [\"actors\", \"projects\"], hierarchy = true }"));
}

#[test]
fn dates_are_filtered_by_year_and_numbers_by_value() {
    let built =
        with_facet("day = { kind = \"date\", many = true, facet = true }", "day = [2024-01-17, \"2024-02\", \"2023\"]");
    assert_eq!(built.page("/acteurs/").trim(), "2023|2023|1;2024|2024|1;");
    let built = with_facet("share = { kind = \"number\", unit = \"%\", facet = true }", "share = 12.5");
    assert_eq!(built.page("/acteurs/").trim(), "12.5|12,5\u{202f}%|1;");
}

#[test]
fn texts_that_differ_are_different_options() {
    let built =
        with_facet("tools = { kind = \"text\", many = true, facet = true }", "tools = [\"C\", \"C++\", \"C#\", \"+\"]");
    assert_eq!(built.page("/acteurs/").trim(), "+|+|1;C|C|1;C#|C#|1;C++|C++|1;");
}

#[test]
fn great_numbers_stand_in_their_order() {
    let fields = "sums = { kind = \"number\", many = true, facet = true }";
    let built = with_facet(fields, "sums = [10000000000000, 9300000000000, -0.0000001]");
    let texts = "-0.0000001|−0,0000001|1;9300000000000|9\u{202f}300\u{202f}000\u{202f}000\u{202f}000|1;10000000000000|10\u{202f}000\u{202f}000\u{202f}000\u{202f}000|1;";
    assert_eq!(built.page("/acteurs/").trim(), texts);
}

#[test]
fn a_template_of_a_row_that_fails_is_an_error_for_check_as_for_build() {
    let site = towns().file("themes/own/templates/row.html", "{{ card.titel }}");
    assert_eq!(site.run(&["check"]).status, 1);
}

#[test]
fn what_is_brief_of_a_symmetric_relation_is_said_at_both_ends() {
    let site = Site::new()
        .template("index.html", "{% for card in index.items %}{{ card.brief | join(sep=\",\") }};{% endfor %}")
        .fields("allies = { to = \"actors\", brief = true, inverse = { id = \"allies\" } }\nopen = { kind = \"boolean\", brief = true, label = \"Ouvert\" }\nrank = { kind = \"integer\", brief = true, label = \"Rang\" }")
        .facts("allies = [\"delta\"]\nopen = true\nrank = 3")
        .file("content/actors/delta.toml", "title = \"Delta\"\nopen = false\n");
    assert_eq!(site.build().page("/acteurs/").trim(), "Delta,Ouvert,Rang\u{a0}3;Alpha;");
}

#[test]
fn an_option_has_one_id_in_all_languages() {
    let built =
        with_facet("phase = { kind = \"text\", facet = true }", "phase = { fr = \"Clinique É\", en = \"Clinical\" }");
    assert_eq!(built.page("/acteurs/").trim(), "Clinique É|Clinique É|1;");
    assert_eq!(built.page("/en/actors/").trim(), "Clinique É|Clinical|1;");
}

#[test]
fn an_option_of_several_types_says_its_type() {
    let built =
        with_facet("about = { to = [\"projects\", \"sources\"], facet = true }", "about = [\"beta\", \"gamma\"]");
    assert_eq!(built.page("/acteurs/").trim(), "projects/beta|Beta|1;sources/gamma|Gamma|1;");
}

#[test]
fn both_ends_of_a_symmetric_relation_have_it() {
    let facet = "friends = { to = \"actors\", facet = true, inverse = { id = \"friends\" } }";
    let site = Site::new()
        .template("index.html", "{% for o in index.facets[0].options %}{{ o.id }}={{ o.count }};{% endfor %}");
    let site =
        site.fields(facet).facts("friends = [\"delta\"]").file("content/actors/delta.toml", "title = \"Delta\"\n");
    let site =
        site.file("themes/own/templates/projects-index.html", "").file("themes/own/templates/sources-index.html", "");
    assert_eq!(site.build().page("/acteurs/").trim(), "alpha=1;delta=1;");
}

#[test]
fn a_facet_that_can_not_be_is_an_error() {
    for kind in ["markdown", "url", "email", "point", "image"] {
        let site = Site::new().fields(&format!("a = {{ kind = \"{kind}\", facet = true }}"));
        assert_eq!(site.places().len(), 1, "{kind}");
        assert!(site.places()[0].ends_with("bad-field"), "{kind}");
    }
    shows!(Site::new().fields("a = { kind = \"url\", facet = true }"));
    let attribute = "a = { to = \"projects\", attributes.b = { kind = \"year\", facet = true } }";
    assert_eq!(Site::new().fields(attribute).places(), ["content/actors/_type.toml:19:56 bad-field"]);
}

#[test]
fn a_listing_has_a_line_for_each_entity_in_the_order_of_the_index() {
    let site = towns().facts(
        "founded = 2015\naliases = [\"Alpha SA\"]\nsummary = \"Une société.\"\ntowns = [\"gosselies\"]\nopened = \"2016-03\"",
    );
    let built = site.file("content/actors/alpha.en.md", "+++\ntitle = \"Alpha Ltd\"\n+++\n").build();
    let listing = built.json("/data/index/actors.en.json");
    assert_eq!(listing["sorts"], json!(["founded", "opened"]));
    let html = "<li><a href=\"/en/actors/alpha/\">Alpha Ltd</a> <span lang=\"fr\">Une société.</span>\n</li>\n";
    let alpha = json!({ "id": "alpha", "title": "Alpha Ltd", "names": "Alpha SA Alpha", "html": html,
        "options": [[0, 1, 2]], "keys": [2015.0, "2016-03"] });
    assert_eq!(listing["entries"][0], alpha);
    assert_eq!(listing["entries"][1]["keys"], json!([null, null]));
    assert_eq!(listing["entries"].as_array().unwrap().len(), 2);
}

#[test]
fn a_table_has_the_words_numbers_and_links_of_each_entity() {
    let fields = "budget = { kind = \"money\", label = { fr = \"Budget\", en = \"Budget\" } }\nsecret = { kind = \"text\", hidden = true }\n\
        partners = { to = \"actors\", label = { fr = \"Partenaires\", en = \"Partners\" }, inverse = { id = \"partner_of\", label = { fr = \"Partenaire de\", en = \"Partner of\" } }, attributes.role = { kind = \"text\", label = \"Rôle\" } }";
    let site = Site::new()
        .template("row.html", "")
        .file("themes/own/theme.toml", "extends = \"plain\"\nlistings = true\n")
        .fields(fields)
        .facts("staff = 12\nwebsite = \"https://example.org/\"\nstatus = \"active\"\nbudget = \"1500.5 EUR\"\nsecret = \"hush\"\npartners = [{ to = \"delta\", role = \"guide\" }]")
        .file("content/actors/delta.toml", "title = \"Delta\"\n");
    let built = site.build();
    let text = built.text("/data/table/actors.en.json");
    assert!(!text.contains("hush"), "{text}");
    let table = built.json("/data/table/actors.en.json");
    let columns: Vec<_> = table["columns"].as_array().unwrap().iter().map(|it| [&it["id"], &it["unit"]]).collect();
    let none = serde_json::Value::Null;
    assert_eq!(
        columns,
        [
            [&json!("staff"), &json!("")],
            [&json!("website"), &none],
            [&json!("status"), &none],
            [&json!("budget"), &json!("EUR")],
            [&json!("partners"), &none],
            [&json!("partner_of"), &none],
            [&json!("projects"), &none]
        ]
    );
    let links = &table["links"];
    let link = |item: &serde_json::Value| links[item[0].as_u64().unwrap() as usize].clone();
    let [alpha, delta] = [0, 1].map(|row| table["rows"][row].clone());
    assert_eq!((&alpha[0], &delta[0]), (&json!("alpha"), &json!("delta")));
    assert_eq!(links[alpha[1].as_u64().unwrap() as usize], json!(["Alpha", "/en/actors/alpha/"]));
    let cells = &alpha[2];
    assert_eq!([&cells[0], &cells[2]], [&json!([["12", 12.0]]), &json!(["Active"])]);
    assert_eq!(link(&cells[1][0]), json!(["example.org", "https://example.org/"]));
    assert_eq!(cells[3][0][1], json!(1500.5));
    assert_eq!((link(&cells[4][0]), &cells[4][0][1]), (json!(["Delta", "/en/actors/delta/"]), &json!("guide")));
    assert_eq!(cells[5], json!([]));
    assert_eq!((link(&delta[2][5][0]), &delta[2][5][0][1]), (json!(["Alpha", "/en/actors/alpha/"]), &json!("guide")));
}

#[test]
fn a_table_of_many_rows_is_in_parts() {
    let many: String = (1..=2000).map(|at| format!("[a{at}]\ntitle = \"A {at}\"\npeers = [\"alpha\"]\n")).collect();
    let built = Site::new()
        .template("row.html", "")
        .file("themes/own/theme.toml", "extends = \"plain\"\nlistings = true\n")
        .file("content/actors/_list.toml", many)
        .build();
    let first = built.json("/data/table/actors.en.json");
    let parts = first["parts"].as_array().unwrap();
    assert_eq!((parts.len(), &parts[0]), (4, &json!("/data/table/actors.en.2.json")));
    let last = built.json("/data/table/actors.en.5.json");
    assert_eq!((first["rows"].as_array().unwrap().len(), last["rows"].as_array().unwrap().len()), (500, 1));
    // Each part has its own links, and a cell for each column of the first one.
    let fourth = built.json("/data/table/actors.en.4.json");
    let row = &fourth["rows"][0];
    assert_eq!(fourth["links"][row[2][0][0][0].as_u64().unwrap() as usize], json!(["Alpha", "/en/actors/alpha/"]));
    assert_eq!(row[2].as_array().unwrap().len(), first["columns"].as_array().unwrap().len());
}

#[test]
fn titles_of_sources_are_in_their_own_language() {
    let language = "\n[fields]\nlanguage = { kind = \"choice\", choices = { en = \"English\", de = \"German\" } }\n";
    let site = |kind: &str| {
        let source = "name = \"Source\"\ncitation = true\n";
        Site::new()
            .file("content/sources/_type.toml", format!("{source}{kind}{language}"))
            .file("content/sources/gamma.toml", "title = \"Report: \\\"A\\\"\"\nlanguage = \"en\"\n")
            .file("content/sources/delta.toml", "title = \"Bericht\"\nlanguage = \"de\"\n")
            .file("content/sources/epsilon.toml", "title = { fr = \"Oui\", en = \"Yes\" }\nlanguage = \"de\"\n")
            .prose("A [[gamma]] [[delta]] [[epsilon]].")
    };
    let built = site("").build();
    let (french, english) = (built.page("/acteurs/alpha/"), built.page("/en/sources/"));
    let has = |page: &str, text: &str| assert!(page.contains(text), "no {text} in {page}");
    // The typography is that of the title's language.
    has(&french, "title=\"Report: “A”\" lang=\"en\"><span lang=\"fr\">[1]</span></a>");
    has(&french, "title=\"Bericht\" lang=\"de\"><span lang=\"fr\">[2]</span></a>");
    has(&french, "title=\"Oui\">[3]</a>");
    has(&english, "<a href=\"/en/sources/gamma/\">Report: “A”</a>");
    has(&english, "<a href=\"/en/sources/delta/\" lang=\"de\">");
    let index = built.page("/sources/");
    has(&index, "<a href=\"/sources/gamma/\" lang=\"en\">");
    has(&index, "<a href=\"/sources/epsilon/\">");
    assert!(site("title_language = \"langage\"\n").check().diagnostics().contains("did you mean \"language\""));
}

#[test]
fn a_line_of_a_listing_is_that_of_the_page() {
    let summary = "summary = \"« Os » & <cartilage>\"\ntowns = [\"gosselies\"]\n";
    let built = towns().file("site.toml", ATLAS).facts(summary).build();
    let (page, listing) = (built.page("/acteurs/"), built.json("/data/index/actors.fr.json"));
    for entry in listing["entries"].as_array().unwrap() {
        let html = entry["html"].as_str().unwrap().trim();
        assert!(html.starts_with("<li>") && page.contains(html), "{html}\nis not in\n{page}");
    }
}

#[test]
fn lists_say_beside_the_title_what_is_brief() {
    let fields = "kind = { kind = \"choice\", brief = true, choices = { sme = { fr = \"PME\", en = \"SME\" } } }\n\
        began = { kind = \"date\", brief = true }\nshare = { kind = \"number\", unit = \"%\", brief = true }\n\
        seats = { to = \"places\", brief = true, inverse = { id = \"seated\" } }\nrank = { kind = \"integer\" }";
    let site = towns()
        .template("index.html", "{% for card in index.items %}{{ card.brief | join(sep=\" | \") }};{% endfor %}")
        .fields(fields)
        .facts("rank = 3\nseats = [\"liege\", \"gosselies\", \"hainaut\", \"belgique\"]\nshare = 12.5\nbegan = \"2016-03\"\nkind = \"sme\"")
        .file("content/actors/delta.toml", "title = \"Delta\"\nseats = [\"liege\"]\n");
    let built = site.build();
    let french = "PME | mars 2016 | 12,5\u{202f}% | Belgique, Gosselies, Hainaut, …;Liège;";
    assert_eq!(built.page("/acteurs/").trim(), french);
    assert!(built.page("/en/actors/").starts_with("SME | March 2016 | 12.5% | "));
}

#[test]
fn what_can_not_be_brief_is_an_error() {
    let fields = "story = { kind = \"markdown\", brief = true }\nties = { to = \"actors\", attributes.role = { kind = \"text\", brief = true } }";
    shows!(Site::new().fields(fields));
}

#[test]
fn drafts_are_in_no_listing() {
    let built =
        towns().file("content/actors/delta.toml", "title = \"Delta\"\ndraft = true\ntowns = [\"liege\"]\n").build();
    let listing = built.text("/data/index/actors.fr.json");
    assert!(!listing.contains("delta") && !listing.contains("liege"), "{listing}");
}

#[test]
fn a_theme_without_filters_has_no_listings() {
    assert!(!Site::new().build().has("/data/index/actors.fr.json"));
}

#[test]
fn the_theme_atlas_offers_all_options_as_links_and_the_listing_below_the_base_path() {
    let site = towns().file("site.toml", ATLAS);
    let page = site.build().page("/acteurs/");
    assert!(page.contains("data-listing=\"/portal/data/index/actors.fr.json\""), "{page}");
    assert!(page.contains("data-first=\"/portal/acteurs/\""), "{page}");
    assert!(
        page.contains(
            "<li data-option=\"gosselies\" data-depth=\"2\"><a href=\"/portal/places/gosselies/\">Gosselies</a>"
        ),
        "{page}"
    );
    assert!(page.contains("<option value=\"title\" selected>"), "{page}");
}

#[test]
fn the_order_of_the_type_is_the_one_that_is_chosen() {
    let sorted = |sort: &str| {
        let site = Site::new().file("site.toml", ATLAS).facts("founded = 2015\nstatus = \"active\"");
        let actors = std::fs::read_to_string(site.path("content/actors/_type.toml")).unwrap();
        let actors = actors.replace("\n[fields]", &format!("\nsort = \"{sort}\"\n[fields]"));
        site.file("content/actors/_type.toml", actors).build().page("/acteurs/")
    };
    assert!(sorted("-founded").contains("<option value=\"-founded\" selected>"));
    assert!(sorted("status").contains("<option value=\"status\" selected>"));
}

#[test]
fn the_pages_of_an_index_say_where_some_are_left_out() {
    let template = "{% for link in index.pages %}{% if link.gap %}… {% endif %}{{ link.number }}{% if link.current %}*{% endif %} {% endfor %}";
    let list: String = (0..19).map(|at| format!("[a{at}]\ntitle = \"A {at}\"\n")).collect();
    let site = Site::new().template("index.html", template).file("content/actors/_list.toml", list);
    let config = std::fs::read_to_string(site.path("site.toml")).unwrap();
    let built = site.file("site.toml", format!("page_size = 1\n{config}")).build();
    assert_eq!(built.page("/acteurs/").trim(), "1* 2 3 4 5 … 20");
    assert_eq!(built.page("/acteurs/page/6/").trim(), "1 2 3 4 5 6* 7 8 9 10 … 20");
    assert_eq!(built.page("/acteurs/page/10/").trim(), "1 … 6 7 8 9 10* 11 12 13 14 … 20");
    assert_eq!(built.page("/acteurs/page/16/").trim(), "1 … 12 13 14 15 16* 17 18 19 20");
}

#[test]
fn an_index_says_which_of_its_orders_is_the_current_one() {
    let template = "{{ index.order }} {{ index.own_order }}{% for sorting in index.sorts %} {{ sorting.id }}={{ sorting.current }}{% endfor %}";
    let order = |sort: &str| {
        let site = Site::new()
            .template("index.html", template)
            .fields("headcount = { kind = \"integer\" }")
            .facts("founded = 2015\nphones = [\"1\"]\nheadcount = 3");
        let actors = std::fs::read_to_string(site.path("content/actors/_type.toml")).unwrap();
        let actors = actors.replace("\n[fields]", &format!("\nsort = \"{sort}\"\n[fields]"));
        site.file("content/actors/_type.toml", actors).build().page("/acteurs/")
    };
    assert_eq!(order("title"), "title false founded= headcount=");
    assert_eq!(order("founded"), "founded false founded=ascending headcount=");
    assert_eq!(order("-headcount"), "-headcount false founded= headcount=descending");
    assert_eq!(order("phones"), "phones true founded= headcount=");
}

/// The words of an option were those of the first entity by id on the page, and of the first by title in the listing.
#[test]
fn an_option_has_the_same_words_on_the_page_and_in_the_listing() {
    let built = Site::new()
        .template(
            "index.html",
            "{% for facet in index.facets %}{% for o in facet.options %}{{ o.text }}{% endfor %}{% endfor %}",
        )
        .file("themes/own/theme.toml", "extends = \"plain\"\nlistings = true\n")
        .fields("domain = { kind = \"text\", facet = true }")
        .file("content/actors/alpha.toml", "title = \"Zeta\"\ndomain = { fr = \"os\", en = \"bone\" }\n")
        .without("content/actors/alpha.md")
        .file("content/actors/delta.toml", "title = \"Delta\"\ndomain = { fr = \"os\", en = \"bones\" }\n")
        .build();
    assert_eq!(built.page("/en/actors/"), "bones");
    assert_eq!(built.json("/data/index/actors.en.json")["facets"][0][0], json!(["os", "bones", 0]));
}

#[test]
fn options_of_a_hierarchy_are_a_tree() {
    let template = "{% for o in index.facets[0].options %}{{ o.id }}={{ o.depth }};{% endfor %}";
    let site =
        towns().file("themes/own/templates/index.html", "").file("themes/own/templates/actors-index.html", template);
    let built = site.build();
    assert_eq!(built.page("/acteurs/"), "belgique=0;hainaut=1;gosselies=2;liege=1;");
    let options = &built.json("/data/index/actors.fr.json")["facets"][0];
    assert_eq!(options[2], json!(["gosselies", "Gosselies", 2]));
}

/// Two subcategories of one name stood side by side, with nothing to tell them apart.
#[test]
fn options_of_one_name_are_told_apart_by_their_parents_or_their_types() {
    let template = "{% for o in index.facets[0].options %}{{ o.text }};{% endfor %}";
    let places = "[a]\ntitle = \"Centre\"\nwithin = [\"c\"]\n[b]\ntitle = \"Centre\"\nwithin = [\"d\"]\n[c]\ntitle = \"Mons\"\n[d]\ntitle = \"Namur\"\n";
    let site = towns().without("content/actors/delta.toml").file("content/places/_list.toml", places);
    let site =
        site.file("themes/own/templates/index.html", "").file("themes/own/templates/actors-index.html", template);
    let built = site.facts("towns = [\"a\", \"b\"]").build();
    assert_eq!(built.page("/acteurs/"), "Mons;Centre (Mons);Namur;Centre (Namur);");
    let field = "about = { to = [\"projects\", \"sources\"], facet = true }";
    let site = Site::new().template("index.html", "").file("themes/own/templates/actors-index.html", template);
    let site = site.fields(field).facts("about = [\"beta\", \"gamma\"]");
    let site = site.file("content/sources/gamma.toml", "title = \"Beta\"\n");
    assert_eq!(site.build().page("/acteurs/"), "Beta (Projet);Beta (Source);");
}

#[test]
fn a_listing_above_two_thousand_entries_has_parts() {
    let list: String = (0..2001).map(|at| format!("[a{at:04}]\ntitle = \"A {at:04}\"\nfounded = {at}\n")).collect();
    let list = list.replace("founded = 0\n", "founded = 9\n");
    let site =
        || Site::new().template("row.html", "").file("themes/own/theme.toml", "extends = \"plain\"\nlistings = true\n");
    let site = site()
        .without("content/actors/alpha.md")
        .without("content/projects/beta.toml")
        .without("content/sources/gamma.toml");
    let built = site.file("content/actors/_list.toml", list.replace("founded = 2000\n", "")).build();
    let parts: Vec<Value> = (1..=5)
        .map(|part| if part == 1 { String::new() } else { format!(".{part}") })
        .map(|part| built.json(&format!("/data/index/actors.fr{part}.json")))
        .collect();
    let addresses = parts[0]["parts"].as_array().unwrap();
    assert_eq!((addresses.len(), &addresses[0]), (4, &json!("/data/index/actors.fr.2.json")));
    let entries: Vec<&Value> = parts.iter().flat_map(|part| part["entries"].as_array().unwrap()).collect();
    assert_eq!(parts[0]["entries"].as_array().unwrap().len(), 500);
    let ids: Vec<&str> = entries.iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    assert_eq!((ids.len(), ids[500], ids[2000]), (2001, "a0500", "a2000"));
    assert_eq!(entries[1999]["keys"], json!([1999.0]));
    assert!(!built.has("/data/index/actors.fr.6.json"));
}
