//! Correcting who is who and who said what: first what is wrong, then who is meant; then it applies everywhere.
//!
//! Nothing changes before the second Enter, and what will change is shown before it.

mod actions;
pub(super) mod candidates;
pub mod kind;

use ratatui::layout::Rect;

use super::lists::FilteredList;
use super::lists::selection::ListSelection;
use super::reading::Reading;
use super::screens::list_screen::{ListScreen, Request, Surroundings};
use crate::library::corrections::{occurrence, words_of};
use crate::library::{Correction, Library, People};
use candidates::{CandidateSearch, choices};
use kind::{CorrectionChoice, CorrectionKind};

/// A correction that is being made.
#[derive(Debug, Default)]
pub struct CorrectionScreen {
    /// The name that is wrong; nobody known when there is none.
    pub name: Option<String>,
    /// A quotation of the open article, an index into its analysis.
    pub quotation: Option<usize>,
    /// What is wrong, once that is chosen.
    pub kind: Option<CorrectionKind>,
    /// What can be chosen next.
    pub list: FilteredList<CorrectionChoice>,
    /// Who may be meant.
    candidates: CandidateSearch,
    /// The corrections made and undone so far.
    history: CorrectionHistory,
}

/// The corrections made and undone in this run.
#[derive(Debug, Clone, Default)]
struct CorrectionHistory {
    /// The numbers of corrections made together, newest last.
    made: Vec<usize>,
    undone: Vec<Vec<Correction>>,
}

impl CorrectionScreen {
    /// Where the choices are, and below them what the selected one will change.
    #[must_use]
    pub fn areas(area: Rect) -> (Rect, Rect) {
        let height = area.height.saturating_sub(2);
        let below = Rect {
            y: area.y + height,
            height: area.height - height,
            ..area
        };
        (Rect { height, ..area }, below)
    }

    /// Starts a correction of a name, of a quotation or of both.
    fn start(
        &mut self,
        name: Option<String>,
        quotation: Option<usize>,
        (library, reading): (&Library, &Reading),
    ) {
        *self = Self {
            candidates: CandidateSearch::of(library.people(), name.as_deref()),
            name,
            quotation,
            history: std::mem::take(&mut self.history),
            ..Self::default()
        };
        self.list_kinds(library, reading);
    }

    /// Lists what may be wrong.
    fn list_kinds(&mut self, library: &Library, reading: &Reading) {
        let mut kinds = Vec::new();
        if self.quotation.is_some() {
            kinds.push(CorrectionKind::Quotation);
        }
        if let Some(name) = &self.name {
            kinds.extend([CorrectionKind::Same, CorrectionKind::Name]);
            if let Some(open) = reading.reader.article
                && library.quotations_of(open, name) > 0
            {
                kinds.push(CorrectionKind::Here);
            }
            kinds.push(CorrectionKind::Nobody);
        }
        self.kind = None;
        self.list = FilteredList::default();
        self.list
            .set_rows(kinds.into_iter().map(CorrectionChoice::Kind).collect());
    }

    /// Lists who may be meant by what is typed; `at_once` finds all of them before it returns.
    fn list_candidates(&mut self, people: &People, typed: &str, at_once: bool) {
        let Some(kind) = self.kind else {
            return;
        };
        if kind != CorrectionKind::Name {
            self.candidates.ask(people, typed);
        }
        if at_once {
            self.candidates.finish(people);
        }
        let subject = (self.name.as_deref(), kind);
        self.list.rows = choices(people, &self.candidates, subject, typed);
        self.list.selection = ListSelection::default();
    }

    /// Finds more candidates for what is typed.
    fn find_more(&mut self, people: &People, typed: Option<&str>) {
        self.candidates.go_on(people);
        let (Some(kind), Some(typed)) = (self.kind, typed) else {
            return;
        };
        let subject = (self.name.as_deref(), kind);
        let rows = choices(people, &self.candidates, subject, typed);
        // The selected row stays selected; the first row stays the first.
        if self.list.selection.row == 0 {
            self.list.rows = rows;
        } else {
            self.list.set_rows(rows);
        }
    }

