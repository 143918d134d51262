//! A library that is read from an image is like the one the image was made of.

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::analysis::{CountryCode, Speaker, SpeakerKind};
use crate::document::{DateOrigin, Published};
use crate::library::{MinHash, PackedSurvey, SpeakerCount, Survey};

const NAMES: &[&str] = &[
    "Ana Ruiz",
    "Ruiz",
    "Ana B. Ruiz",
    "Ana C. Ruiz",
    "World Health Organization",
    "WHO",
    "Lin Wei",
    "Lin",
    "John Kirby",
    "Kirby",
];

/// A file and its articles, each with the names it quotes and how often.
type Filed = (u8, Vec<Vec<(usize, u32)>>);

fn file() -> impl Strategy<Value = Filed> {
    let quoted = prop::collection::vec((0..NAMES.len(), 1..4_u32), 0..4);
    (0..30_u8, prop::collection::vec(quoted, 1..3))
}

fn listed(file: u8) -> ListedFile {
    ListedFile {
        location: format!("/news/{}/{file}.mbox", file % 3).into(),
        path: format!("{}/{file}.mbox", file % 3),
        bytes: 0,
    }
}

fn brief(file: u8, part: i64, quoted: &[(usize, u32)]) -> PackedSurvey {
    let speaker = |&(name, quotations): &(usize, u32)| SpeakerCount {
        speaker: Arc::new(Speaker {
            name: NAMES[name].into(),
            role: Some(format!("officer {}", name % 2).into()),
            kind: SpeakerKind::Person,
            aliases: ["WHO".into()].into(),
        }),
        quotations,
    };
    PackedSurvey::from(Survey {
        title: format!("Story {file} {part}"),
        // Different dates, because with two roles on one day either may be the latest.
        published: Some(Published {
            when: date(2026, 1, 1)
                .saturating_add((i64::from(file) * 9 + part).days())
                .into(),
            has_time: false,
            origin: DateOrigin::Metadata,
        }),
        words: 10,
        quotations: 3,
        speakers: quoted.iter().map(speaker).collect(),
        countries: vec![(CountryCode([b'A' + file % 26, b'Z']), u32::from(file) + 1)],
        fingerprints: quoted
            .iter()
            .map(|(name, _)| u32::try_from(*name).unwrap() << 8)
            .collect(),
        minhash: (part == 0).then(|| MinHash::of_numbers([u16::from(file); 16])),
        ..Survey::default()
    })
}

fn take_in(library: &mut Library, files: &[Filed]) {
    for (file, articles) in files {
        let first = library.add(&listed(*file));
        let articles = (0..).zip(articles);
        let surveys = articles.map(|(part, quoted)| brief(*file, part, quoted));
        library.set_surveys(
            first,
            u64::from(*file) << 40 | 2,
            &surveys.collect::<Vec<_>>(),
        );
    }
    library.update_people();
}

/// Blocks that were written.
#[derive(Debug, Default)]
struct Blocks(Vec<Vec<u8>>);

impl FingerprintStore for Blocks {
    fn each(&self, take: &mut dyn FnMut(&[u8])) {
        self.0.iter().for_each(|block| take(block));
    }
}

fn blocks(library: &mut Library) -> (Blocks, Arc<dyn FingerprintStore>) {
    let (mut blocks, mut traces) = (Blocks::default(), Blocks::default());
    let mut copy = library.image_copy();
    let copied = copy.duplicates().clone();
    copy.put_image(&mut |block| blocks.0.push(block.to_vec()));
    copied.put_image(&mut |block| traces.0.push(block.to_vec()));
    (blocks, Arc::new(traces))
}

fn back(blocks: Blocks) -> Option<Library> {
    let mut blocks = blocks.0.into_iter();
    Library::of_image(&mut || blocks.next())
}

fn whole(library: &mut Library) -> Library {
    let (blocks, traces) = blocks(library);
    let mut again = back(blocks).unwrap();
    again.set_stored_fingerprints(traces);
    again
}

