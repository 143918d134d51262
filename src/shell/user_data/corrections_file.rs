//! The user's corrections on disk: one file in the data directory that people can read and edit.
//!
//! Every change reads the present file, edits only the tables it concerns and replaces the file atomically. A lock
//! keeps several running programs from losing each other's changes. A file that cannot be read is never overwritten.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::app::protocol::questions::CorrectionChange;
use crate::library::Correction;
use crate::library::corrections::{HEADER, Problem, read, without};

/// The file of corrections.
#[derive(Debug)]
pub(crate) struct CorrectionsFile {
    path: Option<PathBuf>,
}

/// The content of the file, and what is wrong with it.
#[derive(Debug, Default)]
pub(crate) struct LoadedCorrections {
    /// The valid corrections.
    pub corrections: Vec<Correction>,
    /// A sentence about the first problem.
    pub problem: Option<String>,
}

impl CorrectionsFile {
    /// The file in a directory, or else in the user's data directory. Without a home directory nothing is stored.
    pub(crate) fn open(folder: Option<&Path>) -> Self {
        let own = || {
            let base = etcetera::choose_base_strategy().ok()?;
            Some(base.data_dir().join("pullquote"))
        };
        let folder = folder.map(Path::to_owned).or_else(own);
        Self {
            path: folder.map(|folder| folder.join("corrections.toml")),
        }
    }

    /// Its path.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Reads the corrections.
    pub(crate) fn load(&self) -> LoadedCorrections {
        let Some(path) = &self.path else {
            return LoadedCorrections::default();
        };
        match text_of(path) {
            Ok(text) => parsed(path, &text),
            Err(error) => LoadedCorrections {
                problem: Some(format!(
                    "corrections were not read: {}: {error}",
                    path.display()
                )),
                ..LoadedCorrections::default()
            },
        }
    }

    /// Reads the file and returns everything that is wrong with it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn problems(&self) -> io::Result<Vec<Problem>> {
        match &self.path {
            Some(path) => Ok(read(&text_of(path)?).problems),
            None => Ok(Vec::new()),
        }
    }

    /// Makes a change and returns the new content.
    ///
    /// # Errors
    /// A sentence, when the change was not saved.
    pub(crate) fn change(&self, change: &CorrectionChange) -> Result<LoadedCorrections, String> {
        let Some(path) = &self.path else {
            return Err("the correction applies until you quit: there is no data directory".into());
        };
        let failed =
            |error: io::Error| format!("the correction was not saved: {}: {error}", path.display());
        let _lock = lock(path).map_err(failed)?;
        let mut aside = None;
        let text = match text_of(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                aside = Some(put_aside(path).map_err(failed)?);
                String::new()
            }
            Err(error) => return Err(failed(error)),
        };
        let text = changed(text, change);
        write(path, &text).map_err(failed)?;
        let mut loaded = parsed(path, &text);
        if let Some(aside) = aside {
            loaded.problem = Some(format!(
                "corrections.toml was unreadable; it was moved to {} and a new file was started",
                aside.display()
            ));
        }
        Ok(loaded)
    }
}

fn text_of(path: &Path) -> io::Result<String> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        read => read,
    }
}

fn parsed(path: &Path, text: &str) -> LoadedCorrections {
    let read = read(text);
    let problem = read.problems.first().map(|Problem { line, message }| {
        let path = path.display();
        format!("{path}:{line}: {message}; the other corrections apply")
    });
    LoadedCorrections {
        corrections: read.corrections,
        problem,
    }
}

fn changed(text: String, change: &CorrectionChange) -> String {
    let mut text = text;
    match change {
        CorrectionChange::Add(corrections) => {
            if text.trim().is_empty() {
                HEADER.clone_into(&mut text);
            }
            for correction in corrections {
                if !text.ends_with('\n') {
                    text.push('\n');
                }
                text.push('\n');
                text.push_str(&correction.to_toml());
            }
        }
        CorrectionChange::Remove(corrections) => {
            for correction in corrections.iter().rev() {
                // A correction that is not in the file any more needs no removal.
                if let Some(shorter) = without(&text, correction) {
                    text = shorter;
                }
            }
        }
    }
    text
}

