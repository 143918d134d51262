//! Groups in the list of articles: copies of a story, and files with several articles.

use crate::harness::journey::{Journey, Setup};

const STORY: &str = "The harbor authority and the ministry failed on Tuesday to agree a date for the second \
terminal, according to three people present at the talks in the old customs house.\n\n\
“We will not accept a deal that leaves the harbor unfinished,” said Maria Okafor, the finance minister, \
who left the building by the back door shortly before midnight.\n\n\
Delegates from Japan and Brazil, whose banks hold most of the debt, left before the closing session and \
took the list of open questions home again.\n";

const OTHER: &str = "Bakers in the hills closed their shops on Thursday because flour from the plains has become too \
dear for them, and nobody could say when the mills would run again or at what price.\n\n\
“The price of bread is a matter of the harvest,” said Ana Ruiz, who has baked here for thirty years and \
remembers worse winters than this one.\n";

fn folder() -> Setup {
    let cut = STORY.split("\n\nDelegates").next().unwrap();
    let articles = [
        ("1.txt", format!("Harbor talks end\n\n{STORY}")),
        ("2.txt", format!("Bread is dear\n\n{OTHER}")),
        (
            "3.txt",
            format!("No date for the terminal\n\nBy Staff Writer\n\n{STORY}"),
        ),
        (
            "4.txt",
            format!("Minister leaves by the back door\n\n{STORY}\nReaders wrote to us.\n"),
        ),
        (
            "5.txt",
            format!("Short and different\n\n{}\n", cut.get(..60).unwrap()),
        ),
    ];
    Setup::articles(articles.iter().map(|(path, text)| (*path, text.as_str())))
}

fn journey() -> Journey {
    folder().size(100, 24).start()
}

#[test]
fn copies_are_grouped_on_one_line_that_opens_and_closes() {
    let mut journey = journey();
    journey
        .keys("C")
        .shows("Harbor talks end  +2 similar")
        .shows("5 articles (2 copies)")
        .hides("No date for the terminal");
    journey
        .keys("l")
        .shows("No date for the terminal")
        .shows("Minister leaves");
    journey.keys("jh").hides("No date for the terminal");
    assert_eq!(journey.model.screens.contents.list.selection.row, 0);
    journey.keys("<Right>j<Enter>");
    assert_eq!(journey.open(), "3.txt");
}

#[test]
fn next_article_skips_grouped_copies() {
    let mut journey = journey();
    journey.keys("JJ");
    assert_eq!(journey.open(), "5.txt");
    journey.keys("2K");
    assert_eq!(journey.open(), "1.txt");
    journey.keys("ClC3J");
    assert_eq!(
        journey.open(),
        "4.txt",
        "what is unfolded is stepped through"
    );
}

#[test]
fn copies_can_be_listed_one_by_one() {
    let mut journey = journey();
    journey
        .keys("Cz~")
        .says("every article has its own line")
        .shows("No date for the terminal");
    journey.keys("z~").hides("No date for the terminal");
    let mut journey = folder().config("[contents]\ngroup_similar = false").start();
    journey.keys("C").shows("No date for the terminal");
    journey.keys("z~").shows("+2 similar");
}

#[test]
fn a_timeline_counts_copies_separately() {
    let mut journey = journey();
    journey
        .keys("\"T")
        .shows("3 quotations in 3 articles (2 copies)");
}

#[test]
fn a_filter_also_finds_copies() {
    let mut journey = journey();
    journey
        .keys("C&terminal<Enter>")
        .shows("No date for the terminal")
        .hides("similar");
}

#[test]
fn a_changed_copy_leaves_its_group() {
    let mut journey = journey();
    journey.keys("C").shows("+2 similar");
    journey
        .write("3.txt", &format!("No date\n\n{OTHER}"))
        .shows("Harbor talks end  +1 similar")
        .shows("Bread is dear  +1 similar");
    journey
        .remove("4.txt")
        .shows("Bread is dear  +1 similar")
        .hides("Harbor talks end  +");
}

fn feed() -> String {
    let item = |number: u32| {
        format!(
            "<item><title>Item number {number}</title><guid>id-{number}</guid>\
             <description>Something else happened in town number {number}.</description></item>"
        )
    };
    let items: String = (1..=3).map(item).collect();
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Town</title>{items}</channel></rss>"
    )
}

#[test]
fn a_file_with_several_articles_is_one_line_that_opens() {
    let feed = feed();
    let articles = [("a.txt", "A day\n\nIt rained.\n"), ("town.rss", &feed)];
    let mut journey = Setup::articles(articles).size(100, 24).start();
    journey
        .keys("C")
        .shows("+ town.rss")
        .shows("3 articles, 3 unread")
        .hides("Item number 2");
    journey
        .keys("j<Enter>")
        .shows("- town.rss")
        .shows("Item number 2");
    journey.keys("jj<Enter>").shows("Item number 2");
    journey.keys("C").shows("▸ Item number 2");
    journey
        .keys("h")
        .hides("Item number 1")
        .keys("l")
        .shows("Item number 3");
    journey.keys("S").shows("by newest").hides("town.rss  ");
    let mut alone = Setup::articles([("town.rss", feed.as_str())]).start();
    alone.keys("C").shows("Item number 2").hides("+ town.rss");
}
