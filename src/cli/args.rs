//! The arguments of the commands, and their help texts.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Compiles Markdown and TOML profiles of an ecosystem into a website.
#[derive(Debug, Parser)]
#[command(
    name = "filiere",
    version,
    about,
    max_term_width = 100,
    after_help = available(
        "\
Examples:
  filiere new portal         create a small example site in the folder portal/
  filiere check              check the content; nothing is written
  filiere serve --open       preview the site in the browser, and update it when files change
  filiere build              write the site to the folder public/
  filiere explain no-source  explain the code of an error or a warning"
    )
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the site to a folder
    Build(Build),
    /// Check the content; nothing is written
    Check(Check),
    /// Preview the site in the browser, and update it when files change
    #[cfg(feature = "serve")]
    Serve(Serve),
    /// Give an entity, a page, a type, a field or a choice another name, wherever it is named
    Rename(Rename),
    /// Merge an entity into another one
    Merge(Merge),
    /// Move an entity to another type
    Move(Move),
    /// Remove an entity
    Remove(Remove),
    /// Serve an editor: the language server, over standard input and output
    #[cfg(feature = "lsp")]
    Lsp(Lsp),
    /// Add an entity
    Add(Add),
    /// Write JSON Schemas of the TOML files, for editors that know these
    Schema(Schema),
    /// Tell what is different between two states of the site
    Diff(Diff),
    /// List what the site needs most: what is incomplete, old, untranslated, without source, or there twice
    Status(Status),
    /// Write the content into a workbook, for people who work with spreadsheets
    #[cfg(feature = "sheets")]
    Export(Export),
    /// Change the content by what workbooks and tables say
    #[cfg(feature = "sheets")]
    Import(Import),
    /// Create a small example site
    New(New),
    /// Copy files of a built-in theme, to change them
    #[command(subcommand)]
    Theme(Theme),
    /// Explain the code of an error or a warning
    Explain(Explain),
    /// Print the licences of the crates in this program
    Licences,
}

/// Removes the lines of a help text about the preview and `--watch` if the program is built without the feature
/// `serve`.
fn available(text: &str) -> String {
    let is_available =
        |line: &&str| cfg!(feature = "serve") || !(line.contains("filiere serve") || line.contains("--watch"));
    text.lines().filter(is_available).collect::<Vec<_>>().join("\n")
}

/// The arguments of all commands that compile.
#[derive(Debug, Args)]
pub(super) struct Site {
    /// The folder of the site, with the file site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Publish drafts too
    #[arg(long)]
    pub drafts: bool,
}

/// The arguments of the commands that can compile once.
#[derive(Debug, Clone, Args)]
pub(super) struct Once {
    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// Print all warnings, not only the first ten of each code
    #[arg(long)]
    pub all: bool,
    /// Print the time of each stage
    #[arg(long)]
    pub timings: bool,
}

#[derive(Debug, Args)]
#[command(after_help = available("\
Examples:
  filiere build
  filiere build --output /var/www/portal --base-url https://example.org/portal
  filiere build --strict --timings
  filiere build --watch      when files change, write the pages that are different

The output folder is replaced when the new site is complete. If there are errors, the folder does not change.
Exit status: 0 no errors, 1 errors in the content (with --strict, also warnings), 2 wrong usage or a disk error."))]
pub(super) struct Build {
    #[command(flatten)]
    pub site: Site,
    #[command(flatten)]
    pub once: Once,
    /// The folder to write [default: ROOT/public]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The address of the published site, in place of that in site.toml
    #[arg(long, value_name = "URL", value_parser = crate::config::BaseUrl::parse)]
    pub base_url: Option<crate::config::BaseUrl>,
    /// Do not make the full-text search index
    #[arg(long)]
    pub no_search: bool,
    /// Replace the output folder even if this program did not make it
    #[arg(long)]
    pub force: bool,
    /// Do not wait until the site is on the storage device; after a power failure, the folder may then be incomplete
    #[arg(long)]
    pub no_sync: bool,
    #[cfg(feature = "serve")]
    /// Keep running, and write the files that are different after each change; Ctrl-C ends the program
    #[arg(long)]
    pub watch: bool,
    #[cfg(feature = "serve")]
    /// With --watch: look for changes at regular intervals, for drives without file events
    #[arg(long, requires = "watch")]
    pub poll: bool,
}

