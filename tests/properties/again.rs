//! A site that is compiled again after each change is the same as one that is compiled at once.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use filiere::compile::{self, Compiler, Outcome, Request};
use filiere::model::Today;
use filiere::render::Rendered;
use filiere::source::Disk;
use filiere::stop::Stop;
use proptest::prelude::*;

use crate::ecosystems::ecosystems;

/// A change of the text of a file, by its number among the content's files.
#[derive(Debug, Clone)]
struct Edit {
    file: prop::sample::Index,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    /// Replaces the title.
    Title(String),
    /// Adds a key, such as a relation, a redirect or `draft`.
    Key(String),
    /// Adds prose: words, links that lead somewhere or nowhere, pictures, headings.
    Prose(String),
    /// Takes the last line away.
    Less,
    /// Removes the file.
    Gone,
    /// Puts the text back as it was at first.
    Back,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let number = 0..14_usize;
    let what = prop_oneof![
        "[A-Za-zé ]{1,12}".prop_map(What::Title),
        prop::collection::vec(number.clone(), 0..3).prop_map(|targets| {
            let targets: Vec<String> = targets.iter().map(|target| format!("\"a{target}\"")).collect();
            What::Key(format!("partners = [{}]", targets.join(", ")))
        }),
        number.clone().prop_map(|target| What::Key(format!("leader = \"a{target}\""))),
        prop::sample::select(vec!["draft = true", "redirects = [\"/old/\"]", "summary = \"Un mot.\"", "nothing = 1"])
            .prop_map(|key| What::Key(key.to_owned())),
        number.prop_map(|target| What::Prose(format!("Voir [[a{target}]] et [[a{target}#titre]]."))),
        prop::sample::select(vec![
            "Un mot.",
            "## Titre",
            "[Un chemin](/acteurs/a1/#titre)",
            "[Rien](/rien/)",
            "![](photo.png)",
            "[Un fichier](../about.md)",
        ])
        .prop_map(|prose| What::Prose(prose.to_owned())),
        Just(What::Less),
        Just(What::Gone),
        Just(What::Back),
    ];
    let edit = (any::<prop::sample::Index>(), what).prop_map(|(file, what)| Edit { file, what });
    prop::collection::vec(edit, 1..10)
}

/// The text after a change; none if the file is removed.
fn changed(text: &str, first: &str, what: &What) -> Option<String> {
    // A new key comes first, in the front matter if there is one.
    let with_key = |text: &str, key: &str| match text.strip_prefix("+++\n") {
        Some(rest) => format!("+++\n{key}\n{rest}"),
        None => format!("{key}\n{text}"),
    };
    let without = |text: &str, key: &str| {
        text.lines().filter(|line| !line.starts_with(key)).map(|line| format!("{line}\n")).collect::<String>()
    };
    match what {
        What::Title(title) => Some(with_key(&without(text, "title = "), &format!("title = \"{title}\""))),
        What::Key(key) => {
            let name = key.split('=').next().unwrap();
            Some(with_key(&without(text, name), key))
        }
        What::Prose(prose) => Some(format!("{text}\n{prose}\n")),
        What::Less => Some(text.trim_end().rsplit_once('\n').map_or("", |(rest, _)| rest).to_owned() + "\n"),
        What::Gone => None,
        What::Back => Some(first.to_owned()),
    }
}

/// The diagnostics, and all published files if there is no error.
fn result(outcome: &Outcome) -> (Vec<String>, BTreeMap<String, Vec<u8>>) {
    let problems = outcome.diagnostics.iter().map(|problem| format!("{problem:?}")).collect();
    let files = Mutex::new(BTreeMap::new());
    if let Some(compiled) = &outcome.compiled {
        let found = compile::render(compiled, |_| true, &Stop::new(), &|route, rendered| {
            let bytes = match rendered {
                Rendered::Bytes(bytes) => bytes,
                Rendered::File(bytes) => bytes.read()?,
            };
            files.lock().unwrap().insert(route.file(), bytes);
            Ok(())
        });
        assert!(found.unwrap().is_empty());
    }
    (problems, files.into_inner().unwrap())
}

fn compiler(root: &Path) -> Compiler {
    let today = Today::new(jiff::civil::date(2026, 1, 15)).unwrap();
    Compiler::new(Arc::new(Disk::new(root)), Request { base_url: None, drafts: false, search: true, today })
}

/// Sets the unsaved text of a file, or hides the file.
fn set(compiler: &mut Compiler, path: &str, text: Option<&str>) {
    match text {
        Some(text) => compiler.set_text(path, Some(text.to_owned())),
        None => compiler.hide(path),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_site_compiled_again_is_the_same_as_one_compiled_at_once(random in ecosystems(), edits in edits()) {
        let folder = tempfile::tempdir().unwrap();
        random.write(folder.path());
        let first: Vec<(String, String)> =
            random.files().into_iter().filter(|(path, _)| path.starts_with("content/")).collect();
        let mut texts: BTreeMap<&str, Option<String>> = BTreeMap::new();
        let mut again = compiler(folder.path());
        again.compile(&Stop::new(), &mut |_| {}).unwrap();
        for edit in &edits {
            let (path, text) = edit.file.get(&first);
            // A file that is not there is one with the text of the start again.
            let now = texts.get(path.as_str()).cloned().unwrap_or_else(|| Some(text.clone())).unwrap_or_else(|| text.clone());
            let next = changed(&now, text, &edit.what);
            set(&mut again, path, next.as_deref());
            texts.insert(path, next);
            let mut fresh = compiler(folder.path());
            texts.iter().for_each(|(path, text)| set(&mut fresh, path, text.as_deref()));
            let one = result(&again.compile(&Stop::new(), &mut |_| {}).unwrap());
            let other = result(&fresh.compile(&Stop::new(), &mut |_| {}).unwrap());
            prop_assert_eq!(&one.0, &other.0);
            for (file, bytes) in &other.1 {
                prop_assert_eq!(one.1.get(file).map(|bytes| String::from_utf8_lossy(bytes)), Some(String::from_utf8_lossy(bytes)), "{}", file);
            }
            prop_assert_eq!(one.1.len(), other.1.len());
        }
    }
}
