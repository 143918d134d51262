//! Which files there are: each folder once, each name in a record, and found by its path.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::packed::{Address, Arena, Key, Reader, Table, Writer};
use super::{ArticleId, Listed, count};

/// The files of a library, by the address of what is known of each.
#[derive(Debug, Default)]
pub(super) struct Files {
    records: Arena,
    /// The folders: where the path that is shown begins, and the path.
    folders: Vec<Address>,
    /// By its path: the first article of each file.
    first: Table,
    /// Files whose paths are no plain words or show as something else.
    odd: BTreeMap<Address, Odd>,
    count: usize,
}

#[derive(Debug)]
struct Odd {
    location: Arc<Path>,
    shown: String,
}

impl Files {
    /// Takes in a file that is not there yet, whose first article this is.
    pub(super) fn add(&mut self, listed: &Listed, first: ArticleId) -> Address {
        let plain = self.plain(listed);
        let is_odd = plain.is_none();
        let mut record = Writer::default();
        let (folder, name) = plain.unwrap_or_default();
        // An odd file has a record of its own too, so that it has an address.
        record.number(u64::from(folder));
        record.text(name);
        let address = self.records.keep(&record.into_bytes());
        if is_odd {
            let odd = Odd {
                location: listed.location.as_path().into(),
                shown: listed.path.clone(),
            };
            self.odd.insert(address, odd);
        }
        self.first.insert(key(&listed.location), first, 0);
        self.count += 1;
        address
    }

    /// The folder and the name of a file, when they say all.
    fn plain<'l>(&mut self, listed: &'l Listed) -> Option<(u32, &'l str)> {
        let location = &listed.location;
        let (above, name) = (
            location.parent()?.to_str()?,
            location.file_name()?.to_str()?,
        );
        let whole = location
            .to_str()
            .filter(|whole| *Path::new(above).join(name).as_os_str() == **whole)?;
        let shown = whole.strip_suffix(listed.path.as_str())?.len();
        let folder = self.folder(above, shown);
        // What is shown is put together again from the folder and the name.
        (self.location_of(folder, name).to_str() == Some(whole)).then_some((folder, name))
    }

    /// The number of a folder. Files come folder by folder.
    fn folder(&mut self, path: &str, shown: usize) -> u32 {
        let mut record = Writer::default();
        record.number(shown as u64);
        record.text(path);
        let record = record.into_bytes();
        let last = self.folders.iter().rev().take(MOST_OPEN);
        let known = last
            .enumerate()
            .find(|(_, at)| self.records.record(**at) == record);
        if let Some((back, _)) = known {
            return count(self.folders.len() - 1 - back);
        }
        let address = self.records.keep(&record);
        self.folders.push(address);
        count(self.folders.len() - 1)
    }

    fn folder_at(&self, folder: u32) -> Reader<'_> {
        let address = self.folders.get(folder as usize);
        Reader::new(
            self.records
                .record(address.copied().unwrap_or(Address::NONE)),
        )
    }

    fn location_of(&self, folder: u32, name: &str) -> PathBuf {
        let mut folder = self.folder_at(folder);
        folder.number();
        Path::new(&*folder.text().words()).join(name)
    }

    fn parts(&self, file: Address) -> (u32, Reader<'_>) {
        let mut record = Reader::new(self.records.record(file));
        (record.count(), record)
    }

    /// Where to read a file.
    pub(super) fn location(&self, file: Address) -> Arc<Path> {
        if let Some(odd) = self.odd(file) {
            return Arc::clone(&odd.location);
        }
        let (folder, mut record) = self.parts(file);
        self.location_of(folder, &record.text().words()).into()
    }

    /// The path of a file as it is shown.
    pub(super) fn shown(&self, file: Address) -> String {
        if let Some(odd) = self.odd(file) {
            return odd.shown.clone();
        }
        let (folder, mut record) = self.parts(file);
        let shown = self.folder_at(folder).number();
        let location = self.location_of(folder, &record.text().words());
        let whole = location.to_string_lossy();
        let shown = whole.get(usize::try_from(shown).unwrap_or(0)..);
        shown.unwrap_or_default().to_owned()
    }

    fn odd(&self, file: Address) -> Option<&Odd> {
        if self.odd.is_empty() {
            return None;
        }
        self.odd.get(&file)
    }

    /// The first article of a file; `file_of` tells the file of an article.
    pub(super) fn find(
        &self,
        path: &Path,
        file_of: impl Fn(ArticleId) -> Address,
    ) -> Option<ArticleId> {
        let is_it = |article| *self.location(file_of(article)) == *path;
        let place = self.first.find(key(path), is_it)?;
        self.first.articles(place).next()
    }

    /// Number of files.
    pub(super) fn len(&self) -> usize {
        self.count
    }
}

/// How many of the folders that came last are looked through for the one of a file.
const MOST_OPEN: usize = 16;

/// Paths are the same however they are written, as long as their parts are.
fn key(path: &Path) -> Key {
    let name = path.file_name().unwrap_or_default();
    let above = path.parent().and_then(Path::file_name).unwrap_or_default();
    let bytes = [above.as_encoded_bytes(), b"/", name.as_encoded_bytes()].concat();
    Key::of(&bytes)
}
