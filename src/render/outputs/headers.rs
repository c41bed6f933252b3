//! The HTTP headers of all pages, for hosts that read them from a file (in the format of Netlify and Cloudflare Pages).

use std::io::Write;

use super::output::{self, Failure, Input, Plan};
use crate::site::Subject;

pub(super) struct Output;

impl output::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        if plan.settings.security_policy.is_some() {
            plan.add("/_headers", Subject::Site);
        }
    }

    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let policy = input.scope.settings.security_policy.as_deref().unwrap_or_default();
        writeln!(out, "{}", input.scope.address("/*"))?;
        writeln!(out, "  Content-Security-Policy: {policy}")?;
        writeln!(out, "  X-Content-Type-Options: nosniff")?;
        Ok(writeln!(out, "  Referrer-Policy: strict-origin-when-cross-origin")?)
    }
}
