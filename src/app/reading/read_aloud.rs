//! What is read out to a reader who is told the text rather than shown it.
//!
//! Of a page that shows the eye chooses what it reads. A listener hears one stretch after the other, so every
//! step is about a stretch: a page, a paragraph, a sentence, a line, a quotation. Steps go on from the end of
//! what was heard, or back from its start, and any line may be the last.

use super::find::Find;
use crate::app::Model;
use crate::app::reading::direction::StepDirection;
use crate::config::{Action, Context};
use crate::layout::Line;
use crate::library::ArticleId;
use crate::text::Span;

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReadStretch {
    /// As much as a page holds.
    #[default]
    Page,
    /// A block.
    Paragraph,
    /// A sentence.
    Sentence,
    /// A line.
    Line,
    /// A quotation, an index into the analysis.
    Quotation(usize),
    /// The sentence with the mention gone to.
    Mention,
    /// The sentence with the link gone to.
    Link,
    /// The sentence with the match gone to.
    Match,
}

/// What was read out last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadAloud {
    /// What it is.
    pub stretch: ReadStretch,
    /// Its bytes.
    pub span: Span,
    /// How many stretches there were.
    pub number: u64,
    /// The selected row of the list that takes the keys, and how many it has.
    pub row: Option<(usize, usize)>,
    place: HeardPlace,
}

/// Where the reader is: another place is read out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct HeardPlace {
    article: Option<ArticleId>,
    anchor: u32,
    quotation: Option<usize>,
    mention: Option<usize>,
    link: Option<usize>,
    found: Option<Span>,
}

impl Model {
    /// Whether the reader is told what there is.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.settings.screen_reader
    }

    /// Reads out the place that was gone to. While one types, or is in a list, nothing is.
    pub(crate) fn settle_hearing(&mut self) {
        self.hearing.row = self.list().map(|(selection, len)| (selection.row, len));
        let is_reading = self.prompt.is_none() && self.context() == Context::Reader;
        let find = self.reader.find.as_ref();
        let is_looking = self.has_far_to_go() || find.is_some_and(|find| find.is_waiting);
        if !self.is_told() || !is_reading || is_looking || self.reader.content.is_none() {
            return;
        }
        let place = self.place();
        let is_asked_again = self.done.action == Some(Action::Redraw) && self.done.is_new;
        self.done.is_new = false;
        if place == self.hearing.place && !is_asked_again {
            return;
        }
        let stretch = if is_asked_again {
            Some(self.hearing.stretch)
        } else {
            self.stretch_of(&place)
        };
        if let Some(stretch) = stretch
            && let Some(span) = self.span_of(stretch)
        {
            self.hearing.stretch = stretch;
            self.hearing.span = span;
            self.hearing.number += 1;
        }
        self.hearing.place = place;
    }

    fn place(&self) -> HeardPlace {
        let reader = &self.reader;
        HeardPlace {
            article: reader.article,
            anchor: reader.anchor,
            quotation: reader.quotation,
            mention: reader.mention,
            link: reader.link,
            found: reader.find.as_ref().and_then(Find::current_span),
        }
    }

    /// What of a new place is read out; nothing when one only let go of something.
    fn stretch_of(&self, place: &HeardPlace) -> Option<ReadStretch> {
        let old = match &self.hearing.place {
            old if old.article == place.article => old.clone(),
            _ => HeardPlace::default(),
        };
        Some(match (place.quotation, self.done.action) {
            (Some(index), _) if old.quotation != place.quotation => ReadStretch::Quotation(index),
            _ if place.link.is_some() && old.link != place.link => ReadStretch::Link,
            _ if place.mention.is_some() && old.mention != place.mention => ReadStretch::Mention,
            _ if place.found.is_some() && old.found != place.found => ReadStretch::Match,
            _ if old.article.is_none() => ReadStretch::Page,
            _ if old.anchor == place.anchor => return None,
            (_, Some(Action::LineDown | Action::LineUp)) => ReadStretch::Line,
            (_, Some(Action::NextSentence | Action::PreviousSentence)) => ReadStretch::Sentence,
            (_, Some(Action::NextParagraph | Action::PreviousParagraph)) => ReadStretch::Paragraph,
            _ => ReadStretch::Page,
        })
    }

    fn span_of(&self, stretch: ReadStretch) -> Option<Span> {
        let reader = &self.reader;
        let at = reader.anchor;
        match stretch {
            ReadStretch::Page => {
                let end = reader.spread.end.max(at);
                Some(Span::new(at, end))
            }
            ReadStretch::Paragraph => {
                let blocks = reader.document()?.blocks.iter();
                let mut spans = blocks.map(|block| block.span);
                spans.find(|span| at < span.end)
            }
            ReadStretch::Line => {
                let line = |line: &&Line| line.span.end > at;
                reader.lines().find(line).map(|line| line.span)
            }
            ReadStretch::Quotation(index) => Some(reader.quotations().get(index)?.span),
            ReadStretch::Link => self.sentence_at(reader.current_link()?.0.start),
            ReadStretch::Mention => {
                let mention = reader.mentions().get(reader.mention?)?;
                self.sentence_at(mention.span.start)
            }
            ReadStretch::Match => self.sentence_at(reader.find.as_ref()?.current_span()?.start),
            ReadStretch::Sentence => self.sentence_at(at),
        }
    }

    /// Before a step, the place is the edge of what was heard on the side one steps to.
    pub(crate) fn stand_at_the_edge(&mut self, direction: StepDirection) {
        let heard = self.hearing.span;
        let edge = match direction {
            StepDirection::Backward => heard.start,
            StepDirection::Forward => self.last_heard(heard),
        };
        self.reader.put_at_top(edge);
    }

    /// Where the last character of a stretch starts.
    fn last_heard(&self, heard: Span) -> u32 {
        let text = self
            .reader
            .document()
            .map(|document| heard.of(&document.text));
        let last = text.and_then(|text| text.chars().next_back());
        let length = last.map_or(0, |last| u32::try_from(last.len_utf8()).unwrap_or(0));
        heard.end.saturating_sub(length)
    }

    /// Goes on behind what was heard by so many pages, if there is more.
    pub(crate) fn read_on(&mut self, times: u32) {
        let mut end = self.hearing.span.end;
        for _ in 0..times {
            let blocks = self
                .reader
                .document()
                .map_or(&[][..], |document| &document.blocks);
            let Some(last) = blocks.last().filter(|block| block.span.end > end) else {
                return;
            };
            let next = blocks
                .iter()
                .find(|block| block.span.end > end)
                .unwrap_or(last);
            end = end.max(next.span.start);
            self.reader.put_at_top(end);
            end = self.reader.spread.end;
        }
    }
}