/// Everything a reader sees of a library, which does not depend on the numbers of its articles.
fn seen(library: &Library) -> String {
    let entries: Vec<_> = library
        .all()
        .iter()
        .map(|id| library.article(*id))
        .collect();
    let mut people: Vec<String> = Vec::new();
    for name in NAMES {
        let person = library.speaker(name);
        let place = |id: &ArticleId| library.location(*id).map(|at| at.to_string());
        let articles: Vec<_> = library.articles_quoting(name).iter().map(place).collect();
        people.push(format!("{person:?} {articles:?}"));
    }
    let sharing = library.duplicates().with_fingerprints(&[5 << 8]);
    let sharing = sharing.iter().map(|id| library.location(*id));
    let mut sharing: Vec<_> = sharing.collect();
    sharing.sort_unstable();
    let mut minhashes = Vec::new();
    library.duplicates().each_minhash(&mut |id, minhash| {
        minhashes.push(format!("{:?} {minhash:?}", library.location(id)));
    });
    minhashes.sort_unstable();
    let mut stamps: Vec<_> = library
        .stamps()
        .map(|(_, file, stamp)| (file, stamp))
        .collect();
    stamps.sort_unstable();
    format!(
        "{entries:?}\n{people:?}\n{:?}\n{sharing:?}\n{minhashes:?}\n{stamps:?}\n{}",
        library.countries(),
        library.n_surveyed()
    )
}

proptest! {
    #[test]
    fn a_library_goes_on_from_its_image(
        files in prop::collection::vec(file(), 0..12),
        gone in prop::collection::vec(0..30_u8, 0..3),
        later in prop::collection::vec(file(), 0..6),
    ) {
        let mut library = Library::default();
        take_in(&mut library, &files);
        for file in gone {
            if let Some(first) = library.find(&listed(file).location) {
                library.remove(first);
            }
        }
        library.sort_by(SortOrder::Path);
        library.update_people();
        let mut again = whole(&mut library);
        prop_assert_eq!(seen(&again), seen(&library));
        let (_, traces) = blocks(&mut library);
        take_in(&mut library, &later[..later.len() / 2]);
        let before = seen(&library);
        library.image_written(Some(&traces));
        prop_assert_eq!(seen(&library), before);
        for library in [&mut library, &mut again] {
            take_in(library, &later);
            library.sort_by(SortOrder::Path);
        }
        prop_assert_eq!(seen(&again), seen(&library));
    }

    #[test]
    fn articles_keep_the_numbers_they_have(
        files in prop::collection::vec(file(), 0..12),
        early in prop::collection::vec((0..30_u8, 0..2_u32), 0..6),
    ) {
        let mut library = Library::default();
        take_in(&mut library, &files);
        let mut few = Library::default();
        for (file, part) in early {
            for library in [&mut few, &mut library] {
                let first = library.add(&listed(file));
                let id = library.add_part(first, part).unwrap();
                library.set_read(id, true);
            }
        }
        let had: Vec<_> = few.articles.ids().map(|id| (id, few.location(id))).collect();
        library.sort_by(SortOrder::Path);
        let mut again = whole(&mut library);
        let kept: Vec<_> = again.articles.ids().map(|id| (id, again.location(id))).collect();
        again.take_over(&few);
        again.sort_by(SortOrder::Path);
        for (id, location) in had {
            prop_assert_eq!(again.location(id), location);
        }
        for (id, location) in kept {
            prop_assert_eq!(again.location(again.current_id(id)), location);
        }
        library.update_people();
        prop_assert_eq!(seen(&again), seen(&library));
    }
}

#[test]
fn half_an_image_is_none() {
    let mut library = Library::default();
    take_in(
        &mut library,
        &[(1, vec![vec![(0, 2)]]), (2, vec![vec![(1, 1)]])],
    );
    let (blocks, _) = blocks(&mut library);
    for n_blocks in 0..blocks.0.len() {
        assert!(back(Blocks(blocks.0[..n_blocks].to_vec())).is_none());
    }
    assert!(back(blocks).is_some());
}
