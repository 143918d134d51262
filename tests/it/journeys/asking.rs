//! The command line, the help, and popups.

use pullquote::app::protocol::effect::Effect;

use crate::harness::journey::{Journey, Setup};

#[test]
fn every_action_name_is_a_command() {
    let mut journey = Journey::news();
    journey.keys(":next-article<Enter>").shows("2/4");
    journey.keys(":contents<Enter>").shows("Contents");
    journey.keys("q:100%<Enter>").shows("100%");
    journey.keys(":q<Enter>");
    assert!(journey.model.exit.is_over);
}

#[test]
fn commands_are_completed() {
    let mut journey = Journey::news();
    journey
        .keys(":next-p<Tab>")
        .shows(":next-page")
        .keys("<Tab>")
        .shows(":next-pa");
    journey
        .keys("<Esc>:theme so<Tab><Enter>")
        .says("theme solarized");
    journey
        .keys(":speaker wel<Tab>")
        .shows(":speaker Paul Weller")
        .keys("<Enter>");
    assert_eq!(journey.speaker(), "Paul Weller");
}

#[test]
fn an_unknown_command_suggests_the_nearest() {
    let mut journey = Journey::news();
    journey
        .keys(":next-artcle<Enter>")
        .says("unknown command :next-artcle; did you mean :next-article?");
}

#[test]
fn a_command_accepts_any_name_of_a_country() {
    let mut journey = Journey::news();
    journey.keys(":country peru<Enter>");
    assert_eq!(journey.open(), "03-court.txt");
    journey
        .keys(":country nowhere<Enter>")
        .says("unknown country “nowhere”");
}

#[test]
fn help_lists_the_keys_of_the_screen_first_and_can_be_filtered() {
    let mut journey = Journey::news();
    journey.keys("?").shows("Space").shows("Next page");
    journey
        .keys("&bookmark remove")
        .shows("Bookmark")
        .hides("Next page");
    journey
        .keys("<Enter>j<Enter>")
        .says("bookmarked")
        .shows("p 1/");
    journey.keys("<F1>").shows("Keys").keys("?");
    assert!(journey.model.window.covers.is_empty());
}

#[test]
fn the_facts_of_an_article_are_shown() {
    let mut journey = Journey::news();
    journey
        .keys("C")
        .keys("=")
        .shows("File: /news/01-harbor-talks.txt")
        .shows("By: Staff Writer");
    journey.keys("<Enter>").hides("File:");
}

#[test]
fn an_unbound_key_points_to_the_help() {
    let mut journey = Journey::news();
    journey
        .keys("<F9>")
        .says("F9 does nothing here; ? shows the keys");
}

#[test]
fn a_key_prefix_shows_the_keys_that_may_follow() {
    let mut journey = Journey::news();
    journey
        .keys("z")
        .shows("p side panel")
        .keys("<Esc>")
        .hides("side panel");
}

#[test]
fn the_source_opens_in_the_browser_and_the_file_in_the_editor() {
    let mut journey = Journey::news();
    journey.keys("o").says("gives no source URL").keys("Jo");
    assert!(
        matches!(journey.asked.last(), Some(Effect::Browse(url)) if url == "https://example.org/budget")
    );
    journey.keys("\"E");
    let Some(Effect::Edit { location, line }) = journey.asked.last() else {
        panic!("no editor")
    };
    assert_eq!(
        (location.to_str().unwrap(), *line),
        ("/news/02-budget.md", 13)
    );
}

#[test]
fn links_are_listed_and_only_web_addresses_are_opened() {
    let text = "# Links\n\nA [good](https://example.org/a) and a [bad](javascript:alert(1)) one.\n";
    let mut journey = Setup::articles([("a.md", text)]).start();
    journey
        .keys("U")
        .shows("https://example.org/a")
        .keys("<Enter>");
    assert!(
        matches!(journey.asked.last(), Some(Effect::Browse(url)) if url == "https://example.org/a")
    );
    journey.keys("j<Enter>").says("not opened");
}

#[test]
fn presets_change_the_keys() {
    let mut journey = Setup::news().config("keys = \"vim\"").start();
    journey.keys("<C-f>").keys("?").shows("Keys");
}

#[test]
fn user_keys_override_the_preset() {
    let mut journey = Setup::news()
        .config("[keys.everywhere]\ngg = \"next-article\"\nq = \"none\"")
        .start();
    journey.keys("gg").shows("2/4").keys("q");
    assert!(!journey.model.exit.is_over);
}

#[test]
fn links_can_be_stepped_through_and_opened() {
    let text = "# Links\n\nSee [the report](https://example.org/r) and [a page](mailto:x@y.z).\n";
    let mut reader = Setup::articles([("a.md", text)]).start();
    reader.keys("]l");
    assert!(reader.screen().contains("link to https://example.org/r"));
    reader.keys("o");
    assert!(
        matches!(reader.asked.last(), Some(Effect::Browse(url)) if url == "https://example.org/r")
    );
    reader.keys("]lo");
    assert!(
        reader
            .screen()
            .contains("not opened: mailto:x@y.z is not a web address")
    );
    reader.keys("]l");
    assert!(reader.screen().contains("last link"));
    reader.keys("<Esc>");
    assert!(!reader.screen().contains("link to"));
}

#[test]
fn non_latin_keyboard_layouts_work() {
    let mut reader = Journey::news();
    // JJ and ]a on a Russian keyboard, then the bottom rows of Greek and Hebrew ones.
    reader.keys("О").shows("2/4").keys("О").shows("3/4");
    reader.keys("ъф").shows("4/4").keys("Л").shows("3/4");
    reader.keys("Ξ").shows("4/4");
    // Typed text is not mapped, and neither are bound keys.
    reader.keys("/о").shows("/о").keys("<Esc>");
    let config = "[keys.reader]\n'о' = 'previous-article'";
    let mut reader = Setup::news().config(config).start();
    reader.keys("Jо").shows("1/4");
}
