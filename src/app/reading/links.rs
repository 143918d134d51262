//! The links of the open article: from one to the next, as a list, and where they lead.

use super::reader::OpenArticle;
use crate::app::Model;
use crate::app::protocol::notice::Notice;
use crate::app::reading::direction::StepDirection;
use crate::app::screens::links::browse_to;
use crate::config::Screen;
use crate::document::InlineKind;
use crate::text::Span;

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
    /// Lists the links of the open article.
    pub(crate) fn show_links(&mut self) {
        if self.screens.links.fill(&self.reading.reader) {
            self.window.covers.push(Screen::Links);
        } else {
            let text = "no links in this article";
            self.outbox.notify(Notice::info(text));
        }
    }

    /// Goes to the next link; returns whether there is one.
    pub(crate) fn jump_to_link(&mut self, direction: StepDirection) -> bool {
        if let Some(index) = self.reading.reader.next_link(direction) {
            self.reading.remember_place();
            self.reading.reader.go_to_link(index);
            self.reading.note_reading(&mut self.folder.library);
            return true;
        }
        let has_links = self.reading.reader.links().next().is_some();
        let text = match (has_links, direction) {
            (false, _) => "no links in this article",
            (true, StepDirection::Forward) => "last link",
            (true, StepDirection::Backward) => "first link",
        };
        self.outbox.notify(Notice::info(text));
        false
    }

    /// Shows the selected link, or the source of the article, in the browser.
    pub(crate) fn browse(&mut self) {
        if self.window.screen() == Screen::Links {
            self.open_selected();
            return;
        }
        let link = self.reading.reader.current_link();
        let link = link.map(|(_, target)| target.to_owned());
        let source = || self.reading.reader.document()?.meta.url.clone();
        match link.or_else(source) {
            Some(url) => self.carry_out(vec![browse_to(&url)]),
            None => self.outbox.notify(Notice::info(
                "this article gives no source URL; U lists its links",
            )),
        }
    }
}
