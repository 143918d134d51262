//! Articles, titles and file names with control sequences, and paths that are not regular files.

use std::os::unix::ffi::OsStrExt as _;
use std::process::Command;

use crate::harness::session::Home;

/// Every kind of control sequence: a title, a color, C1, a bidi override, a lone CR.
const HARM: &str =
    "x\u{1b}]0;owned\u{7}y\u{1b}[31mz\u{9b}31m\u{202e}drow\u{2066}\u{0}\u{8}\u{7f}\rend";

const BIDI: [char; 4] = ['\u{202e}', '\u{2066}', '\u{200f}', '\u{2069}'];

fn hostile() -> Home {
    let home = Home::empty();
    home.write(
        "01-a.txt",
        format!("Title {HARM}\n\n“We {HARM} will,” said Ana {HARM} Ruiz, the {HARM}.\n"),
    );
    home.write(
        "02-b.md",
        format!(
            "---\ntitle: \"Front {}\"\nauthor: \"{HARM}\"\n---\n\nText {HARM}.\n",
            HARM.escape_default()
        ),
    );
    let name = std::ffi::OsStr::from_bytes(b"03-\x1b]0;owned\x07\xc2\x9b31m\xe2\x80\xae\xff.txt");
    std::fs::write(home.articles().join(name), "").unwrap();
    home
}

/// Asserts that output has no control characters.
#[track_caller]
fn is_tame(output: &[u8], what: &str) {
    let text = String::from_utf8_lossy(output);
    let bad = text
        .chars()
        .find(|&c| c != '\n' && c.is_control() || BIDI.contains(&c));
    assert_eq!(bad, None, "{what}: {text:?}");
}

#[test]
fn no_byte_of_an_article_controls_the_terminal() {
    let home = hostile();
    let mut screen = home.open(&["articles"], (80, 24));
    screen
        .wait_for("1/3")
        .type_keys("\"/end<Enter>")
        .wait_for("“end”");
    screen
        .type_keys("C")
        .wait_for("Contents")
        .type_keys("=")
        .wait_for("File:")
        .type_keys("<Enter>");
    screen
        .type_keys("@")
        .wait_for("Speakers in")
        .type_keys("q\\end")
        .wait_for("Find in the folder");
    screen
        .type_keys("<Enter>")
        .wait_for("“end” 1/")
        .type_keys("J")
        .wait_for("2/3");
    screen
        .type_keys("J")
        .wait_for("3/3")
        .type_keys("=")
        .wait_for("File:")
        .type_keys("<Enter>yu");
    screen
        .type_keys(":nonsense<Enter>")
        .wait_for("unknown command")
        .type_keys("Q")
        .wait_for_exit(0);
    let text = String::from_utf8(screen.bytes()).unwrap();
    assert!(!text.contains("\u{1b}]0;"), "a title was set");
    assert!(
        !text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c)),
        "C1"
    );
    assert!(!text.contains(BIDI), "bidi");
    let harmless = ['\u{1b}', '\r', '\n', '\u{8}'];
    let bad = text
        .chars()
        .find(|c| c.is_ascii_control() && !harmless.contains(c));
    assert_eq!(bad, None);
    assert!(screen.terminal_is_restored());
}

#[test]
fn no_byte_of_an_article_reaches_piped_output_as_a_control_character() {
    let home = hostile();
    for command in ["print", "quotes", "speakers", "countries"] {
        let output = home.run(&[command, "articles"]);
        is_tame(&output.stdout, command);
        is_tame(&output.stderr, command);
    }
    is_tame(&home.run(&["search", "end", "articles"]).stdout, "search");
    is_tame(
        &home
            .run(&["extract", "articles", "--format", "jsonl"])
            .stdout,
        "jsonl",
    );
    let error = home.run(&["\u{1b}]0;owned\u{7}\u{202e}"]);
    is_tame(&error.stderr, "error");
    assert_eq!(error.status.code(), Some(2));
}

#[test]
fn an_empty_folder_and_an_empty_file_are_reported() {
    let home = Home::empty();
    let mut screen = home.open(&["articles"], (80, 24));
    screen
        .wait_for("No articles")
        .type_keys("q")
        .wait_for_exit(0);
    home.write("empty.txt", "");
    home.open(&["articles"], (80, 24))
        .wait_for("empty.txt")
        .type_keys("q")
        .wait_for_exit(0);
}

#[test]
fn a_named_pipe_and_a_picture_do_not_block_other_files() {
    let home = Home::with_news();
    let fifo = home.articles().join("00-fifo.txt");
    assert!(
        Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap()
            .success()
    );
    home.write(
        "02-picture.txt",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xfe\0".as_slice(),
    );
    let mut screen = home.open(&["articles"], (80, 24));
    screen
        .wait_for("Harbor talks end without a date")
        .type_keys("J")
        .wait_for("A budget without");
    screen
        .type_keys("J")
        .wait_for("this file is not text")
        .type_keys("C")
        .wait_for("02-picture.txt");
    screen.type_keys("QQ").wait_for_exit(0);
    let output = home
        .open(&["articles/00-fifo.txt"], (80, 24))
        .wait_for("not a regular file")
        .screen();
    assert!(output.contains("00-fifo.txt"), "{output}");
}

#[test]
fn a_folder_without_read_permission_gives_a_message() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::with_news();
    let locked = home.articles().join("locked");
    std::fs::create_dir(&locked).unwrap();
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
    // Root can read everything.
    if std::fs::read_dir(&locked).is_err() {
        home.open(&["articles"], (80, 24))
            .wait_for("not allowed to read it")
            .wait_for("Harbor talks");
        let output = home.run(&["print", "articles"]);
        assert_eq!(output.status.code(), Some(2));
    }
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn circular_symlinks_do_no_harm() {
    let home = Home::with_news();
    std::os::unix::fs::symlink(home.articles(), home.articles().join("again")).unwrap();
    std::os::unix::fs::symlink("nowhere", home.articles().join("00-broken.txt")).unwrap();
    home.open(&["articles"], (80, 24))
        .wait_for("Harbor talks")
        .type_keys("q")
        .wait_for_exit(0);
}
