//! The command `build --watch`: after each change, writes the files that are different.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Context, Result};

use super::args::{Build, Format, Once};
use super::build::{folder, request_to_build};
use super::clock::today;
use super::{news, report};
use crate::compile::{self, Compiled, Compiler};
use crate::diagnostics::{self, Diagnostic};
use crate::history::Follower;
use crate::output::{self, Staging};
use crate::render::Rendered;
use crate::search;
use crate::source::Disk;
use crate::stop::Stop;
use crate::watch::{self, Changes};

/// The folder that is kept up to date.
struct Mirror {
    folder: PathBuf,
    root: PathBuf,
    force: bool,
    once: Once,
    /// The files in the folder, each with a hash of its bytes.
    files: BTreeMap<String, u64>,
    /// The search index in the folder.
    search_index: Option<SearchIndex>,
}

/// The hashes of a search index.
struct SearchIndex {
    /// A hash of the texts in the index.
    texts: u64,
    /// The files of the index, each with a hash of its bytes.
    files: BTreeMap<String, u64>,
}

/// Writes the site, and after each change the files that are different, until a signal ends the program.
pub(super) fn watch(options: &Build) -> Result<u8> {
    let root = options.site.root.clone();
    let mut compiler = Compiler::new(Arc::new(Disk::new(&root)), request_to_build(options)?);
    let mut changes = Changes::of(&root, options.poll, |reason| report::eprint(&news::polling(reason)));
    let mut mirror = Mirror {
        folder: folder(options),
        root,
        force: options.force,
        once: options.once.clone(),
        files: BTreeMap::new(),
        search_index: None,
    };
    // A signal during the first round ends the program when the round is over.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let shutdown = {
        let _entered = runtime.enter();
        watch::shutdown_signal()
    };
    // An error of the first round is probably wrong usage, so it ends the program. Later errors may be temporary.
    let stop = Stop::new();
    compiler.look(&stop).with_context(|| format!("can't read the site in {}", mirror.root.display()))?;
    let mut follower = Follower::new(&mirror.root);
    read_history(&mut compiler, &mut follower);
    round(&mut compiler, &mut mirror, &BTreeSet::new())?;
    // Held while files are written, so that a signal does not end the program before they are complete.
    let writing = Arc::new(Mutex::new(()));
    let held = writing.clone();
    std::thread::Builder::new().name(String::from("rebuild")).spawn(move || {
        loop {
            if let Some(folder) = follower.folder() {
                changes.watch_commits(folder);
            }
            changes.wait(None);
            let _guard = held.lock().unwrap_or_else(PoisonError::into_inner);
            let result = match compiler.look(&stop) {
                Ok(changed) => {
                    if !read_history(&mut compiler, &mut follower) && changed.is_empty() {
                        continue;
                    }
                    round(&mut compiler, &mut mirror, &changed)
                }
                Err(error) => Err(error.into()),
            };
            if let Err(error) = result {
                report::eprint_error(&error);
            }
        }
    })?;
    runtime.block_on(shutdown);
    let guard = writing.lock().unwrap_or_else(PoisonError::into_inner);
    // Keep the lock, so that the thread does not start another round before the program ends.
    std::mem::forget(guard);
    Ok(0)
}

/// Reads the history of the content, if the site asks for it and there is news. Out: whether there is.
fn read_history(compiler: &mut Compiler, follower: &mut Follower) -> bool {
    let news = if compiler.wants_history() { follower.news() } else { None };
    let has_news = news.is_some();
    if let Some(history) = news {
        compiler.set_history(history.map_err(|error| error.to_string()));
    }
    has_news
}

/// Compiles, and updates the folder if there are no errors.
fn round(compiler: &mut Compiler, mirror: &mut Mirror, changed: &BTreeSet<Box<str>>) -> Result<()> {
    let start = Instant::now();
    compiler.set_today(today()?);
    let outcome = compiler.compile(&Stop::new(), &mut |_| {})?;
    let mut problems = outcome.diagnostics.clone();
    let mut update = None;
    if let Some(compiled) = &outcome.compiled
        && report::status(&problems, mirror.once.strict) == 0
    {
        update = mirror.update(compiled, &mut problems)?.map(|count| (compiled, count));
    }
    diagnostics::sort(&mut problems);
    report::eprint(&report::diagnostics(&outcome, &problems, Format::Human, &mirror.once));
    print_round(&problems, changed, update, start)
}

