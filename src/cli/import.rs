//! The command `import`.

use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};

use super::args::Import;
use super::named;
use super::report::{self, refused};
use crate::comparison;
use crate::compile::Checked;
use crate::diagnostics::{self, Diagnostic, Severity};
use crate::edit::{Change, Refusal};
use crate::locale::Lang;
use crate::model::EntityId;
use crate::output;
use crate::sheets::{self, Case, Decisions, Imported, Map};
use crate::source;

/// The largest file that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// Makes a change of a site from sheets.
pub(super) fn import(options: &Import) -> Result<u8> {
    let files: Vec<(String, Vec<u8>)> = options.files.iter().map(|path| read(path)).collect::<Result<_>>()?;
    if options.infer {
        let id = options.owner.as_deref();
        return super::edit::make(
            &options.changing,
            |checked| sheets::infer(checked, &files, id),
            |_, _| String::new(),
        );
    }
    let map = match &options.map {
        Some(path) if path.exists() => {
            let (name, bytes) = read(path)?;
            let text = String::from_utf8(bytes).map_err(|_| anyhow!("{name} is not UTF-8 text"))?;
            Map::read(&text).map_err(|error| anyhow!("{name}: {error}"))?
        }
        _ => Map::default(),
    };
    let decisions = match &options.review {
        Some(path) if path.exists() => {
            let (name, bytes) = read(path)?;
            Decisions::read(&name, &bytes).map_err(|error| anyhow!("{name}: {error}"))?
        }
        _ => Decisions::default(),
    };
    let wish = |checked: &Checked| made(options, checked, files, map, decisions);
    super::edit::make(&options.changing, wish, |before, after| {
        comparison::human(&comparison::compare(before, after, Lang::DEFAULT))
    })
}

/// A file that was named, and its bytes.
fn read(path: &Path) -> Result<(String, Vec<u8>)> {
    let name = path.display().to_string();
    let bytes = source::read_named(path, LARGEST).with_context(|| format!("can't read {name}"))?;
    Ok((name, bytes))
}

/// The change, after writing the files in which people decide. Cells that can't be imported are against it.
fn made(
    options: &Import,
    checked: &Checked,
    files: Vec<(String, Vec<u8>)>,
    map: Map,
    decisions: Decisions,
) -> Result<Change, Refusal> {
    let wish = |error: anyhow::Error| Refusal::Wish(format!("{error:#}"));
    if diagnostics::count(&checked.diagnostics).0 > 0 {
        let errors = checked.diagnostics.iter().filter(|it| it.severity() == Severity::Error);
        return Err(Refusal::Content(errors.cloned().collect()));
    }
    let import = sheets::Import {
        files,
        owner: options.owner.as_deref().map(|id| one_type(checked, id)).transpose().map_err(wish)?,
        map,
        decisions,
        clear: options.clear,
        source: options
            .source
            .as_deref()
            .map(|id| one_source(checked, id))
            .transpose()
            .map_err(wish)?
            .map(|id| (id, options.at.as_deref())),
    };
    let Imported { mut change, diagnostics, cases, map } = sheets::import(checked, &import)?;
    write_map(options, &map).map_err(wish)?;
    write_review(options, &import.decisions, &cases).map_err(wish)?;
    let (against, others): (Vec<Diagnostic>, Vec<Diagnostic>) =
        diagnostics.into_iter().partition(|problem| problem.severity() == Severity::Error);
    if !against.is_empty() && !options.changing.force {
        return Err(Refusal::Content(against.into_iter().chain(others).collect()));
    }
    change.diagnostics.splice(0..0, against.into_iter().chain(others));
    Ok(change)
}

fn one_type(checked: &Checked, id: &str) -> Result<crate::schema::TypeId> {
    let types = named::types(checked, &[id.to_owned()])?;
    types.first().copied().ok_or_else(|| anyhow!("there is no type \"{id}\""))
}

/// The source with an id, or with a `type/id`.
fn one_source(checked: &Checked, name: &str) -> Result<EntityId> {
    let ecosystem = &checked.ecosystem;
    let (owner, id) = name.split_once('/').map_or((None, name), |(owner, id)| (Some(owner), id));
    let citable = ecosystem.schema.types().filter(|(_, info)| info.citation || owner.is_some());
    let mut found = citable
        .filter(|(_, info)| owner.is_none_or(|owner| *info.id == *owner))
        .filter_map(|(owner, _)| ecosystem.find(owner, id));
    found.next().ok_or_else(|| anyhow!("there is no source \"{}\"", diagnostics::visible(name)))
}

/// Writes what each column was taken for, on the first run.
fn write_map(options: &Import, map: &str) -> Result<()> {
    let Some(path) = options.map.as_ref().filter(|path| !path.exists()) else { return Ok(()) };
    output::write_file(path, map.as_bytes(), false).map_err(refused)?;
    report::eprint(&format!("wrote {}: correct what the columns are, and import again\n", path.display()));
    Ok(())
}

/// Writes what a person has to decide, with what was decided before.
fn write_review(options: &Import, decisions: &Decisions, cases: &[Case]) -> Result<()> {
    let Some(path) = options.review.as_ref().filter(|_| !cases.is_empty()) else { return Ok(()) };
    let bytes = decisions.workbook(cases).context("can't make the workbook")?;
    output::write_file(path, &bytes, true).map_err(refused)?;
    let what = report::plural(cases.len(), "case");
    report::eprint(&format!(
        "wrote {} with {what} to decide: fill in the last column, and import again\n",
        path.display()
    ));
    if !path.exists() {
        bail!("can't write {}", path.display());
    }
    Ok(())
}
