//! All that a person is quoted as saying in the folder, in the order of time.

use crate::app::protocol::answers::SpeakerQuote;
use crate::app::protocol::questions::QuotingArticle;
use std::collections::BTreeMap;
use std::sync::Arc;

use ratatui::layout::Rect;

use crate::app::lists::selection::ListSelection;
use crate::app::protocol::effect::Effect;
use crate::app::reading::target::{Jump, Target};
use crate::app::reading::who::Who;
use crate::app::{Focus, Model, Screen};
use crate::library::ArticleId;

/// Rows of the preview with its rule, and the lowest list that has one.
const PREVIEW_ROWS: u16 = 6;
const PREVIEW_FROM: u16 = 16;

/// The quotations of a person.
#[derive(Debug, Clone, Default)]
pub struct SpeakerQuotes {
    /// Who.
    pub name: String,
    /// What was said, by date, article and place, as far as it is known.
    pub quotes: Vec<SpeakerQuote>,
    /// The selected quotation.
    pub selection: ListSelection,
    /// Whether more is to come.
    pub is_gathering: bool,
    /// Which question it answers.
    generation: u64,
}

impl SpeakerQuotes {
    /// The selected quotation.
    #[must_use]
    pub fn selected(&self) -> Option<&SpeakerQuote> {
        self.quotes.get(self.selection.row)
    }

    /// Where the list is and, where there is room, the whole of the selected quotation.
    #[must_use]
    pub fn areas(area: Rect) -> (Rect, Option<Rect>) {
        if area.height < PREVIEW_FROM {
            return (area, None);
        }
        let height = area.height - PREVIEW_ROWS;
        let below = Rect {
            y: area.y + height,
            height: PREVIEW_ROWS,
            ..area
        };
        (Rect { height, ..area }, Some(below))
    }
}

impl Model {
    /// Lists all that the selected person is quoted as saying.
    pub(crate) fn show_said(&mut self) {
        let Some(name) = self.people.selected() else {
            return;
        };
        let mut articles: BTreeMap<ArticleId, Vec<Arc<str>>> = BTreeMap::new();
        for appearance in self.library.people().appearances(name) {
            articles
                .entry(appearance.article)
                .or_default()
                .push(appearance.name);
        }
        let mut dated: Vec<_> = articles
            .keys()
            .filter_map(|&id| {
                let entry = self.library.article(id)?;
                let when = entry.date().map(|published| published.when);
                Some((when.is_none(), when, entry.path, id))
            })
            .collect();
        dated.sort_unstable();
        let asked = dated.into_iter().filter_map(|(.., id)| {
            Some(QuotingArticle {
                article: id,
                location: self.library.article(id)?.location.clone(),
                names: articles.remove(&id).unwrap_or_default(),
            })
        });
        let asked: Vec<QuotingArticle> = asked.collect();
        self.generation += 1;
        self.said = SpeakerQuotes {
            name: name.to_string(),
            is_gathering: true,
            generation: self.generation,
            ..SpeakerQuotes::default()
        };
        self.screens.retain(|screen| *screen != Screen::Said);
        self.screens.push(Screen::Said);
        self.effects.push(Effect::Gather {
            generation: self.generation,
            asked,
        });
    }

    /// Takes in further quotations.
    pub(crate) fn gathered(&mut self, generation: u64, quotes: Vec<SpeakerQuote>, is_done: bool) {
        if generation == self.said.generation {
            self.said.quotes.extend(quotes);
            self.said.is_gathering = !is_done;
        }
    }

    /// Opens the article of the selected quotation at its place, with the person live.
    pub(crate) fn open_said(&mut self) {
        let Some(quote) = self.said.selected().cloned() else {
            return;
        };
        let name = self.said.name.clone();
        self.screens.clear();
        self.focus = Focus::Text;
        self.remember_place();
        self.side.speaker = Some(Who::Named(name));
        self.last_jump = Some(Jump::Speaker);
        let here = self.reader.article == Some(quote.article);
        let mut quotations = self.reader.quotations().iter();
        match quotations.position(|quotation| quotation.span == quote.span) {
            Some(index) if here => self.select_quotation(index),
            _ => self.open(quote.article, Target::At(quote.span)),
        }
    }

    /// Brings the selected quotation into view.
    pub(crate) fn settle_said(&mut self) {
        let (list, _) =
            SpeakerQuotes::areas(crate::app::window::geometry::list_area(&self.regions));
        let len = self.said.quotes.len();
        self.said.selection.settle(len, usize::from(list.height));
    }
}
