//! Check digits. In: the signs of an identifier without its check digits. Out: the check digits.

/// The check digits of an identifier of ROR: ISO/IEC 7064, MOD 97-10, of the number that the signs are in Crockford's
/// Base 32.
pub(super) fn ror_checksum(signs: &[u8]) -> u64 {
    let number = signs.iter().fold(0, |number, sign| number * 32 + base_32(*sign));
    98 - number * 100 % 97
}

/// The value of a sign of Crockford's Base 32, which has no i, l, o and u.
fn base_32(sign: u8) -> u64 {
    let letters = b"0123456789abcdefghjkmnpqrstvwxyz";
    letters.iter().position(|other| *other == sign).unwrap_or_default() as u64
}

/// The check sign of ISNI and ORCID: ISO/IEC 7064, MOD 11-2.
pub(super) fn mod_11_2(digits: &[u8]) -> u8 {
    let total = digits.iter().fold(0, |total, digit| (total + u32::from(digit - b'0')) * 2 % 11);
    match (12 - total) % 11 {
        10 => b'X',
        digit => b'0' + digit as u8,
    }
}

/// The check digit of ISO/IEC 7064, MOD 11,10.
pub(super) fn mod_11_10(digits: &[u8]) -> u8 {
    let product = digits.iter().fold(10, |product, digit| {
        let sum = (u32::from(digit - b'0') + product) % 10;
        2 * if sum == 0 { 10 } else { sum } % 11
    });
    b'0' + ((11 - product) % 10) as u8
}

/// The check digit of the algorithm of Luhn.
pub(super) fn luhn(digits: &[u8]) -> u8 {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let doubled = u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 };
            doubled / 10 + doubled % 10
        })
        .sum();
    b'0' + ((10 - sum % 10) % 10) as u8
}

/// The number that digits are.
pub(super) fn number(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |number, digit| number * 10 + u64::from(digit - b'0'))
}
