//! Places, bookmarks and saved searches on disk: one small file in the state directory.
//!
//! The file is written under a temporary name and renamed. During a session a thread writes it and waits until it is
//! on disk. The last save does not wait, but keeps the previous version in case the machine goes down just then.
//! When two programs run at once, each merges only its own changes into the file.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};

use etcetera::BaseStrategy;

use crate::app::protocol::message::Message;
use crate::app::protocol::notice::Notice;
use crate::app::state::{SavedState, VERSION};
use crate::shell::sync::lock;

/// The file with the state.
#[derive(Clone)]
pub(crate) struct StateFile {
    file: Option<PathBuf>,
    last_synced: Arc<Mutex<LastSynced>>,
    /// The channel to the thread that saves. It starts with the first save.
    saver: OnceCell<Sender<SavedState>>,
}

#[derive(Default)]
struct LastSynced {
    /// What was last read or written.
    state: SavedState,
    /// How often it was written.
    n_written: u64,
}

/// How safely a state is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// It is on disk before it replaces the previous version.
    Synced,
    /// It replaces the previous version, which is kept beside it.
    Renamed,
}

impl StateFile {
    /// The file in a directory, or else in the user's state directory. Without a home directory nothing is saved.
    pub(crate) fn open(state_dir: Option<PathBuf>) -> Self {
        let own = || {
            let base = etcetera::choose_base_strategy().ok()?;
            let folder = base.state_dir().unwrap_or_else(|| base.data_dir());
            Some(folder.join("pullquote"))
        };
        let folder = state_dir.or_else(own);
        Self::at(folder.map(|folder| folder.join("state.json")))
    }

    fn at(file: Option<PathBuf>) -> Self {
        Self {
            file,
            last_synced: Arc::default(),
            saver: OnceCell::new(),
        }
    }

    /// Reads the state. It is empty if the file is missing, damaged or of another version.
    pub(crate) fn load(&self) -> SavedState {
        let state = self.file.as_deref().and_then(read).unwrap_or_default();
        lock(&self.last_synced).state.clone_from(&state);
        state
    }

    /// Saves what has changed since the file was last read or written.
    ///
    /// # Errors
    /// A sentence, when the file could not be written.
    pub(crate) fn save(&self, state: &SavedState, durability: Durability) -> Result<(), String> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let problem =
            |error: io::Error| format!("places were not saved: {}: {error}", file.display());
        let (merged, n_written) = {
            let last = lock(&self.last_synced);
            if last.state == *state {
                return Ok(());
            }
            (merge(file, &last.state, state), last.n_written)
        };
        // The lock is not held while waiting for the disk.
        let written = write_beside(file, &merged, durability).map_err(problem)?;
        let mut last = lock(&self.last_synced);
        if last.n_written > n_written {
            // Another thread has saved a newer state meanwhile.
            return fs::remove_file(written).map_err(problem);
        }
        if durability == Durability::Renamed {
            // The first time there is no previous version.
            let _ = fs::rename(file, previous(file));
        }
        fs::rename(written, file).map_err(problem)?;
        last.state.clone_from(state);
        last.n_written += 1;
        Ok(())
    }

    /// Saves what has changed on another thread, which reports problems as notices.
    pub(crate) fn save_in_background(&self, state: SavedState, messages: &Sender<Message>) {
        if self.file.is_none() || lock(&self.last_synced).state == state {
            return;
        }
        let saver = self.saver.get_or_init(|| {
            let (states, inbox) = mpsc::channel();
            let (store, messages) = (Self::clone(self), messages.clone());
            let save = move || {
                while let Ok(state) = inbox.recv() {
                    let newest = inbox.try_iter().last().unwrap_or(state);
                    if let Err(problem) = store.save(&newest, Durability::Synced) {
                        let _ = messages.send(Message::Notice(Notice::problem(problem)));
                    }
                }
            };
            // Without the thread the state is saved at the end of the session.
            let _ = std::thread::Builder::new().name("store".into()).spawn(save);
            states
        });
        let _ = saver.send(state);
    }
}

