//! The trait of outputs, and the data that they share.

use std::io::{self, Write};

use tera::TeraResult;

use crate::locale::Lang;
use crate::model::{Ecosystem, EntityId};
use crate::render::engine::theme::Settings;
use crate::render::scope::Scope;
use crate::site::{self, PlannedRoute, Subject};
use crate::text::Place;

/// A kind of file that is published for programs.
pub(super) trait Output: Sync {
    /// Plans its routes.
    fn plan(&self, plan: &mut Plan<'_>);

    /// Writes the file of one of its routes.
    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure>;
}

/// The reason why an output could not be written.
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
pub(super) type Row<'a> = &'a dyn Fn(EntityId) -> TeraResult<String>;

/// The input of a route.
pub(crate) struct Input<'a> {
    pub scope: &'a Scope,
    pub subject: Subject,
    pub row: Row<'a>,
}

/// The routes of outputs, while they are planned.
pub(super) struct Plan<'a> {
    pub ecosystem: &'a Ecosystem,
    pub settings: &'a Settings,
    /// The number of the output that plans.
    pub number: usize,
    pub routes: Vec<PlannedRoute>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(ecosystem: &'a Ecosystem, settings: &'a Settings) -> Self {
        Self { ecosystem, settings, number: 0, routes: Vec::new() }
    }

    /// Adds a route, in the default language. The methods of [`Route`] change it.
    pub(super) fn add(&mut self, path: impl Into<Box<str>>, subject: Subject) -> Route<'_> {
        self.routes.push(PlannedRoute {
            path: path.into(),
            output: site::Output { number: self.number, subject, needs_templates: false },
            lang: Lang::DEFAULT,
            place: None,
            format: None,
        });
        let last = self.routes.len() - 1;
        Route(&mut self.routes[last])
    }
}

/// A route that was just planned.
pub(super) struct Route<'a>(&'a mut PlannedRoute);

impl Route<'_> {
    pub(super) fn lang(self, lang: Lang) -> Self {
        self.0.lang = lang;
        self
    }

    /// Sets the place in the content that causes the route.
    pub(super) fn declared_at(self, place: &Place) -> Self {
        self.0.place = Some(place.clone());
        self
    }

    /// Marks it as rendered with templates, which can fail.
    pub(super) fn by_templates(self) -> Self {
        self.0.output.needs_templates = true;
        self
    }

    /// Marks it as a download of its type's data, in this format.
    pub(super) fn download(self, format: &'static str) -> Self {
        self.0.format = Some(format);
        self
    }
}
