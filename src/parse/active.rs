//! Whether a file that is published as it is can run scripts in a browser.
//!
//! In: the path and the bytes of a file. Out: what makes it active. This is advice for honest authors: a file can hide a
//! script in ways that only a browser finds.

/// The maximum size of a file that is looked at, in bytes.
pub const LARGEST: u64 = 4 * 1024 * 1024;

/// Whether browsers show a file with this path as a document that may contain scripts.
pub fn may_be_active(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    matches!(ending.as_str(), "html" | "htm" | "xhtml" | "xht" | "svg" | "xml")
}

/// What can run a script in a document; `None` if nothing was found.
pub fn script_in(bytes: &[u8]) -> Option<&'static str> {
    // In UTF-16, every second byte of a tag is zero.
    let text: Vec<u8> = bytes.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let text = String::from_utf8_lossy(&text);
    if text.contains("<script") || text.contains(":script") {
        Some("a script")
    } else if text.contains("javascript:") {
        Some("an address that runs a script")
    } else if text.contains("<!entity") {
        Some("an entity, which can stand for anything")
    } else if has_handler(&text) {
        Some("an attribute that runs a script, such as \"onload\"")
    } else {
        None
    }
}

/// Whether a tag has an attribute whose name starts with `on`.
fn has_handler(text: &str) -> bool {
    text.split('<').skip(1).any(|tag| {
        let tag = tag.split('>').next().unwrap_or_default();
        tag.match_indices("on").any(|(at, _)| {
            let before = tag.as_bytes()[..at].last().copied().unwrap_or_default();
            let name = &tag[at + 2..];
            let rest = name.trim_start_matches(|char: char| char.is_ascii_lowercase());
            let starts = before.is_ascii_whitespace() || matches!(before, b'"' | b'\'' | b'/');
            starts && rest.len() < name.len() && rest.trim_start().starts_with('=')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_found() {
        for active in [
            "<svg><script>x</script></svg>",
            "<svg><svg:SCRIPT href='x'/></svg>",
            "<svg onload=\"x\">",
            "<img src='x'onerror = x>",
            "<a href=\"JavaScript:x\">",
            "<!DOCTYPE svg [<!ENTITY x \"y\">]>",
        ] {
            assert!(script_in(active.as_bytes()).is_some(), "{active}");
        }
        let utf_16: Vec<u8> = "<script>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(script_in(&utf_16).is_some());
        // Each of these once led to a look at all that is before it.
        let long = "<p>".to_owned() + &" onx=".repeat(500_000);
        assert_eq!(script_in(long.as_bytes()), None);
        for passive in ["<svg><text>on = 1, once=2</text><path d=\"M0 0\"/></svg>", "<p>based on x = 1</p>", ""] {
            assert_eq!(script_in(passive.as_bytes()), None, "{passive}");
        }
    }
}
