//! Rendering: from a route to bytes.
//!
//! In: the ecosystem, the site and a theme. Out: a [`Renderer`] that renders any route. Rendering is a pure function of
//! a route: it reads and writes no files, and memoised values (cards, lists of a type) are pure functions of the
//! ecosystem. So routes can be rendered in any order and on any thread.
//!
//! The folders import only from those below them in this list:
//! - `outputs`: files for programs;
//! - `pages`: pages for readers;
//! - `blocks`: what a page is made of, such as a list;
//! - `views`: pictures of the ecosystem that a page can hold, such as a map;
//! - `parts`: entities, facets and links as values of templates, for pages and views;
//! - `scope`: the data that all pages of one language share;
//! - `engine`: templates, the theme's strings, and errors of templates.

mod engine;
mod words;
mod scope;
mod parts;
mod views;
mod blocks;
mod pages;
mod outputs;
mod searchable;
#[cfg(test)]
mod reference;

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use tera::{Context, Tera, TeraResult, Value};

use crate::diagnostics::{self, Code, Diagnostic};
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId, PageId, PageKind};
use crate::site::{Output, Route, RouteKind, Site};
use crate::source::Bytes;
use outputs::{Failure, Input};
use pages::shapes;
use scope::{Memo, Scope};

pub use blocks::Blocks;
pub use engine::parameters::{Parameter, ParameterKind};
pub use engine::theme::{KEYS as THEME_KEYS, Settings, Theme, settings};
pub use outputs::plan;
pub use searchable::Searchable;
pub use views::{Dated, Lookup, Noted, Views, read as views, usual_names};

/// The keys of `[sizes]` in `theme.toml`.
pub fn sizes() -> impl Iterator<Item = &'static str> {
    engine::sizes::Size::ALL.into_iter().map(engine::sizes::Size::key)
}

/// The types that views and blocks read as figures.
pub fn figures(ecosystem: &Ecosystem) -> Vec<Dated> {
    let (views, _) = views::read(ecosystem);
    let (blocks, _) = blocks::read(ecosystem, &views);
    views.dated().chain(blocks.dated()).collect()
}

/// Reads and checks the blocks of all published pages, and checks the links of the menu to filtered indexes.
pub fn blocks(ecosystem: &Ecosystem, views: &Views) -> (Blocks, Vec<Diagnostic>) {
    let (mut blocks, mut problems) = blocks::read(ecosystem, views);
    let (of_menu, names) = pages::menu(ecosystem);
    problems.extend(of_menu);
    blocks.noted.append(names);
    (blocks, problems)
}

/// The names of the kinds of view.
pub fn view_kinds() -> impl Iterator<Item = &'static str> + Clone {
    views::KINDS.iter().map(|kind| kind.name())
}

/// The names of the kinds of block.
pub fn block_kinds() -> impl Iterator<Item = &'static str> + Clone {
    blocks::KINDS.iter().map(|kind| kind.name())
}

/// The content of a route.
#[derive(Debug)]
pub enum Rendered {
    /// Rendered bytes.
    Bytes(Vec<u8>),
    /// A file that is published unchanged.
    File(Bytes),
}

/// Renders the routes of a site.
pub struct Renderer {
    theme: Theme,
    views: Views,
    blocks: Blocks,
    languages: Vec<Language>,
}

/// The renderer of one language.
struct Language {
    scope: Arc<Scope>,
    engine: Arc<Tera>,
}

/// The parsed templates of a theme.
#[derive(Clone)]
pub struct Templates(Arc<Tera>);

impl Renderer {
    /// Loads the theme's strings and templates. If a diagnostic is an error, nothing should be rendered. `loaded` are the
    /// templates of an earlier renderer with the same theme, which are not parsed again.
    pub fn new(
        ecosystem: Arc<Ecosystem>,
        site: Arc<Site>,
        (views, blocks): (Views, Blocks),
        theme: Theme,
        mut loaded: Option<Templates>,
    ) -> (Self, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let languages = scopes(&ecosystem, &site, &theme, &mut problems).into_iter().map(|scope| {
            let engine = Arc::new(engine(&scope, &theme, loaded.as_ref(), &mut problems));
            let _ = scope.engine.set(Arc::downgrade(&engine));
            loaded = Some(Templates(engine.clone()));
            Language { scope, engine }
        });
        let languages: Vec<Language> = languages.collect();
        if let (0, Some(language)) = (diagnostics::count(&problems).0, languages.first()) {
            let missing = missing_templates(&ecosystem, &language.engine);
            // The name of a missing template may be that of an unused one, misspelt.
            if missing.is_empty() {
                problems.extend(theme.unused_templates(&ecosystem.schema));
            }
            problems.extend(missing);
        }
        // Words may be reported for several languages; `sort` removes the repetitions.
        diagnostics::sort(&mut problems);
        (Self { theme, views, blocks, languages }, problems)
    }

