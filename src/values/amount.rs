//! Numbers, whole or not.

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
