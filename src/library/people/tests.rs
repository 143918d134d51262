//! Who is who: every rule, for and against, and that order does not matter.

use proptest::prelude::*;

use super::*;
use crate::analysis::{Speaker, SpeakerKind};
use crate::library::name_table::NameSlot;
use crate::library::{Correction, ResolvedName};
use crate::packed::count;

/// An article of a test: a year, and its speakers with roles and other names.
pub(super) type Article<'a> = (i32, &'a [(&'a str, &'a str, &'a [&'a str])]);

fn speakers(article: &Article<'_>) -> Vec<SpeakerCount> {
    let (_, speakers) = article;
    let speaker = |&(name, role, aliases): &(&str, &str, &[&str])| SpeakerCount {
        speaker: Arc::new(Speaker {
            name: name.into(),
            role: (!role.is_empty()).then(|| role.into()),
            kind: if name.contains("Organization") || name == "FAO" {
                SpeakerKind::Organization
            } else {
                SpeakerKind::Person
            },
            aliases: aliases.iter().map(|&alias| alias.into()).collect(),
        }),
        quotations: 1,
    };
    speakers.iter().map(speaker).collect()
}

fn key(id: ArticleId) -> String {
    format!("/news/{}.txt", id.0)
}

fn correct(people: &mut People, corrections: Corrections) {
    people.correct(&Arc::new(corrections), &|id| Some(key(id)));
    people.update();
}

/// Everyone, most quoted first, then by name.
pub(super) fn all(people: &People) -> Vec<Person> {
    let everyone = people.everyone();
    let mut all: Vec<Person> = everyone
        .map(|(id, quotations)| {
            let person = people.person(id).unwrap();
            assert_eq!(
                (person.quotations, &*person.name),
                (quotations, &*people.name_of(id))
            );
            assert_eq!(people.id_of(&person.name), Some(id));
            person
        })
        .collect();
    all.sort_by(|a, b| {
        b.quotations
            .cmp(&a.quotations)
            .then_with(|| a.name.cmp(&b.name))
    });
    assert_eq!(all.len(), people.len());
    all
}

fn put(people: &mut People, id: usize, article: &Article<'_>) {
    let id = ArticleId(count(id));
    let day = (article.0 > 0).then(|| (article.0 - 1970) * 365);
    people.set(id, &|id| Some(key(id)), day, &speakers(article));
}

