//! Values that do not fit their field.

use crate::harness::Site;

#[test]
fn a_value_that_is_no_choice() {
    shows!(Site::new().facts("status = \"actve\""));
}

#[test]
fn the_label_of_a_choice_in_place_of_its_id() {
    shows!(Site::new().facts("status = \"Fermé\""));
}

#[test]
fn a_value_like_no_choice() {
    shows!(Site::new().facts("status = \"pending\""));
}

#[test]
fn a_number_that_is_too_great() {
    shows!(Site::new().facts("staff = 100_001"));
}

#[test]
fn a_number_that_is_too_small() {
    shows!(Site::new().facts("staff = 0"));
}

#[test]
fn a_year_that_is_none() {
    shows!(Site::new().facts("founded = 20_150"));
}

#[test]
fn a_text_without_the_form_of_its_pattern() {
    shows!(Site::new().facts("licence = \"Licence BE-12\""));
}

#[test]
fn a_pattern_with_a_help() {
    let site =
        Site::new().fields("vat = { kind = \"text\", pattern = \"BE[0-9]{10}\", help = \"BE et dix chiffres.\" }");
    shows!(site.facts("vat = \"0123\""));
}

#[test]
fn an_address_without_a_scheme() {
    shows!(Site::new().facts("website = \"www.alpha.be\""));
}

#[test]
fn an_address_with_an_unsafe_scheme() {
    shows!(Site::new().facts("website = \"javascript:alert(1)\""));
}

#[test]
fn an_address_with_spaces() {
    shows!(Site::new().facts("website = \"https://alpha be/\""));
}

#[test]
fn an_address_without_a_host() {
    shows!(Site::new().facts("website = \"https:///alpha\""));
}

#[test]
fn an_unsafe_link_in_prose() {
    shows!(Site::new().prose("Voir [ceci](javascript:alert(1))."));
}

#[test]
fn a_malformed_e_mail_address() {
    shows!(Site::new().facts("contact = \"info.alpha.be\""));
}

#[test]
fn a_date_that_does_not_exist() {
    shows!(Site::new().facts("opened = \"2024-02-30\""));
}

#[test]
fn a_date_in_words() {
    shows!(Site::new().facts("opened = \"17 janvier 2024\""));
}

#[test]
fn a_year_without_quotation_marks_as_a_date() {
    shows!(Site::new().facts("opened = 2024"));
}

#[test]
fn a_date_with_a_time() {
    shows!(Site::new().facts("updated = 2024-01-17T10:00:00Z"));
}

#[test]
fn a_longitude_that_is_none() {
    shows!(Site::new().facts("position = [4.43324, 500.46936]"));
}

#[test]
fn a_latitude_that_is_none() {
    shows!(Site::new().facts("position = [91.0, 4.4]"));
}

#[test]
fn a_point_of_three_numbers() {
    shows!(Site::new().facts("position = [50.4, 4.4, 120.0]"));
}

#[test]
fn a_point_as_a_text() {
    shows!(Site::new().facts("position = \"50.4, 4.4\""));
}

#[test]
fn a_file_name_that_is_no_id() {
    shows!(Site::new().file("content/actors/Été à Liège.md", "+++\ntitle = \"Été\"\n+++\n"));
}

#[test]
fn a_file_name_with_a_dot() {
    shows!(Site::new().file("content/actors/alpha.v-two.md", "+++\ntitle = \"Été\"\n+++\n"));
}

#[test]
fn a_toml_file_name_that_is_no_id() {
    let short = Site::new().file("content/actors/Delta.toml", "title = \"Delta\"\n").short();
    assert!(short.ends_with("rename the file to \"delta.toml\"\n"), "{short}");
}

#[test]
fn a_table_of_a_list_whose_name_is_no_id() {
    shows!(Site::new().file("content/actors/_list.toml", "[Delta]\ntitle = \"Delta\"\n"));
}

#[test]
fn a_folder_whose_name_is_no_id() {
    shows!(Site::new().file("content/Mes Sujets/_type.toml", "name = { fr = \"Sujet\", en = \"Topic\" }\n"));
}

#[test]
fn a_slug_that_is_no_part_of_an_address() {
    shows!(
        Site::new().file("content/about.md", "+++\ntitle = { fr = \"Un\", en = \"One\" }\nslug = \"à propos\"\n+++\n")
    );
}

#[test]
fn one_id_in_two_files() {
    shows!(Site::new().file("content/actors/alpha.toml", "title = \"Alpha\"\n"));
}

#[test]
fn one_id_in_two_folders() {
    shows!(Site::new().file("content/actors/public/alpha.toml", "title = \"Alpha\"\n"));
}

#[test]
fn one_id_in_a_file_and_a_list() {
    shows!(Site::new().file("content/actors/_list.toml", "[alpha]\ntitle = \"Alpha\"\n"));
}

#[test]
fn one_page_in_two_files() {
    let page = "title = { fr = \"Un\", en = \"One\" }\n";
    shows!(Site::new().file("content/about.md", format!("+++\n{page}+++\n")).file("content/about.toml", page));
}

#[test]
fn a_sum_of_money_with_a_word_in_place_of_a_currency() {
    shows!(Site::new().fields("budget = { kind = \"money\" }").facts("budget = \"81 millions\""));
}

#[test]
fn a_value_that_should_be_unique_and_is_not() {
    let fields = "crm = { kind = \"text\", unique = true }\nsites = { kind = \"url\", many = true, unique = true }";
    let list = "[b]\ntitle = \"B\"\ncrm = \"17\"\npeers = [\"c\"]\nsites = [\"https://example.org/a\", \"https://example.org/b\"]\n\
                [c]\ntitle = \"C\"\ncrm = \"18\"\nsites = [\"https://example.org/b\", \"https://example.org/b\"]\n\
                [d]\ntitle = \"D\"\ndraft = true\ncrm = \"18\"\n";
    shows!(Site::new().fields(fields).facts("crm = \"17\"").file("content/actors/_list.toml", list));
}

#[test]
fn keys_that_are_kept_although_the_type_does_not_declare_them() {
    let site = Site::new().facts("staf = 5\ntags = [\"a\", 2]\nprojects = [\"beta\"]\nid = \"x\"");
    let schema = std::fs::read_to_string(site.path("content/actors/_type.toml")).unwrap();
    shows!(site.file("content/actors/_type.toml", format!("extra = true\n{schema}")));
}

#[test]
fn identifiers_that_are_none() {
    let facts =
        "ror = \"https://ror.org/05f950310\"\nnumber = \"0202.239.952\"\nvat = \"XX1\"\nticker = \"a\"\npapers = [3]\n";
    shows!(Site::new().fields(crate::kinds::IDENTIFIERS).facts(facts));
}
