//! The commands that change the content.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::harness::Site;

/// A site that names the actor `alpha` in every form.
fn named_everywhere() -> Site {
    Site::new()
        .config("menu = [\"actors\", \"projects\", \"about\", { label = \"More\", items = [\"sources\"] }]\n\n[warnings]\nmissing-translation = \"allow\"\nno-relations = { allow = [\"actors\", \"actors/old/\"] }")
        .file("content/actors/old/omega.toml", "title = \"Omega\"\n")
        .file(
            "content/actors/alpha.md",
            "+++\n# Who it is.\ntitle   = \"Alpha\"   # the name\nfounded = 2015\nstatus  = 'active'\nnotes   = \"See \\\"[[alpha]]\\\" and [[beta]].\"\npeers   = [\n  \"delta\", # a friend\n  \"epsilon\",\n]\n\n+++\n## History\n\nAlpha and [itself](alpha.md#history).\n",
        )
        .file("content/actors/alpha.en.md", "+++\ntitle = \"Alpha (en)\"\n+++\n## History\n\nEnglish, with [[delta|its peer]].\n")
        .file("content/actors/delta.toml", "title = \"Delta\"\nparent = \"alpha\"\nposition = [50.1, 4.1]\n")
        .file("content/actors/epsilon.md", "\u{feff}+++\r\ntitle = \"Epsilon\"\r\nparent = \"actors/alpha\"\r\n+++\r\nWith [[ alpha#history| words ]], é œ 🧬 [[actors/alpha]].\r\n")
        .file(
            "content/projects/beta.toml",
            "title = \"Beta\"\npartners = [{ to = \"alpha\", role = \"lead\" }, \"delta\"]\nsources = [{ to = \"gamma\", at = \"[[alpha]]\" }]\n",
        )
        .file("content/projects/zeta.md", "+++\ntitle = \"Zeta\"\npartners = ['alpha']\nsources = [\"gamma\"]\n+++\n![[actors/alpha]]\n\n| a | b |\n|---|---|\n| [[actors/alpha\\|x]] | [path](../actors/alpha.md#history \"t\") |\n\n[ref][r], [abs](/actors/alpha.md), [web](/acteurs/alpha/) and [data](/data/actors.json).\n\n[r]: <../actors/alpha.md>\n")
        .file("content/_index.md", "+++\nblocks = [{ kind = \"list\", of = \"actors\", sort = \"-founded\", where = { status = \"active\" } }, { kind = \"links\", items = [{ to = \"actors/alpha\" }, { to = \"about\" }] }]\n+++\n")
        .file("content/about.md", "+++\ntitle = \"About\"\nview = { kind = \"matrix\", of = \"projects\", rows = \"partners\", columns = \"sources\" }\n+++\n[[actors/alpha]]\n")
}

/// All files of a site with their bytes.
fn files(site: &Site) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, files);
            } else {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(&site.path(""), &site.path(""), &mut all);
    all
}

fn run(site: &Site, arguments: &[&str]) -> (i32, String) {
    let output = site.run(arguments);
    (output.status, format!("{}{}", output.stdout, output.stderr))
}

/// What the change of a command would be, as a diff; nothing is written.
fn diff(site: &Site, arguments: &[&str]) -> String {
    let before = files(site);
    let output = site.run(&[arguments, &["--dry-run"]].concat());
    assert_eq!(output.status, 0, "{}", output.stderr);
    assert_eq!(files(site), before, "a dry run writes nothing");
    output.stdout
}

/// Runs a command, which has to succeed and to leave a site without new errors; then the same back, after which every
/// byte is as before.
fn there_and_back(site: &Site, from: &str, to: &str) {
    let before = files(site);
    let (status, text) = run(site, &["rename", from, to]);
    assert_eq!(status, 0, "{from} to {to}: {text}");
    assert_ne!(files(site), before);
    let (status, text) = run(site, &["check", "--format", "short"]);
    assert_eq!(status, 0, "{from} to {to}: {text}");
    assert_eq!(text, "", "{from} to {to}");
    let (status, text) = run(site, &["rename", to, from]);
    assert_eq!(status, 0, "{to} to {from}: {text}");
    let after = files(site);
    for (path, bytes) in &before {
        let now = after.get(path).map(|bytes| String::from_utf8_lossy(bytes));
        assert_eq!(now.as_deref(), Some(&*String::from_utf8_lossy(bytes)), "{from} to {to} and back: {path}");
    }
    assert_eq!(after.len(), before.len());
}

