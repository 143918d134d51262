//! The side panel: speakers, the quotations of the chosen one, countries.

mod keys;
mod sections;

use std::collections::BTreeMap;

use ratatui::layout::Rect;

use super::lists::selection::ListSelection;
use super::reading::reader::OpenArticle;
use super::reading::who::{UNATTRIBUTED, Who, quotations_of, speaker_named, who_said};
use super::timeline::series::of_quoting;
use crate::analysis::{CountryCode, Speaker, SpeakerId};
use crate::library::{ArticleId, Library, Timeline, country_counts};

pub use sections::Sections;

/// A list of the side panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Section {
    /// Who is quoted.
    #[default]
    Speakers,
    /// The quotations of the chosen speaker.
    Quotations,
    /// The countries mentioned.
    Countries,
}

impl Section {
    /// The lists from top to bottom.
    pub const ALL: [Self; 3] = [Self::Speakers, Self::Quotations, Self::Countries];

    /// The heading of the list.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Speakers => "Speakers",
            Self::Quotations => "Quotes",
            Self::Countries => "Countries",
        }
    }
}

/// What is chosen in the side panel.
#[derive(Debug, Clone, Default)]
pub struct SidePanel {
    /// The list that takes the keys.
    pub section: Section,
    /// The speaker the same-speaker keys step through.
    pub speaker: Option<Who>,
    /// The country the country keys step through.
    pub country: Option<CountryCode>,
    /// The lists, as worked out for the open article.
    pub speakers: Vec<SpeakerRow>,
    /// How many of the speakers have an office or function.
    n_with_role: usize,
    /// The quotations of the chosen speaker.
    pub quotations: Vec<QuotationRow>,
    /// The countries.
    pub countries: Vec<CountryRow>,
    /// When the chosen speaker was quoted.
    pub timeline: Timeline,
    /// Whose quotations are listed.
    listed: Option<Who>,
    /// The selected row of each list.
    selections: [ListSelection; 3],
    /// Whether the page or the choice changed since the lists were brought up to date.
    pub(super) is_stale: bool,
}

/// A row of the speakers. It borrows the words from the analysis: a long article has a hundred thousand rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpeakerRow {
    /// Who, among the speakers of the open article; nobody for quotations without a known speaker.
    pub speaker: Option<SpeakerId>,
    /// Quotations in the article.
    pub here: u32,
    /// Quotations in the folder.
    pub folder: Option<u32>,
}

impl SpeakerRow {
    /// The name to show.
    #[must_use]
    pub fn name<'r>(&self, reader: &'r OpenArticle) -> &'r str {
        self.facts(reader)
            .map_or(UNATTRIBUTED, |speaker| &speaker.name)
    }

    /// Office or function.
    #[must_use]
    pub fn role<'r>(&self, reader: &'r OpenArticle) -> Option<&'r str> {
        self.facts(reader)?.role.as_deref()
    }

    /// The speaker as known in other articles too.
    #[must_use]
    pub fn who(&self, reader: &OpenArticle) -> Who {
        let name = self.facts(reader).map(|speaker| speaker.name.to_string());
        name.map_or(Who::Unknown, Who::Named)
    }

    fn facts<'r>(&self, reader: &'r OpenArticle) -> Option<&'r Speaker> {
        let speaker = reader.analysis()?.speakers.get(self.speaker?.0 as usize);
        speaker.map(AsRef::as_ref)
    }
}

/// A row of the quotations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuotationRow {
    /// A quotation of the open article, an index into its analysis.
    Here(usize),
    /// Quotations in another article, and how many.
    Elsewhere(ArticleId, u32),
}

/// A row of the countries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountryRow {
    /// Which country.
    pub code: CountryCode,
    /// Mentions in the article.
    pub here: u32,
    /// Mentions in the folder.
    pub folder: Option<u32>,
    /// How the country comes up.
    pub kind: CountryKind,
}

/// How a country comes up in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountryKind {
    /// It is mentioned.
    Mentioned,
    /// It may be meant; the counts say how often.
    Uncertain,
    /// A place of it is named; never counted as a mention.
    Implied(String),
}

