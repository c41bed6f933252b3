//! Public registers of identifiers: how their identifiers are written and checked, and the page that each leads to.

mod fault;
mod check_digits;
mod vat;

use check_digits::{mod_11_2, ror_checksum};
use fault::result;

pub(super) use fault::Fault;

/// A register.
#[derive(Debug)]
pub struct Scheme {
    /// Its name in `_type.toml`.
    pub name: &'static str,
    /// What it identifies, and an identifier as it is written.
    pub example: &'static str,
    /// The identifier in a text that may be an address, or have other separators and capitals.
    tidy: fn(&str) -> String,
    /// Checks a tidy identifier.
    check: fn(&str) -> Result<(), Fault>,
    /// The address of an identifier; `None` if the register has no pages.
    address: fn(&str) -> Option<String>,
}

/// All registers.
pub(super) static SCHEMES: [Scheme; 7] = [
    Scheme {
        name: "ror",
        example: "05f950310 (ROR, research organisations)",
        tidy: |text| last_part(text).to_lowercase(),
        check: ror,
        address: |id| Some(format!("https://ror.org/{id}")),
    },
    Scheme {
        name: "wikidata",
        example: "Q95 (Wikidata)",
        tidy: |text| last_part(text).to_uppercase(),
        check: wikidata,
        address: |id| Some(format!("https://www.wikidata.org/wiki/{id}")),
    },
    Scheme {
        name: "doi",
        example: "10.1038/nature12373 (DOI, publications and data)",
        tidy: |text| text.find("10.").map_or(text, |at| &text[at..]).trim().to_owned(),
        check: doi,
        address: |id| Some(format!("https://doi.org/{}", crate::url::encoded(id))),
    },
    Scheme {
        name: "orcid",
        example: "0000-0002-1825-0097 (ORCID, researchers)",
        tidy: |text| grouped(&sixteen(text), 4, '-'),
        check: |id| name_identifier(&id.replace('-', ""), grouped(&sixteen(id), 4, '-') == id),
        address: |id| Some(format!("https://orcid.org/{id}")),
    },
    Scheme {
        name: "isni",
        example: "000000012150090X (ISNI, persons and organisations)",
        tidy: sixteen,
        check: |id| name_identifier(id, true),
        address: |id| Some(format!("https://isni.org/isni/{id}")),
    },
    Scheme {
        name: "kbo",
        example: "0202.239.951 (Belgian register of enterprises)",
        tidy: enterprise_number,
        check: |id| vat::belgian(&digits(id), enterprise_number(id) == id),
        address: |id| {
            let number = digits(id);
            Some(format!("https://kbopub.economie.fgov.be/kbopub/toonondernemingps.html?ondernemingsnummer={number}"))
        },
    },
    Scheme {
        name: "vat",
        example: "BE0202239951 (VAT number, with the code of the country)",
        tidy: |text| text.chars().filter(|char| char.is_ascii_alphanumeric()).collect::<String>().to_uppercase(),
        check: vat::check,
        address: |_| None,
    },
];

impl Scheme {
    /// The register with this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        SCHEMES.iter().find(|scheme| scheme.name == name)
    }

    /// Checks an identifier.
    ///
    /// # Errors
    /// The reason why the text is not an identifier.
    pub fn check(&self, text: &str) -> Result<(), Fault> {
        (self.check)(text).map_err(|fault| {
            let tidy = (self.tidy)(text);
            if tidy != text && (self.check)(&tidy).is_ok() { Fault::Spelling(tidy) } else { fault }
        })
    }

    /// The address of the page about an identifier; `None` if the register has no pages.
    pub fn address(&self, id: &str) -> Option<String> {
        (self.address)(id)
    }
}

fn last_part(text: &str) -> &str {
    text.trim().trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The sixteen signs of an ISNI or ORCID in a text.
fn sixteen(text: &str) -> String {
    last_part(text).chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase()
}

fn grouped(text: &str, size: usize, separator: char) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for (at, char) in text.chars().enumerate() {
        if at > 0 && at.is_multiple_of(size) {
            out.push(separator);
        }
        out.push(char);
    }
    out
}

/// `0202.239.951`.
fn enterprise_number(text: &str) -> String {
    let digits = digits(text);
    match digits.split_at_checked(4) {
        Some((first, rest)) => format!("{first}.{}", grouped(rest, 3, '.')),
        None => digits,
    }
}

/// A zero, six signs of Crockford's Base 32, and two check digits (<https://ror.readme.io/docs/identifier>).
fn ror(id: &str) -> Result<(), Fault> {
    let is_sign = |byte: u8| byte.is_ascii_digit() || (byte.is_ascii_lowercase() && !b"ilou".contains(&byte));
    let bytes = id.as_bytes();
    let has_form = bytes.len() == 9
        && bytes[0] == b'0'
        && bytes[1..7].iter().all(|byte| is_sign(*byte))
        && bytes[7..].iter().all(u8::is_ascii_digit);
    result(has_form, || id[7..].parse() == Ok(ror_checksum(&bytes[1..7])))
}

