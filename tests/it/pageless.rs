//! Types without pages: the addresses of their profiles are places on the index.

use crate::harness::{Built, Site, files_in};

const SCHEMA: &str = r#"name = { fr = "Niveau", en = "Level" }
path = { fr = "niveaux", en = "levels" }
pages = false

[fields]
order   = { kind = "integer", label = { fr = "Rang", en = "Rank" } }
example = { to = "actors", one = true, label = { fr = "Exemple", en = "Example" }, inverse = { id = "levels", label = { fr = "Niveaux", en = "Levels" } } }
"#;

/// A site with a type without pages, and a page size that its index exceeds.
fn site() -> Site {
    Site::new()
        .config("page_size = 1")
        .file("content/levels/_type.toml", SCHEMA)
        .file("content/levels/_list.toml", "[sandbox]\ntitle = \"Bac à sable\"\nsummary = { fr = \"Le début.\", en = \"The start.\" }\norder = 7\nexample = \"alpha\"\nupdated = 2025-01-01\n[final]\ntitle = \"Fin\"\nexample = \"alpha\"\n")
}

fn with_theme(site: Site, theme: &str) -> Built {
    let config = std::fs::read_to_string(site.path("site.toml")).unwrap();
    site.file("site.toml", config.replace("plain", theme)).build()
}

#[test]
fn a_profile_is_shown_on_the_index_with_all_that_it_says() {
    for theme in ["plain", "atlas"] {
        let built = with_theme(site(), theme);
        let index = built.page("/niveaux/");
        for text in ["id=\"sandbox\"", "id=\"final\"", "Le début.", "Rang", "7", "Exemple", "/acteurs/alpha/"] {
            assert!(index.contains(text), "{theme}: {text} is not in {index}");
        }
        assert!(!built.has("/niveaux/page/2/"));
        assert!(built.page("/acteurs/alpha/").contains("href=\"/niveaux/#sandbox\""), "{theme}");
        assert!(built.page("/en/actors/alpha/").contains("href=\"/en/levels/#sandbox\""), "{theme}");
    }
}

#[test]
fn a_profile_without_a_page_is_in_the_data_alone() {
    let built = with_theme(site(), "atlas");
    for file in files_in(&built.site.path("public")).keys() {
        let name = file.to_string_lossy().into_owned();
        assert!(!name.contains("sandbox"), "{name}");
    }
    for file in ["/sitemap.xml", "/feed.xml"] {
        assert!(!built.text(file).contains("sandbox"), "{file}");
    }
    let data = built.json("/data/levels.json");
    assert!(built.text("/data/levels.csv").contains("https://example.org/niveaux/#sandbox"));
    assert!(data.to_string().contains(r#""en":"/en/levels/#sandbox""#), "{data}");
}

#[test]
fn links_lead_to_the_place_of_a_profile() {
    let prose = "[[sandbox]] [b](../levels/_list.toml#final) [c](/niveaux/#final) [[levels]]";
    let page = site().prose(prose).build().page("/acteurs/alpha/");
    for link in ["href=\"/niveaux/#sandbox\"", "href=\"/niveaux/#final\">b<", "href=\"/niveaux/#final\">c<"] {
        assert!(page.contains(link), "{link} is not in {page}");
    }
    assert_eq!(site().prose("[c](/niveaux/#fnal)").places(), ["content/actors/alpha.md:4:1 broken-anchor"]);
}

#[test]
fn a_type_that_loses_its_pages_keeps_their_addresses() {
    let schema = SCHEMA.replace("pages =", "redirects = [\"/stufen/\"]\npages =");
    let built = site().file("content/levels/_type.toml", schema).build();
    assert!(built.page("/stufen/sandbox/").contains("url=/niveaux/#sandbox\""));
    let lines = built.text("/_redirects");
    assert_eq!(
        lines,
        "/stufen/ /niveaux/ 301\n/stufen/final/ /niveaux/#final 301\n/stufen/sandbox/ /niveaux/#sandbox 301\n"
    );
}
