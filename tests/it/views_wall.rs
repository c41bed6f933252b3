//! The view `wall`: all entities of a type in sections and groups, in three sizes.

use crate::harness::Site;

/// The sections, each with its groups, and the names with their sizes; then the names that are in no section.
const TEMPLATE: &str = "{% for section in view.sections %}{{ section.title }} {{ section.depth }} {{ section.count }}:{% for group in section.groups %} [{{ group.title }}{% for name in group.names %} {{ name.card.id }}={{ name.size }}{% endfor %}{% if group.more %} +{{ group.more }}{% endif %}]{% endfor %}
{% endfor %}-{% for group in view.without %} [{{ group.title }}{% for name in group.names %} {{ name.card.id }}={{ name.size }}{% endfor %}]{% endfor %}";

fn with_view(site: Site, keys: &str) -> Site {
    let page = format!(
        "+++\ntitle = {{ fr = \"Panorama\", en = \"Wall\" }}\nview = {{ kind = \"wall\", of = \"actors\", {keys} }}\n+++\n"
    );
    site.file("content/wall.md", page)
}

fn wall(site: Site, keys: &str) -> Vec<String> {
    let page = with_view(site.view_template(TEMPLATE), keys).build().page("/en/wall/");
    page.lines().map(|line| line.trim().to_owned()).collect()
}

/// Actors in places that are inside one another. `hub` is related to three others.
fn site() -> Site {
    let place = "name = \"Lieu\"\n[fields]\nwithin = { to = \"places\", hierarchy = true, inverse = { id = \"parts\", label = \"Parties\" } }\n";
    Site::new()
        .fields("towns = { to = \"places\", label = \"Lieux\", inverse = { id = \"actors\", label = \"Acteurs\" } }\nsources = { to = \"sources\", label = \"Sources\" }")
        .file("content/places/_type.toml", place)
        .file("content/places/_list.toml", "[wallonia]\ntitle = \"Wallonia\"\n[liege]\ntitle = \"Liège\"\nwithin = [\"wallonia\"]\n[flanders]\ntitle = \"Flanders\"\n")
        .facts("status = \"active\"\ntowns = [\"liege\", \"wallonia\"]")
        .file("content/actors/_list.toml", "[hub]\ntitle = \"Hub\"\nstatus = \"closed\"\ntowns = [\"liege\"]\npeers = [\"echo\", \"alpha\"]\n[echo]\ntitle = \"Echo\"\npeers = [\"alpha\"]\n[foxtrot]\ntitle = \"Foxtrot\"\ntowns = [\"wallonia\"]\nsources = [\"gamma\"]\n")
}

#[test]
fn entities_are_in_every_section_that_they_name_and_in_groups() {
    // Places that nobody names are no sections, and an entity is not in those above the places that it names.
    let groups = wall(site(), "sections = \"towns\", groups = \"status\"");
    assert_eq!(
        groups,
        [
            "Wallonia 0 2: [Active alpha=large] [ foxtrot=small]",
            "Liège 1 2: [Active alpha=large] [Closed hub=medium]",
            "- [ echo=small]"
        ]
    );
    assert_eq!(
        wall(site(), "sections = \"status\""),
        ["Active 0 1: [ alpha=large]", "Closed 0 1: [ hub=medium]", "- [ echo=small foxtrot=small]"]
    );
}

#[test]
fn names_have_one_size_if_nothing_tells_them_apart() {
    let list = "[hub]\ntitle = \"Hub\"\nsources = [\"gamma\"]\n[echo]\ntitle = \"Echo\"\n";
    let site =
        site().facts("founded = 1987").file("content/actors/_list.toml", list).without("content/projects/beta.toml");
    assert_eq!(wall(site, "sections = \"founded\""), ["1987 0 1: [ alpha=small]", "- [ echo=small hub=small]"]);
}

#[test]
fn mistakes_in_the_keys_of_a_wall() {
    let warnings = "[warnings]\nno-source = \"allow\"\nno-relations = \"allow\"";
    shows!(with_view(site().config(warnings), "sections = \"notes\", groups = \"town\", size = 3"));
}

#[test]
fn atlas_shows_a_wall_with_links_to_its_sections() {
    let site = with_view(site(), "sections = \"towns\", groups = \"status\"").theme("atlas");
    let page = site.build().page("/en/wall/");
    for part in [
        "<a href=\"#w_2\">Liège</a> <span class=\"count\">2</span>",
        "<h3 id=\"w_2_title\"><a href=\"/en/places/liege/\">Liège</a>",
        "<li class=\"small\"><a href=\"/en/actors/echo/\">Echo</a></li>",
        "<h4>Status: none</h4>",
        "data-one=\"{count} name\"",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}
