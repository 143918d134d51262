//! Correcting who is who and who said what: first what is wrong, then who is meant, then it holds everywhere.
//!
//! Nothing is changed before the second Enter, and what will change is said before it.

pub(super) mod candidates;
pub mod kind;

use crate::app::corrections::kind::{CorrectionChoice, CorrectionKind};
use crate::app::protocol::questions::CorrectionChange;
use std::sync::Arc;

use ratatui::layout::Rect;

use super::command::prompt::{Prompt, Purpose};
use super::lists::FilteredList;
use super::protocol::effect::Effect;
use super::side::{QuotationRow, Section};
use super::window::geometry::list_area;
use super::{Model, Screen};
use crate::app::protocol::notice::Notice;
use crate::app::reading::who::{Who, who_said};
use crate::config::Context;
use crate::library::corrections::{occurrence, words_of};
use crate::library::{Correction, Corrections};
use candidates::{CandidateSearch, choices};

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
    pub(super) offers: CandidateSearch,
    /// What was corrected and taken back before.
    history: CorrectionHistory,
}

/// What was corrected and taken back in this run.
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
}

impl Model {
    /// Begins to correct what is selected.
    pub(super) fn correct(&mut self) {
        let Some((name, quotation)) = self.to_correct() else {
            self.say(Notice::info(
                "nothing to correct here; select a quotation or a speaker first",
            ));
            return;
        };
        let mut correcting = CorrectionScreen {
            offers: CandidateSearch::of(self.library.people(), name.as_deref()),
            name,
            quotation,
            history: std::mem::take(&mut self.correcting.history),
            ..CorrectionScreen::default()
        };
        let rows = self
            .kinds(&correcting)
            .into_iter()
            .map(CorrectionChoice::Kind);
        correcting.list.set_rows(rows.collect());
        self.correcting = correcting;
        self.screens.retain(|screen| *screen != Screen::Correct);
        self.screens.push(Screen::Correct);
    }

    /// The name and the quotation that are selected.
    fn to_correct(&self) -> Option<(Option<String>, Option<usize>)> {
        let named = |who: &Who| match who {
            Who::Named(name) => Some(name.clone()),
            Who::Unknown => None,
        };
        let said = |index: usize| (named(&who_said(&self.reader, index)), Some(index));
        match self.context() {
            Context::People => Some((Some(self.people.selected()?.to_string()), None)),
            Context::Side => {
                let row = self.side.selection(self.side.section).row;
                match self.side.section {
                    Section::Speakers => {
                        let who = self.side.speakers.get(row)?.who(&self.reader);
                        Some((Some(named(&who)?), None))
                    }
                    Section::Quotations => match self.side.quotations.get(row)? {
                        QuotationRow::Here(index) => Some(said(*index)),
                        QuotationRow::Elsewhere(..) => None,
                    },
                    Section::Countries => None,
                }
            }
            _ => self.reader.current_quotation().map(said),
        }
    }

    /// Brings the selected choice into view.
    pub(super) fn settle_correcting(&mut self) {
        let (choices, _) = CorrectionScreen::areas(list_area(&self.regions));
        let list = &mut self.correcting.list;
        let height = usize::from(choices.height);
        list.selection.settle(list.rows.len(), height);
    }

    fn kinds(&self, correcting: &CorrectionScreen) -> Vec<CorrectionKind> {
        let mut kinds = Vec::new();
        if correcting.quotation.is_some() {
            kinds.push(CorrectionKind::Quotation);
        }
        if let Some(name) = &correcting.name {
            kinds.extend([CorrectionKind::Same, CorrectionKind::Name]);
            let is_here = |id| self.library.quotations_of(id, name) > 0;
            if self.reader.article.is_some_and(is_here) {
                kinds.push(CorrectionKind::Here);
            }
            kinds.push(CorrectionKind::Nobody);
        }
        kinds
    }

    /// What is typed narrows down who is meant.
    pub(super) fn refresh_correcting(&mut self) {
        let Some(kind) = self.correcting.kind else {
            return;
        };
        let typed = self.prompt.as_ref().map_or("", |prompt| prompt.text());
        let (people, typed) = (self.library.people(), typed.trim());
        if kind != CorrectionKind::Name {
            self.correcting.offers.ask(people, typed);
        }
        if self.is_told() {
            self.correcting.offers.finish(people);
        }
        self.correcting.list.rows = choices(people, &self.correcting, kind, typed);
        self.correcting.list.selection = super::lists::selection::ListSelection::default();
    }

