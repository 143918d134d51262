//! Decodes bytes to text: by byte order mark, as UTF-8, as UTF-16 by its pattern, or in a detected
//! legacy encoding.
//!
//! UTF-8 passes through unchanged and without a copy; any other encoding is named in a [`Warning`],
//! because detection may be wrong. Files that are not text are recognized by their signature or their
//! control bytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::Warning;
use super::strings::first_bytes;

/// How many bytes are sampled to tell text from binary data.
const SAMPLE: usize = 8 * 1024;
/// How many bytes the detector of legacy encodings sees.
const DETECTOR_SAMPLE: usize = 1024 * 1024;
/// How many bytes are searched for the name of an encoding.
#[cfg(feature = "html")]
const DECLARED_WITHIN: usize = 4 * 1024;
/// The longest text that 32-bit offsets can address.
const LONGEST: usize = u32::MAX as usize;

/// First bytes of common binary files; some look like text.
const SIGNATURES: &[&[u8]] = &[
    b"%PDF-",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\x89PNG",
    b"\xFF\xD8\xFF",
    b"GIF8",
    b"\x1F\x8B",
    b"\x7FELF",
    b"7z\xBC\xAF",
    b"Rar!\x1A",
    b"BZh9",
    b"\xFD7zXZ",
    b"\x28\xB5\x2F\xFD",
    b"\xD0\xCF\x11\xE0",
    b"SQLite format 3\0",
    b"RIFF",
    b"OggS",
    b"ID3\x03",
];

/// A decoded file.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The text without a byte order mark; `None` if the file is not text.
    pub(super) text: Option<String>,
    /// What was odd about it.
    pub(super) warnings: Vec<Warning>,
}

impl Decoded {
    /// Returns the text, which is empty if the file is not text.
    pub(super) fn into_text(self) -> String {
        self.text.unwrap_or_default()
    }
}

/// Decodes the bytes of a file.
pub(super) fn decode(mut bytes: Vec<u8>) -> Decoded {
    if let Some((encoding, bom_length)) = Encoding::for_bom(&bytes) {
        if encoding == encoding_rs::UTF_8 {
            bytes.drain(..bom_length);
            return decode_unmarked(bytes);
        }
        return decode_as(encoding, &bytes[bom_length..], false);
    }
    decode_unmarked(bytes)
}

/// Decodes a file that may name its own encoding, like HTML and XML. A byte order mark takes
/// precedence, then valid UTF-8, then the declaration, then detection.
#[cfg(feature = "html")]
pub(super) fn decode_declared(bytes: &[u8]) -> Decoded {
    let declared = declared(bytes)
        .filter(|_| Encoding::for_bom(bytes).is_none() && std::str::from_utf8(bytes).is_err());
    match declared {
        Some(encoding) => decode_as(encoding, bytes, false),
        None => decode(bytes.to_vec()),
    }
}

/// Returns the encoding declared at the beginning of an HTML or XML file.
#[cfg(feature = "html")]
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let window = first_bytes(bytes, DECLARED_WITHIN).to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|key| {
        let at = memchr::memmem::find(&window, key.as_bytes())? + key.len();
        let rest = window.get(at..)?;
        let name = rest.trim_ascii_start();
        let name = name
            .strip_prefix(b"\"")
            .or_else(|| name.strip_prefix(b"'"))
            .unwrap_or(name);
        let length = name.iter().position(|byte| {
            !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))
        })?;
        let encoding = Encoding::for_label(name.get(..length)?)?;
        // A declaration that is readable as ASCII cannot be in UTF-16.
        Some(encoding)
            .filter(|encoding| encoding.is_ascii_compatible() && *encoding != encoding_rs::UTF_8)
    })
}

/// Decodes bytes without a byte order mark.
fn decode_unmarked(bytes: Vec<u8>) -> Decoded {
    let sample = first_bytes(&bytes, SAMPLE);
    if SIGNATURES
        .iter()
        .any(|signature| sample.starts_with(signature))
    {
        return not_text();
    }
    if let Some(encoding) = utf16_by_pattern(sample) {
        return decode_as(encoding, &bytes, true);
    }
    let controls = sample.iter().filter(|&&byte| is_odd_control(byte)).count();
    let nuls = memchr::memchr_iter(0, sample).count();
    if controls * 10 > sample.len() {
        return not_text();
    }
    match String::from_utf8(bytes) {
        Ok(text) => accept(text, Vec::new()),
        // Neither UTF-16 nor UTF-8, and no legacy encoding has NUL bytes.
        Err(_) if nuls > 0 => not_text(),
        Err(error) => decode_invalid(error.as_bytes()),
    }
}

/// Decodes bytes that are not valid UTF-8: as damaged UTF-8 if most of it is valid, else in a detected
/// encoding.
fn decode_invalid(bytes: &[u8]) -> Decoded {
    let sample = first_bytes(bytes, DETECTOR_SAMPLE);
    let (mut multibyte, mut damaged) = (0usize, 0usize);
    for chunk in sample.utf8_chunks() {
        multibyte += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    if multibyte > damaged.saturating_mul(2) {
        let text = String::from_utf8_lossy(bytes).into_owned();
        return accept(
            text,
            vec![warn("damaged UTF-8: bytes that do not fit show as �")],
        );
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, sample.len() == bytes.len());
    decode_as(detector.guess(None, Utf8Detection::Deny), bytes, true)
}

/// Decodes `bytes` as `encoding`; a warning names a `guessed` encoding.
fn decode_as(encoding: &'static Encoding, bytes: &[u8], guessed: bool) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let mut warnings = Vec::new();
    if guessed {
        warnings.push(warn(&format!("not UTF-8: read as {}", encoding.name())));
    }
    if damaged {
        warnings.push(warn(&format!(
            "not all of it is {}: what does not fit shows as �",
            encoding.name()
        )));
    }
    accept(text.into_owned(), warnings)
}

/// Accepts a text, cut at the longest supported length.
fn accept(mut text: String, mut warnings: Vec<Warning>) -> Decoded {
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST));
        warnings.push(warn("longer than 4 GiB: only the beginning is shown"));
    }
    Decoded {
        text: Some(text),
        warnings,
    }
}

