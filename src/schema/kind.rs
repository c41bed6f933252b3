//! The kinds of value that a field can hold.

use regex::Regex;

use crate::locale::LocalText;

/// What the values of a field are.
#[derive(Debug, Clone)]
pub enum Kind {
    /// A line of text, in several languages.
    Text {
        /// What its form must be.
        pattern: Option<Regex>,
    },
    /// Markdown, in several languages.
    Markdown,
    /// A whole number.
    Integer {
        /// The least that is allowed.
        min: Option<f64>,
        /// The most that is allowed.
        max: Option<f64>,
        /// What it counts.
        unit: Option<LocalText>,
    },
    /// A number.
    Number {
        /// The least that is allowed.
        min: Option<f64>,
        /// The most that is allowed.
        max: Option<f64>,
        /// What it measures.
        unit: Option<LocalText>,
    },
    /// Yes or no.
    Boolean,
    /// A year from 1 to 9999.
    Year {
        /// The least that is allowed.
        min: Option<f64>,
        /// The most that is allowed.
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
    /// A picture in the content folder.
    Image,
}

/// One of the values that a choice can have.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is written in the front matter.
    pub id: Box<str>,
    /// What readers see.
    pub label: LocalText,
}

impl Kind {
    /// The names of all kinds.
    pub const NAMES: &[&str] = &[
        "text", "markdown", "integer", "number", "boolean", "year", "date", "url", "email", "point", "choice", "image",
    ];

    /// The names of the kinds that an index can filter by; of dates it takes the year.
    pub const FACETS: &[&str] = &["text", "integer", "number", "boolean", "year", "date", "choice"];

    /// The name in `_type.toml`.
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

    /// What its numbers measure or count.
    pub fn unit(&self) -> Option<&LocalText> {
        match self {
            Self::Integer { unit, .. } | Self::Number { unit, .. } => unit.as_ref(),
            _ => None,
        }
    }

    /// Whether an index can filter by it.
    pub fn is_facet(&self) -> bool {
        Self::FACETS.contains(&self.name())
    }

    /// Whether readers can sort a list by it: whether its values are numbers or dates.
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

    /// Whether its values are language, so that a translation may hold them.
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Text { .. } | Self::Markdown)
    }
}
