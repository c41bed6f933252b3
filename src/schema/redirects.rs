//! Reads former paths. In: a list of texts. Out: those that are paths of the site, each with its place.

use crate::diagnostics::Code;
use crate::reader::Reader;
use crate::table::Value;
use crate::text::Place;

/// The former paths on this site of an entity, a page or a type.
pub(crate) fn redirects(reader: &mut Reader<'_>, value: &Value) -> Vec<(Box<str>, Place)> {
    let mut redirects = Vec::new();
    for (text, span) in reader.texts(value) {
        let problem = |message: String| reader.problem(Code::BadRedirect, span, message);
        if !is_old_path(&text) {
            let problem = problem(format!("\"{text}\" is not a path of this site"));
            reader.report(problem.hint("write an old path such as \"/entreprises/novadip/\""));
        } else if let Some(sign) = text.chars().find(|char| RULE_SIGNS.contains(char)) {
            let problem = problem(format!("\"{text}\" would be a rule for many paths, because it contains \"{sign}\""));
            reader.report(problem.hint("write each old path in full"));
        } else {
            redirects.push((text, reader.source.place(span)));
        }
    }
    redirects
}

/// The signs that make a line of `_redirects` a rule for many paths: `*` matches anything, and `:name` a part of a
/// path. Sources: the documentation of redirects of Netlify and of Cloudflare Pages.
const RULE_SIGNS: [char; 2] = ['*', ':'];

/// Whether a text is a path of this site, other than its root, that can be written into a line of `_redirects`.
fn is_old_path(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('/') else { return false };
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let is_forbidden = |char: char| char.is_control() || char.is_whitespace() || "?#%<>\"'\\".contains(char);
    inner.split('/').all(|part| !matches!(part, "" | "." | "..")) && !inner.contains(is_forbidden)
}
