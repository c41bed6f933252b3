//! Random edits of a random site: `diff` tells each of them once, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use filiere::comparison;
use filiere::compile::{Checked, Compiler, Request};
use filiere::locale::Lang;
use filiere::model::Today;
use filiere::source::Memory;
use filiere::stop::Stop;
use proptest::prelude::*;
use serde_json::Value;

const SITE: &str =
    "title = \"S\"\nbase_url = \"https://example.org\"\nlanguages = [\"fr\", \"en\"]\ntheme = \"plain\"\n";

const ACTORS: &str = r#"name = "Actor"
[fields]
founded = { kind = "year", label = "Founded" }
status = { kind = "choice", label = "Status", choices = { a = "A", b = "B", c = "C" } }
numbers = { kind = "integer", many = true, label = "Numbers" }
peers = { to = "actors", to_itself = true, label = "Peers", attributes = { role = { kind = "integer", label = "Role" } } }
"#;

/// An actor, by what a diff tells of it.
#[derive(Debug, Clone, Default)]
struct Actor {
    /// Title, summary and prose, by name and language. None of the values is empty.
    texts: BTreeMap<(&'static str, &'static str), u16>,
    /// The fields that have values.
    fields: BTreeMap<&'static str, u16>,
    /// The attribute `role` of each peer.
    peers: BTreeMap<String, Option<u16>>,
}

type State = BTreeMap<String, Actor>;

/// What is done to a site. Numbers choose among what there is.
#[derive(Debug, Clone)]
enum Edit {
    Add,
    Remove(usize),
    Rename(usize),
    Text(usize, usize, u16),
    Field(usize, usize, Option<u16>),
    Peer(usize, usize, Option<Option<u16>>),
}

const TEXTS: [(&str, &str); 5] =
    [("title", "fr"), ("summary", "fr"), ("summary", "en"), ("body", "fr"), ("body", "en")];
const FIELDS: [&str; 3] = ["founded", "status", "numbers"];

fn edit() -> impl Strategy<Value = Edit> {
    let who = 0..100_usize;
    prop_oneof![
        1 => Just(Edit::Add),
        1 => who.clone().prop_map(Edit::Remove),
        1 => who.clone().prop_map(Edit::Rename),
        4 => (who.clone(), 0..TEXTS.len(), 1..9_u16).prop_map(|(who, text, value)| Edit::Text(who, text, value)),
        4 => (who.clone(), 0..FIELDS.len(), prop::option::of(1..9_u16)).prop_map(|(who, field, value)| Edit::Field(who, field, value)),
        4 => (who.clone(), who, prop::option::of(prop::option::of(1..9_u16))).prop_map(|(who, peer, role)| Edit::Peer(who, peer, role)),
    ]
}

fn chosen(state: &State, number: usize) -> Option<String> {
    state.keys().nth(number % state.len().max(1)).cloned()
}

/// Applies an edit. `names` has the former name of each actor that is not new; `fixed` those that were renamed, which are
/// recognised by their title.
fn apply(
    state: &mut State,
    names: &mut BTreeMap<String, String>,
    fixed: &mut BTreeSet<String>,
    number: usize,
    edit: &Edit,
) {
    match edit {
        Edit::Add => {
            let texts = BTreeMap::from([(("title", "fr"), 1000 + number as u16)]);
            state.insert(format!("new{number}"), Actor { texts, ..Actor::default() });
        }
        Edit::Remove(who) => {
            let Some(id) = chosen(state, *who) else { return };
            state.remove(&id);
            names.remove(&id);
            state.values_mut().for_each(|actor| actor.peers.retain(|peer, _| *peer != id));
        }
        Edit::Rename(who) => {
            let Some(id) = chosen(state, *who).filter(|id| names.contains_key(id) && !fixed.contains(id)) else {
                return;
            };
            let is_same = |actor: &Actor| actor.texts[&("title", "fr")] == title_of(&id);
            let Some(actor) = state.get(&id).filter(|actor| is_same(actor)).cloned() else { return };
            let new = format!("other{number}");
            state.remove(&id);
            state.insert(new.clone(), actor);
            fixed.insert(new.clone());
            let was = names.remove(&id).unwrap();
            names.insert(new.clone(), was);
            for actor in state.values_mut() {
                if let Some(role) = actor.peers.remove(&id) {
                    actor.peers.insert(new.clone(), role);
                }
            }
        }
        Edit::Text(who, text, value) => {
            let Some(id) = chosen(state, *who) else { return };
            let text = TEXTS[*text];
            let value = if text.0 == "title" { 2000 + 10 * number as u16 + value } else { *value };
            if text.0 != "title" || !fixed.contains(&id) {
                state.get_mut(&id).unwrap().texts.insert(text, value);
            }
        }
        Edit::Field(who, field, value) => {
            let Some(id) = chosen(state, *who) else { return };
            let fields = &mut state.get_mut(&id).unwrap().fields;
            match value {
                Some(value) => _ = fields.insert(FIELDS[*field], *value),
                None => _ = fields.remove(FIELDS[*field]),
            }
        }
        Edit::Peer(who, peer, role) => {
            let (Some(id), Some(peer)) = (chosen(state, *who), chosen(state, *peer)) else { return };
            let peers = &mut state.get_mut(&id).unwrap().peers;
            match role {
                Some(role) => _ = peers.insert(peer, *role),
                None => _ = peers.remove(&peer),
            }
        }
    }
}

