//! The width of a name, and how long names are shortened.

/// The approximate width of a text, in hundredths of the font size. The estimate is generous, because the fonts of
/// readers differ.
pub(crate) fn width(text: &str) -> i32 {
    let width_of = |char: char| match char {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' => 30,
        'f' | 't' | 'r' | ' ' | '-' | '(' | ')' | '/' | '\u{a0}' | '\u{202f}' => 41,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' => 92,
        char if char.is_ascii_lowercase() || char.is_ascii_digit() => 60,
        char if char.is_lowercase() => 61,
        char if char.is_uppercase() => 70,
        _ => 100,
    };
    text.chars().map(width_of).sum()
}

/// Shortens a text to at most `max_characters`. It is cut between words if possible, and an ellipsis is added.
pub(crate) fn shortened(text: &str, max_characters: usize) -> String {
    if text.chars().count() <= max_characters {
        return text.to_owned();
    }
    let head: String = text.chars().take(max_characters.saturating_sub(1)).collect();
    // Do not cut between words if less than half of the text would be left.
    let is_long = |at: &usize| head[..*at].chars().count() * 2 > max_characters;
    let cut = head.rfind(' ').filter(is_long).unwrap_or(head.len());
    format!("{}…", head[..cut].trim_end_matches([' ', ',', ';', ':', '-', '–', '(']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_end_between_words() {
        assert_eq!(shortened("Université libre de Bruxelles", 40), "Université libre de Bruxelles");
        assert_eq!(shortened("Université libre de Bruxelles", 24), "Université libre de…");
        assert_eq!(shortened("Donaudampfschifffahrtsgesellschaft", 10), "Donaudamp…");
        assert_eq!(shortened("été à Liège", 0), "…");
    }
}
