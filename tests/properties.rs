//! Properties of every site, tested on random ecosystems.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use filiere::compile::{self, Checked, Compiler, Request};
use filiere::diagnostics::Severity;
use filiere::edit::{self, Change, FileChange};
use filiere::model::Today;
use filiere::render::Rendered;
use filiere::site::RouteKind;
use filiere::source::{Disk, Memory};
use filiere::stop::Stop;
use proptest::prelude::*;

/// A random ecosystem: actors and projects, some of them drafts, with relations, links in prose and translations.
#[derive(Debug, Clone)]
struct Random {
    base_path: &'static str,
    page_size: usize,
    actors: Vec<Actor>,
    projects: Vec<Project>,
}

#[derive(Debug, Clone)]
struct Actor {
    draft: bool,
    translated: bool,
    in_list: bool,
    partners: Vec<usize>,
    mentions: Vec<usize>,
    title: String,
}

#[derive(Debug, Clone)]
struct Project {
    draft: bool,
    leader: Option<usize>,
    members: Vec<usize>,
}

fn ecosystems() -> impl Strategy<Value = Random> {
    (2..14_usize, 1..6_usize).prop_flat_map(|(actors, projects)| {
        let some =
            move || prop::collection::btree_set(0..actors, 0..4).prop_map(|set| set.into_iter().collect::<Vec<_>>());
        let actor = (
            prop::bool::weighted(0.15),
            any::<bool>(),
            any::<bool>(),
            some(),
            some(),
            "[A-Za-zéÉ<>&\"' :!?«»0-9]{1,20}",
        )
            .prop_map(|(draft, translated, in_list, partners, mentions, title)| Actor {
                draft,
                translated,
                in_list,
                partners,
                mentions,
                title: format!("T{title}"),
            });
        let project = (prop::bool::weighted(0.15), prop::option::of(0..actors), some())
            .prop_map(|(draft, leader, members)| Project { draft, leader, members });
        (
            prop::sample::select(vec!["", "/portal", "/a/b"]),
            1..5_usize,
            prop::collection::vec(actor, actors),
            prop::collection::vec(project, projects),
        )
            .prop_map(|(base_path, page_size, actors, projects)| Random {
                base_path,
                page_size,
                actors,
                projects,
            })
    })
}

impl Random {
    fn write(&self, root: &Path) {
        let put = |path: &str, text: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        put(
            "site.toml",
            &format!(
                "title = {{ fr = \"Essai\", en = \"Trial\" }}\nbase_url = \"https://example.org{}\"\nlanguages = [\"fr\", \"en\"]\ntheme = \"plain\"\npage_size = {}\nmenu = [\"actors\", \"about\"]\n",
                self.base_path, self.page_size
            ),
        );
        put(
            "content/about.md",
            "+++\ntitle = \"À propos\"\nslug = { fr = \"a-propos\", en = \"about\" }\n+++\nVoir [les acteurs](actors/_index.md) et [les données](/data/actors.csv).\n",
        );
        put("content/actors/_index.md", "Tous les acteurs.\n");
        put(
            "content/actors/_type.toml",
            "name = { fr = \"Acteur\", en = \"Actor\" }\nplural = { fr = \"Acteurs\", en = \"Actors\" }\npath = { fr = \"acteurs\", en = \"actors\" }\n[fields.partners]\nto = \"actors\"\nto_itself = true\nfacet = true\nlabel = \"Partenaires\"\ninverse = { id = \"partners\" }\n[derived.peers]\npath = [\"projects\", \"members\"]\nlabel = \"Pairs\"\n",
        );
        put(
            "content/projects/_type.toml",
            "name = { fr = \"Projet\", en = \"Project\" }\npath = { fr = \"projets\", en = \"projects\" }\n[fields.leader]\nto = \"actors\"\none = true\nlabel = \"Chef\"\ninverse = { id = \"leads\", label = \"Dirige\" }\n[fields.members]\nto = \"actors\"\nlabel = \"Membres\"\ninverse = { id = \"projects\", label = \"Projets\" }\n",
        );
        let mut list = String::from("# The actors without a file.\n");
        for (n, actor) in self.actors.iter().enumerate() {
            let ids = |numbers: &[usize]| numbers.iter().map(|n| format!("\"a{n}\"")).collect::<Vec<_>>().join(", ");
            let title = actor.title.replace('\\', "").replace('"', "\\\"");
            let facts = format!(
                "title = \"{title}\" # title {n}\nsummary = {{ fr = \"Résumé {n}\", en = \"Summary {n}\" }}\ndraft = {}\npartners = [{}]\n",
                actor.draft,
                ids(&actor.partners)
            );
            if actor.in_list {
                let _ = writeln!(list, "[a{n}]\n{facts}");
                continue;
            }
            let links = actor.mentions.iter().fold(String::new(), |mut all, n| {
                // Profiles in the list have no file of their own.
                let file = if self.actors[*n].in_list { format!("_list.toml#a{n}") } else { format!("a{n}.md") };
                let _ = write!(all, "[[a{n}]] et [[actors/a{n}|autre]] ou [fichier]({file}). ");
                all
            });
            put(
                &format!("content/actors/a{n}.md"),
                &format!("+++\n{facts}+++\n## Titre {n}\n\nProse. {links}[ici](#titre-{n})\n"),
            );
            if actor.translated {
                put(&format!("content/actors/a{n}.en.md"), &format!("+++\n+++\n## Heading\n\nEnglish. {links}\n"));
            }
        }
        put("content/actors/_list.toml", &list);
        for (n, project) in self.projects.iter().enumerate() {
            let members: Vec<String> = project.members.iter().map(|n| format!("\"a{n}\"")).collect();
            let leader = project.leader.map(|n| format!("leader = \"a{n}\"\n")).unwrap_or_default();
            put(
                &format!("content/projects/p{n}.toml"),
                &format!(
                    "title = \"Projet {n}\"\ndraft = {}\nmembers = [{}]\n{leader}redirects = [\"/ancien/p{n}/\"]\n",
                    project.draft,
                    members.join(", ")
                ),
            );
        }
    }

