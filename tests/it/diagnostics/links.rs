//! Links in prose that lead nowhere.

use crate::harness::Site;

#[test]
fn a_wikilink_that_leads_nowhere() {
    shows!(Site::new().prose("Le projet [[bta]] et [[bta|ses partenaires]]."));
}

#[test]
fn a_wikilink_that_names_a_type() {
    shows!(Site::new().prose("Voir [[projects/bta]]."));
}

#[test]
fn a_card_that_is_not_there() {
    shows!(Site::new().prose("![[bta]]"));
}

#[test]
fn a_link_to_a_file_that_is_not_there() {
    shows!(Site::new().prose("Voir [le projet](../projets/beta.toml)."));
}

#[test]
fn a_link_to_an_address_that_is_not_there() {
    shows!(Site::new().prose("Voir [l’index](/acteur/)."));
}

#[test]
fn a_link_without_a_target() {
    shows!(Site::new().prose("Voir [ceci]()."));
}

#[test]
fn an_anchor_of_the_same_page_that_is_not_there() {
    shows!(Site::new().prose("Voir [plus bas](#lété) et [[#hiver]].\n\n## L’été"));
}

#[test]
fn an_anchor_of_another_page_that_is_not_there() {
    let site = Site::new().file(
        "content/projects/beta.md",
        "+++\ntitle = \"Beta\"\npartners = [\"alpha\"]\nsources = [\"gamma\"]\n+++\n## Résultats\n",
    );
    let site = site.file("content/projects/beta.en.md", "+++\n+++\n## Results\n").without("content/projects/beta.toml");
    shows!(site.prose("Voir [[beta#resultat]] et [ceci](../projects/beta.md#results)."));
}

#[test]
fn an_anchor_of_a_page_without_headings() {
    shows!(Site::new().prose("Voir [[beta#rien]]."));
}

#[test]
fn a_link_to_a_draft() {
    let site = Site::new().file("content/projects/delta.toml", "title = \"Delta\"\ndraft = true\n");
    shows!(site.prose("Le projet [[delta]], [le même](../projects/delta.toml)."));
}

#[test]
fn a_relation_to_a_draft() {
    let site = Site::new().file("content/actors/delta.toml", "title = \"Delta\"\ndraft = true\n");
    shows!(site.facts("peers = [\"delta\"]"));
}

#[test]
fn a_link_to_a_page_that_is_a_draft() {
    let site = Site::new().file("content/about.md", "+++\ntitle = \"Un\"\ndraft = true\n+++\n");
    shows!(site.prose("Voir [à propos](../about.md)."));
}

#[test]
fn a_broken_link_in_a_field() {
    shows!(Site::new().facts("notes = \"Voir [[bta]].\""));
}

#[test]
fn a_broken_link_in_a_translation() {
    shows!(Site::new().prose("Bonjour.").file("content/actors/alpha.en.md", "+++\n+++\nSee [[bta]].\n"));
}

#[test]
fn an_anchor_of_an_address_that_is_not_there() {
    let site = Site::new().prose("Voir [ceci](/projets/beta/#rien).");
    assert_eq!(site.places(), ["content/actors/alpha.md:4:6 broken-anchor"]);
}

/// The home page has an empty path, and was suggested.
#[test]
fn a_short_name_gets_no_empty_suggestion() {
    let short = Site::new().prose("[[a]]").short();
    assert!(short.contains("broken-link") && !short.contains("did you mean"), "{short}");
}

#[test]
fn a_footnote_without_a_reference_and_one_that_is_defined_twice() {
    shows!(
        Site::new().prose("Texte[^a].\n\n[^a]: Une note.\n\n[^A]: Une autre.\n\n[^b]: Perdue [^c].\n\n[^c]: Aussi.")
    );
}

#[test]
fn an_anchor_with_an_underscore() {
    shows!(Site::new().prose("## Notes {#fn_1}"));
}

#[test]
fn html_that_is_too_deep() {
    let site = Site::new().config("html = \"sanitize\"");
    shows!(site.prose(&format!("Texte <b {}>x</b>\n\n{}", "a=b ".repeat(101), "<div>\n".repeat(200))));
}

/// Each suggestion compares a name with all others, so only the first 100 get one.
#[test]
fn many_broken_anchors_and_images_get_a_hundred_suggestions() {
    let links: String = (0..90).map(|at| format!("[[#tittle{at:03}]]\n![x](imagee{at:03}.png)\n")).collect();
    let headings: String = (0..90).map(|at| format!("## Title{at:03}\n\n")).collect();
    let images = (0..90).fold(Site::new(), |site, at| site.file(&format!("content/actors/image{at:03}.png"), ""));
    let short = images.prose(&format!("{links}\n{headings}")).short();
    assert_eq!(short.lines().count(), 180);
    assert_eq!(short.matches("did you mean").count(), 100);
}

/// The whole line was printed and scanned for each of them, and 3,000 took minutes.
#[test]
fn mistakes_on_a_long_line_are_shown_with_a_part_of_it() {
    let run = Site::new().prose(&"[été](b.md) ".repeat(2000)).check();
    let last = run.diagnostics().rsplit("\n\n").next().unwrap();
    snapshot!(last);
    assert!(run.stdout.len() < 2000 * 1000, "{} bytes", run.stdout.len());
}

/// Offsets in a value with escapes are not offsets in the file.
#[test]
fn mistakes_in_a_value_with_escapes_are_at_the_value() {
    let facts = "notes = \"\\u00e9\\u00e9\\u00e9\\n\\n## \\u00e9 {#a_b}\\n\\n[^a]\\n\\n[^a]: x\\n\\n[^a]: y\\n\"\nphones = [\"é\"]";
    let site = Site::new().facts(facts);
    let value = "content/actors/alpha.md:3:9";
    assert_eq!(site.places(), [format!("{value} bad-anchor"), format!("{value} repeated-footnote")]);
    assert!(!site.check().stdout.contains("alpha.md:1"), "{}", site.check());
}
