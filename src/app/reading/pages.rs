//! How the page is set: the size and manner of its columns, and counting the pages.

use super::Reading;
use crate::app::Model;
use crate::app::outbox::Outbox;
use crate::app::protocol::effect::Effect;
use crate::config::settings::When;
use crate::layout::{HyphenationLanguage, Measure, PageShape, Preface};

/// The pages of texts up to this length are counted at once.
const SHORT_TEXT_BYTES: usize = 32 * 1024;

impl Model {
    fn measure(&self) -> Measure {
        let (width_columns, _) = self.window.regions.column_size();
        let page = &self.settings.page;
        let justify = match self.window.looks.justify {
            _ if self.is_read_aloud() => false,
            When::Always => true,
            When::Never => false,
            When::Auto => width_columns >= page.justify_from.get(),
        };
        let written_in = self
            .reading
            .reader
            .document()
            .and_then(|document| document.meta.language.clone());
        let language = written_in.unwrap_or_else(|| page.language.clone());
        let hyphenate = (page.hyphenate && !self.is_read_aloud())
            .then(|| HyphenationLanguage::from_code(&language))
            .flatten();
        let preface = match self
            .reading
            .reader
            .document()
            .filter(|_| !self.is_read_aloud())
        {
            Some(document) => Preface::new(document, &self.unsaid(document), width_columns),
            None => Preface::default(),
        };
        Measure {
            width_columns,
            justify,
            hyphenate,
            preface,
        }
    }

    fn shape(&self) -> PageShape {
        let columns = u16::try_from(self.window.regions.columns.len()).unwrap_or(1);
        PageShape {
            height_rows: self.window.regions.column_size().1,
            columns,
        }
    }

    /// Lays the page out for the window and the settings.
    pub(crate) fn lay_out(&mut self) {
        let (measure, shape) = (self.measure(), self.shape());
        let has_changed = self.reading.reader.settle(&measure, shape);
        if has_changed && self.reading.reader.content.is_some() {
            self.screens.side.is_stale = true;
            self.reading.count_pages(measure, shape, &mut self.outbox);
        }
    }
}

impl Reading {
    /// Counts the pages: of a short article at once, of a long one in the background.
    fn count_pages(&mut self, measure: Measure, shape: PageShape, outbox: &mut Outbox) {
        let Some(content) = self.reader.content.as_ref().filter(|c| !c.is_partial) else {
            return;
        };
        self.pages_generation = outbox.next_generation();
        if content.document.value.text.len() <= SHORT_TEXT_BYTES {
            self.reader.count_pages();
            return;
        }
        outbox.send(Effect::Paginate {
            generation: self.pages_generation,
            document: content.document.clone(),
            measure,
            shape,
        });
    }
}
