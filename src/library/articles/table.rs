//! The table of all articles: where each is, and its metadata.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::file_index::FileIndex;
use super::id::ArticleId;
use super::location::Location;
use super::packed_meta::PackedMeta;
use super::row::{ArticleRow, Marks};
use super::search_scope::{SearchDoc, SearchScope};
use super::view::{ArticleView, ListedFile, file_name};
use crate::library::filter::PackedFilter;
use crate::packed::{Address, Arena, BlockSink, BlockSource, count, put_rows, row, rows};

/// All articles of the folder, including those that are gone.
#[derive(Debug, Clone, Default)]
pub(crate) struct ArticleTable {
    /// By article.
    rows: Vec<ArticleRow>,
    /// The metadata of surveyed articles.
    meta: Arena,
    files: FileIndex,
    /// Why articles cannot be read.
    problems: BTreeMap<ArticleId, String>,
    /// The articles after the first one of files with several.
    further: BTreeMap<ArticleId, Vec<ArticleId>>,
    n_surveyed: usize,
}

impl ArticleTable {
    /// The number of articles, including those that are gone.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// All articles, including those that are gone.
    pub(crate) fn ids(&self) -> impl Iterator<Item = ArticleId> + use<> {
        (0..count(self.rows.len())).map(ArticleId)
    }

    /// The number of articles that were surveyed, or cannot be.
    pub(crate) fn n_surveyed(&self) -> usize {
        self.n_surveyed
    }

    /// The number of files.
    pub(crate) fn n_files(&self) -> usize {
        self.files.len()
    }

    pub(crate) fn row(&self, id: ArticleId) -> Option<&ArticleRow> {
        self.rows.get(id.index())
    }

