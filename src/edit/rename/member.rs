//! Another name for a part of a type: a field, a relation, an inverse, a derived relation, an attribute, a field of
//! records or a choice.

use super::names::{self, Names};
use super::usual::Member;
use crate::compile::Checked;
use crate::diagnostics::{Code, Diagnostic};
use crate::edit::change::Change;
use crate::edit::draft::Draft;
use crate::edit::references::{may_name, references};
use crate::edit::refusal::Refusal;
use crate::edit::subject::Subject;
use crate::model::{Ecosystem, FieldId, Meaning};
use crate::parse::{self, Role};
use crate::schema::{self, Relation, RelationId, TypeId, is_id};
use crate::source::CONTENT;
use crate::table::WrittenKey;
use crate::text::SourceText;

/// Gives a part of a type another name; `new` is the name alone.
pub(super) fn rename(checked: &Checked, subject: Subject, new: &str) -> Result<Change, Refusal> {
    let ecosystem = &checked.ecosystem;
    let part = Part::of(ecosystem, subject)?;
    if !is_id(new, true) {
        let advice = "use only small letters without accents, digits, hyphens and underscores";
        return Err(Refusal::Wish(format!("\"{new}\" can't be a name here: {advice}")));
    }
    if *new == *part.old {
        return Ok(Change::default());
    }
    let mut draft = Draft::default();
    let found = references(checked, |source| may_name(source, &part.old));
    // A key that goes is not renamed.
    if let Some(meaning) = part.meanings.first() {
        Member { meaning, old: &part.old, new }.keep(checked, &mut draft);
    }
    let names = Names { old: &part.old, new, meanings: part.meanings.clone() };
    names.replace(ecosystem, &found, &mut draft);
    if let Some(path) = &part.declared {
        let path: Vec<&str> = path.iter().map(|key| &**key).collect();
        let declarations = ecosystem.texts().filter(|source| declares(source, ecosystem, part.owner));
        names.replace_keys(declarations, |key| key.is_at(&path), &mut draft);
    }
    for path in &part.written {
        profiles(ecosystem, part.owner, &names, path, &mut draft);
    }
    for relation in &part.implied {
        implied_inverse(ecosystem, *relation, new, &found, &mut draft);
    }
    if !matches!(subject, Subject::Choice(..)) {
        names::report_in_themes(checked, &part.old, &mut draft);
    }
    Ok(draft.finish())
}

/// Where the name of a part of a type is written.
struct Part {
    owner: TypeId,
    old: Box<str>,
    /// The path of its key in the declaration of the type.
    declared: Option<Vec<Box<str>>>,
    /// The paths that its key can have in a profile.
    written: Vec<Vec<Box<str>>>,
    /// What its name means, where it is a value.
    meanings: Vec<Meaning>,
    /// The relations whose inverses have a name that is made of this one.
    implied: Vec<RelationId>,
}

impl Part {
    fn of(ecosystem: &Ecosystem, subject: Subject) -> Result<Self, Refusal> {
        let schema = &ecosystem.schema;
        match subject {
            Subject::Field(field) => Ok(Self::field(ecosystem, field)),
            Subject::Relation(id) => {
                let relation = schema.relation(id);
                let mut meanings = vec![Meaning::Relation(id)];
                meanings.extend(relation.symmetric.then_some(Meaning::Inverse(id)));
                Ok(Self {
                    owner: relation.owner,
                    old: relation.id.clone(),
                    declared: Some(vec!["fields".into(), relation.id.clone()]),
                    written: vec![vec![relation.id.clone()]],
                    meanings,
                    implied: has_implied_inverse(ecosystem, relation).then_some(id).into_iter().collect(),
                })
            }
            Subject::Inverse(id, at) => Self::inverse(ecosystem, id, at),
            Subject::Derived(owner, at) => {
                let old = schema.get(owner).derived[at].id.clone();
                Ok(Self {
                    owner,
                    declared: Some(vec!["derived".into(), old.clone()]),
                    written: Vec::new(),
                    meanings: vec![Meaning::Derived(owner, at)],
                    implied: Vec::new(),
                    old,
                })
            }
            Subject::Choice(field, at) => {
                let old = ecosystem.field(field).kind.choices()[at].id.clone();
                let outer = Self::field(ecosystem, field);
                let declared = outer.declared.into_iter().flatten().chain(["choices".into(), old.clone()]).collect();
                let (declared, meanings) = (Some(declared), vec![Meaning::Choice(field, Some(at))]);
                Ok(Self { old, declared, written: Vec::new(), meanings, ..outer })
            }
            Subject::Entity(_) | Subject::Page(_) | Subject::Type(_) => {
                Err(Refusal::Wish(String::from("this is no part of a type")))
            }
        }
    }

