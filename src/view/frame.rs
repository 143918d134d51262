//! Borders and titles of the panes.

use ratatui::layout::Rect;

use super::paint::{Painter, columns};
use crate::app::people::order_name;
use crate::app::protocol::answers::Certainty;
use crate::app::side::Section;
use crate::app::{Focus, Model, Screen};
use crate::config::Role;
use crate::text::width::text_width;

/// The frame of the reader with the panes beside it.
pub(super) fn reader(model: &Model, painter: &mut Painter<'_>) {
    let regions = &model.regions;
    let title = article_title(model);
    let number = article_number(model);
    if !regions.boxed {
        if let Some(area) = regions.title {
            plain_title(painter, area, &title, &number);
        }
        return;
    }
    boxes(model, painter);
    let top = top_edge(regions.text);
    let number = with_minutes(model, &title, &number, top.width);
    head(painter, top, &title, &number);
    if let Some(list) = regions.list {
        head(painter, top_edge(list), &contents_name(model), "");
    }
    if let Some(side) = regions.side {
        tabs(model, painter, top_edge(side));
    }
}

/// The boxes of the panes. The focused one is tinted last, so its style wins at shared corners.
fn boxes(model: &Model, painter: &mut Painter<'_>) {
    let regions = &model.regions;
    let panes = regions.list.into_iter().chain(regions.side);
    for area in panes.chain([regions.text]) {
        outline(painter, area, Role::Border);
    }
    join(painter, model);
    let focused = match model.focus {
        Focus::Text => None,
        Focus::Side => regions.side,
        Focus::List => regions.list,
    };
    if let Some(area) = focused {
        tint_frame(painter, area);
    }
}

/// The top border of a box without its corners, where the title goes.
fn top_edge(area: Rect) -> Rect {
    Rect {
        x: area.x + 2,
        width: area.width.saturating_sub(4),
        height: 1,
        ..area
    }
}

/// The frame of a screen that covers the reader.
pub(super) fn screen(model: &Model, screen: Screen, painter: &mut Painter<'_>) {
    let (title, count) = (screen_title(model, screen), screen_count(model, screen));
    let regions = &model.regions;
    if !regions.boxed {
        if let Some(area) = regions.title {
            plain_title(painter, area, &title, &count);
        }
        return;
    }
    let Rect { width, height, .. } = regions.screen;
    let area = Rect::new(0, 0, width, height.saturating_sub(2));
    outline(painter, area, Role::BorderFocused);
    head(painter, top_edge(area), &title, &count);
}

/// The title of a screen.
pub(super) fn screen_title(model: &Model, screen: Screen) -> String {
    let (name, filter) = match screen {
        Screen::Contents => return contents_title(model),
        Screen::People => {
            let sort = order_name(model.people.order);
            let name = format!("Speakers in the folder, by {sort}");
            (name, &model.people.filter)
        }
        Screen::World => {
            let name = format!("Countries in {}", model.atlas.scope.name());
            (name, &model.world.filter)
        }
        Screen::Saved => ("Saved searches".to_owned(), &model.saved.list.filter),
        Screen::Help => ("Keys".to_owned(), &model.help.filter),
        Screen::Hits => return hits_title(model),
        Screen::Timeline => {
            let timeline = &model.timeline;
            let (subject, unit) = (timeline.subject.name(), timeline.unit.name());
            return format!("Timeline of {subject}, by {unit}");
        }
        Screen::Echoes => return "The same words elsewhere".to_owned(),
        Screen::Said => return format!("Quotations by {}", model.said.name),
        Screen::Correct => {
            let name = model.correcting.name.as_deref();
            return format!("Correct: {}", name.unwrap_or("who said this"));
        }
        Screen::Links => return "Links in this article".to_owned(),
        Screen::Side => return article_title(model),
    };
    name + &filtered(filter)
}

/// `5 of 62`, or just `62`.
fn of(shown: usize, all: usize) -> String {
    if shown == all {
        all.to_string()
    } else {
        format!("{shown} of {all}")
    }
}

