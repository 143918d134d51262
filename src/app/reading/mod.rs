//! The open article: its text and the place in it, what the reader steps through, the article being opened.

pub mod content;
pub mod direction;
pub mod find;
pub mod jump_list;
pub(crate) mod links;
pub(crate) mod naming;
pub(crate) mod pages;
mod passages;
pub mod pending;
pub mod reader;
pub mod target;
pub mod who;

pub(super) mod about;
pub(super) mod copy_and_mark;
pub(super) mod jumping;
pub(super) mod matches;
pub(super) mod moving;
pub(super) mod opening;
pub mod read_aloud;

use super::folder::Folder;
use super::outbox::Outbox;
use super::protocol::effect::Effect;
use super::protocol::questions::FindQuery;
use crate::layout::Pages;
use crate::library::{ArticleId, Library};
use crate::text::Span;
use find::Find;
use jump_list::{JumpList, Spot};
use pending::ArticleOpening;
use reader::OpenArticle;
use target::Jump;

/// The open article and how the reader moves in it.
#[derive(Debug, Default)]
pub struct Reading {
    /// The open article.
    pub reader: OpenArticle,
    /// The article being opened.
    pub(super) pending: Option<ArticleOpening>,
    /// The places jumped from.
    pub(super) jumps: JumpList,
    /// The jump that is repeated.
    pub(super) last_jump: Option<Jump>,
    /// Where the search in the article starts from.
    find_from: u32,
    find_generation: u64,
    pages_generation: u64,
}

/// A narrower window has no room for the name of the open saved search.
const NARROW: u16 = 60;
/// How much of that name shows.
const MAX_SEARCH_NAME: usize = 20;

impl Reading {
    /// No article yet; `is_read_aloud` is for readers who hear the text.
    pub(super) fn new(is_read_aloud: bool) -> Self {
        Self {
            reader: OpenArticle::read_aloud(is_read_aloud),
            ..Self::default()
        }
    }

    /// The current place.
    pub(super) fn here(&self) -> Option<Spot> {
        Some(Spot {
            article: self.reader.article?,
            offset: self.reader.anchor,
        })
    }

    /// Remembers the place before a jump away from it.
    pub(super) fn remember_place(&mut self) {
        if let Some(here) = self.here() {
            self.jumps.push(here);
        }
    }

    /// Whether an article is being opened.
    #[must_use]
    pub fn is_opening(&self) -> bool {
        self.pending.is_some()
    }

    /// The article being opened or read again.
    pub(super) fn article_on_its_way(&self) -> Option<ArticleId> {
        self.pending.as_ref().map(|pending| pending.article)
    }

    /// The article being opened.
    pub(super) fn article_asked_for(&self) -> Option<ArticleId> {
        let pending = self.pending.as_ref()?;
        (!pending.is_reload).then_some(pending.article)
    }

    /// Whether the next frame should wait a moment: for an article of which nothing shows yet, or for matches.
    pub(super) fn awaits_answer(&self) -> bool {
        let awaits_article = match &self.pending {
            Some(pending) => !pending.is_shown,
            None => false,
        };
        awaits_article || self.awaits_matches()
    }

    /// Whether the place to go to in the article being opened cannot be reached yet.
    pub(super) fn has_far_target(&self) -> bool {
        match &self.pending {
            Some(pending) => pending.has_far_target(),
            None => false,
        }
    }

    /// Whether a search in the article is not answered yet.
    pub(super) fn awaits_matches(&self) -> bool {
        match &self.reader.find {
            Some(find) => find.is_waiting,
            None => false,
        }
    }

    /// Marks the open article as read once its last line was on the page.
    pub(super) fn note_reading(&self, library: &mut Library) {
        let (Some(article), Some(content)) = (self.reader.article, &self.reader.content) else {
            return;
        };
        if self.reader.spread.is_last && !content.is_partial {
            library.set_read(article, true);
        }
    }

    /// The headline of the open article.
    #[must_use]
    pub fn title(&self, library: &Library) -> String {
        let document = self.reader.document();
        let title = document.map_or("", |document| &document.meta.title);
        if !title.is_empty() {
            return title.to_owned();
        }
        match self.reader.article.and_then(|id| library.article(id)) {
            Some(article) => article.title().to_owned(),
            None => "pullquote".to_owned(),
        }
    }

    /// `3/62`, with the name of the open saved search where the window is wide enough.
    #[must_use]
    pub fn number(&self, folder: &Folder, width: u16) -> String {
        let library = &folder.library;
        let at = self.reader.article.and_then(|id| library.position(id));
        let number = match at {
            Some(at) => format!("{}/{}", at + 1, library.len()),
            None => String::new(),
        };
        match &folder.narrowed_to {
            Some(name) if width >= NARROW => {
                let name = name.chars().filter(|c| !c.is_control());
                let name: String = name.take(MAX_SEARCH_NAME).collect();
                format!("“{name}” {number}")
            }
            _ => number,
        }
    }

    /// Searches the open article; the current match will be the first at or after `from`.
    pub(super) fn look_for(&mut self, wanted: FindQuery, from: u32, outbox: &mut Outbox) {
        let Some(content) = &self.reader.content else {
            return;
        };
        let before = self.reader.find.take().unwrap_or_default();
        let generation = outbox.next_generation();
        self.find_generation = generation;
        self.find_from = from;
        let folded = before.folded.clone();
        if wanted.text().is_empty() {
            self.reader.find = folded.map(|folded| Find {
                folded: Some(folded),
                ..Find::default()
            });
            return;
        }
        outbox.send(Effect::Find {
            generation,
            content: content.clone(),
            folded,
            wanted: wanted.clone(),
        });
        self.reader.find = Some(Find {
            wanted,
            is_waiting: true,
            ..before
        });
    }

    /// Takes in the matches of a search in the open article; returns whether they answer the newest one.
    pub(super) fn take_matches(&mut self, generation: u64, found: Find) -> bool {
        let from = self.find_from;
        let Some(find) = &mut self.reader.find else {
            return false;
        };
        if generation != self.find_generation {
            return false;
        }
        *find = Find {
            wanted: std::mem::take(&mut find.wanted),
            ..found
        };
        find.start_at(from);
        let Some(span) = find.current_span() else {
            self.reader.put_at_top(from);
            return true;
        };
        // A page that was left for an earlier guess is restored first.
        if !self.reader.shows(span.start) {
            self.reader.put_at_top(from);
        }
        self.reader.bring_into_view(span);
        true
    }

    /// The page as a span that is never empty.
    pub(super) fn page(&self) -> Span {
        let spread = &self.reader.spread;
        Span::new(spread.start, spread.end.saturating_add(1))
    }

    /// Takes in the pages of the open article.
    pub(super) fn take_pages(&mut self, generation: u64, pages: Pages) {
        if generation == self.pages_generation {
            self.reader.pages = Some(pages);
        }
    }
}
