//! A model without a terminal: tests send keys, effects run at once, and the screen is returned as text.
//!
//! Articles are kept in a [`Folder`] in memory; nothing waits and nothing touches the disk.

use std::collections::VecDeque;
use std::sync::Arc;

use pullquote::analysis::analyze;
use pullquote::app::protocol::answers::ArticleHits;
use pullquote::app::protocol::compute;
use pullquote::app::protocol::effect::Effect;
use pullquote::app::protocol::message::{Message, Mouse, MouseKind};
use pullquote::app::state::SavedState;
use pullquote::app::update::update;
use pullquote::app::{Model, Start};
use pullquote::config::Settings;
use pullquote::config::key::parse_sequence;
use pullquote::config::theme::Depth;
use pullquote::layout::paginate;
use pullquote::library::{ArticleId, DateOrder, PackedSurvey, Survey};
use pullquote::view;
use pullquote::world::Dots;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr as _;

use super::folder::{Folder, ROOT};

/// The articles of `tests/it/news`.
pub(crate) const NEWS: &[(&str, &str)] = &[
    (
        "01-harbor-talks.txt",
        include_str!("../news/01-harbor-talks.txt"),
    ),
    ("02-budget.md", include_str!("../news/02-budget.md")),
    ("03-court.txt", include_str!("../news/03-court.txt")),
    ("04-railway.txt", include_str!("../news/04-railway.txt")),
];

/// What the clock says when a bookmark is set.
const BOOKMARK_TIME: &str = "2026-03-05T18:30:00";

/// A session of the model.
pub(crate) struct Journey {
    pub(crate) model: Model,
    folder: Folder,
    /// The state that was last saved.
    pub(crate) saved: SavedState,
    /// Effects that leave the program: copies, links, editors.
    pub(crate) asked: Vec<Effect>,
    /// Effects that are waiting while answers are held back.
    held: Option<Vec<Effect>>,
}

/// The start of a journey other than the news at 80 × 24.
pub(crate) struct Setup {
    folder: Folder,
    size: (u16, u16),
    state: SavedState,
    config: String,
}

impl Setup {
    pub(crate) fn articles<'a>(articles: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut folder = Folder::default();
        for (path, text) in articles {
            folder.put(path, Ok(text.as_bytes()));
        }
        Self {
            folder,
            size: (80, 24),
            state: SavedState::default(),
            config: String::new(),
        }
    }

    pub(crate) fn news() -> Self {
        Self::articles(NEWS.iter().copied())
    }

    /// Adds a file with arbitrary bytes, or an unreadable one.
    pub(crate) fn file(mut self, path: &str, content: Result<&[u8], &str>) -> Self {
        self.folder.put(path, content);
        self
    }

    pub(crate) fn size(self, width: u16, height: u16) -> Self {
        Self {
            size: (width, height),
            ..self
        }
    }

    pub(crate) fn state(self, state: SavedState) -> Self {
        Self { state, ..self }
    }

    pub(crate) fn config(self, config: &str) -> Self {
        Self {
            config: config.to_owned(),
            ..self
        }
    }

    pub(crate) fn start(self) -> Journey {
        let settings = Settings::read(&self.config, "config.toml").unwrap();
        let start = Start {
            settings,
            depth: Depth::Ansi16,
            ground: None,
            dates: DateOrder::DayFirst,
            links: true,
            dots: Dots::Braille,
            size: self.size,
            root: ROOT.to_owned(),
            state: self.state,
        };
        let mut journey = Journey {
            model: Model::new(start),
            folder: self.folder,
            saved: SavedState::default(),
            asked: Vec::new(),
            held: None,
        };
        let all = journey.folder.list();
        journey.send(all);
        journey
    }
}

impl Journey {
    /// The news at 80 × 24.
    pub(crate) fn news() -> Self {
        Setup::news().start()
    }

    /// A single article.
    pub(crate) fn article(text: &str) -> Self {
        Setup::articles([("article.txt", text)]).start()
    }

    /// Presses keys, written as in the configuration: `jj/court<Enter>n`.
    pub(crate) fn keys(&mut self, notation: &str) -> &mut Self {
        for key in parse_sequence(notation).unwrap() {
            self.send(Message::Key(key));
        }
        self
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.send(Message::Resize { width, height })
    }

    /// Clicks the first cell of the words on the screen.
    pub(crate) fn click(&mut self, words: &str) -> &mut Self {
        let at = self.find_on_screen(words);
        self.mouse(MouseKind::Press, at)
            .mouse(MouseKind::Release, at)
    }

    /// Clicks a cell.
    pub(crate) fn click_at(&mut self, column: u16, row: u16) -> &mut Self {
        self.mouse(MouseKind::Press, Position::new(column, row))
    }

