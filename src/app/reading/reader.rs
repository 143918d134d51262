//! The open article: which page shows, which quotation and which mention is selected, what was found.
//!
//! The place is a byte offset, [`OpenArticle::anchor`]; the page is derived from it by [`OpenArticle::settle`]
//! whenever the article, the size or the settings changed.

use crate::app::reading::direction::StepDirection;
use std::sync::Arc;

use super::content::Content;
use super::find::Find;
use crate::analysis::{Analysis, CountryCode, CountryMention, Quotation, Speaker};
use crate::document::Document;
use crate::layout::{Flow, Line, Measure, PageShape, Pages, Spread};
use crate::library::ArticleId;
use crate::text::Span;
use crate::text::segment::sentences;

/// Rows kept above the target of a jump, for context.
const CONTEXT_ROWS: i64 = 3;

/// A page of one line, so that any line can be the last.
const ONE_LINE: PageShape = PageShape {
    height_rows: 1,
    columns: 1,
};

/// The open article and the place in it.
#[derive(Debug)]
pub struct OpenArticle {
    /// Which article is open.
    pub article: Option<ArticleId>,
    /// Its text and analysis, with the names by which the folder knows the speakers.
    pub content: Option<Content>,
    /// The analysis as it was found.
    pub(crate) found: Option<Arc<Analysis>>,
    /// The version of the folder's names that the speakers were named by.
    pub(crate) named_as_of: Option<u64>,
    /// Byte offset that the first line of the page holds.
    pub anchor: u32,
    /// The lines that show.
    pub spread: Spread,
    /// All pages, once they are counted.
    pub pages: Option<Pages>,
    /// The quotation the reader went to, an index into the analysis.
    pub quotation: Option<usize>,
    /// The mention of a country the reader went to, an index into the analysis.
    pub mention: Option<usize>,
    /// The link the reader went to, an index into the inlines of the document.
    pub link: Option<usize>,
    /// What was looked for.
    pub find: Option<Find>,
    /// Whether the text is read aloud: then a jump puts its target at the top, even on the last page.
    is_read_aloud: bool,
    flow: Option<Flow>,
    laid_out: Option<(Measure, PageShape)>,
}

impl Default for OpenArticle {
    /// A reader without an article.
    fn default() -> Self {
        Self {
            article: None,
            content: None,
            found: None,
            named_as_of: None,
            anchor: 0,
            spread: empty_spread(),
            pages: None,
            quotation: None,
            mention: None,
            link: None,
            find: None,
            is_read_aloud: false,
            flow: None,
            laid_out: None,
        }
    }
}

/// The spread of no article.
fn empty_spread() -> Spread {
    Spread {
        columns: Vec::new(),
        start: 0,
        end: 0,
        is_last: true,
    }
}

impl OpenArticle {
    /// No article yet; `is_read_aloud` is for readers who hear the text.
    #[must_use]
    pub fn read_aloud(is_read_aloud: bool) -> Self {
        Self {
            is_read_aloud,
            ..Self::default()
        }
    }

    /// Opens an article at an offset; nothing of the one before stays selected.
    pub fn open(&mut self, article: ArticleId, content: Content, anchor: u32) {
        *self = Self {
            article: Some(article),
            anchor,
            ..Self::read_aloud(self.is_read_aloud)
        };
        self.found.clone_from(&content.analysis);
        self.content = Some(content);
    }

    /// Puts new content of the same article in place of the old, at an offset of the new text.
    pub fn replace(&mut self, content: Content, anchor: u32) {
        self.found.clone_from(&content.analysis);
        self.named_as_of = None;
        self.content = Some(content);
        self.anchor = anchor;
        self.quotation = None;
        self.mention = None;
        self.link = None;
        self.flow = None;
        self.pages = None;
        self.laid_out = None;
    }

    /// The article's document.
    #[must_use]
    pub fn document(&self) -> Option<&Document> {
        self.content.as_ref().map(|content| &content.document.value)
    }

