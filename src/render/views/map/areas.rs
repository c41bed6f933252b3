//! The areas of the outline, as entities and by name.

use crate::model::{Ecosystem, EntityId};
use crate::parse::outline::Area;
use crate::render::scope::Scope;
use crate::schema::TypeId;
use crate::site;

/// The entity that an area is, if one of these types has its id.
fn entity_of(ecosystem: &Ecosystem, area: &Area, types: &[TypeId]) -> Option<EntityId> {
    let id = area.id.as_ref()?;
    types.iter().find_map(|entity_type| ecosystem.find(*entity_type, id))
}

/// The name of an area: the title of the entity that it is, with the entity's address, or else its name in the outline.
pub(super) fn name_of(scope: &Scope, area: &Area, types: &[TypeId]) -> (String, Option<String>) {
    if let Some(id) = entity_of(&scope.ecosystem, area, types) {
        let url = scope.address(&site::entity_path(&scope.ecosystem, id, scope.lang));
        return (scope.title(id).text, Some(url));
    }
    (own_name(scope, area).unwrap_or_default(), None)
}

/// The name of an area in the outline.
pub(super) fn own_name(scope: &Scope, area: &Area) -> Option<String> {
    let (lang, name) = area.name.best(scope.lang)?;
    Some(scope.words_in(lang, name).text)
}
