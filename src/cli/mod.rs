//! The command line: arguments, output and exit status.

mod args;
mod clock;
mod ending;
mod report;
#[cfg(feature = "serve")]
mod news;
mod build;
#[cfg(feature = "serve")]
mod serve;
#[cfg(feature = "serve")]
mod watch;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        #[cfg(feature = "serve")]
        Command::Build(options) if options.watch => watch::watch(&options),
        Command::Build(options) => build::build(&options),
        Command::Check(options) => build::check(&options),
        #[cfg(feature = "serve")]
        Command::Serve(options) => serve::serve(&options),
        Command::New(options) => build::new(&options),
        Command::Explain(options) => Ok(report::explain(&options)),
    };
    match result {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            report::eprint(&format!("{}: {error:#}\n", report::red("error")));
            ExitCode::from(report::FAILED)
        }
    }
}
