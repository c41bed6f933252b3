//! Changes of the content, made on random ecosystems.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use filiere::compile::{self, Checked, Compiler, Request};
use filiere::diagnostics::Code;
use filiere::edit::{self, Change, FileChange};
use filiere::model::Today;
use filiere::render::Rendered;
use filiere::site::RouteKind;
use filiere::source::Memory;
use filiere::stop::Stop;
use proptest::prelude::*;
use serde_json::Value;

use crate::ecosystems::{Files, Random, ecosystems};

/// The diagnostics of a site, as code and message.
fn problems(checked: &Checked) -> Vec<String> {
    checked.diagnostics.iter().map(|problem| format!("{}: {}", problem.code, problem.message)).collect()
}

fn compiler(files: &Files) -> Compiler {
    let memory: Memory = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes().to_vec())).collect();
    let today = Today::new(jiff::civil::date(2026, 1, 15)).unwrap();
    Compiler::new(Arc::new(memory), Request { base_url: None, drafts: true, search: false, today })
}

/// The files after a change.
fn applied(files: &Files, change: &Change) -> Files {
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

/// Makes a change, after which `check` finds nothing new, except that what has lost its relations has none, and that addresses
/// of data and of pages are gone. Out: the files after it.
fn changed(files: &Files, wish: impl Fn(&Checked) -> Result<Change, edit::Refusal>) -> Files {
    let mut compiler = compiler(files);
    let before = compiler.check(&Stop::new()).unwrap();
    let change = wish(&before).unwrap();
    let trial = edit::trial(&mut compiler, &before, &change, &Stop::new()).unwrap();
    let expected = [Code::NoRelations, Code::BrokenAddress];
    let new = trial.problems.iter().filter(|problem| !expected.contains(&problem.code));
    let new: Vec<String> = new.map(|problem| format!("{:?} {}", problem.place, problem.message)).collect();
    assert!(new.is_empty(), "{new:#?}");
    let after = applied(files, &change);
    // What the trial saw is what the files say.
    assert_eq!(problems(&trial.after), problems(&self::compiler(&after).check(&Stop::new()).unwrap()));
    after
}

/// The published files of a site in memory, without the pages of redirects.
fn published(files: &Files) -> BTreeMap<String, String> {
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
    all.into_inner().unwrap()
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

/// The comments of all files, each as often as it is there.
fn comments(files: &Files) -> Vec<String> {
    let lines = files.values().flat_map(|text| text.lines());
    let comment =
        |line: &str| line.strip_prefix("# ").or(line.split_once(" # ").map(|(_, rest)| rest)).map(str::to_owned);
    let mut all: Vec<String> = lines.filter_map(comment).collect();
    all.sort();
    all
}

/// The published data: what is said of each entity, and all relations.
#[derive(Debug, PartialEq)]
struct Data {
    entities: BTreeMap<String, Value>,
    /// Relation, from, to.
    relations: BTreeSet<[String; 3]>,
}

fn data(site: &BTreeMap<String, String>) -> Data {
    let json: Value = serde_json::from_str(&site["data/ecosystem.json"]).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let name = |entity: &Value| format!("{}/{}", text(&entity["type"]), text(&entity["id"]));
    let entities = json["entities"].as_array().unwrap().iter().map(|entity| (name(entity), entity.clone()));
    let relations = json["relations"].as_array().unwrap().iter();
    let relations = relations.map(|it| [text(&it["relation"]), text(&it["from"]), text(&it["to"])]);
    Data { entities: entities.collect(), relations: relations.collect() }
}

/// The pages of entities, by their files.
fn pages(site: &BTreeMap<String, String>) -> impl Iterator<Item = (&String, &String)> {
    let is_entity = |path: &str| {
        path.rsplit('/')
            .nth(1)
            .and_then(|name| name.strip_prefix(['a', 'p']))
            .is_some_and(|number| number.parse::<usize>().is_ok())
    };
    site.iter().filter(move |(path, _)| path.ends_with("/index.html") && is_entity(path))
}

/// The letters and digits of the prose of a page without those in links, and the targets of its links.
fn prose(page: &str) -> (String, Vec<String>) {
    let Some(start) = page.find("<h2 id=") else { return (String::new(), Vec::new()) };
    let prose = &page[start..];
    let end = prose.find("\n<h2>").or_else(|| prose.find("</main>")).unwrap_or(prose.len());
    let (mut words, mut targets) = (String::new(), Vec::new());
    let mut rest = &prose[..end];
    while let Some(at) = rest.find("<a ") {
        words += &rest[..at];
        let (tag, after) = rest[at..].split_once('>').unwrap();
        targets.push(tag.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned());
        rest = after.split_once("</a>").unwrap().1;
    }
    words += rest;
    (letters(&words), targets)
}

/// The letters and digits of the text of HTML.
fn letters(html: &str) -> String {
    let mut text = String::new();
    for (number, part) in html.split('<').enumerate() {
        text += if number == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) };
    }
    let text =
        ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#x27;"].iter().fold(text, |text, it| text.replace(it, ""));
    text.chars().filter(|char| char.is_alphanumeric()).collect()
}