#[cfg(feature = "serve")]
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  filiere serve --open
  filiere serve --drafts --port 8000
  filiere serve --poll            for a network drive, or a container without file events
  filiere serve --host 0.0.0.0    let everyone on the network see the preview

Each page is rendered from the current files when the browser requests it. An open tab reloads when its page has
changed. Errors are shown in the page and in the terminal; pages then stay as they were. Ctrl-C ends the preview.")]
pub(super) struct Serve {
    #[command(flatten)]
    pub site: Site,
    /// The port to listen on; if another program uses it, the next free port is taken
    #[arg(long, value_name = "N", default_value_t = 4400)]
    pub port: u16,
    /// The name or address to listen on; with the default, only this machine can reach the preview
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    pub host: String,
    /// Open the browser
    #[arg(long)]
    pub open: bool,
    /// Look for changes at regular intervals, for drives without file events
    #[arg(long)]
    pub poll: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  filiere check
  filiere check --strict --format short
  filiere check --all          with more than ten warnings of a code
  filiere check --format json | jq '.[].code'

Exit status: 0 no errors, 1 errors in the content (with --strict, also warnings), 2 wrong usage or a disk error.")]
pub(super) struct Check {
    #[command(flatten)]
    pub site: Site,
    #[command(flatten)]
    pub once: Once,
    /// The format of errors and warnings
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    #[cfg(feature = "links")]
    #[command(flatten)]
    pub links: Links,
}

/// The arguments that ask outside addresses.
#[cfg(feature = "links")]
#[derive(Debug, Args)]
pub(super) struct Links {
    /// Ask the outside addresses too, and keep their answers in links.lock; needs the network
    #[arg(long)]
    pub links: bool,
    /// Ask addresses on this machine and in its network too
    #[arg(long, requires = "links")]
    pub allow_private: bool,
    /// How long an outside address may take to answer
    #[arg(long, value_name = "SECONDS", requires = "links", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub timeout: u64,
}

/// The format of diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With source lines and carets
    Human,
    /// One per line: `path:line:column: error[code]: message`
    Short,
    /// A JSON array of objects
    Json,
}

/// The arguments of all commands that change the content.
#[derive(Debug, Args)]
pub(super) struct Changing {
    /// The folder of the site, with the file site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Print the change as a unified diff, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Make the change even if it brings errors that were not there before
    #[arg(long)]
    pub force: bool,
    /// The format of the change and of errors
    #[arg(long, value_enum, default_value_t = ChangeFormat::Human)]
    pub format: ChangeFormat,
}

/// The format of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ChangeFormat {
    /// A summary; with --dry-run, a unified diff
    Human,
    /// A JSON object with the files and the diagnostics
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  filiere rename actors/novadip actors/novadip-bio   an entity
  filiere rename page:guides/start page:guides/begin a page
  filiere rename actors organisations                a type
  filiere rename actors.founded actors.created       a field, a relation or an inverse
  filiere rename actors.size.small actors.size.sme   a choice
  filiere rename actors.milestones.date actors.milestones.day   a field of records
  filiere rename actors/novadip actors/novadip-bio --dry-run | git apply --check

Every place that names it changes with it: front matter, links in prose, views, the menu. Its old addresses redirect to
the new ones. Renaming it back leaves no trace.

