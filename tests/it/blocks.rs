//! Blocks of pages, and the menu.

use crate::harness::{Built, Site};

/// Shows the blocks of a page with their kinds.
const PAGE: &str = "{% for block in blocks %}<{{ block.kind }}>{{ block.html }}</{{ block.kind }}>{% endfor %}";
const LIST: &str =
    "{{ block.title or block.of.plural }}:{% for card in block.items %} {{ card.id }}{% endfor %} +{{ block.more }}";
const LINKS: &str = "{% for entry in block.items %}{{ entry.title }} {{ entry.url }} {{ entry.outside }};{% endfor %}";

/// A site of four actors whose home page has these blocks.
fn home(blocks: &str) -> Site {
    let actor = |title: &str, facts: &str| format!("title = \"{title}\"\n{facts}\n");
    Site::new()
        .template("page.html", PAGE)
        .file("themes/own/templates/blocks/list.html", LIST)
        .file("themes/own/templates/blocks/links.html", LINKS)
        .file("content/actors/bravo.toml", actor("Bravo", "staff = 7\nstatus = \"active\"\nparent = \"alpha\""))
        .file("content/actors/charlie.toml", actor("Charlie", "staff = 30\nstatus = \"active\"\nparent = \"bravo\""))
        .file(
            "content/actors/delta.toml",
            actor("Delta", "status = \"closed\"\nparent = \"alpha\"\nphones = [\"1\", \"2\"]"),
        )
        .file("content/_index.md", format!("+++\n{blocks}\n+++\nProse.\n"))
        .file("content/_index.en.md", "+++\n+++\nProse.\n")
}

/// The text of the block of a kind on the home page.
fn block(built: &Built, kind: &str) -> String {
    let page = built.page("/");
    let rest = page.split(&format!("<{kind}>")).nth(1).unwrap_or_else(|| panic!("no {kind} in {page}"));
    rest.split(&format!("</{kind}>")).next().unwrap().trim().to_owned()
}

/// The list that a block makes.
fn list(keys: &str) -> String {
    block(&home(&format!("blocks = [{{ kind = \"list\", of = \"actors\"{keys} }}]")).build(), "list")
}

#[test]
fn a_list_has_an_order_a_limit_and_conditions() {
    assert_eq!(list(""), "Acteurs: alpha bravo charlie delta +0");
    assert_eq!(
        list(", sort = \"-staff\", limit = 3, title = { fr = \"Les plus grands\", en = \"Largest\" }"),
        "Les plus grands: charlie bravo alpha +1"
    );
    assert_eq!(list(", where = { status = \"active\" }"), "Acteurs: bravo charlie +0");
    assert_eq!(
        list(", where = { status = [\"active\", \"closed\"], parent = \"actors/alpha\" }"),
        "Acteurs: bravo delta +0"
    );
    assert_eq!(list(", where = { staff = 30 }"), "Acteurs: charlie +0");
}

#[test]
fn prose_and_the_own_view_are_never_lost() {
    let kinds = |site: Site| {
        let page = site.build().page("/");
        let kinds = page.split('<').filter(|part| !part.starts_with(['/', 'p', 'u', 'l', 'a', 'h', 'd', 'n']));
        let names = ["search", "text", "types", "changes", "list", "figures", "view", "links"];
        let kinds = kinds.filter_map(|part| part.split('>').next()).filter(|kind| names.contains(kind));
        kinds.map(str::to_owned).collect::<Vec<_>>()
    };
    let view = "view = { kind = \"matrix\", of = \"actors\", rows = \"parent\", columns = \"peers\" }\n";
    assert_eq!(kinds(home("blocks = [{ kind = \"search\" }, { kind = \"types\" }]")), ["search", "text", "types"]);
    assert_eq!(kinds(home(&format!("{view}blocks = [{{ kind = \"types\" }}]"))), ["text", "types", "view"]);
    let all = format!("{view}blocks = [{{ kind = \"view\" }}, {{ kind = \"text\" }}, {{ kind = \"types\" }}]");
    assert_eq!(kinds(home(&all)), ["view", "text", "types"]);
    // Without the key, home has what the schema suggests.
    assert_eq!(kinds(home(view)), ["search", "text", "view", "types", "changes"]);
}

