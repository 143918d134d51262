//! The screen reader interface: one line for each event.

use pullquote::view::Narrator;

use super::long_article;
use crate::harness::journey::{Journey, Setup};

/// A journey with a narrator.
struct Listener {
    journey: Journey,
    narrator: Narrator,
}

impl Listener {
    fn to(setup: Setup) -> Self {
        let journey = setup.config("screen_reader = true").start();
        Self {
            journey,
            narrator: Narrator::default(),
        }
    }

    /// What the narrator writes after these keys.
    fn hears(&mut self, keys: &str) -> String {
        if !keys.is_empty() {
            self.journey.keys(keys);
        }
        self.narrator.tell(&self.journey.model)
    }

    #[track_caller]
    fn hears_lines(&mut self, keys: &str, lines: &[&str]) {
        let said = self.hears(keys);
        assert_eq!(said.lines().collect::<Vec<_>>(), lines, "after {keys}");
    }
}

#[test]
fn an_article_is_announced_with_its_number_and_findings() {
    let mut listener = Listener::to(Setup::news());
    let said = listener.hears("");
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "pullquote. ? lists the keys, q quits.",
            "Article 1 of 4: Harbor talks end without a date",
            "by Staff Writer, 2 minutes",
            "16 quotations by 8 speakers, 4 countries.",
        ]
    );
    assert!(said.ends_with("Page 1 of 3.\n"), "{said}");
    assert_eq!(listener.hears(""), "");
}

#[test]
fn every_step_continues_from_the_text_read_last() {
    let mut listener =
        Listener::to(Setup::articles([("a.txt", long_article().as_str())]).size(80, 8));
    listener.hears("");
    // A page of six lines ends in the third paragraph; the next page continues there.
    let page = listener.hears("<Space>");
    let paragraph = listener.hears("}");
    let number = |text: &str| -> u32 {
        let (_, rest) = text.split_once("Paragraph ").unwrap();
        rest.split(' ').next().unwrap().parse().unwrap()
    };
    assert!(number(&paragraph) > number(&page), "{page}{paragraph}");
    let next = number(&paragraph) + 1;
    let sentence = listener.hears(")");
    assert!(
        sentence.starts_with(&format!("Paragraph {next} tells of")),
        "{sentence}"
    );
    assert!(sentence.contains("as the evening came on."));
    let [first, second] = lines_of(next - 1);
    listener.hears_lines("{", &[&first, &second]);
    let line = listener.hears("j");
    assert!(line.starts_with(&lines_of(next)[0]), "{line}");
    listener.hears_lines("k", &[&second]);
    listener.hears_lines("G", &[&lines_of(40)[1], "End of the article."]);
    for key in ["<Space>", "}", ")", "j"] {
        listener.hears_lines(key, &["end of the last article"]);
    }
    listener.hears("g");
    listener.hears_lines("k", &["top of the article"]);
}

/// The two lines of a paragraph.
fn lines_of(number: u32) -> [String; 2] {
    let (article, start) = (long_article(), format!("Paragraph {number} "));
    let paragraph = article.lines().find(|line| line.starts_with(&start));
    let (first, second) = paragraph.unwrap().split_once(" of a lamp").unwrap();
    [first.to_owned(), format!("of a lamp{second}")]
}

#[test]
fn paging_reads_the_whole_article_once() {
    let article = long_article();
    for height in [5, 7, 12, 40] {
        let mut listener =
            Listener::to(Setup::articles([("a.txt", article.as_str())]).size(60, height));
        let mut heard = listener.hears("");
        while !heard.ends_with("End of the article.\n") {
            heard.push_str(&listener.hears("<Space>"));
        }
        let lines = heard.lines().skip(3);
        let text = lines.filter(|line| !line.starts_with("Page ") && !line.starts_with("End of"));
        let words: Vec<&str> = text.flat_map(str::split_whitespace).collect();
        let wanted: Vec<&str> = article
            .lines()
            .skip(1)
            .flat_map(str::split_whitespace)
            .collect();
        let heard_from = words.len() - wanted.len();
        assert_eq!(words[heard_from..], wanted[..], "{height} rows");
    }
}

#[test]
fn a_quotation_is_announced_with_its_speaker() {
    let mut listener = Listener::to(Setup::news());
    listener.hears("");
    listener.hears_lines(
        "\"",
        &[
            "Quotation 1 of 16, indirect, three people present:",
            "The harbor authority and the ministry failed on Tuesday to agree a date for the",
            "second terminal",
        ],
    );
    listener.hears_lines(
        "\"",
        &[
            "Quotation 2 of 16, direct, Maria Okafor, finance minister:",
            "“We will not accept a deal that leaves the harbor unfinished,”",
        ],
    );
    let said = listener.hears("9]s");
    assert!(
        said.starts_with("article 2 of 3 with Okafor\nArticle 2 of 4: A budget"),
        "{said}"
    );
    assert!(
        said.contains("Quotation 1 of 2, direct, Maria Okafor"),
        "{said}"
    );
}

