//! Joins the lines of pages into headline, headings and paragraphs.
//!
//! Text that repeats at the top and bottom of pages is dropped. A line continues in the next one if
//! that has the usual distance and the same size and is not indented; at the end of a column or page,
//! if the sentence continues.

use std::collections::BTreeMap;

use super::Draft;
use super::page::PdfLine;
use crate::document::BlockKind;
use crate::document::structure::sentence_end::ends_sentence;

/// How many lines at each end of a page may be page headers or footers.
const EDGE_LINES: usize = 3;
/// How much larger than the text a heading and a headline are.
const HEADING: f64 = 1.12;
const HEADLINE: f64 = 1.25;
/// The longest headline or heading, in bytes.
const LONGEST_HEADING: usize = 240;
/// The indent of a paragraph, the distance above it, and how much shorter its last line is, relative to
/// the font size.
const INDENT: f64 = 0.7;
const APART: f64 = 1.75;
const SHORT: f64 = 4.0;
/// How much the sizes of lines of the same type differ at most, as a share, and how near the largest size a line
/// of the headline is.
const SAME_SIZE: f64 = 0.1;
const NEARLY: f64 = 0.97;
/// How far apart lines of a column begin at most, and how far below another a line is in the next column,
/// relative to the font size.
const SAME_COLUMN: f64 = 3.0;
const FAR: f64 = 8.0;
/// How many lines before and after a line show where its column ends.
const LINES_AROUND: usize = 8;
/// How many characters of page headers and footers are compared.
const LONGEST_PATTERN: usize = 120;
/// The font size of a file without text, and how many steps a point is divided into to compare sizes.
const USUAL_SIZE: f64 = 10.0;
const STEPS: f64 = 4.0;
/// How far below a line the next one of its column must be at least, relative to the font size.
const SAME_HEIGHT: f64 = 0.3;

/// Writes the text of all pages.
pub(super) fn write(draft: &mut Draft, pages: &[Vec<PdfLine>]) {
    let repeated = repeated(pages);
    let body = body_size(pages);
    let shown: Vec<&PdfLine> = pages
        .iter()
        .flat_map(|lines| without_running_heads(lines, &repeated, body))
        .collect();
    let headline = pages.first().and_then(|first| headline_size(first, body));
    let mut has_title = false;
    let mut paragraph = String::new();
    let mut kind = BlockKind::Paragraph;
    for (index, line) in shown.iter().enumerate() {
        let text = line.text.trim();
        paragraph = joined(paragraph, text);
        if let Some(next) = shown.get(index + 1)
            && goes_on(line, next, right_edge(&shown, index))
        {
            continue;
        }
        if line.size > body * HEADING && paragraph.len() <= LONGEST_HEADING {
            let is_headline = matches!(headline, Some(size) if line.size >= size);
            let is_title = !has_title && is_headline;
            if is_title {
                draft.meta.title.clone_from(&paragraph);
                has_title = true;
            }
            kind = if is_title {
                BlockKind::Title
            } else {
                BlockKind::Heading(2)
            };
        }
        draft.block(kind, &paragraph);
        paragraph.clear();
        kind = BlockKind::Paragraph;
    }
}

/// Returns the lines of a page without headers, footers and page number.
fn without_running_heads<'a>(
    lines: &'a [PdfLine],
    repeated: &BTreeMap<String, usize>,
    body: f64,
) -> Vec<&'a PdfLine> {
    let edges = edges(lines);
    let is_left_out = |line: &PdfLine| {
        let is_repeated = matches!(repeated.get(&pattern(&line.text)), Some(2..));
        // Other pages may repeat the headline above the text in small type.
        is_repeated && line.size <= body * HEADLINE || is_number(&line.text)
    };
    let shown = lines
        .iter()
        .enumerate()
        .filter(|(index, line)| !edges.contains(index) || !is_left_out(line));
    shown.map(|(_, line)| line).collect()
}

/// Returns the indices of the highest and lowest lines of a page.
fn edges(lines: &[PdfLine]) -> Vec<usize> {
    let mut by_height: Vec<usize> = (0..lines.len()).collect();
    let y = |index: &usize| lines[*index].y;
    by_height.sort_by(|a, b| y(a).total_cmp(&y(b)));
    let n_edges = EDGE_LINES.min(by_height.len());
    let highest = by_height.iter().rev().take(n_edges);
    by_height
        .iter()
        .take(n_edges)
        .chain(highest)
        .copied()
        .collect()
}