    /// The relations between published entities, by the paths of both ends in French.
    fn relations(&self) -> Vec<(String, String)> {
        let actor = |n: usize| (!self.actors[n].draft).then(|| format!("/acteurs/a{n}/"));
        let mut relations = Vec::new();
        for (n, entity_type) in self.actors.iter().enumerate() {
            relations.extend(entity_type.partners.iter().filter_map(|to| Some((actor(n)?, actor(*to)?))));
        }
        for (n, entity_type) in self.projects.iter().enumerate().filter(|(_, project)| !project.draft) {
            relations.extend(
                entity_type
                    .members
                    .iter()
                    .chain(&entity_type.leader)
                    .filter_map(|to| Some((format!("/projets/p{n}/"), actor(*to)?))),
            );
        }
        relations
    }
}

/// All published files, by their path, rendered with this number of threads.
fn built(root: &Path, threads: usize) -> (BTreeMap<String, Vec<u8>>, Vec<String>) {
    let request = Request {
        base_url: None,
        drafts: false,
        search: true,
        today: Today::new(jiff::civil::date(2026, 1, 15)).unwrap(),
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| {
        let outcome = compile::compile(Arc::new(Disk::new(root)), &request, &mut |_| {}).unwrap();
        let messages: Vec<_> = outcome
            .diagnostics
            .iter()
            .map(|problem| format!("{} {}: {}", problem.place.path, problem.code, problem.message))
            .collect();
        assert!(!outcome.has_errors(), "{messages:#?}");
        let compiled = outcome.compiled.unwrap();
        let files = Mutex::new(BTreeMap::new());
        let problems = compile::render(&compiled, |_| true, &Stop::new(), &|route, rendered| {
            let bytes = match rendered {
                Rendered::Bytes(bytes) => bytes,
                Rendered::File(bytes) => bytes.read()?,
            };
            assert!(files.lock().unwrap().insert(route.file(), bytes).is_none(), "{} twice", route.file());
            Ok(())
        });
        assert!(problems.unwrap().is_empty());
        let pages = compiled.site.pages().map(|route| route.path.to_string()).collect();
        (files.into_inner().unwrap(), pages)
    })
}

