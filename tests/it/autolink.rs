//! Names in prose that become links by themselves.

use crate::harness::{Built, Site};

const TERMS: &str =
    "name = { fr = \"Terme\", en = \"Term\" }\npath = { fr = \"termes\", en = \"terms\" }\nautolink = true\n";
const LIST: &str = r#"
[atmp]
title = { fr = "Médicament de thérapie innovante (ATMP)", en = "Advanced therapy" }
[cdmo]
title = "CDMO"
[gene-therapy]
title = { fr = "Thérapie génique", en = "Gene therapy" }
[therapy]
title = { fr = "Thérapie", en = "Therapy" }
aliases = { fr = ["soin"], en = ["care"] }
[arnm]
title = { fr = "ARNm", en = "mRNA" }
"#;

/// A site with terms, with this French prose of the actor `alpha`.
fn with_prose(prose: &str) -> Site {
    Site::new().file("content/terms/_type.toml", TERMS).file("content/terms/_list.toml", LIST).prose(prose)
}

/// The links by themselves on a page, each as `id: words`.
fn links(built: &Built, path: &str) -> Vec<String> {
    let page = built.page(path);
    let links = page.match_indices(" class=\"terms auto\">").map(|(at, attribute)| {
        let id = page[..at].trim_end_matches("/\"").rsplit('/').next().unwrap();
        let words = page[at + attribute.len()..].split("</a>").next().unwrap();
        format!("{id}: {words}")
    });
    links.collect()
}

fn links_in(prose: &str) -> Vec<String> {
    links(&with_prose(prose).build(), "/acteurs/alpha/")
}

#[test]
fn the_first_mention_of_a_name_becomes_a_link() {
    assert_eq!(links_in("Une CDMO, puis deux CDMO."), ["cdmo: CDMO"]);
    assert_eq!(
        links_in("L'ARNm des thérapies géniques. Soins."),
        ["arnm: ARNm", "gene-therapy: thérapies géniques", "therapy: Soins"]
    );
    assert_eq!(links_in("Les ATMP sont des *médicaments de thérapie innovante*."), ["atmp: ATMP"]);
    assert_eq!(links_in("thérapie *génique*, CDMO-X, cdmo, post-ARNm, ARNm/CDMO"), ["therapy: thérapie"]);
}

#[test]
fn what_is_code_a_heading_a_quotation_or_a_link_stays_as_it_is() {
    let prose = "## CDMO\n\n> CDMO\n\n`CDMO` [CDMO](https://example.org) [CDMO](../projects/beta.toml)\n\n    CDMO\n\n| CDMO |\n|---|\n| x |\n";
    assert!(links_in(prose).is_empty());
    assert_eq!(links_in(&format!("{prose}\n- CDMO\n")), ["cdmo: CDMO"]);
    assert!(links_in("CDMO [[cdmo|plus loin]]").is_empty(), "the prose has a link to it");
}

#[test]
fn a_name_is_found_in_the_language_of_the_prose() {
    let site = with_prose("Gene therapy.").file("content/actors/alpha.en.md", "+++\n+++\nGene therapies, care.\n");
    let built = site.build();
    assert!(links(&built, "/acteurs/alpha/").is_empty());
    assert_eq!(links(&built, "/en/actors/alpha/"), ["gene-therapy: Gene therapies", "therapy: care"]);
    assert!(built.page("/en/actors/alpha/").contains("<a href=\"/en/terms/gene-therapy/\" class=\"terms auto\">"));
}

#[test]
fn an_own_name_and_longer_names_of_others_stay_as_they_are() {
    let site = with_prose("CDMO Alpha CDMO.")
        .file("content/actors/delta.toml", "title = \"Alpha CDMO\"\n")
        .file("content/terms/hormone.md", "+++\ntitle = \"Hormone\"\n+++\nUne hormone est une CDMO.\n");
    let built = site.build();
    assert_eq!(built.page("/acteurs/alpha/").matches(">CDMO</a> Alpha CDMO.").count(), 1);
    assert_eq!(links(&built, "/termes/hormone/"), ["cdmo: CDMO"]);
}

#[test]
fn names_on_the_stop_list_and_names_of_drafts_stay_as_they_are() {
    let site = with_prose("Thérapies, soins, Hormone.")
        .config("autolink = { stop = [\"thérapie\"] }")
        .file("content/terms/hormone.toml", "title = \"Hormone\"\ndraft = true\n");
    assert_eq!(links(&site.build(), "/acteurs/alpha/"), ["therapy: soins"]);
}

#[test]
fn a_link_by_itself_is_no_mention_and_opens_no_attribute() {
    let site = with_prose("<b title=\"1 > CDMO\">x</b> R&D <i>CDMO</i>").config("html = \"sanitize\"");
    let built = site.build();
    let page = built.page("/acteurs/alpha/");
    assert!(page.contains("<i><a href=\"/termes/cdmo/\" class=\"terms auto\">CDMO</a></i>"), "{page}");
    assert_eq!(links(&built, "/acteurs/alpha/").len(), 1, "{page}");
    assert!(!built.page("/termes/cdmo/").contains("/acteurs/alpha/"));
}

#[test]
fn a_type_of_sources_has_no_links_by_themselves() {
    let site = Site::new().file("content/sources/_type.toml", "name = \"Source\"\ncitation = true\nautolink = true\n");
    assert_eq!(site.places(), ["content/sources/_type.toml:3:1 bad-field"]);
}
