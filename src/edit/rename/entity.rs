//! Another id for an entity.

use crate::compile::Checked;
use crate::diagnostics::{Code, Diagnostic};
use crate::edit::change::Change;
use crate::edit::draft::Draft;
use crate::edit::moves::Moves;
use crate::edit::redirects::{self, Addresses};
use crate::edit::references::{Reference, may_name, references};
use crate::edit::refusal::Refusal;
use crate::edit::{links, place, toml};
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId, LinkForm, Meaning, PageId, Target};
use crate::parse;
use crate::schema::{COMMON_KEYS, TypeId, is_id};
use crate::site;
use crate::source::CONTENT;
use crate::table;
use crate::text::SourceText;

/// The new id in a name such as `actors/novadip-bio`.
pub(super) fn new_id<'a>(checked: &Checked, id: EntityId, to: &'a str) -> Result<&'a str, Refusal> {
    let entity_type = &checked.ecosystem.schema.get(checked.ecosystem.entity(id).entity_type).id;
    match to.split_once('/') {
        Some((folder, new)) if folder == &**entity_type => Ok(new),
        Some((folder, new)) => Err(Refusal::Wish(format!(
            "\"{to}\" is in another type: filiere move {entity_type}/{} {folder} comes first, then the name \"{new}\"",
            checked.ecosystem.entity(id).id
        ))),
        None => Ok(to),
    }
}

/// Gives an entity another id.
pub(super) fn rename(checked: &Checked, id: EntityId, new: &str) -> Result<Change, Refusal> {
    let ecosystem = &checked.ecosystem;
    let entity = ecosystem.entity(id);
    if !is_id(new, false) {
        let advice = "use only small letters without accents, digits and hyphens, at most 200";
        return Err(Refusal::Wish(format!("\"{new}\" can't be an id: {advice}")));
    }
    if *new == *entity.id {
        return Ok(Change::default());
    }
    if let Some(other) = ecosystem.find(entity.entity_type, new) {
        let place = ecosystem.entity(other).place.clone();
        let message = format!("\"{new}\" is the id of another entity of this type");
        let hint = "choose another id; if both are the same, merge them";
        return Err(Diagnostic::new(Code::NameTaken, place, message).hint(hint).into());
    }
    let mut draft = Draft::default();
    let moves = moves(checked, id, new);
    moves.apply(checked, &mut draft);
    let references = references(checked, |source| may_name(source, &entity.id) || source.text.contains(new));
    moves.correct_links(checked, &references, &mut draft);
    let renamer = Renamer { ecosystem, id, new, into: None };
    for reference in &references {
        renamer.reference(reference, &mut draft)?;
    }
    renamer.keys_in_lists(&mut draft);
    renamer.redirects(checked, &mut draft);
    Ok(draft.finish())
}

/// The new paths of the entity's own files; none if it is in a list.
fn moves(checked: &Checked, id: EntityId, new: &str) -> Moves {
    let entity = checked.ecosystem.entity(id);
    let mut moves = Moves::default();
    for (_, path) in entity.files.iter() {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if let Some(suffixes) = name.strip_prefix(&*entity.id).filter(|rest| rest.starts_with('.')) {
            moves.file(path, &format!("{folder}/{new}{suffixes}"));
        }
    }
    moves
}

/// Leads a reference to an entity to another one of the same type, which has its own name already.
pub(in crate::edit) fn lead_to(
    checked: &Checked,
    id: EntityId,
    into: EntityId,
    reference: &Reference,
    draft: &mut Draft,
) -> Result<(), Refusal> {
    let ecosystem = &checked.ecosystem;
    Renamer { ecosystem, id, new: &ecosystem.entity(into).id, into: Some(into) }.reference(reference, draft)
}

struct Renamer<'a> {
    ecosystem: &'a Ecosystem,
    id: EntityId,
    new: &'a str,
    /// The entity that has the new name already.
    into: Option<EntityId>,
}

