//! The preview: every page of the newest good site, made when it is asked for.
//!
//! In: a folder that changes, and requests. Out: responses, and messages to the tabs whose page has changed. There is no cache of pages and
//! no record of what depends on what: after a change the model is made anew from documents that are parsed once, and a page is rendered
//! from the newest model at each request. So nothing can be stale.

mod index;
mod preview;
mod live;
mod server;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::compile::{self, Compiled, Compiler, Outcome, Request};
use crate::diagnostics::{self, Diagnostic};
use crate::model::Today;
use crate::site::{RouteKind, Site};
use crate::source::Disk;
use crate::stop::{Failure, Stop};
use crate::watch::{Changes, Woken, asked_to_end};

use preview::{Preview, Problems};
use server::Server;

/// After so long without a change, the pages that nobody has asked for are rendered too, to find what is wrong with templates.
const PAUSE: Duration = Duration::from_millis(250);

/// How to serve.
pub struct Options {
    /// The folder of the site.
    pub root: PathBuf,
    /// How to compile it.
    pub request: Request,
    /// The name or address to listen on.
    pub host: String,
    /// The first port to try.
    pub port: u16,
    /// Look at regular intervals in place of waiting for events.
    pub poll: bool,
    /// The number of the first state; greater than those of earlier servers, so that their tabs know where they are.
    pub first: u64,
    /// The present day.
    pub today: Box<dyn Fn() -> Today + Send>,
}

