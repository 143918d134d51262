//! Listing all files of the sources.

use std::path::Path;
use std::sync::mpsc::Sender;

use super::resume;
use super::sources::{STANDARD_INPUT, Sources};
use super::survey_queue::{LISTED_AT_ONCE, LISTED_FIRST};
use crate::app::protocol::message::Message;
use crate::library::Location;
use crate::shell::files;
use crate::shell::index::PathHashes;

/// Lists the files: from the image of the last session if there is one, else by walking the folder. The file that
/// was read last comes first.
pub(crate) fn begin(sources: &Sources, read_last: Option<Location>, messages: &Sender<Message>) {
    if sources.roots.len() < LISTED_FIRST && !sources.has_folder() {
        return walk(sources, messages);
    }
    in_background(sources, messages, move |sources, messages| {
        if !resume::restore(sources, read_last.as_ref(), messages) {
            walk(sources, messages);
        }
    });
}

/// Lists all files by walking the folder.
pub(crate) fn rescan(sources: &Sources, messages: &Sender<Message>) {
    in_background(sources, messages, walk);
}

/// Compares the folder with the last session and lists the files that are new or changed.
pub(crate) fn check(sources: &Sources, messages: &Sender<Message>) {
    in_background(sources, messages, |sources, messages| {
        if !resume::compare(sources, messages) {
            walk(sources, messages);
        }
    });
}

fn in_background(
    sources: &Sources,
    messages: &Sender<Message>,
    work: impl FnOnce(&Sources, &Sender<Message>) + Send + 'static,
) {
    let (sources, messages) = (sources.clone(), messages.clone());
    let work = move || work(&sources, &messages);
    // Without the thread nothing is listed, and the screen says that there are no articles.
    let _ = std::thread::Builder::new().name("scan".into()).spawn(work);
}

/// Walks the folder. The first batch is small, so that an article can be opened soon.
fn walk(sources: &Sources, messages: &Sender<Message>) {
    let mut batch = Vec::new();
    let mut problems = Vec::new();
    let mut all = PathHashes::default();
    let mut is_complete = true;
    let mut size = LISTED_FIRST;
    for root in &sources.roots {
        if root == Path::new(STANDARD_INPUT) {
            batch.push(sources.listed_standard_input());
            continue;
        }
        for found in files::walk(root, &sources.options) {
            match found {
                Ok(file) => {
                    all.add(&file);
                    batch.push(files::listed(file, root));
                }
                Err(problem) => {
                    is_complete = false;
                    problems.push(problem);
                }
            }
            if batch.len() >= size {
                size = (size * 4).min(LISTED_AT_ONCE);
                sources.gate.wait();
                sources.listing.enter(batch.len());
                let listed = Message::Listed {
                    files: std::mem::take(&mut batch),
                    is_done: false,
                    problems: std::mem::take(&mut problems),
                };
                if messages.send(listed).is_err() {
                    return;
                }
            }
        }
    }
    let _ = messages.send(Message::Listed {
        files: batch,
        is_done: true,
        problems,
    });
    // A folder that cannot be read may be back tomorrow, so nothing is removed from the index.
    if is_complete
        && sources.has_folder()
        && let Some(index) = sources.index.wait()
    {
        index.retain(all);
    }
}
