//! The kind `text`: a line of text, in several languages.

use regex::Regex;
use serde::Serializer;

use super::json::by_language;
use serde_json::json;

use crate::config::Config;
use crate::diagnostics::Code;
use crate::locale::{Lang, LocalText};
use crate::reader::Reader;
use crate::table::Value;
use crate::values::kind::{Declaration, FacetOption, Format, HasMarkdown, Host, Item, Rank, Source, ValueKind};

/// A line of text.
#[derive(Debug, Clone, Default)]
pub struct TextKind {
    /// The regular expression that the whole text must match.
    pub pattern: Option<Regex>,
}

impl ValueKind for TextKind {
    type Value<B> = LocalText;

    const NAME: &'static str = "text";
    const KEYS: &'static [&'static str] = &["pattern"];
    const IS_FACET: bool = true;
    const IS_TEXT: bool = true;

    fn declare(declaration: &mut Declaration<'_, '_>) -> Self {
        let pattern = declaration.table.get("pattern");
        Self { pattern: pattern.and_then(|value| regex(declaration.reader, value)) }
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<LocalText> {
        let texts = source.reader.localised(value)?;
        if let Some(pattern) = &self.pattern {
            texts.iter().for_each(|(_, text)| check_pattern(source, pattern, value, text));
        }
        Some(texts)
    }

    fn translate<H: Host>(texts: &mut LocalText, source: &mut Source<'_, '_, H>, lang: Lang, text: &Value) {
        if let Some(text) = source.reader.words(text) {
            texts.set(lang, text);
        }
    }

    fn json_schema(&self, text: &serde_json::Value, _lang: Lang) -> serde_json::Value {
        match &self.pattern {
            // The whole text has to match, of which JSON Schema has no notion of its own.
            Some(pattern) => {
                json!({ "anyOf": [{ "type": "string", "pattern": pattern.as_str() }, { "type": "object" }] })
            }
            None => text.clone(),
        }
    }

    fn is_same<B: HasMarkdown>(a: &LocalText, b: &LocalText) -> bool {
        a == b
    }

    fn is_blank<B>(texts: &LocalText) -> bool {
        texts.iter().all(|(_, text)| text.trim().is_empty())
    }

    fn rank<B>(texts: &LocalText, lang: Lang) -> Rank<'_> {
        Rank::Text(texts.text(lang))
    }

    fn option<B>(&self, texts: &LocalText, format: &dyn Format<B>) -> Option<FacetOption> {
        let id = texts.text(Lang::DEFAULT).trim().to_owned();
        Some(FacetOption { rank: 0.0, id, text: format.words(texts).text })
    }

    fn item<B>(&self, texts: &LocalText, format: &mut dyn Format<B>) -> Item {
        Item::of_text(texts, format)
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        texts: &LocalText,
        config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        by_language(texts, config, serializer, |text| text)
    }

    fn cell<B: HasMarkdown>(&self, texts: &LocalText, _config: &Config, lang: Lang) -> String {
        texts.exactly(lang).map(ToString::to_string).unwrap_or_default()
    }

    fn schema_org<B>(&self, texts: &LocalText, lang: Lang) -> Option<serde_json::Value> {
        Some(texts.text(lang).into())
    }
}

/// Reports a text that does not match the pattern of its field.
pub(super) fn check_pattern<H>(source: &mut Source<'_, '_, H>, pattern: &Regex, value: &Value, text: &str) {
    if pattern.is_match(text) {
        return;
    }
    let form = pattern.as_str().trim_start_matches("^(?:").trim_end_matches(")$");
    let message = format!("\"{text}\" does not match the pattern of \"{}\"", source.id);
    let help = source.help.text(Lang::DEFAULT);
    let hint = if help.is_empty() { format!("the pattern is {form}") } else { help.to_owned() };
    source.reader.report(source.reader.problem(Code::PatternMismatch, value.span, message).hint(hint));
}

pub(super) fn regex(reader: &mut Reader<'_>, value: &Value) -> Option<Regex> {
    let text = reader.text(value)?;
    // The whole text has to match, as in HTML's `pattern`.
    match regex::RegexBuilder::new(&format!("^(?:{text})$")).size_limit(1 << 20).build() {
        Ok(regex) => Some(regex),
        Err(error) => {
            let error = error.to_string();
            let reason = error.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            let message = format!("\"{text}\" is not a valid regular expression");
            reader.report(reader.problem(Code::BadPattern, value.span, message).hint(reason));
            None
        }
    }
}
