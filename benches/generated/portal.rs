//! An ecosystem as users have it: the theme `atlas`, French and English, facets, pictures, a map, a network, a matrix.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::words::{ENGLISH, FRENCH, Words};
use super::{Random, prose};

const TOWNS: u64 = 60;
const AREAS: u64 = 6;
const CATEGORIES: [&str; 8] = ["biopharma", "cdmo", "service", "university", "hospital", "park", "investor", "cluster"];
const SEGMENTS: [&str; 12] = [
    "research",
    "design",
    "preclinical",
    "clinical",
    "process",
    "materials",
    "production",
    "filling",
    "quality",
    "logistics",
    "market",
    "training",
];
const APPROACHES: u64 = 20;

/// The smallest picture there is: a grey pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cch\0\0\0\x82\0\x81w\xcdr\xb6\0\0\0\0IEND\xaeB`\x82";

const SITE: &str = r#"
title     = { fr = "Échelle", en = "Scale" }
base_url  = "https://example.org"
languages = ["fr", "en"]
theme     = "atlas"
menu      = ["actors", "projects", "areas", "map", "network"]
page_size = 60
[warnings]
never-verified = "allow"
"#;

const ACTORS: &str = r#"
name       = { fr = "Acteur", en = "Actor" }
plural     = { fr = "Acteurs", en = "Actors" }
path       = { fr = "acteurs", en = "actors" }
schema_org = "Organization"
sort       = "title"
colour     = 250
[fields.category]
to       = "categories"
one      = true
required = true
facet    = true
brief    = true
label    = { fr = "Catégorie", en = "Category" }
inverse  = { id = "actors", label = { fr = "Acteurs", en = "Actors" } }
[fields.size]
kind    = "choice"
facet   = true
label   = { fr = "Taille", en = "Size" }
choices = { small = { fr = "Petite", en = "Small" }, medium = { fr = "Moyenne", en = "Medium" }, large = { fr = "Grande", en = "Large" } }
[fields.founded]
kind  = "year"
facet = true
label = { fr = "Fondation", en = "Founded" }
[fields.website]
kind  = "url"
label = { fr = "Site", en = "Web site" }
[fields.logo]
kind  = "image"
label = { fr = "Logo", en = "Logo" }
[fields.segments]
to      = "segments"
facet   = true
label   = { fr = "Maillons", en = "Segments" }
inverse = { id = "actors", label = { fr = "Acteurs", en = "Actors" } }
[fields.approaches]
to      = "approaches"
facet   = true
label   = { fr = "Approches", en = "Approaches" }
inverse = { id = "actors", label = { fr = "Acteurs", en = "Actors" } }
[fields.towns]
to      = "towns"
facet   = true
brief   = true
label   = { fr = "Villes", en = "Towns" }
inverse = { id = "actors", label = { fr = "Acteurs", en = "Actors" } }
[fields.partners]
to        = "actors"
to_itself = true
label     = { fr = "Partenaires", en = "Partners" }
inverse   = { id = "partner_of", label = { fr = "Partenaire de", en = "Partner of" } }
[derived.areas]
path  = ["projects", "areas"]
label = { fr = "Domaines", en = "Areas" }
"#;

const PROJECTS: &str = r#"
name   = { fr = "Projet", en = "Project" }
plural = { fr = "Projets", en = "Projects" }
path   = { fr = "projets", en = "projects" }
colour = 30
[fields.partners]
to      = "actors"
label   = { fr = "Partenaires", en = "Partners" }
inverse = { id = "projects", label = { fr = "Projets", en = "Projects" } }
attributes.role = { kind = "choice", label = { fr = "Rôle", en = "Role" }, choices = { coordinator = { fr = "Coordination", en = "Coordinator" }, partner = { fr = "Partenaire", en = "Partner" } } }
[fields.areas]
to      = "areas"
facet   = true
label   = { fr = "Domaines", en = "Areas" }
inverse = { id = "projects", label = { fr = "Projets", en = "Projects" } }
[fields.budget]
kind  = "money"
label = { fr = "Budget", en = "Budget" }
"#;

