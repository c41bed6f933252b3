//! Links in prose: wikilinks, paths of files, anchors.

use lsp_types::CompletionItemKind;

use super::offers::{Offer, Offers, escaped};
use super::request::Request;
use crate::locale::Localised;
use crate::lsp::cursor::{Link, LinkStart};
use crate::model::{Body, PageId};
use crate::source::{CONTENT, Picture};

impl Request<'_> {
    /// What can be written as the target of a link.
    pub(super) fn link(&self, link: &Link) -> Offers {
        if let Some(page) = &link.page {
            return self.anchors(page).into();
        }
        let close = |offer: Offer, end: &str| {
            let text = offer.text.clone().unwrap_or_else(|| escaped(&offer.label));
            Offer { text: Some(if link.is_closed { text } else { format!("{text}{end}") }), ..offer }
        };
        match link.start {
            LinkStart::Wiki | LinkStart::Embed => {
                let (mut offers, _) = self.entities(None, &link.typed);
                let typed = crate::locale::folded(&link.typed);
                let fits = |offer: &Offer| {
                    crate::locale::folded(&offer.label).contains(&typed)
                        || crate::locale::folded(&offer.detail).contains(&typed)
                };
                let lang = self.context.lang;
                let indexes = self.context.ecosystem.schema.types.iter().map(|entity_type| {
                    Offer::new(&*entity_type.id, CompletionItemKind::CLASS).detail(entity_type.plural.text(lang))
                });
                if link.start == LinkStart::Wiki {
                    offers.extend(self.pages().chain(indexes).filter(fits));
                }
                let offers = offers.into_iter().map(|offer| close(offer, "]]")).collect();
                Offers { offers, is_complete: false }
            }
            LinkStart::Path | LinkStart::Image => {
                let mut offers = self.assets(link.start == LinkStart::Image);
                if link.start == LinkStart::Path {
                    offers.extend(self.documents());
                }
                offers.into_iter().map(|offer| close(offer, ")")).collect::<Vec<_>>().into()
            }
        }
    }

    /// The headings of a page; of this file if the page has no name.
    fn anchors(&self, page: &str) -> Vec<Offer> {
        let bodies = self.bodies(page.trim());
        let body = bodies.and_then(|bodies| bodies.best(self.context.lang).map(|(_, body)| body));
        let headings = body.map(|body| &*body.prose.headings).unwrap_or_default();
        headings
            .iter()
            .map(|heading| Offer::new(&*heading.id, CompletionItemKind::REFERENCE).detail(&*heading.text))
            .collect()
    }

    /// The prose of an entity or a page, as a link names it.
    fn bodies(&self, name: &str) -> Option<&Localised<Body>> {
        let ecosystem = self.context.ecosystem;
        let own = || {
            let in_file = |files: &Localised<std::sync::Arc<str>>| files.iter().any(|(_, path)| **path == *self.path);
            let entities = ecosystem.published().map(|id| ecosystem.entity(id));
            let mut entities = entities.filter(|entity| in_file(&entity.files)).map(|entity| &entity.body);
            let mut pages = ecosystem.published_pages().map(|(_, page)| page).filter(|page| in_file(&page.files));
            entities.next().or_else(|| pages.next().map(|page| &page.body))
        };
        if name.is_empty() {
            return own();
        }
        let types = ecosystem.schema.types().map(|(at, _)| at);
        let entity = match name.split_once('/') {
            Some((of, id)) => ecosystem.schema.find(of).and_then(|of| ecosystem.find(of, id)),
            None => types.into_iter().find_map(|at| ecosystem.find(at, name)),
        };
        let by_file = || {
            let path = resolved(self.path, name)?;
            let of_path = |files: &Localised<std::sync::Arc<str>>| files.iter().any(|(_, file)| **file == *path);
            let mut entities = ecosystem.published().map(|id| ecosystem.entity(id));
            let entity = entities.find(|entity| of_path(&entity.files)).map(|entity| &entity.body);
            entity.or_else(|| {
                ecosystem.published_pages().find(|(_, page)| of_path(&page.files)).map(|(_, page)| &page.body)
            })
        };
        let page: Option<PageId> = ecosystem.published_page(name);
        let page = page.or_else(|| ecosystem.schema.find(name).map(PageId::index_of));
        let entity = entity.map(|id| &ecosystem.entity(id).body);
        entity.or_else(|| page.map(|id| &ecosystem.page(id).body)).or_else(by_file)
    }

    /// The files that are published as they are, relative to this one.
    pub(super) fn assets(&self, only_images: bool) -> Vec<Offer> {
        let is_picture = |path: &str| matches!(self.context.ecosystem.picture(path), Some(Picture::Size(_)));
        let assets = self.context.ecosystem.assets.iter().map(|asset| &*asset.path);
        let assets = assets.filter(|path| !only_images || is_picture(path));
        assets.map(|path| Offer::new(relative(self.path, path), CompletionItemKind::FILE)).collect()
    }

    /// The files of profiles and pages in the default language, relative to this one.
    fn documents(&self) -> Vec<Offer> {
        let files = self.context.ecosystem.files().filter(|path| {
            let name = path.rsplit('/').next().unwrap_or_default();
            path.ends_with(".md") && name.matches('.').count() == 1
        });
        files.map(|path| Offer::new(relative(self.path, path), CompletionItemKind::FILE)).collect()
    }
}

/// A path below the content folder, relative to a file of the site.
fn relative(from: &str, path: &str) -> String {
    let from = from.strip_prefix(CONTENT).map_or(from, |from| from.trim_start_matches('/'));
    let folder: Vec<&str> = from.split('/').collect();
    let folder = &folder[..folder.len().saturating_sub(1)];
    let parts: Vec<&str> = path.split('/').collect();
    let shared = folder.iter().zip(&parts).take_while(|(a, b)| a == b).count().min(parts.len() - 1);
    let up = std::iter::repeat_n("..", folder.len() - shared);
    up.chain(parts[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// The path of the file that a link names, relative to the root of the site.
fn resolved(from: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_file_that_has_them() {
        assert_eq!(relative("content/actors/a.md", "actors/logo.svg"), "logo.svg");
        assert_eq!(relative("content/actors/a.md", "geo/x/y.svg"), "../geo/x/y.svg");
        assert_eq!(relative("content/about.md", "about.svg"), "about.svg");
        assert_eq!(resolved("content/actors/a.md", "../projects/b.md").as_deref(), Some("content/projects/b.md"));
        assert_eq!(resolved("a.md", "../../b.md"), None);
    }
}
