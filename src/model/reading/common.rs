//! Reads the keys that every entity may have.

use super::context::Context;
use crate::diagnostics::Code;
use crate::locale::{LocalText, Localised};
use crate::model::entity::Entity;
use crate::reader::Reader;
use crate::schema::redirects;
use crate::table::{Data, Entry, Value};
use crate::values::{Date, Image, ImageKind, Source, ValueKind};

/// Reads a key that every entity may have.
pub(super) fn common(context: &Context<'_>, reader: &mut Reader<'_>, entity: &mut Entity, entry: &Entry) {
    let value = &entry.value;
    match &*entry.key {
        "title" => entity.title = title(reader, value),
        "summary" => entity.summary = reader.localised(value).unwrap_or_default(),
        "aliases" => entity.aliases = lists_by_language(reader, value),
        "keywords" => entity.keywords = lists_by_language(reader, value),
        "image" => entity.image = image(context, reader, value),
        "image_fit" | "background" => entity.frame.read(reader, &entry.key, value),
        "draft" => entity.draft = reader.boolean(value).unwrap_or_default(),
        "updated" => entity.updated = Date::read(reader, value),
        "verified" => entity.verified = Date::read(reader, value).map(|date| (date, reader.source.place(value.span))),
        "redirects" => entity.redirects = redirects(reader, value),
        _ => {}
    }
}

/// The picture of an entity.
fn image(context: &Context<'_>, reader: &mut Reader<'_>, value: &Value) -> Option<Image> {
    let help = LocalText::default();
    ImageKind.read(&mut Source { reader, host: context, id: "image", help: &help }, value)
}

/// A title: a text that is not empty.
pub(in crate::model) fn title(reader: &mut Reader<'_>, value: &Value) -> LocalText {
    let title = reader.localised(value).unwrap_or_default();
    if title.iter().any(|(_, text)| text.trim().is_empty()) {
        reader.report(reader.problem(Code::MissingField, value.span, "the title is empty"));
    }
    title
}

/// Names or words: a list, or lists by language.
pub(super) fn lists_by_language(reader: &mut Reader<'_>, value: &Value) -> Localised<Vec<Box<str>>> {
    let Data::Table(table) = &value.data else { return Localised::only_default(text_list(reader, value)) };
    let mut lists = Localised::default();
    for entry in &table.entries {
        if let Some(lang) = reader.language(entry) {
            lists.set(lang, text_list(reader, &entry.value));
        }
    }
    lists
}

/// Names or words in one language.
pub(super) fn text_list(reader: &mut Reader<'_>, value: &Value) -> Vec<Box<str>> {
    let texts = reader.array(value).unwrap_or_default();
    texts.iter().filter_map(|text| reader.words(text)).collect()
}
