//! What a person names on the command line: languages and types.

use anyhow::{Result, anyhow};

use crate::compile::Checked;
use crate::diagnostics;
use crate::locale::Lang;
use crate::schema::TypeId;

/// The language of a site with a tag; its default language without one.
pub(super) fn language(checked: &Checked, tag: Option<&str>) -> Result<Lang> {
    let languages = &checked.ecosystem.config.languages;
    let Some(tag) = tag else { return Ok(Lang::DEFAULT) };
    languages.find(tag).ok_or_else(|| {
        let known = diagnostics::list_all(languages.tags());
        anyhow!("\"{}\" is not a language of the site; they are {known}", diagnostics::visible(tag))
    })
}

/// The types with these ids.
pub(super) fn types(checked: &Checked, ids: &[String]) -> Result<Vec<TypeId>> {
    let schema = &checked.ecosystem.schema;
    let find = |id: &String| {
        let near = || diagnostics::did_you_mean(id, schema.types.iter().map(|owner| &*owner.id));
        let near = || near().map(|near| format!("; {}", near.text)).unwrap_or_default();
        schema.find(id).ok_or_else(|| anyhow!("there is no type \"{}\"{}", diagnostics::visible(id), near()))
    };
    ids.iter().map(find).collect()
}
