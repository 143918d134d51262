//! The mouse: the wheel, and clicks on quotations, rows and tabs.

use pullquote::app::protocol::message::MouseKind;

use super::{TOWN, long_article};
use crate::harness::journey::{Journey, Setup};

const TALKS: [(&str, &str); 2] = [
    (
        "one.txt",
        "Talks begin\n\n“We met,” said Foreign Minister Sergei Lavrov.\n\n“We talked,” said Ana Ruiz. “It was late,” Ruiz said.\n",
    ),
    (
        "two.txt",
        "Talks end\n\n“We parted,” said Sergey Lavrov.\n\n“We walked,” said Ana Ruiz, mayor of Lima.\n",
    ),
];

#[test]
fn the_wheel_moves_the_text() {
    let mut journey = Journey::article(&long_article());
    let page = journey.page();
    journey.wheel(MouseKind::WheelDown, "Paragraph 1 ");
    assert_eq!(journey.page()[..10], page[3..13]);
    journey.wheel(MouseKind::WheelUp, "Paragraph 2 ");
    assert_eq!(journey.page(), page);
}

#[test]
fn a_click_selects_a_quotation() {
    let mut journey = Setup::articles(TOWN.iter().copied()).start();
    journey.click("It sways");
    assert_eq!(
        (journey.quotation(), journey.speaker().as_str()),
        ("“It sways,”", "Tom Berg")
    );
}

#[test]
fn a_click_selects_a_speaker_in_the_side_panel() {
    let mut journey = Setup::articles(TOWN.iter().copied()).size(120, 36).start();
    journey.click("Tom Berg ");
    assert_eq!(journey.speaker(), "Tom Berg");
}

#[test]
fn a_second_click_opens_the_row_of_a_list() {
    let mut journey = Journey::news();
    journey.keys("C").click("Railway");
    assert_eq!(journey.model.screens.contents.list.selection.row, 3);
    journey.click("Railway");
    assert_eq!(journey.open(), "04-railway.txt");
}

#[test]
fn a_click_on_the_list_beside_the_text_opens_the_article() {
    let mut journey = Setup::news().size(160, 48).start();
    journey.click("Railway");
    assert_eq!(journey.open(), "04-railway.txt");
}

#[test]
fn the_wheel_moves_through_a_list() {
    let mut journey = Journey::news();
    journey.keys("C").wheel(MouseKind::WheelDown, "Railway");
    assert_eq!(journey.model.screens.contents.list.selection.row, 3);
}

#[test]
fn the_mouse_can_be_turned_off_and_on() {
    let mut journey = Setup::articles(TOWN.iter().copied()).start();
    journey.keys("zm").says("mouse off").click("It sways");
    assert_eq!(journey.quotation(), "");
    journey.keys("zm").says("mouse on").click("It sways");
    assert_eq!(journey.quotation(), "“It sways,”");
}

#[test]
fn a_country_is_selected_on_the_map_by_keys_or_a_click() {
    let articles = [(
        "a.txt",
        "Two countries\n\nBrazil and Japan signed. Brazil paid.\n",
    )];
    let mut journey = Setup::articles(articles).size(120, 36).start();
    journey
        .keys("W")
        .shows("Brazil · 2 mentions in 1 article")
        .keys("<Left>")
        .shows("Japan · 1 mention in 1 article")
        .keys("zs")
        .says("countries in this article");
    // The middle of South America.
    journey
        .click_at(64, 22)
        .shows("Brazil · 2 mentions here, 1 article in the folder");
    journey.keys("<Enter>").shows("Two countries");
}

#[test]
fn a_second_click_opens_a_quotation_of_a_speaker() {
    let mut journey = Setup::articles(TALKS.iter().copied()).start();
    journey.keys("@&ruiz<Enter><Enter>").click("late");
    assert_eq!(journey.model.screens.speaker_quotes.selection.row, 1);
    journey.click("It was late");
    assert_eq!(journey.quotation(), "“It was late,”");
}

#[test]
fn a_correction_can_be_made_by_mouse() {
    let mut journey = Setup::articles(TALKS.iter().copied()).start();
    journey.keys("@&sergey<Enter>x").click("Rename");
    journey.click("is the same as").click("is the same as");
    journey.shows("possibly the same").click("Ana Ruiz");
    journey.shows("1 quotation in 1 article: Sergey Lavrov becomes Ana Ruiz");
    journey
        .click("Ana Ruiz ")
        .says("Now Ana Ruiz (1 quotation in 1 article). :undo to revert");
}

#[test]
fn a_second_click_leaves_the_filter_and_opens_the_row() {
    let mut journey = Journey::news();
    journey.keys("C&a").click("Railway").click("Railway");
    assert_eq!(journey.open(), "04-railway.txt");
    assert!(journey.model.input.prompt.is_none());
}
