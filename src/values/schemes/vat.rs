//! VAT numbers. In: a text. Out: whether it is a number of its country.
//!
//! The forms are those of the European Commission (VIES, "What is the format of my VAT number?"), and those of the
//! United Kingdom, Norway and Switzerland. Check digits are checked for Belgium and its neighbours where the rule is
//! public, and for Italy.

use super::check_digits::{luhn, mod_11_10, number};
use super::fault::{Fault, result};

/// The code of a country, and the forms of its numbers: `9` is a digit, `?` a letter, `X` either, and any other
/// sign itself.
const FORMS: &[(&str, &[&str])] = &[
    ("AT", &["U99999999"]),
    ("BE", &["9999999999"]),
    ("BG", &["999999999", "9999999999"]),
    ("CHE", &["999999999MWST", "999999999TVA", "999999999IVA"]),
    ("CY", &["99999999?"]),
    ("CZ", &["99999999", "999999999", "9999999999"]),
    ("DE", &["999999999"]),
    ("DK", &["99999999"]),
    ("EE", &["999999999"]),
    ("EL", &["999999999"]),
    ("ES", &["X9999999X"]),
    ("FI", &["99999999"]),
    ("FR", &["XX999999999"]),
    ("GB", &["999999999", "999999999999", "GD999", "HA999"]),
    ("HR", &["99999999999"]),
    ("HU", &["99999999"]),
    ("IE", &["9X99999?", "9999999??"]),
    ("IT", &["99999999999"]),
    ("LT", &["999999999", "999999999999"]),
    ("LU", &["99999999"]),
    ("LV", &["99999999999"]),
    ("MT", &["99999999"]),
    ("NL", &["999999999B99"]),
    ("NO", &["999999999MVA"]),
    ("PL", &["9999999999"]),
    ("PT", &["999999999"]),
    ("RO", &["99", "999", "9999", "99999", "999999", "9999999", "99999999", "999999999", "9999999999"]),
    ("SE", &["999999999999"]),
    ("SI", &["99999999"]),
    ("SK", &["9999999999"]),
    ("XI", &["999999999", "999999999999", "GD999", "HA999"]),
];

/// Checks a VAT number with the code of its country.
pub(super) fn check(id: &str) -> Result<(), Fault> {
    let form = FORMS.iter().find_map(|(country, forms)| {
        let rest = id.strip_prefix(country)?;
        forms.iter().any(|form| has_form(rest, form)).then_some((*country, rest.as_bytes()))
    });
    let Some((country, rest)) = form else { return Err(Fault::Form) };
    let has_digits = || match country {
        "BE" => belgian(&id[2..], true).is_ok(),
        "DE" => mod_11_10(&rest[..8]) == rest[8],
        // The first two signs are a key for the number of the enterprise; newer keys have letters and another rule.
        "FR" if rest[..2].iter().all(u8::is_ascii_digit) => {
            (12 + 3 * (number(&rest[2..]) % 97)) % 97 == number(&rest[..2])
        }
        "IT" => luhn(&rest[..10]) == rest[10],
        "LU" => number(&rest[..6]) % 89 == number(&rest[6..]),
        _ => true,
    };
    result(true, has_digits)
}

/// Checks the ten digits of a Belgian enterprise, of which the last two are 97 minus the rest of a division of the others
/// by 97.
pub(super) fn belgian(digits: &str, is_tidy: bool) -> Result<(), Fault> {
    let bytes = digits.as_bytes();
    let has_form = is_tidy && bytes.len() == 10 && matches!(bytes[0], b'0' | b'1');
    result(has_form, || 97 - number(&bytes[..8]) % 97 == number(&bytes[8..]))
}

fn has_form(text: &str, form: &str) -> bool {
    let fits = |(byte, sign): (u8, u8)| match sign {
        b'9' => byte.is_ascii_digit(),
        b'X' => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
        b'?' => byte.is_ascii_uppercase(),
        other => byte == other,
    };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}
