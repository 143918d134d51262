//! What is done to the bytes of a PDF file before it is taken apart: a limit to how far they unpack, and a new
//! table of objects where there is none.

use std::fmt::Write as _;
use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

/// The most that packed objects may unpack to, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;
/// How far before a stream its kind is looked for, in bytes.
const BEFORE: usize = 400;

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

/// The bytes with a new table of objects at their end.
pub(super) fn repaired(bytes: &[u8]) -> Vec<u8> {
    let mut table = String::new();
    let mut catalog = None;
    let mut highest = 0;
    for at in memmem::find_iter(bytes, b" obj") {
        let Some((number, generation, start)) = object_at(bytes, at) else {
            continue;
        };
        let _ = write!(table, "{number} 1\n{start:010} {generation:05} n \n");
        highest = highest.max(number);
        let window = bytes
            .get(at..bytes.len().min(at + BEFORE))
            .unwrap_or_default();
        let own = memmem::find(window, b"endobj")
            .map_or(window, |end| window.get(..end).unwrap_or(window));
        if memmem::find(own, b"/Catalog").is_some() {
            catalog = Some((number, generation));
        }
    }
    let mut made = String::new();
    if catalog.is_none() {
        highest = highest.saturating_add(1);
        catalog = Some((highest, 0));
        let start = bytes.len() + 1;
        let _ = write!(table, "{highest} 1\n{start:010} 00000 n \n");
        made = format!("\n{highest} 0 obj\n<< /Type /Catalog >>\nendobj\n");
    }
    let (number, generation) = catalog.unwrap_or_default();
    let start = bytes.len() + made.len() + 1;
    let size = highest.saturating_add(1);
    let trailer = format!(
        "\nxref\n0 1\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root {number} {generation} R >>\nstartxref\n{start}\n%%EOF\n"
    );
    [bytes, made.as_bytes(), trailer.as_bytes()].concat()
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