#[test]
fn a_home_page_without_blocks_lists_the_types_with_the_most_relations() {
    let page = home("").build().page("/");
    assert!(page.contains("Acteurs: alpha bravo charlie delta +0"), "{page}");
    assert!(page.contains("Projets: beta +0") && !page.contains("Sources:"), "{page}");
}

#[test]
fn figures_are_named_or_the_ones_that_prose_mentions_most() {
    let site = |keys: &str| {
        home(&format!("blocks = [{{ kind = \"figures\"{keys} }}]"))
            .file("themes/own/templates/blocks/figures.html", "{% for figure in block.items %}{{ figure.card.id }} {{ figure.card.headline.number }} {{ figure.sources | length }};{% endfor %}")
            .file("content/numbers/_type.toml", "name = \"Nombre\"\n[fields]\nvalue = { kind = \"integer\" }\nsources = { to = \"sources\", inverse = { id = \"numbers\" } }\nabout = { to = \"actors\", inverse = { id = \"numbers\" } }\n")
            .file("content/numbers/_list.toml", "[few]\ntitle = \"Few\"\nvalue = 1\nabout = [\"alpha\"]\nsources = [\"gamma\"]\n[many]\ntitle = \"Many\"\nvalue = 2\nabout = [\"alpha\"]\nsources = [\"gamma\"]\n")
            .prose("[[numbers/many]]")
            .build()
    };
    assert_eq!(block(&site(", limit = 1"), "figures"), "many 2 1;");
    assert_eq!(block(&site(", ids = [\"few\", \"numbers/many\"]"), "figures"), "few 1 1;many 2 1;");
}

#[test]
fn a_figure_has_the_figures_of_its_indicator_over_time() {
    let template = "{% for figure in block.items %}{{ figure.card.id }}{% if figure.trend %}{% for line in figure.trend.lines %} {{ line.kind }} {{ line.x1 }},{{ line.y1 }} {{ line.x2 }},{{ line.y2 }}{% endfor %}\
        {% for other in figure.trend.others %} {{ other.when }} {{ other.card.id }} {{ other.status }}{% endfor %}{% endif %};{% endfor %}";
    let schema = "name = \"Nombre\"\n[fields]\nvalue = { kind = \"integer\" }\nyear = { kind = \"year\" }\nmeasures = { to = \"actors\", inverse = { id = \"numbers\" } }\n\
                  status = { kind = \"choice\", choices = { seen = \"Vu\", due = \"Prévu\" } }\n";
    let list = "[a]\ntitle = \"A\"\nvalue = 5\nyear = 2010\nmeasures = [\"alpha\"]\n[b]\ntitle = \"B\"\nvalue = 10\nyear = 2020\nmeasures = [\"alpha\"]\n\
                [c]\ntitle = \"C\"\nvalue = 10\nyear = 2030\nstatus = \"due\"\nmeasures = [\"alpha\"]\n[d]\ntitle = \"D\"\nvalue = 1\nmeasures = [\"bravo\"]\n";
    let site = |keys: &str| {
        home(&format!("blocks = [{{ kind = \"figures\", ids = [\"a\", \"d\"]{keys} }}]"))
            .file("themes/own/templates/blocks/figures.html", template)
            .file("content/numbers/_type.toml", schema)
            .file("content/numbers/_list.toml", list)
    };
    let shown = "a observed 3.0,54.0 50.0,12.0 expected 50.0,12.0 97.0,12.0 2020 b  2030 c Prévu;d;";
    assert_eq!(block(&site(", by = \"measures\"").build(), "figures"), shown);
    assert_eq!(block(&site("").build(), "figures"), "a;d;");
    assert!(site(", by = \"measure\"").check().diagnostics().contains("has no relation \"measure\""));
}

