//! The network of a page, and the neighbourhood of an entity.

use std::fmt::Write as _;
use std::sync::Arc;

use filiere::compile::{self, Request};
use filiere::model::Today;
use filiere::render::Rendered;
use filiere::source::Disk;

use crate::harness::Site;

const NETWORK: &str = r#"{% if view %}
drawn {{ view.drawn }} left out {{ view.left_out }}
{%- for type in view.types %}
{{ type.of.id }}: {% for node in type.nodes %}{{ node.card.id }}({{ node.joined }}|{% for tie in node.related %}{{ tie.label }} {% for card in tie.cards %}{{ card.id }} {% endfor %}{% endfor %}+{{ node.further }}) {% endfor %}alone {{ type.alone_count }}: {% for card in type.alone %}{{ card.id }} {% endfor %}
{%- endfor %}
{% endif %}
"#;

const NEAR: &str = r#"{% set near = neighbourhood(key=entity.card.key, types=["actors", "ghosts", "projects"], most=4) %}
{%- if near %}
{%- for side in [near.left, near.right] %}
side{% for group in side %} {{ group.label }}:{% for item in group.items %} {{ item.card.id }}({{ item.labels | join(sep=", ") }}{% if item.derived %}, derived{% endif %}){% endfor %}{% endfor %}
{%- endfor %}
more {{ near.more }}
{%- else %}nobody{% endif %}
"#;

const PAGE: &str = "+++\ntitle = { fr = \"Réseau\", en = \"Network\" }\nview = { kind = \"network\", of = [\"projects\", \"actors\"] }\n+++\n";

fn network(site: Site) -> String {
    site.view_template(NETWORK).file("content/network.md", PAGE).build().page("/en/network/").trim().to_owned()
}

#[test]
fn a_network_joins_entities_once_and_names_those_without_relations() {
    let site = Site::new()
        .facts("peers = [\"delta\"]")
        .file("content/actors/delta.toml", "title = \"Delta\"\nparent = \"alpha\"\n")
        .fields("feeds = { to = \"actors\", to_itself = true }")
        .file("content/actors/epsilon.toml", "title = \"Epsilon\"\nfeeds = [\"epsilon\"]\n")
        .file("content/actors/hidden.toml", "title = \"Hidden\"\ndraft = true\npeers = [\"epsilon\"]\n");
    let expected = "drawn 3 left out 0\n\
        projects: beta(|Partners alpha +0) alone 0: \n\
        actors: alpha(0 2|Projects beta Peers delta Subsidiaries delta +0) delta(|Peers alpha Parent alpha +0) alone 1: epsilon";
    assert_eq!(network(site), expected);
}

#[test]
fn a_network_without_relations_says_so() {
    let site = Site::new().file("content/projects/beta.toml", "title = \"Beta\"\nsources = [\"gamma\"]\n");
    assert_eq!(network(site), "drawn 0 left out 0\nprojects: alone 1: beta \nactors: alone 1: alpha");
}

/// A site with this many actors, each of which has a peer among the first ones.
fn crowd(count: usize) -> Site {
    let mut list = String::new();
    for n in 0..count {
        let _ = writeln!(list, "[a{n}]\ntitle = \"A {n}\"\npeers = [\"a{}\"]", if n == 0 { 1 } else { n / 7 });
    }
    Site::new().file("content/actors/_list.toml", list)
}

const CLUSTERS: &str = r#"{% if view -%}
drawn {{ view.drawn }} clustered {{ view.clustered }} left out {{ view.left_out }} unnamed {{ view.unnamed }}
{%- for type in view.types %}{% for node in type.nodes %}
node {{ node.card.id }} {{ node.cluster?.count or 0 }}
{%- if node.cluster %}{% for card in node.cluster.cards %} {{ card.id }}{% endfor %}{% endif %}
{%- endfor %}{% endfor %}
{%- for cluster in view.components %}
component {{ cluster.card.id }} {{ cluster.count }}{% for card in cluster.cards %} {{ card.id }}{% endfor %}
{%- endfor %}
{% endif %}"#;

