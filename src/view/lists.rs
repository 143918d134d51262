//! Lists: contents, people, world, links and help.

use jiff::civil::Date;
use ratatui::layout::Rect;

use super::paint::{Painter, columns};
use crate::app::contents::groups::ContentsRow;
use crate::app::lists::selection::ListSelection;
use crate::app::screens::help::HelpRow;
use crate::app::screens::list_screen::PlainRow;
use crate::app::{Focus, Model};
use crate::config::{Role, Screen};
use crate::document::DateOrigin;
use crate::library::{ArticleId, ArticleView, Survey};
use crate::text::width::text_width;

/// Draws the visible rows of a list with `draw` and tints the selected one.
pub(super) fn rows(
    painter: &mut Painter<'_>,
    area: Rect,
    (selection, len): (ListSelection, usize),
    mut draw: impl FnMut(&mut Painter<'_>, Rect, usize),
) {
    for (row, index) in (0..).zip(selection.window(len, usize::from(area.height))) {
        let row = Rect {
            y: area.y + row,
            height: 1,
            ..area
        };
        draw(painter, row, index);
        if index == selection.row {
            painter.tint(row, Role::Selection);
        }
    }
}

pub(super) fn nothing(painter: &mut Painter<'_>, area: Rect, text: &str) {
    let row = Rect {
        x: area.x + 2,
        width: area.width.saturating_sub(2),
        height: 1.min(area.height),
        ..area
    };
    painter.text(row, text, Role::Dim);
}

/// Why a filtered list is empty, and how to see the rest.
pub(super) fn no_match(what: &str, filter: &str) -> String {
    format!("no {what} matches “{filter}”; Esc clears the filter")
}

/// The list of articles over the whole screen.
pub(super) fn contents(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let list = &model.screens.contents.list;
    if list.rows.is_empty() {
        let text = match (model.folder.scan.is_done, model.folder.library.is_empty()) {
            (false, _) => "reading the folder …".to_owned(),
            (true, true) => "no articles".to_owned(),
            (true, false) if list.filter.is_empty() => "no unread articles".to_owned(),
            (true, false) => no_match("article", &list.filter),
        };
        nothing(painter, area, &text);
    }
    rows(
        painter,
        area,
        (list.selection, list.rows.len()),
        |painter, row, index| {
            line(model, painter, row, list.rows[index]);
        },
    );
}

/// A row of the list of articles.
fn line(model: &Model, painter: &mut Painter<'_>, row: Rect, of: ContentsRow) {
    let indent = 2 * model
        .screens
        .contents
        .groups
        .depth(of, &model.folder.library);
    let inner = Rect {
        x: row.x + indent,
        width: row.width.saturating_sub(indent),
        ..row
    };
    match of {
        ContentsRow::File(first) => file(model, painter, row, first),
        ContentsRow::Article(id) => {
            if model.screens.contents.groups.is_copy(id) {
                painter.text(row, &format!("{:>1$}", "≈", usize::from(indent)), Role::Dim);
            }
            article(model, painter, inner, id);
        }
    }
}

/// A file with several articles: whether it is open, its path, and how many articles are unread.
fn file(model: &Model, painter: &mut Painter<'_>, row: Rect, first: ArticleId) {
    let Some(entry) = model.folder.library.article(first) else {
        return;
    };
    let articles = model.folder.library.parts(first);
    let articles = articles.filter_map(|id| model.folder.library.article(id));
    let (mut all, mut unread) = (0, 0);
    for article in articles.filter(|article| !article.is_gone) {
        all += 1;
        unread += u32::from(!article.is_read);
    }
    let is_open = model
        .screens
        .contents
        .groups
        .is_open(ContentsRow::File(first));
    let mark = if is_open { " - " } else { " + " };
    let counts = if row.width < 50 {
        format!("{unread}/{all} ")
    } else {
        format!("{all} articles, {unread} unread ")
    };
    let x = painter.text(row, mark, Role::Unread);
    let taken = columns(&counts);
    let name = Rect {
        x,
        width: row.right().saturating_sub(x + taken + 1),
        ..row
    };
    painter.cut(name, &entry.path, Role::Heading);
    painter.right(row, &counts, Role::Dim);
}

/// A row for an article.
pub(super) fn article(model: &Model, painter: &mut Painter<'_>, row: Rect, id: ArticleId) {
    let Some(entry) = model.folder.library.article(id) else {
        return;
    };
    let mark = mark(model, &entry, id);
    let x = painter.text(row, &format!(" {mark} "), Role::Unread);
    let facts = facts(model, &entry, row.width);
    let taken = columns(&facts);
    let title = Rect {
        x,
        width: row.right().saturating_sub(x + taken + 1),
        ..row
    };
    let role = if entry.is_read { Role::Dim } else { Role::Text };
    if let Some(problem) = &entry.problem {
        painter.cut(
            Rect {
                width: row.right().saturating_sub(x),
                ..title
            },
            problem,
            Role::Error,
        );
    } else {
        let similar = match model.screens.contents.groups.n_similar(id) {
            0 => String::new(),
            count => format!("  +{count} similar"),
        };
        let width = columns(&similar);
        let words = Rect {
            width: title.width.saturating_sub(width),
            ..title
        };
        let end = painter.cut(words, entry.title(), role);
        let rest = Rect {
            x: end,
            width: title.right().saturating_sub(end),
            ..title
        };
        painter.text(rest, &similar, Role::Dim);
        painter.right(row, &facts, Role::Dim);
    }
}

/// A one-column mark for unreadable, open, bookmarked and unread articles, so that color is not needed.
fn mark(model: &Model, entry: &ArticleView, id: ArticleId) -> &'static str {
    if entry.problem.is_some() {
        "!"
    } else if model.reading.reader.article == Some(id) {
        "▸"
    } else if entry.is_bookmarked {
        "◆"
    } else if entry.is_read {
        " "
    } else {
        "•"
    }
}

