//! Resolves the references between types: targets of relations, inverses and the paths of derived relations.

use super::declarations::{Derived, Field, Member, Relation, Schema, Sort, Step, Type};
use super::ids::{RelationId, TypeId};
use super::read::{MemberDraft, TypeDraft};
use super::relations::{DerivedDraft, RelationDraft};
use super::{headline, inverses, signs, title_language};
use crate::diagnostics::{self, Code, Diagnostic, Hint};
use crate::locale::Languages;
use crate::text::Place;
use crate::values::{Kind, TextKind};

/// Makes a schema of all types. Targets of unknown types and derived relations with impossible paths are reported and
/// left out.
pub(super) fn schema(drafts: Vec<TypeDraft>, languages: &Languages, problems: &mut Vec<Diagnostic>) -> Schema {
    let types: Vec<Type> = drafts.iter().map(|draft| draft.entity_type.clone()).collect();
    let mut schema = Schema::default();
    let mut labelled = Vec::new();
    let (mut later, mut sources, mut signs) = (Vec::new(), Vec::new(), Vec::new());
    for (index, draft) in drafts.into_iter().enumerate() {
        let owner = TypeId::new(index);
        let mut fields = Vec::new();
        let mut members = Vec::new();
        for member in draft.members {
            match member {
                MemberDraft::Field(field) => {
                    members.push(Member::Field(fields.len()));
                    fields.push(field);
                }
                MemberDraft::Relation(relation) => {
                    members.push(Member::Relation(RelationId::new(schema.relations.len())));
                    labelled.push(relation.inverse.as_ref().is_some_and(|(.., label)| label.is_some()));
                    schema.relations.push(self::relation(owner, relation, &types, problems));
                }
            }
        }
        let headline = headline::resolve(draft.headline, &fields, problems);
        let citation = draft.entity_type.citation;
        let title_language = title_language::resolve(draft.title_language, &fields, citation, problems);
        check_order(&fields, problems);
        later.push((draft.derived, draft.sort));
        sources.push(draft.sources);
        signs.push(draft.sign);
        schema.types.push(Type { headline, title_language, fields, members, ..draft.entity_type });
    }
    for (index, name) in sources.into_iter().enumerate() {
        schema.types[index].sources = to_sources(&schema, TypeId::new(index), name, problems);
    }
    signs::resolve(&mut schema.types, &signs, languages, problems);
    inverses::resolve(&mut schema, labelled, problems);
    for (index, (derived, order)) in later.into_iter().enumerate() {
        let owner = TypeId::new(index);
        let resolved = derived.into_iter().filter_map(|draft| path(&schema, owner, draft, problems)).collect();
        schema.types[index].derived = resolved;
        schema.types[index].sort = sort(&schema, owner, order, problems);
    }
    inverses::clashes(&schema, problems);
    schema
}

/// Resolves the order of a type.
fn sort(schema: &Schema, owner: TypeId, sort: Option<(Box<str>, Place)>, problems: &mut Vec<Diagnostic>) -> Sort {
    let Some((text, place)) = sort.filter(|(text, _)| &**text != "title") else { return Sort::Title };
    let (name, descending) = match text.strip_prefix('-') {
        Some(name) => (name, true),
        None => (&*text, false),
    };
    if let Some((_, property)) = schema.properties(owner).find(|(id, _)| *id == name) {
        return Sort::By { property, descending };
    }
    let ids = || schema.properties(owner).map(|(id, _)| id);
    let hint = diagnostics::did_you_mean(name, ids())
        .unwrap_or_else(|| format!("sort by {}", diagnostics::list(std::iter::once("title").chain(ids()))).into());
    let message = format!("the type has no field or relation \"{name}\" to sort by");
    problems.push(Diagnostic::new(Code::BadField, place, message).hint(hint));
    Sort::Title
}

