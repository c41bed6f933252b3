//! The index of the full-text search: where it is, when it is built, and that the same pages give the same index.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use filiere::compile::{self, Request};
use filiere::model::Today;
use filiere::render::Searchable;
use filiere::source::Disk;
use serde_json::Value;

use crate::browser::Running;
use crate::harness::{Built, Site, files_in};

const ALPHA: &str = "content/actors/alpha.md";
const ENTRY: &str = "/search-index/fr/pagefind-entry.json";

const OTHER_PATH: &str = "title = { fr = \"Portail\", en = \"Portal\" }\nbase_url = \"https://example.org/portal\"\nlanguages = [\"fr\", \"en\"]\ntheme = \"own\"\n";

/// The small site with a theme that has a search and prints `site.search`.
fn site() -> Site {
    let page = "{% extends \"plain/page.html\" %}\n{% block main %}search: {% if site.search %}{{ site.search.parts | join(sep=\" \") }} at {{ site.search.page }}{% else %}none{% endif %}.{% endblock main %}\n";
    Site::new()
        .template("page.html", page)
        .file("themes/own/theme.toml", "extends = \"plain\"\nsearch = true\n")
        .file("content/find.md", "+++\ntitle = \"Chercher\"\nview = { kind = \"search\" }\n+++\n")
        .file("content/find.en.md", "+++\ntitle = \"Find\"\n+++\n")
}

fn alpha(title: &str, words: &str) -> String {
    format!("+++\ntitle = \"{title}\"\naliases = [\"Prométhée\"]\n+++\n{words}\n")
}

/// The files of the index, by their path below `search-index`.
fn index(built: &Built) -> BTreeMap<PathBuf, Vec<u8>> {
    let root = built.site.path("public/search-index");
    let files = files_in(&root).into_iter();
    files.map(|(path, bytes)| (path.strip_prefix(&root).unwrap().to_owned(), bytes)).collect()
}

fn names(built: &Built) -> Vec<String> {
    let path = |path: &PathBuf| path.iter().map(|part| part.to_str().unwrap()).collect::<Vec<_>>().join("/");
    index(built).keys().map(path).collect()
}

#[test]
fn each_language_has_an_index_with_no_more_than_a_search_needs() {
    let built = site().build();
    let names = names(&built);
    for lang in ["fr", "en"] {
        let entry = built.json(&format!("/search-index/{lang}/pagefind-entry.json"));
        let languages = entry["languages"].as_object().unwrap();
        assert_eq!(languages.keys().collect::<Vec<_>>(), [lang]);
        // Three entities and the first pages of three indexes; neither the home page nor the search itself.
        assert_eq!(languages[lang]["page_count"], 6);
        let of_lang = names.iter().filter_map(|name| name.strip_prefix(&format!("{lang}/")));
        let fixed: Vec<&str> = of_lang.filter(|name| !name.contains(&format!("{lang}_"))).collect();
        let wasm = format!("wasm.{lang}.pagefind");
        let all = ["names.json", "pagefind-entry.json", "pagefind-worker.js", "pagefind.js", "summaries/0.json", &wasm];
        assert_eq!(fixed, all);
        assert!(names.iter().any(|name| name.starts_with(&format!("{lang}/fragment/"))));
    }
}

#[test]
fn a_language_without_stems_is_searched_by_whole_words() {
    let site = site().file(
        "site.toml",
        "title = \"ポータル\"\nbase_url = \"https://example.org\"\nlanguages = [\"ja\"]\ntheme = \"own\"\n",
    );
    let site = site
        .without("content/find.en.md")
        .file("content/find.md", "+++\ntitle = \"検索\"\nview = { kind = \"search\" }\n+++\n");
    let site = ["actors", "projects", "sources"].into_iter().fold(site, |site, entity_type| {
        site.without(&format!("content/{entity_type}"))
            .file(&format!("content/{entity_type}/_type.toml"), "name = \"x\"\nplural = \"x\"\n")
    });
    let built = site.file("content/actors/alpha.toml", "title = \"アルファ\"\n").build();
    assert!(built.has("/search-index/ja/wasm.unknown.pagefind"));
}

