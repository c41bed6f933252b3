//! The labels of a text of Markdown: of footnotes (`[^label]`), and of definitions of links (`[label]: destination`).

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use super::writer::options;

/// A label where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The label in small letters: capitals make no difference.
    pub name: String,
    /// What has the label.
    pub kind: LabelKind,
    /// The position of the label. If a link leaves its label out, as in `[words]`, an empty one where `[label]` would be, or
    /// where the label would be in `[words][]`.
    pub span: Range<usize>,
}

/// What has a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelKind {
    /// A footnote.
    Footnote,
    /// A link; in its place, its label is the whole of `[label]` if this is `true`.
    Link(bool),
}

/// All labels of a text, in the order of their positions.
pub fn labels(text: &str) -> Vec<Label> {
    let parser = Parser::new_ext(text, options());
    let mut labels: Vec<Label> = Vec::new();
    for (_, definition) in parser.reference_definitions().iter() {
        labels.extend(inside(text, definition.span.start + 1, "]:", LabelKind::Link(false)));
    }
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)) => {
                labels.extend(inside(text, range.start + 2, "]", LabelKind::Footnote));
            }
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
                labels.extend(of_link(text, range, link_type, &id));
            }
            _ => {}
        }
    }
    labels.sort_by_key(|label| label.span.start);
    labels
}

/// The label that starts at an offset and ends before a mark.
fn inside(text: &str, start: usize, mark: &str, kind: LabelKind) -> Option<Label> {
    let end = start + text.get(start..)?.find(mark)?;
    Some(Label { name: text[start..end].to_lowercase(), kind, span: start..end })
}

fn of_link(text: &str, range: Range<usize>, link_type: LinkType, id: &str) -> Option<Label> {
    let name = id.to_lowercase();
    let end = range.end;
    Some(match link_type {
        LinkType::Reference => {
            let start = text[..end - 1].rfind('[')? + 1;
            Label { name, kind: LabelKind::Link(false), span: start..end - 1 }
        }
        LinkType::Collapsed => {
            // The brackets may be after the range.
            let at = if text[end..].starts_with("[]") { end + 1 } else { end - 1 };
            Label { name, kind: LabelKind::Link(false), span: at..at }
        }
        LinkType::Shortcut => Label { name, kind: LabelKind::Link(true), span: end..end },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_wherever_they_are() {
        let text = "A[^One] and [x][r], [y][], ![z] and `[^one]` [^no].\n\n[^one]: note [r]\n\n[r]: a.md\n[Y]: <b.md> \"t\"\n[z]: c.png\n";
        let found: Vec<String> = labels(text)
            .into_iter()
            .map(|label| {
                let Label { name, kind, span } = label;
                format!("{name} {} {kind:?}", &text[span.start.saturating_sub(1)..span.end])
            })
            .collect();
        assert_eq!(
            found,
            [
                "one ^One Footnote",
                "r [r Link(false)",
                "y [ Link(false)",
                "z ] Link(true)",
                "one ^one Footnote",
                "r ] Link(true)",
                "r [r Link(false)",
                "y [Y Link(false)",
                "z [z Link(false)",
            ]
        );
    }
}
