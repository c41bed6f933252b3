//! Settings of themes, and the values and functions of templates.

use crate::harness::Site;

/// The small site with a theme of its own, which has these lines in its `theme.toml`.
fn wanting(lines: &str) -> Site {
    Site::new()
        .template("card.html", "{{ card.title }}")
        .file("themes/own/theme.toml", format!("extends = \"plain\"\n{lines}\n"))
}

#[test]
fn the_data_of_each_entity_are_published_where_a_theme_wants_them() {
    let built = wanting("records = true").build();
    let record = built.json("/data/projects/beta.json");
    assert_eq!((&record["type"], &record["id"]), (&"projects".into(), &"beta".into()));
    assert_eq!(record["relations"]["partners"][0]["to"], "actors/alpha", "{record}");
    assert!(!Site::new().build().has("/data/projects/beta.json"));
}

#[test]
fn a_policy_is_a_header_of_all_pages() {
    let site = wanting("security_policy = \"default-src 'self'\"");
    let config = std::fs::read_to_string(site.path("site.toml")).unwrap();
    let site = site.file("site.toml", config.replace("example.org", "example.org/portal"));
    let headers = site.build().text("/_headers");
    assert!(headers.starts_with("/portal/*\n  Content-Security-Policy: default-src 'self'\n"), "{headers}");
    assert!(!Site::new().build().has("/_headers"));
}

#[test]
fn a_policy_cannot_bring_other_headers_along() {
    shows!(wanting("security_policy = \"default-src 'self'\\nSet-Cookie: x=1\""));
}

#[test]
fn what_a_theme_does_not_say_the_one_below_it_does() {
    let site = wanting("")
        .file("themes/own/theme.toml", "extends = \"below\"\n")
        .file("themes/below/theme.toml", "extends = \"plain\"\nrecords = true\n");
    assert!(site.build().has("/data/actors/alpha.json"));
}

#[test]
fn a_template_links_to_pages_and_indexes_by_name() {
    let template = "{% set a = link(to=\"about\") %}{% set b = link(to=\"actors\") %}{{ a.title }} {{ a.url }} {{ b.title }} {{ b.url }} {{ link(to=\"nowhere\") is none }}";
    let site = Site::new().template("entity.html", template).file(
        "content/about.md",
        "+++\ntitle = { fr = \"À propos\", en = \"About\" }\nslug = { fr = \"a-propos\", en = \"about\" }\n+++\nTexte.\n",
    );
    let page = site.build().page("/en/actors/alpha/");
    assert_eq!(page, "About /en/about/ Actors /en/actors/ true");
}

#[test]
fn a_word_has_the_plural_forms_of_its_language() {
    let template = "{% for n in [1, 2, 5] %}{{ t(key=\"hits\", count=n) }}; {% endfor %}{% for form, words in forms(key=\"hits\") %}{{ form }}={{ words }}; {% endfor %}";
    let site = Site::new().template("page.html", template);
    let config = std::fs::read_to_string(site.path("site.toml")).unwrap();
    let built = site
        .file("site.toml", config.replace("\"en\"]", "\"pl\", \"en\"]"))
        .file("themes/own/strings/fr.toml", "[hits]\none = \"{count} mot\"\nother = \"{count} mots\"\n")
        .file(
            "themes/own/strings/pl.toml",
            "[hits]\none = \"{count} s\"\nfew = \"{count} sa\"\nmany = \"{count} s\"\nother = \"{count} sy\"\n",
        )
        .build();
    assert_eq!(built.page("/"), "1 mot; 2 mots; 5 mots; one={count} mot; other={count} mots; ");
    assert_eq!(built.page("/pl/"), "1 s; 2 sa; 5 s; one={count} s; few={count} sa; many={count} s; other={count} sy; ");
    // The English strings do not have the key, so the French one is used, with the forms of French.
    assert_eq!(built.page("/en/"), format!("{}lang=fr; ", built.page("/")));
}

