//! Fragments: parts of pages that are the same wherever they stand, rendered once for each language.
//!
//! In: the name of a template, and an entity, links or nothing. Out: their HTML. The template sees the global variables and
//! `card` or `link`, and nothing of the page that asks for it.

use std::cell::Cell;
use std::fmt::Write as _;
use std::sync::{Arc, PoisonError, Weak};

use tera::value::Key;
use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

use super::card::card;
use crate::model::EntityId;
use crate::render::scope::{Fragments, Scope};
use crate::render::words::html;

/// The start of the message about a fragment whose template failed.
const FAILED: &str = "it failed to render";
/// How deep fragments may be in each other. A fragment that asks for itself would never end.
const DEEPEST: usize = 16;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Registers the functions `once` and `each`.
pub(crate) fn register(engine: &mut Tera, scope: &Arc<Scope>) {
    let own = scope.clone();
    engine.register_function("once", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let template = kwargs.must_get::<&str>("template")?;
        let id = kwargs.get::<&str>("key")?.map(|key| own.find(key)).transpose()?;
        fragment(&own, template, id).map_err(|error| failed(&own, template, error))
    });
    let own = scope.clone();
    engine.register_function("each", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let template = kwargs.must_get::<&str>("template")?;
        let links = kwargs.must_get::<Value>("links")?;
        each(&own, template, links.as_array().unwrap_or_default()).map_err(|error| failed(&own, template, error))
    });
}

/// Keeps an error of a fragment, because the engine keeps only the message of a function's error.
fn failed(scope: &Scope, template: &str, error: Error) -> Error {
    let mut failed = scope.memo.failed.lock().unwrap_or_else(PoisonError::into_inner);
    // The first error of a template is enough. Where it asks for itself, that is the innermost one.
    if !failed.iter().any(|(name, _)| name == template) {
        failed.push((template.to_owned(), Arc::new(error)));
    }
    Error::message(format!("{FAILED}: {template}"))
}

/// The error of the fragment that an error of a page comes from, if it comes from one. Where that fragment holds another one that
/// failed, it is the error of the other one, and so on.
pub(crate) fn cause(scope: &Scope, error: &Error) -> Option<Arc<Error>> {
    let failed = scope.memo.failed.lock().unwrap_or_else(PoisonError::into_inner);
    let mut cause = None;
    // A template is kept once, so a chain longer than the list goes in a circle.
    for _ in 0..failed.len() {
        let message = cause.as_ref().map_or_else(|| error.to_string(), |cause: &Arc<Error>| cause.to_string());
        let template = message.lines().next().and_then(|line| line.split_once(&format!("{FAILED}: ")));
        let Some((_, template)) = template else { break };
        match failed.iter().find(|(name, _)| name == template.trim()) {
            Some((_, error)) => cause = Some(error.clone()),
            None => break,
        }
    }
    cause
}

/// The HTML of a template with the card of an entity as its only variable, or with none.
pub(crate) fn fragment(scope: &Scope, template: &str, id: Option<EntityId>) -> TeraResult<Value> {
    let memo = match id {
        Some(id) => &scope.memo.entity(id).fragments,
        None => &scope.memo.fragments,
    };
    memoised(memo, (template, false), || {
        let mut context = Context::new();
        if let Some(id) = id {
            context.insert_value("card", card(scope, id));
        }
        rendered(scope, template, &context)
    })
}

/// The HTML of a template for each of some links. Besides `link`, it sees `mixed`: whether the links lead to entities of
/// several types. A link that says nothing but where it leads is rendered once.
fn each(scope: &Scope, template: &str, links: &[Value]) -> TeraResult<Value> {
    let mut all = String::new();
    let mut types = links.iter().map(|link| get(get(link, "card")?, "type_id")?.as_str());
    let first = types.next().flatten();
    let mixed = types.any(|other| other != first);
    for link in links {
        let render = || {
            let mut context = Context::new();
            context.insert_value("link", link.clone());
            context.insert_value("mixed", Value::from(mixed));
            rendered(scope, template, &context)
        };
        let key = get(link, "card").and_then(|card| get(card, "key")?.as_str());
        let key = key.ok_or_else(|| Error::message("these are no links"))?;
        let is_plain = get(link, "through").is_none()
            && get(link, "attributes").is_none_or(|attributes| attributes.as_array().is_none_or(<[_]>::is_empty));
        let html = match is_plain {
            true => memoised(&scope.memo.entity(scope.find(key)?).fragments, (template, mixed), render)?,
            false => render()?,
        };
        let _ = write!(all, "{}", html.as_str().unwrap_or_default());
    }
    Ok(html(&all))
}

fn get<'v>(value: &'v Value, key: &'static str) -> Option<&'v Value> {
    value.as_map()?.get(&Key::from(key))
}

/// A fragment, made once. Fragments differ by their template, and by `mixed`.
fn memoised(memo: &Fragments, key: (&str, bool), make: impl FnOnce() -> TeraResult<Value>) -> TeraResult<Value> {
    let find = |made: &[((Box<str>, bool), Value)]| {
        made.iter().find(|((name, mixed), _)| (&**name, *mixed) == key).map(|(_, html)| html.clone())
    };
    if let Some(html) = memo.read().ok().and_then(|made| find(&made)) {
        return Ok(html);
    }
    // Two threads may make the same fragment. The lock is not held, because it may need other fragments.
    let html = make()?;
    if let Ok(mut made) = memo.write()
        && find(&made).is_none()
    {
        made.push(((key.0.into(), key.1), html.clone()));
    }
    Ok(html)
}

fn rendered(scope: &Scope, template: &str, context: &Context) -> TeraResult<Value> {
    let engine = scope.engine.get().and_then(Weak::upgrade);
    let engine = engine.ok_or_else(|| Error::message("the templates are not loaded yet"))?;
    let depth = DEPTH.get();
    if depth == DEEPEST {
        return Err(Error::message(format!("the template \"{template}\" asks for itself")));
    }
    DEPTH.set(depth + 1);
    let rendered = engine.render(template, context);
    DEPTH.set(depth);
    Ok(html(&rendered?))
}
