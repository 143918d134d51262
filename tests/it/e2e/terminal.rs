//! Taking over the terminal, and restoring it.

use crate::harness::session::Home;

#[test]
fn suspending_and_resuming_restores_the_page() {
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
fn fatal_signals_restore_the_terminal() {
    for (signal, code) in [("TERM", 143), ("HUP", 129), ("INT", 130), ("QUIT", 131)] {
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
fn ctrl_c_quits_and_saves_the_place() {
    let home = Home::with_news();
    let mut screen = home.open(&["articles"], (80, 24));
    screen.wait_for("p 1/4").type_keys("<C-c>").wait_for_exit(0);
    assert!(screen.terminal_is_restored());
}

#[test]
fn quitting_restores_the_previous_screen() {
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
fn keys_are_read_from_the_terminal_when_standard_input_is_an_article() {
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
fn mouse_reporting_is_turned_on_and_off_again() {
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

/// Only debug builds can be made to panic.
#[cfg(debug_assertions)]
#[test]
fn a_panic_restores_the_terminal_before_it_is_reported() {
    let home = Home::with_news();
    let fault = [("PULLQUOTE_FAULT", "1")];
    let mut screen = home.open_with(&["articles"], (80, 24), &fault);
    screen
        .wait_for("p 1/4")
        .type_keys("<C-l>")
        .wait_for_exit(101);
    assert!(screen.terminal_is_restored());
    assert!(screen.screen().contains("panicked"), "{}", screen.screen());
}

#[test]
fn without_a_terminal_for_keys_the_screen_is_left_alone() {
    let home = Home::with_news();
    let line = "setsid --wait \"$PULLQUOTE\" articles < /dev/null; echo code $?";
    let mut screen = home.open_shell(line, (80, 24));
    screen.wait_for("code 2").wait_for_exit(0);
    assert!(screen.terminal_is_restored());
    assert!(
        screen.screen().contains("pullquote: "),
        "{}",
        screen.screen()
    );
}

const PAPER: (u8, u8, u8) = (0xfa, 0xf8, 0xf2);

#[test]
fn theme_auto_follows_the_background_and_loses_no_keys() {
    let home = Home::with_news();
    home.configure("theme = \"auto\"");
    let depth = [("COLORTERM", "truecolor")];
    let mut screen = home.open_with(&["articles"], (80, 24), &depth);
    screen.wait_for_bytes(b"\x1b[?2031h\x1b]11;?\x1b\\");
    // The reply arrives in two pieces, between keys.
    screen
        .wait_for("p 1/4")
        .send(b" \x1b]11;rgb:ffff/ff")
        .send(b"ff/ffff\x1b\\ ")
        .wait_for("p 3/4")
        .wait_for_ground(PAPER.0, PAPER.1, PAPER.2);
    screen
        .send(b"\x1b[?997;1n")
        .wait_for_ground(0x1b, 0x1d, 0x21);
    screen.send(b"b").wait_for("p 2/4");
    screen.type_keys("q").wait_for_exit(0);
    assert!(screen.terminal_is_restored());
}

#[test]
fn the_background_comes_from_the_environment_and_is_queried_only_if_needed() {
    let home = Home::with_news();
    let environment = [("COLORTERM", "truecolor"), ("COLORFGBG", "0;15")];
    let mut screen = home.open_with(&["--theme", "auto", "articles"], (80, 24), &environment);
    screen
        .wait_for_ground(PAPER.0, PAPER.1, PAPER.2)
        .type_keys("q")
        .wait_for_exit(0);
    for (theme, more) in [("terminal", &[][..]), ("auto", &[("NO_COLOR", "1")])] {
        let mut screen = home.open_with(&["--theme", theme, "articles"], (80, 24), more);
        screen.wait_for("p 1/4").type_keys("q").wait_for_exit(0);
        let bytes = String::from_utf8(screen.bytes()).unwrap();
        assert!(!bytes.contains("]11;"), "{theme}");
    }
}

#[test]
fn keys_typed_before_the_first_frame_are_kept() {
    let home = Home::with_news();
    let mut screen = home.open_shell("sleep 0.3; \"$PULLQUOTE\" --theme auto articles", (80, 24));
    screen.send(b"  ").wait_for("p 3/4");
}

#[test]
fn pasted_text_is_not_read_as_keys() {
    let home = Home::with_news();
    let mut screen = home.open(&["articles"], (80, 24));
    screen
        .wait_for("p 1/4")
        .send(b"\x1b[200~qqq\x1b[201~")
        .wait_for("press / first to paste");
    screen
        .send(b"/\x1b[200~termi\nnal\x1b[201~")
        .wait_for("/termi nal");
}

#[test]
fn keys_typed_in_the_editor_stay_there() {
    let home = Home::with_news();
    let script = "echo editing $1; read line; echo \"$line\" > typed";
    std::fs::write(home.path().join("editor"), script).unwrap();
    let mut screen = home.open_with(&["articles"], (80, 24), &[("EDITOR", "sh ./editor")]);
    screen
        .wait_for("p 1/4")
        .type_keys("E")
        .wait_for("editing +");
    screen.send(b"qQ\r").wait_for("p 1/4");
    screen.type_keys("<Space>").wait_for("p 2/4");
    screen.type_keys("q").wait_for_exit(0);
    assert!(screen.terminal_is_restored());
    let typed = std::fs::read_to_string(home.path().join("typed")).unwrap();
    assert_eq!(typed, "qQ\n");
}

const LINKED: &str = "# Links\n\nSee [the report](https://example.org/r?a=1&b=é) and \
[this](javascript:alert(1)) and [that](<https://example.org/\u{9b}31m>) or [more](other.md).\n";

#[test]
fn only_web_links_are_sent_to_the_terminal() {
    let home = Home::with_news();
    home.write("00-links.md", LINKED);
    let mut screen = home.open(&["articles/00-links.md"], (80, 24));
    screen
        .wait_for("See the report and this and that or more.")
        .type_keys("]l")
        .wait_for("link to https://example.org/r?a=1&b=é");
    screen.type_keys("q").wait_for_exit(0);
    let bytes = String::from_utf8(screen.bytes()).unwrap();
    let opened: Vec<&str> = bytes
        .split("\x1b]8;id=")
        .skip(1)
        .map(|rest| {
            let (_, rest) = rest.split_once(';').unwrap();
            rest.split_once('\x1b').unwrap().0
        })
        .collect();
    assert!(!opened.is_empty());
    let target = "https://example.org/r?a=1&b=%C3%A9";
    assert!(opened.iter().all(|other| *other == target), "{opened:?}");
    // One more closes a frame that may have been cut off.
    assert_eq!(bytes.matches("\x1b]8;;\x1b\\").count(), opened.len() + 1);
    for (config, more) in [("", &[("TERM", "linux")][..]), ("links = \"never\"", &[])] {
        home.configure(config);
        let mut screen = home.open_with(&["articles/00-links.md"], (80, 24), more);
        screen.wait_for("See the report");
        assert!(
            !String::from_utf8(screen.bytes())
                .unwrap()
                .contains("\x1b]8;")
        );
    }
}

/// The escape sequences in the output.
fn sequences(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let parts = text.split('\x1b').skip(1);
    let end = |part: &str| {
        part.find(char::is_alphabetic)
            .map_or(part.len(), |at| at + 1)
    };
    parts.map(|part| part[..end(part)].to_owned()).collect()
}

#[test]
fn the_screen_reader_interface_writes_only_lines() {
    let home = Home::with_news();
    let mut screen = home.open(&["--screen-reader", "articles"], (80, 24));
    screen
        .wait_for("Article 1 of 4: Harbor talks end without a date")
        .wait_for("Page 1 of")
        .type_keys("\"")
        .wait_for("Quotation 1 of 16");
    screen.type_keys("C").wait_for("Contents, by path: 4.");
    screen
        .type_keys("3<Enter>")
        .wait_for("Article 3 of 4: Norland leaves")
        .wait_for("End of the article.");
    screen
        .type_keys("\\carriage")
        .wait_for("Find in the folder: carriage");
    screen
        .type_keys("<Enter>")
        .wait_for("1 in 1 article")
        .type_keys("2<Enter>")
        .wait_for("Match 1 of 1 for “carriage”:");
    screen.type_keys("q").wait_for_exit(0);
    assert!(screen.terminal_is_restored());
    let wanted = ["[?2004h", "[>1u", "[<u", "[?2004l"];
    assert_eq!(sequences(&screen.bytes()), wanted);
}

#[test]
fn a_dumb_terminal_gets_lines() {
    let home = Home::with_news();
    let dumb = [("TERM", "dumb")];
    let mut screen = home.open_with(&["articles"], (80, 24), &dumb);
    screen
        .wait_for("Page 1 of")
        .type_keys("/harbor")
        .wait_for("Find in the article: harbor");
    screen.type_keys("<Enter>").wait_for("Match 1 of 3");
    screen.type_keys("<C-z>").wait_until_stopped();
    screen.signal("CONT").type_keys("q").wait_for_exit(0);
    assert_eq!(sequences(&screen.bytes()), [""; 0]);
    assert!(screen.terminal_is_restored());
}

#[test]
fn plain_shows_the_text_without_boxes_colors_or_links() {
    let home = Home::with_news();
    home.write("00-links.md", LINKED);
    let mut screen = home.open(&["--plain", "articles"], (80, 24));
    screen
        .wait_for("See the report")
        .type_keys("J")
        .wait_for("Harbor talks");
    let text = screen.screen();
    assert!(!text.contains(['│', '─', '┌']), "{text}");
    screen.type_keys("q").wait_for_exit(0);
    let colors = |sequence: &String| {
        sequence.ends_with('m') && sequence.contains(['3', '4']) && sequence.len() > 3
    };
    assert_eq!(
        sequences(&screen.bytes())
            .iter()
            .find(|it| colors(it) || it.starts_with(']')),
        None
    );
}

#[test]
fn dates_follow_the_locale() {
    let home = Home::with_news();
    for (locale, date) in [
        ("en_US.UTF-8", "Mar 9, 2026"),
        ("de_DE.UTF-8", "9 Mar 2026"),
    ] {
        let environment = [("LANG", "C"), ("LC_TIME", locale)];
        let mut screen = home.open_with(&["articles/02-budget.md"], (80, 24), &environment);
        screen.wait_for(&format!("Staff Writer · {date} · 1 min"));
    }
}
