//! When the files of a site may have changed.
//!
//! In: the root folder. Out: a wake-up after something has happened there and come to rest. An event is only a hint that it is time to
//! look: what has changed is found by looking at all files, so an event that is lost, doubled or misunderstood does no harm.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::{config, source};

/// How long nothing happens after a save that is over: editors empty a file and fill it, or write beside it and rename, in far less.
const REST: Duration = Duration::from_millis(10);
/// The same, after so much has happened that it is no editor but a tool at work, such as one that switches branches.
const REST_AFTER_MANY: Duration = Duration::from_millis(100);
const MANY: u64 = 20;
/// More files than these are not remembered one by one.
const FEW: usize = 20;
/// What goes on for longer than this is looked at while it goes on.
const LONGEST: Duration = Duration::from_secs(2);
/// How often to look where there are no events, and where the root folder is away.
const INTERVAL: Duration = Duration::from_millis(300);

/// The folders that hold the files of a site.
const FOLDERS: [&str; 2] = [source::CONTENT, source::THEMES];

/// Tells when to look.
pub struct Changes {
    root: PathBuf,
    watcher: Option<RecommendedWatcher>,
    hints: Receiver<Hint>,
    /// How many hints there have been.
    count: Arc<AtomicU64>,
    seen: u64,
    /// The root folder is away, so no events come from it.
    lost: bool,
    /// The files that the last hints named, relative to the root; none if they may not be all.
    touched: Option<BTreeSet<Box<str>>>,
}

/// What an event says.
enum Hint {
    /// These files may be different.
    Files(Vec<Box<str>>),
    /// One of the watched folders may be another one now.
    Folder,
    /// The root folder itself is gone or elsewhere.
    Lost,
}

/// Why waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// Something may have changed.
    Changed,
    /// Nothing has happened for as long as was wanted.
    Idle,
}

impl Changes {
    /// Watches a site by the events of the system, or by looking if `poll` is set or there are no events; `why_not` is then told why.
    pub fn of(root: &Path, poll: bool, why_not: impl FnOnce(&str)) -> Self {
        if poll {
            return Self::by_looking(root);
        }
        Self::by_events(root).unwrap_or_else(|error| {
            why_not(&error.to_string());
            Self::by_looking(root)
        })
    }

    /// Fails where the system does not give events for this folder, or not for as many folders.
    fn by_events(root: &Path) -> notify::Result<Self> {
        let (sender, hints) = mpsc::channel();
        let count = Arc::new(AtomicU64::new(0));
        // Events name files by their true path.
        let root = root.canonicalize()?;
        let watcher = notify::recommended_watcher(handler(root.clone(), sender, count.clone()))?;
        let mut changes = Self { root, watcher: Some(watcher), hints, count, seen: 0, lost: false, touched: None };
        changes.watch_root()?;
        changes.watch_folders()?;
        Ok(changes)
    }

    /// Looks at regular intervals, where there are no events: on network drives, in some containers.
    fn by_looking(root: &Path) -> Self {
        let (_, hints) = mpsc::channel();
        Self { root: root.to_owned(), watcher: None, hints, count: Arc::default(), seen: 0, lost: false, touched: None }
    }

    /// Waits until it is time to look, or until nothing has happened for this long.
    pub fn wait(&mut self, patience: Option<Duration>) -> Woken {
        self.touched = None;
        if self.watcher.is_none() || self.lost {
            std::thread::sleep(INTERVAL);
            self.lost = self.lost && !(self.watch_root().is_ok() && self.watch_folders().is_ok());
            return Woken::Changed;
        }
        let first = match patience {
            Some(patience) => self.hints.recv_timeout(patience),
            None => self.hints.recv().map_err(RecvTimeoutError::from),
        };
        let Ok(first) = first else { return Woken::Idle };
        let start = Instant::now();
        self.touched = Some(BTreeSet::new());
        let mut folder = self.take(first);
        loop {
            let many = self.count.load(Ordering::Relaxed) - self.seen > MANY;
            match self.hints.recv_timeout(if many { REST_AFTER_MANY } else { REST }) {
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
        self.seen = self.count.load(Ordering::Relaxed);
        if folder {
            // A folder that is not there is watched once it is.
            let _ = self.watch_folders();
        }
        Woken::Changed
    }

    /// Tells whether something has happened since waiting ended.
    pub fn pending(&self) -> impl Fn() -> bool + Send + Sync + 'static {
        let (count, seen) = (self.count.clone(), self.seen);
        move || count.load(Ordering::Relaxed) != seen
    }

    /// The files that may have changed, relative to the root, where that is known; it is only a hint too.
    pub fn touched(&self) -> Option<&BTreeSet<Box<str>>> {
        self.touched.as_ref()
    }

    /// Takes a hint; whether it is about folders.
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
                self.lost |= matches!(hint, Hint::Lost);
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

/// Ends when the program is asked to end.
pub async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut terminate), Ok(mut hang_up)) = (signal(SignalKind::terminate()), signal(SignalKind::hangup())) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
                _ = hang_up.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

fn handler(root: PathBuf, sender: Sender<Hint>, count: Arc<AtomicU64>) -> impl FnMut(notify::Result<Event>) + Send {
    move |event| {
        let hint = match event {
            Ok(event) => hint(&root, &event),
            // An error means that events may be missing.
            Err(_) => Some(Hint::Folder),
        };
        if let Some(hint) = hint {
            count.fetch_add(1, Ordering::Relaxed);
            // Nobody listens any more when the program is about to end.
            let _ = sender.send(hint);
        }
    }
}

/// What an event means; nothing if it is about reading, or about files that do not belong to the site.
fn hint(root: &Path, event: &Event) -> Option<Hint> {
    if event.need_rescan() {
        return Some(Hint::Folder);
    }
    let matters = match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    };
    if !matters {
        return None;
    }
    let mut files = Vec::new();
    for path in &event.paths {
        if path == root {
            let gone =
                matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(notify::event::ModifyKind::Name(_)));
            if gone {
                return Some(Hint::Lost);
            }
            continue;
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
        hint(Path::new("/site"), &Event::new(kind).add_path(path.into()))
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
        for path in ["/site/public/index.html", "/site/content/.a.md.swp", "/site/content/.git/x", "/elsewhere/a.md"] {
            assert!(hint_of(WRITTEN, path).is_none(), "{path}");
        }
    }

    #[test]
    fn events_that_the_system_dropped_lead_to_a_look_at_everything() {
        let overflow = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert!(matches!(hint(Path::new("/site"), &overflow), Some(Hint::Folder)));
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
