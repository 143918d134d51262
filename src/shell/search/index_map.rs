//! Which row of the index is which article of the folder, and in what order articles come.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::library::{SearchDoc, SearchScope};
use crate::search::plan::folded_path;
use crate::shell::index::{Index, IndexReader, IndexRow, path_number};

/// The articles in a search scope as the index knows them.
#[derive(Clone)]
pub(crate) struct IndexMap {
    articles: SearchScope,
    /// The places of the search scope, once there is a row of the index to find its place.
    places: Arc<OnceLock<PlaceOfFile>>,
    /// Every place of the search scope: those in the scope first, then the newest.
    newest: Arc<[u32]>,
    /// Where a place of the search scope stands among them.
    rank_of: Arc<[u32]>,
    /// The places of files that hold many articles, by the number of the file.
    together: Arc<HashMap<u32, Vec<u32>>>,
    /// What files are called, once somebody asks for it.
    paths: Arc<OnceLock<FoldedPaths>>,
    /// What the index knows.
    known: IndexedRows,
}

/// What the index knows of the articles in a search scope.
#[derive(Clone, Default)]
struct IndexedRows {
    /// How often files had turned out to be changed.
    n_turns: u64,
    /// The highest row that was looked at.
    last_row: i64,
    /// The places of the rows from the first on; [`NOWHERE`] for one that is not in the search scope.
    first_row: i64,
    places: Vec<u32>,
    /// The row of the article at a place of the search scope; 0 when there is none.
    row_of: Vec<i64>,
    /// The day of that article, as a number that grows.
    day_of: Vec<Option<i64>>,
    n_articles: usize,
}

const NOWHERE: u32 = u32::MAX;

/// The places of a search scope by file and part; [`NOWHERE`] for what two files share.
type PlaceOfFile = HashMap<(u64, u32), u32>;

/// The catalog made last, which holds until the folder changes; it is brought up to date with the index.
#[derive(Clone, Default)]
pub(crate) struct IndexMaps(Arc<Mutex<Option<Arc<IndexMap>>>>);

impl IndexMaps {
    /// The catalog of a search scope, as the index is now.
    pub(crate) fn of(
        &self,
        articles: &SearchScope,
        index: Option<(&Index, &IndexReader)>,
    ) -> Arc<IndexMap> {
        let mut made = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = made.take().filter(|catalog| catalog.articles.is(articles));
        let mut catalog = same.unwrap_or_else(|| Arc::new(IndexMap::new(articles)));
        if !catalog.is_current(index) {
            Arc::make_mut(&mut catalog).follow(index);
        }
        *made = Some(Arc::clone(&catalog));
        catalog
    }
}

impl IndexMap {
    fn new(articles: &SearchScope) -> Self {
        let mut newest: Vec<u32> = (0..articles.len())
            .filter_map(|at| at.try_into().ok())
            .collect();
        newest.sort_by_key(|&at| {
            let doc = articles.get(at as usize);
            Reverse(doc.map(|doc| (doc.is_inside, doc.published)))
        });
        let mut rank_of = vec![0; newest.len()];
        for (rank, &at) in (0..).zip(&newest) {
            if let Some(place) = rank_of.get_mut(at as usize) {
                *place = rank;
            }
        }
        Self {
            articles: articles.clone(),
            places: Arc::default(),
            newest: newest.into(),
            rank_of: rank_of.into(),
            together: Arc::new(together(articles)),
            paths: Arc::default(),
            known: IndexedRows::default(),
        }
    }

    fn is_current(&self, index: Option<(&Index, &IndexReader)>) -> bool {
        let Some((index, reader)) = index else {
            return self.known.last_row == 0;
        };
        reader.last_row() == Some(self.known.last_row) && index.n_turns() == self.known.n_turns
    }

    /// Takes in what the index knows now: its new rows, or all when others do not count any more.
    fn follow(&mut self, index: Option<(&Index, &IndexReader)>) {
        let n_turns = index.map_or(0, |(index, _)| index.n_turns());
        if index.is_none() || n_turns != self.known.n_turns || self.known.row_of.is_empty() {
            self.known = IndexedRows {
                n_turns,
                row_of: vec![0; self.articles.len()],
                day_of: vec![None; self.articles.len()],
                ..IndexedRows::default()
            };
        }
        let Some((index, reader)) = index else {
            return;
        };
        let after = self.known.last_row;
        let mut take = |row: IndexRow| {
            self.known.last_row = row.id;
            if let Some(place) = self.place_of(&row, index) {
                self.known.add(&row, place);
            }
        };
        // What could not be read is looked for without the index.
        let _ = reader.each_article(after, &mut take);
    }

    /// The place of an article of the index; what that has of a file that changed says nothing.
    fn place_of(&self, row: &IndexRow, index: &Index) -> Option<u32> {
        let places = self.places.get_or_init(|| places(&self.articles));
        let place = places.get(&(row.file, row.part)).copied()?;
        (place != NOWHERE && !index.is_stale(row.file)).then_some(place)
    }

