//! The values of fields, for templates, lists, facets and the search.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tera::Value;

use super::prose::{self, Filling};
use super::shapes::Item;
use crate::locale::{Lang, LocalText};
use crate::model::{FieldValue, Image};
use crate::render::engine::strings::{Number, Strings};
use crate::render::scope::Scope;
use crate::render::words::{Words, html};
use crate::schema::{Field, Kind};

/// The characters of an e-mail address that must be percent-encoded in a link (RFC 6068).
const NOT_IN_ADDRESSES: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'@').remove(b'.').remove(b'-').remove(b'_').remove(b'~').remove(b'+');

/// A value as an option of a facet.
pub(crate) struct OptionOf {
    /// Options are in ascending order of their rank, then of their text.
    pub rank: f64,
    /// The same in all languages.
    pub id: String,
    pub text: String,
}

/// A value as an option of a facet; none for kinds that can't be facets.
pub(crate) fn option(scope: &Scope, field: &Field, value: &FieldValue) -> Option<OptionOf> {
    let year = |year: i16| (f64::from(year), year.to_string(), year.to_string());
    let (rank, id, text) = match (value, &field.kind) {
        (FieldValue::Choice(at), Kind::Choice(choices)) => {
            let choice = choices.get(usize::from(*at))?;
            (f64::from(*at), choice.id.to_string(), scope.words(&choice.label).text)
        }
        (FieldValue::Boolean(yes), _) => {
            (f64::from(u8::from(!yes)), yes.to_string(), boolean(&scope.strings, *yes).to_owned())
        }
        (FieldValue::Year(value), _) => year(*value),
        (FieldValue::Date(date), _) => year(date.year),
        (FieldValue::Integer(integer), kind) => {
            (*integer as f64, integer.to_string(), quantity(scope, kind, Number::Integer(*integer)))
        }
        (FieldValue::Number(number), kind) => {
            (*number, number.to_string(), quantity(scope, kind, Number::Float(*number)))
        }
        (FieldValue::Text(texts), _) => (0.0, texts.text(Lang::DEFAULT).trim().to_owned(), scope.words(texts).text),
        (
            FieldValue::Choice(_)
            | FieldValue::Markdown(_)
            | FieldValue::Url(_)
            | FieldValue::Email(_)
            | FieldValue::Point(..)
            | FieldValue::Image(_),
            _,
        ) => return None,
    };
    Some(OptionOf { rank, id, text })
}

/// A number with the unit of its field.
fn quantity(scope: &Scope, kind: &Kind, number: Number) -> String {
    match kind.unit() {
        Some(unit) => scope.strings.quantity(number, &scope.words(unit).text, false),
        None => scope.strings.number(number),
    }
}

fn boolean(strings: &Strings, yes: bool) -> &str {
    match yes {
        true => strings.get("yes").unwrap_or("✓"),
        false => strings.get("no").unwrap_or("–"),
    }
}

/// A value as lists show it beside a title; none for Markdown, pictures, positions and addresses. A number without a
/// unit comes after its field's label, and a boolean is the label, or nothing.
pub(crate) fn brief(scope: &Scope, field: &Field, value: &FieldValue) -> Option<String> {
    let label = || scope.words(&field.label).text;
    let labelled = |number| format!("{}\u{a0}{}", label(), scope.strings.number(number));
    match value {
        FieldValue::Date(date) => Some(scope.strings.date(&date.to_string())),
        FieldValue::Boolean(yes) => yes.then(label),
        FieldValue::Integer(integer) if field.kind.unit().is_none() => Some(labelled(Number::Integer(*integer))),
        FieldValue::Number(number) if field.kind.unit().is_none() => Some(labelled(Number::Float(*number))),
        _ => option(scope, field, value).map(|option| option.text),
    }
}

/// The searchable text of a value, without markup; empty for images and points.
pub(crate) fn plain(scope: &Scope, field: &Field, value: &FieldValue) -> String {
    match value {
        FieldValue::Image(_) | FieldValue::Point(..) => String::new(),
        FieldValue::Markdown(bodies) => prose::plain(scope, bodies.best(scope.lang).map(|(_, body)| body)),
        FieldValue::Integer(integer) => quantity(scope, &field.kind, Number::Integer(*integer)),
        FieldValue::Number(number) => quantity(scope, &field.kind, Number::Float(*number)),
        _ => item(scope, &mut Filling::new(scope), field, value).text,
    }
}

/// A value in full. Citations in Markdown are counted where the filling counts them.
pub(crate) fn item(scope: &Scope, filling: &mut Filling<'_>, field: &Field, value: &FieldValue) -> Item {
    let strings = &scope.strings;
    let in_scope =
        |text: String, value: Value| Item { text, value, html: None, url: None, lang: scope.tag().to_owned() };
    let text = |text: &str| Value::normal_string(text);
    match value {
        FieldValue::Text(texts) => localised(scope, texts),
        FieldValue::Markdown(bodies) => match bodies.best(scope.lang) {
            Some((lang, body)) => Item {
                html: Some(html(&filling.fill(body))),
                lang: scope.tag_of(lang).to_owned(),
                ..in_scope(String::new(), Value::none())
            },
            None => in_scope(String::new(), Value::none()),
        },
        FieldValue::Integer(integer) => in_scope(strings.number(Number::Integer(*integer)), Value::from(*integer)),
        FieldValue::Number(number) => in_scope(strings.number(Number::Float(*number)), Value::from(*number)),
        FieldValue::Boolean(yes) => in_scope(boolean(strings, *yes).to_owned(), Value::from(*yes)),
        FieldValue::Year(year) => in_scope(year.to_string(), Value::from(*year)),
        FieldValue::Date(date) => in_scope(strings.date(&date.to_string()), text(&date.to_string())),
        FieldValue::Url(url) => {
            let short = url.split_once("://").map_or(&**url, |(_, rest)| rest).trim_end_matches('/');
            let short = short.trim_start_matches("www.").to_owned();
            Item { url: Some(url.to_string()), ..in_scope(short, text(url)) }
        }
        FieldValue::Email(email) => Item {
            url: Some(format!("mailto:{}", utf8_percent_encode(email, NOT_IN_ADDRESSES))),
            ..in_scope(email.to_string(), text(email))
        },
        FieldValue::Point(latitude, longitude) => {
            let position = vec![Value::from(*latitude), Value::from(*longitude)];
            in_scope(format!("{latitude}, {longitude}"), Value::from(position))
        }
        FieldValue::Choice(at) => match &field.kind {
            Kind::Choice(choices) => {
                let choice = &choices[usize::from(*at)];
                Item { value: text(&choice.id), ..localised(scope, &choice.label) }
            }
            _ => in_scope(String::new(), Value::none()),
        },
        FieldValue::Image(image) => picture(scope, image),
    }
}

/// A text in the scope's language, or if it is missing, in the default one.
pub(crate) fn localised(scope: &Scope, texts: &LocalText) -> Item {
    let Words { text, lang } = scope.words(texts);
    let value = Value::normal_string(texts.best(scope.lang).map_or("", |(_, text)| text));
    Item { text, value, html: None, url: None, lang: scope.tag_of(lang).to_owned() }
}

/// A picture, with its alternative text.
pub(crate) fn picture(scope: &Scope, image: &Image) -> Item {
    Item {
        text: image.alt.text(scope.lang).to_owned(),
        value: Value::normal_string(&image.src),
        html: None,
        url: Some(scope.address(&prose::encoded(&format!("/{}", image.src)))),
        lang: scope.tag().to_owned(),
    }
}
