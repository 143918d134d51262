//! Facts about an article: its file, author and date, and the source of the date.

use crate::app::Model;
use crate::document::{BlockKind, DateOrigin, Document};
use crate::library::Survey;

impl Model {
    /// Facts about the selected or open article.
    pub(crate) fn article_facts(&self) -> Option<String> {
        let entry = self.folder.library.article(self.selected_article()?)?;
        let mut facts = vec![format!("File: {}", entry.location.file.display())];
        if let Some(problem) = &entry.problem {
            facts.push(problem.clone());
        }
        if let Some(survey) = &entry.survey {
            facts.push(format!("Title: {}", survey.title));
            facts.extend(survey.byline.as_ref().map(|byline| format!("By: {byline}")));
            facts.extend(
                survey
                    .source
                    .as_ref()
                    .map(|source| format!("Source: {source}")),
            );
            facts.push(date_fact(survey));
            let minutes = survey.minutes();
            facts.push(format!("Length: {} words, {minutes} min", survey.words));
            facts.push(format!(
                "Quotations: {} ({} by unknown speakers)",
                survey.quotations, survey.unattributed
            ));
            facts.push(format!("Countries: {}", survey.countries.len()));
        }
        if self.reading.reader.article == self.selected_article()
            && let Some(content) = &self.reading.reader.content
        {
            facts.extend(
                content
                    .document
                    .warnings
                    .iter()
                    .map(|w| format!("Note: {}", w.message)),
            );
        }
        Some(facts.join("\n"))
    }
}

/// Blocks at the head of an article in which its author, date and source may be said.
const HEAD_BLOCKS: usize = 6;

impl Model {
    /// What the metadata of the open article tell of author, date and source and its head does not show, with
    /// the reading time.
    pub(crate) fn unsaid(&self, document: &Document) -> Vec<String> {
        let meta = &document.meta;
        let head = || document.blocks.iter().take(HEAD_BLOCKS);
        let shows = |words: &str| {
            let mut texts = head().map(|block| document.visible(block.span));
            texts.any(|text| text.contains(words))
        };
        let has_byline = head().any(|block| block.kind == BlockKind::Byline);
        let byline = meta.byline.as_ref();
        let byline = byline.filter(|name| !has_byline && !shows(name.as_str()));
        let date = meta.published.as_ref();
        let date = date.filter(|date| date.origin == DateOrigin::Metadata && !has_byline);
        let source = meta.source.as_ref().filter(|name| !shows(name.as_str()));
        let mut facts: Vec<String> = byline.cloned().into_iter().collect();
        facts.extend(date.map(|date| self.window.looks.dates.day(date.when.date())));
        facts.extend(source.cloned());
        let entry = self
            .reading
            .reader
            .article
            .and_then(|id| self.folder.library.article(id));
        let survey = entry.as_ref().and_then(|entry| entry.survey.as_ref());
        if !facts.is_empty() {
            facts.extend(survey.map(|survey| format!("{} min", survey.minutes())));
        }
        facts
    }
}

/// When the article was published and where that was found.
fn date_fact(survey: &Survey) -> String {
    let Some(published) = survey.date() else {
        return "Date: none found".to_owned();
    };
    let date = published.when.date();
    let has_no_year = survey.published.is_none();
    match published.origin {
        DateOrigin::Metadata => format!("Date: {date}, from the article’s metadata"),
        DateOrigin::Text if has_no_year => {
            format!("Date: {date}, day from the text, year from the file time")
        }
        DateOrigin::Text => format!("Date: {date}, from the text"),
        DateOrigin::FileName => format!("Date: {date}, from the file name"),
        DateOrigin::FileTime => {
            format!("Date: ~{date}, the file time; the article gives none")
        }
    }
}
