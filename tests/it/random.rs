//! After any changes to the files, the preview shows what a clean build would write.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;

use crate::browser::Preview;
use crate::harness::{Site, files_in};

/// A change to the folder.
#[derive(Debug, Clone)]
enum Change {
    /// An actor is written, with these words and with links to others that may not exist.
    Write {
        actor: usize,
        words: String,
        peers: Vec<usize>,
    },
    /// The file of an actor is written with a syntax error.
    Break {
        actor: usize,
        how: usize,
    },
    Delete {
        actor: usize,
    },
    Rename {
        from: usize,
        to: usize,
    },
    /// A file is saved as some editors do it: written beside the old one, then renamed.
    Replace {
        actor: usize,
        words: String,
    },
    Schema {
        label: String,
    },
    Title {
        words: String,
    },
    Template {
        words: String,
        closed: bool,
    },
    Style {
        words: String,
    },
    Picture {
        words: String,
    },
    /// A folder with a type and its entities appears or disappears.
    Folder {
        present: bool,
        entities: usize,
    },
    /// Many files change at once, as when a branch is checked out.
    Storm {
        words: String,
    },
}

const ACTORS: usize = 8;

fn changes() -> impl Strategy<Value = Change> {
    let words = || "[a-zéà<&\" ]{1,12}";
    let actor = || 0..ACTORS;
    prop_oneof![
        6 => (actor(), words(), prop::collection::vec(0..ACTORS, 0..3)).prop_map(|(actor, words, peers)| Change::Write { actor, words, peers }),
        2 => (actor(), 0..4_usize).prop_map(|(actor, how)| Change::Break { actor, how }),
        2 => actor().prop_map(|actor| Change::Delete { actor }),
        2 => (actor(), actor()).prop_map(|(from, to)| Change::Rename { from, to }),
        2 => (actor(), words()).prop_map(|(actor, words)| Change::Replace { actor, words }),
        1 => words().prop_map(|label| Change::Schema { label }),
        1 => words().prop_map(|words| Change::Title { words }),
        1 => (words(), prop::bool::weighted(0.8)).prop_map(|(words, closed)| Change::Template { words, closed }),
        1 => words().prop_map(|words| Change::Style { words }),
        1 => words().prop_map(|words| Change::Picture { words }),
        1 => (any::<bool>(), 0..4_usize).prop_map(|(present, entities)| Change::Folder { present, entities }),
        1 => words().prop_map(|words| Change::Storm { words }),
    ]
}

/// Changes that follow one another without a pause.
fn bursts() -> impl Strategy<Value = Vec<Change>> {
    prop_oneof![3 => prop::collection::vec(changes(), 1..2), 1 => prop::collection::vec(changes(), 2..8)]
}

