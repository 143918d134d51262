//! The index on disk: whatever happens to it, commands give the same results as without one.
//!
//! `PULLQUOTE_ROUNDS=200 cargo test --test it store` runs more rounds of the randomized tests.

use std::path::PathBuf;
use std::time::Duration;

use crate::harness::session::Home;

/// The number of rounds of a randomized test.
fn rounds() -> usize {
    let rounds = std::env::var("PULLQUOTE_ROUNDS").ok();
    rounds.and_then(|rounds| rounds.parse().ok()).unwrap_or(6)
}

/// A deterministic random number generator.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

const NAMES: [&str; 4] = ["Ana Ruiz", "Jens Lindqvist", "Amina Yusuf", "Paul Weller"];
const COUNTRIES: [&str; 4] = ["Peru", "Norway", "Kenya", "Japan"];

fn article(number: usize) -> String {
    let (name, country) = (NAMES[number % 4], COUNTRIES[number / 4 % 4]);
    format!(
        "Talks number {number}\n\nLIMA, March {} - Ministers of {country} met on the harbor.\n\n\
         “We will build {number} piers,” said {name}, the mayor. Word{number} was not heard again.\n",
        number % 28 + 1
    )
}

fn home(n_articles: usize) -> Home {
    let home = Home::empty();
    for number in 0..n_articles {
        home.write(&format!("{}/{number}.txt", number % 5), article(number));
    }
    home
}

const QUESTIONS: [&[&str]; 11] = [
    &["search", "piers", "articles"],
    &["search", "speaker:ruiz country:pe", "articles"],
    &["search", "word7 OR \"talks number 8\"", "articles"],
    &["speakers", "articles"],
    &["countries", "articles"],
    &["quotes", "articles", "--country", "ke"],
    &["quotes", "articles", "--speaker", "UIZ"],
    &["speakers", "articles", "--country", "PE"],
    &["countries", "articles", "--speaker", "ana"],
    &["search", "piers path:/2 -word7", "articles/"],
    &["search", "wor* -piers OR word12", "articles", "articles/3"],
];

fn answer(home: &Home, question: &[&str]) -> (Option<i32>, String) {
    let output = home.run(question);
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(!complaints.contains("panicked"), "{complaints}");
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
    )
}

fn answers(home: &Home) -> Vec<(Option<i32>, String)> {
    QUESTIONS
        .iter()
        .map(|question| answer(home, question))
        .collect()
}

/// The results without an index.
fn answers_without(home: &Home) -> Vec<(Option<i32>, String)> {
    let cache = home.path().join("cache");
    let aside = home.path().join("aside");
    let is_there = cache.exists();
    if is_there {
        std::fs::rename(&cache, &aside).unwrap();
    }
    let answers = answers(home);
    assert!(!cache.exists(), "a question makes no index");
    if is_there {
        std::fs::rename(&aside, &cache).unwrap();
    }
    answers
}

fn index(home: &Home) {
    let output = home.run(&["index", "articles"]);
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{complaints}");
}

