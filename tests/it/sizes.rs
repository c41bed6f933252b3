//! The sizes of letters, which a theme declares once for its drawings and its style sheets.

use crate::harness::{Built, Site};

const PLACES: &str = "name = \"Lieu\"\n[fields]\nposition = { kind = \"point\" }\n";
const TOWNS: &str = "towns = { to = \"places\", inverse = { id = \"actors\" } }";
const LIST: &str = "[west]\ntitle = \"Une ville au nom qui est long\"\nposition = [50.5, 4.5]\n[east]\ntitle = \"Est\"\nposition = [50.4, 5.5]\n";
/// What depends on the sizes of names: the lines on which the names of a network are, the points of those of a map.
const NETWORK: &str = "{% for type in view.types %}{% for node in type.nodes %}{{ node.card.id }} {{ node.name_y }};{% endfor %}{% endfor %}";
const MAP: &str = "{% for dot in view.dots %}{{ dot.id }}{% for label in dot.labels %} {{ label.screens }} {{ label.x }}{% endfor %};{% endfor %}";

/// A site with a map and a network, and the theme `own`, which extends `base` and has these lines in its `theme.toml`.
fn drawn(base: &str, lines: &str) -> Site {
    let page = |title: &str, keys: &str| {
        format!("+++\ntitle = {{ fr = \"{title}\", en = \"{title}\" }}\nview = {{ {keys} }}\n+++\n")
    };
    Site::new()
        .view_template("")
        .file("themes/own/templates/views/network.html", NETWORK)
        .file("themes/own/templates/views/map.html", MAP)
        .file("themes/own/theme.toml", format!("extends = \"{base}\"\n{lines}\n"))
        .file("themes/own/static/a.css", "@import \"b.css\";\n")
        .fields(TOWNS)
        .facts("towns = [\"west\", \"east\"]")
        .file("content/places/_type.toml", PLACES)
        .file("content/places/_list.toml", LIST)
        .file("content/map.md", page("M", "kind = \"map\", of = \"actors\", by = \"towns\""))
        .file("content/network.md", page("N", "kind = \"network\", of = [\"actors\", \"projects\"]"))
}

fn drawings(built: &Built) -> [String; 2] {
    ["/network/", "/map/"].map(|path| built.page(path))
}

#[test]
fn a_size_in_theme_toml_changes_the_drawings_and_the_style_sheet() {
    const BUNDLE: &str = "[bundles]\n\"own.css\" = [\"a.css\"]";
    for (base, sheets, sizes_of_base) in
        [("plain", &["own.css"][..], [13, 24, 12, 16]), ("atlas", &["own.css", "atlas.css"], [14, 25, 14, 17])]
    {
        let before = drawn(base, BUNDLE).build();
        let sizes = "[sizes]\nmap = 40\nmap_narrow = 60\nnetwork = 30";
        let after = drawn(base, &format!("{sizes}\n{BUNDLE}")).build();
        assert_ne!(drawings(&before)[0], drawings(&after)[0], "{base}");
        assert_ne!(drawings(&before)[1], drawings(&after)[1], "{base}");
        for sheet in sheets {
            let css = |built: &Built| built.text(&format!("/assets/{sheet}"));
            let [_, _, _, large] = sizes_of_base;
            let changed = [("map", 40), ("map-narrow", 60), ("network", 30), ("network-large", large)];
            for ((size, others), pixels) in changed.into_iter().zip(sizes_of_base) {
                assert!(css(&before).contains(&format!("  --size-{size}: {pixels}px;\n")), "{}", css(&before));
                assert!(css(&after).contains(&format!("  --size-{size}: {others}px;\n")), "{}", css(&after));
            }
        }
        // `@import` works only at the top of a style sheet.
        assert!(after.text("/assets/own.css").starts_with("@import \"b.css\";\n"));
    }
}

#[test]
fn the_style_sheet_of_atlas_has_no_sizes_of_its_own() {
    let built = drawn("atlas", "").build();
    let css =
        ["/assets/atlas.css", "/assets/css/map.css", "/assets/css/network.css"].map(|file| built.text(file)).concat();
    for size in ["map", "map-narrow", "network", "network-large"] {
        assert!(css.contains(&format!("var(--size-{size})")), "{size}");
    }
}

