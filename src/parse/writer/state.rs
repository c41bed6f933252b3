//! The state of the writer: open fragments, open links and images, and the headings and footnotes so far.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::Alignment;
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use super::plain::Plain;
use crate::config::RawHtml;
use crate::diagnostics::{Code, Diagnostic};
use crate::parse::fragment::{self, Fragment};
use crate::parse::nesting::Nesting;
use crate::parse::prose::Heading;
use crate::parse::typography::Typographer;
use crate::text::{SourceText, Span};

/// A compiler for the Markdown of a file.
pub struct Markdown<'a> {
    /// The file.
    pub source: &'a SourceText,
    /// The tag of the prose's language.
    pub tag: &'a str,
    /// The treatment of raw HTML.
    pub html: RawHtml,
    /// A prefix for the anchors of headings and footnotes, so that several texts on one page have different anchors.
    /// Empty for the prose of a page.
    pub notes: &'a str,
}

/// A link whose end event has not come yet.
pub(super) enum OpenLink {
    Wiki { target: Box<str>, has_words: bool, span: Span },
    Inside(Span),
    Outside,
    Refused,
}

/// An image whose end event has not come yet.
pub(super) struct OpenImage {
    pub embed: bool,
    pub src: Box<str>,
    pub title: Box<str>,
    pub span: Span,
}

/// The references to footnotes so far.
#[derive(Default)]
pub(super) struct References {
    /// The footnotes in the order of their numbers: the name, and the number of references.
    pub notes: Vec<(String, usize)>,
    /// The index in `notes`, by name.
    pub by_name: HashMap<String, usize>,
    /// The HTML of the references inside the link that is open. It follows the link.
    pub waiting: String,
}

pub(super) struct Writer<'a, 'p> {
    pub markdown: &'a Markdown<'a>,
    pub problems: &'p mut Vec<Diagnostic>,
    pub typographer: Option<Typographer>,
    /// A stack of open fragments. Footnotes, headings and the words of wikilinks have fragments of their own.
    pub fragments: Vec<Fragment>,
    pub plain: Plain,
    /// A stack of open images. The text inside is their alternative text.
    pub images: Vec<OpenImage>,
    pub in_code: bool,
    pub in_head: bool,
    pub in_paragraph: bool,
    /// The number of open elements in which block elements are not allowed.
    pub inline_only: usize,
    /// The alignments of the columns of the current table.
    pub alignments: Vec<Alignment>,
    /// The column of the next cell, counted from 0.
    pub cell: usize,
    /// A stack of open links.
    pub links: Vec<OpenLink>,
    pub headings: Vec<Heading>,
    /// The anchors of the headings, each with the number of times that another heading asked for it.
    pub anchors: HashMap<String, usize>,
    pub references: References,
    /// The open block of raw HTML, and its span.
    pub raw: Option<(String, Span)>,
    /// The nesting of raw HTML so far; `None` after a limit has been reported, when all other raw HTML is left out.
    pub nesting: Option<Nesting>,
}

impl<'a, 'p> Writer<'a, 'p> {
    pub(super) fn new(markdown: &'a Markdown<'a>, problems: &'p mut Vec<Diagnostic>) -> Self {
        Self {
            markdown,
            problems,
            typographer: Typographer::of(markdown.tag),
            fragments: vec![Fragment::default()],
            plain: Plain::default(),
            images: Vec::new(),
            in_code: false,
            in_head: false,
            in_paragraph: false,
            inline_only: 0,
            alignments: Vec::new(),
            cell: 0,
            links: Vec::new(),
            headings: Vec::new(),
            anchors: HashMap::new(),
            references: References::default(),
            raw: None,
            nesting: Some(Nesting::default()),
        }
    }

    /// The innermost open fragment.
    pub(super) fn out(&mut self) -> &mut Fragment {
        if self.fragments.is_empty() {
            self.fragments.push(Fragment::default());
        }
        let last = self.fragments.len() - 1;
        &mut self.fragments[last]
    }

    pub(super) fn html(&mut self, html: &str) {
        self.out().html.push_str(html);
    }

    pub(super) fn pop(&mut self) -> Fragment {
        self.fragments.pop().unwrap_or_default()
    }

    /// Takes the innermost fragment, sanitised if raw HTML is allowed. `ids` are the ids that the writer has made, or
    /// none for a part of the text.
    pub(super) fn pop_clean(&mut self, ids: Option<HashSet<String>>) -> Fragment {
        let fragment = self.pop();
        if self.markdown.html == RawHtml::Sanitize { fragment::sanitized(fragment, ids) } else { fragment }
    }

    pub(super) fn report(&mut self, code: Code, span: Span, message: impl Into<String>, hint: &str) {
        self.problems.push(Diagnostic::new(code, self.markdown.source.place(span), message).hint(hint));
    }

    /// Starts a new block for the typographer.
    pub(super) fn block(&mut self) {
        if let Some(typographer) = &mut self.typographer {
            typographer.reset();
        }
    }
}

/// Appends text, escaped for HTML.
pub(super) fn escape(text: &str, html: &mut String) {
    // Writing to a string can't fail.
    let _ = escape_html_body_text(&mut *html, text);
}

/// Appends the value of an attribute, escaped for HTML.
pub(super) fn attribute(text: &str, html: &mut String) {
    let _ = escape_html(&mut *html, text);
}
