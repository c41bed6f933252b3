//! The output folder, and the limits of what hostile content can do.

use std::fs;

use crate::harness::{Run, Site, files_in};

/// The site is checked without a panic and without a signal. A check renders the same pages as a build.
fn survives(site: &Site) -> Run {
    let run = site.check();
    assert!((0..=1).contains(&run.status) && !run.stderr.contains("panicked"), "{run}");
    run
}

#[test]
fn the_folder_has_a_marker() {
    let built = Site::new().build();
    assert!(built.text("/.filiere").contains("made by Filière"));
}

#[test]
fn a_folder_is_replaced_as_a_whole() {
    let built = Site::new().file("content/photo.jpg", "").build();
    fs::write(built.site.path("public/old.html"), "").unwrap();
    fs::create_dir_all(built.site.path("public/a/b/c/d")).unwrap();
    fs::write(built.site.path("public/a/b/c/d/old.html"), "").unwrap();
    let built = built.site.without("content/photo.jpg").build();
    assert!(built.has("/index.html"));
    assert!(!built.has("/old.html") && !built.has("/photo.jpg") && !built.has("/a/b/c/d/old.html"));
    assert!(!built.site.path("public/a").exists());
}

#[test]
fn nothing_is_left_beside_the_folder() {
    let built = Site::new().build().site.build();
    let mut names: Vec<String> = fs::read_dir(built.site.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["content", "public", "site.toml"]);
}

#[test]
fn an_empty_folder_is_taken() {
    let site = Site::new();
    fs::create_dir(site.path("public")).unwrap();
    assert!(site.build().has("/index.html"));
}