const VIEWS: [(&str, &str); 4] = [
    ("search", "kind = \"search\""),
    ("map", "kind = \"map\", of = \"actors\", by = \"towns\", colour = \"category\""),
    ("network", "kind = \"network\", of = [\"actors\", \"projects\"], by = \"category\""),
    ("matrix", "kind = \"matrix\", of = \"actors\", rows = \"approaches\", columns = \"segments\""),
];

/// Writes a portal of actors, a tenth as many projects, and what both refer to. Each profile has 250 words in each
/// language, three links, four to ten relations; one in ten has a picture.
pub(crate) fn portal(root: &Path, actors: u64) {
    let content = root.join("content");
    let write = |path: &str, text: &str| fs::write(content.join(path), text).unwrap();
    for folder in ["actors", "projects", "areas", "towns", "categories", "segments", "approaches", "logos"] {
        fs::create_dir_all(content.join(folder)).unwrap();
    }
    fs::write(root.join("site.toml"), SITE).unwrap();
    write("actors/_type.toml", ACTORS);
    write("projects/_type.toml", PROJECTS);
    for folder in ["areas", "towns", "categories", "segments", "approaches"] {
        write(&format!("{folder}/_type.toml"), &format!("name = {{ fr = \"{folder}\", en = \"{folder}\" }}\n"));
    }
    write(
        "towns/_type.toml",
        "name = { fr = \"Ville\", en = \"Town\" }\n[fields.position]\nkind = \"point\"\nlabel = { fr = \"Position\", en = \"Position\" }\n",
    );
    let mut random = Random(1);
    let towns = (0..TOWNS).fold(String::new(), |mut all, n| {
        let (latitude, longitude) =
            (49.6 + random.below(1200) as f64 / 1000.0, 3.0 + random.below(3200) as f64 / 1000.0);
        let _ = writeln!(
            all,
            "[town-{n}]\ntitle = \"Ville {n}\"\nsummary = {{ fr = \"Une ville.\", en = \"A town.\" }}\nposition = [{latitude:.3}, {longitude:.3}]\n"
        );
        all
    });
    write("towns/_list.toml", &towns);
    write("areas/_list.toml", &list((0..AREAS).map(|n| format!("area-{n}"))));
    write("approaches/_list.toml", &list((0..APPROACHES).map(|n| format!("approach-{n}"))));
    write("categories/_list.toml", &list(CATEGORIES.iter().map(|id| format!("category-{id}"))));
    write("segments/_list.toml", &list(SEGMENTS.iter().map(|id| format!("segment-{id}"))));
    for (name, view) in VIEWS {
        write(
            &format!("{name}.md"),
            &format!("+++\ntitle = \"{name}\"\nsummary = \"Une vue.\"\nview = {{ {view} }}\n+++\nUne vue.\n"),
        );
        write(&format!("{name}.en.md"), &format!("+++\ntitle = \"{name}\"\nsummary = \"A view.\"\n+++\nA view.\n"));
    }
    write("_index.md", "+++\ntitle = \"Portail\"\nsummary = \"Un portail.\"\n+++\nUn portail.\n");
    write("_index.en.md", "+++\ntitle = \"Portal\"\nsummary = \"A portal.\"\n+++\nA portal.\n");
    let projects = (actors / 10).max(1);
    (0..actors).into_par_iter().for_each(|n| actor(&content, n, actors, projects));
    (0..projects).into_par_iter().for_each(|n| project(&content, n, actors, projects));
}

/// A list of entities that have an id and a title.
fn list(ids: impl Iterator<Item = String>) -> String {
    ids.fold(String::new(), |mut all, id| {
        let name = id.replace('-', " ");
        let _ = writeln!(all, "[{id}]\ntitle = {{ fr = \"{name}\", en = \"the {name}\" }}\nsummary = {{ fr = \"Une valeur.\", en = \"A value.\" }}\n");
        all
    })
}

