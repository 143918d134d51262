//! A Markdown summary of an article: who said what, and about where.

use super::Exported;
use super::json::published;
use crate::analysis::{Analysis, CountryCode};
use crate::lexicon::gazetteer;
use crate::text::display::safe;

/// Returns the section about one article.
pub(super) fn article(article: &Exported<'_>) -> String {
    let document = &article.document.value;
    let title = if document.meta.title.is_empty() {
        article.path
    } else {
        &document.meta.title
    };
    let mut about = vec![format!("`{}`", one_line(article.path).replace('`', "'"))];
    about.extend(document.meta.byline.as_deref().map(escaped));
    about.extend(document.meta.published.map(|when| published(&when)));
    let mut out = format!("# {}\n\n{}\n\n", escaped(title), about.join(" · "));
    let quotations = article.analysis.quotations.iter().map(|quotation| {
        let speaker = article.analysis.speaker_of(quotation);
        let name = match speaker {
            Some(speaker) => escaped(&speaker.name),
            None => "?".to_owned(),
        };
        let role = match speaker.and_then(|speaker| speaker.role.as_deref()) {
            Some(role) => format!(" ({})", escaped(role)),
            None => String::new(),
        };
        let words = escaped(&document.visible(quotation.span));
        format!("- **{name}**{role}: {words}\n")
    });
    out += &section("Quotations", quotations);
    let countries = counts(article.analysis);
    out + &section(
        "Countries",
        countries
            .into_iter()
            .map(|(code, count)| format!("- {} ({count})\n", gazetteer::name(code))),
    )
}

/// Returns the countries with their number of mentions, in the order of first mention.
#[must_use]
pub fn counts(analysis: &Analysis) -> Vec<(CountryCode, usize)> {
    let mut counts: Vec<(CountryCode, usize)> = Vec::new();
    for mention in analysis.countries.iter() {
        match counts.iter_mut().find(|(code, _)| *code == mention.country) {
            Some((_, count)) => *count += 1,
            None => counts.push((mention.country, 1)),
        }
    }
    counts
}

fn section(title: &str, items: impl Iterator<Item = String>) -> String {
    let items: String = items.collect();
    if items.is_empty() {
        items
    } else {
        format!("## {title}\n\n{items}\n")
    }
}

/// Returns `text` on one line, with markup characters escaped.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in one_line(text).chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|'
        ) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

fn one_line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    safe(&words.join(" ")).into_owned()
}
