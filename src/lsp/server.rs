//! The loop of the server: messages in their order, and in between the checks that they make necessary.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{PublishDiagnostics, ShowMessage};
use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWatchedFilesRegistrationOptions,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, FileSystemWatcher, GlobPattern, InitializeParams,
    MessageType, PublishDiagnosticsParams, Registration, RegistrationParams, ShowMessageParams,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::capabilities::capabilities;
use super::client::Client;
use super::dispatch;
use super::documents::Document;
use super::root;
use super::state::State;
use crate::compile;
use crate::stop::{Failure, Stop};

/// How often files are looked at, if the client does not say when they change.
const LOOK: Duration = Duration::from_secs(2);
/// How long to wait after a change for a request that comes with it, such as a completion.
const SETTLE: Duration = Duration::from_millis(2);
/// How long to wait if there is nothing to do.
const LONG: Duration = Duration::from_secs(3600);

/// The options of the server.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the site. Without it, the folder that the client opens, if it has a `site.toml`, or else the
    /// current one.
    pub root: Option<PathBuf>,
    /// How the site is checked.
    pub request: compile::Request,
    /// How long nothing must happen before the site is rendered, for what only that finds.
    pub rest: Duration,
}

/// A request of our own, for tools and tests: it is answered when all diagnostics of the texts, also those of templates,
/// have been sent.
const AT_REST: &str = "filiere/atRest";

/// Serves a client until it ends the connection. Out: whether it asked for the end before.
pub fn serve(connection: &Connection, options: Options) -> bool {
    let Ok((id, params)) = connection.initialize_start() else { return false };
    let params: InitializeParams = match serde_json::from_value(params) {
        Ok(params) => params,
        Err(error) => {
            let refusal = Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string());
            let _ = connection.sender.send(refusal.into());
            return false;
        }
    };
    let client = Client::new(&params);
    let info = json!({ "name": "filiere", "version": env!("CARGO_PKG_VERSION") });
    let result = json!({ "capabilities": capabilities(&client), "serverInfo": info });
    let folder = root::folder(options.root.as_deref(), client.folder.as_deref());
    let mut server = Server {
        connection,
        waiting: VecDeque::new(),
        state: State::new(&folder, client, options.request),
        rest: options.rest,
        last_message: Instant::now(),
        last_failure: String::new(),
        is_shut_down: false,
    };
    server.send(Response::new_ok(id, result).into());
    server.run();
    server.is_shut_down
}

struct Server<'a> {
    connection: &'a Connection,
    /// Messages that have been received, to see what they cancel, and not been handled.
    waiting: VecDeque<Message>,
    state: State,
    rest: Duration,
    last_message: Instant,
    /// The last failure of the disk, which is shown once.
    last_failure: String,
    is_shut_down: bool,
}

