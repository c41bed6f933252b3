//! The place of the cursor in TOML, from the text before it.

use std::ops::Range;

/// A place in TOML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lsp) enum Spot {
    /// In the header of a table; the steps are those before the cursor.
    Header { steps: Vec<Step>, word: Word },
    /// Where a key is or can be; the steps lead to its table.
    Key { steps: Vec<Step>, word: Word, in_braces: bool },
    /// Where a value is or can be; the steps lead to it.
    Value { steps: Vec<Step>, word: Word },
}

/// A step from the outermost table inwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lsp) enum Step {
    Key(String),
    Item,
}

/// The word at the cursor; empty if there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lsp) struct Word {
    /// The part of the text that is replaced, without quotation marks.
    pub span: Range<usize>,
    /// What is typed of it, up to the cursor.
    pub typed: String,
    /// The quotation mark that is open.
    pub quote: Option<char>,
    /// Whether a quotation mark, or an equals sign after a key, follows.
    pub is_closed: bool,
}

/// A bracket that is open at the cursor.
#[derive(Debug)]
enum Frame {
    Array,
    Braces { key: Vec<String>, in_value: bool },
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    cursor: usize,
    header: Vec<String>,
    key: Vec<String>,
    in_value: bool,
    /// Whether the value at this depth is complete, so that nothing can follow but a comma or the end of the line.
    is_done: bool,
    frames: Vec<Frame>,
}

/// The place of an offset in the TOML at a range of a text. `None` in comments, and after a complete value.
pub(super) fn spot(text: &str, range: Range<usize>, cursor: usize) -> Option<Spot> {
    let mut scanner = Scanner {
        text,
        at: range.start,
        end: range.end,
        cursor,
        header: Vec::new(),
        key: Vec::new(),
        in_value: false,
        is_done: false,
        frames: Vec::new(),
    };
    while scanner.at < cursor {
        match scanner.step() {
            Found::Nothing => {}
            Found::Nowhere => return None,
            Found::Spot(spot) => return Some(spot),
        }
    }
    let empty = Word { span: cursor..cursor, typed: String::new(), quote: None, is_closed: false };
    match scanner.expects_value() {
        _ if scanner.is_done => None,
        true => Some(scanner.value(empty)),
        false => Some(scanner.key(Vec::new(), empty)),
    }
}

/// What a step of the scanner leads to.
enum Found {
    Nothing,
    Nowhere,
    Spot(Spot),
}

