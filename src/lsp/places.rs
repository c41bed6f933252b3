//! Where things are: entities, pages, headings, declarations, and the links that are written in files.

use lsp_types::Location;

use super::context::{Context, File};
use crate::config;
use crate::locale::{Lang, Localised};
use crate::model::{Body, EntityId, FieldId, Meaning, PageId, Target};
use crate::parse::SlotKind;
use crate::schema::{RelationId, TypeId};
use crate::source::CONTENT;
use crate::table;
use crate::text::{Place, Span};

impl Context<'_> {
    /// Where an entity is: its file, or its table in a list; with an anchor, the heading.
    pub(super) fn place_of(&self, id: EntityId, anchor: Option<&str>) -> Place {
        let entity = self.ecosystem.entity(id);
        anchor.and_then(|anchor| self.heading(&entity.body, anchor)).unwrap_or_else(|| entity.place.clone())
    }

    /// Where a page is; with an anchor, the heading. Home and indexes without a file are where they are declared.
    pub(super) fn place_of_page(&self, id: PageId, anchor: Option<&str>) -> Place {
        let page = self.ecosystem.page(id);
        anchor.and_then(|anchor| self.heading(&page.body, anchor)).unwrap_or_else(|| page.place.clone())
    }

    /// A heading, in the language of the editor or else in the default one.
    fn heading(&self, bodies: &Localised<Body>, anchor: &str) -> Option<Place> {
        let languages = [self.lang, Lang::DEFAULT].into_iter();
        let bodies = languages.filter_map(|lang| bodies.exactly(lang)).chain(bodies.iter().map(|(_, body)| body));
        let find = |body: &Body| {
            let heading = body.prose.headings.iter().find(|heading| &*heading.id == anchor)?;
            Some(Place { path: body.path.clone(), span: heading.span })
        };
        bodies.into_iter().find_map(find)
    }

    pub(super) fn place_of_field(&self, id: FieldId) -> Place {
        self.ecosystem.field(id).place.clone()
    }

    /// Where a relation is declared. Its place in the schema is that of its inverse, if it names one.
    pub(super) fn place_of_relation(&self, id: RelationId) -> Place {
        let relation = self.ecosystem.schema.relation(id);
        let declaration = || {
            let file = self.file(&relation.place.path)?;
            let (table, _) = table::parse(file.text(), 0);
            let entry = table.get("fields")?.as_table()?.entry(&relation.id)?;
            Some(Place { span: entry.key_span, ..relation.place.clone() })
        };
        declaration().unwrap_or_else(|| relation.place.clone())
    }

    pub(super) fn place_of_type(&self, id: TypeId) -> Place {
        self.ecosystem.schema.get(id).place.clone()
    }

    /// Where a choice is declared.
    pub(super) fn place_of_choice(&self, id: FieldId, choice: usize) -> Place {
        let field = self.ecosystem.field(id);
        let in_declaration = || {
            let file = self.file(&field.place.path)?;
            let (table, _) = table::parse(file.text(), 0);
            let mut cursor = table.cursor(field.place.span.start as usize)?;
            while !cursor.is_at_end() {
                cursor.next_key()?;
            }
            let choices = cursor.value()?.as_table()?.get("choices")?.as_table()?;
            Some(Place { span: choices.entries.get(choice)?.key_span, ..field.place.clone() })
        };
        in_declaration().unwrap_or_else(|| field.place.clone())
    }

    /// Where the target of a link is.
    pub(super) fn location_of(&self, file: &File, target: &Target) -> Option<Location> {
        match target {
            Target::Entity(id, anchor) => self.location(&self.place_of(*id, anchor.as_deref())),
            Target::Page(id, anchor) => self.location(&self.place_of_page(*id, anchor.as_deref())),
            Target::Asset(path, _) => self.start_of(&format!("{CONTENT}/{path}")),
            Target::Anchor(anchor) => {
                let document = self.document(file);
                let headings = document.prose.as_ref()?.headings.iter();
                let heading = headings.into_iter().find(|heading| heading.id == *anchor)?;
                self.location(&file.source.place(heading.span))
            }
            Target::Path(_) | Target::Nothing => None,
        }
    }

    /// The links in the prose of a file, in the order of the file.
    pub(super) fn slots_in(&self, file: &File) -> Vec<(Span, &SlotKind, &Target)> {
        let bodies = self.ecosystem.published_bodies().filter(|body| body.path == file.source.path);
        let mut slots: Vec<_> = bodies.flat_map(slots).collect();
        slots.sort_by_key(|(span, ..)| *span);
        slots
    }

    /// The places in `site.toml`, in the declarations of types, and in views, blocks and parameters that name what is
    /// wanted.
    pub(super) fn names_of(&self, is_wanted: impl Fn(&Meaning) -> bool) -> Vec<Place> {
        let types = self.ecosystem.schema.types.iter().map(|entity_type| &*entity_type.place.path);
        let files = types.chain([config::FILE]).filter_map(|path| self.ecosystem.text(path));
        let declared = files.flat_map(|source| {
            let occurrences = self.ecosystem.occurrences(&source.path).into_iter();
            occurrences.map(|here| (source.place(here.span), here.meaning))
        });
        let names = self.checked.names.iter().cloned();
        declared.chain(names).filter(|(_, meaning)| is_wanted(meaning)).map(|(place, _)| place).collect()
    }

    /// The places of all links in prose that lead to what is wanted.
    pub(super) fn mentions_of(&self, is_wanted: impl Fn(&Target) -> bool) -> Vec<Place> {
        let links = self.ecosystem.published_bodies().flat_map(|body| slots(body).map(|slot| (&body.path, slot)));
        let links = links.filter(|(_, (_, _, target))| is_wanted(target));
        links.map(|(path, (span, ..))| Place { path: path.clone(), span }).collect()
    }
}

/// The links of a text with their targets.
fn slots(body: &Body) -> impl Iterator<Item = (Span, &SlotKind, &Target)> {
    let slots = body.prose.slots.iter().zip(&body.targets);
    let slots = slots.filter(|(slot, _)| !matches!(slot.kind, SlotKind::LinkClose));
    slots.map(|(slot, target)| (slot.span, &slot.kind, target))
}
