//! Words for readers, converted to values of templates.

use serde::{Serialize, Serializer};
use tera::Value;

use crate::locale::Lang;

/// Words for readers, in the typography of their language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub text: String,
    /// The language of the words: that of the page, or the default one as a fallback.
    pub lang: Lang,
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

/// HTML that templates do not escape.
pub(crate) fn html(html: &str) -> Value {
    Value::safe_string(html)
}
