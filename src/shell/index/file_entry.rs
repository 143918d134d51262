//! What the index stores for a file.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::day::day_number;
use super::fingerprint::Fingerprint;
use crate::analysis::Analysis;
use crate::app::protocol::compute;
use crate::document::{self, ArticleReader, Document, Warned};
use crate::library::{PackedSurvey, Survey};
use crate::search::record;
use crate::search::terms::Terms;
use crate::text::hash::hash;

/// A file that was read and analyzed.
pub(crate) struct FileEntry {
    pub(super) file: Arc<Path>,
    pub(super) fingerprint: Fingerprint,
    pub(super) hash: u64,
    /// The surveys of its articles, or why there are none.
    pub(super) surveys: Vec<u8>,
    pub(super) articles: Vec<ArticleEntry>,
}

/// An article of such a file.
pub(super) struct ArticleEntry {
    pub(super) day: Option<i64>,
    pub(super) terms: Terms,
    pub(super) analysis: Vec<u8>,
    /// Its text, compressed, if extracting it from the file is expensive.
    pub(super) document: Option<Vec<u8>>,
}

impl ArticleEntry {
    fn of(document: &Document, analysis: &Analysis, packed: Option<Vec<u8>>) -> Self {
        let published = document.meta.published;
        Self {
            day: published.map(|published| day_number(published.when.date())),
            terms: Terms::of(document, analysis),
            analysis: record::write_analysis(analysis),
            document: packed,
        }
    }
}

impl FileEntry {
    /// Approximate size in memory.
    pub(super) fn bytes(&self) -> usize {
        let articles = self.articles.iter().map(|article| {
            let columns = article.terms.columns().into_iter().map(str::len);
            let document = article.document.iter().map(Vec::len);
            article.analysis.len() + columns.chain(document).sum::<usize>()
        });
        self.surveys.len() + articles.sum::<usize>()
    }

    /// The entry of a file with one article that was already read and analyzed.
    pub(crate) fn at(
        file: &Arc<Path>,
        before: Fingerprint,
        document: &Warned<Document>,
        analysis: &Analysis,
    ) -> Self {
        let survey = Survey::of(&document.value, analysis);
        Self {
            file: Arc::clone(file),
            fingerprint: before.to_store(),
            // The bytes are gone, so the file is read again even if only its time changes.
            hash: 0,
            surveys: record::write_surveys(&Ok(vec![PackedSurvey::from(survey)])),
            articles: vec![ArticleEntry::of(&document.value, analysis, None)],
        }
    }
}

/// Reads and analyzes all articles of a file. Returns their surveys, or why there are none, and the entry for the
/// index. `before` is the fingerprint that the file had before it was read.
pub(super) fn survey_file(
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
    let entry = FileEntry {
        file: Arc::clone(file),
        fingerprint: before.to_store(),
        hash,
        surveys: record::write_surveys(&surveys),
        articles,
    };
    (surveys, entry)
}

/// Packs surveys as the library keeps them.
pub(crate) fn packed(surveys: Result<Vec<Survey>, String>) -> Result<Vec<PackedSurvey>, String> {
    Ok(surveys?.into_iter().map(PackedSurvey::from).collect())
}

fn pack(document: &Warned<Document>) -> Vec<u8> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory does not fail.
    let _ = packed.write_all(&record::write_document(document));
    packed.finish().unwrap_or_default()
}

/// More bytes than any article has; stops a damaged entry from filling the memory.
const MAX_UNPACKED_BYTES: u64 = 1 << 32;

/// The article from its compressed text; `None` if that is damaged.
pub(super) fn unpack(packed: &[u8]) -> Option<Warned<Document>> {
    let mut bytes = Vec::new();
    let mut unpacked = DeflateDecoder::new(packed).take(MAX_UNPACKED_BYTES);
    unpacked.read_to_end(&mut bytes).ok()?;
    record::read_document(&bytes).ok()
}
