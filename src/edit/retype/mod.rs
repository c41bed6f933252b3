//! Moves an entity to another type.

mod listed;

use super::change::Change;
use super::draft::Draft;
use super::entity_paths::EntityPaths;
use super::moves::Moves;
use super::redirects::{self, Addresses};
use super::references::{Reference, may_name, references};
use super::refusal::Refusal;
use super::subject::{self, Subject};
use super::{links, place, toml};
use crate::compile::Checked;
use crate::diagnostics::{Code, Diagnostic};
use crate::model::{EntityId, LinkForm, Meaning, Target};
use crate::parse;
use crate::schema::{COMMON_KEYS, TypeId};
use crate::site;
use crate::source::CONTENT;
use crate::text::SourceText;

/// Moves an entity to another type. What does not fit the other type is an error of the changed site.
///
/// # Errors
/// There is no such entity or type, or the other type has an entity with the same id.
pub fn retype(checked: &Checked, name: &str, entity_type: &str) -> Result<Change, Refusal> {
    let ecosystem = &checked.ecosystem;
    let Subject::Entity(id) = subject::find(checked, name)? else {
        return Err(Refusal::Wish(format!("\"{name}\" is no entity: name one as in actors/novadip")));
    };
    let Subject::Type(to) = subject::find(checked, entity_type)? else {
        return Err(Refusal::Wish(format!("\"{entity_type}\" is no type")));
    };
    let entity = ecosystem.entity(id);
    if entity.entity_type == to {
        return Ok(Change::default());
    }
    if let Some(other) = ecosystem.find(to, &entity.id) {
        let message = format!("\"{entity_type}\" has an entity \"{}\" already", entity.id);
        let diagnostic = Diagnostic::new(Code::NameTaken, ecosystem.entity(other).place.clone(), message);
        return Err(diagnostic.hint("rename one of them first, or merge them after renaming").into());
    }
    let mover = Mover { checked, id, to };
    let mut draft = Draft::default();
    mover.moves().apply(checked, &mut draft);
    let is_own = |source: &SourceText| entity.files.iter().any(|(_, path)| *path == source.path);
    let found = references(checked, |source| may_name(source, &entity.id) || is_own(source));
    mover.out_of_lists(&found, &mut draft);
    mover.moves().correct_links(checked, &found, &mut draft);
    found.iter().for_each(|reference| mover.reference(reference, &mut draft));
    mover.redirects(&mut draft);
    Ok(draft.finish())
}

struct Mover<'a> {
    checked: &'a Checked,
    id: EntityId,
    to: TypeId,
}

impl Mover<'_> {
    fn types(&self) -> (&str, &str) {
        let schema = &self.checked.ecosystem.schema;
        (&schema.get(self.checked.ecosystem.entity(self.id).entity_type).id, &schema.get(self.to).id)
    }

    /// The new path of a file of the entity; of a list, that of the file that the entity gets.
    fn new_path(&self, path: &str) -> String {
        let (old, new) = self.types();
        let name = path.rsplit('/').next().unwrap_or(path);
        match name.strip_prefix("_list").filter(|_| parse::is_list(path)) {
            Some(suffix) => format!("{CONTENT}/{new}/{}{suffix}", self.checked.ecosystem.entity(self.id).id),
            None => format!("{CONTENT}/{new}/{}", path.strip_prefix(&*format!("{CONTENT}/{old}/")).unwrap_or(name)),
        }
    }

    /// The new paths of the entity's own files.
    fn moves(&self) -> Moves {
        let mut moves = Moves::default();
        for (_, path) in self.checked.ecosystem.entity(self.id).files.iter() {
            if !parse::is_list(path) {
                moves.file(path, &self.new_path(path));
            }
        }
        moves
    }

    fn reference(&self, reference: &Reference, draft: &mut Draft) {
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
    fn name(&self, reference: &Reference) -> Option<String> {
        let ecosystem = &self.checked.ecosystem;
        let source = ecosystem.text(&reference.place.path)?;
        let token = &source.text[reference.place.span.range()];
        let (old, new) = self.types();
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
    fn addresses(&self) -> Vec<Addresses> {
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
    fn redirects(&self, draft: &mut Draft) {
        let Some((source, table)) = place::facts(self.checked, self.id) else { return };
        if !parse::is_list(&source.path) {
            redirects::add(draft, &source, &table, COMMON_KEYS, &self.addresses());
        }
    }
}
