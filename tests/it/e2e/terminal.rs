//! The terminal is taken once and always given back.

use crate::harness::session::Home;

#[test]
fn suspended_and_brought_back_the_page_is_there_again() {
    let home = Home::with_news();
    let mut screen = home.open(&["articles"], (80, 24));
    screen
        .wait_for("p 1/4")
        .type_keys("<Space>")
        .wait_for("p 2/4");
    screen.type_keys("<C-z>").wait_until_stopped();
    assert!(screen.terminal_is_restored());
    screen
        .signal("CONT")
        .wait_for("p 2/4")
        .type_keys("<Space>")
        .wait_for("p 3/4");
    screen.signal("TSTP").wait_until_stopped();
    screen
        .signal("CONT")
        .wait_for("p 3/4")
        .type_keys("q")
        .wait_for_exit(0);
    assert!(screen.terminal_is_restored());
}

#[test]
fn signals_that_end_the_program_give_the_terminal_back() {
    for (signal, code) in [("TERM", 143), ("HUP", 129), ("INT", 130)] {
        let home = Home::with_news();
        let mut screen = home.open(&["articles"], (80, 24));
        screen
            .wait_for("p 1/4")
            .type_keys("<Space>")
            .wait_for("p 2/4");
        screen.signal(signal).wait_for_exit(code);
        assert!(screen.terminal_is_restored(), "after {signal}");
        home.open(&["articles"], (80, 24)).wait_for("p 2/4");
    }
}

#[test]
fn ctrl_c_leaves_and_keeps_the_place() {
    let home = Home::with_news();
    let mut screen = home.open(&["articles"], (80, 24));
    screen.wait_for("p 1/4").type_keys("<C-c>").wait_for_exit(0);
    assert!(screen.terminal_is_restored());
}

#[test]
fn what_was_on_the_screen_before_is_there_afterwards() {
    let home = Home::with_news();
    let mut screen = home.open_shell(
        "echo yesterday; \"$PULLQUOTE\" articles; echo after $?",
        (80, 24),
    );
    screen
        .wait_for("p 1/4")
        .wait_without("yesterday")
        .type_keys("q")
        .wait_for_exit(0);
    assert_eq!(screen.screen().trim_end(), "yesterday\nafter 0");
}

#[test]
fn keys_come_from_the_terminal_when_standard_input_is_an_article() {
    let home = Home::with_news();
    let line = "\"$PULLQUOTE\" - < articles/01-harbor-talks.txt";
    let mut screen = home.open_shell(line, (80, 24));
    screen
        .wait_for("Harbor talks")
        .type_keys("<Space>")
        .wait_for("p 2/4");
    screen.type_keys("q").wait_for_exit(0);
    assert!(screen.terminal_is_restored());
}

#[test]
fn without_color_no_color_is_sent() {
    let home = Home::with_news();
    let colors = |environment: &[(&str, &str)]| {
        let mut screen = home.open_with(&["articles"], (120, 36), environment);
        screen
            .wait_for("quote 1 of")
            .type_keys("\"/harbor<Enter>")
            .wait_for("1 of 3");
        let bytes = String::from_utf8(screen.bytes()).unwrap();
        let pens = bytes.split("\x1b[").skip(1).filter_map(|rest| {
            let (pen, _) = rest.split_once('m')?;
            pen.chars()
                .all(|c| c.is_ascii_digit() || c == ';' || c == ':')
                .then(|| pen.to_owned())
        });
        let is_color = |code: &str| {
            let number: u32 = code.split(':').next().unwrap().parse().unwrap_or(0);
            matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107)
        };
        pens.filter(|pen| pen.split(';').any(is_color)).count()
    };
    assert!(colors(&[]) > 0);
    assert_eq!(colors(&[("NO_COLOR", "1")]), 0);
    assert_eq!(colors(&[("TERM", "dumb")]), 0);
}

#[test]
fn a_tiny_terminal_says_what_it_needs() {
    let home = Home::with_news();
    let mut screen = home.open(&["articles"], (19, 4));
    screen
        .wait_for("20×5 needed")
        .resize(80, 24)
        .wait_for("p 1/4");
    screen
        .resize(1, 1)
        .resize(2, 2)
        .type_keys("q")
        .wait_for_exit(0);
}

#[test]
fn the_mouse_is_taken_and_given_back() {
    let home = Home::with_news();
    let mut screen = home.open(&["articles"], (80, 24));
    screen
        .wait_for("p 1/4")
        .type_keys("zm")
        .wait_for("mouse off")
        .type_keys("zm")
        .wait_for("mouse on");
    screen.type_keys("q").wait_for_exit(0);
    assert!(screen.terminal_is_restored());
}
