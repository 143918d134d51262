//! Lists as lines: a heading, and rows with the numbers that select them.

use crate::analysis::QuotationKind;
use crate::app::contents::groups::ContentsRow;
use crate::app::corrections::kind::CorrectionChoice;
use crate::app::protocol::answers::ArticleHits;
use crate::app::screens::help::HelpRow;
use crate::app::search::hits;
use crate::app::side::{CountryKind, QuotationRow, Section};
use crate::app::{Model, Screen};
use crate::lexicon::gazetteer;
use crate::library::{ArticleId, ArticleView, Survey};

use super::super::frame::{screen_count, screen_title};
use super::super::lists::{date_of, is_read, saved_counts};
use super::super::people;
use crate::view::corrections;

/// `1 article`, `2 articles`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    let noun = if count == 1 { one } else { many };
    format!("{count} {noun}")
}

/// `3 March 2026`, or `file dated 3 March 2026` when it is only the file time.
pub(super) fn date_in_words(model: &Model, survey: &Survey) -> Option<String> {
    let date = date_of(survey, |day| model.looks.dates.in_words(day))?;
    Some(match date.strip_prefix('~') {
        Some(file_date) => format!("file dated {file_date}"),
        None => date,
    })
}

/// The title of the list.
pub(super) fn title(model: &Model) -> String {
    let Some(&screen) = model.screens.last() else {
        return String::new();
    };
    if screen == Screen::Side {
        let who = model.side.shown_speaker(&model.reader);
        return match model.side.section {
            Section::Speakers => "Speakers in this article".to_owned(),
            Section::Quotations => match who {
                Some(who) => format!("Quotations by {}", who.name()),
                None => "Quotations".to_owned(),
            },
            Section::Countries => "Countries in this article".to_owned(),
        };
    }
    screen_title(model, screen)
}

/// Whether a search is still adding rows to the list.
pub(super) fn is_growing(model: &Model) -> bool {
    match model.screens.last() {
        Some(Screen::Hits) => model.hits.is_searching,
        Some(Screen::Said) => model.said.is_gathering,
        Some(Screen::Echoes) => model.echoes.found.is_empty(),
        _ => false,
    }
}

/// Whether the list is complete.
pub(super) fn is_settled(model: &Model) -> bool {
    is_read(model) && !is_growing(model)
}

/// The title with the number of rows, and any other lines above the list.
pub(super) fn heading(model: &Model, title: &str) -> Vec<String> {
    let count = match model.screens.last() {
        Some(Screen::Side) | None => rows_of(model).to_string(),
        Some(&screen) => screen_count(model, screen).replace(" · ", ", "),
    };
    let colon = if count.is_empty() { "" } else { ": " };
    let mut lines = vec![format!("{title}{colon}{count}.")];
    if model.screens.last() == Some(&Screen::Timeline) {
        lines.push(bar(model));
    }
    if is_growing(model) {
        lines.push("searching …".to_owned());
    }
    lines
}

fn rows_of(model: &Model) -> usize {
    model.hearing.row.map_or(0, |(_, len)| len)
}

/// The selected bar of the timeline in words.
fn bar(model: &Model) -> String {
    let timeline = &model.timeline;
    let held = super::super::timeline::held(&timeline.subject, timeline.selected());
    let when = super::super::timeline::when(timeline);
    format!("{when}: {held}; Left and Right move in time.")
}

