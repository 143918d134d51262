//! A folder of files, asked with an index of all, of some and of none of them.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;

use super::*;
use crate::app::hits::{Found, Progress, Ranking};
use crate::config::Settings;
use crate::library::{ArticleId, Location};
use crate::shell::files::Choice;
use crate::shell::index::{Index, Mode, build};

fn settings() -> Settings {
    Settings::default_file()
}

/// A folder with articles and the files of an index.
struct Folder {
    files: TempDir,
    cache: TempDir,
    sources: Sources,
    catalogs: Catalogs,
}

impl Folder {
    fn new() -> Self {
        let files = tempfile::tempdir().unwrap();
        let roots = vec![files.path().to_owned()];
        let sources = Sources::new(roots, &settings()).unwrap();
        Self {
            files,
            cache: tempfile::tempdir().unwrap(),
            sources,
            catalogs: Catalogs::default(),
        }
    }

    /// Some hundred articles: every third is about a strike, every fiftieth on zinc, one names it first.
    fn with_articles() -> Self {
        let folder = Self::new();
        for number in 0..150 {
            let subject = if number % 3 == 0 { "strike" } else { "harvest" };
            let rare = if number % 50 == 7 { "zinc" } else { "tin" };
            let title = if number == 107 {
                "Zinc and more zinc"
            } else {
                "A day in town"
            };
            let text = format!(
                "{title}\n\nThe {subject} went on. “We sell {rare} today,” said Ana Ruiz in Lima, Peru.\n"
            );
            folder.write(
                &format!("2016-11-{:02}/{number:03}.txt", 1 + number % 28),
                &text,
            );
        }
        let mails = "From a@b Wed Nov 16 2016\nSubject: Zinc one\n\nOne.\n\nFrom a@b Wed Nov 16 2016\nSubject: Two\n\nTwo on zinc.\n";
        folder.write("mail.mbox", mails);
        folder
    }

    fn write(&self, name: &str, text: &str) {
        let file = self.files.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn index(&self) -> Index {
        let roots: Vec<PathBuf> = vec![self.files.path().to_owned()];
        let choice = Choice::of(&settings());
        let cache = Some(self.cache.path());
        let index = Index::open(&roots, &choice, cache, Mode::Keep).unwrap();
        assert_eq!(
            build(&index, &roots, &choice, &mut |_| {}),
            Vec::<String>::new()
        );
        index
    }

    fn listed(&self) -> Shelf {
        let mut all = Vec::new();
        let found = crate::shell::files::walk(self.files.path(), &self.sources.choice);
        for file in found.map(Result::unwrap) {
            let surveys = crate::app::answers::survey(
                &self.sources.choice.reader,
                fs::read(&file).unwrap(),
                &file,
            )
            .unwrap();
            for (part, survey) in (0..).zip(surveys) {
                let id = ArticleId(u32::try_from(all.len()).unwrap());
                all.push(Shelved {
                    id,
                    location: Location {
                        part,
                        ..Location::from(file.clone())
                    },
                    path: file.file_name().unwrap().to_string_lossy().into_owned(),
                    published: survey.published.map(|published| published.when),
                    is_inside: true,
                });
            }
        }
        all.into()
    }

    fn ask(&self, query: &str, listed: &Shelf, index: Option<&Index>) -> (Vec<Found>, Progress) {
        let hall = Hall {
            sources: &self.sources,
            index,
            catalogs: &self.catalogs,
            is_cancelled: &|| false,
        };
        let (mut all, mut last) = (Vec::new(), Progress::default());
        let question = Question::whole(query, Case::Smart, Arc::clone(listed), Arc::default());
        question.answer(hall, 100_000, &mut |found, progress| {
            all.extend(found);
            last = progress;
        });
        let members = question.articles(hall).unwrap();
        assert_eq!(
            sorted(members),
            sorted(all.iter().map(|found| found.article).collect())
        );
        (all, last)
    }
}

fn sorted(mut articles: Vec<ArticleId>) -> Vec<ArticleId> {
    articles.sort_unstable();
    articles
}

const QUERIES: &[&str] = &[
    "zinc",
    "zi*",
    "zin*",
    "strike",
    "\"strike went\"",
    "strike zinc",
    "strike -zinc",
    "-strike",
    "/z.nc/",
    "speaker:ruiz",
    "in:quote tin",
    "country:PE zinc",
    "title:zinc",
    "path:mail zinc",
    "after:2016-11-20 zinc",
    "before:2016-11-03 OR zinc",
    "absent",
    "country:nowhere",
];

#[test]
fn with_an_index_the_same_is_found_as_without() {
    let folder = Folder::with_articles();
    let index = folder.index();
    let shelf = folder.listed();
    assert_eq!(shelf.len(), 152);
    let by_article = |mut found: Vec<Found>| {
        found.sort_by_key(|found| found.article);
        found
    };
    for query in QUERIES {
        let (scanned, progress) = folder.ask(query, &shelf, None);
        let (found, with_index) = folder.ask(query, &shelf, Some(&index));
        assert_eq!(with_index.inside, progress.inside, "{query}");
        assert_eq!(by_article(found), by_article(scanned), "{query}");
    }
}

#[test]
fn what_is_not_in_the_index_yet_is_found_all_the_same() {
    let folder = Folder::with_articles();
    let index = folder.index();
    folder.write("new.txt", "New\n\nMore zinc.");
    let shelf = folder.listed();
    let (found, _) = folder.ask("zinc", &shelf, Some(&index));
    let (scanned, _) = folder.ask("zinc", &shelf, None);
    assert_eq!(found.len(), 6);
    assert_eq!(found.len(), scanned.len());
}

#[test]
fn few_come_best_first_and_many_newest_first() {
    let folder = Folder::with_articles();
    let index = folder.index();
    let shelf = folder.listed();
    let (found, progress) = folder.ask("zinc path:.txt", &shelf, Some(&index));
    assert_eq!(progress.ranking, Ranking::Best);
    let path = |found: &Found| shelf[found.article.0 as usize].path.clone();
    assert_eq!(path(&found[0]), "107.txt");
    let (found, progress) = folder.ask("strike", &shelf, Some(&index));
    assert_eq!(progress.ranking, Ranking::Newest);
    let days: Vec<_> = found
        .iter()
        .map(|found| shelf[found.article.0 as usize].published)
        .collect();
    assert!(days.is_sorted_by(|a, b| a >= b), "{days:?}");
}

#[test]
fn a_search_nobody_waits_for_gives_up() {
    let folder = Folder::with_articles();
    let hall = Hall {
        sources: &folder.sources,
        index: None,
        catalogs: &folder.catalogs,
        is_cancelled: &|| true,
    };
    let question = Question::whole("strike", Case::Smart, folder.listed(), Arc::default());
    question.answer(hall, 100, &mut |_, _| panic!("nobody waits"));
    assert_eq!(question.articles(hall), None);
}
