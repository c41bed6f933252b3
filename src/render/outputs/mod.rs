//! Outputs: what is published for programs.
//!
//! In: the ecosystem and the theme's settings; later a route that was planned from them. Out: routes; later their bytes. An output is a file and a
//! line in [`OUTPUTS`]: it plans its routes and writes each of them.

mod atom;
mod csv;
mod entity_json;
mod graph;
mod headers;
mod json;
mod listing;
mod outline;
mod record;
mod redirects;
mod robots;
mod sitemap;
mod xml;

use std::io::{self, Write};

use tera::TeraResult;

use super::engine::theme::Settings;
use super::scope::Scope;
use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId};
use crate::site::{self, Planned, Subject};
use crate::text::Place;

pub(crate) use redirects::redirect;

/// All outputs.
static OUTPUTS: &[&dyn Output] = &[
    &csv::Output,
    &json::Output,
    &graph::Output,
    &outline::Output,
    &atom::Output,
    &sitemap::Output,
    &robots::Output,
    &redirects::Output,
    &record::Output,
    &listing::Output,
    &headers::Output,
];

/// A kind of file that is published for programs.
trait Output: Sync {
    /// Plans its routes.
    fn plan(&self, plan: &mut Plan<'_>);

    /// Writes what is published at one of its routes.
    fn write(&self, made: &Made<'_>, out: &mut dyn Write) -> Result<(), Failure>;
}

/// Why an output could not be written.
pub(crate) enum Failure {
    /// A template failed.
    Template(tera::Error),
    /// The bytes could not be written.
    Io(io::Error),
}

impl From<tera::Error> for Failure {
    fn from(error: tera::Error) -> Self {
        Self::Template(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Renders an entity as a line of an index, by the theme's `row.html`.
type Row<'a> = &'a dyn Fn(EntityId) -> TeraResult<String>;

/// What a route is made from.
pub(crate) struct Made<'a> {
    pub scope: &'a Scope,
    pub subject: Subject,
    pub row: Row<'a>,
}

/// The routes of outputs, while they are planned.
struct Plan<'a> {
    ecosystem: &'a Ecosystem,
    settings: &'a Settings,
    /// The position in [`OUTPUTS`] of the output that plans.
    output: usize,
    routes: Vec<Planned>,
}

impl Plan<'_> {
    /// Adds a route, in the default language unless more is said about it.
    fn add(&mut self, path: impl Into<Box<str>>, subject: Subject) -> Route<'_> {
        self.routes.push(Planned {
            path: path.into(),
            output: site::Output { number: self.output, subject, needs_templates: false },
            lang: Lang::DEFAULT,
            place: None,
            format: None,
        });
        let last = self.routes.len() - 1;
        Route(&mut self.routes[last])
    }
}

/// A route that was just planned.
struct Route<'a>(&'a mut Planned);

impl Route<'_> {
    fn lang(self, lang: Lang) -> Self {
        self.0.lang = lang;
        self
    }

    /// The place in the content that makes the route.
    fn declared_at(self, place: &Place) -> Self {
        self.0.place = Some(place.clone());
        self
    }

    /// Templates make it, so it can fail.
    fn by_templates(self) -> Self {
        self.0.output.needs_templates = true;
        self
    }

    /// Readers are offered it as the data of its type, in this format.
    fn download(self, format: &'static str) -> Self {
        self.0.format = Some(format);
        self
    }
}

/// Plans the routes of all outputs.
pub fn plan(ecosystem: &Ecosystem, settings: &Settings) -> Vec<Planned> {
    let mut plan = Plan { ecosystem, settings, output: 0, routes: Vec::new() };
    for (number, output) in OUTPUTS.iter().enumerate() {
        plan.output = number;
        output.plan(&mut plan);
    }
    plan.routes
}

/// Writes what is published at a planned route.
pub(crate) fn write(output: usize, made: &Made<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    OUTPUTS.get(output).map_or(Ok(()), |output| output.write(made, out))
}
