//! `filiere diff`: what is different between two states of a site.

use std::process::Command;

use crate::harness::Site;

fn git(site: &Site, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.arg("-C").arg(site.path("")).args(["-c", "user.name=T", "-c", "user.email=t@example.org"]);
    let output = command.args(arguments).output().expect("git is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A site with a commit of its first state.
fn committed() -> Site {
    let site = Site::new()
        .fields("[derived.colleagues]\npath = [\"projects\", \"partners\"]\nlabel = { fr = \"Collègues\", en = \"Colleagues\" }")
        .file("content/actors/alpha.md", "+++\ntitle = \"Alpha\"\nsummary = \"Une société.\"\nfounded = 2015\nstatus = \"active\"\n+++\nUne phrase. Deux phrases, longues de 3.5 km. Trois.\n")
        .file("content/actors/alpha.en.md", "+++\nsummary = \"A company.\"\n+++\nOne sentence.\n")
        .file("content/actors/delta.toml", "title = \"Delta\"\nparent = \"alpha\"\n")
        .file("content/actors/epsilon.toml", "title = \"Epsilon\"\n")
        .file("content/projects/beta.toml", "title = \"Beta\"\npartners = [{ to = \"alpha\", role = \"lead\" }, \"epsilon\"]\nsources = [\"gamma\"]\n")
        .file("content/about.md", "+++\ntitle = \"À propos\"\n+++\nVoir [[alpha]] et [[delta]].\n");
    git(&site, &["init", "-q", "-b", "main"]);
    git(&site, &["add", "-A"]);
    git(&site, &["commit", "-q", "-m", "first"]);
    site
}

/// The site after a few changes, which are not committed.
fn changed() -> Site {
    let site = committed();
    assert_eq!(site.run(&["rename", "actors/delta", "actors/omega"]).status, 0);
    site.file("content/actors/alpha.md", "+++\ntitle = \"Alpha & Co\"\nsummary = \"Une société <b>anonyme</b>.\"\nfounded = 2016\nstatus = \"closed\"\nphones = [\"1\", \"2\"]\n+++\nUne phrase. Deux phrases, longues de 4 km. Trois.\n")
        .file("content/projects/beta.toml", "title = \"Beta\"\npartners = [{ to = \"alpha\", role = \"partner\" }, \"omega\"]\nsources = [\"gamma\"]\n")
        .file("content/actors/zeta.toml", "title = \"Zeta\"\nparent = \"nobody\"\n")
        .without("content/actors/epsilon.toml")
        .file("content/new.md", "+++\ntitle = \"Nouveau\"\n+++\n")
        .file("content/sources/_type.toml", "name = { fr = \"Source\", en = \"Source\" }\nplural = { fr = \"Sources\", en = \"Sources\" }\ncitation = true\n[fields]\nyear = { kind = \"year\" }\n")
}

#[test]
fn each_difference_is_told_once() {
    let output = changed().run(&["diff", "--lang", "en"]);
    assert_eq!(output.status, 0, "{}", output.stderr);
    snapshot!(output.stdout);
}

#[test]
fn the_same_for_a_comment_a_page_and_programs() {
    let site = changed();
    snapshot!(site.run(&["diff", "--format", "markdown"]).stdout);
    let page = site.run(&["diff", "main", ".", "--format", "html"]).stdout;
    assert!(page.contains("Alpha &amp; Co") && !page.contains("<b>anonyme"), "{page}");
    let json: serde_json::Value = serde_json::from_str(&site.run(&["diff", "--format", "json"]).stdout).unwrap();
    let mut json = json.clone();
    // The name of the commit differs from run to run.
    json["from"] = "COMMIT".into();
    json["to"] = "FOLDER".into();
    snapshot!(format!("{json:#}"));
}

#[test]
fn what_did_not_change_is_not_told() {
    let site = committed();
    let output = site.run(&["diff", "--exit-code"]);
    assert_eq!((output.status, output.stdout.as_str()), (0, "nothing is different\n"), "{}", output.stderr);
    // A comment and the order of keys are no facts.
    let site = site.file("content/actors/delta.toml", "# who\nparent = \"alpha\"\ntitle = \"Delta\"\n");
    assert_eq!(site.run(&["diff"]).stdout, "nothing is different\n");
    // A rename with all its references is one difference.
    assert_eq!(site.run(&["rename", "actors/alpha", "actors/omicron"]).status, 0);
    let output = site.run(&["diff", "--exit-code"]);
    assert_eq!(output.status, 1);
    snapshot!(output.stdout);
}

#[test]
fn revisions_and_folders_are_compared() {
    let site = committed();
    git(&site, &["checkout", "-q", "-b", "branch"]);
    let site = site.file("content/actors/new.toml", "title = \"New\"\nparent = \"alpha\"\n");
    git(&site, &["add", "-A"]);
    git(&site, &["commit", "-q", "-m", "second"]);
    // What the branch changes, and nothing that is not committed.
    let added = "new: actors/new · New\n";
    assert_eq!(site.run(&["diff"]).stdout, added);
    assert_eq!(site.run(&["diff", "main", "branch"]).stdout, added);
    assert_eq!(site.run(&["diff", "branch", "branch"]).stdout, "nothing is different\n");
    let other = Site::new();
    let folder = other.path("").display().to_string();
    assert!(site.run(&["diff", &folder, "main"]).stdout.contains("new: actors/delta"));
    let mut all = String::new();
    for arguments in [&["diff", "nowhere"][..], &["diff", "--output=x"], &["diff", "--lang", "de"], &["diff", "-p"]] {
        let output = site.run(arguments);
        assert_eq!(output.status, 2, "{arguments:?}");
        all.push_str(&output.stderr);
    }
    snapshot!(all);
}

/// In words, the label of an attribute stands for yes, as on pages.
#[test]
fn an_attribute_that_is_true_is_told_by_its_label() {
    let types = std::fs::read_to_string(Site::new().path("content/projects/_type.toml")).unwrap();
    let types = types.replace(
        "attributes.role",
        "attributes.inferred = { kind = \"boolean\", label = { fr = \"Déduit\", en = \"Inferred\" } }\nattributes.role",
    );
    let partners = |value: &str| {
        format!(
            "title = \"Beta\"\npartners = [{{ to = \"alpha\", inferred = {value}, role = \"lead\" }}]\nsources = [\"gamma\"]\n"
        )
    };
    let site =
        Site::new().file("content/projects/_type.toml", types).file("content/projects/beta.toml", partners("false"));
    git(&site, &["init", "-q", "-b", "main"]);
    git(&site, &["add", "-A"]);
    git(&site, &["commit", "-q", "-m", "first"]);
    let told = site.file("content/projects/beta.toml", partners("true")).run(&["diff", "--lang", "en"]).stdout;
    assert!(told.contains("Alpha (Coordinator → Inferred, Coordinator)"), "{told}");
}
