//! How wide the text of a name is, and how it is cut.

/// About how wide a text is, in hundredths of its size; rather too much than too little, since readers' fonts differ.
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

/// A text of at most so many characters, cut between words where it can be, with an ellipsis where something is gone.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most.saturating_sub(1)).collect();
    // A cut that leaves less than half of it would say too little.
    let cut = head.rfind(' ').filter(|at| head[..*at].chars().count() * 2 > most).unwrap_or(head.len());
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
