//! Watches the files of a site.
//!
//! In: the root folder. Out: a wake-up after file events, once no more follow. Events are only hints: the compiler
//! compares the files to find the changes, so a lost, repeated or misunderstood event does no harm.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::{config, source};

/// The time without events after which a save is complete. Editors take far less to truncate and write a file, or to
/// write beside it and rename.
const REST: Duration = Duration::from_millis(10);
/// The same time after more than [`MANY`] events, which come from a tool, for example one that switches branches.
const REST_AFTER_MANY: Duration = Duration::from_millis(100);
const MANY: u64 = 20;
/// The maximum number of changed files that are recorded by name.
const FEW: usize = 20;
/// The maximum time from the first event to the wake-up, if events keep coming.
const LONGEST: Duration = Duration::from_secs(2);
/// The interval of polling, without events or without the root folder.
const INTERVAL: Duration = Duration::from_millis(300);

/// The folders that hold the files of a site.
const FOLDERS: [&str; 2] = [source::CONTENT, source::THEMES];

/// A watcher of a site's files.
pub struct Changes {
    root: PathBuf,
    watcher: Option<RecommendedWatcher>,
    hints: Receiver<Hint>,
    /// The number of hints so far.
    count: Arc<AtomicU64>,
    /// The number of hints at the last wake-up.
    handled: u64,
    /// The root folder has been removed or renamed, so it gives no events.
    is_lost: bool,
    /// The folder in which git notes commits, if they matter.
    commits: Arc<OnceLock<PathBuf>>,
    /// The files of the last hints, relative to the root; `None` if other files may have changed too.
    touched: Option<BTreeSet<Box<str>>>,
}

/// The meaning of an event.
enum Hint {
    /// These files may have changed.
    Files(Vec<Box<str>>),
    /// One of the watched folders may have been created or replaced, or there is a new commit.
    Folder,
    /// The root folder has been removed or renamed.
    Lost,
}

/// The reason why waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// Files may have changed.
    Changed,
    /// The time is over without an event.
    Idle,
}

impl Changes {
    /// Watches a site by the events of the system. If `poll` is set or there are no events, it polls; without events,
    /// `on_polling` is called with the reason.
    pub fn of(root: &Path, poll: bool, on_polling: impl FnOnce(&str)) -> Self {
        if poll {
            return Self::by_polling(root);
        }
        Self::by_events(root).unwrap_or_else(|error| {
            on_polling(&error.to_string());
            Self::by_polling(root)
        })
    }

    /// Fails if the system gives no events for this folder, or limits the number of watched folders.
    fn by_events(root: &Path) -> notify::Result<Self> {
        let (sender, hints) = mpsc::channel();
        let count = Arc::new(AtomicU64::new(0));
        // Events have paths without symbolic links.
        let root = root.canonicalize()?;
        let commits = Arc::new(OnceLock::new());
        let watcher = notify::recommended_watcher(handler(root.clone(), commits.clone(), sender, count.clone()))?;
        let watcher = Some(watcher);
        let mut changes = Self { root, watcher, hints, count, handled: 0, is_lost: false, commits, touched: None };
        changes.watch_root()?;
        changes.watch_folders()?;
        Ok(changes)
    }

    /// Polls at regular intervals, for network drives and containers without events.
    fn by_polling(root: &Path) -> Self {
        let (_, hints) = mpsc::channel();
        let root = root.to_owned();
        let (count, commits) = (Arc::default(), Arc::default());
        Self { root, watcher: None, hints, count, handled: 0, is_lost: false, commits, touched: None }
    }

    /// Watches the folder in which git notes commits as well.
    pub fn watch_commits(&mut self, folder: &Path) {
        let Some(watcher) = &mut self.watcher else { return };
        // Events have paths without symbolic links.
        if self.commits.get().is_none()
            && let Ok(folder) = folder.canonicalize()
            && watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok()
        {
            let _ = self.commits.set(folder);
        }
    }

