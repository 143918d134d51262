//! Changes of the folder as messages: new, changed and vanished files, once they have settled.
//!
//! Editors save by renaming, so what counts is which paths were touched and what is there
//! afterwards, not the kind of event.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use notify::{RecursiveMode, Watcher};

use super::files;
use super::scan::Sources;
use crate::app::message::{Message, Notice};

/// How long a folder must be quiet before its changes are looked at.
const SETTLING: Duration = Duration::from_millis(150);

/// Follows changes until it is dropped.
pub(super) struct Watch {
    _watcher: Option<notify::RecommendedWatcher>,
}

impl Watch {
    /// Starts to follow the changes of all sources.
    pub(super) fn start(sources: Sources, messages: &Sender<Message>) -> Self {
        let (events, touched) = mpsc::channel::<PathBuf>();
        let handler = move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            if !matches!(event.kind, notify::EventKind::Access(_)) {
                for path in event.paths {
                    let _ = events.send(path);
                }
            }
        };
        let watcher = notify::recommended_watcher(handler).and_then(|mut watcher| {
            for root in sources.roots.iter().filter(|root| root.is_absolute()) {
                watcher.watch(root, RecursiveMode::Recursive)?;
            }
            Ok(watcher)
        });
        let follower = messages.clone();
        let follow = move || {
            while let Ok(first) = touched.recv() {
                let mut paths = BTreeSet::from([first]);
                while let Ok(next) = touched.recv_timeout(SETTLING) {
                    paths.insert(next);
                }
                if follower.send(changes(&sources, &paths)).is_err() {
                    return;
                }
            }
        };
        match watcher {
            Ok(watcher) => {
                let _ = std::thread::Builder::new()
                    .name("watch".into())
                    .spawn(follow);
                Self {
                    _watcher: Some(watcher),
                }
            }
            Err(error) => {
                let text =
                    format!("changes of the folder are not followed ({error}); R reads it again");
                let _ = messages.send(Message::Notice(Notice::info(text)));
                Self { _watcher: None }
            }
        }
    }
}

/// What is there now of the paths that were touched.
fn changes(sources: &Sources, paths: &BTreeSet<PathBuf>) -> Message {
    let mut present = Vec::new();
    let mut gone = Vec::new();
    for path in paths {
        if path.exists() {
            let found = files::walk(path, sources.choice).flatten();
            let is_named = |file: &PathBuf| sources.roots.contains(file) || is_article(file);
            present.extend(
                found
                    .filter(is_named)
                    .filter_map(|file| sources.listed(&file)),
            );
        } else {
            if let Some(index) = sources.index.at_hand() {
                index.remove(path);
            }
            gone.push(path.clone());
        }
    }
    Message::Changed { present, gone }
}

fn is_article(path: &Path) -> bool {
    let hidden = path
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with('.'));
    !hidden && files::is_named_as_article(path)
}