/// Scripts chose the form by the language of the page, although the words of a language that atlas does not have are
/// those of the site's default language.
#[test]
fn a_script_learns_the_language_of_borrowed_words() {
    let site = Site::new().file(
        "site.toml",
        "title = \"S\"\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"pl\", \"en\"]\ntheme = \"atlas\"\n",
    );
    let view =
        "+++\ntitle = \"R\"\nslug = \"r\"\nview = { kind = \"network\", of = [\"actors\", \"projects\"] }\n+++\n";
    let built = site.file("content/r.md", view).build();
    let forms = |page: &str, class: &str| {
        let page = built.page(page);
        let (_, tag) = page.split_once(class).unwrap_or_else(|| panic!("{class} is not in\n{page}"));
        tag.split_once('>').unwrap().0.contains(" data-lang=\"fr\"")
    };
    for (path, element) in
        [("r/", "class=\"network-search"), ("acteurs/", "<form id=\"f_form\""), ("acteurs/alpha/", "<template")]
    {
        assert!(forms(&format!("/pl/{path}"), element), "{element}");
        assert!(!forms(&format!("/{path}"), element), "{element}");
    }
}

#[test]
fn a_template_asks_for_the_facts_of_an_entity_alone() {
    let template = "{% for fact in facts(key=\"actors/alpha\") %}{{ fact.id }}={{ fact.values[0].text }};{% endfor %}";
    let site = Site::new().template("page.html", template).facts("founded = 2015\nphones = [\"1\"]");
    assert_eq!(site.build().page("/"), "founded=2015;phones=1;");
}

#[test]
fn the_parts_of_a_theme_are_no_themes() {
    let site = Site::new().file("site.toml", "title = \"S\"\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\ntheme = \"atlas/templates\"\n");
    assert_eq!(site.places(), ["site.toml:4:9 unknown-theme"]);
}

#[test]
fn an_inverse_relation_leads_to_the_index_that_is_filtered_by_it() {
    let template =
        "{% for relation in entity.relations %}{{ relation.id }}={{ relation.filter or \"-\" }};{% endfor %}";
    let site = Site::new()
        .template("entity.html", template)
        .file("themes/own/theme.toml", "extends = \"plain\"\nlistings = true\n")
        .fields("home = { to = [\"projects\", \"sources\"], facet = true, inverse = { id = \"housed\" } }")
        .facts("home = [\"beta\"]");
    let built = site.build();
    assert_eq!(built.page("/projets/beta/"), "partners=-;sources=-;housed=/acteurs/?home=projects/beta;");
}

#[test]
fn a_template_gets_sources_apart_from_other_relations() {
    let template = "{% for relation in entity.connections %}{{ relation.anchor }} {% endfor %}\
        |{% for link in entity.sources?.links or [] %}{{ link.card.id }} {% endfor %}\
        |{% for relation in entity.other_sources %}{{ relation.anchor }} {% endfor %}\
        |{% for reference in page.references %}{{ reference.card.id }}{% for fact in reference.attributes %} {{ fact.id }}={{ fact.values[0].text }}{% endfor %};{% endfor %}\
        |{% for link in page.uncited %}{{ link.card.id }}{% for fact in link.attributes %} {{ fact.id }}={{ fact.values[0].text }}{% endfor %};{% endfor %}\
        |{% for entry in page.contents %}{{ entry.level }} {{ entry.anchor }} {{ entry.title }} {{ entry.count }};{% endfor %}";
    let built = Site::new()
        .template("entity.html", template)
        .fields("sources = { to = \"sources\" }\norigin = { to = \"sources\", label = { fr = \"Origine\", en = \"Origin\" } }")
        .file("content/sources/delta.toml", "title = \"Delta\"\n")
        .file(
            "content/actors/alpha.md",
            "+++\ntitle = \"Alpha\"\nsources = [{ to = \"gamma\", at = \"3\" }, { to = \"delta\", at = \"4\" }]\norigin = [\"delta\"]\n+++\n## Un\n\nTexte [[gamma]].\n\n### Deux\n",
        )
        .build();
    let expected =
        ["i_projects ", "gamma delta ", "o_origin ", "gamma at=3;", "delta at=4;", "2 un Un 0;2 i_projects Projets 1;"];
    assert_eq!(built.page("/acteurs/alpha/"), expected.join("|"));
}

#[test]
fn a_template_gets_the_facts_that_the_headline_does_not_show() {
    let roles = "{ value = \"low\", to = \"high\" }";
    let template = "{% for fact in entity.details %}{{ fact.id }};{% endfor %}";
    let built = counts(roles).template("entity.html", template).build();
    assert_eq!(built.page("/counts/jobs/"), "measure;how;");
    assert_eq!(built.page("/counts/none/"), "how;");
}

