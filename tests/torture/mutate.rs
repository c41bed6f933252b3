//! Changes a site at random, in the ways in which people and programs break one.

use std::collections::BTreeMap;

use super::random::Random;

/// A site: the bytes of its files by their paths.
pub type Site = BTreeMap<String, Vec<u8>>;

/// Values that an editor might write behind a `=`.
const VALUES: &[&str] = &[
    "5",
    "-1",
    "1e400",
    "nan",
    "true",
    "\"\"",
    "\"x\"",
    "\"é \\u0000 \\u202e\"",
    "2024-01-17",
    "\"2024-13\"",
    "[]",
    "[[]]",
    "{}",
    "[1, \"a\"]",
    "{ fr = \"F\", en = \"E\" }",
    "{ de = \"D\" }",
    "\"/\"",
    "\"../../x\"",
    "\"https://example.org/\"",
    "\"//x\"",
    "\"fernhollow\"",
    "\"projects/otter-bend\"",
    "[\"fernhollow\", \"fernhollow\"]",
    "{ to = \"fernhollow\", share = 5 }",
    "9223372036854775807",
    "99999999999999999999",
    "'''\nlong\n'''",
    "\"javascript:alert(1)\"",
    "[50.1, 4.2]",
    "[500, 4]",
];

/// Keys that mean something somewhere.
const KEYS: &[&str] = &[
    "title",
    "summary",
    "draft",
    "redirects",
    "slug",
    "path",
    "kind",
    "to",
    "one",
    "inverse",
    "facet",
    "brief",
    "sort",
    "menu",
    "languages",
    "theme",
    "html",
    "base_url",
    "page_size",
    "view",
    "image",
    "aliases",
    "verified",
    "updated",
    "hierarchy",
    "required",
    "many",
    "choices",
    "citation",
    "headline",
    "stale_after",
    "map",
    "params",
    "extends",
    "[fields.new]",
    "[view]",
];

/// Pieces of Markdown and HTML.
const PROSE: &[&str] = &[
    "\n\n## Heading\n\n",
    "\n\n## Heading\n\n",
    "[[fernhollow]]",
    "[[organisations/fernhollow|words]]",
    "![[otter-bend]]",
    "[[#heading]]",
    "[x](../organisations/fernhollow.toml)",
    "[x](otter-bend.md#heading)",
    "[x](/data/projects.csv)",
    "[x](#heading)",
    "![alt](x.svg)",
    "[^1]",
    "\n\n[^1]: A note with [^2].\n\n",
    "\n\n[^2]: Another.\n\n",
    "\n\n## Filters\n\n",
    "\n\n## x {#main}\n\n",
    "<script>alert(1)</script>",
    "<b title=\"[[fernhollow]]\">",
    "<div>",
    "</div></main>",
    "<!--",
    "\n\n| a | b |\n|---|---|\n| [[x]] | 2 |\n\n",
    "\n\n```\ncode\n",
    "`",
    "**",
    "&#x1b;",
    "\u{feff}",
    "\u{200b}",
    "\u{e000}0\u{e001}",
    "{{ x }}",
    "{% if %}",
    "+++",
    "\r\n",
    "\0",
    "[[sources/bank-survey|p. 4]]",
    "\n\n> ",
    "\n- ",
    "<https://example.org>",
    "[x](javascript:alert(1))",
    "🦠",
    "e\u{301}",
];

/// Names that files get.
const NAMES: &[&str] = &[
    "content/x.md",
    "content/about.de.md",
    "content/X.md",
    "content/con.md",
    "content/a b.md",
    "content/é.md",
    "content/deep/er/page.md",
    "content/organisations/_index.md",
    "content/organisations/new.md",
    "content/organisations/new.fr.md",
    "content/projects/a/b.md",
    "content/new/_type.toml",
    "content/new/_list.toml",
    "content/data/x.csv",
    "content/feed.xml",
    "content/index.html",
    "content/404.md",
    "content/picture.svg",
    "content/picture.png",
    "themes/own/templates/entity.html",
    "themes/own/templates/views/matrix.html",
    "themes/own/strings/fr.toml",
    "themes/own/static/x.css",
    "content/assets",
    "content/.hidden.md",
];

