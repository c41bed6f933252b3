//! The views timeline, figures and glossary; and on the page of a profile its budget, its period and its dispute.

use crate::harness::{Built, Site};

const EVENTS: &str = r#"name   = { fr = "Événement", en = "Event" }
plural = { fr = "Événements", en = "Events" }
path   = { fr = "evenements", en = "events" }

[fields]
date        = { kind = "date", label = { fr = "Date", en = "Date" } }
end         = { kind = "date", label = { fr = "Fin", en = "End" } }
approximate = { kind = "boolean", label = { fr = "Approximative", en = "Approximate" } }
actors      = { to = "actors", label = { fr = "Acteurs", en = "Actors" }, inverse = { id = "events", label = { fr = "Événements", en = "Events" } } }
sources     = { to = "sources", label = { fr = "Sources", en = "Sources" }, inverse = { id = "events" } }
"#;

const DATED: &str = r#"
[flood]
title = "Flood"
date  = "1914"
approximate = true

[law]
title   = "Law"
date    = 2021-06-30
actors  = ["alpha"]
sources = ["gamma"]

[vote]
title = "Vote"
date  = "2021"

[plan]
title = "Plan"
date  = "2019-04"
end   = "2023"

[fair]
title = "Fair"
date  = "2020"
end   = "2021"

[visit]
title = "Visit"
date  = "2023"
end   = "2023-05"

[goal]
title = "Goal"
end   = "2050"

[rumour]
title = "Rumour"
"#;

const FIGURES: &str = r#"name   = { fr = "Chiffre", en = "Figure" }
plural = { fr = "Chiffres", en = "Figures" }
path   = { fr = "chiffres", en = "figures" }

[fields]
value     = { kind = "number", label = { fr = "Valeur", en = "Value" } }
value_max = { kind = "number", label = { fr = "Borne haute", en = "Upper bound" } }
about     = { to = ["projects", "actors"], label = { fr = "Sujet", en = "Subject" }, inverse = { id = "figures", label = { fr = "Chiffres", en = "Figures" } } }
against   = { to = "figures", label = { fr = "Contre", en = "Against" }, inverse = { id = "against" } }
origin    = { to = "sources", label = { fr = "Origine", en = "Origin" }, inverse = { id = "quoted" } }
sources   = { to = "sources", label = { fr = "Sources", en = "Sources" }, inverse = { id = "figures", label = { fr = "Chiffres", en = "Figures" } } }
"#;

const JOBS: &str = r#"
[jobs]
title   = "A jobs"
value   = 470
about   = ["beta", "alpha"]
against = ["more"]
origin  = ["delta"]
sources = ["gamma"]

[more]
title   = "B more jobs"
value   = 1800
against = ["others"]
sources = ["delta"]

[others]
title   = "C other jobs"
value   = 600
about   = ["alpha"]
sources = ["delta"]

[cold]
title     = "D cold"
value     = -90
value_max = -60
about     = ["alpha"]
sources   = ["gamma"]

[alone]
title   = "E alone"
value   = 1
sources = ["gamma"]
"#;

const TERMS: &str = r#"name   = { fr = "Terme", en = "Term" }
plural = { fr = "Termes", en = "Terms" }
path   = { fr = "termes", en = "terms" }

[fields]
expansion = { kind = "text", label = { fr = "Sigle", en = "Expansion" } }
see       = { to = "actors", label = { fr = "Voir", en = "See" }, inverse = { id = "terms" } }
"#;

const WORDS: &str = r#"
[evolution]
title   = { fr = "Évolution dirigée", en = "Directed evolution" }
aliases = { fr = ["évolution dirigée", "DE"], en = ["DE"] }
see     = ["alpha"]

[amm]
title     = "AMM"
expansion = { fr = "autorisation", en = "authorisation" }
see       = ["alpha"]

[five]
title = "5-FU"
see   = ["alpha"]
"#;

/// A site with one page that has a view, rendered by this template.
fn with_view(view: &str, template: &str) -> Site {
    Site::new()
        .view_template(template)
        .file("content/map.md", format!("+++\ntitle = {{ fr = \"V\", en = \"V\" }}\nview = {view}\n+++\n"))
}