#[test]
fn a_template_gets_the_start_of_a_list_and_the_rest() {
    let excerpt = |arguments: &str| {
        let template = format!(
            "{{% set list = [1, 2, 3, 4, 5] | excerpt({arguments}) %}}{{{{ list.first | join(sep=\" \") }}}};{{{{ list.rest | join(sep=\" \") }}}};{{{{ list.more }}}}"
        );
        Site::new().template("page.html", &template).build().page("/")
    };
    assert_eq!(excerpt("most=5, first=2"), "1 2 3 4 5;;0");
    assert_eq!(excerpt("most=4, first=2"), "1 2;3 4 5;3");
    assert_eq!(excerpt("most=3"), "1 2 3;4 5;2");
    assert_eq!(excerpt("most=0"), ";1 2 3 4 5;5");
    assert_eq!(excerpt("most=2, first=4"), "1 2;3 4 5;3", "not more than `most`");
}

#[test]
fn a_type_has_a_sign() {
    let template = "{% for type in site.types %}{{ type.mark }} {% endfor %}{% for card in entities(of=\"actors\") %}{{ card.type_mark }}{% endfor %}";
    assert_eq!(Site::new().template("page.html", template).build().page("/en/"), "Ac Pr So Ac");
}

#[test]
fn a_template_writes_quantities_in_the_language_of_the_page() {
    let template = "{{ 81000000 | quantity(unit=\"EUR\", short=true) }} {{ 81000000 | quantity(unit=\"EUR\") }} {{ 12.5 | quantity(unit=\"%\") }} {{ 3 | quantity }}";
    let built = Site::new().template("page.html", template).build();
    assert_eq!(built.page("/en/"), "€81\u{a0}million €81,000,000 12.5% 3");
    assert_eq!(built.page("/"), "81\u{a0}M€ 81\u{202f}000\u{202f}000\u{a0}€ 12,5\u{202f}% 3");
}

#[test]
fn a_matrix_follows_the_hierarchy_of_its_rows() {
    let template = "{% if view %}{% for row in view.rows %}{{ row.depth }} {{ row.id }} {{ row.total }}{% if row.empty %} empty{% endif %}:{% for cell in row.cells %}{% for card in cell %}{{ card.id }} {% endfor %}|{% endfor %};{% endfor %}{% for column in view.columns %}{{ column.total }}{% endfor %}{% endif %}";
    let site = Site::new()
        .view_template(template)
        .fields("does = { to = \"methods\", inverse = { id = \"done_by\" } }")
        .file("content/methods/_type.toml", "name = \"M\"\n[fields]\nbroader = { to = \"methods\", hierarchy = true }\n")
        .file(
            "content/methods/_list.toml",
            "[genes]\ntitle = \"Gènes\"\n[vectors]\ntitle = \"Vecteurs\"\nbroader = [\"genes\", \"tools\"]\n\
             [cells]\ntitle = \"Cellules\"\nbroader = [\"genes\"]\n[tools]\ntitle = \"Outils\"\n",
        )
        .facts("does = [\"vectors\", \"cells\"]\nparent = \"delta\"")
        .file("content/actors/delta.toml", "title = \"Delta\"\ndoes = [\"genes\"]\n")
        .file("content/map.md", "+++\ntitle = { fr = \"C\", en = \"M\" }\nview = { kind = \"matrix\", of = \"actors\", rows = \"does\", columns = \"parent\" }\n+++\n");
    // Delta has no parent: it counts in the totals and is in no cell.
    assert_eq!(
        site.build().page("/map/"),
        "0 genes 2:alpha |;1 cells 1:alpha |;1 vectors 1:alpha |;0 tools 1:alpha |;1"
    );
}

#[test]
fn the_home_page_and_indexes_may_hold_a_view() {
    let view = "+++\nview = { kind = \"matrix\", of = \"projects\", rows = \"partners\", columns = \"sources\" }\n+++\nTexte.\n";
    let site = Site::new()
        .template("home.html", "{% if view %}{{ view.kind }}{% endif %}")
        .file("themes/own/templates/index.html", "{% if view %}{{ view.kind }}{% endif %}")
        .file("content/_index.md", view)
        .file("content/projects/_index.md", view);
    let built = site.build();
    assert_eq!((built.page("/"), built.page("/projets/")), ("matrix".to_owned(), "matrix".to_owned()));
}

