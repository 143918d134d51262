//! Pure functions that answer the model's questions from the bytes of files.
//!
//! The shell's threads read files and call these; so can anything else that drives a model without
//! a terminal.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use super::message::Message;
use crate::analysis::{Analysis, Quotation, analyze};
use crate::app::protocol::answers::{ArticleHits, Echo, SearchHit, SpeakerQuote};
use crate::app::protocol::questions::{FindQuery, QuotingArticle};
use crate::app::reading::content::Content;
use crate::config::settings;
use crate::document::{ArticleReader, Document, Warned};
use crate::library::{ArticleId, Corrections, Location, Survey};
use crate::search::{
    CaseMatching, DiffPiece, Plan, Query, QueryScan, QuotedWords, SearchedArticle, TextFinder,
    context,
};
use crate::text::Span;
use crate::text::fold::Folded;

/// How much of the text before and after a hit is shown with it, at most.
const CONTEXT_BYTES: usize = 800;
/// How many hits of an article are listed; the others are counted and found once it is open.
const MOST_HITS: usize = 5;

/// The article at a location, whose file has these bytes.
///
/// # Errors
/// A sentence, when the file holds no such article.
pub fn read(
    reader: &ArticleReader,
    bytes: Vec<u8>,
    location: &Location,
) -> Result<Warned<Document>, String> {
    let name = location.file.to_string_lossy();
    let Some(document) = reader.part(bytes, &name, location.part) else {
        return Err(format!("{name}: the article is no longer in this file"));
    };
    match document.problem() {
        Some(problem) => Err(format!("{name}: {problem}")),
        None => Ok(document),
    }
}

/// What is to be known of every article in a file.
///
/// # Errors
/// A sentence, when the file holds none.
pub fn survey(reader: &ArticleReader, bytes: Vec<u8>, file: &Path) -> Result<Vec<Survey>, String> {
    look(reader, bytes, file, &mut |_, _| {})
}

/// Surveys every article in a file and passes each one with its analysis to `take`.
///
/// # Errors
/// A sentence, when the file holds none.
pub fn look(
    reader: &ArticleReader,
    bytes: Vec<u8>,
    file: &Path,
    take: &mut dyn FnMut(&Warned<Document>, &Analysis),
) -> Result<Vec<Survey>, String> {
    let name = file.to_string_lossy();
    let mut surveys = Ok(Vec::new());
    let _ = reader.each(bytes, &name, &mut |article| {
        if let Some(problem) = article.problem() {
            surveys = Err(format!("{name}: {problem}"));
        } else if let Ok(surveys) = &mut surveys {
            let analysis = analyze(&article.value);
            take(&article, &analysis);
            surveys.push(Survey::of(&article.value, &analysis));
        }
        ControlFlow::Continue(())
    });
    surveys
}

/// The most characters of a quotation in a list.
const MOST_SAID: usize = 640;

/// What an article quotes a person as saying.
#[must_use]
pub fn said(
    asked: &QuotingArticle,
    document: &Document,
    analysis: &Analysis,
    corrections: &Corrections,
) -> Vec<SpeakerQuote> {
    let key = asked.location.key(document.meta.id.as_deref());
    let corrected = corrections.applied_within(&key, document, analysis);
    let analysis = corrected.as_ref().unwrap_or(analysis);
    let is_wanted = |quotation: &&Quotation| {
        let speaker = analysis.speaker_of(quotation);
        speaker.is_some_and(|speaker| asked.names.iter().any(|name| **name == *speaker.name))
    };
    let quote = |quotation: &Quotation| {
        let visible = document.visible(quotation.span);
        let words = visible.split_whitespace().collect::<Vec<_>>().join(" ");
        SpeakerQuote {
            article: asked.article,
            span: quotation.span,
            words: words.chars().take(MOST_SAID).collect(),
        }
    };
    analysis
        .quotations
        .iter()
        .filter(is_wanted)
        .map(quote)
        .collect()
}

/// The quotation of an article that has most words in common with another quotation, if any has enough.
#[must_use]
pub fn echo(quoted: &QuotedWords, article: ArticleId, document: &Document) -> Option<Echo> {
    let analysis = analyze(document);
    let compare = |quotation: &Quotation| {
        let pieces = quoted.compared_with(&QuotedWords::of(document, quotation.span))?;
        Some(Echo {
            article,
            span: quotation.span,
            speaker: analysis
                .speaker_of(quotation)
                .map(|speaker| speaker.name.to_string()),
            pieces,
        })
    };
    let echoes = analysis.quotations.iter().filter_map(compare);
    // An article that repeats itself without end is compared no further.
    echoes
        .take(MOST_IN_ONE_ARTICLE)
        .max_by_key(|echo| n_same(&echo.pieces))
}

/// How many quotations of an article are looked at that echo another.
const MOST_IN_ONE_ARTICLE: usize = 8;

fn n_same(pieces: &[DiffPiece]) -> usize {
    let words = |piece: &DiffPiece| match piece {
        DiffPiece::Same(words) => words.split(' ').count(),
        DiffPiece::LeftOut(_) | DiffPiece::Added(_) => 0,
    };
    pieces.iter().map(words).sum()
}