/// Merges the changes between `known` and `now` into the state in the file.
fn merge(file: &Path, known: &SavedState, now: &SavedState) -> SavedState {
    let mut merged = read(file).unwrap_or_default();
    merged.version = VERSION;
    overlay(&mut merged.last, &known.last, &now.last);
    overlay(&mut merged.places, &known.places, &now.places);
    overlay(&mut merged.marks, &known.marks, &now.marks);
    overlay(&mut merged.saved, &known.saved, &now.saved);
    if known.searches != now.searches {
        merged.searches.clone_from(&now.searches);
    }
    merged
}

/// Applies the changes between `known` and `now` to `merged`.
fn overlay<K: Ord + Clone, V: PartialEq + Clone>(
    merged: &mut BTreeMap<K, V>,
    known: &BTreeMap<K, V>,
    now: &BTreeMap<K, V>,
) {
    for (key, value) in now {
        if known.get(key) != Some(value) {
            merged.insert(key.clone(), value.clone());
        }
    }
    for key in known.keys().filter(|key| !now.contains_key(*key)) {
        merged.remove(key);
    }
}

/// The state in the file, or the previous version if that cannot be read.
fn read(file: &Path) -> Option<SavedState> {
    let state = |file: &Path| {
        let bytes = fs::read(file).ok()?;
        serde_json::from_slice::<SavedState>(&bytes).ok()
    };
    let state = state(file).or_else(|| state(&previous(file)))?;
    (state.version == VERSION).then_some(state)
}

/// Where the previous version is kept.
fn previous(file: &Path) -> PathBuf {
    file.with_extension("json.old")
}

/// Writes the state under a temporary name and returns that.
fn write_beside(file: &Path, state: &SavedState, durability: Durability) -> io::Result<PathBuf> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let bytes = serde_json::to_vec(state)?;
    let temporary = file.with_extension(format!("{}.{durability:?}.tmp", std::process::id()));
    let mut out = File::create(&temporary)?;
    out.write_all(&bytes)?;
    if durability == Durability::Synced {
        out.sync_all()?;
    }
    Ok(temporary)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::ReadingPlace;

    fn store(folder: &Path) -> StateFile {
        StateFile::at(Some(folder.join("pullquote/state.json")))
    }

    fn with_place(state: &SavedState, path: &str, offset: u32) -> SavedState {
        let mut state = state.clone();
        state.version = VERSION;
        state.places.insert(
            path.to_owned(),
            ReadingPlace {
                offset,
                ..ReadingPlace::default()
            },
        );
        state
    }

    #[test]
    fn two_programs_keep_each_others_places() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (store(folder.path()), store(folder.path()));
        let (first, second) = (one.load(), two.load());
        one.save(&with_place(&first, "a", 1), Durability::Synced)
            .unwrap();
        two.save(&with_place(&second, "b", 2), Durability::Renamed)
            .unwrap();
        let kept = store(folder.path()).load();
        assert_eq!(kept.places.keys().collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn a_damaged_file_is_replaced_by_the_previous_version() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pullquote/state.json");
        let kept = store(folder.path());
        let first = with_place(&SavedState::default(), "a", 1);
        kept.save(&first, Durability::Synced).unwrap();
        fs::write(&file, "{\"version\":1,").unwrap();
        assert_eq!(store(folder.path()).load(), SavedState::default());
        kept.save(&with_place(&first, "a", 2), Durability::Synced)
            .unwrap();
        kept.save(&with_place(&first, "a", 3), Durability::Renamed)
            .unwrap();
        fs::write(&file, "").unwrap();
        assert_eq!(store(folder.path()).load().places["a"].offset, 2);
    }

    #[test]
    fn no_temporary_files_are_left() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path());
        for (offset, durability) in [
            (1, Durability::Renamed),
            (2, Durability::Renamed),
            (3, Durability::Synced),
        ] {
            let state = with_place(&SavedState::default(), "a", offset);
            store.save(&state, durability).unwrap();
        }
        let names = fs::read_dir(folder.path().join("pullquote")).unwrap();
        let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["state.json", "state.json.old"]);
    }
}
