//! The bottom lines: position, the current quotation, key hints, notices and the prompt.

use ratatui::layout::{Position, Rect};

use super::paint::{Painter, columns};
use crate::analysis::QuotationKind;
use crate::app::Model;
use crate::app::command::prompt::{Prompt, Purpose};
use crate::app::reading::find::Find;
use crate::app::reading::reader::OpenArticle;
use crate::app::reading::who::{Who, who_said};
use crate::config::key::label_sequence;
use crate::config::{Action, Role, Screen};
use crate::text::width::text_width;

/// Draws the lines and returns the cursor position while a prompt is open.
pub(super) fn draw(model: &Model, painter: &mut Painter<'_>) -> Option<Position> {
    let regions = &model.window.regions;
    let in_reader = model.window.covers.is_empty();
    if in_reader || !regions.boxed {
        status(model, painter, in_reader);
    }
    if let Some(area) = regions.info
        && in_reader
    {
        info(model, painter, area);
    }
    if let Some(prompt) = &model.input.prompt {
        Some(typing(model, prompt, painter, regions.hint))
    } else {
        bottom(model, painter, regions.hint);
        None
    }
}

/// `p 1–2 of 5 ─ quote 1 of 9 ─ “harbour” 3 of 14`, in the lower border.
fn status(model: &Model, painter: &mut Painter<'_>, in_reader: bool) {
    let regions = &model.window.regions;
    let area = regions.status;
    let mut x = area.x;
    if regions.boxed {
        x += 1;
    } else {
        painter.line(area, "─", Role::Border);
    }
    if !in_reader {
        return;
    }
    let is_brief = area.width < 60;
    let parts = [
        page_part(model, is_brief),
        quote_part(&model.reading.reader, is_brief),
        find_part(model, is_brief),
        survey_part(model),
    ];
    for part in parts.into_iter().flatten() {
        let text = format!(" {part} ");
        let room = Rect {
            x: x + 1,
            width: area.right().saturating_sub(x + 2),
            ..area
        };
        if usize::from(room.width) < text_width(&text) {
            break;
        }
        x = painter.text(room, &text, Role::Status);
    }
}

fn of(at: usize, all: usize, is_brief: bool) -> String {
    if is_brief {
        format!("{at}/{all}")
    } else {
        format!("{at} of {all}")
    }
}

fn page_part(model: &Model, is_brief: bool) -> Option<String> {
    let reader = &model.reading.reader;
    reader.content.as_ref()?;
    let Some(pages) = &reader.pages else {
        return Some("p …".to_owned());
    };
    let all = pages.starts.len().max(1);
    let first = pages.page_of(reader.spread.start) + 1;
    let shown = reader
        .spread
        .columns
        .iter()
        .filter(|column| !column.is_empty())
        .count()
        .max(1);
    let last = (first + shown - 1).min(all);
    Some(match (first == last, is_brief) {
        (true, true) => format!("p {first}/{all}"),
        (true, false) => format!("p {first} of {all}"),
        (false, _) => format!("p {first}–{last} of {all}"),
    })
}

fn quote_part(reader: &OpenArticle, is_brief: bool) -> Option<String> {
    let all = reader.quotations().len();
    let current = reader.current_quotation();
    match (current, all) {
        (_, 0) => None,
        (Some(index), _) => Some(format!("quote {}", of(index + 1, all, is_brief))),
        (None, 1) => Some("1 quote".to_owned()),
        (None, _) => Some(format!("{all} quotes")),
    }
}

fn find_part(model: &Model, is_brief: bool) -> Option<String> {
    let find = model
        .reading
        .reader
        .find
        .as_ref()
        .filter(|find| !find.wanted.text().is_empty())?;
    let words = find.wanted.text();
    Some(match (find.current, find.is_waiting) {
        (Some(index), _) => format!("“{words}” {}", of(index + 1, find.spans.len(), is_brief)),
        (None, true) => format!("“{words}” …"),
        (None, false) => format!("“{words}” not found"),
    })
}

/// Progress of reading the folder.
fn survey_part(model: &Model) -> Option<String> {
    let (known, all) = (
        model.folder.library.n_surveyed(),
        model.folder.library.all().len(),
    );
    let is_reading = !model.folder.scan.is_done || known < all;
    (is_reading && all > 1).then(|| format!("reading {known}/{all}"))
}

