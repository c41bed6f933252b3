//! The kind `choice`: one of the values that the schema lists.

use serde::Serializer;
use serde_json::json;

use crate::config::Config;
use crate::diagnostics::{self, Code, Hint};
use crate::locale::{Lang, LocalText, folded};
use crate::table::Value;
use crate::values::choice::Choice;
use crate::values::kind::{Declaration, FacetOption, Format, HasMarkdown, Host, Item, Rank, Source, ValueKind};
use crate::values::sheet::{self, SheetCell};

/// One of the choices.
#[derive(Debug, Clone, Default)]
pub struct ChoiceKind {
    /// The possible values, in the order of their declaration.
    pub choices: Vec<Choice>,
}

impl ValueKind for ChoiceKind {
    /// The index in [`ChoiceKind::choices`].
    type Value<B> = usize;

    const NAME: &'static str = "choice";
    const KEYS: &'static [&'static str] = &["choices"];
    const IS_FACET: bool = true;

    fn declare(declaration: &mut Declaration<'_, '_>) -> Self {
        let Declaration { reader, kind, table } = declaration;
        const EXAMPLE: &str = "choices = { yes = { fr = \"Oui\", en = \"Yes\" } }";
        let Some(value) = table.get("choices") else {
            let message = "a field of kind \"choice\" needs \"choices\"";
            let problem = reader.problem(Code::BadField, kind.value.span, message);
            reader.report(problem.hint(format!("add: {EXAMPLE}")));
            return Self::default();
        };
        let Some(table) = reader.table(value) else { return Self::default() };
        if table.entries.is_empty() {
            let problem = reader.problem(Code::BadField, value.span, "\"choices\" is empty");
            reader.report(problem.hint(format!("declare at least one: {EXAMPLE}")));
        }
        let choices = table.entries.iter().map(|entry| Choice {
            id: entry.key.clone(),
            label: reader.localised(&entry.value).unwrap_or_else(|| LocalText::only_default(entry.key.clone())),
        });
        Self { choices: choices.collect() }
    }

    fn read<H: Host>(&self, source: &mut Source<'_, '_, H>, value: &Value) -> Option<usize> {
        let text = source.reader.text(value)?;
        let index = self.choices.iter().position(|choice| choice.id == text);
        if index.is_none() {
            let message = format!("\"{}\" can't be \"{text}\"", source.id);
            let problem = source.reader.problem(Code::NotAChoice, value.span, message);
            source.reader.report(problem.hint(self.suggestion(&text)));
        }
        index
    }

    fn json_schema(&self, _text: &serde_json::Value, lang: Lang) -> serde_json::Value {
        let ids: Vec<&str> = self.choices.iter().map(|choice| &*choice.id).collect();
        let labels: Vec<&str> = self.choices.iter().map(|choice| choice.label.text(lang)).collect();
        json!({ "type": "string", "enum": ids, "x-taplo": { "docs": { "enumValues": labels } } })
    }

    fn is_same<B: HasMarkdown>(a: &usize, b: &usize) -> bool {
        a == b
    }

    fn choices(&self) -> &[Choice] {
        &self.choices
    }

    fn rank<B>(index: &usize, _lang: Lang) -> Rank<'_> {
        Rank::Integer(*index as i64)
    }

    fn option<B>(&self, index: &usize, format: &dyn Format<B>) -> Option<FacetOption> {
        let choice = self.choices.get(*index)?;
        Some(FacetOption { rank: *index as f64, id: choice.id.to_string(), text: format.words(&choice.label).text })
    }

    fn possible<B>(&self, format: &dyn Format<B>) -> Vec<FacetOption> {
        (0..self.choices.len()).filter_map(|index| self.option(&index, format)).collect()
    }

    fn item<B>(&self, index: &usize, format: &mut dyn Format<B>) -> Item {
        let choice = &self.choices[*index];
        Item { raw: (*choice.id).into(), ..Item::of_text(&choice.label, format) }
    }

    fn json<B: HasMarkdown, S: Serializer>(
        &self,
        index: &usize,
        _config: &Config,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.choices[*index].id)
    }

    fn cell<B: HasMarkdown>(&self, index: &usize, _config: &Config, _lang: Lang) -> String {
        self.choices[*index].id.to_string()
    }

    fn sheet<B: HasMarkdown>(&self, index: &usize, _config: &Config, lang: Lang) -> SheetCell {
        SheetCell::Text(self.choices[*index].label.text(lang).to_owned())
    }

    fn entered<B>(&self, cell: &SheetCell, _like: Option<&usize>) -> Option<String> {
        let text = cell.text();
        let wanted = folded(text.trim());
        let by_id = self.choices.iter().find(|choice| *choice.id == *text.trim());
        let is_label = |choice: &&Choice| choice.label.iter().any(|(_, label)| folded(label) == wanted);
        by_id.or_else(|| self.choices.iter().find(is_label)).map(|choice| sheet::toml_text(&choice.id))
    }

    fn schema_org<B>(&self, index: &usize, lang: Lang) -> Option<serde_json::Value> {
        Some(self.choices[*index].label.text(lang).into())
    }
}

impl ChoiceKind {
    /// A hint for a text that is not the id of a choice. The most common mistake is a label in place of the id.
    fn suggestion(&self, text: &str) -> Hint {
        let ids = || self.choices.iter().map(|choice| &*choice.id);
        let is_label =
            |choice: &&Choice| choice.label.iter().any(|(_, label)| label.to_lowercase() == text.to_lowercase());
        match self.choices.iter().find(is_label) {
            Some(choice) => diagnostics::meant(text, &choice.id),
            None => diagnostics::did_you_mean(text, ids())
                .unwrap_or_else(|| format!("write {}", diagnostics::list(ids())).into()),
        }
    }
}