#[test]
fn templates_know_where_the_index_is() {
    let site = site().file("site.toml", OTHER_PATH);
    let built = site
        .file("content/about.md", "+++\ntitle = \"À propos\"\n+++\n")
        .file("content/about.en.md", "+++\ntitle = \"About\"\n+++\n")
        .build();
    assert!(built.page("/about/").contains("search: /portal/search-index/fr/ at /portal/find/."));
    assert!(built.page("/en/about/").contains("search: /portal/search-index/en/ at /portal/en/find/."));
}

/// The record of a page in the search index.
fn searchable(site: &Site, path: &str) -> Searchable {
    let today = Today::new(jiff::civil::date(2026, 1, 16)).unwrap();
    let request = Request { base_url: None, drafts: false, search: true, today };
    let outcome = compile::compile(Arc::new(Disk::new(site.path(""))), &request, &mut |_| {}).unwrap();
    let compiled = outcome.compiled.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics));
    compiled.renderer.searchable(compiled.site.find(path).expect("there is no such page"))
}

#[test]
fn a_page_is_found_by_all_that_it_says() {
    let profile = "+++\ntitle = \"Alpha\"\nsummary = \"En bref.\"\naliases = [\"Prométhée\"]\nstatus = \"active\"\nfounded = 2015\nnotes = \"*Une* note\"\npeers = [\"delta\"]\nsize = \"big\"\n+++\nDu texte[[gamma|p. 3]] sur [[delta|un **pair**]] &amp; [[beta]].[^n]\n\n[^n]: Une remarque.\n";
    let site = site()
        .fields("size = { kind = \"choice\", facet = true, label = { fr = \"Taille\" }, choices = { big = { fr = \"Grande\" } } }")
        .file(ALPHA, profile)
        .file("content/actors/delta.md", "+++\ntitle = \"Delta\"\n+++\n");
    let alpha = searchable(&site, "/acteurs/alpha/");
    assert_eq!((&*alpha.title, &*alpha.entity_type, alpha.citation), ("Alpha", "actors", false));
    assert_eq!((alpha.aliases, alpha.categories), (vec![String::from("Prométhée")], vec![String::from("Grande")]));
    snapshot!(alpha.text);
    assert!(searchable(&site, "/sources/gamma/").citation);
}

#[test]
fn a_number_is_found_with_its_unit() {
    let site = site()
        .fields("percent = { kind = \"number\", unit = \"%\", label = { fr = \"Part\", en = \"Share\" } }\nheadcount = { kind = \"integer\", unit = { fr = \"personnes\", en = \"people\" }, label = { fr = \"Effectif\", en = \"Staff\" } }")
        .file(ALPHA, "+++\ntitle = \"Alpha\"\npercent = 12.5\nheadcount = 12000\n+++\n");
    let words = |path: &str| searchable(&site, path).text.replace(['\u{a0}', '\u{202f}'], " ");
    assert_eq!(words("/acteurs/alpha/"), "Part : 12,5 %. Effectif : 12 000 personnes.");
    assert_eq!(words("/en/actors/alpha/"), "Share: 12.5%. Staff: 12,000 people.");
}

#[test]
fn a_hidden_field_is_not_searched() {
    let site = site()
        .fields("rank = { kind = \"integer\", hidden = true, label = { fr = \"Rang\" } }\n[fields.owners]\nto = \"actors\"\ninverse = { id = \"owned\" }\nattributes.weight = { kind = \"integer\", hidden = true, label = { fr = \"Poids\" } }\nattributes.share = { kind = \"integer\", label = { fr = \"Part\" } }")
        .file(ALPHA, "+++\ntitle = \"Alpha\"\nrank = 4711\nowners = [{ to = \"delta\", weight = 815, share = 30 }]\n+++\n")
        .file("content/actors/delta.md", "+++\ntitle = \"Delta\"\n+++\n");
    assert_eq!(searchable(&site, "/acteurs/alpha/").text, "owners\u{202f}: Delta (30).");
}

#[test]
fn a_value_is_found_by_its_attributes() {
    let attributes = "attributes = { as_of = { kind = \"date\" }, inferred = { kind = \"boolean\", label = { fr = \"Déduit\", en = \"Inferred\" } } }";
    let site = Site::new()
        .fields(&format!("state = {{ kind = \"text\", label = {{ fr = \"État\", en = \"State\" }}, {attributes} }}"))
        .facts("state = { value = \"Actif\", as_of = \"2022-06\", inferred = true }");
    let text = searchable(&site, "/en/actors/alpha/").text;
    assert!(text.contains("State: Actif (June 2022, Inferred)."), "{text}");
}