/// The values of an attribute in HTML.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    html.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn file_of(path: &str) -> String {
    let path = path.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn every_ecosystem_becomes_a_whole_site(random in ecosystems()) {
        let folder = tempfile::tempdir().unwrap();
        random.write(folder.path());
        let (files, pages) = built(folder.path(), 1);

        // The same input gives the same bytes, whatever the number of threads.
        let (again, _) = built(folder.path(), 4);
        for (file, bytes) in &files {
            prop_assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(&again[file]), "{}", file);
        }
        prop_assert_eq!(files.len(), again.len());

        let html: BTreeMap<&str, &str> = files
            .iter()
            .filter(|(file, _)| file.ends_with(".html"))
            .map(|(file, bytes)| (file.as_str(), std::str::from_utf8(bytes).unwrap()))
            .collect();

        // Every link leads to a file of the site, below the base path, and to an anchor that exists.
        for (file, text) in &html {
            for href in attributes(text, "href").into_iter().chain(attributes(text, "src")) {
                let Some(inside) = href.strip_prefix("https://example.org").unwrap_or(href).strip_prefix(random.base_path) else {
                    prop_assert!(href.starts_with('#'), "{} in {} leaves the base path", href, file);
                    continue;
                };
                let (path, anchor) = inside.split_once('#').unwrap_or((inside, ""));
                let target = if path.is_empty() { (*file).to_owned() } else { file_of(path) };
                prop_assert!(files.contains_key(&target), "{} in {} leads nowhere", href, file);
                if !anchor.is_empty() {
                    prop_assert!(attributes(html[target.as_str()], "id").contains(&anchor), "{} in {} has no anchor", href, file);
                }
            }
        }

        // Every relation shows at both ends, in every language.
        let in_english = |path: &str| format!("/en{}", path.replace("/acteurs/", "/actors/").replace("/projets/", "/projects/"));
        for (from, to) in random.relations() {
            for (from, to) in [(from.clone(), to.clone()), (in_english(&from), in_english(&to))] {
                let links = |page: &str| attributes(html[file_of(page).as_str()], "href").into_iter().map(str::to_owned).collect::<BTreeSet<_>>();
                prop_assert!(links(&from).contains(&format!("{}{to}", random.base_path)), "{} does not show {}", from, to);
                prop_assert!(links(&to).contains(&format!("{}{from}", random.base_path)), "{} does not show {}", to, from);
            }
        }

        // Every page is in the sitemap, and nothing else is.
        let sitemap = String::from_utf8(files["sitemap.xml"].clone()).unwrap();
        let listed: BTreeSet<&str> = sitemap.split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next()).collect();
        let expected: BTreeSet<String> = pages.iter().map(|path| format!("https://example.org{}{path}", random.base_path)).collect();
        prop_assert_eq!(listed, expected.iter().map(String::as_str).collect::<BTreeSet<_>>());

        // Nothing of a draft is published.
        for (n, actor) in random.actors.iter().enumerate().filter(|(_, actor)| actor.draft) {
            let page = format!("acteurs/a{n}/index.html");
            prop_assert!(!files.contains_key(&page), "{:?}", actor);
            for (file, bytes) in &files {
                let text = String::from_utf8_lossy(bytes);
                prop_assert!(!text.contains(&format!("/a{n}/")) && !text.contains(&format!("Résumé {n}<")), "{} tells of a draft", file);
            }
        }
    }
}

/// The files of a site in memory.
fn read(root: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file())
    {
        let path = entry.path().strip_prefix(root).unwrap().display().to_string();
        files.insert(path, fs::read_to_string(entry.path()).unwrap());
    }
    files
}

/// The diagnostics of a site, as code and message.
fn problems(checked: &Checked) -> Vec<String> {
    checked.diagnostics.iter().map(|problem| format!("{}: {}", problem.code, problem.message)).collect()
}

fn compiler(files: &BTreeMap<String, String>) -> Compiler {
    let memory: Memory = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes().to_vec())).collect();
    let today = Today::new(jiff::civil::date(2026, 1, 15)).unwrap();
    Compiler::new(Arc::new(memory), Request { base_url: None, drafts: true, search: false, today })
}

/// The files after a change.
fn applied(files: &BTreeMap<String, String>, change: &Change) -> BTreeMap<String, String> {
    let mut after = files.clone();
    for (path, file) in &change.files {
        let text = after.remove(&**path).unwrap_or_default();
        match file {
            FileChange::Create(text) => drop(after.insert(path.to_string(), text.clone())),
            FileChange::Edit(edits) => drop(after.insert(path.to_string(), edit::edited(&text, edits))),
            FileChange::Move { to, edits } => drop(after.insert(to.to_string(), edit::edited(&text, edits))),
            FileChange::Delete => {}
        }
    }
    after
}

/// Makes a change, which must bring no error. Out: the files after it.
fn changed(
    files: &BTreeMap<String, String>,
    wish: impl Fn(&Checked) -> Result<Change, edit::Refusal>,
) -> BTreeMap<String, String> {
    let mut compiler = compiler(files);
    let before = compiler.check(&Stop::new()).unwrap();
    let change = wish(&before).unwrap();
    let trial = edit::trial(&mut compiler, &before, &change, &Stop::new()).unwrap();
    let errors = trial.problems.iter().filter(|problem| problem.severity() == Severity::Error);
    let errors: Vec<String> = errors.map(|problem| format!("{:?} {}", problem.place, problem.message)).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let after = applied(files, &change);
    // What the trial saw is what the files say.
    assert_eq!(problems(&trial.after), problems(&self::compiler(&after).check(&Stop::new()).unwrap()));
    after
}

