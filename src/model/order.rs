//! The order of a type's entities: by the field that the schema names, then by title in the collation of the language.

use std::sync::Arc;

use rayon::prelude::*;

use super::ecosystem::{Ecosystem, Ranks};
use super::ids::EntityId;
use super::value::FieldValue;
use crate::locale::{self, Lang, Order};
use crate::schema::{Property, Sort};
use crate::values::{Date, Rank};

/// The number of changed entities up to which each is put into its place. More are sorted with all others.
const MOST_MOVED: usize = 100;

/// The ranks, from those of the model before if only some entities have changed. With `in_parallel`, all threads help; a thread of the pool
/// that waits for the ranks must not wait for the pool.
fn ranks(ecosystem: &Ecosystem, in_parallel: bool) -> Arc<Ranks> {
    Arc::new(moved(ecosystem).unwrap_or_else(|| sorted(ecosystem, in_parallel)))
}

/// The ranks, if they are those of the model before but for some entities.
fn moved(ecosystem: &Ecosystem) -> Option<Ranks> {
    let (renewed, mut ranks) = (ecosystem.renewed()?, Ranks::clone(ecosystem.ranks_before.as_deref()?));
    // The place of an entity that is sorted by the titles of others can change with any of them.
    let depends_on_others =
        |sort: Sort| matches!(sort, Sort::By { property, .. } if !matches!(property, Property::Field(_)));
    if renewed.len() > MOST_MOVED
        || ecosystem.schema.types.iter().any(|entity_type| depends_on_others(entity_type.sort))
    {
        return None;
    }
    for (lang, ranks) in ecosystem.config.languages.all().zip(&mut ranks) {
        let collation = ecosystem.config.languages.get(lang).order();
        let key = |id: EntityId| {
            (sort_key(ecosystem, id, ecosystem.schema.get(ecosystem.type_of(id)).sort, lang, &collation), id)
        };
        for of_type in renewed.chunk_by(|one, other| ecosystem.type_of(*one) == ecosystem.type_of(*other)) {
            let range = ecosystem.by_type[ecosystem.type_of(of_type[0]).index()].clone();
            let mut order = vec![EntityId(0); range.len()];
            for id in range.map(EntityId) {
                order[ranks[id.index()] as usize] = id;
            }
            order.retain(|id| of_type.binary_search(id).is_err());
            for id in of_type {
                let own = key(*id);
                order.insert(order.partition_point(|other| key(*other) < own), *id);
            }
            for (rank, id) in order.into_iter().enumerate() {
                ranks[id.index()] = rank as u32;
            }
        }
    }
    Some(ranks)
}

/// The ranks, by sorting all entities. With `in_parallel`, all threads help.
fn sorted(ecosystem: &Ecosystem, in_parallel: bool) -> Ranks {
    ecosystem
        .config
        .languages
        .all()
        .map(|lang| {
            let order = ecosystem.config.languages.get(lang).order();
            let mut ranks = vec![0; ecosystem.entities.len()];
            for range in &ecosystem.by_type {
                let key = |id| {
                    let sort = ecosystem.schema.get(ecosystem.entity(EntityId(id)).entity_type).sort;
                    (sort_key(ecosystem, EntityId(id), sort, lang, &order), EntityId(id))
                };
                let mut keyed: Vec<(SortKey, EntityId)> = match in_parallel {
                    true => range.clone().into_par_iter().map(key).collect(),
                    false => range.clone().map(key).collect(),
                };
                match in_parallel {
                    true => keyed.par_sort_unstable(),
                    false => keyed.sort_unstable(),
                }
                for (rank, (_, id)) in keyed.into_iter().enumerate() {
                    ranks[id.index()] = rank as u32;
                }
            }
            ranks
        })
        .collect()
}