/// `update` is the site that was written, and the number of its files that were different.
fn print_round(
    problems: &[Diagnostic],
    changed: &BTreeSet<Box<str>>,
    update: Option<(&Compiled, usize)>,
    start: Instant,
) -> Result<()> {
    let changed = news::changed(changed);
    match update {
        Some((compiled, files)) => {
            let files = report::plural(files, "file");
            let summary = report::summary(compiled, problems, start.elapsed());
            report::print(&format!("{changed}{summary}: {files} written\n"))
        }
        None => report::print(&format!("{changed}{}: nothing was written\n", report::counted(problems))),
    }
}

impl Mirror {
    /// Writes the files that are different, and deletes those that are no longer published. Out: the number of these
    /// files; `None` if a template failed.
    fn update(&mut self, compiled: &Compiled, problems: &mut Vec<Diagnostic>) -> Result<Option<usize>> {
        if !output::is_ours(&self.folder) {
            self.files.clear();
        }
        // The folder is written again after the next change, and by the next start. Waiting for the storage device would
        // only delay what the author sees.
        let options = output::Options { force: self.force, sync: false };
        let staging = output::stage(&self.folder, &self.root, options).map_err(report::refused)?;
        let (before, all, different) = (&self.files, Mutex::new(BTreeMap::new()), Mutex::new(Vec::new()));
        problems.extend(compile::render(compiled, |_| true, &Stop::new(), &|route, rendered| {
            let file = route.file();
            let bytes_hash = match &rendered {
                Rendered::Bytes(bytes) => hash(bytes),
                Rendered::File(bytes) => hash(bytes),
            };
            if before.get(&file) != Some(&bytes_hash) {
                match rendered {
                    Rendered::Bytes(bytes) => staging.write(&file, &bytes)?,
                    Rendered::File(bytes) => staging.copy(&file, &bytes)?,
                }
                different.lock().unwrap_or_else(PoisonError::into_inner).push(file.clone());
            }
            all.lock().unwrap_or_else(PoisonError::into_inner).insert(file, bytes_hash);
            io::Result::Ok(())
        })?);
        if report::status(problems, self.once.strict) != 0 {
            return Ok(None);
        }
        let mut all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut different = different.into_inner().unwrap_or_else(PoisonError::into_inner);
        let index = self.index(compiled, &staging)?;
        different.extend(index.different);
        all.extend(index.all);
        let gone: Vec<String> = self.files.keys().filter(|file| !all.contains_key(*file)).cloned().collect();
        let count = different.len() + gone.len();
        if self.files.is_empty() {
            staging.publish().map_err(report::refused)?;
        } else {
            // If the merge fails midway, the next round writes all files.
            self.files.clear();
            staging.merge(&different, &gone)?;
        }
        self.files = all;
        Ok(Some(count))
    }

    /// Writes the files of the search index that are different. If its texts have not changed, the index is not made
    /// again.
    fn index(&mut self, compiled: &Compiled, staging: &Staging) -> Result<IndexUpdate> {
        let parts = search::parts(&compiled.site, &compiled.renderer);
        let texts = hash(&parts);
        if let Some(index) = &self.search_index
            && index.texts == texts
            && !self.files.is_empty()
        {
            return Ok(IndexUpdate { all: index.files.clone(), different: Vec::new() });
        }
        let mut update = IndexUpdate { all: BTreeMap::new(), different: Vec::new() };
        for file in search::index(&parts)? {
            let (name, bytes_hash) = (file.file().to_owned(), hash(&file.bytes));
            if self.files.get(&name) != Some(&bytes_hash) {
                staging.write(&name, &file.bytes)?;
                update.different.push(name.clone());
            }
            update.all.insert(name, bytes_hash);
        }
        self.search_index = Some(SearchIndex { texts, files: update.all.clone() });
        Ok(update)
    }
}

/// The files of the search index, each with a hash of its bytes, and the names of those that were written in this
/// round.
struct IndexUpdate {
    all: BTreeMap<String, u64>,
    different: Vec<String>,
}

/// A hash of a value, stable within one run of the program.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
