//! Who is who in an image of the library, and under other numbers of articles.

use super::People;
use super::records::speakers;
use crate::library::ArticleId;
use crate::library::name_table::NameTable;
use crate::packed::{
    Address, Arena, BlockSink, BlockSource, RecordReader, RecordWriter, put_rows, rows,
};

impl People {
    /// Puts all of it into an image. No corrections may be laid over it.
    pub(in crate::library) fn put_image(&self, sink: BlockSink<'_>) {
        put_rows(sink, self.articles.iter().map(|record| [record.number()]));
        self.records.put_image(sink);
        self.table.put_image(sink);
        let mut bases = RecordWriter::default();
        for base in self.ambiguous.bases() {
            bases.text(base);
        }
        sink(&bases.into_bytes());
    }

    /// What was put into an image; up to date after [`Self::settle`].
    pub(in crate::library) fn of_image(source: BlockSource<'_>) -> Option<Self> {
        let mut people = Self {
            articles: rows(source, |[record]| Address::of_number(record))?,
            records: Arena::of_image(source)?,
            table: NameTable::of_image(source)?,
            ..Self::default()
        };
        let bases = source()?;
        let mut bases = RecordReader::new(&bases);
        while !bases.is_at_end() {
            people.ambiguous.touch(&bases.text().decode());
        }
        Some(people)
    }

    /// Whatever was known of others before, this is something else.
    pub(in crate::library) const fn supersede(&mut self, before: &Self) {
        self.version += before.version + 1;
        self.renamed += before.renamed + 1;
    }

    /// Two articles get the numbers of each other.
    pub(in crate::library) fn swap(&mut self, a: ArticleId, b: ArticleId) {
        let last = a.max(b).0 as usize;
        if self.articles.len() <= last {
            self.articles.resize(last + 1, Address::NONE);
        }
        let groups = [a, b].map(|id| {
            let speakers = self.speakers(id);
            speakers::pack(speakers.day, &speakers.unpacked()).groups
        });
        self.part(a);
        self.part(b);
        self.articles.swap(a.0 as usize, b.0 as usize);
        let corrected = [a, b].map(|id| self.corrected.remove(&id));
        let corrected = [b, a].into_iter().zip(corrected);
        self.corrected
            .extend(corrected.filter_map(|(id, corrected)| Some((id, corrected?))));
        for (id, groups) in [b, a].into_iter().zip(groups) {
            self.join(id, &groups);
        }
        self.version += 1;
    }
}
