//! Which row of the index is which article of the folder, and in what order articles come.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::index::Index;
use crate::app::hits::Shelf;
use crate::library::Location;

/// The articles on a shelf as the index knows them.
pub(super) struct Catalog {
    articles: Shelf,
    /// The highest row when it was made, and how often files had turned out to be changed.
    version: Option<(i64, u64)>,
    /// Where the article of a row stands on the shelf.
    rows: HashMap<i64, u32>,
    /// The row of the article at a place of the shelf.
    row_of: Vec<Option<i64>>,
    /// Every place of the shelf: those in the scope first, then the newest.
    newest: Vec<u32>,
    /// Where a place of the shelf stands among them.
    rank_of: Vec<u32>,
    /// The places of files that hold many articles.
    together: HashMap<Arc<Path>, Vec<u32>>,
}

/// The catalog made last, which holds until the folder or the index changes.
#[derive(Clone, Default)]
pub(super) struct Catalogs(Arc<Mutex<Option<Arc<Catalog>>>>);

impl Catalogs {
    /// The catalog of a shelf.
    pub(super) fn of(&self, articles: &Shelf, index: Option<&Index>) -> Arc<Catalog> {
        let version = index.and_then(|index| {
            let n_turns = index.n_turns();
            index.ask(|reader| Some((reader.last_row()?, n_turns)))
        });
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let made = known.take().filter(|catalog| {
            Arc::ptr_eq(&catalog.articles, articles) && catalog.version == version
        });
        let catalog = made.unwrap_or_else(|| Arc::new(Catalog::new(articles, index, version)));
        *known = Some(Arc::clone(&catalog));
        catalog
    }
}

impl Catalog {
    fn new(articles: &Shelf, index: Option<&Index>, version: Option<(i64, u64)>) -> Self {
        let mut newest: Vec<u32> = (0..articles.len())
            .filter_map(|at| at.try_into().ok())
            .collect();
        newest.sort_by_key(|&at| {
            let shelved = articles.get(at as usize);
            Reverse(shelved.map(|shelved| (shelved.is_inside, shelved.published)))
        });
        let mut rank_of = vec![0; newest.len()];
        for (rank, &at) in (0..).zip(&newest) {
            if let Some(place) = rank_of.get_mut(at as usize) {
                *place = rank;
            }
        }
        let mut catalog = Self {
            articles: Arc::clone(articles),
            version,
            rows: HashMap::new(),
            row_of: vec![None; newest.len()],
            newest,
            rank_of,
            together: together(articles),
        };
        if let (Some(index), Some(_)) = (index, version) {
            catalog.match_rows(index);
        }
        catalog
    }

    fn match_rows(&mut self, index: &Index) {
        let articles = Arc::clone(&self.articles);
        let places: HashMap<(&OsStr, u32), u32> = (0..)
            .zip(articles.iter())
            .map(|(at, shelved)| {
                let location = &shelved.location;
                ((location.file.as_os_str(), location.part), at)
            })
            .collect();
        self.rows.reserve(places.len());
        let mut take = |row, file: &OsStr, part| {
            // What the index has of a file that changed says nothing: it is read.
            let is_stale = index.is_stale(Path::new(file));
            if let Some(&at) = places.get(&(file, part)).filter(|_| !is_stale) {
                self.rows.insert(row, at);
                if let Some(place) = self.row_of.get_mut(at as usize) {
                    *place = Some(row);
                }
            }
        };
        // What could not be read is looked for without the index.
        let _ = index.ask(|reader| Some(reader.each_article(&mut take)));
    }

    /// Where the article of a row stands on the shelf.
    pub(super) fn place(&self, row: i64) -> Option<usize> {
        self.rows.get(&row).map(|&at| at as usize)
    }

    /// The row of an article, when the index has it.
    pub(super) fn row(&self, place: usize) -> Option<i64> {
        self.row_of.get(place).copied().flatten()
    }

    /// Every place of the shelf: those in the scope first, then the newest.
    pub(super) fn newest(&self) -> impl Iterator<Item = usize> + '_ {
        self.newest.iter().map(|&at| at as usize)
    }

    /// How many places come before one among the newest.
    pub(super) fn rank(&self, place: usize) -> u32 {
        self.rank_of.get(place).copied().unwrap_or(u32::MAX)
    }

    /// The places of all articles that stand in the same file as one.
    pub(super) fn beside(&self, place: usize, at: &Location) -> impl Iterator<Item = usize> + '_ {
        let all = self.together.get(&at.file).map_or(&[][..], Vec::as_slice);
        let one = all.is_empty().then_some(place);
        all.iter().map(|&at| at as usize).chain(one)
    }

    /// The places of articles that the index does not have.
    pub(super) fn unknown(&self) -> impl Iterator<Item = usize> + '_ {
        self.newest().filter(|&place| self.row(place).is_none())
    }
}

fn together(articles: &Shelf) -> HashMap<Arc<Path>, Vec<u32>> {
    let further = articles.iter().filter(|shelved| shelved.location.part > 0);
    let mut together: HashMap<Arc<Path>, Vec<u32>> = further
        .map(|shelved| (Arc::clone(&shelved.location.file), Vec::new()))
        .collect();
    if together.is_empty() {
        return together;
    }
    for (at, shelved) in (0..).zip(articles.iter()) {
        if let Some(places) = together.get_mut(&shelved.location.file) {
            places.push(at);
        }
    }
    together
}
