//! The view series: what is drawn of the figures of an indicator, and what its rows say.

use crate::harness::Site;

const SCHEMA: &str = r#"name   = { fr = "Chiffre", en = "Figure" }
plural = { fr = "Chiffres", en = "Figures" }

[fields]
value     = { kind = "number", label = { fr = "Valeur", en = "Value" } }
value_max = { kind = "number", label = { fr = "Au plus", en = "At most" } }
unit      = { kind = "text", label = { fr = "Unité", en = "Unit" } }
period    = { kind = "period", label = { fr = "Période", en = "Period" } }
status    = { kind = "choice", label = { fr = "Statut", en = "Status" }, choices = { seen = { fr = "Constaté", en = "Seen" }, expected = { fr = "Prévu", en = "Expected" }, wanted = { fr = "Voulu", en = "Wanted" } } }
about     = { to = "actors", label = { fr = "Sujet", en = "Subject" }, inverse = { id = "figures" } }
measures  = { to = "projects", label = { fr = "Mesure", en = "Measures" }, inverse = { id = "figures" } }
against   = { to = "figures", label = { fr = "Contre", en = "Against" }, inverse = { id = "against" } }
sources   = { to = "sources", label = { fr = "Sources", en = "Sources" }, inverse = { id = "figures" } }
"#;

const PLAIN: &str =
    "title = \"S\"\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\ntheme = \"plain\"\n";

/// What a template shows of a view: each panel with its axes, lines and points, then its rows.
const VIEW: &str = "{% for group in view.groups %}{% for indicator in group.indicators %}{% for panel in indicator.panels %}\
    {{ indicator.card.id }} {{ panel.form }} {{ panel.unit }}\n\
    {% for tick in panel.ticks %} {{ tick.text }}@{{ tick.at }}{% endfor %}{% for year in panel.years %} {{ year.text }}@{{ year.at }}{% endfor %}\n\
    {% for line in panel.lines %} {{ line.kind }} {{ line.x1 }},{{ line.y1 }} {{ line.x2 }},{{ line.y2 }}\n{% endfor %}\
    {% for point in panel.points %} {{ point.form }} {{ point.x }},{{ point.y }} {{ point.text }} {{ point.side }}\n{% endfor %}\
    {% for row in panel.rows %} - {{ row.label }} = {{ row.cards[0].headline.number }} {{ row.status }} \
    [{% for card in row.cards %}{{ card.id }} {% endfor %}by{% for source in row.sources %} {{ source.number }}{% endfor %}] {{ row.from }}–{{ row.to }}\n{% endfor %}\
    {% endfor %}{% endfor %}{% endfor %}others {{ view.others }}, left out {{ view.left_out }}";

fn series(figures: &str, keys: &str) -> Site {
    let page = format!(
        "title = {{ fr = \"V\", en = \"V\" }}\nview = {{ kind = \"series\", of = \"figures\", by = \"measures\"{keys} }}\n"
    );
    Site::new()
        .view_template(VIEW)
        .file("content/figures/_type.toml", SCHEMA)
        .file("content/figures/_list.toml", figures)
        .file("content/view.md", format!("+++\n{page}+++\n"))
}

fn shown(figures: &str, keys: &str) -> String {
    series(figures, keys).build().page("/view/")
}

#[test]
fn numbers_of_several_years_are_drawn_over_time() {
    let page = shown(
        r#"
[a]
title = "A"
value = 40
unit = "emplois"
period = { from = 2016, to = 2016 }
measures = ["beta"]
sources = ["gamma"]
[b]
title = "B"
value = 50
unit = "emplois"
period = { from = 2020, to = 2020 }
measures = ["beta"]
[c]
title = "C"
value = 80
value_max = 100
unit = "emplois"
period = { from = 2026, to = 2026 }
status = "expected"
measures = ["beta"]
[again]
title = "Again"
value = 50
unit = "emplois"
period = { from = 2020, to = 2020 }
measures = ["beta"]
sources = ["gamma"]
[other]
title = "Other"
value = 3
unit = "sites"
measures = ["beta"]
[alone]
title = "Alone"
value = 1
"#,
        "",
    );
    insta::assert_snapshot!(page);
}

