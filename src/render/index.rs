//! Lists of entities: the pages of an index, and its facets.

use std::collections::BTreeMap;

use tera::Value;

use super::pages::Pages;
use super::views::{self, text};
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId, FieldValue, folded};
use crate::schema::{Field, Kind, Member, RelationId, TypeId};
use crate::site;

/// How many pages before and behind an index page it links to.
const NEIGHBOURS: usize = 4;

/// A page of a type's index.
pub(super) fn index(pages: &Pages, of: TypeId, number: usize, lang: Lang) -> Value {
    let ecosystem = &pages.ecosystem;
    let all = pages.of_type(of, lang);
    let all = all.as_array().unwrap_or_default();
    let size = ecosystem.config.page_size;
    let count = site::index_pages(ecosystem, of);
    let url = |number: usize| pages.address(&site::index_path(ecosystem, of, number, lang));
    // All of them on each of them would grow with the square of their number.
    let near = (1..=count).filter(|other| *other == 1 || *other == count || other.abs_diff(number) <= NEIGHBOURS);
    let links = near.map(|other| views::PageLink { number: other, url: url(other), current: other == number }.into());
    views::Index {
        of: pages.type_info(of, lang),
        items: all.iter().skip((number - 1) * size).take(size).cloned().collect(),
        total: all.len(),
        number,
        pages: links.collect(),
        previous: (number > 1).then(|| url(number - 1)),
        next: (number < count).then(|| url(number + 1)),
        facets: pages.facets(of, lang),
    }
    .into()
}

/// What the entities of a type can be filtered by, with how many have each option; options that none has are left out.
pub(super) fn facets(pages: &Pages, of: TypeId, lang: Lang) -> Value {
    let info = pages.ecosystem.schema.get(of);
    let facets = info.members.iter().filter_map(|member| match member {
        Member::Field(at) => {
            let field = &info.fields[*at];
            field.facet.then(|| (&field.id, &field.label, choices(pages, of, *at, field, lang)))
        }
        Member::Relation(id) => {
            let relation = pages.ecosystem.schema.relation(*id);
            relation.facet.then(|| (&relation.id, &relation.label, targets(pages, of, *id, lang)))
        }
    });
    let facets = facets.filter(|(.., options)| !options.is_empty()).map(|(id, label, options)| -> Value {
        views::Facet { id: id.to_string(), label: pages.local(label, lang), options }.into()
    });
    Value::from(facets.collect::<Vec<_>>())
}

fn choices(pages: &Pages, of: TypeId, at: usize, field: &Field, lang: Lang) -> Vec<Value> {
    let mut counts: BTreeMap<(usize, String), (Value, usize)> = BTreeMap::new();
    let strings = &pages.strings[lang.index()];
    for id in pages.ecosystem.of_type(of) {
        for value in pages.ecosystem.entity(id).values(at) {
            let (key, shown) = match (value, &field.kind) {
                (FieldValue::Choice(index), Kind::Choice(choices)) => {
                    let choice = &choices[usize::from(*index)];
                    ((usize::from(*index), choice.id.to_string()), pages.local(&choice.label, lang))
                }
                (FieldValue::Boolean(boolean), _) => (
                    (usize::from(!boolean), boolean.to_string()),
                    text(strings.get(if *boolean { "yes" } else { "no" }).unwrap_or_default()),
                ),
                (FieldValue::Year(year), _) => ((*year as usize, year.to_string()), text(&year.to_string())),
                (FieldValue::Text(texts), _) => ((0, folded(texts.text(lang))), pages.local(texts, lang)),
                _ => continue,
            };
            counts.entry(key).or_insert((shown, 0)).1 += 1;
        }
    }
    counts.into_iter().map(|((_, id), (text, count))| views::Choice { id, text, url: None, count }.into()).collect()
}

fn targets(pages: &Pages, of: TypeId, relation: RelationId, lang: Lang) -> Vec<Value> {
    let ecosystem = &pages.ecosystem;
    let mut counts: BTreeMap<EntityId, usize> = BTreeMap::new();
    for id in ecosystem.of_type(of) {
        let mut targets = targets_of(ecosystem, id, relation);
        targets.dedup();
        for target in targets {
            *counts.entry(target).or_default() += 1;
        }
    }
    let mut targets: Vec<EntityId> = counts.keys().copied().collect();
    ecosystem.sort(&mut targets, lang);
    let options = targets.into_iter().map(|id| {
        let entity = ecosystem.entity(id);
        let url = Some(pages.address(&site::entity_path(ecosystem, id, lang)));
        views::Choice { id: entity.id.to_string(), text: text(&pages.title(id, lang)), url, count: counts[&id] }.into()
    });
    options.collect()
}

/// The targets of a relation, in order of their numbers.
pub(super) fn targets_of(ecosystem: &Ecosystem, id: EntityId, relation: RelationId) -> Vec<EntityId> {
    let mut targets: Vec<EntityId> = ecosystem.statements(id, relation).map(|link| link.to).collect();
    targets.sort_unstable();
    targets
}