    /// The templates, for another renderer with the same theme.
    pub fn templates(&self) -> Option<Templates> {
        self.languages.first().map(|language| Templates(language.engine.clone()))
    }

    /// Renders a route.
    ///
    /// # Errors
    /// The template is missing, or it failed; the diagnostic has its place.
    pub fn render(&self, route: &Route) -> Result<Rendered, Diagnostic> {
        match &route.kind {
            RouteKind::Page(_) | RouteKind::Index(..) | RouteKind::Entity(_) | RouteKind::NotFound => {
                self.page(route).map(Rendered::Bytes).map_err(|error| self.diagnostic_of(&error, route))
            }
            RouteKind::Redirect(to) => {
                Ok(Rendered::Bytes(outputs::redirect(&self.language(route.lang).scope, to).into_bytes()))
            }
            RouteKind::File(bytes) => Ok(Rendered::File(bytes.clone())),
            RouteKind::Output(output) => self.output(*output, route).map(Rendered::Bytes),
        }
    }

    fn output(&self, Output { number, subject, .. }: Output, route: &Route) -> Result<Vec<u8>, Diagnostic> {
        let language = self.language(route.lang);
        let row = |id| language.of_card("row.html", id);
        let mut bytes = Vec::new();
        match outputs::write(number, &Input { scope: &language.scope, subject, row: &row }, &mut bytes) {
            Ok(()) => Ok(bytes),
            Err(Failure::Template(error)) => Err(self.diagnostic_of(&error, route)),
            Err(Failure::Io(error)) => Err(self.diagnostic_of(&tera::Error::message(error), route)),
        }
    }

    fn page(&self, route: &Route) -> TeraResult<Vec<u8>> {
        let language = self.language(route.lang);
        let first_error = RefCell::new(None);
        let card = |id: EntityId| {
            language.of_card("card.html", id).unwrap_or_else(|error| {
                first_error.borrow_mut().get_or_insert(error);
                String::new()
            })
        };
        let mut context = Context::new();
        for (name, value) in pages::variables(&language.scope, route, &card) {
            context.insert_value(name, value);
        }
        if let Some(error) = first_error.into_inner() {
            return Err(error);
        }
        let page = pages::with_view(route);
        let view = page.map_or_else(|| Ok(Value::none()), |page| self.view(page, language, &mut context))?;
        let blocks = page.map_or_else(|| Ok(Vec::new()), |page| self.blocks(page, language, &view, &mut context))?;
        context.insert_value("view", view);
        context.insert_value("blocks", Value::from(blocks));
        let mut bytes = Vec::with_capacity(8 * 1024);
        language.engine.render_to(&language.template(route), &context, &mut bytes)?;
        Ok(bytes)
    }

    /// The view of a page, rendered with its template; none if the page has no view.
    fn view(&self, page: PageId, language: &Language, context: &mut Context) -> TeraResult<Value> {
        let Some((kind, view)) = self.views.of(page) else { return Ok(Value::none()) };
        let template = format!("views/{kind}.html");
        let html = if language.engine.contains_template(&template) {
            let scope = &language.scope;
            context.insert_value("view", scope.memo.view(page, || view.value(scope)));
            language.engine.render(&template, context)?
        } else {
            String::new()
        };
        Ok(shapes::View { kind, html: words::html(&html) }.into())
    }

    /// The blocks of a page, each rendered with its template. `own` is the page's view.
    fn blocks(&self, page: PageId, language: &Language, own: &Value, context: &mut Context) -> TeraResult<Vec<Value>> {
        let mut blocks = Vec::new();
        for (number, (kind, block)) in (1_usize..).zip(self.blocks.of(page)) {
            let template = format!("blocks/{kind}.html");
            let mut html = String::new();
            if language.engine.contains_template(&template) {
                context.insert_value("block", block.value(&language.scope));
                context.insert_value("number", Value::from(number));
                let view = match block.view() {
                    Some(other) if other != page => self.view(other, language, context)?,
                    _ => own.clone(),
                };
                context.insert_value("view", view);
                html = language.engine.render(&template, context)?;
                context.remove("block");
            }
            blocks.push(shapes::Block { kind, html: words::html(&html) }.into());
        }
        Ok(blocks)
    }

    fn diagnostic_of(&self, error: &tera::Error, route: &Route) -> Diagnostic {
        let cause = parts::fragments::cause(&self.language(route.lang).scope, error);
        self.theme.diagnostic(cause.as_deref().unwrap_or(error), Code::TemplateError, Some(&route.path))
    }

    fn language(&self, lang: Lang) -> &Language {
        &self.languages[lang.index()]
    }

    /// The searchable text of a page.
    pub fn searchable(&self, route: &Route) -> Searchable {
        searchable::searchable(&self.language(route.lang).scope, route)
    }

    /// The tag of a language.
    pub fn tag(&self, lang: Lang) -> &str {
        self.language(lang).scope.tag()
    }
}