/// The same site in the theme `atlas`.
fn in_atlas(site: Site) -> Site {
    let settings =
        "title = \"S\"\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\ntheme = \"atlas\"\n";
    let has_figures = site.path("content/figures").exists();
    let params = if has_figures { "[params]\nagainst = \"against\"\n" } else { "" };
    site.file("site.toml", format!("{settings}{params}"))
}

fn events(site: Site) -> Site {
    site.file("content/events/_type.toml", EVENTS).file("content/events/_list.toml", DATED)
}

fn figures(site: Site) -> Site {
    site.file("content/figures/_type.toml", FIGURES)
        .file("content/figures/_list.toml", JOBS)
        .file("content/sources/delta.toml", "title = \"Delta\"\n")
}

fn terms(site: Site) -> Site {
    site.file("content/terms/_type.toml", TERMS).file("content/terms/_list.toml", WORDS)
}

/// The lines of a page that are not empty.
fn lines(page: &str) -> Vec<&str> {
    page.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

fn assert_has(text: &str, part: &str) {
    assert!(text.contains(part), "{part}\nis not in\n{text}");
}

fn assert_has_not(text: &str, part: &str) {
    assert!(!text.contains(part), "{part}\nis in\n{text}");
}

const TIMELINE: &str = r#"{% if view %}
{%- for year in view.years %}
{{ year.number }} gap {{ year.gap }}{% if year.decade %} decade{% endif %} bars{% for bar in year.bars %} {% if bar %}{{ bar.number }}{% if bar.begins %}+{% endif %}{% if bar.ends %}-{% endif %}{% else %}.{% endif %}{% endfor %}
{%- for entry in year.entries %}
{% if entry.ends %}end{% else %}start{% endif %} {{ entry.card.id }} {{ entry.start or "?" }} {{ entry.end or "?" }}{% if entry.approximate %} about{% endif %}{% if entry.bar %} bar {{ entry.bar }}{% endif %}{% for card in entry.related %} {{ card.id }}{% endfor %}
{%- endfor %}
{%- endfor %}
{%- for some in view.undated %}
undated {{ some.of.id }} {{ some.count }}
{%- endfor %}
{%- endif %}"#;

#[test]
fn a_timeline_has_its_years_in_order_with_periods_as_bars() {
    let page = events(with_view("{ kind = \"timeline\", of = \"events\" }", TIMELINE)).build().page("/map/");
    let shown = [
        "1914 gap 0 decade bars . .",
        "start flood 1914 ? about",
        "2019 gap 104 decade bars 1+ .",
        "start plan 2019-04 2023 bar 1",
        "2020 gap 0 decade bars 1 2+",
        "start fair 2020 2021 bar 2",
        "2021 gap 0 bars 1 2-",
        "start law 2021-06-30 ? alpha",
        "start vote 2021 ?",
        "end fair 2020 2021 bar 2",
        "2023 gap 1 bars 1- .",
        "start visit 2023 2023-05",
        "end plan 2019-04 2023 bar 1",
        "2050 gap 26 decade bars . .",
        "end goal ? 2050",
        "undated events 1",
    ];
    assert_eq!(lines(&page), shown);
}

#[test]
fn a_timeline_says_which_dates_tell_more_than_their_year() {
    let template = "{% for year in view.years %}{% for entry in year.entries %}{{ entry.card.id }} {{ entry.dates or \"-\" }}\n{% endfor %}{% endfor %}";
    let page = events(with_view("{ kind = \"timeline\", of = \"events\" }", template)).build().page("/map/");
    let expected = [
        "flood start",
        "plan period",
        "fair period",
        "law start",
        "vote -",
        "fair -",
        "visit period",
        "plan -",
        "goal -",
    ];
    assert_eq!(lines(&page), expected);
}

#[test]
fn a_timeline_shows_related_entities_of_the_types_that_it_names() {
    let template = "{% for year in view.years %}{% for entry in year.entries %}{% for card in entry.related %}{{ card.id }} {% endfor %}{% endfor %}{% endfor %}";
    let related = |keys: &str| {
        let schema = format!("{EVENTS}projects = {{ to = \"projects\", inverse = {{ id = \"events\" }} }}\n");
        with_view(&format!("{{ kind = \"timeline\", of = \"events\"{keys} }}"), template)
            .file("content/events/_type.toml", schema)
            .file(
                "content/events/_list.toml",
                "[law]\ntitle = \"Loi\"\ndate = \"2020\"\nactors = [\"alpha\"]\nprojects = [\"beta\"]\n",
            )
    };
    assert_eq!(related("").build().page("/map/"), "alpha beta ");
    assert_eq!(related(", related = \"projects\"").build().page("/map/"), "beta ");
    assert_eq!(related(", related = [\"actors\", \"projects\"]").build().page("/map/"), "alpha beta ");
    assert_eq!(related(", related = []").build().page("/map/"), "");
    assert_eq!(
        related(", related = [\"actor\"]").places(),
        ["content/map.md:3:55 unknown-type", "content/events/_list.toml:1:2 no-source"]
    );
}

#[test]
fn a_timeline_of_many_things_says_how_many_it_leaves_out() {
    let many: String = (0..3_000)
        .map(|at| format!("[many-{at}]\ntitle = \"M\"\ndate = \"{}\"\nactors = [\"alpha\"]\n", 2000 + at % 2))
        .collect();
    let template = "{% if view %}{% for year in view.years %}{{ year.number }}: {{ year.entries | length }} + {{ year.more }}\n{% endfor %}{% endif %}";
    let site = with_view("{ kind = \"timeline\", of = [\"events\"] }", template);
    let page =
        site.file("content/events/_type.toml", EVENTS).file("content/events/_list.toml", many).build().page("/map/");
    assert_eq!(lines(&page), ["2000: 750 + 750", "2001: 750 + 750"]);
}

#[test]
fn a_timeline_has_a_range_and_counts_what_is_outside() {
    let template = "{% for year in view.years %}{{ year.number }} {{ year.count }} at {{ year.x }} of {{ year.part }}\n{% endfor %}before {{ view.before }} after {{ view.after }}";
    let view = |keys: &str| events(with_view(&format!("{{ kind = \"timeline\", of = \"events\"{keys} }}"), template));
    let page = view(", from = 2020, to = 2023").build().page("/map/");
    let expected = ["2020 1 at 0.0 of 33.3", "2021 3 at 33.3 of 100.0", "2023 2 at 100.0 of 66.7", "before 2 after 1"];
    assert_eq!(lines(&page), expected);
    assert!(view(", from = 0, to = \"x\"").check().diagnostics().contains("0 is not a year"));
}

#[test]
fn a_timeline_has_kinds_by_a_choice_or_by_type() {
    let template = "{% for kind in view.kinds %}{{ kind.number }} {{ kind.label }} {{ kind.count }}\n{% endfor %}\
        {% for year in view.years %}{% for entry in year.entries %}{{ entry.card.id }} {{ entry.kind }}\n{% endfor %}{% endfor %}";
    let schema =
        format!("{EVENTS}nature = {{ kind = \"choice\", choices = {{ sale = \"Rachat\", law = \"Loi\" }} }}\n");
    let list = "[a]\ntitle = \"A\"\ndate = \"2001\"\nnature = \"law\"\n[b]\ntitle = \"B\"\ndate = \"2002\"\n\
                [c]\ntitle = \"C\"\ndate = \"2003\"\nend = \"2004\"\nnature = \"law\"\n";
    let site = |keys: &str| {
        let site = with_view(&format!("{{ kind = \"timeline\", of = \"events\"{keys} }}"), template);
        site.file("content/events/_type.toml", &schema).file("content/events/_list.toml", list)
    };
    let page = site(", kinds = \"nature\"").build().page("/map/");
    assert_eq!(lines(&page), ["1 Loi 3", "2 Événements 1", "a 1", "b 2", "c 1", "c 1"]);
    let page = site("").build().page("/map/");
    assert_eq!(lines(&page), ["a 1", "b 1", "c 1", "c 1"], "a single kind needs no key");
    assert_eq!(site(", kinds = \"natur\"").places()[0], "content/map.md:3:52 unknown-view");
}

#[test]
fn a_timeline_of_what_has_no_dates() {
    shows!(with_view("{ kind = \"timeline\", of = [\"projects\", \"actors\"] }", ""));
}

#[test]
fn a_timeline_takes_its_dates_from_the_fields_that_it_names() {
    let view = "{ kind = \"timeline\", of = \"events\" }";
    let by_default = events(with_view(view, TIMELINE)).build().page("/map/");
    let renamed = |text: &str| {
        let lines = text.lines().map(|line| match line.split_once(char::is_whitespace) {
            Some(("date", rest)) => format!("begun {rest}"),
            Some(("end", rest)) => format!("over {rest}"),
            Some(("approximate", rest)) => format!("roughly {rest}"),
            _ => line.to_owned(),
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    let view = "{ kind = \"timeline\", of = \"events\", start = \"begun\", end = \"over\", approximate = \"roughly\" }";
    let site = with_view(view, TIMELINE)
        .file("content/events/_type.toml", renamed(EVENTS))
        .file("content/events/_list.toml", renamed(DATED));
    let by_name = site.build().page("/map/");
    assert_has(&by_name, "start plan 2019-04 2023 bar 1");
    assert_eq!(by_name, by_default);
}

#[test]
fn a_timeline_by_fields_that_do_not_exist() {
    let view = "{ kind = \"timeline\", of = \"events\", start = \"dat\", end = \"actors\", approximate = \"vague\" }";
    shows!(with_view(view, "").file("content/events/_type.toml", EVENTS));
}

#[test]
fn a_timeline_of_several_types_by_a_field_that_none_of_them_has() {
    let view = "{ kind = \"timeline\", of = [\"events\", \"actors\"], start = \"open\" }";
    shows!(with_view(view, "").file("content/events/_type.toml", EVENTS));
}

const BY_SUBJECT: &str = r#"{% if view %}
{%- for section in view.sections %}
section {{ section.of?.id or "-" }}
{%- for group in section.groups %}
group {{ group.card?.id or "-" }}:{% for figure in group.figures %} {{ figure.card.id }}{% endfor %}
{%- for dispute in group.disputes %}
dispute {{ dispute.number }}:{% for voice in dispute.voices %} {% for card in voice.sources %}{{ card.id }}{% endfor %} says{% for figure in voice.figures %} {{ figure.card.id }}{% endfor %}{% if not loop.last %};{% endif %}{% endfor %}
{%- endfor %}
{%- endfor %}
{%- endfor %}
{%- endif %}"#;

#[test]
fn figures_stand_by_subject_and_those_that_contradict_one_another_by_source() {
    let view = "{ kind = \"figures\", of = \"figures\", by = \"about\", against = \"against\" }";
    let page = figures(with_view(view, BY_SUBJECT)).build().page("/map/");
    let shown = [
        "section projects",
        "group beta:",
        "dispute 1: gamma says jobs; delta says more others",
        "section actors",
        "group alpha: cold",
        "section -",
        "group -: alone",
    ];
    assert_eq!(lines(&page), shown);
}

#[test]
fn figures_need_no_relations() {
    let page = figures(with_view("{ kind = \"figures\", of = \"figures\" }", BY_SUBJECT)).build().page("/map/");
    assert_eq!(lines(&page), ["section -", "group -: jobs more others cold alone"]);
}

#[test]
fn figures_take_their_sources_from_the_relation_that_they_name() {
    let view = |sources: &str| {
        format!("{{ kind = \"figures\", of = \"figures\", by = \"about\", against = \"against\"{sources} }}")
    };
    let by_default = figures(with_view(&view(""), BY_SUBJECT)).build().page("/map/");
    let renamed = |text: &str| text.replace("sources ", "stated_by ");
    let by_name = with_view(&view(", sources = \"stated_by\""), BY_SUBJECT)
        .file("content/figures/_type.toml", renamed(FIGURES))
        .file("content/figures/_list.toml", renamed(JOBS))
        .file("content/sources/delta.toml", "title = \"Delta\"\n")
        .build()
        .page("/map/");
    assert_has(&by_name, "dispute 1: gamma says jobs; delta says more others");
    assert_eq!(by_name, by_default);
}

#[test]
fn figures_by_a_relation_to_sources_that_does_not_exist() {
    shows!(figures(with_view("{ kind = \"figures\", of = \"figures\", sources = \"orign\" }", "")));
}

#[test]
fn a_dispute_takes_its_sources_from_the_relation_that_the_template_names() {
    let page = |sources: &str| {
        let template = format!(
            "{{% set found = dispute(key=\"figures/jobs\", against=\"against\"{sources}) %}}{{% for voice in found.voices %}}{{% for card in voice.sources %}}{{{{ card.id }}}}{{% endfor %}}:{{% for figure in voice.figures %}} {{{{ figure.card.id }}}}{{% endfor %}}\n{{% endfor %}}"
        );
        let site = figures(Site::new()).template("page.html", &template);
        site.build().page("/")
    };
    assert_eq!(lines(&page("")), ["gamma: jobs", "delta: more others"]);
    assert_eq!(lines(&page(", sources=\"origin\"")), ["delta: jobs", ": more others"]);
}

#[test]
fn figures_by_what_is_no_relation() {
    shows!(figures(with_view("{ kind = \"figures\", of = \"figures\", by = \"subject\", against = \"value\" }", "")));
}

const GLOSSARY: &str = r#"{% if view %}
{%- for letter in view.letters %}
{{ letter.name }} {{ letter.id }}
{%- for term in letter.terms %}
{{ term.name }}{% if term.alias %} see {{ term.card.title }}{% endif %}{% if term.expansion %} = {{ term.expansion.text }}{% endif %}
{%- endfor %}
{%- endfor %}
{%- endif %}"#;

#[test]
fn a_glossary_has_the_letters_of_the_readers_language() {
    let built = terms(with_view("{ kind = \"glossary\", of = \"terms\" }", GLOSSARY)).build();
    let french =
        ["0–9 0", "5-FU", "A a", "AMM = autorisation", "D d", "DE see Évolution dirigée", "E e", "Évolution dirigée"];
    assert_eq!(lines(&built.page("/map/")), french);
    let english =
        ["0–9 0", "5-FU", "A a", "AMM = authorisation", "D d", "DE see Directed evolution", "Directed evolution"];
    assert_eq!(lines(&built.page("/en/map/")), english);
}

#[test]
fn a_ligature_stands_under_the_letter_that_it_starts_with() {
    let built = terms(with_view("{ kind = \"glossary\", of = \"terms\" }", GLOSSARY))
        .file("content/terms/oedeme.toml", "title = \"Œdème\"\n")
        .file("content/terms/omega.toml", "title = \"Oméga\"\n")
        .file("content/terms/obese.toml", "title = \"Obèse\"\n")
        .build();
    let page = built.page("/map/");
    assert!(lines(&page).ends_with(&["O o", "Obèse", "Œdème", "Oméga"]), "{page}");
}

#[test]
fn a_glossary_takes_what_abbreviations_stand_for_from_the_field_that_it_names() {
    let by_default = terms(with_view("{ kind = \"glossary\", of = \"terms\" }", GLOSSARY)).build().page("/map/");
    let renamed = |text: &str| text.replace("expansion ", "in_full ");
    let by_name = with_view("{ kind = \"glossary\", of = \"terms\", expansion = \"in_full\" }", GLOSSARY)
        .file("content/terms/_type.toml", renamed(TERMS))
        .file("content/terms/_list.toml", renamed(WORDS))
        .build()
        .page("/map/");
    assert_has(&by_name, "AMM = autorisation");
    assert_eq!(by_name, by_default);
}

#[test]
fn a_glossary_by_a_field_that_does_not_exist() {
    shows!(terms(with_view("{ kind = \"glossary\", of = \"terms\", expansion = \"expantion\" }", "")));
}

#[test]
fn a_glossary_of_what_does_not_exist() {
    shows!(with_view("{ kind = \"glossary\", of = \"term\", by = \"see\" }", ""));
}

// Profiles.

#[test]
fn a_hidden_field_orders_and_is_data_but_is_not_shown() {
    let built = Site::new()
        .file("content/sources/_type.toml", "name = \"Source\"\nsort = \"rank\"\ncitation = true\n[fields.rank]\nkind = \"integer\"\nhidden = true\nlabel = \"Rang\"\n")
        .file("content/sources/gamma.toml", "title = \"Gamma\"\nrank = 2\n")
        .file("content/sources/omega.toml", "title = \"Omega\"\nrank = 1\n")
        .build();
    assert_has_not(&built.page("/sources/gamma/"), "Rang");
    let index = built.page("/sources/");
    assert!(index.find("Omega") < index.find("Gamma"), "{index}");
    assert_eq!(built.json("/data/sources.json")["entities"][0]["fields"]["rank"], 2);
}

#[test]
fn a_relation_is_not_hidden() {
    shows!(Site::new().fields("friends = { to = \"actors\", hidden = true, inverse = { id = \"friends\" } }"));
}

const PERIOD: &str = r#"{% set axis = period(key=entity.card.key, start="opened", end="closed") %}{% if axis %}
{{ axis.from }} {{ axis.to }}
{%- for tick in axis.ticks %} {{ tick.year }}@{{ tick.x }}{% endfor %}
{%- for moment in axis.moments %}
{{ moment.kind }} {{ moment.date }} {{ moment.x }} {{ moment.card?.id or "-" }}
{%- endfor %}
{%- endif %}"#;

fn with_period(facts: &str) -> Built {
    with_period_by(PERIOD, facts)
}

fn with_period_by(template: &str, facts: &str) -> Built {
    let site = events(Site::new().fields("closed = { kind = \"year\" }").facts(facts));
    let own = "title = \"S\"\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\ntheme = \"own\"\n";
    site.file("site.toml", own)
        .file("themes/own/theme.toml", "extends = \"plain\"\n")
        .file("themes/own/templates/actors.html", template)
        .build()
}

#[test]
fn a_template_names_the_fields_that_date_other_entities() {
    let template = PERIOD.replace("end=\"closed\"", "end=\"closed\", moments=[\"start\"]");
    let built = with_period_by(&template, "opened = \"2020\"\nclosed = 2023");
    // The law has a date and no start.
    assert_eq!(lines(&built.page("/acteurs/alpha/"))[1..], ["start 2020 0 -", "end 2023 1000 -"]);
}

#[test]
fn a_period_lies_on_an_axis_with_the_dates_of_what_names_the_entity() {
    let shown = [
        "0 1000 2020@0 2021@250 2022@500 2023@750 2024@1000",
        "start 2020 0 -",
        "named 2021-06-30 374 law",
        "end 2023 1000 -",
    ];
    assert_eq!(lines(&with_period("opened = \"2020\"\nclosed = 2023").page("/acteurs/alpha/")), shown);
}

#[test]
fn one_date_alone_is_not_drawn_and_neither_is_a_period_that_ends_before_it_starts() {
    let reversed = "opened = 2021-06-30\nclosed = 2020";
    for facts in ["opened = 2021-06-30", reversed, "opened = \"2020\"\nclosed = 2019", "founded = 2020"] {
        let page = with_period(facts).page("/acteurs/alpha/");
        assert!(lines(&page).is_empty(), "{page}");
    }
}

// The theme `atlas`.

#[test]
fn atlas_shows_every_view_with_something_and_with_nothing() {
    let pages = |site: Site| {
        let page = |kind: &str| format!("+++\ntitle = \"V\"\nview = {{ kind = {kind} }}\n+++\n");
        let built = in_atlas(site)
            .file("content/t.md", page("\"timeline\", of = \"events\""))
            .file("content/f.md", page("\"figures\", of = \"figures\", by = \"about\", against = \"against\""))
            .file("content/g.md", page("\"glossary\", of = \"terms\""))
            .build();
        ["/t/", "/f/", "/g/"].map(|path| built.page(path))
    };
    let [timeline, by_subject, glossary] = pages(terms(figures(events(Site::new()))));
    assert_has(&timeline, "<h3 id=\"y_2021\">2021 <span class=\"count\">3</span></h3>");
    assert_has(&timeline, "vers 1914");
    assert_has(&timeline, "104 années sans date");
    assert_has(&by_subject, "Les sources divergent");
    assert_has(&by_subject, "<b>de −90 à −60</b>");
    assert_has(&glossary, "<h3 id=\"l_e\">E</h3>");
    let bare = Site::new()
        .file("content/events/_type.toml", EVENTS)
        .file("content/figures/_type.toml", FIGURES)
        .file("content/terms/_type.toml", TERMS);
    for page in pages(bare) {
        assert_has_not(&page, "<h3");
        assert_has_not(&page, "style=");
    }
}

#[test]
fn atlas_shows_what_contradicts_a_figure_beside_it() {
    let built = in_atlas(figures(Site::new())).build();
    let page = built.page("/en/figures/jobs/");
    let (_, dispute) = page.split_once("id=\"r_dispute\">Sources differ</h2>").unwrap();
    let dispute = dispute.split_once("</section>").unwrap().0;
    for part in ["<b>470</b>", "<b>1,800</b>", "<b>600</b>", "/en/sources/gamma/", "/en/sources/delta/"] {
        assert_has(dispute, part);
    }
    assert_has_not(&built.page("/en/figures/alone/"), "r_dispute");
    assert_has(&built.page("/en/figures/cold/"), "<b>−90 to −60</b>");
}

#[test]
fn what_contradicts_figures_leads_from_one_to_another() {
    let view = "+++\ntitle = \"V\"\nview = { kind = \"figures\", of = \"projects\", against = \"partners\" }\n+++\n";
    assert_eq!(
        Site::new().file("content/f.md", view).places(),
        ["content/f.md:3:55 unknown-view", "content/f.md:1:1 missing-translation"]
    );
}

#[test]
fn of_many_figures_that_contradict_one_another_a_page_shows_sixty() {
    let chain: String = (0..70)
        .map(|at| {
            format!(
                "[f{at}]\ntitle = \"F{at}\"\nvalue = {at}\nagainst = [\"f{}\"]\n",
                if at < 69 { at + 1 } else { 68 }
            )
        })
        .collect();
    let template = "{% set found = dispute(key=\"figures/f0\", against=\"against\") %}{{ found.more }} {{ found.voices[0].figures | length }} {{ found.voices[0].figures[1].card.id }}";
    let site = Site::new().file("content/figures/_type.toml", FIGURES).file("content/figures/_list.toml", chain);
    assert_eq!(site.template("page.html", template).build().page("/"), "true 60 f1");
}

#[test]
fn atlas_writes_years_and_ranks_without_separators() {
    let list = "[year]\ntitle = \"Y\"\nvalue = 2001\nunit = \"(année)\"\n[years]\ntitle = \"Z\"\nvalue = 1990\nvalue_max = 2001\nunit = \"(année)\"\n\
        [sum]\ntitle = \"S\"\nvalue = 81000000\nunit = \"EUR\"\n[jobs]\ntitle = \"J\"\nvalue = 1800\nunit = \"emplois\"\n";
    let built = in_atlas(Site::new())
        .file("content/figures/_type.toml", format!("{FIGURES}unit = {{ kind = \"text\" }}\n"))
        .file("content/figures/_list.toml", list)
        .build();
    let index = built.page("/chiffres/");
    for part in [
        "<b>2001</b>&nbsp;(année)",
        "<b>1990–2001</b>&nbsp;(année)",
        "<b>81\u{a0}M€</b></p>",
        "<b>1\u{202f}800</b>&nbsp;emplois",
    ] {
        assert_has(&index, part);
    }
    assert_has(&built.page("/chiffres/sum/"), "<b>81\u{a0}M€</b>");
}

#[test]
fn atlas_passes_over_amounts_that_are_no_numbers() {
    let fields =
        "budget = { kind = \"text\" }\npublic_share = { kind = \"number\", unit = \"%\" }\nvalue = { kind = \"text\" }";
    let site = in_atlas(Site::new().fields(fields).facts("budget = \"beaucoup\"\npublic_share = -30\nvalue = \"peu\""));
    assert_has_not(&site.build().page("/acteurs/alpha/"), "class=\"shares\"");
}

#[test]
fn shares_have_a_whole_and_are_not_more_than_it() {
    let template = "{% for share in shares(key=entity.card.key, parts=[\"a\", \"b\"], total=\"sum\") %}{{ share.fact.id }} {{ share.from }}+{{ share.width }};{% endfor %}";
    let shares = |unit: &str, facts: &str| {
        let number = |id: &str, unit: &str| format!("{id} = {{ kind = \"number\", unit = \"{unit}\" }}\n");
        let fields = [number("a", unit), number("b", unit), number("sum", "EUR")].concat();
        Site::new().template("entity.html", template).fields(&fields).facts(facts).build().page("/acteurs/alpha/")
    };
    assert_eq!(shares("%", "a = 60\nb = 40"), "a 0.0+60.0;b 60.0+40.0;");
    assert_eq!(shares("%", "b = 25"), "b 0.0+25.0;");
    assert_eq!(shares("%", "a = 33.4\nb = 66.7"), "a 0.0+33.4;b 33.4+66.7;", "rounded shares");
    assert_eq!(shares("EUR", "a = 20\nb = 30\nsum = 200"), "a 0.0+10.0;b 10.0+15.0;");
    for (unit, facts) in
        [("EUR", "a = 20"), ("EUR", "a = 0\nsum = 0"), ("USD", "a = 20\nsum = 200"), ("%", "a = 60\nb = 60")]
    {
        assert_eq!(shares(unit, facts), "", "{unit} {facts}");
    }
}

#[test]
fn atlas_draws_the_shares_of_a_budget_and_the_period() {
    let fields = "start = { kind = \"date\", label = \"Début\" }\nend = { kind = \"date\", label = \"Fin\" }\nbudget = { kind = \"number\", unit = \"EUR\", label = \"Budget\" }\npublic_share = { kind = \"number\", unit = \"%\", label = \"Part publique\" }\nprivate_share = { kind = \"number\", unit = \"%\", label = \"Part privée\" }";
    let page = |facts: &str| in_atlas(Site::new().fields(fields).facts(facts)).build().page("/acteurs/alpha/");
    let full = page("start = \"2021\"\nend = \"2027\"\nbudget = 81000000\npublic_share = 60\nprivate_share = 40");
    assert!(full.contains("Part publique") && full.contains("60\u{202f}%</li>"), "{full}");
    assert_has(&full, "<rect width=\"60");
    assert_has(&full, "<rect x=\"0\" y=\"38\" width=\"1000\"");
    for facts in ["budget = 81000000", "start = \"2021\"", ""] {
        let page = page(facts);
        assert_has_not(&page, "class=\"shares\"");
        assert_has_not(&page, "class=\"period\"");
    }
}

/// A timeline that shows each entry with its year.
const ENTRIES: &str = "{% for year in view.years %}{% for entry in year.entries %}{{ year.number }} {{ entry.card.title }}\
    {% for fact in entry.facts %} {{ fact.label }}={{ fact.values[0].text }}{% endfor %} {{ entry.start or none }}/{{ entry.end or none }}\
    {% if entry.ends %} ends{% endif %};{% endfor %}{% endfor %} {{ view.lanes }} {% for some in view.undated %}{{ some.count }}{% endfor %}";

/// Actors with milestones and an activity, on a page with a timeline.
fn history(view: &str) -> Site {
    let fields = "[fields.milestones]\nkind = \"record\"\nmany = true\n[fields.milestones.fields]\n\
                  stage = { kind = \"choice\", label = \"Étape\", choices = { accepted = \"Acceptée\", done = \"Finie\" } }\n\
                  date = { kind = \"date\" }\nuntil = { kind = \"year\" }\n[fields.period]\nkind = \"period\"\n";
    let facts = "period = { from = 2019, to = \"2021-05\" }\nmilestones = [{ stage = \"accepted\", date = 2016-05-09, until = 2018 }, { stage = \"done\", date = \"2018\" }, { stage = \"done\" }]";
    Site::new()
        .view_template(ENTRIES)
        .fields(fields)
        .facts(facts)
        .file("content/actors/delta.toml", "title = \"Delta\"\npeers = [\"alpha\"]\nperiod = { to = 2020 }\n")
        .file("content/when.md", format!("+++\ntitle = {{ fr = \"Quand\", en = \"When\" }}\nview = {{ kind = \"timeline\", of = \"actors\"{view} }}\n+++\n"))
}

#[test]
fn a_timeline_reads_periods() {
    let page = history("").build().page("/when/");
    assert_eq!(page, "2019 Alpha 2019/2021-05;2020 Delta /2020 ends;2021 Alpha 2019/2021-05 ends; 1 ");
}

#[test]
fn a_timeline_has_an_entry_for_each_record_with_a_date() {
    let page = history(", start = \"milestones.date\"").build().page("/when/");
    assert_eq!(page, "2016 Alpha Étape=Acceptée until=2018 2016-05-09/;2018 Alpha Étape=Finie 2018/; 0 1");
    let page = history(", start = \"milestones.date\", end = \"milestones.until\"").build().page("/when/");
    assert!(page.starts_with("2016 Alpha Étape=Acceptée 2016-05-09/2018;2018 Alpha"), "{page}");
    assert!(page.ends_with(" 1 1"), "{page}");
}

#[test]
fn a_timeline_of_a_field_of_records_that_is_none() {
    shows!(history(", start = \"milestones.dates\""));
}
