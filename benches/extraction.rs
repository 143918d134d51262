//! Quality of article extraction from web pages: word precision, recall and F1, compared with `dom_smoothie`.
//!
//! It needs checkouts of public test pages, which are not part of this project:
//! `cargo bench --bench extraction -- readability/test/test-pages` (github.com/mozilla/readability) and
//! `cargo bench --bench extraction -- article-extraction-benchmark` (github.com/scrapinghub). With `--pages`
//! it prints every page, with `--show=NAME` the blocks of one. `--other` names a folder with the output of
//! another program as `NAME.txt`.

#![allow(clippy::print_stdout, reason = "the table is the result")]
#![allow(
    clippy::expect_used,
    reason = "without pages there is nothing to measure"
)]
#![allow(clippy::cast_precision_loss, reason = "counts of words are small")]

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dom_smoothie::{Config, Readability, TextMode};
use pullquote::document::{BlockKind, Document, read};

/// A page with its expected article.
struct Page {
    name: String,
    html: Vec<u8>,
    expected: String,
}

/// An extraction method.
struct Method {
    name: &'static str,
    text: fn(&Page) -> String,
}

const METHODS: &[Method] = &[
    Method {
        name: "pullquote, all that is shown",
        text: |page| words_of(page, |kind| kind != BlockKind::Title),
    },
    Method {
        name: "pullquote, the article itself",
        text: |page| {
            words_of(page, |kind| {
                !matches!(
                    kind,
                    BlockKind::Title | BlockKind::Byline | BlockKind::Caption | BlockKind::Trailing
                )
            })
        },
    },
    Method {
        name: "dom_smoothie alone",
        text: plain,
    },
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let shows_pages = arguments.iter().any(|argument| argument == "--pages");
    let other = arguments.iter().position(|argument| argument == "--other");
    let other = other.and_then(|at| arguments.get(at + 1));
    let folder = arguments
        .iter()
        .find(|argument| !argument.starts_with("--") && Some(*argument) != other);
    let Some(folder) = folder.map(Path::new) else {
        println!("extraction: name a folder of test pages");
        return;
    };
    let pages = if folder.join("ground-truth.json").exists() {
        benchmark_pages(folder)
    } else {
        readability_pages(folder)
    };
    if let Some(name) = arguments
        .iter()
        .find_map(|argument| argument.strip_prefix("--show="))
    {
        show(&pages, name);
        return;
    }
    println!("{} pages of {}", pages.len(), folder.display());
    println!(
        "{:<32} {:>6} {:>6} {:>6} {:>8} {:>8}",
        "", "P", "R", "F1", "F1 < .5", "ms/page"
    );
    let mut columns = Vec::new();
    for method in METHODS {
        columns.push(measure(method.name, &pages, method.text));
    }
    if let Some(other) = other.map(PathBuf::from) {
        let text = |page: &Page| {
            fs::read_to_string(other.join(format!("{}.txt", page.name))).unwrap_or_default()
        };
        columns.push(measure("other", &pages, text));
    }
    if shows_pages {
        for (index, page) in pages.iter().enumerate() {
            let figures = columns.iter().map(|column| {
                let (precision, recall) = column[index];
                format!("{precision:.3}/{recall:.3}/{:.3}", f1(precision, recall))
            });
            println!(
                "{:<66} {}",
                page.name,
                figures.collect::<Vec<_>>().join("  ")
            );
        }
    }
}

/// Prints the blocks of the pages whose name starts with a prefix; `-` marks blocks not in the expected text.
fn show(pages: &[Page], name: &str) {
    for page in pages.iter().filter(|page| page.name.starts_with(name)) {
        let flat = |text: &str| words(text).collect::<Vec<_>>().join(" ");
        let expected = flat(&page.expected);
        let Document {
            text, blocks, meta, ..
        } = read(page.html.clone(), "page.html").value;
        println!("{}\n{meta:?}", page.name);
        for block in blocks {
            let block_text = block.span.of(&text);
            let mark = if expected.contains(&flat(block_text)) {
                '+'
            } else {
                '-'
            };
            println!("{mark} {:?}: {block_text}", block.kind);
        }
    }
}

