//! `filiere serve`: the real server on a folder that changes.

use std::fs;
use std::net::TcpListener;

use crate::browser::{Preview, Running};
use crate::harness::Site;

const ALPHA: &str = "content/actors/alpha.md";

fn alpha(title: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n+++\n")
}

/// A theme of the site's own, with a style sheet.
fn with_style() -> Site {
    Site::new().template("page.html", "{% extends \"plain/page.html\" %}").file("themes/own/static/style.css", "p {}")
}

// ---- Starting ----

#[test]
fn it_says_where_it_is_and_in_which_state() {
    let preview = Site::new().serve();
    let printed = preview.running.printed();
    assert!(printed.contains("14 pages (7 × 2 languages)"), "{printed}");
    assert!(printed.contains(&format!("Preview: http://127.0.0.1:{}/   (Ctrl-C ends it)", preview.port)), "{printed}");
}

#[test]
fn a_port_that_is_taken_gives_way_to_the_next() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let preview = Site::new().serve_with(&["--port", &port.to_string()]);
    assert!(preview.port > port);
    assert!(preview.running.printed().contains(&format!("port {port} is taken")), "{}", preview.running.printed());
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn without_a_site_it_does_not_start() {
    let run = Site::empty().run(&["serve"]);
    assert_eq!(run.status, 2);
    snapshot!(run.stderr);
}

