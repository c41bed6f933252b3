//! Mistakes in the blocks of pages and in the menu.

use crate::harness::Site;

/// The site with these blocks on its home page.
fn with_blocks(blocks: &str) -> Site {
    Site::new().file("content/_index.md", format!("+++\nblocks = [\n{blocks}]\n+++\n"))
}

#[test]
fn blocks_of_unknown_kinds() {
    shows!(with_blocks("  { kind = \"lists\" },\n  { of = \"actors\" },\n  { kind = \"text\", size = 3 },\n"));
}

#[test]
fn lists_of_what_is_not_there() {
    shows!(with_blocks(
        "  { kind = \"list\", of = \"actor\" },\n  { kind = \"list\", of = \"actors\", sort = \"-staf\", limit = 0 },\n  { kind = \"list\" },\n"
    ));
}

#[test]
fn a_list_where_nothing_can_be() {
    shows!(with_blocks(
        "  { kind = \"list\", of = \"actors\", where = { status = \"activ\", parent = \"alpa\", stauts = \"active\" } },\n"
    ));
}

#[test]
fn figures_and_views_that_are_not_there() {
    shows!(
        with_blocks(
            "  { kind = \"figures\", ids = [\"actors/alpha\"] },\n  { kind = \"view\", page = \"mapp\" },\n  { kind = \"view\", page = \"about\" },\n  { kind = \"view\" },\n"
        )
        .file("content/about.toml", "title = { fr = \"A\", en = \"A\" }\n")
        .file(
            "content/map.toml",
            "title = { fr = \"C\", en = \"M\" }\nview = { kind = \"network\", of = \"actors\" }\n"
        )
    );
}

#[test]
fn a_block_and_a_view_twice() {
    shows!(
        with_blocks(
            "  { kind = \"text\" },\n  { kind = \"view\", page = \"a\" },\n  { kind = \"text\" },\n  { kind = \"view\", page = \"b\" },\n"
        )
        .file("content/a.toml", "title = { fr = \"A\", en = \"A\" }\nview = { kind = \"network\", of = \"actors\" }\n")
        .file("content/b.toml", "title = { fr = \"B\", en = \"B\" }\nview = { kind = \"network\", of = \"projects\" }\n")
    );
}

#[test]
fn links_that_lead_nowhere() {
    shows!(with_blocks(
        "  { kind = \"links\" },\n  { kind = \"links\", items = [{ to = \"abot\" }, { url = \"example.org\", title = \"E\" }, { url = \"https://example.org\" }, { title = \"E\" }] },\n"
    ));
}

#[test]
fn entries_of_the_menu_that_lead_nowhere() {
    shows!(Site::new().config(
        "menu = [1, { url = \"https://example.org\" }, { label = \"L\" }, { label = \"G\", items = [\"actor\", { label = \"H\", items = [] }] }, { label = \"B\", url = \"https://example.org\", items = [] }]"
    ));
}