    /// Waits until files may have changed, or until `timeout` is over.
    pub fn wait(&mut self, timeout: Option<Duration>) -> Woken {
        self.touched = None;
        if self.watcher.is_none() || self.is_lost {
            std::thread::sleep(INTERVAL);
            self.is_lost = self.is_lost && !(self.watch_root().is_ok() && self.watch_folders().is_ok());
            return Woken::Changed;
        }
        let first = match timeout {
            Some(timeout) => self.hints.recv_timeout(timeout),
            None => self.hints.recv().map_err(RecvTimeoutError::from),
        };
        let Ok(first) = first else { return Woken::Idle };
        let start = Instant::now();
        self.touched = Some(BTreeSet::new());
        let mut folder = self.take(first);
        loop {
            let rest = if self.count.load(Ordering::Relaxed) - self.handled > MANY { REST_AFTER_MANY } else { REST };
            match self.hints.recv_timeout(rest) {
                Ok(hint) => folder |= self.take(hint),
                Err(_) => break,
            }
            if start.elapsed() > LONGEST {
                break;
            }
        }
        while let Ok(hint) = self.hints.try_recv() {
            folder |= self.take(hint);
        }
        self.handled = self.count.load(Ordering::Relaxed);
        if folder {
            // If a folder does not exist yet, its creation is the next hint.
            let _ = self.watch_folders();
        }
        Woken::Changed
    }

    /// A function that says whether there have been events since the last wake-up.
    pub fn pending(&self) -> impl Fn() -> bool + Send + Sync + 'static {
        let (count, handled) = (self.count.clone(), self.handled);
        move || count.load(Ordering::Relaxed) != handled
    }

    /// The files that may have changed, relative to the root; `None` if other files may have changed too. Only a hint.
    pub fn touched(&self) -> Option<&BTreeSet<Box<str>>> {
        self.touched.as_ref()
    }

    /// Records a hint. Out: whether it is about a folder.
    fn take(&mut self, hint: Hint) -> bool {
        match (hint, &mut self.touched) {
            (Hint::Files(files), Some(touched)) if touched.len() < FEW => {
                touched.extend(files);
                false
            }
            (Hint::Files(_), _) => {
                self.touched = None;
                false
            }
            (hint, _) => {
                self.is_lost |= matches!(hint, Hint::Lost);
                self.touched = None;
                true
            }
        }
    }

    fn watch_root(&mut self) -> notify::Result<()> {
        match &mut self.watcher {
            Some(watcher) => watcher.watch(&self.root, RecursiveMode::NonRecursive),
            None => Ok(()),
        }
    }

    fn watch_folders(&mut self) -> notify::Result<()> {
        let Some(watcher) = &mut self.watcher else { return Ok(()) };
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            if folder.is_dir() {
                watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        Ok(())
    }
}

/// Listens from now on for a signal that ends the program: Ctrl-C, SIGTERM or SIGHUP. Out: what waits for it. A Tokio runtime
/// must have been entered.
pub fn shutdown_signal() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let signals = {
        use tokio::signal::unix::{SignalKind, signal};
        let kinds = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()];
        kinds.map(|kind| signal(kind).ok())
    };
    async move {
        #[cfg(unix)]
        if let [Some(mut interrupt), Some(mut terminate), Some(mut hang_up)] = signals {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
                _ = hang_up.recv() => {}
            }
            return;
        }
        let _ = tokio::signal::ctrl_c().await;
    }
}

fn handler(
    root: PathBuf,
    commits: Arc<OnceLock<PathBuf>>,
    sender: Sender<Hint>,
    count: Arc<AtomicU64>,
) -> impl FnMut(notify::Result<Event>) + Send {
    move |event| {
        let hint = match event {
            Ok(event) => hint(&root, commits.get().map(PathBuf::as_path), &event),
            // After an error, events may be missing.
            Err(_) => Some(Hint::Folder),
        };
        if let Some(hint) = hint {
            count.fetch_add(1, Ordering::Relaxed);
            // The receiver is gone when the program is about to end.
            let _ = sender.send(hint);
        }
    }
}

