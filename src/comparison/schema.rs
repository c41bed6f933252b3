//! What is different in the schema, in sentences.

use std::collections::BTreeMap;

use crate::model::Ecosystem;
use crate::schema::Field;

/// A sentence for each type, field, relation, attribute and choice that is new, gone or of another kind.
pub(super) fn changes(before: &Ecosystem, after: &Ecosystem) -> Vec<String> {
    let (old, new) = (declarations(before), declarations(after));
    let mut sentences = Vec::new();
    for (name, kind) in &new {
        match old.get(name) {
            None => sentences.push(format!("\"{name}\" is new: {kind}")),
            Some(was) if was != kind => sentences.push(format!("\"{name}\" was {was}, and is {kind}")),
            Some(_) => {}
        }
    }
    sentences.extend(old.keys().filter(|name| !new.contains_key(*name)).map(|name| format!("\"{name}\" is gone")));
    sentences
}

/// What each name of the schema is: `actors.founded` is a year.
fn declarations(ecosystem: &Ecosystem) -> BTreeMap<String, String> {
    let schema = &ecosystem.schema;
    let mut all = BTreeMap::new();
    for (id, entity_type) in schema.types() {
        let owner = &entity_type.id;
        all.insert(owner.to_string(), String::from("a type"));
        for field in &entity_type.fields {
            declare(&format!("{owner}.{}", field.id), field, &mut all);
        }
        for (_, relation) in schema.relations_of(id) {
            let name = format!("{owner}.{}", relation.id);
            let to: Vec<&str> = relation.to.iter().map(|to| &*schema.get(*to).id).collect();
            let count = if relation.one { "a relation to one of" } else { "a relation to" };
            let required = if relation.required { ", required" } else { "" };
            for attribute in &relation.attributes {
                declare(&format!("{name}.{}", attribute.id), attribute, &mut all);
            }
            all.insert(name, format!("{count} {}{required}", to.join(", ")));
        }
        for derived in &entity_type.derived {
            all.insert(format!("{owner}.{}", derived.id), String::from("a derived relation"));
        }
    }
    all
}

fn declare(name: &str, field: &Field, all: &mut BTreeMap<String, String>) {
    let many = if field.many { "a list of kind" } else { "a field of kind" };
    let required = if field.required { ", required" } else { "" };
    all.insert(name.to_owned(), format!("{many} {}{required}", field.kind.name()));
    for choice in field.kind.choices() {
        all.insert(format!("{name}.{}", choice.id), String::from("a choice"));
    }
    for attribute in &field.attributes {
        declare(&format!("{name}.{}", attribute.id), attribute, all);
    }
}
