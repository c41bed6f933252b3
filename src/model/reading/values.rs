//! Reads the values of fields from TOML and checks them against the kind in the schema.

use super::context::Context;
use crate::diagnostics::{self, Code};
use crate::locale::{Lang, LocalText, Localised};
use crate::model::body::Body;
use crate::model::date::Date;
use crate::model::value::{FieldValue, Image};
use crate::parse::Markdown;
use crate::reader::Reader;
use crate::schema::{Choice, Field, Kind};
use crate::table::{Data, Value};
use crate::text::Span;

/// Reads the values of a field, with their spans: a list if the field takes many values, otherwise a single value.
pub(in crate::model) fn read(
    context: &Context<'_>,
    reader: &mut Reader<'_>,
    field: &Field,
    value: &Value,
) -> (Vec<FieldValue>, Vec<Span>) {
    if field.many {
        let Data::Array(items) = &value.data else {
            let message = format!("\"{}\" is a list, found {}", field.id, value.data.name());
            let problem = reader.problem(Code::WrongType, value.span, message);
            let raw = &reader.source.text[value.span.range()];
            let hint = (raw.len() < 60).then(|| format!("write {} = [{raw}]", field.id));
            reader.report(problem.maybe_hint(hint));
            return (Vec::new(), Vec::new());
        };
        let (mut values, mut spans) = (Vec::with_capacity(items.len()), Vec::with_capacity(items.len()));
        for item in items {
            if let Some(value) = one(context, reader, field, item) {
                values.push(value);
                spans.push(item.span);
            }
        }
        return (values, spans);
    }
    if let Data::Array(items) = &value.data
        && !matches!(field.kind, Kind::Point)
    {
        let code = if items.len() > 1 { Code::TooManyValues } else { Code::WrongType };
        let problem = reader.problem(code, value.span, format!("\"{}\" takes one value, found a list", field.id));
        reader.report(problem.hint("write the value without brackets"));
        return (Vec::new(), Vec::new());
    }
    match one(context, reader, field, value) {
        Some(read) => (vec![read], vec![value.span]),
        None => (Vec::new(), Vec::new()),
    }
}

fn one(context: &Context<'_>, reader: &mut Reader<'_>, field: &Field, value: &Value) -> Option<FieldValue> {
    match &field.kind {
        Kind::Text { pattern } => {
            let texts = reader.localised(value)?;
            if let Some(pattern) = pattern {
                for (_, text) in texts.iter().filter(|(_, text)| !pattern.is_match(text)) {
                    let form = pattern.as_str().trim_start_matches("^(?:").trim_end_matches(")$");
                    let problem = reader.problem(
                        Code::PatternMismatch,
                        value.span,
                        format!("\"{text}\" does not match the pattern of \"{}\"", field.id),
                    );
                    let help = field.help.text(Lang::DEFAULT);
                    let hint = if help.is_empty() { format!("the pattern is {form}") } else { help.to_owned() };
                    reader.report(problem.hint(hint));
                }
            }
            Some(FieldValue::Text(texts))
        }
        Kind::Markdown => markdown(context, reader, value).map(FieldValue::Markdown),
        Kind::Integer { min, max, .. } => {
            let integer = reader.integer(value)?;
            in_range(reader, field, value, integer as f64, *min, *max).then_some(FieldValue::Integer(integer))
        }
        Kind::Number { min, max, .. } => {
            let number = reader.number(value)?;
            in_range(reader, field, value, number, *min, *max).then_some(FieldValue::Number(number))
        }
        Kind::Boolean => reader.boolean(value).map(FieldValue::Boolean),
        Kind::Year { min, max } => {
            let year = match &value.data {
                Data::Integer(year) => *year,
                other => {
                    let message = format!("\"{}\" is a year, found {}", field.id, other.name());
                    let problem = reader.problem(Code::WrongType, value.span, message);
                    reader.report(problem.hint("write it as a number, without quotation marks: 2015"));
                    return None;
                }
            };
            let (min, max) = (min.unwrap_or(1.0).max(1.0), max.unwrap_or(9999.0).min(9999.0));
            in_range(reader, field, value, year as f64, Some(min), Some(max)).then_some(FieldValue::Year(year as i16))
        }
        Kind::Date => date(reader, value).map(FieldValue::Date),
        Kind::Url => url(reader, value).map(FieldValue::Url),
        Kind::Email => {
            let text = reader.text(value)?;
            if email_address::EmailAddress::is_valid(&text) {
                return Some(FieldValue::Email(text));
            }
            let problem = reader.problem(Code::BadEmail, value.span, format!("\"{text}\" is not an e-mail address"));
            reader.report(problem.hint("write it as name@example.org"));
            None
        }
        Kind::Point => point(reader, value),
        Kind::Choice(choices) => choice(reader, field, choices, value).map(FieldValue::Choice),
        Kind::Image => image(context, reader, &field.id, value).map(FieldValue::Image),
    }
}