#[test]
fn a_host_that_is_not_here_is_refused() {
    let run = Site::new().run(&["serve", "--host", "192.0.2.1"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("can't listen on 192.0.2.1 at port 4400"), "{run}");
}

#[test]
fn listening_for_everyone_is_warned_of() {
    let preview = Site::new().serve_with(&["--port", "0", "--host", "0.0.0.0"]);
    preview.running.wait_for("warning: everyone who can reach this machine");
    assert!(preview.running.printed().contains("Preview: http://127.0.0.1:"), "an address that can be opened");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_and_leaves_nothing_behind() {
    let mut preview = Site::new().serve();
    let _tab = preview.open("/");
    assert_eq!(preview.running.interrupt(), 0);
    let mut names: Vec<_> =
        fs::read_dir(preview.site.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["content", "site.toml"]);
}

// ---- Changes ----

#[test]
fn a_profile_that_changes_is_seen_on_its_page_and_on_those_that_name_it() {
    let preview = Site::new().serve();
    preview.site.write(ALPHA, alpha("Omega"));
    preview.until_says("/acteurs/alpha/", "Omega");
    for path in ["/acteurs/", "/en/actors/", "/projets/beta/", "/data/actors.csv", "/data/ecosystem.json"] {
        assert!(preview.get(path).body.contains("Omega"), "{path}");
    }
}

#[test]
fn a_new_alias_makes_links_on_other_pages() {
    let types = "name = { fr = \"Terme\", en = \"Term\" }\nautolink = true\n";
    let site =
        Site::new().file("content/terms/_type.toml", types).file("content/terms/cell.toml", "title = \"Cellule\"\n");
    let preview = site.prose("Une bactérie.").serve();
    assert!(!preview.get("/acteurs/alpha/").body.contains("/terms/cell/"));
    preview.site.write("content/terms/cell.toml", "title = \"Cellule\"\naliases = [\"Bactéries\"]\n");
    preview.until_says("/acteurs/alpha/", "<a href=\"/terms/cell/\" class=\"terms auto\">bactérie</a>");
}

#[test]
fn a_file_that_is_new_renamed_and_deleted() {
    let preview = Site::new().serve();
    preview.site.write("content/actors/delta.md", alpha("Delta"));
    preview.until_says("/acteurs/delta/", "Delta");
    fs::rename(preview.site.path("content/actors/delta.md"), preview.site.path("content/actors/epsilon.md")).unwrap();
    preview.until_says("/acteurs/epsilon/", "Delta");
    assert_eq!(preview.get("/acteurs/delta/").status, 404);
    fs::remove_file(preview.site.path("content/actors/epsilon.md")).unwrap();
    preview.until(|preview| preview.get("/acteurs/epsilon/").status == 404);
    assert!(!preview.get("/acteurs/").body.contains("Delta"));
}

#[test]
fn a_folder_that_is_new_renamed_and_deleted() {
    let preview = Site::new().serve();
    preview.site.write("content/towns/_type.toml", "name = \"Ville\"\n");
    preview.site.write("content/towns/liege.md", alpha("Liège"));
    preview.until_says("/towns/liege/", "Liège");
    // Files in a folder that was made after the start of the preview are watched too.
    preview.site.write("content/towns/liege.md", alpha("Liège, la Cité ardente"));
    preview.until_says("/towns/liege/", "ardente");
    fs::rename(preview.site.path("content/towns"), preview.site.path("content/villes")).unwrap();
    preview.until_says("/villes/liege/", "ardente");
    assert_eq!(preview.get("/towns/liege/").status, 404);
    fs::remove_dir_all(preview.site.path("content/villes")).unwrap();
    preview.until(|preview| preview.get("/villes/liege/").status == 404);
}

#[test]
fn the_schema_and_the_configuration() {
    let preview = Site::new().facts("founded = 2015").serve();
    let schema = fs::read_to_string(preview.site.path("content/actors/_type.toml")).unwrap();
    preview.site.write("content/actors/_type.toml", schema.replace("Fondation", "Née en"));
    preview.until_says("/acteurs/alpha/", "Née en");
    let config = fs::read_to_string(preview.site.path("site.toml")).unwrap();
    preview.site.write("site.toml", config.replace("Portail", "Vitrine"));
    preview.until_says("/", "Vitrine");
}

#[test]
fn templates_words_and_files_of_the_theme() {
    let preview = with_style().serve();
    preview.site.write("themes/own/templates/entity.html", "<html><head></head>{{ page.title }} autrement</html>");
    preview.until_says("/acteurs/alpha/", "Alpha autrement");
    preview.site.write("themes/own/strings/fr.toml", "menu = \"Porte d'entrée\"\n");
    preview.until_says("/projets/", "Porte d&#39;entrée");
    preview.site.write("themes/own/static/style.css", "p { color: teal }");
    preview.until_says("/assets/style.css", "teal");
}

#[test]
fn files_beside_the_content() {
    let preview = Site::new().file("content/plan.svg", "<svg>1</svg>").serve();
    assert_eq!(preview.get("/plan.svg").header("content-type"), Some("image/svg+xml; charset=utf-8"));
    preview.site.write("content/plan.svg", "<svg>2</svg>");
    preview.until_says("/plan.svg", "2");
}

#[test]
fn a_theme_folder_that_comes_later() {
    let preview = Site::new().serve();
    preview.site.write("themes/plain/theme.toml", "extends = \"atlas\"\n");
    preview.site.write("themes/plain/templates/entity.html", "<html>{{ page.title }} à part</html>");
    preview.until_says("/acteurs/alpha/", "à part");
}

// ---- How editors save ----

#[test]
fn saving_by_writing_beside_and_renaming() {
    let preview = Site::new().serve();
    preview.site.write("content/actors/.alpha.md.swp", "swap");
    preview.site.write("content/actors/4913", "");
    fs::remove_file(preview.site.path("content/actors/4913")).unwrap();
    fs::rename(preview.site.path(ALPHA), preview.site.path("content/actors/alpha.md~")).unwrap();
    preview.site.write(ALPHA, alpha("Omega"));
    fs::remove_file(preview.site.path("content/actors/.alpha.md.swp")).unwrap();
    preview.until_says("/acteurs/alpha/", "Omega");
    preview.site.write("content/actors/.alpha.tmp", alpha("Psi"));
    fs::rename(preview.site.path("content/actors/.alpha.tmp"), preview.site.path(ALPHA)).unwrap();
    preview.until_says("/acteurs/alpha/", "Psi");
    assert_eq!(preview.get("/data/actors.csv").body.lines().count(), 2, "what editors leave is not content");
}

#[test]
fn a_save_that_changes_neither_the_size_nor_the_time() {
    let preview = Site::new().serve();
    let file = fs::File::open(preview.site.path(ALPHA)).unwrap();
    let time = file.metadata().unwrap().modified().unwrap();
    preview.site.write(ALPHA, alpha("Ahpla"));
    fs::File::options().write(true).open(preview.site.path(ALPHA)).unwrap().set_modified(time).unwrap();
    preview.until_says("/acteurs/alpha/", "Ahpla");
}

#[test]
fn where_there_are_no_events_it_looks_by_itself() {
    let preview = Site::new().serve_with(&["--port", "0", "--poll"]);
    preview.site.write(ALPHA, alpha("Omega"));
    preview.until_says("/acteurs/alpha/", "Omega");
    preview.site.write("content/actors/delta.md", alpha("Delta"));
    preview.until_says("/acteurs/delta/", "Delta");
}

#[test]
fn a_storm_is_few_rebuilds() {
    let preview = Site::new().serve();
    for number in 0..2_000 {
        fs::write(preview.site.path(format!("content/actors/a{number}.md")), alpha(&format!("A {number}"))).unwrap();
    }
    preview.until(|preview| preview.get("/data/actors.csv").body.lines().count() == 2_002);
    let rebuilds = preview.running.printed().matches("changed: ").count();
    // One, unless the machine pauses for a tenth of a second between the writes.
    assert!(rebuilds < 10, "{}", preview.running.printed());
}

#[test]
fn the_whole_site_may_go_and_come_back() {
    let preview = Site::new().file("inner/site.toml", fs::read(Site::new().path("site.toml")).unwrap());
    preview.file("inner/content/about.md", alpha("À propos")).serve_in("inner");
}

impl Site {
    /// Serves a folder of the site, moves it away, and puts it back.
    fn serve_in(self, folder: &str) {
        let preview = self.serve_with(&["--port", "0", "--root", folder]);
        assert_eq!(preview.get("/about/").status, 200);
        fs::rename(preview.site.path(folder), preview.site.path("away")).unwrap();
        preview.running.wait_for("is not a folder");
        assert_eq!(preview.get("/about/").status, 200, "the last good site stays");
        preview.site.write("away/content/about.md", alpha("De retour"));
        fs::rename(preview.site.path("away"), preview.site.path(folder)).unwrap();
        preview.until_says("/about/", "De retour");
        // Events come from the new folder.
        preview.site.write(&format!("{folder}/content/about.md"), alpha("Encore"));
        preview.until_says("/about/", "Encore");
    }
}

// ---- Tabs ----

#[test]
fn a_tab_reloads_when_its_page_has_changed_and_stays_still_otherwise() {
    let preview = Site::new().serve();
    let (mut actor, mut source) = (preview.open("/acteurs/alpha/"), preview.open("/en/sources/gamma/"));
    preview.site.write(ALPHA, alpha("Omega"));
    assert_eq!(actor.wait_for("reload"), true);
    let news = source.news();
    assert!(news["reload"].is_null() && news["files"].is_null() && news["number"].is_u64(), "{news}");
}

#[test]
fn a_style_sheet_is_news_and_no_reload() {
    let preview = with_style().serve();
    let mut tab = preview.open("/acteurs/alpha/");
    preview.site.write("themes/own/static/style.css", "p { color: teal }");
    let news = tab.news();
    assert_eq!(news["files"], serde_json::json!(["/assets/style.css"]));
    assert!(news["reload"].is_null());
}

#[test]
fn a_part_of_a_bundle_is_news_of_the_bundle() {
    let preview = with_style()
        .file("themes/own/theme.toml", "extends = \"plain\"\nbundles = { \"site.css\" = [\"style.css\"] }\n")
        .serve();
    let mut tab = preview.open("/acteurs/alpha/");
    preview.site.write("themes/own/static/style.css", "p { color: teal }");
    assert_eq!(tab.news()["files"], serde_json::json!(["/assets/site.css"]));
    preview.until_says("/assets/site.css", "teal");
}

#[test]
fn a_tab_that_was_away_learns_what_it_has_missed() {
    let preview = with_style().serve();
    let tab = preview.open("/acteurs/alpha/");
    let (version, number) = (tab.version.clone(), tab.number);
    drop(tab);
    preview.site.write("themes/own/static/style.css", "p { color: teal }");
    preview.until_says("/assets/style.css", "teal");
    preview.site.write("content/sources/gamma.toml", "title = \"Gamma rays\"\n");
    preview.until_says("/sources/gamma/", "rays");
    let mut tab = preview.connect_late("/acteurs/alpha/", &version, number);
    assert_eq!(tab.wait_for("files"), serde_json::json!(["/assets/style.css"]));
}

#[test]
fn a_tab_of_an_earlier_server_reloads() {
    let preview = Site::new().serve();
    let tab = preview.open("/acteurs/alpha/");
    let port = preview.port.to_string();
    let Preview { site, running, .. } = preview;
    drop(running);
    let preview = site.serve_with(&["--port", &port]);
    let mut tab = preview.connect_late("/acteurs/alpha/", &tab.version, tab.number);
    assert_eq!(tab.wait_for("reload"), true);
}

#[test]
fn a_page_that_is_deleted_shows_the_page_for_wrong_addresses_and_comes_back() {
    let preview = Site::new().file("content/actors/delta.md", alpha("Delta")).serve();
    let mut tab = preview.open("/acteurs/delta/");
    fs::remove_file(preview.site.path("content/actors/delta.md")).unwrap();
    assert_eq!(tab.wait_for("reload"), true);
    assert_eq!(preview.get("/acteurs/delta/").status, 404);
    let mut tab = preview.open("/acteurs/delta/");
    preview.site.write("content/actors/delta.md", alpha("Delta"));
    assert_eq!(tab.wait_for("reload"), true);
    assert_eq!(preview.get("/acteurs/delta/").status, 200);
}

// ---- Errors and warnings ----

#[test]
fn a_mistake_is_shown_over_the_last_good_page_until_it_is_mended() {
    let preview = Site::new().serve();
    let mut tab = preview.open("/acteurs/alpha/");
    let page = preview.get("/acteurs/alpha/").body;
    preview.site.write(ALPHA, "+++\ntitle = \"Alpha\"\nfounded = \"soon\"\nlicence = \"x\"\n+++\n");
    let problems = tab.wait_for("problems");
    assert_eq!(problems["errors"], 2);
    let text = problems["text"].as_str().unwrap();
    assert!(text.contains("wrong-type") && text.contains("founded = \"soon\"") && text.contains("pattern"), "{text}");
    preview.running.wait_for("error[wrong-type]");
    preview.running.wait_for("2 errors: the preview stays as it was");
    assert_eq!(preview.get("/acteurs/alpha/").published(), Site::new().serve().get("/acteurs/alpha/").published());
    preview.site.write(ALPHA, alpha("Alpha"));
    assert_eq!(tab.wait_for("problems")["errors"], 0);
    let version = |page: &str| page.split_once("data-version=").unwrap().1[..20].to_owned();
    assert_eq!(version(&preview.get("/acteurs/alpha/").body), version(&page), "no tab reloads for that");
}

#[test]
fn warnings_are_told_too() {
    let preview = Site::new().serve();
    let mut tab = preview.open("/");
    preview.site.write(ALPHA, format!("{}Voir <b>cela</b>.\n", alpha("Alpha")));
    let problems = tab.wait_for("problems");
    assert_eq!((&problems["errors"], problems["warnings"].as_u64() > Some(0)), (&0.into(), true), "{problems}");
}

#[test]
fn a_site_that_starts_with_mistakes_comes_once_they_are_mended() {
    let preview = Site::new().facts("founded = \"soon\"").serve();
    let response = preview.get("/acteurs/alpha/");
    assert_eq!(response.status, 503);
    assert!(response.body.contains("founded = &quot;soon&quot;"), "{}", response.body);
    let mut tab = preview.open("/acteurs/alpha/");
    preview.site.write(ALPHA, alpha("Alpha"));
    assert_eq!(tab.wait_for("reload"), true);
    assert_eq!(preview.get("/acteurs/alpha/").status, 200);
}

#[test]
fn a_template_that_fails_is_found_without_anybody_asking_for_its_page() {
    let good = "<html><head></head>{{ page.title }}</html>";
    let preview = Site::new().template("entity.html", good).serve();
    let mut tab = preview.open("/");
    preview.site.write("themes/own/templates/entity.html", good.replace("title", "titel"));
    let problems = tab.wait_for("problems");
    assert!(problems["text"].as_str().unwrap().contains("entity.html"), "{problems}");
    assert_eq!(preview.get("/").status, 200, "other pages are not concerned");
    preview.site.write("themes/own/templates/entity.html", good);
    assert_eq!(tab.wait_for("problems")["errors"], 0);
    preview.until(|preview| preview.get("/acteurs/alpha/").status == 200);
}

#[test]
fn a_site_that_loses_its_configuration_goes_on() {
    let preview = Site::new().serve();
    let config = fs::read(preview.site.path("site.toml")).unwrap();
    fs::remove_file(preview.site.path("site.toml")).unwrap();
    preview.running.wait_for("there is no site.toml");
    assert_eq!(preview.get("/").status, 200);
    preview.site.write("site.toml", config);
    preview.running.wait_for("site.toml changed: 14 pages");
}

#[test]
fn another_address_of_the_site_is_followed() {
    let preview = Site::new().serve();
    let config = fs::read_to_string(preview.site.path("site.toml")).unwrap();
    preview.site.write("site.toml", config.replace("example.org", "example.org/portal"));
    preview.until(|preview| preview.get("/portal/acteurs/alpha/").status == 200);
    assert_eq!(preview.get("/acteurs/alpha/").status, 404);
}

// ---- The same as the published site ----

#[test]
fn every_file_of_the_site_has_the_bytes_that_a_build_writes() {
    let site = Site::new()
        .config("[params]\nx = 1")
        .facts("redirects = [\"/old/alpha/\"]")
        .file("content/photo of it.svg", "<svg/>");
    let preview = site.serve();
    assert_eq!(preview.site.run(&["build"]).status, 0);
    let root = preview.site.path("public");
    for (path, bytes) in crate::harness::files_in(&root) {
        let path = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        if path == ".filiere" {
            continue;
        }
        let address = format!("/{}", path.replace(' ', "%20"));
        let response = preview.get(address.strip_suffix("index.html").unwrap_or(&address));
        assert_eq!(response.published().as_bytes(), bytes, "{path}");
        assert_eq!(preview.get(&address).published().as_bytes(), bytes, "{path}");
    }
}

#[test]
fn content_types_are_those_of_hosts() {
    let preview = Site::new().file("content/a.png", "x").file("content/b.xyz", "x").serve();
    let kinds = [
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "text/xml; charset=utf-8"),
        ("/data/actors.csv", "text/csv; charset=utf-8"),
        ("/data/actors.json", "application/json; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/a.png", "image/png"),
        ("/b.xyz", "chemical/x-xyz"),
        ("/_redirects", "application/octet-stream"),
    ];
    for (path, kind) in kinds {
        assert_eq!(preview.get(path).header("content-type"), Some(kind), "{path}");
    }
}

#[test]
fn a_part_of_a_file_can_be_asked_for() {
    let film: String = (0..200_000).map(|number| char::from(b'a' + (number % 26) as u8)).collect();
    let preview = Site::new().file("content/film.mp4", &film).file("content/empty.mp4", "").serve();
    let ask = |path: &str, range: &str, other: &[(&str, &str)]| {
        preview.request("GET", path, &[&[("Range", range)], other].concat())
    };
    let whole = preview.get("/film.mp4");
    assert_eq!((whole.status, whole.header("accept-ranges"), &whole.body), (200, Some("bytes"), &film));
    for (range, bytes) in
        [("bytes=0-9", 0..10), ("bytes=199990-", 199_990..200_000), ("bytes=-70000", 130_000..200_000)]
    {
        let part = ask("/film.mp4", range, &[]);
        let place = format!("bytes {}-{}/200000", bytes.start, bytes.end - 1);
        assert_eq!((part.status, part.header("content-range")), (206, Some(place.as_str())), "{range}");
        assert_eq!(part.header("content-length"), Some(bytes.len().to_string().as_str()));
        assert_eq!(part.body, film[bytes], "{range}");
    }
    let missing = ask("/film.mp4", "bytes=200000-", &[]);
    assert_eq!((missing.status, missing.header("content-range")), (416, Some("bytes */200000")));
    assert_eq!(ask("/empty.mp4", "bytes=0-", &[]).status, 416);
    for ignored in ["bytes=0-1,5-6", "bytes=5-1", "pages=1-2"] {
        assert_eq!(ask("/film.mp4", ignored, &[]).body, film, "{ignored}");
    }
    let tag = whole.header("etag").unwrap();
    assert_eq!(ask("/film.mp4", "bytes=0-1", &[("If-Range", tag)]).status, 206);
    assert_eq!(ask("/film.mp4", "bytes=0-1", &[("If-Range", "\"another\"")]).status, 200);
    let head = preview.request("HEAD", "/film.mp4", &[("Range", "bytes=0-1")]);
    assert_eq!((head.status, head.header("content-length")), (200, Some("200000")));
    // A page is made at each request, so there is no part of it to continue with.
    assert_eq!(ask("/", "bytes=0-1", &[]).status, 200);
    preview.site.write("content/film.mp4", film.to_uppercase());
    preview.until(|preview| preview.get("/film.mp4").header("etag") != Some(tag));
    assert_eq!(ask("/film.mp4", "bytes=0-1", &[("If-Range", tag)]).status, 200);
}

#[test]
fn redirects_lead_on_and_are_not_kept() {
    let preview = Site::new().facts("redirects = [\"/entreprises/alpha\"]").serve();
    for path in ["/entreprises/alpha", "/entreprises/alpha/"] {
        let response = preview.get(path);
        assert_eq!((response.status, response.header("location")), (301, Some("/acteurs/alpha/")), "{path}");
        assert_eq!(response.header("cache-control"), Some("no-store"));
    }
    let response = preview.get("/acteurs/alpha");
    assert_eq!((response.status, response.header("location")), (301, Some("/acteurs/alpha/")));
}

#[test]
fn a_site_below_a_path() {
    let site = Site::new();
    let config = fs::read_to_string(site.path("site.toml")).unwrap();
    let preview = site.file("site.toml", config.replace("example.org", "example.org/le%20portail")).serve();
    let printed = preview.running.printed();
    assert!(printed.contains(&format!("{}/le%20portail/", preview.port)), "{printed}");
    assert_eq!(preview.get("/le%20portail/acteurs/alpha/").status, 200);
    assert_eq!(preview.get("/").header("location"), Some("/le%20portail/"));
    let response = preview.get("/elsewhere/");
    assert_eq!(response.status, 404);
    assert!(response.body.contains("href=\"/le%20portail/\""), "the site's own page for wrong addresses");
}

#[test]
fn a_wrong_address_has_the_page_for_it() {
    let preview = Site::new().serve();
    let response = preview.get("/nowhere/");
    assert_eq!((response.status, response.header("content-type")), (404, Some("text/html; charset=utf-8")));
    assert_eq!(response.published(), preview.get("/404.html").published());
}

#[test]
fn drafts_show_where_they_are_asked_for() {
    let site = || Site::new().file("content/actors/delta.md", "+++\ntitle = \"Delta\"\ndraft = true\n+++\n");
    assert_eq!(site().serve().get("/acteurs/delta/").status, 404);
    assert_eq!(site().serve_with(&["--port", "0", "--drafts"]).get("/acteurs/delta/").status, 200);
}

// ---- Access ----

#[test]
fn only_reading_is_allowed() {
    let preview = Site::new().serve();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        let response = preview.request(method, "/", &[("Content-Length", "0")]);
        assert_eq!((response.status, response.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    let (head, get) = (preview.request("HEAD", "/", &[]), preview.get("/"));
    assert_eq!((head.status, head.header("content-length")), (200, get.header("content-length")));
    assert!(head.body.is_empty() && !get.body.is_empty());
}

#[test]
fn other_names_are_refused() {
    let preview = Site::new().serve();
    for host in ["example.org", "example.org:80", "localhost.example.org", "127.0.0.1.nip.io", ""] {
        assert_eq!(preview.request("GET", "/", &[("Host", host)]).status, 421, "{host}");
    }
    for host in ["localhost", "LOCALHOST:4400", "127.0.0.1", "[::1]:4400"] {
        assert_eq!(preview.request("GET", "/", &[("Host", host)]).status, 200, "{host}");
    }
}

#[test]
fn pages_of_others_get_no_line() {
    let preview = Site::new().serve();
    let open = |origin: &str| {
        let headers = [
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ("Origin", origin),
        ];
        preview.request("GET", "/.filiere/live", &headers).status
    };
    for origin in ["http://example.org", "https://127.0.0.1.example.org", "null", ""] {
        assert_eq!(open(origin), 403, "{origin}");
    }
    assert_eq!(open("http://127.0.0.1:é"), 403, "an origin that is not ASCII");
    assert_eq!(preview.get("/.filiere/live").status, 400);
}

/// Each connection takes a file descriptor, of which a program has few.
#[test]
fn connections_that_say_nothing_do_not_keep_others_out() {
    use std::io::Write;
    let preview = Site::new().serve();
    let connections: Vec<_> = (0..300)
        .map(|number| {
            let mut stream = std::net::TcpStream::connect(("127.0.0.1", preview.port)).unwrap();
            if number % 2 == 0 {
                stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").unwrap();
            }
            stream
        })
        .collect();
    assert_eq!(preview.get("/").status, 200);
    drop(connections);
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn nothing_outside_the_site_is_served() {
    let site = Site::new().file("secret.txt", "secret").file("content/plan.txt", "plan");
    let preview = site.serve();
    let secret = preview.site.path("secret.txt");
    let secret = secret.to_str().unwrap();
    let paths = [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/acteurs/../../secret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "//secret.txt",
        "/./secret.txt",
        "/secret.txt",
        "/site.toml",
        "/content/plan.txt",
        "/assets/../secret.txt",
        "/.filiere/../secret.txt",
        "/%00",
        "/plan.txt%00.html",
        "/%ff",
        "/public/",
        "/.git/config",
        "/themes/plain/theme.toml",
        secret,
    ];
    for path in paths {
        let response = preview.get(path);
        assert_ne!(response.status, 200, "{path}");
        assert!(!response.body.contains("secret\n") && response.body != "secret", "{path}");
    }
    assert_eq!(preview.get("/plan.txt").body, "plan");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_a_mistake_and_is_not_followed() {
    use std::os::unix::fs::symlink;
    let preview = Site::new().file("secret.txt", "secret").file("content/plan.txt", "plan").serve();
    let secret = preview.site.path("secret.txt");
    fs::remove_file(preview.site.path("content/plan.txt")).unwrap();
    symlink(&secret, preview.site.path("content/plan.txt")).unwrap();
    symlink(preview.site.path("."), preview.site.path("content/up")).unwrap();
    preview.running.wait_for("2 errors: the preview stays as it was");
    for path in ["/plan.txt", "/up/secret.txt"] {
        assert!(!preview.get(path).body.contains("secret"), "{path}");
    }
    // The same in a new folder.
    let preview = Site::new().file("secret.txt", "secret").file("content/plan.txt", "plan");
    symlink(preview.path("secret.txt"), preview.path("content/link.txt")).unwrap();
    let response = preview.serve().get("/link.txt");
    assert_eq!(response.status, 503);
    assert!(!response.body.contains("secret"));
}

/// A file and its folder are replaced by links in a loop, while both are requested. Whoever checks a path and then opens
/// it follows a link now and then.
#[cfg(unix)]
#[test]
fn a_link_that_comes_between_the_check_and_the_opening_is_not_followed() {
    use std::os::unix::fs::symlink;
    use std::sync::atomic::{AtomicBool, Ordering};
    let preview = Site::new()
        .file("secret/plan.txt", "secret")
        .file("content/plan.txt", "plan")
        .file("content/plans/plan.txt", "plan")
        .serve();
    let (secret, content) = (preview.site.path("secret"), preview.site.path("content"));
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // Beside the content, so that it makes no events there.
            let beside = preview.site.path("beside");
            fs::create_dir(&beside).unwrap();
            while !is_over.load(Ordering::Relaxed) {
                for (path, outside) in [("plan.txt", secret.join("plan.txt")), ("plans", secret.clone())] {
                    fs::rename(content.join(path), beside.join(path)).unwrap();
                    symlink(outside, content.join(path)).unwrap();
                    fs::remove_file(content.join(path)).unwrap();
                    fs::rename(beside.join(path), content.join(path)).unwrap();
                }
            }
        });
        let mut published = 0;
        for _ in 0..200 {
            for path in ["/plan.txt", "/plans/plan.txt"] {
                let body = preview.get(path).body;
                assert!(!body.contains("secret"), "{path}");
                published += usize::from(body == "plan");
            }
        }
        is_over.store(true, Ordering::Relaxed);
        assert!(published > 0, "the files are there some of the time");
    });
}

#[test]
fn the_script_is_in_the_preview_only() {
    let preview = Site::new().serve();
    assert!(preview.get("/").body.contains("/.filiere/preview.js"));
    let script = preview.get("/.filiere/preview.js");
    assert_eq!(script.header("content-type"), Some("text/javascript; charset=utf-8"));
    assert_eq!(preview.site.run(&["build"]).status, 0);
    for bytes in crate::harness::files_in(&preview.site.path("public")).into_values() {
        assert!(!String::from_utf8_lossy(&bytes).contains("/.filiere/"));
    }
}

// ---- `build --watch` ----

fn watched(site: &Site) -> Running {
    let running = Running::start(&site.path(""), &["build", "--watch"]);
    running.wait_for("files written");
    running
}

#[test]
fn build_watch_writes_only_what_is_different() {
    let site = Site::new().file("content/photo.svg", "<svg/>");
    let running = watched(&site);
    let times = |site: &Site| {
        let files = crate::harness::files_in(&site.path("public")).into_keys();
        files.map(|path| (path.clone(), fs::metadata(path).unwrap().modified().unwrap())).collect::<Vec<_>>()
    };
    let before = times(&site);
    site.write("content/sources/gamma.toml", "title = \"Gamma rays\"\n");
    running.wait_for("content/sources/gamma.toml changed: 14 pages");
    let root = site.path("public");
    let mut different: Vec<String> = Vec::new();
    for (path, time) in times(&site) {
        if !before.contains(&(path.clone(), time)) {
            different.push(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned());
        }
    }
    snapshot!(different.join("\n"));
    assert!(fs::read_to_string(site.path("public/sources/gamma/index.html")).unwrap().contains("rays"));
}

#[test]
fn build_watch_deletes_what_is_gone_and_stops_at_mistakes() {
    let site = Site::new().file("content/actors/delta.md", alpha("Delta"));
    let running = watched(&site);
    assert!(site.path("public/acteurs/delta/index.html").is_file());
    site.write(ALPHA, "+++\ntitle = 1\n+++\n");
    running.wait_for("1 error, 1 warning: nothing was written");
    site.write(ALPHA, alpha("Omega"));
    running.wait_for("content/actors/alpha.md changed: 16 pages");
    assert!(fs::read_to_string(site.path("public/acteurs/alpha/index.html")).unwrap().contains("Omega"));
    fs::remove_file(site.path("content/actors/delta.md")).unwrap();
    running.wait_for("content/actors/delta.md changed: 14 pages");
    assert!(!site.path("public/acteurs/delta").exists() && site.path("public/acteurs").is_dir());
}

#[cfg(unix)]
#[test]
fn build_watch_ends_at_once_and_leaves_nothing_but_the_site() {
    let site = Site::new();
    let mut running = watched(&site);
    assert_eq!(running.interrupt(), 0);
    let mut names: Vec<_> = fs::read_dir(site.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["content", "public", "site.toml"]);
}

#[test]
fn build_watch_writes_everything_again_into_a_folder_that_was_emptied() {
    let site = Site::new();
    let running = watched(&site);
    fs::remove_dir_all(site.path("public")).unwrap();
    site.write(ALPHA, alpha("Omega"));
    running.wait_for("content/actors/alpha.md changed: ");
    assert!(site.path("public/sources/gamma/index.html").is_file());
}