impl SidePanel {
    /// Where the lists are in a panel.
    #[must_use]
    pub fn sections(&self, panel: Rect) -> Sections {
        let strip = self.strip(panel).map_or(0, |strip| strip.height + 1);
        let panel = Rect {
            height: panel.height.saturating_sub(strip),
            ..panel
        };
        Sections::of(
            panel,
            Section::ALL.map(|section| self.len(section)),
            self.n_with_role,
            self.section,
        )
    }

    /// Brings every selection into view.
    fn settle_in(&mut self, panel: Rect) {
        let sections = self.sections(panel);
        for section in Section::ALL {
            let rows = sections.area(section).height / sections.rows_per(section).max(1);
            let len = self.len(section);
            self.selection_of_mut(section)
                .settle(len, usize::from(rows));
        }
    }
}

/// Rows of the timeline at the foot, and the smallest panel that has one.
const STRIP_ROWS: u16 = 3;
const STRIP_FROM: u16 = 28;
const STRIP_COLUMNS: u16 = 20;

impl SidePanel {
    /// Where the timeline of the speaker is in a panel: at its foot, where there is room to spare.
    #[must_use]
    pub fn strip(&self, panel: Rect) -> Option<Rect> {
        let (first, last) = self.timeline.days()?;
        let has_room = panel.height >= STRIP_FROM && panel.width >= STRIP_COLUMNS;
        (has_room && first < last).then(|| Rect {
            y: panel.bottom() - STRIP_ROWS,
            height: STRIP_ROWS,
            ..panel
        })
    }
}

/// How many other articles are listed below a speaker's quotations.
const MOST_ELSEWHERE: usize = 200;

impl SidePanel {
    /// The selection of a list.
    #[must_use]
    pub fn selection_of(&self, section: Section) -> ListSelection {
        let [speakers, quotations, countries] = self.selections;
        match section {
            Section::Speakers => speakers,
            Section::Quotations => quotations,
            Section::Countries => countries,
        }
    }

    /// The selection of a list, to be moved.
    fn selection_of_mut(&mut self, section: Section) -> &mut ListSelection {
        let [speakers, quotations, countries] = &mut self.selections;
        match section {
            Section::Speakers => speakers,
            Section::Quotations => quotations,
            Section::Countries => countries,
        }
    }

    /// Number of rows of a list.
    #[must_use]
    pub fn len(&self, section: Section) -> usize {
        match section {
            Section::Speakers => self.speakers.len(),
            Section::Quotations => self.quotations.len(),
            Section::Countries => self.countries.len(),
        }
    }

    /// Clears the lists for a new article; the chosen speaker stays.
    pub fn forget(&mut self) {
        self.selections = [ListSelection::default(); 3];
        self.listed = None;
        self.speakers = Vec::new();
        self.n_with_role = 0;
        self.quotations = Vec::new();
        self.countries = Vec::new();
    }

    /// Works the lists out for the open article and follows the page.
    pub fn refresh_all(&mut self, reader: &OpenArticle, library: &Library) {
        self.speakers = speakers(reader, library);
        let with_role = self.speakers.iter();
        self.n_with_role = with_role.filter(|row| row.role(reader).is_some()).count();
        self.countries = countries(reader, library);
        self.listed = None;
        self.follow(reader, library);
    }

    /// Lists the quotations of the chosen speaker, when they are not listed already.
    pub fn list_quotations(&mut self, reader: &OpenArticle, library: &Library) {
        let shown = self.shown_speaker(reader);
        if shown.is_some() && shown == self.listed {
            return;
        }
        let quoting = match &shown {
            Some(Who::Named(name)) => library.people().articles_of(name),
            _ => BTreeMap::new(),
        };
        let here = shown.iter().flat_map(|who| quotations_of(reader, who));
        self.quotations = here.map(QuotationRow::Here).collect();
        self.quotations.extend(elsewhere(reader, library, &quoting));
        self.timeline = of_quoting(library, quoting);
        self.listed = shown;
    }

    /// The speaker whose quotations are listed: the chosen one when quoted here, else that of the
    /// quotation on the page, else the first.
    #[must_use]
    pub fn shown_speaker(&self, reader: &OpenArticle) -> Option<Who> {
        let is_here = |who: &&Who| self.row_of(reader, who).is_some();
        let chosen = self.speaker.as_ref().filter(is_here).cloned();
        let on_page = || {
            reader
                .current_quotation()
                .map(|index| who_said(reader, index))
        };
        chosen
            .or_else(on_page)
            .or_else(|| self.speakers.first().map(|row| row.who(reader)))
    }

