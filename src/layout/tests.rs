//! Layout as a reader sees it: pictures in text, and properties that always hold.

use super::*;
use crate::document::{Block, BlockKind, Document, Inline, InlineKind};
use crate::text::width::text_width;
use proptest::prelude::*;
use ratatui::buffer::CellWidth;

/// A document of paragraphs between blank lines; `# ` is a heading, `> ` a quotation, `- ` an item, `+ ` one
/// without its bullet, `***` a rule, and `*` around words is hidden markup.
fn document(text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive("\n\n") {
        for piece in pieces(part.trim_end()) {
            let at = start + (piece.as_ptr() as usize - part.as_ptr() as usize);
            let trimmed = piece.trim_start();
            let at = at + piece.len() - trimmed.len();
            let (kind, skip) = match trimmed {
                "***" => (BlockKind::Rule, 0),
                _ if trimmed.starts_with("# ") => (BlockKind::Heading(1), 2),
                _ if trimmed.starts_with("> ") => (BlockKind::BlockQuote, 2),
                _ if trimmed.starts_with("- ") => (BlockKind::ListItem(0), 0),
                _ if trimmed.starts_with("+ ") => (BlockKind::ListItem(0), 2),
                _ if trimmed.starts_with("```\n") => (BlockKind::Preformatted, 4),
                _ => (BlockKind::Paragraph, 0),
            };
            if trimmed.len() > skip {
                let joined = piece.as_ptr() != part.as_ptr();
                blocks.push(Block {
                    kind,
                    span: Span::from_usize(at + skip, at + trimmed.len()),
                    joined,
                });
            }
        }
        start += part.len();
    }
    let hidden = |(at, mark): (usize, &str)| Inline {
        span: Span::from_usize(at, at + mark.len()),
        kind: InlineKind::Hidden,
    };
    let inlines = text.match_indices('*').map(hidden).collect();
    let inlines = if text.contains("***") {
        Vec::new()
    } else {
        inlines
    };
    Document {
        text: text.to_owned(),
        blocks,
        inlines,
        ..Document::default()
    }
}

/// Each item of a list is a block.
fn pieces(part: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut rest = part;
    while let (true, Some(next)) = (part.starts_with("- "), rest.find("\n- ")) {
        let (item, after) = rest.split_at(next + 1);
        items.push(item.trim_end());
        rest = after;
    }
    items.push(rest);
    items
}

/// A line as ratatui draws it.
fn drawn(document: &Document, line: &Line, measure: &Measure) -> String {
    if line.kind == LineKind::Rule {
        return "─".repeat(measure.width_columns.into());
    }
    let mut row = String::new();
    let mut column = 0;
    for glyph in cells(document, line, measure) {
        assert!(glyph.column >= column && glyph.width > 0);
        row.extend(std::iter::repeat_n(' ', (glyph.column - column).into()));
        let symbol = glyph.symbol(&document.text);
        assert!(!symbol.contains(char::is_control), "{symbol:?}");
        row.push_str(symbol);
        let width = symbol.cell_width();
        assert!(
            width == glyph.width || glyph.kind == GlyphKind::Space,
            "{symbol:?}"
        );
        row.extend(std::iter::repeat_n(' ', (glyph.width - width).into()));
        column = glyph.column + glyph.width;
    }
    assert!(column <= measure.width_columns);
    row
}

fn wrapped(text: &str, measure: &Measure) -> String {
    let document = document(text);
    let mut flow = Flow::new(measure.clone());
    let spread = flow.spread(
        &document,
        0,
        PageShape {
            height_rows: u16::MAX,
            columns: 1,
        },
    );
    let lines: Vec<String> = spread.columns[0]
        .iter()
        .map(|line| drawn(&document, line, measure))
        .collect();
    lines.join("\n")
}

#[track_caller]
fn check(width_columns: u16, text: &str, expected: &str) {
    assert_eq!(wrapped(text, &Measure::ragged(width_columns)), expected);
}

fn english(width_columns: u16, justify: bool) -> Measure {
    Measure {
        width_columns,
        justify,
        hyphenate: HyphenationLanguage::from_code("en"),
        preface: Preface::default(),
    }
}

/// Columns side by side, as the pane shows them.
fn picture(document: &Document, spread: &Spread, measure: &Measure) -> String {
    let height = spread.columns.iter().map(Vec::len).max().unwrap_or(0);
    let cell = |column: &Vec<Line>, row: usize| {
        let text = column
            .get(row)
            .map(|line| drawn(document, line, measure))
            .unwrap_or_default();
        let pad = usize::from(measure.width_columns) - text_width(&text);
        text + &" ".repeat(pad)
    };
    let row = |row| {
        let cells: Vec<String> = spread
            .columns
            .iter()
            .map(|column| cell(column, row))
            .collect();
        cells.join("|").trim_end().to_owned() + "\n"
    };
    (0..height).map(row).collect()
}

