//! Text files: decoded as UTF-8, and read again only if they may have changed.

use std::io;
use std::sync::Arc;

use super::files::{Contents, Files, Stamp, present, unusable};
use super::open::{LARGEST_TEXT, Unusable};
use crate::diagnostics::{Code, Diagnostic};
use crate::text::{self, Place, SourceText, Span};

/// The text of a file. With a stamp, the text is certain to be current as long as the file has the same stamp.
#[derive(Debug, Clone)]
pub(super) struct TextFile {
    pub source: SourceText,
    pub stamp: Option<Stamp>,
}

/// Reads a text. `before` is the text of the same path from an earlier read. If its stamp is the same, the file is not
/// read. If the text is the same, the result shares its memory. `None` if the file no longer exists, or can't be used,
/// which is reported.
pub(super) fn text(
    files: &dyn Files,
    path: &str,
    before: Option<(&SourceText, Option<&Stamp>)>,
    problems: &mut Vec<Diagnostic>,
) -> io::Result<Option<TextFile>> {
    if let Some((source, Some(stamp))) = before
        // Bytes that are not UTF-8 have to be reported again.
        && !source.text.contains(char::REPLACEMENT_CHARACTER)
        && present(files.stamp(path))?.as_ref() == Some(stamp)
    {
        return Ok(Some(TextFile { source: source.clone(), stamp: Some(stamp.clone()) }));
    }
    let Some(contents) = usable(files.read(path), path, problems)? else { return Ok(None) };
    let source = decode(path.into(), contents.bytes, problems);
    let same = before.map(|(before, _)| before).filter(|before| before.text == source.text);
    Ok(Some(TextFile { source: same.cloned().unwrap_or(source), stamp: contents.stamp }))
}

/// The contents of a text, if the file exists and can be used as a text. A file that can't be used is reported. Any
/// other error names the file.
pub(super) fn usable(
    contents: io::Result<Contents>,
    path: &str,
    problems: &mut Vec<Diagnostic>,
) -> io::Result<Option<Contents>> {
    let contents = contents.and_then(|contents| match contents.bytes.len() as u64 > LARGEST_TEXT {
        true => Err(Unusable::TooLarge.error()),
        false => Ok(contents),
    });
    match contents.map_err(|error| (Unusable::behind(&error), error)) {
        Ok(contents) => Ok(Some(contents)),
        Err((Some(reason), _)) => {
            problems.push(unusable(reason, path));
            Ok(None)
        }
        Err((None, error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err((None, error)) => Err(io::Error::new(error.kind(), format!("{path}: {error}"))),
    }
}

/// Decodes UTF-8, without the byte order mark. Other bytes are reported, and replaced by U+FFFD.
pub(super) fn decode(path: Arc<str>, mut bytes: Vec<u8>, problems: &mut Vec<Diagnostic>) -> SourceText {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    match String::from_utf8(bytes) {
        Ok(text) => SourceText::new(path, text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let source = SourceText::new(path, String::from_utf8_lossy(error.as_bytes()).into_owned());
            let place = Place { path: source.path.clone(), span: Span::new(at..at + '\u{fffd}'.len_utf8()) };
            let (line, _) = text::line_and_column(&source.text, at);
            let diagnostic = Diagnostic::new(Code::NotUtf8, place, format!("line {line} is not UTF-8 text"));
            problems.push(diagnostic.hint("save the file with the encoding UTF-8"));
            source
        }
    }
}
