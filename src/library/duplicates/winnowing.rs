//! Where the same words are quoted: a few numbers of every quotation of the folder, side by side.
//!
//! Of the runs of four words in a quotation every few are kept (the least of any four neighboring ones, known
//! as winnowing), so two quotations that share seven words in a row share a number, and most of those
//! that share five. Some thirty numbers an article are little enough to go through them all in a few
//! milliseconds for a hundred thousand articles, which needs no table of who has which number.

use crate::analysis::Analysis;
use crate::document::Document;
use crate::packed::{RecordReader, RecordWriter};
use crate::text::Span;
use crate::text::words::{joined, words};

/// Words of a run.
const RUN: usize = 4;
/// Of so many neighboring runs one is kept at least.
const WINDOW: usize = 4;
/// The fewest words of a quotation that is looked for elsewhere.
pub const FEWEST_WORDS: usize = 5;
/// The most words of a quotation that count.
pub const MOST_WORDS: usize = 400;

/// The numbers of a stretch of text, sorted; none when it is too short to be told from chance.
#[must_use]
pub fn fingerprints_of(text: &str, span: Span) -> Vec<u32> {
    let mut fingerprints = Vec::new();
    add_prints(text, span, &mut fingerprints);
    sorted(fingerprints)
}

/// The numbers of all quotations of an article, sorted.
#[must_use]
pub(crate) fn fingerprints(document: &Document, analysis: &Analysis) -> Vec<u32> {
    let mut fingerprints = Vec::new();
    for quotation in analysis.quotations.iter() {
        add_prints(&document.text, quotation.span, &mut fingerprints);
    }
    sorted(fingerprints)
}

fn sorted(mut fingerprints: Vec<u32>) -> Vec<u32> {
    fingerprints.sort_unstable();
    fingerprints.dedup();
    fingerprints.shrink_to_fit();
    fingerprints
}

/// Adds the numbers of a stretch of text.
fn add_prints(text: &str, span: Span, fingerprints: &mut Vec<u32>) {
    const WINDOW_WORDS: usize = RUN + WINDOW - 1;
    let mut last_words = [0; RUN];
    let mut last_runs = [u64::MAX; WINDOW];
    let mut n_words = 0;
    let mut keep_least = |runs: &[u64; WINDOW]| {
        // The upper half is as good as the whole.
        let least = runs.iter().min().map(|run| run >> 32);
        let least = least.and_then(|least| u32::try_from(least).ok());
        if least.is_some() && fingerprints.last().copied() != least {
            fingerprints.extend(least);
        }
    };
    for word in words(text, span).take(MOST_WORDS) {
        n_words += 1;
        push(&mut last_words, word.hash);
        if n_words >= RUN {
            push(&mut last_runs, joined(&last_words));
        }
        if n_words >= WINDOW_WORDS {
            keep_least(&last_runs);
        }
    }
    if (FEWEST_WORDS..WINDOW_WORDS).contains(&n_words) {
        keep_least(&last_runs);
    }
}

/// Puts a number at the end, and the first one out.
fn push<const N: usize>(numbers: &mut [u64; N], number: u64) {
    numbers.copy_within(1.., 0);
    if let Some(last) = numbers.last_mut() {
        *last = number;
    }
}

/// Bytes of a number as it is kept. By chance, one of a quotation's numbers is then that of another article once or
/// twice among a hundred thousand, which costs reading those few.
const KEPT_BYTES: usize = 3;

/// A number as it is kept.
fn kept(print: u32) -> u32 {
    print >> 8
}

/// About how many bytes the numbers of an article take in its record.
pub(crate) fn n_bytes(fingerprints: &[u32]) -> usize {
    fingerprints.len() * KEPT_BYTES
}

/// Adds the numbers of an article to its record.
pub(crate) fn write(record: &mut RecordWriter, fingerprints: &[u32]) {
    record.number(fingerprints.len() as u64);
    for &print in fingerprints {
        let [_, kept @ ..] = print.to_le_bytes();
        record.bytes(&kept);
    }
}

/// The bytes of the numbers of an article.
fn bytes(record: &[u8]) -> &[u8] {
    let mut record = RecordReader::new(record);
    let count = record.length();
    record.bytes(count.saturating_mul(KEPT_BYTES))
}

/// The numbers of an article from its record, as far as they were kept.
pub(crate) fn read(record: &[u8]) -> Vec<u32> {
    let (fingerprints, _) = bytes(record).as_chunks::<KEPT_BYTES>();
    fingerprints
        .iter()
        .map(|[a, b, c]| u32::from_le_bytes([0, *a, *b, *c]))
        .collect()
}

/// Numbers that are looked for.
pub(crate) struct FingerprintQuery {
    numbers: Vec<u32>,
    bloom: BloomFilter,
}

impl FingerprintQuery {
    pub(crate) fn of(fingerprints: &[u32]) -> Self {
        let numbers: Vec<u32> = fingerprints.iter().map(|print| kept(*print)).collect();
        let bloom = BloomFilter::of(&numbers);
        Self { numbers, bloom }
    }

    /// How many of the numbers of an article are among them.
    pub(crate) fn n_among(&self, record: &[u8]) -> usize {
        let (fingerprints, _) = bytes(record).as_chunks::<KEPT_BYTES>();
        let fingerprints = fingerprints
            .iter()
            .map(|[a, b, c]| u32::from_le_bytes([*a, *b, *c, 0]));
        let passing = fingerprints.filter(|print| self.bloom.passes(*print));
        passing.filter(|print| self.numbers.contains(print)).count()
    }
}

/// Tells nearly all numbers that are not wanted apart at once.
struct BloomFilter([u64; 64]);

impl BloomFilter {
    fn of(wanted: &[u32]) -> Self {
        let mut bloom = Self([0; 64]);
        for &print in wanted {
            let (word, bit) = Self::place(print);
            if let Some(word) = bloom.0.get_mut(word) {
                *word |= bit;
            }
        }
        bloom
    }

    fn passes(&self, print: u32) -> bool {
        let (word, bit) = Self::place(print);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    /// The lowest twelve bits choose a bit of the bloom.
    fn place(print: u32) -> (usize, u64) {
        ((print >> 6 & 63) as usize, 1 << (print & 63))
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
