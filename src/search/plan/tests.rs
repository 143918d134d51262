//! Plans are compared with FTS5 in memory and a scan of every article.

use std::sync::Arc;

use jiff::civil::date;
use proptest::prelude::*;
use rusqlite::Connection;

use super::*;
use crate::analysis::{
    Analysis, Attribution, CountryForm, CountryMention, Quotation, QuotationKind, RuleId, Speaker,
    SpeakerId, SpeakerKind,
};
use crate::document::{DateOrigin, Document, Published, read};
use crate::lexicon::gazetteer::CountryCode;
use crate::search::terms::{COLUMNS, TOKENIZER, Terms};
use crate::search::{QueryScan, SearchedArticle};
use crate::text::fold::Folded;
use crate::text::{MaybeSpan, Span};

/// An article with everything the index gets.
#[derive(Debug, Clone)]
struct Article {
    path: String,
    document: Document,
    analysis: Analysis,
}

impl Article {
    fn new(name: &str, text: &str) -> Self {
        let document = read(text.into(), name).value;
        let analysis = crate::analysis::analyze(&document);
        let path = name.to_owned();
        Self {
            path,
            document,
            analysis,
        }
    }

    fn hits(&self, scan: &QueryScan) -> Option<Vec<Span>> {
        let hidden: Vec<Span> = self.document.hidden().collect();
        scan.hits(&SearchedArticle {
            path: &self.path,
            document: &self.document,
            folded: &Folded::new(&self.document.text, &hidden),
            analysis: Some(&self.analysis),
        })
    }

    /// Whether it meets the date and path conditions of a plan.
    fn meets(&self, plan: &Plan) -> bool {
        let published = self.document.meta.published.map(|day| day.when.date());
        plan.from
            .is_none_or(|from| published.is_some_and(|day| day >= from))
            && plan
                .until
                .is_none_or(|until| published.is_some_and(|day| day < until))
            && plan.has_path(&folded_path(&self.path))
    }
}

/// An index in memory with the same table of words as the one on disk.
struct Index {
    database: Connection,
    articles: Vec<Article>,
}

impl Index {
    fn of(articles: Vec<Article>) -> Self {
        let database = Connection::open_in_memory().unwrap();
        let columns = COLUMNS.join(", ");
        let create = format!(
            "CREATE VIRTUAL TABLE words USING fts5({columns}, content='', contentless_delete=1, tokenize='{TOKENIZER}')"
        );
        database.execute(&create, []).unwrap();
        for (row, article) in (0_i64..).zip(&articles) {
            let terms = Terms::of(&article.document, &article.analysis);
            let [title, text, speaker, country, said] = terms.columns();
            let insert = format!("INSERT INTO words(rowid, {columns}) VALUES (?, ?, ?, ?, ?, ?)");
            database
                .execute(&insert, (row, title, text, speaker, country, said))
                .unwrap();
        }
        Self { database, articles }
    }

    /// The candidates of a plan, as indices of articles.
    fn candidates(&self, plan: &Plan) -> Vec<usize> {
        match &plan.candidates {
            PlanCandidates::None => Vec::new(),
            PlanCandidates::All => self.matching(None, plan),
            PlanCandidates::Matching(expression) => self.matching(Some(expression), plan),
        }
    }

    fn matching(&self, expression: Option<&str>, plan: &Plan) -> Vec<usize> {
        let mut rows: Vec<usize> = match expression {
            None => (0..self.articles.len()).collect(),
            Some(expression) => {
                let select = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid";
                let mut statement = self.database.prepare(select).unwrap();
                let rows = statement.query_map([expression], |row| row.get::<_, i64>(0));
                rows.unwrap()
                    .map(|row| usize::try_from(row.unwrap()).unwrap())
                    .collect()
            }
        };
        rows.retain(|&row| self.articles[row].meets(plan));
        rows
    }

    /// Checks a query and returns the articles that match it.
    fn check(&self, query: &Query, case: CaseMatching) -> Result<Vec<usize>, TestCaseError> {
        let plan = Plan::new(query, case);
        let scan = QueryScan::new(query, case).value;
        let holds = |&row: &usize| self.articles[row].hits(&scan).is_some();
        let scanned: Vec<usize> = (0..self.articles.len()).filter(holds).collect();
        let candidates = self.candidates(&plan);
        let through_the_index: Vec<usize> = candidates.iter().copied().filter(holds).collect();
        prop_assert_eq!(&through_the_index, &scanned, "{:?}", plan);
        if plan.is_exact {
            prop_assert_eq!(&candidates, &scanned, "exact {:?}", plan);
        }
        if plan.candidates != PlanCandidates::None {
            self.check_left_out(&plan, &scanned)?;
        }
        Ok(scanned)
    }
}