#[test]
fn list_rows_are_chosen_by_number() {
    let mut listener = Listener::to(Setup::news());
    listener.hears("");
    let said = listener.hears("C");
    assert!(
        said.starts_with("Contents, by path: 4.\n1. Harbor talks end without a date"),
        "{said}"
    );
    assert!(
        said.ends_with("1 is selected; a number and Enter to choose.\n"),
        "{said}"
    );
    let said = listener.hears("j");
    assert!(said.starts_with("2. A budget without a harbor"), "{said}");
    let said = listener.hears("4<Enter>");
    assert!(
        said.starts_with("Article 4 of 4: Railway to the lake reopens\n"),
        "{said}"
    );
    let said = listener.hears("@");
    assert!(
        said.starts_with("Speakers in the folder, by quotations: "),
        "{said}"
    );
    listener.hears_lines("q", &["Article: Railway to the lake reopens"]);
    let said = listener.hears("<Tab>");
    assert!(
        said.starts_with("Speakers in this article: 1.\n1. Maria Okafor, 2 here, "),
        "{said}"
    );
    let said = listener.hears("<Tab>");
    assert!(said.starts_with("Quotations by Maria Okafor: "), "{said}");
    assert!(listener.hears("?").starts_with("Keys.\n"));
}

#[test]
fn rows_added_to_an_open_list_are_announced_once() {
    let mut listener = Listener::to(Setup::news());
    listener.hears("C");
    listener
        .journey
        .write("new.txt", "Ferries return\n\nThey sail again.\n");
    listener.hears_lines("", &["1 new article; C lists them", "5 rows now."]);
    assert_eq!(listener.hears(""), "");
    listener.journey.remove("new.txt");
    listener.hears_lines("", &["4 rows now."]);
}

#[test]
fn a_table_is_read_by_rows_with_its_column_names() {
    let text =
        "# Nights\n\n| City | Nights |\n|---|---:|\n| Cordoba | 402 |\n| Athens | |\n\nEnd.\n";
    let mut listener = Listener::to(Setup::articles([("a.md", text)]));
    let said = listener.hears("");
    let told = "Table: City, Nights\nCity: Cordoba, Nights: 402\nCity: Athens\nEnd.\n";
    assert!(said.contains(told), "{said}");
}

#[test]
fn typed_text_is_one_line_and_the_result_follows() {
    let mut listener = Listener::to(Setup::news());
    listener.hears("");
    assert_eq!(listener.hears("/"), "Find in the article: ");
    assert_eq!(listener.hears("t"), "t");
    assert_eq!(listener.hears("ea"), "ea");
    assert_eq!(listener.hears("<Backspace>"), "\x08 \x08");
    listener.hears("<Backspace>erminal");
    let said = listener.hears("<Enter>");
    assert!(
        said.starts_with("\nMatch 1 of 3 for “terminal”:\n"),
        "{said}"
    );
    assert!(listener.hears("n").starts_with("Match 2 of 3"));
    let said = listener.hears("/zebra<Enter>");
    assert!(
        said.ends_with("“zebra” is not in this article; \\ searches the folder\n"),
        "{said}"
    );
    let said = listener.hears("\\carriage<Enter>");
    assert!(said.contains("Railway to the lake reopens"), "{said}");
    assert!(said.contains("\n2. \"We mended what"), "{said}");
    let said = listener.hears("2<Enter>");
    assert!(said.contains("Match 1 of 1 for “carriage”:"), "{said}");
}

#[test]
fn formatting_is_described_in_words() {
    let text = "# A title\n\nText.\n\n## A heading\n\n> Set apart.\n\n- one\n- two\n\n---\n\nSee [this](https://example.org/).\n";
    let mut listener = Listener::to(Setup::articles([("a.md", text)]));
    let said = listener.hears("");
    for line in [
        "Heading: A heading",
        "Block quotation: Set apart.",
        "Item: one",
        "See this.",
    ] {
        assert!(said.lines().any(|other| other == line), "{line}: {said}");
    }
    listener.hears_lines("]l", &["Link to https://example.org/", "See this."]);
    listener.hears_lines("<C-l>", &["Link to https://example.org/", "See this."]);
    let said = listener.hears("=");
    assert!(said.contains("File:") || said.contains("article"), "{said}");
}

#[test]
fn no_text_controls_the_terminal() {
    let text = "A \u{1b}]0;title\u{7}\n\n“We\u{9b}31m \u{202e}will,” said Ana \u{1b}[2J Ruiz.\n";
    let mut listener = Listener::to(Setup::articles([("\u{1b}[31m.txt", text)]));
    let mut said = String::new();
    for keys in [
        "",
        "\"",
        "C",
        "q",
        "<Tab>",
        "q",
        "=",
        "<Esc>",
        "@",
        "q",
        "/ruiz<Enter>",
        ":\u{9b}x<Enter>",
    ] {
        said.push_str(&listener.hears(keys));
    }
    let bad = said
        .chars()
        .find(|c| c.is_control() && !matches!(c, '\n' | '\x08') || *c == '\u{202e}');
    assert_eq!(bad, None, "{said:?}");
}
