//! Searching an article and the folder.

use super::long_article;
use crate::harness::journey::{Journey, Setup};

/// The matches, and the index of the current one.
fn matches(journey: &Journey) -> (Vec<String>, Option<usize>) {
    let reader = &journey.model.reading.reader;
    let text = &reader.document().unwrap().text;
    let found = reader.find.as_ref().map_or(&[][..], |find| &find.spans);
    let words = found.iter().map(|span| span.of(text).to_owned()).collect();
    (words, reader.find.as_ref().and_then(|find| find.current))
}

fn found(text: &str, typed: &str) -> Vec<String> {
    let mut journey = Journey::article(text);
    for character in typed.chars() {
        let key = pullquote::config::Key::plain(pullquote::config::key::KeyCode::Char(character));
        if journey.model.input.prompt.is_none() {
            journey.keys("/");
        }
        journey.send(pullquote::app::protocol::message::Message::Key(key));
    }
    matches(&journey).0
}

#[test]
fn the_page_follows_the_search_as_you_type() {
    let mut journey = Journey::article(&long_article());
    journey
        .keys("/window 3")
        .shows("1 of 11")
        .shows("in window 3 ");
    journey.keys("7").shows("1 of 1").shows("window 37");
    journey
        .keys("<Backspace>")
        .shows("1 of 11")
        .shows("in window 3 ");
}

#[test]
fn escape_returns_to_the_page_before_the_search() {
    let mut journey = Journey::article(&long_article());
    let page = journey.keys("fj").page();
    journey.keys("/window 37").shows("window 37");
    journey.keys("<Esc>");
    assert_eq!(journey.page(), page);
    assert!(matches(&journey).0.is_empty());
}

#[test]
fn a_search_without_matches_leaves_the_page_alone() {
    let mut journey = Journey::article(&long_article());
    let page = journey.keys("fj").page();
    journey.keys("/window x").shows("not found");
    assert_eq!(journey.page(), page);
    journey
        .keys("<Enter>")
        .says("“window x” is not in this article; \\ searches the folder");
}

#[test]
fn stepping_past_the_last_match_wraps_with_a_notice() {
    let mut journey = Journey::article(&long_article());
    journey.keys("/window 3<Enter>").shows("1/11");
    journey.keys("n").shows("2/11");
    journey.keys("3n").shows("5/11");
    journey.keys("N").shows("4/11");
    journey
        .keys("8n")
        .says("search wrapped to the top")
        .shows("1/11");
    journey
        .keys("N")
        .says("search wrapped to the end")
        .shows("11/11");
}

#[test]
fn a_capital_makes_the_search_case_sensitive() {
    let text = "Title\n\nThe Court met. The court rose. COURT is a word.\n";
    assert_eq!(found(text, "court").len(), 3);
    assert_eq!(found(text, "Court"), ["Court"]);
}

#[test]
fn accents_quotes_dashes_and_ligatures_are_folded() {
    let text = "Title\n\nThe café said “don’t” — or the ﬁnance of it.\n";
    assert_eq!(found(text, "cafe"), ["café"]);
    assert_eq!(found(text, "\"don't\""), ["“don’t”"]);
    assert_eq!(found(text, "finance"), ["ﬁnance"]);
}

#[test]
fn a_phrase_is_found_across_line_breaks() {
    let text =
        "Title\n\nThe end of the line is the\nbeginning of another one, and so\nit goes on.\n";
    assert_eq!(found(text, "the beginning of"), ["the\nbeginning of"]);
}

#[test]
fn slashes_make_a_regular_expression() {
    let text = "Title\n\nIn 1998 and 2016 and 20166.\n";
    assert_eq!(found(text, "/\\b\\d{4}\\b/"), ["1998", "2016"]);
}

#[test]
fn a_broken_regular_expression_is_searched_as_words() {
    let mut journey = Journey::article("Title\n\nA (b and /(/ too.\n");
    journey
        .keys("//(/")
        .shows("1 of 2")
        .shows("is not a valid regular expression; searched as words");
}

#[test]
fn an_empty_search_repeats_the_last_one() {
    let mut journey = Journey::article(&long_article());
    journey
        .keys("/window 12<Enter><Esc>g/<Enter>")
        .shows("window 12");
    assert_eq!(matches(&journey).0.len(), 1);
}

#[test]
fn earlier_searches_can_be_recalled() {
    let mut journey = Journey::article(&long_article());
    journey
        .keys("/gulls<Enter>/wind<Enter>/<Up>")
        .shows("/wind")
        .keys("<Up>")
        .shows("/gulls");
    journey.keys("<Down><Down>").shows("/");
    assert_eq!(journey.model.input.prompt.as_ref().unwrap().text(), "");
}

