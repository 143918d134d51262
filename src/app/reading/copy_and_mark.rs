//! What is done with a quotation, a sentence, an article: copied, marked, explained, opened elsewhere.

use super::target::{Jump, Target};
use crate::analysis::QuotationKind;
use crate::app::Model;
use crate::app::command::prompt::Purpose;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::notice::Notice;
use crate::app::screens::list_screen::Selected;
use crate::app::state::LetterMark;
use crate::config::{Action, Screen};
use crate::document::DateOrigin;
use crate::export::{EXPORTERS, Exported};
use crate::library::ArticleId;

impl Model {
    pub(crate) fn perform_doing(&mut self, action: Action, letter: Option<char>) {
        match action {
            Action::Explain => self.explain(),
            Action::Correct => self.correct(),
            Action::YankQuotation => self.copy(self.reading.reader.quotation_text(), "quotation"),
            Action::YankCitation => self.copy(self.citation(), "citation"),
            Action::YankSentence => self.copy(self.reading.reader.sentence_text(), "sentence"),
            Action::YankParagraph => self.copy(self.reading.reader.paragraph_text(), "paragraph"),
            Action::YankSource => {
                let source = self.source_text();
                let is_url = source.as_ref().is_some_and(|source| source.contains("://"));
                self.copy(source, if is_url { "URL" } else { "path" });
            }
            Action::YankJson => self.copy(self.record_text(), "JSON"),
            Action::YankBoth => {
                let both = self.reading.reader.quotation_text().zip(self.citation());
                let both = both.map(|(quotation, citation)| format!("{quotation}\n{citation}"));
                self.copy(both, "quotation and citation");
            }
            Action::SetMark => self.set_mark(letter),
            Action::GoToMark => self.go_to_mark(letter),
            Action::Bookmark => self.toggle_bookmark(),
            Action::ToggleRead => self.toggle_read(),
            Action::MarkAllRead => self.mark_all_read(),
            Action::Browse => self.browse(),
            Action::Edit => self.edit(),
            Action::Links => self.show_links(),
            Action::Save => self.ask(Purpose::Save, &self.proposed_file_name()),
            Action::Pipe => self.ask(Purpose::Pipe, ""),
            _ => {}
        }
    }

    fn copy(&mut self, text: Option<String>, what: &'static str) {
        match text.filter(|text| !text.is_empty()) {
            Some(text) => self.outbox.send(Effect::Copy { text, what }),
            None => self
                .outbox
                .notify(Notice::info(format!("no {what} here to copy"))),
        }
    }

    /// `Maria Okafor, finance minister, in “Harbour talks end”, Staff writer, 2026-03-03, port/a.md`.
    fn citation(&self) -> Option<String> {
        let entry = self.folder.library.article(self.selected_article()?)?;
        let mut parts = Vec::new();
        if self.window.screen() != Screen::Contents
            && let Some(index) = self.reading.reader.current_quotation()
            && let Some(speaker) = self.reading.reader.speaker_of(index)
        {
            parts.push(speaker.name.to_string());
            parts.extend(speaker.role.as_deref().map(str::to_owned));
        }
        parts.push(format!("“{}”", entry.title()));
        if let Some(survey) = &entry.survey {
            parts.extend(survey.byline.clone());
            parts.extend(survey.source.clone());
            parts.extend(
                survey
                    .date()
                    .filter(|published| published.origin != DateOrigin::FileTime)
                    .map(|published| published.when.date().to_string()),
            );
        }
        parts.push(entry.path.clone());
        Some(parts.join(", "))
    }

    /// The address to copy: of the selected or current link, of the article on the web, of its file.
    fn source_text(&self) -> Option<String> {
        if let Selected::Link(target) = self.selected() {
            return Some(target);
        }
        let reader = &self.reading.reader;
        if let Some((_, target)) = reader.current_link() {
            return Some(target.to_owned());
        }
        if let Some(url) = reader
            .document()
            .and_then(|document| document.meta.url.clone())
        {
            return Some(url);
        }
        let location = self.folder.library.location(self.selected_article()?)?;
        Some(location.file.display().to_string())
    }

    fn record_text(&self) -> Option<String> {
        let content = self.reading.reader.content.as_ref()?;
        let path = self.folder.library.path(self.reading.reader.article?);
        Some(crate::export::json::record(
            &path,
            &content.document,
            content.analysis.as_ref()?,
        ))
    }

