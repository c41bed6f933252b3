//! The filters and functions that templates have beside the engine's own.

use std::sync::{Arc, OnceLock};

use tera::{Error, Function, Kwargs, State, Tera, TeraResult, Value};

use super::map;
use super::network::{self, Weights};
use super::pages::Pages;
use super::strings::{Number, Strings};
use super::{collections, timeline};
use crate::locale::Lang;
use crate::model::EntityId;

/// What an error says that is about a missing word.
pub(super) const NO_STRING: &str = "the theme's strings do not have";

/// Registers everything for one language.
pub(super) fn register(tera: &mut Tera, pages: &Arc<Pages>, strings: &Arc<Strings>, lang: Lang) {
    let tag: Arc<str> = pages.ecosystem.config.languages.tag(lang).into();
    let words = strings.clone();
    tera.register_function("t", Words { strings: words, tag: tag.clone() });
    let words = strings.clone();
    tera.register_function("forms", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let key = kwargs.must_get::<&str>("key")?;
        let forms = words.forms(key).ok_or_else(|| no_string(key, &tag))?;
        Ok(Value::from(forms.into_iter().map(|(form, text)| (form.into(), text.into())).collect::<tera::Map>()))
    });
    let words = strings.clone();
    tera.register_filter("date", move |date: &str, _: Kwargs, _: &State<'_>| words.date(date));
    let words = strings.clone();
    tera.register_filter("number", move |number: Value, _: Kwargs, _: &State<'_>| -> TeraResult<String> {
        Ok(words.number(number_of(&number)?))
    });
    let words = strings.clone();
    tera.register_filter("quantity", move |number: Value, kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
        let unit = kwargs.get::<&str>("unit")?.unwrap_or_default();
        Ok(words.quantity(number_of(&number)?, unit, kwargs.get::<bool>("short")?.unwrap_or_default()))
    });
    let base = pages.ecosystem.config.base_path().to_owned();
    tera.register_function("asset", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
        Ok(format!("{base}{}{}", crate::site::ASSETS, kwargs.must_get::<&str>("path")?.trim_start_matches('/')))
    });
    let base = pages.ecosystem.config.base_path().to_owned();
    tera.register_function("url", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
        Ok(format!("{base}/{}", kwargs.must_get::<&str>("path")?.trim_start_matches('/')))
    });
    let all = pages.clone();
    tera.register_function("entities", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let entity_type = kwargs.must_get::<&str>("of")?;
        let entity_type = all
            .ecosystem
            .schema
            .find(entity_type)
            .ok_or_else(|| Error::message(format!("there is no type \"{entity_type}\"")))?;
        Ok(all.of_type(entity_type, lang))
    });
    let all = pages.clone();
    tera.register_function("entity", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        Ok(all.entity(published(&all, kwargs.must_get::<&str>("key")?)?, lang))
    });
    let all = pages.clone();
    tera.register_function("facts", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        Ok(all.facts(published(&all, kwargs.must_get::<&str>("key")?)?, lang))
    });
    let all = pages.clone();
    tera.register_function("link", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        Ok(all.entry(kwargs.must_get::<&str>("to")?, lang))
    });
    let all = pages.clone();
    tera.register_function("period", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let id = published(&all, kwargs.must_get::<&str>("key")?)?;
        let (start, end) = (kwargs.get::<&str>("start")?, kwargs.get::<&str>("end")?);
        Ok(timeline::period(&all, id, start.unwrap_or("start"), end.unwrap_or("end"), lang))
    });
    let all = pages.clone();
    tera.register_function("dispute", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let id = published(&all, kwargs.must_get::<&str>("key")?)?;
        Ok(collections::dispute(&all, id, kwargs.must_get::<&str>("against")?, lang))
    });
    let all = pages.clone();
    tera.register_function("locator", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let id = published(&all, kwargs.must_get::<&str>("key")?)?;
        Ok(map::locator(&all, id, &kwargs.get::<Vec<String>>("by")?.unwrap_or_default(), lang))
    });
    let all = pages.clone();
    let weights: OnceLock<Weights> = OnceLock::new();
    tera.register_function("neighbourhood", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let id = published(&all, kwargs.must_get::<&str>("key")?)?;
        let types = kwargs.must_get::<Vec<String>>("types")?;
        let types: Vec<_> = types.iter().filter_map(|entity_type| all.ecosystem.schema.find(entity_type)).collect();
        let weights = weights.get_or_init(|| Weights::new(&all.ecosystem));
        let most = kwargs.get::<usize>("most")?.unwrap_or(14);
        Ok(network::neighbourhood(&all, weights, id, &types, most, lang))
    });
    let all = pages.clone();
    tera.register_function("latest", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        Ok(all.latest(kwargs.get::<usize>("count")?.unwrap_or(5), lang))
    });
}

/// A number, an integer as such: not all of them are numbers with a point.
fn number_of(value: &Value) -> TeraResult<Number> {
    let integer = value.as_i64().map(Number::Integer);
    integer.or_else(|| value.as_f64().map(Number::Float)).ok_or_else(|| Error::message("this is no number"))
}

/// The published entity of this name, `type/id`.
fn published(pages: &Pages, key: &str) -> TeraResult<EntityId> {
    let ecosystem = &pages.ecosystem;
    let found =
        key.split_once('/').and_then(|(entity_type, id)| ecosystem.find(ecosystem.schema.find(entity_type)?, id));
    let found = found.filter(|id| ecosystem.is_published(*id));
    found.ok_or_else(|| Error::message(format!("there is no entity \"{key}\"")))
}

/// `t(key="…")`, with `count=…` for words that change with a number.
struct Words {
    strings: Arc<Strings>,
    tag: Arc<str>,
}

impl Function<TeraResult<String>> for Words {
    fn call(&self, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
        let key = kwargs.must_get::<&str>("key")?;
        let found = match kwargs.get::<u64>("count")? {
            Some(count) => self.strings.counted(key, count),
            None => self.strings.get(key).map(str::to_owned),
        };
        found.ok_or_else(|| no_string(key, &self.tag))
    }
}

fn no_string(key: &str, tag: &str) -> Error {
    Error::message(format!("{NO_STRING} \"{key}\" in \"{tag}\""))
}
