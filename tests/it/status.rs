//! What a site needs most.

use crate::harness::Site;

fn site() -> Site {
    let site = Site::new()
        .config("stale_after = \"1 year\"\n\n[warnings]\nno-relations = \"allow\"\nstale = \"allow\"")
        .file("content/actors/twin.toml", "title = \"ALPHA S.A.\"\nwebsite = \"https://www.example.org/\"\n")
        .file(
            "content/actors/other.toml",
            "title = \"Alpha of Namur\"\nwebsite = \"http://example.org\"\nverified = 2020-01-02\n",
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

/// The lines of `status --all` about a kind of work, without their weights.
fn lines(site: &Site, kind: &str) -> Vec<String> {
    let output = site.run(&["status", "--all"]).stdout;
    let words = |line: &str| line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ");
    output.lines().map(words).filter(|line| line.starts_with(&format!("{kind} "))).collect()
}

#[test]
fn figures_without_a_year_or_a_source_are_listed() {
    let figure = |period: &str| format!("title = \"Jobs\"\nvalue = 3\nindicator = \"beta\"\n{period}\n");
    let declared = "name = \"Figure\"\nfields.value = { kind = \"number\" }\nfields.period = { kind = \"period\" }\n\
                    fields.year = { kind = \"year\" }\nfields.indicator = { to = \"projects\" }\nfields.origin = { to = \"sources\" }\n";
    let view = |kind: &str, more: &str| {
        format!(
            "+++\ntitle = \"Figures\"\nview = {{ kind = \"{kind}\", of = \"figures\", by = \"indicator\"{more} }}\n+++\n"
        )
    };
    let site = |view: String| {
        let site = Site::new()
            .file("content/figures/_type.toml", declared)
            .file("content/figures-by-subject.md", view)
            .file("content/figures/no-date.toml", figure(""))
            .file("content/figures/no-source.toml", figure("year = 2020"));
        (0..8).fold(site, |site, number| {
            let period = "period = { from = 2020, to = 2020 }\norigin = [\"gamma\"]";
            site.file(&format!("content/figures/f{number}.toml"), figure(period))
        })
    };
    let undated = "undated figures/no-date it is a figure, and no \"period\" says when it holds";
    let figures = site(view("figures", ""));
    assert_eq!(lines(&figures, "undated"), [undated]);
    // The year that a view of figures reads is not one that this view of series reads.
    let series = site(view("series", ", period = \"period\""));
    assert_eq!(lines(&series, "undated").len(), 2);
    assert!(!series.run(&["status", "--all"]).stdout.contains("\"period\" is missing"), "it is told once");
    // Without such a view, nobody knows that they are figures, and a usual field is missing.
    let neither = site(String::from("+++\ntitle = \"Figures\"\n+++\n"));
    assert_eq!(lines(&neither, "undated"), [""; 0]);
    assert!(neither.run(&["status", "--all"]).stdout.contains("\"period\" is missing"));
    let unsourced = lines(&figures, "unsourced");
    assert!(unsourced.iter().any(|line| line.starts_with("unsourced figures/no-date ")), "{unsourced:?}");
}

/// A vaccine that two companies made together is another name of both, and the tenants of a park share its web site.
#[test]
fn what_two_have_in_common_is_no_proof_that_they_are_one() {
    let site = |second: &str| {
        let company =
            |title: &str, more: &str| format!("title = \"{title}\"\naliases = [\"BioNTech-Pfizer\"]\n{more}\n");
        let page = "website = \"https://park.example/biontech\"";
        Site::new()
            .file("content/actors/biontech.toml", company("BioNTech", page))
            .file("content/actors/pfizer.toml", company(second, "website = \"https://park.example/pfizer\""))
            .file("content/actors/tenant.toml", "title = \"Tenant\"\nwebsite = \"https://park.example/\"\n")
            .file("content/actors/park.toml", "title = \"Green Park\"\nwebsite = \"https://park.example\"\n")
    };
    assert_eq!(lines(&site("Pfizer"), "duplicate"), [""; 0]);
    let expected = "duplicate actors/pfizer it has the same name as actors/biontech: \"biontech pfizer\"";
    assert_eq!(lines(&site("BioNTech Manufacturing"), "duplicate"), [expected]);
    assert_eq!(lines(&site("BioNTech-Pfizer"), "duplicate"), [expected]);
    let identified = site("Pfizer").file("content/actors/_type.toml", "name = \"Actor\"\nfields.vat = { kind = \"identifier\", scheme = \"vat\" }\nfields.website = { kind = \"url\" }\n");
    let identified = identified
        .file("content/actors/pfizer.toml", "title = \"Pfizer\"\nvat = \"BE0428759497\"\n")
        .file("content/actors/biontech.toml", "title = \"BioNTech\"\nvat = \"BE0428759497\"\n");
    assert_eq!(lines(&identified, "duplicate").len(), 1);
}
