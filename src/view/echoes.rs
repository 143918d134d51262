//! Echoes of a quotation: the articles that quote the same words, and below the list how the wording of
//! the selected one differs.
//!
//! Omitted words are in `[- -]` and added words in `{+ +}`, so the differences show without color.

use ratatui::layout::Rect;

use super::lists::{self, nothing, rows};
use super::paint::{Painter, columns};
use crate::app::Model;
use crate::app::protocol::answers::Echo;
use crate::app::screens::echoes::EchoList;
use crate::config::Role;
use crate::search::DiffPiece;

/// Draws the screen.
pub(super) fn draw(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let echoes = &model.screens.echoes;
    if echoes.found.is_empty() {
        nothing(painter, area, "comparing …");
        return;
    }
    let (list, below) = EchoList::areas(area);
    if let (Some(below), Some(echo)) = (below, echoes.selected_echo()) {
        differences(model, echo, painter, below);
    }
    let shape = (echoes.selection, echoes.found.len());
    rows(painter, list, shape, |painter, row, index| {
        line(model, &echoes.found[index], painter, row);
    });
}

/// A row: whether the words are exact, the date, the title, and the speaker in that article.
fn line(model: &Model, echo: &Echo, painter: &mut Painter<'_>, row: Rect) {
    let Some(entry) = model.folder.library.article(echo.article) else {
        return;
    };
    let mark = if echo.is_exact() { " = " } else { " ≈ " };
    let x = painter.text(row, mark, Role::Unread);
    let survey = entry.survey.as_ref();
    let date =
        survey.and_then(|survey| lists::date_of(survey, |day| model.window.looks.dates.day(day)));
    let date = format!("{:>12}  ", date.unwrap_or_default());
    let rest = |x: u16| Rect {
        x,
        width: row.right().saturating_sub(x),
        ..row
    };
    let x = if row.width >= 50 {
        painter.text(rest(x), &date, Role::Dim)
    } else {
        x
    };
    let is_other = model.screens.echoes.is_by_another(echo);
    let speaker = echo.speaker.as_deref().unwrap_or("?");
    let speaker = if is_other {
        format!(" said by {speaker} ")
    } else {
        format!(" {speaker} ")
    };
    let room = rest(x).width / 2;
    let width = columns(&speaker).min(room);
    let title = Rect {
        width: rest(x).width - width,
        ..rest(x)
    };
    painter.cut(title, entry.title(), Role::Text);
    let role = if is_other { Role::Warning } else { Role::Dim };
    let name = Rect {
        x: title.right(),
        width,
        ..row
    };
    painter.cut(name, &speaker, role);
}

/// A word diff of the selected quotation and the echo.
fn differences(model: &Model, echo: &Echo, painter: &mut Painter<'_>, area: Rect) {
    painter.line(Rect { height: 1, ..area }, "─", Role::Border);
    let path = model.folder.library.path(echo.article);
    let head = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        height: 1,
        ..area
    };
    let what = if echo.is_exact() {
        "word for word"
    } else {
        "[-left out-] {+added there+}"
    };
    painter.cut(head, &format!(" {path} · {what} "), Role::Dim);
    let inner = Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(1),
    };
    let mut writer = WordFlow {
        area: inner,
        x: inner.x,
        y: inner.y,
    };
    for piece in &echo.pieces {
        match piece {
            DiffPiece::Same(words) => writer.words(painter, words, Role::Text),
            DiffPiece::LeftOut(words) => writer.words(painter, &format!("[-{words}-]"), Role::Dim),
            DiffPiece::Added(words) => {
                writer.words(painter, &format!("{{+{words}+}}"), Role::Match);
            }
        }
    }
}

/// Lays words out over several lines, wrapping at the right edge.
struct WordFlow {
    area: Rect,
    x: u16,
    y: u16,
}

impl WordFlow {
    fn words(&mut self, painter: &mut Painter<'_>, words: &str, role: Role) {
        for word in words.split(' ') {
            let width = columns(word);
            if self.x > self.area.x && self.x.saturating_add(width) > self.area.right() {
                (self.x, self.y) = (self.area.x, self.y + 1);
            }
            if self.y >= self.area.bottom() {
                return;
            }
            let room = Rect {
                x: self.x,
                y: self.y,
                width: self.area.right().saturating_sub(self.x),
                height: 1,
            };
            self.x = painter.text(room, word, role).saturating_add(1);
        }
    }
}
