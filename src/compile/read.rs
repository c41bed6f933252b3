//! A snapshot of the files: the sources, the configuration, the outline of maps and the theme.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use super::request::Request;
use crate::config::{self, Config};
use crate::diagnostics::{self, Code, Diagnostic};
use crate::parse::active;
use crate::parse::outline::{self, Outline};
use crate::render;
use crate::source::{self, Asset, Files, Sources, ThemeFiles};
use crate::text::SourceText;

/// The files at the last look.
#[derive(Clone)]
pub(super) struct Snapshot {
    pub sources: Arc<Sources>,
    pub config: Arc<Config>,
    /// Problems of the configuration.
    pub problems: Vec<Diagnostic>,
    pub outline: OutlineFile,
    pub active: Arc<ActiveFiles>,
    pub theme: Arc<ThemeChain>,
}

impl Snapshot {
    /// Reads the configuration, the outline of maps and the theme of these sources.
    pub(super) fn new(
        files: &dyn Files,
        request: &Request,
        sources: Sources,
        before: Option<&Self>,
    ) -> io::Result<Self> {
        let (config, problems) = configuration(request, &sources);
        let theme = ThemeChain::read(files, &config, before.map_or(&[], |before| &before.theme.files))?;
        let outline = OutlineFile::read(&config, &sources, before)?;
        let active = Arc::new(ActiveFiles::read(&sources, before.map(|before| &*before.active)));
        // The same theme is the same value, so that its templates are known to be the same.
        let is_same = |before: &&Self| before.config.languages == config.languages && before.theme.is(&theme);
        let theme = before.filter(is_same).map_or_else(|| Arc::new(theme), |before| before.theme.clone());
        let (sources, config) = (Arc::new(sources), Arc::new(config));
        Ok(Self { sources, config, problems, outline, active, theme })
    }

    /// The paths of the files that are new, removed or changed since `before`.
    pub(super) fn differences(&self, before: Option<&Self>) -> BTreeSet<Box<str>> {
        let nothing = Sources::default();
        let mut paths = BTreeSet::new();
        source::differences(before.map_or(&nothing, |before| &before.sources), &self.sources, &mut paths);
        source::theme_differences(before.map_or(&[], |before| &before.theme.files), &self.theme.files, &mut paths);
        paths
    }
}

/// The configuration, and its problems.
fn configuration(request: &Request, sources: &Sources) -> (Config, Vec<Diagnostic>) {
    let nothing = SourceText::new(config::FILE, "");
    let (mut config, mut problems) = config::read(sources.config().unwrap_or(&nothing));
    if sources.config().is_none() {
        // The missing file has been reported; the missing keys follow from it.
        problems.clear();
    }
    if let Some(base_url) = &request.base_url {
        config.base_url.clone_from(base_url);
    }
    (config, problems)
}

/// The outline that maps are drawn on.
#[derive(Default, Clone)]
pub(super) struct OutlineFile {
    pub text: Option<SourceText>,
    pub outline: Arc<Outline>,
    /// Problems of the outline.
    pub problems: Vec<Diagnostic>,
}

impl OutlineFile {
    /// Reads the file that the configuration names. If its text has not changed, the outline is taken from `before`.
    fn read(config: &Config, sources: &Sources, before: Option<&Snapshot>) -> io::Result<Self> {
        let Some((path, place)) = &config.outline else {
            let earlier = before.filter(|before| before.config.outline.is_none());
            return Ok(earlier.map_or_else(Self::default, |before| before.outline.clone()));
        };
        let failed = |problem| Ok(Self { problems: vec![problem], ..Self::default() });
        let asset = sources.asset(path);
        if let Some(asset) = asset.filter(|asset| asset.bytes.size() > outline::LARGEST) {
            let size = asset.bytes.size() / (1024 * 1024);
            let problem = Diagnostic::new(
                Code::BadOutline,
                place.clone(),
                format!("the outline file has {size} MiB, which is too much"),
            );
            return failed(problem.hint("simplify it: a map as wide as a page shows a few thousand positions"));
        }
        let mut problems = Vec::new();
        let text = asset.map(|asset| source::text_of(asset, &mut problems)).transpose()?.flatten();
        let Some(text) = text else {
            let message = format!("there is no file \"{path}\" in content/");
            let near = diagnostics::did_you_mean(path, sources.assets().iter().map(|asset| &*asset.path));
            return failed(Diagnostic::new(Code::MissingFile, place.clone(), message).maybe_hint(near));
        };
        if let Some(before) = before
            && before.outline.text.as_ref() == Some(&text)
            && before.config.languages == config.languages
        {
            return Ok(before.outline.clone());
        }
        let (outline, outline_problems) = outline::read(&text, &config.languages);
        problems.extend(outline_problems);
        Ok(Self { text: Some(text), outline: Arc::new(outline), problems })
    }
}