/// Counts, for each text at the top or bottom of a page, how many pages have it; numbers are ignored.
fn repeated(pages: &[Vec<PdfLine>]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for lines in pages {
        let edges = edges(lines).into_iter().map(|index| &lines[index]);
        let patterns: std::collections::BTreeSet<String> =
            edges.map(|line| pattern(&line.text)).collect();
        for pattern in patterns.into_iter().filter(|pattern| !pattern.is_empty()) {
            *counts.entry(pattern).or_insert(0) += 1;
        }
    }
    counts
}

/// Reduces a line to a pattern, with every number replaced by one sign.
fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    for c in text
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(LONGEST_PATTERN)
    {
        let c = if c.is_numeric() { '#' } else { c };
        if !(c == '#' && pattern.ends_with('#')) {
            pattern.extend(c.to_lowercase());
        }
    }
    pattern
}

/// Returns whether a line is a page number.
fn is_number(text: &str) -> bool {
    let pattern = pattern(text);
    let bare = pattern.trim_matches(['-', '–', '—', '|', '.', '/', '[', ']']);
    [
        "#",
        "page#",
        "p.#",
        "#/#",
        "#of#",
        "page#of#",
        "seite#",
        "seite#von#",
    ]
    .contains(&bare)
}

/// Returns the font size of most of the text.
fn body_size(pages: &[Vec<PdfLine>]) -> f64 {
    let mut weights: BTreeMap<i64, usize> = BTreeMap::new();
    for line in pages.iter().flatten() {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "sizes are small, and rounding is meant"
        )]
        let size = (line.size * STEPS).round().min(1e6) as i64;
        *weights.entry(size).or_insert(0) += line.text.len();
    }
    let most = weights.iter().max_by_key(|&(_, weight)| weight);
    #[expect(clippy::cast_precision_loss, reason = "sizes are small")]
    most.map_or(USUAL_SIZE, |(&size, _)| size as f64 / STEPS)
}

/// Returns the least font size of the headline: that of the largest type on the first page, if it is
/// larger than the text.
fn headline_size(lines: &[PdfLine], body: f64) -> Option<f64> {
    let largest = lines.iter().map(|line| line.size).fold(0.0, f64::max);
    (largest > body * HEADLINE).then_some(largest * NEARLY)
}

/// Returns the right edge of the column of a line, from the lines around it.
fn right_edge(lines: &[&PdfLine], index: usize) -> f64 {
    let line = lines[index];
    let first = index.saturating_sub(LINES_AROUND);
    let around = lines.iter().skip(first).take(2 * LINES_AROUND + 1);
    let beside = around.filter(|other| {
        (other.size - line.size).abs() < line.size * SAME_SIZE
            && (other.start - line.start).abs() < line.size * SAME_COLUMN
    });
    beside.map(|other| other.end).fold(line.end, f64::max)
}

/// Returns whether the paragraph of a line continues in the next.
fn goes_on(line: &PdfLine, next: &PdfLine, right_edge: f64) -> bool {
    if (next.size - line.size).abs() > line.size * SAME_SIZE {
        return false;
    }
    let below = line.y - next.y;
    let text = line.text.trim();
    if below < line.size * SAME_HEIGHT || below > line.size * FAR {
        // The next line is in another column or on another page.
        let next_begins_small = next
            .text
            .trim_start()
            .starts_with(|c: char| c.is_lowercase());
        return next_begins_small
            || is_hyphenated(text)
            || !ends_sentence(text) && line.end + line.size * SHORT > right_edge;
    }
    if below > line.size * APART
        || next.start > line.start + line.size * INDENT && next.start < line.end
    {
        return false;
    }
    let is_short = line.end + line.size * SHORT < right_edge;
    !(is_short && ends_sentence(text))
}

fn is_hyphenated(text: &str) -> bool {
    let bare = text.strip_suffix(['-', '\u{ad}', '\u{2010}']);
    matches!(bare, Some(bare) if bare.ends_with(char::is_alphabetic))
}

/// Appends a line to a paragraph, and rejoins a word that was hyphenated at the line end.
fn joined(mut text: String, next: &str) -> String {
    let is_parted = is_hyphenated(&text) && next.starts_with(|c: char| c.is_lowercase());
    if is_parted {
        text.pop();
    } else if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(next);
    text
}
