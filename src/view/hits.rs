//! The hits of a folder search: lines with context under the title of their article, and a preview.

use ratatui::layout::Rect;

use super::lists::{nothing, rows};
use super::paint::{Painter, columns};
use crate::app::Model;
use crate::app::protocol::answers::{ArticleHits, Certainty, SearchHit};
use crate::app::search::Search;
use crate::app::search::hits::{HitList, HitRow};
use crate::config::Role;
use crate::library::{ArticleId, ArticleView};
use crate::text::Span;
use crate::text::width::text_width;

/// Draws the hits.
pub(super) fn draw(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let (search, hits) = (&model.search, &model.screens.hits);
    let (area, beside) = HitList::areas(area);
    if hits.rows.is_empty() {
        why_nothing(search, painter, area);
    }
    if let (Some(beside), Some((article, hit))) = (beside, hits.selected_hit(search)) {
        preview(model, article, hit, painter, beside);
    }
    let (list, below) = with_footer(search, area);
    let shape = (hits.selection, hits.rows.len());
    rows(painter, list, shape, |painter, row, index| {
        match hits.rows[index] {
            HitRow::Article(at) => title(model, &search.found[at], painter, row),
            HitRow::Hit(at, hit) => context(&search.found[at].hits[hit], painter, row),
        }
    });
    if let Some(below) = below {
        painter.cut(below, &outside(search), Role::Warning);
    }
}

/// The list area, and a row below it when the scope hides some hits.
fn with_footer(hits: &Search, area: Rect) -> (Rect, Option<Rect>) {
    if !hits.has_footer() || area.height < 2 {
        return (area, None);
    }
    let height = area.height - 1;
    let below = Rect {
        x: area.x + 1,
        y: area.y + height,
        width: area.width.saturating_sub(2),
        height: 1,
    };
    (Rect { height, ..area }, Some(below))
}

fn outside(hits: &Search) -> String {
    let (n_hits, n_articles) = hits.progress.outside;
    let more = hits.progress.sure.mark(Certainty::Articles);
    let more_hits = hits.progress.sure.mark(Certainty::All);
    let files = if n_articles == 1 {
        "article"
    } else {
        "articles"
    };
    format!(
        "{n_hits}{more_hits} more in {n_articles}{more} {files} outside this scope; Tab shows them"
    )
}

/// Says what to type, or why there are no hits.
fn why_nothing(hits: &Search, painter: &mut Painter<'_>, area: Rect) {
    match (hits.query.is_empty(), hits.is_searching) {
        (true, _) => {
            nothing(
                painter,
                area,
                "Type words. Narrow with speaker:… country:… in:quote after:2016",
            );
            let below = Rect {
                y: area.y + 1,
                height: area.height.saturating_sub(1),
                ..area
            };
            nothing(painter, below, "e.g. speaker:clinton in:quote email");
        }
        (false, true) => nothing(painter, area, "searching …"),
        (false, false) => {
            nothing(
                painter,
                area,
                &format!("Nothing for “{}”.", hits.query.trim()),
            );
        }
    }
}

/// The title of an article with its source and date and the number of its hits.
fn title(model: &Model, found: &ArticleHits, painter: &mut Painter<'_>, row: Rect) {
    let Some(entry) = model.folder.library.article(found.article) else {
        return;
    };
    let count = if found.n_hits > 1 {
        format!("{} ", found.n_hits)
    } else {
        String::new()
    };
    let taken = columns(&count);
    let room = Rect {
        x: row.x + 1,
        width: row.width.saturating_sub(taken + 2),
        ..row
    };
    let about = about(model, &entry, room.width);
    let words = Rect {
        width: room.width.saturating_sub(columns(&about)),
        ..room
    };
    let x = painter.cut(words, entry.title(), Role::Heading);
    let rest = Rect {
        x,
        width: room.right().saturating_sub(x),
        ..room
    };
    painter.cut(rest, &about, Role::Dim);
    painter.right(row, &count, Role::Dim);
}

