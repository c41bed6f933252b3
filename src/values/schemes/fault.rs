//! What can be wrong with an identifier.

/// The reason why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It does not have the form of one.
    Form,
    /// Its check digits do not belong to the other ones.
    CheckDigits,
    /// It would be one if it was written like this.
    Spelling(String),
}

/// Turns two conditions into a result: whether the form is right, and whether the check digits are.
pub(super) fn result(has_form: bool, has_digits: impl FnOnce() -> bool) -> Result<(), Fault> {
    match has_form {
        false => Err(Fault::Form),
        true if has_digits() => Ok(()),
        true => Err(Fault::CheckDigits),
    }
}
