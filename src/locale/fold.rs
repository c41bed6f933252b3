//! Letters without what tells one spelling of a name from another.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters and digits of a text without accents and capitals, ligatures taken apart; a space for each mark.
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

/// A text as names are looked up, whatever their accents, capitals and marks.
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