Exit status: 0 done, 1 refused because of the content, 2 wrong usage or a disk error.")]
pub(super) struct Rename {
    /// What to rename: `type/id`, `page:path`, `type`, `type.field` or `type.field.choice`
    #[arg(value_name = "FROM")]
    pub from: String,
    /// The new name, written in the same way
    #[arg(value_name = "TO")]
    pub to: String,
    #[command(flatten)]
    pub changing: Changing,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  filiere remove actors/novadip            refused while something refers to it; all places are listed
  filiere remove actors/novadip --unlink   take the references out first
  filiere remove actors/novadip --unlink --dry-run

Exit status: 0 done, 1 refused because of the content, 2 wrong usage or a disk error.")]
pub(super) struct Remove {
    /// The entity, `type/id`
    #[arg(value_name = "ENTITY")]
    pub entity: String,
    /// Take references to it out of all other texts; a wikilink becomes its words
    #[arg(long)]
    pub unlink: bool,
    #[command(flatten)]
    pub changing: Changing,
}

#[cfg(feature = "lsp")]
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  filiere lsp                    what an editor starts; it finds the site in the folder that the editor has open
  filiere lsp --root portal      the site is in another folder

An editor that knows the Language Server Protocol starts this command by itself, and shows errors, completes names and
follows links while you write. README.md has the settings of some editors. Exit status: 0 if the editor ended the server, 1
if the connection broke.")]
pub(super) struct Lsp {
    /// The folder of the site [default: the folder that the editor has open, or the current one]
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Check drafts too
    #[arg(long)]
    pub drafts: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  filiere merge actors/novadip-biosciences actors/novadip
  filiere merge actors/novadip-biosciences actors/novadip --keep into --dry-run

What points to the first points to the second, whose names, facts and prose are completed from the first, in each
language. If the second is in a list, it gets a file of its own for the prose. Facts that contradict one another are
listed, and nothing is changed until you decide.

Exit status: 0 done, 1 refused because of the content, 2 wrong usage or a disk error.")]
pub(super) struct Merge {
    /// The entity that goes, `type/id`
    #[arg(value_name = "FROM")]
    pub from: String,
    /// The entity that stays, `type/id`
    #[arg(value_name = "INTO")]
    pub into: String,
    /// Which facts stay where both have different ones
    #[arg(long, value_enum)]
    pub keep: Option<Kept>,
    #[command(flatten)]
    pub changing: Changing,
}

/// Which facts of a merge stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Kept {
    /// Those of the entity that goes
    From,
    /// Those of the entity that stays
    Into,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  filiere move actors/theramir projects
  filiere move actors/theramir actors      out of a list, into a file of its own

What does not fit the other type is listed, and nothing is changed unless you use --force.

Exit status: 0 done, 1 refused because of the content, 2 wrong usage or a disk error.")]
pub(super) struct Move {
    /// The entity, `type/id`
    #[arg(value_name = "ENTITY")]
    pub entity: String,
    /// The other type; its own type takes it out of a list
    #[arg(value_name = "TYPE")]
    pub entity_type: String,
    #[command(flatten)]
    pub changing: Changing,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  filiere add actors \"Novadip Biosciences\" --field founded=2013 --field towns=mont-saint-guibert
  filiere add actors \"Novadip Biosciences\" --id novadip --translate en
  filiere add places \"Gosselies\" --field 'position=[50.47, 4.44]' --dry-run

Required fields that you don't give are in the new file as comments, and the entity is a draft until they are there.

Exit status: 0 done, 1 refused because of the content, 2 wrong usage or a disk error.")]
pub(super) struct Add {
    /// The type
    #[arg(value_name = "TYPE")]
    pub entity_type: String,
    /// The title, in the default language of the site
    #[arg(value_name = "TITLE")]
    pub title: String,
    /// The id; by default made from the title
    #[arg(long)]
    pub id: Option<String>,
    /// A fact; several of one field are a list
    #[arg(long = "field", value_name = "KEY=VALUE")]
    pub fields: Vec<String>,
    /// A language in which a file for the translation is made too
    #[arg(long = "translate", value_name = "LANG")]
    pub translations: Vec<String>,
    #[command(flatten)]
    pub changing: Changing,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  filiere schema                    write .taplo.toml and .schemas/ beside site.toml
  filiere schema --output /tmp/x    write them to another folder

There is a schema of site.toml, of every _type.toml, and of the profiles and lists of each type, with labels as titles and
help texts as descriptions. .taplo.toml says which file has which schema: the editors' extensions for TOML that use taplo read
it. A .taplo.toml that somebody else wrote stays as it is. Write the schemas again when a _type.toml has changed. For everything
else than the form of TOML (targets, links, translations, prose), there is `filiere lsp`.

Exit status: 0 done, 1 the declarations have errors, 2 wrong usage or a disk error.")]
pub(super) struct Schema {
    /// The folder of the site, with the file site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// The folder to write to [default: ROOT]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  filiere status                        the thirty pieces of work that are most worth doing
  filiere status --type actors --all    all that actors need
  filiere status --lang en              without translations into other languages than English
  filiere status --format csv > work.csv

What is missing counts by how many profiles lead to the one that lacks it. Rules in site.toml that allow warnings do not count:
what is allowed is still to be done.

Exit status: 0 done, 2 wrong usage or a disk error.")]
pub(super) struct Status {
    /// The folder of the site, with the file site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// The format
    #[arg(long, value_enum, default_value_t = StatusFormat::Human)]
    pub format: StatusFormat,
    /// A type to look at, several times for several; by default all
    #[arg(long = "type", value_name = "TYPE")]
    pub types: Vec<String>,
    /// The language whose translations count; by default all
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
    /// Show all, not only the thirty heaviest
    #[arg(long)]
    pub all: bool,
}

/// The format of a list of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum StatusFormat {
    /// A line for each, heaviest first
    Human,
    /// For programs
    Json,
    /// A table for spreadsheet programs
    Csv,
    /// A page that one can send
    Html,
}

#[cfg(feature = "sheets")]
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  filiere export ecosystem.xlsx                       a workbook with a sheet for each type
  filiere export actors.xlsx --type actors --lang en  one type, with English labels and titles
  filiere export new.xlsx --empty                     with drop-down lists and without rows, to be filled in
  filiere export sheets/ --format csv                 a folder of tables that spreadsheet programs open right

The first sheet explains the others. People change cells, add rows and send the workbook back; \"filiere import\" compares it with
the site and changes what they have changed. Prose and pictures stay in the profiles.

Exit status: 0 done, 1 the content has errors, 2 wrong usage or a disk error.")]
pub(super) struct Export {
    /// The workbook, which ends in .xlsx, or the folder for tables
    #[arg(value_name = "FILE|DIR")]
    pub file: PathBuf,
    /// The folder of the site, with the file site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// A type to export, several times for several; by default all
    #[arg(long = "type", value_name = "TYPE")]
    pub types: Vec<String>,
    /// The language of labels and titles; by default that of the site
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
    /// The format [default: by the ending of the file]
    #[arg(long, value_enum)]
    pub format: Option<SheetFormat>,
    /// Without rows, to be filled in
    #[arg(long)]
    pub empty: bool,
    /// Replace the workbook if it is there
    #[arg(long)]
    pub force: bool,
}

#[cfg(feature = "sheets")]
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  filiere import ecosystem.xlsx --dry-run               what a workbook that was exported and changed would change
  filiere import members.csv --type actors              a table of any program
  filiere import members.xlsx --infer                   propose types for sheets that are of none, to edit before importing
  filiere import members.xlsx --map map.toml            write what each column is taken for, or read what was decided
  filiere import members.xlsx --review review.xlsx      write what a person has to decide, or read the decisions
  filiere import members.csv --type actors --source annual-report-2026 --at \"p. 12\"

Reads XLSX, XLS, ODS, CSV, TSV and JSON Lines. Columns are found by id, label or title in any language; rows by id, then by
fields with unique values, then by title and other names. An empty cell changes nothing, and no profile is ever deleted. Of an
exported workbook, only what people have changed is taken; where the site has changed too, both stay and you are told.

Exit status: 0 done, 1 refused: cells that can't be read, conflicts, or new errors, 2 wrong usage or a disk error.")]
pub(super) struct Import {
    /// A workbook or a table
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The type of the rows; by default what the sheets' names say. With --infer, the id of the new type
    #[arg(long = "type", value_name = "TYPE")]
    pub owner: Option<String>,
    /// A file that says what each column is; written if it is not there
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// A workbook of what a person has to decide; written as long as something is open
    #[arg(long, value_name = "FILE")]
    pub review: Option<PathBuf>,
    /// Propose a _type.toml for each sheet that is of no type yet, a draft to edit; nothing else is imported
    #[arg(long)]
    pub infer: bool,
    /// Let an empty cell empty its field
    #[arg(long)]
    pub clear: bool,
    /// The source of what is imported: it is added to each profile that changes
    #[arg(long, value_name = "ID")]
    pub source: Option<String>,
    /// The place in the source
    #[arg(long, value_name = "TEXT", requires = "source")]
    pub at: Option<String>,
    #[command(flatten)]
    pub changing: Changing,
}

/// The format of sheets.
#[cfg(feature = "sheets")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SheetFormat {
    /// A workbook
    Xlsx,
    /// A folder of tables, separated by semicolons
    Csv,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  filiere diff                          what this branch and your unsaved work change
  filiere diff v1.0                     since a revision of git
  filiere diff main my-branch           between two revisions
  filiere diff ../old-portal .          between two folders
  filiere diff --format markdown        for a comment on a proposal
  filiere diff --format html > changes.html

Revisions are read from git; nothing is checked out. Without FROM, it is where the branch left the default branch (on the
default branch, the last commit); without TO, it is the folder as it is.

Exit status: 0 done, 1 with --exit-code if something is different, 2 wrong usage or a disk error.")]
pub(super) struct Diff {
    /// A revision of git, or a folder with a site.toml
    #[arg(value_name = "FROM")]
    pub from: Option<String>,
    /// The same for the later state; by default the site as it is
    #[arg(value_name = "TO")]
    pub to: Option<String>,
    /// The folder of the site, with the file site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// The format
    #[arg(long, value_enum, default_value_t = DiffFormat::Human)]
    pub format: DiffFormat,
    /// The language of labels and titles; by default that of the site
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
    /// Exit with 1 if something is different
    #[arg(long)]
    pub exit_code: bool,
}

/// The format of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// A line for each difference
    Human,
    /// For a comment on a code host
    Markdown,
    /// For programs
    Json,
    /// A page that one can send
    Html,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  filiere new portal && filiere build --root portal")]
pub(super) struct New {
    /// The folder to create
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Add a workflow for the host of the git repository: it checks and builds the site, and tells what a proposal changes
    #[arg(long, value_enum, value_name = "HOST")]
    pub workflow: Option<WorkflowHost>,
}

/// A host of git repositories that runs workflows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum WorkflowHost {
    /// GitHub Actions
    Github,
    /// GitLab CI
    Gitlab,
    /// Forgejo Actions, as on Codeberg
    Forgejo,
}

#[derive(Debug, Subcommand)]
pub(super) enum Theme {
    /// Write files of a built-in theme to a theme of the site
    Export(ThemeExport),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  filiere theme export atlas river                       the whole theme, as themes/river/
  filiere theme export atlas river strings/en.toml       one file; all others stay those of atlas
  filiere theme export atlas river templates static/css  two folders

Files that exist already are never replaced: the command then writes nothing.")]
pub(super) struct ThemeExport {
    /// The built-in theme
    #[arg(value_name = "THEME")]
    pub from: String,
    /// The name of the new theme, a folder in themes/
    #[arg(value_name = "NAME", value_parser = crate::source::theme_name)]
    pub name: String,
    /// Files or folders of the theme; without any, the whole theme is written. With some, the new theme extends the
    /// built-in one
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,
    /// The folder of the site, with the file site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// List the files, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  filiere explain unknown-reference\n  filiere explain              list all codes")]
pub(super) struct Explain {
    /// The code, which is in brackets after `error` or `warning`
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}
