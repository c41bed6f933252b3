//! Text for XML.

use pulldown_cmark_escape::escape_html;

/// Escapes a text for XML.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // XML allows no other control characters than these three (XML 1.0, section 2.2).
    let clean: String = text.chars().filter(|char| !char.is_control() || matches!(char, '\t' | '\n' | '\r')).collect();
    let _ = escape_html(&mut out, &clean);
    out
}
