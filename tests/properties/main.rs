//! Properties of every site, tested on random ecosystems.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods)]

mod again;
mod ecosystems;
mod editing;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use ecosystems::ecosystems;
use filiere::compile::{self, Request};
use filiere::model::Today;
use filiere::render::Rendered;
use filiere::source::Disk;
use filiere::stop::Stop;
use proptest::prelude::*;

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
