//! What is read out to a reader who hears the text.
//!
//! On a page the eye chooses what it reads. A listener hears one stretch after the other, so every step is about a
//! stretch: a page, a paragraph, a sentence, a line, a quotation. Steps start at the end of what was heard, or go back
//! from its start, and any line may be the last.

use super::direction::StepDirection;
use super::find::Find;
use super::reader::OpenArticle;
use crate::app::input::LastAction;
use crate::config::Action;
use crate::layout::Line;
use crate::library::ArticleId;
use crate::text::Span;

/// What is read out.
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
    /// The sentence with the selected mention.
    Mention,
    /// The sentence with the selected link.
    Link,
    /// The sentence with the current match.
    Match,
}

/// What was read out last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadAloud {
    /// What it is.
    pub stretch: ReadStretch,
    /// Its bytes.
    pub span: Span,
    /// How many stretches have been read out.
    pub number: u64,
    /// The selected row of the list that takes the keys, and how many rows it has.
    pub row: Option<(usize, usize)>,
    place: HeardPlace,
}

/// A place in the text; a new one is read out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct HeardPlace {
    article: Option<ArticleId>,
    anchor: u32,
    quotation: Option<usize>,
    mention: Option<usize>,
    link: Option<usize>,
    found: Option<Span>,
}

impl ReadAloud {
    /// Reads out the place of the reader when it is a new one, or once more when the last action asks for that.
    pub(crate) fn follow(&mut self, reader: &OpenArticle, last: LastAction) {
        let place = HeardPlace::of(reader);
        let is_asked_again = last.is_new && last.action == Some(Action::Redraw);
        if place == self.place && !is_asked_again {
            return;
        }
        let stretch = if is_asked_again {
            Some(self.stretch)
        } else {
            self.stretch_at(&place, last.action)
        };
        if let Some(stretch) = stretch
            && let Some(span) = span_of(stretch, reader)
        {
            self.stretch = stretch;
            self.span = span;
            self.number += 1;
        }
        self.place = place;
    }

    /// What to read out at a new place; nothing when something was only deselected.
    fn stretch_at(&self, place: &HeardPlace, action: Option<Action>) -> Option<ReadStretch> {
        let old = if self.place.article == place.article {
            self.place.clone()
        } else {
            HeardPlace::default()
        };
        Some(match (place.quotation, action) {
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

    /// Where a step starts: at the end of what was heard, or at its start for a step back.
    pub(crate) fn edge(&self, reader: &OpenArticle, direction: StepDirection) -> u32 {
        match direction {
            StepDirection::Backward => self.span.start,
            StepDirection::Forward => self.last_character(reader),
        }
    }

    /// Where the last character of what was heard starts.
    fn last_character(&self, reader: &OpenArticle) -> u32 {
        let text = reader
            .document()
            .map_or("", |document| self.span.of(&document.text));
        let last = text.chars().next_back().map_or(0, char::len_utf8);
        let last = u32::try_from(last).unwrap_or(0);
        self.span.end.saturating_sub(last)
    }

    /// Moves on by so many pages from the end of what was heard.
    pub(crate) fn read_on(&self, reader: &mut OpenArticle, n_pages: u32) {
        let mut end = self.span.end;
        for _ in 0..n_pages {
            let Some(document) = reader.document() else {
                return;
            };
            let mut blocks = document.blocks.iter();
            let Some(next) = blocks.find(|block| block.span.end > end) else {
                return;
            };
            let start = end.max(next.span.start);
            reader.put_at_top(start);
            end = reader.spread.end;
        }
    }
}

impl HeardPlace {
    fn of(reader: &OpenArticle) -> Self {
        Self {
            article: reader.article,
            anchor: reader.anchor,
            quotation: reader.quotation,
            mention: reader.mention,
            link: reader.link,
            found: reader.find.as_ref().and_then(Find::current_span),
        }
    }
}

fn span_of(stretch: ReadStretch, reader: &OpenArticle) -> Option<Span> {
    let at = reader.anchor;
    match stretch {
        ReadStretch::Page => Some(Span::new(at, reader.spread.end.max(at))),
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
        ReadStretch::Link => reader.sentence_at(reader.current_link()?.0.start),
        ReadStretch::Mention => {
            let mention = reader.mentions().get(reader.mention?)?;
            reader.sentence_at(mention.span.start)
        }
        ReadStretch::Match => reader.sentence_at(reader.find.as_ref()?.current_span()?.start),
        ReadStretch::Sentence => reader.sentence_at(at),
    }
}