impl Scanner<'_> {
    /// Passes one token.
    fn step(&mut self) -> Found {
        let rest = &self.text[self.at..self.end];
        let Some(char) = rest.chars().next() else {
            self.at = self.end.max(self.cursor);
            return Found::Nothing;
        };
        match char {
            '\n' => {
                if self.frames.is_empty() {
                    (self.in_value, self.is_done) = (false, false);
                    self.key.clear();
                }
                self.at += 1;
            }
            char if char.is_whitespace() => self.at += char.len_utf8(),
            '#' => {
                self.at += rest.find('\n').unwrap_or(rest.len());
                if self.at >= self.cursor {
                    return Found::Nowhere;
                }
            }
            _ if self.expects_value() => return self.value_token(char),
            '[' if self.frames.is_empty() => return self.table_header(),
            '=' => {
                self.start_value();
                self.at += 1;
            }
            ',' | '}' | ']' => self.close(char),
            _ => return self.key_token(),
        }
        Found::Nothing
    }

    fn expects_value(&self) -> bool {
        match self.frames.last() {
            None => self.in_value,
            Some(Frame::Array) => true,
            Some(Frame::Braces { in_value, .. }) => *in_value,
        }
    }

    fn start_value(&mut self) {
        self.is_done = false;
        match self.frames.last_mut() {
            Some(Frame::Braces { in_value, .. }) => *in_value = true,
            _ => self.in_value = true,
        }
    }

    /// Passes a comma, or the end of a list or a table.
    fn close(&mut self, char: char) {
        self.at += 1;
        match (char, self.frames.last_mut()) {
            (',', Some(Frame::Braces { key, in_value })) => {
                key.clear();
                (*in_value, self.is_done) = (false, false);
            }
            (',', _) => self.is_done = false,
            (_, Some(_)) => {
                self.frames.pop();
                self.is_done = true;
            }
            (_, None) => {}
        }
    }

    /// Passes a part of a value.
    fn value_token(&mut self, char: char) -> Found {
        match char {
            '"' | '\'' => return self.text_token(char),
            '[' => {
                self.frames.push(Frame::Array);
                self.is_done = false;
                self.at += 1;
            }
            '{' => {
                self.frames.push(Frame::Braces { key: Vec::new(), in_value: false });
                self.is_done = false;
                self.at += 1;
            }
            ',' | ']' | '}' => self.close(char),
            _ => {
                let start = self.at;
                let rest = &self.text[start..self.end];
                let length = rest.find([',', ']', '}', '\n', '\r', '#', ' ', '=']).unwrap_or(rest.len());
                self.at += length.max(char.len_utf8());
                if self.at >= self.cursor {
                    let word = self.word(start..self.at, None, false);
                    return Found::Spot(self.value(word));
                }
                self.is_done = true;
            }
        }
        Found::Nothing
    }

    /// Passes a text. A text of one line that is not closed ends with its line.
    fn text_token(&mut self, quote: char) -> Found {
        let rest = &self.text[self.at..self.end];
        let triple = String::from(quote).repeat(3);
        let mark = if rest.starts_with(&triple) { &rest[..3] } else { &rest[..1] };
        let inner = self.at + mark.len();
        let body = &self.text[inner..self.end];
        let (length, is_closed) = end_of_text(body, mark);
        let end = inner + length;
        if self.cursor >= inner && self.cursor <= end {
            // Without its end, the text is what has been typed.
            let span = inner..if is_closed { end } else { self.cursor };
            let word = self.word(span, Some(quote), is_closed);
            return Found::Spot(self.value(word));
        }
        self.at = end + if is_closed { mark.len() } else { 0 };
        self.is_done = true;
        if self.at > self.cursor { Found::Nowhere } else { Found::Nothing }
    }

    /// Passes `[table]` or `[[table]]`.
    fn table_header(&mut self) -> Found {
        let start = self.at;
        let line = self.text[start..self.end].lines().next().unwrap_or_default();
        let inner = line.trim_start_matches('[');
        let inner_start = start + line.len() - inner.len();
        let inner = &inner[..inner.find([']', '#']).unwrap_or(inner.len())];
        let end = inner_start + inner.len();
        let mut parts: Vec<String> =
            inner.split('.').map(|part| part.trim().trim_matches(['"', '\'']).to_owned()).collect();
        if self.cursor >= inner_start && self.cursor <= end {
            let before = &self.text[inner_start..self.cursor];
            let typed = before.rsplit('.').next().unwrap_or_default().trim_start();
            let word = self.word(self.cursor - typed.len()..self.cursor, None, false);
            parts.truncate(before.matches('.').count());
            return Found::Spot(Spot::Header { steps: keys(&parts), word });
        }
        self.header = parts;
        self.at = start + line.len().max(1);
        // After the header, there is only a comment.
        if self.at >= self.cursor { Found::Nowhere } else { Found::Nothing }
    }

    /// Passes a key, or a part of one.
    fn key_token(&mut self) -> Found {
        let start = self.at;
        let rest = &self.text[start..self.end];
        let length = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let (length, is_closed) = end_of_text(&rest[1..], &rest[..1]);
                length + 1 + usize::from(is_closed) * quote.len_utf8()
            }
            Some('.') => 1,
            first => {
                let ends = |char: char| char.is_whitespace() || "=.,{}[]#\"'".contains(char);
                rest.find(ends).unwrap_or(rest.len()).max(first.map_or(1, char::len_utf8))
            }
        };
        let token = &rest[..length];
        let key = match self.frames.last_mut() {
            Some(Frame::Braces { key, .. }) => key,
            _ => &mut self.key,
        };
        self.at += length;
        if self.at >= self.cursor && token != "." {
            let before = key.clone();
            let span = start..self.at;
            let follows = self.text[self.at..self.end].trim_start_matches([' ', '\t']).starts_with('=');
            let word = self.word(span, None, follows);
            return Found::Spot(self.key(before, word));
        }
        if token != "." {
            key.push(token.trim_matches(['"', '\'']).to_owned());
        } else if self.at >= self.cursor {
            let before = key.clone();
            let word = self.word(self.cursor..self.cursor, None, false);
            return Found::Spot(self.key(before, word));
        }
        Found::Nothing
    }

    fn word(&self, span: Range<usize>, quote: Option<char>, is_closed: bool) -> Word {
        let typed = self.text[span.start..self.cursor.clamp(span.start, span.end)].to_owned();
        Word { span, typed, quote, is_closed }
    }

    /// The steps to the innermost open bracket.
    fn steps(&self) -> Vec<Step> {
        let mut steps = keys(&self.header);
        steps.extend(keys(&self.key));
        for frame in &self.frames {
            match frame {
                Frame::Array => steps.push(Step::Item),
                Frame::Braces { key, .. } => steps.extend(keys(key)),
            }
        }
        steps
    }

    fn value(&self, word: Word) -> Spot {
        Spot::Value { steps: self.steps(), word }
    }

    /// The spot of a key. `before` are the parts of the key before the cursor.
    fn key(&self, before: Vec<String>, word: Word) -> Spot {
        let mut steps = self.steps();
        let passed = match self.frames.last() {
            Some(Frame::Braces { key, .. }) => key.len(),
            _ => self.key.len(),
        };
        steps.truncate(steps.len() - passed);
        steps.extend(keys(&before));
        Spot::Key { steps, word, in_braces: !self.frames.is_empty() }
    }
}

