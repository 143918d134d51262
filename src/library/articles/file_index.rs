//! Which files there are, each found by its path.

use std::path::Path;
use std::sync::Arc;

use super::file_names::FileNames;
use crate::library::name_table::{NameHash, NameTable};
use crate::library::{ArticleId, ListedFile};
use crate::packed::{Address, BlockSink, BlockSource, count, put_rows, row};

/// The files of a library, by the address of what each is called.
#[derive(Debug, Clone, Default)]
pub(crate) struct FileIndex {
    names: FileNames,
    /// By its path: the first article of each file.
    first: NameTable,
    count: usize,
}

impl FileIndex {
    /// Puts all of it into an image.
    pub(crate) fn put_image(&self, sink: BlockSink<'_>) {
        put_rows(sink, [[count(self.count)]]);
        self.names.put_image(sink);
        self.first.put_image(sink);
    }

    /// What was put into an image.
    pub(crate) fn of_image(source: BlockSource<'_>) -> Option<Self> {
        let [count] = row(source)?;
        Some(Self {
            names: FileNames::of_image(source)?,
            first: NameTable::of_image(source)?,
            count: count as usize,
        })
    }

    /// The files of two articles are those of each other from now on; `file_of` tells the file of an article.
    pub(crate) fn swap(
        &mut self,
        articles: [ArticleId; 2],
        file_of: impl Fn(ArticleId) -> Address,
    ) {
        let mut moved = Vec::new();
        for (at, id) in articles.into_iter().enumerate() {
            let file = file_of(id);
            if file == Address::NONE {
                continue;
            }
            let key = key(&self.location(file));
            let place = self.first.find(key, |other| other == id);
            if let Some(place) = place {
                self.first.remove(place, id, 0);
                let to = articles.iter().rev().nth(at);
                moved.extend(to.map(|to| (key, *to)));
            }
        }
        for (key, to) in moved {
            self.first.insert(key, to, 0);
        }
    }

    /// Takes in a file that is not there yet, whose first article this is.
    pub(crate) fn add(&mut self, listed: &ListedFile, first: ArticleId) -> Address {
        let address = self.names.add(listed);
        self.first.insert(key(&listed.location), first, 0);
        self.count += 1;
        address
    }

    /// What the files are called.
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

    /// The first article of a file; `file_of` tells the file of an article.
    pub(crate) fn find(
        &self,
        path: &Path,
        file_of: impl Fn(ArticleId) -> Address,
    ) -> Option<ArticleId> {
        let is_it = |article| *self.location(file_of(article)) == *path;
        let place = self.first.find(key(path), is_it)?;
        self.first.articles(place).next()
    }

    /// Number of files.
    pub(crate) fn len(&self) -> usize {
        self.count
    }
}

/// Paths are the same however they are written, as long as their parts are.
fn key(path: &Path) -> NameHash {
    // Nearly always the last two parts stand there as they are.
    if let Some(parts) = last_parts(path.as_os_str().as_encoded_bytes()) {
        return NameHash::of(parts);
    }
    let name = path.file_name().unwrap_or_default();
    let above = path.parent().and_then(Path::file_name).unwrap_or_default();
    let bytes = [above.as_encoded_bytes(), b"/", name.as_encoded_bytes()].concat();
    NameHash::of(&bytes)
}

/// The name and the folder of a path that is written in the usual way.
fn last_parts(path: &[u8]) -> Option<&[u8]> {
    let is_slash = |byte: &u8| *byte == b'/';
    let end = path.iter().rposition(is_slash)?;
    let start = path.get(..end)?.iter().rposition(is_slash)? + 1;
    let parts = path.get(start..)?;
    let is_usual = |part: &[u8]| !matches!(part, b"" | b"." | b"..") && !part.contains(&b'\\');
    parts.split(is_slash).all(is_usual).then_some(parts)
}
