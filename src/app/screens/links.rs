//! The links of the open article, as a list.

use super::list_screen::{ListScreen, Request, Selected, Surroundings};
use crate::app::lists::FilteredList;
use crate::app::lists::selection::ListSelection;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::notice::Notice;
use crate::app::reading::reader::OpenArticle;
use crate::text::target::web_target;

/// The links of the open article: their words and where they lead.
#[derive(Debug, Default)]
pub struct LinkList {
    /// Words and addresses.
    pub list: FilteredList<(String, String)>,
}

impl LinkList {
    /// Lists the links of an article, the address of the article itself first; returns whether there are any.
    pub(crate) fn fill(&mut self, reader: &OpenArticle) -> bool {
        let Some(document) = reader.document() else {
            return false;
        };
        let links = reader
            .links()
            .map(|(_, span, target)| (document.visible(span).into_owned(), target.to_owned()));
        let own = document.meta.url.iter();
        let own = own.map(|url| ("this article".to_owned(), url.clone()));
        self.list.set_rows(own.chain(links).collect());
        !self.list.rows.is_empty()
    }
}

/// Opens an address in the browser, if it is one of the web.
pub(crate) fn browse_to(url: &str) -> Request {
    match web_target(url) {
        Some(target) => Request::Send(Effect::Browse(target)),
        None => Request::Notify(Notice::problem(format!(
            "not opened: {url} is not a web address"
        ))),
    }
}

impl ListScreen for LinkList {
    fn title(&self, _at: Surroundings<'_>) -> String {
        "Links in this article".to_owned()
    }

    fn n_rows(&self) -> usize {
        self.list.rows.len()
    }

    fn selection(&self) -> ListSelection {
        self.list.selection
    }

    fn selection_mut(&mut self) -> &mut ListSelection {
        &mut self.list.selection
    }

    fn open(&mut self, _at: Surroundings<'_>) -> Vec<Request> {
        let selected = self.list.selected().map(|(_, target)| browse_to(target));
        selected.into_iter().collect()
    }

    fn selected(&self, _at: Surroundings<'_>) -> Selected {
        match self.list.selected() {
            Some((_, target)) => Selected::Link(target.clone()),
            None => Selected::Nothing,
        }
    }
}
