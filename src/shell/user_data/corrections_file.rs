//! The reader's corrections on disk: one file in the data directory that people can read and edit.
//!
//! Every change reads the file as it is now, edits only the tables it is about, and puts the new file in the
//! place of the old at once, all under a lock, so that several running readers lose nothing of each
//! other's. What cannot be read is never written over.

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

/// What the file holds, and what is wrong with it as a sentence.
#[derive(Debug, Default)]
pub(crate) struct LoadedCorrections {
    /// The corrections that are understood.
    pub corrections: Vec<Correction>,
    /// The first problem, with what to do next.
    pub problem: Option<String>,
}

impl CorrectionsFile {
    /// The file in a directory, or else in this user's data directory; one without a home keeps nothing.
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

    /// Where it is.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What it holds.
    pub(crate) fn load(&self) -> LoadedCorrections {
        let Some(path) = &self.path else {
            return LoadedCorrections::default();
        };
        match text_of(path) {
            Ok(text) => kept(path, &text),
            Err(error) => LoadedCorrections {
                problem: Some(format!(
                    "corrections are not read: {}: {error}",
                    path.display()
                )),
                ..LoadedCorrections::default()
            },
        }
    }

    /// Everything in it that is not understood.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn problems(&self) -> io::Result<Vec<Problem>> {
        match &self.path {
            Some(path) => Ok(read(&text_of(path)?).problems),
            None => Ok(Vec::new()),
        }
    }

    /// Makes a change and tells what the file holds then.
    ///
    /// # Errors
    /// A sentence, when the change is not kept.
    pub(crate) fn change(&self, change: &CorrectionChange) -> Result<LoadedCorrections, String> {
        let Some(path) = &self.path else {
            return Err("the correction holds until you leave: there is no data directory".into());
        };
        let failed =
            |error: io::Error| format!("the correction is not kept: {}: {error}", path.display());
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
        let mut kept = kept(path, &text);
        if let Some(aside) = aside {
            kept.problem = Some(format!(
                "the corrections were no text and are kept aside in {}; new ones begin anew",
                aside.display()
            ));
        }
        Ok(kept)
    }
}

fn text_of(path: &Path) -> io::Result<String> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        read => read,
    }
}

fn kept(path: &Path, text: &str) -> LoadedCorrections {
    let read = read(text);
    let problem = read.problems.first().map(|Problem { line, message }| {
        let path = path.display();
        format!("{path}:{line}: {message}; the other corrections hold")
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
                text = without(&text, correction).unwrap_or(text);
            }
        }
    }
    text
}

/// Waits until no other reader changes the file.
fn lock(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = File::create(path.with_extension("lock"))?;
    file.lock()?;
    Ok(file)
}

/// Gives a file that is no text another name.
fn put_aside(path: &Path) -> io::Result<PathBuf> {
    let free = (1..1000)
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
    fn readers_at_once_keep_each_others_corrections() {
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
        let kept = CorrectionsFile::open(Some(folder.path())).load();
        assert_eq!(kept.corrections.len(), 72);
        assert_eq!(kept.problem, None);
    }

    #[test]
    fn what_was_written_by_hand_stays() {
        let folder = tempfile::tempdir().unwrap();
        let file = CorrectionsFile::open(Some(folder.path()));
        let by_hand = "# my own\n[[person]]\nname = \"A B\"\nsi = \"C D\" # a slip\n";
        fs::write(file.path().unwrap(), by_hand).unwrap();
        let kept = file.change(&add("E F")).unwrap();
        assert_eq!(kept.corrections, [merge("E F", "Ana Ruiz")]);
        assert!(kept.problem.unwrap().contains("corrections.toml:4: "));
        let text = fs::read_to_string(file.path().unwrap()).unwrap();
        assert!(text.starts_with(by_hand), "{text}");
        file.change(&CorrectionChange::Remove(vec![merge("E F", "Ana Ruiz")]))
            .unwrap();
        let text = fs::read_to_string(file.path().unwrap()).unwrap();
        assert_eq!(text.trim_end(), by_hand.trim_end());
        assert_eq!(file.problems().unwrap().len(), 1);
    }

    #[test]
    fn a_file_that_is_no_text_is_kept_aside() {
        let folder = tempfile::tempdir().unwrap();
        let file = CorrectionsFile::open(Some(folder.path()));
        fs::write(file.path().unwrap(), b"\xff\xfe[[person]]").unwrap();
        assert!(file.load().problem.is_some());
        let kept = file.change(&add("E F")).unwrap();
        assert!(kept.problem.unwrap().contains("damaged-1"));
        let aside = folder.path().join("corrections.damaged-1");
        assert_eq!(fs::read(aside).unwrap(), b"\xff\xfe[[person]]");
        assert_eq!(file.load().corrections.len(), 1);
    }
}
