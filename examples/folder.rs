//! Generates folders of articles for benchmarks, and a bare full-text index for comparison.
//!
//! ```sh
//! cargo run --release --example folder -- make /tmp/news 10000   # prints what is in it, as JSON
//! cargo run --release --example folder -- fts5 /tmp/news /tmp/bare.db
//! ```
//!
//! The same number always gives the same folder. Words are built from syllables, with a realistic frequency
//! distribution. Quotations and countries are counted while writing, to check the results of a benchmark.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a tool for those who measure"
)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::Instant;

use serde_json::json;

/// The approximate size of an article in bytes.
const BYTES: usize = 4096;
/// The number of different words.
const WORDS: usize = 30_000;
/// The number of different speakers.
const SPEAKERS: usize = 2_000;

const COUNTRIES: [(&str, &str); 12] = [
    ("PE", "Peru"),
    ("NO", "Norway"),
    ("KE", "Kenya"),
    ("JP", "Japan"),
    ("BR", "Brazil"),
    ("PL", "Poland"),
    ("EG", "Egypt"),
    ("VN", "Vietnam"),
    ("CA", "Canada"),
    ("GH", "Ghana"),
    ("FI", "Finland"),
    ("NP", "Nepal"),
];
const ROLES: [&str; 5] = ["mayor", "spokesman", "minister", "director", "researcher"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["make", folder, count] => make(Path::new(folder), count.parse().expect("a number")),
        ["fts5", folder, database] => fts5(Path::new(folder), Path::new(database)),
        _ => panic!("make FOLDER COUNT, or fts5 FOLDER DATABASE"),
    }
}

/// A random number generator, `SplitMix64`.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn roll(&mut self, sides: usize) -> usize {
        usize::try_from(self.next() % sides as u64).unwrap()
    }

    /// A Zipf-like number below `sides`: the first is most frequent, the second half as frequent, and so on.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "small numbers"
    )]
    fn unequal(&mut self, sides: usize) -> usize {
        let chance = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((sides as f64).powf(chance) as usize - 1).min(sides - 1)
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.roll(of.len())]
    }
}

/// A made-up word, unique for its number.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 32] = [
        "ba", "do", "fi", "gu", "ke", "lo", "mi", "nu", "pa", "re", "so", "ti", "va", "we", "zo",
        "chi", "dra", "fle", "gri", "klo", "pre", "sta", "tro", "ple", "shu", "the", "qua", "bri",
        "cle", "smo", "spi", "tw",
    ];
    let mut dice = Dice(number as u64 + 77);
    let mut word = String::new();
    for _ in 0..2 + dice.roll(2) {
        word.push_str(dice.one(&SYLLABLES));
    }
    word.push_str(dice.one(&["n", "r", "l", "s", "d", "k"]));
    word
}

fn name(number: usize) -> String {
    let capital = |word: String| {
        let mut letters = word.chars();
        let first = letters.next().unwrap_or('A').to_ascii_uppercase();
        format!("{first}{}", letters.as_str())
    };
    let given = [
        "Ana", "Peter", "Maria", "John", "Sara", "David", "Emma", "Paul",
    ];
    let first = given[number % given.len()];
    format!("{first} {}", capital(word(WORDS + number)))
}

#[derive(Default)]
struct Gold {
    bytes: usize,
    quotations: usize,
    speakers: BTreeMap<String, usize>,
    countries: BTreeMap<&'static str, usize>,
}

fn make(folder: &Path, count: usize) {
    let words: Vec<String> = (0..WORDS).map(word).collect();
    let names: Vec<String> = (0..SPEAKERS).map(name).collect();
    let mut gold = Gold::default();
    for number in 0..count {
        let mut dice = Dice(number as u64 * 1_000_003 + 1);
        let text = article(number, &mut dice, &words, &names, &mut gold);
        gold.bytes += text.len();
        let day = number % 10_000;
        let (year, month) = (1996 + day / 372, day / 31 % 12 + 1);
        let place = folder.join(format!("{year}/{month:02}"));
        fs::create_dir_all(&place).unwrap();
        fs::write(place.join(format!("{number:06}.txt")), text).unwrap();
    }
    let speakers: BTreeMap<_, _> = gold.speakers.iter().take(20).collect();
    println!(
        "{}",
        json!({
            "articles": count,
            "bytes": gold.bytes,
            "quotations": gold.quotations,
            "all_speakers": gold.speakers.len(),
            "speakers": speakers,
            "countries": gold.countries,
        })
    );
}

fn article(
    number: usize,
    dice: &mut Dice,
    words: &[String],
    names: &[String],
    gold: &mut Gold,
) -> String {
    let mut text = String::with_capacity(BYTES + 500);
    let sentence = |dice: &mut Dice, text: &mut String| {
        let length = 6 + dice.roll(14);
        for at in 0..length {
            let word = &words[dice.unequal(words.len())];
            if at == 0 {
                let (first, rest) = word.split_at(1);
                text.push_str(&first.to_uppercase());
                text.push_str(rest);
            } else {
                text.push(' ');
                text.push_str(word);
            }
        }
    };
    sentence(dice, &mut text);
    let day = number % 28 + 1;
    let _ = write!(
        text,
        "\n\nBy Rosa Field, March {day}, {}\n\n",
        1996 + number % 30
    );
    while text.len() < BYTES {
        for _ in 0..=dice.roll(4) {
            sentence(dice, &mut text);
            text.push_str(". ");
        }
        if dice.roll(3) == 0 {
            let (code, country) = COUNTRIES[dice.unequal(COUNTRIES.len())];
            let _ = write!(text, "Nobody in {country} agreed. ");
            *gold.countries.entry(code).or_default() += 1;
        }
        text.push_str("\n\n");
        if dice.roll(2) == 0 {
            let name = &names[dice.unequal(names.len())];
            text.push('“');
            sentence(dice, &mut text);
            let role = ROLES[dice.roll(ROLES.len())];
            let _ = write!(text, ",” said {name}, the {role}.\n\n");
            gold.quotations += 1;
            *gold.speakers.entry(name.clone()).or_default() += 1;
        }
    }
    text
}

/// Builds only an `SQLite` full-text index of the files, as the `sqlite3` shell would.
fn fts5(folder: &Path, database: &Path) {
    let started = Instant::now();
    let _ = fs::remove_file(database);
    let mut connection = rusqlite::Connection::open(database).unwrap();
    let schema = "CREATE VIRTUAL TABLE articles USING fts5(path UNINDEXED, text)";
    connection.execute_batch(schema).unwrap();
    let transaction = connection.transaction().unwrap();
    let (mut count, mut bytes) = (0, 0);
    {
        let mut insert = transaction
            .prepare("INSERT INTO articles VALUES(?, ?)")
            .unwrap();
        for entry in ignore::WalkBuilder::new(folder).build() {
            let path = entry.unwrap().into_path();
            if path.is_file() {
                let text = fs::read_to_string(&path).unwrap();
                insert.execute((path.to_str(), &text)).unwrap();
                count += 1;
                bytes += text.len();
            }
        }
    }
    transaction.commit().unwrap();
    let size = fs::metadata(database).unwrap().len();
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{}",
        json!({"articles": count, "bytes": bytes, "seconds": seconds, "size": size})
    );
}
