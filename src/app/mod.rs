//! State in, state out: the model of the program and how it changes.
//!
//! [`update::update`] takes a [`Message`](protocol::message::Message), changes the [`Model`] and returns the
//! [`Effect`]s the shell shall run. Nothing here draws, reads a file or waits.

pub mod state;
pub mod timeline;
pub mod update;

pub mod command;
pub mod corrections;
pub mod lists;
pub mod people;
pub mod side;

pub mod contents;
pub(crate) mod folder;
pub mod protocol;
pub mod reading;
pub mod screens;
pub mod search;
pub mod window;

use std::collections::{BTreeSet, VecDeque};

use crate::analysis::CountryCode;
use crate::config::settings::When;
use crate::config::theme::{Depth, Ground};
use crate::config::{Action, Context, Pending, Settings, Theme};
use crate::library::{ArticleId, DateOrder, Library, Location};

use crate::app::protocol::notice::Notice;
use crate::app::reading::target::Jump;
use crate::app::screens::help::HelpRow;
use crate::world::Dots;
use command::prompt::Prompt;
use contents::groups::{ArticleGroups, ContentsRow};
use corrections::CorrectionScreen;
use lists::FilteredList;
use people::PeopleList;
use protocol::effect::Effect;
use reading::jump_list::{JumpList, Spot};
use reading::opening::ArticleOpening;
use reading::read_aloud::ReadAloud;
use reading::reader::OpenArticle;
use screens::echoes::EchoList;
use screens::world::WorldScreen;
use search::hits::HitList;
use search::saved::SavedSearches;
use side::SidePanel;
use state::SavedState;
use timeline::TimelineScreen;
use window::geometry::{Panes, Regions};

/// What covers the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// The list of articles.
    Contents,
    /// Everyone quoted in the folder.
    People,
    /// The countries of the folder.
    World,
    /// What is chosen over time.
    Timeline,
    /// Where else the words of a quotation stand.
    Echoes,
    /// The hits of a search in the folder.
    Hits,
    /// The saved searches.
    Saved,
    /// What somebody said in the folder.
    Said,
    /// The correction that is being made.
    Correct,
    /// The links of the open article.
    Links,
    /// The keys.
    Help,
    /// The side panel over the whole screen, where it has no room beside the text.
    Side,
}

/// Which pane beside or around the text takes the keys while nothing covers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Focus {
    /// The text.
    #[default]
    Text,
    /// The side panel.
    Side,
    /// The list of articles.
    List,
}

/// How the folder is being read.
#[derive(Debug, Clone, Default)]
pub struct FolderScan {
    /// Whether all files are listed.
    pub is_done: bool,
    /// What could not be listed, as sentences.
    pub problems: Vec<String>,
    /// How often it was walked.
    pub rounds: u32,
    /// Files to be looked into, by their first articles.
    to_look_into: VecDeque<ArticleId>,
    /// How many were known when the lists were worked out last.
    n_listed_of: usize,
    /// How many were found when the list of articles was worked out last.
    n_found_at: usize,
    /// How many are being looked into.
    n_looked_into: usize,
    /// What was found so far while it is walked again.
    found_again: Option<BTreeSet<ArticleId>>,
    /// Whether it is compared with what was known of it the last time.
    is_compared: bool,
}

/// What the reader chose for the looks while the program runs.
#[derive(Debug, Clone)]
pub struct Looks {
    /// Name of the theme, or what stands for one that fits the ground.
    pub theme_name: String,
    /// The theme.
    pub theme: Theme,
    /// What the terminal's letters stand on, as far as that is known.
    pub ground: Option<Ground>,
    /// How many colors the terminal has.
    pub depth: Depth,
    /// Side panel, list and columns.
    pub panes: Panes,
    /// Whether right edges are even.
    pub justify: When,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Whether the terminal may be told where links lead.
    pub links: bool,
    /// How dates are written.
    pub dates: DateOrder,
}

/// What the program is started with.
#[derive(Debug)]
pub struct Start {
    /// The configuration.
    pub settings: Settings,
    /// How many colors the terminal has.
    pub depth: Depth,
    /// What its letters stand on, as far as the environment tells.
    pub ground: Option<Ground>,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Whether it may be told where links lead.
    pub links: bool,
    /// How dates are written.
    pub dates: DateOrder,
    /// How maps are drawn.
    pub dots: Dots,
    /// Absolute path of the folder or file read, by which its last article is remembered.
    pub root: String,
    /// Where the reader was.
    pub state: SavedState,
}

