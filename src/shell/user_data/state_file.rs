//! The reader's places, marks and searches on disk: one small file in the state directory.
//!
//! It is written to a temporary name and renamed. While one reads, a thread does that and waits until it is on
//! the disk; when one leaves nobody waits, but the version before stays beside it for a machine that goes down
//! just then. Two programs may run at once: each writes only what it changed itself since it last looked, over
//! what is there now.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use etcetera::BaseStrategy;

use crate::app::protocol::message::Message;
use crate::app::protocol::notice::Notice;
use crate::app::state::{SavedState, VERSION};

/// Where the state is kept.
#[derive(Clone)]
pub(crate) struct StateFile {
    file: Option<PathBuf>,
    known: Arc<Mutex<LastSynced>>,
    /// The thread that saves, once it is needed.
    behind: OnceCell<Sender<SavedState>>,
}

#[derive(Default)]
struct LastSynced {
    /// What was last read or written.
    state: SavedState,
    /// How often it was written.
    n_written: u64,
}

/// How carefully a state is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// It is on the disk before it takes the place of the version before.
    Synced,
    /// It takes the place of the version before, which is kept beside it.
    Renamed,
}

impl StateFile {
    /// The store in a directory, or else in this user's; one without a home keeps nothing.
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
            known: Arc::default(),
            behind: OnceCell::new(),
        }
    }

    /// What was kept; nothing when the file is missing, damaged or of another version.
    pub(crate) fn load(&self) -> SavedState {
        let state = self.file.as_deref().and_then(read).unwrap_or_default();
        self.known().state.clone_from(&state);
        state
    }

    fn known(&self) -> MutexGuard<'_, LastSynced> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what changed since it was last read or written.
    ///
    /// # Errors
    /// A sentence, when the file cannot be written.
    pub(crate) fn save(&self, state: &SavedState, care: Durability) -> Result<(), String> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let problem =
            |error: io::Error| format!("places are not kept: {}: {error}", file.display());
        let (merged, n_written) = {
            let known = self.known();
            if known.state == *state {
                return Ok(());
            }
            (merge(file, &known.state, state), known.n_written)
        };
        // Nobody else waits while the disk is waited for.
        let written = write_beside(file, &merged, care).map_err(problem)?;
        let mut known = self.known();
        if known.n_written > n_written {
            // A newer state was quicker.
            return fs::remove_file(written).map_err(problem);
        }
        if care == Durability::Renamed {
            // There is none the first time.
            let _ = fs::rename(file, spare(file));
        }
        fs::rename(written, file).map_err(problem)?;
        known.state.clone_from(state);
        known.n_written += 1;
        Ok(())
    }

    /// Keeps what changed, on a thread; a problem is told.
    pub(crate) fn save_behind(&self, state: SavedState, messages: &Sender<Message>) {
        if self.file.is_none() || self.known().state == state {
            return;
        }
        let behind = self.behind.get_or_init(|| {
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
            // Without the thread the state is kept when one leaves.
            let _ = std::thread::Builder::new().name("store".into()).spawn(save);
            states
        });
        let _ = behind.send(state);
    }
}

/// What changed between `known` and `now`, over what the file holds.
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

/// Lays what changed between `known` and `now` over `merged`.
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

/// What the file holds, or the version before when that cannot be read.
fn read(file: &Path) -> Option<SavedState> {
    let state = |file: &Path| {
        let bytes = fs::read(file).ok()?;
        serde_json::from_slice::<SavedState>(&bytes).ok()
    };
    let state = state(file).or_else(|| state(&spare(file)))?;
    (state.version == VERSION).then_some(state)
}

/// Where the version before is kept.
fn spare(file: &Path) -> PathBuf {
    file.with_extension("json.old")
}

/// Writes the state under a temporary name, which it tells.
fn write_beside(file: &Path, state: &SavedState, care: Durability) -> io::Result<PathBuf> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let bytes = serde_json::to_vec(state)?;
    let temporary = file.with_extension(format!("{}.{care:?}.tmp", std::process::id()));
    let mut out = File::create(&temporary)?;
    out.write_all(&bytes)?;
    if care == Durability::Synced {
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
    fn a_damaged_file_is_as_the_version_before() {
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
    fn nothing_is_left_beside_the_state() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path());
        for (offset, care) in [
            (1, Durability::Renamed),
            (2, Durability::Renamed),
            (3, Durability::Synced),
        ] {
            let state = with_place(&SavedState::default(), "a", offset);
            store.save(&state, care).unwrap();
        }
        let names = fs::read_dir(folder.path().join("pullquote")).unwrap();
        let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["state.json", "state.json.old"]);
    }
}
