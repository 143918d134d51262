//! Lists as lines: a heading, and rows with the numbers that select them.

use crate::analysis::QuotationKind;
use crate::app::Model;
use crate::app::contents::groups::ContentsRow;
use crate::app::corrections::kind::CorrectionChoice;
use crate::app::protocol::answers::ArticleHits;
use crate::app::screens::help::HelpRow;
use crate::app::search::hits::HitRow;
use crate::app::side::{CountryKind, QuotationRow, Section};
use crate::config::Screen;
use crate::lexicon::gazetteer;
use crate::library::{ArticleId, ArticleView, Survey};

use super::super::frame;
use super::super::lists::{date_of, saved_counts};
use super::super::people;
use crate::view::corrections;

/// `1 article`, `2 articles`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{count} {noun}")
}

/// `3 March 2026`, or `file dated 3 March 2026` when it is only the file time.
pub(super) fn date_in_words(model: &Model, survey: &Survey) -> Option<String> {
    let date = date_of(survey, |day| model.window.looks.dates.in_words(day))?;
    Some(match date.strip_prefix('~') {
        Some(file_date) => format!("file dated {file_date}"),
        None => date,
    })
}

/// The title of the list.
pub(super) fn title(model: &Model) -> String {
    let Some(&screen) = model.window.covers.last() else {
        return String::new();
    };
    if screen == Screen::Side {
        let who = model.screens.side.shown_speaker(&model.reading.reader);
        return match model.screens.side.section {
            Section::Speakers => "Speakers in this article".to_owned(),
            Section::Quotations => match who {
                Some(who) => format!("Quotations by {}", who.name()),
                None => "Quotations".to_owned(),
            },
            Section::Countries => "Countries in this article".to_owned(),
        };
    }
    frame::heading(model, screen).0
}

/// Whether a search is still adding rows to the list.
pub(super) fn is_growing(model: &Model) -> bool {
    let top = model.window.top();
    let list = top.and_then(|screen| model.screens.get(screen));
    list.is_some_and(|list| list.is_growing(model.surroundings()))
}

/// Whether the list is complete.
pub(super) fn is_settled(model: &Model) -> bool {
    model.folder.is_known() && !is_growing(model)
}

/// The title with the number of rows, and any other lines above the list.
pub(super) fn heading(model: &Model, title: &str) -> Vec<String> {
    let count = match model.window.covers.last() {
        Some(Screen::Side) | None => rows_of(model).to_string(),
        Some(&screen) => frame::heading(model, screen).1.replace(" · ", ", "),
    };
    let colon = if count.is_empty() { "" } else { ": " };
    let mut lines = vec![format!("{title}{colon}{count}.")];
    if model.window.covers.last() == Some(&Screen::Timeline) {
        lines.push(bar(model));
    }
    if is_growing(model) {
        lines.push("searching …".to_owned());
    }
    lines
}

fn rows_of(model: &Model) -> usize {
    model.read_aloud.row.map_or(0, |(_, len)| len)
}

/// The selected bar of the timeline in words.
fn bar(model: &Model) -> String {
    let timeline = &model.screens.timeline;
    let held = timeline.subject.in_words(timeline.selected_bar());
    let when = super::super::timeline::when(timeline);
    format!("{when}: {held}; Left and Right move in time.")
}

/// All rows, or a screenful starting with the selected one, and how to choose one.
pub(super) fn rows(model: &Model) -> Vec<String> {
    let Some((selected, len)) = model.read_aloud.row.filter(|(_, len)| *len > 0) else {
        let top = model.window.top();
        let list = top.and_then(|screen| model.screens.get(screen));
        let text = list.map_or("", |list| list.when_empty());
        return vec![in_a_sentence(text)];
    };
    let height = usize::from(model.window.regions.screen.height.saturating_sub(3)).max(1);
    // Row 0 is the title of the article of the first hit.
    let has_title = model.window.covers.last() == Some(&Screen::Hits) && selected == 1;
    let first = match selected {
        _ if len <= height || has_title => 0,
        selected => selected,
    };
    let shown = first..len.min(first + height);
    let last = shown.end;
    let mut lines: Vec<String> = shown.filter_map(|index| row(model, index)).collect();
    lines.push(if last < len {
        format!(
            "{} to {last} of {len}; Space for more, or a number and Enter to choose.",
            first + 1
        )
    } else {
        let selected = selected + 1;
        format!("{selected} is selected; a number and Enter to choose.")
    });
    lines
}