    /// The analysis, once it is finished.
    #[must_use]
    pub fn analysis(&self) -> Option<&Arc<Analysis>> {
        self.content.as_ref()?.analysis.as_ref()
    }

    /// The speaker of a quotation, unless unknown.
    #[must_use]
    pub fn speaker_of(&self, index: usize) -> Option<&Speaker> {
        let analysis = self.analysis()?;
        analysis.speaker_of(analysis.quotations.get(index)?)
    }

    /// The quotations of the article.
    #[must_use]
    pub fn quotations(&self) -> &[Quotation] {
        self.analysis().map_or(&[], |analysis| &analysis.quotations)
    }

    /// The mentions of countries in the article.
    #[must_use]
    pub fn mentions(&self) -> &[CountryMention] {
        self.analysis().map_or(&[], |analysis| &analysis.countries)
    }

    /// Lays out the page if it is out of date; returns whether its measures changed, so that the
    /// pages have to be counted again.
    pub fn settle(&mut self, measure: &Measure, shape: PageShape) -> bool {
        let changed = self.laid_out.as_ref() != Some(&(measure.clone(), shape));
        if changed {
            let same_lines = self
                .laid_out
                .as_ref()
                .is_some_and(|(old, _)| old == measure);
            if !same_lines {
                self.flow = None;
            }
            self.laid_out = Some((measure.clone(), shape));
            self.pages = None;
        }
        self.lay_out();
        changed
    }

    fn lay_out(&mut self) {
        let (Some(content), Some((measure, shape))) = (&self.content, &self.laid_out) else {
            self.spread = empty_spread();
            return;
        };
        let document = &content.document.value;
        let flow = self.flow.get_or_insert_with(|| Flow::new(measure.clone()));
        self.spread = flow.spread(document, self.anchor, *shape);
    }

    /// The measure and shape the page is laid out with.
    #[must_use]
    pub fn laid_out_for(&self) -> Option<&(Measure, PageShape)> {
        self.laid_out.as_ref()
    }

    /// Turns up to `count` pages.
    pub fn turn_pages(&mut self, direction: StepDirection, count: u32) {
        for _ in 0..count.max(1) {
            let at = self.anchor;
            match direction {
                StepDirection::Forward if self.spread.is_last => break,
                StepDirection::Forward => self.anchor = self.spread.end,
                StepDirection::Backward => self.with_flow(|flow, document, anchor, shape| {
                    *anchor = flow.spread_before(document, *anchor, shape).start;
                }),
            }
            if self.anchor == at {
                break;
            }
            self.lay_out();
        }
    }

    /// Moves by lines, no further than the last page.
    pub fn scroll(&mut self, rows: i64) {
        let before = self.anchor;
        if rows > 0 {
            let last = self.last_page();
            self.with_flow(|flow, document, anchor, _| {
                *anchor = flow.line_after(document, *anchor, rows);
            });
            self.anchor = self.anchor.min(last.max(before));
        } else {
            self.with_flow(|flow, document, anchor, _| {
                *anchor = flow.line_after(document, *anchor, rows);
            });
        }
        self.lay_out();
    }

    /// The start of the last full page, or of the last line when the text is read aloud.
    pub fn last_page(&mut self) -> u32 {
        let mut start = self.anchor;
        let is_read_aloud = self.is_read_aloud;
        self.with_flow(|flow, document, _, shape| {
            let shape = if is_read_aloud { ONE_LINE } else { shape };
            start = flow.last_spread(document, shape).start;
        });
        start
    }

    /// Puts the line of an offset at the top of the page.
    pub fn put_at_top(&mut self, offset: u32) {
        self.anchor = offset;
        self.lay_out();
    }

    /// Puts the line of an offset in the middle of the first column.
    pub fn put_in_the_middle(&mut self, offset: u32) {
        let rows = self
            .laid_out
            .as_ref()
            .map_or(0, |(_, shape)| i64::from(shape.height_rows));
        self.put_with_rows_above(offset, rows / 2);
    }