/// The scope of each language.
fn scopes(
    ecosystem: &Arc<Ecosystem>,
    site: &Arc<Site>,
    theme: &Theme,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Arc<Scope>> {
    let languages = &ecosystem.config.languages;
    let strings = theme.strings(languages, problems);
    let names = languages
        .all()
        .zip(&strings)
        .map(|(lang, strings)| strings.get("language").unwrap_or_else(|| languages.tag(lang)).to_owned());
    let language_names: Arc<[String]> = names.collect();
    let scopes = languages.all().zip(&strings).map(|(lang, strings)| {
        Arc::new(Scope {
            memo: Memo::new(ecosystem),
            ecosystem: ecosystem.clone(),
            site: site.clone(),
            lang,
            strings: strings.clone(),
            settings: theme.settings.clone(),
            params: Value::from_serializable(&theme.params),
            language_names: language_names.clone(),
            engine: OnceLock::new(),
        })
    });
    scopes.collect()
}

/// The engine of one language, with its functions, the theme's templates and the global variables. The functions and
/// variables replace those that `loaded` has for another language or an earlier state of the site.
fn engine(scope: &Arc<Scope>, theme: &Theme, loaded: Option<&Templates>, problems: &mut Vec<Diagnostic>) -> Tera {
    let mut engine = loaded.map_or_else(Tera::new, |Templates(engine)| Tera::clone(engine));
    let base_path = scope.ecosystem.config.base_path();
    engine::functions::register(&mut engine, &scope.strings, scope.tag(), base_path, &scope.site);
    parts::functions::register(&mut engine, scope);
    parts::fragments::register(&mut engine, scope);
    for kind in views::KINDS {
        kind.functions(&mut engine, scope);
    }
    if loaded.is_none() {
        theme.load(&mut engine, problems);
    }
    engine.global_context().insert_value("site", pages::site(scope).into());
    engine.global_context().insert_value("lang", Value::normal_string(scope.tag()));
    engine.global_context().insert_value("dir", Value::normal_string(scope.direction()));
    engine
}

/// Reports templates that types or pages name but the theme does not have.
fn missing_templates(ecosystem: &Ecosystem, engine: &Tera) -> Vec<Diagnostic> {
    let of_types = ecosystem.schema.types.iter().filter_map(|entity_type| entity_type.template.as_ref());
    let of_pages = ecosystem.published_pages().filter_map(|(_, page)| page.template.as_ref());
    let templates = of_types.chain(of_pages);
    let missing = templates.filter(|(template, _)| !engine.contains_template(&file_of(template)));
    let problems = missing.map(|(template, place)| {
        let names = engine.get_template_names().filter_map(|name| name.split_once('/')).map(|(_, name)| name);
        let hint = diagnostics::did_you_mean(&file_of(template), names);
        let message = format!("there is no template \"{}\"", file_of(template));
        Diagnostic::new(Code::MissingTemplate, place.clone(), message).maybe_hint(hint)
    });
    problems.collect()
}

impl Language {
    /// Renders a template with the card of an entity as its only variable: `card.html` for prose, `row.html` for a line
    /// of an index.
    fn of_card(&self, template: &str, id: EntityId) -> TeraResult<String> {
        let html = parts::fragments::fragment(&self.scope, template, Some(id))?;
        Ok(html.as_str().unwrap_or_default().to_owned())
    }

    /// The template of a page: the one that it or its type names, or the default one.
    fn template(&self, route: &Route) -> String {
        let (own, fallback) = match &route.kind {
            RouteKind::Entity(id) => {
                let schema = &self.scope.ecosystem.schema;
                let entity_type = schema.get(self.scope.ecosystem.entity(*id).entity_type);
                if let Some((template, _)) = &entity_type.template {
                    return file_of(template);
                }
                (format!("{}.html", entity_type.id), "entity.html")
            }
            RouteKind::Index(entity_type, _) => {
                if let Some((template, _)) = &self.scope.ecosystem.page(PageId::index_of(*entity_type)).template {
                    return file_of(template);
                }
                (format!("{}-index.html", self.scope.ecosystem.schema.get(*entity_type).id), "index.html")
            }
            RouteKind::Page(id) => {
                let page = self.scope.ecosystem.page(*id);
                match &page.template {
                    Some((template, _)) => return file_of(template),
                    None if page.kind == PageKind::Home => (String::from("home.html"), "page.html"),
                    None => return String::from("page.html"),
                }
            }
            RouteKind::NotFound => (String::from("404.html"), "page.html"),
            _ => return String::from("page.html"),
        };
        if self.engine.contains_template(&own) { own } else { fallback.to_owned() }
    }
}

/// The file of a template that a type or a page names, with or without file extension.
fn file_of(template: &str) -> String {
    if template.contains('.') { template.to_owned() } else { format!("{template}.html") }
}
