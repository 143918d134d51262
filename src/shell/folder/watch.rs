//! Watching the folder: new, changed and deleted files become messages once they have settled.
//!
//! Editors save by renaming, so what counts is which paths were touched and what is there afterwards, not the kind
//! of event. Network file systems do not report changes by others, and the number of watches is limited. In these
//! cases the folder is polled.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use notify::event::{EventKind, ModifyKind};
use notify::{Config, PollWatcher, RecursiveMode, Watcher};

use super::mounts;
use super::sources::Sources;
use crate::app::protocol::message::Message;
use crate::app::protocol::notice::Notice;
use crate::library::ListedFile;
use crate::shell::files;

/// How long a folder must be quiet before its changes are processed.
const SETTLING: Duration = Duration::from_millis(150);
/// How often a folder is polled where the system does not report changes.
const POLL_EVERY: Duration = Duration::from_secs(30);

/// What an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Touched {
    /// A path that changed in some way.
    Path(PathBuf),
    /// A path that is new. If it is a folder, everything in it is new.
    New(PathBuf),
    /// Events were missed, so anything may have changed.
    Everything,
}

/// Starts to watch all sources, on a thread of its own because setting up many watches takes a while.
pub(crate) fn start(sources: Sources, messages: &Sender<Message>) {
    let messages = messages.clone();
    let run = move || watch_all(&sources, &messages);
    // Without the thread the user can still read the folder again with R.
    let _ = std::thread::Builder::new().name("watch".into()).spawn(run);
}

/// Watches until nobody receives the messages any more.
fn watch_all(sources: &Sources, messages: &Sender<Message>) {
    let (events, touched) = mpsc::channel();
    let roots = sources.roots.iter().filter(|root| root.is_absolute());
    let (local, mut polled): (Vec<_>, Vec<_>) =
        roots.cloned().partition(|root| !mounts::is_remote(root));
    let watcher = watch(&local, &events);
    if let Err(error) = &watcher {
        let seconds = POLL_EVERY.as_secs();
        let text = format!("changes in the folder appear within {seconds} seconds ({error})");
        let _ = messages.send(Message::Notice(Notice::info(text)));
        polled.extend(local);
    }
    let _poller = poll(&polled, POLL_EVERY, &events);
    drop(events);
    pass_on(sources, &touched, messages);
}

/// Asks the system to report changes in these folders.
fn watch(roots: &[PathBuf], events: &Sender<Touched>) -> notify::Result<Option<Box<dyn Watcher>>> {
    if roots.is_empty() {
        return Ok(None);
    }
    let mut watcher = notify::recommended_watcher(handler(events))?;
    for root in roots {
        watcher.watch(root, RecursiveMode::Recursive)?;
    }
    Ok(Some(Box::new(watcher)))
}

/// Polls folders and reports changes in the same way.
fn poll(roots: &[PathBuf], every: Duration, events: &Sender<Touched>) -> Option<PollWatcher> {
    if roots.is_empty() {
        return None;
    }
    let config = Config::default().with_poll_interval(every);
    let mut watcher = PollWatcher::new(handler(events), config).ok()?;
    for root in roots {
        // A folder that cannot be read now may be back the next time.
        let _ = watcher.watch(root, RecursiveMode::Recursive);
    }
    Some(watcher)
}

fn handler(events: &Sender<Touched>) -> impl Fn(notify::Result<notify::Event>) + Send + 'static {
    let events = events.clone();
    move |event| {
        for touched in touched_by(event) {
            let _ = events.send(touched);
        }
    }
}

/// What an event is about.
fn touched_by(event: notify::Result<notify::Event>) -> Vec<Touched> {
    let Ok(event) = event else {
        return vec![Touched::Everything];
    };
    if event.need_rescan() {
        return vec![Touched::Everything];
    }
    let touched = match event.kind {
        EventKind::Access(_) => return Vec::new(),
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) => Touched::New,
        _ => Touched::Path,
    };
    event.paths.into_iter().map(touched).collect()
}