/// Waits until no other program is changing the file.
fn lock(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = File::create(path.with_extension("lock"))?;
    file.lock()?;
    Ok(file)
}

/// How many damaged files are kept under other names.
const MAX_DAMAGED: usize = 1000;

/// Moves a file that is not text to another name.
fn put_aside(path: &Path) -> io::Result<PathBuf> {
    let free = (1..MAX_DAMAGED)
        .map(|number| path.with_extension(format!("damaged-{number}")))
        .find(|aside| !aside.exists());
    let aside = free.ok_or(io::ErrorKind::AlreadyExists)?;
    fs::rename(path, &aside)?;
    Ok(aside)
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    let mut out = File::create(&temporary)?;
    out.write_all(text.as_bytes())?;
    out.sync_all()?;
    fs::rename(&temporary, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(name: &str, is: &str) -> Correction {
        Correction::Person {
            name: name.to_owned(),
            within: None,
            is: Some(is.to_owned()),
        }
    }

    fn add(name: &str) -> CorrectionChange {
        CorrectionChange::Add(vec![merge(name, "Ana Ruiz")])
    }

    #[test]
    fn programs_keep_each_others_corrections() {
        let folder = tempfile::tempdir().unwrap();
        let readers = (0..8).map(|reader| {
            let folder = folder.path().to_owned();
            std::thread::spawn(move || {
                let file = CorrectionsFile::open(Some(&folder));
                for number in 0..10 {
                    file.change(&add(&format!("Name {reader} {number}")))
                        .unwrap();
                }
                file.change(&CorrectionChange::Remove(vec![merge(
                    &format!("Name {reader} 0"),
                    "Ana Ruiz",
                )]))
                .unwrap();
            })
        });
        for reader in readers.collect::<Vec<_>>() {
            reader.join().unwrap();
        }
        let loaded = CorrectionsFile::open(Some(folder.path())).load();
        assert_eq!(loaded.corrections.len(), 72);
        assert_eq!(loaded.problem, None);
    }

    #[test]
    fn edits_by_hand_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = CorrectionsFile::open(Some(folder.path()));
        let by_hand = "# my own\n[[person]]\nname = \"A B\"\nsi = \"C D\" # a slip\n";
        fs::write(file.path().unwrap(), by_hand).unwrap();
        let loaded = file.change(&add("E F")).unwrap();
        assert_eq!(loaded.corrections, [merge("E F", "Ana Ruiz")]);
        assert!(loaded.problem.unwrap().contains("corrections.toml:4: "));
        let text = fs::read_to_string(file.path().unwrap()).unwrap();
        assert!(text.starts_with(by_hand), "{text}");
        file.change(&CorrectionChange::Remove(vec![merge("E F", "Ana Ruiz")]))
            .unwrap();
        let text = fs::read_to_string(file.path().unwrap()).unwrap();
        assert_eq!(text.trim_end(), by_hand.trim_end());
        assert_eq!(file.problems().unwrap().len(), 1);
    }

    #[test]
    fn a_file_that_is_not_text_is_moved_aside() {
        let folder = tempfile::tempdir().unwrap();
        let file = CorrectionsFile::open(Some(folder.path()));
        fs::write(file.path().unwrap(), b"\xff\xfe[[person]]").unwrap();
        assert!(file.load().problem.is_some());
        let loaded = file.change(&add("E F")).unwrap();
        assert!(loaded.problem.unwrap().contains("damaged-1"));
        let aside = folder.path().join("corrections.damaged-1");
        assert_eq!(fs::read(aside).unwrap(), b"\xff\xfe[[person]]");
        assert_eq!(file.load().corrections.len(), 1);
    }
}
