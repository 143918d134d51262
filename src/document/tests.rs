use super::*;

use proptest::prelude::*;

fn article(bytes: &[u8], name: &str) -> Document {
    let document = read(bytes.to_vec(), name).value;
    check(&document);
    document
}

/// The laws that hold for every document.
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
        assert!(block.span.len() as usize <= split::LONGEST_BLOCK);
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
    let prose = document.prose();
    assert_eq!(prose.len(), text.len());
    let mut at = 0;
    for block in &document.blocks {
        assert!(
            prose[at..block.span.start as usize].trim().is_empty(),
            "{:?}",
            &prose[at..block.span.start as usize]
        );
        at = block.span.end as usize;
    }
    assert!(prose[at..].trim().is_empty(), "{:?}", &prose[at..]);
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

#[test]
fn a_peek_reads_the_beginning_only() {
    let text = "A line of the article that goes on.\n\n".repeat(20_000);
    let peeked = peek(text.as_bytes(), "a.txt").value;
    check(&peeked);
    assert!(
        peeked.text.len() <= PEEK_BYTES
            && text.starts_with(&peeked.text)
            && peeked.text.ends_with('\n')
    );
    let one_line = "é".repeat(PEEK_BYTES);
    let read_part = peek(one_line.as_bytes(), "a.txt");
    assert!(read_part.warnings.is_empty() && read_part.value.text.len() == PEEK_BYTES);
    assert_eq!(
        peek(b"Short\n\nText.", "a.txt"),
        read(b"Short\n\nText.".to_vec(), "a.txt")
    );
}

proptest! {
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