    /// Quotations in the folder by the speaker whose quotations are listed.
    #[must_use]
    pub fn n_in_folder(&self, reader: &OpenArticle) -> Option<u32> {
        let row = self.row_of(reader, &self.shown_speaker(reader)?)?;
        self.speakers.get(row)?.folder
    }

    /// The row of a speaker.
    fn row_of(&self, reader: &OpenArticle, who: &Who) -> Option<usize> {
        let speaker = match who {
            Who::Unknown => None,
            Who::Named(_) => Some(speaker_named(reader, who)?),
        };
        self.speakers.iter().position(|row| row.speaker == speaker)
    }

    /// Brings the selections to what the page shows.
    pub fn follow(&mut self, reader: &OpenArticle, library: &Library) {
        self.list_quotations(reader, library);
        let current = reader.current_quotation();
        let listed = self.listed.as_ref();
        if let Some(row) = listed.and_then(|who| self.row_of(reader, who)) {
            self.selection_of_mut(Section::Speakers).row = row;
        }
        let here = current.and_then(|index| {
            self.quotations
                .iter()
                .position(|row| *row == QuotationRow::Here(index))
        });
        if let Some(row) = here {
            self.selection_of_mut(Section::Quotations).row = row;
        }
        if let Some(code) = self.country
            && let Some(row) = self.countries.iter().position(|row| row.code == code)
        {
            self.selection_of_mut(Section::Countries).row = row;
        }
    }
}

fn speakers(reader: &OpenArticle, library: &Library) -> Vec<SpeakerRow> {
    let Some(analysis) = reader.analysis() else {
        return Vec::new();
    };
    let mut rows: Vec<SpeakerRow> = analysis
        .speakers
        .iter()
        .enumerate()
        .map(|(index, speaker)| SpeakerRow {
            speaker: Some(SpeakerId(count(index))),
            here: 0,
            folder: library.people().quotations_of(&speaker.name),
        })
        .collect();
    let mut unknown = 0;
    for quotation in analysis.quotations.iter() {
        let speaker = analysis.speaker_id(quotation);
        match speaker.and_then(|speaker| rows.get_mut(speaker.0 as usize)) {
            Some(row) => row.here += 1,
            None => unknown += 1,
        }
    }
    rows.retain(|row| row.here > 0);
    rows.sort_by_key(|row| std::cmp::Reverse(row.here));
    if unknown > 0 {
        rows.push(SpeakerRow {
            speaker: None,
            here: unknown,
            folder: None,
        });
    }
    rows
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The first of the other articles that quote a speaker.
fn elsewhere(
    reader: &OpenArticle,
    library: &Library,
    quoting: &BTreeMap<ArticleId, u32>,
) -> impl Iterator<Item = QuotationRow> {
    let others = library.in_order(quoting.keys().copied());
    others
        .filter(|&id| Some(id) != reader.article)
        .filter_map(|id| Some(QuotationRow::Elsewhere(id, *quoting.get(&id)?)))
        .take(MOST_ELSEWHERE)
}

fn countries(reader: &OpenArticle, library: &Library) -> Vec<CountryRow> {
    let (Some(analysis), Some(document)) = (reader.analysis(), reader.document()) else {
        return Vec::new();
    };
    let row = |code, here, kind| CountryRow {
        code,
        here,
        folder: library.country(code).map(|totals| totals.mentions),
        kind,
    };
    let counts = country_counts(analysis).into_iter();
    let mut rows: Vec<CountryRow> = counts
        .map(|(code, here)| row(code, here, CountryKind::Mentioned))
        .collect();
    for mention in analysis
        .countries
        .iter()
        .filter(|mention| mention.uncertain)
    {
        let same = |row: &&mut CountryRow| {
            row.code == mention.country && row.kind == CountryKind::Uncertain
        };
        match rows.iter_mut().find(same) {
            Some(known) => known.here += 1,
            None => rows.push(row(mention.country, 1, CountryKind::Uncertain)),
        }
    }
    for place in analysis.implied.iter() {
        let kind = CountryKind::Implied(place.span.of(&document.text).to_owned());
        match rows.iter_mut().find(|row| row.kind == kind) {
            Some(known) => known.here += 1,
            None => rows.push(row(place.country, 1, kind)),
        }
    }
    rows
}