#[test]
fn words_fill_lines() {
    check(
        11,
        "The harbour authority failed.",
        "The harbour\nauthority\nfailed.",
    );
}

#[test]
fn line_breaks_and_runs_of_spaces_are_one_space() {
    check(20, "one\ntwo  \r\n\tthree", "one two three");
}

#[test]
fn words_wider_than_the_line_are_cut() {
    check(5, "a incomprehensible b", "a\nincom\nprehe\nnsibl\ne b");
    check(1, "ab c", "a\nb\nc");
}

#[test]
fn a_sign_that_joins_what_comes_next_joins_no_line_break() {
    // By itself it has no width and is not drawn.
    check(9, "\u{11941}\n- one", " - one");
    check(9, "one\u{11941}\n- two", "one - two");
}

#[test]
fn hidden_markup_takes_no_columns_and_does_not_break_words() {
    check(7, "very *un*usual *case*", "very\nunusual\ncase");
}

#[test]
fn soft_hyphens_show_where_a_line_ends() {
    check(8, "the minis\u{AD}try failed", "the\nministry\nfailed");
    check(10, "the minis\u{AD}try failed", "the minis-\ntry failed");
    check(9, "the minis\u{AD}try failed", "the\nministry\nfailed");
}

#[test]
fn wide_characters_break_between_each_other() {
    check(7, "港湾当局は失敗した。", "港湾当\n局は失\n敗し\nた。");
    check(1, "港a", "\u{FFFD}\na");
}

#[test]
fn thai_breaks_before_the_vowels_that_begin_a_syllable() {
    check(8, "การเจรจาท่าเรือ", "การ\nเจรจาท่า\nเรือ");
}

#[test]
fn graphemes_stay_whole() {
    check(4, "🇩🇪🇫🇷👩‍🚀👍🏽e\u{301}", "🇩🇪🇫🇷\n👩‍🚀👍🏽\ne\u{301}");
}

#[test]
fn controls_never_reach_the_screen() {
    check(20, "a\u{1B}[31m\u{202E}b\u{7}", "a␛[31m\u{FFFD}b␇");
    check(20, "pay\u{200B}\u{FEFF}pal", "paypal");
}

#[test]
fn a_spaced_dash_stays_with_the_words_before_it() {
    check(10, "the talks – a failure", "the\ntalks – a\nfailure");
}

#[test]
fn items_hang_and_quoted_blocks_are_indented() {
    check(
        14,
        "- one two three\n- four five\n\n> six seven eight nine",
        "- one two\n  three\n- four five\n\n  six seven\n  eight nine",
    );
    check(
        14,
        "+ one two three\n\n+ 1. two",
        "• one two\n  three\n\n1. two",
    );
    check(5, "+ one", "one");
}

#[test]
fn preformatted_text_keeps_its_spaces() {
    check(
        12,
        "```\na\tb\n  a long line of it",
        "a       b\n  a long lin\ne of it",
    );
}

#[test]
fn words_are_divided_when_the_gap_would_be_wide() {
    let text = "The harbour authority and the ministry failed on Tuesday to agree a date for the second terminal, according to three people present at the talks in Mombasa.";
    assert_eq!(
        wrapped(text, &english(36, false)),
        "The harbour authority and the min-\nistry failed on Tuesday to agree a\ndate for the second terminal, ac-\ncording to three people present at\nthe talks in Mombasa."
    );
}

#[test]
fn wide_lines_are_justified_without_rivers() {
    let text = "The harbour authority and the ministry failed on Tuesday to agree a date for the second terminal, according to three people present at the talks in Mombasa.";
    let lines = wrapped(text, &english(48, true));
    for line in lines.lines().take(lines.lines().count() - 1) {
        assert_eq!(line.len(), 48, "{line:?}");
        assert!(!line.contains("   "), "{line:?}");
    }
}

#[test]
fn paragraphs_know_their_direction() {
    let document = document("שלום לכולם\n\nHello שלום");
    let mut flow = Flow::new(Measure::ragged(20));
    let lines = flow
        .spread(
            &document,
            0,
            PageShape {
                height_rows: 5,
                columns: 1,
            },
        )
        .columns
        .concat();
    assert_eq!(
        lines.iter().map(|line| line.rtl).collect::<Vec<_>>(),
        [true, false, false]
    );
}

