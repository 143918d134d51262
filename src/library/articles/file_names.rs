//! The names of files: each folder is stored once, and each file as its folder and its name there.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use super::location::ShownPath;
use super::view::ListedFile;
use crate::library::filter::PackedFilter;
use crate::packed::{
    Address, Arena, BlockSink, BlockSource, RecordReader, RecordWriter, count, put_rows, rows,
};

/// The names of files by address. A clone shares them.
#[derive(Debug, Clone, Default)]
pub(crate) struct FileNames {
    records: Arena,
    /// By number of a folder: where the shown part of its path starts, and the path.
    folders: Arc<Vec<Address>>,
    /// The folder of the file added last.
    last: Option<LastFolder>,
    /// Files whose path is not UTF-8 or is shown as something else.
    odd: Arc<BTreeMap<Address, OddPath>>,
}

#[derive(Debug, Clone)]
struct LastFolder {
    number: u32,
    path: String,
    shown_from: usize,
}

#[derive(Debug, Clone)]
struct OddPath {
    location: Arc<Path>,
    shown: String,
}

/// An odd file in an image: its address, location and shown path.
type OddRecord = (u32, OsString, String);

/// The length of most paths.
const PATH_BYTES: usize = 96;

/// A folder is looked for among this many that were added last. Files are mostly found folder by folder.
const LAST_FOLDERS: usize = 16;

impl FileNames {
    /// Writes the names to an image.
    pub(crate) fn put_image(&self, sink: BlockSink<'_>) {
        self.records.put_image(sink);
        put_rows(sink, self.folders.iter().map(|folder| [folder.number()]));
        let odd = self.odd.iter().map(|(address, odd)| {
            let location = odd.location.as_os_str().to_owned();
            (address.number(), location, odd.shown.clone())
        });
        let odd: Vec<OddRecord> = odd.collect();
        // Fails only for types without a length, and there are none here.
        sink(&postcard::to_allocvec(&odd).unwrap_or_default());
    }

    /// Reads the names from an image.
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

    /// Adds a file that is not there yet.
    pub(crate) fn add(&mut self, listed: &ListedFile) -> Address {
        let mut record = RecordWriter::default();
        if let Some((folder, name)) = self.folder_and_name(listed) {
            record.number(u64::from(folder));
            record.text(name);
            return self.records.store(&record.into_bytes());
        }
        // An empty record, so that it has an address too.
        record.number(0);
        record.text("");
        let address = self.records.store(&record.into_bytes());
        let odd = OddPath {
            location: listed.location.as_path().into(),
            shown: listed.path.clone(),
        };
        Arc::make_mut(&mut self.odd).insert(address, odd);
        address
    }

