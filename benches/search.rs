//! Searching: case folding and finding words: `cargo bench --bench search`.
//!
//! The texts are 1 MB each: plain ASCII, and the same with typographic quotation marks and accents.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use pullquote::search::{CaseMatching, TextFinder};
use pullquote::text::fold::Folded;

fn main() {
    divan::main();
}

const SENTENCES: &[&str] = &[
    "\"Cargo does not wait for a signature,\" she told the harbor authority on Tuesday. ",
    "The ministry failed to agree a date for the second terminal, three people said.\n\n",
    "Delegates from Japan and Brazil left\nbefore the closing session began in Mombasa. ",
];

fn ascii() -> String {
    SENTENCES
        .concat()
        .repeat(1_000_000 / SENTENCES.concat().len())
}

fn typographic() -> String {
    ascii()
        .replace("\"Cargo", "“Cargo")
        .replace(",\" she", ",” shé")
}

#[divan::bench(args = ["ascii", "typographic"])]
fn fold(bencher: Bencher, kind: &str) {
    let text = if kind == "ascii" {
        ascii()
    } else {
        typographic()
    };
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| Folded::new(black_box(&text), &[]));
}

/// A rare word, one in every third sentence, one with a capital, and a regular expression.
#[divan::bench(args = ["zanzibar", "harbor", "Mombasa", "/t[eo]rminals?/"])]
fn find(bencher: Bencher, query: &str) {
    let text = typographic();
    let folded = Folded::new(&text, &[]);
    let finder = TextFinder::new(query, CaseMatching::Smart).value;
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| finder.find_all(black_box(&text), &folded));
}