#[test]
fn columns_begin_without_a_blank_line_and_keep_paragraphs_and_headings() {
    let document =
        document("one one one two two\n\n# Head\n\nthree three four four five five\n\nsix six");
    let measure = Measure::ragged(11);
    let mut flow = Flow::new(measure.clone());
    let shape = PageShape {
        height_rows: 5,
        columns: 2,
    };
    let spread = flow.spread(&document, 0, shape);
    let expected = "\
one one one|Head
two two    |
           |three three
           |four four
           |five five
";
    assert_eq!(picture(&document, &spread, &measure), expected);
    assert!(!spread.is_last);
    let next = flow.spread(&document, spread.end, shape);
    assert_eq!(picture(&document, &next, &measure), "six six    |\n");
    assert!(next.is_last);
}

#[test]
fn columns_and_offsets_meet() {
    let document = document("the *harbour* authority and");
    let measure = Measure::ragged(14);
    let mut flow = Flow::new(measure.clone());
    let line = flow
        .spread(
            &document,
            0,
            PageShape {
                height_rows: 9,
                columns: 1,
            },
        )
        .columns[0][0];
    assert_eq!(column_of(&document, &line, &measure, 5), 4);
    assert_eq!(offset_at(&document, &line, &measure, 4), 5);
    assert_eq!(offset_at(&document, &line, &measure, 60), line.span.end);
}

const SOUP: &[&str] = &[
    "a",
    "the ",
    "ministry ",
    "incomprehensibilities ",
    "\n",
    "\n\n",
    "\n\n# ",
    "\n\n> ",
    "\n\n- ",
    "\n\n+ ",
    "\n- ",
    "\n\n```\n",
    " ",
    "  ",
    "\t",
    "\r\n",
    "“",
    "” ",
    "—",
    " – ",
    "-",
    "/",
    "漢字",
    "한국",
    "ｶﾞ",
    "e\u{301}",
    "\u{301}",
    "🇩🇪",
    "🇩",
    "👩‍🚀",
    "\u{AD}",
    "\u{200B}",
    "\u{202E}",
    "\u{1B}",
    "\u{0}",
    "\u{2028}",
    "\u{A0}",
    "שלום ",
    "لا",
    "สวัสดี",
    "क्षि",
    "ำ",
    "*",
    "1.5",
    "ᄀᄀᄀ",
    "\u{3000}",
    "***",
];

fn soup() -> impl Strategy<Value = String> {
    let part =
        prop_oneof![5 => prop::sample::select(SOUP).prop_map(str::to_owned), 1 => "\\PC{0,4}"];
    prop::collection::vec(part, 0..80).prop_map(|parts| parts.concat())
}

fn measures() -> impl Strategy<Value = Measure> {
    (
        prop_oneof![0..12u16, 0..200u16],
        any::<bool>(),
        prop::sample::select(vec!["en", "de", "xx"]),
        prefaces(),
    )
        .prop_map(|(width_columns, justify, code, preface)| Measure {
            width_columns,
            justify,
            hyphenate: HyphenationLanguage::from_code(code),
            preface,
        })
}

/// A preface before the first block, or after one of the first blocks.
fn prefaces() -> impl Strategy<Value = Preface> {
    (0..3usize, 0..3usize, 0..3u32, any::<bool>()).prop_map(|(n_title, n_facts, block, follows)| {
        Preface {
            title: vec!["A title".to_owned(); n_title],
            facts: vec!["By nobody".to_owned(); n_facts],
            block: if follows { block } else { 0 },
            follows,
        }
    })
}

/// Whether a line shows text and not the preface.
fn is_of_text(line: &Line) -> bool {
    !matches!(line.kind, LineKind::Blank | LineKind::Preface(_))
}

fn shapes() -> impl Strategy<Value = PageShape> {
    (prop_oneof![0..5u16, 0..60u16], 0..4u16).prop_map(|(height_rows, columns)| PageShape {
        height_rows,
        columns,
    })
}

