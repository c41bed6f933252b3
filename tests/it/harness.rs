//! Makes a site from a few strings and runs the program on it.
//!
//! ```text
//! let site = Site::new().facts("founded = \"2015\"");   // a small site, with this fact of the actor `alpha`
//! shows!(site);                                          // a snapshot of what `filiere check` says
//! assert_eq!(site.places(), ["content/actors/alpha.md:3:11 wrong-type"]);
//! let built = Site::new().build();                       // `filiere build`; it has to succeed
//! assert!(built.page("/acteurs/alpha/").contains("Alpha"));
//! ```
//!
//! The site has the languages `fr` and `en`, the theme `plain`, and three types: `actors` with a field of nearly each
//! kind, `projects` that relate to actors, and `sources` that are cited. It has one entity of each type, and no
//! diagnostics. `file` replaces or adds any file, so that a test contains only its subject.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

const SITE: &str = r#"title     = { fr = "Portail", en = "Portal" }
base_url  = "https://example.org"
languages = ["fr", "en"]
theme     = "plain"
"#;

const ACTORS: &str = r#"name   = { fr = "Acteur", en = "Actor" }
plural = { fr = "Acteurs", en = "Actors" }
path   = { fr = "acteurs", en = "actors" }

[fields]
founded  = { kind = "year", label = { fr = "Fondation", en = "Founded" } }
staff    = { kind = "integer", min = 1, max = 100_000, label = { fr = "Emplois", en = "Staff" } }
website  = { kind = "url", label = { fr = "Site web", en = "Website" } }
contact  = { kind = "email", label = { fr = "Courriel", en = "E-mail" } }
opened   = { kind = "date", label = { fr = "Ouverture", en = "Opened" } }
position = { kind = "point", label = { fr = "Position", en = "Position" } }
status   = { kind = "choice", label = { fr = "Statut", en = "Status" }, choices = { active = { fr = "Actif", en = "Active" }, closed = { fr = "Fermé", en = "Closed" } } }
licence  = { kind = "text", pattern = "[A-Z]{2}-[0-9]+", label = { fr = "Licence", en = "Licence" } }
notes    = { kind = "markdown", label = { fr = "Notes", en = "Notes" } }
logo     = { kind = "image", label = { fr = "Logo", en = "Logo" } }
phones   = { kind = "text", many = true, label = { fr = "Téléphones", en = "Phones" } }
parent   = { to = "actors", one = true, label = { fr = "Maison mère", en = "Parent" }, inverse = { id = "children", label = { fr = "Filiales", en = "Subsidiaries" } } }
peers    = { to = "actors", label = { fr = "Pairs", en = "Peers" }, inverse = { id = "peers" } }
"#;

const PROJECTS: &str = r#"name   = { fr = "Projet", en = "Project" }
plural = { fr = "Projets", en = "Projects" }
path   = { fr = "projets", en = "projects" }

[fields.partners]
to      = "actors"
label   = { fr = "Partenaires", en = "Partners" }
inverse = { id = "projects", label = { fr = "Projets", en = "Projects" } }
attributes.role = { kind = "choice", label = { fr = "Rôle", en = "Role" }, choices = { lead = { fr = "Coordinateur", en = "Coordinator" }, partner = { fr = "Partenaire", en = "Partner" } } }

[fields.sources]
to    = "sources"
label = { fr = "Sources", en = "Sources" }
"#;

const SOURCES: &str = r#"name     = { fr = "Source", en = "Source" }
plural   = { fr = "Sources", en = "Sources" }
citation = true
"#;

/// The first bytes of a picture of 3 × 2 pixels.
pub const PICTURE: &[u8] = b"GIF89a\x03\0\x02\0\x80\0\0";

/// A site in a temporary folder.
pub struct Site {
    folder: TempDir,
    arguments: Vec<String>,
    threads: Option<usize>,
}