/// All rows, or a screenful starting with the selected one, and how to choose one.
pub(super) fn rows(model: &Model) -> Vec<String> {
    let Some((selected, len)) = model.hearing.row.filter(|(_, len)| *len > 0) else {
        return vec!["Nothing here.".to_owned()];
    };
    let height = usize::from(model.regions.screen.height.saturating_sub(3)).max(1);
    // Row 0 is the title of the article of the first hit.
    let has_title = model.screens.last() == Some(&Screen::Hits) && selected == 1;
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

/// The selected row, or the selected bar of the timeline when it has the focus.
pub(super) fn selected(model: &Model) -> Option<String> {
    let is_on_bars = model.screens.last() == Some(&Screen::Timeline) && !model.timeline.in_list;
    if is_on_bars {
        return Some(bar(model));
    }
    let (index, _) = model.hearing.row?;
    let row = row(model, index)?;
    match (model.screens.last(), model.correcting.list.selected()) {
        (Some(Screen::Correct), Some(choice)) => {
            Some(format!("{row}; {}", model.will_change(choice)))
        }
        _ => Some(row),
    }
}

/// A row with its number; headings have no number.
fn row(model: &Model, index: usize) -> Option<String> {
    let heading = match model.screens.last()? {
        Screen::Hits => match model.hits.rows.get(index)? {
            hits::HitRow::Article(at) => Some(found_words(model, model.hits.found.get(*at)?)?),
            hits::HitRow::Hit(..) => None,
        },
        Screen::Help => match model.help.rows.get(index)? {
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
    let library = &model.library;
    match model.screens.last()? {
        Screen::Contents => match *model.contents.rows.get(index)? {
            ContentsRow::Article(id) => article_words(model, id),
            ContentsRow::File(first) => file_words(model, first),
        },
        Screen::People => model.people.person(index).map(people::in_words),
        Screen::World => {
            let code = *model.world.rows.get(index)?;
            let count = model.atlas.count(code) as usize;
            let mentions = counted(count, "mention", "mentions");
            Some(format!("{}, {mentions}", gazetteer::name(code)))
        }
        Screen::Saved => {
            let name = model.saved.list.rows.get(index)?.as_deref();
            let counts = saved_counts(model, name);
            let title = name.unwrap_or("The whole folder");
            Some(format!("{title}, {}", counts.trim()))
        }
        Screen::Timeline => {
            let id = *model.timeline.articles.rows.get(index)?;
            article_words(model, id)
        }
        Screen::Echoes => echo_words(model, index),
        Screen::Said => {
            let quote = model.said.quotes.get(index)?;
            let entry = library.article(quote.article)?;
            Some(format!("{}: {}", dated(model, &entry), quote.words))
        }
        Screen::Correct => choice_words(model, index),
        Screen::Links => {
            let (words, target) = model.links.rows.get(index)?;
            Some(format!("{words}: {target}"))
        }
        Screen::Help => match model.help.rows.get(index)? {
            HelpRow::Keys { keys, doc, .. } => {
                Some(format!("{}: {doc}", keys.replace("  ", " or ")))
            }
            HelpRow::Heading(_) => None,
        },
        Screen::Hits => match model.hits.rows.get(index)? {
            hits::HitRow::Hit(at, hit) => {
                let hit = model.hits.found.get(*at)?.hits.get(*hit)?;
                Some(hit.snippet.narrowed(SNIPPET).text)
            }
            hits::HitRow::Article(_) => None,
        },
        Screen::Side => side_words(model, index),
    }
}

fn echo_words(model: &Model, index: usize) -> Option<String> {
    let echo = model.echoes.found.get(index)?;
    let entry = model.library.article(echo.article)?;
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
    let choice = model.correcting.list.rows.get(index)?;
    let name = model.correcting.name.as_deref().unwrap_or_default();
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
    let entry = model.library.article(id)?;
    if let Some(problem) = &entry.problem {
        return Some(format!("unreadable, {problem}"));
    }
    let mut words = vec![dated(model, &entry)];
    if let Some(survey) = &entry.survey {
        words.extend(survey.source.clone());
        let quotations = survey.quotations as usize;
        words.push(counted(quotations, "quotation", "quotations"));
    }
    let similar = model.groups.n_similar(id);
    for (is_so, word) in [
        (model.reader.article == Some(id), "open".to_owned()),
        (entry.is_bookmarked, "bookmarked".to_owned()),
        (!entry.is_read, "unread".to_owned()),
        (model.groups.is_copy(id), "a copy".to_owned()),
        (similar > 0, format!("{similar} similar")),
    ] {
        words.extend(is_so.then_some(word));
    }
    Some(words.join(", "))
}

fn file_words(model: &Model, first: ArticleId) -> Option<String> {
    let path = &model.library.article(first)?.path;
    let articles = model.library.parts(first).count();
    let articles = counted(articles, "article", "articles");
    let is_open = model.groups.is_open(ContentsRow::File(first));
    let state = if is_open { "open" } else { "closed" };
    Some(format!("file {path}, {articles}, {state}"))
}

fn found_words(model: &Model, found: &ArticleHits) -> Option<String> {
    let entry = model.library.article(found.article)?;
    let hits = counted(found.n_hits, "hit", "hits");
    Some(format!("{}, {hits}", dated(model, &entry)))
}

fn side_words(model: &Model, index: usize) -> Option<String> {
    let (side, reader) = (&model.side, &model.reader);
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
                    dated(model, &model.library.article(*id)?)
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
