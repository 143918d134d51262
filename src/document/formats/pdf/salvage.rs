//! Prepares the bytes of a PDF file for parsing: limits how far they unpack, and rebuilds a damaged
//! file from the objects that can be found.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use memchr::memmem;

use crate::document::strings::without_prefix;

/// The most bytes that packed objects may unpack to.
const LARGEST: u64 = 64 * 1024 * 1024;
/// The most digits of an object number.
const MOST_DIGITS: usize = 10;
/// How many bytes before a stream are searched for its type.
const BEFORE: usize = 400;
/// The keyword before the bytes of a stream.
const STREAM: &[u8] = b"stream";
/// The most objects that are looked for.
const MOST_OBJECTS: usize = 1_000_000;

/// Returns whether the object streams of a file unpack to more than any real file needs.
pub(super) fn unpacks_too_far(bytes: &[u8]) -> bool {
    let mut room = LARGEST;
    for at in memmem::find_iter(bytes, STREAM) {
        let before = &bytes[at.saturating_sub(BEFORE)..at];
        let holds_objects =
            memmem::rfind(before, b"/ObjStm").or_else(|| memmem::rfind(before, b"/XRef"));
        if before.ends_with(b"end") || holds_objects.is_none() {
            continue;
        }
        let packed = after_line_break(&bytes[at + STREAM.len()..]);
        let mut unpacked = ZlibDecoder::new(packed).take(room + 1);
        if let Ok(n_bytes) = std::io::copy(&mut unpacked, &mut std::io::sink()) {
            room = room.saturating_sub(n_bytes);
        }
        if room == 0 {
            return true;
        }
    }
    false
}

/// Rebuilds a file from the objects found in it: with a header, correct stream lengths, unpacked
/// objects as far as they are intact, and a cross-reference table.
pub(super) fn rebuild(bytes: &[u8]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = String::new();
    let mut catalog = None;
    let mut highest = 0;
    for object in objects(bytes) {
        let (number, generation) = object.id;
        let _ = write!(table, "{number} 1\n{:010} {generation:05} n \n", file.len());
        let _ = writeln!(ByteWriter(&mut file), "{number} {generation} obj");
        object.write(&mut file);
        file.extend_from_slice(b"\nendobj\n");
        highest = highest.max(number);
        if memmem::find(object.head, b"/Catalog").is_some() {
            catalog = Some(object.id);
        }
    }
    let (number, generation) = if let Some(found) = catalog {
        found
    } else {
        highest = highest.saturating_add(1);
        let _ = write!(table, "{highest} 1\n{:010} 00000 n \n", file.len());
        let _ = write!(
            ByteWriter(&mut file),
            "{highest} 0 obj\n<< /Type /Catalog >>\nendobj\n"
        );
        (highest, 0)
    };
    let (start, size) = (file.len(), highest.saturating_add(1));
    let _ = write!(
        ByteWriter(&mut file),
        "xref\n0 1\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root {number} {generation} R >>\nstartxref\n{start}\n%%EOF\n"
    );
    file
}

/// Writes text to bytes.
struct ByteWriter<'b>(&'b mut Vec<u8>);

impl std::fmt::Write for ByteWriter<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

/// An object as it is written in a file.
struct PdfObject<'b> {
    id: (u32, u16),
    /// The bytes before its stream, or all of them.
    head: &'b [u8],
    /// The bytes of its stream.
    stream: Option<&'b [u8]>,
}

/// Finds the objects of a file. Each ends at its end mark or at the next object.
fn objects(bytes: &[u8]) -> impl Iterator<Item = PdfObject<'_>> {
    let found = memmem::find_iter(bytes, b" obj").filter_map(|at| {
        let (number, generation, start) = object_at(bytes, at)?;
        Some(((number, generation), start, at + b" obj".len()))
    });
    let mut found = found.take(MOST_OBJECTS).peekable();
    let mut end_before = 0;
    std::iter::from_fn(move || {
        loop {
            let (id, start, inside) = found.next()?;
            // An object mark inside a stream is there by chance.
            if start < end_before {
                continue;
            }
            let rest = &bytes[inside..];
            // The next object may overlap in a damaged file.
            let own = match found.peek() {
                Some(&(_, next, _)) => &bytes[inside..next.max(inside)],
                None => rest,
            };
            let own = up_to(own, b"endobj");
            let Some(at) = stream_in(own) else {
                return Some(PdfObject {
                    id,
                    head: own,
                    stream: None,
                });
            };
            let data = after_line_break(&rest[at + STREAM.len()..]);
            let stream = match memmem::find(data, b"endstream") {
                Some(end) => &data[..end],
                None => up_to(data, b"endobj"),
            };
            end_before = bytes.len() - data.len() + stream.len();
            return Some(PdfObject {
                id,
                head: &own[..at],
                stream: Some(stream),
            });
        }
    })
}

/// Returns the bytes before `mark`, or all of them.
fn up_to<'b>(bytes: &'b [u8], mark: &[u8]) -> &'b [u8] {
    match memmem::find(bytes, mark) {
        Some(at) => &bytes[..at],
        None => bytes,
    }
}