#[test]
fn a_block_shows_the_view_of_another_page() {
    let map = "title = { fr = \"Matrice\", en = \"Matrix\" }\nview = { kind = \"matrix\", of = \"actors\", rows = \"parent\", columns = \"peers\" }\n";
    let built = home("blocks = [{ kind = \"view\", page = \"grid\" }]")
        .file("content/grid.toml", map)
        .file(
            "themes/own/templates/blocks/view.html",
            "{{ block.page.title }} {{ block.view }} {{ view.html }} in {{ page.kind }}",
        )
        .file("themes/own/templates/views/matrix.html", "{{ view.rows | length }} {{ block?.page?.url or \"\" }}")
        .build();
    assert_eq!(block(&built, "view"), "Matrice matrix 4 /grid/ in home");
    assert!(built.page("/grid/").is_empty());
}

#[test]
fn links_lead_to_pages_entities_and_other_sites() {
    let built = home("blocks = [{ kind = \"links\", items = [{ to = \"actors\" }, { to = \"projects/beta\", title = { fr = \"Un projet\", en = \"A project\" } }, { url = \"https://example.com\", title = { fr = \"Ailleurs\", en = \"Elsewhere\" } }] }]").build();
    let expected = "Acteurs /acteurs/ false;Un projet /projets/beta/ false;Ailleurs https://example.com true;";
    assert_eq!(block(&built, "links"), expected);
}

#[test]
fn links_and_lists_lead_to_the_index_with_the_same_values_chosen() {
    let site = |item: &str| {
        home(&format!("blocks = [{{ kind = \"links\", items = [{{ {item} }}] }}, {{ kind = \"list\", of = \"actors\", where = {{ since = 2015, area = \"north\" }} }}]"))
            .file("themes/own/theme.toml", "extends = \"plain\"\nlistings = true\n")
            .file("themes/own/templates/blocks/list.html", "{{ block.url }}")
            .fields("since = { kind = \"year\", facet = true }\narea = { kind = \"choice\", facet = true, choices = { north = \"Nord\", \"deep-south\" = \"Sud\" } }\nowners = { to = \"actors\", facet = true, inverse = { id = \"owned\" } }\n")
    };
    let built =
        site("to = \"actors\", where = { area = [\"north\", \"deep-south\"], owners = \"actors/bravo\" }").build();
    assert_eq!(block(&built, "links"), "Acteurs /acteurs/?area=north&amp;area=deep-south&amp;owners=bravo false;");
    assert_eq!(block(&built, "list"), "/acteurs/?since=2015&amp;area=north");
    let built = site("to = \"actors\", where = { area = \"north\" }, view = \"table\"").build();
    assert_eq!(block(&built, "links"), "Acteurs /acteurs/?area=north&amp;view=table false;");
    let problems = |item: &str| site(item).check().diagnostics().to_owned();
    let wrong = [
        ("to = \"actors\", where = { status = \"active\" }", "the index can't be filtered by \"status\""),
        ("to = \"actors\", where = { area = \"nord\" }", "there is no choice \"nord\""),
        ("to = \"actors\", where = { aera = \"north\" }", "did you mean \"area\""),
        ("to = \"actors/bravo\", where = { area = \"north\" }", "only an index can be filtered"),
        ("to = \"actors/bravo\", view = \"table\"", "only an index can be filtered, or be shown as a table"),
        ("to = \"actors\", view = \"tabel\"", "an index has no form \"tabel\""),
    ];
    for (item, message) in wrong {
        assert!(problems(item).contains(message), "{}", problems(item));
    }
}

#[test]
fn changes_of_one_type_leave_room_for_others() {
    let entities = |count: usize, date: &str, prefix: &str| {
        let table = |at| format!("[{prefix}{at}]\ntitle = \"{prefix}{at}\"\nupdated = {date}\n");
        (1..=count).map(table).collect::<String>()
    };
    let site = |limit: usize| {
        let built = home(&format!("blocks = [{{ kind = \"changes\", limit = {limit} }}]"))
            .file("themes/own/templates/blocks/changes.html", "{% for card in block.items %}{{ card.id }} {% endfor %}")
            .file("content/actors/_list.toml", entities(4, "2026-02-02", "a"))
            .file("content/projects/_list.toml", entities(2, "2026-02-02", "p") + &entities(2, "2026-01-01", "old"))
            .build();
        block(&built, "changes")
    };
    assert_eq!(site(4), "a1 a2 p1 p2");
    assert_eq!(site(5), "a1 a2 a3 p1 p2");
    assert_eq!(site(100), "a1 a2 a3 a4 p1 p2 old1 old2");
}