#[test]
fn an_entity_is_renamed_wherever_it_is_named() {
    snapshot!(diff(&named_everywhere(), &["rename", "actors/alpha", "actors/omicron"]));
}

#[test]
fn a_name_that_would_be_ambiguous_gets_its_type() {
    // `zeta` is the id of a project too, and links of prose say only the id.
    let site = named_everywhere().file(
        "content/projects/eta.md",
        "+++\ntitle = \"Eta\"\npartners = [\"alpha\"]\nsources = [\"gamma\"]\n+++\n[[zeta]] and [[delta]]\n",
    );
    snapshot!(diff(&site, &["rename", "actors/delta", "actors/zeta"]));
}

#[test]
fn a_type_is_renamed_with_its_folder() {
    snapshot!(diff(&named_everywhere(), &["rename", "actors", "organisations"]));
}

#[test]
fn the_parts_of_a_type_are_renamed() {
    let site = named_everywhere();
    let all: String = [
        ["actors.founded", "actors.created"],
        ["actors.parent", "actors.owner"],
        ["actors.children", "actors.subsidiaries"],
        ["actors.status.active", "actors.status.running"],
        ["projects.partners.role", "projects.partners.function"],
    ]
    .iter()
    .map(|[from, to]| format!("# {from} → {to}\n{}\n", diff(&site, &["rename", from, to])))
    .collect();
    snapshot!(all);
}

#[test]
fn renaming_there_and_back_changes_no_byte() {
    let site = named_everywhere();
    for (from, to) in [
        ("actors/alpha", "actors/omicron"),
        ("actors/epsilon", "actors/sigma"),
        ("projects/beta", "projects/kappa"),
        ("actors", "organisations"),
        ("sources", "documents"),
        ("page:about", "page:legal/about-us"),
        ("actors.founded", "actors.created"),
        ("actors.peers", "actors.friends"),
        ("actors.notes", "actors.remarks"),
        ("projects.partners", "projects.members"),
        ("actors.projects", "actors.undertakings"),
        ("actors.status.active", "actors.status.running"),
        ("projects.partners.role", "projects.partners.function"),
        ("projects.partners.role.lead", "projects.partners.role.head"),
    ] {
        there_and_back(&site, from, to);
    }
}

#[test]
fn a_list_has_its_entities_renamed_in_all_headers() {
    let site = named_everywhere();
    let site = site.file("content/sources/_list.toml", "# All of them.\n[paper]\ntitle = \"Paper\"\n\n[book] # the first\ntitle = \"Book\"\nredirects = [\n  \"/old/\", # once\n]\n");
    let site = site.file("content/projects/eta.md", "+++\ntitle = \"Eta\"\npartners = [\"alpha\"]\nsources = [\"book\", \"paper\"]\n+++\n[list](../sources/_list.toml#book)[[book|p. 1]]\n");
    snapshot!(diff(&site, &["rename", "sources/book", "sources/volume"]));
    there_and_back(&site, "sources/book", "sources/volume");
    snapshot!(diff(&site, &["remove", "sources/book", "--unlink"]));
}

#[test]
fn names_that_can_t_be_are_refused() {
    let site = named_everywhere();
    let before = files(&site);
    let mut all = String::new();
    for arguments in [
        &["rename", "actors/alpha", "actors/delta"][..],
        &["rename", "actors/alpha", "actors/Ä"],
        &["rename", "actors/alpha", "projects/alpha"],
        &["rename", "actors/alpa", "actors/x"],
        &["rename", "actor", "x"],
        &["rename", "actors", "projects"],
        &["rename", "actors.founde", "actors.x"],
        &["rename", "actors.founded", "projects.x"],
        &["rename", "actors.founded", "actors.title"],
        &["rename", "actors.founded", "actors.staff"],
        &["rename", "page:abuot", "page:x"],
        &["rename", "page:about", "page:actors/about"],
        &["remove", "actors/alpha"],
        &["merge", "actors/alpha", "projects/beta"],
        &["move", "actors/alpha", "projects"],
        &["move", "actors/delta", "projects"],
        &["add", "actors", "Alpha"],
        &["add", "actors", "¿?"],
        &["add", "actors", "New", "--field", "foundd=1"],
        &["add", "actors", "New", "--field", "founded=soon"],
        &["add", "actors", "New", "--translate", "fr"],
    ] {
        let (status, text) = run(&site, arguments);
        assert_ne!(status, 0, "{arguments:?}: {text}");
        all.push_str(&format!("$ filiere {} → {status}\n{text}\n", arguments.join(" ")));
        assert_eq!(files(&site), before, "{arguments:?}");
    }
    snapshot!(all);
}