/// The current quotation: speaker, kind of speech, confidence.
fn info(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let reader = &model.reading.reader;
    let percent = format!("{}% ", reader.percent());
    if reader.content.is_some() {
        painter.right(area, &percent, Role::Dim);
    }
    let room = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(7),
        ..area
    };
    let odd = |find: &Find| find.warning.clone();
    let warning = reader.find.as_ref().and_then(odd);
    let text = warning.or_else(|| link_target(model));
    if let Some(text) = text.or_else(|| quotation_info(model)) {
        painter.cut(room, &text, Role::Status);
    } else if let Some(warning) = reader
        .content
        .as_ref()
        .and_then(|c| c.document.warnings.first())
    {
        painter.cut(room, &warning.message, Role::Warning);
    }
}

/// The target of the current link.
fn link_target(model: &Model) -> Option<String> {
    let (_, target) = model.reading.reader.current_link()?;
    Some(format!("link to {target}"))
}

fn quotation_info(model: &Model) -> Option<String> {
    let reader = &model.reading.reader;
    let index = reader.current_quotation()?;
    let quotation = reader.quotations().get(index)?;
    let kind = match quotation.kind {
        QuotationKind::Direct => "direct",
        QuotationKind::Mixed => "mixed",
        QuotationKind::Indirect => "indirect",
    };
    let who = match who_said(reader, index) {
        Who::Named(name) => name,
        Who::Unknown => "? unknown speaker".to_owned(),
    };
    let role = reader.speaker_of(index);
    let role = role.and_then(|speaker| speaker.role.as_deref());
    let mut parts = vec![match role {
        Some(role) => format!("{who}, {role}"),
        None => who,
    }];
    parts.push(kind.to_owned());
    let attribution = quotation.attribution.as_ref();
    parts.extend(attribution.map(|it| format!("{:.0} % sure", 100.0 * it.confidence)));
    parts.extend(model.screens.echoes.in_words());
    Some(parts.join(" · "))
}

fn bottom(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let row = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    if let Some(notice) = &model.outbox.notice {
        let role = if notice.is_problem {
            Role::Error
        } else {
            Role::Status
        };
        clear(painter, area);
        painter.cut(row, &notice.text, role);
        return;
    }
    if !model.input.pending.is_empty() {
        clear(painter, area);
        pending(model, painter, row);
        return;
    }
    let has_place = area.y > model.window.regions.status.y;
    if has_place {
        hints(model, painter, row);
    }
}

fn clear(painter: &mut Painter<'_>, area: Rect) {
    painter.ground(area);
}

/// The keys typed so far and the keys that may follow.
fn pending(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let keys = model.input.pending.keys();
    let mut typed = String::new();
    typed.extend(model.input.pending.count().map(|count| count.to_string()));
    typed += &label_sequence(keys);
    typed.push(' ');
    let mut x = painter.text(area, &typed, Role::HintKey) + 1;
    if keys.is_empty() {
        return;
    }
    let context = model.window.screen();
    for (rest, action) in model.settings.keymap.continuations(context, keys) {
        let key = label_sequence(rest);
        let doc = brief(action);
        let needed = text_width(&key) + text_width(&doc) + 3;
        if usize::from(area.right().saturating_sub(x)) < needed {
            break;
        }
        x = hint(painter, area, x, &key, &doc);
    }
}