/// The small site with a style sheet in two parts, which `theme.toml` joins in another order than that of their names.
fn with_bundle() -> Site {
    wanting("bundles = { \"site.css\" = [\"css/tokens.css\", \"css/links.css\"] }")
        .file("themes/own/static/css/tokens.css", ":root { --ink: black }")
        .file("themes/own/static/css/links.css", "a { color: var(--ink) }\n")
        .file("themes/own/static/css/print.css", "nav { display: none }\n")
}

#[test]
fn a_bundle_is_published_in_place_of_its_parts() {
    let built = with_bundle().build();
    let css = built.text("/assets/site.css");
    assert!(css.starts_with(":root { --ink: black }\na { color: var(--ink) }\n\n/* The sizes"), "{css}");
    assert!(!built.has("/assets/css/tokens.css"));
    assert!(built.has("/assets/css/print.css"), "no bundle names it");
}

/// The same site with the theme `blue`, which extends that theme and has this file.
fn with_blue(path: &str, text: &str) -> Site {
    let site = with_bundle();
    let config = std::fs::read_to_string(site.path("site.toml")).unwrap();
    site.file("site.toml", config.replace("own", "blue"))
        .file("themes/blue/theme.toml", "extends = \"own\"\n")
        .file(&format!("themes/blue/static/{path}"), text)
}

#[test]
fn a_theme_replaces_a_part_of_the_bundle_that_it_extends() {
    let built = with_blue("css/tokens.css", ":root { --ink: blue }\n").build();
    let css = built.text("/assets/site.css");
    assert!(css.starts_with(":root { --ink: blue }\na { color: var(--ink) }\n\n/* The sizes"), "{css}");
}

#[test]
fn a_file_hides_the_bundle_of_the_theme_that_it_extends() {
    let built = with_blue("site.css", "a { color: red }\n").build();
    assert_eq!(built.text("/assets/site.css"), "a { color: red }\n");
}

#[test]
fn what_is_wrong_with_a_bundle_is_said_where_it_is_declared() {
    let lines = "[bundles]\n\"site.css\" = [\"css/token.css\", \"css/links.css\"]\n\"css/print.css\" = [\"css/links.css\"]\n\"../out.css\" = []\n\"one.css\" = \"css/links.css\"";
    shows!(with_bundle().file("themes/own/theme.toml", format!("extends = \"plain\"\n{lines}\n")));
}

/// A type of figures whose fields have names of their own, with one figure.
fn counts(headline: &str) -> Site {
    let schema = format!(
        "name = \"Compte\"\nheadline = {headline}\n[fields]\nlow = {{ kind = \"integer\" }}\nhigh = {{ kind = \"integer\" }}\n\
         measure = {{ kind = \"text\" }}\nhow = {{ kind = \"choice\", choices = {{ about = {{ fr = \"environ\", en = \"about\" }} }} }}\n"
    );
    Site::new().file("content/counts/_type.toml", schema).file(
        "content/counts/_list.toml",
        "[jobs]\ntitle = \"Emplois\"\nlow = 470\nhigh = 1600\nhow = \"about\"\nmeasure = { fr = \"emplois\", en = \"jobs\" }\n\
         [rank]\ntitle = \"Rang\"\nlow = 2024\nmeasure = \"(rang)\"\n[loss]\ntitle = \"Perte\"\nlow = -3\nhigh = 4\n\
         [none]\ntitle = \"Rien\"\nhow = \"about\"\n",
    )
}

#[test]
fn a_headline_is_made_of_the_fields_that_the_type_names() {
    let template = "{% if entity.headline %}{{ entity.headline.qualifier }}|{{ entity.headline.number }}|{{ entity.headline.unit }}\
                    |{{ entity.headline.fields | join(sep=\" \") }}{% else %}none{% endif %}";
    let roles = "{ value = \"low\", to = \"high\", unit = \"measure\", qualifier = \"how\" }";
    let built = counts(roles).template("entity.html", template).build();
    assert_eq!(built.page("/counts/jobs/"), "environ|470–1\u{202f}600|emplois|low high measure how");
    assert_eq!(built.page("/en/counts/jobs/"), "about|470–1,600|jobs|low high measure how");
    assert_eq!(built.page("/counts/rank/"), "|2024|(rang)|low high measure how", "the digits of a rank stay together");
    assert_eq!(built.page("/counts/loss/"), "|−3–4||low high measure how");
    assert_eq!(built.page("/counts/none/"), "none", "a word alone is no headline");
    assert_eq!(built.page("/acteurs/alpha/"), "none");
}

