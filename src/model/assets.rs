//! Files that are published as they are, by their names.

use std::collections::HashMap;

use crate::source::Asset;
use crate::text::nfc;

/// The index of each asset, by its path in the form NFC. Only paths that are not ASCII are in it: all others are the same in all
/// forms of Unicode.
pub(super) struct AssetsByNfc(HashMap<Box<str>, usize>);

impl AssetsByNfc {
    pub(super) fn new(assets: &[Asset]) -> Self {
        let others = assets.iter().enumerate().filter(|(_, asset)| !asset.path.is_ascii());
        Self(others.map(|(at, asset)| (nfc(&asset.path).into(), at)).collect())
    }

    /// The asset at a path below the content folder, in any form of Unicode.
    pub(super) fn find<'a>(&self, assets: &'a [Asset], path: &str) -> Option<&'a Asset> {
        let exact = assets.binary_search_by(|asset| (*asset.path).cmp(path)).ok();
        let at = exact.or_else(|| if path.is_ascii() { None } else { self.0.get(&*nfc(path)).copied() })?;
        Some(&assets[at])
    }
}