#[test]
fn references_to_a_removed_entity_are_taken_out() {
    let site = named_everywhere();
    snapshot!(diff(&site, &["remove", "actors/alpha", "--unlink"]));
    let (status, text) = run(&site, &["remove", "actors/alpha", "--unlink"]);
    assert_eq!(status, 0, "{text}");
    let (_, text) = run(&site, &["check", "--format", "short"]);
    assert_eq!(text, "");
}

#[test]
fn two_entities_become_one() {
    let site = named_everywhere()
        .file("content/actors/epsilon.md", "+++\ntitle = \"Epsilon\"\nfounded = 2014\nphones = [\"1\"]\npeers = [\"alpha\"]\n+++\nThe prose of [[alpha]]'s twin, with [a link](delta.toml).\n")
        .file("content/actors/epsilon.en.md", "+++\ntitle = \"Epsilon\"\n+++\nIn English.\n");
    let (status, text) = run(&site, &["merge", "actors/epsilon", "actors/alpha"]);
    assert_eq!(status, 1);
    snapshot!(text);
    snapshot!(diff(&site, &["merge", "actors/epsilon", "actors/alpha", "--keep", "into"]));
    let (status, text) = run(&site, &["merge", "actors/epsilon", "actors/alpha", "--keep", "from"]);
    assert_eq!(status, 0, "{text}");
    let (_, text) = run(&site, &["check", "--format", "short"]);
    assert_eq!(text, "");
    assert!(fs::read_to_string(site.path("content/actors/alpha.md")).unwrap().contains("founded = 2014"));
}

#[test]
fn an_entity_moves_to_another_type() {
    let site = Site::new()
        .file("content/actors/mu.md", "+++\ntitle = \"Mu\"\n+++\n[[alpha]] and [a path](alpha.md)\n")
        .file("content/about.md", "+++\ntitle = \"About\"\n+++\n[[actors/mu]], [[mu]] and [path](actors/mu.md)\n");
    snapshot!(diff(&site, &["move", "actors/mu", "sources"]));
}

#[test]
fn a_new_entity_has_its_required_facts_as_comments() {
    let site = Site::new().file(
        "content/actors/_type.toml",
        "name = \"Actor\"\n[fields]\ncity = { to = \"sources\", required = true, label = \"City\", help = \"Where it is.\" }\nsize = { kind = \"choice\", required = true, label = \"Size\", choices = { small = \"Small\", large = \"Large\" } }\nfounded = { kind = \"year\" }\ntags = { kind = \"text\", many = true }\n",
    );
    let site =
        site.file("content/actors/alpha.md", "+++\ntitle = \"Alpha\"\ncity = [\"gamma\"]\nsize = \"small\"\n+++\n");
    snapshot!(diff(
        &site,
        &[
            "add",
            "actors",
            "Été \"neuf\"",
            "--field",
            "founded=2013",
            "--field",
            "tags=a",
            "--field",
            "tags=b",
            "--translate",
            "en"
        ]
    ));
    let (status, text) = run(&site, &["add", "actors", "Été"]);
    assert_eq!(status, 0, "{text}");
    let (_, text) = run(&site, &["check", "--format", "short"]);
    assert_eq!(text, "");
}

#[test]
fn a_change_as_json_has_edits_by_line_and_column() {
    let site = Site::new().file("content/about.md", "+++\ntitle = \"About\"\n+++\né 🧬 [[alpha]]\n");
    let output = site.run(&["rename", "actors/alpha", "actors/omicron", "--dry-run", "--format", "json"]);
    snapshot!(output.stdout);
    let output = site.run(&["remove", "actors/alpha", "--format", "json"]);
    assert_eq!(output.status, 1);
    let json: serde_json::Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(json["files"].as_array().unwrap().len(), 0);
    assert_eq!(json["diagnostics"][0]["code"], "still-referenced");
}

#[test]
fn a_name_that_means_several_things_is_not_renamed_for_one() {
    let site = Site::new()
        .fields("since = { kind = \"year\" }")
        .file("content/sources/_type.toml", "name = \"Source\"\ncitation = true\n[fields]\nsince = { kind = \"year\" }\n")
        .file("content/time.md", "+++\ntitle = \"Time\"\nview = { kind = \"timeline\", of = [\"actors\", \"sources\"], start = \"since\" }\n+++\n");
    let (status, text) = run(&site, &["rename", "actors.since", "actors.begin"]);
    assert_eq!(status, 1);
    snapshot!(text);
}

