//! What is done to the bytes of a PDF file before it is taken apart: a limit to how far they unpack, and of a
//! damaged one a new file of the objects that can be found.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use memchr::memmem;

/// The most that packed objects may unpack to, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;
/// How far before a stream its kind is looked for, in bytes.
const BEFORE: usize = 400;
/// The most objects that are looked for.
const MOST_OBJECTS: usize = 1_000_000;

/// Whether the objects that are packed into streams unpack to more than can be meant.
pub(super) fn unpacks_too_far(bytes: &[u8]) -> bool {
    let mut room = LARGEST;
    for at in memmem::find_iter(bytes, b"stream") {
        let before = bytes.get(at.saturating_sub(BEFORE)..at).unwrap_or_default();
        let holds_objects =
            memmem::rfind(before, b"/ObjStm").or_else(|| memmem::rfind(before, b"/XRef"));
        if before.ends_with(b"end") || holds_objects.is_none() {
            continue;
        }
        let packed = bytes.get(at + b"stream".len()..).unwrap_or_default();
        let packed = packed.strip_prefix(b"\r").unwrap_or(packed);
        let packed = packed.strip_prefix(b"\n").unwrap_or(packed);
        let unpacked = std::io::copy(
            &mut ZlibDecoder::new(packed).take(room + 1),
            &mut std::io::sink(),
        );
        room = room.saturating_sub(unpacked.unwrap_or_default());
        if room == 0 {
            return true;
        }
    }
    false
}

/// The file written anew from the objects that are found in it by their marks: with a head, lengths of streams
/// that are true, packed objects as far as they unpack, and a table of all.
pub(super) fn repaired(bytes: &[u8]) -> Vec<u8> {
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
    if catalog.is_none() {
        highest = highest.saturating_add(1);
        catalog = Some((highest, 0));
        let _ = write!(table, "{highest} 1\n{:010} 00000 n \n", file.len());
        let _ = write!(
            ByteWriter(&mut file),
            "{highest} 0 obj\n<< /Type /Catalog >>\nendobj\n"
        );
    }
    let (number, generation) = catalog.unwrap_or_default();
    let (start, size) = (file.len(), highest.saturating_add(1));
    let _ = write!(
        ByteWriter(&mut file),
        "xref\n0 1\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root {number} {generation} R >>\nstartxref\n{start}\n%%EOF\n"
    );
    file
}

/// Bytes to which text is written.
struct ByteWriter<'b>(&'b mut Vec<u8>);

impl std::fmt::Write for ByteWriter<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

/// An object as it stands in a file.
struct PdfObject<'b> {
    id: (u32, u16),
    /// What comes before the bytes of its stream, or all of it.
    head: &'b [u8],
    /// The bytes of its stream.
    stream: Option<&'b [u8]>,
}

/// The objects of a file, each up to its end or the next one.
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
            // Between the bytes of a stream a mark of an object is chance.
            if start < end_before {
                continue;
            }
            let rest = bytes.get(inside..)?;
            let next = found.peek().map_or(bytes.len(), |&(_, start, _)| start);
            let own = bytes.get(inside..next).unwrap_or_default();
            let own = memmem::find(own, b"endobj").map_or(own, |end| own.get(..end).unwrap_or(own));
            let Some(at) = stream_in(own) else {
                return Some(PdfObject {
                    id,
                    head: own,
                    stream: None,
                });
            };
            let data = rest.get(at + b"stream".len()..)?;
            let data = data.strip_prefix(b"\r").unwrap_or(data);
            let data = data.strip_prefix(b"\n").unwrap_or(data);
            let end = memmem::find(data, b"endstream").or_else(|| memmem::find(data, b"endobj"));
            let stream = data.get(..end.unwrap_or(data.len())).unwrap_or(data);
            end_before = bytes.len() - data.len() + stream.len();
            return Some(PdfObject {
                id,
                head: own.get(..at).unwrap_or(own),
                stream: Some(stream),
            });
        }
    })
}

/// Where the word before the bytes of a stream begins, in an object.
fn stream_in(object: &[u8]) -> Option<usize> {
    let mut found = memmem::find_iter(object, b"stream");
    found.find(|&at| !object.get(..at).unwrap_or_default().ends_with(b"end"))
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
        // A later entry of a name takes the place of the one before.
        let end = memmem::rfind(self.head, b">>").unwrap_or(self.head.len());
        file.extend_from_slice(self.head.get(..end).unwrap_or(self.head));
        file.extend_from_slice(own.as_bytes());
        file.extend_from_slice(b"\nstream\n");
        file.extend_from_slice(stream);
        file.extend_from_slice(b"\nendstream");
    }
}

/// The bytes that a stream unpacks to before it is damaged, at most so many, and whether it is.
pub(super) fn inflated(packed: &[u8], most: u64) -> (Vec<u8>, bool) {
    /// How long a head zlib writes.
    const HEAD: usize = 2;
    let mut bytes = Vec::new();
    let mut decoder = DeflateDecoder::new(packed.get(HEAD..).unwrap_or_default());
    // What was read before an error stays, and a damaged head damages nothing else.
    let read = decoder.by_ref().take(most).read_to_end(&mut bytes);
    let end = usize::try_from(decoder.total_in()).unwrap_or(packed.len()) + HEAD;
    let sum = packed
        .get(end..end + 4)
        .filter(|_| (bytes.len() as u64) < most);
    let is_damaged = read.is_err() || sum.is_some_and(|sum| sum != adler32(&bytes));
    (bytes, is_damaged)
}

/// The sum by which zlib knows damage (RFC 1950).
fn adler32(bytes: &[u8]) -> [u8; 4] {
    let (mut low, mut high) = (1_u32, 0_u32);
    // So many bytes do not overflow.
    for chunk in bytes.chunks(5552) {
        for &byte in chunk {
            low += u32::from(byte);
            high += low;
        }
        low %= 65521;
        high %= 65521;
    }
    (high << 16 | low).to_be_bytes()
}

/// The bytes of streams that show words, by their objects' numbers, those of `known` left out: the contents of
/// pages that nothing leads to any more.
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
        // The name of the packing may be what is damaged.
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

/// Marks of streams that are no content of a page.
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

/// Whether a content shows words: it has a text and an operator that shows some.
fn shows_words(content: &[u8]) -> bool {
    let holds = |mark: &[u8]| memmem::find(content, mark).is_some();
    holds(b"BT") && holds(b"Tf") && (holds(b"Tj") || holds(b"TJ") || holds(b"\'"))
}

/// Whether a file is locked by a password, as far as that shows in its bytes.
pub(super) fn is_locked(bytes: &[u8]) -> bool {
    memmem::find(bytes, b"/Encrypt").is_some()
}

/// The number, generation and start of the object whose ` obj` stands at an offset.
fn object_at(bytes: &[u8], at: usize) -> Option<(u32, u16, usize)> {
    let digits_before = |end: usize| {
        let before = bytes.get(end.saturating_sub(10)..end)?;
        let n_digits = before
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let start = end - n_digits;
        let digits = std::str::from_utf8(bytes.get(start..end)?).ok()?;
        Some((digits.parse::<u32>().ok()?, start))
    };
    let (generation, start) = digits_before(at)?;
    let (number, start) = digits_before(start.checked_sub(1)?)?;
    Some((number, u16::try_from(generation).ok()?, start))
}
