//! Which files there are: each folder once, each name in a record, and found by its path.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use super::filter::Sieve;
use super::packed::{
    Address, Arena, Key, Reader, Sink, Source, Table, Writer, put_rows, row, rows,
};
use super::{ArticleId, Listed, Shown, count};

/// The files of a library, by the address of what is known of each.
#[derive(Debug, Clone, Default)]
pub(super) struct Files {
    records: Arena,
    /// The folders: where the path that is shown begins, and the path.
    folders: Vec<Address>,
    /// The folder of the file that came last: its number, and the same of it.
    last: Option<(u32, String, usize)>,
    /// By its path: the first article of each file.
    first: Table,
    /// Files whose paths are no plain words or show as something else.
    odd: BTreeMap<Address, Odd>,
    count: usize,
}

#[derive(Debug, Clone)]
struct Odd {
    location: Arc<Path>,
    shown: String,
}

/// An odd file in an image: its address, location and path as shown.
type OddRecord = (u32, OsString, String);

impl Files {
    /// Puts all of it into an image.
    pub(super) fn put_image(&self, sink: Sink<'_>) {
        put_rows(sink, [[count(self.count)]]);
        self.records.put_image(sink);
        put_rows(sink, self.folders.iter().map(|folder| [folder.number()]));
        self.first.put_image(sink);
        let odd = self.odd.iter().map(|(address, odd)| {
            let location = odd.location.as_os_str().to_owned();
            (address.number(), location, odd.shown.clone())
        });
        let odd: Vec<OddRecord> = odd.collect();
        // Fails only for types without a length, of which there are none here.
        sink(&postcard::to_allocvec(&odd).unwrap_or_default());
    }

    /// What was put into an image.
    pub(super) fn of_image(source: Source<'_>) -> Option<Self> {
        let [count] = row(source)?;
        let records = Arena::of_image(source)?;
        let folders = rows(source, |[folder]| Address::of_number(folder))?;
        let first = Table::of_image(source)?;
        let odd: Vec<OddRecord> = postcard::from_bytes(&source()?).ok()?;
        let odd = odd.into_iter().map(|(address, location, shown)| {
            let location = PathBuf::from(location).into();
            (Address::of_number(address), Odd { location, shown })
        });
        Some(Self {
            records,
            folders,
            last: None,
            first,
            odd: odd.collect(),
            count: count as usize,
        })
    }

