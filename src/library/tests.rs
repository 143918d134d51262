//! Libraries: order, neighbors, speakers and countries.

use std::path::PathBuf;

use super::*;

fn listed(path: &str) -> ListedFile {
    ListedFile {
        location: PathBuf::from(path),
        path: path.to_owned(),
        bytes: 0,
    }
}

fn survey(title: &str, speakers: &[(&str, u32)]) -> Survey {
    let speakers = speakers
        .iter()
        .map(|&(name, quotations)| SpeakerCount {
            speaker: Arc::new(crate::analysis::Speaker {
                name: name.into(),
                role: None,
                kind: crate::analysis::SpeakerKind::Person,
                aliases: Box::default(),
            }),
            quotations,
        })
        .collect();
    Survey {
        title: title.to_owned(),
        speakers,
        ..Survey::default()
    }
}

#[test]
fn paths_sort_as_a_person_would() {
    let mut paths = vec!["b.txt", "a10.txt", "a9.txt", "A1.txt", "a/z.txt", "a09.txt"];
    paths.sort_by(|a, b| natural_cmp(a, b));
    assert_eq!(
        paths,
        ["a/z.txt", "A1.txt", "a09.txt", "a9.txt", "a10.txt", "b.txt"]
    );
}

#[test]
fn a_file_may_hold_many_articles_which_come_and_go_with_it() {
    let mut library = Library::default();
    let feed = library.add(&listed("feed.xml"));
    let last = library.add(&listed("z.txt"));
    let items = |titles: &[&str]| {
        titles
            .iter()
            .map(|title| PackedSurvey::from(survey(title, &[("Ruiz", 1)])))
            .collect::<Vec<_>>()
    };
    let articles = library.set_surveys(feed, 0, &items(&["One", "Two", "Three"]));
    library.sort_by(SortOrder::Path);
    assert_eq!(library.order(), [articles.clone(), vec![last]].concat());
    assert_eq!(
        library.article(articles[2]).unwrap().location.to_string(),
        "feed.xml#2"
    );
    library.update_people();
    assert_eq!(library.speaker("Ruiz").unwrap().quotations, 3);

    library.set_surveys(feed, 0, &items(&["One"]));
    assert_eq!(library.order(), [feed, last]);
    let again = library.set_surveys(feed, 0, &items(&["One", "Four"]));
    assert_eq!(again, articles[..2], "an article keeps its number");
    library.remove(feed);
    assert_eq!(library.order(), [last]);
    library.update_people();
    assert_eq!((library.n_surveyed(), library.people().len()), (0, 0));
}

#[test]
fn totals_follow_what_is_in_the_folder() {
    let mut library = Library::default();
    let (one, two) = (library.add(&listed("1.txt")), library.add(&listed("2.txt")));
    library.set_survey(
        one,
        &PackedSurvey::from(survey("One", &[("Ana Ruiz", 2), ("Ben Okoro", 1)])),
    );
    library.set_survey(two, &PackedSurvey::from(survey("Two", &[("Ana Ruiz", 3)])));
    library.update_people();
    assert_eq!(library.speaker("Ana Ruiz").unwrap().quotations, 5);
    assert_eq!(library.articles_quoting("Ana Ruiz"), [one, two]);
    library.set_survey(
        one,
        &PackedSurvey::from(survey("One, corrected", &[("Ana Ruiz", 1)])),
    );
    library.update_people();
    assert_eq!(library.speaker("Ana Ruiz").unwrap().quotations, 4);
    assert!(library.speaker("Ben Okoro").is_none());
    library.remove(two);
    library.update_people();
    assert_eq!(library.articles_quoting("Ana Ruiz"), [one]);
}

#[test]
fn a_file_that_comes_back_keeps_its_place_among_the_articles() {
    let mut library = Library::default();
    let one = library.add(&listed("1.txt"));
    library.remove(one);
    assert!(library.is_empty());
    assert_eq!(library.add(&listed("1.txt")), one);
    assert_eq!(library.order(), [one]);
}