#[test]
fn an_entity_without_a_page_is_found_on_the_index() {
    let site = site()
        .file("content/levels/_type.toml", "name = \"Niveau\"\npages = false\nfields.rank.kind = \"integer\"\n")
        .file(
            "content/levels/a.toml",
            "title = \"Bac à sable\"\naliases = [\"Essai\"]\nsummary = \"Le début.\"\nrank = 1\n",
        );
    assert_eq!(searchable(&site, "/levels/").text, "Bac à sable, Essai. Le début. rank\u{202f}: 1.");
}

#[test]
fn what_is_found_has_its_whole_path() {
    let site = site().file("site.toml", OTHER_PATH);
    assert_eq!(searchable(&site, "/en/actors/alpha/").url, "/portal/en/actors/alpha/");
}

#[test]
fn keywords_are_searched_in_all_languages_and_shown_nowhere() {
    let site = site()
        .theme("atlas")
        .file("content/find.md", "+++\ntitle = \"Chercher\"\nkeywords = { fr = [\"dénicher\"], en = [\"spotting\"] }\nview = { kind = \"search\" }\n+++\n")
        .file("content/actors/_index.md", "+++\nkeywords = [\"sociétaires\"]\n+++\n")
        .file("content/actors/_list.toml", "[delta]\ntitle = \"Delta\"\nkeywords = [\"embouchure\"]\npeers = [\"alpha\"]\n")
        .file(ALPHA, "+++\ntitle = \"Alpha\"\nkeywords = [\"débutant\"]\n+++\nLa première.\n")
        .file("content/actors/alpha.en.md", "+++\nkeywords = [\"beginner\"]\n+++\nThe first.\n");
    let keywords = |path: &str| searchable(&site, path).keywords;
    assert_eq!(keywords("/acteurs/alpha/"), ["débutant", "beginner"]);
    assert_eq!(keywords("/en/actors/alpha/"), ["débutant", "beginner"]);
    assert_eq!(keywords("/find/"), ["dénicher", "spotting"]);
    assert_eq!(keywords("/acteurs/"), ["sociétaires"]);
    let built = site.build();
    let names = built.json("/search-index/fr/names.json");
    let alpha = names["names"].as_array().unwrap().iter().find(|page| page[2] == "Alpha").unwrap();
    assert_eq!(alpha[5], serde_json::json!(["débutant", "beginner"]));
    for (path, bytes) in crate::harness::files_in(&built.site.path("public")) {
        let text = String::from_utf8_lossy(&bytes);
        let is_shown =
            ["dénicher", "sociétaires", "embouchure", "débutant", "beginner"].iter().any(|it| text.contains(it));
        let is_searched =
            path.components().any(|part| ["search-index", "index"].iter().any(|it| part.as_os_str() == *it));
        assert!(!is_shown || is_searched, "{}", path.display());
    }
}

#[test]
fn keywords_are_a_list_of_texts() {
    shows!(
        Site::new()
            .facts("keywords = [\"a\", 1]")
            .file("content/about.md", "+++\ntitle = \"About\"\nkeywords = \"a\"\n+++\n")
    );
}

#[test]
fn the_names_of_pages_are_in_a_file_and_their_summaries_in_others() {
    let profile = |number: usize| format!("title = \"Acteur {number}\"\n");
    let site = (0..60).fold(site(), |site, n| site.file(&format!("content/actors/a{n:02}.toml"), profile(n)));
    let built = site
        .file("site.toml", OTHER_PATH)
        .file("content/actors/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file(ALPHA, "+++\ntitle = \"Alpha\"\nimage = { src = \"logo.svg\", alt = \"Logo\" }\nsummary = \"En bref.\"\naliases = [\"Prométhée\"]\n+++\n")
        .build();
    let names = built.json("/search-index/fr/names.json");
    assert_eq!(names["types"], serde_json::json!(["actors", "projects", "sources"]));
    let pages = names["names"].as_array().unwrap();
    let position = pages.iter().position(|page| page[2] == "Alpha").unwrap();
    assert_eq!(pages[position], serde_json::json!(["/portal/acteurs/alpha/", 0, "Alpha", ["Prométhée"], [], []]));
    let indexes =
        |lang: &str| built.json(&format!("/search-index/{lang}/names.json"))["names"].as_array().unwrap().clone();
    let foreign = |lang: &str| {
        indexes(lang).iter().find(|page| page[2] == "Projets" || page[2] == "Projects").unwrap()[4].clone()
    };
    assert_eq!([foreign("fr"), foreign("en")], [serde_json::json!(["Projects"]), serde_json::json!(["Projets"])]);
    let titles: Vec<&str> = pages.iter().map(|page| page[2].as_str().unwrap()).collect();
    assert!(titles.contains(&"Beta") && titles.contains(&"Sources"), "other types, and the indexes: {titles:?}");
    assert!(!titles.contains(&"Gamma"), "a source is not found by its name");
    let summaries = |number: usize| built.json(&format!("/search-index/fr/summaries/{number}.json"));
    let file = position / usize::try_from(names["summaries"].as_u64().unwrap()).unwrap();
    assert_eq!(
        summaries(file)["/portal/acteurs/alpha/"],
        serde_json::json!(["En bref.", [], "/portal/actors/logo.svg"])
    );
    assert_eq!((0..2).map(|number| summaries(number).as_object().unwrap().len()).sum::<usize>(), pages.len());
}

