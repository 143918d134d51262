//! How the page is set: the size and manner of its columns, and counting the pages.

use crate::app::Model;
use crate::app::protocol::effect::Effect;
use crate::config::settings::When;
use crate::layout::{HyphenationLanguage, Measure, PageShape, Preface};

/// The pages of texts up to this length are counted at once.
const SHORT_TEXT_BYTES: usize = 32 * 1024;

impl Model {
    pub(crate) fn measure(&self) -> Measure {
        let (width_columns, _) = self.regions.column_size();
        let page = &self.settings.page;
        let justify = match self.looks.justify {
            _ if self.is_told() => false,
            When::Always => true,
            When::Never => false,
            When::Auto => width_columns >= page.justify_from.get(),
        };
        let written_in = self
            .reader
            .document()
            .and_then(|document| document.meta.language.clone());
        let language = written_in.unwrap_or_else(|| page.language.clone());
        let hyphenate = (page.hyphenate && !self.is_told())
            .then(|| HyphenationLanguage::from_code(&language))
            .flatten();
        let preface = match self.reader.document().filter(|_| !self.is_told()) {
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

    pub(crate) fn shape(&self) -> PageShape {
        let columns = u16::try_from(self.regions.columns.len()).unwrap_or(1);
        PageShape {
            height_rows: self.regions.column_size().1,
            columns,
        }
    }

    /// The pages of a short article are counted at once, those of a long one behind the loop.
    pub(crate) fn count_pages(&mut self) {
        let Some(content) = &self.reader.content else {
            return;
        };
        if content.is_partial {
            return;
        }
        self.generation += 1;
        self.pages_generation = self.generation;
        if content.document.value.text.len() <= SHORT_TEXT_BYTES {
            self.reader.count_pages();
            return;
        }
        let (measure, shape) = (self.measure(), self.shape());
        let (generation, document) = (self.generation, content.document.clone());
        self.effects.push(Effect::Paginate {
            generation,
            document,
            measure,
            shape,
        });
    }
}
