//! Suggestions and lists in messages.

/// `did you mean "…"?`, if one of the candidates is close enough to what was written.
pub fn did_you_mean<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(written, candidates).map(|candidate| format!("did you mean \"{candidate}\"?"))
}

/// The candidate nearest to what was written: at most one edit for each three characters, ties by order.
pub fn closest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    let limit = (length / 3).max(1);
    let lowered = written.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // Bytes are at least as many as characters and at most four times as many: a cheap first look.
        if candidate.len() + limit < length || candidate.len() > 4 * (length + limit) {
            continue;
        }
        let distance = strsim::osa_distance(&lowered, &candidate.to_lowercase());
        if distance <= limit && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Words in a list for people: `a`, `b` or `c`.
pub fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("\"{word}\"")).collect();
    match words.as_slice() {
        [] => String::from("nothing"),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
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