#[test]
fn numbers_that_contradict_one_another_are_on_one_line() {
    let page = shown(
        r#"
[low]
title = "Low"
value = 470
measures = ["beta"]
against = ["high"]
[high]
title = "High"
value = 600
status = "wanted"
measures = ["beta"]
"#,
        ", against = \"against\"",
    );
    insta::assert_snapshot!(page);
}

#[test]
fn numbers_of_different_subjects_are_bars_with_the_names_of_the_subjects() {
    let figures = r#"
[a]
title = "A"
value = 20
unit = "%"
measures = ["beta"]
about = ["alpha", "left"]
[b]
title = "B"
value = 40
unit = "%"
measures = ["beta"]
about = ["alpha", "right"]
"#;
    let page = |keys: &str| {
        let site = series(figures, keys);
        let site = site.file("content/actors/left.toml", "title = \"Left\"\n");
        site.file("content/actors/right.toml", "title = \"Right\"\n").build().page("/view/")
    };
    let by_subject = page(", labels = [\"about\"]");
    assert!(by_subject.contains(" - Left = 20\u{202f}%  [a by] 50.0–50.0"), "{by_subject}");
    assert!(by_subject.contains(" - Right = 40\u{202f}%  [b by] 100.0–100.0"), "{by_subject}");
    // The scale starts at the lower number if the view asks for it.
    let cut = page(", zero = false");
    assert!(cut.contains(" - A = 20\u{202f}%  [a by] 0.0–0.0"), "{cut}");
}

#[test]
fn ranks_and_equal_numbers_are_not_drawn() {
    let figure = |id: &str, value: u8, unit: &str| {
        format!(
            "[{id}]\ntitle = \"{id}\"\nvalue = {value}\nunit = \"{unit}\"\nmeasures = [\"beta\"]\nabout = [\"alpha\"]\n"
        )
    };
    for (first, second, unit) in [(1, 2, "(rang)"), (26, 26, "partenaires")] {
        let page = shown(&[figure("a", first, unit), figure("b", second, unit)].concat(), "");
        assert!(page.starts_with(&format!("beta  {unit}\n")), "{page}");
    }
}

#[test]
fn groups_have_headings_and_a_limit_counts_what_it_leaves_out() {
    let figures =
        "[a]\ntitle = \"A\"\nvalue = 1\nmeasures = [\"beta\"]\n[b]\ntitle = \"B\"\nvalue = 2\nmeasures = [\"delta\"]\n";
    let site = |keys: &str| {
        series(figures, keys).file("content/projects/delta.toml", "title = \"Delta\"\nsources = [\"gamma\"]\n")
    };
    let page =
        site(", limit = 1, groups = [{ title = { fr = \"T\", en = \"T\" }, of = [\"delta\", \"beta\"] }]").build();
    assert!(page.page("/view/").contains("delta  \n"), "{}", page.page("/view/"));
    assert!(page.page("/view/").ends_with("others 0, left out 1"), "{}", page.page("/view/"));
}

#[test]
fn mistakes_in_the_keys_of_a_series() {
    shows!(series(
        "",
        ", period = \"unit\", status = \"value\", against = \"measures\", sources = \"about\", labels = [\"abuot\"], zeros = true"
    ));
}

#[test]
fn mistakes_in_the_groups_of_a_series() {
    shows!(series("", ", groups = [{ of = [\"bta\"], titel = \"T\" }, { title = \"T\" }], zero = 0, limit = 0"));
}

#[test]
fn a_series_of_a_type_without_numbers() {
    let page =
        "+++\ntitle = { fr = \"V\", en = \"V\" }\nview = { kind = \"series\", of = \"sources\", by = \"x\" }\n+++\n";
    shows!(Site::new().file("content/view.md", page));
}

#[test]
fn the_theme_plain_shows_series_as_tables() {
    let figures = "[a]\ntitle = \"A\"\nvalue = 1\nmeasures = [\"beta\"]\nsources = [\"gamma\"]\n";
    let page = series(figures, "").without("themes").file("site.toml", PLAIN).build().page("/view/");
    let row = "<tr><th scope=\"row\"><a href=\"/figures/a/\">A</a></th>\n<td>1</td>\n<td><a href=\"/sources/gamma/\">Gamma</a></td></tr>";
    assert!(page.contains(row), "{page}");
}
