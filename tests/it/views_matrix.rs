//! The view `matrix`: entities by two of their fields, relations or derived relations.

use crate::harness::Site;

/// Each row with its total, and the entities of each cell; then the columns with theirs.
const TEMPLATE: &str = "{% for row in view.rows %}{{ row.title }} {{ row.total }}:{% for cell in row.cells %} {% for card in cell %}{{ card.id }},{% endfor %}|{% endfor %}
{% endfor %}{% for column in view.columns %}{{ column.title }} {{ column.total }};{% endfor %}";

/// The lines of a matrix of actors with these keys.
fn matrix(site: Site, keys: &str) -> Vec<String> {
    let page = format!(
        "+++\ntitle = {{ fr = \"Carte\", en = \"Map\" }}\nview = {{ kind = \"matrix\", of = \"actors\", {keys} }}\n+++\n"
    );
    let page = site.view_template(TEMPLATE).file("content/map.md", page).build().page("/en/map/");
    page.lines().map(|line| line.trim().to_owned()).collect()
}

/// Three actors, of which two are in places.
fn site() -> Site {
    let place = "name = \"Lieu\"\n[fields]\nwithin = { to = \"places\", hierarchy = true, inverse = { id = \"parts\", label = \"Parties\" } }\n";
    Site::new()
        .fields("listed = { kind = \"boolean\" }\ntowns = { to = \"places\", inverse = { id = \"actors\", label = \"Acteurs\" } }\n[derived.evidence]\npath = [\"projects\", \"sources\"]\n")
        .file("content/places/_type.toml", place)
        .file("content/places/_list.toml", "[wallonia]\ntitle = \"Wallonia\"\n[liege]\ntitle = \"Liège\"\nwithin = [\"wallonia\"]\n[namur]\ntitle = \"Namur\"\nwithin = [\"wallonia\"]\n[flanders]\ntitle = \"Flanders\"\n")
        .facts("status = \"active\"\nfounded = 1987\nlisted = true\ntowns = [\"liege\"]")
        .file("content/actors/delta.toml", "title = \"Delta\"\nfounded = 2009\nlisted = true\ntowns = [\"wallonia\"]\n")
        .file("content/actors/echo.toml", "title = \"Echo\"\nstatus = \"active\"\nfounded = 2010\npeers = [\"alpha\"]\n")
}

#[test]
fn choices_and_booleans_show_all_their_values() {
    assert_eq!(
        matrix(site(), "rows = \"status\", columns = \"listed\""),
        ["Active 2: alpha,| |", "Closed 0: | |", "yes 2;no 0;"]
    );
}

#[test]
fn years_are_in_decades_with_those_between_them() {
    let rows = matrix(site(), "rows = \"founded\", columns = \"status\"");
    assert_eq!(
        rows,
        [
            "1980–1989 1: alpha,| |",
            "1990–1999 0: | |",
            "2000–2009 1: | |",
            "2010–2019 1: echo,| |",
            "Active 2;Closed 0;"
        ]
    );
    let bounds = "rows = \"founded\", row_classes = [1990, 2010], columns = \"status\", empty_columns = false";
    assert_eq!(matrix(site(), bounds), ["&lt; 1990 1: alpha,|", "1990–2009 1: |", "≥ 2010 1: echo,|", "Active 2;"]);
    let years = "rows = \"status\", columns = \"founded\", column_classes = \"years\", empty_rows = false";
    assert_eq!(matrix(site(), years), ["Active 2: alpha,| | echo,|", "1987 1;2009 1;2010 1;"]);
}

#[test]
fn a_derived_relation_is_an_axis() {
    assert_eq!(matrix(site(), "rows = \"evidence\", columns = \"listed\""), ["Gamma 1: alpha,| |", "yes 2;no 0;"]);
}

#[test]
fn empty_rows_and_columns_can_be_left_out() {
    let all = matrix(site(), "rows = \"towns\", columns = \"status\"");
    assert_eq!(
        all,
        ["Wallonia 2: alpha,| |", "Liège 1: alpha,| |", "Namur 0: | |", "Flanders 0: | |", "Active 2;Closed 0;"]
    );
    let some = matrix(site(), "rows = \"towns\", columns = \"status\", empty_rows = false, empty_columns = false");
    assert_eq!(some, ["Wallonia 2: alpha,|", "Liège 1: alpha,|", "Active 2;"]);
    let columns = "rows = \"status\", columns = \"towns\"";
    assert_eq!(matrix(site(), columns).last().unwrap(), "Wallonia 2;Liège 1;");
    let all = matrix(site(), &format!("{columns}, empty_columns = true"));
    assert_eq!(all.last().unwrap(), "Wallonia 2;Liège 1;Namur 0;Flanders 0;");
}

#[test]
fn rows_and_columns_can_be_of_one_level() {
    let first = matrix(site(), "rows = \"towns\", level = 1, columns = \"status\", empty_columns = false");
    assert_eq!(first, ["Wallonia 2: alpha,|", "Flanders 0: |", "Active 2;"]);
    let second = matrix(site(), "rows = \"status\", columns = \"towns\", column_level = 2, empty_rows = false");
    assert_eq!(second, ["Active 2: alpha,|", "Liège 1;"]);
}

#[test]
fn both_themes_show_values_without_a_link() {
    for theme in ["plain", "atlas"] {
        let view = "view = { kind = \"matrix\", of = \"actors\", rows = \"status\", columns = \"founded\" }";
        let site =
            site().file("content/map.md", format!("+++\ntitle = {{ fr = \"Carte\", en = \"Map\" }}\n{view}\n+++\n"));
        let config = std::fs::read_to_string(site.path("site.toml")).unwrap().replace("plain", theme);
        let page = site.file("site.toml", config).build().page("/en/map/");
        for text in ["Closed", "1980–1989"] {
            assert!(page.contains(text) && !page.contains(&format!("\">{text}</a>")), "{theme} {text}\n{page}");
        }
    }
}

/// What atlas needs beyond the names: the folds of the hierarchy, the rank of columns, the addresses of the index.
#[test]
fn rows_know_what_is_below_them_and_cells_the_index_that_shows_them_alone() {
    let template = "{% for row in view.rows %}{{ row.id }} {{ row.below }} {{ row.filter }};{% endfor %}{% for column in view.columns %}{{ column.id }} {{ column.rank }} {{ column.empty }} {{ column.query }};{% endfor %}{{ view.most }}";
    let facets = "listed = { kind = \"boolean\" }\ntowns = { to = \"places\", facet = true, inverse = { id = \"actors\", label = \"Acteurs\" } }\nkind = { kind = \"choice\", facet = true, choices = { small = \"Small\", large = \"Large\" } }\n";
    let page = "+++\ntitle = { fr = \"Carte\", en = \"Map\" }\nview = { kind = \"matrix\", of = \"actors\", rows = \"towns\", columns = \"kind\" }\n+++\n";
    let site = site().fields(facets).without("content/projects");
    let site = site.facts("listed = true\nkind = \"large\"\ntowns = [\"liege\"]").view_template(template);
    let listings = "extends = \"plain\"\nlistings = true\n";
    let page = site.file("themes/own/theme.toml", listings).file("content/map.md", page).build().page("/en/map/");
    assert_eq!(
        page.trim(),
        "wallonia 1 /en/actors/?towns=wallonia;liege 0 /en/actors/?towns=liege;namur 0 /en/actors/?towns=namur;flanders 0 /en/actors/?towns=flanders;small 1 true kind=small;large 0 false kind=large;1"
    );
}