/// The number in the title of an actor of the first state.
fn title_of(id: &str) -> u16 {
    id.trim_start_matches(char::is_alphabetic).parse().unwrap_or(u16::MAX)
}

/// The first state: some actors with everything.
fn first(count: usize) -> State {
    let name = |number: usize| format!("a{number}");
    let actor = |number: usize| Actor {
        texts: TEXTS.iter().map(|text| (*text, if text.0 == "title" { number as u16 } else { 1 })).collect(),
        fields: FIELDS.iter().map(|field| (*field, 1)).collect(),
        peers: [number + 1, number + 2].map(|peer| (name(peer % count), Some(1))).into(),
    };
    (0..count).map(|number| (name(number), actor(number))).collect()
}

/// A state as files. In another form, the same is said with other white space, in another order, with comments.
fn files(state: &State, other_form: bool) -> Vec<(String, String)> {
    let mut files =
        vec![("site.toml".to_owned(), SITE.to_owned()), ("content/actors/_type.toml".to_owned(), ACTORS.to_owned())];
    for (id, actor) in state {
        let text =
            |name: &str, lang: &str| actor.texts.get(&(name, lang)).map(|value| format!("{name} {lang} {value}"));
        let mut facts = vec![format!("title = \"{}\"", text("title", "fr").unwrap())];
        facts.extend(text("summary", "fr").map(|summary| format!("summary = \"{summary}\"")));
        for (field, value) in &actor.fields {
            facts.push(match *field {
                "founded" => format!("founded = {}", 2000 + value),
                "status" => format!("status = \"{}\"", ["a", "b", "c"][usize::from(value % 3)]),
                field => format!("{field} = [{value}, {}]", value + 1),
            });
        }
        let peers = actor.peers.iter().map(|(peer, role)| match role {
            Some(role) => format!("{{ to = \"{peer}\", role = {role} }}"),
            None => format!("\"{peer}\""),
        });
        let mut peers: Vec<String> = peers.collect();
        if other_form {
            peers.reverse();
        }
        facts.push(format!("peers = [{}]", peers.join(", ")));
        if other_form {
            facts.reverse();
            facts.insert(0, "# A comment.".into());
        }
        let prose = text("body", "fr").map_or_else(String::new, |body| format!("{body}.\n"));
        files.push((format!("content/actors/{id}.md"), format!("+++\n{}\n+++\n{prose}", facts.join("\n"))));
        let (summary, body) = (text("summary", "en"), text("body", "en"));
        if summary.is_some() || body.is_some() {
            let summary = summary.map_or_else(String::new, |summary| format!("summary = \"{summary}\"\n"));
            let body = body.map_or_else(String::new, |body| format!("{body}.\n"));
            files.push((format!("content/actors/{id}.en.md"), format!("+++\n{summary}+++\n{body}")));
        }
    }
    files
}

