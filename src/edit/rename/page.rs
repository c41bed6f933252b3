//! Another path for a page, and for the pages below it.

use crate::compile::Checked;
use crate::diagnostics::{Code, Diagnostic};
use crate::edit::change::Change;
use crate::edit::draft::Draft;
use crate::edit::moves::Moves;
use crate::edit::redirects::{self, Addresses};
use crate::edit::references::{Reference, may_name, references};
use crate::edit::refusal::Refusal;
use crate::edit::{links, toml};
use crate::locale::Lang;
use crate::model::{Ecosystem, LinkForm, Meaning, PAGE_KEYS, Page, PageId, PageKind, Target};
use crate::parse;
use crate::schema::is_id;
use crate::site;
use crate::source::CONTENT;

/// Gives a page another path below the content folder.
pub(super) fn rename(checked: &Checked, id: PageId, new: &str) -> Result<Change, Refusal> {
    let ecosystem = &checked.ecosystem;
    let old = &*ecosystem.page(id).path;
    if !new.split('/').all(|part| is_id(part, false)) {
        let advice = "use only small letters without accents, digits and hyphens between the slashes";
        return Err(Refusal::Wish(format!("\"{new}\" can't be the path of a page: {advice}")));
    }
    if new == old {
        return Ok(Change::default());
    }
    if new.strip_prefix(old).is_some_and(|rest| rest.starts_with('/')) {
        return Err(Refusal::Wish(format!("\"{new}\" is below the page itself")));
    }
    let taken = ecosystem.published_page(new).map(|page| ecosystem.page(page).place.clone());
    let first = new.split('/').next().unwrap_or_default();
    let of_type = || ecosystem.schema.find(first).map(|id| ecosystem.schema.get(id).place.clone());
    if let Some(place) = taken.or_else(of_type) {
        let message = format!("\"{new}\" is the path of something else");
        return Err(Diagnostic::new(Code::NameTaken, place, message).hint("choose another path").into());
    }
    let mover = Mover { ecosystem, old, new };
    let mut draft = Draft::default();
    let moves = mover.moves();
    moves.apply(checked, &mut draft);
    let last = old.rsplit('/').next().unwrap_or(old);
    let folder = format!("{CONTENT}/{old}");
    let found = references(checked, |source| may_name(source, last) || source.path.starts_with(&folder));
    moves.correct_links(checked, &found, &mut draft);
    found.iter().for_each(|reference| mover.reference(reference, &mut draft));
    for (_, page) in ecosystem.published_pages() {
        mover.redirects(page, &mut draft);
    }
    Ok(draft.finish())
}

struct Mover<'a> {
    ecosystem: &'a Ecosystem,
    old: &'a str,
    new: &'a str,
}

impl Mover<'_> {
    /// The new path of a page, if it is the page that moves or below it.
    fn path(&self, path: &str) -> Option<String> {
        let rest = path.strip_prefix(self.old)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| format!("{}{rest}", self.new))
    }

    /// The new paths of files: those of the page, and all that is in its folder.
    fn moves(&self) -> Moves {
        let mut moves = Moves::default();
        for file in self.ecosystem.files() {
            let rest = file.strip_prefix(self.old).filter(|rest| rest.starts_with(['/', '.']));
            if let Some(rest) = rest {
                moves.file(&format!("{CONTENT}/{file}"), &format!("{CONTENT}/{}{rest}", self.new));
            }
        }
        moves
    }

    fn reference(&self, reference: &Reference, draft: &mut Draft) {
        let Some(source) = self.ecosystem.text(&reference.place.path) else { return };
        let token = &source.text[reference.place.span.range()];
        let of_page = |page: PageId| self.path(&self.ecosystem.page(page).path);
        let new = match &reference.meaning {
            Meaning::Page(page) => of_page(*page).map(|path| toml::quoted(&path, token)),
            Meaning::Link(LinkForm::Wiki | LinkForm::Embed, Target::Page(page, _)) => {
                of_page(*page).and_then(|path| match token.starts_with(['[', '!']) {
                    true => links::with_name(token, &path),
                    false => links::in_string(token, |link| {
                        let name = &link[links::name(link)?];
                        links::with_name(link, &self.path(name)?)
                    }),
                })
            }
            Meaning::Folder(folder) => {
                self.path(folder.trim_end_matches('/')).map(|path| toml::quoted(&format!("{path}/"), token))
            }
            _ => None,
        };
        if let Some(new) = new {
            draft.replace(&reference.place, new);
        }
    }

    /// Redirects from the old addresses of a page.
    fn redirects(&self, page: &Page, draft: &mut Draft) {
        let (Some(new), PageKind::Free) = (self.path(&page.path), page.kind) else { return };
        let (Some(id), Some(file)) = (self.ecosystem.published_page(&page.path), page.files.exactly(Lang::DEFAULT))
        else {
            return;
        };
        let Some(source) = self.ecosystem.text(file) else { return };
        let front = parse::document(source, &self.ecosystem.config, &self.ecosystem.schema).front;
        let address =
            |lang| Addresses { old: site::page_path(self.ecosystem, id, lang), new: self.address(&new, lang) };
        let addresses: Vec<Addresses> = self.ecosystem.config.languages.all().map(address).collect();
        redirects::add(draft, source, &front, PAGE_KEYS, &addresses);
    }

    /// The address of a new path: each part is the slug of the page with that path, if it has one.
    fn address(&self, path: &str, lang: Lang) -> String {
        let mut address = self.ecosystem.config.languages.prefix(lang).to_owned();
        let mut folder = String::new();
        for part in path.split('/') {
            folder.push_str(part);
            let before = folder.strip_prefix(self.new).filter(|rest| rest.is_empty() || rest.starts_with('/'));
            let before = before.map_or_else(|| folder.clone(), |rest| format!("{}{rest}", self.old));
            let slug = self.ecosystem.published_page(&before).map(|id| self.ecosystem.page(id).slug.text(lang));
            address.push('/');
            address.push_str(slug.filter(|slug| !slug.is_empty()).unwrap_or(part));
            folder.push('/');
        }
        address + "/"
    }
}
