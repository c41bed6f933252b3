//! The map: entities at places, with and without an outline.

use crate::harness::{Built, Site};

const PLACES: &str = r#"name   = { fr = "Lieu", en = "Place" }
plural = { fr = "Lieux", en = "Places" }
path   = { fr = "lieux", en = "places" }

[fields]
position = { kind = "point", label = { fr = "Position", en = "Position" } }
within   = { to = "places", to_itself = true, label = { fr = "Dans", en = "Within" }, inverse = { id = "contains" } }
"#;

const TOWNS: &str =
    "towns = { to = \"places\", label = { fr = \"Villes\", en = \"Towns\" }, inverse = { id = \"actors\" } }";

const LIST: &str = r#"
[west]
title    = "Ouest"
position = [50.5, 4.5]

[east]
title    = "Est"
position = [50.4, 5.5]

[far]
title    = "Loin"
position = [55.9, -3.2]

[park]
title  = "Parc"
within = ["west"]

[loop]
title  = "Boucle"
within = ["loop"]

[province]
title = "Province"
"#;

/// Two squares side by side, and a third one far in the north. The first one has the id of the place `province`.
const OUTLINE: &str = r#"{ "type": "FeatureCollection", "features": [
{ "type": "Feature", "id": "province", "properties": { "name": "A" }, "geometry": { "type": "Polygon", "coordinates": [[[4,50],[5,50],[5,51],[4,51],[4,50]]] } },
{ "type": "Feature", "properties": { "name_fr": "Aire", "name_en": "Area" }, "geometry": { "type": "MultiPolygon", "coordinates": [[[[5,50],[6,50],[6,51],[5,51],[5,50]]]] } },
{ "type": "Feature", "properties": { "name": "Nord" }, "geometry": { "type": "Polygon", "coordinates": [[[4,54],[5,54],[5,55],[4,55],[4,54]]] } }
] }
"#;

const TEMPLATE: &str = r#"{% if view %}
{{ view.width }}x{{ view.height }} located {{ view.located }} elsewhere {{ view.elsewhere }} unlocated{% for card in view.unlocated %} {{ card.id }}{% endfor %} left out {{ view.left_out }}
{%- for area in view.areas %}
area {{ area.title }} {{ area.url or "-" }} {{ area.count }}
{%- endfor %}
{%- for dot in view.dots %}
dot {{ dot.id }} {{ dot.title }} {{ dot.count }} at {{ dot.x }},{{ dot.y }} r {{ dot.r }}{% for label in dot.labels %} {{ label.screens or "label" }} {{ label.x }},{{ label.y }} {{ label.anchor }} {{ label.dy or "0" }}{% endfor %}
{%- endfor %}
{%- for size in view.sizes %}
size {{ size.count }} r {{ size.r }}
{%- endfor %}
{%- if view.leaders or view.narrow_leaders %}
leaders {{ view.leaders }} narrow {{ view.narrow_leaders }}
{%- endif %}
{%- for group in view.groups %}
group {{ group.title }}:{% for place in group.places %} {{ place.card.id }}({% for entity in place.entities %}{{ entity.card.id }}{% if entity.at %}@{{ entity.at.id }}{% endif %} {% endfor %}){% endfor %}
{%- endfor %}
{%- for place in view.outside %}
outside {{ place.card.id }}
{%- endfor %}
{% endif %}"#;

/// A site with a map, without an outline.
fn site() -> Site {
    let map = "+++\ntitle = { fr = \"Carte\", en = \"Map\" }\nview = { kind = \"map\", of = \"actors\", by = \"towns\" }\n+++\n";
    let actor = |site: Site, id: &str, towns: &str| {
        site.file(&format!("content/actors/{id}.toml"), format!("title = \"{id}\"\ntowns = [{towns}]\n"))
    };
    let site =
        Site::new().fields(TOWNS).file("content/places/_type.toml", PLACES).file("content/places/_list.toml", LIST);
    let site = site.file("content/map.md", map).without("content/actors/alpha.md");
    let actors = [
        ("alpha", "\"west\", \"park\", \"far\""),
        ("bravo", "\"park\""),
        ("charlie", "\"east\""),
        ("delta", "\"far\""),
        ("echo", "\"loop\", \"province\""),
        ("foxtrot", ""),
    ];
    actors.into_iter().fold(site, |site, (id, towns)| actor(site, id, towns))
}