    /// Where the article of a row stands in the search scope.
    pub(crate) fn place(&self, row: i64) -> Option<usize> {
        let at = usize::try_from(row.checked_sub(self.known.first_row)?).ok()?;
        let place = *self.known.places.get(at)?;
        (place != NOWHERE).then_some(place as usize)
    }

    /// The row of an article, when the index has it.
    pub(crate) fn row(&self, place: usize) -> Option<i64> {
        let row = self.known.row_of.get(place).copied();
        row.filter(|&row| row != 0)
    }

    /// The day on which an article that the index has was published, as it says itself.
    pub(crate) fn day(&self, place: usize) -> Option<i64> {
        self.known.day_of.get(place).copied().flatten()
    }

    /// Whether the index has every article in the search scope.
    pub(crate) fn knows_all(&self) -> bool {
        self.known.n_articles == self.articles.len()
    }

    /// Every place of the search scope: those in the scope first, then the newest.
    pub(crate) fn newest(&self) -> impl Iterator<Item = usize> + '_ {
        self.newest.iter().map(|&at| at as usize)
    }

    /// How many places come before one among the newest.
    pub(crate) fn rank(&self, place: usize) -> u32 {
        self.rank_of.get(place).copied().unwrap_or(u32::MAX)
    }

    /// Whether other articles stand in the same file.
    pub(crate) fn is_among_many(&self, at: &SearchDoc) -> bool {
        self.together.contains_key(&at.file())
    }

    /// The path that the file of an article is shown with, as searches compare it.
    pub(crate) fn path(&self, place: usize) -> &str {
        let paths = self.paths.get_or_init(|| FoldedPaths::of(&self.articles));
        paths.at(place)
    }

    /// The places of all articles that stand in the same file as one.
    pub(crate) fn beside(&self, place: usize, at: &SearchDoc) -> impl Iterator<Item = usize> + '_ {
        let all = self.together.get(&at.file()).map_or(&[][..], Vec::as_slice);
        let one = all.is_empty().then_some(place);
        all.iter().map(|&at| at as usize).chain(one)
    }

    /// The places of articles that the index does not have.
    pub(crate) fn unknown(&self) -> impl Iterator<Item = usize> + '_ {
        let all = if self.knows_all() {
            0
        } else {
            self.newest.len()
        };
        self.newest()
            .take(all)
            .filter(|&place| self.row(place).is_none())
    }
}

impl IndexedRows {
    fn add(&mut self, row: &IndexRow, place: u32) {
        let at = place as usize;
        if let (Some(row_of), Some(day_of)) = (self.row_of.get_mut(at), self.day_of.get_mut(at)) {
            self.n_articles += usize::from(*row_of == 0);
            *row_of = row.id;
            *day_of = row.day;
        }
        if self.places.is_empty() {
            self.first_row = row.id;
        }
        let Ok(at) = usize::try_from(row.id.saturating_sub(self.first_row)) else {
            return;
        };
        if self.places.len() <= at {
            self.places.resize(at + 1, NOWHERE);
        }
        if let Some(known) = self.places.get_mut(at) {
            *known = place;
        }
    }
}

fn places(articles: &SearchScope) -> PlaceOfFile {
    let mut places = HashMap::with_capacity(articles.len());
    let mut all = (0..).zip(articles);
    articles.each_path(&mut |file, _| {
        if let Some((at, doc)) = all.next() {
            let key = (path_number(file), doc.part);
            // Of two files with one number nobody knows which the index means.
            if places.insert(key, at).is_some() {
                places.insert(key, NOWHERE);
            }
        }
    });
    places
}

/// The folded paths of all articles in a search scope, one after the other.
struct FoldedPaths {
    words: String,
    ends: Vec<u32>,
}

impl FoldedPaths {
    fn of(articles: &SearchScope) -> Self {
        let (mut words, mut ends) = (String::new(), Vec::with_capacity(articles.len()));
        articles.each_path(&mut |_, shown| {
            words.push_str(&folded_path(shown));
            ends.push(words.len().try_into().unwrap_or(u32::MAX));
        });
        Self { words, ends }
    }

    fn at(&self, place: usize) -> &str {
        let end = |place: usize| self.ends.get(place).map_or(0, |end| *end as usize);
        let start = place.checked_sub(1).map_or(0, end);
        self.words.get(start..end(place)).unwrap_or_default()
    }
}

fn together(articles: &SearchScope) -> HashMap<u32, Vec<u32>> {
    let further = articles.iter().filter(|doc| doc.part > 0);
    let mut together: HashMap<u32, Vec<u32>> =
        further.map(|doc| (doc.file(), Vec::new())).collect();
    if together.is_empty() {
        return together;
    }
    for (at, doc) in (0..).zip(articles.iter()) {
        if let Some(places) = together.get_mut(&doc.file()) {
            places.push(at);
        }
    }
    together
}
