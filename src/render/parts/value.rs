//! The values of fields, as the pages of a language write them.

use tera::Value;

use super::prose::{self, Filling};
use super::shapes::{Fact, Item, Picture};
use crate::locale::{Lang, LocalText};
use crate::model::{Attribute, Body, EntityId, FieldValue};
use crate::render::scope::Scope;
use crate::render::words::{Words, html};
use crate::schema::Field;
use crate::values::{self, Amount, Column, Date, Format, Kind, Raw};

impl Format<Body> for Filling<'_> {
    fn lang(&self) -> Lang {
        self.scope.lang
    }

    fn words(&self, texts: &LocalText) -> Words {
        self.scope.words(texts)
    }

    fn number(&self, amount: Amount) -> String {
        self.scope.strings.number(amount)
    }

    fn quantity(&self, amount: Amount, unit: Option<&LocalText>) -> String {
        match unit {
            Some(unit) => self.scope.strings.quantity(amount, &self.words(unit).text, false),
            None => self.number(amount),
        }
    }

    fn measure(&self, amount: Amount, unit: &str) -> String {
        self.scope.strings.quantity(amount, unit, false)
    }

    fn date(&self, date: Date) -> String {
        self.scope.strings.formats().date(&date.to_string())
    }

    fn boolean(&self, is_true: bool) -> String {
        let (key, without) = if is_true { ("yes", "✓") } else { ("no", "–") };
        self.scope.strings.get(key).unwrap_or(without).to_owned()
    }

    fn address(&self, file: &str) -> String {
        self.scope.ecosystem.config.file_address(file)
    }

    fn size(&self, file: &str) -> Option<(u32, u32)> {
        self.scope.picture_size(file)
    }

    fn html(&mut self, prose: &Body) -> String {
        self.fill(prose)
    }

    fn text(&self, prose: &Body) -> String {
        prose::plain(self.scope, Some(prose))
    }
}

/// The searchable text of a value, without markup; empty for images and points.
pub(crate) fn plain(scope: &Scope, field: &Field, value: &FieldValue) -> String {
    field.kind.plain(value, &mut Filling::new(scope))
}

/// The attributes of a link or of a value that pages show, as one text without markup; empty if there are none.
pub(crate) fn attributes(scope: &Scope, declared: &[Field], attributes: &[Attribute]) -> String {
    let attributes = attributes.iter().map(|it| (&declared[it.index], &it.value));
    let texts = attributes.filter(|(field, _)| !field.hidden).map(|(field, value)| match value {
        FieldValue::Boolean(false) => String::new(),
        // The label stands for yes.
        FieldValue::Boolean(true) => scope.words(&field.label).text,
        _ => plain(scope, field, value),
    });
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A value in full. Citations in Markdown are counted where the filling counts them.
pub(crate) fn item(filling: &mut Filling<'_>, field: &Field, value: &FieldValue) -> Item {
    let mut item = field.kind.item(value, filling);
    let cells = std::mem::take(&mut item.cells);
    let columns: &[Column<Kind>] = if let Kind::Record(record) = &field.kind { &record.columns } else { &[] };
    let cells = columns.iter().zip(cells).filter_map(|(column, item)| Some(cell(filling.scope, column, item?).into()));
    Item { cells: cells.collect(), ..shape(filling.scope, item) }
}

/// The values of a record, without those in some columns: a list of [`Fact`].
pub(crate) fn cells(filling: &mut Filling<'_>, field: &Field, value: &FieldValue, without: &[usize]) -> Vec<Value> {
    let Kind::Record(record) = &field.kind else { return Vec::new() };
    let cells = record.columns.iter().zip(field.kind.item(value, filling).cells).enumerate();
    let cells = cells.filter(|(at, _)| !without.contains(at));
    cells.filter_map(|(_, (column, item))| Some(cell(filling.scope, column, item?).into())).collect()
}

/// A value of a record, with the label of its column.
fn cell(scope: &Scope, column: &Column<Kind>, item: values::Item) -> Fact {
    Fact {
        id: column.id.to_string(),
        label: scope.words(&column.label),
        kind: column.kind.name(),
        unit: column.kind.unit().map(|unit| scope.words(unit).text).unwrap_or_default(),
        values: vec![shape(scope, item).into()],
    }
}

/// A text in the scope's language, or if it is missing, in the default one.
pub(crate) fn localised(scope: &Scope, texts: &LocalText) -> Item {
    shape(scope, values::Item::of_text(texts, &Filling::new(scope)))
}

/// The picture of an entity; `None` if it has none.
pub(crate) fn picture(scope: &Scope, id: EntityId) -> Option<Picture> {
    let entity = scope.ecosystem.entity(id);
    let item = shape(scope, entity.image.as_ref()?.item(&Filling::new(scope)));
    let (fit, background) = entity.frame.with_defaults(scope.ecosystem.schema.get(entity.entity_type).frame);
    Some(Picture {
        url: item.url.unwrap_or_default(),
        text: item.text,
        lang: item.lang,
        width: item.width,
        height: item.height,
        fit,
        background,
    })
}

fn shape(scope: &Scope, item: values::Item) -> Item {
    Item {
        text: item.words.text,
        value: raw(item.raw),
        html: item.html.as_deref().map(html),
        domain: item.url.as_deref().and_then(domain),
        url: item.url,
        attributes: Vec::new(),
        width: item.size.map(|(width, _)| width),
        height: item.size.map(|(_, height)| height),
        cells: Vec::new(),
        lang: scope.tag_of(item.words.lang).to_owned(),
    }
}

/// The last two parts of the host of an address on the web.
fn domain(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?.to_ascii_lowercase();
    let mut parts = host.rsplitn(3, '.');
    let (last, before) = (parts.next()?, parts.next()?);
    scheme.to_ascii_lowercase().starts_with("http").then(|| format!("{before}.{last}"))
}

fn raw(raw: Raw) -> Value {
    match raw {
        Raw::Nothing => Value::none(),
        Raw::Text(text) => Value::normal_string(&text),
        Raw::Integer(integer) => Value::from(integer),
        Raw::Number(number) => Value::from(number),
        Raw::Boolean(is_true) => Value::from(is_true),
        Raw::Table(entries) => {
            let entries = entries.into_iter().map(|(key, value)| (String::from(key).into(), self::raw(value)));
            Value::from(entries.collect::<tera::Map>())
        }
        Raw::List(items) => Value::from(items.into_iter().map(self::raw).collect::<Vec<_>>()),
    }
}