impl Site {
    /// The small site, without diagnostics.
    pub fn new() -> Self {
        Self::empty()
            .file("site.toml", SITE)
            .file("content/actors/_type.toml", ACTORS)
            .file("content/actors/alpha.md", "+++\ntitle = \"Alpha\"\n+++\n")
            .file("content/projects/_type.toml", PROJECTS)
            .file("content/projects/beta.toml", "title = \"Beta\"\npartners = [\"alpha\"]\nsources = [\"gamma\"]\n")
            .file("content/sources/_type.toml", SOURCES)
            .file("content/sources/gamma.toml", "title = \"Gamma\"\n")
    }

    /// An empty folder.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), arguments: Vec::new(), threads: None }
    }

    /// With this file, text or bytes.
    pub fn file(self, path: &str, contents: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
        self
    }

    /// Without this file or folder.
    pub fn without(self, path: &str) -> Self {
        let path = self.path(path);
        if path.is_dir() {
            fs::remove_dir_all(path).unwrap()
        } else {
            fs::remove_file(path).unwrap()
        }
        self
    }

    /// With these facts of the actor `alpha`; the first one is on line 3.
    pub fn facts(self, facts: &str) -> Self {
        self.file("content/actors/alpha.md", format!("+++\ntitle = \"Alpha\"\n{facts}\n+++\n"))
    }

    /// With this prose of the actor `alpha`, and some prose of its translation; its first line is line 4.
    pub fn prose(self, prose: &str) -> Self {
        self.file("content/actors/alpha.md", format!("+++\ntitle = \"Alpha\"\n+++\n{prose}\n"))
            .file("content/actors/alpha.en.md", "+++\n+++\nEnglish.\n")
    }

    /// With more lines in `site.toml`.
    pub fn config(self, lines: &str) -> Self {
        self.file("site.toml", format!("{SITE}{lines}\n"))
    }

    /// With more lines at the end of `content/actors/_type.toml`, in its table of fields.
    pub fn fields(self, lines: &str) -> Self {
        self.file("content/actors/_type.toml", format!("{ACTORS}{lines}\n"))
    }

    /// With another theme.
    pub fn theme(self, name: &str) -> Self {
        self.file("site.toml", SITE.replace("plain", name))
    }

    /// With this template in place of the theme's; the theme is then `own`, which extends `plain`.
    pub fn template(self, name: &str, template: &str) -> Self {
        self.file("site.toml", SITE.replace("plain", "own"))
            .file("themes/own/theme.toml", "extends = \"plain\"\n")
            .file(&format!("themes/own/templates/{name}"), template)
    }

    /// With a page template that shows the page's view and nothing else, and this template for views of all kinds.
    pub fn view_template(self, template: &str) -> Self {
        let kinds = [
            "matrix", "chain", "map", "network", "path", "timeline", "figures", "series", "flows", "glossary", "wall",
            "search", "tree",
        ];
        let site = self.template("page.html", "{% if view %}{{ view.html }}{% endif %}");
        kinds.iter().fold(site, |site, kind| site.file(&format!("themes/own/templates/views/{kind}.html"), template))
    }

    /// With these arguments after every command.
    pub fn with(mut self, arguments: &[&str]) -> Self {
        self.arguments.extend(arguments.iter().map(|argument| (*argument).to_owned()));
        self
    }

    /// With this many threads for every command.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// The path of a file of the site on disk.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Runs the program in the folder of the site.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let own = self.arguments.iter().map(String::as_str);
        let mut command = command(self.folder.path(), &arguments.iter().copied().chain(own).collect::<Vec<_>>());
        command.envs(self.threads.map(|threads| ("RAYON_NUM_THREADS", threads.to_string())));
        Run::of(command)
    }

    /// Runs the program in the folder of the site on a day: `2026-01-16`.
    pub fn run_on(&self, day: &str, arguments: &[&str]) -> Run {
        let noon: jiff::Timestamp = format!("{day}T12:00:00Z").parse().unwrap();
        let mut command = command(self.folder.path(), arguments);
        command.env("SOURCE_DATE_EPOCH", noon.as_second().to_string());
        Run::of(command)
    }

    /// Runs the program in the folder of the site with a variable of the environment.
    pub fn run_with(&self, name: &str, value: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Run {
        let mut command = command(self.folder.path(), arguments);
        command.env(name, value);
        Run::of(command)
    }

    /// Starts the program in the folder of the site without waiting for it.
    pub fn start(&self, arguments: &[&str]) -> Child {
        command(self.folder.path(), arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// `filiere check`.
    pub fn check(&self) -> Run {
        self.run(&["check"])
    }

    /// `filiere check --format short`, as text.
    pub fn short(&self) -> String {
        self.run(&["check", "--format", "short"]).stdout
    }

    /// The place and the code of each diagnostic: `content/actors/alpha.md:3:11 wrong-type`.
    pub fn places(&self) -> Vec<String> {
        let place = |line: &str| {
            let (place, rest) = line.split_once(": error[").or_else(|| line.split_once(": warning[")).unwrap();
            format!("{place} {}", rest.split_once(']').unwrap().0)
        };
        self.short().lines().map(place).collect()
    }

    /// `filiere build`, which must succeed.
    pub fn build(self) -> Built {
        let run = self.run(&["build"]);
        assert_eq!(run.status, 0, "{run}");
        Built { site: self }
    }
}

/// The command that runs the program in a folder.
fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_filiere"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("SOURCE_DATE_EPOCH", "1768521600") // 16 January 2026
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null());
    command
}