    fn field(ecosystem: &Ecosystem, id: FieldId) -> Self {
        let schema = &ecosystem.schema;
        let old: Box<str> = ecosystem.field(id).id.into();
        let of_type = |owner: TypeId, field: usize| (owner, schema.get(owner).fields[field].id.clone());
        let (owner, outer) = match id {
            FieldId::OfType(owner, _) => {
                let declared = Some(vec!["fields".into(), old.clone()]);
                return Self::written(owner, declared, vec![vec![old.clone()]], Meaning::Field(id), old);
            }
            FieldId::OfRelation(relation, _) => (schema.relation(relation).owner, schema.relation(relation).id.clone()),
            FieldId::OfField(owner, field, _) | FieldId::OfRecord(owner, field, _) => of_type(owner, field),
        };
        let is_column = matches!(id, FieldId::OfRecord(..));
        let inner = if is_column { "fields" } else { "attributes" };
        let declared = Some(vec!["fields".into(), outer.clone(), inner.into(), old.clone()]);
        let mut written = vec![vec![outer.clone(), old.clone()]];
        if is_column {
            // A record with attributes is in the table of its value.
            written.push(vec![outer, "value".into(), old.clone()]);
        }
        Self::written(owner, declared, written, Meaning::Field(id), old)
    }

    fn written(
        owner: TypeId,
        declared: Option<Vec<Box<str>>>,
        written: Vec<Vec<Box<str>>>,
        meaning: Meaning,
        old: Box<str>,
    ) -> Self {
        Self { owner, old, declared, written, meanings: vec![meaning], implied: Vec::new() }
    }

    /// An inverse: of all relations that share it.
    fn inverse(ecosystem: &Ecosystem, id: RelationId, at: TypeId) -> Result<Self, Refusal> {
        let schema = &ecosystem.schema;
        let old = schema.relation(id).inverse.clone();
        let shared = schema.get(at).inverses.iter().copied().filter(|other| schema.relation(*other).inverse == old);
        let shared: Vec<RelationId> = shared.collect();
        let implied = shared.iter().map(|id| schema.relation(*id)).find(|it| has_implied_inverse(ecosystem, it));
        if let Some(relation) = implied {
            let message = format!("the inverse of \"{}\" has no name of its own, but \"{old}\"", relation.id);
            let hint = "give it one in the declaration: inverse = { id = \"…\", label = \"…\" }";
            return Err(Diagnostic::new(Code::NameTaken, relation.place.clone(), message).hint(hint).into());
        }
        let meanings = shared.into_iter().map(Meaning::Inverse).collect();
        Ok(Self { owner: at, old, declared: None, written: Vec::new(), meanings, implied: Vec::new() })
    }
}

/// Whether the inverse of a relation is named after its type and its own id.
fn has_implied_inverse(ecosystem: &Ecosystem, relation: &Relation) -> bool {
    let owner = &ecosystem.schema.get(relation.owner).id;
    !relation.symmetric && *relation.inverse == *format!("{owner}_{}", relation.id)
}

/// Replaces the name of an inverse that is made of the id of the relation.
fn implied_inverse(
    ecosystem: &Ecosystem,
    id: RelationId,
    new: &str,
    found: &[crate::edit::references::Reference],
    draft: &mut Draft,
) {
    let relation = ecosystem.schema.relation(id);
    let new = format!("{}_{new}", ecosystem.schema.get(relation.owner).id);
    let names = Names { old: &relation.inverse, new: &new, meanings: vec![Meaning::Inverse(id)] };
    names.replace(ecosystem, found, draft);
}

/// Whether a text declares a type.
fn declares(source: &SourceText, ecosystem: &Ecosystem, owner: TypeId) -> bool {
    schema::type_of(&source.path) == Some(&*ecosystem.schema.get(owner).id)
}

/// Replaces a key in all profiles of a type and in their translations.
fn profiles(ecosystem: &Ecosystem, owner: TypeId, names: &Names<'_>, path: &[Box<str>], draft: &mut Draft) {
    let folder = format!("{CONTENT}/{}/", ecosystem.schema.get(owner).id);
    let texts = ecosystem.texts().filter(|source| source.path.starts_with(&*folder) && may_name(source, names.old));
    for source in texts {
        let document = parse::document(source, &ecosystem.config, &ecosystem.schema);
        let depth = match document.role {
            Role::Entity(..) => 0,
            Role::List(_) => 1,
            Role::Index(_) | Role::Page(_) | Role::Nothing => continue,
        };
        let is_key = |key: &WrittenKey| key.path.len() == depth + path.len() && key.path[depth..] == *path;
        names.replace_keys(std::iter::once(source), is_key, draft);
    }
}