/// A short form of an action's doc: "columns" for "Columns: one, two, three".
fn brief(action: Action) -> String {
    let doc = action.doc();
    let doc = match doc.split_once(['.', ':', ',']) {
        Some((brief, _)) => brief,
        None => doc,
    };
    let doc = doc.trim_end_matches(" on or off");
    let mut letters = doc.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

fn hint(painter: &mut Painter<'_>, area: Rect, x: u16, key: &str, doc: &str) -> u16 {
    let rest = |x: u16| Rect {
        x,
        width: area.right().saturating_sub(x),
        ..area
    };
    let x = painter.text(rest(x), key, Role::HintKey);
    painter.text(rest(x + 1), doc, Role::Hint) + 2
}

/// The most useful keys in the text, in lists, in search results and in the timeline.
const READER: &[(Action, &str)] = &[
    (Action::NextPage, "page"),
    (Action::NextQuotation, "next quote"),
    (Action::NextOfSpeaker, "same speaker"),
    (Action::People, "speakers"),
    (Action::World, "countries"),
    (Action::Find, "find"),
    (Action::Contents, "contents"),
];
const LIST: &[(Action, &str)] = &[
    (Action::Open, "open"),
    (Action::Filter, "filter"),
    (Action::Find, "find"),
    (Action::Sort, "sort"),
    (Action::Close, "close"),
];
const FINDER: &[(Action, &str)] = &[
    (Action::Open, "open"),
    (Action::NextArticle, "next article"),
    (Action::FindInFolder, "search"),
    (Action::SaveSearch, "save"),
    (Action::SavedSearches, "saved"),
    (Action::Close, "close"),
];
const TIMELINE: &[(Action, &str)] = &[
    (Action::Earlier, "earlier"),
    (Action::Later, "later"),
    (Action::ZoomIn, "zoom in"),
    (Action::ZoomOut, "zoom out"),
    (Action::Open, "list"),
    (Action::Scope, "what to count"),
];

/// Hints for the most useful keys of this pane, as many as fit.
fn hints(model: &Model, painter: &mut Painter<'_>, area: Rect) {
    let context = model.window.screen();
    let wanted = match context {
        Screen::Reader => READER,
        Screen::Hits => FINDER,
        Screen::Timeline if !model.screens.timeline.in_list => TIMELINE,
        _ => LIST,
    };
    let keymap = &model.settings.keymap;
    let key_of = |action: Action| keymap.keys_for(context, action).next().map(label_sequence);
    let help = key_of(Action::Help).unwrap_or_default();
    let help_width = columns(&help) + columns("  help");
    let room = Rect {
        width: area.width.saturating_sub(help_width),
        ..area
    };
    let mut x = room.x;
    for (action, doc) in wanted {
        let Some(key) = key_of(*action).filter(|_| action.applies_in(context)) else {
            continue;
        };
        if usize::from(room.right().saturating_sub(x)) < text_width(&key) + text_width(doc) + 2 {
            break;
        }
        x = hint(painter, room, x, &key, doc);
    }
    let right = Rect {
        x: area.right().saturating_sub(help_width),
        width: help_width,
        ..area
    };
    hint(painter, right, right.x + 1, &help, "help");
}

fn typing(model: &Model, prompt: &Prompt, painter: &mut Painter<'_>, area: Rect) -> Position {
    painter.ground(area);
    let label = prompt.purpose.label();
    let x = painter.text(area, label, Role::Prompt);
    let outcome = outcome(model, prompt);
    let outcome_width = (columns(&outcome) + 1).min(area.width / 2);
    let room = Rect {
        x,
        width: area.right().saturating_sub(x + outcome_width + 1),
        ..area
    };
    let scroll = prompt
        .input
        .visual_scroll(usize::from(room.width.saturating_sub(1)));
    let typed = skip_columns(prompt.text(), scroll);
    painter.text(room, typed, Role::Prompt);
    painter.right(area, &outcome, Role::Dim);
    let cursor = prompt.input.visual_cursor().saturating_sub(scroll);
    let cursor = u16::try_from(cursor).unwrap_or(0).min(room.width);
    Position::new(room.x + cursor, area.y)
}

fn skip_columns(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, character) in text.char_indices() {
        if used >= columns {
            return text.split_at(at).1;
        }
        used += text_width(character.encode_utf8(&mut [0; 4]));
    }
    if columns == 0 { text } else { "" }
}

/// Feedback on the text typed so far.
fn outcome(model: &Model, prompt: &Prompt) -> String {
    match prompt.purpose {
        Purpose::Find { .. } => {
            let find = model
                .reading
                .reader
                .find
                .as_ref()
                .filter(|find| !find.wanted.text().is_empty());
            let Some(find) = find else {
                return String::new();
            };
            match (find.current, find.is_waiting) {
                (Some(index), _) => format!("{} of {} ", index + 1, find.spans.len()),
                (None, true) => "… ".to_owned(),
                (None, false) => "not found ".to_owned(),
            }
        }
        Purpose::FindInFolder => {
            if let Some(warning) = &model.search.warning {
                return warning.clone();
            }
            match model.search.progress.searched {
                _ if !model.search.is_searching => String::new(),
                (_, 0) => "100% ".to_owned(),
                (done, all) => format!("{}% ", done * 100 / all),
            }
        }
        Purpose::Command => match &prompt.completion {
            Some(shown) => {
                let next = shown.candidates.iter().skip(shown.chosen + 1).take(4);
                next.flat_map(|name| [name.as_str(), "  "]).collect()
            }
            None if model.input.is_completing() => "searching the names … ".to_owned(),
            None => "Tab completes ".to_owned(),
        },
        Purpose::Filter if model.window.covers.last() == Some(&Screen::Contents) => {
            format!(
                "{} of {} ",
                model.screens.contents.groups.listed.len(),
                model.folder.library.len()
            )
        }
        _ => String::new(),
    }
}
