//! The nesting of Markdown and of raw HTML, and its limits.
//!
//! The time of the HTML parser that sanitises grows with the square of the number of open elements, and with the square
//! of the number of attributes of an element. So both are limited before it reads anything.

use pulldown_cmark::Event;

/// The maximum number of elements inside each other, both of Markdown and of raw HTML.
pub(super) const DEEPEST: usize = 128;
/// The maximum number of elements of running text, such as `<b>`, that are open at once, together with the elements
/// that end without an end tag, or whose content is not HTML. The HTML parser opens the former again in each paragraph.
const MOST_UNCLOSED: usize = 16;
/// The maximum number of attributes of an element.
const MOST_ATTRIBUTES: usize = 100;

/// Counts how deep the events of Markdown are nested.
#[derive(Default)]
pub(super) struct Depth(usize);

impl Depth {
    /// The depth of an event; events of one element, and everything in it, are at least as deep as the element.
    pub(super) fn of(&mut self, event: &Event<'_>) -> usize {
        match event {
            Event::Start(_) => {
                self.0 += 1;
                self.0
            }
            Event::End(_) => {
                self.0 = self.0.saturating_sub(1);
                self.0 + 1
            }
            _ => self.0,
        }
    }
}

/// Counts which elements of a text's raw HTML are open.
///
/// The count need not be exact: what matters is that the HTML parser never has many more open elements. Whatever the
/// parser could understand in another way counts as an element that is not closed.
#[derive(Default)]
pub(super) struct Nesting {
    /// The names of the open elements, in lower case.
    open: Vec<String>,
    /// The number of elements so far that are not closed by a tag of their own, or whose content is not HTML.
    unclosed: usize,
}

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "image", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
/// Elements whose end tag can be left out. The start of one in a group ends those of the same group before it.
const OPTIONAL_END: &[&[&str]] = &[
    &["p"],
    &["li"],
    &["dd", "dt"],
    &["optgroup", "option"],
    &["caption", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"],
];
/// Elements that the HTML parser opens again after the end of the paragraph in which they are not closed.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements whose content is not HTML.
const FOREIGN: &[&str] = &[
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "xmp",
];

impl Nesting {
    /// Reads the next piece of raw HTML. The error is the message of a diagnostic.
    pub(super) fn read(&mut self, html: &str) -> Result<(), String> {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            rest = &rest[at + 1..];
            let first = rest.bytes().next().unwrap_or_default();
            rest = match first {
                b'/' | b'a'..=b'z' | b'A'..=b'Z' => self.tag(rest)?,
                b'!' | b'?' => self.comment(rest),
                _ => rest,
            };
            self.check()?;
        }
        Ok(())
    }

    fn check(&self) -> Result<(), String> {
        let formatting = self.open.iter().filter(|name| FORMATTING.contains(&name.as_str())).count();
        if self.open.len() > DEEPEST {
            Err(format!("more than {DEEPEST} elements of raw HTML are inside each other"))
        } else if self.unclosed + formatting > MOST_UNCLOSED {
            Err(format!("more than {MOST_UNCLOSED} elements of raw HTML are not closed"))
        } else {
            Ok(())
        }
    }

    /// Reads a tag without its `<`. Out: the text after it.
    fn tag<'h>(&mut self, text: &'h str) -> Result<&'h str, String> {
        let is_end = text.starts_with('/');
        let inner = text.strip_prefix('/').unwrap_or(text);
        let end_of_name = inner.find(|char: char| char.is_ascii_whitespace() || matches!(char, '/' | '>'));
        let (name, rest) = inner.split_at(end_of_name.unwrap_or(inner.len()));
        let (attributes, after) = attributes(rest);
        if attributes > MOST_ATTRIBUTES {
            return Err(format!("an element of raw HTML has more than {MOST_ATTRIBUTES} attributes"));
        }
        // A tag without an end goes on in what follows, or is text.
        self.unclosed += usize::from(after.is_none());
        let rest = after.unwrap_or(rest);
        let name = name.to_ascii_lowercase();
        if is_end {
            self.close(&name)
        } else {
            self.open(name)
        }
        Ok(rest)
    }

    fn open(&mut self, name: String) {
        if VOID.contains(&name.as_str()) {
            return;
        }
        if FOREIGN.contains(&name.as_str()) {
            self.unclosed += 1;
        }
        if let Some(group) = optional_end(&name) {
            // A `<li>` ends the `<li>` before it, and with it a `<p>` whose end tag was left out.
            let paragraphs = self.open.iter().rev().take_while(|open| *open == "p" && name != "p").count();
            let end = self.open.len() - paragraphs;
            let run = self.open[..end].iter().rev().take_while(|open| group.contains(&open.as_str())).count();
            let ends = |open: &String| *open == name || group == ["dd", "dt"];
            if let Some(at) = self.open[end - run..end].iter().position(ends) {
                self.open.truncate(end - run + at);
            }
        }
        self.open.push(name);
    }

    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open == name) else { return };
        let inside = self.open.drain(at..).skip(1);
        self.unclosed += inside.filter(|open| optional_end(open).is_none()).count();
    }

    /// Reads a comment, a declaration or a processing instruction without its `<`. Out: the text after it.
    fn comment<'h>(&mut self, text: &'h str) -> &'h str {
        let ends: &[&str] = if text.starts_with("!--") { &["-->", "--!>"] } else { &[">"] };
        // What `<![CDATA[` is depends on the elements around it.
        self.unclosed += usize::from(text.starts_with("![CDATA["));
        let text = &text[1..];
        let end = ends.iter().filter_map(|end| Some(text.find(end)? + end.len())).min();
        // Without an end, it may be text too.
        self.unclosed += usize::from(end.is_none());
        end.map_or(text, |end| &text[end..])
    }
}

