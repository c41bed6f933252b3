//! The kind `markdown`: prose in several languages.

use serde::Serializer;

use super::json::by_language;
use crate::config::Config;
use crate::locale::{Lang, Localised};
use crate::table::{Data, Value};
use crate::values::kind::{Declaration, Format, HasMarkdown, Host, Item, Raw, Source, ValueKind};

/// Markdown, which is compiled when it is read.
#[derive(Debug, Clone)]
pub struct MarkdownKind;

impl ValueKind for MarkdownKind {
    type Value<B> = Localised<B>;

    const NAME: &'static str = "markdown";
    const IS_TEXT: bool = true;

    fn declare(_declaration: &mut Declaration<'_, '_>) -> Self {
        Self
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<Localised<H::Prose>> {
        let Source { reader, host, .. } = source;
        let mut prose = Localised::default();
        if let Data::Text(text) = &value.data {
            prose.set(Lang::DEFAULT, host.prose(reader, Lang::DEFAULT, text, value.span));
            return Some(prose);
        }
        if let Data::Table(table) = &value.data {
            for entry in &table.entries {
                if let (Some(lang), Some(text)) = (reader.languages.find(&entry.key), entry.value.as_text()) {
                    prose.set(lang, host.prose(reader, lang, text, entry.value.span));
                }
            }
        }
        // All valid texts have been read above; this reports anything else.
        reader.localised(value)?;
        Some(prose)
    }

    fn translate<H: Host>(prose: &mut Localised<H::Prose>, source: &mut Source<'_, '_, H>, lang: Lang, text: &Value) {
        if let Some(markdown) = source.reader.text(text) {
            prose.set(lang, source.host.prose(source.reader, lang, &markdown, text.span));
        }
    }

    fn json_schema(&self, text: &serde_json::Value, _lang: Lang) -> serde_json::Value {
        text.clone()
    }

    fn is_same<B: HasMarkdown>(a: &Localised<B>, b: &Localised<B>) -> bool {
        let texts = |prose: &Localised<B>| -> Vec<(Lang, String)> {
            prose.iter().map(|(lang, prose)| (lang, prose.markdown().to_owned())).collect()
        };
        texts(a) == texts(b)
    }

    fn prose<'v, B>(prose: &'v Localised<B>, out: &mut Vec<&'v Localised<B>>) {
        out.push(prose);
    }

    fn prose_mut<'v, B>(prose: &'v mut Localised<B>, out: &mut Vec<&'v mut Localised<B>>) {
        out.push(prose);
    }

    fn item<B>(&self, prose: &Localised<B>, format: &mut dyn Format<B>) -> Item {
        let (lang, prose) =
            prose.best(format.lang()).map_or((format.lang(), None), |(lang, prose)| (lang, Some(prose)));
        Item { html: prose.map(|prose| format.html(prose)), ..Item::new("", lang, Raw::Nothing) }
    }

    fn plain<B>(&self, prose: &Localised<B>, format: &mut dyn Format<B>) -> String {
        prose.best(format.lang()).map(|(_, prose)| format.text(prose)).unwrap_or_default()
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        prose: &Localised<B>,
        config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        by_language(prose, config, serializer, HasMarkdown::markdown)
    }

    fn cell<B: HasMarkdown>(&self, prose: &Localised<B>, _config: &Config, lang: Lang) -> String {
        prose.exactly(lang).map(|prose| prose.markdown().to_owned()).unwrap_or_default()
    }
}
