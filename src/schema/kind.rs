//! The kinds of value that a field can hold.

use regex::Regex;

use crate::locale::LocalText;

/// The kind of a field's values.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A line of text, in several languages.
    Text {
        /// The regular expression that the whole text must match.
        pattern: Option<Regex>,
    },
    /// Markdown, in several languages.
    Markdown,
    /// A whole number.
    Integer {
        /// The minimum.
        min: Option<f64>,
        /// The maximum.
        max: Option<f64>,
        /// The unit of the number.
        unit: Option<LocalText>,
    },
    /// A number.
    Number {
        /// The minimum.
        min: Option<f64>,
        /// The maximum.
        max: Option<f64>,
        /// The unit of the number.
        unit: Option<LocalText>,
    },
    /// Yes or no.
    Boolean,
    /// A year from 1 to 9999.
    Year {
        /// The minimum.
        min: Option<f64>,
        /// The maximum.
        max: Option<f64>,
    },
    /// A day, a month or a year.
    Date,
    /// An address on the web.
    Url,
    /// An e-mail address.
    Email,
    /// A latitude and a longitude, in degrees.
    Point,
    /// One of the choices.
    Choice(Vec<Choice>),
    /// An image file in the content folder.
    Image,
}

/// One of the possible values of a choice.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The id, which authors write in the front matter.
    pub id: Box<str>,
    /// The label that readers see.
    pub label: LocalText,
}

impl Kind {
    /// The names of all kinds.
    pub const NAMES: &[&str] = &[
        "text", "markdown", "integer", "number", "boolean", "year", "date", "url", "email", "point", "choice", "image",
    ];

    /// The names of the kinds that can be facets. Dates are filtered by their year.
    pub const FACETS: &[&str] = &["text", "integer", "number", "boolean", "year", "date", "choice"];

    /// The name of the kind in `_type.toml`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Markdown => "markdown",
            Self::Integer { .. } => "integer",
            Self::Number { .. } => "number",
            Self::Boolean => "boolean",
            Self::Year { .. } => "year",
            Self::Date => "date",
            Self::Url => "url",
            Self::Email => "email",
            Self::Point => "point",
            Self::Choice(_) => "choice",
            Self::Image => "image",
        }
    }

    /// The unit of the numbers, if the kind has one.
    pub fn unit(&self) -> Option<&LocalText> {
        match self {
            Self::Integer { unit, .. } | Self::Number { unit, .. } => unit.as_ref(),
            _ => None,
        }
    }

    /// Whether fields of this kind can be facets.
    pub fn is_facet(&self) -> bool {
        Self::FACETS.contains(&self.name())
    }

    /// Whether readers can sort a list by the values: whether these are numbers or dates.
    pub fn is_sortable(&self) -> bool {
        match self {
            Self::Integer { .. } | Self::Number { .. } | Self::Year { .. } | Self::Date => true,
            Self::Text { .. }
            | Self::Markdown
            | Self::Boolean
            | Self::Url
            | Self::Email
            | Self::Point
            | Self::Choice(_)
            | Self::Image => false,
        }
    }

    /// Whether the values are in a language, so that translations can have values of their own.
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Text { .. } | Self::Markdown)
    }
}