    /// Goes on with the selected row: asks who is meant, or makes the correction.
    pub(super) fn choose_correction(&mut self) {
        let Some(choice) = self.correcting.list.selected().cloned() else {
            return;
        };
        match (self.correcting.kind, choice) {
            (None, CorrectionChoice::Kind(CorrectionKind::Nobody)) => {
                self.correcting.kind = Some(CorrectionKind::Nobody);
                self.make_correction(&CorrectionChoice::Unknown);
            }
            (None, CorrectionChoice::Kind(kind)) => {
                self.correcting.kind = Some(kind);
                let name = self.correcting.name.clone().unwrap_or_default();
                let text = if kind == CorrectionKind::Name {
                    name
                } else {
                    String::new()
                };
                self.prompt = Some(Prompt::with(Purpose::Correct(kind), &text));
                self.refresh_correcting();
            }
            (Some(_), choice) => self.make_correction(&choice),
            (None, _) => {}
        }
    }

    /// The typed name is complete.
    pub(super) fn correction_typed(&mut self) {
        match self.correcting.list.selected().cloned() {
            Some(choice) => self.make_correction(&choice),
            None => self.cancel_correction(),
        }
    }

    /// Back to what is wrong.
    pub(super) fn cancel_correction(&mut self) {
        let mut correcting = std::mem::take(&mut self.correcting);
        correcting.kind = None;
        let rows = self
            .kinds(&correcting)
            .into_iter()
            .map(CorrectionChoice::Kind);
        correcting.list = FilteredList::default();
        correcting.list.set_rows(rows.collect());
        self.correcting = correcting;
    }

    fn make_correction(&mut self, choice: &CorrectionChoice) {
        let is = match choice {
            CorrectionChoice::Person { name, .. } => Some(name.to_string()),
            CorrectionChoice::New(name) => Some(name.clone()),
            CorrectionChoice::Unknown => None,
            CorrectionChoice::Kind(_) => return,
        };
        let made = self.corrections_for(is.as_deref());
        self.screens.retain(|screen| *screen != Screen::Correct);
        if made.is_empty() {
            self.say(Notice::info("nothing changed"));
            return;
        }
        let text = self.has_changed(choice);
        if let (Some(Who::Named(chosen)), Some(is)) = (&self.side.speaker, &is)
            && self.correcting.name.as_ref() == Some(chosen)
            && self.correcting.kind != Some(CorrectionKind::Quotation)
        {
            self.side.speaker = Some(Who::Named(is.clone()));
        }
        let mut corrections = Corrections::clone(self.library.people().corrections());
        for correction in &made {
            corrections.push(correction.clone());
        }
        self.correcting.history.made.push(made.len());
        self.correcting.history.undone.clear();
        self.lay_over(corrections, CorrectionChange::Add(made));
        self.say(Notice::info(format!("{text}. :undo to revert")));
    }

