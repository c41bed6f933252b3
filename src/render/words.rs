//! Words for readers, converted to values of templates.

use serde::{Serialize, Serializer};
use tera::Value;

pub(crate) use crate::locale::Words;

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

/// HTML that templates do not escape.
pub(crate) fn html(html: &str) -> Value {
    Value::safe_string(html)
}