/// The group of an element whose end tag can be left out.
fn optional_end(name: &str) -> Option<&'static [&'static str]> {
    OPTIONAL_END.iter().copied().find(|group| group.contains(&name))
}

/// Reads up to the end of a tag. Out: at least the number of its attributes, and the text after it; `None` if the tag
/// does not end.
fn attributes(text: &str) -> (usize, Option<&str>) {
    let mut count = 0;
    let mut before = b'/';
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match quote {
            Some(open) if open == byte => quote = None,
            Some(_) => {}
            None if byte == b'>' => return (count, Some(&text[at + 1..])),
            // A quotation mark elsewhere is part of a name or a value.
            None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
            None if is_separator(before) && !is_separator(byte) => count += 1,
            None => {}
        }
        if !(byte.is_ascii_whitespace() && before == b'=') {
            before = if quote.is_none() && matches!(byte, b'"' | b'\'') { b'/' } else { byte };
        }
    }
    (count, None)
}

fn is_separator(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'/'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number of random sequences.
    const CYCLES: usize = 300;

    fn read(html: &str) -> Result<usize, String> {
        let mut nesting = Nesting::default();
        nesting.read(html).map(|()| nesting.open.len())
    }

    #[test]
    fn ordinary_html_is_accepted() {
        let table = "<table>".to_owned() + &"<tr><td>a<td>b<b>c</b>".repeat(1000) + "</table>";
        assert_eq!(read(&table), Ok(0));
        assert_eq!(read(&"<p>a<br><img src=x>".repeat(1000)), Ok(1));
        assert_eq!(read(&"<b title='</b>'>a</b> 1 < 2 <!-- <i> -->".repeat(1000)), Ok(0));
        assert_eq!(read("<DIV><Div><div/>"), Ok(3), "HTML has no tags that close themselves");
    }

    #[test]
    fn deep_html_is_refused() {
        assert_eq!(read(&"<div>".repeat(DEEPEST)), Ok(DEEPEST));
        for tag in ["<div>", "<div></x>", "<div a='</div>'>", "<div><!--</div>-->", "<div><!-- --!>", "<div a=\"'\">"] {
            assert!(read(&tag.repeat(DEEPEST + 1)).is_err(), "{tag}");
        }
    }

    #[test]
    fn html_that_is_not_closed_is_refused() {
        for html in
            ["<p><b></p>", "<i id=a>", "<div><b></div>", "<svg><style><div></style></svg>", "<svg><![CDATA[</svg>"]
        {
            assert!(read(&html.repeat(MOST_UNCLOSED + 1)).is_err(), "{html}");
            assert!(read(&html.repeat(MOST_UNCLOSED / 3)).is_ok(), "{html}");
        }
    }

    /// The depth of sanitised HTML, which is well formed.
    fn depth(html: &str) -> usize {
        let (mut depth, mut deepest) = (0_usize, 0);
        for tag in html.split('<').skip(1) {
            let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
            if tag.starts_with('/') {
                depth -= 1;
            } else if !VOID.contains(&name.as_str()) {
                depth += 1;
                deepest = deepest.max(depth);
            }
        }
        deepest
    }

    /// Repeats random sequences of tags. Whatever is accepted must not be deep for the real HTML parser either.
    #[test]
    fn what_is_accepted_is_not_deep() {
        const PARTS: &[&str] = &[
            "<div>",
            "</div>",
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<a id=x>",
            "</a>",
            "<i>",
            "</i>",
            "<table>",
            "</table>",
            "<tr>",
            "</tr>",
            "<td>",
            "</td>",
            "<li>",
            "</li>",
            "<ul>",
            "</ul>",
            "<dd>",
            "<svg>",
            "</svg>",
            "<style>",
            "</style>",
            "<math>",
            "<mi>",
            "</math>",
            "<select>",
            "</select>",
            "<option>",
            "<textarea>",
            "</textarea>",
            "<template>",
            "</template>",
            "<title>",
            "</title>",
            "<script>",
            "</script>",
            "<br>",
            "<img src=x>",
            "<h2>",
            "</h2>",
            "<ruby>",
            "<rp>",
            "<rt>",
            "</ruby>",
            "<caption>",
            "<colgroup>",
            "<tbody>",
            "<th>",
            "<button>",
            "</button>",
            "<form>",
            "</form>",
            "<body>",
            "</body>",
            "</html>",
            "<html>",
            "<head>",
            "<frameset>",
            "<center>",
            "</center>",
            "<span>",
            "</span>",
            "<code>",
            "</code>",
            "<!--",
            "-->",
            "--!>",
            "<![CDATA[",
            "]]>",
            "<?",
            ">",
            "<div a='",
            "'>",
            "<div a=\"",
            "\">",
            "<b a=1>",
            "<b a=2>",
            "</x>",
            "</",
            "<!",
            "text",
            "<blockquote>",
            "</blockquote>",
            "<pre>",
            "</pre>",
            "<nobr>",
            "<applet>",
            "</applet>",
            "<object>",
            "</object>",
            "<noscript>",
            "</noscript>",
            "<xmp>",
            "</xmp>",
            "<iframe>",
            "</iframe>",
            "<foreignObject>",
            "</foreignObject>",
            "<desc>",
            "</desc>",
        ];
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = |below: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            usize::try_from(seed >> 33).unwrap() % below
        };
        let mut accepted = 0;
        for _ in 0..CYCLES {
            let length = 2 + next(5);
            let cycle: String = (0..length).map(|_| PARTS[next(PARTS.len())]).collect();
            let html = cycle.repeat(400);
            if read(&html).is_ok() {
                accepted += 1;
                let clean = ammonia::clean(&html);
                assert!(depth(&clean) <= 2 * DEEPEST, "{}: {cycle}", depth(&clean));
                assert!(clean.len() <= 100 * html.len(), "{}: {cycle}", clean.len());
            }
        }
        assert!(accepted > CYCLES / 20, "{accepted}");
    }

    #[test]
    fn attributes_are_counted() {
        let with = |count: usize| read(&format!("<b {}>", "a=\"> <\" ".repeat(count)));
        assert_eq!(with(MOST_ATTRIBUTES), Ok(1));
        assert!(with(MOST_ATTRIBUTES + 1).is_err());
        for attribute in ["a ", "a/", "a=b ", "a='b'", "a = 'b' "] {
            assert!(read(&format!("<b {}>", attribute.repeat(MOST_ATTRIBUTES + 1))).is_err(), "{attribute}");
        }
    }
}
