//! Continuing from the last session.
//!
//! The library is restored from its image before the folder is walked. Then all files are looked at, on all cores,
//! and only those that are new, changed or gone are reported.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::mpsc::Sender;

use super::comparison::FolderComparison;
use super::sources::Sources;
use super::survey_jobs::{FirstArticle, LOOKED_UP_AT_ONCE, look_up};
use super::survey_queue::LISTED_FIRST;
use crate::app::folder::memory::is_worth_keeping;
use crate::app::protocol::answers::FolderMemory;
use crate::app::protocol::message::Message;
use crate::library::{Library, ListedFile, Location};
use crate::shell::files::{self, FileOptions};
use crate::shell::index::{Fingerprint, Image, Index, IndexProgress};
use crate::shell::sync::{lock, unpoisoned};

/// Restores the library from its image. Returns false if there is no image. Meanwhile lists the file that
/// was read last, or else the first files, so that an article can be opened.
pub(super) fn restore(
    sources: &Sources,
    read_last: Option<&Location>,
    messages: &Sender<Message>,
) -> bool {
    let Some(image) = sources.image().and_then(|image| image.open()) else {
        return false;
    };
    let mut listed_early = Vec::new();
    let read = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("image".into());
        let reading = thread.spawn_scoped(scope, || image.read());
        let last = read_last.filter(|last| last.file.is_file());
        let files = match last.and_then(|last| sources.listed(&last.file)) {
            Some(last) => vec![last],
            None => first_files(sources),
        };
        listed_early.extend(files.iter().map(|file| file.location.clone()));
        let _ = messages.send(Message::Listed {
            files,
            is_done: false,
            problems: Vec::new(),
        });
        reading.ok()?.join().ok().flatten()
    });
    let Some((mut library, remembered)) = read else {
        return false;
    };
    if sources.is_reversed {
        library.reverse();
    }
    if sources.sort_order != library.sort_order() {
        library.sort_by(sources.sort_order);
    }
    let comparison = FolderComparison::new(remembered, listed_early);
    sources.pending.set(comparison);
    let library = FolderMemory::Library(Box::new(library));
    messages.send(Message::Memory(library)).is_ok()
}

fn first_files(sources: &Sources) -> Vec<ListedFile> {
    let files = sources.roots.iter().flat_map(|root| {
        let files = files::walk(root, &sources.options).flatten();
        files.map(|file| files::listed(file, root))
    });
    files.take(LISTED_FIRST).collect()
}

/// Compares the folder with the restored library and reports files that are new, changed or gone. Returns false if
/// there is nothing to compare it with.
pub(super) fn compare(sources: &Sources, messages: &Sender<Message>) -> bool {
    let Some(comparison) = sources.pending.take() else {
        return false;
    };
    // If nothing has changed, no survey will open the index.
    let index = sources.open_index();
    let comparison = Mutex::new(comparison);
    for root in &sources.roots {
        let visit = |file: Result<PathBuf, String>| {
            let now = file.as_ref().ok().and_then(|file| Fingerprint::at(file));
            lock(&comparison).add(file, now, root);
        };
        files::walk_all(root, &sources.options, || &visit);
    }
    let mut comparison = unpoisoned(comparison.into_inner());
    // What could not be read may still exist.
    let is_complete = comparison.problems.is_empty();
    let missing = comparison.missing();
    let has_changed = !missing.is_empty() || comparison.has_news();
    let all = (is_complete && has_changed).then(|| comparison.all());
    if is_complete {
        comparison.report_missing(missing, messages);
    }
    for files in comparison.take_batches() {
        sources.listing.enter(files.len());
        let _ = messages.send(Message::Listed {
            files,
            is_done: false,
            problems: Vec::new(),
        });
    }
    let _ = messages.send(Message::Listed {
        files: Vec::new(),
        is_done: true,
        problems: comparison.problems,
    });
    if let Some((index, all)) = index.zip(all) {
        index.retain(all);
    }
    true
}

/// Writes the image of a huge folder from an index that was just updated, unless the present image is recent enough.
pub(crate) fn write_image(
    index: &Index,
    roots: &[PathBuf],
    options: &FileOptions,
    progress: IndexProgress,
) {
    let has_folder = roots.iter().any(|root| root.is_dir());
    let Some(image) = Image::of(roots, options).filter(|_| has_folder) else {
        return;
    };
    let n_news = if image.open().is_some() {
        progress.read
    } else {
        progress.found
    };
    if !is_worth_keeping(progress.found, n_news) {
        return;
    }
    let mut library = Library::default();
    for root in roots {
        let mut files = files::walk(root, options).flatten().peekable();
        while files.peek().is_some() {
            let some = files.by_ref().take(LOOKED_UP_AT_ONCE);
            let some = some.map(|file| files::listed(file, root));
            let some = some.map(|file| (library.add(&file), Location::from(file.location)));
            let some: Vec<FirstArticle> = some.collect();
            for ((first, _), found) in some.iter().zip(look_up(index, &some)) {
                if let Some((stamp, Ok(surveys))) = found {
                    library.set_surveys(*first, stamp, &surveys);
                }
            }
        }
    }
    library.update_people();
    // Without an image the next session builds the library from the index.
    let _ = image.write(library);
}
