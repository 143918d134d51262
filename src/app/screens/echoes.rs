//! Echoes: the words of the quotation one is at, as other articles quote them.
//!
//! The library names the articles that may hold them; they are read and compared behind the loop, and
//! anew when another quotation is come to or more of the folder is known.

use crate::app::protocol::answers::Echo;
use ratatui::layout::Rect;

use crate::app::lists::selection::ListSelection;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::notice::Notice;
use crate::app::reading::target::Target;
use crate::app::reading::who::{Who, who_said};
use crate::app::{Focus, Model, Screen};
use crate::config::Context;
use crate::library::{ArticleId, fingerprints_of};
use crate::search::QuotedWords;

/// The most articles that are compared.
const MOST_COMPARED: usize = 100;

/// The echoes of the quotation one is at.
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
    pub fn selected(&self) -> Option<&Echo> {
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

    /// Whether the words stand under another name there.
    #[must_use]
    pub fn is_by_another(&self, echo: &Echo) -> bool {
        let surname = |name: &str| name.rsplit(' ').next().map(str::to_lowercase);
        match (&self.speaker, &echo.speaker) {
            (Some(here), Some(there)) => surname(here) != surname(there),
            _ => false,
        }
    }
}

impl Model {
    /// Looks for the quotation one is at in the rest of the folder, when it is another one than before.
    pub(crate) fn follow_echoes(&mut self) {
        let Some(article) = self
            .reader
            .article
            .filter(|_| self.reader.analysis().is_some())
        else {
            return;
        };
        let index = self.reader.current_quotation();
        let (known, all) = (self.library.n_surveyed(), self.library.len());
        // Compared once at first, and once more when the folder is known to its end.
        let known = if self.scan.is_done && known == all {
            all
        } else {
            0
        };
        let of = (article, index, known);
        if self.echoes.of == Some(of) {
            return;
        }
        let is_same_quotation = self
            .echoes
            .of
            .is_some_and(|(old, at, _)| (old, at) == (article, index));
        if !is_same_quotation {
            self.echoes.found.clear();
            self.echoes.selection = ListSelection::default();
        }
        self.echoes.of = Some(of);
        self.echoes.is_searching = false;
        if let Some(index) = index {
            self.compare(article, index);
        }
    }

    fn compare(&mut self, article: ArticleId, index: usize) {
        let (Some(document), Some(quotation)) =
            (self.reader.document(), self.reader.quotations().get(index))
        else {
            return;
        };
        let quoted = QuotedWords::of(document, quotation.span);
        let fingerprints = fingerprints_of(&document.text, quotation.span);
        self.echoes.speaker = match who_said(&self.reader, index) {
            Who::Named(name) => Some(name),
            Who::Unknown => None,
        };
        self.generation += 1;
        self.echoes.generation = self.generation;
        self.echoes.quoted = Some((article, quoted));
        self.echoes.is_searching = true;
        let duplicates = self.library.duplicates().clone();
        self.effects
            .push(Effect::Trace(self.generation, fingerprints, duplicates));
    }

    /// Takes in which articles may hold the words of the quotation, and asks for a comparison.
    pub(crate) fn traced(&mut self, generation: u64, articles: Vec<ArticleId>) {
        let is_wanted = generation == self.echoes.generation;
        let Some((article, quoted)) = self.echoes.quoted.take_if(|_| is_wanted) else {
            return;
        };
        let likely = articles.into_iter();
        let others = likely.filter(|&id| id != article).take(MOST_COMPARED);
        let others = others.filter_map(|id| Some((id, self.location_of(id)?)));
        let articles: Vec<_> = others.collect();
        if articles.is_empty() {
            self.compared(generation, Vec::new());
            return;
        }
        self.effects.push(Effect::Compare {
            generation,
            quoted,
            articles,
        });
    }

    /// Takes in which articles quote the same words.
    pub(crate) fn compared(&mut self, generation: u64, mut echoes: Vec<Echo>) {
        if generation != self.echoes.generation {
            return;
        }
        let library = &self.library;
        let date = |echo: &Echo| {
            library
                .article(echo.article)
                .and_then(|entry| Some(entry.date()?.when))
        };
        echoes.sort_by_cached_key(|echo| {
            let date = date(echo);
            (date.is_none(), date, echo.article)
        });
        self.echoes.found = echoes;
        self.echoes.is_searching = false;
        if self.context() == Context::Echoes && self.echoes.found.is_empty() {
            self.screens.pop();
            self.say_no_echo();
        }
    }

    /// Lists where else the words of the quotation stand.
    pub(crate) fn show_echoes(&mut self) {
        if self.context() == Context::Echoes {
            self.screens.pop();
        } else if self.reader.current_quotation().is_none() {
            self.say(Notice::info("no quotation here; \" goes to the next one"));
        } else if self.echoes.found.is_empty() && !self.echoes.is_searching {
            self.say_no_echo();
        } else {
            self.screens.retain(|screen| *screen != Screen::Side);
            self.screens.push(Screen::Echoes);
        }
    }

    fn say_no_echo(&mut self) {
        let text = format!("no other article has these words{}", self.still_reading());
        self.say(Notice::info(text));
    }

    /// Opens the selected echo at its place.
    pub(crate) fn open_echo(&mut self) {
        let Some(echo) = self.echoes.selected() else {
            return;
        };
        let (article, target) = (echo.article, Target::At(echo.span));
        self.screens.clear();
        self.focus = Focus::Text;
        self.remember_place();
        self.open(article, target);
    }
}
