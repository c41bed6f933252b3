//! The search index of the preview, made at the first request for it.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

use crate::compile::Compiled;
use crate::search;

/// The extension of files whose names are the same in every index: Pagefind's first file, which names its other files, and
/// the names and summaries of pages. The names of all other files are hashes of their content.
const FIXED: &str = ".json";

/// The maximum number of indexes that are kept, for tabs that started their search with an earlier index.
const MOST_INDEXES: usize = 4;

/// The most recent indexes, the newest last.
#[derive(Default)]
pub(super) struct Indexes {
    recent: RwLock<VecDeque<Arc<Index>>>,
    /// Held while an index is made, so that each is made once.
    making: Mutex<()>,
}

/// The search index of a compiled site.
struct Index {
    compiled: Weak<Compiled>,
    /// A hash of the texts in the index.
    texts: u64,
    files: Arc<BTreeMap<String, Vec<u8>>>,
}

impl Indexes {
    /// A file of the index, by its path below the base path. Files with fixed names come from the newest index, others
    /// perhaps from an earlier one.
    pub(super) fn file(&self, compiled: &Arc<Compiled>, path: &str) -> io::Result<Option<Vec<u8>>> {
        let file = |index: &Arc<Index>| index.files.get(path).cloned();
        if !path.ends_with(FIXED)
            && let Some(bytes) = self.recent().iter().rev().find_map(file)
        {
            return Ok(Some(bytes));
        }
        Ok(file(&self.newest(compiled)?))
    }

    fn recent(&self) -> VecDeque<Arc<Index>> {
        self.recent.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The index of a compiled site, made if it does not exist yet.
    fn newest(&self, compiled: &Arc<Compiled>) -> io::Result<Arc<Index>> {
        let _guard = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let last = self.recent().back().cloned();
        if let Some(last) = last.as_ref().filter(|last| last.compiled.ptr_eq(&Arc::downgrade(compiled))) {
            return Ok(last.clone());
        }
        let parts = search::parts(&compiled.site, &compiled.renderer);
        let mut hasher = DefaultHasher::new();
        parts.hash(&mut hasher);
        let texts = hasher.finish();
        let same = last.filter(|last| last.texts == texts);
        let files = match &same {
            Some(last) => last.files.clone(),
            None => Arc::new(search::index(&parts)?.into_iter().map(|file| (file.path, file.bytes)).collect()),
        };
        let index = Arc::new(Index { compiled: Arc::downgrade(compiled), texts, files });
        let mut recent = self.recent.write().unwrap_or_else(PoisonError::into_inner);
        if same.is_some() {
            recent.pop_back();
        }
        recent.push_back(index.clone());
        while recent.len() > MOST_INDEXES {
            recent.pop_front();
        }
        Ok(index)
    }
}
