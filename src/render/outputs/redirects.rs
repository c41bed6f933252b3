//! Old paths: a list of them for hosts that read one, and for all others a page at each that leads on.

use std::io::Write;

use super::output::{self, Failure, Made, Plan};
use super::xml::xml;
use crate::locale::Lang;
use crate::render::scope::Scope;
use crate::site::{RouteKind, Subject};

pub(super) struct Output;

impl output::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        plan.add("/_redirects", Subject::Site);
    }

    /// Each old path on a line, in the form of Netlify and Cloudflare Pages.
    fn write(&self, made: &Made<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let scope = made.scope;
        for route in &scope.site.routes {
            if let RouteKind::Redirect(to) = &route.kind {
                writeln!(out, "{} {} 301", scope.address(&route.path), scope.address(to))?;
            }
        }
        Ok(())
    }
}

/// The page of an old path: it leads on at once, by itself and by its link.
pub(crate) fn redirect(scope: &Scope, to: &str) -> String {
    let address = xml(&scope.address(to));
    let canonical = xml(&scope.canonical(to));
    let lang = scope.tag_of(Lang::DEFAULT);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{canonical}</title>\n<link rel=\"canonical\" href=\"{canonical}\">\n<meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url={address}\">\n</head>\n<body>\n<p><a href=\"{address}\">{canonical}</a></p>\n</body>\n</html>\n"
    )
}
