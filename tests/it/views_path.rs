//! The view `path`: how two entities are connected. A browser computes the chains from the published links.

use crate::harness::Site;

fn page(keys: &str) -> String {
    format!(
        "+++\ntitle = {{ fr = \"Liens\", en = \"Connections\" }}\nslug = {{ fr = \"liens\", en = \"connections\" }}\nview = {{ kind = \"path\"{keys} }}\n+++\n"
    )
}

#[test]
fn the_links_have_all_entities_but_sources_with_their_addresses_and_labels() {
    let level = "name = { fr = \"Niveau\", en = \"Level\" }\npages = false\n[fields]\nfor = { to = \"actors\", label = \"For\", inverse = { id = \"levels\", label = { fr = \"Niveaux\", en = \"Levels\" } } }\n";
    let site = Site::new()
        .facts("parent = \"alpha-two\"\npeers = [\"alpha-two\"]")
        .file("content/actors/alpha-two.toml", "title = { fr = \"Deux\", en = \"Two\" }\npeers = [\"alpha\"]\n")
        .file("content/actors/hidden.toml", "title = \"Hidden\"\ndraft = true\npeers = [\"alpha\"]\n")
        .file("content/levels/_type.toml", level)
        .file("content/levels/_list.toml", "[top]\ntitle = \"Top\"\nfor = [\"alpha\"]\n")
        .file("content/connections.md", page(""));
    let built = site.build();
    let links: serde_json::Value = serde_json::from_str(&built.text("/data/links.en.json")).unwrap();
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let types = r##"[["actors","Actor","/en/actors/","/"],["levels","Level","/en/levels/#",""],["projects","Project","/en/projets/","/"]]"##;
    assert_eq!(links["types"], json(&types.replace("projets", "projects")));
    assert_eq!(
        links["entities"],
        json(r#"[[0,"alpha","Alpha"],[0,"alpha-two","Two"],[1,"top","Top"],[2,"beta","Beta"]]"#)
    );
    let labels = |link: &serde_json::Value| links["relations"][link[2].as_u64().unwrap() as usize].clone();
    let list = links["links"].as_array().unwrap();
    let told: Vec<_> = list.iter().map(|link| (link[0].clone(), link[1].clone(), labels(link))).collect();
    let labelled = |from: u64, to: u64, label: &str, inverse: &str| {
        (from.into(), to.into(), json(&format!("[{label:?},{inverse:?}]")))
    };
    assert_eq!(
        told,
        [
            labelled(0, 1, "Parent", "Subsidiaries"),
            labelled(0, 1, "Peers", "Peers"),
            labelled(2, 0, "For", "Levels"),
            labelled(3, 0, "Partners", "Projects"),
        ]
    );
}

#[test]
fn a_site_without_such_a_view_has_no_links() {
    assert!(!Site::new().build().has("/data/links.en.json"));
    let draft = page("").replacen("+++\n", "+++\ndraft = true\n", 1);
    assert!(!Site::new().file("content/connections.md", draft).build().has("/data/links.en.json"));
}

#[test]
fn profiles_lead_to_the_page() {
    let site = Site::new().theme("atlas").facts("peers = [\"alpha-two\"]");
    let site = site.file("content/actors/alpha-two.toml", "title = \"Two\"\n");
    let site = site.file("content/connections.md", page(", of = [\"actors\", \"projects\"], weak = \"projects\""));
    let built = site.build();
    assert!(built.page("/en/actors/alpha/").contains("href=\"/en/connections/?from=actors/alpha\""));
    let page = built.page("/liens/");
    assert!(page.contains("data-of=\"actors projects \" data-weak=\"projects \""), "{page}");
}

#[test]
fn mistakes_in_the_keys_of_a_path() {
    let keys =
        [", of = [\"actor\"]", ", of = \"actors\", weak = [\"projects\"]", ", weak = [\"place\"]", ", to = \"actors\""];
    let site = keys.iter().enumerate().fold(Site::new(), |site, (number, keys)| {
        let page = page(keys).replace("Connections", &format!("Connections {number}")).replace("slug", "# slug");
        site.file(&format!("content/path-{number}.md"), page)
    });
    shows!(site);
}