    /// Turns the wheel over the first cell of the words on the screen.
    pub(crate) fn wheel(&mut self, kind: MouseKind, words: &str) -> &mut Self {
        let at = self.find_on_screen(words);
        self.mouse(kind, at)
    }

    fn mouse(&mut self, kind: MouseKind, at: Position) -> &mut Self {
        self.send(Message::Mouse(Mouse {
            kind,
            column: at.x,
            row: at.y,
        }))
    }

    fn find_on_screen(&self, words: &str) -> Position {
        let screen = self.screen();
        for (y, line) in screen.lines().enumerate() {
            if let Some(at) = line.find(words) {
                let x = u16::try_from(line[..at].width()).unwrap();
                return Position::new(x, u16::try_from(y).unwrap());
            }
        }
        panic!("“{words}” is not on the screen:\n{screen}");
    }

    /// Writes a file of the folder, as an editor would, and lets the program notice.
    pub(crate) fn write(&mut self, path: &str, text: &str) -> &mut Self {
        let present = vec![self.folder.put(path, Ok(text.as_bytes()))];
        self.send(Message::Changed {
            present,
            gone: Vec::new(),
        })
    }

    /// Removes a file of the folder and lets the program notice.
    pub(crate) fn remove(&mut self, path: &str) -> &mut Self {
        let gone = vec![self.folder.remove(path)];
        self.send(Message::Changed {
            present: Vec::new(),
            gone,
        })
    }

    /// Removes a file of the folder unnoticed.
    pub(crate) fn forget(&mut self, path: &str) -> &mut Self {
        self.folder.remove(path);
        self
    }

    /// Sends a message and runs all effects that follow.
    pub(crate) fn send(&mut self, message: Message) -> &mut Self {
        let mut waiting = VecDeque::from([message]);
        while let Some(message) = waiting.pop_front() {
            for effect in update(&mut self.model, message) {
                match &mut self.held {
                    Some(held) => held.push(effect),
                    None => waiting.extend(self.answer(effect)),
                }
            }
        }
        self
    }

    /// Holds answers back, like a slow disk.
    pub(crate) fn hold(&mut self) -> &mut Self {
        self.held = Some(Vec::new());
        self
    }

    /// Releases the answers that were held back.
    pub(crate) fn release(&mut self) -> &mut Self {
        for effect in self.held.take().unwrap_or_default() {
            if let Some(message) = self.answer(effect) {
                self.send(message);
            }
        }
        self
    }

    fn answer(&mut self, effect: Effect) -> Option<Message> {
        Some(match effect {
            Effect::Open {
                generation,
                article,
                location,
            } => self.folder.open(generation, article, &location),
            Effect::Analyze {
                generation,
                document,
            } => {
                let analysis = Arc::new(analyze(&document.value));
                Message::Analyzed {
                    generation,
                    survey: Box::new(PackedSurvey::from(Survey::of(&document.value, &analysis))),
                    analysis,
                }
            }
            Effect::Survey(articles) => Message::Surveyed(self.folder.surveys(articles)),
            Effect::Paginate {
                generation,
                document,
                measure,
                shape,
            } => {
                let pages = paginate(&document.value, &measure, shape, &mut || false)?;
                Message::Paginated { generation, pages }
            }
            sought @ (Effect::Find { .. }
            | Effect::FindInFolder { .. }
            | Effect::LookUp { .. }
            | Effect::Gather { .. }
            | Effect::Group { .. }
            | Effect::Trace(..)
            | Effect::Compare { .. }) => {
                return self.sought(sought);
            }
            Effect::StopSearch | Effect::PrepareSearch(_) => return None,
            Effect::Rescan => self.folder.list(),
            Effect::Save(state) => {
                self.saved = *state;
                return None;
            }
            Effect::TimeBookmark(key) => Message::BookmarkTimed {
                key,
                time: BOOKMARK_TIME.to_owned(),
            },
            outside => {
                self.asked.push(outside);
                return None;
            }
        })
    }

    /// Answers an effect that searches.
    fn sought(&self, effect: Effect) -> Option<Message> {
        let case = compute::case(self.model.settings.search.case);
        Some(match effect {
            Effect::Find {
                generation,
                content,
                folded,
                wanted,
            } => compute::find(&content, folded, &wanted, case).answers(generation),
            Effect::FindInFolder {
                generation,
                query,
                articles,
                ..
            } => {
                let (found, progress) = self.folder.search(&query, &articles, case);
                Message::FolderFound {
                    generation,
                    counts: Some(found.iter().map(counted).collect()),
                    found,
                    progress,
                }
            }
            Effect::LookUp {
                generation,
                queries,
                articles,
            } => {
                let found = self.folder.look_up(queries, &articles, case);
                Message::LookedUp { generation, found }
            }
            Effect::Gather { generation, asked } => {
                let corrections = self.model.folder.library.people().corrections();
                Message::Gathered(generation, self.folder.said(&asked, corrections), true)
            }
            Effect::Compare {
                generation,
                quoted,
                articles,
            } => Message::Compared {
                generation,
                echoes: self.folder.echoes(&quoted, &articles),
            },
            Effect::Group {
                generation,
                duplicates,
            } => Message::Grouped {
                generation,
                groups: duplicates.near_duplicates(),
            },
            Effect::Trace(generation, fingerprints, duplicates) => {
                Message::Traced(generation, duplicates.with_fingerprints(&fingerprints))
            }
            _ => return None,
        })
    }

