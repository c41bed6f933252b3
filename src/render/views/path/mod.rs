//! How two entities are connected: the shortest chains of relations between them. A browser computes them from the
//! published links.

mod shapes;

use tera::Value;

use super::kind::{self, View};
use super::spec::Spec;
use crate::model::{Ecosystem, PageId};
use crate::render::parts::type_value;
use crate::render::scope::Scope;
use crate::schema::TypeId;
use crate::site;

const NAME: &str = "path";

pub(crate) struct Kind;

impl kind::Kind for Kind {
    fn name(&self) -> &'static str {
        NAME
    }

    fn read(&self, spec: &mut Spec<'_>) -> Option<Box<dyn View>> {
        spec.keys("a view of paths", &["of", "weak"]);
        let of = if spec.has("of") { spec.entity_types() } else { linked_types(spec) };
        let weak = spec.optional_types("weak").unwrap_or_default();
        if of.is_empty() {
            return None;
        }
        if let Some(stranger) = weak.iter().find(|entity_type| !of.contains(entity_type)) {
            let message = format!("\"{}\" is not among the types of the view", spec.schema.get(*stranger).id);
            spec.report("weak", message, "name it in \"of\" too, or leave it out");
            return None;
        }
        Some(Box::new(Path { of, weak }))
    }

    #[cfg(test)]
    fn shapes(&self) -> &'static [crate::render::engine::shapes::Shape] {
        shapes::SHAPES
    }
}

/// All types but those of sources: a source joins whatever it speaks of.
fn linked_types(spec: &Spec<'_>) -> Vec<TypeId> {
    spec.schema.types().filter(|(_, info)| !info.citation).map(|(entity_type, _)| entity_type).collect()
}

/// The first page with a view of this kind, in the order of paths.
pub(crate) fn page(ecosystem: &Ecosystem) -> Option<PageId> {
    let kind_of = |view: &crate::table::Value| view.as_table()?.get("kind")?.as_text().map(|kind| kind == NAME);
    let mut pages = ecosystem.published_pages();
    let has_view = |view: &crate::model::RawView| kind_of(&view.value) == Some(true);
    pages.find(|(_, page)| page.view.as_ref().is_some_and(has_view)).map(|(id, _)| id)
}

struct Path {
    /// The types of the entities that can be connected, and through which chains can lead.
    of: Vec<TypeId>,
    /// Those of them that join others only loosely.
    weak: Vec<TypeId>,
}

impl View for Path {
    fn value(&self, scope: &Scope) -> Value {
        let types = |types: &[TypeId]| types.iter().map(|entity_type| type_value(scope, *entity_type)).collect();
        shapes::Path {
            kind: NAME,
            types: types(&self.of),
            weak: types(&self.weak),
            links: scope.address(&site::links_path(&scope.ecosystem.config, scope.lang)),
        }
        .into()
    }
}