fn not_text() -> Decoded {
    Decoded {
        text: None,
        warnings: vec![warn(super::NOT_TEXT)],
    }
}

fn warn(message: &str) -> Warning {
    Warning {
        span: None,
        message: message.to_owned(),
    }
}

/// Returns whether a byte is a control character that text does not contain; ESC and form feeds do
/// occur.
fn is_odd_control(byte: u8) -> bool {
    (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)) || byte == 0x7F
}

/// Recognizes UTF-16 without a byte order mark: in any text with spaces and line ends, often every
/// second byte is zero.
fn utf16_by_pattern(sample: &[u8]) -> Option<&'static Encoding> {
    memchr::memchr(0, sample)?;
    let zeros_at = |parity: usize| {
        let half = sample.iter().skip(parity).step_by(2);
        half.filter(|&&byte| byte == 0).count()
    };
    let (even, odd) = (zeros_at(0), zeros_at(1));
    let enough =
        |many: usize, few: usize| many >= 2 && many * 10 > sample.len() && few * 20 <= many;
    if enough(odd, even) {
        Some(UTF_16LE)
    } else if enough(even, odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> String {
        decode(bytes.to_vec()).text.unwrap()
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let units = text.encode_utf16();
        units
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn byte_order_marks_are_left_out_of_the_text() {
        assert_eq!(text_of(b"\xEF\xBB\xBFHead\n"), "Head\n");
        assert_eq!(
            text_of(&[&b"\xFF\xFE"[..], &utf16("né", false)].concat()),
            "né"
        );
        assert_eq!(
            text_of(&[&b"\xFE\xFF"[..], &utf16("né", true)].concat()),
            "né"
        );
    }

    #[test]
    fn utf16_without_a_mark_is_known_by_its_zeros() {
        for big in [false, true] {
            let decoded = decode(utf16("Ministers meet in Łódź\n", big));
            assert_eq!(decoded.text.unwrap(), "Ministers meet in Łódź\n");
            assert!(decoded.warnings[0].message.contains("UTF-16"));
        }
    }

    #[test]
    fn windows_1252_quotation_marks_are_decoded_and_noted() {
        let decoded = decode(b"\x93We agreed,\x94 she said. It\x92s a caf\xE9 deal.".to_vec());
        assert_eq!(
            decoded.text.unwrap(),
            "“We agreed,” she said. It’s a café deal."
        );
        assert_eq!(
            decoded.warnings[0].message,
            "not UTF-8: read as windows-1252"
        );
    }

    #[cfg(feature = "html")]
    #[test]
    fn a_declared_encoding_goes_before_a_guess_but_not_before_utf8() {
        let page = b"<meta charset=iso-8859-2><p>Za\xBF\xF3\xB3\xE6";
        let decoded = decode_declared(page);
        assert_eq!(
            decoded.text.unwrap(),
            "<meta charset=iso-8859-2><p>Za\u{17C}\u{F3}\u{142}\u{107}"
        );
        assert!(decoded.warnings.is_empty());
        let xml = "<?xml version='1.0' encoding='ISO-8859-1'?><p>\u{142}</p>";
        assert_eq!(decode_declared(xml.as_bytes()).text.unwrap(), xml);
    }

    #[test]
    fn shift_jis_is_detected() {
        let text = "東京で会談が行われた。首相は「前進した」と述べた。";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(text);
        assert_eq!(text_of(&bytes), text);
    }

    #[test]
    fn one_bad_byte_does_not_turn_utf8_into_another_encoding() {
        let bytes = ["“Yes,” she said. “No,” he said.".as_bytes(), b" \xFF"].concat();
        let decoded = decode(bytes);
        assert_eq!(
            decoded.text.unwrap(),
            "“Yes,” she said. “No,” he said. \u{FFFD}"
        );
        assert!(decoded.warnings[0].message.contains("damaged UTF-8"));
    }

    #[test]
    fn files_that_are_not_text_have_no_text() {
        for bytes in [
            &b"%PDF-1.7\nstream"[..],
            b"\x89PNG\r\n",
            b"\x00\x01\x02\x03\x04",
            b"\xCA\xFE\xBA\xBE\0\0\x004\0\x1D\n",
        ] {
            let decoded = decode(bytes.to_vec());
            assert!(decoded.text.is_none(), "{bytes:?}");
            assert_eq!(decoded.warnings[0].message, super::super::NOT_TEXT);
        }
    }

    #[test]
    fn a_stray_nul_or_escape_does_not_make_a_text_unreadable() {
        assert_eq!(
            text_of(b"Ministers met\0 in \x1B[31mParis"),
            "Ministers met\0 in \x1B[31mParis"
        );
    }
}
