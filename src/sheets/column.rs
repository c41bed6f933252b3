//! The columns of a sheet.
//!
//! In: a type. Out: its columns in the order of the schema. Texts have a column for each language.

use super::words::Words;
use crate::locale::{Lang, LocalText};
use crate::model::Ecosystem;
use crate::schema::{Field, Member, RelationId, TypeId};
use crate::values::Kind;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// What it is: `title`, `title@en`, the id of a field or of a relation.
    pub id: String,
    /// What people read above it.
    pub label: String,
    /// What it shows of an entity.
    pub part: Part,
    /// The language of its texts.
    pub lang: Lang,
}

/// What a column shows of an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Id,
    Title,
    Summary,
    Aliases,
    Keywords,
    Updated,
    Verified,
    Draft,
    Field(usize),
    Relation(RelationId),
}

impl Column {
    /// Whether a cell can have several values, each on a line.
    pub(super) fn is_many(&self, ecosystem: &Ecosystem, owner: TypeId) -> bool {
        match self.part {
            Part::Aliases | Part::Keywords => true,
            Part::Field(at) => ecosystem.schema.get(owner).fields[at].many,
            Part::Relation(relation) => !ecosystem.schema.relation(relation).one,
            _ => false,
        }
    }
}

/// The columns of a type, with labels in a language.
pub(super) fn columns(ecosystem: &Ecosystem, owner: TypeId, lang: Lang) -> Vec<Column> {
    let languages = &ecosystem.config.languages;
    let words = Words::new(languages.tag(lang));
    let column = |id: &str, label: &str, part| Column { id: id.into(), label: label.into(), part, lang: Lang::DEFAULT };
    let by_language = |id: &str, label: &str, part| {
        let columns = languages.all().map(|in_lang| Column {
            lang: in_lang,
            ..column(&in_language(ecosystem, id, in_lang), &label_in(ecosystem, label, in_lang), part)
        });
        columns.collect::<Vec<_>>()
    };
    let mut columns = vec![column("id", words.get("id"), Part::Id)];
    let texts =
        [("title", Part::Title), ("summary", Part::Summary), ("aliases", Part::Aliases), ("keywords", Part::Keywords)];
    for (id, part) in texts {
        columns.extend(by_language(id, words.get(id), part));
    }
    let info = ecosystem.schema.get(owner);
    for member in &info.members {
        match member {
            Member::Field(at) => {
                let field = &info.fields[*at];
                let label = own_label(&field.label, &field.id, lang);
                match is_in_sheets(field) {
                    false => {}
                    true if field.kind.is_text() => columns.extend(by_language(&field.id, label, Part::Field(*at))),
                    true => columns.push(column(&field.id, label, Part::Field(*at))),
                }
            }
            Member::Relation(id) => {
                let relation = ecosystem.schema.relation(*id);
                columns.push(column(&relation.id, own_label(&relation.label, &relation.id, lang), Part::Relation(*id)));
            }
        }
    }
    columns.extend(
        [("updated", Part::Updated), ("verified", Part::Verified), ("draft", Part::Draft)]
            .map(|(id, part)| column(id, words.get(id), part)),
    );
    columns
}

/// Whether a sheet has a column for a field: pictures stay in the profiles.
pub(super) fn is_in_sheets(field: &Field) -> bool {
    !matches!(field.kind, Kind::Image(_))
}

/// `title@en`
fn in_language(ecosystem: &Ecosystem, id: &str, lang: Lang) -> String {
    if lang == Lang::DEFAULT { id.to_owned() } else { format!("{id}@{}", ecosystem.config.languages.tag(lang)) }
}

/// `Titre (en)`; a site of one language has no tags.
fn label_in(ecosystem: &Ecosystem, label: &str, lang: Lang) -> String {
    let languages = &ecosystem.config.languages;
    if languages.count() < 2 { label.to_owned() } else { format!("{label} ({})", languages.tag(lang)) }
}

pub(super) fn own_label<'a>(label: &'a LocalText, id: &'a str, lang: Lang) -> &'a str {
    Some(label.text(lang)).filter(|label| !label.is_empty()).unwrap_or(id)
}