/// What happens, for those who watch the terminal.
pub enum News<'a> {
    /// The first model is made, and requests are answered.
    Ready {
        /// Where.
        address: &'a str,
        /// The port that was taken.
        instead_of: Option<u16>,
        /// Whether others than this machine can read the preview.
        open_to_others: bool,
    },
    /// A model was made.
    Compiled {
        /// The files that have changed; empty for the first model.
        changed: &'a BTreeSet<Box<str>>,
        /// What is wrong.
        found: &'a [Diagnostic],
        /// The same, drawn.
        drawn: &'a str,
        /// The model, if nothing is wrong with it.
        compiled: Option<&'a Compiled>,
        /// How long it took.
        elapsed: Duration,
    },
    /// Templates failed on pages that nobody had asked for.
    Templates {
        /// How.
        found: &'a [Diagnostic],
        /// The same, drawn.
        drawn: &'a str,
    },
    /// The site can't be read at the moment.
    Disk(&'a Failure),
    /// There are no events for this folder, so it is looked at from time to time.
    Polling(&'a str),
}

/// Serves until Ctrl-C, or until the address can't be listened on.
///
/// # Errors
/// The address can't be listened on, or the system refuses threads.
pub fn serve(options: Options, tell: impl Fn(News<'_>) + Send + 'static) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let listener = runtime.block_on(server::bind(&options.host, options.port))?;
    let bound = listener.local_addr()?;
    let base = server::address(&options.host, bound);
    // Changes are watched before the first look, so that none falls between the two.
    let changes = Changes::of(&options.root, options.poll, |reason| tell(News::Polling(reason)));
    let (host, port) = (options.host.clone(), options.port);
    let mut workshop = Workshop::new(options, tell);
    workshop.look(None);
    let path = workshop.home();
    (workshop.tell)(News::Ready {
        address: &format!("{base}{path}"),
        instead_of: (port != 0 && port != bound.port()).then_some(port),
        open_to_others: !bound.ip().is_loopback(),
    });
    let server = Server { previews: workshop.previews.subscribe(), host: host.into() };
    std::thread::Builder::new().name(String::from("rebuild")).spawn(move || workshop.work(changes))?;
    let result = runtime.block_on(async {
        tokio::select! {
            result = server::run(listener, server) => result,
            () = asked_to_end() => Ok(()),
        }
    });
    runtime.shutdown_background();
    result
}

/// Where models are made.
struct Workshop<Tell> {
    compiler: Compiler,
    today: Box<dyn Fn() -> Today + Send>,
    previews: watch::Sender<Arc<Preview>>,
    outcome: Option<Outcome>,
    /// What is being shown has not been rendered as a whole yet.
    unverified: bool,
    /// Only those files were looked at that an event named.
    unsure: bool,
    tell: Tell,
}

impl<Tell: Fn(News<'_>)> Workshop<Tell> {
    fn new(options: Options, tell: Tell) -> Self {
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
            unverified: false,
            unsure: false,
            tell,
        }
    }

    /// The path of the home page.
    fn home(&self) -> String {
        let preview = self.previews.borrow();
        let base = preview.newest.as_ref().map_or("", |compiled| compiled.ecosystem.config.base_path());
        format!("{base}/")
    }

    /// Goes on for as long as the program runs.
    fn work(mut self, mut changes: Changes) {
        loop {
            let woken = changes.wait((self.unverified || self.unsure).then_some(PAUSE));
            let touched = changes.touched().filter(|_| woken == Woken::Changed);
            let is_new = self.look(touched);
            if !is_new && self.unverified {
                self.verify(&changes);
            }
        }
    }

    /// Looks at the files, or first only at these, and makes a model if one of them has changed.
    fn look(&mut self, only: Option<&BTreeSet<Box<str>>>) -> bool {
        let start = Instant::now();
        let some = only.map_or(Ok(None), |paths| self.compiler.look_at(paths)).map_err(Failure::from).transpose();
        self.unsure = some.is_some();
        let changed = match some.unwrap_or_else(|| self.compiler.look(&Stop::new())) {
            Ok(changed) => changed,
            Err(error) => {
                self.unreadable(&error);
                return true;
            }
        };
        let is_first = self.outcome.is_none();
        if changed.is_empty() && !is_first {
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
        let drawn = diagnostics::human(&outcome.diagnostics, &|path| outcome.text(path), true);
        self.unverified = compiled.is_some();
        self.show(compiled.clone(), Problems::new(&outcome.diagnostics, drawn.clone()));
        let none = BTreeSet::new();
        let changed = if is_first { &none } else { &changed };
        let elapsed = start.elapsed();
        let (found, compiled) = (&outcome.diagnostics, compiled.as_deref());
        (self.tell)(News::Compiled { changed, found, drawn: &drawn, compiled, elapsed });
        self.outcome = Some(outcome);
        true
    }

    fn unreadable(&mut self, error: &Failure) {
        let problems = Arc::new(Problems::of_disk(&error.to_string()));
        if self.previews.borrow().problems != problems {
            (self.tell)(News::Disk(error));
            self.previews.send_modify(|preview| *preview = Arc::new(preview.with(problems)));
        }
        // What is there when it can be read again is new in any case.
        self.outcome = None;
    }

    /// Makes a model what is shown; without one, only what is wrong is news.
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
        // A model takes as long to take down as to set up, and nobody should wait for that.
        std::thread::spawn(move || drop(before));
    }

    /// Renders all pages to find what is wrong with the templates, and gives up as soon as something changes.
    fn verify(&mut self, changes: &Changes) {
        let preview = self.previews.borrow().clone();
        let (Some(compiled), Some(outcome)) = (&preview.newest, &self.outcome) else { return };
        let stop = Stop::when(changes.pending());
        let found = match compile::render(compiled, RouteKind::needs_templates, &stop, &|_, _| Ok(())) {
            Ok(found) if !stop.is_stopped() => found,
            _ => return,
        };
        self.unverified = false;
        if found.is_empty() {
            let verified = Some(compiled.clone());
            self.previews.send_if_modified(|preview| {
                *preview = Arc::new(Preview { verified, ..(**preview).clone() });
                false
            });
            return;
        }
        let draw = |found: &[Diagnostic]| diagnostics::human(found, &|path| outcome.text(path), true);
        (self.tell)(News::Templates { found: &found, drawn: &draw(&found) });
        let mut all = outcome.diagnostics.clone();
        all.extend(found);
        diagnostics::sort(&mut all);
        let problems = Arc::new(Problems::new(&all, draw(&all)));
        self.previews.send_modify(|preview| *preview = Arc::new(preview.with(problems)));
    }
}

/// The published files, as opposed to pages, that differ between two sites.
fn changed_files(
    before: &Site,
    after: &Site,
    number: u64,
    known: &Arc<BTreeMap<Box<str>, u64>>,
) -> Arc<BTreeMap<Box<str>, u64>> {
    let files = after.routes.iter().filter(|route| matches!(route.kind, RouteKind::File(_)));
    let changed = files.filter(|file| match (&file.kind, before.find(&file.path).map(|known| &known.kind)) {
        (RouteKind::File(new), Some(RouteKind::File(old))) => new != old,
        _ => true,
    });
    let mut files = BTreeMap::clone(known);
    files.extend(changed.map(|route| (route.path.clone(), number)));
    if files.len() == known.len() && files == **known { known.clone() } else { Arc::new(files) }
}