/// The publication date, with a `~` when it is only the file time.
pub(super) fn date_of(survey: &Survey, write: impl Fn(Date) -> String) -> Option<String> {
    let published = survey.date()?;
    let mark = match published.origin {
        DateOrigin::FileTime => "~",
        _ => "",
    };
    Some(format!("{mark}{}", write(published.when.date())))
}

/// Source, countries, quotations and date; narrow rows show fewer of them.
fn facts(model: &Model, entry: &ArticleView, width: u16) -> String {
    let Some(survey) = &entry.survey else {
        return String::new();
    };
    let date = date_of(survey, |day| model.window.looks.dates.day(day)).unwrap_or_default();
    let quotations = match survey.quotations {
        0 => String::new(),
        1 => "1 quote ".to_owned(),
        count => format!("{count} quotes"),
    };
    let countries = match survey.countries.as_slice() {
        [] => String::new(),
        all => all
            .iter()
            .take(3)
            .map(|(code, _)| code.as_str())
            .collect::<Vec<_>>()
            .join(" "),
    };
    match width {
        0..50 if survey.quotations == 0 => String::new(),
        0..50 => format!("{:>2} “” ", survey.quotations),
        50..90 => format!("{quotations:>10}  {date:>12} "),
        _ => {
            let source = survey.source.as_deref().unwrap_or_default();
            let source: String = source
                .chars()
                .filter(|c| !c.is_control())
                .take(18)
                .collect();
            format!("{source:<18}  {countries:<8}  {quotations:>10}  {date:>12} ")
        }
    }
}

/// The list of articles beside the text.
pub(super) fn beside(model: &Model, painter: &mut Painter<'_>, list: Rect) {
    let area = Rect {
        x: list.x + 1,
        y: list.y + 1,
        width: list.width.saturating_sub(2),
        height: list.height.saturating_sub(2),
    };
    let selection = model.screens.contents.list.selection;
    let window = selection.window(
        model.screens.contents.list.rows.len(),
        usize::from(area.height),
    );
    for (row, index) in (0..).zip(window) {
        let row = Rect {
            y: area.y + row,
            height: 1,
            ..area
        };
        line(model, painter, row, model.screens.contents.list.rows[index]);
        if index == selection.row {
            let is_focused = model.window.focus == Focus::List;
            painter.tint(
                row,
                if is_focused {
                    Role::Selection
                } else {
                    Role::SelectionInactive
                },
            );
        }
    }
}

/// The saved searches, with their unread and total articles.
pub(super) fn saved(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let list = &model.screens.saved.list;
    if model.state.saved.is_empty() {
        let below = Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1),
            ..area
        };
        let text = "no saved searches yet; :save-query NAME saves the current one";
        nothing(painter, below, text);
    }
    let shape = (list.selection, list.rows.len());
    rows(painter, area, shape, |painter, row, index| {
        let name = &list.rows[index];
        let counts = saved_counts(model, name.as_deref());
        let taken = columns(&counts);
        let mark = if *name == model.folder.narrowed_to {
            "▸"
        } else {
            " "
        };
        painter.text(row, mark, Role::Unread);
        let room = Rect {
            x: row.x + 2,
            width: row.width.saturating_sub(taken + 3),
            ..row
        };
        let title = name.as_deref().unwrap_or("The whole folder");
        let x = painter.cut(room, title, Role::Heading);
        let query = name.as_ref().and_then(|name| model.state.saved.get(name));
        if let Some(query) = query.filter(|query| *query != title) {
            let rest = Rect {
                x,
                width: room.right().saturating_sub(x),
                ..room
            };
            painter.cut(rest, &format!("  {query}"), Role::Dim);
        }
        painter.right(row, &counts, Role::Dim);
    });
}