/// Runs the program in a folder.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    Run::of(command(folder, arguments))
}

/// The exit status and the output of a run.
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    fn of(mut command: Command) -> Self {
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let status = output.status.code().expect("the program was killed");
        Self { status, stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// The diagnostics, without the closing line with the number of pages and the time.
    pub fn diagnostics(&self) -> &str {
        assert!(self.stderr.is_empty(), "{self}");
        self.stdout.trim_end().rsplit_once('\n').map_or("", |(diagnostics, _)| diagnostics)
    }

    /// The closing line, with its time replaced by a fixed one.
    pub fn closing(&self) -> String {
        let line = self.stdout.lines().last().unwrap_or_default();
        with_fixed_time(line)
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let streams = [("stdout", &self.stdout), ("stderr", &self.stderr)];
        write!(f, "exit {}", self.status)?;
        for (name, text) in streams.into_iter().filter(|(_, text)| !text.is_empty()) {
            let lines: Vec<String> = text.lines().map(with_fixed_time).collect();
            write!(f, "\n----- {name}\n{}", lines.join("\n"))?;
        }
        Ok(())
    }
}

/// A line with its time at the end replaced by a fixed one.
fn with_fixed_time(line: &str) -> String {
    let seconds = |text: &str| text.strip_suffix(" s").is_some_and(|number| number.parse::<f64>().is_ok());
    match line.split_once(" → ") {
        Some((line, folder)) => format!("{} → {folder}", with_fixed_time(line)),
        None => match line.rsplit_once(", ") {
            Some((before, last)) if seconds(last) => format!("{before}, 0.00 s"),
            _ => line.to_owned(),
        },
    }
}

/// A site that has been built into its folder `public`.
pub struct Built {
    pub site: Site,
}

impl Built {
    /// The HTML of a page: `/acteurs/alpha/`.
    pub fn page(&self, path: &str) -> String {
        self.text(&format!("{path}index.html"))
    }

    /// The text of a published file: `/robots.txt`.
    pub fn text(&self, path: &str) -> String {
        let file = self.output(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    /// A published JSON file.
    pub fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_str(&self.text(path)).unwrap()
    }

    /// Whether a page or file is published.
    pub fn has(&self, path: &str) -> bool {
        let file = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        self.output(&file).is_file()
    }

    fn output(&self, path: &str) -> PathBuf {
        self.site.path("public").join(path.trim_start_matches('/'))
    }
}

/// Every file below a folder, with its bytes.
pub fn files_in(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            files.extend(files_in(&entry.path()));
        } else {
            files.insert(entry.path(), fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// Compares the output of `filiere check` with the snapshot of this test.
macro_rules! shows {
    ($site:expr) => {
        snapshot!($site.check().diagnostics())
    };
}

/// Compares a text with the snapshot of this test.
macro_rules! snapshot {
    ($text:expr) => {
        insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!($text) })
    };
}
