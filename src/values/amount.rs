//! Numbers, whole or not.

use std::fmt;

use serde::{Serialize, Serializer};

/// A number from the content.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    /// A whole number.
    Integer(i64),
    /// A number.
    Float(f64),
}

impl Amount {
    /// The nearest floating-point number.
    pub fn value(self) -> f64 {
        match self {
            Self::Integer(integer) => integer as f64,
            Self::Float(number) => number,
        }
    }
}

impl From<f64> for Amount {
    fn from(number: f64) -> Self {
        Self::Float(number)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(integer) => integer.fmt(f),
            Self::Float(number) => number.fmt(f),
        }
    }
}

/// Numbers without a fraction are written as integers.
impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Integer(integer) => serializer.serialize_i64(integer),
            Self::Float(number) => match whole(number) {
                Some(whole) => serializer.serialize_i64(whole),
                None => serializer.serialize_f64(number),
            },
        }
    }
}

/// The integer of a number without a fraction. `None` beyond 2^53, where floats can't represent every integer.
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
}
