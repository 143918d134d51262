//! A folder of articles in memory, with implementations of the effects that read it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pullquote::analysis::analyze;
use pullquote::app::protocol::answers::ArticleHits;
use pullquote::app::protocol::answers::Certainty;
use pullquote::app::protocol::answers::Echo;
use pullquote::app::protocol::answers::FileSurvey;
use pullquote::app::protocol::answers::SearchProgress;
use pullquote::app::protocol::answers::SpeakerQuote;
use pullquote::app::protocol::compute;
use pullquote::app::protocol::message::Message;
use pullquote::app::protocol::questions::QuotingArticle;
use pullquote::app::reading::content::Content;
use pullquote::document::{ArticleReader, Document, Warned};
use pullquote::library::{
    ArticleId, Corrections, ListedFile, Location, PackedSurvey, SearchScope, Survey,
};
use pullquote::search::{CaseMatching, QuotedWords};

/// The path of the folder.
pub(super) const ROOT: &str = "/news";

/// The files; an unreadable one is an `Err` with the reason.
#[derive(Default)]
pub(super) struct Folder(BTreeMap<PathBuf, Result<Vec<u8>, String>>);

impl Folder {
    /// Adds a readable or unreadable file and returns its listing.
    pub(super) fn put(&mut self, path: &str, content: Result<&[u8], &str>) -> ListedFile {
        let location = location(path);
        let content = content.map(<[u8]>::to_vec).map_err(str::to_owned);
        let listed = listed(&location, &content);
        self.0.insert(location, content);
        listed
    }

    /// Removes a file and returns its path.
    pub(super) fn remove(&mut self, path: &str) -> PathBuf {
        let location = location(path);
        self.0.remove(&location);
        location
    }

    /// Lists all files.
    pub(super) fn list(&self) -> Message {
        let files = self
            .0
            .iter()
            .map(|(location, content)| listed(location, content));
        Message::Listed {
            files: files.collect(),
            is_done: true,
            problems: Vec::new(),
        }
    }

    /// An article with its analysis, or the reason it cannot be read.
    pub(super) fn open(&self, generation: u64, article: ArticleId, location: &Location) -> Message {
        match self.read(location) {
            Ok(document) => {
                let content = content(document);
                let analysis = content.analysis.as_deref();
                let survey = analysis.map(|found| Survey::of(&content.document.value, found));
                let survey = survey.map(|survey| Box::new(PackedSurvey::from(survey)));
                Message::Opened {
                    generation,
                    article,
                    survey,
                    content: Arc::new(content),
                }
            }
            Err(problem) => Message::OpenFailed {
                generation,
                article,
                problem,
            },
        }
    }

    /// The surveys of the articles of a file.
    pub(super) fn survey(&self, location: &Location) -> Result<Vec<Survey>, String> {
        compute::survey(
            &ArticleReader::default(),
            self.bytes(location)?,
            &location.file,
        )
    }

    pub(super) fn surveys(&self, articles: Vec<(ArticleId, Location)>) -> Vec<FileSurvey> {
        let surveys = |surveys: Vec<Survey>| surveys.into_iter().map(PackedSurvey::from).collect();
        let look = |(first, location): (_, Location)| FileSurvey {
            first,
            stamp: 0,
            surveys: self.survey(&location).map(surveys),
        };
        articles.into_iter().map(look).collect()
    }

    /// The hits of a search by article, and the numbers of hits inside and outside the scope.
    pub(super) fn search(
        &self,
        query: &str,
        articles: &SearchScope,
        case: CaseMatching,
    ) -> (Vec<ArticleHits>, SearchProgress) {
        let search = compute::FolderSearch::typing(query, case);
        let mut progress = SearchProgress {
            searched: (articles.len(), articles.len()),
            is_done: true,
            sure: Certainty::All,
            ..SearchProgress::default()
        };
        let mut all = Vec::new();
        for doc in articles {
            let (location, shown) = articles.located(doc);
            let Ok(document) = self.read(&location) else {
                continue;
            };
            let text = compute::FoldedArticle::of(document.value);
            let path = shown.path(&location.file);
            let found = search.look(doc.id, &text.searched(path, None));
            let Some(found) = found else { continue };
            let counts = if doc.is_inside {
                &mut progress.inside
            } else {
                &mut progress.outside
            };
            *counts = (counts.0 + found.n_hits, counts.1 + 1);
            if doc.is_inside {
                all.push(found);
            }
        }
        (all, progress)
    }

    /// The articles that match saved searches.
    pub(super) fn look_up(
        &self,
        queries: Vec<(String, String)>,
        articles: &SearchScope,
        case: CaseMatching,
    ) -> Vec<(String, Vec<ArticleId>)> {
        let answers = |(name, query): (String, String)| {
            let found = self.answers(&query, articles, case);
            (name, found)
        };
        queries.into_iter().map(answers).collect()
    }

    fn answers(&self, query: &str, articles: &SearchScope, case: CaseMatching) -> Vec<ArticleId> {
        let search = compute::FolderSearch::new(query, case);
        let answering = articles.iter().filter(|doc| {
            let (location, shown) = articles.located(doc);
            let document = self.read(&location).ok();
            document.is_some_and(|document| {
                let text = compute::FoldedArticle::of(document.value);
                let path = shown.path(&location.file);
                search.spans(&text.searched(path, None)).is_some()
            })
        });
        answering.map(|doc| doc.id).collect()
    }

    /// The echoes of a quotation in other articles.
    pub(super) fn echoes(
        &self,
        quoted: &QuotedWords,
        articles: &[(ArticleId, Location)],
    ) -> Vec<Echo> {
        let echo = |(id, location): &(ArticleId, Location)| {
            compute::echo(quoted, *id, &self.read(location).ok()?.value)
        };
        articles.iter().filter_map(echo).collect()
    }

    /// The quotations of a speaker in the articles.
    pub(super) fn said(
        &self,
        asked: &[QuotingArticle],
        corrections: &Corrections,
    ) -> Vec<SpeakerQuote> {
        let said = |asked: &QuotingArticle| {
            let document = self.read(&asked.location).ok()?.value;
            let analysis = pullquote::analysis::analyze(&document);
            Some(compute::said(asked, &document, &analysis, corrections))
        };
        asked.iter().filter_map(said).flatten().collect()
    }

    fn read(&self, location: &Location) -> Result<Warned<Document>, String> {
        compute::read(&ArticleReader::default(), self.bytes(location)?, location)
    }

    fn bytes(&self, location: &Location) -> Result<Vec<u8>, String> {
        let gone = || {
            Err(format!(
                "{}: no such file or folder",
                location.file.display()
            ))
        };
        self.0.get(&*location.file).cloned().unwrap_or_else(gone)
    }
}

fn location(path: &str) -> PathBuf {
    Path::new(ROOT).join(path)
}

fn listed(location: &Path, content: &Result<Vec<u8>, String>) -> ListedFile {
    let path = location
        .strip_prefix(ROOT)
        .unwrap()
        .to_string_lossy()
        .into_owned();
    let bytes = content.as_ref().map_or(0, |bytes| bytes.len() as u64);
    ListedFile {
        location: location.to_owned(),
        path,
        bytes,
    }
}

fn content(document: Warned<Document>) -> Content {
    Content {
        analysis: Some(Arc::new(analyze(&document.value))),
        document: Arc::new(document),
        is_partial: false,
        file_time: None,
    }
}
