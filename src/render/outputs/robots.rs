//! What search engines may read: everything.

use std::io::Write;

use super::{Failure, Made, Plan, sitemap};
use crate::site::Subject;

pub(super) struct Output;

impl super::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        plan.add("/robots.txt", Subject::Site);
    }

    fn write(&self, made: &Made<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let sitemap = made.scope.canonical(sitemap::PATH);
        Ok(write!(out, "User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")?)
    }
}