#[test]
fn the_menu_has_groups_and_links_to_other_sites() {
    let menu = "menu = [\"actors\", { label = { fr = \"Plus\", en = \"More\" }, items = [\"projects\", { label = \"Code\", url = \"https://example.com/code\" }] }, { label = \"Blog\", url = \"https://example.com\" }]";
    for theme in ["plain", "atlas"] {
        let built = Site::new().config(menu).file("themes/own/theme.toml", format!("extends = \"{theme}\"\n")).build();
        let page = built.page("/en/");
        let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{theme}: no {text}"));
        assert!(at("/en/actors/\"") < at("/en/projects/\""));
        assert!(at("/en/projects/\"") < at("https://example.com/code"));
        assert!(at("https://example.com/code") < at("https://example.com\""));
    }
}

/// Fields by which the index of actors can be filtered, and one by which it can't.
const FACETS: &str = "area = { kind = \"choice\", facet = true, choices = { north = \"Nord\", south = \"Sud\" } }\nowners = { to = \"actors\", facet = true, inverse = { id = \"owned\" } }\n";

#[test]
fn the_menu_leads_to_filtered_indexes() {
    let menu = "menu = [{ to = \"actors\", where = { area = \"north\", owners = \"actors/alpha\" }, view = \"table\", label = { fr = \"Au nord\", en = \"In the north\" } }, { label = \"Plus\", items = [{ to = \"projects\", label = \"Travaux\" }, { to = \"actors\", where = { area = [\"south\"] } }] }]";
    let site = |theme: &str| {
        let site = Site::new().config(menu).fields(FACETS).facts("area = \"north\"");
        let config = std::fs::read_to_string(site.path("site.toml")).unwrap();
        site.file("site.toml", config.replace("\"plain\"", &format!("\"{theme}\"")))
    };
    for (path, address, label) in [("/", "/acteurs/", "Au nord"), ("/en/", "/en/actors/", "In the north")] {
        let page = site("atlas").build().page(path);
        let first = format!("<a href=\"{address}?area=north&amp;owners=alpha&amp;view=table\"");
        let at = page.find(&first).unwrap_or_else(|| panic!("{page}"));
        assert!(page[at..].split("</a>").next().unwrap().ends_with(label), "{page}");
        assert!(page.contains(&format!("<a href=\"{address}?area=south\"")), "{page}");
        // A theme whose indexes can't be filtered leads to the whole index.
        assert!(site("plain").build().page(path).contains(&format!("<a href=\"{address}\">{label}</a>")));
    }
    assert!(site("atlas").build().page("/").contains(">Travaux</a>"));
}

#[test]
fn mistakes_in_filters_of_the_menu_are_reported_where_they_are() {
    let entries = [
        "{ to = \"actors\", where = { status = \"active\" } }",
        "{ to = \"actors\", where = { area = \"nord\" } }",
        "{ to = \"actors\", where = { aera = \"north\" } }",
        "{ to = \"actors\", where = { owners = \"alhpa\" } }",
        "{ to = \"actors\", view = \"tabel\" }",
        "{ to = \"about\", where = { area = \"north\" } }",
        "{ to = \"acters\", where = { area = \"north\" } }",
        "{ to = \"actors\", url = \"https://example.com\" }",
        "{ label = \"More\", items = [{ to = \"actors\", where = { area = 3 } }] }",
    ];
    let menu = format!("menu = [\n{}\n]", entries.map(|entry| format!("  {entry},")).join("\n"));
    let site = Site::new().config(&menu).fields(FACETS).file("content/about.md", "+++\ntitle = \"About\"\n+++\n");
    snapshot!(site.check().diagnostics());
}
