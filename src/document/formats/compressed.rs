//! Decompresses gzip and Zstandard files.
//!
//! The output is cut at [`LARGEST`] bytes: a megabyte can unpack to a gigabyte of zeros. A damaged or
//! truncated file yields what comes before the damage.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use crate::document::Warning;

/// The most bytes that are unpacked.
pub(in crate::document) const LARGEST: usize = 256 * 1024 * 1024;
/// The largest window that a Zstandard file may ask for, in bytes: the default limit of `zstd` itself.
const LARGEST_WINDOW: u64 = 128 * 1024 * 1024;

/// The content of a compressed file.
#[derive(Debug, Default)]
pub(in crate::document) struct Decompressed {
    /// The bytes, up to the damage if there is any.
    pub(in crate::document) bytes: Vec<u8>,
    /// What was odd about the file.
    pub(in crate::document) warning: Option<Warning>,
}

/// How decompression ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StreamEnd {
    Whole,
    Damaged,
    TooLarge,
}

/// Returns whether the bytes begin like a gzip file.
pub(in crate::document) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1F\x8B\x08")
}

/// Returns whether the bytes begin like a Zstandard file.
pub(in crate::document) fn is_zstd(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x28\xB5\x2F\xFD")
}

/// Decompresses all members of a gzip file.
pub(in crate::document) fn gunzip(bytes: &[u8]) -> Decompressed {
    let mut unpacked = Vec::new();
    let end = fill(MultiGzDecoder::new(bytes), &mut unpacked, LARGEST);
    finished(unpacked, end)
}

/// Decompresses all frames of a Zstandard file.
pub(in crate::document) fn unzstd(mut bytes: &[u8]) -> Decompressed {
    let mut unpacked = Vec::new();
    let mut end = StreamEnd::Whole;
    while end == StreamEnd::Whole && !bytes.is_empty() {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(LARGEST_WINDOW);
        match StreamingDecoder::new_with_decoder(&mut bytes, decoder) {
            Ok(frame) => end = fill(frame, &mut unpacked, LARGEST),
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => {
                bytes = &bytes[bytes.len().min(length as usize)..];
            }
            Err(_) => end = StreamEnd::Damaged,
        }
    }
    finished(unpacked, end)
}

/// Reads into `unpacked` until it has `most` bytes.
fn fill(source: impl Read, unpacked: &mut Vec<u8>, most: usize) -> StreamEnd {
    let room = most.saturating_sub(unpacked.len());
    // What was read before an error is kept.
    match source.take(room as u64 + 1).read_to_end(unpacked) {
        _ if unpacked.len() > most => {
            unpacked.truncate(most);
            StreamEnd::TooLarge
        }
        Ok(_) => StreamEnd::Whole,
        Err(_) => StreamEnd::Damaged,
    }
}

fn finished(mut bytes: Vec<u8>, end: StreamEnd) -> Decompressed {
    let message = match end {
        StreamEnd::Whole => None,
        StreamEnd::Damaged => Some(
            "the packed file is damaged: only what comes before the damage is shown".to_owned(),
        ),
        StreamEnd::TooLarge => Some(format!(
            "the packed file holds more than {} MB: only its beginning is shown",
            LARGEST / 1024 / 1024
        )),
    };
    if end != StreamEnd::Whole {
        whole_characters(&mut bytes);
    }
    let warning = message.map(|message| Warning {
        span: None,
        message,
    });
    Decompressed { bytes, warning }
}