fn outlined(outline: &str) -> Site {
    site().file("content/geo/outline.geojson", outline).config("map = { outline = \"geo/outline.geojson\" }")
}

/// The site with a theme of its own, in which this is the template of entities, or of views.
fn themed(site: Site, name: &str, template: &str) -> Site {
    let config = std::fs::read_to_string(site.path("site.toml")).unwrap();
    let site = if name == "view" { site.view_template(template) } else { site.template(name, template) };
    site.file("site.toml", config.replace("\"plain\"", "\"own\""))
}

/// The lines that the template above prints of the map.
fn shown(built: &Built, path: &str) -> String {
    built.page(path).lines().map(str::trim_end).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn places_are_counted_and_drawn_on_the_outline() {
    let built = themed(outlined(OUTLINE), "view", TEMPLATE).build();
    snapshot!(shown(&built, "/map/"));
    assert!(built.page("/en/map/").contains("area Area - 1"), "areas have names in each language");
}

#[test]
fn an_outline_is_found_in_either_form_of_its_accents() {
    for (file, name) in [("\u{e9}t\u{e9}", "e\u{301}te\u{301}"), ("e\u{301}te\u{301}", "\u{e9}t\u{e9}")] {
        let outline = format!("map = {{ outline = \"{name}.geojson\" }}");
        let site = site().file(&format!("content/{file}.geojson"), OUTLINE).config(&outline);
        assert!(site.build().has("/data/outline.svg"), "{file:?} {name:?}");
    }
}

#[test]
fn without_an_outline_there_are_only_dots() {
    let built = themed(site(), "view", TEMPLATE).build();
    snapshot!(shown(&built, "/map/"));
    assert!(!built.has("/data/outline.svg"));
}

#[test]
fn a_site_without_places_says_so() {
    let built = themed(site().file("content/places/_list.toml", ""), "view", TEMPLATE);
    let built = ["alpha", "bravo", "charlie", "delta", "echo"]
        .into_iter()
        .fold(built, |site, id| site.without(&format!("content/actors/{id}.toml")))
        .without("content/projects/beta.toml")
        .build();
    assert_eq!(shown(&built, "/map/"), "0x0 located 0 elsewhere 0 unlocated foxtrot left out 0");
}

#[test]
fn the_outline_is_published_once_for_small_maps() {
    let template = "{% set at = locator(key=entity.card.key, by=[\"towns\"]) %}{% if at %}{{ at.file }} {{ at.width }}x{{ at.height }}\
        {% for area in at.areas %} {{ area.id }} {{ area.title }} {{ area.url or \"-\" }}{% endfor %}\
        {% for dot in at.dots %} {{ dot.card.id }} {{ dot.x }},{{ dot.y }}{% endfor %}{% else %}nowhere{% endif %}";
    let built = themed(outlined(OUTLINE), "entity.html", template).build();
    let pages = [
        "/acteurs/alpha/",
        "/acteurs/delta/",
        "/acteurs/echo/",
        "/en/actors/charlie/",
        "/lieux/west/",
        "/lieux/province/",
        "/lieux/park/",
    ];
    let lines: Vec<String> = pages.into_iter().map(|path| format!("{path} {}", built.page(path))).collect();
    snapshot!(format!("{}\n\n{}", lines.join("\n"), built.text("/data/outline.svg")));
}

#[test]
fn an_outline_that_is_not_there() {
    shows!(site().config("map = { outline = \"geo/outlin.geojson\" }").file("content/geo/outline.geojson", OUTLINE));
}

#[test]
fn an_outline_with_mistakes() {
    let outline = OUTLINE.replacen("[4,50]", "[400000,50]", 1).replacen("\"MultiPolygon\"", "\"Point\"", 1);
    shows!(outlined(&outline));
}

#[test]
fn an_outline_with_a_control_character_in_a_name() {
    let outline = OUTLINE.replacen("\"name_en\": \"Area\"", "\"name_en\": \"A\\u0001\"", 1);
    assert_ne!(outline, OUTLINE);
    let short = outlined(&outline).short();
    assert!(short.contains("error[bad-outline]: a name contains the character U+0001"), "{short}");
}

#[test]
fn an_outline_that_is_no_json() {
    shows!(outlined(&OUTLINE.replacen("[5,50]", "[5,NaN]", 1)));
}

#[test]
fn a_map_with_an_unknown_key() {
    shows!(site().config("map = { outlines = \"geo/outline.geojson\" }"));
}

#[test]
fn dots_have_the_colours_of_groups() {
    let template = "{% for colour in view.colours %}{{ colour.group }} {{ colour.title }} {{ colour.count }}\n{% endfor %}\
        {% for dot in view.dots %}{{ dot.id }}{% for slice in dot.slices %} {{ slice.group }} x{{ slice.count }} {{ slice.path or \"whole\" }}{% endfor %}\n{% endfor %}";
    let places = "[west]\ntitle = \"Ouest\"\nposition = [50.5, 4.5]\n[east]\ntitle = \"Est\"\nposition = [50.6, 5.5]\n";
    let actors = "[a]\ntitle = \"A\"\ntowns = [\"west\"]\nstatus = \"active\"\n[b]\ntitle = \"B\"\ntowns = [\"west\", \"east\"]\nstatus = \"active\"\n\
                  [c]\ntitle = \"C\"\ntowns = [\"west\"]\nstatus = \"closed\"\n[d]\ntitle = \"D\"\ntowns = [\"west\"]\n";
    let coloured = |keys: &str| {
        let page = format!(
            "+++\ntitle = {{ fr = \"Carte\", en = \"Map\" }}\nview = {{ kind = \"map\", of = \"actors\", by = \"towns\"{keys} }}\n+++\n"
        );
        let site = Site::new().fields(TOWNS).file("content/places/_type.toml", PLACES);
        let site = themed(site, "view", template).file("content/places/_list.toml", places);
        site.file("content/actors/_list.toml", actors).file("content/map.md", page)
    };
    let page = shown(&coloured(", colour = \"status\"").build(), "/map/");
    let lines: Vec<&str> = page.lines().collect();
    assert_eq!(lines[..3], ["0 Actif 2", "1 Fermé 1", "none  1"], "{page}");
    assert!(
        lines[3].starts_with("places_west 0 x2 M") && lines[3].contains(" 1 x1 M") && lines[3].contains(" none x1 M"),
        "{page}"
    );
    assert_eq!(lines[4], "places_east 0 x1 whole", "{page}");
    assert!(!shown(&coloured("").build(), "/map/").contains(" x1"));
    let run = coloured(", colour = \"statut\"").check();
    assert!(
        run.diagnostics().contains("no type of a map has a relation or a choice \"statut\""),
        "{}",
        run.diagnostics()
    );
}

#[test]
fn a_map_of_what_has_no_position() {
    let page = "+++\ntitle = { fr = \"Carte\", en = \"Map\" }\nview = { kind = \"map\", of = \"projects\", by = \"sources\", width = 3 }\n+++\n";
    shows!(site().file("content/map.md", page));
}

#[test]
fn many_places_are_cut_short_and_the_rest_is_counted() {
    let places: String = (0..500)
        .map(|at| format!("[p{at}]\ntitle = \"P{at}\"\nposition = [{}, {}]\n", 50 + at % 2, at as f64 / 100.0))
        .collect();
    let actors: String =
        (0..600).map(|at| format!("[a{at}]\ntitle = \"A{at}\"\ntowns = [\"p{}\"]\n", at % 500)).collect();
    let site = site().file("content/places/many/_list.toml", places).file("content/actors/_list.toml", actors);
    let built = themed(site, "view", TEMPLATE).build();
    let page = shown(&built, "/map/");
    assert_eq!(page.lines().filter(|line| line.starts_with("dot ")).count(), 400);
    assert!(page.contains("left out 103"), "{}", page.lines().next().unwrap());
}

/// A town, its suburbs, and a village so near to one of them that its name could be that of either.
#[test]
fn dots_that_are_near_are_moved_apart_and_named_by_lines() {
    let towns = [("town", 50.5, 12), ("suburb", 50.52, 2), ("other", 50.48, 2), ("village", 50.55, 1)];
    let places: String = towns
        .iter()
        .map(|(id, latitude, _)| format!("[{id}]\ntitle = \"{id}\"\nposition = [{latitude}, 4.5]\n"))
        .collect();
    let actors: String = towns
        .iter()
        .flat_map(|(id, _, count)| {
            (0..*count).map(move |at| format!("[{id}{at}]\ntitle = \"{at}\"\ntowns = [\"{id}\"]\n"))
        })
        .collect();
    let site =
        outlined(OUTLINE).file("content/places/near/_list.toml", places).file("content/actors/_list.toml", actors);
    snapshot!(shown(&themed(site, "view", TEMPLATE).build(), "/map/"));
}