/// How letter case counts, as the configuration says.
#[must_use]
pub fn case(case: settings::Case) -> CaseMatching {
    match case {
        settings::Case::Smart => CaseMatching::Smart,
        settings::Case::Ignore => CaseMatching::Ignore,
        settings::Case::Exact => CaseMatching::Exact,
    }
}

/// The matches in an article. `known` is its folded text from an earlier question.
#[must_use]
pub fn find(
    content: &Content,
    known: Option<Arc<Folded>>,
    wanted: &FindQuery,
    case: CaseMatching,
) -> FoundWords {
    let document = &content.document.value;
    let folded = known.unwrap_or_else(|| Arc::new(folded(document)));
    let (spans, warnings) = match wanted {
        FindQuery::Words(words) => {
            let finder = TextFinder::new(words, case);
            (
                finder.value.find_all(&document.text, &folded),
                finder.warnings,
            )
        }
        FindQuery::Query(query) => {
            let query = Query::parse_typing(query);
            let scan = QueryScan::new(&query.value, case);
            let analysis = content.analysis.as_deref();
            let article = SearchedArticle {
                path: "",
                document,
                folded: &folded,
                analysis,
            };
            (scan.value.marks(&article), scan.warnings)
        }
    };
    let warning = warnings.into_iter().next().map(|warning| warning.message);
    FoundWords {
        folded,
        spans,
        warning,
    }
}

/// What [`find`] found.
#[derive(Debug, Clone)]
pub struct FoundWords {
    folded: Arc<Folded>,
    spans: Vec<Span>,
    warning: Option<String>,
}

impl FoundWords {
    /// The answer to the question of that number.
    #[must_use]
    pub fn answers(self, generation: u64) -> Message {
        let Self {
            folded,
            spans,
            warning,
        } = self;
        Message::Found {
            generation,
            folded,
            spans,
            warning,
        }
    }
}

/// A search in the folder, one article at a time.
#[derive(Debug)]
pub struct FolderSearch {
    plan: Plan,
    scan: QueryScan,
    needs_analysis: bool,
    warning: Option<String>,
}

impl FolderSearch {
    /// The search for what the reader typed so far.
    #[must_use]
    pub fn typing(query: &str, case: CaseMatching) -> Self {
        Self::of(Query::parse_typing(query), case)
    }

    /// The search for a whole query.
    #[must_use]
    pub fn new(query: &str, case: CaseMatching) -> Self {
        Self::of(Query::parse(query), case)
    }

    fn of(query: Warned<Query>, case: CaseMatching) -> Self {
        let scan = QueryScan::new(&query.value, case);
        let mut warnings = query.warnings.into_iter().chain(scan.warnings);
        Self {
            plan: Plan::new(&query.value, case),
            scan: scan.value,
            needs_analysis: query.value.needs_analysis(),
            warning: warnings.next().map(|warning| warning.message),
        }
    }

    /// What an index can say about it.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Whether it asks about speakers, countries or quotations.
    #[must_use]
    pub fn needs_analysis(&self) -> bool {
        self.needs_analysis
    }

    /// What was odd about the question.
    #[must_use]
    pub fn warning(&self) -> Option<&str> {
        self.warning.as_deref()
    }

    /// Where it holds in an article. One that is not analyzed is so when the question needs that.
    #[must_use]
    pub fn spans(&self, article: &SearchedArticle<'_>) -> Option<Vec<Span>> {
        let is_analyzed = !self.needs_analysis || article.analysis.is_some();
        let made = (!is_analyzed).then(|| analyze(article.document));
        self.scan.hits(&SearchedArticle {
            analysis: article.analysis.or(made.as_ref()),
            ..*article
        })
    }

    /// The first few hits in an article, and how many there are.
    #[must_use]
    pub fn look(&self, id: ArticleId, article: &SearchedArticle<'_>) -> Option<ArticleHits> {
        let spans = self.spans(article)?;
        let hit = |&span| SearchHit {
            span,
            snippet: context(article.document, span, CONTEXT_BYTES),
        };
        Some(ArticleHits {
            article: id,
            n_hits: spans.len(),
            hits: spans.iter().take(MOST_HITS).map(hit).collect(),
        })
    }
}

/// An article as it is read for searches.
#[derive(Debug)]
pub struct FoldedArticle {
    /// The article.
    pub document: Document,
    folded: Folded,
}

impl FoldedArticle {
    /// Makes an article ready.
    #[must_use]
    pub fn of(document: Document) -> Self {
        Self {
            folded: folded(&document),
            document,
        }
    }

    /// The article as a search sees it; `path` is the one it is shown with.
    #[must_use]
    pub fn searched<'t>(
        &'t self,
        path: &'t str,
        analysis: Option<&'t Analysis>,
    ) -> SearchedArticle<'t> {
        SearchedArticle {
            path,
            document: &self.document,
            folded: &self.folded,
            analysis,
        }
    }
}

fn folded(document: &Document) -> Folded {
    Folded::new(&document.text, &document.hidden().collect::<Vec<_>>())
}
