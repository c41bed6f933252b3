//! What a file said before a change and after it, in words.
//!
//! In: values as TOML, from the history. Out: a text such as `2016 instead of 2015`. Earlier versions of a site had another
//! schema, so what can't be read by the present one is not told.

use std::sync::Arc;

use super::prose::Filling;
use super::value::plain;
use crate::history::Sides;
use crate::locale::Lang;
use crate::model::{Body, Difference, Part};
use crate::parse::Prose;
use crate::reader::Reader;
use crate::render::scope::Scope;
use crate::schema::{Field, Member, RelationId, TypeId};
use crate::table::{self, Data, Value};
use crate::text::{SourceText, Span};
use crate::values::{Host, Kind, Source};

/// The most values of a side that are told.
const MOST: usize = 5;

/// How a part of an entity differs. None if its values can't be told, or if only their attributes or their order differ.
pub(super) fn words(scope: &Scope, owner: TypeId, difference: &Difference) -> Option<String> {
    let Sides { old, new } = difference.sides.as_ref()?;
    let info = scope.ecosystem.schema.get(owner);
    let member = match difference.part {
        Part::Member(at) => Some(info.members[at]),
        Part::Names => None,
        _ => return None,
    };
    let (old, new, is_one) = match member {
        None => (title(scope, old)?, title(scope, new)?, true),
        Some(Member::Field(at)) => {
            let field = &info.fields[at];
            (values(scope, field, old)?, values(scope, field, new)?, !field.many)
        }
        Some(Member::Relation(id)) => {
            let relation = scope.ecosystem.schema.relation(id);
            (targets(scope, id, old)?, targets(scope, id, new)?, relation.one)
        }
    };
    let only_in = |values: &[String], others: &[String]| -> Vec<String> {
        values.iter().filter(|value| !others.contains(value)).cloned().collect()
    };
    let (gone, come) = (only_in(&old, &new), only_in(&new, &old));
    if gone.len().max(come.len()) > MOST {
        return None;
    }
    let (gone, come) = (gone.join(", "), come.join(", "));
    let word = |key: &str| scope.strings.get(key).unwrap_or("{new} / {old}").to_owned();
    match (gone.is_empty(), come.is_empty()) {
        (true, true) => None,
        (true, false) => Some(filled(&word("change.come"), "", &come)),
        (false, true) => Some(filled(&word("change.gone"), &gone, "")),
        (false, false) if is_one => Some(filled(&word("change.instead"), &gone, &come)),
        (false, false) => {
            Some(format!("{}, {}", filled(&word("change.come"), "", &come), filled(&word("change.gone"), &gone, "")))
        }
    }
}

/// A text with the values in place of `{old}` and `{new}`.
fn filled(text: &str, old: &str, new: &str) -> String {
    let with_old = |part: &str| part.replace("{old}", old);
    match text.split_once("{new}") {
        Some((before, after)) => format!("{}{new}{}", with_old(before), with_old(after)),
        None => with_old(text),
    }
}

/// Calls a function with a value that is written as TOML.
fn read<T>(scope: &Scope, text: &str, with: impl FnOnce(&mut Reader<'_>, &Value) -> Option<T>) -> Option<T> {
    let source = SourceText::new("", format!("value = {text}"));
    let (table, errors) = table::parse(&source.text, 0);
    let mut reader = Reader::new(&source, &scope.ecosystem.config.languages);
    with(&mut reader, table.get("value").filter(|_| errors.is_empty())?).filter(|_| reader.problems.is_empty())
}

fn title(scope: &Scope, text: &str) -> Option<Vec<String>> {
    let title = read(scope, text, |reader, value| reader.localised(value))?;
    Some(vec![scope.words(&title).text])
}

/// The values of a field, without their attributes.
fn values(scope: &Scope, field: &Field, text: &str) -> Option<Vec<String>> {
    // An address of a person that is gone should not stay on a page.
    if matches!(field.kind, Kind::Markdown(_) | Kind::Record(_) | Kind::Image(_) | Kind::Point(_) | Kind::Email(_)) {
        return None;
    }
    if text.is_empty() {
        return Some(Vec::new());
    }
    let filling = Filling::new(scope);
    read(scope, text, |reader, value| {
        let one = |value: &Value| {
            let inner = value.as_table().filter(|_| !field.attributes.is_empty()).and_then(|table| table.get("value"));
            let mut source = Source { reader: &mut *reader, host: &filling, id: &field.id, help: &field.help };
            let value = field.kind.read(&mut source, inner.unwrap_or(value))?;
            Some(plain(scope, field, &value)).filter(|text| !text.is_empty())
        };
        items(value, field.many).map(one).collect()
    })
}

/// The titles of the entities that a relation leads to. None if one of them is not published.
fn targets(scope: &Scope, relation: RelationId, text: &str) -> Option<Vec<String>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    let relation = scope.ecosystem.schema.relation(relation);
    read(scope, text, |_, value| {
        let one = |value: &Value| {
            let name = value.as_text().or_else(|| value.as_table()?.get("to")?.as_text())?;
            let (of, id) = name.split_once('/').map_or((None, name), |(of, id)| (Some(of), id));
            let types = relation.to.iter().filter(|to| of.is_none_or(|of| *scope.ecosystem.schema.get(**to).id == *of));
            let id = types.filter_map(|to| scope.ecosystem.find(*to, id)).next()?;
            Some(scope.title(id).text)
        };
        items(value, !relation.one).map(one).collect()
    })
}

/// The items of a list, or a value alone.
fn items(value: &Value, is_list: bool) -> std::slice::Iter<'_, Value> {
    match &value.data {
        Data::Array(items) if is_list => items.iter(),
        _ => std::slice::from_ref(value).iter(),
    }
}

/// The kinds of value that are told name no files and have no prose.
impl Host for Filling<'_> {
    type Prose = Body;

    fn file(&self, _: &mut Reader<'_>, _: &str, _: Span) -> Option<Arc<str>> {
        None
    }

    fn prose(&self, _: &mut Reader<'_>, _: Lang, markdown: &str, _: Span) -> Body {
        Body { path: "".into(), markdown: markdown.into(), prose: Arc::new(Prose::default()), targets: [].into() }
    }
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn values_are_put_in_and_not_read_again() {
        assert_eq!(filled("{new} instead of {old}", "{new}", "{old}"), "{old} instead of {new}");
        assert_eq!(filled("removed: {old}", "a", ""), "removed: a");
    }
}
