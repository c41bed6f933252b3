//! The kinds of value that a field can hold.
//!
//! A kind is a file in `kinds/`, which implements [`ValueKind`], and a line in the list `kinds!` below. In: a field's
//! declaration, and values of TOML. Out: checked values, and every form in which they are published. This module knows
//! neither fields nor entities; what it needs of the rest of the content comes through [`Host`], and what depends on
//! the theme comes through [`Format`].

mod amount;
mod choice;
mod date;
mod sheet;
mod image;
mod schemes;
mod kind;
mod kinds;
#[macro_use]
mod list;

use serde::{Serialize, Serializer};

use crate::config::Config;
use crate::locale::{Lang, LocalText, Localised};
use crate::table::Value;

pub use amount::Amount;
pub use choice::Choice;
pub use date::Date;
pub use image::{Frame, Image};
pub use kind::{Declaration, FacetOption, Format, HasMarkdown, Host, Item, Rank, Raw, Source, ValueKind};
pub use kinds::boolean::BooleanKind;
pub use kinds::image::ImageKind;
pub use kinds::interval::Interval;
pub use kinds::money::Money;
pub use kinds::point::Point;
pub use kinds::record::{Column, Record};
pub use kinds::text::TextKind;
pub use sheet::{SheetCell, toml_text};

kinds! {
    /// A line of text, in several languages.
    Text: kinds::text::TextKind,
    /// Prose, in several languages.
    Markdown: kinds::markdown::MarkdownKind,
    /// A whole number.
    Integer: kinds::integer::IntegerKind,
    /// A number.
    Number: kinds::number::NumberKind,
    /// An amount in a currency.
    Money: kinds::money::MoneyKind,
    /// Hundredths of a whole.
    Percentage: kinds::percentage::PercentageKind,
    /// Numbers from one to another.
    Range: kinds::number_range::RangeKind,
    /// Yes or no.
    Boolean: kinds::boolean::BooleanKind,
    /// A year from 1 to 9999.
    Year: kinds::year::YearKind,
    /// A day, a month or a year.
    Date: kinds::date::DateKind,
    /// From one date to another.
    Period: kinds::period::PeriodKind,
    /// An address on the web.
    Url: kinds::url::UrlKind,
    /// An e-mail address.
    Email: kinds::email::EmailKind,
    /// The name that a register gives to something.
    Identifier: kinds::identifier::IdentifierKind,
    /// A position on the earth.
    Point: kinds::point::PointKind,
    /// One of the values that the schema lists.
    Choice: kinds::choice::ChoiceKind,
    /// A picture in the content folder.
    Image: kinds::image::ImageKind,
    /// A small table of values.
    Record: kinds::record::RecordKind<Kind>,
}

impl Kind {
    /// A kind of which a field declares nothing but its name. `None` if there is none, or if it needs more.
    pub fn bare(name: &str) -> Option<Self> {
        Some(match name {
            "integer" => Self::Integer(kinds::integer::IntegerKind::default()),
            "number" => Self::Number(kinds::number::NumberKind::default()),
            "money" => Self::Money(kinds::money::MoneyKind),
            "boolean" => Self::Boolean(kinds::boolean::BooleanKind),
            "year" => Self::Year(kinds::year::YearKind::default()),
            "date" => Self::Date(kinds::date::DateKind),
            "url" => Self::Url(kinds::url::UrlKind),
            "email" => Self::Email(kinds::email::EmailKind),
            "point" => Self::Point(kinds::point::PointKind),
            _ => return None,
        })
    }
}

/// A value with its kind, to be written as JSON.
pub struct Json<'a, B> {
    /// The kind of the value.
    pub kind: &'a Kind,
    /// The value.
    pub value: &'a FieldValue<B>,
    /// The site: its languages, and the addresses of its files.
    pub config: &'a Config,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_documents_every_kind_and_no_other() {
        let format = include_str!("../../FORMAT.md");
        let table = format.split("### Kinds of value").nth(1).unwrap().split("###").next().unwrap();
        let names: Vec<&str> = table.lines().filter_map(|row| row.strip_prefix("| `")?.split('`').next()).collect();
        assert_eq!(names, Kind::NAMES);
    }

    #[test]
    fn a_key_that_several_kinds_have_is_listed_once() {
        let keys: Vec<&str> = Kind::keys().collect();
        assert_eq!(keys, ["pattern", "min", "max", "unit", "scheme", "url_template", "choices", "fields"]);
    }
}