/// The relation from the entities of a type to their sources: the one that the type names, or else `sources`.
fn to_sources(
    schema: &Schema,
    owner: TypeId,
    name: Option<(Box<str>, Place)>,
    problems: &mut Vec<Diagnostic>,
) -> Option<RelationId> {
    let relations = || schema.relations_of(owner).filter(|(_, relation)| relation.citation);
    let find = |name: &str| relations().find(|(_, relation)| &*relation.id == name).map(|(id, _)| id);
    let Some((name, place)) = name else { return find("sources") };
    let relation = find(&name);
    if relation.is_none() {
        let ids = || relations().map(|(_, relation)| &*relation.id);
        let hint = diagnostics::did_you_mean(&name, ids())
            .unwrap_or_else(|| format!("relations to sources are {}", diagnostics::list(ids())).into());
        let message = format!("the type has no relation \"{name}\" to types with citation = true");
        problems.push(Diagnostic::new(Code::BadField, place, message).hint(hint));
    }
    relation
}

/// Reports fields whose `after` names no field with an order.
fn check_order(fields: &[Field], problems: &mut Vec<Diagnostic>) {
    for field in fields {
        let Some((name, place)) = &field.after else { continue };
        let ids =
            || fields.iter().filter(|other| other.kind.is_sortable() && other.id != field.id).map(|other| &*other.id);
        if !field.kind.is_sortable() || !ids().any(|id| id == &**name) {
            let message = format!("\"{}\" can't be after \"{name}\"", field.id);
            let hint = diagnostics::did_you_mean(name, ids()).unwrap_or_else(|| {
                String::from("both have to be fields of this table, and dates, years or numbers").into()
            });
            problems.push(Diagnostic::new(Code::BadField, place.clone(), message).hint(hint));
        }
    }
}

/// Resolves a relation.
fn relation(owner: TypeId, draft: RelationDraft, types: &[Type], problems: &mut Vec<Diagnostic>) -> Relation {
    let Field { id, place, label, help, required, facet, brief, schema_org, .. } = draft.field;
    let to = targets(&draft.to, types, problems);
    let citation = !to.is_empty() && to.iter().all(|target| types[target.index()].citation);
    let declared = draft.inverse.as_ref();
    let symmetric = declared.is_some_and(|(inverse, ..)| *inverse == id && to.contains(&owner));
    // A relation without a declared inverse is labelled at its targets with the plural of its owner.
    let inverse = declared.map_or_else(|| format!("{}_{id}", types[owner.index()].id).into(), |(id, ..)| id.clone());
    let inverse_label =
        declared.and_then(|(.., label)| label.clone()).unwrap_or_else(|| types[owner.index()].plural.clone());
    let can_be_hierarchy = to == [owner] && !symmetric;
    if let Some(place) = &draft.hierarchy
        && !can_be_hierarchy
    {
        let message = format!("the relation \"{id}\" can't be a hierarchy");
        let hint = "a hierarchy leads from an entity to its parent: \"to\" names only the type itself, and the inverse has another id";
        problems.push(Diagnostic::new(Code::BadField, place.clone(), message).hint(hint));
    }
    let mut attributes = draft.attributes;
    check_order(&attributes, problems);
    if citation && !attributes.iter().any(|attribute| &*attribute.id == "at") {
        attributes.push(locator(&place));
    }
    Relation {
        id,
        place: declared.filter(|_| !symmetric).map_or(place.clone(), |(_, place, _)| place.clone()),
        owner,
        to,
        one: draft.one,
        is_incomplete: draft.to.iter().any(|(name, _)| types.iter().all(|other| other.id != *name)),
        to_itself: draft.to_itself,
        required,
        facet,
        brief,
        label,
        help,
        schema_org,
        inverse,
        inverse_label,
        symmetric,
        hierarchy: can_be_hierarchy && draft.hierarchy.is_some(),
        citation,
        attributes,
    }
}