fn wikidata(id: &str) -> Result<(), Fault> {
    let number = id.strip_prefix('Q').unwrap_or_default();
    let has_form =
        number.bytes().all(|byte| byte.is_ascii_digit()) && number.bytes().next().is_some_and(|byte| byte != b'0');
    result(has_form, || true)
}

/// `10.`, the number of a registrant, and a name that it gave (ISO 26324).
fn doi(id: &str) -> Result<(), Fault> {
    let parts = id.strip_prefix("10.").and_then(|rest| rest.split_once('/'));
    let is_registrant = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_name =
        |text: &str| !text.is_empty() && !text.contains(|char: char| char.is_whitespace() || char.is_control());
    result(parts.is_some_and(|(registrant, name)| is_registrant(registrant) && is_name(name)), || true)
}

/// Sixteen signs with a check digit (ISO 27729).
fn name_identifier(signs: &str, is_grouped: bool) -> Result<(), Fault> {
    let bytes = signs.as_bytes();
    let has_form = is_grouped
        && bytes.len() == 16
        && bytes[..15].iter().all(u8::is_ascii_digit)
        && matches!(bytes[15], b'0'..=b'9' | b'X');
    result(has_form, || mod_11_2(&bytes[..15]) == bytes[15])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(scheme: &str, id: &str) -> Result<(), Fault> {
        Scheme::find(scheme).unwrap().check(id)
    }

    /// Identifiers of the registers themselves and of well-known bodies.
    #[test]
    fn identifiers_in_use_are_right() {
        let known = [
            ("ror", "05f950310"),
            ("ror", "00afp2z80"),
            ("ror", "015w2mp89"),
            ("wikidata", "Q95"),
            ("doi", "10.1038/nature12373"),
            ("doi", "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"),
            ("orcid", "0000-0002-1825-0097"),
            ("orcid", "0000-0002-1694-233X"),
            ("isni", "000000012150090X"),
            ("kbo", "0202.239.951"),
            ("vat", "BE0428759497"),
            ("vat", "DE136695976"),
            ("vat", "FR40303265045"),
            ("vat", "IT00743110157"),
            ("vat", "LU15027442"),
            ("vat", "NL004495445B01"),
            ("vat", "ATU13585627"),
        ];
        for (scheme, id) in known {
            assert_eq!(check(scheme, id), Ok(()), "{scheme} {id}");
        }
    }

    #[test]
    fn a_wrong_digit_is_found() {
        let wrong = [
            ("ror", "05f950311"),
            ("orcid", "0000-0002-1825-0098"),
            ("isni", "0000000121500909"),
            ("kbo", "0202.239.952"),
            ("vat", "BE0428759498"),
            ("vat", "DE136695977"),
            ("vat", "FR41303265045"),
            ("vat", "IT00743110158"),
            ("vat", "LU15027443"),
        ];
        for (scheme, id) in wrong {
            assert_eq!(check(scheme, id), Err(Fault::CheckDigits), "{scheme} {id}");
        }
    }

    #[test]
    fn another_spelling_is_told_from_another_text() {
        let spelling = [
            ("ror", "https://ror.org/05F950310/", "05f950310"),
            ("wikidata", "https://www.wikidata.org/wiki/q95", "Q95"),
            ("doi", "https://doi.org/10.1038/nature12373", "10.1038/nature12373"),
            ("doi", "doi: 10.1038/nature12373", "10.1038/nature12373"),
            ("orcid", "https://orcid.org/000000021694233x", "0000-0002-1694-233X"),
            ("isni", "0000 0001 2150 090X", "000000012150090X"),
            ("kbo", "BE 0202 239 951", "0202.239.951"),
            ("vat", "be 0428.759.497", "BE0428759497"),
        ];
        for (scheme, text, id) in spelling {
            assert_eq!(check(scheme, text), Err(Fault::Spelling(id.into())), "{scheme} {text}");
        }
        let other = [
            ("ror", "05f95031"),
            ("ror", "05é950310"),
            ("wikidata", "Q095"),
            ("wikidata", "P31"),
            ("doi", "11.1038/x"),
            ("doi", "10.1038/"),
            ("orcid", "0000-0002"),
            ("isni", "éééééééééééééééé"),
            ("kbo", "123"),
            ("vat", "XX123"),
            ("vat", "é"),
            ("vat", ""),
        ];
        for (scheme, text) in other {
            assert_eq!(check(scheme, text), Err(Fault::Form), "{scheme} {text}");
        }
    }
}
