//! The articles that a command goes through, one at a time, with their analyses.
//!
//! If there is an index, unchanged files are not analyzed again, and a search does not even read those that cannot
//! match.

use std::collections::VecDeque;
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use super::paths::PathArguments;
use super::report::report;
use crate::analysis::{Analysis, analyze};
use crate::config::Settings;
use crate::document::{Document, Warned};
use crate::library::{Corrections, Location, Survey};
use crate::search::{Plan, record};
use crate::shell::files::{self, FileOptions};
use crate::shell::index::{Fingerprint, Index, IndexReader, KnownFiles, RowFilter};
use crate::shell::user_data::corrections_file::CorrectionsFile;

/// An analyzed article.
pub(super) struct FoundArticle {
    /// Its path as given, including the path inside the folder. Further articles of a file are numbered.
    pub path: String,
    /// The article. It is empty if texts are not [needed](ArticleStream::without_texts).
    pub document: Warned<Document>,
    /// Its analysis with the user's corrections.
    pub analysis: Analysis,
    /// The analysis before the corrections, if these changed anything.
    before_corrections: Option<Analysis>,
    /// Its key in the library.
    pub key: String,
}

impl FoundArticle {
    /// The analysis before the corrections.
    pub(super) fn uncorrected(&self) -> &Analysis {
        self.before_corrections.as_ref().unwrap_or(&self.analysis)
    }
}

/// The articles of some paths. Files that cannot be read are reported on standard error and affect the exit code.
pub(super) struct ArticleStream {
    roots: VecDeque<PathBuf>,
    walk: Option<Walk>,
    /// Articles of the last file that were not returned yet.
    pending: VecDeque<PendingArticle>,
    options: FileOptions,
    index: Option<Index>,
    /// The articles to return if they are in the index, and the files that the index has.
    only: Option<(RowFilter, KnownFiles)>,
    needs_texts: bool,
    corrections: Arc<Corrections>,
    has_failed: bool,
}

/// Files, or sentences about what could not be read.
type Walk = Box<dyn Iterator<Item = Result<PathBuf, String>>>;

/// An article with its analysis, if the index has that.
struct PendingArticle {
    location: Location,
    document: Warned<Document>,
    analysis: Option<Analysis>,
}

impl ArticleStream {
    /// All articles, read and analyzed.
    pub(super) fn new(paths: &PathArguments, settings: &Settings) -> Self {
        Self {
            roots: paths.or_configured(settings).into(),
            walk: None,
            pending: VecDeque::new(),
            options: FileOptions::of(settings),
            index: None,
            only: None,
            needs_texts: true,
            corrections: corrections(),
            has_failed: false,
        }
    }

    /// All articles, with their analyses from the index if there is one.
    pub(super) fn indexed(paths: &PathArguments, settings: &Settings) -> Self {
        let articles = Self::new(paths, settings);
        let index = Index::covering(&paths.or_configured(settings), &articles.options);
        Self { index, ..articles }
    }

    /// The same without texts.
    pub(super) fn without_texts(paths: &PathArguments, settings: &Settings) -> Self {
        let articles = Self::indexed(paths, settings);
        Self {
            // Corrections of single quotations refer to their words.
            needs_texts: !articles.corrections.is_empty(),
            ..articles
        }
    }

    /// The articles that may match a query.
    pub(super) fn matching(plan: &Plan, paths: &PathArguments, settings: &Settings) -> Self {
        Self::indexed(paths, settings).only(&|reader| reader.rows(plan))
    }

    /// Leaves out articles whose survey in the index does not meet a condition.
    pub(super) fn surveyed(self, is_wanted: &dyn Fn(&Survey) -> bool) -> Self {
        self.only(&|reader| {
            let last = reader.last_row()?;
            Some(RowFilter::new(reader.surveyed(is_wanted)?, last))
        })
    }

    fn only(self, rows: &dyn Fn(&IndexReader) -> Option<RowFilter>) -> Self {
        let load = |reader: &IndexReader| {
            let _snapshot = reader.snapshot()?;
            Some((rows(reader)?, KnownFiles::of(reader)?))
        };
        // The index has no corrections, so with some it cannot rule out a speaker.
        let index = self.index.as_ref();
        let only = index
            .filter(|_| self.corrections.is_empty())
            .and_then(|index| index.ask(load));
        Self { only, ..self }
    }