impl Index {
    /// Whichever prefixes are left out, the expression excludes no article that the scan finds.
    fn check_left_out(&self, plan: &Plan, scanned: &[usize]) -> Result<(), TestCaseError> {
        let prefixes: Vec<&WordPrefix> = plan.prefixes().collect();
        let all = |_: &WordPrefix| true;
        let first = |one: &WordPrefix| prefixes.first() == Some(&one);
        let others = |one: &WordPrefix| prefixes.first() != Some(&one);
        for left_out in [&all as &dyn Fn(&WordPrefix) -> bool, &first, &others] {
            let expression = plan.expression(left_out);
            let candidates = self.matching(expression.as_deref(), plan);
            let is_among = |row| candidates.contains(row);
            prop_assert!(
                scanned.iter().all(is_among),
                "{:?} of {:?}",
                expression,
                plan
            );
        }
        Ok(())
    }
}

fn found(articles: &[Article], query: &str) -> Vec<usize> {
    let index = Index::of(articles.to_vec());
    index
        .check(&Query::parse(query).value, CaseMatching::Smart)
        .unwrap()
}

fn plan(query: &str) -> Plan {
    Plan::new(&Query::parse(query).value, CaseMatching::Smart)
}

fn expression(query: &str) -> String {
    match plan(query).candidates {
        PlanCandidates::Matching(expression) => expression,
        other => format!("{other:?}"),
    }
}

