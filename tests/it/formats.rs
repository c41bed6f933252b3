//! The output formats of the command, its exit status and its help.

use std::path::Path;

use serde_json::Value;

use crate::harness::{Run, Site, files_in, run_in};

/// A site with two errors in one file, one in another, and a warning.
fn faulty() -> Site {
    Site::new()
        .facts("staff = 0\nfounded = \"2015\"")
        .file("content/sources/gamma.toml", "title = \"Gamma\"\nyear = 2015\n")
        .file("content/actors/delta.toml", "title = \"Delta\"\n")
}

/// A site with one warning and no error.
fn imperfect() -> Site {
    Site::new().file("content/actors/delta.toml", "title = \"Delta\"\n")
}

fn outside(arguments: &[&str]) -> Run {
    run_in(Path::new(env!("CARGO_TARGET_TMPDIR")), arguments)
}

#[test]
fn short_is_one_line_for_each_finding_in_the_order_of_files_and_places() {
    let run = faulty().run(&["check", "--format", "short"]);
    assert_eq!(run.status, 1);
    snapshot!(run.stdout);
}

#[test]
fn human_ends_with_the_number_of_findings() {
    let run = faulty().check();
    assert_eq!((run.status, run.closing().as_str()), (1, "3 errors, 1 warning"));
}

#[test]
fn json_has_the_same_fields_for_each_finding() {
    let run = faulty().run(&["check", "--format", "json"]);
    let findings: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.status, findings.len()), (1, 4));
    let fields = ["code", "severity", "message", "path", "line", "column", "end_line", "end_column", "hints", "notes"];
    for finding in &findings {
        assert!(fields.iter().all(|field| finding.get(field).is_some()), "{finding}");
    }
    let staff = findings.iter().find(|finding| finding["code"] == "out-of-range").unwrap();
    assert_eq!((&staff["severity"], &staff["path"]), (&"error".into(), &"content/actors/alpha.md".into()));
    let place = ["line", "column", "end_line", "end_column"].map(|field| staff[field].as_u64().unwrap());
    assert_eq!(place, [3, 9, 3, 10]);
    assert_eq!(staff["hints"][0], "write a number from 1 to 100000");
    assert!(findings.iter().any(|finding| finding["severity"] == "warning"));
}

#[test]
fn json_has_the_places_of_notes() {
    let run = Site::new()
        .file("content/actors/_list.toml", "[alpha]\ntitle = \"Alpha\"\n")
        .run(&["check", "--format", "json"]);
    let findings: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    let note = &findings[0]["notes"][0];
    assert_eq!(note["message"], "first declared here");
    assert_eq!(
        (&note["path"], &note["line"], &note["column"]),
        (&"content/actors/_list.toml".into(), &1.into(), &2.into())
    );
}

#[test]
fn json_counts_columns_in_characters() {
    let run = Site::new().prose("🦠 é [[bta]]").run(&["check", "--format", "json"]);
    let findings: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&findings[0]["column"], &findings[0]["end_column"]), (&5.into(), &12.into()));
}

#[test]
fn json_of_a_clean_site_is_an_empty_list() {
    assert_eq!(Site::new().run(&["check", "--format", "json"]).stdout, "[]\n");
}

#[test]
fn errors_of_templates_come_with_those_of_the_content() {
    let site = imperfect().template("page.html", "{{ page.titel }}\n");
    assert_eq!(
        site.places(),
        ["themes/own/templates/page.html:1:9 template-error", "content/actors/delta.toml:1:1 no-relations"]
    );
}

#[test]
fn the_exit_status_of_check_says_what_was_found() {
    assert_eq!(Site::new().check().status, 0);
    assert_eq!(imperfect().check().status, 0);
    assert_eq!(imperfect().run(&["check", "--strict"]).status, 1);
    assert_eq!(faulty().check().status, 1);
    assert_eq!(Site::new().without("site.toml").check().status, 1);
}