fn keys(parts: &[String]) -> Vec<Step> {
    parts.iter().cloned().map(Step::Key).collect()
}

/// The length of a text up to its quotation mark, and whether there is one.
fn end_of_text(body: &str, mark: &str) -> (usize, bool) {
    let mut escaped = false;
    for (at, char) in body.char_indices() {
        if escaped {
            escaped = false;
        } else if char == '\\' && mark.starts_with('"') {
            escaped = true;
        } else if char == '\n' && mark.len() == 1 {
            return (at, false);
        } else if body[at..].starts_with(mark) {
            return (at, true);
        }
    }
    (body.len(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The spot at `^`, as one line.
    fn at(marked: &str) -> String {
        let cursor = marked.find('^').unwrap();
        let text = marked.replace('^', "");
        let path = |steps: &[Step]| {
            let names = steps.iter().map(|step| match step {
                Step::Key(key) => key.as_str(),
                Step::Item => "*",
            });
            names.collect::<Vec<_>>().join(".")
        };
        let word = |word: &Word| format!("{:?} {:?}", &text[word.span.clone()], word.typed);
        match spot(&text, 0..text.len(), cursor) {
            None => String::from("nowhere"),
            Some(Spot::Header { steps, word: at }) => format!("header {} {}", path(&steps), word(&at)),
            Some(Spot::Key { steps, word: at, in_braces }) => format!("key {} {} {in_braces}", path(&steps), word(&at)),
            Some(Spot::Value { steps, word: at }) => format!("value {} {} {:?}", path(&steps), word(&at), at.quote),
        }
    }

    #[test]
    fn a_place_is_known_from_the_text_before_it() {
        for (marked, expected) in [
            ("^", r#"key  "" "" false"#),
            ("fou^", r#"key  "fou" "fou" false"#),
            ("a = 1\nfo^unded = 2", r#"key  "founded" "fo" false"#),
            ("a = ^", r#"value a "" "" None"#),
            ("a = bi^o", r#"value a "bio" "bi" None"#),
            ("a = \"bi^o\"", r#"value a "bio" "bi" Some('"')"#),
            ("a = \"bi^\nb = 2", r#"value a "bi" "bi" Some('"')"#),
            ("a = [\"x\", \"^\"]", r#"value a.* "" "" Some('"')"#),
            ("a = [\n  \"x\",\n  ^", r#"value a.* "" "" None"#),
            ("a = [{ to = \"b\", ^", r#"key a.* "" "" true"#),
            ("a = [{ to = \"b\", ro^le", r#"key a.* "role" "ro" true"#),
            ("a = [{ to = \"^", r#"value a.*.to "" "" Some('"')"#),
            ("a = { b = { c = ^", r#"value a.b.c "" "" None"#),
            ("[fields.x]\nki^", r#"key fields.x "ki" "ki" false"#),
            ("[fields.x]\nattributes.ro^", r#"key fields.x.attributes "ro" "ro" false"#),
            ("[fields.x]\nattributes.^", r#"key fields.x.attributes "" "" false"#),
            ("[fields.x]\nattributes.role = { ki^", r#"key fields.x.attributes.role "ki" "ki" true"#),
            ("[fie^", r#"header  "fie" "fie""#),
            ("[fields.^]", r#"header fields "" """#),
            ("a = 1 # com^", "nowhere"),
            ("a = 1 ^", "nowhere"),
            ("a = \"x\"^", "nowhere"),
            ("a = \"[\" # {\nb^", r#"key  "b" "b" false"#),
            ("a = \"\"\"\nx \"\" [[é^\n\"\"\"", "value a \"\\nx \\\"\\\" [[é\\n\" \"\\nx \\\"\\\" [[é\" Some('\"')"),
            ("é = \"œ🦠^", r#"value é "œ🦠" "œ🦠" Some('"')"#),
        ] {
            assert_eq!(at(marked), expected, "{marked}");
        }
    }

    #[test]
    fn no_offset_of_any_text_makes_it_fail() {
        let text = "a.\"é = [{ '''x\n\"\"\"\\\" #\n[b..c]] = } ,=🦠 { = [ \"\\";
        for (cursor, _) in text.char_indices() {
            for end in [cursor, text.len()] {
                let _ = spot(text, 0..end, cursor);
            }
        }
    }
}
