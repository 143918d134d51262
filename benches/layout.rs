//! Layout of key presses, resizes and page numbers: `cargo bench --bench layout`.
//!
//! The article is 1 MB of paragraphs with typographic quotation marks, like a wire story.

use divan::{Bencher, black_box};
use pullquote::document::{Block, BlockKind, Document};
use pullquote::layout::{
    Flow, HyphenationLanguage, Measure, PageShape, Preface, Spread, cells, paginate,
};
use pullquote::text::Span;

fn main() {
    divan::main();
}

const SHAPE: PageShape = PageShape {
    height_rows: 33,
    columns: 2,
};
const WORDS: &[&str] = &[
    "the",
    "harbour",
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
    "according",
    "three",
    "people",
    "present",
    "at",
    "talks",
    "in",
    "Mombasa.",
    "“Cargo",
    "does",
    "not",
    "wait",
    "signature,”",
    "she",
    "said",
    "international",
    "representatives",
    "—",
    "government’s",
];
const JAPANESE: &str = "港湾当局と省は火曜日、第二ターミナルの期日について合意できなかったと、会談に出席した三人が語った。";

#[derive(Clone, Copy, Debug)]
enum Kind {
    English,
    Ascii,
    Japanese,
    Thai,
    OneLine,
}

const KINDS: [Kind; 5] = [
    Kind::English,
    Kind::Ascii,
    Kind::Japanese,
    Kind::Thai,
    Kind::OneLine,
];

fn article(kind: Kind, n_bytes: usize) -> Document {
    let mut document = Document::default();
    let mut seed = 1_u32;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    while document.text.len() < n_bytes {
        let start = document.text.len();
        let length = if matches!(kind, Kind::OneLine) {
            16_000
        } else {
            200 + random(400)
        };
        while document.text.len() < start + length {
            match kind {
                Kind::Japanese => document.text.push_str(JAPANESE),
                Kind::Thai => document.text.push_str("การเจรจาท่าเรือล้มเหลวโดยไม่มีกำหนดวันที่ "),
                Kind::OneLine => document.text.push('“'),
                Kind::English => document.text.extend([WORDS[random(WORDS.len())], " "]),
                Kind::Ascii => {
                    let word = WORDS[random(WORDS.len())];
                    document
                        .text
                        .extend([if word.is_ascii() { word } else { "plain" }, " "]);
                }
            }
        }
        let end = document.text.trim_end().len();
        document.blocks.push(Block {
            kind: BlockKind::Paragraph,
            span: Span::from_usize(start, end),
            joined: false,
        });
        document.text.push_str("\n\n");
    }
    document
}

fn measure(width_columns: u16) -> Measure {
    Measure {
        width_columns,
        justify: true,
        hyphenate: HyphenationLanguage::from_code("en"),
        preface: Preface::default(),
    }
}

/// A page far inside an article that has not been laid out yet.
#[divan::bench(args = KINDS)]
fn cold_spread(bencher: Bencher, kind: Kind) {
    let document = article(kind, 1_000_000);
    bencher.bench(|| Flow::new(measure(39)).spread(&document, black_box(700_000 / 3 * 3), SHAPE));
}

/// The same page again.
#[divan::bench(args = KINDS)]
fn warm_spread(bencher: Bencher, kind: Kind) {
    let document = article(kind, 1_000_000);
    let mut flow = Flow::new(measure(39));
    bencher.bench_local(|| flow.spread(&document, black_box(700_000 / 3 * 3), SHAPE));
}

/// One page back, when that page was just laid out.
#[divan::bench(args = KINDS)]
fn warm_page_up(bencher: Bencher, kind: Kind) {
    let document = article(kind, 1_000_000);
    let mut flow = Flow::new(measure(39));
    bencher.bench_local(|| flow.spread_before(&document, black_box(700_000 / 3 * 3), SHAPE));
}

/// All the glyphs of a page.
#[divan::bench(args = KINDS)]
fn cells_of_a_spread(bencher: Bencher, kind: Kind) {
    let document = article(kind, 1_000_000);
    let measure = measure(39);
    let spread: Spread = Flow::new(measure.clone()).spread(&document, 0, SHAPE);
    let lines = spread.columns.concat();
    bencher.bench(|| {
        lines
            .iter()
            .map(|line| cells(&document, line, &measure).len())
            .sum::<usize>()
    });
}

/// The page numbers of the whole article.
#[divan::bench(args = KINDS, sample_count = 20)]
fn page_numbers(bencher: Bencher, kind: Kind) {
    let document = article(kind, 1_000_000);
    bencher.bench(|| paginate(&document, &measure(39), SHAPE, &mut || false));
}
