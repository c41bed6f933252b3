//! JSON of values that several kinds share.

use serde::Serializer;

use crate::config::Config;
use crate::locale::Localised;

/// An object of texts by the tags of their languages. `text` gives the text of a value.
pub(super) fn by_language<T, S: Serializer>(
    values: &Localised<T>,
    config: &Config,
    serializer: S,
    text: impl Fn(&T) -> &str,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(values.iter().map(|(lang, value)| (config.languages.tag(lang), text(value))))
}