/// Prints the row of a method and returns precision and recall by page.
fn measure(name: &str, pages: &[Page], text: impl Fn(&Page) -> String) -> Vec<(f64, f64)> {
    let mut took = Duration::ZERO;
    let scores: Vec<(f64, f64)> = pages
        .iter()
        .map(|page| {
            let started = Instant::now();
            let text = text(page);
            took += started.elapsed();
            score(&text, &page.expected)
        })
        .collect();
    let n_pages = pages.len().max(1) as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| scores.iter().map(of).sum::<f64>() / n_pages;
    let (precision, recall) = (mean(|score| score.0), mean(|score| score.1));
    let bad = scores
        .iter()
        .filter(|score| f1(score.0, score.1) < 0.5)
        .count();
    println!(
        "{name:<32} {precision:>6.3} {recall:>6.3} {:>6.3} {bad:>8} {:>8.1}",
        mean(|score| f1(score.0, score.1)),
        took.as_secs_f64() * 1000.0 / n_pages
    );
    scores
}

/// Precision and recall of the words of `text`, as multisets.
fn score(text: &str, expected: &str) -> (f64, f64) {
    let mut wanted: HashMap<String, usize> = HashMap::new();
    let mut n_wanted = 0;
    for word in words(expected) {
        *wanted.entry(word).or_default() += 1;
        n_wanted += 1;
    }
    let (mut n_found, mut n_right) = (0, 0);
    for word in words(text) {
        n_found += 1;
        if let Some(left) = wanted.get_mut(&word).filter(|left| **left > 0) {
            *left -= 1;
            n_right += 1;
        }
    }
    let part = |all: usize| {
        if all == 0 {
            f64::from(u8::from(n_found == n_wanted))
        } else {
            f64::from(n_right) / all as f64
        }
    };
    (part(n_found), part(n_wanted))
}

fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 {
        return 0.0;
    }
    2.0 * precision * recall / (precision + recall)
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let is_mark = |c: char| !c.is_alphanumeric();
    text.split(is_mark)
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// The text of the blocks of a page that pullquote shows, by kind.
fn words_of(page: &Page, is_wanted: fn(BlockKind) -> bool) -> String {
    // Alt texts are shown as captions; the expected texts have none.
    let html = String::from_utf8_lossy(&page.html).replace(" alt=", " data-description=");
    let Document { text, blocks, .. } = read(html.into_bytes(), "page.html").value;
    // If a page has only a headline, that is the article.
    let is_all = |kind| blocks.iter().all(|block| block.kind == kind);
    let is_wanted = |kind| is_wanted(kind) || is_all(kind);
    let blocks = blocks.iter().filter(|block| is_wanted(block.kind));
    // The expected texts omit list numbers, which browsers generate.
    let is_number = |c: char| c.is_ascii_digit();
    let texts: Vec<&str> = blocks
        .map(|block| match (block.kind, block.span.of(&text)) {
            (BlockKind::ListItem(_), item) => item.trim_start_matches(is_number),
            (_, other) => other,
        })
        .collect();
    texts.join("\n")
}

/// The result of `dom_smoothie` on its own.
fn plain(page: &Page) -> String {
    let config = Config {
        text_mode: TextMode::Formatted,
        ..Config::default()
    };
    let html = String::from_utf8_lossy(&page.html).into_owned();
    let article = Readability::new(html, None, Some(config)).and_then(|mut page| page.parse());
    article
        .map(|article| article.text_content.to_string())
        .unwrap_or_default()
}

/// Pages as folders with `source.html` and `expected.html`.
fn readability_pages(folder: &Path) -> Vec<Page> {
    let mut folders: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder of test pages")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    folders.sort();
    let page = |folder: &PathBuf| {
        let expected = fs::read_to_string(folder.join("expected.html")).ok()?;
        let expected = dom_query::Document::from(expected).formatted_text();
        Some(Page {
            name: folder.file_name()?.to_string_lossy().into_owned(),
            html: fs::read(folder.join("source.html")).ok()?,
            expected: expected.to_string(),
        })
    };
    folders.iter().filter_map(page).collect()
}

/// Pages in `html/NAME.html.gz` whose articles are in `ground-truth.json`.
fn benchmark_pages(folder: &Path) -> Vec<Page> {
    let truth = fs::read(folder.join("ground-truth.json")).expect("the ground truth");
    let truth: serde_json::Value = serde_json::from_slice(&truth).expect("JSON");
    let page = |(name, truth): (&String, &serde_json::Value)| {
        let file = fs::File::open(folder.join(format!("html/{name}.html.gz"))).ok()?;
        let mut html = Vec::new();
        flate2::read::GzDecoder::new(file)
            .read_to_end(&mut html)
            .ok()?;
        Some(Page {
            name: name.clone(),
            html,
            expected: truth["articleBody"].as_str()?.to_owned(),
        })
    };
    truth
        .as_object()
        .into_iter()
        .flatten()
        .filter_map(page)
        .collect()
}