impl Server<'_> {
    fn run(&mut self) {
        loop {
            let message = self.waiting.pop_front();
            let message = match message.map_or_else(|| self.connection.receiver.recv_timeout(self.pause()), Ok) {
                Ok(message) => message,
                Err(error) if error.is_timeout() => {
                    self.work();
                    continue;
                }
                Err(_) => return,
            };
            self.waiting.extend(self.connection.receiver.try_iter());
            match message {
                Message::Request(request) => self.request(request),
                Message::Notification(notification) if notification.method == "exit" => return,
                Message::Notification(notification) => self.notification(notification),
                Message::Response(_) => {}
            }
            self.last_message = Instant::now();
        }
    }

    /// How long to wait for a message before there is something to do.
    fn pause(&self) -> Duration {
        let rested = self.last_message.elapsed();
        match (self.state.is_stale(), self.state.is_rendered()) {
            (true, _) => SETTLE.saturating_sub(rested),
            _ if self.state.lacks_names() => Duration::ZERO,
            (false, false) => self.rest.saturating_sub(rested),
            (false, true) if self.state.client.watches => LONG,
            (false, true) => LOOK,
        }
    }

    /// Does what there is time for while no message comes. The next message stops it.
    fn work(&mut self) {
        let receiver = self.connection.receiver.clone();
        let stop = Stop::when(move || !receiver.is_empty());
        let result = if self.state.is_stale() {
            self.state.check(&stop)
        } else if self.state.lacks_names() {
            self.state.names();
            Ok(Vec::new())
        } else if !self.state.is_rendered() {
            self.state
                .look(&stop)
                .and_then(|()| if self.state.is_stale() { Ok(Vec::new()) } else { self.state.render(&stop) })
        } else {
            self.state.look(&stop).map(|()| Vec::new())
        };
        self.publish(result);
    }

    /// Looks at the files, checks and renders, whatever else waits.
    fn all(&mut self) -> Result<Vec<PublishDiagnosticsParams>, Failure> {
        let stop = Stop::new();
        self.state.look(&stop)?;
        let mut updates = if self.state.is_stale() { self.state.check(&stop)? } else { Vec::new() };
        updates.extend(self.state.render(&stop)?);
        Ok(updates)
    }

    /// Sends diagnostics. A failure of the disk is shown once; then the server goes on with what it has.
    fn publish(&mut self, result: Result<Vec<PublishDiagnosticsParams>, Failure>) {
        match result {
            Ok(updates) => {
                self.last_failure.clear();
                for update in updates {
                    self.notify::<PublishDiagnostics>(update);
                }
            }
            Err(Failure::Stopped) => {}
            Err(Failure::Files(error)) => {
                let message = error.to_string();
                if message != self.last_failure {
                    let params = ShowMessageParams { typ: MessageType::ERROR, message: message.clone() };
                    self.notify::<ShowMessage>(params);
                    self.last_failure = message;
                }
                std::thread::sleep(Duration::from_millis(100));
            }
        }
    }

    fn request(&mut self, request: Request) {
        let id = request.id.clone();
        if request.method == "shutdown" {
            self.is_shut_down = true;
            return self.send(Response::new_ok(id, Value::Null).into());
        }
        if self.is_shut_down || self.is_cancelled(&id) {
            let (code, text) = match self.is_shut_down {
                true => (ErrorCode::InvalidRequest, "the server is shut down"),
                false => (ErrorCode::RequestCanceled, "cancelled"),
            };
            return self.send(Response::new_err(id, code as i32, text.to_owned()).into());
        }
        if request.method == AT_REST {
            let result = self.all();
            self.publish(result);
            return self.send(Response::new_ok(id, Value::Null).into());
        }
        // A completion is answered from the last check, whatever has been typed since.
        let needs_check =
            self.state.is_stale() && (!dispatch::is_quick(&request.method) || self.state.context().is_none());
        if needs_check {
            let result = self.state.check(&Stop::new());
            self.publish(result);
        }
        let response = dispatch::answer(&mut self.state, request);
        self.send(response.into());
    }

    /// Whether a notification that has been received already cancels a request.
    fn is_cancelled(&self, id: &RequestId) -> bool {
        self.waiting.iter().any(|message| match message {
            Message::Notification(notification) if notification.method == "$/cancelRequest" => {
                let cancelled: Option<RequestId> =
                    notification.params.get("id").and_then(|id| serde_json::from_value(id.clone()).ok());
                cancelled.as_ref() == Some(id)
            }
            _ => false,
        })
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            "initialized" => self.register(),
            "textDocument/didOpen" => self.with(params, Self::open),
            "textDocument/didChange" => self.with(params, Self::change),
            "textDocument/didClose" => self.with(params, Self::close),
            "workspace/didChangeWatchedFiles" => self.with(params, |server, _: DidChangeWatchedFilesParams| {
                let result = server.state.look(&Stop::new());
                server.publish(result.map(|()| Vec::new()));
            }),
            _ => {}
        }
    }

    /// Reads the parameters of a notification. Nobody waits for an answer to one that makes no sense.
    fn with<P: DeserializeOwned>(&mut self, params: Value, handle: impl FnOnce(&mut Self, P)) {
        if let Ok(params) = serde_json::from_value(params) {
            handle(self, params);
        }
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let item = params.text_document;
        if let Some(path) = self.state.root.path(&item.uri) {
            let document = Document { uri: item.uri, version: item.version, text: item.text };
            self.state.open(&path, document);
        }
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let Some(path) = self.state.root.path(&params.text_document.uri) else { return };
        let (version, encoding) = (params.text_document.version, self.state.client.encoding);
        let text = self.state.documents.change(&path, version, params.content_changes, encoding);
        if let Some(text) = text.map(str::to_owned) {
            self.state.set_text(&path, Some(text));
        }
    }

    fn close(&mut self, params: DidCloseTextDocumentParams) {
        if let Some(path) = self.state.root.path(&params.text_document.uri)
            && self.state.documents.get(&path).is_some()
        {
            self.state.close(&path);
        }
    }

    /// Asks the client to say when files change, if it can.
    fn register(&mut self) {
        if !self.state.client.watches {
            return;
        }
        let watcher = |glob: &str| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind: None };
        let watchers = ["**/site.toml", "**/content/**", "**/themes/**"].map(watcher).to_vec();
        let options = DidChangeWatchedFilesRegistrationOptions { watchers };
        let registration = Registration {
            id: String::from("files"),
            method: String::from("workspace/didChangeWatchedFiles"),
            register_options: serde_json::to_value(options).ok(),
        };
        let params = RegistrationParams { registrations: vec![registration] };
        let id = RequestId::from(String::from("register-files"));
        self.send(Request::new(id, String::from("client/registerCapability"), params).into());
    }

    fn notify<N: lsp_types::notification::Notification>(&self, params: N::Params) {
        self.send(Notification::new(N::METHOD.to_owned(), params).into());
    }

    /// Sends a message. If nobody receives it any more, the loop ends at the next one.
    fn send(&self, message: Message) {
        let _ = self.connection.sender.send(message);
    }
}
