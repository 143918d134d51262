//! A folder of files, asked with an index of all, of some and of none of them.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;

use super::*;
use crate::app::protocol::answers::{ArticleHits, Certainty, HitOrder, SearchProgress};
use crate::config::Settings;
use crate::library::{ArticleId, Library, PackedSurvey};
use crate::shell::files::FileOptions;
use crate::shell::folder::scan;
use crate::shell::index::{Index, OpenMode, build};

fn settings() -> Settings {
    Settings::default_file()
}

/// A folder with articles and the files of an index.
struct Folder {
    files: TempDir,
    cache: TempDir,
    sources: Sources,
    catalogs: IndexMaps,
    texts: ArticleCache,
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
            catalogs: IndexMaps::default(),
            texts: ArticleCache::default(),
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
        let choice = FileOptions::of(&settings());
        let cache = Some(self.cache.path());
        let index = Index::open(&roots, &choice, cache, OpenMode::Keep).unwrap();
        assert_eq!(
            build(&index, &roots, &choice, &mut |_| {}),
            Vec::<String>::new()
        );
        index
    }

    fn listed(&self) -> SearchScope {
        self.library().search_scope(|_| true)
    }

    fn library(&self) -> Library {
        let mut library = Library::default();
        let root = self.files.path();
        for file in crate::shell::files::walk(root, &self.sources.choice).map(Result::unwrap) {
            let first = library.add(&scan::listed(file.clone(), root));
            let bytes = fs::read(&file).unwrap();
            let reader = &self.sources.choice.reader;
            let surveys = crate::app::protocol::compute::survey(reader, bytes, &file).unwrap();
            let surveys: Vec<PackedSurvey> = surveys.into_iter().map(PackedSurvey::from).collect();
            library.set_surveys(first, 0, &surveys);
        }
        library
    }

    fn hall<'h>(
        &'h self,
        index: Option<&'h Index>,
        is_cancelled: &'h (dyn Fn() -> bool + Sync),
    ) -> SearchContext<'h> {
        SearchContext {
            sources: &self.sources,
            index,
            catalogs: &self.catalogs,
            texts: &self.texts,
            is_cancelled,
        }
    }

    fn ask(
        &self,
        query: &str,
        listed: &SearchScope,
        index: Option<&Index>,
    ) -> (Vec<ArticleHits>, SearchProgress) {
        self.ask_for(query, listed, index, 100_000)
    }

    /// Asks for no more than so many lines; the numbers must be those of all anyhow.
    fn ask_for(
        &self,
        query: &str,
        listed: &SearchScope,
        index: Option<&Index>,
        most: usize,
    ) -> (Vec<ArticleHits>, SearchProgress) {
        let hall = self.hall(index, &|| false);
        let question =
            || FolderQuery::whole(query, CaseMatching::Smart, listed.clone(), Arc::default());
        let (mut all, mut last, mut counted) = (Vec::new(), SearchProgress::default(), None);
        let mut hand_over = |found, progress: SearchProgress, counts| {
            all.extend(found);
            if last.sure > Certainty::Nothing {
                assert_eq!(progress.inside.1, last.inside.1, "{query}");
            }
            (last, counted) = (progress, counts);
        };
        let mut search = question().begin(hall, most);
        search.fill(hall, most.min(4), &mut hand_over);
        if search.has_more() {
            search.go_on(hall, &mut hand_over);
        }
        assert!(last.is_done && last.sure == Certainty::All, "{query}");
        let counted = counted.unwrap();
        let n_hits: u32 = counted.iter().map(|(_, n_hits)| *n_hits).sum();
        assert_eq!((n_hits as usize, counted.len()), last.inside, "{query}");
        let members = question().articles(hall).unwrap();
        assert_eq!(
            sorted(members),
            sorted(counted.iter().map(|(article, _)| *article).collect()),
            "{query}"
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
    "s*",
    "speaker:r*",
    "speaker:ru",
    "\"on. w\"",
    "strike OR zinc",
    "strike OR str*",
    "strike OR speaker:ruiz",
    "went -strike -zi*",
    "title:zinc -country:pe",
    "after:2016-11-20",
    "before:2016-11-03 -zinc",
    "path:mail",
    "two on",
    "said:said",
    "day strike",
];

#[test]
fn with_an_index_the_same_is_found_as_without() {
    let folder = Folder::with_articles();
    let index = folder.index();
    let scope = folder.listed();
    assert_eq!(scope.len(), 152);
    let by_article = |mut found: Vec<ArticleHits>| {
        found.sort_by_key(|found| found.article);
        found
    };
    for query in QUERIES {
        let (scanned, progress) = folder.ask(query, &scope, None);
        let (found, with_index) = folder.ask(query, &scope, Some(&index));
        assert_eq!(with_index.inside, progress.inside, "{query}");
        assert_eq!(by_article(found), by_article(scanned), "{query}");
        let (_, cut_short) = folder.ask_for(query, &scope, Some(&index), 4);
        assert_eq!(cut_short.inside, progress.inside, "{query}");
    }
}

#[test]
fn numbers_are_those_of_a_scan_after_files_changed_and_vanished() {
    let folder = Folder::with_articles();
    drop(folder.index());
    for number in 0..20 {
        let file = format!("2016-11-{:02}/{number:03}.txt", 1 + number % 28);
        if number % 2 == 0 {
            folder.write(
                &file,
                "A day in town\n\nThe strike, the strike: a strike on zinc.\n",
            );
        } else {
            fs::remove_file(folder.files.path().join(file)).unwrap();
        }
    }
    folder.write("new.txt", "New\n\nMore zinc.");
    let index = folder.index();
    let scope = folder.listed();
    for query in QUERIES {
        let (_, progress) = folder.ask(query, &scope, None);
        let (_, with_index) = folder.ask_for(query, &scope, Some(&index), 4);
        assert_eq!(with_index.inside, progress.inside, "{query}");
    }
}

#[test]
fn what_is_out_of_the_scope_is_only_counted() {
    let folder = Folder::with_articles();
    let index = folder.index();
    let scope = folder.library().search_scope(|id| id.0.is_multiple_of(5));
    for query in [
        "zinc",
        "strike",
        "str*",
        "day strike",
        "\"strike went\"",
        "after:2016-11-20",
    ] {
        let hall = |index| folder.hall(index, &|| false);
        let ask = |index, most| {
            let question =
                FolderQuery::whole(query, CaseMatching::Smart, scope.clone(), Arc::default());
            let mut last = SearchProgress::default();
            let mut hand_over = |found: Vec<ArticleHits>, progress, _| {
                assert!(found.iter().all(|found| found.article.0 % 5 == 0));
                last = progress;
            };
            let mut search = question.begin(hall(index), most);
            search.fill(hall(index), 4, &mut hand_over);
            if search.has_more() {
                search.go_on(hall(index), &mut hand_over);
            }
            (last.inside, last.outside)
        };
        let scanned = ask(None, 100_000);
        assert!(scanned.1.0 > 0, "{query}");
        assert_eq!(ask(Some(&index), 4), scanned, "{query}");
    }
}

#[test]
fn what_is_not_in_the_index_yet_is_found_all_the_same() {
    let folder = Folder::with_articles();
    let index = folder.index();
    folder.write("new.txt", "New\n\nMore zinc.");
    let scope = folder.listed();
    let (found, _) = folder.ask("zinc", &scope, Some(&index));
    let (scanned, _) = folder.ask("zinc", &scope, None);
    assert_eq!(found.len(), 6);
    assert_eq!(found.len(), scanned.len());
}

#[test]
fn few_come_best_first_and_many_newest_first() {
    let folder = Folder::with_articles();
    let index = folder.index();
    let scope = folder.listed();
    let (found, progress) = folder.ask("zinc path:.txt", &scope, Some(&index));
    assert_eq!(progress.ranking, HitOrder::Best);
    let of = |found: &ArticleHits| scope.iter().find(|doc| doc.id == found.article);
    let (location, _) = scope.located(of(&found[0]).unwrap());
    assert!(location.file.ends_with("107.txt"));
    let (found, progress) = folder.ask("strike", &scope, Some(&index));
    assert_eq!(progress.ranking, HitOrder::Newest);
    let days: Vec<_> = found
        .iter()
        .map(|found| of(found).unwrap().published)
        .collect();
    assert!(days.is_sorted_by(|a, b| a >= b), "{days:?}");
}

#[test]
fn a_search_nobody_waits_for_gives_up() {
    let folder = Folder::with_articles();
    let hall = folder.hall(None, &|| true);
    let question = || {
        FolderQuery::whole(
            "strike",
            CaseMatching::Smart,
            folder.listed(),
            Arc::default(),
        )
    };
    let mut search = question().begin(hall, 100);
    search.fill(hall, 10, &mut |_, _, _| panic!("nobody waits"));
    search.go_on(hall, &mut |_, _, _| panic!("nobody waits"));
    assert_eq!(question().articles(hall), None);
}

#[test]
fn a_file_that_changes_between_two_letters_is_read_again() {
    let folder = Folder::with_articles();
    let index = folder.index();
    let scope = folder.listed();
    assert_eq!(folder.ask("zinc", &scope, Some(&index)).0.len(), 5);
    folder.write("2016-11-08/007.txt", "A day in town\n\nNothing.\n");
    assert_eq!(folder.ask("zinc", &scope, Some(&index)).0.len(), 4);
}