#[test]
fn the_exit_status_of_build_says_what_was_found() {
    assert_eq!(Site::new().run(&["build"]).status, 0);
    assert_eq!(imperfect().run(&["build"]).status, 0);
    assert_eq!(imperfect().run(&["build", "--strict"]).status, 1);
    assert_eq!(faulty().run(&["build"]).status, 1);
    assert_eq!(Site::new().template("page.html", "{{ page.titel }}").run(&["build"]).status, 1);
}

#[test]
fn check_writes_nothing() {
    let site = Site::new();
    let before = files_in(&site.path("."));
    site.check();
    assert_eq!(files_in(&site.path(".")), before);
}

#[test]
fn errors_leave_the_published_site_as_it_was() {
    let built = Site::new().build();
    let before = files_in(&built.site.path("."));
    for site in ["staff = 0", "peers = [\"nobody\"]"] {
        let built = Site::new().build();
        let published = files_in(&built.site.path("public"));
        let site = built.site.facts(site);
        let run = site.run(&["build"]);
        assert_eq!(run.status, 1, "{run}");
        assert_eq!(files_in(&site.path("public")), published);
    }
    let run = built.site.run(&["build", "--base-url", "nonsense"]);
    assert_eq!(run.status, 2, "{run}");
    assert_eq!(files_in(&built.site.path(".")), before);
}

#[test]
fn errors_of_templates_leave_the_published_site_as_it_was() {
    let built = Site::new().template("page.html", "{{ page.title }}").build();
    let published = files_in(&built.site.path("public"));
    let site = built.site.file("themes/own/templates/page.html", "{{ page.titel }}");
    assert_eq!(site.run(&["build"]).status, 1);
    assert_eq!(files_in(&site.path("public")), published);
    let left_over: Vec<_> =
        std::fs::read_dir(site.path(".")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left_over.len(), 4, "content, public, site.toml and themes, but there is {left_over:?}");
}

#[test]
fn warnings_leave_the_published_site_as_it_was_where_they_count() {
    let site = Site::new().build().site.file("content/actors/delta.toml", "title = \"Delta\"\n");
    let published = files_in(&site.path("public"));
    assert_eq!(site.run(&["build", "--strict"]).status, 1);
    assert_eq!(files_in(&site.path("public")), published);
}

#[test]
fn a_build_ends_with_what_it_wrote() {
    snapshot!(imperfect().run(&["build"]));
}

#[test]
fn a_build_that_fails_says_that_it_wrote_nothing() {
    snapshot!(Site::new().facts("staff = 0").run(&["build"]));
}

#[test]
fn a_clean_check_ends_with_the_number_of_pages() {
    assert_eq!(Site::new().check().closing(), "14 pages (7 × 2 languages), 0.00 s");
}

#[test]
fn timings_go_to_the_error_stream() {
    let run = Site::new().run(&["check", "--timings"]);
    assert_eq!(run.status, 0);
    assert!(run.stderr.contains("read") && run.stderr.contains("total"), "{run}");
    assert!(!run.stdout.contains("total"), "{run}");
}

#[test]
fn colours_come_only_where_they_are_wanted() {
    let run = faulty().check();
    assert!(!run.stdout.contains('\u{1b}'), "{run}");
    assert!(!faulty().run(&["build"]).stderr.contains('\u{1b}'));
}

#[test]
fn a_root_that_is_not_there() {
    let run = outside(&["check", "--root", "nowhere"]);
    assert_eq!(run.status, 2);
    snapshot!(run);
}

