//! What files are called: each folder once, and each name in a record. A copy shares all of it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use crate::library::filter::PackedFilter;
use crate::library::{ListedFile, ShownPath};
use crate::packed::{
    Address, Arena, BlockSink, BlockSource, RecordReader, RecordWriter, count, put_rows, rows,
};

/// The names of files, by the address of each.
#[derive(Debug, Clone, Default)]
pub(crate) struct FileNames {
    records: Arena,
    /// The folders: where the path that is shown begins, and the path.
    folders: Arc<Vec<Address>>,
    /// The folder of the file that came last: its number, and the same of it.
    last: Option<(u32, String, usize)>,
    /// FileIndex whose paths are no plain words or show as something else.
    odd: Arc<BTreeMap<Address, OddPath>>,
}

#[derive(Debug, Clone)]
struct OddPath {
    location: Arc<Path>,
    shown: String,
}

/// An odd file in an image: its address, location and path as shown.
type OddRecord = (u32, OsString, String);

/// As long as paths mostly are.
const PATH_BYTES: usize = 96;

/// How many of the folders that came last are looked through for the one of a file.
const MOST_OPEN: usize = 16;

impl FileNames {
    /// Puts all of it into an image.
    pub(crate) fn put_image(&self, sink: BlockSink<'_>) {
        self.records.put_image(sink);
        put_rows(sink, self.folders.iter().map(|folder| [folder.number()]));
        let odd = self.odd.iter().map(|(address, odd)| {
            let location = odd.location.as_os_str().to_owned();
            (address.number(), location, odd.shown.clone())
        });
        let odd: Vec<OddRecord> = odd.collect();
        // Fails only for types without a length, of which there are none here.
        sink(&postcard::to_allocvec(&odd).unwrap_or_default());
    }

    /// What was put into an image.
    pub(crate) fn of_image(source: BlockSource<'_>) -> Option<Self> {
        let records = Arena::of_image(source)?;
        let folders = rows(source, |[folder]| Address::of_number(folder))?;
        let odd: Vec<OddRecord> = postcard::from_bytes(&source()?).ok()?;
        let odd = odd.into_iter().map(|(address, location, shown)| {
            let location = PathBuf::from(location).into();
            (Address::of_number(address), OddPath { location, shown })
        });
        Some(Self {
            records,
            folders: Arc::new(folders),
            last: None,
            odd: Arc::new(odd.collect()),
        })
    }

    /// Takes in a file that is not there yet.
    pub(crate) fn add(&mut self, listed: &ListedFile) -> Address {
        let plain = self.plain(listed);
        let is_odd = plain.is_none();
        let mut record = RecordWriter::default();
        let (folder, name) = plain.unwrap_or_default();
        // An odd file has a record of its own too, so that it has an address.
        record.number(u64::from(folder));
        record.text(name);
        let address = self.records.store(&record.into_bytes());
        if is_odd {
            let odd = OddPath {
                location: listed.location.as_path().into(),
                shown: listed.path.clone(),
            };
            Arc::make_mut(&mut self.odd).insert(address, odd);
        }
        address
    }

