//! The index of the search, made when a page of the preview first asks for it.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

use crate::compile::Compiled;
use crate::search;

/// What a search asks for first, and once: its names for all other files belong to one index.
const ENTRY: &str = "pagefind-entry.json";

/// So many indexes are kept for tabs that began their search with an earlier one.
const KEPT: usize = 4;

/// The indexes that were made, the newest last.
#[derive(Default)]
pub(super) struct Indexes {
    made: RwLock<VecDeque<Arc<Index>>>,
    /// Held by the one that makes the next.
    making: Mutex<()>,
}

/// The index of a model.
struct Index {
    entity_type: Weak<Compiled>,
    /// A number for what it is made from.
    texts: u64,
    files: Arc<BTreeMap<String, Vec<u8>>>,
}

impl Indexes {
    /// A file of the index, by its path below the base path. The first file of a search is that of the newest model; the others may be those
    /// of an earlier one, since their names are made from what is in them.
    pub(super) fn file(&self, compiled: &Arc<Compiled>, path: &str) -> io::Result<Option<Vec<u8>>> {
        let known = |index: &Arc<Index>| index.files.get(path).cloned();
        if !path.ends_with(ENTRY)
            && let Some(bytes) = self.made().iter().rev().find_map(known)
        {
            return Ok(Some(bytes));
        }
        Ok(known(&self.newest(compiled)?))
    }

    fn made(&self) -> VecDeque<Arc<Index>> {
        self.made.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The index of a model, made if it is not there yet.
    fn newest(&self, compiled: &Arc<Compiled>) -> io::Result<Arc<Index>> {
        let _guard = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let last = self.made().back().cloned();
        if let Some(last) = last.as_ref().filter(|last| last.entity_type.ptr_eq(&Arc::downgrade(compiled))) {
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
        let index = Arc::new(Index { entity_type: Arc::downgrade(compiled), texts, files });
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        if same.is_some() {
            made.pop_back();
        }
        made.push_back(index.clone());
        while made.len() > KEPT {
            made.pop_front();
        }
        Ok(index)
    }
}