/// The files of the index.
fn files(home: &Home) -> Vec<PathBuf> {
    let Ok(folder) = std::fs::read_dir(home.path().join("cache/pullquote")) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn file(home: &Home, ending: &str) -> PathBuf {
    let mut files = files(home).into_iter();
    files
        .find(|file| file.to_str().unwrap().ends_with(ending))
        .unwrap()
}

fn files_indexed(home: &Home) -> String {
    let (code, status) = answer(home, &["index", "articles", "--status"]);
    assert_eq!(code, Some(0), "{status}");
    let (_, counts) = status.split_once(": ").unwrap();
    counts.split(", ").next().unwrap().to_owned()
}

#[test]
fn the_index_gives_the_same_results_as_reading_everything() {
    let home = home(40);
    let expected = answers_without(&home);
    assert!(
        expected
            .iter()
            .all(|(code, text)| *code == Some(0) && !text.is_empty())
    );
    index(&home);
    assert_eq!(files_indexed(&home), "40 articles in 40 files");
    assert_eq!(answers(&home), expected);
    let nothing = ["search", "word99", "articles"];
    assert_eq!(answer(&home, &nothing), (Some(1), String::new()));
}

#[test]
fn changed_moved_and_deleted_files_are_noticed_with_an_old_index() {
    let home = home(20);
    index(&home);
    home.write("0/0.txt", "New words\n\n“Piers,” said Ana Ruiz of Peru.\n");
    home.write(
        "new.md",
        "# More piers\n\n“No,” said Salim Juma in Kenya.\n",
    );
    let articles = home.articles();
    std::fs::rename(articles.join("1/1.txt"), articles.join("2/moved.txt")).unwrap();
    std::fs::remove_dir_all(articles.join("3")).unwrap();
    let expected = answers_without(&home);
    assert_eq!(answers(&home), expected);
    index(&home);
    assert_eq!(files_indexed(&home), "17 articles in 17 files");
    assert_eq!(answers(&home), expected);
}

#[test]
fn every_article_of_a_file_is_indexed() {
    let home = Home::empty();
    let message = |number: usize| {
        format!(
            "From ana@example.org Mon Nov 16 10:00:00 2026\nFrom: Ana <ana@example.org>\n\
             Subject: Letter {number}\nMessage-ID: <{number}@example.org>\n\n{}\n",
            article(number)
        )
    };
    home.write("box.mbox", (0..9).map(message).collect::<String>());
    let expected = answers_without(&home);
    index(&home);
    assert_eq!(files_indexed(&home), "9 articles in 1 files");
    assert_eq!(answers(&home), expected);
}

#[test]
fn a_file_that_grows_too_long_leaves_the_index() {
    let home = home(3);
    home.write("0/0.txt", article(0).repeat(3));
    index(&home);
    assert_eq!(files_indexed(&home), "3 articles in 3 files");
    home.write("0/0.txt", article(0).repeat(110_000));
    index(&home);
    assert_eq!(files_indexed(&home), "2 articles in 2 files");
}

#[test]
fn killing_the_indexer_never_causes_wrong_results() {
    let home = home(60);
    let expected = answers_without(&home);
    let mut dice = Dice(7);
    for round in 0..rounds() {
        if dice.roll(8) == 0 {
            let _ = std::fs::remove_dir_all(home.path().join("cache"));
        }
        // Give the indexer work in every round.
        let number = dice.roll(60);
        home.write(&format!("{}/{number}.txt", number % 5), article(number));
        let mut indexer = home.behind(&["index", "articles"]);
        std::thread::sleep(Duration::from_millis(dice.roll(250) as u64));
        let _ = indexer.kill();
        indexer.wait().unwrap();
        assert_eq!(answers(&home), expected, "round {round}");
    }
    index(&home);
    assert_eq!(files_indexed(&home), "60 articles in 60 files");
    assert_eq!(answers(&home), expected);
}

#[test]
fn a_damaged_index_never_causes_wrong_results_and_is_rebuilt() {
    let home = home(30);
    let expected = answers_without(&home);
    let mut dice = Dice(11);
    for round in 0..rounds() {
        index(&home);
        let ending = [".index", ".index", ".index", ".seal", ".index-wal"][dice.roll(5)];
        let file = file(&home, ending);
        let mut bytes = std::fs::read(&file).unwrap();
        let length = bytes.len() + 1;
        match dice.roll(4) {
            0 => bytes.truncate(dice.roll(length)),
            1 => {
                let byte = |_| u8::try_from(dice.roll(256)).unwrap();
                bytes = (0..20_000).map(byte).collect();
            }
            2 => {
                let start = dice.roll(length);
                bytes
                    .iter_mut()
                    .skip(start)
                    .take(5000)
                    .for_each(|byte| *byte = 0);
            }
            _ => {
                for _ in 0..20 {
                    let at = dice.roll(length);
                    let bit = 1 << dice.roll(8);
                    bytes
                        .iter_mut()
                        .skip(at)
                        .take(1)
                        .for_each(|byte| *byte ^= bit);
                }
            }
        }
        std::fs::write(&file, bytes).unwrap();
        assert_eq!(answers(&home), expected, "round {round}: {ending}");
        index(&home);
        assert_eq!(
            files_indexed(&home),
            "30 articles in 30 files",
            "round {round}: {ending}"
        );
        assert_eq!(answers(&home), expected, "round {round}: {ending}");
    }
}

#[test]
fn damage_noticed_only_by_the_writer_is_repaired_at_the_next_start() {
    let home = home(10);
    index(&home);
    let database = rusqlite::Connection::open(file(&home, ".index")).unwrap();
    let damage = "DELETE FROM facts WHERE name = 'next'";
    database.execute_batch(damage).unwrap();
    drop(database);
    std::fs::write(file(&home, ".seal"), "").unwrap();
    home.write("new.txt", article(10));
    let expected = answers_without(&home);
    let output = home.run(&["index", "articles"]);
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{complaint}");
    assert!(complaint.contains("it is damaged"), "{complaint}");
    assert_eq!(answers(&home), expected);
    index(&home);
    assert_eq!(files_indexed(&home), "11 articles in 11 files");
    assert_eq!(answers(&home), expected);
}

#[test]
fn an_index_of_another_version_is_rebuilt() {
    let home = home(10);
    index(&home);
    let database = rusqlite::Connection::open(file(&home, ".index")).unwrap();
    let other =
        "UPDATE facts SET value = value + 1 WHERE name = 'key'; UPDATE surveys SET surveys = x'00'";
    database.execute_batch(other).unwrap();
    drop(database);
    // As that version would have left it.
    std::fs::write(file(&home, ".seal"), "").unwrap();
    let expected = answers_without(&home);
    assert_eq!(answers(&home), expected);
    index(&home);
    assert_eq!(files_indexed(&home), "10 articles in 10 files");
    assert_eq!(answers(&home), expected);
}

#[test]
fn different_field_names_use_a_different_index() {
    let home = Home::empty();
    let said =
        |name: &str| format!("The talks ended on Monday. “It is over,” said {name} in Lima.");
    let (short, whole) = (said("Ana Ruiz"), said("Amina Yusuf"));
    let object = format!(r#"{{"title":"Talks end","text":"{short}","volledig":"{whole}"}}"#);
    home.write("dump.json", object);
    index(&home);
    let question = ["quotes", "articles"];
    assert!(answer(&home, &question).1.contains("Ana Ruiz"));
    home.configure("[json]\ntext = ['inhoud', 'volledig']\n");
    let (_, without) = answer(&home, &question);
    assert!(without.contains("Amina Yusuf"), "{without}");
    index(&home);
    assert_eq!(files_indexed(&home), "1 articles in 1 files");
    assert_eq!(answer(&home, &question).1, without);
}

#[test]
fn two_processes_can_share_an_index() {
    let home = home(80);
    let expected = answers_without(&home);
    let mut one = home.behind(&["index", "articles"]);
    let mut other = home.behind(&["index", "articles"]);
    assert_eq!(answers(&home), expected);
    let codes = [one.wait().unwrap().code(), other.wait().unwrap().code()];
    // The second either found nothing to do, or found the index locked by the first.
    assert!(codes.contains(&Some(0)) && codes.iter().all(|code| matches!(code, Some(0 | 2))));
    assert_eq!(files_indexed(&home), "80 articles in 80 files");
    assert_eq!(answers(&home), expected);
}

#[test]
fn without_a_writable_directory_everything_works_without_an_index() {
    let home = home(10);
    let expected = answers_without(&home);
    std::fs::write(home.path().join("cache"), "a file, not a folder").unwrap();
    assert_eq!(answers(&home), expected);
    let output = home.run(&["index", "articles"]);
    assert_eq!(output.status.code(), Some(2));
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert!(
        complaint.contains("the index cannot be written: ") && complaint.contains("cache"),
        "{complaint}"
    );
    let mut screen = home.open(&["articles"], (80, 24));
    screen.wait_for("Talks number 0");
    screen.type_keys("q").wait_for_exit(0);
}

#[test]
fn reading_creates_the_index_and_uses_it() {
    let home = home(20);
    let expected = answers_without(&home);
    let mut screen = home.open(&["articles"], (80, 24));
    screen.wait_for("Talks number 0");
    let deadline = std::time::Instant::now() + Duration::from_secs(20);
    while files_known(&home) < 20 && std::time::Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(50));
    }
    screen.type_keys("q").wait_for_exit(0);
    assert_eq!(files_indexed(&home), "20 articles in 20 files");
    assert_eq!(answers(&home), expected);
    let mut screen = home.open(&["articles"], (80, 24));
    screen.wait_for("Talks number 0");
    screen.wait_for("Ana Ruiz        1    5");
    screen.type_keys("q").wait_for_exit(0);
}