#[test]
fn all_matches_on_the_page_are_highlighted() {
    let mut journey = Journey::article("Title\n\nred blue red blue red\n");
    let unmarked = journey.buffer();
    journey.keys("/red");
    let marked = journey.buffer();
    let cells = unmarked.content.iter().zip(&marked.content);
    let changed = cells.filter(|(a, b)| a.symbol() == b.symbol() && a.style() != b.style());
    let changed: String = changed
        .map(|(cell, _)| cell.symbol())
        .filter(|symbol| *symbol != " ")
        .collect();
    assert_eq!(changed, "redredred");
}

#[test]
fn the_folder_is_searched_as_you_type_and_a_hit_opens_with_the_query_active() {
    let mut journey = Journey::news();
    journey
        .keys("\\harbor")
        .shows("Harbor talks end")
        .shows("A budget without")
        .shows("in 2 articles");
    journey.keys("<C-n><C-n><C-n><C-n><Enter>");
    assert_eq!(journey.open(), "02-budget.md");
    let (words, current) = matches(&journey);
    assert!(words.iter().all(|word| word.eq_ignore_ascii_case("harbor")) && !words.is_empty());
    assert_eq!(current, Some(words.len() - 1));
    journey.keys("N");
    assert_eq!(matches(&journey).1, Some(words.len() - 2));
}

#[test]
fn enter_pressed_before_the_results_opens_the_first_hit() {
    let mut journey = Journey::news();
    journey
        .keys("\\la")
        .shows("Harbor talks")
        .hold()
        .keys("ke<Enter>")
        .release();
    assert_eq!(journey.open(), "04-railway.txt");
    assert_eq!(matches(&journey).0[0], "lake");
    journey
        .keys("\\harb")
        .hold()
        .keys("or<Enter><Esc>")
        .release();
    assert_eq!(journey.open(), "04-railway.txt", "Esc takes it back");
}

#[test]
fn fields_narrow_the_folder_search() {
    let mut journey = Journey::news();
    journey
        .keys("\\country:PE")
        .shows("in 1 article")
        .keys("<Enter>");
    assert_eq!(journey.open(), "03-court.txt");
    journey.keys("\\<C-u>speaker:okafor path:railway<Enter>");
    assert_eq!(journey.open(), "04-railway.txt");
}

#[test]
fn a_hit_shows_the_matching_words_in_a_list_of_any_width() {
    let mut journey = Journey::news();
    journey
        .keys("\\sings OR tower OR crossed")
        .shows("tower")
        .shows("crossed");
}

#[test]
fn slash_in_the_contents_searches_the_folder() {
    let mut journey = Journey::news();
    journey.keys("C/lake<Enter>");
    assert_eq!(journey.open(), "04-railway.txt");
}

#[test]
fn a_folder_search_without_hits_can_be_closed() {
    let mut journey = Journey::news();
    journey
        .keys("\\zebra<Enter>")
        .keys("<Esc>")
        .shows("Harbor talks");
    assert!(journey.model.window.covers.is_empty());
}

#[test]
fn without_a_search_n_opens_the_next_unread_article() {
    let mut journey = Journey::news();
    journey.keys("n");
    assert_eq!(journey.open(), "02-budget.md");
    journey.keys("n");
    assert_eq!(journey.open(), "03-court.txt");
}

#[test]
fn pasted_text_is_a_query_and_not_keys() {
    let mut journey = Journey::news();
    journey.send(pullquote::app::protocol::message::Message::Paste(
        "qQ".to_owned(),
    ));
    assert!(!journey.model.exit.is_over);
    journey.says("press / first").keys("/");
    journey.send(pullquote::app::protocol::message::Message::Paste(
        "second\nterminal".to_owned(),
    ));
    journey.shows("/second terminal").shows("1 of");
}

#[test]
fn the_configured_case_sensitivity_applies() {
    let mut journey = Setup::articles([("a.txt", "Title\n\nCourt and court.\n")])
        .config("search.case = \"exact\"")
        .start();
    journey.keys("/court").shows("1 of 1");
}

#[test]
fn hits_outside_the_filter_are_counted_and_shown_by_tab() {
    let mut journey = Journey::news();
    journey
        .keys("C&budget<Enter>\\harbor")
        .shows("Find in articles matching “budget”")
        .shows("2 in 1 article")
        .shows("3 more in 1 article outside this scope; Tab shows them");
    journey.keys("<Tab>").shows("5 in 2 articles");
    journey.keys("<Tab>").shows("2 in 1 article");
}

#[test]
fn hits_are_stepped_through_article_by_article() {
    let mut journey = Journey::news();
    journey.keys("\\harbor<Esc>J<Enter>");
    assert_eq!(journey.open(), "02-budget.md");
    journey.keys("\\harbor<Esc>jjjjK<Enter>");
    assert_eq!(journey.open(), "01-harbor-talks.txt");
}

#[test]
fn a_word_prefix_is_highlighted_in_the_opened_article() {
    let mut journey = Journey::news();
    journey.keys("\\path:budget harb<Enter>");
    assert_eq!(journey.open(), "02-budget.md");
    assert_eq!(matches(&journey).0.len(), 2);
}
