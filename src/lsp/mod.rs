//! The language server: what an editor shows while somebody writes.
//!
//! In: the messages of an editor (Language Server Protocol 3.17), with texts that are not saved yet. Out: diagnostics of
//! the whole site, and answers about the names in it. Each kind of request is a file, and a line in `dispatch.rs`. The
//! server is synchronous: messages are handled in their order, and a check happens when none is waiting.

mod positions;
mod root;
mod client;
mod documents;
mod context;
mod places;
mod card;
mod cursor;
mod edits;
mod publish;
mod completion;
mod hover;
mod inlay;
mod lens;
mod definition;
mod references;
mod symbols;
mod workspace;
mod links;
mod folding;
mod selection;
mod tokens;
mod actions;
mod rename;
mod capabilities;
mod state;
mod dispatch;
mod server;

pub use server::{Options, serve};