#[test]
fn a_root_that_is_a_file() {
    let site = Site::new();
    let run = site.run(&["check", "--root", "site.toml"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{run}");
    assert!(run.stderr.contains("site.toml is not a folder"), "{run}");
}

#[test]
fn an_unknown_command() {
    let run = outside(&["biuld"]);
    assert_eq!(run.status, 2);
    snapshot!(run);
}

#[test]
fn an_unknown_option() {
    let run = outside(&["check", "--forma", "short"]);
    assert_eq!(run.status, 2);
    snapshot!(run);
}

#[test]
fn an_unknown_format() {
    let run = outside(&["check", "--format", "xml"]);
    assert_eq!(run.status, 2);
    snapshot!(run);
}

#[test]
fn a_base_url_that_is_no_address() {
    let run = outside(&["build", "--base-url", "ftp://example.org"]);
    assert_eq!(run.status, 2);
    snapshot!(run);
}

#[test]
fn no_command_shows_the_help() {
    let run = outside(&[]);
    assert_eq!(run.status, 2);
    snapshot!(run);
}

#[test]
fn help() {
    snapshot!(outside(&["--help"]));
}

#[test]
fn help_of_build() {
    snapshot!(outside(&["build", "--help"]));
}

#[test]
fn help_of_check() {
    snapshot!(outside(&["check", "--help"]));
}

#[test]
fn help_of_new() {
    snapshot!(outside(&["new", "--help"]));
}

#[test]
fn help_of_explain() {
    snapshot!(outside(&["explain", "--help"]));
}

#[test]
fn explain_says_what_a_code_means() {
    snapshot!(outside(&["explain", "wrong-type"]));
}

#[test]
fn explain_takes_a_code_as_it_is_printed() {
    assert_eq!(outside(&["explain", "error[wrong-type]"]).stdout, outside(&["explain", "wrong-type"]).stdout);
}

#[test]
fn explain_lists_all_codes() {
    snapshot!(outside(&["explain"]));
}

#[test]
fn explain_an_unknown_code() {
    let run = outside(&["explain", "wrong-typ"]);
    assert_eq!(run.status, 2);
    snapshot!(run);
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(outside(&["--version"]).stdout, format!("filiere {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_new_site_is_clean_and_can_be_built() {
    let site = Site::empty();
    assert_eq!(site.run(&["new", "portal"]).status, 0);
    let run = site.run(&["check", "--root", "portal", "--strict"]);
    assert_eq!(run.status, 0, "{run}");
    assert_eq!(site.run(&["build", "--root", "portal"]).status, 0);
    assert!(site.path("portal/public/index.html").is_file());
}

#[test]
fn a_new_site_is_not_put_over_another() {
    let site = Site::new();
    let before = files_in(&site.path("."));
    let run = site.run(&["new", "."]);
    assert_eq!(run.status, 2, "{run}");
    assert_eq!(files_in(&site.path(".")), before);
}

#[test]
fn help_of_theme_export() {
    snapshot!(outside(&["theme", "export", "--help"]));
}

#[test]
fn a_theme_is_exported_whole_and_works_as_before() {
    let site = Site::new().theme("mine");
    assert_eq!(site.run(&["theme", "export", "plain", "mine"]).status, 0);
    let run = site.run(&["check"]);
    assert_eq!(run.status, 0, "{run}");
    assert!(site.path("themes/mine/templates/base.html").is_file());
}

#[test]
fn a_file_of_a_theme_is_exported_to_a_theme_that_extends_it() {
    let site = Site::new().theme("mine");
    let dry = site.run(&["theme", "export", "plain", "mine", "strings/en.toml", "--dry-run"]);
    snapshot!(dry);
    assert!(!site.path("themes").exists());
    assert_eq!(site.run(&["theme", "export", "plain", "mine", "strings/en.toml"]).status, 0);
    assert_eq!(files_in(&site.path("themes")).len(), 2);
    assert_eq!(site.run(&["check"]).status, 0);
    // A second file joins the first.
    assert_eq!(site.run(&["theme", "export", "plain", "mine", "templates/card.html"]).status, 0);
    assert_eq!(files_in(&site.path("themes")).len(), 3);
}

#[test]
fn an_export_replaces_nothing_and_stays_in_its_folder() {
    let site = Site::new().file("themes/mine/strings/en.toml", "language = \"Anglais\"\n");
    let before = files_in(&site.path("themes"));
    for arguments in [
        ["theme", "export", "plain", "mine"].as_slice(),
        &["theme", "export", "plain", "mine", "strings"],
        &["theme", "export", "plain", "mine", "string"],
        &["theme", "export", "plane", "other"],
        &["theme", "export", "plain", "../other"],
    ] {
        let run = site.run(arguments);
        assert_eq!(run.status, 2, "{run}");
        assert_eq!(files_in(&site.path("themes")), before, "{arguments:?}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(site.path("."), site.path("themes/link")).unwrap();
        let run = site.run(&["theme", "export", "plain", "link", "strings/fr.toml"]);
        assert_eq!(run.status, 2, "{run}");
        assert!(!site.path("strings").exists());
    }
}

#[test]
fn source_date_epoch_that_is_no_number() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_filiere"))
        .args(["check", "--root"])
        .arg(Site::new().path("."))
        .env("SOURCE_DATE_EPOCH", "soon")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("SOURCE_DATE_EPOCH is not a number of seconds"));
}

// ---- Terminals and full disks ----

/// Every character that a terminal acts on, in the places that messages quote: an id, a title, the name of a file.
#[test]
fn no_escape_sequence_reaches_a_terminal() {
    let controls = "\u{1b}]0;x\u{7}\u{9b}31m\u{7f}\u{202e}gpj.\u{2066}";
    let toml: String = controls.chars().map(|char| format!("\\u{:04x}", u32::from(char))).collect();
    let site = Site::new()
        .prose(&format!("[[{controls}]] [x](/{controls}) ![y]({controls}.jpg)"))
        .file(
            "content/actors/omega.md",
            format!("+++\ntitle = \"O\"\npeers = [\"{toml}\"]\nstatus = \"{toml}\"\n+++\n"),
        )
        .file("content/actors/\u{202e}gpj.md", "+++\ntitle = \"Backwards\"\n+++\n");
    for format in ["human", "short", "json"] {
        let run = site.run(&["check", "--format", format]);
        let printed = format!("{}{}", run.stdout, run.stderr);
        assert!(printed.contains("1b"), "the character is named: {printed}");
        let harm = printed.chars().find(|char| {
            (char.is_control() && *char != '\n') || ('\u{202a}'..='\u{202e}').contains(char) || *char == '\u{2066}'
        });
        assert_eq!(harm, None, "{format}: {printed}");
    }
    let json = site.run(&["check", "--format", "json"]).stdout;
    let problems: serde_json::Value = serde_json::from_str(&json).unwrap();
    let quotes = |problem: &serde_json::Value| problem["message"].as_str().unwrap().contains(controls);
    assert!(problems.as_array().unwrap().iter().any(quotes), "JSON keeps the characters as escapes: {json}");
    let run = site.run(&["check", "--root", "no\u{1b}[2Jwhere"]);
    assert!(run.status == 2 && run.stderr.contains("no\\u{1b}[2Jwhere"), "{run}");
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_can_not_be_written_is_a_failure() {
    use std::process::{Command, Stdio};
    let site = Site::new();
    for arguments in [
        &["check"] as &[&str],
        &["check", "--format", "json"],
        &["explain"],
        &["explain", "stale"],
        &["licences"],
        &["build"],
        &["new", "another"],
        &["--help"],
        &["--version"],
    ] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_filiere"));
        let command = command.args(arguments).current_dir(site.path("")).stdout(full).stderr(Stdio::piped());
        let output = command.output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {stderr}");
        assert!(stderr.contains("can't write to the standard output"), "{arguments:?}: {stderr}");
    }
}

/// As in `filiere explain | head -1`.
#[test]
#[cfg(unix)]
fn a_closed_pipe_is_no_failure() {
    use std::process::{Command, Stdio};
    let mut command = Command::new(env!("CARGO_BIN_EXE_filiere"));
    let mut explain = command.arg("explain").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(explain.stdout.take());
    let output = explain.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
