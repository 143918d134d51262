//! The mapping between rows of the index and articles of the folder.
//!
//! A *place* is the position of an article in the search scope.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use crate::library::{SearchDoc, SearchScope};
use crate::search::plan::folded_path;
use crate::shell::index::{Index, IndexReader, IndexRow, path_hash};
use crate::shell::sync::lock;
use crate::text::Span;

/// The articles of a scope and their rows in the index.
#[derive(Clone)]
pub(super) struct IndexMap {
    articles: SearchScope,
    /// Built when the index has its first row.
    place_of_file: Arc<OnceLock<PlaceOfFile>>,
    /// All places: those inside the scope first, then from the newest to the oldest.
    newest: Arc<[u32]>,
    /// The position of each place in `newest`.
    rank_of: Arc<[u32]>,
    /// The places of files with several articles, by the number of the file.
    together: Arc<HashMap<u32, Vec<u32>>>,
    /// Built when a query asks for paths.
    paths: Arc<OnceLock<FoldedPaths>>,
    indexed: IndexedRows,
}

/// The rows of the index.
#[derive(Clone, Default)]
struct IndexedRows {
    /// [`Index::n_stale_changes`] when the rows were read.
    n_stale_changes: u64,
    /// The highest row that was read.
    last_row: i64,
    /// The places of the rows from `first_row` on, or [`NOWHERE`].
    first_row: i64,
    places: Vec<u32>,
    /// The row of each place, or [`NO_ROW`].
    row_of: Vec<i64>,
    /// The day of each place, as a [number](crate::shell::index::day_number).
    day_of: Vec<Option<i64>>,
    n_articles: usize,
}

const NOWHERE: u32 = u32::MAX;
/// Rows are numbered from 1.
const NO_ROW: i64 = 0;

/// Places by file and part; [`NOWHERE`] where two paths have the same hash.
type PlaceOfFile = HashMap<(u64, u32), u32>;

/// The map that was used last. It is kept until the folder changes, and updated when the index does.
#[derive(Clone, Default)]
pub(crate) struct IndexMaps(Arc<Mutex<Option<Arc<IndexMap>>>>);

impl IndexMaps {
    /// The map of a scope, up to date with the index.
    pub(super) fn of(
        &self,
        articles: &SearchScope,
        index: Option<(&Index, &IndexReader)>,
    ) -> Arc<IndexMap> {
        let mut last = lock(&self.0);
        let mut map = match last.take() {
            Some(map) if map.articles.is(articles) => map,
            _ => Arc::new(IndexMap::new(articles)),
        };
        if !map.is_current(index) {
            Arc::make_mut(&mut map).update(index);
        }
        *last = Some(Arc::clone(&map));
        map
    }
}

impl IndexMap {
    fn new(articles: &SearchScope) -> Self {
        let docs = articles.iter().as_slice();
        let mut newest: Vec<u32> = (0..).zip(docs).map(|(place, _)| place).collect();
        newest.sort_by_key(|&place| {
            let doc = &docs[place as usize];
            Reverse((doc.is_inside, doc.published))
        });
        let mut rank_of = vec![0; newest.len()];
        for (rank, &place) in (0..).zip(&newest) {
            rank_of[place as usize] = rank;
        }
        Self {
            articles: articles.clone(),
            place_of_file: Arc::default(),
            newest: newest.into(),
            rank_of: rank_of.into(),
            together: Arc::new(together(articles)),
            paths: Arc::default(),
            indexed: IndexedRows::none(articles.len(), 0),
        }
    }

    fn is_current(&self, index: Option<(&Index, &IndexReader)>) -> bool {
        let Some((index, reader)) = index else {
            return self.indexed.last_row == 0;
        };
        reader.last_row() == Some(self.indexed.last_row)
            && index.n_stale_changes() == self.indexed.n_stale_changes
    }

    /// Reads the new rows of the index, or all of them if other files have become stale.
    fn update(&mut self, index: Option<(&Index, &IndexReader)>) {
        let Some((index, reader)) = index else {
            self.indexed = IndexedRows::none(self.articles.len(), 0);
            return;
        };
        let n_stale_changes = index.n_stale_changes();
        if n_stale_changes != self.indexed.n_stale_changes {
            self.indexed = IndexedRows::none(self.articles.len(), n_stale_changes);
        }
        let after = self.indexed.last_row;
        let mut take = |row: IndexRow| {
            self.indexed.last_row = row.id;
            if let Some(place) = self.place_of(&row, index) {
                self.indexed.add(&row, place);
            }
        };
        // Articles whose rows cannot be read are scanned like those that are not in the index.
        let _ = reader.each_article(after, &mut take);
    }

    /// The place of a row, unless its file has changed since.
    fn place_of(&self, row: &IndexRow, index: &Index) -> Option<u32> {
        let places = self.place_of_file.get_or_init(|| places(&self.articles));
        let place = places.get(&(row.file, row.part)).copied()?;
        (place != NOWHERE && !index.is_stale(row.file)).then_some(place)
    }

