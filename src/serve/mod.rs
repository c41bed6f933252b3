//! The preview server. It renders each page of the newest site without errors at each request.
//!
//! In: a folder that changes, and requests. Out: responses, and messages to the tabs whose page has changed. There is
//! no cache of pages and no dependency graph, so no page can be stale. After a change, a new model is made from the
//! parsed documents, and each request renders its page from the newest model.

mod index;
mod preview;
mod live;
mod range;
mod body;
mod server;
mod connections;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::compile::{self, Compiled, Compiler, Outcome, Request};
use crate::diagnostics::{self, Diagnostic, Warnings};
use crate::history::Follower;
use crate::model::Today;
use crate::site::{RouteKind, Site};
use crate::source::Disk;
use crate::stop::{Failure, Stop};
use crate::watch::{Changes, Woken, shutdown_signal};

use preview::{Preview, Problems};
use server::Server;

/// The time without a change after which all pages are rendered, to find mistakes in templates.
const PAUSE: Duration = Duration::from_millis(250);

/// The options of the preview.
pub struct Options {
    /// The folder of the site.
    pub root: PathBuf,
    /// The options of its compilation.
    pub request: Request,
    /// The name or address to listen on.
    pub host: String,
    /// The first port to try.
    pub port: u16,
    /// Look for changes at regular intervals in place of waiting for events.
    pub poll: bool,
    /// The number of the first state. It is greater than all numbers of earlier servers, so that their tabs reload.
    pub first: u64,
    /// The current day.
    pub today: Box<dyn Fn() -> Today + Send>,
}

