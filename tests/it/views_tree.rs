//! The view `tree`: a hierarchy whose branches open.

use std::fmt::Write as _;

use crate::harness::Site;

const TEMPLATE: &str = "{% for node in view.nodes %}{{ node.depth }} {{ node.card.id }} {{ node.below }} {{ node.closes }}{% for item in node.counts %} {{ item.label }} {{ item.count }}{% endfor %};{% endfor %}{{ view.left_out }}";

fn page(keys: &str) -> String {
    format!("+++\ntitle = {{ fr = \"Arbre\", en = \"Tree\" }}\nview = {{ kind = \"tree\", {keys} }}\n+++\n")
}

/// Four towns in two regions of a country, and another country.
fn site() -> Site {
    let place = "name = \"Lieu\"\n[fields]\nwithin = { to = \"places\", hierarchy = true, inverse = { id = \"parts\", label = \"Parts\" } }\n";
    let list =
        [("be", ""), ("wallonia", "be"), ("liege", "wallonia"), ("namur", "wallonia"), ("flanders", "be"), ("fr", "")];
    let places = list.iter().fold(String::new(), |mut text, (id, within)| {
        let within = if within.is_empty() { String::new() } else { format!("within = [\"{within}\"]\n") };
        let _ = write!(text, "[{id}]\ntitle = \"{id}\"\n{within}");
        text
    });
    Site::new()
        .fields("towns = { to = \"places\", inverse = { id = \"actors\", label = \"Here\" } }\n")
        .file("content/places/_type.toml", place)
        .file("content/places/_list.toml", places)
        .facts("towns = [\"liege\", \"namur\"]")
        .file("content/actors/delta.toml", "title = \"Delta\"\ntowns = [\"wallonia\"]\n")
}

#[test]
fn a_tree_has_what_is_below_each_entity_after_it_and_counts_what_leads_there() {
    let built =
        site().view_template(TEMPLATE).file("content/tree.md", page("of = \"places\", count = [\"actors\"]")).build();
    assert_eq!(
        built.page("/en/tree/").trim(),
        "0 be 4 0 Here 2;1 flanders 0 0;1 wallonia 2 0 Here 2;2 liege 0 0 Here 1;2 namur 0 2 Here 1;0 fr 0 0;0"
    );
}

/// A chain of 1,100 levels does not nest as many lists, and cycles end.
#[test]
fn a_deep_hierarchy_is_shown_at_twenty_levels() {
    let mut list = String::from("[p0]\ntitle = \"P 0\"\n");
    for n in 1..1100 {
        let _ = writeln!(list, "[p{n}]\ntitle = \"P {n}\"\nwithin = [\"p{}\"]", n - 1);
    }
    let site = site()
        .file("content/places/_list.toml", list)
        .facts("")
        .file("content/actors/delta.toml", "title = \"Delta\"\n");
    let built = site.view_template(TEMPLATE).file("content/tree.md", page("of = \"places\"")).build();
    let page = built.page("/en/tree/");
    let nodes: Vec<&str> = page.trim().split(';').collect();
    assert_eq!((nodes.len(), nodes[999], nodes[1000]), (1001, "20 p999 0 20", "100"));
    let opens = nodes.iter().filter(|node| node.split(' ').nth(2).is_some_and(|below| below != "0")).count();
    assert_eq!(opens, 20, "as many lists end as begin");
}

#[test]
fn mistakes_in_the_keys_of_a_tree() {
    let keys = [
        "count = [\"actors\"]",
        "of = \"actors\"",
        "of = \"places\", count = [\"actor\"]",
        "of = \"places\", count = 3",
    ];
    let site = keys.iter().enumerate().fold(site(), |site, (number, keys)| {
        site.file(&format!("content/tree-{number}.md"), page(keys).replace("Tree", &format!("Tree {number}")))
    });
    shows!(site);
}

#[test]
fn both_themes_show_a_tree_with_as_many_ends_as_beginnings() {
    for theme in ["plain", "atlas"] {
        let config = std::fs::read_to_string(site().path("site.toml")).unwrap().replace("plain", theme);
        let page =
            site().file("content/tree.md", page("of = \"places\", count = [\"actors\"]")).file("site.toml", config);
        let page = page.build().page("/en/tree/");
        for (open, close) in [("<ul>", "</ul>"), ("<details", "</details>"), ("<li", "</li>")] {
            let opens = page.matches(open).count() - if open == "<li" { page.matches("<link").count() } else { 0 };
            assert_eq!(opens, page.matches(close).count(), "{theme} {open}\n{page}");
        }
        assert!(page.contains("namur"));
    }
}
