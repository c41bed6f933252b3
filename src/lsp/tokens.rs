//! Semantic tokens: wikilinks and citations, which editors that know Markdown do not know.

use lsp_types::{
    SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensLegend,
    SemanticTokensParams, SemanticTokensResult,
};

use super::context::Context;
use crate::model::Target;
use crate::parse::SlotKind;

/// The types of tokens, in the order of their numbers.
const LINK: u32 = 0;
const CITATION: u32 = 1;
/// The bit of the modifier of links that lead nowhere.
const BROKEN: u32 = 1;

/// The names of the types and modifiers.
pub(super) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: vec![SemanticTokenType::CLASS, SemanticTokenType::NUMBER],
        token_modifiers: vec![SemanticTokenModifier::DEPRECATED],
    }
}

/// Answers the request.
pub(super) fn tokens(context: &Context<'_>, params: SemanticTokensParams) -> Option<SemanticTokensResult> {
    let file = context.file_at(&params.text_document.uri)?;
    let mut data = Vec::new();
    let mut last = lsp_types::Position::default();
    let mut end = 0;
    for (span, kind, target) in context.slots_in(&file) {
        let is_wiki = matches!(kind, SlotKind::Wiki { .. } | SlotKind::Embed { .. });
        let text = file.text().get(span.range()).unwrap_or_default();
        // A token is in one line, and no token is inside another one.
        if !is_wiki || !text.starts_with(['[', '!']) || text.contains('\n') || span.start < end {
            continue;
        }
        end = span.end;
        let is_citation = matches!(target, Target::Entity(id, _) if {
            let entity_type = context.ecosystem.entity(*id).entity_type;
            context.ecosystem.schema.get(entity_type).citation
        });
        let range = context.range(&file, span);
        let same_line = range.start.line == last.line;
        data.push(SemanticToken {
            delta_line: range.start.line - last.line,
            delta_start: if same_line { range.start.character - last.character } else { range.start.character },
            length: range.end.character - range.start.character,
            token_type: if is_citation { CITATION } else { LINK },
            token_modifiers_bitset: if *target == Target::Nothing { BROKEN } else { 0 },
        });
        last = range.start;
    }
    Some(SemanticTokensResult::Tokens(SemanticTokens { result_id: None, data }))
}
