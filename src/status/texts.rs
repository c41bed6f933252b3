//! Texts that are missing in a language, and pictures without a text.

use super::item::{Item, Kind};
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId};

pub(super) fn find(ecosystem: &Ecosystem, id: EntityId, only: Option<Lang>, items: &mut Vec<Item>) {
    let (entity, languages) = (ecosystem.entity(id), &ecosystem.config.languages);
    for lang in languages.all().skip(1).filter(|lang| only.is_none_or(|only| only == *lang)) {
        let missing = entity.untranslated(lang);
        if !missing.is_empty() {
            let tag = languages.tag(lang);
            let message = format!("it has no {} in \"{tag}\"", missing.join(" and no "));
            // A profile without its title or prose is read in another language.
            let weight = if missing.contains(&"prose") { 50.0 } else { 35.0 };
            let item = Item::new(ecosystem, id, Kind::Untranslated, weight, message);
            items.push(Item { lang: Some(tag.to_owned()), ..item });
        }
    }
    let images = entity.values.iter().flat_map(|values| &values.values).flat_map(|value| value.images());
    for image in entity.image.iter().chain(images).filter(|image| image.alt.is_empty()) {
        let message = format!("the picture \"{}\" has no text for readers who can't see it", image.src);
        items.push(Item::new(ecosystem, id, Kind::NoAlternativeText, 40.0, message));
    }
}