    fn set_mark(&mut self, letter: Option<char>) {
        let (Some(letter), Some(here)) = (letter, self.reading.here()) else {
            return;
        };
        let Some(location) = self.folder.library.location(here.article) else {
            return;
        };
        let path = location.to_string();
        self.state.marks.insert(
            letter,
            LetterMark {
                path,
                offset: here.offset,
            },
        );
        self.save();
        self.outbox.notify(Notice::info(format!(
            "mark {letter} set; '{letter} returns here"
        )));
    }

    fn go_to_mark(&mut self, letter: Option<char>) {
        let Some(letter) = letter else { return };
        let Some(mark) = self.state.marks.get(&letter).cloned() else {
            let known: String = self
                .state
                .marks
                .keys()
                .flat_map(|key| [' ', *key])
                .collect();
            let text = if known.is_empty() {
                format!("no mark {letter}; no marks are set")
            } else {
                format!("no mark {letter}; marks set:{known}")
            };
            self.outbox.notify(Notice::info(text));
            return;
        };
        let Some(id) = self.folder.find(&mark.path) else {
            self.outbox.notify(Notice::problem(format!(
                "mark {letter} is in {}, outside this folder",
                mark.path
            )));
            return;
        };
        self.reading.remember_place();
        self.window.covers.clear();
        if self.reading.reader.article == Some(id) {
            self.reading.reader.put_at_top(mark.offset);
            self.screens.side.is_stale = true;
        } else {
            self.open(id, Target::Offset(mark.offset));
        }
    }

    fn toggle_bookmark(&mut self) {
        let Some(id) = self.selected_article() else {
            return;
        };
        let Some(article) = self.folder.library.article(id) else {
            return;
        };
        let key = article.key();
        self.keep_place();
        let reader = &self.reading.reader;
        let is_open = reader.article == Some(id);
        let line = is_open.then(|| reader.first_line()).flatten();
        let place = self.state.places.entry(key.clone()).or_default();
        let text = if article.is_bookmarked {
            place.remove_bookmark();
            "bookmark removed"
        } else {
            place.set_bookmark(line.unwrap_or_default());
            self.outbox.send(Effect::TimeBookmark(key));
            "bookmarked; zb lists the bookmarks"
        };
        self.folder
            .library
            .set_bookmarked(id, !article.is_bookmarked);
        self.folder.is_stale = true;
        self.save();
        self.outbox.notify(Notice::info(text));
    }

    /// Takes in when a bookmark was set.
    pub(crate) fn bookmark_timed(&mut self, key: &str, time: String) {
        let place = self.state.places.get_mut(key);
        if let Some(bookmark) = place.and_then(|place| place.bookmark.as_mut()) {
            bookmark.time = time;
            self.folder.is_stale = true;
            self.save();
        }
    }

    fn toggle_read(&mut self) {
        let Some(id) = self.selected_article() else {
            return;
        };
        let Some(key) = self.folder.library.key(id) else {
            return;
        };
        let is_read = !self.folder.library.is_read(id);
        self.folder.library.set_read(id, is_read);
        self.state.places.entry(key).or_default().is_read = is_read;
        self.folder.is_stale = true;
        self.save();
        let text = if is_read {
            "marked as read"
        } else {
            "marked as unread"
        };
        self.outbox.notify(Notice::info(text));
    }

    fn mark_all_read(&mut self) {
        let ids: Vec<ArticleId> = self.folder.library.order().to_vec();
        let mut marked = 0;
        for id in ids {
            if !self.folder.library.set_read(id, true) {
                continue;
            }
            marked += 1;
            if let Some(key) = self.folder.library.key(id) {
                self.state.places.entry(key).or_default().is_read = true;
            }
        }
        self.folder.is_stale = true;
        self.save();
        let articles = if marked == 1 { "article" } else { "articles" };
        self.outbox
            .notify(Notice::info(format!("{marked} {articles} marked as read")));
    }

    fn edit(&mut self) {
        let Some(id) = self.selected_article() else {
            return;
        };
        let Some(location) = self.folder.library.location(id) else {
            return;
        };
        let is_open = self.reading.reader.article == Some(id);
        let document = self.reading.reader.document().filter(|_| is_open);
        let line = document.map_or(1, |document| {
            let before = document
                .text
                .get(..self.reading.reader.spot() as usize)
                .unwrap_or_default();
            before.matches('\n').count() + 1
        });
        let location = location.file.to_path_buf();
        self.outbox.send(Effect::Edit { location, line });
    }