/// How many articles are listed, and how many of them are copies of others.
fn contents_count(model: &Model) -> String {
    let listed = &model.groups.listed;
    let count = of(listed.len(), model.library.len());
    let n_apart = listed.len().saturating_sub(model.groups.n_copies());
    if n_apart < listed.len() && model.regions.boxed {
        let copies = match listed.len() - n_apart {
            1 => "1 copy".to_owned(),
            copies => format!("{copies} copies"),
        };
        format!("{count} articles ({copies})")
    } else {
        count
    }
}

/// The number of rows or items of a screen, as text.
pub(super) fn screen_count(model: &Model, screen: Screen) -> String {
    match screen {
        Screen::Contents => contents_count(model),
        Screen::People if !model.people.is_whole() => {
            let all = model.library.people().len();
            format!("{}+ of {all}", model.people.len())
        }
        Screen::People => of(model.people.len(), model.library.people().len()),
        Screen::World => of(model.world.rows.len(), model.atlas.counts.len()),
        Screen::Hits => hits_count(model),
        Screen::Saved => model.state.saved.len().to_string(),
        Screen::Timeline => {
            let total = model.timeline.data.total();
            let more = if model.is_timeline_whole() {
                ""
            } else {
                " …"
            };
            let total = if model.regions.boxed {
                super::timeline::held(&model.timeline.subject, total)
            } else {
                total.count.to_string()
            };
            format!("{total}{more}")
        }
        Screen::Echoes => model.echoes.found.len().to_string(),
        Screen::Said => {
            let more = if model.said.is_gathering { " …" } else { "" };
            format!("{}{more}", model.said.quotes.len())
        }
        Screen::Links => model.links.rows.len().to_string(),
        Screen::Correct | Screen::Help => String::new(),
        Screen::Side => article_number(model),
    }
}

fn contents_title(model: &Model) -> String {
    let sort = model.library.sort_order().name();
    let filter = filtered(&model.contents.filter);
    format!("{}, by {sort}{filter}", contents_name(model))
}

/// The title of the list of articles: all of them, or a saved search.
fn contents_name(model: &Model) -> String {
    match &model.saved.open {
        Some(name) => format!("“{name}”"),
        None => "Contents".to_owned(),
    }
}

fn hits_title(model: &Model) -> String {
    match &model.hits.scope {
        Some(scope) if !model.hits.is_everywhere => format!("Find in {scope}"),
        _ => "Find in the folder".to_owned(),
    }
}

/// `62 in 18 articles · newest first`; a `+` means counting is in progress.
fn hits_count(model: &Model) -> String {
    let hits = &model.hits;
    if hits.query.is_empty() {
        return String::new();
    }
    let (n_hits, n_articles) = hits.progress.inside;
    let progress = hits.progress;
    let more = progress.sure.mark(Certainty::Articles);
    let more_hits = progress.sure.mark(Certainty::All);
    let articles = if n_articles == 1 {
        "article"
    } else {
        "articles"
    };
    let count = format!("{n_hits}{more_hits} in {n_articles}{more} {articles}");
    if model.size.0 < 60 || n_articles < 2 {
        return count;
    }
    format!("{count} · {}", hits.progress.ranking.name())
}

fn filtered(filter: &str) -> String {
    if filter.is_empty() {
        String::new()
    } else {
        format!(", matching “{filter}”")
    }
}

pub(super) fn article_title(model: &Model) -> String {
    let entry = model
        .reader
        .article
        .and_then(|id| model.library.article(id));
    let title = model
        .reader
        .document()
        .map(|document| document.meta.title.as_str());
    match title.filter(|title| !title.is_empty()) {
        Some(title) => title.to_owned(),
        None => match entry {
            Some(entry) => entry.title().to_owned(),
            None => "pullquote".to_owned(),
        },
    }
}

pub(super) fn article_number(model: &Model) -> String {
    let at = model
        .reader
        .article
        .and_then(|id| model.library.position(id));
    let number = match at {
        Some(at) => format!("{}/{}", at + 1, model.library.len()),
        None => String::new(),
    };
    match &model.saved.open {
        Some(name) if model.size.0 >= 60 => {
            let name: String = name.chars().filter(|c| !c.is_control()).take(20).collect();
            format!("“{name}” {number}")
        }
        _ => number,
    }
}