/// Everything the program knows while it runs.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that do not exclude each other"
)]
pub struct Model {
    /// The configuration.
    pub settings: Settings,
    /// What the reader chose for the looks.
    pub looks: Looks,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Where everything is on the screen.
    pub regions: Regions,
    /// The articles.
    pub library: Library,
    /// How the folder is being read.
    pub scan: FolderScan,
    /// The open article.
    pub reader: OpenArticle,
    /// Speakers, quotations and countries beside it.
    pub side: SidePanel,
    /// What covers the reader, the topmost last.
    pub screens: Vec<Screen>,
    /// Which pane takes the keys.
    pub focus: Focus,
    /// The list of articles.
    pub contents: FilteredList<ContentsRow>,
    /// How they are grouped.
    pub groups: ArticleGroups,
    /// Only unread articles are listed.
    pub unread_only: bool,
    /// Everyone quoted in the folder.
    pub people: PeopleList,
    /// What one of them said.
    pub said: people::quotations::SpeakerQuotes,
    /// The correction that is being made.
    pub correcting: CorrectionScreen,
    /// The countries of the folder.
    pub world: FilteredList<CountryCode>,
    /// The map beside them.
    pub atlas: WorldScreen,
    /// What is chosen over time.
    pub timeline: TimelineScreen,
    /// The links of the open article: their words and targets.
    pub links: FilteredList<(String, String)>,
    /// The keys.
    pub help: FilteredList<HelpRow>,
    help_context: Context,
    /// Where else the words of the quotation stand that one is at.
    pub echoes: EchoList,
    /// The hits of the search in the folder.
    pub hits: HitList,
    /// The saved searches.
    pub saved: SavedSearches,
    /// The line one types in.
    pub prompt: Option<Prompt>,
    /// A text over the screen, closed by any key.
    pub popup: Option<Popup>,
    /// The keys pressed so far of an unfinished command.
    pub pending: Pending,
    /// What the reader asked for last.
    pub done: LastAction,
    /// What is read out, when the reader is told the text.
    pub hearing: ReadAloud,
    /// What the status line says.
    pub notice: Option<Notice>,
    /// Earlier notices, newest last.
    pub notices: Vec<Notice>,
    /// How many there ever were.
    pub n_notices: u64,
    /// What is kept between runs.
    pub state: SavedState,
    /// Whether the program shall end.
    pub is_over: bool,
    /// By which signal it was asked to end, if by one.
    pub signal: Option<i32>,
    dots: Dots,
    root: String,
    jumps: JumpList,
    last_jump: Option<Jump>,
    opening: Option<ArticleOpening>,
    /// Number of the newest question, and of the newest of each kind.
    generation: u64,
    pages_generation: u64,
    find_generation: u64,
    hits_generation: u64,
    /// Where the search in the article starts from.
    find_from: u32,
    /// The hits shown answer an older question.
    hits_are_stale: bool,
    /// The hits shown stay, only the numbers of all are wanted.
    hits_are_only_counted: bool,
    shelves: search::shelf::Shelves,
    effects: Vec<Effect>,
    /// The lists over the folder and the article do not fit any more.
    folder_is_stale: bool,
    /// The page or the choice is another one than the side panel shows.
    side_is_stale: bool,
}

/// What the reader asked for last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LastAction {
    /// The action.
    pub action: Option<Action>,
    /// How many there were.
    pub number: u64,
    /// Whether it was not read out yet what came of it.
    is_new: bool,
}

/// A text over the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Popup {
    /// Its heading.
    pub title: String,
    /// Its paragraphs.
    pub text: String,
}

impl Model {
    /// The model at the start, before any file is known.
    #[must_use]
    pub fn new(start: Start) -> Self {
        let looks = Looks::of(&start);
        let settings = start.settings;
        let mut model = Self {
            looks,
            size: start.size,
            regions: Regions::default(),
            library: folder::empty_library(&settings),
            scan: FolderScan::default(),
            reader: OpenArticle::told(settings.screen_reader),
            side: SidePanel::default(),
            screens: Vec::new(),
            focus: Focus::Text,
            contents: FilteredList::default(),
            groups: ArticleGroups::new(settings.contents.group_similar),
            unread_only: settings.contents.unread_only,
            people: PeopleList::default(),
            said: people::quotations::SpeakerQuotes::default(),
            correcting: CorrectionScreen::default(),
            world: FilteredList::default(),
            atlas: WorldScreen::default(),
            timeline: TimelineScreen::default(),
            dots: start.dots,
            links: FilteredList::default(),
            help: FilteredList::default(),
            help_context: Context::Reader,
            echoes: EchoList::default(),
            hits: HitList::default(),
            saved: SavedSearches::default(),
            prompt: None,
            popup: None,
            pending: Pending::default(),
            done: LastAction::default(),
            hearing: ReadAloud::default(),
            notice: None,
            notices: Vec::new(),
            n_notices: 0,
            state: start.state,
            is_over: false,
            signal: None,
            root: start.root,
            jumps: JumpList::default(),
            last_jump: None,
            opening: None,
            generation: 0,
            pages_generation: 0,
            find_generation: 0,
            hits_generation: 0,
            find_from: 0,
            hits_are_stale: false,
            hits_are_only_counted: false,
            shelves: search::shelf::Shelves::default(),
            effects: Vec::new(),
            folder_is_stale: false,
            side_is_stale: false,
            settings,
        };
        model.settle();
        model
    }