/// The number of files in the index, as `pullquote index` reports it.
fn files_known(home: &Home) -> usize {
    let output = home.run(&["index", "articles", "--status"]);
    let status = String::from_utf8(output.stdout).unwrap();
    let count = status.split_once(" articles in ").map(|(_, rest)| rest);
    let count = count.and_then(|rest| rest.split(' ').next()?.parse().ok());
    count.unwrap_or(0)
}

#[test]
fn a_huge_folder_opens_from_the_index_and_is_then_updated() {
    let home = home(2000);
    index(&home);
    let image = || {
        files(&home)
            .into_iter()
            .find(|file| file.extension() == Some("image".as_ref()))
    };
    let mut screen = home.open(&["articles"], (100, 24));
    let deadline = std::time::Instant::now() + Duration::from_mins(1);
    while image().is_none() && std::time::Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(50));
    }
    let image = image().expect("what is known of a huge folder is kept");
    screen.type_keys("q").wait_for_exit(0);
    let articles = home.path().join("articles");
    for name in ["0/5.txt", "1/1.txt"] {
        std::fs::remove_file(articles.join(name)).unwrap();
    }
    home.write(
        "2/2.txt",
        "Changed\n\n“It is another one,” said Zoe Quill, the mayor.\n",
    );
    home.write(
        "0/0a.txt",
        "New\n\n“It was not there,” said Otto Vance, the mayor.\n",
    );
    let kept = std::fs::read(&image).unwrap();
    for damage in [None, Some(kept.len() / 3), Some(kept.len() - 1)] {
        let mut bytes = kept.clone();
        if let Some(at) = damage {
            bytes[at] ^= 4;
        }
        std::fs::write(&image, bytes).unwrap();
        let mut screen = home.open(&["articles"], (100, 24));
        screen
            .type_keys("C")
            .wait_for("Contents, by path")
            .wait_for("1999 ");
        screen
            .type_keys("gg")
            .wait_for("Talks number 0")
            .wait_for("New");
        screen
            .type_keys("C@")
            .wait_for("Zoe Quill")
            .wait_for("Otto Vance");
        screen.type_keys("/ana").wait_for("Ana Ruiz");
        screen.wait_for("500 in   500 articles");
        screen.type_keys("\rQ").wait_for_exit(0);
    }
}
