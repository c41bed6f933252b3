//! The template filters and functions that need only the theme's strings and the base path.

use std::sync::Arc;

use tera::{Error, Function, Kwargs, State, Tera, TeraResult, Value};

use super::strings::{Forms, Strings};
use crate::diagnostics;
use crate::locale::Language;
use crate::site::{ASSETS, Site};
use crate::values::Amount;

/// The start of the message about a file that the theme does not publish.
pub(crate) const NO_FILE: &str = "the theme publishes no file";
/// What is between a message and a suggestion.
pub(crate) const NEAR: &str = "; did you mean ";
/// The start of the message about a missing string.
pub(crate) const NO_STRING: &str = "the theme's strings do not have";

/// Registers the filters and functions of one language. `base_path` is the path of the base URL.
pub(crate) fn register(tera: &mut Tera, strings: &Arc<Strings>, tag: &str, base_path: &str, site: &Arc<Site>) {
    tera.register_function("t", Translate { strings: strings.clone(), tag: tag.into() });
    let (words, language) = (strings.clone(), tag.to_owned());
    tera.register_function("forms", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let key = kwargs.must_get::<&str>("key")?;
        let Forms { forms, lang } = words.forms(key).ok_or_else(|| no_string(key, &language))?;
        let lang = lang.map(|lang| ("lang", lang));
        let entries = forms.into_iter().chain(lang);
        Ok(Value::from(entries.map(|(name, text)| (name.into(), text.into())).collect::<tera::Map>()))
    });
    let words = strings.clone();
    tera.register_filter("date", move |date: &str, _: Kwargs, _: &State<'_>| words.formats().date(date));
    let words = strings.clone();
    tera.register_filter("list", move |texts: Vec<String>, _: Kwargs, _: &State<'_>| words.formats().list(&texts));
    let comma = strings.formats().comma().to_owned();
    tera.register_function("comma", move |_: Kwargs, _: &State<'_>| comma.clone());
    let words = strings.clone();
    tera.register_filter("number", move |number: Value, _: Kwargs, _: &State<'_>| -> TeraResult<String> {
        Ok(words.number(number_of(&number)?))
    });
    let words = strings.clone();
    tera.register_filter("quantity", move |number: Value, kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let unit = kwargs.get::<&str>("unit")?.unwrap_or_default();
        Ok(words.quantity(number_of(&number)?, unit, kwargs.get::<bool>("short")?.unwrap_or_default()))
    });
    let page = tag.to_owned();
    tera.register_function("foreign", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        Ok(Value::safe_string(&foreign(&page, kwargs.must_get("lang")?)))
    });
    let (base, site) = (base_path.to_owned(), site.clone());
    tera.register_function("asset", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let path = kwargs.must_get::<&str>("path")?.trim_start_matches('/');
        let address = format!("{ASSETS}{path}");
        if site.has(&address) { Ok(format!("{base}{address}")) } else { Err(no_file(&site, path)) }
    });
    let base = base_path.to_owned();
    tera.register_function("url", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
        Ok(format!("{base}/{}", kwargs.must_get::<&str>("path")?.trim_start_matches('/')))
    });
}

/// The attributes of an element whose text is in another language than its page: `lang`, and `dir` if the direction differs.
/// Empty if the languages are the same.
fn foreign(page: &str, lang: &str) -> String {
    if lang == page {
        return String::new();
    }
    let direction = |tag| Language::parse(tag).map(|language| language.direction());
    match direction(lang).filter(|own| direction(page) != Some(own)) {
        Some(direction) => format!(" lang=\"{lang}\" dir=\"{direction}\""),
        None => format!(" lang=\"{lang}\""),
    }
}

/// An argument that a template may leave out, or set to none.
pub(crate) fn optional_text<'k>(kwargs: &'k Kwargs, key: &'k str) -> TeraResult<Option<&'k str>> {
    match kwargs.get::<Value>(key)? {
        Some(value) if !value.is_none() => kwargs.get(key),
        _ => Ok(None),
    }
}

/// A number. Integers stay integers, because not all of them fit into a float.
fn number_of(value: &Value) -> TeraResult<Amount> {
    let integer = value.as_i64().map(Amount::Integer);
    integer.or_else(|| value.as_f64().map(Amount::Float)).ok_or_else(|| Error::message("this is no number"))
}

/// The function `t(key="…")`; `count=…` selects the plural form.
struct Translate {
    strings: Arc<Strings>,
    tag: Arc<str>,
}

impl Function<TeraResult<String>> for Translate {
    fn call(&self, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
        let key = kwargs.must_get::<&str>("key")?;
        let words = match kwargs.get::<u64>("count")? {
            Some(count) => self.strings.counted(key, count),
            None => self.strings.get(key).map(str::to_owned),
        };
        words.ok_or_else(|| no_string(key, &self.tag))
    }
}

/// The error about a file that the theme does not publish.
fn no_file(site: &Site, path: &str) -> Error {
    let files = site.routes.iter().filter_map(|route| route.path.strip_prefix(ASSETS));
    let near = diagnostics::closest(path, files).map(|near| format!("{NEAR}\"{near}\"?")).unwrap_or_default();
    Error::message(format!("{NO_FILE} \"{path}\"{near}"))
}

fn no_string(key: &str, tag: &str) -> Error {
    Error::message(format!("{NO_STRING} \"{key}\" in \"{tag}\""))
}