/// Drops an incomplete character at the end.
fn whole_characters(bytes: &mut Vec<u8>) {
    let tail = bytes.len().saturating_sub(3);
    let is_start = |byte: &u8| *byte >= 0xC0;
    if let Some(at) = bytes[tail..].iter().rposition(is_start)
        && std::str::from_utf8(&bytes[tail + at..]).is_err()
    {
        bytes.truncate(tail + at);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;
    use crate::document::{NOT_TEXT, read as article};

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        compress_to_vec(bytes, CompressionLevel::Fastest)
    }

    const ARTICLE: &str = "# Harbor talks end\n\nThe ministers left Port Selene after six hours of *quiet* talks.\n\nNobody signed anything, said the harbor master, who had waited outside.\n";

    #[test]
    fn a_packed_article_is_read_as_the_one_inside() {
        let plain = article(ARTICLE.into(), "2026-03-04-harbor.md");
        for (packed, name) in [
            (gzip(ARTICLE.as_bytes()), "2026-03-04-harbor.md.gz"),
            (zstd(ARTICLE.as_bytes()), "2026-03-04-harbor.md.zst"),
            (
                [
                    &gzip(&ARTICLE.as_bytes()[..40])[..],
                    &gzip(&ARTICLE.as_bytes()[40..]),
                ]
                .concat(),
                "2026-03-04-harbor.md.gz",
            ),
            (
                [
                    &zstd(&ARTICLE.as_bytes()[..40])[..],
                    &zstd(&ARTICLE.as_bytes()[40..]),
                ]
                .concat(),
                "2026-03-04-harbor.MD.ZST",
            ),
        ] {
            assert_eq!(article(packed, name), plain, "{name}");
        }
    }

    #[test]
    fn what_is_packed_is_known_without_a_name() {
        let found = article(gzip(ARTICLE.as_bytes()), "-").value;
        assert_eq!(found.text, ARTICLE);
        assert_eq!(article(zstd(ARTICLE.as_bytes()), "-").value.text, ARTICLE);
    }

    #[test]
    fn a_file_that_was_unpacked_already_is_read_as_it_is() {
        let found = article(ARTICLE.into(), "harbor.md.gz");
        assert_eq!(found, article(ARTICLE.into(), "harbor.md"));
    }

    #[test]
    fn of_a_damaged_file_the_beginning_is_read() {
        let lines: Vec<String> = (0..4000)
            .map(|n| format!("Ship {n} left the harbor. É"))
            .collect();
        let long = lines.join(
            "

",
        );
        for (packed, name) in [
            (gzip(long.as_bytes()), "a.txt.gz"),
            (zstd(long.as_bytes()), "a.txt.zst"),
        ] {
            let half = packed[..packed.len() / 2].to_vec();
            let found = article(half, name);
            assert!(long.starts_with(&found.value.text), "{name}");
            assert!(found.warnings[0].message.contains("damaged"), "{name}");
        }
        let half = gzip(long.as_bytes());
        let half = half[..half.len() / 2].to_vec();
        assert!(article(half, "a.txt.gz").value.text.len() > 10_000);
    }

    #[test]
    fn a_file_packed_twice_is_no_article() {
        let twice = gzip(&gzip(ARTICLE.as_bytes()));
        assert_eq!(article(twice, "a.txt.gz.gz").problem(), Some(NOT_TEXT));
    }

    #[test]
    fn unpacking_stops_at_the_limit() {
        let mut unpacked = Vec::new();
        let packed = gzip(&vec![b'x'; 100_000]);
        let end = fill(MultiGzDecoder::new(&packed[..]), &mut unpacked, 1000);
        assert_eq!((end, unpacked.len()), (StreamEnd::TooLarge, 1000));
    }

    #[test]
    fn a_cut_leaves_whole_characters() {
        for (text, kept) in [
            (&b"caf\xC3"[..], 3),
            ("caf\u{e9}".as_bytes(), 5),
            (b"ab\xE2\x80", 2),
            (b"abc", 3),
        ] {
            let mut bytes = text.to_vec();
            whole_characters(&mut bytes);
            assert_eq!(bytes.len(), kept);
        }
    }

    proptest! {
        #[test]
        fn damage_is_survived(at in 0usize..200, byte: u8, cut in 0usize..200) {
            for pack in [gzip, zstd] {
                let mut packed = pack(ARTICLE.as_bytes());
                let at = at % packed.len();
                packed[at] = byte;
                packed.truncate(packed.len() - cut % packed.len());
                let _ = article(packed, "a.txt.gz");
            }
        }

        #[test]
        fn anything_after_a_signature_is_survived(bytes: Vec<u8>) {
            for signature in [&b"\x1F\x8B\x08"[..], b"\x28\xB5\x2F\xFD"] {
                let _ = article([signature, &bytes].concat(), "a.txt.zst");
            }
        }
    }
}