#[test]
fn a_headline_of_what_is_no_number() {
    shows!(counts("{ value = \"measure\", to = \"hihg\", of = 1 }"));
}

#[test]
fn the_relation_to_sources_has_the_name_that_the_type_gives() {
    let template = "{{ entity.sources.id or none }} {{ entity.other_sources | length }}";
    let page = |key: &str| {
        let schema = format!("name = \"Note\"\n{key}\nfields.proofs.to = \"sources\"\nfields.more.to = \"sources\"\n");
        let site = Site::new().file("content/notes/_type.toml", schema).template("notes.html", template);
        let note = "title = \"A\"\nproofs = [\"gamma\"]\nmore = [\"gamma\"]\n";
        site.file("content/notes/a.toml", note).build().page("/notes/a/")
    };
    assert_eq!(page("sources = \"more\""), "more 1");
    assert_eq!(page(""), " 2");
}

#[test]
fn colours_and_letters_of_types_come_from_the_schema_or_differ_by_themselves() {
    let built = Site::new()
        .template(
            "page.html",
            "{% for type in site.types %}{{ type.id }} {{ type.mark }} {{ type.hue or \"grey\" }};{% endfor %}",
        )
        .file("themes/own/theme.toml", "extends = \"plain\"\n[bundles]\n\"own.css\" = [\"a.css\"]\n")
        .file("themes/own/static/a.css", "")
        .file("content/topics/_type.toml", "name = { fr = \"Acte\", en = \"Act\" }\ncolour = 40\n")
        .file("content/units/_type.toml", "name = \"Unité\"\nmark = { fr = \"U\", en = \"Pr\" }\n")
        .build();
    assert!(built.page("/").contains("actors Ac 220;projects Pr 130;sources So grey;topics At 40;units U 310;"));
    assert!(built.page("/en/").contains("actors Ac 220;projects Po 130;sources So grey;topics At 40;units Pr 310;"));
    let css = built.text("/assets/own.css");
    assert!(css.contains("[data-type=\"topics\"]{--type-hue:40}"), "{css}");
    assert!(css.contains("[data-type=\"sources\"]{--type-hue:70;--type-grey:1}"), "{css}");
}

#[test]
fn parameters_have_defaults_and_are_inherited() {
    let built = Site::new()
        .template("page.html", "{{ site.params.size }} {{ site.params.role.start }} {{ site.params.role.end }} {{ site.params.tone }}")
        .file("themes/own/theme.toml", "extends = \"base\"\n[params]\ntone = { kind = \"text\", default = \"own\" }\n")
        .file("themes/base/theme.toml", "extends = \"plain\"\n[params]\nsize = { kind = \"integer\", default = 3 }\ntone = { kind = \"integer\", default = 1 }\n[params.role]\nkind = \"table\"\nkeys.start = { kind = \"field\", default = \"opened\" }\nkeys.end = { kind = \"field\", default = \"closed\" }\n")
        .file("site.toml", "title = { fr = \"P\", en = \"P\" }\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\ntheme = \"own\"\n[params]\nsize = 5\nrole = { start = \"founded\" }\n")
        .build();
    assert_eq!(built.page("/").trim(), "5 founded closed own");
}

#[test]
fn a_theme_without_declarations_accepts_all_parameters() {
    let built = Site::new()
        .template("page.html", "{{ site.params.anything[0].at }}")
        .file("site.toml", "title = { fr = \"P\", en = \"P\" }\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\ntheme = \"own\"\n[params]\nanything = [{ at = \"all\" }]\n")
        .build();
    assert_eq!(built.page("/").trim(), "all");
}

