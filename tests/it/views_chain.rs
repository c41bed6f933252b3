//! The view `chain`: the links of a chain, who works in them, and what is missing there.

use crate::harness::Site;

/// Each link with its number, its groups and its gaps.
const TEMPLATE: &str = "{% for link in view.links %}{{ link.card.id }} {{ link.count }}/{{ link.share }}:{% for group in link.groups %} {{ group.label }}{% for option in group.options %} {{ option.id }}={% for member in option.members %}{{ member.card.id }}{% for fact in member.attributes %}[{{ fact.values[0].text }}]{% endfor %},{% endfor %}{% endfor %};{% endfor %}{% for gap in link.gaps %} -{{ gap.card.id }} {{ gap.kind }} <{% for link in gap.answers %}{{ link.card.id }}{% endfor %} @{% for link in gap.sources %}{{ link.card.id }}{% endfor %}{% endfor %}
{% endfor %}{{ view.elsewhere }}";

/// A chain of three links, the second of which is below the first. Of four actors, three work in it.
fn site() -> Site {
    let role = "{ kind = \"choice\", choices = { makes = \"Makes\", sells = \"Sells\" } }";
    let steps =
        format!("steps = {{ to = \"steps\", attributes = {{ role = {role}, note = {{ kind = \"text\" }} }} }}\n");
    let topics = "topics = { to = \"topics\", attributes = { early = { kind = \"boolean\", label = \"Early\" }, source = { kind = \"markdown\" } } }\n";
    let gap = "name = \"Lack\"\n[fields]\nkind = { kind = \"choice\", choices = { missing = \"Missing\" } }\nat = { to = \"steps\" }\naddressed_by = { to = [\"actors\", \"projects\"], inverse = { id = \"answers\" } }\nsources = { to = \"sources\" }\n";
    Site::new()
        .fields(&format!("{steps}{topics}"))
        .file("content/steps/_type.toml", "name = \"Step\"\nsort = \"order\"\n[fields]\norder = { kind = \"integer\" }\nwithin = { to = \"steps\", hierarchy = true, inverse = { id = \"parts\" } }\n")
        .file("content/steps/_list.toml", "[start]\ntitle = \"Start\"\norder = 1\n[detail]\ntitle = \"Detail\"\norder = 2\nwithin = [\"start\"]\n[end]\ntitle = \"End\"\norder = 3\n")
        .file("content/topics/_type.toml", "name = \"Topic\"\n")
        .file("content/topics/_list.toml", "[apples]\ntitle = \"Apples\"\n[pears]\ntitle = \"Pears\"\n")
        .file("content/lacks/_type.toml", gap)
        .file("content/lacks/_list.toml", "[hands]\ntitle = \"Hands\"\nkind = \"missing\"\nat = [\"detail\"]\naddressed_by = [\"beta\"]\nsources = [\"gamma\"]\n[money]\ntitle = \"Money\"\nat = [\"end\"]\n")
        .facts("steps = [{ to = \"detail\", role = \"makes\" }, { to = \"end\", role = \"sells\", note = \"late\" }]\ntopics = [{ to = \"pears\", early = true, source = \"[[gamma]]\" }]")
        .file("content/actors/delta.toml", "title = \"Delta\"\nsteps = [{ to = \"end\", role = \"sells\" }]\ntopics = [\"apples\", \"pears\"]\n")
        .file("content/actors/echo.toml", "title = \"Echo\"\nsteps = [\"end\"]\nstatus = \"active\"\n")
        .file("content/actors/zulu.toml", "title = \"Zulu\"\n")
}

fn page(keys: &str) -> String {
    format!("+++\ntitle = {{ fr = \"Chaîne\", en = \"Chain\" }}\nview = {{ kind = \"chain\", {keys} }}\n+++\n")
}

fn chain(keys: &str) -> Vec<String> {
    let built = site().view_template(TEMPLATE).file("content/chain.md", page(keys)).build();
    built.page("/en/chain/").lines().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn each_link_has_those_who_work_there_by_role_and_by_what_is_shown() {
    assert_eq!(
        chain("of = \"steps\", actors = \"actors\", show = [\"topics\", \"status\"]"),
        [
            "start 1/34: topics pears=alpha[yes],;",
            "detail 1/34: role makes=alpha,; topics pears=alpha[yes],;",
            "end 3/100: role sells=alpha,delta,; topics pears=alpha[yes],delta, apples=delta,; Status active=echo,;",
            "1"
        ]
    );
}

#[test]
fn each_link_has_its_gaps_with_who_says_so_and_what_answers_them() {
    assert_eq!(
        chain("of = \"steps\", actors = \"actors\", gaps = \"lacks\""),
        [
            "start 1/34: -hands Missing &lt;beta @gamma",
            "detail 1/34: role makes=alpha,; -hands Missing &lt;beta @gamma",
            "end 3/100: role sells=alpha,delta,; -money  &lt; @",
            "1"
        ]
        .map(|line| line.replace("&lt;", "<"))
    );
}

#[test]
fn mistakes_in_the_keys_of_a_chain() {
    let keys = [
        "of = \"steps\"",
        "of = \"steps\", actors = \"topics\"",
        "of = \"steps\", actors = \"actors\", by = \"topics\"",
        "of = \"steps\", actors = \"actors\", role = \"note\"",
        "of = \"steps\", actors = \"actors\", show = [\"topic\"]",
        "of = \"steps\", actors = \"actors\", gaps = \"lack\"",
        "of = \"steps\", actors = \"actors\", gaps = \"lacks\", gap_kind = \"sort\"",
        "of = \"steps\", actors = \"actors\", gaps = \"lacks\", answers = \"adressed_by\"",
        "of = \"steps\", actors = \"actors\", answers = \"addressed_by\"",
    ];
    let site = keys.iter().enumerate().fold(site(), |site, (number, keys)| {
        site.file(&format!("content/chain-{number}.md"), page(keys).replace("Chain", &format!("Chain {number}")))
    });
    shows!(site);
}

#[test]
fn both_themes_show_a_chain() {
    for theme in ["plain", "atlas"] {
        let keys = "of = \"steps\", actors = \"actors\", show = [\"topics\"], gaps = \"lacks\"";
        let config = std::fs::read_to_string(site().path("site.toml")).unwrap().replace("plain", theme);
        let page = site().file("content/chain.md", page(keys)).file("site.toml", config).build().page("/en/chain/");
        for text in ["Detail", "Pears", "Hands", "Beta"] {
            assert!(page.contains(text), "{theme} {text}\n{page}");
        }
    }
}
