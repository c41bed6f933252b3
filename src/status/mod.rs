//! What a site needs most: one list of work, what is most worth doing first.
//!
//! In: a checked site and a day. Out: a [`Status`]: what is incomplete, old, untranslated, without source or relations,
//! or there twice, each with a weight. Rules that allow warnings do not count here: what is allowed is still to be done.

mod item;
mod undated;
mod incomplete;
mod age;
mod texts;
mod ties;
mod dead;
mod behind;
mod duplicates;
mod human;
mod data;
mod html;

use crate::history::History;
use crate::links::Lock;
use crate::locale::Lang;
use crate::model::{Ecosystem, Today};
use crate::render::Dated;
use crate::schema::TypeId;

pub use data::{csv, json};
pub use html::html;
pub use human::human;
pub use item::{Item, Kind, Status};

/// What is looked at.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// The types; all if there are none.
    pub types: Vec<TypeId>,
    /// The language whose translations count; all if there is none.
    pub lang: Option<Lang>,
}

impl Scope {
    fn has(&self, owner: TypeId) -> bool {
        self.types.is_empty() || self.types.contains(&owner)
    }
}

/// What is known of a site beside its content.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Which outside addresses are dead.
    pub lock: Lock,
    /// When each text changed; none without a git repository.
    pub history: Option<History>,
    /// What the pages of the site read as figures.
    pub figures: Vec<Dated>,
}

/// The list of work of a site.
pub fn status(ecosystem: &Ecosystem, known: &Known, scope: &Scope, today: Today) -> Status {
    let ages = known.history.as_ref().map(behind::Ages::new);
    let mut items = Vec::new();
    dead::find(ecosystem, &known.lock, &mut items);
    items.retain(|item: &Item| scope.has(ecosystem.entity(item.id).entity_type));
    for (owner, _) in ecosystem.schema.types().filter(|(owner, _)| scope.has(*owner)) {
        let periods = undated::periods(ecosystem, owner, &known.figures);
        incomplete::find(ecosystem, owner, &periods, &mut items);
        duplicates::find(ecosystem, owner, &mut items);
        for id in ecosystem.of_type(owner) {
            age::find(ecosystem, id, today, &mut items);
            texts::find(ecosystem, id, scope.lang, &mut items);
            behind::find(ecosystem, id, ages.as_ref(), scope.lang, &mut items);
            ties::find(ecosystem, id, &mut items);
            undated::find(ecosystem, id, &periods, &mut items);
        }
    }
    // What many others lead to is read most.
    for item in &mut items {
        let readers = item::incoming(ecosystem, item.id);
        item.weight = ((item.weight + (readers as f64).ln_1p() * 4.0) * 10.0).round() / 10.0;
    }
    items.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.entity.cmp(&b.entity)));
    Status { items }
}