impl Ecosystem {
    /// Puts all entities into their order, with all threads. Without it, this happens when an order is first asked for,
    /// which a check never does.
    pub fn put_in_order(&self) {
        if self.ranks.get().is_none() {
            let _ = self.ranks.set(ranks(self, true));
        }
    }

    /// An entity's place in the order of its type, in a language.
    pub fn rank(&self, id: EntityId, lang: Lang) -> u32 {
        self.ranks.get_or_init(|| ranks(self, false))[lang.index()][id.index()]
    }

    /// Puts entities of one type into an order of its fields, in a language.
    pub fn sort_by(&self, entities: &mut [EntityId], sort: Sort, lang: Lang) {
        let order = self.config.languages.get(lang).order();
        entities.sort_by_cached_key(|id| (sort_key(self, *id, sort, lang, &order), *id));
    }

    /// The unit of an entity's number in a field: its currency, or the unit that the headline of its type has in another
    /// field, which may be empty. `None` if the entity has no number there, or if all numbers have the same unit.
    pub fn unit(&self, id: EntityId, field: usize, lang: Lang) -> Option<&str> {
        let entity = self.entity(id);
        let headline = self.schema.get(entity.entity_type).headline.filter(|headline| headline.value == field);
        if let Rank::Money(currency, _) = entity.values(field).first()?.rank(lang) {
            return Some(currency);
        }
        match entity.values(headline?.unit?).first().map(|unit| unit.rank(lang)) {
            Some(Rank::Text(unit)) => Some(unit),
            _ => Some(""),
        }
    }
}

/// Sorts entities without the field last, then by field, then by title.
type SortKey = (bool, FieldKey, locale::SortKey);

#[derive(Debug, PartialEq, PartialOrd, Eq, Ord)]
enum FieldKey {
    Nothing,
    Number(i128),
    /// Amounts in different currencies or units can't be compared, so they are sorted by unit, always ascending.
    Measure(Box<str>, Box<FieldKey>),
    Date(Date),
    Text(locale::SortKey),
    Descending(std::cmp::Reverse<Box<FieldKey>>),
}

fn sort_key(ecosystem: &Ecosystem, id: EntityId, sort: Sort, lang: Lang, order: &Order) -> SortKey {
    let entity = ecosystem.entity(id);
    let title = order.key(entity.title.text(lang));
    let Sort::By { property, descending } = sort else { return (false, FieldKey::Nothing, title) };
    let directed = |key| if descending { FieldKey::Descending(std::cmp::Reverse(Box::new(key))) } else { key };
    let key = match property {
        Property::Field(field) => entity.values(field).first().map(|value| {
            let key = value_key(value, lang, order, directed);
            match ecosystem.unit(id, field, lang) {
                Some(unit) => FieldKey::Measure(unit.into(), Box::new(key)),
                None => key,
            }
        }),
        _ => {
            let titles = ecosystem.reached_by(id, property).into_iter();
            let first = titles.map(|target| order.key(ecosystem.entity(target).title.text(lang))).min();
            first.map(|title| directed(FieldKey::Text(title)))
        }
    };
    (key.is_none(), key.unwrap_or(FieldKey::Nothing), title)
}

/// The key of a value; `directed` turns the order round where the last comes first.
fn value_key(value: &FieldValue, lang: Lang, order: &Order, directed: impl Fn(FieldKey) -> FieldKey) -> FieldKey {
    match value.rank(lang) {
        Rank::Nothing => FieldKey::Nothing,
        Rank::Integer(integer) => directed(FieldKey::Number(i128::from(integer))),
        Rank::Number(number) => directed(number_key(number)),
        Rank::Money(_, amount) => directed(number_key(amount)),
        Rank::Date(date) => directed(FieldKey::Date(date)),
        Rank::Text(text) => directed(FieldKey::Text(order.key(text))),
    }
}

/// A precision of one millionth is enough for sorting; the conversion saturates for larger numbers.
fn number_key(number: f64) -> FieldKey {
    FieldKey::Number((number * 1e6) as i128)
}