/// The types that a relation leads to. Unknown types are reported and left out.
fn targets(names: &[(Box<str>, Place)], types: &[Type], problems: &mut Vec<Diagnostic>) -> Vec<TypeId> {
    let mut to: Vec<TypeId> = Vec::new();
    for (name, place) in names {
        match types.iter().position(|other| other.id == *name) {
            Some(index) if !to.contains(&TypeId::new(index)) => to.push(TypeId::new(index)),
            Some(_) => {}
            None => {
                let problem = Diagnostic::new(Code::UnknownType, place.clone(), format!("there is no type \"{name}\""));
                problems.push(problem.hint(hint_for_type(name, types)));
            }
        }
    }
    to
}

/// What the id of a type that does not exist may mean: one like it, or the new id of a type that has it as a name.
pub(crate) fn hint_for_type(name: &str, types: &[Type]) -> Hint {
    let ids = || types.iter().map(|entity_type| &*entity_type.id);
    if let Some(near) = diagnostics::did_you_mean(name, ids()) {
        return near;
    }
    match types.iter().find(|entity_type| entity_type.is_called(name)) {
        Some(renamed) => {
            let text = format!("did you rename the folder \"{name}\" to \"{}\"? Then write the new name", renamed.id);
            Hint { text, ..diagnostics::meant(name, &renamed.id) }
        }
        None => format!("the types are {}", diagnostics::list_all(ids())).into(),
    }
}

/// The attribute `at` of every relation to sources: the page, section or timecode within the source.
fn locator(place: &Place) -> Field {
    Field::plain("at", place.clone(), Kind::Text(TextKind::default()))
}

/// Resolves a derived relation: the relations to follow at each step of its path.
fn path(schema: &Schema, owner: TypeId, draft: DerivedDraft, problems: &mut Vec<Diagnostic>) -> Option<Derived> {
    let mut types = vec![owner];
    let mut steps = Vec::new();
    for (id, place) in &draft.path {
        let step = steps_named(schema, &types, id);
        // If a type is missing, the path may lead through it.
        if step.is_empty() && problems.iter().any(|problem| problem.code == Code::UnknownType) {
            return None;
        }
        if step.is_empty() {
            let names: Vec<&str> = types.iter().flat_map(|entity_type| step_names(schema, *entity_type)).collect();
            let types = types.iter().map(|entity_type| &*schema.get(*entity_type).id);
            let message = format!("{} has no relation or inverse \"{id}\"", diagnostics::list(types));
            let hint = diagnostics::did_you_mean(id, names.iter().copied())
                .unwrap_or_else(|| format!("choose {}", diagnostics::list(names)).into());
            problems.push(Diagnostic::new(Code::ImpossiblePath, place.clone(), message).hint(hint));
            return None;
        }
        types = step.iter().flat_map(|step| target_types(schema, *step)).collect();
        types.sort_unstable();
        types.dedup();
        steps.push(step);
    }
    let DerivedDraft { id, place, label, facet, brief, .. } = draft;
    Some(Derived { id, place, label, steps, to: types, facet, brief })
}

/// The relations and inverses of some types that have this id.
fn steps_named(schema: &Schema, types: &[TypeId], id: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for &entity_type in types {
        let forward = schema.relations_of(entity_type).filter(|(_, relation)| &*relation.id == id);
        steps.extend(forward.map(|(relation, _)| Step { relation, backward: false }));
        let backward =
            schema.get(entity_type).inverses.iter().filter(|inverse| &*schema.relation(**inverse).inverse == id);
        for &relation in backward {
            let step = Step { relation, backward: true };
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
    }
    steps
}

/// The ids of all relations and inverses of a type.
fn step_names(schema: &Schema, entity_type: TypeId) -> impl Iterator<Item = &str> {
    let forward = schema.relations_of(entity_type).map(|(_, relation)| &*relation.id);
    forward.chain(schema.get(entity_type).inverses.iter().map(|inverse| &*schema.relation(*inverse).inverse))
}

fn target_types(schema: &Schema, step: Step) -> Vec<TypeId> {
    let relation = schema.relation(step.relation);
    if step.backward { vec![relation.owner] } else { relation.to.clone() }
}