#[test]
fn names_that_programs_and_themes_may_use_are_pointed_out() {
    let site = Site::new()
        .fields("start = { kind = \"year\" }")
        .theme("own")
        .file("themes/own/theme.toml", "extends = \"plain\"\n")
        .file("themes/own/templates/actors.html", "{% extends \"entity.html\" %}\n{# shows \"start\" #}\n");
    let output = site.run(&["rename", "actors.start", "actors.begin", "--dry-run"]);
    assert_eq!(output.status, 0);
    snapshot!(output.stderr);
}

#[test]
fn keys_of_views_follow_a_rename() {
    let site = Site::new()
        .config("[warnings]\nmissing-translation = \"allow\"\nno-relations = \"allow\"\nno-source = \"allow\"")
        .file(
            "content/links/_type.toml",
            "name = \"Link\"\n[fields.within]\nto = \"links\"\nhierarchy = true\ninverse = { id = \"parts\", label = \"Parts\" }\n",
        )
        .file("content/links/one.toml", "title = \"One\"\n")
        .fields("links = { to = \"links\", inverse = { id = \"workers\", label = \"Workers\" }, attributes = { part = { kind = \"choice\", choices = { maker = \"Maker\" } }, sum = { kind = \"money\" } } }")
        .file("content/actors/alpha.md", "+++\ntitle = \"Alpha\"\nstatus = \"active\"\nlinks = [{ to = \"one\", part = \"maker\", sum = \"5 EUR\" }]\n+++\n")
        .file("content/a.md", "+++\ntitle = \"A\"\nview = { kind = \"chain\", of = \"links\", actors = \"actors\", by = \"links\", role = \"part\", show = [\"status\"] }\n+++\n")
        .file("content/b.md", "+++\ntitle = \"B\"\nview = { kind = \"tree\", of = \"links\", count = [\"workers\"] }\n+++\n")
        .file("content/c.md", "+++\ntitle = \"C\"\nview = { kind = \"flows\", of = \"actors\", relations = [\"links\"], amount = \"sum\" }\n+++\n")
        .file("content/d.md", "+++\ntitle = \"D\"\nview = { kind = \"network\", of = [\"actors\", \"links\"], by = \"status\", groups = [{ title = \"G\", values = [\"active\"] }], without = [\"within\"] }\n+++\n")
        .file("content/e.md", "+++\ntitle = \"E\"\nview = { kind = \"wall\", of = \"actors\", sections = \"links\", groups = \"status\" }\n+++\n");
    for (from, to) in [
        ("actors.links", "actors.segments"),
        ("actors.links.part", "actors.links.role"),
        ("actors.links.part.maker", "actors.links.part.producer"),
        ("actors.links.sum", "actors.links.price"),
        ("links.workers", "links.members"),
        ("links.within", "links.above"),
        ("actors.status", "actors.state"),
        ("actors.status.active", "actors.status.running"),
        ("links", "segments"),
    ] {
        there_and_back(&site, from, to);
    }
}

#[test]
fn the_fields_of_records_are_renamed() {
    let site = Site::new()
        .fields(
            "[fields.milestones]\nkind = \"record\"\nmany = true\nattributes = { as_of = { kind = \"year\" } }\n\
             [fields.milestones.fields]\ndate = { kind = \"date\", required = true }\n\
             stage = { kind = \"choice\", choices = { start = \"Start\", done = \"Done\" } }\n\
             [fields.audit]\nkind = \"record\"\nfields.date = { kind = \"date\" }\n",
        )
        .config("[warnings]\nmissing-translation = \"allow\"\nno-relations = \"allow\"")
        .file(
            "content/actors/alpha.md",
            "+++\ntitle = \"Alpha\"\naudit.date = 2019-01-01 # once\nmilestones = [\n  { date = 2016-05-09, stage = \"start\" }, # first\n  { value = { 'date' = 2018-02-01, stage = 'done' }, as_of = 2020 },\n]\n+++\n",
        )
        .file("content/actors/delta.toml", "title = \"Delta\"\n[[milestones]]\ndate = 2020-01-02\n# over\nstage = \"done\"\n")
        .file(
            "content/when.md",
            "+++\ntitle = \"When\"\nview = { kind = \"timeline\", of = \"actors\", start = \"milestones.date\" }\n+++\n",
        );
    snapshot!(diff(&site, &["rename", "actors.milestones.date", "actors.milestones.day"]));
    for (from, to) in [
        ("actors.milestones.date", "actors.milestones.day"),
        ("actors.milestones", "actors.steps"),
        ("actors.milestones.stage", "actors.milestones.phase"),
        ("actors.milestones.stage.done", "actors.milestones.stage.finished"),
        ("actors.audit.date", "actors.audit.day"),
    ] {
        there_and_back(&site, from, to);
    }
}