#[test]
fn a_theme_inherits_each_size_that_it_does_not_have() {
    let built = drawn("below", "[sizes]\nmap = 14\n[bundles]\n\"own.css\" = [\"a.css\"]")
        .file("themes/below/theme.toml", "extends = \"plain\"\n[sizes]\nmap = 20\nnetwork = 21\n")
        .build();
    let css = built.text("/assets/own.css");
    assert!(css.contains("--size-map: 14px") && css.contains("--size-network: 21px"), "{css}");
}

#[test]
fn a_size_that_no_letters_can_have() {
    shows!(drawn(
        "plain",
        "[sizes]\nmap = 0\nmap_narrow = -3\nnetwork = 1000000000000\nnetwork_large = 12.5\nmaps = 3"
    ));
}

/// The names of a drawing of payments, each with how it is shortened.
const FLOWS: &str = "{% for flows in view.currencies %}{% for node in flows.drawing.left %}{{ node.name }}|{{ node.short }};{% endfor %}{% endfor %}";

fn payers(theme: &[(&str, &str)], config: &str) -> String {
    let site = Site::new()
        .view_template(FLOWS)
        .fields("funders = { to = \"actors\", attributes.amount = { kind = \"money\" } }")
        .facts("funders = [{ to = \"bank\", amount = \"5 EUR\" }]")
        .file("content/actors/bank.toml", "title = \"Illinois illimité\"\n")
        .file(
            "content/flows.md",
            "+++\ntitle = \"F\"\nview = { kind = \"flows\", of = \"actors\", relations = [\"funders\"] }\n+++\n",
        );
    let settings = std::fs::read_to_string(site.path("site.toml")).unwrap();
    let site = site.file("site.toml", format!("{settings}{config}"));
    let site = theme.iter().fold(site, |site, (file, text)| site.file(&format!("themes/own/{file}"), text));
    site.build().page("/flows/")
}

#[test]
fn names_are_shortened_by_the_widths_of_the_letters_of_the_theme() {
    const PARAM: (&str, &str) = (
        "theme.toml",
        "extends = \"plain\"\n[params]\nfonts = { kind = \"choice\", choices = { own = \"O\", system = \"S\" }, default = \"own\" }\n",
    );
    assert_eq!(payers(&[], ""), "Illinois illimité|Illinois illimité;");
    let wide = ("widths.toml", "[sans]\n2000 = \"il\"\n");
    assert_eq!(payers(&[PARAM, wide], ""), "Illinois…|Illino…;");
    // The widths of the theme say nothing of the fonts of the system, and a theme without widths of its own has estimates.
    assert_eq!(payers(&[PARAM, wide], "[params]\nfonts = \"system\"\n"), "Illinois illimité|Illinois illimité;");
    assert_eq!(
        payers(&[("theme.toml", "extends = \"atlas\"\n"), ("widths.toml", "")], ""),
        "Illinois illimité|Illinois illimité;"
    );
}

#[test]
fn a_width_that_no_letter_has_is_an_error() {
    let site = drawn("plain", "").file("themes/own/widths.toml", "[sans]\nwide = \"m\"\n[mono]\n");
    assert_eq!(site.places(), ["themes/own/widths.toml:2:1 out-of-range", "themes/own/widths.toml:3:2 unknown-key"]);
}

#[test]
fn atlas_has_its_own_faces_unless_the_site_wants_those_of_the_system() {
    let built = Site::new().theme("atlas").build();
    let home = built.page("/");
    let early: Vec<&str> = home
        .match_indices("<link rel=\"preload\" href=\"")
        .map(|(at, tag)| home[at + tag.len()..].split('"').next().unwrap())
        .collect();
    assert_eq!(early.len(), 2, "{home}");
    let rules = built.text("/assets/css/fonts.css");
    for path in &early {
        assert!(built.has(path), "{path}");
        assert!(rules.contains(path.rsplit('/').next().unwrap()), "{path} is not in {rules}");
    }
    for name in rules.split("../fonts/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(built.has(&format!("/assets/fonts/{name}")), "{name}");
    }
    assert!(built.has("/assets/fonts/OFL.txt"));
    let site = Site::new().theme("atlas");
    let settings = std::fs::read_to_string(site.path("site.toml")).unwrap();
    let home = site.file("site.toml", format!("{settings}[params]\nfonts = \"system\"\n")).build().page("/");
    assert!(!home.contains("preload") && !home.contains("fonts.css"), "{home}");
}