pub(super) fn saved_counts(model: &Model, name: Option<&str>) -> String {
    let is_unread = |id: &ArticleId| !model.folder.library.is_read(*id);
    let (unread, all) = match name {
        None => {
            let all = model.folder.library.all();
            (all.iter().filter(|id| is_unread(id)).count(), all.len())
        }
        Some(name) => match model.screens.saved.members(name) {
            Some(all) => (all.iter().filter(|id| is_unread(id)).count(), all.len()),
            None => return "… ".to_owned(),
        },
    };
    format!("{unread} unread of {all} ")
}

/// A list that the view has no drawing of its own for: title, detail and note of each row.
pub(super) fn plain(model: &Model, screen: Screen, painter: &mut Painter<'_>, area: Rect) {
    let Some(list) = model.screens.get(screen) else {
        return;
    };
    let n_rows = list.n_rows();
    if n_rows == 0 {
        match list.filter().filter(|filter| !filter.is_empty()) {
            Some(filter) => nothing(painter, area, &no_match("row", filter)),
            None => nothing(painter, area, list.when_empty()),
        }
    }
    let shape = (list.selection(), n_rows);
    rows(painter, area, shape, |painter, row, index| {
        if let Some(plain) = list.plain_row(index, model.surroundings()) {
            plain_row(painter, row, &plain);
        }
    });
}

fn plain_row(painter: &mut Painter<'_>, row: Rect, plain: &PlainRow) {
    let note = format!("{} ", plain.note);
    let taken = u16::try_from(text_width(&note)).unwrap_or(row.width);
    let room = Rect {
        x: row.x + 2,
        width: row.width.saturating_sub(taken.saturating_add(3)),
        ..row
    };
    // A title leaves half the room to the detail where both do not fit.
    let wanted = text_width(&plain.title) + text_width(&plain.detail) + 2;
    let is_tight = !plain.detail.is_empty() && wanted > usize::from(room.width);
    let title = Rect {
        width: if is_tight { room.width / 2 } else { room.width },
        ..room
    };
    let x = painter.cut(title, &plain.title, Role::Heading);
    let rest = Rect {
        x,
        width: room.right().saturating_sub(x),
        ..room
    };
    if !plain.detail.is_empty() {
        painter.cut(rest, &format!("  {}", plain.detail), Role::Text);
    }
    painter.right(row, &note, Role::Dim);
}

/// The links of the open article.
pub(super) fn links(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let list = &model.screens.links.list;
    rows(
        painter,
        area,
        (list.selection, list.rows.len()),
        |painter, row, index| {
            let (words, target) = &list.rows[index];
            let half = row.width / 2;
            painter.cut(
                Rect {
                    x: row.x + 2,
                    width: half.saturating_sub(3),
                    ..row
                },
                words,
                Role::Text,
            );
            let right = Rect {
                x: row.x + half,
                width: row.width - half,
                ..row
            };
            painter.cut(right, target, Role::Link);
        },
    );
}

/// The keys.
pub(super) fn help(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let list = &model.screens.help.list;
    if list.rows.is_empty() {
        nothing(painter, area, &no_match("key", &list.filter));
    }
    let column = (area.width / 3).clamp(10, 28);
    rows(
        painter,
        area,
        (list.selection, list.rows.len()),
        |painter, row, index| match &list.rows[index] {
            HelpRow::Heading(heading) => {
                let inner = Rect {
                    x: row.x + 1,
                    width: row.width.saturating_sub(1),
                    ..row
                };
                painter.cut(inner, heading, Role::Heading);
            }
            HelpRow::Keys { keys, doc, action } => {
                let left = Rect {
                    x: row.x + 3,
                    width: column.saturating_sub(4),
                    ..row
                };
                painter.cut(left, keys, Role::HintKey);
                let x = row.x + column;
                let rest = Rect {
                    x,
                    width: row.right().saturating_sub(x),
                    ..row
                };
                let end = painter.cut(rest, doc, Role::Text);
                let name = format!("  :{}", action.name());
                let left = rest.right().saturating_sub(end);
                if usize::from(left) > name.len() {
                    painter.right(rest, &name, Role::Dim);
                }
            }
        },
    );
}
