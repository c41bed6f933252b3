//! Redirects from former paths: a list for hosts that read one, and a page at each path for other hosts.

use std::io::Write;

use super::output::{self, Failure, Input, Plan};
use super::xml::xml;
use crate::locale::Lang;
use crate::render::scope::Scope;
use crate::site::{RouteKind, Subject};

pub(super) struct Output;

impl output::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        plan.add("/_redirects", Subject::Site);
    }

    /// Writes one former path per line, in the format of Netlify and Cloudflare Pages.
    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let scope = input.scope;
        for route in &scope.site.routes {
            if let RouteKind::Redirect(to) = &route.kind {
                writeln!(out, "{} {} 301", scope.address(&route.path), scope.address(to))?;
            }
        }
        Ok(())
    }
}

/// The page of a former path: it redirects at once, and has a link for browsers that don't.
pub(crate) fn redirect(scope: &Scope, to: &str) -> String {
    let address = xml(&scope.address(to));
    let canonical = xml(&scope.canonical(to));
    let lang = scope.tag_of(Lang::DEFAULT);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{canonical}</title>\n<link rel=\"canonical\" href=\"{canonical}\">\n<meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url={address}\">\n</head>\n<body>\n<p><a href=\"{address}\">{canonical}</a></p>\n</body>\n</html>\n"
    )
}
