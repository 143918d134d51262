//! Searches with an index of all files of a folder, of some of them, and without an index.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;

use super::context::SearchLimits;
use super::*;
use crate::app::protocol::answers::{ArticleHits, Certainty, HitOrder, SearchProgress};
use crate::config::Settings;
use crate::library::{ArticleId, Library, PackedSurvey, SearchScope};
use crate::search::CaseMatching;
use crate::shell::files::{self, FileOptions};
use crate::shell::folder::sources::Sources;
use crate::shell::index::{Index, OpenMode, build};

fn settings() -> Settings {
    Settings::default_file()
}

/// A folder with articles and the files of an index.
struct Folder {
    files: TempDir,
    cache: TempDir,
    sources: Sources,
    index_maps: IndexMaps,
    article_cache: ArticleCache,
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
            index_maps: IndexMaps::default(),
            article_cache: ArticleCache::default(),
        }
    }

    /// 150 articles: every third is about a strike, every fiftieth mentions zinc, one has it in the title.
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
        let options = FileOptions::of(&settings());
        let cache = Some(self.cache.path());
        let index = Index::open(&roots, &options, cache, OpenMode::Keep).unwrap();
        assert_eq!(
            build(&index, &roots, &options, &mut |_| {}),
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
        for file in files::walk(root, &self.sources.options).map(Result::unwrap) {
            let first = library.add(&files::listed(file.clone(), root));
            let bytes = fs::read(&file).unwrap();
            let reader = &self.sources.options.reader;
            let surveys = crate::app::protocol::compute::survey(reader, bytes, &file).unwrap();
            let surveys: Vec<PackedSurvey> = surveys.into_iter().map(PackedSurvey::from).collect();
            library.set_surveys(first, 0, &surveys);
        }
        library
    }

    fn context<'h>(
        &'h self,
        index: Option<&'h Index>,
        is_cancelled: &'h (dyn Fn() -> bool + Sync),
    ) -> SearchContext<'h> {
        SearchContext {
            sources: &self.sources,
            index,
            index_maps: &self.index_maps,
            cache: &self.article_cache,
            limits: SMALL_LIMITS,
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

    /// Lists at most `max_lines` lines. The numbers must be the same as without a limit.
    fn ask_for(
        &self,
        query: &str,
        listed: &SearchScope,
        index: Option<&Index>,
        max_lines: usize,
    ) -> (Vec<ArticleHits>, SearchProgress) {
        let context = self.context(index, &|| false);
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
        let mut search = SearchRun::begin(question(), context, max_lines);
        search.fill(context, max_lines.min(4), &mut hand_over);
        if search.has_more() {
            search.finish(context, &mut hand_over);
        }
        assert!(last.is_done && last.sure == Certainty::All, "{query}");
        let counted = counted.unwrap();
        let n_hits: u32 = counted.iter().map(|(_, n_hits)| *n_hits).sum();
        assert_eq!((n_hits as usize, counted.len()), last.inside, "{query}");
        let members = articles_matching(&question(), context).unwrap();
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

/// Small enough for the articles here to exceed them.
const SMALL_LIMITS: SearchLimits = SearchLimits {
    ranked: 20,
    counted: 10,
};

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
        let context = |index| folder.context(index, &|| false);
        let ask = |index, most| {
            let question =
                FolderQuery::whole(query, CaseMatching::Smart, scope.clone(), Arc::default());
            let mut last = SearchProgress::default();
            let mut hand_over = |found: Vec<ArticleHits>, progress, _| {
                assert!(found.iter().all(|found| found.article.0 % 5 == 0));
                last = progress;
            };
            let mut search = SearchRun::begin(question, context(index), most);
            search.fill(context(index), 4, &mut hand_over);
            if search.has_more() {
                search.finish(context(index), &mut hand_over);
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
    let context = folder.context(None, &|| true);
    let question = || {
        FolderQuery::whole(
            "strike",
            CaseMatching::Smart,
            folder.listed(),
            Arc::default(),
        )
    };
    let mut search = SearchRun::begin(question(), context, 100);
    search.fill(context, 10, &mut |_, _, _| panic!("nobody waits"));
    search.finish(context, &mut |_, _, _| panic!("nobody waits"));
    assert_eq!(articles_matching(&question(), context), None);
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
