//! Pages: from a route to bytes.
//!
//! In: the ecosystem, the site and a theme. Out: a [`Renderer`] that turns any route into what is published there. Rendering is a pure
//! function of a route: nothing is read, written or remembered, so routes can be rendered in any order and on any thread.

mod collections;
mod data;
mod facets;
mod facts;
mod feeds;
mod functions;
mod hierarchy;
mod index;
mod json_ld;
mod map;
mod matrix;
mod network;
mod pages;
mod prose;
mod searchable;
mod strings;
mod theme;
mod timeline;
mod views;

use std::sync::Arc;

use tera::{Context, Tera, TeraResult, Value};

use crate::diagnostics::{Code, Diagnostic};
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId, PageKind};
use crate::site::{Route, RouteKind, Site};
use crate::source::Bytes;

use pages::Pages;

pub use searchable::Searchable;
pub use theme::{Settings, Theme, settings};

/// What is published at a route.
#[derive(Debug)]
pub enum Rendered {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A file as it is.
    File(Bytes),
}

/// Renders the routes of a site.
pub struct Renderer {
    pages: Arc<Pages>,
    site: Arc<Site>,
    theme: Theme,
    /// By language.
    engines: Vec<Tera>,
}

impl Renderer {
    /// Loads the theme's words and templates. With errors among the diagnostics nothing should be rendered.
    pub fn new(ecosystem: Arc<Ecosystem>, site: Arc<Site>, theme: Theme) -> (Self, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let strings = theme.strings(&ecosystem.config.languages, &mut problems);
        let pages = Arc::new(Pages::new(ecosystem.clone(), strings, theme.settings.clone()));
        let mut engines = Vec::new();
        for lang in ecosystem.config.languages.all() {
            let mut engine = Tera::new();
            functions::register(&mut engine, &pages, &pages.strings[lang.index()], lang);
            theme.load(&mut engine, &mut problems);
            engine.global_context().insert_value("site", pages.site(lang, &site.search));
            engine.global_context().insert_value("lang", views::text(ecosystem.config.languages.tag(lang)));
            engines.push(engine);
        }
        for entity_type in &ecosystem.schema.types {
            let (Some((template, place)), Some(engine)) = (&entity_type.template, engines.first()) else { continue };
            if problems.is_empty() && !engine.contains_template(&file_of(template)) {
                let known = engine.get_template_names().filter_map(|name| name.split_once('/')).map(|(_, name)| name);
                let hint = crate::diagnostics::did_you_mean(&file_of(template), known);
                let message = format!("there is no template \"{}\"", file_of(template));
                problems.push(Diagnostic::new(Code::MissingTemplate, place.clone(), message).maybe_hint(hint));
            }
        }
        // Each language loads the same templates and finds the same mistakes.
        crate::diagnostics::sort(&mut problems);
        (Self { pages, site, theme, engines }, problems)
    }

    /// Renders a route.
    ///
    /// # Errors
    /// The template is missing or failed; the diagnostic has its line and column.
    pub fn render(&self, route: &Route) -> Result<Rendered, Diagnostic> {
        let text = |text: String| Ok(Rendered::Bytes(text.into_bytes()));
        match &route.kind {
            RouteKind::Page(_) | RouteKind::Index(..) | RouteKind::Entity(_) | RouteKind::NotFound => {
                self.page(route).map(Rendered::Bytes)
            }
            RouteKind::Redirect(to) => text(feeds::redirect(&self.pages, to)),
            RouteKind::File(bytes) => Ok(Rendered::File(bytes.clone())),
            RouteKind::Graph => Ok(Rendered::Bytes(data::graph(&self.pages.ecosystem))),
            RouteKind::Csv(entity_type) => Ok(Rendered::Bytes(data::csv(&self.pages.ecosystem, *entity_type))),
            RouteKind::Json(entity_type) => Ok(Rendered::Bytes(data::table(&self.pages.ecosystem, *entity_type))),
            RouteKind::Record(id) => Ok(Rendered::Bytes(data::record(&self.pages.ecosystem, *id))),
            RouteKind::Listing(entity_type) => {
                let row = |id| self.of_card("row.html", id, route.lang);
                let listing = index::listing(&self.pages, *entity_type, route.lang, row);
                listing.map(Rendered::Bytes).map_err(|error| self.failed(&error, route))
            }
            RouteKind::Outline => text(map::outline(&self.pages.ecosystem)),
            RouteKind::Feed => text(feeds::feed(&self.pages, route.lang)),
            RouteKind::Sitemap(part) => text(feeds::sitemap(&self.pages, &self.site, *part)),
            RouteKind::Robots => text(feeds::robots(&self.pages)),
            RouteKind::Redirects => text(feeds::redirects(&self.pages, &self.site)),
            RouteKind::Headers => text(feeds::headers(&self.pages)),
        }
    }

