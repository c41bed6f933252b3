//! The command line: arguments, output and exit status.

mod args;
mod clock;
mod ending;
mod report;
mod named;
mod lock;
#[cfg(feature = "links")]
mod links;
#[cfg(feature = "lsp")]
mod lsp;
#[cfg(feature = "serve")]
mod news;
mod build;
mod theme;
mod schema;
mod edit;
mod diff;
mod status;
#[cfg(feature = "sheets")]
mod export;
#[cfg(feature = "sheets")]
mod import;
#[cfg(feature = "serve")]
mod serve;
#[cfg(feature = "serve")]
mod watch;

use std::io::{self, Write as _};
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use args::{Arguments, Command, Theme};

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(message) => return without_command(&message),
    };
    let result = ready(&arguments.command).and_then(|()| run_command(arguments.command));
    match result {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            report::eprint_error(&error);
            ExitCode::from(report::FAILED)
        }
    }
}

/// Finishes or takes back a change of the content that another command left half done.
fn ready(command: &Command) -> Result<()> {
    let root = match command {
        Command::Build(options) => &options.site.root,
        Command::Check(options) => &options.site.root,
        #[cfg(feature = "serve")]
        Command::Serve(options) => &options.site.root,
        Command::Rename(options) => &options.changing.root,
        Command::Merge(options) => &options.changing.root,
        Command::Move(options) => &options.changing.root,
        Command::Remove(options) => &options.changing.root,
        Command::Diff(options) => &options.root,
        Command::Status(options) => &options.root,
        // Its root is known when the editor says which folder is open.
        #[cfg(feature = "lsp")]
        Command::Lsp(options) => match &options.root {
            Some(root) => root,
            None => return Ok(()),
        },
        Command::Add(options) => &options.changing.root,
        Command::Schema(options) => &options.root,
        #[cfg(feature = "sheets")]
        Command::Export(options) => &options.root,
        #[cfg(feature = "sheets")]
        Command::Import(options) => &options.changing.root,
        Command::New(_) | Command::Theme(_) | Command::Explain(_) | Command::Licences => return Ok(()),
    };
    report::recover(root)
}

fn run_command(command: Command) -> Result<u8> {
    match command {
        #[cfg(feature = "serve")]
        Command::Build(options) if options.watch => watch::watch(&options),
        Command::Build(options) => build::build(&options),
        Command::Check(options) => build::check(&options),
        #[cfg(feature = "serve")]
        Command::Serve(options) => serve::serve(&options),
        #[cfg(feature = "lsp")]
        Command::Lsp(options) => lsp::lsp(&options),
        Command::Rename(options) => edit::rename(&options),
        Command::Merge(options) => edit::merge(&options),
        Command::Move(options) => edit::retype(&options),
        Command::Remove(options) => edit::remove(&options),
        Command::Add(options) => edit::add(&options),
        Command::Schema(options) => schema::schema(&options),
        Command::Diff(options) => diff::diff(&options),
        Command::Status(options) => status::status(&options),
        #[cfg(feature = "sheets")]
        Command::Export(options) => export::export(&options),
        #[cfg(feature = "sheets")]
        Command::Import(options) => import::import(&options),
        Command::New(options) => build::new(&options),
        Command::Theme(Theme::Export(options)) => theme::export(&options),
        Command::Explain(options) => report::explain(&options),
        Command::Licences => report::licences(),
    }
}

/// Prints the help, the version or the mistake that parsing the arguments has led to.
fn without_command(message: &clap::Error) -> ExitCode {
    match message.print().and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            report::eprint_error(&anyhow::Error::new(error).context("can't write to the standard output"));
            ExitCode::from(report::FAILED)
        }
        _ => ExitCode::from(u8::try_from(message.exit_code()).unwrap_or(report::FAILED)),
    }
}