    /// The folder and the name of a file, when they say all.
    fn plain<'l>(&mut self, listed: &'l ListedFile) -> Option<(u32, &'l str)> {
        let whole = listed.location.to_str()?;
        let (above, name) = whole.rsplit_once(MAIN_SEPARATOR)?;
        let shown = whole.strip_suffix(listed.path.as_str())?.len();
        let says_all = !above.is_empty() && !name.is_empty();
        says_all.then(|| (self.folder(above, shown), name))
    }

    /// The number of a folder. FileIndex come folder by folder.
    fn folder(&mut self, path: &str, shown: usize) -> u32 {
        if let Some((number, last, last_shown)) = &self.last
            && last == path
            && *last_shown == shown
        {
            return *number;
        }
        let mut record = RecordWriter::default();
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
            let address = self.records.store(&record);
            Arc::make_mut(&mut self.folders).push(address);
            count(self.folders.len() - 1)
        };
        self.last = Some((number, path.to_owned(), shown));
        number
    }

    fn folder_at(&self, folder: u32) -> RecordReader<'_> {
        let address = self.folders.get(folder as usize);
        RecordReader::new(
            self.records
                .record(address.copied().unwrap_or(Address::NONE)),
        )
    }

    /// The location of a file that is not odd, and where in it the path that is shown begins.
    fn whole(&self, file: Address) -> (String, usize) {
        let mut way = PathBuffer::default();
        way.whole.reserve(PATH_BYTES);
        let shown = self.go_to(file, &mut way);
        (way.whole, shown)
    }

    /// Puts the location of a file that is not odd into `way`, which may hold that of another one; where in it the path
    /// that is shown begins.
    fn go_to(&self, file: Address, way: &mut PathBuffer) -> usize {
        let mut record = RecordReader::new(self.records.record(file));
        let folder = record.count();
        if way.folder == Some(folder) {
            way.whole.truncate(way.end);
        } else {
            let mut above = self.folder_at(folder);
            way.shown = above.length();
            way.whole.clear();
            above.text().decode_into(&mut way.whole);
            way.whole.push(MAIN_SEPARATOR);
            way.end = way.whole.len();
            way.folder = Some(folder);
        }
        record.text().decode_into(&mut way.whole);
        way.shown
    }

    /// Goes through some files: where each is, and the path it is shown with.
    pub(crate) fn each(
        &self,
        files: impl Iterator<Item = Address>,
        take: &mut dyn FnMut(&Path, &str),
    ) {
        let mut way = PathBuffer::default();
        for file in files {
            if let Some(odd) = self.odd(file) {
                take(&odd.location, &odd.shown);
                continue;
            }
            let shown = self.go_to(file, &mut way);
            let whole = way.whole.as_str();
            take(Path::new(whole), whole.get(shown..).unwrap_or(whole));
        }
    }

    /// Where to read a file.
    pub(crate) fn location(&self, file: Address) -> Arc<Path> {
        match self.odd(file) {
            Some(odd) => Arc::clone(&odd.location),
            None => Path::new(&self.whole(file).0).into(),
        }
    }

    /// Where to read a file, and how it is shown.
    pub(crate) fn located(&self, file: Address) -> (Arc<Path>, ShownPath) {
        if let Some(odd) = self.odd(file) {
            let shown = ShownPath::As(odd.shown.as_str().into());
            return (Arc::clone(&odd.location), shown);
        }
        let (whole, shown) = self.whole(file);
        (Path::new(&whole).into(), ShownPath::From(count(shown)))
    }

    /// The path of a file as it is shown.
    pub(crate) fn shown(&self, file: Address) -> String {
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
    pub(crate) fn matching_words(
        &self,
        file: Address,
        filter: &PackedFilter,
        of_folders: &mut Vec<Option<u8>>,
    ) -> u8 {
        if self.odd(file).is_some() || filter.has(MAIN_SEPARATOR) {
            return filter.matching_words_in(&self.shown(file));
        }
        let mut record = RecordReader::new(self.records.record(file));
        let folder = record.count();
        if of_folders.len() < self.folders.len() {
            of_folders.resize(self.folders.len(), None);
        }
        let standing = || {
            let mut of_folder = self.folder_at(folder);
            let shown = of_folder.length();
            let path = of_folder.text().decode();
            filter.matching_words_in(path.get(shown..).unwrap_or_default())
        };
        let of_folder = match of_folders.get_mut(folder as usize) {
            Some(known) => *known.get_or_insert_with(standing),
            None => standing(),
        };
        of_folder | filter.matching_words(record.text())
    }

    fn odd(&self, file: Address) -> Option<&OddPath> {
        if self.odd.is_empty() {
            return None;
        }
        self.odd.get(&file)
    }
}

/// The location of a file, and how much of it that of the next one in its folder begins with.
#[derive(Default)]
struct PathBuffer {
    whole: String,
    folder: Option<u32>,
    /// Where the path of the folder ends.
    end: usize,
    /// Where the path that is shown begins.
    shown: usize,
}