/// ` · The Courier · 3 Mar 2026`, shortened to leave room for the title.
fn about(model: &Model, entry: &ArticleView, width: u16) -> String {
    let survey = entry.survey.as_ref();
    let date = survey.and_then(|survey| survey.published);
    let date = date.map(|date| model.window.looks.dates.day(date.when.date()));
    let source = survey.and_then(|survey| survey.source.clone());
    let parts: Vec<String> = match width {
        0..40 => Vec::new(),
        40..70 => date.into_iter().collect(),
        _ => source.into_iter().chain(date).collect(),
    };
    let parts = parts.iter().map(|part| format!(" · {part}"));
    parts.collect()
}

/// A hit with its context on one line.
fn context(hit: &SearchHit, painter: &mut Painter<'_>, row: Rect) {
    let area = Rect {
        x: row.x + 3,
        width: row.width.saturating_sub(4),
        ..row
    };
    let shown = hit.snippet.narrowed(usize::from(area.width));
    painter.highlighted(
        area,
        &shown.text,
        shown.highlight,
        [Role::Text, Role::Match],
    );
}

/// The selected hit with several lines of context, under the path of its article.
fn preview(
    model: &Model,
    article: ArticleId,
    hit: &SearchHit,
    painter: &mut Painter<'_>,
    area: Rect,
) {
    let is_beside = area.height > area.width / 3;
    let inner = if is_beside {
        painter.line(Rect { width: 1, ..area }, "│", Role::Border);
        Rect {
            x: area.x + 2,
            width: area.width.saturating_sub(3),
            ..area
        }
    } else {
        painter.line(Rect { height: 1, ..area }, "─", Role::Border);
        Rect {
            x: area.x + 1,
            width: area.width.saturating_sub(2),
            ..area
        }
    };
    let path = model.folder.library.path(article);
    let path = if is_beside { path } else { format!(" {path} ") };
    painter.cut(Rect { height: 1, ..inner }, &path, Role::Dim);
    let gap = 1 + u16::from(is_beside);
    let text = Rect {
        y: inner.y + gap,
        height: inner.height.saturating_sub(gap),
        ..inner
    };
    surroundings(hit, painter, text);
}

fn surroundings(hit: &SearchHit, painter: &mut Painter<'_>, area: Rect) {
    let text = &hit.snippet.text;
    let highlight = hit.snippet.highlight;
    let lines = wrapped(text, usize::from(area.width));
    let is_found = |word: &Span| word.overlaps(highlight);
    let at = lines.iter().position(|line| line.iter().any(is_found));
    let height = usize::from(area.height);
    let last_top = lines.len().saturating_sub(height);
    let top = match at {
        // A third of the rows shows the text before the hit.
        Some(at) => at.saturating_sub(height / 3).min(last_top),
        None => 0,
    };
    for (y, line) in (area.y..area.bottom()).zip(lines.iter().skip(top)) {
        let mut x = area.x;
        for word in line {
            let role = if is_found(word) {
                Role::Match
            } else {
                Role::Text
            };
            let room = Rect {
                x,
                y,
                width: area.right().saturating_sub(x),
                height: 1,
            };
            x = painter.text(room, word.of(text), role).saturating_add(1);
        }
    }
}

/// Wraps a text to a width, with an empty line between paragraphs.
fn wrapped(text: &str, width: usize) -> Vec<Vec<Span>> {
    let mut lines = vec![Vec::new()];
    let (mut used, mut at, mut breaks) = (0, 0, 0);
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let span = Span::from_usize(at, at + word.len());
        at += piece.len();
        if !word.is_empty() {
            let needed = text_width(word);
            if breaks > 1 && used > 0 {
                lines.extend([Vec::new(), Vec::new()]);
                used = 0;
            } else if used > 0 && used + needed > width {
                lines.push(Vec::new());
                used = 0;
            }
            used += needed + 1;
            if let Some(line) = lines.last_mut() {
                line.push(span);
            }
            breaks = 0;
        }
        breaks += usize::from(piece.ends_with('\n'));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_wrapped_and_paragraphs_kept_apart() {
        let text = "One two three\nfour.\n\nFive  six.";
        let lines: Vec<String> = wrapped(text, 9)
            .iter()
            .map(|line| {
                let words: Vec<&str> = line.iter().map(|word| word.of(text)).collect();
                words.join(" ")
            })
            .collect();
        assert_eq!(lines, ["One two", "three", "four.", "", "Five six."]);
    }
}