    fn page(&self, route: &Route) -> Result<Vec<u8>, Diagnostic> {
        let failed = std::cell::RefCell::new(None);
        let card = |id: EntityId| match self.of_card("card.html", id, route.lang) {
            Ok(html) => html,
            Err(error) => {
                failed.borrow_mut().get_or_insert(error);
                String::new()
            }
        };
        let mut context = Context::new();
        for (name, value) in self.pages.page(route, &card) {
            context.insert_value(name, value);
        }
        if let Some(error) = failed.into_inner() {
            return Err(self.failed(&error, route));
        }
        let mut bytes = Vec::with_capacity(8 * 1024);
        let result = self.engine(route.lang).render_to(&self.template(route), &context, &mut bytes);
        match result {
            Ok(()) => Ok(bytes),
            Err(error) => Err(self.failed(&error, route)),
        }
    }

    /// What a template makes of an entity's card alone: `card.html` for prose, `row.html` for a line of an index.
    fn of_card(&self, template: &str, id: EntityId, lang: Lang) -> TeraResult<String> {
        let mut context = Context::new();
        context.insert_value("card", self.pages.card(id, lang));
        self.engine(lang).render(template, &context)
    }

    fn failed(&self, error: &tera::Error, route: &Route) -> Diagnostic {
        self.theme.diagnostic(error, Code::TemplateError, Some(&route.path))
    }

    fn engine(&self, lang: Lang) -> &Tera {
        &self.engines[lang.index()]
    }

    /// The template of a page: its type's own where there is one.
    fn template(&self, route: &Route) -> String {
        let schema = &self.pages.ecosystem.schema;
        let mut candidates: Vec<String> = Vec::new();
        let fallback = match &route.kind {
            RouteKind::Entity(id) => {
                let entity_type = schema.get(self.pages.ecosystem.entity(*id).entity_type);
                if let Some((template, _)) = &entity_type.template {
                    return file_of(template);
                }
                candidates.push(format!("{}.html", entity_type.id));
                "entity.html"
            }
            RouteKind::Index(entity_type, _) => {
                candidates.push(format!("{}-index.html", schema.get(*entity_type).id));
                "index.html"
            }
            RouteKind::Page(id) if self.pages.ecosystem.page(*id).kind == PageKind::Home => {
                candidates.push(String::from("home.html"));
                "page.html"
            }
            RouteKind::NotFound => {
                candidates.push(String::from("404.html"));
                "page.html"
            }
            _ => "page.html",
        };
        let engine = self.engine(route.lang);
        candidates.into_iter().find(|name| engine.contains_template(name)).unwrap_or_else(|| fallback.to_owned())
    }

    /// What the search knows of a page.
    pub fn searchable(&self, route: &Route) -> Searchable {
        searchable::searchable(&self.pages, route)
    }

    /// The tag of a language.
    pub fn tag(&self, lang: Lang) -> &str {
        self.pages.tag(lang)
    }

    /// The value of a variable that templates of this route see; for tests of the views.
    #[doc(hidden)]
    pub fn view(&self, route: &Route, name: &str) -> Option<Value> {
        self.pages.page(route, &|_| String::new()).into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}

/// The file of a template that a type names, with or without its ending.
fn file_of(template: &str) -> String {
    if template.contains('.') { template.to_owned() } else { format!("{template}.html") }
}