    /// The corrections that say `is` to what is wrong.
    fn corrections_for(&self, is: Option<&str>) -> Vec<Correction> {
        let CorrectionScreen {
            name,
            quotation,
            kind,
            ..
        } = &self.correcting;
        let is = is.map(str::to_owned);
        let open = self.reader.article.and_then(|id| self.library.article(id));
        match (kind, name, open) {
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
            (Some(CorrectionKind::Here), Some(name), Some(entry)) => {
                let names = self.reader.article.map(|id| {
                    let people = self.library.people();
                    people.names_in(id, name)
                });
                let names = names.unwrap_or_default().into_iter();
                names
                    .map(|found| Correction::Person {
                        name: found.to_string(),
                        within: Some(entry.key()),
                        is: is.clone(),
                    })
                    .collect()
            }
            (Some(CorrectionKind::Quotation), _, Some(entry)) => {
                let correction =
                    quotation.and_then(|index| self.quotation_said_by(index, entry.key(), is));
                correction.into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    fn quotation_said_by(
        &self,
        index: usize,
        within: String,
        is: Option<String>,
    ) -> Option<Correction> {
        let document = self.reader.document()?;
        let found = self.reader.found()?;
        let quotation = found.quotations.get(index)?;
        Some(Correction::Quotation {
            within,
            words: words_of(document, quotation),
            occurrence: occurrence(document, found, index),
            was: found
                .speaker_of(quotation)
                .map(|speaker| speaker.name.to_string()),
            is,
        })
    }

    /// Lays corrections over everything, and keeps the change.
    fn lay_over(&mut self, corrections: Corrections, change: CorrectionChange) {
        self.library.correct(&Arc::new(corrections));
        self.folder_is_stale = true;
        self.effects.push(Effect::Correct(change));
    }

    /// Takes in the corrections as they are kept, perhaps changed by another reader.
    pub(super) fn corrected(&mut self, kept: Vec<Correction>) {
        if self.library.people().corrections().made() != kept {
            self.library.correct(&Arc::new(kept.into_iter().collect()));
            self.folder_is_stale = true;
        }
    }

    /// Takes the newest correction back.
    pub(super) fn undo(&mut self) {
        let mut kept = self.library.people().corrections().made().to_vec();
        let count = self
            .correcting
            .history
            .made
            .pop()
            .unwrap_or(1)
            .min(kept.len());
        let undone = kept.split_off(kept.len() - count);
        let Some(newest) = undone.last() else {
            self.say(Notice::info("nothing to undo"));
            return;
        };
        let text = format!("undone: {}; :redo to restore", in_words(newest));
        self.correcting.history.undone.push(undone.clone());
        self.lay_over(kept.into_iter().collect(), CorrectionChange::Remove(undone));
        self.say(Notice::info(text));
    }

    /// Makes the correction again that was taken back last.
    pub(super) fn redo(&mut self) {
        let Some(again) = self.correcting.history.undone.pop() else {
            self.say(Notice::info("nothing to redo"));
            return;
        };
        let text = again.last().map_or_else(String::new, in_words);
        let mut corrections = Corrections::clone(self.library.people().corrections());
        for correction in &again {
            corrections.push(correction.clone());
        }
        self.correcting.history.made.push(again.len());
        self.lay_over(corrections, CorrectionChange::Add(again));
        self.say(Notice::info(format!("redone: {text}")));
    }

    /// What a choice will change, as a sentence without full stop.
    #[must_use]
    pub fn will_change(&self, choice: &CorrectionChoice) -> String {
        let (kind, is) = match choice {
            CorrectionChoice::Kind(kind) => return self.kind_in_words(*kind),
            CorrectionChoice::Person { name, .. } => (self.correcting.kind, &**name),
            CorrectionChoice::New(name) => (self.correcting.kind, name.as_str()),
            CorrectionChoice::Unknown => (self.correcting.kind, "unknown speaker"),
        };
        let name = self.correcting.name.as_deref().unwrap_or("unknown speaker");
        let reach = kind.map_or_else(String::new, |kind| self.reach(kind));
        match kind {
            Some(CorrectionKind::Quotation) => format!("1 quotation: {is} instead of {name}"),
            Some(CorrectionKind::Nobody) => format!("{reach}: {name} is not a speaker"),
            Some(CorrectionKind::Name) if matches!(choice, CorrectionChoice::New(_)) => {
                format!("{reach}: {name} becomes {is}")
            }
            _ => format!("{reach}: {name} becomes {is}"),
        }
    }

    /// What a choice has changed, as a sentence without full stop.
    fn has_changed(&self, choice: &CorrectionChoice) -> String {
        let is = match choice {
            CorrectionChoice::Person { name, .. } => &**name,
            CorrectionChoice::New(name) => name.as_str(),
            CorrectionChoice::Unknown | CorrectionChoice::Kind(_) => "unknown speaker",
        };
        match self.correcting.kind {
            Some(kind @ CorrectionKind::Nobody) => self.kind_in_words(kind),
            Some(CorrectionKind::Quotation) => format!("Now {is} (1 quotation)"),
            Some(kind) => format!("Now {is} ({})", self.reach(kind)),
            None => format!("Now {is}"),
        }
    }

    fn kind_in_words(&self, kind: CorrectionKind) -> String {
        match kind {
            CorrectionKind::Nobody => {
                let name = self.correcting.name.as_deref().unwrap_or_default();
                format!("{}: {name} is not a speaker", self.reach(kind))
            }
            CorrectionKind::Quotation => "Enter: choose who said it".to_owned(),
            CorrectionKind::Name => format!("{}; Enter: type the name", self.reach(kind)),
            CorrectionKind::Same | CorrectionKind::Here => {
                format!("{}; Enter: choose who it is", self.reach(kind))
            }
        }
    }

    /// How many quotations in how many articles a kind of correction changes.
    fn reach(&self, kind: CorrectionKind) -> String {
        let name = self.correcting.name.as_deref().unwrap_or_default();
        let (quotations, articles) = match kind {
            CorrectionKind::Quotation => (1, 1),
            CorrectionKind::Here => {
                let here = self.reader.article;
                (here.map_or(0, |id| self.library.quotations_of(id, name)), 1)
            }
            CorrectionKind::Same | CorrectionKind::Name | CorrectionKind::Nobody => self
                .library
                .speaker(name)
                .map_or((0, 0), |person| (person.quotations, person.articles)),
        };
        let plural = |n: u32| if n == 1 { "" } else { "s" };
        format!(
            "{quotations} quotation{} in {articles} article{}",
            plural(quotations),
            plural(articles)
        )
    }
}

/// A correction as a clause.
fn in_words(correction: &Correction) -> String {
    match correction {
        Correction::Person { name, within, is } => {
            let place = if within.is_some() {
                " in this article"
            } else {
                ""
            };
            match is {
                Some(is) => format!("{name} is {is}{place}"),
                None => format!("{name} is not a speaker{place}"),
            }
        }
        Correction::Quotation { words, is, .. } => {
            let words: String = words.chars().take(30).collect();
            let is = is.as_deref().unwrap_or("an unknown speaker");
            format!("{is} said {words} …")
        }
    }
}
