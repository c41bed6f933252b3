//! Drafts stay private: no published file contains anything of a draft.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

use flate2::read::GzDecoder;

use crate::harness::{Site, files_in};

/// A word that is in each text of every draft, and nowhere else.
const SECRET: &str = "zyxwvut";

/// A site in which each type has a draft, and every kind of link leads to one.
fn site() -> Site {
    let config = "title = { fr = \"Portail\", en = \"Portal\" }\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\n\
                  theme = \"atlas\"\nmenu = [\"actors\", \"zyxwvut-page\"]\n";
    let draft = "draft = true\ntitle = { fr = \"Zyxwvut\", en = \"Zyxwvut\" }\nsummary = \"Zyxwvut.\"\naliases = [\"Zyxwvut Alias\"]\n\
                 updated = 2025-01-01\n";
    let prose = "Voir [[zyxwvut-actor|un acteur]], [[zyxwvut-source|p. 3]] et [[zyxwvut-page|une page]].\n\n![[zyxwvut-actor]]\n";
    Site::new()
        .file("site.toml", config)
        .facts("founded = 2015\nparent = \"zyxwvut-actor\"\npeers = [\"zyxwvut-actor\"]\nupdated = 2025-01-01")
        .file("content/projects/beta.md", format!("+++\ntitle = \"Beta\"\npartners = [{{ to = \"zyxwvut-actor\", role = \"lead\" }}, \"alpha\"]\nsources = [\"gamma\", \"zyxwvut-source\"]\n+++\n{prose}"))
        .without("content/projects/beta.toml")
        .file("content/actors/zyxwvut-actor.md", format!("+++\n{draft}redirects = [\"/old-zyxwvut/\"]\nfounded = 1999\nphones = [\"zyxwvut\"]\npeers = [\"alpha\"]\n+++\nZyxwvut [[alpha]].\n"))
        .file("content/actors/zyxwvut-actor.en.md", "+++\n+++\nZyxwvut [[alpha]].\n")
        .file("content/projects/zyxwvut-project.toml", format!("{draft}partners = [\"alpha\"]\n"))
        .file("content/sources/zyxwvut-source.toml", draft)
        .file("content/zyxwvut-page.md", "+++\ndraft = true\ntitle = \"Zyxwvut\"\nslug = \"zyxwvut-slug\"\nupdated = 2025-01-01\n+++\nZyxwvut.\n")
        .file("content/zyxwvut-page/inner.md", "+++\ndraft = true\ntitle = \"Zyxwvut\"\n+++\nZyxwvut.\n")
        .file("content/map.md", "+++\ntitle = \"Réseau\"\nview = { kind = \"network\", of = [\"actors\", \"projects\"] }\n+++\n")
        .file("content/matrix.md", "+++\ntitle = \"Matrice\"\nview = { kind = \"matrix\", of = \"projects\", rows = \"partners\", columns = \"sources\" }\n+++\n")
        .file("content/years.md", "+++\ntitle = \"Années\"\nview = { kind = \"timeline\", of = [\"actors\"], start = \"founded\" }\n+++\n")
        .file("content/find.md", "+++\ntitle = \"Chercher\"\nview = { kind = \"search\" }\n+++\n")
        .file("content/letters.md", "+++\ntitle = \"Glossaire\"\nview = { kind = \"glossary\", of = \"actors\" }\n+++\n")
        .file("content/figures.md", "+++\ntitle = \"Chiffres\"\nview = { kind = \"figures\", of = \"projects\", by = \"partners\" }\n+++\n")
}

/// The files of a folder that have the secret in their name or their text. The files of a search index are
/// decompressed.
fn telling(files: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<String> {
    let tells = |path: &PathBuf, bytes: &[u8]| {
        let mut opened = Vec::new();
        let is_packed = GzDecoder::new(bytes).read_to_end(&mut opened).is_ok();
        let text = String::from_utf8_lossy(if is_packed { &opened } else { bytes }).to_lowercase();
        path.to_string_lossy().contains(SECRET) || text.contains(SECRET)
    };
    files.iter().filter(|(path, bytes)| tells(path, bytes)).map(|(path, _)| path.display().to_string()).collect()
}

#[test]
fn no_file_of_a_site_tells_of_a_draft() {
    let site = site();
    let run = site.run(&["build"]);
    assert_eq!(run.status, 0, "{run}");
    let files = files_in(&site.path("public"));
    assert!(
        files.keys().any(|path| path.extension().is_some_and(|it| it == "pf_fragment")),
        "there is no search index"
    );
    assert_eq!(telling(&files), [""; 0]);
}

#[test]
fn with_drafts_all_of_them_are_published_and_found() {
    let site = site();
    let run = site.run(&["build", "--drafts"]);
    assert_eq!(run.status, 0, "{run}");
    let telling = telling(&files_in(&site.path("public")));
    let expected = [
        "acteurs/zyxwvut-actor/index.html",
        "projets/zyxwvut-project/index.html",
        "sources/zyxwvut-source/index.html",
        "zyxwvut-slug/index.html",
        "zyxwvut-slug/inner/index.html",
        "feed.xml",
        "sitemap.xml",
        "_redirects",
        "data/ecosystem.json",
        "data/actors.csv",
        "data/actors/zyxwvut-actor.json",
        "map/index.html",
        "matrix/index.html",
        "years/index.html",
        "letters/index.html",
        "figures/index.html",
    ];
    for file in expected {
        assert!(telling.iter().any(|path| path.ends_with(file)), "{file} is not among {telling:?}");
    }
    assert!(telling.iter().any(|path| path.ends_with(".pf_fragment")), "the search index is not among {telling:?}");
}
