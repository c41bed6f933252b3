//! The sentences of a text that another one lacks.

use similar::{ChangeTag, TextDiff};

/// The sentences that were taken out and those that were put in, in the order of the texts.
pub(super) fn differences<'a>(old: &'a str, new: &'a str) -> Vec<(bool, &'a str)> {
    let (old, new) = (sentences(old), sentences(new));
    let diff = TextDiff::from_slices(&old, &new);
    let changes = diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal);
    let parts: Vec<(bool, &str)> =
        changes.map(|change| (change.tag() == ChangeTag::Insert, change.value().trim())).collect();
    parts.into_iter().filter(|(_, sentence)| !sentence.is_empty()).collect()
}

/// The sentences of a text: they end with a sign that ends a sentence and white space, or with a line.
fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let ends = char == '\n' || (matches!(char, '.' | '!' | '?' | '…') && next.is_some_and(char::is_whitespace));
        if ends {
            let end = at + char.len_utf8();
            sentences.push(&text[start..end]);
            start = end;
        }
    }
    sentences.push(&text[start..]);
    sentences.into_iter().map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_told() {
        let old = "One. Two is 3.5 long. Three!\nFour";
        let new = "One. Two is 4 long. Three!\nFour\n\nFive.";
        assert_eq!(differences(old, new), [(false, "Two is 3.5 long."), (true, "Two is 4 long."), (true, "Five.")]);
    }
}
