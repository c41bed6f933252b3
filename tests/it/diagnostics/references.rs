//! Relations to entities that do not exist, or that are of the wrong type.

use crate::harness::Site;

#[test]
fn a_target_that_does_not_exist() {
    shows!(Site::new().facts("peers = [\"alhpa\"]"));
}

#[test]
fn a_target_like_no_other() {
    shows!(Site::new().facts("peers = [\"university\"]"));
}

#[test]
fn a_title_in_place_of_an_id() {
    let site = Site::new().file(
        "content/actors/ucl.toml",
        "title = \"UCLouvain\"\naliases = [\"Université de Louvain\"]\npeers = [\"alpha\"]\n",
    );
    shows!(site.facts("peers = [\"Université de Louvain\"]"));
}

#[test]
fn a_target_with_a_type_that_does_not_exist() {
    shows!(Site::new().facts("peers = [\"actors/alhpa\"]"));
}

#[test]
fn a_target_of_another_type() {
    shows!(Site::new().facts("parent = \"beta\""));
}

#[test]
fn a_target_that_names_another_type() {
    shows!(Site::new().facts("parent = \"projects/beta\""));
}

#[test]
fn a_target_with_attributes_that_does_not_exist() {
    shows!(Site::new().file(
        "content/projects/beta.toml",
        "title = \"Beta\"\npartners = [{ to = \"alhpa\", role = \"lead\" }, \"alpha\"]\nsources = [\"gamma\"]\n"
    ));
}

#[test]
fn a_link_without_a_target() {
    shows!(Site::new().file(
        "content/projects/beta.toml",
        "title = \"Beta\"\npartners = [{ role = \"lead\" }, \"alpha\"]\nsources = [\"gamma\"]\n"
    ));
}

#[test]
fn a_wikilink_to_an_id_of_two_types() {
    let site = Site::new().file("content/sources/beta.toml", "title = \"Livre\"\n");
    let site =
        site.file("content/projects/delta.toml", "title = \"D\"\nsources = [\"beta\"]\npartners = [\"alpha\"]\n");
    shows!(site.prose("Voir [[beta]]."));
}

#[test]
fn a_relation_to_an_id_of_two_types() {
    let delta = "title = \"D\"\nsources = [\"beta\"]\npartners = [\"alpha\"]\n";
    let site = Site::new().fields("related = { to = [\"projects\", \"sources\"] }");
    let site = site.file("content/sources/beta.toml", "title = \"Livre\"\n").file("content/projects/delta.toml", delta);
    shows!(site.facts("related = [\"beta\"]"));
}

#[test]
fn two_targets_where_one_is_due() {
    shows!(Site::new().facts("parent = [\"alpha\", \"beta\"]"));
}

#[test]
fn two_values_where_one_is_due() {
    shows!(Site::new().facts("founded = [2015, 2016]"));
}

#[test]
fn an_unknown_attribute() {
    shows!(Site::new().file(
        "content/projects/beta.toml",
        "title = \"Beta\"\npartners = [{ to = \"alpha\", since = 1, rol = \"lead\" }]\nsources = [{ to = \"gamma\", page = 12 }]\n"
    ));
}

#[test]
fn an_attribute_of_a_relation_that_has_none() {
    shows!(Site::new().facts("peers = [{ to = \"alpha\", since = 2015 }]"));
}

#[test]
fn an_attribute_that_is_no_choice() {
    shows!(Site::new().file(
        "content/projects/beta.toml",
        "title = \"Beta\"\npartners = [{ to = \"alpha\", role = \"leader\" }]\nsources = [\"gamma\"]\n"
    ));
}

#[test]
fn a_relation_stated_twice() {
    shows!(Site::new().file(
        "content/projects/beta.toml",
        "title = \"Beta\"\npartners = [\"alpha\", { to = \"alpha\", role = \"lead\" }, \"actors/alpha\"]\nsources = [\"gamma\"]\n"
    ));
}

#[test]
fn of_many_unknown_names_all_are_errors_and_the_first_get_hints() {
    let broken: String = (0..150).map(|n| format!("[a{n}]\ntitle = \"A\"\npeers = [\"alpah\"]\n")).collect();
    let short = Site::new().file("content/actors/_list.toml", broken).short();
    assert_eq!(short.matches("error[unknown-reference]: no actor has the id \"alpah\"").count(), 150);
    assert_eq!(short.matches("did you mean \"alpha\"?").count(), 100);
}

/// Relations and prose are resolved in parallel. Once, the first 100 names that threads reached got the hints.
#[test]
fn the_first_unknown_names_get_hints_whatever_the_threads() {
    let mut site = Site::new();
    for n in 100..300 {
        let file = format!("content/actors/a{n}.md");
        site = site.file(&file, "+++\ntitle = \"A\"\npeers = [\"alhpa\"]\n+++\n[[alpah]]\n");
    }
    let site = site.threads(1);
    let one = site.short();
    let unknown = one.lines().filter(|line| line.contains("has the id"));
    let hints: Vec<bool> = unknown.map(|line| line.contains("did you mean \"alpha\"?")).collect();
    assert_eq!(hints, [[true; 100].as_slice(), &[false; 300]].concat());
    let site = site.threads(4);
    for _ in 0..5 {
        assert!(site.short() == one, "four threads do not say what one says");
    }
}

#[test]
fn a_hierarchy_that_leads_back_to_its_start() {
    let entity = |id: &str, within: &str| format!("[{id}]\ntitle = \"{id}\"\nwithin = [{within}]\n");
    let entities = [entity("a", "\"b\""), entity("b", "\"c\""), entity("c", "\"d\", \"a\""), entity("d", "\"d\"")];
    let site = Site::new().fields("within = { to = \"actors\", hierarchy = true }");
    shows!(site.file("content/actors/_list.toml", entities.concat()));
}
