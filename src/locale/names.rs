//! Names of organisations and people, for comparisons.

use super::fold::folded;

/// Legal forms of companies, folded.
const LEGAL_FORMS: [&str; 22] = [
    "sa", "nv", "srl", "bv", "sprl", "bvba", "asbl", "vzw", "scrl", "sc", "sas", "sarl", "gmbh", "ag", "ltd",
    "limited", "llc", "inc", "plc", "corp", "co", "spa",
];

/// A name for comparisons: folded, with single spaces, without legal forms at its end.
pub(crate) fn name_key(name: &str) -> String {
    // `S.A.` is `SA`.
    let folded = folded(&name.replace('.', ""));
    let mut words: Vec<&str> = folded.split_whitespace().collect();
    while words.len() > 1 && words.last().is_some_and(|word| LEGAL_FORMS.contains(word)) {
        words.pop();
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_accents_and_no_legal_form() {
        for name in ["Novadip", "NOVADIP SA", "novadip, S.A.", "Novadip Co Ltd", " Növadip  srl "] {
            assert!(name_key(name).starts_with("novadip"), "{name}");
        }
        assert_eq!(name_key("Novadip S.A."), "novadip");
        assert_eq!(name_key("SA"), "sa");
        assert_eq!(name_key("Université de Liège"), "universite de liege");
    }
}
