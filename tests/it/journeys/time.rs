//! Articles over time: the timeline of a speaker, a country, a search or the folder.

use crate::harness::journey::{Journey, Setup};

fn article(title: &str, date: &str, body: &str) -> String {
    let date = if date.is_empty() {
        String::new()
    } else {
        format!("Published: {date}\n\n")
    };
    format!("{title}\n\n{date}{body}\n\nThe mayor of the town in Kenya listened until the end.\n")
}

const SAYS: &str =
    "“We will build the bridge in spite of the rain,” said Maria Okafor, the finance minister.";

fn folder() -> Setup {
    let articles = [
        ("1.txt", article("The first rain", "March 2, 2026", SAYS)),
        ("2.txt", article("The second rain", "March 4, 2026", SAYS)),
        ("3.txt", article("The third rain", "May 20, 2026", SAYS)),
        (
            "4.txt",
            article("A dry day", "April 1, 2026", "Nobody said a word about it."),
        ),
        ("5.txt", article("Some other day", "", SAYS)),
    ];
    Setup::articles(articles.iter().map(|(path, text)| (*path, text.as_str())))
}

fn journey() -> Journey {
    folder().size(120, 36).start()
}

#[test]
fn the_timeline_is_of_the_current_speaker() {
    let mut journey = journey();
    journey
        .keys("\"T")
        .shows("Timeline of Maria Okafor, by day")
        .shows("4 quotations in 4 articles")
        .shows("Monday, 2 Mar 2026 · 1 quotation in 1 article")
        .shows("The first rain")
        .hides("A dry day");
    journey.keys("T").hides("Timeline of");
}

#[test]
fn arrows_move_along_the_bars_and_enter_opens_an_article() {
    let mut journey = journey();
    journey
        .keys("\"T<Right>")
        .shows("Tuesday, 3 Mar 2026 · no quotations")
        .keys("l")
        .shows("Wednesday, 4 Mar 2026")
        .keys("<Enter><Enter>");
    assert_eq!(journey.open(), "2.txt");
    assert!(journey.quotation().starts_with("“We will build"));
    journey.keys("T").shows("Wednesday, 4 Mar 2026");
}

#[test]
fn a_bar_covers_a_day_a_week_or_a_month() {
    let mut journey = journey();
    journey
        .keys("\"T-")
        .says("one bar per week")
        .shows("2–8 Mar 2026, week 10 · 2 quotations in 2 articles")
        .keys("<Down>")
        .shows("March 2026 · 2 quotations in 2 articles")
        .keys("2l")
        .shows("May 2026 · 1 quotation in 1 article")
        .keys("+")
        .shows("18–24 May 2026, week 21")
        .keys("<Up>")
        .shows("Wednesday, 20 May 2026");
}

#[test]
fn articles_without_a_date_have_a_bar_of_their_own() {
    let mut journey = journey();
    journey
        .keys("\"TG<Right>")
        .shows("no date · 1 quotation in 1 article")
        .shows("Some other day")
        .keys("<Left>")
        .shows("Wednesday, 20 May 2026")
        .keys("g")
        .shows("Monday, 2 Mar 2026");
}

#[test]
fn countries_searches_and_the_folder_have_timelines() {
    let mut journey = journey();
    journey
        .keys("]cT")
        .shows("Timeline of Kenya")
        .shows("5 mentions in 5 articles");
    journey
        .keys("q\\dry<Esc>T")
        .shows("Timeline of “dry”")
        .shows("Wednesday, 1 Apr 2026 · 1 hit in 1 article");
    journey.keys("q<Esc>CT").shows("Timeline of the folder");
    journey.keys("zs").shows("Timeline of Maria Okafor");
    journey.keys("q@T").shows("Timeline of Maria Okafor");
    let mut empty = Setup::articles([]).start();
    empty.keys("T").shows("nothing to show on a timeline");
}

#[test]
fn the_timeline_of_a_search_counts_more_than_the_list_shows() {
    let articles: Vec<(String, String)> = (1..=30)
        .map(|day| {
            let date = format!("March {day}, 2026");
            let text = article(
                "A day",
                &date,
                "It was dry, and in the end too dry for tea.",
            );
            (format!("{day}.txt"), text)
        })
        .collect();
    let articles = articles.iter().map(|(path, text)| (&**path, &**text));
    let setup = Setup::articles(articles).config("[search]\nmax_hits = 10\n");
    let mut journey = setup.size(120, 36).start();
    journey
        .keys("\\dry")
        .shows("60 in 30 articles")
        .keys("<Esc>T")
        .shows("60 hits in 30 articles")
        .shows("Sunday, 1 Mar 2026 · 2 hits in 1 article")
        .keys("G")
        .shows("Monday, 30 Mar 2026 · 2 hits in 1 article");
    assert!(journey.model.search.found.len() < 30);
    journey.keys("qq").keys("WzszsG").shows("30");
}

#[test]
fn the_article_list_takes_and_returns_the_focus() {
    let mut journey = journey();
    journey.keys("\"T-<Enter>j<Enter>");
    assert_eq!(journey.open(), "2.txt");
    journey
        .keys("T<Enter><Esc><Right>")
        .shows("9–15 Mar 2026, week 11 · no quotations")
        .keys("<Enter><Enter>")
        .shows("Timeline of");
    journey.keys("qq");
    assert!(
        journey.model.exit.is_over,
        "q closes the timeline, then leaves"
    );
}

#[test]
fn a_timeline_fits_the_smallest_screen() {
    let mut journey = folder().size(40, 15).start();
    journey.keys("\"T").shows("Timeline of Maria Okafor");
    journey.resize(20, 5).keys("lllG<Enter>").resize(250, 60);
    journey.shows("Wednesday, 20 May 2026");
}

#[test]
fn the_side_panel_ends_in_a_timeline_if_there_is_room() {
    let mut journey = journey();
    journey.keys("\"").shows("TIMELINE · Okafor");
    journey.shows("2 Mar").shows("20 May");
    journey.click("TIMELINE").shows("Timeline of Maria Okafor");
    journey.keys("q").resize(80, 24).hides("TIMELINE");
}

#[test]
fn the_facts_give_the_origin_of_the_date() {
    let of = |path: &str, text: &str| {
        let mut journey = Setup::articles([(path, text)]).start();
        journey.keys("=");
        journey.screen()
    };
    let line = "PARIS, Nov. 16 (AP) — Ministers left the talks in the old town at noon.\n\nThey had been there for two days.\n";
    assert!(of("2016/a.txt", line).contains("Date: none found"));
    assert!(of("2016-11-17-a.txt", line).contains("Date: 2016-11-16, from the text"));
    let updated = format!("Talks end\n\n{line}\nUpdated: Jan. 2, 2017\n");
    assert!(of("a.txt", &updated).contains("Date: 2016-11-16, from the text"));
    let named = "Talks end\n\nMinisters left the talks in the old town at noon. It rained.\n";
    assert!(of("2016-11-17-a.txt", named).contains("from the file name"));
}
