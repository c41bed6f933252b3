//! What changes with an entity that moves to another type: its files, and the names that have its type in them.

use crate::compile::Checked;
use crate::edit::draft::Draft;
use crate::edit::entity_paths::EntityPaths;
use crate::edit::moves::Moves;
use crate::edit::redirects::{self, Addresses};
use crate::edit::references::Reference;
use crate::edit::{links, place, toml};
use crate::model::{EntityId, LinkForm, Meaning, Target};
use crate::parse;
use crate::schema::{COMMON_KEYS, TypeId};
use crate::site;
use crate::source::CONTENT;

/// An entity that moves to another type.
pub(super) struct Mover<'a> {
    pub checked: &'a Checked,
    pub id: EntityId,
    pub to: TypeId,
}

impl Mover<'_> {
    pub(super) fn types(&self) -> (&str, &str) {
        let schema = &self.checked.ecosystem.schema;
        (&schema.get(self.checked.ecosystem.entity(self.id).entity_type).id, &schema.get(self.to).id)
    }

    /// The new path of a file of the entity; of a list, that of the file that the entity gets.
    pub(super) fn new_path(&self, path: &str) -> String {
        let (old, new) = self.types();
        let name = path.rsplit('/').next().unwrap_or(path);
        match name.strip_prefix("_list").filter(|_| parse::is_list(path)) {
            Some(suffix) => format!("{CONTENT}/{new}/{}{suffix}", self.checked.ecosystem.entity(self.id).id),
            None => format!("{CONTENT}/{new}/{}", path.strip_prefix(&*format!("{CONTENT}/{old}/")).unwrap_or(name)),
        }
    }

    /// The new paths of the entity's own files.
    pub(super) fn moves(&self) -> Moves {
        let mut moves = Moves::default();
        for (_, path) in self.checked.ecosystem.entity(self.id).files.iter() {
            if !parse::is_list(path) {
                moves.file(path, &self.new_path(path));
            }
        }
        moves
    }

    pub(super) fn reference(&self, reference: &Reference, draft: &mut Draft) {
        let ecosystem = &self.checked.ecosystem;
        if let Some(text) = self.name(reference) {
            draft.replace(&reference.place, text);
        }
        // Links to the file of an entity follow its file; an entity in a list gets one.
        if let (Meaning::Link(LinkForm::Markdown, Target::Entity(id, _)), Some(source)) =
            (&reference.meaning, ecosystem.text(&reference.place.path))
            && *id == self.id
        {
            let from = ecosystem.entity(self.id);
            let to =
                |lang| from.files.exactly(lang).filter(|path| parse::is_list(path)).map(|path| self.new_path(path));
            EntityPaths { from, new_id: &from.id, to: &to }.lead(source, reference.place.span, draft);
        }
    }

    /// The new form of a name that has the type in it.
    pub(super) fn name(&self, reference: &Reference) -> Option<String> {
        let ecosystem = &self.checked.ecosystem;
        let source = ecosystem.text(&reference.place.path)?;
        let token = &source.text[reference.place.span.range()];
        let (old, new) = self.types();
        if old == new {
            return None;
        }
        let full =
            |name: &str| name.strip_prefix(old).filter(|rest| rest.starts_with('/')).map(|id| format!("{new}{id}"));
        let changed = |link: &str| {
            let name = &link[links::name(link)?];
            links::with_name(link, &full(name)?)
        };
        match &reference.meaning {
            Meaning::Target(_, Some(id)) | Meaning::Entity(id) if *id == self.id => {
                full(token.trim_matches(['"', '\''])).map(|name| toml::quoted(&name, token))
            }
            Meaning::Link(LinkForm::Wiki | LinkForm::Embed, Target::Entity(id, _)) if *id == self.id => {
                if token.starts_with(['[', '!']) { changed(token) } else { links::in_string(token, changed) }
            }
            _ => None,
        }
    }

    /// The addresses in each language; none if one of the types has no pages.
    pub(super) fn addresses(&self) -> Vec<Addresses> {
        let ecosystem = &self.checked.ecosystem;
        let (entity, other) = (ecosystem.entity(self.id), ecosystem.schema.get(self.to));
        if !ecosystem.has_page(self.id) || !other.pages {
            return Vec::new();
        }
        let languages = &ecosystem.config.languages;
        let address = |lang| Addresses {
            old: site::entity_path(ecosystem, self.id, lang),
            new: format!("{}/{}/{}/", languages.prefix(lang), other.path.text(lang), entity.id),
        };
        languages.all().map(address).collect()
    }

    /// Redirects from the old addresses, for an entity with a file of its own.
    pub(super) fn redirects(&self, draft: &mut Draft) {
        let Some((source, table)) = place::facts(self.checked, self.id) else { return };
        if !parse::is_list(&source.path) {
            redirects::add(draft, &source, &table, COMMON_KEYS, &self.addresses());
        }
    }
}
