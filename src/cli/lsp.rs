//! The command `lsp`.

use std::time::Duration;

use anyhow::{Context, Result};
use lsp_server::Connection;

use super::clock::today;
use crate::compile::Request;
use crate::lsp::{self, Options};

/// Serves an editor until it ends the connection.
pub(super) fn lsp(options: &super::args::Lsp) -> Result<u8> {
    let request = Request { base_url: None, drafts: options.drafts, search: true, today: today()? };
    let (connection, threads) = Connection::stdio();
    let is_ended =
        lsp::serve(&connection, Options { root: options.root.clone(), request, rest: Duration::from_secs(1) });
    // The thread that writes ends when nobody can send any more.
    drop(connection);
    threads.join().context("the connection to the editor broke")?;
    Ok(u8::from(!is_ended))
}
