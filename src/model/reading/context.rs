//! What is needed to read entities and pages.

use std::sync::Arc;

use crate::config::Config;
use crate::diagnostics::Code;
use crate::model::path;
use crate::reader::Reader;
use crate::schema::Schema;
use crate::source::Asset;
use crate::text::Span;

/// What is needed to read the parts of the model.
pub(in crate::model) struct Context<'a> {
    pub config: &'a Config,
    pub schema: &'a Schema,
    pub assets: &'a [Asset],
    pub drafts: bool,
}

impl Context<'_> {
    /// The path of a file beside the content that is named in a document.
    pub(in crate::model) fn asset(&self, reader: &mut Reader<'_>, written: &str, span: Span) -> Option<Arc<str>> {
        let Some(path) = path::resolve(&reader.source.path, written) else {
            let problem =
                reader.problem(Code::OutsideContent, span, format!("\"{written}\" leads out of the content folder"));
            reader.report(problem.hint("put the file into content/"));
            return None;
        };
        let found = self.assets.binary_search_by(|asset| (*asset.path).cmp(&path));
        if found.is_err() {
            let near = path::nearest(&path, self.assets.iter().map(|asset| &*asset.path));
            let problem = reader.problem(Code::MissingFile, span, format!("there is no file \"{path}\" in content/"));
            reader.report(problem.maybe_hint(near.map(|near| format!("did you mean \"/{near}\"?"))));
        }
        found.ok().map(|at| self.assets[at].path.clone())
    }
}