    /// Brings an offset into view; a page that shows it already stays as it is.
    pub fn bring_into_view(&mut self, span: Span) {
        if self.is_read_aloud {
            self.put_at_top(span.start);
            return;
        }
        if self.shows(span.start) && (self.shows(span.end.saturating_sub(1)) || self.is_huge(span))
        {
            return;
        }
        self.put_with_rows_above(span.start, CONTEXT_ROWS);
        if !self.shows(span.start) {
            self.put_at_top(span.start);
        }
    }

    fn is_huge(&self, span: Span) -> bool {
        span.len() > self.spread.end.saturating_sub(self.spread.start)
    }

    fn put_with_rows_above(&mut self, offset: u32, rows: i64) {
        self.with_flow(|flow, document, anchor, _| {
            *anchor = flow.line_after(document, offset, -rows);
        });
        let last = self.last_page();
        if offset >= last {
            self.anchor = self.anchor.min(last);
        }
        self.lay_out();
    }

    /// Counts the pages, which takes no time for a short text: most of its lines are laid out.
    pub fn count_pages(&mut self) {
        let mut pages = None;
        self.with_flow(|flow, document, _, shape| {
            pages = flow.pages(document, shape, &mut || false);
        });
        self.pages = pages;
    }

    fn with_flow(&mut self, work: impl FnOnce(&mut Flow, &Document, &mut u32, PageShape)) {
        let (Some(content), Some((measure, shape))) = (&self.content, &self.laid_out) else {
            return;
        };
        let document = &content.document.value;
        let flow = self.flow.get_or_insert_with(|| Flow::new(measure.clone()));
        work(flow, document, &mut self.anchor, *shape);
    }

    /// Whether the byte at an offset is on the page.
    #[must_use]
    pub fn shows(&self, offset: u32) -> bool {
        self.spread.start <= offset && (offset < self.spread.end || self.spread.is_last)
    }