#[test]
fn words_are_quoted_and_nothing_else_gets_through() {
    assert_eq!(expression("court"), r#"({title text} : "court")"#);
    assert_eq!(
        expression("don't \"); DROP"),
        r#"({title text} : "don t") AND ({title text} : "drop")"#
    );
    assert_eq!(
        expression("NEAR* text:x"),
        r#"({title text} : "near" *) AND ({title text} : "text x")"#
    );
}

#[test]
fn what_only_a_scan_can_decide_excludes_nothing() {
    for query in [
        "/w[ao]r/",
        "-draft",
        "- “”",
        "war OR /w/",
        "war OR -ships",
        "path:a OR b",
    ] {
        assert_eq!(plan(query).candidates, PlanCandidates::All, "{query}");
        assert!(!plan(query).is_exact, "{query}");
    }
}

#[test]
fn one_word_is_exact_and_a_phrase_is_not() {
    for (query, is_exact) in [
        ("court", true),
        ("cour* -draft", true),
        ("war OR peace country:ru", true),
        ("speaker:kirby after:2016 path:europe/", true),
        ("\"war crimes\"", false),
        ("Court", false),
        ("don't", false),
        ("in:quote war", false),
        ("war -\"war crimes\"", false),
    ] {
        assert_eq!(plan(query).is_exact, is_exact, "{query}");
    }
}

#[test]
fn common_beginnings_can_be_left_to_the_scan() {
    let without = |query: &str, left_out: &[&str]| {
        let is_left_out = |prefix: &WordPrefix| left_out.contains(&prefix.value.as_str());
        plan(query).expression(&is_left_out)
    };
    let some = |expression: &str| Some(expression.to_owned());
    assert_eq!(without("wa*", &["wa"]), None);
    assert_eq!(without("wa*", &["x"]), some(r#"({title text} : "wa" *)"#));
    assert_eq!(
        without("war cr* said:de", &["cr"]),
        some(r#"({title text} : "war") AND (said : "de" *)"#)
    );
    assert_eq!(
        without("war -cr* -draft", &["cr"]),
        some(r#"(({title text} : "war")) NOT ({title text} : "draft")"#)
    );
    assert_eq!(without("war OR cr*", &["cr"]), None);
    let typed = Query::parse_typing("\"the old wa").value;
    let plan = Plan::new(&typed, CaseMatching::Smart);
    assert_eq!(
        plan.expression(&|_| false),
        some(r#"({title text} : "the old wa" *)"#)
    );
    assert_eq!(
        plan.expression(&|_| true),
        some(r#"({title text} : "the old")"#)
    );
}

#[test]
fn hits_are_counted_by_words_that_do_not_overlap() {
    let words = |query: &str| {
        let plan = plan(query);
        let words = plan.counted().map(|words| words.len());
        words.filter(|_| plan.is_exact)
    };
    assert_eq!(words("war OR peace country:ru -draft"), Some(2));
    assert_eq!(words("war wart"), Some(2));
    assert_eq!(words("war* wart"), None);
    assert_eq!(words("war war"), None);
    assert_eq!(words("\"war crimes\""), None);
}

#[test]
fn words_of_a_query_can_be_asked_of_the_title_alone() {
    assert_eq!(
        plan("war crimes OR peace speaker:kirby -draft").in_title,
        Some(r#"(title : "war") AND (title : "crimes" OR title : "peace")"#.to_owned())
    );
    assert_eq!(plan("speaker:kirby").in_title, None);
    assert_eq!(plan("in:quote war").in_title, None);
}

#[test]
fn dates_and_paths_are_conditions() {
    let plan = plan("after:2016 after:2016-11 before:2017 before:2018 path:Europe/ -before:2010");
    assert_eq!(plan.candidates, PlanCandidates::All);
    assert_eq!(plan.from, Some(date(2016, 11, 1)));
    assert_eq!(plan.until, Some(date(2017, 1, 1)));
    assert_eq!(plan.paths, ["europe/"]);
    assert!(!plan.is_exact);
}

#[test]
fn a_country_nobody_knows_is_nowhere() {
    assert_eq!(plan("country:atlantis").candidates, PlanCandidates::None);
    assert_eq!(
        expression("country:atlantis OR war"),
        r#"({title text} : "war")"#
    );
    assert_eq!(
        expression("war -country:atlantis"),
        r#"({title text} : "war")"#
    );
}

#[test]
fn a_question_of_any_length_has_a_plan() {
    let long = "war ".repeat(200);
    let either = "war OR ".repeat(200);
    let phrase = format!("\"{long}\"");
    let word = "w".repeat(1_000);
    let articles = [Article::new("a.txt", &format!("{long}{word}"))];
    for query in [&long, &either, &phrase, &word, &format!("{word}*")] {
        assert_eq!(found(&articles, query), [0]);
    }
}

#[test]
fn the_index_narrows_down_and_the_scan_decides() {
    let articles = [
        Article::new(
            "europe/a.txt",
            "Talks end\n\n“No war crimes,” said Ana Ruiz in Lima, Peru.",
        ),
        Article::new("b.txt", "War, crimes\n\nThe Peruvian draft."),
        Article::new(
            "c.md",
            "---\ntitle: Harbor\ndate: 2016-11-16\n---\n\nThe **Cou**rt don’t sit in 東京都.",
        ),
    ];
    assert_eq!(found(&articles, "war crimes"), [0, 1]);
    assert_eq!(found(&articles, "\"war crimes\""), [0]);
    assert_eq!(found(&articles, "speaker:ruiz in:quote war"), [0]);
    assert_eq!(found(&articles, "country:Peru -draft"), [0]);
    assert_eq!(found(&articles, "court"), [2]);
    assert_eq!(found(&articles, "cou"), Vec::<usize>::new());
    assert_eq!(found(&articles, "\"don't sit\" 京都 after:2016"), [2]);
    assert_eq!(found(&articles, "harbor title:harb path:C.MD"), [2]);
}

/// Words that texts and queries are made of.
const BITS: &[&str] = &[
    "war",
    "wa",
    "r",
    "War",
    "crimes",
    "don't",
    "don’t",
    "é",
    "e\u{301}",
    "ﬁ",
    "fi",
    "ß",
    "ss",
    "東",
    "京",
    "ガ",
    "カ\u{3099}",
    "\u{AD}",
    "\u{200B}",
    "**",
    "*",
    "`",
    "“",
    "”",
    "'",
    "-",
    "–",
    "1,000",
    "10",
    ".",
    ",",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\u{A0}",
    "_",
    "İ",
    "ǆ",
    "ไทย",
    "서울",
    "½",
    "\u{1F600}",
    "\0",
];

fn bits(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(BITS), 0..most)
        .prop_map(|bits| bits.concat())
}

fn some_span(text: &str, start: usize, length: usize) -> Span {
    let start = text.floor_char_boundary(start % (text.len() + 1));
    let end = text.floor_char_boundary((start + length).min(text.len()));
    Span::from_usize(start, end)
}

prop_compose! {
    fn article()(
        text in bits(24),
        title in bits(4),
        names in proptest::collection::vec(bits(4), 2),
        places in proptest::collection::vec((0..200usize, 0..20usize, 0..3u32), 0..4),
        day in proptest::option::of(1..28i8),
        name in proptest::sample::select(vec!["a.md", "Europe/b.txt"]),
    ) -> Article {
        let mut document = read(text.into(), name).value;
        document.meta.title = title;
        document.meta.published = day.map(|day| Published {
            when: date(2016, 11, day).at(0, 0, 0, 0),
            has_time: false,
            origin: DateOrigin::Text,
        });
        let analysis = analysis(&document, names, &places);
        Article { path: name.to_owned(), document, analysis }
    }
}

fn analysis(document: &Document, names: Vec<String>, places: &[(usize, usize, u32)]) -> Analysis {
    let text = &document.text;
    let speaker = |name: String| Speaker {
        aliases: [format!("{name} x").into()].into(),
        name: name.into(),
        role: None,
        kind: SpeakerKind::Person,
    };
    let quotation = |&(start, length, speaker): &(usize, usize, u32)| Quotation {
        span: some_span(text, start, length * 3),
        kind: QuotationKind::Direct,
        attribution: Some(Attribution {
            speaker: SpeakerId(speaker),
            source: MaybeSpan::NONE,
            cue: (length % 2 == 0)
                .then(|| some_span(text, start * 7, length))
                .into(),
            via: MaybeSpan::NONE,
            antecedent: MaybeSpan::NONE,
            rule: RuleId::default(),
            confidence: 1.0,
        }),
    };
    let mut quotations: Vec<Quotation> = places.iter().map(quotation).collect();
    quotations.sort_by_key(|quotation| quotation.span);
    let mention = |&(start, length, code): &(usize, usize, u32)| CountryMention {
        span: some_span(text, start, length),
        country: CountryCode(if code == 0 { *b"PE" } else { *b"RU" }),
        form: CountryForm::Name,
        reason: crate::analysis::country::CountryRuleId::default(),
        uncertain: false,
    };
    Analysis {
        quotations: Arc::new(quotations),
        speakers: names
            .into_iter()
            .map(|name| Arc::new(speaker(name)))
            .collect(),
        countries: Arc::new(places.iter().take(2).map(mention).collect()),
        ..Analysis::default()
    }
}

/// The other parts that queries are made of.
const MARKS: &[&str] = &[
    "",
    "",
    "",
    "-",
    "title:",
    "-title:",
    "speaker:",
    "-speaker:",
    "said:",
    "country:ru ",
    "-country:pe ",
    "country:x ",
    "path:europe ",
    "-path:a ",
    "after:2016-11-10 ",
    "before:2016-11-20 ",
    "-after:2016-11-10 ",
    "OR ",
    "OR -",
    "in:quote ",
    "in:narration ",
    "\"",
    "/",
    "/[a-z]+ /",
];

fn question() -> impl Strategy<Value = String> {
    let part = (
        proptest::sample::select(MARKS),
        bits(4),
        proptest::sample::select(vec!["", "", "*", "\"", "/"]),
    );
    proptest::collection::vec(part, 1..5).prop_map(|parts| {
        let parts = parts
            .iter()
            .map(|(mark, bits, end)| format!("{mark}{bits}{end}"));
        parts.collect::<Vec<_>>().join(" ")
    })
}

fn case() -> impl Strategy<Value = CaseMatching> {
    proptest::sample::select(vec![
        CaseMatching::Smart,
        CaseMatching::Ignore,
        CaseMatching::Exact,
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn an_index_answers_as_a_scan_of_every_article_does(
        articles in proptest::collection::vec(article(), 1..8),
        questions in proptest::collection::vec(question(), 8),
        case in case(),
    ) {
        let index = Index::of(articles);
        for question in &questions {
            for query in [Query::parse(question), Query::parse_typing(question)] {
                index.check(&query.value, case)?;
            }
        }
    }

    #[test]
    fn any_part_of_an_article_is_found_through_the_index(
        article in article(),
        start in 0..200usize,
        length in 1..30usize,
    ) {
        let part = some_span(&article.document.text, start, length).of(&article.document.text).to_owned();
        let index = Index::of(vec![article]);
        for term in [Term::Phrase(part.clone()), Term::Prefix(part)] {
            let query = Query {
                groups: vec![vec![QueryPart { negated: false, term }]],
                zone: None,
            };
            index.check(&query, CaseMatching::Ignore)?;
        }
    }
}
