//! The reader's places, marks and searches on disk: one small file in the state directory.
//!
//! It is written to a temporary name, synced and renamed. Two programs may run at once: each writes
//! only what it changed itself since it last looked, over what is there now.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::app::state::{State, VERSION};

/// Where the state is kept.
pub(super) struct Store {
    file: Option<PathBuf>,
    /// What was last read or written.
    known: std::cell::RefCell<State>,
}

impl Store {
    /// The store in a directory, or else in this user's; one without a home keeps nothing.
    pub(super) fn open(state_dir: Option<PathBuf>) -> Self {
        let own = || {
            let base = etcetera::choose_base_strategy().ok()?;
            let folder = base.state_dir().unwrap_or_else(|| base.data_dir());
            Some(folder.join("pullquote"))
        };
        let file = state_dir
            .or_else(own)
            .map(|folder| folder.join("state.json"));
        Self {
            file,
            known: std::cell::RefCell::default(),
        }
    }

    /// What was kept; nothing when the file is missing, damaged or of another version.
    pub(super) fn load(&self) -> State {
        let state = self.file.as_deref().and_then(read).unwrap_or_default();
        self.known.replace(state.clone());
        state
    }

    /// Keeps what changed since it was last read or written.
    ///
    /// # Errors
    /// A sentence, when the file cannot be written.
    pub(super) fn save(&self, state: &State) -> Result<(), String> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        if *self.known.borrow() == *state {
            return Ok(());
        }
        let mut merged = read(file).unwrap_or_default();
        let known = self.known.borrow().clone();
        merged.version = VERSION;
        overlay(&mut merged.last, &known.last, &state.last);
        overlay(&mut merged.places, &known.places, &state.places);
        overlay(&mut merged.marks, &known.marks, &state.marks);
        overlay(&mut merged.saved, &known.saved, &state.saved);
        if known.searches != state.searches {
            merged.searches.clone_from(&state.searches);
        }
        write(file, &merged)
            .map_err(|error| format!("places are not kept: {}: {error}", file.display()))?;
        self.known.replace(state.clone());
        Ok(())
    }
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

fn read(file: &Path) -> Option<State> {
    let bytes = fs::read(file).ok()?;
    let state: State = serde_json::from_slice(&bytes).ok()?;
    (state.version == VERSION).then_some(state)
}

fn write(file: &Path, state: &State) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let bytes = serde_json::to_vec(state)?;
    let temporary = file.with_extension(format!("{}.tmp", std::process::id()));
    let mut out = File::create(&temporary)?;
    out.write_all(&bytes)?;
    out.sync_all()?;
    fs::rename(&temporary, file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::Place;

    fn store(folder: &Path) -> Store {
        let file = Some(folder.join("pullquote/state.json"));
        Store {
            file,
            known: std::cell::RefCell::default(),
        }
    }

    fn with_place(state: &State, path: &str, offset: u32) -> State {
        let mut state = state.clone();
        state.version = VERSION;
        state.places.insert(
            path.to_owned(),
            Place {
                offset,
                ..Place::default()
            },
        );
        state
    }

    #[test]
    fn two_programs_keep_each_others_places() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (store(folder.path()), store(folder.path()));
        let (first, second) = (one.load(), two.load());
        one.save(&with_place(&first, "a", 1)).unwrap();
        two.save(&with_place(&second, "b", 2)).unwrap();
        let kept = store(folder.path()).load();
        assert_eq!(kept.places.keys().collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn a_damaged_file_is_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path());
        store.save(&with_place(&State::default(), "a", 1)).unwrap();
        fs::write(
            folder.path().join("pullquote/state.json"),
            "{\"version\":1,",
        )
        .unwrap();
        assert_eq!(store.load(), State::default());
    }
}