fn checked(files: Vec<(String, String)>) -> Checked {
    let memory: Memory = files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    let today = Today::new(jiff::civil::date(2026, 1, 16)).unwrap();
    let request = Request { base_url: None, drafts: false, search: false, today };
    let checked = Compiler::new(Arc::new(memory), request).check(&Stop::new()).unwrap();
    let errors = checked.diagnostics.iter().filter(|it| it.severity() == filiere::diagnostics::Severity::Error);
    assert_eq!(errors.map(|it| format!("{} {}", it.place.path, it.message)).collect::<Vec<_>>(), [""; 0]);
    checked
}

/// What a diff has to tell, each in a line.
fn expected(before: &State, after: &State, names: &BTreeMap<String, String>) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    let kept: BTreeSet<&String> = names.values().collect();
    lines.extend(before.keys().filter(|id| !kept.contains(id)).map(|id| format!("removed actors/{id}")));
    // The present name of each actor of the first state.
    let present: BTreeMap<&String, &String> = names.iter().map(|(new, was)| (was, new)).collect();
    for (id, new) in after {
        let Some(was) = names.get(id) else {
            lines.insert(format!("added actors/{id}"));
            continue;
        };
        if was != id {
            lines.insert(format!("renamed actors/{was} actors/{id}"));
        }
        let old = &before[was];
        for (name, lang) in TEXTS {
            if old.texts.get(&(name, lang)) != new.texts.get(&(name, lang)) {
                lines.insert(format!("actors/{id} text {name} {lang}"));
            }
        }
        for field in FIELDS {
            let value =
                |actor: &Actor| actor.fields.get(field).map(|value| if field == "status" { value % 3 } else { *value });
            if value(old) != value(new) {
                lines.insert(format!("actors/{id} field {field}"));
            }
        }
        let peers_before: BTreeMap<&String, &Option<u16>> =
            old.peers.iter().map(|(peer, role)| (present.get(peer).copied().unwrap_or(peer), role)).collect();
        for peer in peers_before.keys().copied().chain(new.peers.keys()).collect::<BTreeSet<_>>() {
            let change = match (peers_before.get(peer), new.peers.get(peer)) {
                (Some(_), None) => "removed",
                (None, Some(_)) => "added",
                (Some(old), Some(new)) if *old != new => "changed",
                _ => continue,
            };
            lines.insert(format!("actors/{id} peers {change} actors/{peer}"));
        }
    }
    lines
}

/// What the JSON of a diff tells, each in a line; a line that is there twice is an error.
fn told(json: &Value) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    let mut add = |line: String| assert!(lines.insert(line.clone()), "told twice: {line}");
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    for change in list(&json["changes"]) {
        let entity = change["entity"].as_str().unwrap().to_owned();
        match change["change"].as_str().unwrap() {
            "changed" => {}
            "renamed" => add(format!("renamed {} {entity}", change["was"].as_str().unwrap())),
            kind => add(format!("{kind} {entity}")),
        }
        for field in list(&change["fields"]) {
            assert_ne!(field["old"], field["new"]);
            add(format!("{entity} field {}", field["field"].as_str().unwrap()));
        }
        for text in list(&change["texts"]) {
            assert_ne!(text["old"], text["new"]);
            add(format!("{entity} text {} {}", text["text"].as_str().unwrap(), text["lang"].as_str().unwrap()));
        }
        for relation in list(&change["relations"]) {
            let mut line = entity.clone();
            for key in ["relation", "change", "to"] {
                let _ = write!(line, " {}", relation[key].as_str().unwrap());
            }
            add(line);
        }
    }
    for other in ["derived", "schema", "pages"] {
        assert!(json[other].is_null(), "{other}: {json}");
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_edit_is_told_once(count in 3..7_usize, edits in prop::collection::vec(edit(), 0..12), other_form: bool) {
        let before = first(count);
        let mut after = before.clone();
        let mut names: BTreeMap<String, String> = before.keys().map(|id| (id.clone(), id.clone())).collect();
        let mut fixed = BTreeSet::new();
        for (number, edit) in edits.iter().enumerate() {
            apply(&mut after, &mut names, &mut fixed, number, edit);
        }
        let (one, other) = (checked(files(&before, false)), checked(files(&after, other_form)));
        let json = comparison::compare(&one, &other, Lang::DEFAULT).json("a", "b", |_, _| Value::Null);
        prop_assert_eq!(told(&json), expected(&before, &after, &names), "{:#?}", edits);
    }
}