/// The bytes that a reader must see: no white space, nothing hidden, nothing outside blocks.
fn visible(document: &Document) -> Vec<u32> {
    let text = &document.text;
    let is_shown = |at: u32| {
        document.blocks.iter().any(|block| block.span.contains(at))
            && !document
                .inlines
                .iter()
                .any(|inline| inline.span.contains(at))
    };
    text.char_indices()
        .filter(|(_, point)| {
            !point.is_whitespace() && text_width(point.encode_utf8(&mut [0; 4])) > 0
        })
        .map(|(at, _)| u32::try_from(at).unwrap())
        .filter(|&at| is_shown(at))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_visible_byte_is_on_one_line_of_the_pages_forward(text in soup(), measure in measures(), shape in shapes()) {
        let document = document(&text);
        let mut flow = Flow::new(measure.clone());
        let mut lines: Vec<Line> = Vec::new();
        let mut at = 0;
        loop {
            let spread = flow.spread(&document, at, shape);
            prop_assert_eq!(spread.columns.len(), usize::from(shape.columns.max(1)));
            for column in &spread.columns {
                prop_assert!(column.len() <= shape.height_rows.max(1).into());
                prop_assert!(column.first().is_none_or(|line| line.kind != LineKind::Blank));
                prop_assert!(column.last().is_none_or(|line| line.kind != LineKind::Blank));
            }
            lines.extend(spread.columns.concat());
            if spread.is_last { break; }
            prop_assert!(spread.end > at || at == 0);
            at = spread.end;
        }
        lines.retain(is_of_text);
        for pair in lines.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start && pair[0].span.start < pair[1].span.start);
        }
        for at in visible(&document) {
            prop_assert_eq!(lines.iter().filter(|line| line.span.contains(at)).count(), 1, "byte {}", at);
        }
        for line in &lines {
            drawn(&document, line, &measure);
            for offset in [line.span.start, line.span.end] {
                prop_assert!(column_of(&document, line, &measure, offset) <= measure.width_columns.max(line.indent));
            }
            let glyphs = cells(&document, line, &measure);
            if measure.width_columns > 0 && line.kind == LineKind::Text {
                let drawn_at = |at: u32| glyphs.iter().filter(|glyph| glyph.span.contains(at)).count();
                for at in visible(&document).into_iter().filter(|&at| line.span.contains(at)) {
                    prop_assert_eq!(drawn_at(at), 1, "byte {} of {:?}", at, line);
                }
                if line.justified {
                    prop_assert!(glyphs.last().is_some_and(|last| last.column + last.width == measure.width_columns));
                }
            }
        }
    }

    #[test]
    fn pages_backward_skip_nothing(text in soup(), measure in measures(), shape in shapes()) {
        let document = document(&text);
        let mut flow = Flow::new(measure);
        let mut spread = flow.last_spread(&document, shape);
        prop_assert!(spread.is_last);
        let first = flow.spread(&document, 0, shape);
        while spread.start > first.start {
            let before = flow.spread_before(&document, spread.start, shape);
            prop_assert!(before.start < spread.start && before.end >= spread.start);
            prop_assert!(before.end == spread.start || before.start == first.start);
            for column in &before.columns {
                prop_assert!(column.len() <= shape.height_rows.max(1).into());
            }
            spread = before;
        }
    }

    #[test]
    fn the_line_of_the_anchor_comes_first_at_any_width(
        text in soup(), measures in prop::collection::vec(measures(), 1..5), shape in shapes(), part in 0..100usize,
    ) {
        let document = document(&text);
        let anchors = visible(&document);
        let Some(&anchor) = anchors.get(part * anchors.len() / 100) else { return Ok(()) };
        for measure in measures {
            let spread = Flow::new(measure).spread(&document, anchor, shape);
            let first = spread.columns[0].iter().find(|line| is_of_text(line));
            prop_assert!(first.is_some_and(|line| line.span.contains(anchor)));
        }
    }

    #[test]
    fn numbered_pages_are_the_pages_forward(text in soup(), measure in measures(), shape in shapes()) {
        let document = document(&text);
        let pages = paginate(&document, &measure, shape, &mut || false).unwrap();
        let mut flow = Flow::new(measure);
        for (index, &start) in pages.starts.iter().enumerate() {
            prop_assert_eq!(pages.page_of(start), index);
            let spread = flow.spread(&document, start, PageShape { columns: 1, ..shape });
            let end = pages.starts.get(index + 1).copied().unwrap_or(Span::whole(&text).end);
            prop_assert_eq!((spread.start, spread.end), (start, end));
        }
        let cancelled = paginate(&document, &Measure::ragged(9), shape, &mut || true);
        prop_assert_eq!(cancelled.is_none(), !document.blocks.is_empty());
    }

    #[test]
    fn steps_down_and_up_end_on_lines(text in soup(), measure in measures(), from in 0..300u32, rows in -50..50i64) {
        let document = document(&text);
        let mut flow = Flow::new(measure);
        let there = flow.line_after(&document, from, rows);
        prop_assert_eq!(flow.line_after(&document, there, 0), there);
        if rows > 0 { prop_assert!(there >= flow.line_after(&document, from, 0)); }
        if rows < 0 { prop_assert!(there <= flow.line_after(&document, from, 0)); }
    }
}