impl Change {
    fn make(&self, site: &Site) {
        let path = |actor: usize| site.path(format!("content/actors/a{actor}.md"));
        let quoted = |words: &str| words.replace('"', "\\\"");
        let facts = |words: &str| format!("+++\ntitle = \"T {}\"\n+++\n## Un titre\n\n{words}\n", quoted(words));
        match self {
            Self::Write { actor, words, peers } => {
                let peers: Vec<String> =
                    peers.iter().filter(|peer| *peer != actor).map(|peer| format!("\"a{peer}\"")).collect();
                let text = format!(
                    "+++\ntitle = \"T {}\"\npeers = [{}]\n+++\n{words} [[alpha]]\n",
                    quoted(words),
                    peers.join(", ")
                );
                fs::write(path(*actor), text).unwrap();
            }
            Self::Break { actor, how } => {
                let texts: [&[u8]; 4] =
                    [b"", b"+++\ntitle = \n+++\n", b"+++\ntitle = \"x\"\nfounded = \"soon\"\n+++\n", b"\xff\xfe+++\n"];
                fs::write(path(*actor), texts[*how]).unwrap();
            }
            Self::Delete { actor } => drop(fs::remove_file(path(*actor))),
            Self::Rename { from, to } => drop(fs::rename(path(*from), path(*to))),
            Self::Replace { actor, words } => {
                let beside = site.path("content/actors/.saving.tmp");
                fs::write(&beside, facts(words)).unwrap();
                fs::rename(beside, path(*actor)).unwrap();
            }
            Self::Schema { label } => {
                let file = site.path("content/sources/_type.toml");
                fs::write(file, format!("name = \"{}x\"\ncitation = true\n", quoted(label))).unwrap();
            }
            Self::Title { words } => {
                let config = fs::read_to_string(site.path("site.toml")).unwrap();
                let (_, rest) = config.split_once('\n').unwrap();
                fs::write(site.path("site.toml"), format!("title = \"P {}\"\n{rest}", quoted(words))).unwrap();
            }
            Self::Template { words, closed } => {
                let end = if *closed { "{% endif %}" } else { "" };
                let words = words.replace('<', "");
                let text = format!("<html><head></head>{{% if page %}}{{{{ page.title }}}} {words}{end}</html>");
                // In one step: a template that is half written can be valid, and would then be the newest without errors.
                site.write("themes/own/templates/.saving.tmp", text);
                let template = site.path("themes/own/templates/entity.html");
                fs::rename(site.path("themes/own/templates/.saving.tmp"), template).unwrap();
            }
            Self::Style { words } => site.write("themes/own/static/style.css", words),
            Self::Picture { words } => site.write("content/picture.svg", words),
            Self::Folder { present: true, entities } => {
                site.write("content/towns/_type.toml", "name = \"Ville\"\n");
                for number in 0..*entities {
                    site.write(&format!("content/towns/t{number}.toml"), format!("title = \"Ville {number}\"\n"));
                }
            }
            Self::Folder { present: false, .. } => drop(fs::remove_dir_all(site.path("content/towns"))),
            Self::Storm { words } => (0..ACTORS).for_each(|actor| fs::write(path(actor), facts(words)).unwrap()),
        }
    }
}

/// Removes everything that can be wrong.
fn mend(site: &Site) {
    for actor in 0..ACTORS {
        Change::Delete { actor }.make(site);
    }
    Change::Template { words: String::from("mended"), closed: true }.make(site);
}

/// The files that a clean build writes, by their path in the site; none if the content has errors.
fn clean_build(site: &Site) -> Option<BTreeMap<String, Vec<u8>>> {
    let output = tempfile::tempdir().unwrap();
    let folder = output.path().join("public");
    let run = site.run(&["build", "--output", folder.to_str().unwrap()]);
    let name = |path: PathBuf| format!("/{}", path.strip_prefix(&folder).unwrap().to_str().unwrap());
    let files = (run.status == 0).then(|| files_in(&folder))?;
    Some(files.into_iter().map(|(path, bytes)| (name(path), bytes)).filter(|(path, _)| path != "/.filiere").collect())
}

/// Waits until the preview serves exactly these files, of all files that it ever served.
fn settles(preview: &Preview, files: &BTreeMap<String, Vec<u8>>, ever: &BTreeSet<String>) {
    let address = |path: &str| path.strip_suffix("index.html").unwrap_or(path).to_owned();
    preview.until(|preview| {
        files.iter().all(|(path, bytes)| preview.get(&address(path)).published().as_bytes() == bytes)
            && ever
                .iter()
                .filter(|path| !files.contains_key(*path))
                .all(|path| preview.get(&address(path)).status == 404)
    });
}

proptest! {
    // Each case makes about fifty changes on one server.
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 20, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_served_is_what_a_clean_build_writes(bursts in prop::collection::vec(bursts(), 30..40)) {
        let preview = Site::new()
            .template("page.html", "{% extends \"plain/page.html\" %}")
            .file("themes/own/static/style.css", "p {}")
            .serve();
        let mut good = clean_build(&preview.site).unwrap();
        let mut paths: BTreeSet<String> = good.keys().cloned().collect();
        for burst in bursts {
            burst.iter().for_each(|change| change.make(&preview.site));
            let files = clean_build(&preview.site).unwrap_or_else(|| {
                // The newest site without errors stays: the one before the burst, or one from within it.
                if burst.len() == 1 {
                    settles(&preview, &good, &paths);
                }
                mend(&preview.site);
                clean_build(&preview.site).unwrap()
            });
            settles(&preview, &files, &paths);
            paths.extend(files.keys().cloned());
            good = files;
        }
    }
}
