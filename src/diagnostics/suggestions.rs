//! Suggestions and lists in messages.

use super::hint::{Change, Hint};

/// `did you mean "…"?`, if one of the candidates is close enough to the word.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<Hint> {
    closest(word, candidates).map(|candidate| meant(word, candidate))
}

/// `did you mean "…"?`, with the change that writes this word.
pub fn meant(word: &str, candidate: &str) -> Hint {
    let change = Change::Name { from: word.into(), to: candidate.into() };
    Hint::mend(format!("did you mean \"{candidate}\"?"), format!("Write \"{candidate}\""), change)
}

/// The candidate with the smallest edit distance to the word; the first one of equals. The distance is at most a third
/// of the word's characters, and at least one edit is allowed.
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let limit = (length / 3).max(1);
    let lowercase = word.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // A character has one to four bytes, so a length in bytes rules most candidates out without counting
        // characters.
        if candidate.len() + limit < length || candidate.len() > 4 * (length + limit) {
            continue;
        }
        let distance = strsim::osa_distance(&lowercase, &candidate.to_lowercase());
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Alternatives for people, each in quotation marks: `"a", "b" or "c"`.
pub fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    joined(words, "or")
}

/// A complete list for people, each word in quotation marks: `"a", "b" and "c"`.
pub fn list_all<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    joined(words, "and")
}

fn joined<'a>(words: impl IntoIterator<Item = &'a str>, conjunction: &str) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("\"{word}\"")).collect();
    match words.as_slice() {
        [] => String::from("nothing"),
        [word] => word.clone(),
        [first @ .., last] => format!("{} {conjunction} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_is_near() {
        assert_eq!(closest("uclouvan", ["ulb", "uclouvain", "umons"]), Some("uclouvain"));
        assert_eq!(closest("Novadip", ["novadip"]), Some("novadip"));
        assert_eq!(closest("xyz", ["novadip", "ulb"]), None);
    }

    #[test]
    fn lists_read_as_english() {
        assert_eq!(list(["a", "b", "c"]), r#""a", "b" or "c""#);
        assert_eq!(list(["a"]), r#""a""#);
    }
}