    /// 0, or 2 if a file could not be read.
    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(if self.has_failed { 2 } else { 0 })
    }

    /// The same, but 1 if nothing was found.
    pub(super) fn exit_code_of_search(&self, is_found: bool) -> ExitCode {
        if is_found || self.has_failed {
            self.exit_code()
        } else {
            ExitCode::from(1)
        }
    }

    /// The next article that can be read.
    pub(super) fn next(&mut self) -> Option<FoundArticle> {
        loop {
            if let Some(article) = self.pending.pop_front() {
                return Some(self.found(article));
            }
            let result = match self.walk.as_mut().and_then(Iterator::next) {
                Some(found) => found.and_then(|path| self.open(path)),
                None => match self.roots.pop_front()? {
                    root if root == Path::new("-") => files::standard_input(&self.options)
                        .map(|bytes| self.read(bytes, Location::from(root))),
                    root => {
                        self.walk = Some(self.walk(&root));
                        continue;
                    }
                },
            };
            if let Err(problem) = result {
                self.has_failed = true;
                report(&problem);
            }
        }
    }

    fn walk(&self, root: &Path) -> Walk {
        match &self.only {
            Some((rows, known)) => {
                let files = known.candidates(root, &self.options, rows);
                Box::new(files.into_iter())
            }
            None => Box::new(files::walk(root, &self.options)),
        }
    }

    /// Takes the articles of a file from the index, or else reads the file.
    fn open(&mut self, path: PathBuf) -> Result<(), String> {
        let location = Location::from(path);
        if let Some((file, rows)) = self.rows(&location.file) {
            if !self.is_wanted(&rows) {
                return Ok(());
            }
            if let Some(articles) = self.indexed_articles(&location, &file, rows)? {
                self.pending.extend(articles);
                return Ok(());
            }
        }
        let bytes = files::read(&location.file, &self.options)?;
        self.read(bytes, location);
        Ok(())
    }

    /// The absolute path of a file and the rows of its articles, if the file is in the index and has not changed.
    fn rows(&self, file: &Path) -> Option<(PathBuf, Range<i64>)> {
        let index = self.index.as_ref()?;
        let file = std::path::absolute(file).ok()?;
        let now = Fingerprint::at(&file)?;
        let rows = index.ask(|reader| reader.rows_of(&file, now))?;
        Some((file, rows))
    }

    fn is_wanted(&self, rows: &Range<i64>) -> bool {
        let only = self.only.as_ref();
        only.is_none_or(|(only, _)| only.may_have(rows))
    }

    /// The articles of a file with their analyses from the index; `None` if these do not fit.
    fn indexed_articles(
        &self,
        location: &Location,
        file: &Path,
        rows: Range<i64>,
    ) -> Result<Option<Vec<PendingArticle>>, String> {
        let Some(index) = &self.index else {
            return Ok(None);
        };
        let mut analyses = rows
            .clone()
            .map(|row| index.ask(|reader| reader.analysis(row)));
        let Some(analyses) = analyses.by_ref().collect::<Option<Vec<_>>>() else {
            return Ok(None);
        };
        let documents = if self.needs_texts {
            let kept = rows.map(|row| index.ask(|reader| reader.document(row)));
            match kept.collect::<Option<Vec<_>>>() {
                Some(documents) => documents,
                None => self.documents(files::read(file, &self.options)?, file),
            }
        } else {
            analyses.iter().map(|_| empty_document()).collect()
        };
        let fits = |(document, analysis): (&Warned<Document>, &Analysis)| {
            !self.needs_texts || record::fits(analysis, &document.value.text)
        };
        if documents.len() != analyses.len() || !documents.iter().zip(&analyses).all(fits) {
            return Ok(None);
        }
        let articles = documents.into_iter().zip(analyses).zip(0..);
        let article = |((document, analysis), part)| PendingArticle {
            location: Location {
                file: location.file.clone(),
                part,
            },
            document,
            analysis: Some(analysis),
        };
        Ok(Some(articles.map(article).collect()))
    }

    fn documents(&self, bytes: Vec<u8>, file: &Path) -> Vec<Warned<Document>> {
        let mut documents = Vec::new();
        let reader = &self.options.reader;
        let _ = reader.each(bytes, &file.to_string_lossy(), &mut |document| {
            documents.push(document);
            ControlFlow::Continue(())
        });
        documents
    }

    /// Applies the corrections to an article.
    fn found(&self, article: PendingArticle) -> FoundArticle {
        let PendingArticle {
            location,
            document,
            analysis,
        } = article;
        let analysis = analysis.unwrap_or_else(|| analyze(&document.value));
        let mut absolute = location.clone();
        if let Ok(file) = std::path::absolute(&location.file) {
            absolute.file = file.into();
        }
        let key = absolute.key(document.value.meta.id.as_deref());
        let corrected = self.corrections.applied(&key, &document.value, &analysis);
        let (analysis, before_corrections) = match corrected {
            Some(corrected) => (corrected, Some(analysis)),
            None => (analysis, None),
        };
        FoundArticle {
            path: location.to_string(),
            document,
            analysis,
            before_corrections,
            key,
        }
    }

    /// The user's corrections.
    pub(super) fn corrections(&self) -> &Arc<Corrections> {
        &self.corrections
    }

    /// Reads all articles of a file.
    fn read(&mut self, bytes: Vec<u8>, mut location: Location) {
        let name = location.file.to_string_lossy().into_owned();
        let reader = Arc::clone(&self.options.reader);
        let _ = reader.each(bytes, &name, &mut |document| {
            self.pending.push_back(PendingArticle {
                location: location.clone(),
                document,
                analysis: None,
            });
            location.part += 1;
            ControlFlow::Continue(())
        });
    }
}

fn empty_document() -> Warned<Document> {
    Warned {
        value: Document::default(),
        warnings: Vec::new(),
    }
}

/// The user's corrections. A problem with them is reported.
fn corrections() -> Arc<Corrections> {
    let loaded = CorrectionsFile::open(None).load();
    if let Some(problem) = &loaded.problem {
        report(problem);
    }
    Arc::new(loaded.corrections.into_iter().collect())
}