pub(super) fn people(articles: &[Article<'_>]) -> People {
    let mut people = People::default();
    for (id, article) in articles.iter().enumerate() {
        put(&mut people, id, article);
    }
    people.update();
    people
}

/// Everyone, with the number of quotations.
fn shown(people: &People) -> Vec<(String, u32)> {
    let all = all(people).into_iter();
    all.map(|person| (person.name.to_string(), person.quotations))
        .collect()
}

fn counted(articles: &[Article<'_>]) -> Vec<(String, u32)> {
    shown(&people(articles))
}

fn expect(articles: &[Article<'_>], wanted: &[(&str, u32)]) {
    let wanted: Vec<_> = wanted
        .iter()
        .map(|&(name, n)| (name.to_owned(), n))
        .collect();
    assert_eq!(counted(articles), wanted);
}

#[test]
fn the_same_full_name_is_one_person_however_it_is_written() {
    expect(
        &[
            (2015, &[("José Muñoz", "", &[])]),
            (2016, &[("Jose Munoz", "", &[])]),
            (2016, &[("José Muñoz", "mayor", &[])]),
            (0, &[("Jose B. Munoz", "", &[])]),
        ],
        &[("José Muñoz", 4)],
    );
}

#[test]
fn spelling_variants_are_proposed_and_not_joined() {
    let articles: [Article<'_>; 3] = [
        (2015, &[("Sergei Lavrov", "", &[])]),
        (2016, &[("Sergey Lavrov", "", &[])]),
        (2016, &[("Lavrov", "", &[])]),
    ];
    let people = people(&articles);
    assert_eq!(people.len(), 3);
    let variants = variants_of(&people, "Sergey Lavrov");
    assert_eq!(variants, ["Sergei Lavrov", "Lavrov"]);
}

#[test]
fn a_surname_joins_the_one_full_name_of_its_article_only() {
    expect(
        &[
            (2015, &[("John Kirby", "", &[]), ("Kirby", "", &[])]),
            (2016, &[("Kirby", "", &[])]),
            (
                2016,
                &[
                    ("Ann Kirby", "", &[]),
                    ("John Kirby", "", &[]),
                    ("Kirby", "", &[]),
                ],
            ),
        ],
        &[("John Kirby", 3), ("Kirby", 2), ("Ann Kirby", 1)],
    );
}

#[test]
fn an_acronym_joins_the_one_body_it_was_introduced_for() {
    let fao = "Food and Agriculture Organization";
    let one: Article<'_> = (2015, &[(fao, "", &["FAO"])]);
    let other: Article<'_> = (2015, &[("Free Authors Organization", "", &["FAO"])]);
    let bare: Article<'_> = (2016, &[("FAO", "", &[])]);
    expect(&[one, bare], &[(fao, 2)]);
    expect(&[bare], &[("FAO", 1)]);
    expect(
        &[one, other, bare],
        &[("FAO", 1), (fao, 1), ("Free Authors Organization", 1)],
    );
    // Without the other organization the acronym is unambiguous again.
    let mut people = people(&[one, other, bare]);
    people.remove(ArticleId(1));
    people.update();
    assert_eq!(shown(&people), [(fao.to_owned(), 2)]);
    assert_eq!(
        people.resolve_in(ArticleId(2), "FAO"),
        Some(ResolvedName::Person(fao.into()))
    );
}

#[test]
fn namesakes_far_apart_are_told_apart_by_their_offices() {
    expect(
        &[
            (1995, &[("John Smith", "British Labour leader", &[])]),
            (1996, &[("John Smith", "", &[])]),
            (2016, &[("John Smith", "Australian coach", &[])]),
        ],
        &[
            ("John Smith (British Labour leader)", 2),
            ("John Smith (Australian coach)", 1),
        ],
    );
    expect(
        &[
            (2010, &[("John Smith", "British minister", &[])]),
            (2016, &[("John Smith", "Australian coach", &[])]),
        ],
        &[("John Smith", 2)],
    );
}

#[test]
fn contradicting_initials_are_not_joined() {
    expect(
        &[
            (1990, &[("George H. W. Bush", "", &[])]),
            (2003, &[("George W. Bush", "", &[])]),
            (2003, &[("George Bush", "", &[])]),
        ],
        &[
            ("George Bush", 1),
            ("George H. W. Bush", 1),
            ("George W. Bush", 1),
        ],
    );
}

#[test]
fn a_person_has_a_last_role_dates_and_other_names() {
    let people = people(&[
        (2016, &[("John F. Kirby", "spokesman", &["Kirby"])]),
        (2012, &[("John Kirby", "admiral", &["Kirby"])]),
        (2013, &[("John Kirby", "", &[])]),
    ]);
    let kirby = people.get("John Kirby").unwrap();
    assert_eq!(kirby.role.as_deref(), Some("spokesman"));
    assert_eq!((kirby.quotations, kirby.articles), (3, 3));
    let (first, last) = kirby.dates().unwrap();
    assert!(
        first < last && first.year() == 2011 && last.year() == 2015,
        "{first} {last}"
    );
    let aliases = people.aliases("John Kirby");
    assert_eq!(
        aliases.iter().map(AsRef::as_ref).collect::<Vec<_>>(),
        ["Kirby", "John F. Kirby"]
    );
    assert_eq!(
        people.names_in(ArticleId(0), "John Kirby"),
        ["John F. Kirby".into()]
    );
    assert_eq!(people.quotations_in(ArticleId(0), "John Kirby"), 1);
}

fn variants_of(people: &People, name: &str) -> Vec<String> {
    let mut variants = Variants::of(people, name);
    while variants.go_on(people, usize::MAX) {}
    variants.found().map(|(name, _)| name.to_owned()).collect()
}

fn merge(name: &str, is: &str) -> Correction {
    Correction::Person {
        name: name.to_owned(),
        within: None,
        is: Some(is.to_owned()),
    }
}

#[test]
fn corrections_count_over_everything_and_can_be_taken_back() {
    let articles: [Article<'_>; 3] = [
        (
            2015,
            &[("Sergei Lavrov", "", &[]), ("Harbor Street", "", &[])],
        ),
        (2016, &[("Sergey V. Lavrov", "", &[])]),
        (2016, &[("Kirby", "", &[])]),
    ];
    let mut people = people(&articles);
    let before = shown(&people);
    let corrections: Corrections = [
        merge("Sergey V. Lavrov", "Sergei Lavrov"),
        Correction::Person {
            name: "Harbor Street".into(),
            within: None,
            is: None,
        },
        Correction::Person {
            name: "Kirby".into(),
            within: Some("/news/2.txt".into()),
            is: Some("Jack Kirby".into()),
        },
    ]
    .into_iter()
    .collect();
    correct(&mut people, corrections);
    let corrected = shown(&people);
    assert_eq!(
        corrected,
        [
            ("Sergei Lavrov".to_owned(), 2),
            ("Jack Kirby".to_owned(), 1)
        ]
    );
    assert_eq!(
        people.resolve_in(ArticleId(0), "Harbor Street"),
        Some(ResolvedName::Nobody)
    );
    assert_eq!(
        people.resolve_in(ArticleId(2), "Kirby"),
        Some(ResolvedName::Person("Jack Kirby".into()))
    );
    correct(&mut people, Corrections::default());
    assert_eq!(shown(&people), before);
}

#[test]
fn a_corrected_quotation_moves_from_one_to_the_other() {
    let mut people = people(&[(2015, &[("Ana Ruiz", "", &[]), ("Tom Berg", "", &[])])]);
    let quotation = |is: Option<&str>| Correction::Quotation {
        within: "/news/0.txt".into(),
        words: "we won".into(),
        occurrence: 1,
        was: Some("Ana Ruiz".into()),
        is: is.map(str::to_owned),
    };
    correct(
        &mut people,
        [quotation(Some("Tom Berg"))].into_iter().collect(),
    );
    assert_eq!(shown(&people), [("Tom Berg".to_owned(), 2)]);
    correct(
        &mut people,
        [quotation(Some("Tom Berg")), quotation(None)]
            .into_iter()
            .collect(),
    );
    assert_eq!(shown(&people), [("Tom Berg".to_owned(), 1)]);
}

const NAMES: &[&str] = &[
    "John Kirby",
    "John F. Kirby",
    "John G. Kirby",
    "Kirby",
    "Ann Kirby",
    "FAO",
    "Food and Agriculture Organization",
    "Free Authors Organization",
];
const ROLES: &[&str] = &["", "British minister", "Australian coach", "mayor"];
const YEARS: &[i32] = &[0, 1990, 1991, 2005, 2016];

prop_compose! {
    fn article()(
        year in 0..YEARS.len(),
        speakers in prop::collection::vec((0..NAMES.len(), 0..ROLES.len(), any::<bool>()), 0..4),
    ) -> (i32, Vec<(&'static str, &'static str, bool)>) {
        let speakers = speakers.into_iter().map(|(name, role, other)| (NAMES[name], ROLES[role], other));
        (YEARS[year], speakers.collect())
    }
}

fn put_any(
    people: &mut People,
    id: usize,
    article: &(i32, Vec<(&'static str, &'static str, bool)>),
) {
    let mut seen = BTreeSet::new();
    let speakers: Vec<(&str, &str, &[&str])> = article
        .1
        .iter()
        .filter(|(name, ..)| seen.insert(*name))
        .map(|&(name, role, other)| {
            let aliases: &[&str] = if other { &["FAO"] } else { &[] };
            (name, role, aliases)
        })
        .collect();
    put(people, id, &(article.0, &speakers));
}

/// Everything that is visible.
fn all_of(people: &People) -> Vec<String> {
    let all = all(people).into_iter();
    let mut shown: Vec<String> = all
        .map(|person| {
            let name = &person.name;
            let where_ = people.articles_of(name);
            for (id, quotations) in &where_ {
                assert_eq!(people.quotations_in(*id, name), *quotations);
            }
            let total = where_.values().sum::<u32>();
            assert_eq!(
                (people.quotations_of(name), total),
                (Some(total), person.quotations)
            );
            let (quoting, variants) = (people.appearances(name), variants_of(people, name));
            format!("{person:?} {where_:?} {quoting:?} {variants:?}")
        })
        .collect();
    let articles = people.index.speakers.articles();
    let called = articles.flat_map(|id| NAMES.iter().map(move |name| (id, name)));
    shown.extend(called.filter_map(|(id, name)| {
        let called = people.resolve_in(id, name)?;
        let names = called.name().map(|name| people.names_in(id, name));
        Some(format!("{id:?} {name} {called:?} {names:?}"))
    }));
    shown
}

prop_compose! {
    fn correction()(
        name in 0..NAMES.len(),
        is in prop::option::of(0..NAMES.len()),
        within in prop::option::of(0..4_u32),
    ) -> Correction {
        Correction::Person {
            name: NAMES[name].to_owned(),
            within: within.map(|id| key(ArticleId(id))),
            is: is.map(|is| NAMES[is].to_owned()),
        }
    }
}

/// Sizes with which a few people take many steps.
pub(crate) const FEW: BatchSizes = BatchSizes {
    at_once: 4,
    bucket: 2,
    sample: 3,
    first_rows: 3,
    step: 2,
    articles: 2,
};

/// Works everything out in advance, as if every name were ambiguous.
fn work_all_out(people: &mut People) {
    let places: Vec<NameSlot> = people.index.table.slots().collect();
    for place in places {
        let base = people.index.base_at(place);
        people.index.table.mark_ambiguous(place);
        people.ambiguous.touch(&base);
    }
    people.update();
}

proptest! {
    #[test]
    fn neither_order_nor_history_matters(
        articles in prop::collection::vec(article(), 1..7),
        gone in article(),
        corrections in prop::collection::vec(correction(), 0..3),
        shuffled in any::<prop::sample::Index>(),
    ) {
        let corrections: Corrections = corrections.into_iter().collect();
        let mut straight = People::default();
        correct(&mut straight, corrections.clone());
        for (id, article) in articles.iter().enumerate() {
            put_any(&mut straight, id, article);
        }
        straight.update();
        // In reverse, updated now and then, with articles that change and go.
        let mut turned = People::default();
        put_any(&mut turned, articles.len(), &gone);
        let split = shuffled.index(articles.len());
        let order = (0..articles.len()).rev();
        for id in order {
            put_any(&mut turned, id, &gone);
            turned.update();
            put_any(&mut turned, id, &articles[id]);
            if id == split {
                turned.update();
                correct(&mut turned, corrections.clone());
            }
        }
        turned.remove(ArticleId(count(articles.len())));
        turned.update();
        prop_assert_eq!(all_of(&straight), all_of(&turned));
        // Working everything out in advance changes nothing.
        work_all_out(&mut turned);
        prop_assert_eq!(all_of(&straight), all_of(&turned));
    }

    #[test]
    fn a_list_is_in_order_wherever_it_is_looked_at(
        articles in prop::collection::vec(article(), 1..12),
        order in 0..3_usize,
        at in any::<prop::sample::Index>(),
    ) {
        let mut people = People::default();
        for (id, article) in articles.iter().enumerate() {
            put_any(&mut people, id, article);
        }
        people.update();
        let order = [PeopleOrder::Quotations, PeopleOrder::Name, PeopleOrder::Latest][order];
        let sorted = Listing::of(&people, order, people.everyone()).into_sorted(&people);
        let mut listing = Listing::with_sizes(&people, order, people.everyone(), FEW);
        if !sorted.is_empty() {
            let at = at.index(sorted.len());
            prop_assert_eq!(listing.position(&people, sorted[at]), Some(at));
            let window = at..(at + 2).min(sorted.len());
            prop_assert_eq!(listing.view(&people, window.clone()), &sorted[window]);
        }
        let mut listing = Listing::with_sizes(&people, order, people.everyone(), FEW);
        let end = sorted.len().saturating_sub(1)..sorted.len();
        while !listing.is_in_order() {
            listing.go_on(&people, &end, 1);
            if listing.is_ready(&end) {
                prop_assert_eq!(listing.view(&people, end.clone()), &sorted[end.clone()]);
            }
        }
        prop_assert_eq!(listing.rows(), &sorted);
        let key = |id: &PersonId| {
            let person = people.person(*id).unwrap();
            let ranked = (std::cmp::Reverse(person.quotations), person.name.to_string());
            match order {
                PeopleOrder::Quotations => (None, None, ranked),
                PeopleOrder::Name => (Some(person.name.to_lowercase()), None, ranked),
                PeopleOrder::Latest => {
                    (None, Some(std::cmp::Reverse(person.days.map(|(_, last)| last))), ranked)
                }
            }
        };
        prop_assert!(sorted.is_sorted_by_key(key));
    }
}
