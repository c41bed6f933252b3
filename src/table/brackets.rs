//! Finds the list or table that is not closed.

/// The offset of the bracket that is not closed: of the outermost one, or of one around which another bracket closes.
/// Brackets in texts and comments do not count.
pub(super) fn unclosed(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'#' => at += text[at..].find('\n').unwrap_or(text.len() - at),
            b'"' | b'\'' => {
                at = end_of_text(text, at);
                continue;
            }
            b'[' | b'{' => open.push(at),
            closing @ (b']' | b'}') => {
                let is_partner = |start: &usize| bytes[*start] == if closing == b']' { b'[' } else { b'{' };
                match open.as_slice() {
                    [.., last] if is_partner(last) => drop(open.pop()),
                    [.., outer, last] if is_partner(outer) => return Some(*last),
                    _ => {}
                }
            }
            _ => {}
        }
        at += 1;
    }
    open.first().copied()
}

/// The offset after the text in quotation marks that starts at an offset. A text of one line that is not closed ends
/// with its line.
fn end_of_text(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let mark = &rest[..1];
    let triple = mark.repeat(3);
    let is_long = rest.starts_with(&triple);
    let end = if is_long { &triple } else { mark };
    let (bytes, mut at) = (rest.as_bytes(), end.len());
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if mark == "\"" => at += 1,
            b'\n' if !is_long => return start + at,
            _ if rest.as_bytes()[at..].starts_with(end.as_bytes()) => return start + at + end.len(),
            _ => {}
        }
        at += 1;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::unclosed;

    #[test]
    fn the_bracket_that_is_not_closed_is_found() {
        let cases = [
            ("a = [1, 2]\n[b]\n", None),
            ("a = [1, 2\nb = [3]\n[c]\n", Some(4)),
            ("a = {{\nb = 1\n", Some(4)),
            ("a = { b = [1, 2 }\n", Some(10)),
            ("a = \"[\" # {\nb = '{'\nc = \"\"\"\n[\"{\n\"\"\"\nd = \"\\\"[\"", None),
            ("a = \"[\nb = [", Some(11)),
            ("]", None),
        ];
        for (text, expected) in cases {
            assert_eq!(unclosed(text), expected, "{text}");
        }
    }
}
