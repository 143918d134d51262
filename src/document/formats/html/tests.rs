//! HTML fragments, and the blocks they become.

use std::fmt::Write as _;

use super::*;
use crate::document::{Document, InlineKind};

fn document(html: &str) -> Document {
    let mut draft = Draft::default();
    fragment(&mut draft, html);
    draft.finish().0
}

/// The blocks, one per line after their kind.
fn shown(html: &str) -> String {
    let document = document(html);
    let mut shown = String::new();
    for block in &document.blocks {
        let joined = if block.joined { "+" } else { "" };
        writeln!(
            shown,
            "{:?}{joined}: {}",
            block.kind,
            block.span.of(&document.text)
        )
        .unwrap();
    }
    shown
}

#[test]
fn blocks_are_told_apart_and_white_space_is_set_right() {
    assert_eq!(
        shown(
            "Loose\n words<h2>The  talks</h2><p>They <b>met</b>\n in Port&nbsp;Selene &amp; left.<div>Then<p>home.</div><blockquote><p>“No.”</blockquote><hr><pre>a  b\n c</pre>"
        ),
        "Paragraph: Loose words\nHeading(2): The talks\nParagraph: They met in Port\u{A0}Selene & left.\nParagraph: Then\nParagraph: home.\nBlockQuote: “No.”\nRule: ***\nPreformatted: a  b\n c\n"
    );
}

#[test]
fn lists_keep_their_depth_and_numbers() {
    assert_eq!(
        shown(
            "<ul><li>one<li><p>two</p><ol start=3><li>deep<li>deeper</ol></ul><ol><li>first</ol>"
        ),
        "ListItem(0): one\nListItem(0)+: two\nListItem(1)+: 3. deep\nListItem(1)+: 4. deeper\nListItem(0): 1. first\n"
    );
}

#[test]
fn a_break_ends_a_line_and_two_a_paragraph() {
    assert_eq!(
        shown("<p>Roses<br>Violets<br/>\n<br> Lines<br></p><p>End"),
        "Paragraph: Roses\nParagraph+: Violets\nParagraph: Lines\nParagraph: End\n"
    );
}

#[test]
fn styles_and_links_are_marked() {
    let html = "<p>He <em>said</em> <a href='https://example.org/a'>so <strong>twice</strong></a>, <a href='#n'>here</a> and <code>now</code>.";
    let document = document(html);
    let marked: Vec<_> = document
        .inlines
        .iter()
        .map(|inline| (inline.span.of(&document.text), &inline.kind))
        .collect();
    assert_eq!(
        marked,
        [
            ("said", &InlineKind::Emphasis),
            (
                "so twice",
                &InlineKind::Link("https://example.org/a".into())
            ),
            ("twice", &InlineKind::Strong),
            ("now", &InlineKind::Code)
        ]
    );
    assert_eq!(document.text, "He said so twice, here and now.");
}

#[test]
fn what_a_browser_does_not_show_is_left_out() {
    assert_eq!(
        shown(
            "<style>p{}</style><nav>Home</nav><p hidden>a<p style='color:red; DISPLAY : none'>b<span aria-hidden=true>c</span><script>d</script><p>Words\u{AD}<button>Share</button>&zwj;"
        ),
        "Paragraph: Words\u{200D}\n"
    );
}

#[test]
fn pictures_are_their_captions() {
    assert_eq!(
        shown(
            "<figure><img alt='A ship at dawn, seen from land'><figcaption>The <i>Selene</i> at dawn.</figcaption></figure><p><img alt='Two ministers shake hands outside'>They met <img alt='😀'>.<p><img alt='logo.png'>Then left."
        ),
        "Caption: The Selene at dawn.\nParagraph: They met 😀.\nCaption: Two ministers shake hands outside\nParagraph: Then left.\n"
    );
}

#[test]
fn tables_of_figures_are_tables_and_others_arrange_the_page() {
    assert_eq!(
        shown(
            "<table><tr><th>Port<th>Ships<tr><td>Selene <td> 12 </table><table><tr><td><table><tr><td><p>Dear readers,</table><td>Left</table>"
        ),
        "TableHead: Port | Ships\nTableRow+: Selene | 12\nParagraph: Dear readers,\nParagraph: Left\n"
    );
}

#[test]
fn the_browsers_quotation_marks_are_written() {
    assert_eq!(
        shown("<p>She said <q>We won</q> again."),
        "Paragraph: She said “We won” again.\n"
    );
}

#[test]
fn a_line_of_markup_is_a_line_of_text() {
    assert_eq!(
        line("Harbor <i>talks</i> &#8211; day\n two"),
        "Harbor talks – day two"
    );
}

#[test]
fn markup_is_told_from_text() {
    for text in [
        "<p>a</p>",
        "a &amp; b",
        "a<br>b",
        "x &#39; y",
        "<a href=\"x\">",
    ] {
        assert!(is_markup(text), "{text}");
    }
    for text in ["a < b > c", "AT&T; R&D", "if a<b", "1 &2", "<3 you"] {
        assert!(!is_markup(text), "{text}");
    }
}

#[test]
fn hostile_markup_is_read_in_time_and_without_a_fault() {
    let inputs = [
        "<div>".repeat(60_000),
        "<span>".repeat(60_000) + "words",
        "<b><i>".repeat(20_000) + &"<p>x".repeat(20_000),
        "<table><tr><td>".repeat(3_000),
        "<ul><li>".repeat(20_000),
        "<blockquote>x".repeat(20_000),
        format!("<p {}>x", "a=1 ".repeat(50_000)),
        (0..50_000).fold(String::from("<p"), |tag, n| tag + &format!(" a{n}=1")) + ">x",
        "<body a".repeat(20_000),
        "<h1><a>".repeat(20_000),
        "<a><p>".repeat(20_000) + "x",
        "&".repeat(100_000),
        "<!--".repeat(50_000),
        "<p title='".repeat(50_000),
        "<svg>".repeat(50_000) + "words",
        "<figure><img alt='one two three four five'>".repeat(10_000),
        "<select><option>".repeat(20_000),
        "<br>".repeat(200_000),
    ];
    for html in inputs {
        document(&html);
    }
}