fn in_range(
    reader: &mut Reader<'_>,
    field: &Field,
    value: &Value,
    number: f64,
    min: Option<f64>,
    max: Option<f64>,
) -> bool {
    let too_small = min.is_some_and(|min| number < min);
    let too_large = max.is_some_and(|max| number > max);
    if !too_small && !too_large {
        return true;
    }
    let hint = match (min, max) {
        (Some(min), Some(max)) => format!("write a number from {min} to {max}"),
        (Some(min), None) => format!("write a number of at least {min}"),
        _ => format!("write a number of at most {}", max.unwrap_or_default()),
    };
    let direction = if too_small { "small" } else { "large" };
    let problem =
        reader.problem(Code::OutOfRange, value.span, format!("{number} is too {direction} for \"{}\"", field.id));
    reader.report(problem.hint(hint));
    false
}

/// Compiles the Markdown of a value, in each of its languages.
pub(in crate::model) fn markdown(
    context: &Context<'_>,
    reader: &mut Reader<'_>,
    value: &Value,
) -> Option<Localised<Body>> {
    let mut compile = |lang: Lang, text: &str, value: &Value| {
        let notes = format!("at{}_", value.span.start);
        let tag = context.config.languages.tag(lang);
        let markdown = Markdown { source: reader.source, tag, html: context.config.html, notes: &notes };
        let prose = markdown.compile_value(text, value.span, &mut reader.problems);
        Body::of_value(&reader.source.path, text, prose)
    };
    let mut bodies = Localised::default();
    if let Data::Text(text) = &value.data {
        bodies.set(Lang::DEFAULT, compile(Lang::DEFAULT, text, value));
        return Some(bodies);
    }
    if let Data::Table(table) = &value.data {
        for entry in &table.entries {
            if let (Some(lang), Some(text)) = (context.config.languages.find(&entry.key), entry.value.as_text()) {
                bodies.set(lang, compile(lang, text, &entry.value));
            }
        }
    }
    // All valid texts have been read above; this reports anything else.
    reader.localised(value)?;
    Some(bodies)
}

/// A date: a TOML date, or a text for a month or a year.
pub(in crate::model) fn date(reader: &mut Reader<'_>, value: &Value) -> Option<Date> {
    let text = match &value.data {
        Data::Date(text) | Data::Text(text) => text,
        Data::Integer(year) => {
            let problem = reader.problem(Code::BadDate, value.span, "a date with only a year needs quotation marks");
            reader.report(problem.hint(format!("write \"{year}\"")));
            return None;
        }
        _ => {
            reader.wrong_type(value, "a date");
            return None;
        }
    };
    let date = Date::parse(text);
    if date.is_none() {
        let problem = reader.problem(Code::BadDate, value.span, format!("\"{text}\" is not a date"));
        reader.report(problem.hint("write 2024-01-17, or \"2024-01\" or \"2024\" if only the month or year is known"));
    }
    date
}