/// The published files of a site in memory, without redirects.
fn published(files: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let outcome = compiler(files).compile(&Stop::new(), &mut |_| {}).unwrap();
    let compiled = outcome.compiled.unwrap();
    let all = Mutex::new(BTreeMap::new());
    compile::render(&compiled, |kind| !matches!(kind, RouteKind::Redirect(_)), &Stop::new(), &|route, rendered| {
        if let Rendered::Bytes(bytes) = rendered {
            all.lock().unwrap().insert(route.file(), String::from_utf8(bytes).unwrap());
        }
        Ok(())
    })
    .unwrap();
    let mut all = all.into_inner().unwrap();
    all.remove("_redirects");
    all
}

/// A text with another name in place of one that stands alone.
fn with_name(text: &str, old: &str, new: &str) -> String {
    let is_part = |char: char| char.is_ascii_alphanumeric();
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(old) {
        let (before, after) = (&rest[..at], &rest[at + old.len()..]);
        let alone = !before.ends_with(is_part) && !after.starts_with(is_part);
        out.push_str(before);
        out.push_str(if alone { new } else { old });
        rest = after;
    }
    out + rest
}

fn comments(files: &BTreeMap<String, String>) -> usize {
    files.values().flat_map(|text| text.lines()).filter(|line| line.contains("# ")).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_renamed_entity_is_renamed_everywhere_and_nothing_else_changes(random in ecosystems(), which in any::<prop::sample::Index>()) {
        let folder = tempfile::tempdir().unwrap();
        random.write(folder.path());
        let files = read(folder.path());
        let old = format!("a{}", which.index(random.actors.len()));
        // In every list, the new name has the place of the old one.
        let new = format!("{old}-x");
        let (from, to) = (format!("actors/{old}"), format!("actors/{new}"));
        let after = changed(&files, |checked| edit::rename(checked, &from, &to));
        prop_assert_eq!(comments(&files), comments(&after));

        // Titles that are the same are in the order of their ids, and titles may contain what looks like an id.
        let titles: BTreeSet<String> = random.actors.iter().map(|actor| actor.title.to_lowercase().replace(|char: char| !char.is_alphanumeric(), "")).collect();
        if titles.len() == random.actors.len() && random.actors.iter().all(|actor| !actor.title.contains(&old)) {
            let (before, now) = (published(&files), published(&after));
            let expected: BTreeMap<String, String> =
                before.iter().map(|(path, text)| (with_name(path, &old, &new), with_name(text, &old, &new))).collect();
            prop_assert_eq!(expected.keys().collect::<Vec<_>>(), now.keys().collect::<Vec<_>>());
            for (path, text) in &expected {
                prop_assert_eq!(text, &now[path], "{}", path);
            }
        }
        let back = changed(&after, |checked| edit::rename(checked, &to, &from));
        prop_assert_eq!(files, back);
    }

    #[test]
    fn types_and_relations_are_renamed_there_and_back(random in ecosystems()) {
        let folder = tempfile::tempdir().unwrap();
        random.write(folder.path());
        let files = read(folder.path());
        for (from, to) in [("actors", "people"), ("actors.partners", "actors.friends"), ("projects.members", "projects.crew"), ("actors.projects", "actors.works"), ("page:about", "page:info/about")] {
            let after = changed(&files, |checked| edit::rename(checked, from, to));
            prop_assert_ne!(&files, &after);
            let back = changed(&after, |checked| edit::rename(checked, to, from));
            prop_assert_eq!(&files, &back, "{} to {}", from, to);
        }
    }

    #[test]
    fn removed_and_merged_entities_leave_no_broken_link(random in ecosystems(), which in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        let folder = tempfile::tempdir().unwrap();
        random.write(folder.path());
        let files = read(folder.path());
        let (which, other) = (which.index(random.actors.len()), other.index(random.actors.len()));
        let names = [format!("actors/a{which}"), format!("actors/a{other}")];
        let after = changed(&files, |checked| edit::remove(checked, &names[0], true));
        let gone = format!("a{which}");
        let (file, quoted) = (format!("/{gone}."), format!("\"{gone}\""));
        prop_assert!(after.iter().all(|(path, text)| !path.contains(&file) && !text.contains(&quoted)));
        // Prose can't be merged into a list.
        if which != other && (random.actors[which].in_list || !random.actors[other].in_list) {
            changed(&files, |checked| edit::merge(checked, &names[0], &names[1], Some(edit::Keep::Into)));
        }
    }
}
