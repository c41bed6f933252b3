//! Generated ecosystems of any size, the same in each run, for benchmarks.

mod portal;
mod words;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

pub(crate) use portal::portal;
use words::{ENGLISH, Words};

const TOWNS: u64 = 60;
const AREAS: u64 = 6;

/// Writes an ecosystem: actors, a tenth as many projects, six areas, sixty towns; 250 words, three links and four to
/// ten relations each.
pub(crate) fn ecosystem(root: &Path, actors: u64) {
    let projects = (actors / 10).max(1);
    let content = root.join("content");
    for folder in ["actors", "projects", "areas", "towns"] {
        fs::create_dir_all(content.join(folder)).unwrap();
    }
    fs::write(
        root.join("site.toml"),
        "title = \"Scale\"\nbase_url = \"https://example.org\"\nlanguages = [\"en\"]\ntheme = \"plain\"\nmenu = [\"actors\", \"projects\", \"areas\"]\n",
    )
    .unwrap();
    fs::write(
        content.join("actors/_type.toml"),
        "name = \"Actor\"\nplural = \"Actors\"\nschema_org = \"Organization\"\n[fields.founded]\nkind = \"year\"\nlabel = \"Founded\"\n[fields.towns]\nto = \"towns\"\nfacet = true\nlabel = \"Towns\"\ninverse = { id = \"actors\", label = \"Actors\" }\n[fields.partners]\nto = \"actors\"\nto_itself = true\nlabel = \"Partners\"\ninverse = { id = \"partner_of\", label = \"Partner of\" }\n[derived.areas]\npath = [\"projects\", \"areas\"]\nlabel = \"Areas\"\n",
    )
    .unwrap();
    fs::write(
        content.join("projects/_type.toml"),
        "name = \"Project\"\nplural = \"Projects\"\n[fields.partners]\nto = \"actors\"\nlabel = \"Partners\"\ninverse = { id = \"projects\", label = \"Projects\" }\nattributes.role = { kind = \"choice\", label = \"Role\", choices = { coordinator = \"Coordinator\", partner = \"Partner\" } }\n[fields.areas]\nto = \"areas\"\nlabel = \"Areas\"\ninverse = { id = \"projects\", label = \"Projects\" }\n",
    )
    .unwrap();
    for folder in ["areas", "towns"] {
        fs::write(content.join(folder).join("_type.toml"), format!("name = \"{folder}\"\n")).unwrap();
    }
    let named = |count: u64, name: &str| {
        (0..count).fold(String::new(), |mut all, n| {
            let _ = writeln!(all, "[{name}-{n}]\ntitle = \"{name} {n}\"\nsummary = \"One of {count}.\"\n");
            all
        })
    };
    fs::write(content.join("towns/_list.toml"), named(TOWNS, "town")).unwrap();
    fs::write(content.join("areas/_list.toml"), named(AREAS, "area")).unwrap();
    (0..actors).into_par_iter().for_each(|n| {
        let mut random = Random(n * 2 + 1);
        let mut text = format!(
            "+++\ntitle = \"Actor {n}\"\nsummary = \"The actor number {n}, which does what actors do.\"\nfounded = {}\nupdated = 2024-{:02}-{:02}\n",
            1950 + random.below(70),
            1 + random.below(12),
            1 + random.below(28)
        );
        let _ = writeln!(text, "towns = [{}]", random.names("town", TOWNS, 1, 2));
        let _ = writeln!(text, "partners = [{}]", random.names("actor", actors, 3, 8));
        text.push_str("+++\n");
        prose(&mut text, &ENGLISH, &mut random, (actors, projects));
        fs::write(content.join(format!("actors/actor-{n}.md")), text).unwrap();
    });
    (0..projects).into_par_iter().for_each(|n| {
        let mut random = Random(n * 2);
        let mut text =
            format!("+++\ntitle = \"Project {n}\"\nsummary = \"The project number {n}, which joins actors.\"\n");
        let _ = writeln!(text, "areas = [{}]", random.names("area", AREAS, 1, 2));
        let coordinator = random.below(actors);
        let partners = random.names("actor", actors, 2, 7);
        let _ = writeln!(text, "partners = [{{ to = \"actor-{coordinator}\", role = \"coordinator\" }}, {partners}]");
        text.push_str("+++\n");
        prose(&mut text, &ENGLISH, &mut random, (actors, projects));
        fs::write(content.join(format!("projects/project-{n}.md")), text).unwrap();
    });
}

/// The text of a page without links, with some of what Markdown has: 250 words, two headings, a list.
pub(crate) fn page(n: u64) -> String {
    let mut random = Random(n * 2 + 1);
    let mut text = String::new();
    for paragraph in 0..5 {
        if paragraph % 3 == 0 {
            let _ = writeln!(text, "\n## Part {}", paragraph + 1);
        }
        text.push_str(if paragraph == 2 { "\n- " } else { "\n" });
        for word in 0..50 {
            let mark = if word % 20 == 7 { "*" } else { "" };
            text.push_str(mark);
            ENGLISH.get(random.next(), &mut text);
            text.push_str(mark);
            text.push_str(if paragraph == 2 && word % 10 == 9 { "\n- " } else { " " });
        }
        text.push_str("end.\n");
    }
    text
}

/// 250 words in five paragraphs under two headings, with three links.
fn prose(text: &mut String, words: &Words, random: &mut Random, (actors, projects): (u64, u64)) {
    for paragraph in 0..5 {
        if paragraph % 3 == 0 {
            let _ = writeln!(text, "\n## Part {}", paragraph + 1);
        }
        text.push('\n');
        for word in 0..50 {
            // A word in twenty is emphasised.
            let mark = if word % 20 == 7 { "*" } else { "" };
            text.push_str(mark);
            words.get(random.next(), text);
            text.push_str(mark);
            text.push(' ');
        }
        match paragraph {
            0 => drop(writeln!(text, "[[actor-{}]].", random.below(actors))),
            1 => drop(writeln!(text, "[[project-{}|a project]].", random.below(projects))),
            2 => drop(writeln!(text, "[another](../actors/actor-{}.md).", random.below(actors))),
            _ => text.push_str("end.\n"),
        }
    }
}

/// A random number generator with a fixed seed (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// From `least` to `most` random names. A name that is drawn twice is listed once.
    fn names(&mut self, name: &str, count: u64, least: u64, most: u64) -> String {
        let wanted = least + self.below(most - least + 1);
        let mut numbers: Vec<u64> = (0..wanted).map(|_| self.below(count)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.iter().map(|n| format!("\"{name}-{n}\"")).collect::<Vec<_>>().join(", ")
    }
}
