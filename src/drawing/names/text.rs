//! The widths of letters, and how long names are shortened.

use std::collections::HashMap;

/// The widths of the letters of a face.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Widths {
    /// By letter, in thousandths of the font size. Other letters have an estimate.
    letters: HashMap<char, i32>,
}

impl Widths {
    pub(crate) fn new(letters: HashMap<char, i32>) -> Self {
        Self { letters }
    }

    /// The width of a text, in thousandths of the font size.
    pub(crate) fn of(&self, text: &str) -> i32 {
        text.chars().map(|char| self.of_letter(char)).sum()
    }

    fn of_letter(&self, char: char) -> i32 {
        self.letters.get(&char).copied().unwrap_or_else(|| estimate(char))
    }

    /// Shortens a text to this width, in thousandths of the font size.
    pub(crate) fn shortened(&self, text: &str, room: i32) -> String {
        if self.of(text) <= room {
            return text.to_owned();
        }
        let mut left = room - self.of_letter('…');
        let fits = text.chars().take_while(|char| {
            left -= self.of_letter(*char);
            left >= 0
        });
        shortened(text, fits.count() + 1)
    }
}

/// The approximate width of a letter in thousandths of the font size. The estimate is generous, because the fonts of
/// readers differ.
fn estimate(char: char) -> i32 {
    match char {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' => 300,
        'f' | 't' | 'r' | ' ' | '-' | '(' | ')' | '/' | '\u{a0}' | '\u{202f}' => 410,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' => 920,
        char if char.is_ascii_lowercase() || char.is_ascii_digit() => 600,
        char if char.is_lowercase() => 610,
        char if char.is_uppercase() => 700,
        _ => 1000,
    }
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

    #[test]
    fn a_name_is_as_wide_as_its_letters() {
        let widths = Widths::new(HashMap::from([('a', 100), ('…', 100)]));
        assert_eq!(widths.of("aab"), 800);
        assert_eq!(widths.shortened("aaaa", 400), "aaaa");
        assert_eq!(widths.shortened("aaaaaa", 400), "aaa…");
        for room in [0, 1000, 3000, 8000] {
            let short = widths.shortened("Université libre de Bruxelles", room);
            assert!(widths.of(&short) <= room.max(100), "{room}: {short}");
        }
    }
}