#[test]
fn there_is_no_index_without_a_theme_that_searches_it_nor_with_no_search() {
    assert!(!Site::new().build().site.path("public/search-index").exists());
    let site = site()
        .file("content/about.md", "+++\ntitle = \"À propos\"\n+++\n")
        .file("content/about.en.md", "+++\ntitle = \"About\"\n+++\n");
    let run = site.run(&["build", "--no-search"]);
    assert_eq!(run.status, 0, "{run}");
    assert!(!site.path("public/search-index").exists());
    assert!(fs::read_to_string(site.path("public/about/index.html")).unwrap().contains("search: none."));
}

#[test]
fn the_same_pages_give_the_same_index() {
    let many = || {
        let actors = (0..60).map(|number| {
            (number, alpha(&format!("Acteur {number}"), &format!("Des mots à trouver, numéro {number}.")))
        });
        actors.fold(site(), |site, (number, text)| site.file(&format!("content/actors/a{number}.md"), text))
    };
    let first = index(&many().build());
    for threads in ["1", "4"] {
        let site = many();
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_filiere"))
            .arg("build")
            .current_dir(site.path(""))
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .unwrap();
        assert!(run.status.success(), "{run:?}");
        assert!(first == index(&Built { site }), "with {threads} threads the index is another one");
    }
}

#[test]
fn nothing_else_may_be_where_the_index_is() {
    let site = Site::new().file("content/search-index/note.txt", "…");
    assert_eq!(site.places(), ["content/search-index/note.txt:1:1 url-conflict"]);
    let site = Site::new().file("content/search-index.md", "+++\ntitle = { fr = \"Index\", en = \"Index\" }\n+++\n");
    assert_eq!(site.places(), ["content/search-index.md:1:1 url-conflict"]);
}

#[test]
fn the_preview_makes_the_index_when_it_is_asked_for() {
    let preview = site().file(ALPHA, alpha("Alpha", "Du texte.")).serve();
    let pages = |preview: &crate::browser::Preview| {
        let entry: Value = serde_json::from_str(&preview.get(ENTRY).body).unwrap();
        entry["languages"]["fr"].clone()
    };
    let first = pages(&preview);
    assert_eq!(first["page_count"], 6);
    let meta = format!("/search-index/fr/pagefind.{}.pf_meta", first["hash"].as_str().unwrap());
    assert_eq!(preview.get(&meta).status, 200);
    let script = preview.get("/search-index/fr/pagefind.js");
    assert_eq!(script.header("content-type"), Some("text/javascript; charset=utf-8"));
    assert_eq!(preview.get("/search-index/fr/fragment/fr_0000000.pf_fragment").status, 404);
    assert!(!preview.get("/search-index/fr/names.json").body.contains("Delta"));

    preview.site.write("content/actors/delta.md", "+++\ntitle = \"Delta\"\n+++\n");
    preview.until_says("/acteurs/delta/", "Delta");
    assert!(preview.get("/search-index/fr/names.json").body.contains("Delta"), "names are those of the newest index");
    assert_eq!(pages(&preview)["page_count"], 7);
    assert_eq!(preview.get(&meta).status, 200, "a tab that searches in the earlier index still can");
}

