//! Templates that can't be read or fail, at their own lines and columns.

use crate::harness::Site;

#[test]
fn a_template_with_wrong_syntax() {
    shows!(Site::new().template("page.html", "<h1>\n  Été {{ page.title | }}\n</h1>\n"));
}

#[test]
fn every_template_with_wrong_syntax() {
    let site = Site::new().template("page.html", "{% if %}\n");
    shows!(site.file("themes/own/templates/entity.html", "<p>\n{{ entity.\n"));
}

#[test]
fn a_block_that_never_ends() {
    shows!(Site::new().template("page.html", "{% if page %}\n<p>\n"));
}

#[test]
fn an_unknown_filter() {
    shows!(Site::new().template("page.html", "<h1>\n  Été {{ page.title | shout }}\n</h1>\n"));
}

#[test]
fn an_unknown_function() {
    shows!(Site::new().template("page.html", "<h1>\n  Été {{ now() }}\n</h1>\n"));
}

/// The engine reports all unknown names in one text. A new version that words the text otherwise would lose the positions.
#[test]
fn unknown_names_in_several_templates() {
    let site = Site::new().template("page.html", "{{ page.title | shuot }}\n\n{{ lnik(to=\"actors\") }}\n");
    shows!(site.file("themes/own/templates/entity.html", "é {{ page.title | uper }}"));
}

#[test]
fn a_variable_that_is_not_there() {
    shows!(Site::new().template("page.html", "<h1>\n  Été {{ page.titel }}\n</h1>\n"));
}

#[test]
fn a_variable_that_is_not_there_in_the_template_of_entities() {
    shows!(Site::new().template("entity.html", "<p>{{ entity.card.titel | upper }}</p>\n"));
}

#[test]
fn an_error_in_the_card_of_an_entity() {
    shows!(Site::new().template("card.html", "<p>{{ card.titel }}</p>\n").prose("![[beta]]"));
}

#[test]
fn an_entity_that_a_template_asks_for_and_that_is_not_there() {
    shows!(Site::new().template("page.html", "{% set delta = entity(key=\"actors/delta\") %}\n"));
}

#[test]
fn an_included_template_that_is_not_there() {
    shows!(Site::new().template("page.html", "<h1>\n  {% include \"sidebar.html\" %}\n</h1>\n"));
}

#[test]
fn an_extended_template_that_is_not_there() {
    shows!(Site::new().template("page.html", "{% extends \"bas.html\" %}\n"));
}

#[test]
fn a_template_that_extends_itself() {
    shows!(Site::new().template("page.html", "{% extends \"page.html\" %}\n"));
}

#[test]
fn a_template_of_a_type_that_is_not_there() {
    let sources = "name = { fr = \"Source\", en = \"Source\" }\ncitation = true\ntemplate = \"sourc\"\n";
    let site = Site::new().file("content/sources/_type.toml", sources).template("source.html", "");
    assert_eq!(site.places(), ["content/sources/_type.toml:3:12 missing-template"]);
}

#[test]
fn a_theme_without_templates() {
    let site = Site::new().template("extra.html", "").file("themes/own/theme.toml", "description = \"Nothing.\"\n");
    shows!(site);
}

#[test]
fn a_word_that_the_strings_do_not_have() {
    shows!(Site::new().template("page.html", "<h1>\n  Été {{ t(key=\"welcome\") }}\n</h1>\n"));
}

#[test]
fn a_plural_form_that_the_language_never_uses() {
    let words = "[hits]\none = \"{count} mot\"\nfew = \"{count} mots\"\nother = \"{count} mots\"\n";
    shows!(Site::new().template("extra.html", "").file("themes/own/strings/fr.toml", words));
}

#[test]
fn a_word_that_is_called_like_a_plural_form() {
    let words = "[search]\nfew = \"peu\"\nzero = \"rien\"\n";
    let site = Site::new().template("extra.html", "").file("themes/own/strings/fr.toml", words);
    assert_eq!(site.file("themes/own/strings/en.toml", words).places(), [] as [&str; 0]);
}

#[test]
fn the_forms_of_a_word_that_the_strings_do_not_have() {
    shows!(Site::new().template("page.html", "{{ forms(key=\"hits\") | length }}\n"));
}

#[test]
fn a_word_that_is_no_text() {
    shows!(Site::new().template("extra.html", "").file("themes/own/strings/fr.toml", "menu = 12\n"));
}

#[test]
fn a_block_that_never_ends_before_another_one() {
    shows!(Site::new().template("page.html", "{% block main %}\n{% if page %}\n<p>\n{% endblock main %}\n"));
}