#[test]
fn articles_sort_by_title_and_quotations() {
    let mut library = Library::default();
    let (one, two) = (library.add(&listed("1.txt")), library.add(&listed("2.txt")));
    library.set_survey(one, &PackedSurvey::from(survey("zebra", &[])));
    library.set_survey(
        two,
        &PackedSurvey::from(Survey {
            quotations: 3,
            ..survey("Apple", &[])
        }),
    );
    library.sort_by(SortOrder::Title);
    assert_eq!(library.order(), [two, one]);
    library.sort_by(SortOrder::Path);
    assert_eq!(library.order(), [one, two]);
    library.sort_by(SortOrder::Quotations);
    assert_eq!(library.order(), [two, one]);
}

#[test]
fn the_time_of_the_file_dates_what_nothing_else_dates() {
    use crate::document::{DateOrigin, MonthDay};
    let saved = jiff::civil::date(2026, 1, 3).at(12, 0, 0, 0);
    let known = |day| Survey {
        file_time: Some(saved),
        day,
        ..survey("One", &[])
    };
    let date = |survey: &Survey| survey.date().map(|date| (date.when.date(), date.origin));
    let (november, january) = (
        MonthDay { month: 11, day: 16 },
        MonthDay { month: 1, day: 4 },
    );
    assert_eq!(
        date(&known(None)),
        Some((saved.date(), DateOrigin::FileTime))
    );
    let dated = |year, month, day| Some((jiff::civil::date(year, month, day), DateOrigin::Text));
    assert_eq!(date(&known(Some(november))), dated(2025, 11, 16));
    assert_eq!(
        date(&known(Some(january))),
        dated(2026, 1, 4),
        "zones differ"
    );
    assert_eq!(date(&survey("One", &[])), None);
    let mut library = Library::default();
    let one = library.add(&listed("1.txt"));
    library.set_survey(one, &PackedSurvey::from(known(None)));
    library.set_survey(one, &PackedSurvey::from(survey("One, opened", &[])));
    assert!(
        library.article(one).unwrap().date().is_some(),
        "the time of the file stays known"
    );
}

proptest::proptest! {
    #[test]
    fn an_article_passes_a_filter_if_its_metadata_has_the_words(
        title in "[abéB東 ]{0,12}",
        source in proptest::option::of("[ABab ]{1,6}"),
        paths in proptest::collection::btree_set("([ab]{1,3}/)?[abé]{1,4}", 1..4),
        filter in "[abé/東]{0,3}( [abB]{1,2}){0,9}",
    ) {
        let mut library = Library::default();
        let mut passing = Vec::new();
        for path in paths {
            let location = PathBuf::from(format!("/bAb/{path}"));
            let id = library.add(&ListedFile { location, path: path.clone(), bytes: 0 });
            library.set_survey(id, &PackedSurvey::from(Survey { source: source.clone(), ..survey(&title, &[]) }));
            let line = format!("{title} {} {path}", source.clone().unwrap_or_default());
            passing.extend(ListFilter::new(&filter).passes(&line).then_some(id));
        }
        let all = library.order().iter().copied();
        let found: Vec<ArticleId> = library.filtered(all, ListFilter::new(&filter)).collect();
        proptest::prop_assert_eq!(found, passing);
    }
}

#[test]
fn a_shelf_stays_as_the_library_was() {
    let mut library = Library::default();
    let shown = [
        "a/one.txt",
        "a/two.txt",
        "b/three.txt",
        "odd.txt",
        "a/four.txt",
    ];
    for path in shown {
        let above = if path == "odd.txt" { "" } else { "/news/" };
        library.add(&ListedFile {
            location: PathBuf::from(format!("{above}{path}")),
            path: path.to_owned(),
            bytes: 0,
        });
    }
    let second = library.all()[1];
    let scope = library.search_scope(|id| id == second);
    library.add(&listed("/news/a/five.txt"));
    assert!(
        !library
            .search_scope(|id| id == second)
            .has_same_docs(&scope)
    );

    let mut paths = Vec::new();
    scope.each_path(&mut |file, shown| paths.push((file.to_owned(), shown.to_owned())));
    let located = scope.iter().map(|doc| {
        let (location, shown) = scope.located(doc);
        let path = shown.path(&location.file).to_owned();
        (location.file.to_path_buf(), path)
    });
    assert_eq!(paths, located.collect::<Vec<_>>());
    assert_eq!(
        paths.iter().map(|(_, shown)| shown).collect::<Vec<_>>(),
        shown
    );
    let inside = scope.iter().filter(|doc| doc.is_inside);
    assert_eq!(inside.map(|doc| doc.id).collect::<Vec<_>>(), [second]);
}
