//! Echoes: the words of the current quotation as other articles quote them.
//!
//! The shell names the articles that may contain them, then reads and compares them. That is done once for a
//! quotation, and once more when all of the folder is known.

use ratatui::layout::Rect;

use super::list_screen::{ListScreen, Request, Selected, Surroundings};
use crate::app::folder::Folder;
use crate::app::lists::selection::ListSelection;
use crate::app::outbox::Outbox;
use crate::app::protocol::answers::Echo;
use crate::app::protocol::effect::Effect;
use crate::app::reading::reader::OpenArticle;
use crate::app::reading::target::Target;
use crate::app::reading::who::{Who, who_said};
use crate::library::{ArticleId, Library, fingerprints_of};
use crate::search::QuotedWords;

/// The most articles that are compared.
const MOST_COMPARED: usize = 100;

/// The echoes of the current quotation.
#[derive(Debug, Clone, Default)]
pub struct EchoList {
    /// The articles with the same words.
    pub found: Vec<Echo>,
    /// The selected one.
    pub selection: ListSelection,
    /// Whether articles are still being compared.
    pub is_searching: bool,
    /// Who says the words in the open article.
    pub speaker: Option<String>,
    /// The quotation they are of, and how much of the folder was known then.
    of: Option<(ArticleId, Option<usize>, usize)>,
    /// The open article and the words that are looked for.
    quoted: Option<(ArticleId, QuotedWords)>,
    generation: u64,
}

impl EchoList {
    /// Where the list is and, where there is room, the differences of the selected one.
    #[must_use]
    pub fn areas(area: Rect) -> (Rect, Option<Rect>) {
        if area.height < 7 {
            return (area, None);
        }
        let below = (area.height / 2).min(10);
        let height = area.height - below;
        let differences = Rect {
            y: area.y + height,
            height: below,
            ..area
        };
        (Rect { height, ..area }, Some(differences))
    }

    /// The selected echo.
    #[must_use]
    pub fn selected_echo(&self) -> Option<&Echo> {
        self.found.get(self.selection.row)
    }

    /// `also in 5 articles`, once that is known.
    #[must_use]
    pub fn in_words(&self) -> Option<String> {
        match self.found.len() {
            0 => None,
            1 => Some("also in 1 article".to_owned()),
            MOST_COMPARED.. => Some(format!("also in {MOST_COMPARED} or more articles")),
            count => Some(format!("also in {count} articles")),
        }
    }

    /// Whether the other article names another speaker.
    #[must_use]
    pub fn is_by_another(&self, echo: &Echo) -> bool {
        let surname = |name: &str| name.rsplit(' ').next().map(str::to_lowercase);
        match (&self.speaker, &echo.speaker) {
            (Some(here), Some(there)) => surname(here) != surname(there),
            _ => false,
        }
    }

    /// Looks in the rest of the folder for the current quotation, when it is another one than before.
    pub(crate) fn follow(&mut self, reader: &OpenArticle, folder: &Folder, outbox: &mut Outbox) {
        let Some(article) = reader.article.filter(|_| reader.analysis().is_some()) else {
            return;
        };
        let index = reader.current_quotation();
        let (known, all) = (folder.library.n_surveyed(), folder.library.len());
        let known = if folder.scan.is_done && known == all {
            all
        } else {
            0
        };
        let of = (article, index, known);
        if self.of == Some(of) {
            return;
        }
        let is_same_quotation = match self.of {
            Some((old, at, _)) => (old, at) == (article, index),
            None => false,
        };
        if !is_same_quotation {
            self.found.clear();
            self.selection = ListSelection::default();
        }
        self.of = Some(of);
        self.is_searching = false;
        if let Some(index) = index {
            self.ask(reader, (article, index), &folder.library, outbox);
        }
    }

    fn ask(
        &mut self,
        reader: &OpenArticle,
        (article, index): (ArticleId, usize),
        library: &Library,
        outbox: &mut Outbox,
    ) {
        let (Some(document), Some(quotation)) = (reader.document(), reader.quotations().get(index))
        else {
            return;
        };
        let quoted = QuotedWords::of(document, quotation.span);
        let fingerprints = fingerprints_of(&document.text, quotation.span);
        self.speaker = match who_said(reader, index) {
            Who::Named(name) => Some(name),
            Who::Unknown => None,
        };
        self.generation = outbox.next_generation();
        self.quoted = Some((article, quoted));
        self.is_searching = true;
        let duplicates = library.duplicates().clone();
        outbox.send(Effect::Trace(self.generation, fingerprints, duplicates));
    }

    /// Takes in which articles may contain the words, and has them compared; returns whether there are none.
    pub(crate) fn compare(
        &mut self,
        generation: u64,
        articles: Vec<ArticleId>,
        library: &Library,
        outbox: &mut Outbox,
    ) -> bool {
        let is_current = generation == self.generation;
        let Some((article, quoted)) = self.quoted.take_if(|_| is_current) else {
            return false;
        };
        let likely = articles.into_iter();
        let others = likely.filter(|&id| id != article).take(MOST_COMPARED);
        let others = others.filter_map(|id| Some((id, library.location(id)?)));
        let articles: Vec<_> = others.collect();
        if articles.is_empty() {
            return true;
        }
        outbox.send(Effect::Compare {
            generation,
            quoted,
            articles,
        });
        false
    }

    /// Takes in the echoes, the oldest first; returns whether they answer the newest question.
    pub(crate) fn take(
        &mut self,
        generation: u64,
        mut echoes: Vec<Echo>,
        library: &Library,
    ) -> bool {
        if generation != self.generation {
            return false;
        }
        echoes.sort_by_cached_key(|echo| {
            let entry = library.article(echo.article);
            let date = entry.and_then(|entry| Some(entry.date()?.when));
            (date.is_none(), date, echo.article)
        });
        self.found = echoes;
        self.is_searching = false;
        true
    }
}

impl ListScreen for EchoList {
    fn title(&self, _at: Surroundings<'_>) -> String {
        "The same words elsewhere".to_owned()
    }

    fn n_rows(&self) -> usize {
        self.found.len()
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
        let echo = self.selected_echo();
        let request = echo.map(|echo| Request::Open(echo.article, Target::At(echo.span)));
        request.into_iter().collect()
    }

    fn selected(&self, _at: Surroundings<'_>) -> Selected {
        let article = self.selected_echo().map(|echo| echo.article);
        article.map_or(Selected::Nothing, Selected::Article)
    }

    fn lists_articles(&self) -> bool {
        true
    }

    fn is_growing(&self, _at: Surroundings<'_>) -> bool {
        self.found.is_empty()
    }
}