#[test]
fn a_folder_that_it_did_not_make_is_refused() {
    let site = Site::new().file("public/precious.txt", "mine");
    let before = files_in(&site.path("."));
    let run = site.run(&["build"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("was not made by Filière") && run.stderr.contains("--force"), "{run}");
    assert_eq!(files_in(&site.path(".")), before);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_refused() {
    let site = Site::new().file("public", "mine");
    assert_eq!(site.run(&["build"]).status, 2);
    assert_eq!(fs::read_to_string(site.path("public")).unwrap(), "mine");
}

#[test]
fn a_folder_that_it_did_not_make_is_replaced_by_force() {
    let built = Site::new().file("public/precious.txt", "mine").with(&["--force"]).build();
    assert!(built.has("/index.html") && !built.has("/precious.txt"));
}

#[test]
fn the_sites_own_sources_are_refused_even_by_force() {
    for folder in [".", "..", "content", "content/public", "themes", "./content/../content"] {
        let site = Site::new().template("extra.html", "");
        let before = files_in(&site.path("."));
        let run = site.run(&["build", "--force", "--output", folder]);
        assert_eq!(run.status, 2, "{folder}: {run}");
        assert!(run.stderr.contains("holds the site's own sources"), "{folder}: {run}");
        assert_eq!(files_in(&site.path(".")), before, "{folder}");
    }
}

#[test]
#[cfg(unix)]
fn sources_that_symbolic_links_lead_to_are_refused() {
    use std::os::unix::fs::symlink;

    let site = Site::new();
    for source in ["content", "site.toml"] {
        fs::create_dir_all(site.path("real")).unwrap();
        fs::rename(site.path(source), site.path("real").join(source)).unwrap();
        symlink(site.path("real").join(source), site.path(source)).unwrap();
    }
    let before = files_in(&site.path("real"));
    for folder in ["real", "real/content", "real/content/sub", "real/site.toml", "site.toml", "content/sub"] {
        let run = site.run(&["build", "--force", "--output", folder]);
        assert_eq!(run.status, 2, "{folder}: {run}");
        assert!(run.stderr.contains("holds the site's own sources"), "{folder}: {run}");
        assert_eq!(files_in(&site.path("real")), before, "{folder}");
    }
}

#[test]
fn builds_that_start_together_leave_a_whole_site() {
    let site = (0..200).fold(Site::new(), |site, number| {
        site.file(&format!("content/actors/a{number}.md"), format!("+++\ntitle = \"A {number}\"\n+++\n"))
    });
    assert_eq!(site.run(&["build"]).status, 0);
    let whole = files_in(&site.path("public"));
    for _ in 0..5 {
        let runs: Vec<Run> = std::thread::scope(|scope| {
            let builds: Vec<_> = (0..4).map(|_| scope.spawn(|| site.run(&["build"]))).collect();
            builds.into_iter().map(|build| build.join().unwrap()).collect()
        });
        for run in &runs {
            let refused = run.status == 2 && run.stderr.contains("another build is writing to");
            assert!(run.status == 0 || refused, "{run}");
        }
        assert!(runs.iter().any(|run| run.status == 0));
        assert_eq!(files_in(&site.path("public")), whole);
    }
    let names: Vec<_> = fs::read_dir(site.path(".")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
}

#[test]
#[cfg(unix)]
fn a_build_that_is_asked_to_end_leaves_nothing_behind() {
    let site = (0..2000).fold(Site::new(), |site, number| {
        site.file(&format!("content/actors/a{number}.md"), format!("+++\ntitle = \"A {number}\"\n+++\n"))
    });
    for (signal, status) in [("-INT", 130), ("-TERM", 143)] {
        let build = site.start(&["build"]);
        let id = build.id().to_string();
        let staged = || fs::read_dir(site.path(format!(".public.filiere-staging-{id}"))).is_ok();
        while !staged() {
            std::thread::yield_now();
        }
        assert!(std::process::Command::new("kill").args([signal, &id]).status().unwrap().success());
        let output = build.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{}", String::from_utf8_lossy(&output.stderr));
        let mut names: Vec<_> = fs::read_dir(site.path(".")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["content", "site.toml"]);
    }
}

#[test]
fn what_a_killed_build_left_is_tidied_up() {
    let site = Site::new()
        .file(".public.filiere-staging-123/old.html", "")
        .file(".public.filiere-lock", "")
        .file(".public.filiere-old/.filiere", "")
        .file(".public.filiere-staging-notes/mine.txt", "mine");
    let built = site.build();
    assert!(built.has("/index.html") && !built.has("/old.html"));
    assert!(!built.site.path(".public.filiere-staging-123").exists());
    assert!(!built.site.path(".public.filiere-lock").exists());
    assert!(built.site.path(".public.filiere-staging-notes/mine.txt").is_file(), "no build made this");
    // If a build was killed between the two renames, the old site is put back first.
    let site = built.site.file("content/actors/broken.md", "+++\ntitle = 1\n+++\n");
    fs::rename(site.path("public"), site.path(".public.filiere-old")).unwrap();
    assert_eq!(site.run(&["build"]).status, 1);
    let built = site.without("content/actors/broken.md").build();
    assert!(built.has("/index.html") && !built.site.path(".public.filiere-old").exists());
}

#[test]
fn another_folder_can_be_named() {
    let site = Site::new();
    let run = site.run(&["build", "--output", "out/a/b"]);
    assert_eq!(run.status, 0, "{run}");
    assert!(site.path("out/a/b/index.html").is_file() && !site.path("public").exists());
}

#[test]
#[cfg(unix)]
fn a_symbolic_link_as_the_folder_leads_to_the_folder() {
    let site = Site::new();
    fs::create_dir_all(site.path("www/portal")).unwrap();
    std::os::unix::fs::symlink(site.path("www/portal"), site.path("public")).unwrap();
    for _ in 0..2 {
        let run = site.run(&["build"]);
        assert_eq!(run.status, 0, "{run}");
        assert!(site.path("public").is_symlink() && site.path("www/portal/index.html").is_file());
    }
}

#[test]
#[cfg(unix)]
fn a_symbolic_link_to_the_content_is_refused() {
    let site = Site::new();
    std::os::unix::fs::symlink(site.path("content"), site.path("public")).unwrap();
    let before = files_in(&site.path("content"));
    assert_eq!(site.run(&["build", "--force"]).status, 2);
    assert_eq!(files_in(&site.path("content")), before);
}

#[test]
#[cfg(unix)]
fn a_symbolic_link_that_leads_nowhere_is_not_written_through() {
    let site = Site::new();
    std::os::unix::fs::symlink(site.path("nowhere"), site.path("public")).unwrap();
    let run = site.run(&["build"]);
    assert!(run.status == 2 || site.path("public/index.html").is_file(), "{run}");
    assert!(!run.stderr.contains("panicked"), "{run}");
}

#[test]
#[cfg(unix)]
fn symbolic_links_in_the_old_folder_are_removed_and_not_followed() {
    let built = Site::new().file("precious/file.txt", "mine").build();
    for link in ["public/link", "public/acteurs/link", "public/acteurs/alpha/link"] {
        std::os::unix::fs::symlink(built.site.path("precious"), built.site.path(link)).unwrap();
    }
    let built = built.site.build();
    assert_eq!(fs::read_to_string(built.site.path("precious/file.txt")).unwrap(), "mine");
    assert!(!built.site.path("public/link").exists());
}

#[test]
fn cleaned_html_holds_no_script_however_it_is_written() {
    let hostile = [
        "[[beta|<script src=\"/x.js\"></script>x]]",
        "[[beta|<img src=\"x\" onerror=\"alert(1)\">x]]",
        "[[beta|<meta http-equiv=\"refresh\" content=\"0;url=https://evil.example/\">x]]",
        "<b title=\"&#xe000;0&#xe001;\">hover</b> [x](/acteurs/?/onmouseover=alert(1)//)",
        "```\u{e000}0\u{e001}\nx\n```",
        "[x](https://x.example \"\u{e000}0\u{e001}\")",
        "<div title=\"\n\n[[beta]] [x](/acteurs/?/onmouseover=alert(1)//)\n\n\">y</div>",
        "<slot-0 n=\"0\">z</slot-0> [[beta]]",
    ];
    for theme in ["plain", "atlas"] {
        let site = Site::new().config("html = \"sanitize\"").prose(&hostile.join("\n\n"));
        let config = fs::read_to_string(site.path("site.toml")).unwrap().replace("plain", theme);
        let built = site.file("site.toml", config).build();
        let page = built.page("/acteurs/alpha/");
        let article = page.split("hover</b>").nth(1).unwrap();
        for harm in
            ["onerror", "http-equiv=\"refresh", "src=\"/x.js", "title=\"<a", "class=\"language-<", "id=\"<", "slot-"]
        {
            assert!(!page.contains(harm), "{theme}: {harm} in {page}");
        }
        assert!(!article.contains("=\"<a"), "{theme}: {article}");
    }
}

#[test]
fn front_matter_with_ten_thousand_brackets_is_a_diagnostic() {
    let brackets = format!("phones = {}{}", "[".repeat(10_000), "]".repeat(10_000));
    let run = survives(&Site::new().facts(&brackets));
    assert!(run.stdout.contains("content/actors/alpha.md:3:"), "{}", &run.stdout[..run.stdout.len().min(500)]);
}

#[test]
fn ten_thousand_nested_tables_are_a_diagnostic() {
    let run = survives(&Site::new().facts(&format!("{}x = 1{}", "a = { ".repeat(10_000), " }".repeat(10_000))));
    assert_eq!(run.status, 1);
    let run = survives(&Site::new().facts(&format!("a{} = 1", ".a".repeat(10_000))));
    assert_eq!(run.status, 1);
}

#[test]
fn a_diagnostic_of_a_long_line_is_short() {
    let site = Site::new().facts(&format!("phones = [\"{}\", 3]", "x".repeat(1_000_000)));
    let run = survives(&site);
    assert_eq!(site.places(), ["content/actors/alpha.md:3:1000015 wrong-type"]);
    assert!(run.stdout.len() < 2_000, "{} bytes", run.stdout.len());
}

#[test]
fn a_line_of_five_megabytes_is_published() {
    let site = Site::new().prose(&"mot ".repeat(1_250_000));
    assert_eq!(survives(&site).status, 0);
}

#[test]
fn deeply_nested_markdown_does_no_harm() {
    for deep in [
        ">".repeat(20_000),
        "[".repeat(50_000),
        "*a ".repeat(20_000),
        "- ".repeat(5_000),
        "![".repeat(20_000),
        "[[".repeat(20_000),
    ] {
        survives(&Site::new().prose(&format!("{deep} mot")));
    }
}

#[test]
fn null_bytes_do_no_harm() {
    survives(&Site::new().file(
        "content/actors/alpha.md",
        b"+++\ntitle = \"Al\0pha\"\n+++\nUn\0 [[be\0ta]] [x](a\0.md) ![y](b\0.jpg)\n",
    ));
    survives(&Site::new().file("content/actors/alpha.md", [0; 4096]));
    survives(&Site::new().file("site.toml", b"title = \"\0\"\0"));
}

#[test]
fn empty_and_odd_files_do_no_harm() {
    let odd = [
        "",
        "+++",
        "+++\n",
        "+++\n+++",
        "\u{feff}",
        "+++\r\n+++\r\n",
        "\r\r\r",
        "+++\n\"\" = 1\n+++\n",
        "+++\n+++\n[](",
    ];
    for text in odd {
        let content =
            ["actors/alpha.md", "actors/alpha.en.md", "actors/_list.toml", "actors/_index.md", "_index.md", "a.md"];
        survives(&content.iter().fold(Site::new(), |site, file| site.file(&format!("content/{file}"), text)));
        survives(&Site::new().file("content/actors/_type.toml", text).template("page.html", text));
        survives(&Site::new().file("site.toml", text));
    }
}

#[test]
fn every_prefix_of_a_profile_does_no_harm() {
    let text = "+++\ntitle = \"É\"\nnotes = \"\"\"\n[[b]] é\n\"\"\"\npeers = [{ to = \"x\" }]\n+++\n## É\n[[b|é]] ![é](x) [^1]\n\n[^1]: é <b>\n\n| é |\n|---|\n";
    let ends = (0..text.len()).filter(|end| text.is_char_boundary(*end));
    let site = ends.fold(Site::new(), |site, end| site.file(&format!("content/actors/p{end}.md"), &text[..end]));
    let run = survives(&site);
    assert!(run.stdout.contains("content/actors/p1.md") && run.stdout.contains("content/actors/p100.md"));
}

#[test]
#[cfg(unix)]
fn hostile_file_names_do_no_harm() {
    let names = [
        "a\nb.md",
        "a\tb.jpg",
        "\u{202e}gpj.md",
        "-.md",
        "..a.md",
        "a..md",
        "CON.md",
        "a b.jpg",
        "a%2fb.jpg",
        "a?b#c.jpg",
        "<b>.jpg",
        "\"'.jpg",
    ];
    for name in names {
        survives(
            &Site::new().file(&format!("content/actors/{name}"), "+++\ntitle = \"A\"\npeers = [\"alpha\"]\n+++\n"),
        );
    }
}

#[test]
fn a_file_that_can_not_be_written_is_a_failure() {
    let site = Site::new().file("blocked", "a file");
    let run = site.run(&["build", "--output", "blocked/public"]);
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains("blocked"), "the failure names what it is about: {run}");
}

/// A path that is too long together with that of the output folder, which no check can know.
#[test]
#[cfg(unix)]
fn a_failure_names_the_file_that_it_is_about() {
    let (long, folder) = (vec!["a".repeat(200); 9].join("/"), vec!["b".repeat(200); 12].join("/"));
    let site = Site::new().facts(&format!("redirects = [\"/{long}/\"]"));
    let run = site.run(&["build", "--output", &folder]);
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains(&long) && run.stderr.contains("File name too long"), "{run}");
}

#[test]
#[cfg(unix)]
fn only_a_regular_file_can_be_the_lock_or_the_marker() {
    for path in [".public.filiere-lock", "public/.filiere"] {
        let site = Site::new().file("public/mine.txt", "mine");
        assert!(std::process::Command::new("mkfifo").arg(site.path(path)).status().unwrap().success());
        let run = site.run(&["build"]);
        assert_eq!(run.status, 2, "{path}: {run}");
        assert_eq!(fs::read_to_string(site.path("public/mine.txt")).unwrap(), "mine");
    }
    let run = Site::new().file(".public.filiere-lock/x", "").run(&["build"]);
    assert!(run.status == 2 && run.stderr.contains(".public.filiere-lock: this is not a regular file"), "{run}");
}

/// `--force` sets the folder of somebody else aside while it puts the site into its place.
#[test]
fn a_folder_that_was_replaced_by_force_does_not_stay_beside_it() {
    let site = Site::new().build().site.file(".public.filiere-old/theirs.txt", "");
    assert!(!site.build().site.path(".public.filiere-old").exists());
}

#[test]
#[cfg(target_os = "linux")]
fn a_mount_point_is_refused() {
    // A folder that every Linux has mounted and nobody can write to.
    let run = Site::new().run(&["build", "--force", "--output", "/proc"]);
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains("/proc is a mount point, which can't be replaced; name a folder inside it"), "{run}");
}

