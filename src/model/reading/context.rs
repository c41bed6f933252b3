//! The data that the readers of entities and pages share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::config::Config;
use crate::diagnostics::Code;
use crate::locale::Lang;
use crate::model::assets::AssetsByNfc;
use crate::model::body::Body;
use crate::model::path;
use crate::parse::Markdown;
use crate::reader::Reader;
use crate::schema::Schema;
use crate::source::{Asset, CONTENT};
use crate::text::{Place, Span};
use crate::values::Host;

/// The data that the readers of entities and pages share.
pub(in crate::model) struct Context<'a> {
    pub config: &'a Config,
    pub schema: &'a Schema,
    pub assets: &'a [Asset],
    pub assets_by_nfc: &'a AssetsByNfc,
    pub drafts: bool,
    /// The files that documents name and that do not exist, each with the place of its diagnostic. The diagnostics get their hints
    /// later, together with those about other names.
    pub missing: &'a Mutex<HashMap<Place, Box<str>>>,
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
        let asset = self.assets_by_nfc.find(self.assets, &path);
        if asset.is_none() {
            let problem = reader.problem(Code::MissingFile, span, format!("there is no file \"{path}\" in content/"));
            let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
            missing.insert(problem.place.clone(), path.into());
            reader.report(problem);
        }
        asset.map(|asset| asset.path.clone())
    }

    fn prose(&self, reader: &mut Reader<'_>, lang: Lang, markdown: &str, span: Span) -> Body {
        let tag = self.config.languages.tag(lang);
        // A page can show values of several files, such as the attributes of links to its entity.
        let file = reader.source.path.trim_start_matches(CONTENT).trim_start_matches('/').replace(['/', '.'], "-");
        let notes = format!("{file}_at{}_{tag}_", span.start);
        let compiler = Markdown { source: reader.source, tag, html: self.config.html, notes: &notes };
        let prose = compiler.compile_value(markdown, span, &mut reader.problems);
        Body::of_value(&reader.source.path, markdown, prose)
    }
}
