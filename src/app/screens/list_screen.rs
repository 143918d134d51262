//! What a list screen is: the trait that keys, mouse, frame and narrator use, and what it may look at and ask for.

use ratatui::layout::{Position, Rect};

use crate::analysis::CountryCode;
use crate::app::folder::Folder;
use crate::app::lists::selection::ListSelection;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::notice::Notice;
use crate::app::reading::Reading;
use crate::app::reading::target::Target;
use crate::app::reading::who::Who;
use crate::app::search::Search;
use crate::app::state::SavedState;
use crate::app::window::Window;
use crate::config::{Action, Settings};
use crate::library::ArticleId;

/// What a screen may look at.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'m> {
    /// The configuration.
    pub settings: &'m Settings,
    /// What is kept between runs.
    pub state: &'m SavedState,
    /// The window.
    pub window: &'m Window,
    /// The folder with its articles.
    pub folder: &'m Folder,
    /// The open article.
    pub reading: &'m Reading,
    /// The search in the folder.
    pub search: &'m Search,
    /// What is being typed.
    pub typed: Option<&'m str>,
}

/// What a screen asks the model to do.
#[derive(Debug, Clone)]
pub enum Request {
    /// Show a notice.
    Notify(Notice),
    /// Have the shell do something.
    Send(Effect),
    /// Work out again what depends on which articles are listed.
    RefreshFolder,
    /// Close all screens.
    ShowText,
    /// Close the screen and perform an action.
    Run(Action),
    /// Close all screens and open an article where the reader left it.
    Visit(ArticleId),
    /// Close all screens and open an article at a place.
    Open(ArticleId, Target),
    /// The same, and the jump keys step through this from there on.
    OpenFor(ArticleId, Target, Stepping),
    /// Step through a country from its first mention.
    ChooseCountry(CountryCode),
    /// Step through a speaker from their first quotation.
    ChooseSpeaker(Who),
    /// Go to a quotation of the open article, an index into its analysis.
    GoToQuotation(usize),
    /// Open an article at its first quotation of a speaker.
    OpenQuotation(ArticleId, Who),
    /// List the quotations of a speaker.
    ListQuotations(String),
    /// Open the selected hit.
    OpenHit,
    /// Count all hits of the search.
    CountHits,
    /// Put something else on the timeline.
    NextTimeline,
    /// Read only the articles of a saved search, or the whole folder again.
    OpenSavedSearch(Option<String>),
    /// Go on with the selected row of a correction.
    ChooseCorrection,
}

/// What the jump keys step through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stepping {
    /// The quotations of a speaker.
    Speaker(Who),
    /// The mentions of a country.
    Country(CountryCode),
    /// The matches of a search.
    Matches,
}

/// What the selected row of a screen is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selected {
    /// Nothing that can be acted on.
    Nothing,
    /// An article.
    Article(ArticleId),
    /// A person, by name.
    Person(String),
    /// A quotation of the open article, an index into its analysis.
    Quotation(usize),
    /// A country.
    Country(CountryCode),
    /// A link, by its address.
    Link(String),
}

/// A row of a plain list, as the screen and the narrator show it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlainRow {
    /// What it is about.
    pub title: String,
    /// More about it, after the title.
    pub detail: String,
    /// Figures or dates at the right edge.
    pub note: String,
}

/// A list that covers the text or is beside it.
pub trait ListScreen {
    /// What the frame calls it.
    fn title(&self, at: Surroundings<'_>) -> String;

    /// How much it shows, as the frame says it.
    fn count(&self, _at: Surroundings<'_>) -> String {
        self.n_rows().to_string()
    }

    /// Number of rows.
    fn n_rows(&self) -> usize;

    /// The selected row and the part that shows.
    fn selection(&self) -> ListSelection;

    /// The same, to be moved.
    fn selection_mut(&mut self) -> &mut ListSelection;

    /// What the reader typed to filter by, where rows can be filtered.
    fn filter(&self) -> Option<&str> {
        None
    }

    /// Filters the rows.
    fn set_filter(&mut self, _filter: &str, _at: Surroundings<'_>) -> Vec<Request> {
        Vec::new()
    }

    /// Works the rows out again after the folder changed.
    fn refresh(&mut self, _at: Surroundings<'_>) {}

    /// Where the rows are in the area of the screen.
    fn rows_area(&self, area: Rect, _at: Surroundings<'_>) -> Rect {
        area
    }

    /// Brings the selection into view and works out what that takes.
    fn settle(&mut self, at: Surroundings<'_>) {
        let rows = self.rows_area(at.window.list_area(), at).height;
        let n_rows = self.n_rows();
        self.selection_mut().settle(n_rows, usize::from(rows));
    }

    /// Called after the selection moved by `step` rows.
    fn moved(&mut self, _step: isize, _at: Surroundings<'_>) {}

    /// What Enter does on the selected row.
    fn open(&mut self, at: Surroundings<'_>) -> Vec<Request>;

    /// What the selected row is.
    fn selected(&self, _at: Surroundings<'_>) -> Selected {
        Selected::Nothing
    }

    /// Whether its rows are articles: then keys for articles are about the selected row, never about the open article.
    fn lists_articles(&self) -> bool {
        false
    }

    /// Carries out an action in its own way; `None` leaves it to the model.
    fn perform(
        &mut self,
        _action: Action,
        _count: Option<u32>,
        _at: Surroundings<'_>,
    ) -> Option<Vec<Request>> {
        None
    }

    /// A click on something else than a row; `None` when there is nothing else at that cell.
    fn click(&mut self, _cell: Position, _at: Surroundings<'_>) -> Option<Vec<Request>> {
        None
    }

    /// Whether its rows are still being looked for.
    fn is_growing(&self, _at: Surroundings<'_>) -> bool {
        false
    }

    /// Whether more can be worked out about its rows while nothing else is to be done.
    fn has_work(&self) -> bool {
        false
    }

    /// Works out some more.
    fn work(&mut self, _at: Surroundings<'_>) {}

    /// A row of a plain list; screens that the view draws in their own way have none.
    fn plain_row(&self, _index: usize, _at: Surroundings<'_>) -> Option<PlainRow> {
        None
    }

    /// What a plain list without rows says.
    fn when_empty(&self) -> &'static str {
        "nothing here"
    }
}