fn url(reader: &mut Reader<'_>, value: &Value) -> Option<Box<str>> {
    let text = reader.text(value)?;
    let problem = match fluent_uri::Iri::parse(&*text) {
        Ok(iri) if !matches!(iri.scheme().as_str(), "http" | "https") => {
            format!("\"{text}\" does not start with https:// or http://")
        }
        Ok(iri) if iri.authority().is_none_or(|authority| authority.host().is_empty()) => {
            format!("\"{text}\" has no host name")
        }
        Ok(_) => return Some(text),
        Err(_) => format!("\"{text}\" is not a complete address"),
    };
    let hint = if text.contains(':') || !text.contains('.') {
        "write a complete address: https://example.org/page".to_owned()
    } else {
        format!("write \"https://{text}\"")
    };
    reader.report(reader.problem(Code::BadUrl, value.span, problem).hint(hint));
    None
}

fn point(reader: &mut Reader<'_>, value: &Value) -> Option<FieldValue> {
    let message = match &value.data {
        Data::Array(items) if items.len() == 2 => match (items[0].as_number(), items[1].as_number()) {
            (Some(latitude), Some(longitude))
                if (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude) =>
            {
                return Some(FieldValue::Point(latitude, longitude));
            }
            (Some(latitude), Some(_)) if !(-90.0..=90.0).contains(&latitude) => {
                format!("a latitude is from -90 to 90, not {latitude}")
            }
            (Some(_), Some(longitude)) => format!("a longitude is from -180 to 180, not {longitude}"),
            _ => String::from("a point is made of two numbers"),
        },
        Data::Array(items) => format!("a point is made of two numbers, found {}", items.len()),
        other => format!("a point is made of two numbers, found {}", other.name()),
    };
    reader.report(
        reader
            .problem(Code::BadPoint, value.span, message)
            .hint("write [latitude, longitude], such as [50.46936, 4.43324]"),
    );
    None
}

fn choice(reader: &mut Reader<'_>, field: &Field, choices: &[Choice], value: &Value) -> Option<u16> {
    let text = reader.text(value)?;
    let index = choices.iter().position(|choice| choice.id == text);
    if index.is_none() {
        let ids = || choices.iter().map(|choice| &*choice.id);
        // The most common mistake is a label in place of the id.
        let by_label = choices
            .iter()
            .find(|choice| choice.label.iter().any(|(_, label)| label.to_lowercase() == text.to_lowercase()));
        let suggestion = by_label
            .map(|choice| format!("did you mean \"{}\"?", choice.id))
            .or_else(|| diagnostics::did_you_mean(&text, ids()));
        let problem = reader.problem(Code::NotAChoice, value.span, format!("\"{}\" can't be \"{text}\"", field.id));
        reader.report(problem.hint(suggestion.unwrap_or_else(|| format!("write {}", diagnostics::list(ids())))));
    }
    index.map(|index| index as u16)
}

/// A picture: its path, or a table with `src` and `alt`.
pub(in crate::model) fn image(
    context: &Context<'_>,
    reader: &mut Reader<'_>,
    key: &str,
    value: &Value,
) -> Option<Image> {
    let (src, alt) = match &value.data {
        Data::Text(_) => (value, LocalText::default()),
        Data::Table(table) => {
            reader.unknown_keys(table, "an image", &["src", "alt"]);
            let Some(src) = table.get("src") else {
                reader.missing(value.span, "an image", "src", "src = \"file.jpg\"");
                return None;
            };
            (src, table.get("alt").and_then(|alt| reader.localised(alt)).unwrap_or_default())
        }
        _ => {
            reader.wrong_type(value, "the path of an image, or { src = \"…\", alt = \"…\" }");
            return None;
        }
    };
    let path = reader.text(src)?;
    let src = context.asset(reader, &path, src.span)?;
    Some(Image { src, alt, place: reader.source.place(value.span), key: key.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_may_be_partial() {
        for text in ["2024-01-17", "2024-01", "2024", "0800"] {
            assert_eq!(Date::parse(text).unwrap().to_string(), text);
        }
        for text in
            ["", "24", "2024-13", "2023-02-29", "2024-1-7", "2024-01-17-1", "2024-01-17T10:00:00", "0000", "20x4"]
        {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert!(Date::parse("2024").unwrap() < Date::parse("2024-01").unwrap());
    }
}
