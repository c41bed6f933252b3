//! The functions by which templates ask for entities and pages.

use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::card::{cards, cards_of_type};
use super::entity;
use super::navigation::entry;
use super::prose::Filling;
use super::shapes::Excerpt;
use super::shares::shares;
use crate::render::scope::Scope;
use crate::site;

/// How many entities `latest` gives, unless the template asks for another number.
const LATEST: usize = 5;

/// The start of a list and the rest of it. A list of at most `most` entries is whole; of a longer one, `first` entries
/// are in the start, or `most` if `first` is not given.
fn excerpt(list: Vec<Value>, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let most = kwargs.must_get::<usize>("most")?;
    let first = kwargs.get::<usize>("first")?.unwrap_or(most);
    let mut first_entries = list;
    let rest = if first_entries.len() > most { first_entries.split_off(first.min(most)) } else { Vec::new() };
    Ok(Excerpt { first: first_entries, more: rest.len(), rest }.into())
}

/// Registers the functions, and the filter `excerpt`.
pub(crate) fn register(engine: &mut Tera, scope: &Arc<Scope>) {
    engine.register_filter("excerpt", excerpt);
    let own = scope.clone();
    engine.register_function("entities", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let name = kwargs.must_get::<&str>("of")?;
        let entity_type = own.ecosystem.schema.find(name);
        let entity_type = entity_type.ok_or_else(|| Error::message(format!("there is no type \"{name}\"")))?;
        Ok(cards_of_type(&own, entity_type))
    });
    let own = scope.clone();
    engine.register_function("entity", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        Ok(entity::elsewhere(&own, own.find(kwargs.must_get::<&str>("key")?)?).into())
    });
    let own = scope.clone();
    engine.register_function("facts", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let id = own.find(kwargs.must_get::<&str>("key")?)?;
        Ok(Value::from(entity::facts(&own, id, &mut Filling::new(&own))))
    });
    let own = scope.clone();
    engine.register_function("shares", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let id = own.find(kwargs.must_get::<&str>("key")?)?;
        let parts = kwargs.must_get::<Vec<String>>("parts")?;
        Ok(Value::from(shares(&own, id, &parts, kwargs.must_get::<&str>("total")?)))
    });
    let own = scope.clone();
    engine.register_function("link", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let page = site::menu_entry(&own.ecosystem, kwargs.must_get::<&str>("to")?);
        Ok(page.map_or_else(Value::none, |page| entry(&own, page).into()))
    });
    let own = scope.clone();
    engine.register_function("latest", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let latest = own.latest().iter().copied().take(kwargs.get::<usize>("count")?.unwrap_or(LATEST));
        Ok(Value::from(cards(&own, latest)))
    });
}
