//! Moves an entity to another type.

use super::change::Change;
use super::draft::Draft;
use super::moves::Moves;
use super::redirects::{self, Addresses};
use super::references::{Reference, may_name, references};
use super::refusal::Refusal;
use super::subject::{self, Subject};
use super::{links, locate, place, remove, toml};
use crate::compile::Checked;
use crate::diagnostics::{Code, Diagnostic};
use crate::locale::Lang;
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
    mover.files(&mut draft)?;
    let is_own = |source: &SourceText| entity.files.iter().any(|(_, path)| *path == source.path);
    let found = references(checked, |source| may_name(source, &entity.id) || is_own(source));
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

    /// The new paths of the entity's own files.
    fn moves(&self) -> Moves {
        let (old, new) = self.types();
        let mut moves = Moves::default();
        for (_, path) in self.checked.ecosystem.entity(self.id).files.iter() {
            let inner = path.strip_prefix(&*format!("{CONTENT}/{old}/"));
            if let Some(inner) = inner.filter(|inner| !parse::is_list(inner)) {
                moves.file(path, &format!("{CONTENT}/{new}/{inner}"));
            }
        }
        moves
    }

    /// Moves the files. An entity in a list gets a file of its own.
    fn files(&self, draft: &mut Draft) -> Result<(), Refusal> {
        self.moves().apply(self.checked, draft);
        let id = &self.checked.ecosystem.entity(self.id).id;
        let (_, new) = self.types();
        for (source, span) in remove::own_parts(self.checked, self.id) {
            if span.range() == (0..source.text.len()) {
                continue;
            }
            let table = locate::facts(&source);
            let header = table.entry(id).filter(|entry| toml::has_header(&source, entry));
            let lines = header.map(|entry| {
                let block = &source.text[span.range()];
                let after = entry.value.span.end.saturating_sub(span.start) as usize;
                block[after.min(block.len())..].trim_start_matches(['\r', '\n']).trim_end().to_owned() + "\n"
            });
            match lines.filter(|lines| !lines.contains("\n[")) {
                Some(lines) => {
                    let suffix =
                        source.path.rsplit('/').next().and_then(|name| name.strip_prefix("_list")).unwrap_or(".toml");
                    draft.create(&format!("{CONTENT}/{new}/{id}{suffix}"), lines);
                    draft.remove(&source.place(span));
                }
                None => {
                    let message = format!("\"{id}\" is in a list, and not as one table with a header");
                    let diagnostic = Diagnostic::new(Code::NameTaken, source.place(span), message);
                    return Err(diagnostic.hint("give it a file of its own first").into());
                }
            }
        }
        Ok(())
    }

    /// Names with the type in them get the other type.
    fn reference(&self, reference: &Reference, draft: &mut Draft) {
        let ecosystem = &self.checked.ecosystem;
        let Some(source) = ecosystem.text(&reference.place.path) else { return };
        let token = &source.text[reference.place.span.range()];
        let (old, new) = self.types();
        let full =
            |name: &str| name.strip_prefix(old).filter(|rest| rest.starts_with('/')).map(|id| format!("{new}{id}"));
        let changed = |link: &str| {
            let name = &link[links::name(link)?];
            links::with_name(link, &full(name)?)
        };
        let text = match &reference.meaning {
            Meaning::Target(_, Some(id)) | Meaning::Entity(id) if *id == self.id => {
                full(token.trim_matches(['"', '\''])).map(|name| toml::quoted(&name, token))
            }
            Meaning::Link(LinkForm::Wiki | LinkForm::Embed, Target::Entity(id, _)) if *id == self.id => {
                if token.starts_with(['[', '!']) { changed(token) } else { links::in_string(token, changed) }
            }
            _ => None,
        };
        if let Some(text) = text {
            draft.replace(&reference.place, text);
        }
    }

    /// Redirects from the old addresses.
    fn redirects(&self, draft: &mut Draft) {
        let ecosystem = &self.checked.ecosystem;
        let (entity, other) = (ecosystem.entity(self.id), ecosystem.schema.get(self.to));
        let in_list = entity.files.exactly(Lang::DEFAULT).is_some_and(|path| path.ends_with(parse::LIST));
        if !ecosystem.has_page(self.id) || !other.pages || in_list {
            return;
        }
        let languages = &ecosystem.config.languages;
        let address = |lang| Addresses {
            old: site::entity_path(ecosystem, self.id, lang),
            new: format!("{}/{}/{}/", languages.prefix(lang), other.path.text(lang), entity.id),
        };
        let addresses: Vec<Addresses> = languages.all().map(address).collect();
        if let Some((source, table)) = place::facts(self.checked, self.id) {
            redirects::add(draft, &source, &table, COMMON_KEYS, &addresses);
        }
    }
}