fn pick<'a>(random: &mut Random, all: &[&'a str]) -> &'a str {
    all[random.below(all.len())]
}

/// A site with one to four changes.
pub fn mutated(base: &Site, random: &mut Random) -> Site {
    let mut site = base.clone();
    for _ in 0..=random.below(4) {
        change(&mut site, random);
    }
    site
}

fn change(site: &mut Site, random: &mut Random) {
    let paths: Vec<String> = site.keys().cloned().collect();
    let Some(path) = paths.get(random.below(paths.len())) else { return };
    match random.below(16) {
        0 => drop(site.remove(path)),
        1 => {
            let bytes = site[path].clone();
            site.insert(pick(random, NAMES).to_owned(), bytes);
        }
        2 => {
            let bytes = site.remove(path).unwrap_or_default();
            site.insert(pick(random, NAMES).to_owned(), bytes);
        }
        _ => {
            let bytes = site.get_mut(path).expect("the path is one of the site's");
            edit(bytes, path, random);
        }
    }
}

/// Changes a file in a way that suits it.
fn edit(bytes: &mut Vec<u8>, path: &str, random: &mut Random) {
    let Ok(text) = std::str::from_utf8(bytes) else { return raw(bytes, random) };
    let is_toml = path.ends_with(".toml") || (text.starts_with("+++") && random.below(2) == 0);
    let edited = match random.below(8) {
        0 => return raw(bytes, random),
        1 => lines(text, random),
        2 => words(text, random),
        _ if is_toml => toml(text, random),
        _ => prose(text, random),
    };
    *bytes = edited.into_bytes();
}

/// Bytes that change, go, come or end.
fn raw(bytes: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(bytes.len());
    match random.below(5) {
        0 => bytes.truncate(at),
        1 => bytes.insert(at, random.below(256) as u8),
        2 if !bytes.is_empty() => drop(bytes.remove(at)),
        3 if !bytes.is_empty() => bytes[at] ^= 1 << random.below(8),
        _ => {
            let end = (at + random.below(200)).min(bytes.len());
            let piece = bytes[at..end].repeat(1 + random.below(50));
            bytes.splice(at..at, piece);
        }
    }
}

/// Lines that go, come twice, or change places.
fn lines(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let (a, b) = (random.below(lines.len()), random.below(lines.len()));
    if lines.is_empty() {
        return String::new();
    }
    match random.below(4) {
        0 => drop(lines.remove(a)),
        1 => lines.insert(b, lines[a]),
        2 => lines.swap(a, b),
        _ => {
            let line = lines.remove(a);
            lines.insert(b.min(lines.len()), line);
        }
    }
    lines.concat()
}

/// Words that change places, or become a word from another place.
fn words(text: &str, random: &mut Random) -> String {
    let mut words: Vec<&str> = text.split_inclusive([' ', '\n', '"', '[', ']']).collect();
    if words.is_empty() {
        return String::new();
    }
    let (a, b) = (random.below(words.len()), random.below(words.len()));
    if random.below(2) == 0 {
        words.swap(a, b)
    } else {
        words[a] = words[b]
    }
    words.concat()
}

/// A line of TOML with another key or another value, or a line more.
fn toml(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let with_value: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].contains('=')).collect();
    let at = with_value.get(random.below(with_value.len())).copied().unwrap_or(0);
    let (key, value) = lines[at].split_once('=').unwrap_or((&lines[at], ""));
    let line = match random.below(3) {
        0 => format!("{key}= {}", pick(random, VALUES)),
        1 => format!("{} ={value}", pick(random, KEYS)),
        _ => format!("{}\n{} = {}", lines[at], pick(random, KEYS), pick(random, VALUES)),
    };
    lines[at] = line;
    lines.join("\n")
}

/// Prose with a piece more.
fn prose(text: &str, random: &mut Random) -> String {
    let mut at = random.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    format!("{}{}{}", &text[..at], pick(random, PROSE), &text[at..])
}
