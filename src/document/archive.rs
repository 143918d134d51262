//! Reads zip archives, the containers of books and office documents.
//!
//! The total unpacked size is limited. If the directory at the end is missing, the files are found by
//! their own headers.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::io::Read;

use flate2::read::DeflateDecoder;
use zip::ZipArchive;

use super::strings::first_bytes;

/// The most bytes that are unpacked from one archive.
const LARGEST: usize = 256 * 1024 * 1024;
/// The most files that are recovered from an archive without a directory.
const MOST_SALVAGED: usize = 10_000;
/// How many bytes at the beginning hold the names of the first files.
const HEAD_BYTES: usize = 4096;
/// The signature of a local file header.
const HEADER: &[u8] = b"PK\x03\x04";
/// The length of a local file header without the name.
const HEADER_LEN: usize = 30;

/// An archive in memory.
pub(super) struct Archive<'a> {
    files: ZipFiles<'a>,
    /// How many more bytes may be unpacked.
    room: usize,
}

enum ZipFiles<'a> {
    Listed(Box<ZipArchive<Cursor<&'a [u8]>>>),
    Salvaged(BTreeMap<String, Vec<u8>>),
}

/// Returns whether the bytes are an archive with `mark` near its beginning: the name of one of its
/// first files, or the type that its first file declares.
pub(super) fn is_of(bytes: &[u8], mark: &[u8]) -> bool {
    let head = first_bytes(bytes, HEAD_BYTES);
    head.starts_with(HEADER) && memchr::memmem::find(head, mark).is_some()
}

impl<'a> Archive<'a> {
    /// Opens an archive; returns `None` if no file is found in it.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        if let Ok(listed) = ZipArchive::new(Cursor::new(bytes)) {
            return Some(Self {
                files: ZipFiles::Listed(Box::new(listed)),
                room: LARGEST,
            });
        }
        let found = salvage(bytes);
        (!found.is_empty()).then_some(Self {
            files: ZipFiles::Salvaged(found),
            room: LARGEST,
        })
    }

    /// Returns whether the directory was missing, so that files may be missing too.
    pub(super) fn is_damaged(&self) -> bool {
        matches!(self.files, ZipFiles::Salvaged(_))
    }

    /// The names of its files.
    pub(super) fn names(&self) -> Vec<String> {
        match &self.files {
            ZipFiles::Listed(listed) => {
                let names = listed.file_names().flatten();
                names.map(std::borrow::Cow::into_owned).collect()
            }
            ZipFiles::Salvaged(found) => found.keys().cloned().collect(),
        }
    }

    /// Reads a file; of a damaged one, the bytes before the damage.
    pub(super) fn read(&mut self, name: &str) -> Option<Vec<u8>> {
        match &mut self.files {
            ZipFiles::Salvaged(found) => found.get(name).cloned(),
            ZipFiles::Listed(listed) => {
                let file = listed.by_name(name).ok()?;
                let mut bytes = Vec::new();
                // What was read before an error is kept.
                let _ = file.take(self.room as u64).read_to_end(&mut bytes);
                self.room = self.room.saturating_sub(bytes.len());
                Some(bytes)
            }
        }
    }
}

/// Finds files by their headers; returns their contents by name.
fn salvage(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut room = LARGEST;
    let mut at = 0;
    while found.len() < MOST_SALVAGED
        && let Some(next) = bytes
            .get(at..)
            .and_then(|rest| memchr::memmem::find(rest, HEADER))
    {
        let start = at + next;
        let entry = bytes
            .get(start..)
            .and_then(|entry| unpack_entry(entry, room));
        let Some(entry) = entry else {
            at = start + HEADER.len();
            continue;
        };
        at = start + entry.n_bytes;
        room = room.saturating_sub(entry.content.len());
        if !entry.content.is_empty() {
            found.entry(entry.name).or_insert(entry.content);
        }
    }
    found
}

/// A file found by its header, and the number of archive bytes it takes.
struct SalvagedEntry {
    name: String,
    content: Vec<u8>,
    n_bytes: usize,
}

fn unpack_entry(entry: &[u8], room: usize) -> Option<SalvagedEntry> {
    let short = |at: usize| {
        let pair = entry.get(at..at + 2)?.try_into().ok()?;
        Some(usize::from(u16::from_le_bytes(pair)))
    };
    let long =
        |at: usize| Some(u32::from_le_bytes(entry.get(at..at + 4)?.try_into().ok()?) as usize);
    let (method, packed_len) = (short(8)?, long(18)?);
    let (name_len, extra_len) = (short(26)?, short(28)?);
    let name = entry.get(HEADER_LEN..HEADER_LEN + name_len)?;
    let start = HEADER_LEN + name_len + extra_len;
    let data = entry.get(start..)?;
    let mut content = Vec::new();
    let taken = match method {
        0 => {
            let stored = first_bytes(data, packed_len.min(room));
            content.extend_from_slice(stored);
            stored.len()
        }
        8 => {
            let mut decoder = DeflateDecoder::new(data);
            let _ = decoder.by_ref().take(room as u64).read_to_end(&mut content);
            usize::try_from(decoder.total_in()).ok()?
        }
        _ => return None,
    };
    Some(SalvagedEntry {
        name: String::from_utf8_lossy(name).into_owned(),
        content,
        n_bytes: (start + taken).max(HEADER_LEN),
    })
}

/// An archive for tests.
#[cfg(test)]
pub(super) fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write as _;

    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let method = if *name == "mimetype" {
            zip::CompressionMethod::Stored
        } else {
            zip::CompressionMethod::Deflated
        };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FILES: &[(&str, &str)] = &[
        ("mimetype", "application/x"),
        (
            "a/one.txt",
            "The first file, which is long enough to be packed: the first file, the first file.",
        ),
        ("two.txt", "The second."),
    ];

    #[test]
    fn files_are_read_by_name() {
        let bytes = zipped(FILES);
        let mut archive = Archive::open(&bytes).unwrap();
        assert_eq!(archive.names(), ["mimetype", "a/one.txt", "two.txt"]);
        assert_eq!(archive.read("two.txt").unwrap(), b"The second.");
        assert_eq!(archive.read("three.txt"), None);
        assert!(!archive.is_damaged());
        assert!(
            is_of(&bytes, b"mimetypeapplication/x") && !is_of(&bytes, b"mimetypeapplication/y")
        );
    }

    #[test]
    fn files_of_an_archive_that_breaks_off_are_found() {
        let bytes = zipped(FILES);
        let cut = memchr::memmem::find(&bytes, b"two.txt").unwrap() + 12;
        let mut archive = Archive::open(&bytes[..cut]).unwrap();
        assert!(archive.is_damaged());
        assert_eq!(archive.read("a/one.txt").unwrap(), FILES[1].1.as_bytes());
        assert!(
            archive
                .read("two.txt")
                .is_none_or(|part| b"The second.".starts_with(&part))
        );
    }

    proptest! {
        #[test]
        fn damage_is_survived(at in 0usize..1000, byte: u8, cut in 0usize..1000) {
            let mut bytes = zipped(FILES);
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(bytes.len() - cut % bytes.len());
            if let Some(mut archive) = Archive::open(&bytes) {
                for name in archive.names() {
                    let _ = archive.read(&name);
                }
            }
        }
    }
}