    /// The files of two articles are those of each other from now on; `file_of` tells the file of an article.
    pub(super) fn swap(
        &mut self,
        articles: [ArticleId; 2],
        file_of: impl Fn(ArticleId) -> Address,
    ) {
        let mut moved = Vec::new();
        for (at, id) in articles.into_iter().enumerate() {
            let file = file_of(id);
            if file == Address::NONE {
                continue;
            }
            let key = key(&self.location(file));
            let place = self.first.find(key, |other| other == id);
            if let Some(place) = place {
                self.first.remove(place, id, 0);
                let to = articles.iter().rev().nth(at);
                moved.extend(to.map(|to| (key, *to)));
            }
        }
        for (key, to) in moved {
            self.first.insert(key, to, 0);
        }
    }

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
        let whole = listed.location.to_str()?;
        let (above, name) = whole.rsplit_once(MAIN_SEPARATOR)?;
        let shown = whole.strip_suffix(listed.path.as_str())?.len();
        let says_all = !above.is_empty() && !name.is_empty();
        says_all.then(|| (self.folder(above, shown), name))
    }

    /// The number of a folder. Files come folder by folder.
    fn folder(&mut self, path: &str, shown: usize) -> u32 {
        if let Some((number, last, last_shown)) = &self.last
            && last == path
            && *last_shown == shown
        {
            return *number;
        }
        let mut record = Writer::default();
        record.number(shown as u64);
        record.text(path);
        let record = record.into_bytes();
        let last = self.folders.iter().rev().take(MOST_OPEN);
        let known = last
            .enumerate()
            .find(|(_, at)| self.records.record(**at) == record);
        let number = if let Some((back, _)) = known {
            count(self.folders.len() - 1 - back)
        } else {
            let address = self.records.keep(&record);
            self.folders.push(address);
            count(self.folders.len() - 1)
        };
        self.last = Some((number, path.to_owned(), shown));
        number
    }

    fn folder_at(&self, folder: u32) -> Reader<'_> {
        let address = self.folders.get(folder as usize);
        Reader::new(
            self.records
                .record(address.copied().unwrap_or(Address::NONE)),
        )
    }

    /// The location of a file that is not odd, and where in it the path that is shown begins.
    fn whole(&self, file: Address) -> (String, usize) {
        let mut record = Reader::new(self.records.record(file));
        let mut folder = self.folder_at(record.count());
        let shown = usize::try_from(folder.number()).unwrap_or(0);
        let mut whole = String::with_capacity(PATH_BYTES);
        folder.text().add_to(&mut whole);
        whole.push(MAIN_SEPARATOR);
        record.text().add_to(&mut whole);
        (whole, shown)
    }

    /// Where to read a file.
    pub(super) fn location(&self, file: Address) -> Arc<Path> {
        match self.odd(file) {
            Some(odd) => Arc::clone(&odd.location),
            None => Path::new(&self.whole(file).0).into(),
        }
    }

    /// Where to read a file, and how it is shown.
    pub(super) fn located(&self, file: Address) -> (Arc<Path>, Shown) {
        if let Some(odd) = self.odd(file) {
            let shown = Shown::As(odd.shown.as_str().into());
            return (Arc::clone(&odd.location), shown);
        }
        let (whole, shown) = self.whole(file);
        (Path::new(&whole).into(), Shown::From(count(shown)))
    }

    /// The path of a file as it is shown.
    pub(super) fn shown(&self, file: Address) -> String {
        if let Some(odd) = self.odd(file) {
            return odd.shown.clone();
        }
        let (mut whole, shown) = self.whole(file);
        if whole.is_char_boundary(shown) {
            whole.drain(..shown);
        }
        whole
    }

    /// Which words of a filter stand in the path of a file as it is shown; `of_folders` keeps what was found out of
    /// folders, by number.
    pub(super) fn standing(
        &self,
        file: Address,
        sieve: &Sieve,
        of_folders: &mut Vec<Option<u8>>,
    ) -> u8 {
        if self.odd(file).is_some() || sieve.has(MAIN_SEPARATOR) {
            return sieve.standing_in(&self.shown(file));
        }
        let mut record = Reader::new(self.records.record(file));
        let folder = record.count();
        if of_folders.len() < self.folders.len() {
            of_folders.resize(self.folders.len(), None);
        }
        let standing = || {
            let mut of_folder = self.folder_at(folder);
            let shown = usize::try_from(of_folder.number()).unwrap_or(0);
            let path = of_folder.text().words();
            sieve.standing_in(path.get(shown..).unwrap_or_default())
        };
        let of_folder = match of_folders.get_mut(folder as usize) {
            Some(known) => *known.get_or_insert_with(standing),
            None => standing(),
        };
        of_folder | sieve.standing(record.text())
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

/// As long as paths mostly are.
const PATH_BYTES: usize = 96;

/// How many of the folders that came last are looked through for the one of a file.
const MOST_OPEN: usize = 16;

/// Paths are the same however they are written, as long as their parts are.
fn key(path: &Path) -> Key {
    // Nearly always the last two parts stand there as they are.
    if let Some(parts) = last_parts(path.as_os_str().as_encoded_bytes()) {
        return Key::of(parts);
    }
    let name = path.file_name().unwrap_or_default();
    let above = path.parent().and_then(Path::file_name).unwrap_or_default();
    let bytes = [above.as_encoded_bytes(), b"/", name.as_encoded_bytes()].concat();
    Key::of(&bytes)
}

/// The name and the folder of a path that is written in the usual way.
fn last_parts(path: &[u8]) -> Option<&[u8]> {
    let is_slash = |byte: &u8| *byte == b'/';
    let end = path.iter().rposition(is_slash)?;
    let start = path.get(..end)?.iter().rposition(is_slash)? + 1;
    let parts = path.get(start..)?;
    let is_usual = |part: &[u8]| !matches!(part, b"" | b"." | b"..") && !part.contains(&b'\\');
    parts.split(is_slash).all(is_usual).then_some(parts)
}
