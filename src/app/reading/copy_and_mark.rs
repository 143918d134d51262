//! What is done with a quotation, a sentence, an article: copied, marked, explained, opened elsewhere.

use crate::analysis::QuotationKind;
use crate::app::command::prompt::Purpose;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::notice::Notice;
use crate::app::reading::target::{Jump, Target};
use crate::app::state::LetterMark;
use crate::app::{Model, Screen};
use crate::config::{Action, Context};
use crate::document::DateOrigin;
use crate::export::{EXPORTERS, Exported};
use crate::library::ArticleId;
use crate::text::Span;
use crate::text::segment::sentences;

impl Model {
    pub(crate) fn perform_doing(&mut self, action: Action, letter: Option<char>) {
        match action {
            Action::Explain => self.explain(),
            Action::Correct => self.correct(),
            Action::YankQuotation => self.copy(self.quotation_text(), "quotation"),
            Action::YankCitation => self.copy(self.citation(), "citation"),
            Action::YankSentence => self.copy(self.sentence_text(), "sentence"),
            Action::YankParagraph => self.copy(self.paragraph_text(), "paragraph"),
            Action::YankSource => {
                let source = self.source_text();
                let is_url = source.as_ref().is_some_and(|source| source.contains("://"));
                self.copy(source, if is_url { "URL" } else { "path" });
            }
            Action::YankJson => self.copy(self.record_text(), "JSON"),
            Action::YankBoth => {
                let both = self.quotation_text().zip(self.citation());
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
            Some(text) => self.effects.push(Effect::Copy { text, what }),
            None => self.say(Notice::info(format!("no {what} here to copy"))),
        }
    }

    /// The text under a span as one would write it on: white space as single spaces.
    fn plain_text(&self, span: Span) -> Option<String> {
        let document = self.reader.document()?;
        let prose = document.prose();
        let words: Vec<&str> = span.of(&prose).split_whitespace().collect();
        Some(words.join(" "))
    }

    fn quotation_text(&self) -> Option<String> {
        let index = self.reader.current_quotation()?;
        self.plain_text(self.reader.quotations().get(index)?.span)
    }

    /// `Maria Okafor, finance minister, in “Harbour talks end”, Staff writer, 2026-03-03, port/a.md`.
    fn citation(&self) -> Option<String> {
        let entry = self.library.article(self.selected_article()?)?;
        let mut parts = Vec::new();
        if self.context() != Context::Contents
            && let Some(index) = self.reader.current_quotation()
            && let Some(speaker) = self.reader.speaker_of(index)
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

    fn sentence_text(&self) -> Option<String> {
        self.plain_text(self.sentence_at(self.reader.spot())?)
    }

    /// The sentence that holds the byte at an offset, or the next one of its block.
    pub(crate) fn sentence_at(&self, spot: u32) -> Option<Span> {
        let document = self.reader.document()?;
        let block = document.blocks.iter().find(|block| spot < block.span.end)?;
        let all = sentences(&document.text, block.span, |word| {
            self.is_abbreviation(word)
        });
        all.into_iter().find(|sentence| spot < sentence.end)
    }

    /// Whether a word with a full stop does not end a sentence.
    pub(crate) fn is_abbreviation(&self, word: &str) -> bool {
        let language = self
            .reader
            .document()
            .and_then(|d| d.meta.language.as_deref());
        crate::lexicon::of_language(language).is_abbreviation(word)
    }

    fn paragraph_text(&self) -> Option<String> {
        let document = self.reader.document()?;
        let spot = self.reader.spot();
        let block = document.blocks.iter().find(|block| spot < block.span.end)?;
        self.plain_text(block.span)
    }

    fn source_text(&self) -> Option<String> {
        if self.context() == Context::Links {
            return self.links.selected().map(|(_, target)| target.clone());
        }
        if let Some((_, target)) = self.reader.current_link() {
            return Some(target.to_owned());
        }
        let document = self.reader.document();
        let url = document.and_then(|document| document.meta.url.clone());
        url.or_else(|| {
            Some(
                self.library
                    .article(self.selected_article()?)?
                    .location
                    .file
                    .display()
                    .to_string(),
            )
        })
    }

    fn record_text(&self) -> Option<String> {
        let content = self.reader.content.as_ref()?;
        let path = self.library.path(self.reader.article?);
        Some(crate::export::json::record(
            &path,
            &content.document,
            content.analysis.as_ref()?,
        ))
    }

    /// The article that is meant: the selected row of a list of articles, else the open one.
    pub(crate) fn selected_article(&self) -> Option<ArticleId> {
        match self.context() {
            Context::Contents => self.contents.selected()?.article(),
            Context::Echoes => self.echoes.selected().map(|echo| echo.article),
            Context::Timeline => self.timeline.articles.selected().copied(),
            Context::Finder => self.hits.selected().map(|(article, _)| article),
            _ => self.reader.article,
        }
    }

    fn set_mark(&mut self, letter: Option<char>) {
        let (Some(letter), Some(here)) = (letter, self.here()) else {
            return;
        };
        let Some(location) = self.location_of(here.article) else {
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
        self.say(Notice::info(format!(
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
            self.say(Notice::info(text));
            return;
        };
        let Some(id) = self.find(&mark.path) else {
            self.say(Notice::problem(format!(
                "mark {letter} is in {}, outside this folder",
                mark.path
            )));
            return;
        };
        self.remember_place();
        self.screens.clear();
        if self.reader.article == Some(id) {
            self.reader.put_at_top(mark.offset);
            self.side_is_stale = true;
        } else {
            self.open(id, Target::Offset(mark.offset));
        }
    }

    fn toggle_bookmark(&mut self) {
        self.change_entry(|entry| {
            entry.is_bookmarked = !entry.is_bookmarked;
            if entry.is_bookmarked {
                "bookmarked"
            } else {
                "bookmark removed"
            }
        });
    }

    fn toggle_read(&mut self) {
        self.change_entry(|entry| {
            entry.is_read = !entry.is_read;
            if entry.is_read {
                "marked as read"
            } else {
                "marked as unread"
            }
        });
    }

    fn change_entry(
        &mut self,
        change: impl FnOnce(&mut crate::library::ArticleView) -> &'static str,
    ) {
        let Some(id) = self.selected_article() else {
            return;
        };
        let Some(mut entry) = self.library.article(id) else {
            return;
        };
        let text = change(&mut entry);
        self.library.set_read(id, entry.is_read);
        self.library.set_bookmarked(id, entry.is_bookmarked);
        let (is_read, is_bookmarked) = (entry.is_read, entry.is_bookmarked);
        let place = self.state.places.entry(entry.key()).or_default();
        (place.is_read, place.is_bookmarked) = (is_read, is_bookmarked);
        self.folder_is_stale = true;
        self.save();
        self.say(Notice::info(text));
    }

    fn mark_all_read(&mut self) {
        let ids: Vec<ArticleId> = self.library.order().to_vec();
        let mut marked = 0;
        for id in ids {
            if !self.library.set_read(id, true) {
                continue;
            }
            marked += 1;
            if let Some(key) = self.library.key(id) {
                self.state.places.entry(key).or_default().is_read = true;
            }
        }
        self.folder_is_stale = true;
        self.save();
        let articles = if marked == 1 { "article" } else { "articles" };
        self.say(Notice::info(format!("{marked} {articles} marked as read")));
    }

    fn edit(&mut self) {
        let Some(id) = self.selected_article() else {
            return;
        };
        let Some(location) = self.location_of(id) else {
            return;
        };
        let is_open = self.reader.article == Some(id);
        let document = self.reader.document().filter(|_| is_open);
        let line = document.map_or(1, |document| {
            let before = document
                .text
                .get(..self.reader.spot() as usize)
                .unwrap_or_default();
            before.matches('\n').count() + 1
        });
        let location = location.file.to_path_buf();
        self.effects.push(Effect::Edit { location, line });
    }

    fn proposed_file_name(&self) -> String {
        let path = self.reader.article.map(|id| self.library.path(id));
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
            self.say(Notice::problem(format!(
                "not saved: the name must end in {known}"
            )));
            return;
        };
        let (Some(content), Some(id)) = (&self.reader.content, self.reader.article) else {
            return;
        };
        let Some(analysis) = &content.analysis else {
            self.say(Notice::info("the article is still being analyzed"));
            return;
        };
        let shown = self.library.path(id);
        let article = Exported {
            path: &shown,
            document: &content.document,
            analysis,
        };
        let text = format!("{}{}", format.head, (format.article)(&article));
        self.effects.push(Effect::Write {
            path: path.into(),
            text,
        });
    }

    /// Gives the article's text to a command.
    pub(crate) fn pipe_to(&mut self, command: &str) {
        let Some(document) = self.reader.document() else {
            return;
        };
        if !command.trim().is_empty() {
            let (command, text) = (command.to_owned(), document.text.clone());
            self.effects.push(Effect::Pipe { command, text });
        }
    }

    fn explain(&mut self) {
        if self.last_jump == Some(Jump::Country)
            && self.screens.is_empty()
            && let Some(text) = self.country_explanation()
        {
            self.pop_up("Why this country", text);
            return;
        }
        if self
            .screens
            .last()
            .is_none_or(|screen| *screen == Screen::Side)
            && let Some(index) = self.reader.current_quotation()
        {
            let text = self.explanation(index);
            self.pop_up("Why this speaker", text);
            return;
        }
        if let Some(text) = self.article_facts() {
            self.pop_up("About this article", text);
        }
    }

    /// Why the selected words are taken for a mention of a country.
    fn country_explanation(&self) -> Option<String> {
        let mention = self.reader.mentions().get(self.reader.mention?)?;
        let words = self.plain_text(mention.span)?;
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
        let Some(content) = &self.reader.content else {
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
        let words = self.plain_text(quotation.span).unwrap_or_default();
        let why = crate::analysis::explain(analysis, &content.document.value, index);
        let echoes = self.echoes.in_words().map_or_else(String::new, |also| {
            format!("\n\nThe same words are {also}; ~ lists them.")
        });
        format!("{kind}.\n\n{words}\n\n{why}{echoes}")
    }
}