/// Sends changes once the folder is quiet.
fn pass_on(sources: &Sources, touched: &Receiver<Touched>, messages: &Sender<Message>) {
    while let Ok(first) = touched.recv() {
        let mut all = vec![first];
        while let Ok(next) = touched.recv_timeout(SETTLING) {
            all.push(next);
        }
        let message = if all.iter().any(is_about_everything) {
            Message::Missed
        } else {
            changes(sources, all)
        };
        if messages.send(message).is_err() {
            return;
        }
    }
}

/// Whether the folder has to be walked again. A change of an ignore file may affect any other file.
fn is_about_everything(touched: &Touched) -> bool {
    match touched {
        Touched::Everything => true,
        Touched::Path(path) | Touched::New(path) => path
            .file_name()
            .is_some_and(|name| name == ".gitignore" || name == ".ignore"),
    }
}

/// Looks which of the touched paths exist now.
fn changes(sources: &Sources, touched: Vec<Touched>) -> Message {
    let mut there = BTreeSet::new();
    let mut gone = BTreeSet::new();
    for touched in touched {
        let (path, is_new) = match touched {
            Touched::New(path) => (path, true),
            Touched::Path(path) => (path, false),
            Touched::Everything => continue,
        };
        if !path.exists() {
            gone.insert(path);
        } else if is_new || !path.is_dir() {
            // Changes in a folder that already existed are also reported for the files in it.
            there.insert(path);
        }
    }
    if let Some(index) = sources.index.get() {
        for path in &gone {
            index.remove(path);
        }
    }
    let present = present(sources, &there);
    let gone = gone.into_iter().collect();
    Message::Changed { present, gone }
}

/// The articles among the paths and inside them, by the same rules as in a walk.
fn present(sources: &Sources, paths: &BTreeSet<PathBuf>) -> Vec<ListedFile> {
    let roots = sources.roots.iter().filter(|root| root.is_absolute());
    let found = roots.flat_map(|root| files::walk_among(root, &sources.options, paths));
    let listed = found.flatten().filter_map(|file| sources.listed(&file));
    listed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind, Event, Flag, RemoveKind, RenameMode};

    fn event(kind: EventKind) -> Event {
        Event::new(kind).add_path("/news/a.txt".into())
    }

    #[test]
    fn events_say_what_was_touched() {
        let path = || PathBuf::from("/news/a.txt");
        let read = event(EventKind::Access(AccessKind::Any));
        assert!(touched_by(Ok(read)).is_empty());
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::Any));
        assert_eq!(touched_by(Ok(event(renamed))), [Touched::New(path())]);
        let created = EventKind::Create(CreateKind::Any);
        assert_eq!(touched_by(Ok(event(created))), [Touched::New(path())]);
        let removed = EventKind::Remove(RemoveKind::Any);
        assert_eq!(touched_by(Ok(event(removed))), [Touched::Path(path())]);
    }

    #[test]
    fn missed_events_cause_a_full_scan() {
        let overflow = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(touched_by(Ok(overflow)), [Touched::Everything]);
        let error = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
        assert_eq!(touched_by(Err(error)), [Touched::Everything]);
        let ignored = Touched::Path("/news/.gitignore".into());
        assert!(is_about_everything(&ignored));
        assert!(!is_about_everything(&Touched::New("/news/a.txt".into())));
    }

    #[test]
    fn a_folder_without_watches_is_polled() {
        let folder = tempfile::tempdir().unwrap();
        let (events, touched) = mpsc::channel();
        let roots = [folder.path().to_owned()];
        let watcher = poll(&roots, Duration::from_millis(20), &events);
        assert!(watcher.is_some());
        let new = folder.path().join("a.txt");
        std::fs::write(&new, "x").unwrap();
        let found = touched
            .iter()
            .find(|touched| *touched == Touched::New(new.clone()));
        assert!(found.is_some());
    }
}
