//! What is known while HTML is written: the pieces that are open, and what has come so far.

use std::collections::HashMap;

use pulldown_cmark::Alignment;
use pulldown_cmark_escape::{escape_html, escape_html_body_text};

use crate::config::RawHtml;
use crate::diagnostics::{Code, Diagnostic};
use crate::parse::fragment::{self, Fragment};
use crate::parse::prose::Heading;
use crate::parse::typography::Typographer;
use crate::text::{SourceText, Span};

/// Compiles Markdown that is in a file.
pub struct Markdown<'a> {
    /// The file.
    pub source: &'a SourceText,
    /// The language's tag.
    pub tag: &'a str,
    /// What becomes of raw HTML.
    pub html: RawHtml,
    /// What the anchors of footnotes start with, so that several pieces of prose fit on one page.
    pub notes: &'a str,
}

/// A link whose end has not come yet.
pub(super) enum OpenLink {
    Wiki { target: Box<str>, has_words: bool, span: Span },
    Inside(Span),
    Outside,
    Refused,
}

/// A picture whose end has not come yet.
pub(super) struct OpenImage {
    pub embed: bool,
    pub src: Box<str>,
    pub title: Box<str>,
    pub span: Span,
}

/// The footnotes of a text.
#[derive(Default)]
pub(super) struct Footnotes {
    /// The number of each note, and how often the text refers to it.
    pub numbers: HashMap<Box<str>, (usize, usize)>,
    pub bodies: HashMap<Box<str>, Fragment>,
    pub open: Vec<Box<str>>,
}

pub(super) struct Writer<'a, 'p> {
    pub markdown: &'a Markdown<'a>,
    pub problems: &'p mut Vec<Diagnostic>,
    pub typographer: Option<Typographer>,
    /// The innermost piece is last; footnotes, headings and the words of wikilinks are pieces of their own.
    pub fragments: Vec<Fragment>,
    /// The plain text of what is open: headings, pictures, wikilinks.
    pub plain: Vec<String>,
    /// The pictures that are open: their text is not shown.
    pub images: Vec<OpenImage>,
    pub in_code: bool,
    pub in_head: bool,
    pub in_paragraph: bool,
    /// How many things are open in which no block can stand.
    pub inline_only: usize,
    pub alignments: Vec<Alignment>,
    pub cell: usize,
    /// The links that are open.
    pub links: Vec<OpenLink>,
    pub headings: Vec<Heading>,
    pub anchors: HashMap<String, usize>,
    pub footnotes: Footnotes,
    pub raw: Option<(String, Span)>,
}

impl<'a, 'p> Writer<'a, 'p> {
    pub(super) fn new(markdown: &'a Markdown<'a>, problems: &'p mut Vec<Diagnostic>) -> Self {
        Self {
            markdown,
            problems,
            typographer: Typographer::of(markdown.tag),
            fragments: vec![Fragment::default()],
            plain: Vec::new(),
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
            footnotes: Footnotes::default(),
            raw: None,
        }
    }

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

    /// Takes the innermost piece, cleaned where authors may write raw HTML.
    pub(super) fn pop_clean(&mut self) -> Fragment {
        let fragment = self.pop();
        if self.markdown.html == RawHtml::Sanitize { fragment::sanitized(fragment) } else { fragment }
    }

    pub(super) fn report(&mut self, code: Code, span: Span, message: impl Into<String>, hint: &str) {
        self.problems.push(Diagnostic::new(code, self.markdown.source.place(span), message).hint(hint));
    }

    pub(super) fn block(&mut self) {
        if let Some(typographer) = &mut self.typographer {
            typographer.reset();
        }
    }
}

pub(super) fn escaped(text: &str, html: &mut String) {
    // Writing to a string can't fail.
    let _ = escape_html_body_text(&mut *html, text);
}

pub(super) fn attribute(text: &str, html: &mut String) {
    let _ = escape_html(&mut *html, text);
}
