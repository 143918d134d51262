//! Facts about an article, in words: where it is, who wrote it, when, and how that is known.

use super::Model;
use crate::document::DateOrigin;
use crate::library::Survey;

impl Model {
    /// What is known of the article that is meant.
    pub(super) fn article_facts(&self) -> Option<String> {
        let entry = self.library.entry(self.selected_article()?)?;
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
            let minutes = survey.words.div_ceil(230).max(1);
            facts.push(format!("{} words, {minutes} min; {} quotations, {} of them without a known speaker; {} countries",
                survey.words, survey.quotations, survey.unattributed, survey.countries.len()));
        }
        if self.reader.article == self.selected_article()
            && let Some(content) = &self.reader.content
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

/// When the article was published and where that was found.
fn date_fact(survey: &Survey) -> String {
    let Some(published) = survey.date() else {
        return "Date: none in the article, its name or its file".to_owned();
    };
    let date = published.when.date();
    let has_no_year = survey.published.is_none();
    match published.origin {
        DateOrigin::Metadata => format!("Date: {date}, from the metadata of the article"),
        DateOrigin::Text if has_no_year => {
            format!("Date: {date}, the day from the text, the year from the time of the file")
        }
        DateOrigin::Text => format!("Date: {date}, from the text"),
        DateOrigin::FileName => format!("Date: {date}, from the name of the file"),
        DateOrigin::FileTime => {
            format!("Date: ~{date}, the time of the file; the article itself gives none")
        }
    }
}
