//! Outputs: files for programs, such as feeds and data.
//!
//! In: the ecosystem and the theme's settings; later a route that was planned from them. Out: routes; later their
//! bytes. An output is a file and a line in [`OUTPUTS`]: it plans its routes and writes each of them.

mod output;
mod xml;
mod entity_json;
mod csv;
mod json;
mod graph;
mod outline;
mod atom;
mod sitemap;
mod robots;
mod redirects;
mod record;
mod parts;
mod listing;
mod table;
mod links;
mod headers;

use std::io::Write;

use super::engine::theme::Settings;
use crate::model::Ecosystem;
use crate::site::PlannedRoute;
use output::{Output, Plan};

pub(crate) use output::{Failure, Input};
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
    &table::Output,
    &links::Output,
    &headers::Output,
];

/// Plans the routes of all outputs.
pub fn plan(ecosystem: &Ecosystem, settings: &Settings) -> Vec<PlannedRoute> {
    let mut plan = Plan::new(ecosystem, settings);
    for (number, output) in OUTPUTS.iter().enumerate() {
        plan.number = number;
        output.plan(&mut plan);
    }
    plan.routes
}

/// Writes the file of a planned route.
pub(crate) fn write(output: usize, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    OUTPUTS.get(output).map_or(Ok(()), |output| output.write(input, out))
}