    /// The metadata of an article that was surveyed.
    pub(crate) fn meta(&self, id: ArticleId) -> Option<PackedMeta<'_>> {
        self.meta_of(self.row(id)?)
    }

    fn meta_of(&self, row: &ArticleRow) -> Option<PackedMeta<'_>> {
        PackedMeta::of(self.meta_record(row))
    }

    /// The record of an article's metadata.
    pub(crate) fn meta_record(&self, row: &ArticleRow) -> &[u8] {
        self.meta.record(row.meta)
    }

    /// Adds the first article of a new file.
    pub(crate) fn add_file(&mut self, listed: &ListedFile) -> ArticleId {
        let next = ArticleId(count(self.rows.len()));
        let file = self.files.add(listed, next);
        self.push(file, 0)
    }

    fn push(&mut self, file: Address, part: u32) -> ArticleId {
        self.rows.push(ArticleRow::new(file, part));
        ArticleId(count(self.rows.len() - 1))
    }

    /// Adds rows for articles that are not known yet, until there are `len`.
    pub(crate) fn grow(&mut self, len: usize) {
        self.rows.resize(len.max(self.rows.len()), ArticleRow::NONE);
    }

    /// Adds the next article to the file whose first article is `first`.
    pub(crate) fn add_to_file(&mut self, first: ArticleId) -> Option<ArticleId> {
        let file = self.row(first)?.file;
        let part = self.n_in_file(first);
        let id = self.push(file, count(part));
        self.further.entry(first).or_default().push(id);
        Some(id)
    }

    /// The number of articles in the file whose first article is `first`.
    pub(crate) fn n_in_file(&self, first: ArticleId) -> usize {
        1 + self.after_first(first).len()
    }

    fn after_first(&self, first: ArticleId) -> &[ArticleId] {
        match self.further.get(&first) {
            Some(further) => further,
            None => &[],
        }
    }

    /// The first article of a file.
    pub(crate) fn find(&self, file: &Path) -> Option<ArticleId> {
        self.files.find(file, |id| self.rows[id.index()].file)
    }

    /// All articles in the file whose first article is `first`.
    pub(crate) fn in_file(&self, first: ArticleId) -> impl Iterator<Item = ArticleId> + '_ {
        std::iter::once(first).chain(self.after_first(first).iter().copied())
    }

    /// The first article in the file of an article; `None` if it is the only one.
    pub(crate) fn first_of_many(&self, id: ArticleId) -> Option<ArticleId> {
        if self.further.is_empty() {
            return None;
        }
        let row = self.row(id)?;
        let first = match row.part {
            0 => id,
            _ => self.find(&self.files.location(row.file))?,
        };
        self.further.contains_key(&first).then_some(first)
    }

    /// Whether an article has a mark.
    pub(crate) fn has(&self, id: ArticleId, mark: u8) -> bool {
        match self.row(id) {
            Some(row) => row.marks.has(mark),
            None => false,
        }
    }

    /// Sets or removes a mark, and returns whether that changed anything.
    pub(crate) fn mark(&mut self, id: ArticleId, mark: u8, is_set: bool) -> bool {
        let Some(row) = self.rows.get_mut(id.index()) else {
            return false;
        };
        let was_set = row.marks.has(mark);
        row.marks.set(mark, is_set);
        was_set != is_set
    }

    /// Why an article cannot be read.
    pub(crate) fn problem(&self, id: ArticleId) -> Option<&str> {
        if !self.has(id, Marks::PROBLEM) {
            return None;
        }
        self.problems.get(&id).map(String::as_str)
    }

    /// Records why an article cannot be read.
    pub(crate) fn set_problem(&mut self, id: ArticleId, problem: String) {
        let Some(row) = self.row(id) else {
            return;
        };
        self.n_surveyed += usize::from(!row.is_surveyed());
        self.set_stamp(id, 0);
        self.mark(id, Marks::PROBLEM, true);
        self.problems.insert(id, problem);
    }

    /// Removes the problem of an article.
    pub(crate) fn clear_problem(&mut self, id: ArticleId) {
        if self.mark(id, Marks::PROBLEM, false) {
            self.problems.remove(&id);
            self.n_surveyed -= usize::from(!self.rows[id.index()].is_surveyed());
        }
    }

    /// Replaces the metadata of an article; an empty record removes it.
    pub(crate) fn set_meta(&mut self, id: ArticleId, record: &[u8]) {
        let row = &mut self.rows[id.index()];
        let was_surveyed = row.is_surveyed();
        self.meta.free(row.meta);
        row.meta = match record {
            [] => Address::NONE,
            _ => self.meta.store(record),
        };
        row.marks.set(Marks::PROBLEM, false);
        self.n_surveyed += usize::from(row.is_surveyed());
        self.n_surveyed -= usize::from(was_surveyed);
        self.problems.remove(&id);
        self.meta
            .compact(self.rows.iter_mut().map(|row| &mut row.meta));
    }

    /// Sets the stamp of the file of an article.
    pub(crate) fn set_stamp(&mut self, id: ArticleId, stamp: u64) {
        let first = self.first_of_many(id).unwrap_or(id);
        if let Some(row) = self.rows.get_mut(first.index()) {
            row.stamp = stamp;
        }
    }

    /// The first article of each file with its location and stamp.
    pub(crate) fn stamps(&self) -> impl Iterator<Item = (ArticleId, Arc<Path>, u64)> + '_ {
        let is_first = |row: &ArticleRow| row.part == 0 && !row.marks.has(Marks::GONE);
        let first = self.ids().zip(&self.rows);
        let first = first.filter(move |(_, row)| is_first(row));
        first.map(|(id, row)| (id, self.files.location(row.file), row.stamp))
    }

    /// Whether each article was surveyed and can be read.
    pub(crate) fn have_meta(&self) -> impl Iterator<Item = bool> + '_ {
        self.rows.iter().map(|row| row.meta != Address::NONE)
    }

    /// An article with all its metadata, unpacked.
    pub(crate) fn view(&self, id: ArticleId) -> Option<ArticleView> {
        let row = self.row(id)?;
        Some(ArticleView {
            location: self.location(id)?,
            path: self.files.shown(row.file),
            survey: self.meta_of(row).map(PackedMeta::survey),
            problem: self.problem(id).map(str::to_owned),
            is_read: row.marks.has(Marks::READ),
            is_bookmarked: row.marks.has(Marks::BOOKMARKED),
            is_gone: row.marks.has(Marks::GONE),
        })
    }

    /// Where an article is.
    pub(crate) fn location(&self, id: ArticleId) -> Option<Location> {
        let row = self.row(id)?;
        Some(Location {
            file: self.files.location(row.file),
            part: row.part,
        })
    }

    /// The key under which things are remembered about an article.
    pub(crate) fn key(&self, id: ArticleId) -> Option<String> {
        let name = self.meta(id).and_then(PackedMeta::id);
        Some(self.location(id)?.key(name.as_deref()))
    }

    /// The path of an article's file as it is shown.
    pub(crate) fn path(&self, id: ArticleId) -> String {
        match self.row(id) {
            Some(row) => self.files.shown(row.file),
            None => String::new(),
        }
    }

    /// Which of the articles in its file an article is, from 0.
    pub(crate) fn part(&self, id: ArticleId) -> u32 {
        match self.row(id) {
            Some(row) => row.part,
            None => 0,
        }
    }

    /// The articles with these [keys](Self::key).
    pub(crate) fn with_keys<'k>(
        &self,
        keys: impl Iterator<Item = &'k str>,
    ) -> Vec<(ArticleId, &'k str)> {
        let mut found = Vec::new();
        let mut others = HashSet::new();
        for key in keys {
            match self.find(Path::new(key)) {
                Some(id) => found.push((id, key)),
                None => _ = others.insert(key),
            }
        }
        if !others.is_empty() {
            let has_own_key = |id: &ArticleId| self.part(*id) > 0 || self.is_named(*id);
            let keyed = self.ids().filter(has_own_key);
            let keyed = keyed.filter_map(|id| Some((id, *others.get(self.key(id)?.as_str())?)));
            found.extend(keyed);
        }
        found
    }

    /// Whether the file of an article gives it a name.
    fn is_named(&self, id: ArticleId) -> bool {
        match self.meta(id) {
            Some(meta) => meta.is_named(),
            None => false,
        }
    }

    /// The first articles of the files that pass.
    pub(crate) fn files_where(&self, passes: impl Fn(&Path, ArticleId) -> bool) -> Vec<ArticleId> {
        let first = self.ids().zip(&self.rows).filter(|(_, row)| row.part == 0);
        let passing = first.filter(|(id, row)| passes(&self.files.location(row.file), *id));
        passing.map(|(id, _)| id).collect()
    }

    /// Whether an article passes a filter by headline, author, publication or path. `in_folders`
    /// caches which words the paths of folders contain.
    pub(crate) fn passes(
        &self,
        id: ArticleId,
        filter: &PackedFilter,
        in_folders: &mut Vec<Option<u8>>,
    ) -> bool {
        let Some(row) = self.row(id) else {
            return false;
        };
        let meta = self.meta_of(row);
        let matching = match meta {
            Some(meta) => meta.matching_words(filter),
            None => 0,
        };
        if filter.passes(matching) {
            return true;
        }
        if filter.is_whole() {
            let in_path = self
                .files
                .names()
                .matching_words(row.file, filter, in_folders);
            return filter.passes(matching | in_path);
        }
        let mut text = match meta {
            Some(meta) => meta.filter_text(),
            None => String::new(),
        };
        text.push_str(&self.files.shown(row.file));
        filter.filter().passes(&text)
    }

    /// The given articles that can be read, for a search. `is_inside` decides which of them are in its scope.
    pub(crate) fn search_scope(
        &self,
        articles: &[ArticleId],
        is_inside: impl Fn(ArticleId) -> bool,
    ) -> SearchScope {
        let doc = |&id: &ArticleId| {
            let row = self.row(id)?;
            if row.marks.has(Marks::PROBLEM) {
                return None;
            }
            Some(SearchDoc {
                id,
                part: row.part,
                published: self.meta_of(row).and_then(PackedMeta::published),
                is_inside: is_inside(id),
                file: row.file,
            })
        };
        SearchScope::new(
            articles.iter().filter_map(doc).collect(),
            self.files.names().clone(),
        )
    }

    /// Appends the headline of an article in lowercase, or the name of its file if it has none, as
    /// [`ArticleView::title`] does.
    pub(crate) fn push_lowercase_title(&self, id: ArticleId, titles: &mut String) {
        let start = titles.len();
        if let Some(meta) = self.meta(id) {
            meta.title().decode_into(titles);
        }
        if titles.len() == start {
            titles.push_str(file_name(&self.path(id)));
        }
        let Some(title) = titles.get_mut(start..) else {
            return;
        };
        if title.is_ascii() {
            title.make_ascii_lowercase();
        } else {
            let lowercase = title.to_lowercase();
            titles.truncate(start);
            titles.push_str(&lowercase);
        }
    }

    /// Exchanges the numbers of two articles.
    pub(crate) fn swap(&mut self, a: ArticleId, b: ArticleId) {
        let other = |id: ArticleId| match id {
            _ if id == a => b,
            _ if id == b => a,
            _ => id,
        };
        let is_of_many = |id| self.first_of_many(id).is_some();
        if is_of_many(a) || is_of_many(b) {
            let further = std::mem::take(&mut self.further).into_iter();
            let further = further.map(|(first, further)| {
                let further = further.into_iter().map(other).collect();
                (other(first), further)
            });
            self.further = further.collect();
        }
        let rows = &self.rows;
        self.files.swap([a, b], |id| {
            let row = &rows[id.index()];
            if row.part == 0 {
                row.file
            } else {
                Address::NONE
            }
        });
        self.rows.swap(a.index(), b.index());
    }

    /// Writes the table to an image, without problems.
    pub(crate) fn put_image(&self, sink: BlockSink<'_>) {
        let surveyed = self.have_meta().filter(|has_meta| *has_meta);
        put_rows(sink, [[count(surveyed.count())]]);
        put_rows(sink, self.rows.iter().map(ArticleRow::numbers));
        let further = self.further.iter();
        let further = further.flat_map(|(first, further)| further.iter().map(|id| [first.0, id.0]));
        put_rows(sink, further);
        self.meta.put_image(sink);
        self.files.put_image(sink);
    }

    /// Reads a table from an image.
    pub(crate) fn of_image(source: BlockSource<'_>) -> Option<Self> {
        let [n_surveyed] = row(source)?;
        let article_rows = rows(source, ArticleRow::of_numbers)?;
        let further_rows = rows(source, |row| row.map(ArticleId))?;
        let mut further: BTreeMap<ArticleId, Vec<ArticleId>> = BTreeMap::new();
        for [first, id] in further_rows {
            further.entry(first).or_default().push(id);
        }
        Some(Self {
            rows: article_rows,
            meta: Arena::of_image(source)?,
            files: FileIndex::of_image(source)?,
            problems: BTreeMap::new(),
            further,
            n_surveyed: n_surveyed as usize,
        })
    }
}
