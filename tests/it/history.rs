//! What changed, from the log of a real repository.

use std::path::Path;
use std::process::Command;

use crate::harness::{Built, Run, Site};

/// Runs git in a folder, at noon of a day.
fn git(folder: &Path, day: &str, arguments: &[&str]) {
    let moment = format!("{day}T12:00:00Z");
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .envs([("GIT_AUTHOR_DATE", &moment), ("GIT_COMMITTER_DATE", &moment)])
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn commit(site: Site, day: &str) -> Site {
    git(&site.path(""), day, &["add", "-A"]);
    git(&site.path(""), day, &["commit", "-qm", "x"]);
    site
}

/// A site whose repository has some days.
fn site() -> Site {
    let site = Site::new()
        .config("history = true\n[warnings]\nno-relations = \"allow\"\nmissing-translation = \"allow\"")
        .file(
            "content/news.md",
            "+++\ntitle = { fr = \"Nouvelles\", en = \"News\" }\nview = { kind = \"history\" }\n+++\n",
        )
        .file("content/actors/dated.md", "+++\ntitle = \"Dated\"\nupdated = 2020-02-02\n+++\n")
        .file("content/sources/_list.toml", "[one]\ntitle = \"One\"\n\n[two]\ntitle = \"Two\"\n")
        .file(".gitignore", "public\n");
    git(&site.path(""), "2026-01-01", &["init", "-q"]);
    let site = commit(site, "2026-01-01")
        .facts("# A comment.\nfounded = 2015")
        .file("content/actors/dated.md", "+++\ntitle = \"Dated\"\nupdated = 2020-02-02\nstaff = 3\n+++\n");
    let site = commit(site, "2026-01-02")
        .file("content/sources/_list.toml", "[two]\ntitle = \"Two!\"\n\n[three]\ntitle = \"Three\"\n")
        .file("content/actors/secret.md", "+++\ntitle = \"Secret\"\ndraft = true\n+++\n");
    let site = commit(site, "2026-01-03")
        .file("content/actors/alpha.en.md", "+++\n+++\nEnglish.\n")
        .file("content/actors/alpha.md", "+++\ntitle = \"Alpha\"\nfounded = 2016\npeers = [\"dated\"]\n+++\nProse.\n");
    let site = commit(site, "2026-01-04");
    let path = site.path("content/actors/");
    std::fs::create_dir(path.join("deeper")).unwrap();
    git(&path, "2026-01-05", &["mv", "alpha.md", "deeper/alpha.md"]);
    git(&path, "2026-01-05", &["mv", "alpha.en.md", "deeper/alpha.en.md"]);
    commit(site, "2026-01-05").file(
        "content/actors/deeper/alpha.md",
        "+++\n# Only form.\ntitle = 'Alpha'\npeers = [\"dated\"]\nfounded = 2016\n+++\nProse.\n",
    )
}

/// The items of the lists of a page, without markup.
fn text(page: &str) -> String {
    let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let mut text = String::new();
    for part in main.split('<') {
        let (tag, words) = part.split_once('>').unwrap_or(("", part));
        if tag.starts_with("h2") || tag.starts_with("li") {
            text.push('\n');
        }
        text.push_str(&words.split_whitespace().collect::<Vec<_>>().join(" "));
        text.push(' ');
    }
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ") + "\n").collect()
}

fn updated(built: &Built, id: &str) -> Option<String> {
    let graph = built.text("/data/actors.csv");
    let mut lines = graph.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let at = lines.next().unwrap().iter().position(|name| *name == "updated").unwrap();
    lines.find(|line| line[0] == id).map(|line| line[at].to_owned())
}

#[test]
fn pages_and_feeds_say_what_changed() {
    let built = commit(site(), "2026-01-06").build();
    snapshot!(text(&built.page("/en/news/")));
    assert_eq!(updated(&built, "alpha").as_deref(), Some("2026-01-04"), "the form of a file is no change");
    assert_eq!(updated(&built, "dated").as_deref(), Some("2020-02-02"), "a profile that says it is right");
    let profile = text(&built.page("/acteurs/alpha/"));
    snapshot!(profile.split("Historique").nth(1).unwrap());
    let feed = built.text("/en/feed.xml");
    assert!(feed.contains("<content type=\"text\">Changed: Founded (2016 instead of 2015), Peers (added: Dated), text, English</content>"), "{feed}");
    assert!(!feed.contains("Secret") && !built.page("/news/").contains("Secret"));
}

#[test]
fn without_the_whole_history_nothing_is_built() {
    let site = commit(site(), "2026-01-06");
    let copy = tempfile::tempdir().unwrap();
    let url = format!("file://{}", site.path("").display());
    git(copy.path(), "2026-01-06", &["clone", "-q", "--depth", "2", &url, "shallow"]);
    let run: Run = crate::harness::run_in(&copy.path().join("shallow"), &["build"]);
    assert_eq!(run.status, 1);
    snapshot!(run.stderr);
    // A check does not read it.
    assert_eq!(crate::harness::run_in(&copy.path().join("shallow"), &["check"]).status, 0);
    std::fs::remove_dir_all(site.path(".git")).unwrap();
    let run = site.run(&["build"]);
    assert!(run.stderr.contains("error[no-history]"), "{run}");
}

#[test]
fn a_view_of_the_history_needs_the_history() {
    let site = Site::new().file("content/news.md", "+++\ntitle = \"N\"\nview = { kind = \"history\" }\n+++\n");
    snapshot!(site.check().diagnostics());
}

/// What the settings of somebody else's repository name is not run.
#[test]
fn no_program_of_a_repository_is_run() {
    let site = commit(site(), "2026-01-06");
    let trap = site.path("trapped");
    let program = site.path("trap.sh");
    std::fs::write(&program, format!("#!/bin/sh\ntouch '{}'\nexit 1\n", trap.display())).unwrap();
    #[cfg(unix)]
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let program = program.display().to_string();
    let keys = [
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "diff.x.textconv",
        "gpg.program",
        "core.sshCommand",
        "pager.log",
    ];
    for key in keys {
        git(&site.path(""), "2026-01-06", &["config", key, &program]);
    }
    git(&site.path(""), "2026-01-06", &["config", "log.showSignature", "true"]);
    std::fs::write(site.path(".git/info/attributes"), "*.md diff=x\n").unwrap();
    assert_eq!(site.run(&["build"]).status, 0);
    assert!(!trap.exists());
}

#[test]
fn a_build_depends_on_the_commit() {
    let site = commit(site(), "2026-01-06");
    let build = |site: &Site, day: &str, folder: &str| {
        assert_eq!(site.run_on(day, &["build", "--output", folder]).status, 0);
        crate::harness::files_in(&site.path(folder))
    };
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (one, other) = (one.path().join("a"), other.path().join("b"));
    let one: Vec<_> = build(&site, "2026-02-01", one.to_str().unwrap()).into_values().collect();
    let other: Vec<_> = build(&site, "2026-03-01", other.to_str().unwrap()).into_values().collect();
    assert!(one == other);
}

#[test]
fn a_profile_can_have_a_feed_of_what_is_related_to_it() {
    let built = Site::new()
        .file(
            "content/actors/_type.toml",
            "name = \"Actor\"\npath = { fr = \"acteurs\", en = \"actors\" }\nfeeds = true\n",
        )
        .file(
            "content/projects/beta.toml",
            "title = \"Beta\"\nupdated = 2026-01-02\npartners = [\"alpha\"]\nsources = [\"gamma\"]\n",
        )
        .file("content/projects/other.toml", "title = \"Other\"\nupdated = 2026-01-03\n")
        .build();
    let feed = built.text("/acteurs/alpha/feed.xml");
    assert!(feed.contains("<title>Portail – Alpha</title>") && feed.contains("<title>Beta</title>"), "{feed}");
    assert!(!feed.contains("Other") && !feed.contains("Gamma"), "{feed}");
    assert!(built.has("/en/actors/alpha/feed.xml") && !built.has("/projets/beta/feed.xml"));
}

/// The translations that are behind: their entity, the field, since when, and the sentence.
fn behind(site: &Site) -> Vec<String> {
    let run = site.run(&["status", "--format", "json"]);
    let status: serde_json::Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"));
    let items = status["items"].as_array().unwrap().iter().filter(|item| item["kind"] == "behind");
    items
        .map(|item| {
            let text = |key: &str| item[key].as_str().unwrap_or("-");
            format!("{} {} {}: {}", text("entity"), text("field"), text("since"), text("message"))
        })
        .collect()
}

#[test]
fn translations_that_are_behind_are_listed_text_by_text() {
    let original =
        |summary: &str, prose: &str| format!("+++\ntitle = \"Alpha\"\nsummary = \"{summary}\"\n+++\n{prose}\n");
    let translation = |head: &str, prose: &str| format!("+++\nsummary = \"One\"\n{head}+++\n{prose}\n");
    let (fr, en) = ("content/actors/alpha.md", "content/actors/alpha.en.md");
    let site = Site::new()
        .file(fr, original("Un", "Texte."))
        .file(en, translation("", "Text."))
        .file(
            "content/sources/_list.toml",
            "[one]\ntitle = \"Un\"\nsummary = \"S\"\n\n[two]\ntitle = \"Deux\"\nsummary = \"S\"\n",
        )
        .file("content/sources/_list.en.toml", "[one]\nsummary = \"S\"\n\n[two]\nsummary = \"S\"\n");
    git(&site.path(""), "2026-01-01", &["init", "-q"]);
    let site = commit(site, "2026-01-01");
    assert_eq!(behind(&site), [""; 0]);
    let site = commit(site.file(fr, original("Deux", "Texte.")), "2026-01-02");
    assert_eq!(behind(&site), ["actors/alpha summary 2026-01-02: in \"en\", summary is older than in the original"]);
    let site = commit(site.file(fr, original("Deux", "Autre texte.")), "2026-01-02").file(
        "content/sources/_list.toml",
        "[one]\ntitle = \"Un\"\nsummary = \"S\"\n\n[two]\ntitle = \"Deux\"\nsummary = \"T\"\n",
    );
    let site = commit(site, "2026-01-03");
    let two = "sources/two summary 2026-01-03: in \"en\", summary is older than in the original";
    assert_eq!(
        behind(&site),
        ["actors/alpha - 2026-01-02: in \"en\", summary and prose are older than in the original", two]
    );
    let site = commit(site.file(en, translation("", "Other text.")), "2026-01-04");
    let alpha = "actors/alpha summary 2026-01-02: in \"en\", summary is older than in the original";
    assert_eq!(behind(&site), [alpha, two]);
    // Somebody has looked, and the translation is still right.
    let site = site.file(en, translation("translated = 2026-01-02\n", "Other text."));
    assert_eq!(behind(&site), [two]);
}

#[test]
fn without_a_history_a_translation_says_how_old_it_is() {
    let site = |updated: &str| {
        Site::new()
            .file("content/actors/alpha.md", format!("+++\ntitle = \"Alpha\"\nupdated = {updated}\n+++\nTexte.\n"))
            .file("content/actors/alpha.en.md", "+++\ntranslated = 2026-01-02\n+++\nText.\n")
    };
    assert_eq!(behind(&site("2026-01-02")), [""; 0]);
    let expected = ["actors/alpha translation 2026-01-03: in \"en\", translation is older than in the original"];
    assert_eq!(behind(&site("2026-01-03")), expected);
    let wrong =
        site("2026-01-03").file("content/actors/alpha.md", "+++\ntitle = \"Alpha\"\ntranslated = 2026-01-02\n+++\n");
    assert_eq!(wrong.places(), ["content/actors/alpha.md:3:1 unknown-key"]);
}

#[test]
fn what_changed_is_told_with_its_values() {
    let (fr, en) = ("content/actors/alpha.md", "content/actors/alpha.en.md");
    let facts = |facts: &str| format!("+++\n{facts}\n+++\nTexte.\n");
    let site = Site::new()
        .config("history = true\n[warnings]\nno-relations = \"allow\"\nmissing-translation = \"allow\"")
        .file("content/actors/dated.md", "+++\ntitle = \"Dated\"\n+++\n")
        .file("content/actors/third.md", "+++\ntitle = \"Third\"\n+++\n")
        .file("content/actors/secret.md", "+++\ntitle = \"Secret\"\ndraft = true\n+++\n")
        .file(".gitignore", "public\n")
        .file(fr, facts("title = \"Alpha\"\nfounded = 2015\nstatus = \"active\"\npeers = [\"dated\"]\nstaff = 1200\ncontact = \"a@example.org\"\nopened = 2020-02-01"))
        .file(en, "+++\n+++\nText.\n");
    git(&site.path(""), "2026-01-01", &["init", "-q"]);
    let site = commit(site, "2026-01-01").file(
        fr,
        facts("title = \"Alpha Bio\"\nfounded = 2016\nstatus = \"closed\"\npeers = [\"third\"]\nphones = [\"1\", \"2\"]\ncontact = \"b@example.org\"\nopened = 2020-02"),
    );
    // On one day, what was first and what is last count.
    let site = commit(site, "2026-01-02").file(
        fr,
        facts("title = \"Alpha Bio\"\nfounded = 2017\nstatus = \"closed\"\npeers = [\"third\"]\nphones = [\"1\", \"2\"]\ncontact = \"b@example.org\"\nopened = 2020-02"),
    );
    // What leads to a draft is not told, and neither is what the schema can't read.
    let site = commit(site, "2026-01-02").file(
        fr,
        facts(&format!("title = \"Alpha Bio\"\nfounded = 2017\nstatus = \"closed\"\npeers = [\"secret\"]\nphones = [\"2\", \"{}\"]", "3".repeat(90))),
    );
    let built = commit(site, "2026-01-03").build();
    for (lang, path) in [("fr", "/acteurs/alpha/"), ("en", "/en/actors/alpha/")] {
        let profile = text(&built.page(path));
        let heading = if lang == "fr" { "Historique" } else { "History" };
        insta::assert_snapshot!(format!("values_{lang}"), profile.split(heading).nth(1).unwrap());
    }
    let feed = built.text("/en/feed.xml");
    assert!(!feed.contains("example.org</content>") && !feed.contains("Secret"), "{feed}");
}

#[test]
fn a_free_page_has_the_day_of_its_last_change() {
    let page = |text: &str, more: &str| format!("+++\ntitle = \"Guide\"\n{more}+++\n{text}\n");
    let site = Site::new()
        .config("history = true\n[warnings]\nno-relations = \"allow\"\nmissing-translation = \"allow\"")
        .file("content/guide.md", page("One.", ""))
        .file("content/about/team.md", page("One.", ""))
        .file("content/dated.md", page("One.", "updated = 2020-02-02\n"))
        .file(".gitignore", "public\n");
    git(&site.path(""), "2026-01-01", &["init", "-q"]);
    let site = commit(site, "2026-01-01")
        .file("content/guide.md", page("Two.", ""))
        .file("content/dated.md", page("Two.", "updated = 2020-02-02\n"));
    let site = commit(site, "2026-01-02").file("content/guide.md", page("Two.", "# Only form.\n"));
    let built = commit(site, "2026-01-03").build();
    let sitemap = built.text("/sitemap.xml");
    let day = |path: &str| {
        let entry =
            sitemap.split("<url>").find(|entry| entry.contains(&format!("<loc>https://example.org{path}</loc>")));
        entry.and_then(|entry| entry.split_once("<lastmod>")).map(|(_, rest)| rest[..10].to_owned())
    };
    assert_eq!(day("/guide/").as_deref(), Some("2026-01-02"), "{sitemap}");
    assert_eq!(day("/about/team/").as_deref(), Some("2026-01-01"));
    assert_eq!(day("/dated/").as_deref(), Some("2020-02-02"));
}

#[test]
fn the_preview_reads_the_log_again_after_a_commit() {
    let preview = commit(site(), "2026-01-06").serve();
    preview.until_says("/en/news/", "2026-01-04");
    preview.site.write("content/actors/dated.md", "+++\ntitle = \"Dated\"\nstaff = 4\n+++\n");
    preview.until_says("/acteurs/dated/", "4");
    assert!(!preview.get("/en/news/").body.contains("2026-01-07"));
    git(&preview.site.path(""), "2026-01-07", &["commit", "-qam", "x"]);
    preview.until_says("/en/news/", "2026-01-07");
    // A commit of what the preview has seen already changes no file.
    git(&preview.site.path(""), "2026-01-07", &["reset", "-q", "--hard", "HEAD~1"]);
    preview.until(|preview| !preview.get("/en/news/").body.contains("2026-01-07"));
}
