//! Folding: texts without accents, capitals and punctuation, so that different spellings of a name are equal.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters and digits of a text in lower case, without accents, with œ, æ and ß as two letters. Every other
/// character becomes a space.
pub(crate) fn fold(text: &str) -> impl Iterator<Item = char> + '_ {
    let chars = text.nfd().flat_map(char::to_lowercase).filter(|char| !is_combining_mark(*char));
    chars.flat_map(|char| {
        let (first, second) = match char {
            'œ' => ('o', Some('e')),
            'æ' => ('a', Some('e')),
            'ß' => ('s', Some('s')),
            _ if char.is_alphanumeric() => (char, None),
            _ => (' ', None),
        };
        std::iter::once(first).chain(second)
    })
}

/// The folded text, by which names are looked up.
pub(crate) fn folded(text: &str) -> String {
    fold(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_name_fold_to_the_same() {
        assert_eq!(folded("Œdème"), folded("oedeme"));
        assert_eq!(folded("L’Oréal-Groß"), "l oreal gross");
        // Its small letter is two characters, the second a dot.
        assert_eq!(folded("İzmir"), "izmir");
    }
}