    /// The lines on the page, column by column.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.spread.columns.iter().flatten()
    }

    /// How far into the article the end of the page is, in percent.
    #[must_use]
    pub fn percent(&self) -> u32 {
        let length = self.document().map_or(0, |document| document.text.len());
        if self.spread.is_last || length == 0 {
            return 100;
        }
        u32::try_from(u64::from(self.spread.end) * 100 / length as u64)
            .unwrap_or(100)
            .min(100)
    }

    /// The quotation the reader is at: the one gone to while it shows, else the first on the page.
    #[must_use]
    pub fn current_quotation(&self) -> Option<usize> {
        let quotations = self.quotations();
        let chosen = self
            .quotation
            .filter(|&index| self.shows_some(quotations.get(index)));
        chosen.or_else(|| {
            let first =
                quotations.partition_point(|quotation| quotation.span.end <= self.spread.start);
            Some(first).filter(|&index| self.shows_some(quotations.get(index)))
        })
    }

    fn shows_some(&self, quotation: Option<&Quotation>) -> bool {
        let page = Span::new(
            self.spread.start,
            self.spread.end.max(self.spread.start + 1),
        );
        quotation.is_some_and(|quotation| quotation.span.overlaps(page))
    }

    /// The quotation `direction` of the present place among those that `wanted` accepts.
    #[must_use]
    pub fn next_quotation(
        &self,
        direction: StepDirection,
        wanted: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let quotations = self.quotations();
        let chosen = self
            .quotation
            .filter(|&index| self.shows_some(quotations.get(index)));
        let start = match (chosen, direction) {
            (Some(index), StepDirection::Forward) => index + 1,
            (Some(index), StepDirection::Backward) => index,
            (None, _) => quotations.partition_point(|q| q.span.start < self.spread.start),
        };
        let accepts = |index: &usize| wanted(*index);
        match direction {
            StepDirection::Forward => (start..quotations.len()).find(accepts),
            StepDirection::Backward => (0..start).rev().find(accepts),
        }
    }

    /// Goes to a quotation and selects it.
    pub fn go_to_quotation(&mut self, index: usize) {
        if let Some(span) = self.quotations().get(index).map(|quotation| quotation.span) {
            self.quotation = Some(index);
            self.bring_into_view(span);
        }
    }

    /// The mention of a country `direction` of the present place.
    #[must_use]
    pub fn next_mention(&self, direction: StepDirection, country: CountryCode) -> Option<usize> {
        let mentions = self.mentions();
        let chosen = self.mention.filter(|&index| {
            mentions
                .get(index)
                .is_some_and(|mention| self.shows(mention.span.start))
        });
        let start = match (chosen, direction) {
            (Some(index), StepDirection::Forward) => index + 1,
            (Some(index), StepDirection::Backward) => index,
            (None, _) => mentions.partition_point(|m| m.span.start < self.spread.start),
        };
        let accepts = |index: &usize| mentions.get(*index).is_some_and(|m| m.country == country);
        match direction {
            StepDirection::Forward => (start..mentions.len()).find(accepts),
            StepDirection::Backward => (0..start).rev().find(accepts),
        }
    }

    /// Selects nothing any more; returns whether a quotation or a mention was selected.
    pub fn deselect(&mut self) -> bool {
        let selected = (self.quotation.take(), self.mention.take());
        selected != (None, None)
    }

    /// Goes to a mention of a country and selects it.
    pub fn go_to_mention(&mut self, index: usize) {
        if let Some(span) = self.mentions().get(index).map(|mention| mention.span) {
            self.mention = Some(index);
            self.bring_into_view(span);
        }
    }

    /// The place that copying a sentence or opening the editor is about: the selected quotation or
    /// the present match while they show, else the top of the page.
    #[must_use]
    pub fn spot(&self) -> u32 {
        let quotation = self
            .quotation
            .and_then(|index| self.quotations().get(index));
        let quotation = quotation.map(|quotation| quotation.span.start);
        let found = self
            .find
            .as_ref()
            .and_then(Find::current_span)
            .map(|span| span.start);
        found
            .into_iter()
            .chain(quotation)
            .find(|&at| self.shows(at))
            .unwrap_or(self.anchor)
    }

    /// Moves to the block that starts `count` blocks on or back.
    pub fn step_blocks(&mut self, direction: StepDirection, count: u32) {
        let Some(document) = self.document() else {
            return;
        };
        let starts: Vec<u32> = document
            .blocks
            .iter()
            .map(|block| block.span.start)
            .collect();
        self.step_to_start(&starts, direction, count);
    }

    /// Moves to the sentence that starts `count` sentences on or back.
    pub fn step_sentences(&mut self, direction: StepDirection, count: u32) {
        let Some(document) = self.document() else {
            return;
        };
        let here = document
            .blocks
            .partition_point(|block| block.span.end <= self.anchor);
        let reach = count as usize + 1;
        let around = here.saturating_sub(reach)..(here + reach).min(document.blocks.len());
        let blocks = document.blocks.get(around).unwrap_or_default();
        let lexicon = crate::lexicon::of_language(document.meta.language.as_deref());
        let sentences =
            |span| sentences(&document.text, span, |word| lexicon.is_abbreviation(word));
        let starts: Vec<u32> = blocks
            .iter()
            .flat_map(|block| sentences(block.span))
            .map(|span| span.start)
            .collect();
        self.step_to_start(&starts, direction, count);
    }

    fn step_to_start(&mut self, starts: &[u32], direction: StepDirection, count: u32) {
        let count = count.max(1) as usize;
        let target = match direction {
            StepDirection::Forward => {
                let next = starts.partition_point(|&start| start <= self.anchor);
                (next + count - 1).min(starts.len().saturating_sub(1))
            }
            StepDirection::Backward => starts
                .partition_point(|&start| start < self.anchor)
                .saturating_sub(count),
        };
        let Some(&start) = starts.get(target) else {
            return;
        };
        let bounded = match direction {
            StepDirection::Forward => start.min(self.last_page().max(self.anchor)),
            StepDirection::Backward => start,
        };
        self.put_at_top(bounded);
    }
}