    /// The pane that takes the keys.
    #[must_use]
    pub fn context(&self) -> Context {
        match self.screens.last() {
            Some(Screen::Contents) => Context::Contents,
            Some(Screen::People) => Context::People,
            Some(Screen::World) => Context::World,
            Some(Screen::Timeline) => Context::Timeline,
            Some(Screen::Echoes) => Context::Echoes,
            Some(Screen::Hits) => Context::Finder,
            Some(Screen::Saved) => Context::Saved,
            Some(Screen::Said) => Context::Said,
            Some(Screen::Correct) => Context::Correct,
            Some(Screen::Links) => Context::Links,
            Some(Screen::Help) => Context::Help,
            Some(Screen::Side) => Context::Side,
            None => match self.focus {
                Focus::Text => Context::Reader,
                Focus::Side => Context::Side,
                Focus::List => Context::Contents,
            },
        }
    }

    /// How fine the signs are that the terminal can show.
    #[must_use]
    pub fn dots(&self) -> Dots {
        self.dots
    }

    /// The name of the folder or file that is read.
    #[must_use]
    pub fn folder_name(&self) -> &str {
        let name = self.root.trim_end_matches('/').rsplit('/').next();
        name.filter(|name| !name.is_empty()).unwrap_or(&self.root)
    }

    /// Whether an article is on its way and none is open.
    #[must_use]
    pub fn is_opening(&self) -> bool {
        self.opening.is_some()
    }

    /// Whether an answer is on its way that the next frame should wait a moment for.
    #[must_use]
    pub fn awaits_answer(&self) -> bool {
        self.awaits_article()
            || (self.hits_are_stale && self.screens.last() == Some(&Screen::Hits))
            || self
                .reader
                .find
                .as_ref()
                .is_some_and(|find| find.is_waiting)
    }

    /// Brings everything derived up to date: rectangles, page, lists.
    fn settle(&mut self) {
        self.regions = if self.is_told() {
            Regions::told(self.size.0, self.size.1)
        } else {
            Regions::of(self.size.0, self.size.1, self.looks.panes)
        };
        self.settle_focus();
        let (measure, shape) = (self.measure(), self.shape());
        if self.reader.settle(&measure, shape) && self.reader.content.is_some() {
            self.side_is_stale = true;
            self.count_pages();
        }
        if std::mem::take(&mut self.folder_is_stale) {
            self.settle_speakers();
            self.refresh_lists();
            self.side.refresh(&self.reader, &self.library);
        } else if std::mem::take(&mut self.side_is_stale) {
            self.side.follow(&self.reader, &self.library);
        }
        self.follow_echoes();
        self.settle_selections();
        self.settle_search();
        self.settle_saved();
        match self.screens.last() {
            Some(Screen::World) => self.settle_map(),
            Some(Screen::Timeline) => self.settle_timeline(),
            _ => {}
        }
    }

    fn settle_focus(&mut self) {
        let exists = match self.focus {
            Focus::Text => true,
            Focus::Side => self.regions.side.is_some(),
            Focus::List => self.regions.list.is_some(),
        };
        if !exists {
            self.focus = Focus::Text;
        }
        if self.regions.side.is_some() {
            self.screens.retain(|screen| *screen != Screen::Side);
        }
    }

    fn here(&self) -> Option<Spot> {
        Some(Spot {
            article: self.reader.article?,
            offset: self.reader.anchor,
        })
    }

    /// Tells the reader something.
    fn say(&mut self, notice: Notice) {
        self.n_notices += 1;
        self.notices.push(notice.clone());
        if self.notices.len() > 200 {
            self.notices.remove(0);
        }
        self.notice = Some(notice);
    }

    fn location_of(&self, id: ArticleId) -> Option<Location> {
        self.library.location(id)
    }
}