/// Fails if a page of the site has a link to an address below `base`.
fn has_no_link_to(site: &BTreeMap<String, String>, folder: &str) {
    for (file, text) in site.iter().filter(|(file, _)| file.ends_with(".html")) {
        assert!(!text.contains(&format!("{folder}\"")), "{file} leads to {folder}");
        assert!(!text.contains(&format!("{folder}#")), "{file} leads to {folder}");
    }
}

/// Fails if pages of entities that had none of these addresses have changed.
fn others_are_the_same(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>, names: &[&str]) {
    let is_concerned = |page: &str| names.iter().any(|name| page.contains(&format!("/{name}/")));
    for (file, page) in pages(before).filter(|(file, page)| !is_concerned(page) && !is_concerned(file)) {
        assert_eq!(page, &after[file], "{file}");
    }
}

fn addresses(id: &str) -> [String; 2] {
    [format!("/acteurs/{id}/"), format!("/en/actors/{id}/")]
}

fn actor(random: &Random, which: &prop::sample::Index) -> String {
    format!("a{}", which.index(random.actors.len()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_renamed_entity_is_renamed_everywhere_and_nothing_else_changes(random in ecosystems(), which in any::<prop::sample::Index>()) {
        let files = random.files();
        let old = actor(&random, &which);
        // In every list, the new name has the place of the old one.
        let new = format!("{old}-x");
        let (from, to) = (format!("actors/{old}"), format!("actors/{new}"));
        let after = changed(&files, |checked| edit::rename(checked, &from, &to));
        prop_assert_eq!(comments(&files), comments(&after));

        // Titles that are the same are in the order of their ids, and titles may contain what looks like an id.
        let titles: BTreeSet<String> = random.actors.iter().map(|actor| actor.title.to_lowercase().replace(|char: char| !char.is_alphanumeric(), "")).collect();
        if titles.len() == random.actors.len() && random.actors.iter().all(|actor| !actor.title.contains(&old)) {
            let (mut before, mut now) = (published(&files), published(&after));
            before.remove("_redirects");
            now.remove("_redirects");
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
        let files = random.files();
        for (from, to) in [("actors", "people"), ("actors.partners", "actors.friends"), ("projects.members", "projects.crew"), ("actors.projects", "actors.works"), ("page:about", "page:info/about")] {
            let after = changed(&files, |checked| edit::rename(checked, from, to));
            prop_assert_ne!(&files, &after);
            let back = changed(&after, |checked| edit::rename(checked, to, from));
            prop_assert_eq!(&files, &back, "{} to {}", from, to);
        }
    }

    #[test]
    fn a_removed_entity_is_gone_and_nothing_else_is(random in ecosystems(), which in any::<prop::sample::Index>()) {
        let files = random.files();
        let gone = actor(&random, &which);
        let name = format!("actors/{gone}");
        let after = changed(&files, |checked| edit::remove(checked, &name, true));
        let (file, quoted) = (format!("/{gone}."), format!("\"{gone}\""));
        prop_assert!(after.iter().all(|(path, text)| !path.contains(&file) && !text.contains(&quoted)));

        // Only the comments of the entity are gone.
        let is_own = |comment: &String| ["title", "alias", "English"].iter().any(|what| *comment == format!("{what} {}", &gone[1..]));
        let others: Vec<String> = comments(&files).into_iter().filter(|comment| !is_own(comment)).collect();
        prop_assert_eq!(others, comments(&after));

        let (before, now) = (published(&files), published(&after));
        let mut expected = data(&before);
        expected.entities.remove(&name);
        expected.relations.retain(|[_, from, to]| *from != name && *to != name);
        prop_assert_eq!(expected, data(&now));
        addresses(&gone).iter().for_each(|address| has_no_link_to(&now, address));
        others_are_the_same(&before, &now, &[&gone]);

        // What prose says is the same, without the links.
        for (file, page) in pages(&now) {
            let ((words, links), (old_words, old_links)) = (prose(page), prose(&before[file]));
            let leads = |link: &&String| addresses(&gone).iter().any(|address| link.ends_with(address.as_str()));
            let left: Vec<&String> = old_links.iter().filter(|link| !leads(link)).collect();
            prop_assert_eq!(links.iter().collect::<Vec<_>>(), left, "{}", file);
            if links.len() == old_links.len() {
                prop_assert_eq!(words, old_words, "{}", file);
            } else {
                prop_assert!(words.len() > old_words.len(), "{} has lost the words of its links", file);
            }
        }
    }

    #[test]
    fn two_entities_that_are_merged_are_one_and_nothing_else_changes(random in ecosystems(), which in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        let files = random.files();
        let (gone, kept) = (actor(&random, &which), actor(&random, &other));
        prop_assume!(gone != kept);
        let (from, into) = (format!("actors/{gone}"), format!("actors/{kept}"));
        let after = changed(&files, |checked| edit::merge(checked, &from, &into, Some(edit::Keep::Into)));

        let is_own = |comment: &String| ["title", "alias", "English"].iter().any(|what| *comment == format!("{what} {}", &gone[1..]));
        let others: Vec<String> = comments(&files).into_iter().filter(|comment| !is_own(comment)).collect();
        prop_assert_eq!(others, comments(&after));

        let (before, now) = (published(&files), published(&after));
        let (mut expected, mut is) = (data(&before), data(&now));
        let old = expected.entities.remove(&from).unwrap();
        // The names of the one are other names of the other one; the rest of what is said of that one is the same.
        let texts = |value: &Value| -> BTreeSet<String> {
            let lists = value.as_array().into_iter().flatten().chain(value.as_object().into_iter().flat_map(|it| it.values()));
            lists.map(|text| text.as_str().unwrap().to_owned()).collect()
        };
        let (entity, now_entity) = (expected.entities.get_mut(&into).unwrap(), is.entities.get_mut(&into).unwrap());
        let titles = texts(&entity["title"]);
        let names: BTreeSet<String> = [&entity["aliases"], &old["aliases"], &old["title"]].into_iter().flat_map(texts).filter(|name| !titles.contains(name)).collect();
        let all: BTreeSet<String> = texts(&now_entity["aliases"]).into_iter().filter(|name| !titles.contains(name)).collect();
        prop_assert_eq!(names, all);
        for entity in [entity, now_entity] {
            entity["aliases"] = Value::Null;
        }
        // What led to one leads to the other one, and neither leads to itself.
        let lead = |name: String| if name == from { into.clone() } else { name };
        let is_itself = |[_, from, to]: &[String; 3]| *from == into && *to == into;
        // A relation that is the same from both ends is stated once.
        let ends = |[relation, from, to]: [String; 3]| match relation == "partners" && from > to {
            true => [relation, to, from],
            false => [relation, from, to],
        };
        let led = expected.relations.into_iter().map(|[relation, from, to]| ends([relation, lead(from), lead(to)]));
        expected.relations = led.filter(|relation| !is_itself(relation)).collect();
        is.relations = is.relations.into_iter().filter(|relation| !is_itself(relation)).map(ends).collect();
        prop_assert_eq!(expected, is);

        // Old addresses redirect, and no page leads to them.
        for (old, new) in addresses(&gone).iter().zip(addresses(&kept)) {
            has_no_link_to(&now, old);
            let redirect = format!("{0}{old} {0}{new} 301\n", random.base_path);
            prop_assert!(now["_redirects"].contains(&redirect), "{} not in {}", redirect, now["_redirects"]);
        }
        others_are_the_same(&before, &now, &[&gone, &kept]);

        // All prose is still there, and its links lead to what is left.
        for (file, page) in pages(&before) {
            let place = with_name(file, &gone, &kept);
            let ((old_words, old_links), (words, links)) = (prose(page), prose(&now[&place]));
            if *file != place || file.contains(&format!("/{kept}/")) {
                // Links to one another are words now, and prose without a translation is shown only where there is no other.
                let is_own = |link: &String| [&gone, &kept].iter().any(|id| link.contains(&format!("/{id}/")));
                if file.starts_with("acteurs/") && !old_links.iter().any(is_own) {
                    prop_assert!(words.contains(&old_words), "{} is not in {}", file, place);
                }
                continue;
            }
            prop_assert_eq!(old_words, words, "{}", file);
            let old_links: Vec<String> = old_links.iter().map(|link| with_name(link, &gone, &kept)).collect();
            prop_assert_eq!(old_links, links, "{}", file);
        }
    }

    #[test]
    fn an_entity_that_moves_is_the_same_elsewhere(random in ecosystems(), which in any::<prop::sample::Index>()) {
        let files = random.files();
        let id = format!("p{}", which.index(random.projects.len()));
        let (old, new) = (format!("projects/{id}"), format!("plans/{id}"));
        let after = changed(&files, |checked| edit::retype(checked, &old, "plans"));
        prop_assert_eq!(comments(&files), comments(&after));
        let (before, now) = (published(&files), published(&after));
        let (mut expected, is) = (data(&before), data(&now));
        let text = expected.entities.remove(&old).unwrap().to_string();
        let moved = text.replace("/projets/", "/plans/").replace("/en/projects/", "/en/plans/").replace("\"projects\"", "\"plans\"");
        expected.entities.insert(new.clone(), serde_json::from_str(&moved).unwrap());
        let lead = |name: String| if name == old { new.clone() } else { name };
        expected.relations = expected.relations.into_iter().map(|[relation, from, to]| [relation, lead(from), lead(to)]).collect();
        prop_assert_eq!(expected, is);
        for (old, new) in [(format!("/projets/{id}/"), format!("/plans/{id}/")), (format!("/en/projects/{id}/"), format!("/en/plans/{id}/"))] {
            has_no_link_to(&now, &old);
            let redirect = format!("{0}{old} {0}{new} 301\n", random.base_path);
            prop_assert!(now["_redirects"].contains(&redirect), "{} not in {}", redirect, now["_redirects"]);
        }
        others_are_the_same(&before, &now, &[&id]);
    }

    #[test]
    fn an_entity_that_leaves_its_list_is_published_as_before(random in ecosystems(), which in any::<prop::sample::Index>()) {
        let files = random.files();
        let name = format!("actors/{}", actor(&random, &which));
        let after = changed(&files, |checked| edit::retype(checked, &name, "actors"));
        prop_assert_eq!(comments(&files), comments(&after));
        prop_assert_eq!(published(&files), published(&after));
    }
}
