//! Changes of the folder as messages: new, changed and vanished files, once they have settled.
//!
//! Editors save by renaming, so what counts is which paths were touched and what is there
//! afterwards, not the kind of event. Network file systems tell nothing of what others change, and a
//! system has only so many watches: there the folder is looked through now and then.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use notify::event::{EventKind, ModifyKind};
use notify::{Config, PollWatcher, RecursiveMode, Watcher};

use super::mounts;
use super::scan::Sources;
use crate::app::protocol::message::Message;
use crate::app::protocol::notice::Notice;
use crate::library::ListedFile;
use crate::shell::files;

/// How long a folder must be quiet before its changes are looked at.
const SETTLING: Duration = Duration::from_millis(150);
/// How often a folder is looked through where the system does not tell of changes.
const LOOKING_THROUGH: Duration = Duration::from_secs(30);

/// What was noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Touched {
    /// Something about a path.
    Path(PathBuf),
    /// A path is there that was not: of a folder, all that is in it.
    New(PathBuf),
    /// So much that some of it was missed.
    Everything,
}

/// Starts to follow the changes of all sources, on a thread of its own: a folder of many folders takes a while
/// to be watched.
pub(crate) fn start(sources: Sources, messages: &Sender<Message>) {
    let messages = messages.clone();
    let run = move || follow_all(&sources, &messages);
    // Without the thread nothing is followed; R reads the folder again.
    let _ = std::thread::Builder::new().name("watch".into()).spawn(run);
}

/// Follows changes for as long as somebody listens.
fn follow_all(sources: &Sources, messages: &Sender<Message>) {
    let (events, touched) = mpsc::channel();
    let roots = sources.roots.iter().filter(|root| root.is_absolute());
    let (told, mut looked_through): (Vec<_>, Vec<_>) =
        roots.cloned().partition(|root| !mounts::is_remote(root));
    let watcher = follow(&told, &events);
    if let Err(error) = &watcher {
        let seconds = LOOKING_THROUGH.as_secs();
        let text = format!("changes of the folder show after up to {seconds} seconds ({error})");
        let _ = messages.send(Message::Notice(Notice::info(text)));
        looked_through.extend(told);
    }
    let _poller = look_through(&looked_through, LOOKING_THROUGH, &events);
    drop(events);
    pass_on(sources, &touched, messages);
}

/// Has the system tell what changes under these folders.
fn follow(roots: &[PathBuf], events: &Sender<Touched>) -> notify::Result<Option<Box<dyn Watcher>>> {
    if roots.is_empty() {
        return Ok(None);
    }
    let mut watcher = notify::recommended_watcher(handler(events))?;
    for root in roots {
        watcher.watch(root, RecursiveMode::Recursive)?;
    }
    Ok(Some(Box::new(watcher)))
}

/// Looks through folders now and then; what changed is told in the same way.
fn look_through(
    roots: &[PathBuf],
    every: Duration,
    events: &Sender<Touched>,
) -> Option<PollWatcher> {
    if roots.is_empty() {
        return None;
    }
    let config = Config::default().with_poll_interval(every);
    let mut watcher = PollWatcher::new(handler(events), config).ok()?;
    for root in roots {
        // A folder that cannot be looked through now may be back the next time.
        let _ = watcher.watch(root, RecursiveMode::Recursive);
    }
    Some(watcher)
}

fn handler(events: &Sender<Touched>) -> impl Fn(notify::Result<notify::Event>) + Send + 'static {
    let events = events.clone();
    move |event| {
        for touched in noticed(event) {
            let _ = events.send(touched);
        }
    }
}

/// What an event says was touched.
fn noticed(event: notify::Result<notify::Event>) -> Vec<Touched> {
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

/// Hands changes on once the folder is quiet.
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

/// Whether the folder must be walked again; what is ignored may be another choice now.
fn is_about_everything(touched: &Touched) -> bool {
    match touched {
        Touched::Everything => true,
        Touched::Path(path) | Touched::New(path) => path
            .file_name()
            .is_some_and(|name| name == ".gitignore" || name == ".ignore"),
    }
}

/// What is there now of the paths that were touched.
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
            // What is told of a folder that was there before is told of the files in it too.
            there.insert(path);
        }
    }
    if let Some(index) = sources.index.at_hand() {
        for path in &gone {
            index.remove(path);
        }
    }
    let present = present(sources, &there);
    let gone = gone.into_iter().collect();
    Message::Changed { present, gone }
}

/// The articles among the paths and inside of them, chosen as when the folder was read first.
fn present(sources: &Sources, paths: &BTreeSet<PathBuf>) -> Vec<ListedFile> {
    let roots = sources.roots.iter().filter(|root| root.is_absolute());
    let found = roots.flat_map(|root| files::walk_among(root, &sources.choice, paths));
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
        assert!(noticed(Ok(read)).is_empty());
        let renamed = EventKind::Modify(ModifyKind::Name(RenameMode::Any));
        assert_eq!(noticed(Ok(event(renamed))), [Touched::New(path())]);
        let created = EventKind::Create(CreateKind::Any);
        assert_eq!(noticed(Ok(event(created))), [Touched::New(path())]);
        let removed = EventKind::Remove(RemoveKind::Any);
        assert_eq!(noticed(Ok(event(removed))), [Touched::Path(path())]);
    }

    #[test]
    fn what_was_missed_is_looked_for_everywhere() {
        let overflow = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        assert_eq!(noticed(Ok(overflow)), [Touched::Everything]);
        let error = notify::Error::new(notify::ErrorKind::MaxFilesWatch);
        assert_eq!(noticed(Err(error)), [Touched::Everything]);
        let ignored = Touched::Path("/news/.gitignore".into());
        assert!(is_about_everything(&ignored));
        assert!(!is_about_everything(&Touched::New("/news/a.txt".into())));
    }

    #[test]
    fn a_folder_is_looked_through_where_nothing_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let (events, touched) = mpsc::channel();
        let roots = [folder.path().to_owned()];
        let watcher = look_through(&roots, Duration::from_millis(20), &events);
        assert!(watcher.is_some());
        let new = folder.path().join("a.txt");
        std::fs::write(&new, "x").unwrap();
        let found = touched
            .iter()
            .find(|touched| *touched == Touched::New(new.clone()));
        assert!(found.is_some());
    }
}