    /// The place of a row's article, if it is in the scope.
    pub(super) fn place(&self, row: i64) -> Option<usize> {
        let at = usize::try_from(row.checked_sub(self.indexed.first_row)?).ok()?;
        let place = *self.indexed.places.get(at)?;
        (place != NOWHERE).then_some(place as usize)
    }

    /// The row of an article, if it is in the index.
    pub(super) fn row(&self, place: usize) -> Option<i64> {
        let row = self.indexed.row_of[place];
        (row != NO_ROW).then_some(row)
    }

    /// The day on which an article was published according to its own text, if it is in the index.
    pub(super) fn day(&self, place: usize) -> Option<i64> {
        self.indexed.day_of[place]
    }

    /// Whether every article of the scope is in the index.
    pub(super) fn has_all(&self) -> bool {
        self.indexed.n_articles == self.articles.len()
    }

    /// All places: those inside the scope first, then from the newest to the oldest.
    pub(super) fn newest(&self) -> impl Iterator<Item = usize> + '_ {
        self.newest.iter().map(|&place| place as usize)
    }

    /// The position of a place in [`newest`](Self::newest).
    pub(super) fn rank(&self, place: usize) -> u32 {
        self.rank_of[place]
    }

    /// Whether the file of an article holds others.
    pub(super) fn is_among_many(&self, doc: &SearchDoc) -> bool {
        self.together.contains_key(&doc.file())
    }

    /// The path an article is shown with, folded as searches compare it.
    pub(super) fn path(&self, place: usize) -> &str {
        let paths = self.paths.get_or_init(|| FoldedPaths::of(&self.articles));
        paths.at(place)
    }

    /// The places of all articles in the same file as this one, itself included.
    pub(super) fn beside(&self, place: usize, doc: &SearchDoc) -> Vec<usize> {
        match self.together.get(&doc.file()) {
            Some(places) => places.iter().map(|&place| place as usize).collect(),
            None => vec![place],
        }
    }

    /// The articles that are not in the index, in the order of [`newest`](Self::newest).
    pub(super) fn not_indexed(&self) -> impl Iterator<Item = usize> + '_ {
        let all = if self.has_all() { 0 } else { self.newest.len() };
        self.newest()
            .take(all)
            .filter(|&place| self.row(place).is_none())
    }
}

impl IndexedRows {
    fn none(n_articles: usize, n_stale_changes: u64) -> Self {
        Self {
            n_stale_changes,
            row_of: vec![NO_ROW; n_articles],
            day_of: vec![None; n_articles],
            ..Self::default()
        }
    }

    fn add(&mut self, row: &IndexRow, place: u32) {
        let at = place as usize;
        self.n_articles += usize::from(self.row_of[at] == NO_ROW);
        self.row_of[at] = row.id;
        self.day_of[at] = row.day;
        if self.places.is_empty() {
            self.first_row = row.id;
        }
        // Rows come in ascending order.
        let Ok(at) = usize::try_from(row.id - self.first_row) else {
            return;
        };
        if self.places.len() <= at {
            self.places.resize(at + 1, NOWHERE);
        }
        self.places[at] = place;
    }
}

fn places(articles: &SearchScope) -> PlaceOfFile {
    let mut places = HashMap::with_capacity(articles.len());
    let mut all = (0..).zip(articles);
    articles.each_path(&mut |file, _| {
        if let Some((place, doc)) = all.next() {
            let key = (path_hash(file), doc.part);
            // If two paths have the same hash, the index does not say which of them it means.
            if places.insert(key, place).is_some() {
                places.insert(key, NOWHERE);
            }
        }
    });
    places
}

/// The folded paths of all articles in a scope, in one string.
struct FoldedPaths {
    text: String,
    spans: Vec<Span>,
}

impl FoldedPaths {
    fn of(articles: &SearchScope) -> Self {
        let (mut text, mut spans) = (String::new(), Vec::with_capacity(articles.len()));
        articles.each_path(&mut |_, shown| {
            let start = text.len();
            text.push_str(&folded_path(shown));
            spans.push(Span::from_usize(start, text.len()));
        });
        Self { text, spans }
    }

    fn at(&self, place: usize) -> &str {
        self.spans[place].of(&self.text)
    }
}

fn together(articles: &SearchScope) -> HashMap<u32, Vec<u32>> {
    let further = articles.iter().filter(|doc| doc.part > 0);
    let mut together: HashMap<u32, Vec<u32>> =
        further.map(|doc| (doc.file(), Vec::new())).collect();
    if together.is_empty() {
        return together;
    }
    for (place, doc) in (0..).zip(articles.iter()) {
        if let Some(places) = together.get_mut(&doc.file()) {
            places.push(place);
        }
    }
    together
}
