//! The articles a command works through, one at a time, with what was found in each.
//!
//! Where there is an index, files that are as they were are not analyzed again, and a search does not even
//! read those that cannot answer it.

use std::collections::VecDeque;
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use super::{PathArguments, complain};
use crate::analysis::{Analysis, analyze};
use crate::config::Settings;
use crate::document::{Document, Warned};
use crate::library::{Corrections, Location, Survey};
use crate::search::{Plan, record};
use crate::shell::files::{self, FileOptions};
use crate::shell::index::{Fingerprint, Index, IndexReader, KnownFiles, RowFilter};
use crate::shell::user_data::corrections_file::CorrectionsFile;

/// An article, read and analyzed.
pub(super) struct FoundArticle {
    /// Its path as given, with that inside the folder; further articles of a file are numbered.
    pub path: String,
    /// The article; an empty one where its text is not [needed](ArticleStream::without_texts).
    pub document: Warned<Document>,
    /// What was found in it, with the reader's corrections.
    pub analysis: Analysis,
    /// What was found before the corrections, when that is something else.
    uncorrected: Option<Analysis>,
    /// The name under which it is remembered.
    pub key: String,
}

impl FoundArticle {
    /// What was found in it, before the corrections.
    pub(super) fn as_found(&self) -> &Analysis {
        self.uncorrected.as_ref().unwrap_or(&self.analysis)
    }
}

/// The articles of some paths. What cannot be read is told on standard error, and remembered.
pub(super) struct ArticleStream {
    roots: VecDeque<PathBuf>,
    walk: Option<Walk>,
    /// What was read of the last file and not taken yet.
    waiting: VecDeque<PendingArticle>,
    choice: FileOptions,
    index: Option<Index>,
    /// Of the articles in the index only those with these numbers, and what it knows of files.
    only: Option<(RowFilter, KnownFiles)>,
    needs_texts: bool,
    corrections: Arc<Corrections>,
    has_failed: bool,
}

/// Files, and sentences about what could not be looked into.
type Walk = Box<dyn Iterator<Item = Result<PathBuf, String>>>;

