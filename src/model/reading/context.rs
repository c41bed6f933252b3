//! The data that the readers of entities and pages share.

use std::sync::Arc;

use crate::config::Config;
use crate::diagnostics::Code;
use crate::locale::Lang;
use crate::model::body::Body;
use crate::model::path;
use crate::parse::Markdown;
use crate::reader::Reader;
use crate::schema::Schema;
use crate::source::Asset;
use crate::text::Span;
use crate::values::Host;

/// The data that the readers of entities and pages share.
pub(in crate::model) struct Context<'a> {
    pub config: &'a Config,
    pub schema: &'a Schema,
    pub assets: &'a [Asset],
    pub drafts: bool,
}

impl Host for Context<'_> {
    type Prose = Body;

    fn file(&self, reader: &mut Reader<'_>, name: &str, span: Span) -> Option<Arc<str>> {
        let Some(path) = path::resolve(&reader.source.path, name) else {
            let problem =
                reader.problem(Code::OutsideContent, span, format!("\"{name}\" leads out of the content folder"));
            reader.report(problem.hint("put the file into content/"));
            return None;
        };
        if let Ok(at) = self.assets.binary_search_by(|asset| (*asset.path).cmp(&path)) {
            return Some(self.assets[at].path.clone());
        }
        let near = path::nearest(&path, self.assets.iter().map(|asset| &*asset.path));
        let problem = reader.problem(Code::MissingFile, span, format!("there is no file \"{path}\" in content/"));
        reader.report(problem.maybe_hint(near.map(|near| format!("did you mean \"/{near}\"?"))));
        None
    }

    fn prose(&self, reader: &mut Reader<'_>, lang: Lang, markdown: &str, span: Span) -> Body {
        let notes = format!("at{}_", span.start);
        let tag = self.config.languages.tag(lang);
        let compiler = Markdown { source: reader.source, tag, html: self.config.html, notes: &notes };
        let prose = compiler.compile_value(markdown, span, &mut reader.problems);
        Body::of_value(&reader.source.path, markdown, prose)
    }
}
