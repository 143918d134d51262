//! Paging, scrolling and resizing: every line is shown and the place is kept.

use super::long_article;
use crate::harness::journey::{Journey, Setup};

/// The numbers of the paragraphs on the page, in order.
fn paragraphs(journey: &Journey) -> Vec<u32> {
    let page = journey.page().join(" ");
    let numbers = page.split("Paragraph ").skip(1);
    numbers
        .filter_map(|rest| rest.split(' ').next()?.parse().ok())
        .collect()
}

#[test]
fn paging_to_the_end_shows_every_paragraph_once() {
    for size in [(80, 24), (120, 36), (40, 15), (30, 6)] {
        let mut journey = Setup::articles([("a.txt", &*long_article())])
            .size(size.0, size.1)
            .start();
        let mut seen = paragraphs(&journey);
        while !journey.model.reading.reader.spread.is_last {
            journey.keys("<Space>");
            seen.extend(paragraphs(&journey));
        }
        // The last page is filled from the end, so it may repeat paragraphs.
        seen.dedup();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen, (1..=40).collect::<Vec<_>>(), "at {size:?}");
    }
}

#[test]
fn paging_back_shows_the_same_pages() {
    let mut journey = Journey::article(&long_article());
    let mut pages = vec![journey.page()];
    while !journey.model.reading.reader.spread.is_last {
        pages.push(journey.keys("f").page());
    }
    assert!(pages.len() > 4);
    pages.pop();
    while let Some(page) = pages.pop() {
        assert_eq!(journey.keys("b").page(), page);
    }
    journey.keys("b").says("top of the article");
}

#[test]
fn a_line_down_and_a_line_up_return_to_the_same_place() {
    let mut journey = Journey::article(&long_article());
    let page = journey.keys("5j").page();
    assert_eq!(journey.keys("jk").page(), page);
    assert_eq!(journey.keys("<Down><Up>").page(), page);
    assert_eq!(journey.keys("du").page(), page);
    assert_eq!(journey.keys("fb").page(), page);
}

#[test]
fn a_line_down_scrolls_by_one_line() {
    let mut journey = Journey::article(&long_article());
    let before = journey.keys("j").page();
    assert_eq!(journey.keys("j").page()[..15], before[1..16]);
}

#[test]
fn one_key_goes_to_the_end_or_the_top() {
    let mut journey = Journey::article(&long_article());
    journey.keys("G").shows("window 40").shows("100%");
    journey.keys("f").says("end of the last article");
    journey
        .keys("g")
        .shows("A walk along the shore")
        .shows("Paragraph 1 ");
    journey.keys("50%");
    assert!(
        paragraphs(&journey)
            .iter()
            .any(|number| (18..24).contains(number))
    );
}

#[test]
fn a_count_repeats_a_key_and_stops_at_the_end() {
    let mut journey = Journey::article(&long_article());
    let page = journey.keys("fff").page();
    assert_eq!(journey.keys("g3f").page(), page);
    journey.keys("99999f").shows("window 40");
    journey.keys("99999k").shows("Paragraph 1 ");
}

#[test]
fn keys_step_by_paragraph_and_by_sentence() {
    let mut journey = Journey::news();
    journey.keys("}}}");
    assert_eq!(journey.words_at_top(), "“We will not accept");
    journey.keys(")");
    assert_eq!(journey.words_at_top(), "“Not this year, and");
    journey.keys("({");
    assert_eq!(journey.words_at_top(), "MOMBASA, Kenya, March 3");
}

#[test]
fn the_sentence_at_the_top_stays_through_any_resize() {
    let mut journey = Journey::article(&long_article());
    journey.keys("ffjjj");
    let words = journey.words_at_top();
    for (width, height) in [
        (120, 36),
        (40, 15),
        (20, 5),
        (230, 60),
        (61, 9),
        (10, 3),
        (80, 24),
    ] {
        journey.resize(width, height);
        assert_eq!(journey.words_at_top(), words, "at {width}×{height}");
        if (width, height) != (10, 3) {
            let first = words.split(' ').next().unwrap();
            let top = journey.page().join(" ");
            assert!(
                top.contains(first),
                "“{first}” is not on the page at {width}×{height}"
            );
        }
    }
}

#[test]
fn the_sentence_at_the_top_stays_when_panes_and_looks_change() {
    let mut journey = Journey::article(&long_article());
    journey.resize(120, 36).keys("ffj");
    let words = journey.words_at_top();
    for keys in [
        "zp", "zc", "zc", "zc", "zj", "zj", "zn", "zn", "zl", "zt", "r", "zp",
    ] {
        journey.keys(keys);
        assert_eq!(journey.words_at_top(), words, "after {keys}");
    }
}

#[test]
fn a_screen_too_small_says_so_and_waits() {
    let mut journey = Journey::news();
    journey.resize(19, 5).shows("20×5 needed");
    journey
        .keys("ff")
        .resize(80, 24)
        .shows("Harbor talks end without a date");
    journey.resize(4, 2).keys("q");
    assert!(journey.model.exit.is_over);
}

#[test]
fn columns_follow_the_width() {
    let mut journey = Journey::news();
    for (width, columns) in [(40, 1), (80, 1), (120, 2), (160, 2), (240, 3)] {
        journey.resize(width, 40);
        assert_eq!(
            journey.model.window.regions.columns.len(),
            columns,
            "at {width} columns"
        );
    }
    journey.resize(120, 36).keys("zc").says("one column");
    assert_eq!(journey.model.window.regions.columns.len(), 1);
    journey.keys("zc").says("2 columns");
}

