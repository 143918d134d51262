//! All files, which can be found by path.

use std::path::Path;
use std::sync::Arc;

use super::file_names::FileNames;
use super::id::ArticleId;
use super::view::ListedFile;
use crate::library::name_table::{NameHash, NameTable};
use crate::packed::{Address, BlockSink, BlockSource, count, put_rows, row};

/// The files of a library.
#[derive(Debug, Clone, Default)]
pub(crate) struct FileIndex {
    names: FileNames,
    /// By path: the first article of each file.
    by_path: NameTable,
    n_files: usize,
}

impl FileIndex {
    /// Writes the index to an image.
    pub(crate) fn put_image(&self, sink: BlockSink<'_>) {
        put_rows(sink, [[count(self.n_files)]]);
        self.names.put_image(sink);
        self.by_path.put_image(sink);
    }

    /// Reads an index from an image.
    pub(crate) fn of_image(source: BlockSource<'_>) -> Option<Self> {
        let [n_files] = row(source)?;
        Some(Self {
            names: FileNames::of_image(source)?,
            by_path: NameTable::of_image(source)?,
            n_files: n_files as usize,
        })
    }

    /// Exchanges the files that two articles are the first of. `file_of` returns the file of an article, or
    /// [`Address::NONE`] for one that is not the first.
    pub(crate) fn swap(
        &mut self,
        articles: [ArticleId; 2],
        file_of: impl Fn(ArticleId) -> Address,
    ) {
        let [a, b] = articles;
        let mut moved = Vec::new();
        for (from, to) in [(a, b), (b, a)] {
            let file = file_of(from);
            if file == Address::NONE {
                continue;
            }
            let hash = hash(&self.location(file));
            if let Some(slot) = self.by_path.find(hash, |other| other == from) {
                self.by_path.remove(slot, from, 0);
                moved.push((hash, to));
            }
        }
        for (hash, to) in moved {
            self.by_path.insert(hash, to, 0);
        }
    }

    /// Adds a file that is not there yet, with its first article.
    pub(crate) fn add(&mut self, listed: &ListedFile, first: ArticleId) -> Address {
        let address = self.names.add(listed);
        self.by_path.insert(hash(&listed.location), first, 0);
        self.n_files += 1;
        address
    }

    /// The names of the files.
    pub(crate) fn names(&self) -> &FileNames {
        &self.names
    }

    /// Where to read a file.
    pub(crate) fn location(&self, file: Address) -> Arc<Path> {
        self.names.location(file)
    }

    /// The path of a file as it is shown.
    pub(crate) fn shown(&self, file: Address) -> String {
        self.names.shown(file)
    }

    /// The first article of the file at a path. `file_of` returns the file of an article.
    pub(crate) fn find(
        &self,
        path: &Path,
        file_of: impl Fn(ArticleId) -> Address,
    ) -> Option<ArticleId> {
        let is_it = |article| *self.location(file_of(article)) == *path;
        let slot = self.by_path.find(hash(path), is_it)?;
        self.by_path.articles(slot).next()
    }

    /// The number of files.
    pub(crate) fn len(&self) -> usize {
        self.n_files
    }
}

/// The hash of the last two parts of a path. Equal paths have equal hashes, however they are written.
fn hash(path: &Path) -> NameHash {
    if let Some(parts) = last_parts(path.as_os_str().as_encoded_bytes()) {
        return NameHash::of(parts);
    }
    let name = path.file_name().unwrap_or_default();
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
    let bytes = [folder.as_encoded_bytes(), b"/", name.as_encoded_bytes()].concat();
    NameHash::of(&bytes)
}

/// The last two parts of a path as they are written; `None` if it is not written in the usual way.
fn last_parts(path: &[u8]) -> Option<&[u8]> {
    let is_slash = |byte: &u8| *byte == b'/';
    let end = path.iter().rposition(is_slash)?;
    let start = path[..end].iter().rposition(is_slash)? + 1;
    let parts = &path[start..];
    let is_usual = |part: &[u8]| !matches!(part, b"" | b"." | b"..") && !part.contains(&b'\\');
    parts.split(is_slash).all(is_usual).then_some(parts)
}