/// The article number, with the reading time before it unless the page already shows that below the title
/// or there is no room.
fn with_minutes(model: &Model, title: &str, number: &str, width: u16) -> String {
    let laid_out = model.reader.laid_out_for();
    let is_said = laid_out.is_some_and(|(measure, _)| !measure.preface.facts.is_empty());
    let entry = model
        .reader
        .article
        .and_then(|id| model.library.article(id));
    let survey = entry.and_then(|entry| entry.survey).filter(|_| !is_said);
    let long = survey.map(|survey| format!("{} min ─ {number}", survey.minutes()));
    let fits = |long: &String| text_width(title) + text_width(long) + 8 <= usize::from(width);
    match long {
        Some(long) if fits(&long) => long,
        _ => number.to_owned(),
    }
}

fn plain_title(painter: &mut Painter<'_>, area: Rect, title: &str, number: &str) {
    let width = columns(number);
    let room = Rect {
        width: area.width.saturating_sub(width + 1),
        height: 1,
        ..area
    };
    painter.cut(room, title, Role::PaneTitle);
    painter.right(Rect { height: 1, ..area }, number, Role::Dim);
    painter.line(
        Rect {
            y: area.y + 1,
            height: area.height.saturating_sub(1),
            ..area
        },
        "─",
        Role::Border,
    );
}

/// A title at the left and a number at the right of a top border.
fn head(painter: &mut Painter<'_>, area: Rect, title: &str, number: &str) {
    let width = columns(number);
    let taken = if width == 0 { 0 } else { width + 3 };
    let room = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(taken + 2),
        ..area
    };
    let end = painter.cut(room, title, Role::PaneTitle);
    for x in [area.x, end] {
        painter.text(
            Rect {
                x,
                width: 1,
                ..area
            },
            " ",
            Role::PaneTitle,
        );
    }
    if width > 0 {
        painter.right(area, &format!(" {number} "), Role::Dim);
    }
}

fn tabs(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let mut x = area.x;
    for section in Section::ALL {
        let is_open = model.focus == Focus::Side && model.side.section == section;
        let role = if is_open { Role::PaneTitle } else { Role::Dim };
        let title = format!(" {} ", section.title());
        if x + columns(&title) > area.right() {
            break;
        }
        x = painter.text(
            Rect {
                x,
                width: area.right() - x,
                ..area
            },
            &title,
            role,
        ) + 1;
    }
}

/// The border of a box with its corners.
pub(super) fn outline(painter: &mut Painter<'_>, area: Rect, role: Role) {
    if area.width < 2 || area.height < 2 {
        return;
    }
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    painter.line(Rect { height: 1, ..area }, "─", role);
    painter.line(
        Rect {
            y: bottom,
            height: 1,
            ..area
        },
        "─",
        role,
    );
    painter.line(Rect { width: 1, ..area }, "│", role);
    painter.line(
        Rect {
            x: right,
            width: 1,
            ..area
        },
        "│",
        role,
    );
    for (x, y, corner) in [
        (area.x, area.y, "┌"),
        (right, area.y, "┐"),
        (area.x, bottom, "└"),
        (right, bottom, "┘"),
    ] {
        painter.line(Rect::new(x, y, 1, 1), corner, role);
    }
}

/// Draws junctions where boxes share a border.
fn join(painter: &mut Painter<'_>, model: &Model) {
    let regions = &model.regions;
    let bottom = regions.text.bottom().saturating_sub(1);
    let left = regions.list.map(|_| regions.text.x);
    let right = regions.side.map(|side| side.x);
    for x in left.into_iter().chain(right) {
        painter.line(Rect::new(x, regions.text.y, 1, 1), "┬", Role::Border);
        painter.line(Rect::new(x, bottom, 1, 1), "┴", Role::Border);
    }
}

fn tint_frame(painter: &mut Painter<'_>, area: Rect) {
    let (right, bottom) = (
        area.right().saturating_sub(1),
        area.bottom().saturating_sub(1),
    );
    for edge in [
        Rect { height: 1, ..area },
        Rect {
            y: bottom,
            height: 1,
            ..area
        },
        Rect { width: 1, ..area },
        Rect {
            x: right,
            width: 1,
            ..area
        },
    ] {
        painter.tint(edge, Role::BorderFocused);
    }
}
