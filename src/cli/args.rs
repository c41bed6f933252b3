//! What can be typed.

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
  filiere new portal         make a small site to start from
  filiere check              say what is wrong with the content, and write nothing
  filiere serve --open       show the site in the browser, and keep it in step with the files
  filiere build              write the site to the folder public/
  filiere explain no-source  say what the code of a diagnostic means"
    )
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the site
    Build(Build),
    /// Say what is wrong with the content, and write nothing
    Check(Check),
    /// Show the site in the browser, and keep it in step with the files
    #[cfg(feature = "serve")]
    Serve(Serve),
    /// Make a small site to start from
    New(New),
    /// Say what the code of a diagnostic means
    Explain(Explain),
}

/// The lines of a text that are about what this program can do: without the feature `serve` there is no preview and no `--watch`.
fn available(text: &str) -> String {
    let is_there =
        |line: &&str| cfg!(feature = "serve") || !(line.contains("filiere serve") || line.contains("--watch"));
    text.lines().filter(is_there).collect::<Vec<_>>().join("\n")
}

/// What every command needs that compiles.
#[derive(Debug, Args)]
pub(super) struct Site {
    /// The folder of the site, which holds site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Take drafts as published
    #[arg(long)]
    pub drafts: bool,
}

/// What every command needs that compiles once.
#[derive(Debug, Args)]
pub(super) struct Once {
    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// Print how long each stage took
    #[arg(long)]
    pub timings: bool,
}

#[derive(Debug, Args)]
#[command(after_help = available("\
Examples:
  filiere build
  filiere build --output /var/www/portal --base-url https://example.org/portal
  filiere build --strict --timings
  filiere build --watch      write again whenever a file changes, and only what is different

The folder is replaced as a whole when the new site is complete; with errors it stays as it was.
Exit status: 0 clean, 1 the content has errors (with --strict, warnings), 2 wrong usage or the disk failed."))]
pub(super) struct Build {
    #[command(flatten)]
    pub site: Site,
    #[command(flatten)]
    pub once: Once,
    /// The folder to write [default: ROOT/public]
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Where the site is published, if not where site.toml says
    #[arg(long, value_name = "URL", value_parser = crate::config::BaseUrl::parse)]
    pub base_url: Option<crate::config::BaseUrl>,
    /// Leave out the full-text search
    #[arg(long)]
    pub no_search: bool,
    /// Replace the output folder even if this program did not make it
    #[arg(long)]
    pub force: bool,
    #[cfg(feature = "serve")]
    /// Stay, and at each change write the files that are different, until Ctrl-C
    #[arg(long)]
    pub watch: bool,
    #[cfg(feature = "serve")]
    /// With --watch: look for changes at regular intervals, where the system does not tell of them
    #[arg(long, requires = "watch")]
    pub poll: bool,
}

#[cfg(feature = "serve")]
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  filiere serve --open
  filiere serve --drafts --port 8000
  filiere serve --poll            on a network drive, or in a container that gets no events
  filiere serve --host 0.0.0.0    for everyone on the network

Every page is made from the files as they are when it is asked for. An open tab reloads by itself when its page has
changed; mistakes are shown in the page and in the terminal, over the last site without any. Ctrl-C ends it.")]
pub(super) struct Serve {
    #[command(flatten)]
    pub site: Site,
    /// The port to listen on; the next one that is free, if it is taken
    #[arg(long, value_name = "N", default_value_t = 4400)]
    pub port: u16,
    /// The name or address to listen on; others than this machine can read the preview only where this lets them
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    pub host: String,
    /// Open the browser
    #[arg(long)]
    pub open: bool,
    /// Look for changes at regular intervals, where the system does not tell of them
    #[arg(long)]
    pub poll: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  filiere check
  filiere check --strict --format short
  filiere check --format json | jq '.[].code'

Exit status: 0 clean, 1 the content has errors (with --strict, warnings), 2 wrong usage or the disk failed.")]
pub(super) struct Check {
    #[command(flatten)]
    pub site: Site,
    #[command(flatten)]
    pub once: Once,
    /// How to print what is wrong
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
}

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With source lines and carets
    Human,
    /// One a line: `path:line:column: error[code]: message`
    Short,
    /// A list of objects
    Json,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  filiere new portal && filiere build --root portal")]
pub(super) struct New {
    /// The folder to make
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  filiere explain unknown-reference\n  filiere explain              list all codes")]
pub(super) struct Explain {
    /// The code, as it stands in brackets behind `error` or `warning`
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}