    /// The corrections that replace what is wrong with `is`.
    fn corrections_for(
        &self,
        is: Option<&str>,
        library: &Library,
        reading: &Reading,
    ) -> Vec<Correction> {
        let is = is.map(str::to_owned);
        let open = reading.reader.article;
        match (self.kind, &self.name, open) {
            (
                Some(CorrectionKind::Same | CorrectionKind::Name | CorrectionKind::Nobody),
                Some(name),
                _,
            ) => {
                vec![Correction::Person {
                    name: name.clone(),
                    within: None,
                    is,
                }]
            }
            (Some(CorrectionKind::Here), Some(name), Some(open)) => {
                let names = library.people().names_in(open, name);
                names
                    .into_iter()
                    .map(|found| Correction::Person {
                        name: found.to_string(),
                        within: library.key(open),
                        is: is.clone(),
                    })
                    .collect()
            }
            (Some(CorrectionKind::Quotation), _, Some(open)) => {
                let key = library.key(open);
                let correction = key.and_then(|key| self.quotation_said_by(reading, key, is));
                correction.into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    fn quotation_said_by(
        &self,
        reading: &Reading,
        within: String,
        is: Option<String>,
    ) -> Option<Correction> {
        let index = self.quotation?;
        let document = reading.reader.document()?;
        let found = reading.reader.found()?;
        let quotation = found.quotations.get(index)?;
        let speaker = found.speaker_of(quotation);
        Some(Correction::Quotation {
            within,
            words: words_of(document, quotation),
            occurrence: occurrence(document, found, index),
            was: speaker.map(|speaker| speaker.name.to_string()),
            is,
        })
    }

    /// What a choice will change, as a sentence without full stop.
    #[must_use]
    pub fn will_change(
        &self,
        choice: &CorrectionChoice,
        library: &Library,
        reading: &Reading,
    ) -> String {
        let is = match choice {
            CorrectionChoice::Kind(kind) => return self.kind_in_words(*kind, library, reading),
            CorrectionChoice::Person { name, .. } => &**name,
            CorrectionChoice::New(name) => name.as_str(),
            CorrectionChoice::Unknown => "unknown speaker",
        };
        let name = self.name.as_deref().unwrap_or("unknown speaker");
        let reach = match self.kind {
            Some(kind) => self.reach(kind, library, reading),
            None => String::new(),
        };
        match self.kind {
            Some(CorrectionKind::Quotation) => {
                format!("1 quotation: {is} instead of {name}")
            }
            Some(CorrectionKind::Nobody) => format!("{reach}: {name} is not a speaker"),
            _ => format!("{reach}: {name} becomes {is}"),
        }
    }

    /// What a choice has changed, as a sentence without full stop.
    fn has_changed(
        &self,
        choice: &CorrectionChoice,
        library: &Library,
        reading: &Reading,
    ) -> String {
        let is = match choice {
            CorrectionChoice::Person { name, .. } => &**name,
            CorrectionChoice::New(name) => name.as_str(),
            CorrectionChoice::Unknown | CorrectionChoice::Kind(_) => "unknown speaker",
        };
        match self.kind {
            Some(kind @ CorrectionKind::Nobody) => self.kind_in_words(kind, library, reading),
            Some(CorrectionKind::Quotation) => format!("Now {is} (1 quotation)"),
            Some(kind) => format!("Now {is} ({})", self.reach(kind, library, reading)),
            None => format!("Now {is}"),
        }
    }

    fn kind_in_words(&self, kind: CorrectionKind, library: &Library, reading: &Reading) -> String {
        let reach = self.reach(kind, library, reading);
        match kind {
            CorrectionKind::Nobody => {
                let name = self.name.as_deref().unwrap_or_default();
                format!("{reach}: {name} is not a speaker")
            }
            CorrectionKind::Quotation => "Enter: choose who said it".to_owned(),
            CorrectionKind::Name => format!("{reach}; Enter: type the name"),
            CorrectionKind::Same | CorrectionKind::Here => {
                format!("{reach}; Enter: choose who it is")
            }
        }
    }

    /// How many quotations in how many articles a kind of correction changes.
    fn reach(&self, kind: CorrectionKind, library: &Library, reading: &Reading) -> String {
        let name = self.name.as_deref().unwrap_or_default();
        let (quotations, articles) = match (kind, reading.reader.article) {
            (CorrectionKind::Quotation, _) => (1, 1),
            (CorrectionKind::Here, Some(open)) => (library.quotations_of(open, name), 1),
            (CorrectionKind::Here, None) => (0, 1),
            (CorrectionKind::Same | CorrectionKind::Name | CorrectionKind::Nobody, _) => {
                match library.speaker(name) {
                    Some(person) => (person.quotations, person.articles),
                    None => (0, 0),
                }
            }
        };
        let plural = |n: u32| if n == 1 { "" } else { "s" };
        format!(
            "{quotations} quotation{} in {articles} article{}",
            plural(quotations),
            plural(articles)
        )
    }
}

impl ListScreen for CorrectionScreen {
    fn title(&self, _at: Surroundings<'_>) -> String {
        let name = self.name.as_deref();
        format!("Correct: {}", name.unwrap_or("who said this"))
    }

    fn count(&self, _at: Surroundings<'_>) -> String {
        String::new()
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

    fn rows_area(&self, area: Rect, _at: Surroundings<'_>) -> Rect {
        Self::areas(area).0
    }

    fn open(&mut self, _at: Surroundings<'_>) -> Vec<Request> {
        vec![Request::ChooseCorrection]
    }

    fn has_work(&self) -> bool {
        self.candidates.has_more_to_do()
    }

    fn work(&mut self, at: Surroundings<'_>) {
        self.find_more(at.folder.library.people(), at.typed.map(str::trim));
    }
}