/// An event to report in the terminal.
pub enum News<'a> {
    /// The first model is made, and the server answers requests.
    Ready {
        /// The address to open.
        address: &'a str,
        /// The requested port, if another program uses it.
        instead_of: Option<u16>,
        /// Whether other machines can reach the preview.
        open_to_others: bool,
    },
    /// A model was made.
    Compiled {
        /// The files that have changed; empty for the first model.
        changed: &'a BTreeSet<Box<str>>,
        /// The diagnostics.
        problems: &'a [Diagnostic],
        /// The diagnostics as text for a terminal.
        text: &'a str,
        /// The compiled site, if there is no error.
        compiled: Option<&'a Compiled>,
        /// The time that it took.
        elapsed: Duration,
    },
    /// Templates failed when all pages were rendered.
    Templates {
        /// The diagnostics.
        problems: &'a [Diagnostic],
        /// The diagnostics as text for a terminal.
        text: &'a str,
    },
    /// The site can't be read at the moment.
    Disk(&'a Failure),
    /// There are no file events for this folder, for this reason, so it is polled.
    Polling(&'a str),
}

/// Serves the preview until a signal ends the program.
///
/// # Errors
/// The address can't be listened on, or the system refuses threads.
pub fn serve(options: Options, report: impl Fn(News<'_>) + Send + 'static) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let listener = runtime.block_on(server::bind(&options.host, options.port))?;
    let bound = listener.local_addr()?;
    let base = server::address(&options.host, bound);
    // Start to watch before the first look, so that no change is missed between the two.
    let changes = Changes::of(&options.root, options.poll, |reason| report(News::Polling(reason)));
    let (host, port) = (options.host.clone(), options.port);
    let mut builder = Builder::new(options, report);
    builder.look(None);
    let path = builder.home();
    (builder.report)(News::Ready {
        address: &format!("{base}{path}"),
        instead_of: (port != 0 && port != bound.port()).then_some(port),
        open_to_others: !bound.ip().is_loopback(),
    });
    let server = Server::new(builder.previews.subscribe(), &host);
    std::thread::Builder::new().name(String::from("rebuild")).spawn(move || builder.run(changes))?;
    let result = runtime.block_on(async {
        tokio::select! {
            () = connections::run(listener, server) => Ok(()),
            () = shutdown_signal() => Ok(()),
        }
    });
    runtime.shutdown_background();
    result
}

/// Makes a new state of the preview after each change.
struct Builder<Report> {
    compiler: Compiler,
    today: Box<dyn Fn() -> Today + Send>,
    previews: watch::Sender<Arc<Preview>>,
    outcome: Option<Outcome>,
    /// Whether some pages of the newest site have not been rendered yet.
    is_unverified: bool,
    /// Whether the last look was only at the files that an event named.
    is_partial: bool,
    report: Report,
    /// Reads the history of the content, if the site asks for it.
    follower: Follower,
}

impl<Report: Fn(News<'_>)> Builder<Report> {
    fn new(options: Options, report: Report) -> Self {
        let nothing = Preview {
            number: options.first,
            first: options.first,
            newest: None,
            verified: None,
            problems: Arc::new(Problems::new(&[], String::new())),
            files: Arc::default(),
            indexes: Arc::default(),
        };
        Self {
            compiler: Compiler::new(Arc::new(Disk::new(&options.root)), options.request),
            today: options.today,
            previews: watch::Sender::new(Arc::new(nothing)),
            outcome: None,
            is_unverified: false,
            is_partial: false,
            report,
            follower: Follower::new(&options.root),
        }
    }

    /// The path of the home page.
    fn home(&self) -> String {
        let preview = self.previews.borrow();
        let base = preview.newest.as_ref().map_or("", |compiled| compiled.ecosystem.config.base_path());
        format!("{base}/")
    }

    /// Runs until the program ends.
    fn run(mut self, mut changes: Changes) {
        loop {
            if let Some(folder) = self.follower.folder() {
                changes.watch_commits(folder);
            }
            let woken = changes.wait((self.is_unverified || self.is_partial).then_some(PAUSE));
            let touched = if woken == Woken::Changed { changes.touched() } else { None };
            let is_new = self.look(touched);
            if !is_new && self.is_unverified {
                self.verify(&changes);
            }
        }
    }

    /// Reads all files, or only these if that is enough, and compiles if one of them has changed. Out: whether there is
    /// a new state.
    fn look(&mut self, only: Option<&BTreeSet<Box<str>>>) -> bool {
        let start = Instant::now();
        let partial = only.map_or(Ok(None), |paths| self.compiler.look_at(paths)).map_err(Failure::from).transpose();
        self.is_partial = partial.is_some();
        let changed = match partial.unwrap_or_else(|| self.compiler.look(&Stop::new())) {
            Ok(changed) => changed,
            Err(error) => {
                self.unreadable(&error);
                return true;
            }
        };
        let is_first = self.outcome.is_none();
        let has_commits = self.read_history();
        if changed.is_empty() && !is_first && !has_commits {
            return false;
        }
        self.compiler.set_today((self.today)());
        let mut outcome = match self.compiler.compile(&Stop::new(), &mut |_| {}) {
            Ok(outcome) => outcome,
            Err(error) => {
                self.unreadable(&error);
                return true;
            }
        };
        let compiled = outcome.compiled.take().map(Arc::new);
        let text = diagnostics::human(&outcome.diagnostics, &|path| outcome.text(path), Warnings::First, true);
        self.is_unverified = compiled.is_some();
        self.show(compiled.clone(), Problems::new(&outcome.diagnostics, text.clone()));
        let none = BTreeSet::new();
        let changed = if is_first { &none } else { &changed };
        let elapsed = start.elapsed();
        let (problems, compiled) = (&outcome.diagnostics, compiled.as_deref());
        (self.report)(News::Compiled { changed, problems, text: &text, compiled, elapsed });
        self.outcome = Some(outcome);
        true
    }

    /// Reads the history, if the site asks for it and there is news. Without a history, the preview shows the site as it is.
    fn read_history(&mut self) -> bool {
        if self.compiler.wants_history()
            && let Some(Ok(history)) = self.follower.news()
        {
            self.compiler.set_history(Ok(history));
            return true;
        }
        false
    }

    fn unreadable(&mut self, error: &Failure) {
        let problems = Arc::new(Problems::of_disk(&diagnostics::visible(&error.to_string())));
        if self.previews.borrow().problems != problems {
            (self.report)(News::Disk(error));
            self.previews.send_modify(|preview| *preview = Arc::new(preview.with(problems)));
        }
        // Compile as soon as the site can be read again, even if no file has changed.
        self.outcome = None;
    }

    /// Makes a compiled site the newest state of the preview. Without one, only the problems change.
    fn show(&self, compiled: Option<Arc<Compiled>>, problems: Problems) {
        let before = self.previews.borrow().clone();
        let number = before.number + 1;
        let files = match (&before.newest, &compiled) {
            (Some(old), Some(new)) => changed_files(&old.site, &new.site, number, &before.files),
            _ => before.files.clone(),
        };
        let newest = compiled.or_else(|| before.newest.clone());
        let preview = Preview { number, newest, problems: Arc::new(problems), files, ..(*before).clone() };
        self.previews.send_replace(Arc::new(preview));
        // Dropping a model takes as long as making one, so another thread does it.
        std::thread::spawn(move || drop(before));
    }

    /// Renders all pages to find mistakes in templates. Stops as soon as a file changes.
    fn verify(&mut self, changes: &Changes) {
        let preview = self.previews.borrow().clone();
        let (Some(compiled), Some(outcome)) = (&preview.newest, &self.outcome) else { return };
        let stop = Stop::when(changes.pending());
        let problems = match compile::render(compiled, RouteKind::needs_templates, &stop, &|_, _| Ok(())) {
            Ok(problems) if !stop.is_stopped() => problems,
            _ => return,
        };
        self.is_unverified = false;
        if problems.is_empty() {
            let verified = Some(compiled.clone());
            self.previews.send_if_modified(|preview| {
                *preview = Arc::new(Preview { verified, ..(**preview).clone() });
                false
            });
            return;
        }
        let text =
            |problems: &[Diagnostic]| diagnostics::human(problems, &|path| outcome.text(path), Warnings::First, true);
        (self.report)(News::Templates { problems: &problems, text: &text(&problems) });
        let mut all = outcome.diagnostics.clone();
        all.extend(problems);
        diagnostics::sort(&mut all);
        let problems = Arc::new(Problems::new(&all, text(&all)));
        self.previews.send_modify(|preview| *preview = Arc::new(preview.with(problems)));
    }
}

/// Adds the published files (not pages) that differ between two sites to those that changed earlier, with the number of
/// the new state.
fn changed_files(
    before: &Site,
    after: &Site,
    number: u64,
    earlier: &Arc<BTreeMap<Box<str>, u64>>,
) -> Arc<BTreeMap<Box<str>, u64>> {
    let files = after.routes.iter().filter(|route| matches!(route.kind, RouteKind::File(_)));
    let changed = files.filter(|file| match (&file.kind, before.find(&file.path).map(|route| &route.kind)) {
        (RouteKind::File(new), Some(RouteKind::File(old))) => new != old,
        _ => true,
    });
    let mut files = BTreeMap::clone(earlier);
    files.extend(changed.map(|route| (route.path.clone(), number)));
    if files == **earlier { earlier.clone() } else { Arc::new(files) }
}
