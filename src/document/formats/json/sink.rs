//! Collects the articles of JSON and CSV files, and passes each on once the next one is found.

use std::ops::ControlFlow;

use serde_json::{Map, Value};

use super::names::{Field, FieldNames};
use super::{fields, record};
use crate::document::draft::Draft;
use crate::document::formats::html;
use crate::document::source::ArticleSink;
use crate::document::{BlockKind, Meta, Warning};

/// Receives articles and holds each back, so that damage after it can be reported with it.
pub(in crate::document::formats) struct DelayedSink<'t, 's> {
    names: &'t FieldNames,
    sink: &'t mut ArticleSink<'s>,
    held: Option<Draft>,
    pub(in crate::document::formats) flow: ControlFlow<()>,
    /// Warnings that go with every article.
    pub(in crate::document::formats) common: Vec<Warning>,
    /// How many articles there have been.
    pub(in crate::document::formats) n_articles: usize,
    /// How many objects could not be read since the last article.
    pub(in crate::document::formats) n_damaged: usize,
}

impl<'t, 's> DelayedSink<'t, 's> {
    pub(in crate::document::formats) fn new(
        names: &'t FieldNames,
        sink: &'t mut ArticleSink<'s>,
    ) -> Self {
        Self {
            names,
            sink,
            held: None,
            flow: ControlFlow::Continue(()),
            common: Vec::new(),
            n_articles: 0,
            n_damaged: 0,
        }
    }

    /// Receives the articles in a value: an object, a list, or an object around a list.
    pub(in crate::document::formats) fn value(&mut self, value: &Value) -> ControlFlow<()> {
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            match value {
                Value::Array(items) => waiting.extend(items.iter().rev()),
                Value::Object(object) => {
                    if self.object(object) {
                        self.flow?;
                    } else {
                        let around = object.iter().filter(|(key, _)| self.is_around(key));
                        waiting.extend(around.map(|(_, inside)| inside));
                    }
                }
                _ => {}
            }
        }
        self.flow
    }

    /// Returns whether a key may hold the list of articles.
    pub(in crate::document::formats) fn is_around(&self, key: &str) -> bool {
        fields::is_around(key) || self.names.is_list(key)
    }

    /// Receives the article in an object; returns whether there is one.
    pub(in crate::document::formats) fn object(&mut self, object: &Map<String, Value>) -> bool {
        let draft = match record::article(object) {
            Some(draft) => draft,
            None => match JsonArticle::in_object(object, self.names) {
                Some(found) if found.has_title() && self.sink.skips_next() => {
                    self.pass_on();
                    self.n_articles += 1;
                    return true;
                }
                Some(found) => found.into_draft(),
                None => return false,
            },
        };
        if draft.blocks().is_empty() {
            return false;
        }
        self.pass_on();
        self.n_articles += 1;
        let mut draft = draft;
        draft.warnings.extend(self.common.iter().cloned());
        self.held = Some(draft);
        true
    }

    /// Passes on the article that was held back.
    fn pass_on(&mut self) {
        let n_damaged = match self.n_articles {
            // Damage before the first article is reported with that article.
            0 => 0,
            _ => std::mem::take(&mut self.n_damaged),
        };
        let Some(mut draft) = self.held.take() else {
            return;
        };
        if n_damaged > 0 {
            draft.warnings.push(Warning {
                span: None,
                message: "what follows this article in its file is damaged and was left out".into(),
            });
        }
        if self.flow.is_continue() {
            self.flow = self.sink.push(draft);
        }
    }

    pub(in crate::document::formats) fn finish(mut self) -> ControlFlow<()> {
        self.pass_on();
        self.flow
    }
}

/// The shortest text of an article without a headline, and the shortest summary that can stand in for a
/// text.
const SHORTEST_TEXT: usize = 200;
const SHORTEST_SUMMARY: usize = 40;

/// An article that is not converted yet. It has a text, and a headline unless the text is long.
struct JsonArticle {
    meta: Meta,
    text: String,
}

impl JsonArticle {
    fn in_object(object: &Map<String, Value>, names: &FieldNames) -> Option<Self> {
        let own = |field: Field| names.of(field).to_vec();
        let found = fields::read(object, &own);
        let has_title = !found.meta.title.is_empty();
        let is_text = |text: &String| {
            let text = text.trim();
            text.contains(char::is_whitespace) && (has_title || text.len() >= SHORTEST_TEXT)
                || !text.is_ascii() && has_title
        };
        let is_dated = found.meta.published.is_some() || found.meta.url.is_some();
        let is_summary =
            |text: &String| has_title && is_dated && text.trim().len() >= SHORTEST_SUMMARY;
        let text = found
            .text
            .filter(is_text)
            .map(|text| without_cut_note(text, found.summary.as_deref()));
        let text = text.or_else(|| found.summary.filter(is_summary))?;
        let meta = found.meta;
        Some(Self { meta, text })
    }

    /// Returns whether it has a headline; then it is an article even if its text turns out empty.
    fn has_title(&self) -> bool {
        !self.meta.title.is_empty()
    }

    fn into_draft(self) -> Draft {
        let mut draft = Draft::default();
        draft.block(BlockKind::Title, &self.meta.title);
        draft.meta = self.meta;
        html::text(&mut draft, &self.text);
        draft.end();
        draft
    }
}

/// Drops the note of a service that cut a text off (`… [+1234 chars]`), and puts the summary first.
fn without_cut_note(text: String, summary: Option<&str>) -> String {
    let Some((start, note)) = text.rsplit_once("[+") else {
        return text;
    };
    if !note.trim_end().ends_with("chars]") {
        return text;
    }
    let start = start.trim_end();
    match summary.filter(|summary| !start.starts_with(summary.trim_end_matches(['…', '.', ' '])))
    {
        Some(summary) => format!("{summary}\n\n{start}"),
        None => start.to_owned(),
    }
}