/// The files in a section of `themes/README.md`: a line with the path, then a block of code.
fn files_of(section: &str) -> Vec<(String, String)> {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/README.md")).unwrap();
    let text = page.split(&format!("\n## {section}\n")).nth(1).unwrap().split("\n## ").next().unwrap().to_owned();
    let mut files = Vec::new();
    for (before, rest) in text.match_indices("`:\n\n```").map(|(at, _)| text.split_at(at)) {
        let path = before.rsplit('`').next().unwrap();
        let code = rest.split_once("```").unwrap().1.split_once('\n').unwrap().1;
        files.push((path.to_owned(), code.split("\n```").next().unwrap().to_owned() + "\n"));
    }
    files
}

/// Somebody follows the guide word by word.
#[test]
fn the_guide_to_a_first_theme_works() {
    let site = Site::empty();
    let new = crate::harness::run_in(&site.path(""), &["new", "."]);
    assert_eq!(new.status, 0, "{}", new.stderr);
    let settings = std::fs::read_to_string(site.path("site.toml")).unwrap();
    assert!(settings.contains("theme = \"atlas\""));
    let settings = settings.replace("theme = \"atlas\"", "theme = \"harbour\"");
    let files = files_of("Your first theme");
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths.len(), 8, "{paths:?}");
    let site = site.file("site.toml", settings + "\n[params]\nmotto = \"We measure every tide.\"\n");
    let site = files.iter().fold(site, |site, (path, text)| site.file(path, text));
    assert_eq!(site.check().diagnostics(), "");
    let built = site.build();
    let home = built.page("/");
    assert!(home.contains("<p class=\"motto\">We measure every tide.</p>") && home.contains("/assets/harbour.css"));
    assert!(built.page("/organisations/lindel-river-trust/").contains("<p class=\"note\">Lindel River Trust: "));
    assert_eq!(built.page("/partners/").matches("class=\"card\"").count(), 3);
    assert!(home.contains("Fresh from the harbour"));
}

#[test]
fn a_page_that_names_a_template_the_theme_does_not_have() {
    let site = Site::new().file("content/about.toml", "title = { fr = \"A\", en = \"A\" }\ntemplate = \"pge\"\n");
    assert_eq!(site.places(), ["content/about.toml:2:12 missing-template"]);
}

/// A site whose home page shows all actors by the fragment `once/name.html`, and links by `once/link.html`.
fn with_fragments(name: &str) -> Site {
    let page = "{% for card in entities(of=\"actors\") %}{{ once(template=\"once/name.html\", key=card.key) }}{% endfor %}{{ once(template=\"once/foot.html\") }}";
    Site::new()
        .template("page.html", page)
        .template("once/name.html", name)
        .template("once/foot.html", "{{ site.title }}{{ page is undefined }}")
        .template("once/link.html", "[{% if mixed %}{{ link.card.type_id }} {% endif %}{{ link.card.title }}{% for fact in link.attributes %} {{ fact.id }}{% endfor %}]")
}

#[test]
fn what_is_the_same_on_all_pages_is_rendered_once() {
    let site = with_fragments("<b>{{ card.title }}</b>{{ page is undefined }}");
    assert_eq!(site.build().page("/en/"), "<b>Alpha</b>truePortaltrue");
}

#[test]
fn each_link_of_a_list_is_rendered_by_a_template() {
    let template = "{% for relation in entity.relations %}{{ each(template=\"once/link.html\", links=relation.links) }};{% endfor %}";
    let built = with_fragments("").template("entity.html", template).build();
    insta::assert_snapshot!(built.page("/en/actors/alpha/") + "\n" + &built.page("/en/projects/beta/"));
}

#[test]
fn a_mistake_in_what_is_rendered_once_is_reported_at_its_place() {
    insta::assert_snapshot!(with_fragments("{{ card.title }}\n{{ nothing.at.all }}").check().diagnostics());
}

#[test]
fn a_mistake_in_a_fragment_of_a_fragment_is_reported_at_its_place() {
    let site = with_fragments("{{ once(template=\"once/mark.html\", key=card.key) }}");
    let found = site.template("once/mark.html", "<i>\n{{ nothing.at.all }}</i>").check();
    insta::assert_snapshot!(found.diagnostics());
}

#[test]
fn what_is_rendered_once_cannot_ask_for_itself() {
    let site = with_fragments("{{ once(template=\"once/name.html\", key=card.key) }}");
    insta::assert_snapshot!(site.check().diagnostics());
}
