//! `filiere build --watch`: at each change, the files that are different.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Context, Result};

use super::args::{Build, Format};
use super::build::{folder, refused, request_to_build};
use super::clock::today;
use super::{news, report};
use crate::compile::{self, Compiled, Compiler, Outcome};
use crate::diagnostics::Diagnostic;
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
    strict: bool,
    /// A number for the bytes of each file that was written.
    written: BTreeMap<String, u64>,
    /// The index of the search that was written.
    indexed: Option<Indexed>,
}

/// An index of the search, by numbers.
struct Indexed {
    /// A number for what it is made from.
    texts: u64,
    /// A number for the bytes of each of its files.
    files: BTreeMap<String, u64>,
}

/// Writes the site, and then what is different after each change, until the program is asked to end.
pub(super) fn watch(options: &Build) -> Result<u8> {
    let root = options.site.root.clone();
    let mut compiler = Compiler::new(Arc::new(Disk::new(&root)), request_to_build(options)?);
    let mut changes = Changes::of(&root, options.poll, |reason| report::eprint(&news::polling(reason)));
    let mut mirror = Mirror {
        folder: folder(options),
        root,
        force: options.force,
        strict: options.once.strict,
        written: BTreeMap::new(),
        indexed: None,
    };
    // The first time, what can't be written is wrong usage; later it may pass.
    let stop = Stop::new();
    compiler.look(&stop).with_context(|| format!("can't read the site in {}", mirror.root.display()))?;
    round(&mut compiler, &mut mirror, &BTreeSet::new())?;
    // Held while files are written, so that the program never ends in the midst of it.
    let writing = Arc::new(Mutex::new(()));
    let held = writing.clone();
    std::thread::Builder::new().name(String::from("rebuild")).spawn(move || {
        loop {
            changes.wait(None);
            let _guard = held.lock().unwrap_or_else(PoisonError::into_inner);
            let result = match compiler.look(&stop) {
                Ok(changed) if changed.is_empty() => continue,
                Ok(changed) => round(&mut compiler, &mut mirror, &changed),
                Err(error) => Err(error.into()),
            };
            if let Err(error) = result {
                report::eprint(&format!("{}: {error:#}\n", report::red("error")));
            }
        }
    })?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(watch::asked_to_end());
    let guard = writing.lock().unwrap_or_else(PoisonError::into_inner);
    // The thread may not go on between this and the end of the program.
    std::mem::forget(guard);
    Ok(0)
}

/// Compiles, and brings the folder up to date if nothing is wrong.
fn round(compiler: &mut Compiler, mirror: &mut Mirror, changed: &BTreeSet<Box<str>>) -> Result<()> {
    let start = Instant::now();
    compiler.set_today(today()?);
    let outcome = compiler.compile(&Stop::new(), &mut |_| {})?;
    let mut found = outcome.diagnostics.clone();
    let sound = |found: &[Diagnostic]| report::status(found, mirror.strict) == 0;
    let mut written = None;
    if let Some(compiled) = outcome.compiled.as_ref().filter(|_| sound(&found)) {
        let update = mirror.update(compiled, &mut found)?;
        written = update.map(|count| (compiled, count));
    }
    tell(&outcome, &found, changed, written, start)
}

fn tell(
    outcome: &Outcome,
    found: &[Diagnostic],
    changed: &BTreeSet<Box<str>>,
    written: Option<(&Compiled, usize)>,
    start: Instant,
) -> Result<()> {
    report::eprint(&report::diagnostics(outcome, found, Format::Human));
    let changed = news::changed(changed);
    match written {
        Some((compiled, files)) => {
            let files = report::plural(files, "file");
            report::print(&format!(
                "{changed}{}: {files} written\n",
                report::summary(compiled, found, start.elapsed())
            ));
        }
        None => report::print(&format!("{changed}{}: nothing was written\n", report::counted(found))),
    }
    Ok(())
}

impl Mirror {
    /// Writes what is different, deletes what is gone. Out: how many files that was; nothing if a template failed.
    fn update(&mut self, compiled: &Compiled, found: &mut Vec<Diagnostic>) -> Result<Option<usize>> {
        if !output::is_ours(&self.folder) {
            self.written.clear();
        }
        let staging = output::stage(&self.folder, &self.root, self.force).map_err(refused)?;
        let (written, all, different) = (&self.written, Mutex::new(BTreeMap::new()), Mutex::new(Vec::new()));
        found.extend(compile::render(compiled, |_| true, &Stop::new(), &|route, rendered| {
            let file = route.file();
            let number = match &rendered {
                Rendered::Bytes(bytes) => hash(bytes),
                Rendered::File(bytes) => hash(bytes),
            };
            if written.get(&file) != Some(&number) {
                match rendered {
                    Rendered::Bytes(bytes) => staging.write(&file, &bytes)?,
                    Rendered::File(bytes) => staging.copy(&file, &bytes)?,
                }
                different.lock().unwrap_or_else(PoisonError::into_inner).push(file.clone());
            }
            all.lock().unwrap_or_else(PoisonError::into_inner).insert(file, number);
            io::Result::Ok(())
        })?);
        if report::status(found, self.strict) != 0 {
            return Ok(None);
        }
        let mut all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut different = different.into_inner().unwrap_or_else(PoisonError::into_inner);
        let index = self.index(compiled, &staging)?;
        different.extend(index.different);
        all.extend(index.all);
        let gone: Vec<String> = self.written.keys().filter(|file| !all.contains_key(*file)).cloned().collect();
        let count = different.len() + gone.len();
        if self.written.is_empty() {
            staging.publish().map_err(refused)?;
        } else {
            // Should this fail midway, the next round writes everything.
            self.written.clear();
            staging.merge(&different, &gone)?;
        }
        self.written = all;
        Ok(Some(count))
    }

    /// Writes the files of the search's index that are different. What is made from the same texts is not made again.
    fn index(&mut self, compiled: &Compiled, staging: &Staging) -> Result<Index> {
        let parts = search::parts(&compiled.site, &compiled.renderer);
        let texts = hash(&parts);
        if let Some(indexed) = self.indexed.as_ref().filter(|known| known.texts == texts && !self.written.is_empty()) {
            return Ok(Index { all: indexed.files.clone(), different: Vec::new() });
        }
        let mut index = Index { all: BTreeMap::new(), different: Vec::new() };
        for file in search::index(&parts)? {
            let (name, number) = (file.file().to_owned(), hash(&file.bytes));
            if self.written.get(&name) != Some(&number) {
                staging.write(&name, &file.bytes)?;
                index.different.push(name.clone());
            }
            index.all.insert(name, number);
        }
        self.indexed = Some(Indexed { texts, files: index.all.clone() });
        Ok(index)
    }
}

/// The files of the search's index, each with a number for its bytes, and those of them that were written now.
struct Index {
    all: BTreeMap<String, u64>,
    different: Vec<String>,
}

/// A number that is another one for another value.
fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
