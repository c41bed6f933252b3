//! The pictures of entities: their sizes, their frames, and files that are not pictures.

use crate::harness::{PICTURE, Site};

const ATLAS: &str = "title = \"Portail\"\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\n";

/// The actor `alpha` has a picture.
fn site(facts: &str) -> Site {
    let facts = format!("image = {{ src = \"a.gif\", alt = \"Le logo\" }}\n{facts}");
    Site::new().file("site.toml", ATLAS).file("content/actors/a.gif", PICTURE).facts(&facts)
}

#[test]
fn pictures_have_their_sizes_on_profiles_in_lists_in_cards_and_in_prose() {
    let prose = "+++\ntitle = \"À propos\"\n+++\n![[alpha]]\n\n![Le logo](actors/a.gif)\n";
    let built = site("").file("content/about.md", prose).build();
    let picture = "<img class=\"picture\" src=\"/actors/a.gif\" alt=\"Le logo\" width=\"3\" height=\"2\">";
    assert!(built.page("/acteurs/alpha/").contains(picture));
    let small = "<img class=\"thumbnail\" src=\"/actors/a.gif\" alt=\"\" width=\"3\" height=\"2\" loading=\"lazy\">";
    assert!(built.page("/acteurs/").contains(small));
    assert!(built.json("/data/index/actors.fr.json")["entries"][0]["html"].as_str().unwrap().contains(small));
    let page = built.page("/about/");
    assert!(page.contains(small), "{page}");
    assert!(page.contains("<img src=\"/actors/a.gif\" alt=\"Le logo\" width=\"3\" height=\"2\" loading=\"lazy\">"));
}

#[test]
fn the_frame_of_an_entity_replaces_that_of_its_type() {
    let template = "{% for card in index.items %}{{ card.image.fit }} {{ card.image.background }}{% endfor %}";
    let frame = |type_keys: &str, facts: &str| {
        let site = Site::new().template("actors-index.html", template).file("content/actors/a.gif", PICTURE);
        let declaration = std::fs::read_to_string(site.path("content/actors/_type.toml")).unwrap();
        let site = site.file("content/actors/_type.toml", format!("{type_keys}\n{declaration}"));
        let facts = format!("image = {{ src = \"a.gif\", alt = \"Le logo\" }}\n{facts}");
        site.facts(&facts).build().page("/acteurs/").trim().to_owned()
    };
    assert_eq!(frame("", ""), "contain light");
    assert_eq!(frame("image_fit = \"cover\"\nbackground = \"dark\"", ""), "cover dark");
    assert_eq!(frame("image_fit = \"cover\"", "image_fit = \"contain\"\nbackground = \"none\""), "contain none");
}

#[test]
fn an_index_knows_whether_it_has_pictures() {
    let template = "{{ index.pictures }}";
    let site = || Site::new().template("index.html", template).file("content/actors/a.gif", PICTURE);
    assert_eq!(site().build().page("/acteurs/"), "false");
    let built = site().facts("image = { src = \"a.gif\", alt = \"Le logo\" }").build();
    assert_eq!((built.page("/acteurs/"), built.page("/projets/")), ("true".into(), "false".into()));
}
