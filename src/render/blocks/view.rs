//! The view of this page or of another one.

use tera::Value;

use super::kind::{self, Host};
use crate::model::{Meaning, PageId};
use crate::render::engine::shapes::shapes;
use crate::render::parts::entry;
use crate::render::scope::Scope;
use crate::render::views::spec::Spec;
use crate::site;

pub(super) const NAME: &str = "view";

pub(crate) struct Kind;

struct View {
    /// The page that has the view.
    page: PageId,
    /// Whether it is another page than that of the block.
    is_elsewhere: bool,
    /// The kind of the view.
    kind: &'static str,
}

/// The view of the page that has the block.
pub(super) fn own(host: &Host<'_>) -> Box<dyn kind::Block> {
    let kind = host.views.of(host.page).map(|(kind, _)| kind).unwrap_or_default();
    Box::new(View { page: host.page, is_elsewhere: false, kind })
}

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        NAME
    }

    fn read(&self, spec: &mut Spec<'_>, host: &Host<'_>) -> Option<Box<dyn kind::Block>> {
        spec.keys("a block with a view", &["page"]);
        let Some(value) = spec.get("page") else {
            if !host.has_view() {
                let hint = "name the page that has it: page = \"map\"";
                spec.report("kind", String::from("the page has no view of its own"), hint);
                return None;
            }
            return Some(own(host));
        };
        let name = spec.reader.text(value)?;
        let page = site::menu_entry(host.ecosystem, &name);
        let Some((page, (kind, _))) = page.and_then(|page| Some((page, host.views.of(page)?))) else {
            let pages = host.ecosystem.published_pages().filter(|(id, _)| host.views.of(*id).is_some());
            let names: Vec<&str> = pages.map(|(_, page)| &*page.path).filter(|path| !path.is_empty()).collect();
            let message = match page {
                Some(_) => format!("the page \"{name}\" has no view"),
                None => format!("there is no page \"{name}\""),
            };
            spec.unknown_name(message, &name, "page", || names.iter().copied());
            return None;
        };
        spec.note(value.span, Meaning::menu_entry(host.ecosystem, page));
        Some(Box::new(View { page, is_elsewhere: page != host.page, kind }))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        SHAPES
    }
}

impl kind::Block for View {
    fn value(&self, scope: &Scope) -> Value {
        let page = self.is_elsewhere.then(|| entry(scope, self.page).into());
        ViewBlock { page, view: self.kind }.into()
    }

    fn view(&self) -> Option<PageId> {
        Some(self.page)
    }

    /// Elements of a view have ids, so a page can have each kind of view once.
    fn excludes(&self, other: &dyn kind::Block) -> bool {
        other.view_kind() == Some(self.kind)
    }

    fn view_kind(&self) -> Option<&'static str> {
        Some(self.kind)
    }
}

shapes! {
    /// The block `view`. The variable `view` of its template is the [View](#view).
    ViewBlock {
        /// The page that has the view, an [Entry](#entry); none if it is the page of the block.
        page: Option<Value>,
        /// The kind of the view.
        view: &'static str,
    }
}
