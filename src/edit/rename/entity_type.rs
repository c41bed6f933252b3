//! Another name for a type: its folder, and its id wherever it is named.

use super::names::{self, Names};
use crate::compile::Checked;
use crate::diagnostics::{Code, Diagnostic};
use crate::edit::change::Change;
use crate::edit::draft::Draft;
use crate::edit::moves::Moves;
use crate::edit::redirects::{self, Addresses};
use crate::edit::references::{Reference, may_name, references};
use crate::edit::refusal::Refusal;
use crate::edit::{links, toml};
use crate::model::{Ecosystem, LinkForm, Meaning, PageId, Target};
use crate::schema::{self, RelationId, TYPE_KEYS, TypeId, is_id};
use crate::source::CONTENT;
use crate::table::{self, Table};
use crate::text::SourceText;

/// Gives a type another id.
pub(super) fn rename(checked: &Checked, id: TypeId, new: &str) -> Result<Change, Refusal> {
    let ecosystem = &checked.ecosystem;
    let old = &ecosystem.schema.get(id).id;
    if !is_id(new, false) {
        let advice = "use only small letters without accents, digits and hyphens, at most 200";
        return Err(Refusal::Wish(format!("\"{new}\" can't be the id of a type: {advice}")));
    }
    if *new == **old {
        return Ok(Change::default());
    }
    let folder = format!("{new}/");
    if let Some(taken) = ecosystem.files().find(|path| path.starts_with(&folder)) {
        let message = format!("there is a folder \"{new}\" in content/ already");
        let diagnostic = Diagnostic::about_file(Code::NameTaken, &format!("{CONTENT}/{taken}"), message);
        return Err(diagnostic.hint("choose another name, or move what is in it").into());
    }
    let mut draft = Draft::default();
    let moves = Moves::folder(old, new);
    moves.apply(checked, &mut draft);
    // Files that move can name others by their paths, without naming the type.
    let own = format!("{CONTENT}/{old}/");
    let found = references(checked, |source| may_name(source, old) || source.path.starts_with(&own));
    moves.correct_links(checked, &found, &mut draft);
    let renamer = Renamer { ecosystem, id, old, new };
    found.iter().for_each(|reference| renamer.reference(reference, &mut draft));
    renamer.inverses(&found, &mut draft);
    renamer.redirects(&mut draft);
    names::report_in_themes(checked, old, &mut draft);
    Ok(draft.finish())
}

struct Renamer<'a> {
    ecosystem: &'a Ecosystem,
    id: TypeId,
    old: &'a str,
    new: &'a str,
}

impl Renamer<'_> {
    fn reference(&self, reference: &Reference, draft: &mut Draft) {
        let Some(source) = self.ecosystem.text(&reference.place.path) else { return };
        let token = &source.text[reference.place.span.range()];
        let name = token.trim_matches(['"', '\'']);
        let new = match &reference.meaning {
            Meaning::Type(Some(id)) if *id == self.id => Some(toml::quoted(self.new, token)),
            Meaning::Target(_, Some(id)) | Meaning::Entity(id) if self.ecosystem.entity(*id).entity_type == self.id => {
                self.full(name).map(|name| toml::quoted(&name, token))
            }
            Meaning::Folder(folder) => {
                let rest = folder.strip_prefix(self.old).filter(|rest| rest.starts_with('/'));
                rest.map(|rest| toml::quoted(&format!("{}{rest}", self.new), token))
            }
            Meaning::Link(LinkForm::Wiki | LinkForm::Embed, target) => self.wikilink(token, target),
            Meaning::Link(LinkForm::Markdown, Target::Path(_)) => {
                links::redirect(draft, source, reference.place.span, |path| self.address(path));
                None
            }
            _ => None,
        };
        if let Some(new) = new {
            draft.replace(&reference.place, new);
        }
    }

    /// The new address in place of an address of the type: of its data, or of its pages if these are named after it.
    fn address(&self, path: &str) -> Option<String> {
        let data = format!("/data/{}", self.old);
        if let Some(rest) = path.strip_prefix(&data).filter(|rest| rest.starts_with(['.', '/'])) {
            return Some(format!("/data/{}{rest}", self.new));
        }
        let addresses = self.addresses().into_iter().find_map(|it| Some((path.strip_prefix(&*it.old)?, it.new)));
        addresses.map(|(rest, new)| format!("{new}{rest}"))
    }

    /// The first segments of the addresses in each language, if they are the id of the type.
    fn addresses(&self) -> Vec<Addresses> {
        if self.declaration().is_none_or(|(_, table)| table.get("path").is_some()) {
            return Vec::new();
        }
        let languages = &self.ecosystem.config.languages;
        let address = |lang, id: &str| format!("{}/{id}/", languages.prefix(lang));
        let both = |lang| Addresses { old: address(lang, self.old), new: address(lang, self.new) };
        languages.all().map(both).collect()
    }

    fn declaration(&self) -> Option<(&SourceText, Table)> {
        let source = self.ecosystem.text(&format!("{CONTENT}/{}/{}", self.old, schema::FILE))?;
        Some((source, table::parse(&source.text, 0).0))
    }

    /// The new form of a name with the type in it, such as `actors/novadip`.
    fn full(&self, name: &str) -> Option<String> {
        let (entity_type, id) = name.split_once('/')?;
        (entity_type == self.old).then(|| format!("{}/{id}", self.new))
    }

    fn wikilink(&self, token: &str, target: &Target) -> Option<String> {
        let changed = |link: &str| {
            let name = &link[links::name(link)?];
            let leads_here = match target {
                Target::Entity(id, _) => self.ecosystem.entity(*id).entity_type == self.id,
                Target::Page(page, _) => *page == PageId::index_of(self.id) && name == self.old,
                _ => false,
            };
            let new = if name == self.old { Some(self.new.to_owned()) } else { self.full(name) };
            links::with_name(link, &new.filter(|_| leads_here)?)
        };
        if token.starts_with(['[', '!']) { changed(token) } else { links::in_string(token, changed) }
    }

    /// The inverses that are named after the type.
    fn inverses(&self, found: &[Reference], draft: &mut Draft) {
        let relations: Vec<(RelationId, &str)> =
            self.ecosystem.schema.relations_of(self.id).map(|(id, relation)| (id, &*relation.id)).collect();
        for (id, relation) in relations {
            let old = format!("{}_{relation}", self.old);
            if *self.ecosystem.schema.relation(id).inverse == *old {
                let new = format!("{}_{relation}", self.new);
                let names = Names { old: &old, new: &new, meanings: vec![Meaning::Inverse(id)] };
                names.replace(self.ecosystem, found, draft);
            }
        }
    }

    /// Redirects from the old addresses.
    fn redirects(&self, draft: &mut Draft) {
        if let Some((source, table)) = self.declaration() {
            redirects::add(draft, source, &table, TYPE_KEYS, &self.addresses());
        }
    }
}
