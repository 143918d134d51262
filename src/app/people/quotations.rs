//! All quotations of one person in the folder, in the order of time.

use std::collections::BTreeMap;
use std::sync::Arc;

use ratatui::layout::Rect;

use crate::app::lists::selection::ListSelection;
use crate::app::outbox::Outbox;
use crate::app::protocol::answers::SpeakerQuote;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::questions::QuotingArticle;
use crate::app::reading::target::Target;
use crate::app::reading::who::Who;
use crate::app::screens::list_screen::{ListScreen, Request, Stepping, Surroundings};
use crate::library::{ArticleId, Library};

/// Rows of the preview with its rule, and the lowest list that has one.
const PREVIEW_ROWS: u16 = 6;
const PREVIEW_FROM: u16 = 16;

/// The quotations of a person.
#[derive(Debug, Clone, Default)]
pub struct SpeakerQuotes {
    /// The name of the person.
    pub name: String,
    /// The quotations found so far, by date, article and place.
    pub quotes: Vec<SpeakerQuote>,
    /// The selected quotation.
    pub selection: ListSelection,
    /// Whether more will arrive.
    pub is_gathering: bool,
    /// The number of the question it answers.
    generation: u64,
}

impl SpeakerQuotes {
    /// The selected quotation.
    #[must_use]
    pub fn selected_quote(&self) -> Option<&SpeakerQuote> {
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

    /// Asks for the quotations of a person.
    pub(crate) fn ask(&mut self, name: &str, library: &Library, outbox: &mut Outbox) {
        let asked = quoting(name, library);
        let generation = outbox.next_generation();
        *self = Self {
            name: name.to_owned(),
            is_gathering: true,
            generation,
            ..Self::default()
        };
        outbox.send(Effect::Gather { generation, asked });
    }

    /// Takes in further quotations.
    pub(crate) fn take(&mut self, generation: u64, quotes: Vec<SpeakerQuote>, is_done: bool) {
        if generation == self.generation {
            self.quotes.extend(quotes);
            self.is_gathering = !is_done;
        }
    }
}

/// The articles that quote a person, the oldest first, with the names they use.
fn quoting(name: &str, library: &Library) -> Vec<QuotingArticle> {
    let mut articles: BTreeMap<ArticleId, Vec<Arc<str>>> = BTreeMap::new();
    for appearance in library.people().appearances(name) {
        let names = articles.entry(appearance.article).or_default();
        names.push(appearance.name);
    }
    let dated = articles.into_iter().filter_map(|(id, names)| {
        let entry = library.article(id)?;
        let when = entry.date().map(|published| published.when);
        Some((when.is_none(), when, entry.path, id, names))
    });
    let mut dated: Vec<_> = dated.collect();
    dated.sort_unstable();
    let asked = dated.into_iter().filter_map(|(.., id, names)| {
        Some(QuotingArticle {
            article: id,
            location: library.location(id)?,
            names,
        })
    });
    asked.collect()
}

impl ListScreen for SpeakerQuotes {
    fn title(&self, _at: Surroundings<'_>) -> String {
        format!("Quotations by {}", self.name)
    }

    fn count(&self, _at: Surroundings<'_>) -> String {
        let more = if self.is_gathering { " …" } else { "" };
        format!("{}{more}", self.quotes.len())
    }

    fn n_rows(&self) -> usize {
        self.quotes.len()
    }

    fn selection(&self) -> ListSelection {
        self.selection
    }

    fn selection_mut(&mut self) -> &mut ListSelection {
        &mut self.selection
    }

    fn rows_area(&self, area: Rect, _at: Surroundings<'_>) -> Rect {
        Self::areas(area).0
    }

    fn open(&mut self, _at: Surroundings<'_>) -> Vec<Request> {
        let quote = self.selected_quote();
        let request = quote.map(|quote| {
            let speaker = Stepping::Speaker(Who::Named(self.name.clone()));
            Request::OpenFor(quote.article, Target::At(quote.span), speaker)
        });
        request.into_iter().collect()
    }

    fn is_growing(&self, _at: Surroundings<'_>) -> bool {
        self.is_gathering
    }
}
