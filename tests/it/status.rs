//! What a site needs most.

use crate::harness::Site;

fn site() -> Site {
    let site = Site::new()
        .config("stale_after = \"1 year\"\n\n[warnings]\nno-relations = \"allow\"\nstale = \"allow\"")
        .file("content/actors/twin.toml", "title = \"ALPHA S.A.\"\nwebsite = \"https://www.example.org/\"\n")
        .file(
            "content/actors/other.toml",
            "title = \"Other\"\nwebsite = \"http://example.org\"\nverified = 2020-01-02\n",
        )
        .file(
            "content/actors/lonely.md",
            "+++\ntitle = { fr = \"Seul\", en = \"Alone\" }\nlogo = \"a.png\"\n+++\nProse.\n",
        )
        .file("content/actors/a.png", crate::harness::PICTURE)
        .file("content/projects/old.md", "+++\ntitle = \"Old\"\n+++\nWith [[lonely]] and [[alpha]].\n");
    (0..5).fold(site, |site, number| {
        site.file(
            &format!("content/actors/usual{number}.toml"),
            format!("title = \"Usual {number}\"\nfounded = 2000\nverified = 2026-01-01\npeers = [\"alpha\"]\n"),
        )
    })
}

#[test]
fn work_is_listed_by_what_it_is_worth() {
    let output = site().run(&["status", "--all"]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    snapshot!(output.stdout);
}

#[test]
fn the_same_for_programs_sheets_and_people() {
    let site = site();
    let json: serde_json::Value = serde_json::from_str(&site.run(&["status", "--format", "json"]).stdout).unwrap();
    snapshot!(serde_json::to_string_pretty(&json["items"][0]).unwrap());
    assert_eq!(json["totals"]["stale"], 1);
    let count: u64 = json["totals"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(json["items"].as_array().unwrap().len() as u64, count);
    let csv = site.run(&["status", "--format", "csv", "--type", "projects"]).stdout;
    snapshot!(csv);
    let html = site.run(&["status", "--format", "html"]).stdout;
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<h2>duplicate (2)</h2>"), "{html}");
}