#[test]
fn a_mark_returns_to_its_place() {
    let mut journey = Journey::article(&long_article());
    let words = journey.keys("ffma").says("mark a set").words_at_top();
    journey.keys("g'a");
    assert_eq!(journey.words_at_top(), words);
    journey.keys("''").shows("A walk along the shore");
    journey.keys("'x").says("no mark x; marks set: a");
}

#[test]
fn a_mark_in_another_article_opens_it() {
    let mut journey = Journey::news();
    journey.keys("JmbKK'b");
    assert_eq!(journey.open(), "02-budget.md");
}

#[test]
fn the_jump_list_goes_back_and_forward() {
    let mut journey = Journey::article(&long_article());
    let middle = journey.keys("fff").words_at_top();
    let end = journey.keys("G").words_at_top();
    journey.keys("<C-o>");
    assert_eq!(journey.words_at_top(), middle);
    journey.keys("<C-i>");
    assert_eq!(journey.words_at_top(), end);
    journey.keys("<C-i>").says("nowhere to jump forward to");
}

#[test]
fn the_place_in_each_article_is_kept_between_runs() {
    let articles = [
        ("a.txt", &*long_article()),
        ("b.txt", "Short\n\nNothing else.\n"),
    ];
    let mut journey = Setup::articles(articles).start();
    let words = journey.keys("ffj").words_at_top();
    journey.keys("q");
    assert!(journey.model.exit.is_over);
    let mut again = Setup::articles(articles)
        .state(journey.saved)
        .size(120, 30)
        .start();
    assert_eq!(again.words_at_top(), words);
    again.keys("J");
    assert_eq!(again.open(), "b.txt");
    again.keys("Q");
    let third = Setup::articles(articles).state(again.saved).start();
    assert_eq!(third.open(), "b.txt");
}

#[test]
fn the_place_is_found_again_in_an_edited_file() {
    let text = long_article();
    let mut journey = Journey::article(&text);
    let words = journey.keys("fffj").words_at_top();
    journey.keys("q");
    let edited = text.replace(
        "Paragraph 1 tells",
        "A new beginning, longer than before.\n\nParagraph 1 tells",
    );
    let again = Setup::articles([("article.txt", &*edited)])
        .state(journey.saved)
        .start();
    assert_eq!(again.words_at_top(), words);
}

#[test]
fn q_closes_the_topmost_screen_before_it_quits() {
    let mut journey = Journey::news();
    journey.keys("C?q").shows("Contents");
    journey.keys("q").shows("p 1/");
    assert!(!journey.model.exit.is_over);
    journey.keys("<Esc><Esc><Esc>");
    assert!(!journey.model.exit.is_over, "Esc never leaves");
    journey.keys("q");
    assert!(journey.model.exit.is_over);
}

#[test]
fn themes_are_cycled_and_chosen_by_name() {
    let mut journey = Journey::news();
    journey.keys("zt").says("theme dark");
    journey.keys(":theme none<Enter>").says("theme none");
    journey
        .keys(":theme pink<Enter>")
        .says("unknown theme “pink”");
}

#[test]
fn text_only_shows_nothing_but_the_text() {
    let mut journey = Journey::news();
    journey
        .keys("zn")
        .hides("SPEAKERS")
        .hides("┌")
        .hides("Space page");
    journey.keys("zn").shows("SPEAKERS");
}

#[test]
fn wide_and_combining_characters_keep_their_columns() {
    let text = "東京で会議\n\n議長は「合意は近い」と述べた。出席者は長い一日の終わりに駅へ向かい、雨の中を歩いた。会議は来月も続く予定で、場所はまだ決まっていない。\n\n\
                Cafe\u{301} 👩‍👩‍👧 naïve 🇯🇵 text with marks.\n";
    for (width, height) in [(80, 24), (40, 15), (21, 8)] {
        let mut journey = Setup::articles([("cjk.txt", text)])
            .size(width, height)
            .start();
        journey
            .shows("東京で会議")
            .keys("G")
            .shows("cafe\u{301}".replace('c', "C").as_str());
        for line in journey.screen().lines() {
            let columns = unicode_width::UnicodeWidthStr::width(line);
            assert!(columns <= usize::from(width), "{columns} columns: {line}");
        }
    }
}

#[test]
fn facts_found_only_in_metadata_are_shown_under_the_headline() {
    let text = "---\ntitle: Cranes\nauthor: Ana Ruiz\ndate: 2026-03-09\n---\n\nThe cranes stood still.\n\nNobody came.\n";
    let mut reader = Setup::articles([("a.md", text)]).size(60, 14).start();
    let screen = reader.screen();
    let lines: Vec<&str> = screen
        .lines()
        .skip(1)
        .take(5)
        .map(|line| line.trim_matches(['│', ' ']))
        .collect();
    assert_eq!(
        lines,
        [
            "Cranes",
            "Ana Ruiz · 9 Mar 2026 · 1 min",
            "",
            "The cranes stood still.",
            ""
        ]
    );
    // They are not part of the text: steps skip them, and the place is one in the text.
    reader
        .resize(60, 12)
        .keys("zn")
        .shows("Ana Ruiz · 9 Mar 2026");
    reader.resize(30, 5).shows("Nobody came.");
    reader
        .keys("j")
        .shows("Nobody came.")
        .keys("k")
        .shows("The cranes stood still.");
    let text = "# Cranes\n\nBy Ana Ruiz\n\nThe cranes stood still.\n";
    Setup::articles([("a.md", text)]).start().hides("· 1 min");
}