/// The hint of an event; `None` for reads, and for files that do not belong to the site. `commits` is the folder in which git
/// notes commits.
fn hint(root: &Path, commits: Option<&Path>, event: &Event) -> Option<Hint> {
    if event.need_rescan() {
        return Some(Hint::Folder);
    }
    if let EventKind::Access(kind) = event.kind
        && kind != AccessKind::Close(AccessMode::Write)
    {
        return None;
    }
    let mut files = Vec::new();
    for path in &event.paths {
        if path == root {
            let is_gone =
                matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(notify::event::ModifyKind::Name(_)));
            if is_gone {
                return Some(Hint::Lost);
            }
            continue;
        }
        if commits.is_some() && path.parent() == commits && path.ends_with("HEAD") {
            return Some(Hint::Folder);
        }
        let Ok(inner) = path.strip_prefix(root) else { continue };
        let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
        match parts.as_slice() {
            [name] if FOLDERS.contains(&name.as_ref()) => return Some(Hint::Folder),
            [name] if *name == config::FILE => files.push(config::FILE.into()),
            [folder, inner @ ..]
                if FOLDERS.contains(&folder.as_ref()) && !inner.iter().any(|name| source::is_ignored(name)) =>
            {
                files.push(parts.join("/").into());
            }
            _ => {}
        }
    }
    (!files.is_empty()).then_some(Hint::Files(files))
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, DataChange, Flag, ModifyKind, RemoveKind, RenameMode};

    use super::*;

    fn hint_of(kind: EventKind, path: &str) -> Option<Hint> {
        hint(Path::new("/site"), Some(Path::new("/site/.git/logs")), &Event::new(kind).add_path(path.into()))
    }

    fn files(hint: Option<Hint>) -> Vec<Box<str>> {
        match hint {
            Some(Hint::Files(files)) => files,
            _ => Vec::new(),
        }
    }

    const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));

    #[test]
    fn files_of_the_site_are_named_by_their_path_in_it() {
        assert_eq!(files(hint_of(WRITTEN, "/site/content/actors/a.md")), ["content/actors/a.md".into()]);
        assert_eq!(files(hint_of(WRITTEN, "/site/site.toml")), ["site.toml".into()]);
        assert_eq!(files(hint_of(EventKind::Create(CreateKind::File), "/site/themes/x/y")), ["themes/x/y".into()]);
    }

    #[test]
    fn what_is_not_of_the_site_or_not_a_change_is_no_hint() {
        let read = EventKind::Access(AccessKind::Close(AccessMode::Read));
        assert!(hint_of(read, "/site/content/a.md").is_none());
        for path in [
            "/site/.git/logs/HEAD.lock",
            "/site/.git/HEAD",
            "/site/public/index.html",
            "/site/content/.a.md.swp",
            "/site/content/.git/x",
            "/elsewhere/a.md",
        ] {
            assert!(hint_of(WRITTEN, path).is_none(), "{path}");
        }
    }

    #[test]
    fn a_commit_leads_to_a_look_at_everything() {
        assert!(matches!(hint_of(WRITTEN, "/site/.git/logs/HEAD"), Some(Hint::Folder)));
    }

    #[test]
    fn events_that_the_system_dropped_lead_to_a_look_at_everything() {
        let overflow = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(matches!(hint(Path::new("/site"), None, &overflow), Some(Hint::Folder)));
    }

    #[test]
    fn folders_that_come_or_go_are_watched_anew() {
        for path in ["/site/content", "/site/themes"] {
            assert!(matches!(hint_of(EventKind::Create(CreateKind::Folder), path), Some(Hint::Folder)));
        }
        let moved = EventKind::Modify(ModifyKind::Name(RenameMode::From));
        for kind in [EventKind::Remove(RemoveKind::Folder), moved] {
            assert!(matches!(hint_of(kind, "/site"), Some(Hint::Lost)));
        }
    }
}
