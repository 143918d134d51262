//! Files of every format, and invariants that hold for any bytes.

use std::ops::ControlFlow;

use super::*;

use proptest::prelude::*;

fn article(bytes: &[u8], name: &str) -> Document {
    let document = read(bytes.to_vec(), name).value;
    check(&document);
    document
}

/// Returns all articles of a file.
pub(super) fn articles(bytes: &[u8], name: &str) -> Vec<Document> {
    let mut found = Vec::new();
    let _ = read_each(bytes.to_vec(), name, &mut |article| {
        check(&article.value);
        found.push(article);
        ControlFlow::Continue(())
    });
    for part in [1, found.len() / 2, found.len() - 1, found.len()] {
        let by_itself = read_part(bytes.to_vec(), name, u32::try_from(part).unwrap());
        assert_eq!(by_itself.as_ref(), found.get(part), "{name} {part}");
    }
    found.into_iter().map(|article| article.value).collect()
}

/// Checks the invariants of every document.
fn check(document: &Document) {
    let text = &document.text;
    let mut end = 0;
    for block in &document.blocks {
        assert!(
            block.span.start >= end && !block.span.is_empty(),
            "{block:?}"
        );
        assert!(
            text.get(block.span.range())
                .is_some_and(|part| part.trim() == part),
            "{block:?}"
        );
        assert!(block.span.len() as usize <= structure::long_blocks::LONGEST_BLOCK);
        end = block.span.end;
    }
    assert!(
        document
            .inlines
            .is_sorted_by_key(|inline| inline.span.start)
    );
    let mut hidden_end = 0;
    for inline in &document.inlines {
        assert!(text.get(inline.span.range()).is_some(), "{inline:?}");
        if inline.kind == InlineKind::Hidden {
            assert!(inline.span.start >= hidden_end, "{inline:?}");
            hidden_end = inline.span.end;
        }
    }
    let dateline = document.meta.dateline.unwrap_or_default();
    assert!(text.get(dateline.range()).is_some(), "{dateline:?}");
    let prose = document.prose();
    assert_eq!(prose.len(), text.len());
    let mut at = 0;
    for block in &document.blocks {
        let between = Span::from_usize(at, block.span.start as usize).of(&prose);
        assert!(between.trim().is_empty(), "{between:?}");
        at = block.span.end as usize;
    }
    let after = Span::from_usize(at, prose.len()).of(&prose);
    assert!(after.trim().is_empty(), "{after:?}");
}

#[test]
fn a_news_article_has_a_title_paragraphs_and_trailing_matter() {
    let text = "Port reopens after storm\n\nShips returned to Port Selene on Wednesday after three days.\n\n“We are open,” said the harbor master.\n\nRelated Content";
    let document = article(text.as_bytes(), "a.txt");
    let kinds: Vec<_> = document.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(
        kinds,
        [
            BlockKind::Title,
            BlockKind::Paragraph,
            BlockKind::Paragraph,
            BlockKind::Trailing
        ]
    );
    assert_eq!(document.text, text);
    assert!(matches!(document.prose(), Cow::Borrowed(_)));
    assert_eq!(document.meta.language.as_deref(), Some("en"));
}

#[test]
fn files_without_words_are_empty_articles() {
    for bytes in [
        &b""[..],
        b"   ",
        b"\n\n\n",
        b"\r\r\n",
        b"\xEF\xBB\xBF",
        b"---\n---\n",
        b"\xFF\xFE",
    ] {
        for name in ["a.txt", "a.md"] {
            let read = read(bytes.to_vec(), name);
            assert!(read.value.blocks.is_empty() && read.is_text(), "{bytes:?}");
            check(&read.value);
        }
    }
}

#[test]
fn a_picture_is_marked_as_not_text() {
    let read = read(b"\x89PNG\r\n\x1A\n\x00\x00\x00".to_vec(), "a.txt");
    assert!(!read.is_text() && read.value.text.is_empty());
}

#[test]
fn front_matter_after_a_byte_order_mark_is_read() {
    let document = article(
        b"\xEF\xBB\xBF---\r\ntitle: Harbor\r\n---\r\n\r\nText of it.\r\n",
        "a.txt",
    );
    assert_eq!(document.meta.title, "Harbor");
    assert_eq!(document.blocks.len(), 1);
    assert!(document.prose().starts_with("   "));
}