/// An article that was read; its analysis, when the index had it.
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
            waiting: VecDeque::new(),
            choice: FileOptions::of(settings),
            index: None,
            only: None,
            needs_texts: true,
            corrections: corrections(),
            has_failed: false,
        }
    }

    /// All articles; their analysis comes from the index, if there is one.
    pub(super) fn known(paths: &PathArguments, settings: &Settings) -> Self {
        let articles = Self::new(paths, settings);
        let index = Index::covering(&paths.or_configured(settings), &articles.choice);
        Self { index, ..articles }
    }

    /// The same, where only the analysis counts.
    pub(super) fn without_texts(paths: &PathArguments, settings: &Settings) -> Self {
        let articles = Self::known(paths, settings);
        Self {
            // Corrections of single quotations know them by their words.
            needs_texts: !articles.corrections.is_empty(),
            ..articles
        }
    }

    /// The articles that may answer a query.
    pub(super) fn matching(plan: &Plan, paths: &PathArguments, settings: &Settings) -> Self {
        Self::known(paths, settings).only(&|reader| reader.rows(plan))
    }

    /// Only those articles of which the survey may be so, as far as the index knows.
    pub(super) fn surveyed(self, is_so: &dyn Fn(&Survey) -> bool) -> Self {
        self.only(&|reader| {
            let last = reader.last_row()?;
            Some(RowFilter::new(reader.surveyed(is_so)?, last))
        })
    }

    fn only(self, rows: &dyn Fn(&IndexReader) -> Option<RowFilter>) -> Self {
        let together = |reader: &IndexReader| {
            let _together = reader.together()?;
            Some((rows(reader)?, KnownFiles::of(reader)?))
        };
        // The index knows nothing of corrections, so it cannot say who is not quoted.
        let index = self.index.as_ref();
        let only = index
            .filter(|_| self.corrections.is_empty())
            .and_then(|index| index.ask(together));
        Self { only, ..self }
    }

    /// 0, or 2 when something could not be read.
    pub(super) fn code(&self) -> ExitCode {
        ExitCode::from(if self.has_failed { 2 } else { 0 })
    }

    /// The same, but 1 when what was asked for was not found.
    pub(super) fn code_of_search(&self, is_found: bool) -> ExitCode {
        if is_found || self.has_failed {
            self.code()
        } else {
            ExitCode::from(1)
        }
    }

    /// The next article that can be read.
    pub(super) fn next(&mut self) -> Option<FoundArticle> {
        loop {
            if let Some(waiting) = self.waiting.pop_front() {
                return Some(self.found(waiting));
            }
            let result = match self.walk.as_mut().and_then(Iterator::next) {
                Some(found) => found.and_then(|path| self.take(path)),
                None => match self.roots.pop_front()? {
                    root if root == Path::new("-") => files::standard_input(&self.choice)
                        .map(|bytes| self.read(bytes, Location::from(root))),
                    root => {
                        self.walk = Some(self.walk(&root));
                        continue;
                    }
                },
            };
            if let Err(problem) = result {
                self.has_failed = true;
                complain(&problem);
            }
        }
    }

    fn walk(&self, root: &Path) -> Walk {
        match &self.only {
            Some((rows, known)) => {
                let files = known.without_others(root, &self.choice, rows);
                Box::new(files.into_iter())
            }
            None => Box::new(files::walk(root, &self.choice)),
        }
    }

    /// Takes the articles of a file from the index, else reads it.
    fn take(&mut self, path: PathBuf) -> Result<(), String> {
        let location = Location::from(path);
        if let Some((file, rows)) = self.rows(&location.file) {
            if !self.is_wanted(&rows) {
                return Ok(());
            }
            if let Some(articles) = self.known_articles(&location, &file, rows)? {
                self.waiting.extend(articles);
                return Ok(());
            }
        }
        let bytes = files::read(&location.file, &self.choice)?;
        self.read(bytes, location);
        Ok(())
    }

    /// The absolute path of a file that is as the index knows it, and the numbers of its articles there.
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

    /// The articles of a file with what the index knows of them; nothing when that does not fit.
    fn known_articles(
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
                None => self.documents(files::read(file, &self.choice)?, file),
            }
        } else {
            analyses.iter().map(|_| nothing()).collect()
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
        let reader = &self.choice.reader;
        let _ = reader.each(bytes, &file.to_string_lossy(), &mut |document| {
            documents.push(document);
            ControlFlow::Continue(())
        });
        documents
    }

    /// An article with the corrections laid over it.
    fn found(&self, waiting: PendingArticle) -> FoundArticle {
        let PendingArticle {
            location,
            document,
            analysis,
        } = waiting;
        let analysis = analysis.unwrap_or_else(|| analyze(&document.value));
        let mut absolute = location.clone();
        if let Ok(file) = std::path::absolute(&location.file) {
            absolute.file = file.into();
        }
        let key = absolute.key(document.value.meta.id.as_deref());
        let corrected = self.corrections.applied(&key, &document.value, &analysis);
        let (analysis, uncorrected) = match corrected {
            Some(corrected) => (corrected, Some(analysis)),
            None => (analysis, None),
        };
        FoundArticle {
            path: location.to_string(),
            document,
            analysis,
            uncorrected,
            key,
        }
    }

    /// The reader's corrections.
    pub(super) fn corrections(&self) -> &Arc<Corrections> {
        &self.corrections
    }

    /// Reads all articles of a file.
    fn read(&mut self, bytes: Vec<u8>, mut location: Location) {
        let name = location.file.to_string_lossy().into_owned();
        let reader = Arc::clone(&self.choice.reader);
        let _ = reader.each(bytes, &name, &mut |document| {
            self.waiting.push_back(PendingArticle {
                location: location.clone(),
                document,
                analysis: None,
            });
            location.part += 1;
            ControlFlow::Continue(())
        });
    }
}

fn nothing() -> Warned<Document> {
    Warned {
        value: Document::default(),
        warnings: Vec::new(),
    }
}

/// The reader's corrections; what is wrong with them is told.
fn corrections() -> Arc<Corrections> {
    let kept = CorrectionsFile::open(None).load();
    if let Some(problem) = &kept.problem {
        complain(problem);
    }
    Arc::new(kept.corrections.into_iter().collect())
}
