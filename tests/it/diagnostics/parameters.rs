//! Mistakes in the parameters of a theme, and in their declarations.

use crate::harness::Site;

/// A site with the theme `own`, which has these declarations, and these parameters.
fn site(declarations: &str, params: &str) -> Site {
    Site::new()
        .template("page.html", "")
        .file("themes/own/theme.toml", format!("extends = \"plain\"\n[params]\n{declarations}\n"))
        .file("site.toml", format!("title = {{ fr = \"P\", en = \"P\" }}\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\ntheme = \"own\"\n[params]\n{params}\n"))
}

const DECLARATIONS: &str = "accent = { kind = \"choice\", choices = { red = \"Rouge\", blue = \"Bleu\" } }\ncolumns = { kind = \"integer\", min = 1, max = 4 }\npages = { kind = \"page\", many = true }\nmain = { kind = \"type\" }\nby = { kind = \"relation\", help = \"the relation that the list follows\" }\nstar = { kind = \"entity\" }\nrole = { kind = \"table\", keys.start = { kind = \"field\" } }\nold = { kind = \"text\", deprecated = \"use columns\" }";

#[test]
fn parameters_that_the_theme_does_not_have() {
    shows!(site(DECLARATIONS, "acent = \"red\"\nborder = 1\nrole = { strt = \"founded\" }\nold = \"x\""));
}

#[test]
fn values_that_parameters_can_not_have() {
    shows!(site(
        DECLARATIONS,
        "accent = \"green\"\ncolumns = 9\npages = \"about\"\nmain = \"actor\"\nby = \"childs\"\nstar = \"actors/omega\"\nrole = { start = \"fonded\" }"
    ));
}

#[test]
fn pages_of_a_parameter_that_are_not_there() {
    shows!(
        site(DECLARATIONS, "pages = [\"actors\", \"abot\"]")
            .file("content/about.toml", "title = { fr = \"A\", en = \"A\" }\n")
    );
}

#[test]
fn a_file_of_a_parameter_that_is_not_there() {
    let site = |path: &str| {
        site("picture = { kind = \"file\" }", &format!("picture = \"{path}\""))
            .file("content/share.png", crate::harness::PICTURE)
    };
    assert!(site("shar.png").check().diagnostics().contains("content/ has no file \"shar.png\""));
    assert!(site("shar.png").check().diagnostics().contains("did you mean \"share.png\"?"));
    assert_eq!(site("share.png").check().diagnostics(), "");
}

#[test]
fn declarations_of_parameters_that_are_wrong() {
    shows!(site("accent = { kind = \"colour\" }\nmain = { many = true }\nby = { kind = \"text\", min = 3 }", ""));
}

#[test]
fn atlas_knows_its_parameters() {
    shows!(Site::new().file(
        "site.toml",
        "title = { fr = \"P\", en = \"P\" }\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\n[params]\nfooter = [\"matrx\"]\nlocated_bye = [\"parent\"]\nmarks = { actors = \"Ac\" }\n"
    ));
}