fn actor(content: &Path, n: u64, actors: u64, projects: u64) {
    let mut random = Random(n * 2 + 1);
    let mut text = String::from("+++\ntitle = \"");
    name(&mut text, n, &mut random);
    text.push_str("\"\nsummary = \"");
    sentence(&mut text, &FRENCH, 16, &mut random);
    let _ = writeln!(
        text,
        "\"\ncategory = \"category-{}\"\nsize = \"{}\"\nfounded = {}\nwebsite = \"https://actor-{n}.example.org/\"\nupdated = 2024-{:02}-{:02}",
        CATEGORIES[random.below(CATEGORIES.len() as u64) as usize],
        ["small", "medium", "large"][random.below(3) as usize],
        1950 + random.below(70),
        1 + random.below(12),
        1 + random.below(28)
    );
    if n.is_multiple_of(10) {
        fs::write(content.join(format!("logos/{n}.png")), PIXEL).unwrap();
        let _ = writeln!(text, "logo = {{ src = \"../logos/{n}.png\", alt = \"Logo\" }}");
    }
    let segment = |random: &mut Random| SEGMENTS[random.below(SEGMENTS.len() as u64) as usize];
    let _ = writeln!(text, "segments = [\"segment-{}\"]", segment(&mut random));
    let _ = writeln!(text, "approaches = [{}]", random.names("approach", APPROACHES, 1, 3));
    let _ = writeln!(text, "towns = [{}]", random.names("town", TOWNS, 1, 2));
    let _ = writeln!(text, "partners = [{}]", random.names("actor", actors, 2, 6));
    bodies(content, "actors/actor", n, text, &mut random, (actors, projects));
}

fn project(content: &Path, n: u64, actors: u64, projects: u64) {
    let mut random = Random(n * 2);
    let mut text = format!("+++\ntitle = \"Projet {n}\"\nsummary = \"");
    sentence(&mut text, &FRENCH, 16, &mut random);
    let _ = writeln!(text, "\"\nareas = [{}]", random.names("area", AREAS, 1, 2));
    let _ = writeln!(text, "budget = {{ amount = {}, currency = \"EUR\" }}", 1000 * random.below(20_000));
    let coordinator = random.below(actors);
    let partners = random.names("actor", actors, 2, 7);
    let _ = writeln!(text, "partners = [{{ to = \"actor-{coordinator}\", role = \"coordinator\" }}, {partners}]");
    bodies(content, "projects/project", n, text, &mut random, (actors, projects));
}

/// Writes a profile and its translation: the facts stand in the first alone.
fn bodies(content: &Path, stem: &str, n: u64, mut text: String, random: &mut Random, counts: (u64, u64)) {
    let ending = |words: &Words| if words.lang == "fr" { "" } else { ".en" };
    for words in [&FRENCH, &ENGLISH] {
        if words.lang != "fr" {
            text = String::from("+++\nsummary = \"");
            sentence(&mut text, words, 16, random);
            text.push_str("\"\n");
        }
        text.push_str("+++\n");
        prose(&mut text, words, random, counts);
        fs::write(content.join(format!("{stem}-{n}{}.md", ending(words))), &text).unwrap();
    }
}

/// A name that no other actor has.
fn name(text: &mut String, n: u64, random: &mut Random) {
    const FIRST: [&str; 12] =
        ["Nova", "Cel", "Bio", "Théra", "Géno", "Medi", "Vita", "Onco", "Immu", "Ostéo", "Viro", "Syn"];
    const LAST: [&str; 12] =
        ["dip", "yad", "gen", "mir", "tech", "pharm", "cyte", "lys", "vec", "plast", "zyme", "nova"];
    let part = |parts: &[&'static str], random: &mut Random| parts[random.below(parts.len() as u64) as usize];
    let _ = write!(text, "{}{} {n}", part(&FIRST, random), part(&LAST, random));
}

fn sentence(text: &mut String, words: &Words, count: u64, random: &mut Random) {
    for _ in 0..count {
        let start = text.len();
        words.get(random.next(), text);
        // The text stands between quotation marks.
        let word = text[start..].replace('"', "");
        text.truncate(start);
        text.push_str(&word);
        text.push(' ');
    }
    text.pop();
    text.push('.');
}