/// Returns the bytes after the line break that follows the keyword `stream`.
fn after_line_break(bytes: &[u8]) -> &[u8] {
    without_prefix(without_prefix(bytes, b"\r"), b"\n")
}

/// Returns where the keyword `stream` begins in an object.
fn stream_in(object: &[u8]) -> Option<usize> {
    let mut found = memmem::find_iter(object, STREAM);
    found.find(|&at| !object[..at].ends_with(b"end"))
}

impl PdfObject<'_> {
    fn write(&self, file: &mut Vec<u8>) {
        let Some(stream) = self.stream else {
            file.extend_from_slice(self.head);
            return;
        };
        let holds_objects = memmem::find(self.head, b"/ObjStm").is_some();
        let unpacked = if holds_objects {
            inflated(stream, LARGEST).0
        } else {
            Vec::new()
        };
        let (stream, own) = if unpacked.is_empty() {
            (stream, format!(" /Length {} >>", stream.len()))
        } else {
            let length = unpacked.len();
            (
                &unpacked[..],
                format!(" /Length {length} /Filter [] /DecodeParms null >>"),
            )
        };
        // A later entry of a dictionary overrides an earlier one.
        let entries = match memmem::rfind(self.head, b">>") {
            Some(end) => &self.head[..end],
            None => self.head,
        };
        file.extend_from_slice(entries);
        file.extend_from_slice(own.as_bytes());
        file.extend_from_slice(b"\nstream\n");
        file.extend_from_slice(stream);
        file.extend_from_slice(b"\nendstream");
    }
}

/// Unpacks a stream up to its first damage, to at most `most` bytes. Returns whether it is damaged.
pub(super) fn inflated(packed: &[u8], most: u64) -> (Vec<u8>, bool) {
    /// The length of the zlib header.
    const HEAD: usize = 2;
    /// The length of the Adler-32 checksum at the end.
    const CHECKSUM: usize = 4;
    let mut bytes = Vec::new();
    let mut decoder = DeflateDecoder::new(&packed[HEAD.min(packed.len())..]);
    // What was read before an error is kept, and a damaged header does no further harm.
    let read = decoder.by_ref().take(most).read_to_end(&mut bytes);
    let end = HEAD.saturating_add(usize::try_from(decoder.total_in()).unwrap_or(usize::MAX));
    let is_damaged = match packed.get(end..end.saturating_add(CHECKSUM)) {
        Some(sum) if (bytes.len() as u64) < most => {
            read.is_err() || sum != adler2::adler32_slice(&bytes).to_be_bytes()
        }
        _ => read.is_err(),
    };
    (bytes, is_damaged)
}

/// Returns the streams that show text, by object number, except those in `known`: the contents of pages
/// that are no longer listed.
pub(super) fn contents(
    bytes: &[u8],
    known: &BTreeSet<(u32, u16)>,
) -> BTreeMap<(u32, u16), Vec<u8>> {
    let mut room = LARGEST;
    let mut found = BTreeMap::new();
    for object in objects(bytes).filter(|object| !known.contains(&object.id)) {
        let Some(stream) = object.stream else {
            continue;
        };
        let holds = |mark: &[u8]| memmem::find(object.head, mark).is_some();
        if NO_CONTENTS.iter().any(|mark| holds(mark)) {
            continue;
        }
        // The damage may be in the name of the compression.
        let (unpacked, _) = inflated(stream, room);
        room = room.saturating_sub(unpacked.len() as u64);
        let content = if unpacked.is_empty() {
            stream.to_vec()
        } else {
            unpacked
        };
        if shows_words(&content) {
            found.insert(object.id, content);
        }
    }
    found
}

/// Marks of streams that are not page contents.
const NO_CONTENTS: &[&[u8]] = &[
    b"/ObjStm",
    b"/XRef",
    b"/XML",
    b"/Image",
    b"/FontFile",
    b"/Length1",
    b"/CIDFont",
    b"/CMapName",
    b"/FunctionType",
    b"/DCTDecode",
];

/// Returns whether a content shows text: it has a text object and an operator that shows text.
fn shows_words(content: &[u8]) -> bool {
    let holds = |mark: &[u8]| memmem::find(content, mark).is_some();
    holds(b"BT") && holds(b"Tf") && (holds(b"Tj") || holds(b"TJ") || holds(b"\'"))
}

/// Returns whether the bytes mention encryption, so that the file may need a password.
pub(super) fn is_locked(bytes: &[u8]) -> bool {
    memmem::find(bytes, b"/Encrypt").is_some()
}

/// Returns the number, generation and start of the object whose ` obj` is at an offset.
fn object_at(bytes: &[u8], at: usize) -> Option<(u32, u16, usize)> {
    let digits_before = |end: usize| {
        let before = &bytes[end.saturating_sub(MOST_DIGITS)..end];
        let n_digits = before
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let start = end - n_digits;
        let digits = std::str::from_utf8(&bytes[start..end]).ok()?;
        Some((digits.parse::<u32>().ok()?, start))
    };
    let (generation, start) = digits_before(at)?;
    let (number, start) = digits_before(start.checked_sub(1)?)?;
    Some((number, u16::try_from(generation).ok()?, start))
}
