//! What follows from relations: derived relations as data, facets, orders and briefs; what is below an entity in a
//! hierarchy; inverses that several types share.

use serde_json::json;

use crate::harness::{Built, Site};

/// The list under a heading, on a page of the theme `plain`.
fn list<'a>(page: &'a str, heading: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("<h2>{heading}</h2>")).unwrap_or_else(|| panic!("no {heading} in {page}"));
    rest.split_once("</ul>").unwrap().0
}

fn assert_has(text: &str, part: &str) {
    assert!(text.contains(part), "{part}\nis not in\n{text}");
}

fn with_theme(site: Site, theme: &str) -> Built {
    let config = std::fs::read_to_string(site.path("site.toml")).unwrap().replace("plain", theme);
    site.file("site.toml", config).build()
}

/// Places in places, and actors in them: Liège and Wallonia hold what their parts hold.
fn in_places(actors: &str) -> Site {
    Site::new()
        .file(
            "content/places/_type.toml",
            "name = { fr = \"Lieu\", en = \"Place\" }\n[fields.within]\nto = \"places\"\nhierarchy = true\nlabel = { fr = \"Dans\", en = \"Within\" }\ninverse = { id = \"parts\", label = { fr = \"Parties\", en = \"Parts\" } }\n",
        )
        .file(
            "content/places/_list.toml",
            "[wallonia]\ntitle = \"Wallonie\"\n[liege]\ntitle = \"Liège\"\nwithin = [\"wallonia\"]\n[sclessin]\ntitle = \"Sclessin\"\nwithin = [\"liege\"]\n",
        )
        .fields("towns = { to = \"places\", label = { fr = \"Lieux\", en = \"Places\" }, inverse = { id = \"actors\", label = { fr = \"Acteurs\", en = \"Actors\" } } }")
        .facts(actors)
}

#[test]
fn a_parent_shows_what_its_descendants_hold_after_what_it_holds_itself() {
    let built = in_places("towns = [\"sclessin\"]")
        .file("content/actors/delta.toml", "title = \"Delta\"\ntowns = [\"liege\", \"sclessin\"]\n")
        .build();
    let page = built.page("/places/liege/");
    let actors = list(&page, "Acteurs");
    assert_eq!(actors.matches("<li>").count(), 2, "what is here and below is listed once: {actors}");
    let (delta, alpha) =
        (actors.find("Delta").unwrap(), actors.find("Alpha</a> via <a href=\"/places/sclessin/\">").unwrap());
    assert!(delta < alpha, "direct links come first: {actors}");
    assert_has(
        list(&built.page("/places/wallonia/"), "Acteurs"),
        "Alpha</a> via <a href=\"/places/sclessin/\">Sclessin</a>",
    );
    assert_eq!(
        list(&built.page("/places/wallonia/"), "Parties").matches("<li>").count(),
        1,
        "parts of parts are not parts"
    );
    assert!(!list(&built.page("/places/sclessin/"), "Acteurs").contains("via"));
}

#[test]
fn what_is_below_counts_in_atlas() {
    let site = in_places("towns = [\"sclessin\"]")
        .file("content/actors/delta.toml", "title = \"Delta\"\ntowns = [\"liege\"]\n");
    let config = std::fs::read_to_string(site.path("site.toml")).unwrap().replace("plain", "atlas");
    let page = site.file("site.toml", config).build().page("/en/places/liege/");
    assert_has(&page, "1 through what belongs to it");
    assert_has(&page, "<a href=\"#i_actors\">Actors</a> <span class=\"count\">2</span>");
}

#[test]
fn relations_of_several_types_share_an_inverse() {
    let projects = "name = \"Projet\"\nplural = \"Projets\"\n[fields]\npartners = { to = \"actors\", label = \"P\", inverse = { id = \"projects\", label = \"Projets\" } }\n";
    let programmes = "name = \"Programme\"\n[fields]\nmembers = { to = \"actors\", label = \"M\", inverse = { id = \"projects\" } }\n";
    let built = Site::new()
        .file("content/projects/_type.toml", projects)
        .file("content/projects/beta.toml", "title = \"Beta\"\npartners = [\"alpha\"]\n")
        .file("content/programmes/_type.toml", programmes)
        .file("content/programmes/omega.toml", "title = \"Omega\"\nmembers = [\"alpha\"]\n")
        .build();
    let page = built.page("/acteurs/alpha/");
    assert_eq!(page.matches("<h2>Projets</h2>").count(), 1, "{page}");
    let projects = list(&page, "Projets");
    assert_has(projects, "Beta");
    assert_has(projects, "Omega");
}

