//! Inverses: the relations that lead to each type, by the ids that they have there.
//!
//! Relations of several types can share the id of an inverse: the pages of their targets then show them in one list.

use std::collections::BTreeMap;

use super::declarations::Schema;
use super::ids::{RelationId, TypeId};
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::{Lang, LocalText};
use crate::text::Place;

/// Gives each type its inverses. `labelled` says which relations declare the label of their inverse: relations that
/// share an inverse share its label.
pub(super) fn resolve(schema: &mut Schema, mut labelled: Vec<bool>, problems: &mut Vec<Diagnostic>) {
    let mut shared: BTreeMap<(TypeId, Box<str>), Vec<RelationId>> = BTreeMap::new();
    for (index, relation) in schema.relations.iter().enumerate() {
        for &target in relation.to.iter().filter(|target| !(relation.symmetric && **target == relation.owner)) {
            schema.types[target.index()].inverses.push(RelationId::new(index));
            shared.entry((target, relation.inverse.clone())).or_default().push(RelationId::new(index));
        }
    }
    for ((target, _), relations) in shared.into_iter().filter(|(_, relations)| relations.len() > 1) {
        if !has_one_owner_twice(schema, target, &relations, problems) {
            share_label(schema, &relations, &mut labelled, problems);
        }
    }
}

/// Reports two relations of one type whose inverses have the same id. Returns whether there are any.
fn has_one_owner_twice(
    schema: &Schema,
    target: TypeId,
    relations: &[RelationId],
    problems: &mut Vec<Diagnostic>,
) -> bool {
    let mut declared: BTreeMap<TypeId, &Place> = BTreeMap::new();
    let before = problems.len();
    for relation in relations.iter().map(|relation| schema.relation(*relation)) {
        if let Some(first) = declared.insert(relation.owner, &relation.place) {
            let message = format!("\"{}\" already has an inverse \"{}\"", schema.get(target).id, relation.inverse);
            let diagnostic = Diagnostic::new(Code::ClashingField, relation.place.clone(), message);
            let diagnostic = diagnostic.note(first.clone(), "first declared here");
            problems
                .push(diagnostic.hint("give this inverse another id: only relations of different types can share one"));
        }
    }
    problems.len() > before
}

/// Gives relations that share an inverse the same label, and reports labels that differ or are missing.
fn share_label(schema: &mut Schema, relations: &[RelationId], labelled: &mut [bool], problems: &mut Vec<Diagnostic>) {
    let Some(first) = relations.iter().copied().find(|relation| labelled[relation.index()]) else {
        let relation = schema.relation(relations[relations.len() - 1]);
        let message = format!("the inverse \"{}\" of several types has no label", relation.inverse);
        let hint = format!("write it in one of them: inverse = {{ id = \"{}\", label = \"…\" }}", relation.inverse);
        let diagnostic = Diagnostic::new(Code::ClashingField, relation.place.clone(), message);
        let other = schema.relation(relations[0]).place.clone();
        problems.push(diagnostic.note(other, "also declared here").hint(hint));
        return;
    };
    let (label, place) = (schema.relation(first).inverse_label.clone(), schema.relation(first).place.clone());
    for id in relations {
        let relation = &mut schema.relations[id.index()];
        if labelled[id.index()] && !is_same(&relation.inverse_label, &label) {
            let message = format!("the inverse \"{}\" has another label here", relation.inverse);
            let diagnostic = Diagnostic::new(Code::ClashingField, relation.place.clone(), message);
            let texts = format!("it is \"{}\" here", label.text(Lang::DEFAULT));
            problems.push(diagnostic.note(place.clone(), texts).hint(
                "write the same label, or leave it out in all types but one; for a list of its own, give this inverse another id",
            ));
        } else {
            relation.inverse_label = label.clone();
            labelled[id.index()] = true;
        }
    }
}

fn is_same(a: &LocalText, b: &LocalText) -> bool {
    a.iter().eq(b.iter())
}

/// Reports inverses and derived relations that have the id of a field, a relation or an inverse of the same type.
pub(super) fn clashes(schema: &Schema, problems: &mut Vec<Diagnostic>) {
    for (id, entity_type) in schema.types() {
        let mut own: BTreeMap<&str, &Place> =
            entity_type.fields.iter().map(|field| (&*field.id, &field.place)).collect();
        own.extend(schema.relations_of(id).map(|(_, relation)| (&*relation.id, &relation.place)));
        let clash = |name: &str, place: &Place, what: &str| {
            let message = format!("the {what} \"{name}\" clashes with the field \"{name}\" of \"{}\"", entity_type.id);
            let diagnostic = Diagnostic::new(Code::ClashingField, place.clone(), message);
            let first = (*own.get(name)?).clone();
            Some(diagnostic.note(first, "the field is declared here").hint(format!("give the {what} another id")))
        };
        for relation in entity_type.inverses.iter().map(|relation| schema.relation(*relation)) {
            problems.extend(clash(&relation.inverse, &relation.place, "inverse"));
        }
        let inverses: Vec<(&str, &Place)> = entity_type
            .inverses
            .iter()
            .map(|inverse| schema.relation(*inverse))
            .map(|r| (&*r.inverse, &r.place))
            .collect();
        for derived in &entity_type.derived {
            problems.extend(clash(&derived.id, &derived.place, "derived relation"));
            if let Some((name, place)) = inverses.iter().find(|(name, _)| **name == *derived.id) {
                let message = format!("the derived relation \"{name}\" clashes with the inverse \"{name}\"");
                let diagnostic = Diagnostic::new(Code::ClashingField, derived.place.clone(), message);
                let diagnostic = diagnostic.note((*place).clone(), "the inverse is declared here");
                problems.push(diagnostic.hint("give the derived relation another id"));
            }
        }
    }
}
