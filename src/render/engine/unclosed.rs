//! Finds the block of a template that is not closed.
//!
//! In: the text of a template. Out: the tag that opens the block.

use std::ops::Range;

/// The tags that have an end, such as `{% endif %}`.
const WITH_END: [&str; 6] = ["block", "component", "filter", "for", "if", "raw"];

/// The last tag whose block is not closed: its bytes, and its name.
pub(super) fn unclosed(text: &str) -> Option<(Range<usize>, &str)> {
    let mut open: Vec<(Range<usize>, &str)> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("{%").map(|start| at + start) {
        if let Some(comment) = text[at..start].rfind("{#").map(|comment| at + comment)
            && !text[comment..start].contains("#}")
        {
            at = text[comment..].find("#}").map_or(text.len(), |end| comment + end);
            continue;
        }
        let end = text[start..].find("%}").map_or(text.len(), |end| start + end + 2);
        let name = text[start + 2..end].trim_start_matches('-').split_whitespace().next().unwrap_or_default();
        let name = name.trim_end_matches("%}").trim_end_matches('-');
        let is_raw = open.last().is_some_and(|(_, name)| *name == "raw");
        if let Some(closing) = name.strip_prefix("end") {
            if !is_raw || closing == "raw" {
                match open.iter().rposition(|(_, name)| *name == closing) {
                    Some(last) if last + 1 == open.len() => drop(open.pop()),
                    Some(_) => return open.pop(),
                    None => {}
                }
            }
        } else if !is_raw && WITH_END.contains(&name) {
            open.push((start..end, name));
        }
        at = end;
    }
    open.pop()
}

#[cfg(test)]
mod tests {
    use super::unclosed;

    #[test]
    fn the_tag_of_an_open_block_is_found() {
        let cases = [
            ("{% if a %}{% for b in c %}{% endfor %}", Some("{% if a %}")),
            ("{% block main %}{%- if a -%}{% endblock %}", Some("{%- if a -%}")),
            ("{# {% if a %} #}{% raw %}{% if %}{% endraw %}{% set x = 1 %}", None),
            ("{% block a %}{% endblock a %}{% if", Some("{% if")),
        ];
        for (text, expected) in cases {
            assert_eq!(unclosed(text).map(|(range, _)| &text[range]), expected, "{text}");
        }
    }
}
