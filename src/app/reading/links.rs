//! The links of the open article: from one to the next, as a list, and where they lead.

use super::reader::OpenArticle;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::notice::Notice;
use crate::app::reading::direction::StepDirection;
use crate::app::{Model, Screen};
use crate::config::Context;
use crate::document::InlineKind;
use crate::text::Span;
use crate::text::target::web_target;

impl OpenArticle {
    /// The links of the article: their index among the inlines, their span and where they lead.
    #[must_use]
    pub fn links(&self) -> impl DoubleEndedIterator<Item = (usize, Span, &str)> {
        let inlines = self
            .document()
            .map_or(&[][..], |document| &document.inlines);
        let links = inlines.iter().enumerate();
        links.filter_map(|(index, inline)| match &inline.kind {
            InlineKind::Link(target) => Some((index, inline.span, target.as_str())),
            _ => None,
        })
    }

    /// The link the reader went to, while it shows: its span and where it leads.
    #[must_use]
    pub fn current_link(&self) -> Option<(Span, &str)> {
        let inline = self.document()?.inlines.get(self.link?)?;
        match &inline.kind {
            InlineKind::Link(target) if self.shows(inline.span.start) => {
                Some((inline.span, target))
            }
            _ => None,
        }
    }

    /// The link `direction` of the present place, an index into the inlines.
    #[must_use]
    pub fn next_link(&self, direction: StepDirection) -> Option<usize> {
        let chosen = self.link.filter(|_| self.current_link().is_some());
        let start = self.spread.start;
        let is_before = |index: usize, span: Span| match chosen {
            Some(chosen) => index < chosen,
            None => span.start < start,
        };
        let mut links = self.links().filter(|(index, ..)| Some(*index) != chosen);
        let found = match direction {
            StepDirection::Forward => links.find(|(index, span, _)| !is_before(*index, *span)),
            StepDirection::Backward => links.rfind(|(index, span, _)| is_before(*index, *span)),
        };
        found.map(|(index, ..)| index)
    }

    /// Goes to a link and selects it.
    pub fn go_to_link(&mut self, index: usize) {
        let link = self.links().find(|(at, ..)| *at == index);
        if let Some((_, span, _)) = link {
            self.link = Some(index);
            self.bring_into_view(span);
        }
    }
}

impl Model {
    /// The links of the open article, as a screen.
    pub(crate) fn show_links(&mut self) {
        let Some(document) = self.reader.document() else {
            return;
        };
        let links = self
            .reader
            .links()
            .map(|(_, span, target)| (document.visible(span).into_owned(), target.to_owned()));
        let source = document
            .meta
            .url
            .iter()
            .map(|url| ("this article".to_owned(), url.clone()));
        let links: Vec<_> = source.chain(links).collect();
        if links.is_empty() {
            self.say(Notice::info("no links in this article"));
            return;
        }
        self.links.set_rows(links);
        self.screens.push(Screen::Links);
    }

    /// Goes to the next link; tells whether there is one.
    pub(crate) fn jump_to_link(&mut self, direction: StepDirection) -> bool {
        if let Some(index) = self.reader.next_link(direction) {
            self.remember_place();
            self.reader.go_to_link(index);
            self.note_reading();
            return true;
        }
        let has_links = self.reader.links().next().is_some();
        let text = match (has_links, direction) {
            (false, _) => "no links in this article",
            (true, StepDirection::Forward) => "last link",
            (true, StepDirection::Backward) => "first link",
        };
        self.say(Notice::info(text));
        false
    }

    /// Shows the selected link, or the source of the article, in the browser.
    pub(crate) fn browse(&mut self) {
        if self.context() == Context::Links {
            self.open_link();
            return;
        }
        let link = self.reader.current_link();
        let link = link.map(|(_, target)| target.to_owned());
        let source = || self.reader.document()?.meta.url.clone();
        match link.or_else(source) {
            Some(url) => self.browse_to(&url),
            None => self.say(Notice::info(
                "this article gives no source URL; U lists its links",
            )),
        }
    }

    fn browse_to(&mut self, url: &str) {
        if let Some(target) = web_target(url) {
            self.effects.push(Effect::Browse(target));
        } else {
            self.say(Notice::problem(format!(
                "not opened: {url} is not a web address"
            )));
        }
    }

    /// Opens the selected row of the list.
    pub(crate) fn open_link(&mut self) {
        if let Some((_, target)) = self.links.selected().cloned() {
            self.browse_to(&target);
        }
    }
}