/// Events and projects with fields that views find by their usual names.
fn with_usual_names() -> Site {
    Site::new()
        .config("[warnings]\nmissing-translation = \"allow\"\nno-relations = \"allow\"\nno-source = \"allow\"")
        .file(
            "content/events/_type.toml",
            "name = \"Event\"\n[fields]\nstart = { kind = \"year\" }\nend = { kind = \"year\", label = \"End\" }\nvalue = { kind = \"integer\" }\n\
             [fields.payers]\nto = \"actors\"\n[fields.payers.attributes]\namount = { kind = \"money\", label = \"Sum\" }\nyear = { kind = \"year\", label = \"Year\" }\n",
        )
        .file("content/events/one.toml", "title = \"One\"\nstart = 2019\nend = 2020\nvalue = 5\npayers = [{ to = \"alpha\", amount = \"5 EUR\", year = 2020 }]\n")
        .theme("atlas")
        .file("content/sources/_type.toml", "name = \"Source\"\ncitation = true\n[fields]\nstart = { kind = \"year\" }\n")
        .file("content/a.md", "+++\ntitle = { fr = \"A\", en = \"A\" }\nview = { kind = \"timeline\", of = \"events\" } # all\n+++\n")
        .file("content/b.md", "+++\r\ntitle = { fr = \"B\", en = \"B\" }\r\n[view]\r\nkind = \"timeline\"\r\nof   = [\"events\", \"sources\"]\r\n+++\r\n")
        .file("content/c.md", "+++\ntitle = { fr = \"C\", en = \"C\" }\nview = { kind = \"flows\", of = \"events\", relations = [\"payers\"] }\n+++\n")
}

#[test]
fn a_view_keeps_what_it_found_by_a_usual_name() {
    let site = with_usual_names();
    let output = site.run(&["rename", "events.start", "events.begin", "--dry-run"]);
    snapshot!(format!("{}{}", output.stdout, output.stderr));
    for (from, to) in [
        ("events.end", "events.until"),
        ("events.payers.amount", "events.payers.sum"),
        ("events.payers.year", "events.payers.when"),
        // Another usual name is found as well.
        ("events.payers.year", "events.payers.date"),
    ] {
        let before = pages(&site);
        let (_, text) = run(&site, &["rename", from, to]);
        assert!(!text.contains("this finds"), "{text}");
        assert_eq!(pages(&site), before, "{from} to {to}");
        run(&site, &["rename", to, from]);
        fs::remove_dir_all(site.path("public")).unwrap();
        there_and_back(&site, from, to);
    }
    let output = site.run(&["rename", "events.value", "events.number", "--dry-run"]);
    snapshot!(output.stderr);
}