    /// The screen as cells.
    pub(crate) fn buffer(&self) -> Buffer {
        let (width, height) = self.model.window.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let _ = view::draw(&self.model, &mut buffer);
        buffer
    }

    /// The screen as text, one line per row, without trailing spaces.
    pub(crate) fn screen(&self) -> String {
        text_of(&self.buffer())
    }

    /// The visible lines of the article, as text.
    pub(crate) fn page(&self) -> Vec<String> {
        let buffer = self.buffer();
        let mut lines = Vec::new();
        for column in &self.model.window.regions.columns {
            for y in column.top()..column.bottom() {
                let row: String = row_of(&buffer, y, column.left()..column.right());
                lines.push(
                    row.trim_start_matches([' ', '▌', '┆', '│', '┊'])
                        .trim_end()
                        .to_owned(),
                );
            }
        }
        lines
    }

    /// The last notice.
    pub(crate) fn notice(&self) -> &str {
        self.model
            .outbox
            .notice
            .as_ref()
            .map_or("", |notice| &notice.text)
    }

    /// The file name of the open article.
    pub(crate) fn open(&self) -> String {
        let article = self
            .model
            .reading
            .reader
            .article
            .expect("an article is open");
        self.model.folder.library.path(article)
    }

    /// The current quotation, as written in the file.
    pub(crate) fn quotation(&self) -> &str {
        let reader = &self.model.reading.reader;
        let quotation = reader
            .quotation
            .and_then(|index| reader.quotations().get(index));
        quotation.map_or("", |quotation| {
            quotation.span.of(&reader.document().unwrap().text)
        })
    }

    /// The speaker of the current quotation.
    pub(crate) fn speaker(&self) -> String {
        let reader = &self.model.reading.reader;
        reader.quotation.map_or_else(String::new, |index| {
            pullquote::app::reading::who::who_said(reader, index)
                .name()
                .to_owned()
        })
    }

    /// The text at the current place.
    pub(crate) fn words_at_top(&self) -> String {
        let reader = &self.model.reading.reader;
        let text = &reader.document().unwrap().text;
        let rest = &text[reader.anchor as usize..];
        rest.split_whitespace()
            .take(4)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[track_caller]
    pub(crate) fn says(&mut self, words: &str) -> &mut Self {
        let notice = self.notice();
        assert!(
            notice.contains(words),
            "said “{notice}”, not “{words}”\n{}",
            self.screen()
        );
        self
    }

    #[track_caller]
    pub(crate) fn shows(&mut self, words: &str) -> &mut Self {
        let screen = self.screen();
        assert!(
            has(&screen, words),
            "“{words}” is not on the screen:\n{screen}"
        );
        self
    }

    #[track_caller]
    pub(crate) fn hides(&mut self, words: &str) -> &mut Self {
        let screen = self.screen();
        assert!(
            !has(&screen, words),
            "“{words}” is on the screen:\n{screen}"
        );
        self
    }
}

/// Whether a line of the screen contains the words, ignoring the width of spaces.
fn has(screen: &str, words: &str) -> bool {
    let set = screen
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    screen.contains(words) || set.into_iter().any(|line| line.contains(words))
}

/// The symbols of a buffer, one line per row.
pub(crate) fn text_of(buffer: &Buffer) -> String {
    let area = buffer.area;
    let rows = (area.top()..area.bottom()).map(|y| row_of(buffer, y, area.left()..area.right()));
    let rows: Vec<String> = rows.map(|row| format!("{}\n", row.trim_end())).collect();
    rows.concat()
}

fn row_of(buffer: &Buffer, y: u16, columns: std::ops::Range<u16>) -> String {
    let mut row = String::new();
    let mut covered = 0;
    for x in columns {
        if covered > 0 {
            covered -= 1;
            continue;
        }
        let symbol = buffer[(x, y)].symbol();
        row.push_str(symbol);
        covered = symbol.width().saturating_sub(1);
    }
    row
}

/// An article with hits of a search, and their number.
fn counted(found: &ArticleHits) -> (ArticleId, u32) {
    (found.article, u32::try_from(found.n_hits).unwrap())
}