#[test]
fn front_matter_that_never_closes_is_text() {
    let document = article(b"---\ntitle: Harbor\n\nText of it.\n", "a.txt");
    assert_eq!(document.meta.title, "title: Harbor");
}

#[test]
fn ten_megabytes_on_one_line_become_many_blocks() {
    for unit in ["word ", "x", "“", "*_[", "<"] {
        let text = unit.repeat(1024 * 1024 / unit.len());
        for name in ["a.txt", "a.md"] {
            let document = article(text.as_bytes(), name);
            assert!(document.blocks.len() > 16, "{unit} {name}");
        }
    }
}

/// One article in the three layouts of plain text, and in Markdown.
const LAYOUTS: &[(&str, &str)] = &[
    (
        "a.txt",
        "Port reopens\n\nBy Ana Ruiz\n\nPORT SELENE — Ships returned on Wednesday.\n\n“We are open,” she said.\n\nRelated Content\n",
    ),
    (
        "a.txt",
        "Port reopens\nBy Ana Ruiz\nShips returned to Port Selene on Wednesday after three days of storm.\n“We are open,” said the harbor master, who had slept in his office.\nTwo ships had turned back on Monday and were expected in the evening.\n",
    ),
    (
        "a.txt",
        "Port reopens after storm\nBy Ana Ruiz\n\n  Ships returned to Port Selene on Wednesday after three\ndays in which the swell had kept all but the pilots and\ntheir dog from the quay.\n  “We are open,” said the harbor master, who had slept in\nhis office since Sunday and had not been home for a\nmeal.\n",
    ),
    (
        "a.md",
        "---\ntitle: Port reopens\nauthor: Ana Ruiz\n---\n\n# Port reopens\n\nShips *returned*\non Wednesday.\n\n- one\n- two\n\n> “We are open,”\n> she said.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    ),
];

#[test]
fn line_ends_of_every_system_read_alike() {
    for (name, text) in LAYOUTS {
        let shape = |text: &str| {
            let document = article(text.as_bytes(), name);
            assert_eq!(document.text, text);
            let words = |block: &Block| {
                let prose = document.prose().replace(['\r', '\n'], " ");
                let words: Vec<_> = block
                    .span
                    .of(&prose)
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect();
                (block.kind, block.joined, words)
            };
            let blocks: Vec<_> = document.blocks.iter().map(words).collect();
            (blocks, document.meta.title, document.meta.byline)
        };
        let unix = shape(text);
        assert_eq!(shape(&text.replace('\n', "\r\n")), unix, "{text}");
        assert_eq!(shape(&text.replace('\n', "\r")), unix, "{text}");
    }
}

#[test]
fn mixed_line_ends_lose_nothing() {
    let document = article(
        b"Port reopens\r\n\r\nShips returned.\n\nNobody was hurt.\r\r\r\nThe end\rof it.",
        "a.txt",
    );
    assert_eq!(document.meta.title, "Port reopens");
    assert_eq!(document.blocks.len(), 4);
}

#[test]
fn every_encoding_of_an_article_reads_alike() {
    let text = "Café reopens in São Tomé\n\nBy Ana Ruiz\n\n“It’s over,” said Zoë Núñez, who déjà vu’d.\n\nRelated Content\n";
    let utf16 = |big: bool| -> Vec<u8> {
        let bytes = |unit: u16| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(bytes).collect()
    };
    let files = [
        [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat(),
        utf16(false),
        utf16(true),
        [b"\xFE\xFF".to_vec(), utf16(true)].concat(),
        encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
    ];
    let unmarked = article(text.as_bytes(), "a.txt");
    for bytes in files {
        assert_eq!(article(&bytes, "a.txt"), unmarked);
    }
}

#[test]
fn a_file_of_two_encodings_is_read_with_a_note() {
    let utf8 = "“Ça va,” dit-elle à Genève, où l’été s’achève. ".repeat(9);
    let latin = encoding_rs::WINDOWS_1252.encode("\n\nUn café.").0;
    let bytes = [utf8.as_bytes(), &latin].concat();
    let read = read(bytes, "a.txt");
    check(&read.value);
    assert!(read.value.text.ends_with("Un caf\u{FFFD}."));
    assert_eq!(read.warnings.len(), 1);
}

#[test]
fn a_peek_reads_the_beginning_only() {
    let text = "A line of the article that goes on.\n\n".repeat(20_000);
    let peeked = peek(text.as_bytes(), "a.txt").unwrap().value;
    check(&peeked);
    assert!(
        peeked.text.len() <= PEEK_BYTES
            && text.starts_with(&peeked.text)
            && peeked.text.ends_with('\n')
    );
    let one_line = "é".repeat(PEEK_BYTES);
    let read_part = peek(one_line.as_bytes(), "a.txt").unwrap();
    assert!(read_part.warnings.is_empty() && read_part.value.text.len() == PEEK_BYTES);
    assert_eq!(
        peek(b"Short\n\nText.", "a.txt"),
        Some(read(b"Short\n\nText.".to_vec(), "a.txt"))
    );
}

/// The bytes of a text in an encoding used for news.
fn encoded() -> impl Strategy<Value = Vec<u8>> {
    let text = "([“”’é–—ßжд東京한\u{202E}\u{0}\u{FEFF}]|[a-zA-Z]{1,6}|[ \n\r\t#*>|-]|\n\n|By |TOKYO — ){0,30}";
    (text, 0..6_u8).prop_map(|(text, encoding)| match encoding {
        0 => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
        1 => encoding_rs::SHIFT_JIS.encode(&text).0.into_owned(),
        2 => encoding_rs::KOI8_R.encode(&text).0.into_owned(),
        3 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        4 => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => text.into_bytes(),
    })
}

proptest! {
    #[test]
    fn files_of_several_encodings_are_read(parts in proptest::collection::vec(encoded(), 1..4), is_marked_up: bool) {
        let bytes = parts.concat();
        let name = if is_marked_up { "a.md" } else { "a.txt" };
        check(&read(bytes.clone(), name).value);
        prop_assert_eq!(peek(&bytes, name), Some(read(bytes, name)));
    }

    #[test]
    fn any_front_matter_is_read(head in "(title: |date: |tags: |[a-z]{1,4}: |[\\[\\]{}\"'&*#|>,:=-]|[ \n\r\t]|2026-03-04|é|[a-z0-9]{1,5}){0,40}", is_toml: bool) {
        let fence = if is_toml { "+++" } else { "---" };
        let text = format!("{fence}\n{head}\n{fence}\n\nThe text.\n");
        for name in ["a.txt", "a.md"] {
            check(&read(text.clone().into_bytes(), name).value);
        }
    }

    #[test]
    fn any_bytes_are_read_and_twice_alike(bytes in proptest::collection::vec(any::<u8>(), 0..400), is_marked_up: bool) {
        let name = if is_marked_up { "a.md" } else { "a.txt" };
        let first = read(bytes.clone(), name);
        check(&first.value);
        prop_assert_eq!(first, read(bytes, name));
    }

    #[test]
    fn any_markup_is_read(text in "([-#*_>`|\\[\\]()!<~:0-9. \n\t\r“é]|[a-z]{1,5}|---\n|\\+\\+\\+\n|    |<!--|-->|By |Related Content\n){0,60}", is_marked_up: bool) {
        check(&read(text.into_bytes(), if is_marked_up { "a.md" } else { "a.txt" }).value);
    }
}

#[test]
fn a_file_of_a_format_that_is_not_built_in_says_so() {
    let files: [(&str, &[u8], bool); 4] = [
        ("a.pdf", b"%PDF-1.7\n", cfg!(feature = "pdf")),
        (
            "a.html",
            b"<html><p>One.</p></html>",
            cfg!(feature = "html"),
        ),
        (
            "a.eml",
            b"From: a\nDate: b\n\nOne.\n",
            cfg!(feature = "mail"),
        ),
        (
            "a.mbox",
            b"From a 2026\nFrom: a\n\nOne.\n",
            cfg!(feature = "mail"),
        ),
    ];
    for (name, bytes, is_built_in) in files {
        let file = read(bytes.to_vec(), name);
        let is_refused = file
            .problem()
            .is_some_and(|problem| problem.starts_with(formats::NOT_BUILT_IN));
        assert_ne!(is_refused, is_built_in, "{name} {:?}", file.problem());
    }
}