/// The pages with views of a site.
fn pages(site: &Site) -> Vec<String> {
    let output = site.run(&["build", "--force"]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    ["a", "b", "c"].map(|page| fs::read_to_string(site.path("public").join(page).join("index.html")).unwrap()).to_vec()
}

#[test]
fn an_entity_leaves_a_list_in_whatever_form_it_is_written() {
    let list = "# All.\n\n# The first one.\n[book] # old\ntitle = \"Book\" # its name\nparts = [\"x\",\n[\"y\"]]\n\n[book.remarks]\nfr = \"Voir [[book]] et [[sources/paper]].\"\n[paper]\ntitle = \"Paper\"\n[[book.steps]]\ndate = 2019-01-01\n";
    let fields = "remarks = { kind = \"markdown\" }\nsteps = { kind = \"record\", many = true, fields = { date = { kind = \"date\" } } }\n";
    let listed = |list: &str| {
        Site::new()
            .config("[warnings]\nmissing-translation = \"allow\"\nno-relations = \"allow\"\nno-source = \"allow\"")
            .fields(fields)
            .file("content/sources/_type.toml", format!("name = \"Source\"\n[fields]\n{fields}"))
            .file("content/sources/_list.toml", list)
            .file("content/sources/_list.en.toml", "book.title = \"The book\"\n")
            .file(
                "content/about.md",
                "+++\ntitle = \"About\"\n+++\n[[sources/book]] and [path](sources/_list.toml#book).\n",
            )
    };
    let list = list.replace("parts = [\"x\",\n[\"y\"]]\n", "");
    let site = listed(&list);
    snapshot!(diff(&site, &["move", "sources/book", "actors"]));
    let (status, text) = run(&site, &["move", "sources/book", "actors"]);
    assert_eq!(status, 0, "{text}");
    assert_eq!(site.short(), "");
    // Back again, it has a file.
    let (status, text) = run(&site, &["move", "actors/book", "sources"]);
    assert_eq!(status, 0, "{text}");

    let inline = "book = { title = \"Book\", remarks = { fr = \"[[sources/book]]\" }, steps = [{ date = 2019-01-01 }] }\npaper.title = \"Paper\"\n";
    let dotted = "book.title = \"Book\"\npaper.title = \"Paper\"\nbook.remarks.fr = \"a\" # dotted\n[[book.steps]]\ndate = 2019-01-01\n";
    for (list, left) in [(inline, "paper.title = \"Paper\"\n"), (dotted, "paper.title = \"Paper\"\n")] {
        let site = listed(list);
        let (status, text) = run(&site, &["move", "sources/book", "actors"]);
        assert_eq!(status, 0, "{text}");
        assert_eq!(fs::read_to_string(site.path("content/sources/_list.toml")).unwrap(), left);
        snapshot!(fs::read_to_string(site.path("content/actors/book.toml")).unwrap());
        let (status, text) = run(&listed(list), &["remove", "sources/book", "--unlink"]);
        assert_eq!(status, 0, "{text}");
    }
}

#[test]
fn tables_with_headers_and_labels_are_merged() {
    let site = Site::new()
        .config("[warnings]\nmissing-translation = \"allow\"\nno-relations = \"allow\"\nno-source = \"allow\"")
        .fields(
            "milestones = { kind = \"record\", many = true, fields = { date = { kind = \"date\" }, note = { kind = \"text\" } } }\n\
             audit = { kind = \"record\", fields = { date = { kind = \"date\" } } }\n\
             review = { kind = \"record\", fields = { date = { kind = \"date\" } } }\n\
             since = { kind = \"period\" }\n\
             friends = { to = \"actors\", to_itself = true, inverse = { id = \"admirers\", label = \"A\" }, attributes = { since = { kind = \"year\" } } }",
        )
        .file("content/actors/alpha.md", "+++\ntitle = \"Alpha\"\nsince.from = 2019 # dotted\n\n# Those that count.\n[[milestones]]\ndate = 2016-05-09\n\n[[friends]]\nto = \"delta\"\n\n[audit]\ndate = 2020-01-01\n+++\nOne.[^1] See [it][r].\n\n[^1]: The first.\n\n[r]: delta.toml\n")
        .file(
            "content/actors/epsilon.md",
            "+++\ntitle = \"Epsilon\"\nmilestones = [{ date = 2016-05-09 }, { date = 2018-03-06, note = \"x\" }]\nreview.date = 2001-01-01\n[since]\nfrom = 2020\n[[friends]] # a friend\nto = \"alpha\"\nsince = 2019\n[[friends]]\nto = \"zeta\"\nsince = 2020\n[audit]\ndate = 2021-01-01 # late\n+++\nTwo.[^1] Three.[^note] See [r], [that][r], [r][] and `[^1]`.\n\n[^1]: The second, with [r].\n[^note]: Own.\n\n[r]: zeta.toml\n",
        )
        .file("content/actors/delta.toml", "title = \"Delta\"\n")
        .file("content/actors/zeta.toml", "title = \"Zeta\"\nfriends = [{ to = \"epsilon\" }]\n");
    let (status, text) = run(&site, &["merge", "actors/epsilon", "actors/alpha"]);
    assert_eq!(status, 1);
    snapshot!(text);
    snapshot!(diff(&site, &["merge", "actors/epsilon", "actors/alpha", "--keep", "from"]));
    // The other way round.
    snapshot!(diff(&site, &["merge", "actors/alpha", "actors/epsilon", "--keep", "into"]));
    let (status, text) = run(&site, &["merge", "actors/alpha", "actors/epsilon", "--keep", "from"]);
    assert_eq!(status, 0, "{text}");
    assert_eq!(site.short(), "");
}

/// A site whose actors `epsilon`, with translations, and `delta`, in a list, are the same one.
fn translated() -> Site {
    Site::new()
        .config("[warnings]\nmissing-translation = \"allow\"\nno-relations = \"allow\"\nno-source = \"allow\"")
        .fields("motto = { kind = \"text\", label = \"Motto\" }\ntags = { kind = \"text\", many = true, label = \"Tags\" }")
        .file(
            "content/actors/epsilon.md",
            "+++\ntitle = \"Epsilon\"\nsummary = \"Un acteur.\"\naliases = { fr = [\"Eps\"], en = [\"Epsy\"] }\nkeywords = [\"profond\"]\nmotto = \"Oser\"\ntags = [\"un\", \"deux\"]\nimage = { src = \"logo.gif\", alt = \"Sa marque\" }\n+++\nDe la prose, avec [[delta]] et [un lien](_list.toml#alphabet).\n",
        )
        .file(
            "content/actors/epsilon.en.md",
            "+++\ntitle = \"Epsilon Ltd\"\nsummary = \"An actor.\"\nmotto = \"Dare\"\ntags = [\"one\", \"two\"]\nimage = { alt = \"Its mark\" }\nkeywords = [\"deep\"]\n+++\nSome prose.\n",
        )
        .file("content/actors/logo.gif", crate::harness::PICTURE)
        .file(
            "content/actors/_list.toml",
            "# All that are short.\n[alphabet]\ntitle = \"Alphabet\"\n\n# Its twin.\n[delta]\ntitle = \"Delta\" # the name\ntags = [\"deux\", \"trois\"]\n\n[omega]\ntitle = \"Omega\"\npeers = [\"delta\"]\n",
        )
        .file("content/about.md", "+++\ntitle = \"About\"\n+++\n[It](actors/_list.toml#delta) and [the twin](actors/epsilon.md).\n")
}

#[test]
fn an_entity_of_a_list_gets_a_file_for_the_prose_that_is_merged_into_it() {
    let site = translated();
    snapshot!(diff(&site, &["merge", "actors/epsilon", "actors/delta"]));
    let (status, text) = run(&site, &["merge", "actors/epsilon", "actors/delta"]);
    assert_eq!(status, 0, "{text}");
    assert_eq!(site.short(), "");
}

#[test]
fn texts_of_translations_are_merged_by_language() {
    // Into a translation, into one that is prose only, into texts by language, and into a list that has no translation.
    for (name, original, translation) in [
        (
            "own",
            "tags = [\"deux\"]\nsummary = \"Un autre.\"",
            "+++\ntitle = \"Alpha\"\ntags = [\"TWO\"]\nsummary = \"Another.\"\naliases = [\"A\"]\n+++\nAlpha.\n",
        ),
        ("prose", "motto = \"Oser\"", "English.\n"),
        ("empty", "image = { src = \"other.gif\", alt = \"Autre\" }", "+++\n+++\nEnglish.\n"),
        ("language", "motto = { fr = \"Essayer\" }\naliases = { fr = [\"Al\"] }\nsummary = \"Un acteur.\"", ""),
    ] {
        let mut site = translated()
            .facts(original)
            .file("content/actors/other.gif", crate::harness::PICTURE)
            .file("content/actors/epsilon.md", "+++\ntitle = \"Epsilon\"\nsummary = { fr = \"Un acteur.\", en = \"An actor.\" }\naliases = { fr = [\"Eps\"], en = [\"Epsy\"] }\nmotto = \"Oser\"\ntags = [\"un\", \"deux\"]\nimage = { src = \"logo.gif\", alt = \"Sa marque\" }\n+++\n")
            .file("content/actors/epsilon.en.md", "+++\ntitle = \"Epsilon Ltd\"\nmotto = \"Dare\"\ntags = [\"one\", \"two\"]\nimage = { alt = \"Its mark\" }\n+++\n");
        if !translation.is_empty() {
            site = site.file("content/actors/alpha.en.md", translation);
        }
        assert_eq!(site.short(), "", "{name}");
        let (status, text) = run(&site, &["merge", "actors/epsilon", "actors/alpha", "--dry-run"]);
        let kept: Vec<String> = ["into", "from"]
            .iter()
            .map(|keep| diff(&site, &["merge", "actors/epsilon", "actors/alpha", "--keep", keep]))
            .collect();
        insta::with_settings!({ omit_expression => true, snapshot_suffix => name }, {
            insta::assert_snapshot!(format!("{status}\n{text}\n# --keep into\n{}\n# --keep from\n{}", kept[0], kept[1]));
        });
        let (status, text) = run(&site, &["merge", "actors/epsilon", "actors/alpha", "--keep", "from"]);
        assert_eq!(status, 0, "{text}");
        assert_eq!(site.short(), "", "{name}");
    }
}

#[test]
fn a_list_keeps_what_is_merged_into_an_entity_of_it_although_all_that_it_had_goes() {
    let site = translated()
        .file(
            "content/actors/_list.toml",
            "[alphabet]\ntitle = \"Alphabet\"\n[delta]\ntitle = \"Delta\"\npeers = [\"alphabet\"]\n",
        )
        .file("content/actors/_list.en.toml", "[alphabet]\naliases = [\"ABC\"]\n")
        .file("content/about.md", "+++\ntitle = \"About\"\n+++\n")
        .file("content/actors/epsilon.md", "+++\ntitle = \"Epsilon\"\n+++\n")
        .without("content/actors/epsilon.en.md");
    let (status, text) = run(&site, &["merge", "actors/alphabet", "actors/delta"]);
    assert_eq!(status, 0, "{text}");
    let list = fs::read_to_string(site.path("content/actors/_list.en.toml")).unwrap();
    assert_eq!(list.trim(), "[delta]\naliases = [\"Alphabet\", \"ABC\"]");
    assert_eq!(site.short(), "");
}

#[test]
fn an_entity_of_a_list_moves_to_a_file_of_its_own() {
    let site = translated().file("content/actors/_list.en.toml", "[delta]\nsummary = \"A letter.\"\n");
    snapshot!(diff(&site, &["move", "actors/delta", "actors"]));
    assert_eq!(diff(&site, &["move", "actors/epsilon", "actors"]), "");
    let (status, text) = run(&site, &["move", "actors/delta", "actors"]);
    assert_eq!(status, 0, "{text}");
    assert_eq!(site.short(), "");
}

#[cfg(unix)]
#[test]
fn a_journal_that_came_with_a_site_touches_nothing_outside_its_content() {
    let outside = tempfile::tempdir().unwrap();
    let victim = outside.path().join("victim");
    let journal = ".filiere-change/journal.json";
    let up = format!("{}{}", "../".repeat(30), victim.display());
    let absolute = victim.display().to_string();
    let hostile = [
        format!(r#"[{{"delete":"{up}"}}]"#),
        format!(r#"[{{"delete":"{absolute}"}}]"#),
        r#"[{"delete":"out/victim"}]"#.to_owned(),
        r#"[{"move":["content/actors/alpha.md","out/victim"]}]"#.to_owned(),
        r#"[{"write":[".git/hooks/post-commit",0]}]"#.to_owned(),
        r#"[{"write":["content/../../x",0]}]"#.to_owned(),
        "[".to_owned(),
    ];
    for text in hostile {
        std::fs::write(&victim, "kept").unwrap();
        let site = Site::new().file(journal, &text).file(".filiere-change/0", "#!/bin/sh\n").file(".git/hooks/x", "");
        std::os::unix::fs::symlink(outside.path(), site.path("out")).unwrap();
        let before = files(&site);
        let output = site.run(&["check"]);
        assert_eq!(output.status, 2, "{text}: {}", output.stderr);
        assert!(output.stderr.contains("remove .filiere-change"), "{text}: {}", output.stderr);
        assert_eq!(files(&site), before, "{text}");
        assert_eq!(std::fs::read_to_string(&victim).unwrap(), "kept", "{text}");
    }
}

#[test]
fn what_the_menu_names_is_renamed_there() {
    let menu = "menu = [{ to = \"actors\", where = { status = \"active\", owners = [\"alpha\"] } }, { label = \"More\", items = [{ to = \"about\", label = \"Us\" }] }]";
    let fields = "owners = { to = \"actors\", facet = true, inverse = { id = \"owned\" } }\n";
    let site = || {
        let site = Site::new().config(menu).fields(fields).file("content/about.md", "+++\ntitle = \"About\"\n+++\n");
        let types = fs::read_to_string(site.path("content/actors/_type.toml")).unwrap();
        let types = types.replace("kind = \"choice\"", "kind = \"choice\", facet = true");
        site.file("content/actors/_type.toml", types)
    };
    for (arguments, was, is) in [
        (["rename", "actors/alpha", "actors/omega"], "[\"alpha\"]", "[\"omega\"]"),
        (["rename", "actors", "companies"], "to = \"actors\"", "to = \"companies\""),
        (["rename", "page:about", "page:us"], "to = \"about\"", "to = \"us\""),
        (["rename", "actors.status", "actors.state"], "{ status =", "{ state ="),
        (["rename", "actors.status.active", "actors.status.running"], "\"active\"", "\"running\""),
    ] {
        let site = site();
        let (status, printed) = run(&site, &arguments);
        assert_eq!(status, 0, "{printed}");
        let config = fs::read_to_string(site.path("site.toml")).unwrap();
        assert!(config.contains(&menu.replacen(was, is, 1)), "{config}");
    }
}