/// With a capital at the start and a full stop at the end.
fn in_a_sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(['.']).collect()
}

/// The selected row, or the selected bar of the timeline when it has the focus.
pub(super) fn selected(model: &Model) -> Option<String> {
    let is_on_bars =
        model.window.covers.last() == Some(&Screen::Timeline) && !model.screens.timeline.in_list;
    if is_on_bars {
        return Some(bar(model));
    }
    let (index, _) = model.read_aloud.row?;
    let row = row(model, index)?;
    match (
        model.window.covers.last(),
        model.screens.correction.list.selected(),
    ) {
        (Some(Screen::Correction), Some(choice)) => {
            let (library, reading) = (&model.folder.library, &model.reading);
            let correction = &model.screens.correction;
            let change = correction.will_change(choice, library, reading);
            Some(format!("{row}; {change}"))
        }
        _ => Some(row),
    }
}

/// A row with its number; headings have no number.
fn row(model: &Model, index: usize) -> Option<String> {
    let heading = match model.window.covers.last()? {
        Screen::Hits => match model.screens.hits.rows.get(index)? {
            HitRow::Article(at) => Some(found_words(model, model.search.found.get(*at)?)?),
            HitRow::Hit(..) => None,
        },
        Screen::Help => match model.screens.help.list.rows.get(index)? {
            HelpRow::Heading(heading) => Some(heading.clone()),
            HelpRow::Keys { .. } => None,
        },
        _ => None,
    };
    match heading {
        Some(heading) => Some(format!("{heading}:")),
        None => Some(format!("{}. {}", index + 1, row_words(model, index)?)),
    }
}

fn row_words(model: &Model, index: usize) -> Option<String> {
    let library = &model.folder.library;
    match model.window.covers.last()? {
        Screen::Contents => match *model.screens.contents.list.rows.get(index)? {
            ContentsRow::Article(id) => article_words(model, id),
            ContentsRow::File(first) => file_words(model, first),
        },
        Screen::People => model.screens.people.person(index).map(people::in_words),
        Screen::World => {
            let code = *model.screens.world.list.rows.get(index)?;
            let count = model.screens.world.count_of(code) as usize;
            let mentions = counted(count, "mention", "mentions");
            Some(format!("{}, {mentions}", gazetteer::name(code)))
        }
        Screen::Saved => {
            let name = model.screens.saved.list.rows.get(index)?.as_deref();
            let counts = saved_counts(model, name);
            let title = name.unwrap_or("The whole folder");
            Some(format!("{title}, {}", counts.trim()))
        }
        Screen::Timeline => {
            let id = *model.screens.timeline.articles.rows.get(index)?;
            article_words(model, id)
        }
        Screen::Echoes => echo_words(model, index),
        Screen::SpeakerQuotes => {
            let quote = model.screens.speaker_quotes.quotes.get(index)?;
            let entry = library.article(quote.article)?;
            Some(format!("{}: {}", dated(model, &entry), quote.words))
        }
        Screen::Correction => choice_words(model, index),
        Screen::Links => {
            let (words, target) = model.screens.links.list.rows.get(index)?;
            Some(format!("{words}: {target}"))
        }
        Screen::Help => match model.screens.help.list.rows.get(index)? {
            HelpRow::Keys { keys, doc, .. } => {
                Some(format!("{}: {doc}", keys.replace("  ", " or ")))
            }
            HelpRow::Heading(_) => None,
        },
        Screen::Hits => match model.screens.hits.rows.get(index)? {
            HitRow::Hit(at, hit) => {
                let hit = model.search.found.get(*at)?.hits.get(*hit)?;
                Some(hit.snippet.narrowed(SNIPPET).text)
            }
            HitRow::Article(_) => None,
        },
        Screen::Side => side_words(model, index),
        plain => {
            let list = model.screens.get(*plain)?;
            let row = list.plain_row(index, model.surroundings())?;
            let words = [row.title, row.detail, row.note].into_iter();
            let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
            Some(words.join(", "))
        }
    }
}

fn echo_words(model: &Model, index: usize) -> Option<String> {
    let echo = model.screens.echoes.found.get(index)?;
    let entry = model.folder.library.article(echo.article)?;
    let how = if echo.is_exact() {
        "word for word"
    } else {
        "changed"
    };
    let speaker = echo.speaker.as_deref().unwrap_or("an unknown speaker");
    Some(format!(
        "{how}, {}, said by {speaker}",
        dated(model, &entry)
    ))
}