#[test]
fn a_site_can_be_written_without_waiting_for_the_disk() {
    assert!(Site::new().with(&["--no-sync"]).build().has("/index.html"));
}

#[test]
fn a_diagnostic_quotes_no_more_of_a_value_than_a_line_holds() {
    let short = Site::new().facts(&format!("website = \"{}\"", "x".repeat(100_000))).short();
    assert!(short.len() < 1_000, "{} bytes", short.len());
}

/// The number of a file on the disk, which a link shares.
#[cfg(unix)]
fn number(site: &Site, path: &str) -> u64 {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(site.path("public").join(path)).unwrap().ino()
}

#[cfg(unix)]
#[test]
fn a_file_that_is_the_same_as_in_the_last_build_is_not_written_again() {
    let site = Site::new().build().site;
    let (home, profile) = (number(&site, "404.html"), number(&site, "en/actors/alpha/index.html"));
    let built = site.facts("founded = 1999").build();
    assert_eq!(number(&built.site, "404.html"), home);
    assert_ne!(number(&built.site, "en/actors/alpha/index.html"), profile);
    assert!(built.page("/en/actors/alpha/").contains("1999"));
}

#[test]
fn a_file_that_somebody_has_changed_in_the_output_is_written_again() {
    let built = Site::new().build();
    let before = built.text("/404.html");
    // The same length, and another text.
    fs::write(built.site.path("public/404.html"), "x".repeat(before.len())).unwrap();
    assert_eq!(built.site.build().text("/404.html"), before);
}