#[test]
fn a_shared_inverse_needs_one_label() {
    let other = |inverse: &str| {
        format!("name = \"Programme\"\n[fields]\nmembers = {{ to = \"actors\", label = \"M\", inverse = {inverse} }}\n")
    };
    let site = Site::new().file(
        "content/programmes/_type.toml",
        other("{ id = \"projects\", label = { fr = \"Programmes\", en = \"Programmes\" } }"),
    );
    shows!(site);
}

#[test]
fn a_shared_inverse_without_a_label() {
    let declared = |name: &str| {
        format!(
            "name = \"{name}\"\n[fields]\nwho = {{ to = \"actors\", label = \"Qui\", inverse = {{ id = \"work\" }} }}\n"
        )
    };
    shows!(
        Site::new()
            .file("content/programmes/_type.toml", declared("Programme"))
            .file("content/tenders/_type.toml", declared("Marché"))
    );
}

/// Actors with the sources of their projects as a derived relation, which has these keys.
fn with_evidence(keys: &str) -> Site {
    Site::new()
        .fields(&format!(
            "\n[derived.evidence]\npath = [\"projects\", \"sources\"]\nlabel = {{ fr = \"Preuves\", en = \"Evidence\" }}\n{keys}"
        ))
        .file("content/actors/delta.toml", "title = \"Delta\"\npeers = [\"alpha\"]\n")
}

#[test]
fn derived_relations_are_in_the_graph() {
    let graph = with_evidence("").build().json("/data/ecosystem.json");
    let link =
        json!({ "relation": "evidence", "from": "actors/alpha", "to": "sources/gamma", "through": ["projects/beta"] });
    assert_eq!(graph["derived"], json!([link]));
    assert_eq!(graph["relations"].as_array().unwrap().len(), 3, "they are not among the stated ones: {graph}");
}

#[test]
fn a_derived_relation_is_a_facet_and_a_brief() {
    let built = with_theme(with_evidence("facet = true\nbrief = true"), "atlas");
    let listing = built.json("/data/index/actors.en.json");
    assert_eq!(listing["facets"], json!([[["gamma", "Gamma", 0]]]));
    let options: Vec<_> = listing["entries"].as_array().unwrap().iter().map(|it| (&it["id"], &it["options"])).collect();
    assert_eq!(options, [(&json!("alpha"), &json!([[0]])), (&json!("delta"), &json!([[]]))]);
    let index = built.page("/en/actors/");
    assert_has(&index, "Evidence");
    assert_has(listing["entries"][0]["html"].as_str().unwrap(), "Gamma");
}

#[test]
fn a_list_is_in_the_order_of_what_a_relation_leads_to() {
    let sorted = |order: &str| {
        let site = with_evidence("").file("content/actors/aaa.toml", "title = \"Aaa\"\nparent = \"delta\"\n");
        let types = std::fs::read_to_string(site.path("content/actors/_type.toml")).unwrap();
        let page =
            site.file("content/actors/_type.toml", format!("sort = \"{order}\"\n{types}")).build().page("/acteurs/");
        let mut titles = ["Aaa", "Alpha", "Delta"];
        titles.sort_by_key(|title| page.find(&format!(">{title}<")).unwrap());
        titles
    };
    assert_eq!(sorted("evidence"), ["Alpha", "Aaa", "Delta"]);
    assert_eq!(sorted("parent"), ["Aaa", "Alpha", "Delta"]);
    assert_eq!(sorted("-peers"), ["Alpha", "Delta", "Aaa"]);
}

#[test]
fn a_hierarchy_of_a_thousand_levels_is_no_deeper_than_memory() {
    let place = "name = \"Lieu\"\n[fields]\nwithin = { to = \"places\", one = true, hierarchy = true, label = \"Dans\", inverse = { id = \"parts\", label = \"Parties\" } }\n";
    let chain: String = (0..1000)
        .map(|at| match at {
            0 => String::from("[p0]\ntitle = \"P 0\"\n"),
            _ => format!("[p{at}]\ntitle = \"P {at}\"\nwithin = \"p{}\"\n", at - 1),
        })
        .collect();
    let built = Site::new()
        .fields("towns = { to = \"places\", label = \"Lieux\", inverse = { id = \"actors\", label = \"Acteurs\" } }")
        .facts("towns = [\"p999\"]")
        .file("content/places/_type.toml", place)
        .file("content/places/_list.toml", chain)
        .template(
            "entity.html",
            "{% for relation in entity.connections %}{{ relation.id }}={{ relation.below_count }};{% endfor %}",
        )
        .build();
    assert_eq!(built.page("/places/p0/").trim(), "parts=0;actors=1;");
    assert_eq!(built.page("/places/p999/").trim(), "within=0;actors=0;");
}
