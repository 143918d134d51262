//! The speakers of the folder: name, office, number of quotations, and first and last month quoted.

use ratatui::layout::Rect;

use super::lists::{no_match, nothing, rows};
use super::paint::{Painter, columns};
use crate::analysis::SpeakerKind;
use crate::app::Model;
use crate::config::Role;
use crate::library::Person;

/// Draws the list.
pub(super) fn draw(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let list = &model.screens.people;
    if list.is_empty() {
        let text = match (list.filter.is_empty(), list.is_whole()) {
            (true, _) if model.folder.is_known() => "no speakers in this folder".to_owned(),
            (true, _) => "no speakers found yet".to_owned(),
            (false, false) => "searching the names …".to_owned(),
            (false, true) => no_match("speaker", &list.filter),
        };
        nothing(painter, area, &text);
    } else if list.person(list.selection.top).is_none() {
        nothing(painter, area, "sorting the names …");
    }
    let shape = (list.selection, list.len());
    rows(painter, area, shape, |painter, row, index| {
        if let Some(person) = list.person(index) {
            draw_person(painter, row, person);
        }
    });
}

fn draw_person(painter: &mut Painter<'_>, row: Rect, person: &Person) {
    let facts = facts(person, row.width);
    let taken = columns(&facts);
    let room = Rect {
        x: row.x + 2,
        width: row.width.saturating_sub(taken + 3),
        ..row
    };
    let role = if person.kind == SpeakerKind::Unnamed {
        Role::Dim
    } else {
        Role::Speaker
    };
    let x = painter.cut(room, &person.name, role);
    let rest = Rect {
        x,
        width: room.right().saturating_sub(x),
        ..room
    };
    painter.cut(rest, &about(person, row.width), Role::Dim);
    painter.right(row, &facts, Role::Dim);
}

/// The row as one line for the narrator.
pub(super) fn in_words(person: &Person) -> String {
    const ROOM: u16 = 80;
    let about = about(person, ROOM).replace("  ", ", ");
    format!("{}{about}, {}", person.name, facts(person, ROOM).trim())
}

/// The latest office and, on wide screens, other names.
fn about(person: &Person, width: u16) -> String {
    let mut about = String::new();
    if let Some(role) = &person.role {
        about.push_str("  ");
        about.push_str(role);
    }
    if width >= 60 && !person.aliases.is_empty() {
        let aliases: Vec<&str> = person.aliases.iter().map(AsRef::as_ref).collect();
        about.push_str("  also ");
        about.push_str(&aliases.join(", "));
    }
    about
}

/// Quotations, articles, and first and last month; narrow rows show fewer of them.
fn facts(person: &Person, width: u16) -> String {
    let Person {
        quotations,
        articles,
        ..
    } = person;
    let days = match person.dates() {
        Some((first, last)) => {
            let [first, last] = [first, last].map(|date| date.strftime("%b %Y").to_string());
            if first == last {
                first
            } else {
                format!("{first} – {last}")
            }
        }
        None => String::new(),
    };
    let noun = if *articles == 1 {
        "article "
    } else {
        "articles"
    };
    match width {
        0..50 => format!("{quotations} "),
        50..90 => format!("{quotations} in {articles} {noun} "),
        _ => format!("{quotations:>5} in {articles:>5} {noun}  {days:<19} "),
    }
}