/// The lines that the page of a network says of its nodes and clusters. Only this page is rendered.
fn clusters(site: Site) -> Vec<String> {
    let site = site.view_template(CLUSTERS).file("content/network.md", PAGE);
    let today = Today::new(jiff::civil::date(2026, 1, 16)).unwrap();
    let request = Request { base_url: None, drafts: false, search: false, today };
    let outcome = compile::compile(Arc::new(Disk::new(site.path(""))), &request, &mut |_| {}).unwrap();
    let compiled = outcome.compiled.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics));
    let route = compiled.site.find("/en/network/").expect("there is no such page");
    let Ok(Rendered::Bytes(page)) = compiled.renderer.render(route) else { panic!("the page is not rendered") };
    String::from_utf8(page).unwrap().trim().lines().map(str::to_owned).collect()
}

#[test]
fn a_great_network_draws_hubs_and_counts_the_others_once() {
    let lines = clusters(crowd(1500));
    assert_eq!(lines[0], "drawn 400 clustered 1100 left out 2 unnamed 0");
    assert_eq!(lines.last().unwrap(), "component alpha 1 beta", "the pair is not connected to the crowd");
    let words = || lines[1..].iter().map(|line| line.split(' ').collect::<Vec<_>>());
    let counts: Vec<usize> = words().map(|words| words[2].parse().unwrap()).collect();
    assert!(words().zip(&counts).all(|(words, count)| words.len() - 3 == *count), "each cluster names its entities");
    let mut names: Vec<&str> = words().flat_map(|words| [&words[1..2], &words[3..]].concat()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!((names.len(), counts.iter().sum::<usize>() + counts.len()), (1502, 1502));
}

#[test]
fn the_page_of_a_network_names_at_most_five_thousand_entities() {
    let lines = clusters(crowd(6000));
    assert_eq!(lines[0], "drawn 400 clustered 5600 left out 2 unnamed 0");
    let names = lines[1..].iter().map(|line| line.split(' ').count() - 2).sum::<usize>();
    assert!((4600..=5000).contains(&names), "{names}");
}

#[test]
fn a_network_of_no_type_is_an_error() {
    let page = |entity_type: &str| {
        format!("+++\ntitle = {{ fr = \"R\", en = \"N\" }}\nview = {{ kind = \"network\"{entity_type} }}\n+++\n")
    };
    let places = |entity_type: &str| Site::new().file("content/network.md", page(entity_type)).places();
    assert_eq!(places(", of = [\"actor\"]"), ["content/network.md:3:34 unknown-type"]);
    assert_eq!(places(""), ["content/network.md:3:8 missing-field"]);
    assert_eq!(places(", of = []"), ["content/network.md:3:33 unknown-view"]);
    assert_eq!(places(", of = \"actors\", to = \"peers\""), ["content/network.md:3:43 unknown-key"]);
}

/// The ranking of a network with these keys, its groups and its relations.
fn ranking(keys: &str) -> String {
    let template = "{% for node in view.ranking %}{{ node.card.id }} {{ node.degree }} {{ node.between }} {% if node.group == none %}-{% else %}{{ node.group }}{% endif %} {% for count in node.near %}{{ count }}{% endfor %};{% endfor %}{% for group in view.groups %} {{ group.title }} {{ group.count }};{% endfor %} {{ view.ungrouped }};{% for relation in view.relations %} {{ relation.label }} {{ relation.count }};{% endfor %}";
    let page = PAGE.replace("\"actors\"] }", &format!("\"actors\"]{keys} }}"));
    let site = Site::new()
        .facts("status = \"active\"\npeers = [\"delta\"]\nparent = \"delta\"")
        .file("content/actors/delta.toml", "title = \"Delta\"\nstatus = \"closed\"\npeers = [\"echo\"]\n")
        .file("content/actors/echo.toml", "title = \"Echo\"\n")
        .view_template(template);
    site.file("content/network.md", page).build().page("/en/network/").trim().to_owned()
}

/// A path: beta, alpha, delta, echo. Of its six pairs, two go through each of the two in the middle.
#[test]
fn a_network_is_ranked_and_grouped() {
    let order = |groups: [&str; 4]| {
        let [alpha, delta, beta, echo] = groups;
        format!("alpha 2 333 {alpha};delta 2 333 {delta};beta 1 0 {beta};echo 1 0 {echo};")
    };
    let relations = " Peers 2; Parent 1; Partners 1;";
    let plain = order(["- ", "- ", "- ", "- "]);
    assert_eq!(ranking(""), format!("{plain} 0;{relations}"));
    let by = order(["1 101", "2 010", "0 010", "- 001"]);
    assert_eq!(ranking(", by = \"status\""), format!("{by} Projects 1; Active 1; Closed 1; 1;{relations}"));
    let named = ", by = \"status\", groups = [{ title = \"Known\", values = [\"active\", \"closed\"] }]";
    let by = order(["0 11", "0 10", "1 10", "- 10"]);
    assert_eq!(ranking(named), format!("{by} Known 2; Projects 1; 1;{relations}"));
    let without = "beta 1 0 - ;alpha 1 0 - ; 0; Partners 1;";
    assert_eq!(ranking(", without = [\"peers\", \"parent\"]"), without);
}

#[test]
fn mistakes_in_the_groups_of_a_network() {
    let keys = [
        ", by = \"statu\"",
        ", by = \"founded\"",
        ", groups = []",
        ", by = \"status\", groups = [{ title = \"Known\" }]",
        ", by = \"status\", groups = [{ title = \"Known\", values = [\"actif\"] }]",
        ", by = \"parent\", groups = [{ title = \"Known\", values = [\"alfa\"] }]",
        ", without = [\"peer\"]",
    ];
    let site = keys.iter().enumerate().fold(Site::new(), |site, (number, keys)| {
        let page = PAGE.replace("\"actors\"] }", &format!("\"actors\"]{keys} }}"));
        site.file(&format!("content/network-{number}.md"), page.replace("Network", &format!("Network {number}")))
    });
    shows!(site);
}

fn near(site: Site) -> String {
    site.template("entity.html", NEAR).build().page("/en/actors/alpha/").trim().to_owned()
}

#[test]
fn a_neighbour_stands_once_with_all_that_joins_it() {
    let site = Site::new()
        .facts("parent = \"delta\"\npeers = [\"delta\"]")
        .file("content/actors/delta.toml", "title = \"Delta\"\n")
        .file(
            "content/projects/beta.toml",
            "title = \"Beta\"\npartners = [\"alpha\", \"delta\"]\nsources = [\"gamma\"]\n",
        );
    assert_eq!(near(site), "side Actors: delta(Parent, Peers)\nside Projects: beta(Projects)\nmore 0");
}

#[test]
fn derived_neighbours_are_told_from_others() {
    let site = Site::new()
        .fields("\n[derived.partners]\npath = [\"projects\", \"partners\"]\nlabel = { fr = \"Partenaires\", en = \"Partners\" }")
        .file("content/actors/delta.toml", "title = \"Delta\"\n")
        .file("content/projects/beta.toml", "title = \"Beta\"\npartners = [\"alpha\", \"delta\"]\nsources = [\"gamma\"]\n");
    assert_eq!(near(site), "side Actors: delta(Partners, derived)\nside Projects: beta(Projects)\nmore 0");
}

#[test]
fn every_type_has_its_share_and_the_rest_is_counted() {
    let mut site = Site::new().facts("peers = [\"a0\", \"a1\", \"a2\", \"a3\", \"a4\"]");
    for n in 0..5 {
        site = site.file(&format!("content/actors/a{n}.toml"), format!("title = \"A {n}\"\n"));
    }
    let site = site.file("content/actors/busy.toml", "title = \"Busy\"\npeers = [\"a4\"]\n");
    assert_eq!(near(site), "side Actors: a0(Peers) a1(Peers) a4(Peers)\nside Projects: beta(Projects)\nmore 2");
}

#[test]
fn an_entity_alone_has_no_neighbourhood() {
    let site = Site::new().file("content/projects/beta.toml", "title = \"Beta\"\nsources = [\"gamma\"]\n");
    assert_eq!(near(site), "nobody");
}

#[test]
fn a_neighbourhood_of_one_relation_says_no_more_than_its_list() {
    let others =
        "[delta]\ntitle = \"Delta\"\npeers = [\"alpha\"]\n[epsilon]\ntitle = \"Epsilon\"\npeers = [\"alpha\"]\n";
    let site = || {
        let beta = "title = \"Beta\"\nsources = [\"gamma\"]\n";
        Site::new().file("content/projects/beta.toml", beta).file("content/actors/_list.toml", others)
    };
    assert_eq!(near(site()), "nobody");
    let second = near(site().facts("parent = \"delta\""));
    assert_eq!(second, "side Actors: delta(Parent, Peers)\nside Actors: epsilon(Peers)\nmore 0");
    let page = site().facts("parent = \"delta\"").theme("atlas").build().page("/en/actors/alpha/");
    let near = page.split("class=\"neighbours\"").nth(1).expect("a neighbourhood that is not mixed");
    let near = near.split("</section>").next().unwrap();
    assert!(!near.contains("class=\"mark\""), "marks in a list of one type: {near}");
}
