//! What the index is told of a file.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::fingerprint::Fingerprint;
use crate::analysis::Analysis;
use crate::app::protocol::compute;
use crate::document::{self, ArticleReader, Document, Published, Warned};
use crate::library::{PackedSurvey, Survey};
use crate::search::record;
use crate::search::terms::Terms;
use crate::text::hash::hash;

/// What a look inside a file told.
pub(crate) struct FileEntry {
    pub(super) file: Arc<Path>,
    pub(super) fingerprint: Fingerprint,
    pub(super) hash: u64,
    /// The surveys of its articles, or why there are none.
    pub(super) surveys: Vec<u8>,
    pub(super) articles: Vec<ArticleEntry>,
}

/// What is kept of one article.
pub(super) struct ArticleEntry {
    pub(super) day: Option<i64>,
    pub(super) terms: Terms,
    pub(super) analysis: Vec<u8>,
    pub(super) document: Option<Vec<u8>>,
}

impl ArticleEntry {
    fn of(document: &Document, analysis: &Analysis, packed: Option<Vec<u8>>) -> Self {
        Self {
            day: document.meta.published.as_ref().map(day),
            terms: Terms::of(document, analysis),
            analysis: record::write_analysis(analysis),
            document: packed,
        }
    }
}

impl FileEntry {
    /// About how much memory it takes.
    pub(super) fn bytes(&self) -> usize {
        let articles = self.articles.iter().map(|article| {
            let words: usize = article
                .terms
                .columns()
                .iter()
                .map(|words| words.len())
                .sum();
            words + article.analysis.len() + article.document.as_ref().map_or(0, Vec::len)
        });
        self.surveys.len() + articles.sum::<usize>()
    }

    /// What is kept of a file with one article, which was read and analyzed already.
    pub(crate) fn at(
        file: &Arc<Path>,
        before: Fingerprint,
        document: &Warned<Document>,
        analysis: &Analysis,
    ) -> Self {
        let survey = Survey::of(&document.value, analysis);
        Self {
            file: Arc::clone(file),
            fingerprint: before.kept(),
            // Its bytes are gone; it is read again when only its time changes.
            hash: 0,
            surveys: record::write_surveys(&Ok(vec![PackedSurvey::from(survey)])),
            articles: vec![ArticleEntry::of(&document.value, analysis, None)],
        }
    }
}

/// Reads and analyzes all articles of a file: what lists tell of them, and what the index keeps.
///
/// `before` is the fingerprint the file had before it was read.
pub(crate) fn look(
    reader: &ArticleReader,
    bytes: Vec<u8>,
    file: &Arc<Path>,
    before: Fingerprint,
) -> (Result<Vec<PackedSurvey>, String>, FileEntry) {
    let is_costly = document::is_costly(&bytes, &file.to_string_lossy());
    let hash = hash(&bytes);
    let mut articles = Vec::new();
    let surveys = compute::look(reader, bytes, file, &mut |document, analysis| {
        let packed = is_costly.then(|| pack(document));
        articles.push(ArticleEntry::of(&document.value, analysis, packed));
    });
    let surveys = packed(surveys);
    if surveys.is_err() {
        articles.clear();
    }
    let looked = FileEntry {
        file: Arc::clone(file),
        fingerprint: before.kept(),
        hash,
        surveys: record::write_surveys(&surveys),
        articles,
    };
    (surveys, looked)
}

/// What looks inside a file told, packed.
pub(crate) fn packed(surveys: Result<Vec<Survey>, String>) -> Result<Vec<PackedSurvey>, String> {
    Ok(surveys?.into_iter().map(PackedSurvey::from).collect())
}

/// The day of publication as a number that grows.
fn day(published: &Published) -> i64 {
    day_number(published.when.date())
}

/// A day as a number that grows.
pub(crate) fn day_number(day: jiff::civil::Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

fn pack(document: &Warned<Document>) -> Vec<u8> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory does not fail.
    let _ = packed.write_all(&record::write_document(document));
    packed.finish().unwrap_or_default()
}

/// The article from what was kept of it; nothing when that is damaged.
pub(super) fn unpack(packed: &[u8]) -> Option<Warned<Document>> {
    /// More than any article has.
    const MOST_BYTES: u64 = 1 << 32;
    let mut bytes = Vec::new();
    let mut unpacked = DeflateDecoder::new(packed).take(MOST_BYTES);
    unpacked.read_to_end(&mut bytes).ok()?;
    record::read_document(&bytes).ok()
}