#[test]
fn many_who_ask_at_once_get_the_same_index() {
    let preview = site().serve();
    thread::scope(|scope| {
        let asked: Vec<_> = (0..8).map(|_| scope.spawn(|| preview.get(ENTRY).body)).collect();
        let answers: Vec<String> = asked.into_iter().map(|asked| asked.join().unwrap()).collect();
        assert!(answers.iter().all(|answer| *answer == answers[0]));
    });
}

#[test]
fn build_watch_keeps_the_index_up_to_date() {
    let site = site().file(ALPHA, alpha("Alpha", "Du texte.")).file("content/photo.svg", "<svg/>");
    let running = Running::start(&site.path(""), &["build", "--watch"]);
    running.wait_for("files written");
    let entry = site.path(format!("public{ENTRY}"));
    let (first, written) = (fs::read_to_string(&entry).unwrap(), fs::metadata(&entry).unwrap().modified().unwrap());
    site.write("content/photo.svg", "<svg></svg>");
    running.wait_for("content/photo.svg changed: ");
    assert_eq!(fs::metadata(&entry).unwrap().modified().unwrap(), written, "the pages say what they said");
    site.write(ALPHA, alpha("Alpha", "D’autres mots."));
    running.wait_for("content/actors/alpha.md changed: ");
    assert_ne!(fs::read_to_string(&entry).unwrap(), first);
    let fragments = || fs::read_dir(site.path("public/search-index/fr/fragment")).unwrap().count();
    assert_eq!(fragments(), 6, "what belonged to the earlier index is gone");
}

#[test]
fn an_index_of_the_same_texts_is_taken_over_from_the_last_build() {
    let built = site().file(ALPHA, alpha("Alpha", "Un texte.")).build();
    let whole = index(&built);
    let names = built.site.path("public/search-index/fr/names.json");
    let (text, written) = (fs::read_to_string(&names).unwrap(), fs::metadata(&names).unwrap().modified().unwrap());
    // A file that is written with another text at the same time tells an index that is taken over from one that is made again.
    let other = text.replacen("Alpha", "Aleph", 1);
    fs::write(&names, &other).unwrap();
    fs::File::options().write(true).open(&names).unwrap().set_modified(written).unwrap();
    let again = built.site.build();
    assert_eq!(fs::read_to_string(&names).unwrap(), other);
    fs::write(&names, "[]").unwrap();
    let mended = again.site.build();
    assert_eq!(index(&mended), whole);
    let changed = mended.site.file(ALPHA, alpha("Alpha", "Un autre texte.")).build();
    assert_ne!(index(&changed), whole);
}

/// The output folder and the notes may have come with the site, from somebody else.
#[test]
fn an_index_that_this_machine_did_not_make_is_not_taken_over() {
    let built = site().file(ALPHA, alpha("Alpha", "Un texte.")).build();
    let whole = index(&built);
    let script = built.site.path("public/search-index/fr/pagefind.js");
    let (bytes, times) = (fs::read_to_string(&script).unwrap(), fs::metadata(&script).unwrap().modified().unwrap());
    // The same size and the same time, as an archive can have them.
    fs::remove_file(&script).unwrap();
    fs::write(&script, bytes.replacen("const", "evil!", 1)).unwrap();
    fs::File::options().write(true).open(&script).unwrap().set_modified(times).unwrap();
    assert_eq!(index(&built.site.build()), whole);
}

#[cfg(unix)]
#[test]
fn notes_are_not_written_through_a_symbolic_link() {
    let site = site().file("outside.txt", "It stays.");
    std::os::unix::fs::symlink(site.path("outside.txt"), site.path(".public.filiere-notes")).unwrap();
    let built = site.build();
    assert_eq!(fs::read_to_string(built.site.path("outside.txt")).unwrap(), "It stays.");
    assert!(!built.site.path(".public.filiere-notes").is_symlink());
}

/// The folder may have come with the site, from somebody else.
#[cfg(unix)]
#[test]
fn an_index_with_a_symbolic_link_in_it_is_not_taken_over() {
    let built = site().file(ALPHA, alpha("Alpha", "Un texte.")).build();
    let (inside, outside) = (built.site.path("public/search-index/fr/names.json"), built.site.path("outside.json"));
    fs::rename(&inside, &outside).unwrap();
    std::os::unix::fs::symlink(&outside, &inside).unwrap();
    let again = built.site.build();
    assert!(!again.site.path("public/search-index/fr/names.json").is_symlink());
}
