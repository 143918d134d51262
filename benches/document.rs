//! Reading files: `cargo bench --bench document`.
//!
//! The huge files stand in for mail archives and dumps of a whole agency; the small ones are typical
//! articles.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use pullquote::document::{peek, read};

fn main() {
    divan::main();
}

const MEGABYTE: usize = 1 << 20;

/// The layout or encoding of a file.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Blank,
    Line,
    Wrapped,
    Indented,
    Unbroken,
    Latin,
    Markdown,
}

const WORDS: &[&str] = &[
    "the",
    "harbor",
    "authority",
    "and",
    "ministry",
    "failed",
    "on",
    "Tuesday",
    "to",
    "agree",
    "a",
    "date",
    "for",
    "second",
    "terminal,",
    "“Cargo",
    "does",
    "not",
    "wait,”",
    "she",
    "said.",
    "international",
    "café",
    "government’s",
];

/// A file of about `n_bytes`, in UTF-8 except for [`Kind::Latin`].
fn file(kind: Kind, n_bytes: usize) -> Vec<u8> {
    let mut text = String::with_capacity(n_bytes + 1024);
    let mut seed = 1_u32;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    while text.len() < n_bytes {
        paragraph(&mut text, kind, 40 + random(60), &mut random);
        text.push_str(match kind {
            Kind::Line | Kind::Indented => "\n",
            Kind::Unbroken => " ",
            _ => "\n\n",
        });
    }
    match kind {
        Kind::Latin => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
        _ => text.into_bytes(),
    }
}

fn paragraph(
    text: &mut String,
    kind: Kind,
    n_words: usize,
    random: &mut impl FnMut(usize) -> usize,
) {
    let is_wrapped = matches!(kind, Kind::Wrapped | Kind::Indented);
    let mut column = 0;
    if let Kind::Indented = kind {
        text.push_str("  ");
        column = 2;
    }
    text.push_str("Ministers");
    column += "Ministers".len();
    for _ in 0..n_words {
        let word = WORDS[random(WORDS.len())];
        column += 1 + word.chars().count();
        if is_wrapped && column > 72 {
            text.push('\n');
            column = word.chars().count();
        } else {
            text.push(' ');
        }
        text.push_str(word);
    }
    text.push_str(" left.");
}

fn bench(bencher: Bencher, kind: Kind, n_bytes: usize) {
    let name = if matches!(kind, Kind::Markdown) {
        "a.md"
    } else {
        "a.txt"
    };
    let bytes = file(kind, n_bytes);
    bencher
        .counter(BytesCount::new(bytes.len()))
        .with_inputs(|| bytes.clone())
        .bench_values(|bytes| read(black_box(bytes), name));
}

/// A file of 100 MB.
#[divan::bench(args = [Kind::Blank, Kind::Line, Kind::Wrapped, Kind::Indented], sample_count = 10, sample_size = 1)]
fn huge(bencher: Bencher, kind: Kind) {
    bench(bencher, kind, 100 * MEGABYTE);
}

/// A file of 10 MB: on one line, in Latin-1, with markup.
#[divan::bench(args = [Kind::Unbroken, Kind::Latin, Kind::Markdown], sample_count = 10, sample_size = 1)]
fn large(bencher: Bencher, kind: Kind) {
    bench(bencher, kind, 10 * MEGABYTE);
}

/// An article of 6 KB.
#[divan::bench(args = [Kind::Blank, Kind::Line, Kind::Wrapped, Kind::Latin, Kind::Markdown])]
fn article(bencher: Bencher, kind: Kind) {
    bench(bencher, kind, 6 * 1024);
}

/// Reading only the beginning of a file of 100 MB.
#[divan::bench]
fn peek_at_huge(bencher: Bencher) {
    let bytes = file(Kind::Wrapped, 100 * MEGABYTE);
    bencher.bench(|| peek(black_box(&bytes), "a.txt"));
}

/// A short article with and without a declared language; the difference is language detection.
#[divan::bench(args = ["lang: en", "none: en"])]
fn language(bencher: Bencher, line: &str) {
    let text = file(Kind::Line, 3 * 1024);
    let bytes = [format!("---\n{line}\n---\n\n").as_bytes(), &text].concat();
    bencher
        .with_inputs(|| bytes.clone())
        .bench_values(|bytes| read(black_box(bytes), "a.txt"));
}
