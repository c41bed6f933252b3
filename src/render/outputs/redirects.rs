//! Redirects from former paths: a list for hosts that read one, and a page at each path for other hosts.

use std::collections::BTreeMap;
use std::io::Write;

use super::output::{self, Failure, Input, Plan};
use super::xml::xml;
use crate::render::scope::Scope;
use crate::site::{self, RouteKind, Subject};

pub(super) struct Output;

impl output::Output for Output {
    fn plan(&self, plan: &mut Plan<'_>) {
        plan.add("/_redirects", Subject::Site);
    }

    /// Writes one former path per line, in the format of Netlify and Cloudflare Pages. Each former path of a type is one
    /// rule, after all others, because the first line that fits a path counts.
    fn write(&self, input: &Input<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let scope = input.scope;
        let rules = rules(scope);
        for route in &scope.site.routes {
            let RouteKind::Redirect(to) = &route.kind else { continue };
            let follows =
                |old: &str| rules.get(old).is_some_and(|new| to.strip_prefix(&**new) == route.path.strip_prefix(old));
            if !follows(&route.path) && !follows(folder(&route.path)) {
                writeln!(out, "{} {} 301", scope.address(&route.path), scope.address(to))?;
            }
        }
        for (old, new) in rules {
            writeln!(out, "{}* {}:splat 301", scope.address(old), scope.address(&new))?;
        }
        Ok(())
    }
}

/// The former paths of types with pages, and the paths of their indexes.
fn rules(scope: &Scope) -> BTreeMap<&str, String> {
    let ecosystem = &scope.ecosystem;
    let with_pages = ecosystem.schema.types().filter(|(_, entity_type)| entity_type.pages);
    let rules = with_pages.flat_map(|(id, entity_type)| {
        let index = move |old: &str| site::index_path(ecosystem, id, 1, ecosystem.config.languages.of_path(old));
        entity_type.redirects.iter().map(move |(old, _)| (&**old, index(old)))
    });
    rules.collect()
}

/// The folder that a path is in, with a slash at its end.
fn folder(path: &str) -> &str {
    let inner = path.strip_suffix('/').unwrap_or(path);
    inner.rfind('/').map_or("", |at| &path[..=at])
}

/// The page of a former path: it redirects at once, and has a link for browsers that don't.
pub(crate) fn redirect(scope: &Scope, to: &str) -> String {
    let address = xml(&scope.address(to));
    let canonical = xml(&scope.canonical(to));
    let lang = scope.tag();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{canonical}</title>\n<link rel=\"canonical\" href=\"{canonical}\">\n<meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url={address}\">\n</head>\n<body>\n<p><a href=\"{address}\">{canonical}</a></p>\n</body>\n</html>\n"
    )
}