/// The files that are published as they are and that may contain scripts.
#[derive(Default)]
pub(super) struct ActiveFiles {
    /// The files in the order of their paths, each with what runs a script in it.
    files: Vec<(Asset, Option<&'static str>)>,
}

impl ActiveFiles {
    /// Looks for scripts. Files that have not changed are taken from `before`.
    fn read(sources: &Sources, before: Option<&Self>) -> Self {
        let earlier = before.map_or(&[][..], |before| &before.files);
        let may_be_active =
            |asset: &&Asset| active::may_be_active(&asset.path) && asset.bytes.size() <= active::LARGEST;
        let files = sources.assets().iter().filter(may_be_active).map(|asset| {
            let known = earlier.binary_search_by(|(other, _)| other.path.cmp(&asset.path)).ok().map(|at| &earlier[at]);
            let script = match known {
                Some((other, script)) if other == asset => *script,
                // A file that can't be read is reported when it is published.
                _ => asset.bytes.read().ok().and_then(|bytes| active::script_in(&bytes)),
            };
            (asset.clone(), script)
        });
        Self { files: files.collect() }
    }

    pub(super) fn problems(&self) -> impl Iterator<Item = Diagnostic> {
        self.files.iter().filter_map(|(asset, script)| {
            let path = format!("{}/{}", source::CONTENT, asset.path);
            let message = format!("this file is published as it is, and has {}", (*script)?);
            let problem = Diagnostic::about_file(Code::ActiveFile, &path, message);
            Some(problem.hint("remove the script, if you do not trust everybody who can change the file"))
        })
    }
}

/// A theme and its ancestors: the themes that it extends.
pub(super) struct ThemeChain {
    pub files: Vec<ThemeFiles>,
    pub settings: Vec<render::Settings>,
    /// Whether all themes of the chain exist.
    pub is_complete: bool,
    pub problems: Vec<Diagnostic>,
}

impl ThemeChain {
    /// Whether both are the same files, without problems.
    fn is(&self, other: &Self) -> bool {
        self.problems.is_empty() && other.problems.is_empty() && self.files == other.files
    }

    /// Reads the theme that the configuration names, and its ancestors.
    fn read(files: &dyn Files, config: &Config, before: &[ThemeFiles]) -> io::Result<Self> {
        let mut chain = Self { files: Vec::new(), settings: Vec::new(), is_complete: false, problems: Vec::new() };
        let mut next = Some((config.theme.as_str().into(), config.theme_place.clone()));
        while let Some((name, place)) = next {
            if chain.files.iter().any(|theme| theme.name == name) {
                let message = format!("the theme \"{name}\" extends itself");
                chain.problems.push(Diagnostic::new(Code::ThemeCycle, place, message));
                return Ok(chain);
            }
            let earlier = before.iter().find(|theme| theme.name == name);
            let Some(mut theme) = source::theme(files, &name, earlier)? else {
                let names = source::theme_names(files);
                let hint = diagnostics::did_you_mean(&name, names.iter().map(String::as_str)).unwrap_or_else(|| {
                    format!("the themes are {}", diagnostics::list_all(names.iter().map(String::as_str))).into()
                });
                let problem = Diagnostic::new(Code::UnknownTheme, place, format!("there is no theme \"{name}\""));
                chain.problems.push(problem.hint(hint));
                return Ok(chain);
            };
            chain.problems.append(&mut theme.problems);
            let (extends, settings) = render::settings(&theme, &config.languages, &mut chain.problems);
            next = extends;
            chain.settings.push(settings);
            chain.files.push(theme);
        }
        chain.is_complete = true;
        Ok(chain)
    }
}