    /// The folder and the name of a file; `None` if the two do not give its location and path.
    fn folder_and_name<'l>(&mut self, listed: &'l ListedFile) -> Option<(u32, &'l str)> {
        let whole = listed.location.to_str()?;
        let (folder, name) = whole.rsplit_once(MAIN_SEPARATOR)?;
        let shown_from = whole.strip_suffix(listed.path.as_str())?.len();
        if folder.is_empty() || name.is_empty() {
            return None;
        }
        Some((self.folder(folder, shown_from), name))
    }

    /// The number of a folder, which is added if it is not among the last ones.
    fn folder(&mut self, path: &str, shown_from: usize) -> u32 {
        if let Some(last) = &self.last
            && last.path == path
            && last.shown_from == shown_from
        {
            return last.number;
        }
        let mut record = RecordWriter::default();
        record.number(shown_from as u64);
        record.text(path);
        let record = record.into_bytes();
        let mut last = (0..count(self.folders.len())).rev().take(LAST_FOLDERS);
        let known = last.find(|number| {
            let address = self.folders[*number as usize];
            self.records.record(address) == record
        });
        let number = if let Some(number) = known {
            number
        } else {
            let address = self.records.store(&record);
            Arc::make_mut(&mut self.folders).push(address);
            count(self.folders.len() - 1)
        };
        self.last = Some(LastFolder {
            number,
            path: path.to_owned(),
            shown_from,
        });
        number
    }

    fn folder_record(&self, folder: u32) -> RecordReader<'_> {
        RecordReader::new(self.records.record(self.folders[folder as usize]))
    }

    /// Writes the location of a file that is not odd to `buffer`, which may have that of another
    /// file, and returns where the shown part starts.
    fn write_path(&self, file: Address, buffer: &mut PathBuffer) -> usize {
        let mut record = RecordReader::new(self.records.record(file));
        let folder = record.count();
        if buffer.folder == Some(folder) {
            buffer.path.truncate(buffer.folder_end);
        } else {
            let mut folder_record = self.folder_record(folder);
            buffer.shown_from = folder_record.length();
            buffer.path.clear();
            folder_record.text().decode_into(&mut buffer.path);
            buffer.path.push(MAIN_SEPARATOR);
            buffer.folder_end = buffer.path.len();
            buffer.folder = Some(folder);
        }
        record.text().decode_into(&mut buffer.path);
        buffer.shown_from
    }

    /// The location of a file that is not odd, and where its shown part starts.
    fn path(&self, file: Address) -> (String, usize) {
        let mut buffer = PathBuffer::default();
        buffer.path.reserve(PATH_BYTES);
        let shown_from = self.write_path(file, &mut buffer);
        (buffer.path, shown_from)
    }

    /// Calls `take` with the location and the shown path of every given file.
    pub(crate) fn each(
        &self,
        files: impl Iterator<Item = Address>,
        take: &mut dyn FnMut(&Path, &str),
    ) {
        let mut buffer = PathBuffer::default();
        for file in files {
            if let Some(odd) = self.odd(file) {
                take(&odd.location, &odd.shown);
                continue;
            }
            let shown_from = self.write_path(file, &mut buffer);
            take(Path::new(&buffer.path), tail(&buffer.path, shown_from));
        }
    }

    /// Where to read a file.
    pub(crate) fn location(&self, file: Address) -> Arc<Path> {
        match self.odd(file) {
            Some(odd) => Arc::clone(&odd.location),
            None => Path::new(&self.path(file).0).into(),
        }
    }

    /// Where to read a file, and how its path is shown.
    pub(crate) fn located(&self, file: Address) -> (Arc<Path>, ShownPath) {
        if let Some(odd) = self.odd(file) {
            let shown = ShownPath::As(odd.shown.as_str().into());
            return (Arc::clone(&odd.location), shown);
        }
        let (path, shown_from) = self.path(file);
        (Path::new(&path).into(), ShownPath::From(count(shown_from)))
    }

    /// The shown path of a file.
    pub(crate) fn shown(&self, file: Address) -> String {
        if let Some(odd) = self.odd(file) {
            return odd.shown.clone();
        }
        let (mut path, shown_from) = self.path(file);
        path.drain(..shown_from);
        path
    }

    /// The words of a filter that the shown path of a file contains, as bits. `in_folders` caches
    /// those of folders, by number.
    pub(crate) fn matching_words(
        &self,
        file: Address,
        filter: &PackedFilter,
        in_folders: &mut Vec<Option<u8>>,
    ) -> u8 {
        // A word with a separator may match across the end of the folder.
        if self.odd(file).is_some() || filter.has(MAIN_SEPARATOR) {
            return filter.matching_words_in(&self.shown(file));
        }
        let mut record = RecordReader::new(self.records.record(file));
        let folder = record.count();
        if in_folders.len() < self.folders.len() {
            in_folders.resize(self.folders.len(), None);
        }
        let in_folder = in_folders[folder as usize].get_or_insert_with(|| {
            let mut folder = self.folder_record(folder);
            let shown_from = folder.length();
            filter.matching_words_in(tail(&folder.text().decode(), shown_from))
        });
        *in_folder | filter.matching_words(record.text())
    }

    fn odd(&self, file: Address) -> Option<&OddPath> {
        if self.odd.is_empty() {
            return None;
        }
        self.odd.get(&file)
    }
}

/// The part of a path that is shown. Of a folder that is a root nothing is shown, and `shown_from`
/// is past its end.
fn tail(path: &str, shown_from: usize) -> &str {
    path.get(shown_from..).unwrap_or_default()
}

/// The location of a file, whose start is reused for the next file in the same folder.
#[derive(Default)]
struct PathBuffer {
    path: String,
    folder: Option<u32>,
    /// Where the path of the folder ends.
    folder_end: usize,
    /// Where the shown part of the path starts.
    shown_from: usize,
}