impl Renamer<'_> {
    fn entity_type(&self) -> TypeId {
        self.ecosystem.entity(self.id).entity_type
    }

    /// The name of an entity with its type.
    fn full(&self, id: EntityId, name: &str) -> String {
        let entity_type = self.ecosystem.entity(id).entity_type;
        format!("{}/{name}", self.ecosystem.schema.get(entity_type).id)
    }

    fn reference(&self, reference: &Reference, draft: &mut Draft) -> Result<(), Refusal> {
        let Some(source) = self.ecosystem.text(&reference.place.path) else { return Ok(()) };
        let token = &source.text[reference.place.span.range()];
        match &reference.meaning {
            Meaning::Target(relation, Some(target)) => {
                let types = &self.ecosystem.schema.relation(*relation).to;
                if let Some(text) = self.value(token, *target, types) {
                    draft.replace(&reference.place, text);
                }
            }
            Meaning::Entity(target) => {
                let types: Vec<TypeId> = self.ecosystem.schema.types().map(|(id, _)| id).collect();
                if let Some(text) = self.value(token, *target, &types) {
                    draft.replace(&reference.place, text);
                }
            }
            Meaning::Link(LinkForm::Wiki | LinkForm::Embed, target) => {
                let changed = |link: &str| self.wikilink(link, target);
                let is_exact = token.starts_with(['[', '!']);
                let text = if is_exact { changed(token) } else { links::in_string(token, |link| self.named(link)) };
                if let Some(text) = text {
                    draft.replace(&reference.place, text);
                } else if let (Target::Page(page, _), true) = (target, is_exact) {
                    self.refuse_capture(reference, *page, token)?;
                }
            }
            Meaning::Link(LinkForm::Markdown, Target::Entity(target, _)) if *target == self.id => {
                self.anchor_in_list(source, reference, draft);
            }
            Meaning::Link(LinkForm::Markdown, Target::Path(_)) => {
                links::redirect(draft, source, reference.place.span, |path| self.new_address(path));
            }
            _ => {}
        }
        Ok(())
    }

    /// A value that names an entity, if it has to change. `types` are the types that the name may be of.
    fn value(&self, token: &str, target: EntityId, types: &[TypeId]) -> Option<String> {
        let name = token.trim_matches(['"', '\'']);
        let is_full = name.contains('/');
        if target == self.id {
            let others = types.iter().filter(|entity_type| **entity_type != self.entity_type());
            let is_ambiguous =
                !is_full && others.into_iter().any(|other| self.ecosystem.find(*other, self.new).is_some());
            let full = is_full || is_ambiguous;
            let new = if full { self.full(self.id, self.new) } else { self.new.to_owned() };
            return Some(toml::quoted(&new, token));
        }
        // The name of another entity becomes ambiguous.
        let is_other = self.into != Some(target);
        let clashes = is_other && !is_full && name == self.new && types.contains(&self.entity_type());
        clashes.then(|| toml::quoted(&self.full(target, name), token))
    }

    /// A wikilink with its target, if it has to change.
    fn wikilink(&self, link: &str, target: &Target) -> Option<String> {
        let name = &link[links::name(link)?];
        match target {
            Target::Entity(id, _) if *id == self.id => {
                let is_ambiguous = self.others(self.new).next().is_some();
                let full = name.contains('/') || is_ambiguous;
                let new = if full { self.full(self.id, self.new) } else { self.new.to_owned() };
                links::with_name(link, &new)
            }
            Target::Entity(id, _) if name == self.new && self.into != Some(*id) => {
                links::with_name(link, &self.full(*id, name))
            }
            _ => None,
        }
    }

    /// A wikilink in a string with escapes, where only the name tells what it means.
    fn named(&self, link: &str) -> Option<String> {
        let name = &link[links::name(link)?];
        let own = &self.ecosystem.entity(self.id).id;
        let is_own = name == self.full(self.id, own) || (name == &**own && self.others(own).next().is_none());
        match is_own {
            true => self.wikilink(link, &Target::Entity(self.id, None)),
            false => self.others(name).next().and_then(|id| self.wikilink(link, &Target::Entity(id, None))),
        }
    }

    /// The entities of other types with an id.
    fn others(&self, id: &str) -> impl Iterator<Item = EntityId> {
        let types = self.ecosystem.schema.types().map(|(id, _)| id).filter(|other| *other != self.entity_type());
        types.filter_map(move |other| self.ecosystem.find(other, id))
    }

    /// A wikilink to a page, whose name would be that of the entity.
    fn refuse_capture(&self, reference: &Reference, page: PageId, link: &str) -> Result<(), Refusal> {
        if self.into.is_some() || links::name(link).is_none_or(|name| link[name] != *self.new) {
            return Ok(());
        }
        let message = format!("this link leads to the page \"{}\", and would lead to the entity", self.new);
        let diagnostic = Diagnostic::new(Code::NameTaken, reference.place.clone(), message);
        let path = &self.ecosystem.page(page).path;
        Err(diagnostic
            .hint(format!("write the path of the page, as in [text](/{path}.md), or choose another id"))
            .into())
    }

    /// A link such as `[text](../towns/_list.toml#liege)`: in a list, the anchor is the id.
    fn anchor_in_list(&self, source: &SourceText, reference: &Reference, draft: &mut Draft) {
        let old = &self.ecosystem.entity(self.id).id;
        links::redirect(draft, source, reference.place.span, |written| {
            let (path, anchor) = written.split_once('#')?;
            (path.ends_with(parse::LIST) && *anchor == **old).then(|| format!("{path}#{}", self.new))
        });
    }

    /// The tables of the entity in the list of its type and in the translations of the list.
    fn keys_in_lists(&self, draft: &mut Draft) {
        let entity = self.ecosystem.entity(self.id);
        let folder = format!("{CONTENT}/{}/", self.ecosystem.schema.get(entity.entity_type).id);
        for source in
            self.ecosystem.texts().filter(|source| source.path.starts_with(&folder) && parse::is_list(&source.path))
        {
            for key in table::keys(&source.text, 0).iter().filter(|key| key.is_at(&[&entity.id])) {
                let text = toml::key(self.new, &source.text[key.span.range()]);
                draft.replace(&source.place(key.span), text);
            }
        }
    }

    fn languages(&self) -> impl Iterator<Item = Lang> {
        self.ecosystem.config.languages.all()
    }

    /// The new address of the entity in a language.
    fn address(&self, lang: Lang) -> Addresses {
        let old = site::entity_path(self.ecosystem, self.id, lang);
        let id = &self.ecosystem.entity(self.id).id;
        let new =
            old.strip_suffix(&format!("{id}/")).map_or_else(|| old.clone(), |base| format!("{base}{}/", self.new));
        Addresses { old, new }
    }

    /// The new address in place of an address of the entity: of its page, or of its data.
    fn new_address(&self, path: &str) -> Option<String> {
        if path == site::record_path(self.ecosystem, self.id) {
            let id = &self.ecosystem.entity(self.id).id;
            return path.strip_suffix(&format!("{id}.json")).map(|folder| format!("{folder}{}.json", self.new));
        }
        let (page, anchor) = path.split_at(path.find('#').unwrap_or(path.len()));
        let same = |old: &str| old.trim_end_matches('/') == page.trim_end_matches('/');
        let addresses = self.languages().map(|lang| self.address(lang)).find(|addresses| same(&addresses.old))?;
        Some(format!("{}{anchor}", addresses.new))
    }

    /// Redirects from the old addresses.
    fn redirects(&self, checked: &Checked, draft: &mut Draft) {
        if !self.ecosystem.has_page(self.id) {
            return;
        }
        let addresses: Vec<Addresses> = self.languages().map(|lang| self.address(lang)).collect();
        if let Some((source, table)) = place::facts(checked, self.id) {
            redirects::add(draft, &source, &table, COMMON_KEYS, &addresses);
        }
    }
}
