//! The program without a terminal: plain text, exit codes, messages on standard error.

use crate::harness::session::Home;

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_pipe_gets_plain_text_with_speakers_and_countries() {
    let home = Home::with_news();
    let output = home.run(&["articles/03-court.txt"]);
    assert_eq!(output.status.code(), Some(0));
    let text = text(&output.stdout);
    assert!(text.starts_with("Norland leaves fisheries court"), "{text}");
    assert!(
        text.contains("Paul Weller, State Department spokesman"),
        "{text}"
    );
    assert!(text.contains("Countries\n  Peru"), "{text}");
    assert!(!text.contains('\x1b') && !text.contains('▌'));
}

#[test]
fn print_wraps_at_the_requested_width() {
    let home = Home::with_news();
    let mut screen = home.open_shell(
        "COLUMNS=30 \"$PULLQUOTE\" print articles/04-railway.txt | cat",
        (80, 24),
    );
    screen.wait_for_exit(0);
    let screen_text = screen.screen();
    let (article, _) = screen_text.split_once("Speakers").unwrap();
    assert!(
        article.lines().all(|line| line.chars().count() <= 30),
        "{}",
        screen.screen()
    );
}

#[test]
fn a_closed_pipe_is_success() {
    let home = Home::with_news();
    let line = "{ \"$PULLQUOTE\" extract articles --format jsonl; echo code $? >&2; } | head -c 10 > /dev/null";
    home.open_shell(line, (80, 24))
        .wait_for("code 0")
        .wait_for_exit(0);
}

#[test]
fn the_exit_code_is_one_when_nothing_is_found() {
    let home = Home::with_news();
    assert_eq!(
        home.run(&["search", "water tower", "articles"])
            .status
            .code(),
        Some(0)
    );
    let nothing = home.run(&["search", "zebra", "articles"]);
    assert_eq!(
        (nothing.status.code(), text(&nothing.stdout)),
        (Some(1), "")
    );
}

#[test]
fn a_mistyped_subcommand_is_suggested() {
    let home = Home::with_news();
    let output = home.run(&["serch", "harbor", "articles"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.contains("did you mean `pullquote search`?"), "{said}");
}

#[test]
fn completions_and_the_man_page_cover_every_option() {
    let home = Home::empty();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let output = home.run(&["completions", shell]);
        assert!(text(&output.stdout).contains("screen-reader"), "{shell}");
    }
    let manual = home.run(&["man"]);
    let manual = text(&manual.stdout).replace("\\-", "-");
    for words in ["--screen-reader", "--plain", "130 interrupted"] {
        assert!(manual.contains(words), "{words}");
    }
}

#[test]
fn a_missing_path_exits_with_two_and_a_message() {
    let home = Home::with_news();
    for args in [
        &["nowhere"][..],
        &["print", "nowhere"],
        &["extract", "nowhere"],
    ] {
        let output = home.run(args);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            said.starts_with("pullquote: nowhere: no such file or folder"),
            "{said}"
        );
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    let mut screen = home.open(&["nowhere"], (80, 24));
    screen.wait_for_exit(2).terminal_is_restored();
    assert!(
        screen.screen().contains("pullquote: "),
        "{}",
        screen.screen()
    );
}

#[test]
fn a_wrong_configuration_exits_with_two_and_the_line() {
    let home = Home::with_news();
    home.configure("mouse = true\ntheem = \"dark\"\n");
    let mut screen = home.open(&["articles"], (120, 24));
    screen.wait_for_exit(2);
    let said = screen.screen();
    assert!(
        said.contains("config.toml:2") && said.contains("did you mean `theme`?"),
        "{said}"
    );
    assert!(
        !screen
            .bytes()
            .windows(8)
            .any(|window| window == b"\x1b[?1049h"),
        "the screen was taken"
    );
}

#[test]
fn help_and_version_have_short_and_long_forms() {
    let home = Home::empty();
    let of = |arg| text(&home.run(&[arg]).stdout).to_owned();
    assert!(of("-h").lines().count() <= of("--help").lines().count());
    let number = concat!("pullquote ", env!("CARGO_PKG_VERSION"));
    assert_eq!(of("-V").trim(), number);
    let long = of("--version");
    assert!(long.starts_with(&format!("{number} (")), "{long}");
    assert_eq!(long.contains("pdf"), cfg!(feature = "pdf"), "{long}");
}

#[test]
fn standard_input_is_an_article() {
    let home = Home::empty();
    let output = home.run_with(&["-"], "Title\n\n“Yes,” said Ana Ruiz.\n".as_bytes());
    assert!(
        text(&output.stdout).contains("Speakers\n  Ana Ruiz"),
        "{output:?}"
    );
}
