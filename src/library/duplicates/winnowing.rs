//! Fingerprints of quotations, which find the same words in other articles.
//!
//! Runs of four words are hashed, and of any four neighboring hashes the least is kept: this is
//! winnowing. Two quotations that share seven words in a row share a fingerprint, and most of those
//! that share five do. An article has about thirty; comparing those of a hundred thousand articles
//! takes a few milliseconds, so no index of them is needed.

use crate::analysis::Analysis;
use crate::document::Document;
use crate::packed::{RecordReader, RecordWriter};
use crate::text::Span;
use crate::text::words::{joined, words};

/// Words that are hashed together.
const RUN: usize = 4;
/// Of this many neighboring hashes at least one is kept.
const WINDOW: usize = 4;
/// Words that share a fingerprint for certain.
const WINDOW_WORDS: usize = RUN + WINDOW - 1;
/// A shorter quotation has no fingerprints: others have its words by chance.
pub const FEWEST_WORDS: usize = 5;
/// Further words of a quotation have no fingerprints.
pub const MOST_WORDS: usize = 400;

/// The fingerprints of a stretch of text, sorted; none if it is too short.
#[must_use]
pub fn fingerprints_of(text: &str, span: Span) -> Vec<u32> {
    let mut fingerprints = Vec::new();
    add(text, span, &mut fingerprints);
    sorted(fingerprints)
}

/// The fingerprints of all quotations in an article, sorted.
#[must_use]
pub(crate) fn fingerprints(document: &Document, analysis: &Analysis) -> Vec<u32> {
    let mut fingerprints = Vec::new();
    for quotation in analysis.quotations.iter() {
        add(&document.text, quotation.span, &mut fingerprints);
    }
    sorted(fingerprints)
}

fn sorted(mut fingerprints: Vec<u32>) -> Vec<u32> {
    fingerprints.sort_unstable();
    fingerprints.dedup();
    fingerprints.shrink_to_fit();
    fingerprints
}

/// Adds the fingerprints of a stretch of text.
fn add(text: &str, span: Span, fingerprints: &mut Vec<u32>) {
    let mut last_words = [0; RUN];
    let mut window = [u64::MAX; WINDOW];
    let mut n_words = 0;
    let mut keep_least = |window: [u64; WINDOW]| {
        let least = window.into_iter().fold(u64::MAX, u64::min);
        // The upper half is as good a hash as the whole.
        let [.., a, b, c, d] = least.to_le_bytes();
        let least = u32::from_le_bytes([a, b, c, d]);
        if fingerprints.last() != Some(&least) {
            fingerprints.push(least);
        }
    };
    for word in words(text, span).take(MOST_WORDS) {
        n_words += 1;
        push(&mut last_words, word.hash);
        if n_words >= RUN {
            push(&mut window, joined(&last_words));
        }
        if n_words >= WINDOW_WORDS {
            keep_least(window);
        }
    }
    if (FEWEST_WORDS..WINDOW_WORDS).contains(&n_words) {
        keep_least(window);
    }
}

/// Puts a number at the end and drops the first.
fn push<const N: usize>(numbers: &mut [u64; N], number: u64) {
    numbers.copy_within(1.., 0);
    numbers[N - 1] = number;
}

/// Bytes of a fingerprint that are stored. With three, one of a quotation's fingerprints is by
/// chance that of one or two articles in a hundred thousand, which costs reading those few.
const STORED_BYTES: usize = 3;

/// The part of a fingerprint that is stored.
const fn stored(fingerprint: u32) -> u32 {
    fingerprint >> 8
}

/// About how many bytes the fingerprints of an article take in its record.
pub(crate) fn n_bytes(fingerprints: &[u32]) -> usize {
    fingerprints.len() * STORED_BYTES
}

/// Appends the fingerprints of an article to its record.
pub(crate) fn write(record: &mut RecordWriter, fingerprints: &[u32]) {
    record.number(fingerprints.len() as u64);
    for &fingerprint in fingerprints {
        let [_, stored @ ..] = fingerprint.to_le_bytes();
        record.bytes(&stored);
    }
}

/// The stored fingerprints in a record.
fn each_stored(record: &[u8]) -> impl Iterator<Item = u32> {
    let mut record = RecordReader::new(record);
    let count = record.length();
    let (stored, _) = record.bytes(count.saturating_mul(STORED_BYTES)).as_chunks();
    stored
        .iter()
        .map(|&[a, b, c]| u32::from_le_bytes([a, b, c, 0]))
}

