//! `robots.txt`, which lets search engines read everything.

use std::io::Write;

use super::output::{self, Failure, Input, Plan};
use super::sitemap;
use crate::site::Subject;

pub(super) struct Output;

impl output::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        plan.add("/robots.txt", Subject::Site);
    }

    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let sitemap = input.scope.canonical(sitemap::PATH);
        Ok(write!(out, "User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")?)
    }
}