fn choice_words(model: &Model, index: usize) -> Option<String> {
    let choice = model.screens.correction.list.rows.get(index)?;
    let name = model.screens.correction.name.as_deref().unwrap_or_default();
    Some(match choice {
        CorrectionChoice::Kind(kind) => corrections::words(*kind, name),
        CorrectionChoice::Person { name, is_alike, .. } if *is_alike => {
            format!("{name}, possibly the same")
        }
        CorrectionChoice::Person { name, .. } => name.to_string(),
        CorrectionChoice::New(typed) => format!("{typed}, new name"),
        CorrectionChoice::Unknown => "unknown speaker".to_owned(),
    })
}

/// Width of the context of a hit, in columns.
const SNIPPET: usize = 120;

/// Title and date.
fn dated(model: &Model, entry: &ArticleView) -> String {
    let survey = entry.survey.as_ref();
    let date = survey.and_then(|survey| date_in_words(model, survey));
    match date {
        Some(date) => format!("{}, {date}", entry.title()),
        None => entry.title().to_owned(),
    }
}

fn article_words(model: &Model, id: ArticleId) -> Option<String> {
    let entry = model.folder.library.article(id)?;
    if let Some(problem) = &entry.problem {
        return Some(format!("unreadable, {problem}"));
    }
    let mut words = vec![dated(model, &entry)];
    if let Some(survey) = &entry.survey {
        words.extend(survey.source.clone());
        let quotations = survey.quotations as usize;
        words.push(counted(quotations, "quotation", "quotations"));
    }
    let similar = model.screens.contents.groups.n_similar(id);
    for (is_so, word) in [
        (model.reading.reader.article == Some(id), "open".to_owned()),
        (entry.is_bookmarked, "bookmarked".to_owned()),
        (!entry.is_read, "unread".to_owned()),
        (
            model.screens.contents.groups.is_copy(id),
            "a copy".to_owned(),
        ),
        (similar > 0, format!("{similar} similar")),
    ] {
        words.extend(is_so.then_some(word));
    }
    Some(words.join(", "))
}

fn file_words(model: &Model, first: ArticleId) -> Option<String> {
    let path = &model.folder.library.article(first)?.path;
    let articles = model.folder.library.parts(first).count();
    let articles = counted(articles, "article", "articles");
    let is_open = model
        .screens
        .contents
        .groups
        .is_open(ContentsRow::File(first));
    let state = if is_open { "open" } else { "closed" };
    Some(format!("file {path}, {articles}, {state}"))
}

fn found_words(model: &Model, found: &ArticleHits) -> Option<String> {
    let entry = model.folder.library.article(found.article)?;
    let hits = counted(found.n_hits, "hit", "hits");
    Some(format!("{}, {hits}", dated(model, &entry)))
}

fn side_words(model: &Model, index: usize) -> Option<String> {
    let (side, reader) = (&model.screens.side, &model.reading.reader);
    let here_and = |here: u32, folder: Option<u32>| match folder {
        Some(all) => format!("{here} here, {all} in the folder"),
        None => format!("{here} here"),
    };
    match side.section {
        Section::Speakers => {
            let row = side.speakers.get(index)?;
            let mut words = match row.speaker {
                Some(_) => vec![row.name(reader).to_owned()],
                None => vec!["unknown speaker".to_owned()],
            };
            words.extend(row.role(reader).map(str::to_owned));
            words.push(here_and(row.here, row.folder));
            Some(words.join(", "))
        }
        Section::Quotations => match side.quotations.get(index)? {
            QuotationRow::Here(quotation) => {
                let quotation = reader.quotations().get(*quotation)?;
                let words = reader.document()?.visible(quotation.span);
                let kind = match quotation.kind {
                    QuotationKind::Indirect => "indirect: ",
                    QuotationKind::Direct | QuotationKind::Mixed => "",
                };
                Some(format!("{kind}{words}"))
            }
            QuotationRow::Elsewhere(id, count) => {
                let count = counted(*count as usize, "quotation", "quotations");
                Some(format!(
                    "elsewhere, {}, {count}",
                    dated(model, &model.folder.library.article(*id)?)
                ))
            }
        },
        Section::Countries => {
            let row = side.countries.get(index)?;
            let name = gazetteer::name(row.code);
            let counts = here_and(row.here, row.folder);
            Some(match &row.kind {
                CountryKind::Implied(place) => format!("{place}, in {name}"),
                CountryKind::Uncertain => format!("perhaps {name}, {counts}"),
                CountryKind::Mentioned => format!("{name}, {counts}"),
            })
        }
    }
}
