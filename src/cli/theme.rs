//! The command `theme export`.

use anyhow::{Result, bail};

use super::args::ThemeExport;
use super::report::{self, refused};
use crate::diagnostics;
use crate::output;
use crate::source;

/// Writes files of a built-in theme to a theme of the site, where they can be changed.
pub(super) fn export(options: &ThemeExport) -> Result<u8> {
    let Some(all) = source::built_in_theme(&options.from) else {
        let names = source::built_in_themes();
        let names = diagnostics::list(names.iter().map(String::as_str));
        bail!("there is no built-in theme \"{}\"; there are {names}", diagnostics::visible(&options.from));
    };
    let folder = options.root.join(source::THEMES).join(&options.name);
    let mut files: Vec<(String, &[u8])> = Vec::new();
    for path in &options.paths {
        let wanted = path.trim_matches('/');
        let is_wanted =
            |file: &str| file.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let before = files.len();
        files.extend(all.iter().filter(|(file, _)| is_wanted(file)).cloned());
        if files.len() == before {
            bail!("the theme \"{}\" has no \"{}\"", options.from, diagnostics::visible(path));
        }
    }
    let settings = format!("name    = \"{}\"\nextends = \"{}\"\n", options.name, options.from);
    if options.paths.is_empty() {
        files = all;
    } else if !files.iter().any(|(file, _)| file == SETTINGS) && !folder.join(SETTINGS).exists() {
        files.push((SETTINGS.to_owned(), settings.as_bytes()));
    }
    files.sort_unstable();
    files.dedup();
    let shown = folder.strip_prefix(".").unwrap_or(&folder).display().to_string();
    let shown = diagnostics::visible(&shown);
    if options.dry_run {
        let lines = files.iter().map(|(file, _)| format!("would write {shown}/{file}\n"));
        report::print(&lines.collect::<String>())?;
        return Ok(0);
    }
    output::add_new(&folder, &files).map_err(refused)?;
    let count = files.len();
    let files = if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    report::print(&format!("wrote {files} to {shown}/. Next: theme = \"{}\" in site.toml\n", options.name))?;
    Ok(0)
}

/// The file of a theme's settings.
const SETTINGS: &str = "theme.toml";
