//! Facts that were verified long ago, or never, where the site or the type says how old they may be.

use super::item::{Item, Kind};
use crate::model::{Ecosystem, EntityId, Today};

pub(super) fn find(ecosystem: &Ecosystem, id: EntityId, today: Today, items: &mut Vec<Item>) {
    let entity = ecosystem.entity(id);
    let Some(limit) = ecosystem.schema.get(entity.entity_type).stale_after.or(ecosystem.config.stale_after) else {
        return;
    };
    let Some((verified, _)) = &entity.verified else {
        let message = String::from("its facts were never verified");
        items.push(Item::new(ecosystem, id, Kind::NeverVerified, 10.0, message));
        return;
    };
    let Ok(oldest) = today.date().checked_sub(limit) else { return };
    let Ok(days) = verified.first_day().until(oldest).map(|span| span.get_days()) else { return };
    if days > 0 {
        let message = format!("its facts were last verified on {verified}");
        let weight = 50.0 + f64::from(days) / 365.0 * 10.0;
        let item = Item::new(ecosystem, id, Kind::Stale, weight.min(80.0), message);
        items.push(Item { since: Some(verified.to_string()), ..item });
    }
}