/// The fingerprints in a record. The bits that were not stored are zero.
pub(crate) fn read(record: &[u8]) -> Vec<u32> {
    each_stored(record).map(|stored| stored << 8).collect()
}

/// Fingerprints that are looked for.
pub(crate) struct FingerprintQuery {
    wanted: Vec<u32>,
    filter: BloomFilter,
}

impl FingerprintQuery {
    pub(crate) fn of(fingerprints: &[u32]) -> Self {
        let wanted: Vec<u32> = fingerprints.iter().map(|number| stored(*number)).collect();
        let filter = BloomFilter::of(&wanted);
        Self { wanted, filter }
    }

    /// How many fingerprints in a record are wanted.
    pub(crate) fn n_shared(&self, record: &[u8]) -> usize {
        let likely = each_stored(record).filter(|stored| self.filter.may_have(*stored));
        likely.filter(|stored| self.wanted.contains(stored)).count()
    }
}

/// A Bloom filter of 4,096 bits with one hash function, which rejects nearly all fingerprints that
/// are not wanted.
struct BloomFilter([u64; 64]);

impl BloomFilter {
    fn of(wanted: &[u32]) -> Self {
        let mut filter = Self([0; 64]);
        for &number in wanted {
            let (word, bit) = Self::position(number);
            filter.0[word] |= bit;
        }
        filter
    }

    fn may_have(&self, number: u32) -> bool {
        let (word, bit) = Self::position(number);
        self.0[word] & bit != 0
    }

    /// The lowest twelve bits of a fingerprint are its hash.
    const fn position(number: u32) -> (usize, u64) {
        ((number >> 6 & 63) as usize, 1 << (number & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{ArticleId, Library, ListedFile, PackedSurvey, Survey};

    fn fingerprints(text: &str) -> Vec<u32> {
        fingerprints_of(text, Span::whole(text))
    }

    const SAID: &str =
        "“We will not accept a deal that leaves the harbor unfinished, not this year.”";

    #[test]
    fn shared_words_share_a_number() {
        let all: Vec<_> = SAID.split(' ').collect();
        for part in all.windows(7) {
            let part = fingerprints(&part.join(" "));
            assert!(part.iter().any(|print| fingerprints(SAID).contains(print)));
        }
        let other =
            fingerprints("“Nobody told us that the train to the lake would be late again.”");
        assert!(
            other
                .iter()
                .all(|print| !fingerprints(SAID).contains(print))
        );
    }

    #[test]
    fn a_few_words_are_chance() {
        assert!(fingerprints("“Not this year, no.”").is_empty());
        assert_eq!(fingerprints("“Not this year and not next.”").len(), 1);
    }

    #[test]
    fn articles_come_go_and_change() {
        let mut library = Library::default();
        let set = |library: &mut Library, id: u32, fingerprints: &[u32]| {
            let id = library.add(&ListedFile {
                location: format!("{id}.txt").into(),
                path: format!("{id}.txt"),
                bytes: 0,
            });
            let fingerprints = fingerprints.iter().map(|print| print << 8).collect();
            library.set_survey(
                id,
                &PackedSurvey::from(Survey {
                    fingerprints,
                    ..Survey::default()
                }),
            );
        };
        let sharing = |library: &Library, fingerprints: &[u32]| {
            let fingerprints: Vec<u32> = fingerprints.iter().map(|print| print << 8).collect();
            library.duplicates().with_fingerprints(&fingerprints)
        };
        for id in 0..100 {
            set(&mut library, id, &[id, id + 1, 5000]);
        }
        assert_eq!(sharing(&library, &[7])[..], [6, 7].map(ArticleId));
        assert_eq!(
            sharing(&library, &[7, 8])[0],
            ArticleId(7),
            "who shares most comes first"
        );
        set(&mut library, 6, &[1]);
        library.remove(ArticleId(7));
        assert!(sharing(&library, &[7]).is_empty());
        assert_eq!(sharing(&library, &[5000]).len(), 98);
        (20..90).for_each(|id| library.remove(ArticleId(id)));
        assert_eq!(sharing(&library, &[5000]).len(), 28);
        assert_eq!(sharing(&library, &[95]), [94, 95].map(ArticleId));
    }
}
