//! The real program in a real terminal, from start to exit.

mod batch;
mod hostile;
mod terminal;

use crate::harness::session::Home;

#[test]
fn a_session_reads_searches_follows_a_speaker_and_quits() {
    let home = Home::with_news();
    let mut screen = home.open(&["articles"], (80, 24));
    screen
        .wait_for("Harbor talks end without a date")
        .wait_for("p 1/4");
    screen.type_keys("<Space>").wait_for("p 2/4");
    screen.type_keys("b").wait_for("p 1/4");
    screen.type_keys("/terminal").wait_for("1 of 3");
    screen.type_keys("<Enter>").wait_for("“terminal” 1/3");
    screen.type_keys("n").wait_for("“terminal” 2/3");
    screen.type_keys("<Esc>").wait_without("“terminal”");
    screen
        .type_keys(":speaker okafor<Enter>")
        .wait_for("Maria Okafor, finance minister · direct")
        // The rest of the folder has been read.
        .wait_for("Maria Okafor    5    9");
    screen
        .type_keys("99]s")
        .wait_for("article 2 of 3 with Okafor")
        .wait_for("A budget without a harbor");
    screen
        .type_keys("99]s")
        .wait_for("article 3 of 3 with Okafor")
        .wait_for("Railway to the lake");
    screen
        .type_keys("<C-o>")
        .wait_for("A budget without a harbor");
    screen.type_keys("q").wait_for_exit(0);
    assert!(screen.terminal_is_restored());
}

#[test]
fn without_a_path_the_configured_folder_is_read() {
    let home = Home::with_news();
    let mut screen = home.open(&[], (80, 24));
    screen
        .wait_for("Harbor talks end without a date")
        .type_keys("Q")
        .wait_for_exit(0);
    home.configure("articles = \"articles/02-budget.md\"");
    home.open(&[], (80, 24))
        .wait_for("A budget without a harbor")
        .type_keys("Q")
        .wait_for_exit(0);
}

#[test]
fn a_hit_of_a_folder_search_opens() {
    let home = Home::with_news();
    let mut screen = home.open(&["articles"], (80, 24));
    screen
        .wait_for("p 1/4")
        .type_keys("\\carriage")
        .wait_for("1 in 1 article");
    screen
        .type_keys("<Enter>")
        .wait_for("Railway to the lake")
        .wait_for("“carriage” 1/1");
}

#[test]
fn resizing_keeps_the_same_sentence_on_top() {
    let home = Home::with_news();
    let mut screen = home.open(&["articles/01-harbor-talks.txt"], (80, 24));
    screen
        .wait_for("p 1/4")
        .type_keys("}}}}}")
        .wait_for("Jens Lindqvist, a spokesman");
    screen.wait_without("MOMBASA, Kenya, March 3");
    for (width, height) in [(120, 36), (60, 20), (40, 15)] {
        screen.resize(width, height).wait_for("Jens Lindqvist, a");
    }
    screen.resize(10, 3).wait_for("20×5");
    screen
        .resize(80, 24)
        .wait_for("Jens Lindqvist, a spokesman");
    screen
        .wait_without("MOMBASA, Kenya, March 3")
        .type_keys("q")
        .wait_for_exit(0);
    assert!(screen.terminal_is_restored());
}

#[test]
fn the_place_is_kept_between_two_runs() {
    let home = Home::with_news();
    let mut first = home.open(&["articles"], (80, 24));
    first
        .wait_for("p 1/4")
        .type_keys("<Space><Space>")
        .wait_for("p 3/4")
        .type_keys("q")
        .wait_for_exit(0);
    let mut second = home.open(&["articles"], (80, 24));
    second
        .wait_for("p 3/4")
        .type_keys("JJ")
        .wait_for("Norland leaves")
        .type_keys("q")
        .wait_for_exit(0);
    home.open(&["articles"], (80, 24))
        .wait_for("Norland leaves");
}

#[test]
fn an_open_file_reloads_when_it_changes() {
    let home = Home::with_news();
    let mut screen = home.open(&["articles"], (80, 24));
    // The folder is watched once its articles have been read.
    screen
        .wait_for("p 1/4")
        .wait_without("reading")
        .type_keys("C")
        .wait_for("─ 4 ─")
        .type_keys("q");
    home.write(
        "01-harbor-talks.txt",
        "Another headline\n\nAnd another text.\n",
    );
    screen.wait_for("And another text.");
    home.write("05-late.txt", "Late edition\n\nFresh.\n");
    screen.type_keys("C").wait_for("Late edition");
    std::fs::remove_file(home.articles().join("05-late.txt")).unwrap();
    screen.wait_without("Late edition");
}

#[test]
fn renamed_moved_and_ignored_files_are_followed() {
    let home = Home::with_news();
    let (news, aside) = (home.articles(), home.path().join("aside"));
    std::fs::create_dir_all(aside.join("deep")).unwrap();
    std::fs::write(aside.join("deep/one.txt"), "Moved in\n\nText.\n").unwrap();
    std::fs::write(aside.join("deep/two.txt"), "Moved in too\n\nText.\n").unwrap();
    let mut screen = home.open(&["articles"], (80, 24));
    screen
        .wait_for("p 1/4")
        .wait_without("reading")
        .type_keys("C");
    screen.wait_for("─ 4 ─");
    // A folder with articles is moved in and out again.
    std::fs::rename(&aside, news.join("aside")).unwrap();
    screen.wait_for("Moved in too").wait_for("─ 6 ─");
    std::fs::rename(news.join("aside"), &aside).unwrap();
    screen.wait_without("Moved in").wait_for("─ 4 ─");
    // As editors save: written to another file and renamed.
    home.write(".03-court.txt.swp", "nothing to read\n");
    home.write("03-court.new", "Court sits again\n\nText.\n");
    std::fs::rename(news.join("03-court.new"), news.join("03-court.txt")).unwrap();
    screen.wait_for("Court sits again").wait_for("─ 4 ─");
    std::fs::rename(news.join("03-court.txt"), news.join("09-court.txt")).unwrap();
    home.write("10-last.txt", "The last of all\n\nText.\n");
    screen.wait_for("The last of all").wait_for("─ 5 ─");
    // Newly ignored files disappear, and come back when they are no longer ignored.
    home.write(".ignore", "10-last.txt\n");
    screen.wait_without("The last of all").wait_for("─ 4 ─");
    std::fs::remove_file(news.join(".ignore")).unwrap();
    screen.wait_for("The last of all");
    screen.type_keys("Q").wait_for_exit(0);
}

#[test]
fn the_article_folder_is_never_written_to() {
    let home = Home::with_news();
    let names = || {
        let mut names: Vec<_> = std::fs::read_dir(home.articles())
            .unwrap()
            .map(|e| e.unwrap().path())
            .collect();
        names.sort();
        let contents: Vec<_> = names
            .iter()
            .map(|name| std::fs::read(name).unwrap())
            .collect();
        (names, contents)
    };
    let before = names();
    let mut screen = home.open(&["articles"], (80, 24));
    screen
        .wait_for("p 1/4")
        .type_keys("\"]sBmaJ\\engine<Enter>")
        .wait_for("“engine” 1/1");
    screen.type_keys("q").wait_for_exit(0);
    assert_eq!(names(), before);
    assert!(home.path().join("state/pullquote/state.json").exists());
}
