//! Mistakes in `_type.toml` and in views.

use crate::harness::Site;

#[test]
fn an_unknown_kind() {
    shows!(Site::new().fields("size = { kind = \"interger\" }"));
}

#[test]
fn a_kind_like_no_other() {
    shows!(Site::new().fields("size = { kind = \"list\" }"));
}

#[test]
fn a_field_without_a_kind() {
    shows!(Site::new().fields("size = { label = \"Taille\" }"));
}

#[test]
fn a_type_without_a_name() {
    shows!(Site::new().file("content/topics/_type.toml", ""));
}

#[test]
fn a_relation_to_a_type_that_does_not_exist() {
    shows!(Site::new().fields("topics = { to = \"project\" }\nplaces = { to = [\"actors\", \"places\"] }"));
}

#[test]
fn a_field_whose_name_is_taken() {
    shows!(Site::new().fields("title = { kind = \"text\" }\nurl = { kind = \"url\" }"));
}

#[test]
fn an_attribute_whose_name_is_taken() {
    shows!(Site::new().fields("friends = { to = \"actors\", attributes.to = { kind = \"text\" } }"));
}

#[test]
fn a_field_whose_name_is_no_id() {
    shows!(Site::new().fields("\"Chiffre d'affaires\" = { kind = \"number\" }"));
}

#[test]
fn two_inverses_of_one_name() {
    shows!(Site::new().fields("owner = { to = \"actors\", one = true, inverse = { id = \"children\" } }"));
}

#[test]
fn an_inverse_with_the_name_of_a_field() {
    shows!(Site::new().fields("owner = { to = \"actors\", one = true, inverse = { id = \"founded\" } }"));
}

#[test]
fn a_derived_relation_with_the_name_of_a_field() {
    shows!(
        Site::new().fields(
            "\n[derived.founded]\npath = [\"projects\", \"partners\"]\n\n[derived.children]\npath = [\"peers\"]"
        )
    );
}

#[test]
fn choices_without_the_kind_choice() {
    shows!(Site::new().fields("size = { kind = \"text\", choices = { big = \"Grand\" } }"));
}

#[test]
fn a_choice_without_choices() {
    shows!(Site::new().fields("size = { kind = \"choice\" }\nform = { kind = \"choice\", choices = {} }"));
}

#[test]
fn a_min_above_the_max() {
    shows!(Site::new().fields("size = { kind = \"integer\", min = 10, max = 1 }"));
}

#[test]
fn a_relation_with_a_kind() {
    shows!(Site::new().fields("friends = { to = \"actors\", kind = \"text\", many = true }"));
}

#[test]
fn a_field_with_a_key_of_relations() {
    shows!(Site::new().fields("size = { kind = \"integer\", one = true }"));
}

#[test]
fn a_relation_that_leads_to_no_type() {
    shows!(Site::new().fields("friends = { to = [] }"));
}

#[test]
fn a_type_sorted_by_a_field_that_does_not_exist() {
    shows!(Site::new().file(
        "content/topics/_type.toml",
        "name = { fr = \"Sujet\", en = \"Topic\" }\nsort = \"-yaer\"\n[fields]\nyear = { kind = \"year\" }\n"
    ));
}

#[test]
fn a_pattern_that_is_no_regular_expression() {
    shows!(Site::new().fields("size = { kind = \"text\", pattern = \"[A-Z\" }"));
}

#[test]
fn a_derived_relation_along_a_path_that_does_not_exist() {
    shows!(Site::new().fields("\n[derived.cited]\npath = [\"projects\", \"source\"]"));
}

#[test]
fn a_derived_relation_without_a_step() {
    shows!(Site::new().fields("\n[derived.cited]\npath = []"));
}

#[test]
fn a_derived_relation_without_a_path() {
    shows!(Site::new().fields("\n[derived.cited]\nlabel = \"Cité\""));
}

/// A page with this view.
fn with_view(view: &str) -> Site {
    let page = format!("+++\ntitle = {{ fr = \"Carte\", en = \"Map\" }}\nview = {view}\n+++\n");
    Site::new().file("content/map.md", page)
}

#[test]
fn an_unknown_view() {
    shows!(with_view("{ kind = \"pie\", of = \"actors\" }"));
}

#[test]
fn a_view_without_a_kind() {
    shows!(with_view("{ of = \"actors\" }"));
}

#[test]
fn a_view_of_a_type_that_does_not_exist() {
    shows!(with_view("{ kind = \"matrix\", of = \"actor\", rows = \"peers\", columns = \"parent\" }"));
}

#[test]
fn a_view_by_relations_that_do_not_exist() {
    shows!(with_view("{ kind = \"matrix\", of = \"actors\", rows = \"peer\", columns = \"website\" }"));
}

#[test]
fn a_matrix_with_keys_that_do_not_fit() {
    for (keys, code) in [
        ("column_classes = \"decades\"", "unknown-view"),
        ("row_classes = [2000, 1990]", "unknown-view"),
        ("row_classes = []", "unknown-view"),
        ("row_classes = \"centuries\"", "unknown-view"),
        ("level = 0", "unknown-view"),
        ("empty_rows = 1", "wrong-type"),
    ] {
        let view = "{ kind = \"matrix\", of = \"actors\", rows = \"founded\", columns = \"peers\", ";
        let column = "view = ".len() + view.len() + keys.find("= ").unwrap() + 3;
        let site = with_view(&format!("{view}{keys} }}"));
        assert_eq!(site.places(), [format!("content/map.md:3:{column} {code}")], "{keys}");
    }
}

#[test]
fn a_view_without_what_its_kind_needs() {
    shows!(with_view("{ kind = \"matrix\", of = \"actors\", rows = \"peers\" }"));
}

#[test]
fn a_relation_to_sources_that_is_none() {
    shows!(Site::new().file(
        "content/notes/_type.toml",
        "name = \"Note\"\nsources = \"about\"\n[fields]\nabout.to = \"actors\"\nabout.inverse = { id = \"notes_on\" }\nproof.to = \"sources\"\n"
    ));
}

#[test]
fn signs_that_are_too_much_alike() {
    let topics = "name = \"Sujet\"\ncolour = 255\nmark = \"ac\"\n";
    shows!(Site::new().file("content/topics/_type.toml", topics).file(
        "content/actors/_type.toml",
        "name = \"Acteur\"\ncolour = 250\nmark = \"AC\"\n[fields]\nfounded = { kind = \"year\" }\n"
    ));
}

#[test]
fn signs_that_are_none() {
    shows!(Site::new().file("content/topics/_type.toml", "name = \"Sujet\"\ncolour = \"blue\"\nmark = \"Sujet\"\n"));
}

#[test]
fn a_hue_beyond_the_circle() {
    shows!(Site::new().file("content/topics/_type.toml", "name = \"Sujet\"\ncolour = 360\n"));
}
