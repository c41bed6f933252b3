//! The command `filiere`.

use std::process::ExitCode;

fn main() -> ExitCode {
    filiere::cli::run()
}