    fn proposed_file_name(&self) -> String {
        let path = self
            .reading
            .reader
            .article
            .map(|id| self.folder.library.path(id));
        let name = path.as_deref().and_then(|path| path.rsplit('/').next());
        let name = name.unwrap_or("article");
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        format!("{stem}.quotes.md")
    }

    /// Writes what was found to a file; its ending says in which format.
    pub(crate) fn save_to(&mut self, path: &str) {
        let path = path.trim();
        if path.is_empty() {
            return;
        }
        let extension = path.rsplit_once('.').map(|(_, extension)| extension);
        let format = EXPORTERS
            .iter()
            .find(|format| Some(format.extension) == extension);
        let Some(format) = format else {
            let known: Vec<_> = EXPORTERS
                .iter()
                .map(|format| format!(".{}", format.extension))
                .collect();
            let known = known.join(", ");
            self.outbox.notify(Notice::problem(format!(
                "not saved: the name must end in {known}"
            )));
            return;
        };
        let (Some(content), Some(id)) = (&self.reading.reader.content, self.reading.reader.article)
        else {
            return;
        };
        let Some(analysis) = &content.analysis else {
            self.outbox
                .notify(Notice::info("the article is still being analyzed"));
            return;
        };
        let shown = self.folder.library.path(id);
        let article = Exported {
            path: &shown,
            document: &content.document,
            analysis,
        };
        let text = format!("{}{}", format.head, (format.article)(&article));
        self.outbox.send(Effect::Write {
            path: path.into(),
            text,
        });
    }

    /// Gives the article's text to a command.
    pub(crate) fn pipe_to(&mut self, command: &str) {
        let Some(document) = self.reading.reader.document() else {
            return;
        };
        if !command.trim().is_empty() {
            let (command, text) = (command.to_owned(), document.text.clone());
            self.outbox.send(Effect::Pipe { command, text });
        }
    }

    fn explain(&mut self) {
        if self.reading.last_jump == Some(Jump::Country)
            && self.window.covers.is_empty()
            && let Some(text) = self.country_explanation()
        {
            self.window.pop_up("Why this country", text);
            return;
        }
        if self
            .window
            .top()
            .is_none_or(|screen| screen == Screen::Side)
            && let Some(index) = self.reading.reader.current_quotation()
        {
            let text = self.explanation(index);
            self.window.pop_up("Why this speaker", text);
            return;
        }
        if let Some(text) = self.article_facts() {
            self.window.pop_up("About this article", text);
        }
    }

    /// Why the selected words count as a mention of a country.
    fn country_explanation(&self) -> Option<String> {
        let mention = self
            .reading
            .reader
            .mentions()
            .get(self.reading.reader.mention?)?;
        let words = self.reading.reader.plain_text(mention.span)?;
        let name = crate::lexicon::gazetteer::name(mention.country);
        let why = mention
            .reason
            .doc()
            .unwrap_or("it names the country, and nothing in the text suggests otherwise.");
        let doubt = if mention.uncertain {
            " (Not certain.)"
        } else {
            ""
        };
        Some(format!("“{words}” is read as {name}: {why}{doubt}"))
    }

    fn explanation(&self, index: usize) -> String {
        let Some(content) = &self.reading.reader.content else {
            return String::new();
        };
        let Some(analysis) = &content.analysis else {
            return String::new();
        };
        let Some(quotation) = analysis.quotations.get(index) else {
            return String::new();
        };
        let kind = match quotation.kind {
            QuotationKind::Direct => "Direct quotation",
            QuotationKind::Mixed => "Mixed quotation: quoted words inside a paraphrase",
            QuotationKind::Indirect => "Indirect quotation: reported without quotation marks",
        };
        let words = self
            .reading
            .reader
            .plain_text(quotation.span)
            .unwrap_or_default();
        let why = crate::analysis::explain(analysis, &content.document.value, index);
        let echoes = self
            .screens
            .echoes
            .in_words()
            .map_or_else(String::new, |also| {
                format!("\n\nThe same words are {also}; ~ lists them.")
            });
        format!("{kind}.\n\n{words}\n\n{why}{echoes}")
    }
}
