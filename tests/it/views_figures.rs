//! What is shown of figures: their roles, as keys of the view and as arguments of `dispute`.

use crate::harness::{Run, Site};

/// The usual ids of the roles, and others.
const USUAL: [&str; 4] = ["period", "geography", "sources", "note"];
const OTHER: [&str; 4] = ["as_of", "area", "stated_by", "remark"];

/// What a template shows of each figure.
const FIGURE: &str = "{{ figure.card.id }}: {% for fact in figure.period %}{{ fact.label }} {{ fact.values[0].text }} {% endfor %}\
    in {% for card in figure.geography %}{{ card.id }} {% endfor %}\
    by {% for link in figure.sources %}{{ link.card.id }}{% for fact in link.attributes %} {{ fact.values[0].text }}{% endfor %} {% endfor %}\
    {% for relation in figure.other_sources %}{{ relation.id }} {{ relation.links[0].card.id }} {% endfor %}\
    note {{ figure.note?.values?[0]?.text or \"-\" }};";

/// A site with two figures that contradict one another, whose fields have these ids, and a view with these keys.
fn figures([period, geography, sources, note]: [&str; 4], keys: &str) -> Site {
    let schema = format!(
        "name = \"Chiffre\"\n[fields]\n{period} = {{ kind = \"text\", label = \"P\" }}\nyear = {{ kind = \"year\", label = \"Y\" }}\n\
         {note} = {{ kind = \"text\" }}\n{geography} = {{ to = \"actors\", inverse = {{ id = \"placed\" }} }}\n\
         origin = {{ to = \"sources\", inverse = {{ id = \"quoted\" }} }}\n{sources} = {{ to = \"sources\", inverse = {{ id = \"stated\" }} }}\n\
         against = {{ to = \"figures\", inverse = {{ id = \"against\" }} }}\n"
    );
    let list = format!(
        "[jobs]\ntitle = \"A\"\n{period} = {{ fr = \"2020\", en = \"2020\" }}\nyear = 2021\n{note} = {{ fr = \"estimé\", en = \"estimate\" }}\n\
         {geography} = [\"alpha\"]\norigin = [\"delta\"]\n{sources} = [{{ to = \"gamma\", at = \"3\" }}]\nagainst = [\"posts\"]\n\
         [posts]\ntitle = \"B\"\n{sources} = [\"delta\"]\n"
    );
    let voices = format!(
        "{{% for voice in dispute.voices %}}{{% for figure in voice.figures %}}{FIGURE}{{% endfor %}}{{% endfor %}}"
    );
    let view = format!(
        "{{% for section in view.sections %}}{{% for group in section.groups %}}{{% for figure in group.figures %}}{FIGURE}{{% endfor %}}\
         {{% for dispute in group.disputes %}}{voices}{{% endfor %}}{{% endfor %}}{{% endfor %}}"
    );
    Site::new()
        .view_template(&view)
        .file("content/figures/_type.toml", schema)
        .file("content/figures/_list.toml", list)
        .file("content/sources/delta.toml", "title = \"Delta\"\n")
        .file(
            "content/view.md",
            format!("+++\ntitle = {{ fr = \"V\", en = \"V\" }}\nview = {{ kind = \"figures\", of = \"figures\"{keys} }}\n+++\n"),
        )
}

fn named([period, geography, sources, note]: [&str; 4], sign: &str) -> String {
    format!(
        ", period{sign}\"{period}\", geography{sign}\"{geography}\", sources{sign}\"{sources}\", note{sign}\"{note}\""
    )
}

#[test]
fn a_view_of_figures_names_the_fields_that_it_shows() {
    let jobs = |period: &str| format!("jobs: {period}in alpha by gamma 3 origin delta note estimé;");
    let posts = "posts: in by delta note -;";
    let usual = figures(USUAL, "").build().page("/view/");
    assert_eq!(usual, jobs("P 2020 Y 2021 ") + posts);
    // The key names one field, so the year is not shown.
    let other = figures(OTHER, &named(OTHER, " = ")).build().page("/view/");
    assert_eq!(other, jobs("P 2020 ") + posts);
    let against = figures(OTHER, &(named(OTHER, " = ") + ", against = \"against\"")).build().page("/view/");
    assert_eq!(against, other);
    // Without its key, a field with an id of its own has no role; `origin` is the first relation to sources.
    let unnamed = figures(OTHER, "").build().page("/view/");
    assert_eq!(unnamed, "jobs: Y 2021 in by delta stated_by gamma note -;posts: in by stated_by delta note -;");
}

#[test]
fn a_view_of_figures_by_fields_that_have_no_such_role() {
    let keys = ", period = \"perod\", geography = \"note\", sources = \"geography\", note = \"sources\"";
    shows!(figures(USUAL, keys));
}

/// The small site, whose home page shows what contradicts the first figure, with these arguments.
fn disputed(ids: [&str; 4], arguments: &str) -> Site {
    let template = format!(
        "{{% set dispute = dispute(key=\"figures/jobs\", against=\"against\"{arguments}) %}}\
         {{% for voice in dispute.voices %}}{{% for figure in voice.figures %}}{FIGURE}{{% endfor %}}{{% endfor %}}"
    );
    figures(ids, "").file("themes/own/templates/home.html", template)
}

#[test]
fn a_dispute_names_the_fields_that_it_shows() {
    let expected = "jobs: P 2020 in alpha by gamma 3 origin delta note estimé;posts: in by delta note -;";
    assert_eq!(disputed(OTHER, &named(OTHER, "=")).build().page("/"), expected);
    let usual = disputed(USUAL, ", sources=none, note=none").build().page("/");
    assert_eq!(usual, expected.replace("P 2020 ", "P 2020 Y 2021 "));
}

#[test]
fn a_dispute_by_a_field_that_does_not_exist_is_an_error_of_the_template() {
    let run = |arguments: &str| -> Run { disputed(USUAL, arguments).check() };
    for (arguments, message) in [
        (", sources=\"stated_by\"", "the type \"figures\" has no relation to sources \"stated_by\""),
        (", sources=\"geography\"", "the type \"figures\" has no relation to sources \"geography\""),
        (", geography=\"area\"", "the type \"figures\" has no relation \"area\""),
        (", period=\"as_of\"", "the type \"figures\" has no field \"as_of\""),
        (", note=\"remark\"", "the type \"figures\" has no field \"remark\""),
    ] {
        let run = run(arguments);
        assert!(run.diagnostics().contains(message), "{arguments}: {}", run.diagnostics());
        assert!(run.diagnostics().contains("--> themes/own/templates/home.html:1:"), "{}", run.diagnostics());
    }
}

#[test]
fn atlas_shows_a_dispute_by_the_fields_that_the_site_names() {
    let config = "title = \"S\"\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\ntheme = \"atlas\"\n[params]\nagainst = \"against\"\n";
    let roles = "figure = { period = \"as_of\", geography = \"area\", sources = \"stated_by\", note = \"remark\" }\n";
    let page = |roles: &str| {
        let site = figures(OTHER, "").without("themes").file("site.toml", format!("{config}{roles}"));
        site.build()
            .page("/figures/jobs/")
            .split_once("id=\"r_dispute\"")
            .unwrap()
            .1
            .split_once("</section>")
            .unwrap()
            .0
            .to_owned()
    };
    let (by_default, by_name) = (page(""), page(roles));
    let source = "Selon <a href=\"/sources/gamma/\">";
    assert!(by_name.contains("estimé") && by_name.contains(source), "{by_name}");
    assert!(!by_default.contains("estimé") && !by_default.contains(source), "{by_default}");
}
