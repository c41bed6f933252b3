//! Plain text from the HTML of prose.

/// Inline tags. All other tags separate words.
const INLINE: [&str; 10] = ["a", "abbr", "b", "code", "em", "i", "s", "del", "span", "strong"];

/// Collects the text of HTML that comes in pieces. No piece ends inside a tag.
#[derive(Default)]
pub(crate) struct PlainText {
    pub text: String,
    /// Whether the position is inside a link to a footnote or back from it.
    in_mark: bool,
}

impl PlainText {
    pub(crate) fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some((before, tag)) = rest.split_once('<') {
            self.push(before);
            let (tag, behind) = tag.split_once('>').unwrap_or((tag, ""));
            self.tag(tag);
            rest = behind;
        }
        self.push(rest);
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        match name {
            "sup" => self.in_mark = tag.contains("class=\"footnote\""),
            "a" if tag.contains("class=\"back\"") => self.in_mark = true,
            "a" if tag.starts_with('/') => self.in_mark = false,
            _ if INLINE.contains(&name) => {}
            _ => self.text.push(' '),
        }
    }

    fn push(&mut self, words: &str) {
        if self.in_mark {
            return;
        }
        let mut rest = words;
        while let Some(at) = rest.find('&') {
            self.text.push_str(&rest[..at]);
            let known = ENTITIES.iter().find(|(name, _)| rest[at..].starts_with(name));
            let (name, char) = known.copied().unwrap_or(("&", '&'));
            self.text.push(char);
            rest = &rest[at + name.len()..];
        }
        self.text.push_str(rest);
    }
}

/// The character entities that occur in prose.
const ENTITIES: [(&str, char); 6] =
    [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&#39;", '\''), ("&nbsp;", '\u{a0}')];

#[cfg(test)]
mod tests {
    use super::*;

    fn words(html: &str) -> String {
        let mut words = PlainText::default();
        words.html(html);
        words.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_come_without_marks() {
        assert_eq!(words("<p>a<em>b</em> c</p><p>d</p>"), "ab c d");
        assert_eq!(words("<p>1 &lt; 2 &amp;amp; R&D</p>"), "1 < 2 &amp; R&D");
        assert_eq!(words("<td>x</td><td>y</td>"), "x y");
        assert_eq!(words("<li>n <a href=\"#\" class=\"back\">↩</a></li> p"), "n p");
        assert_eq!(words("p<sup class=\"footnote\"><a href=\"#fn_1\">1</a></sup>, 10<sup>3</sup>"), "p, 103");
    }
}
