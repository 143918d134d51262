//! PDF files, built by hand and damaged.

use lopdf::{Stream, dictionary};
use proptest::prelude::*;

use super::*;
use crate::document::tests::articles;
use crate::document::{BlockKind, NO_ARTICLE, read};

/// A file whose pages have these contents.
fn pdf(pages: &[&str]) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! {"Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding"});
    let resources = document.add_object(dictionary! {"Font" => dictionary! {"F1" => font}});
    let kids: Vec<Object> = pages
        .iter()
        .map(|content| {
            let mut stream = Stream::new(dictionary! {}, content.as_bytes().to_vec());
            let _ = stream.compress();
            let content = document.add_object(stream);
            document
                .add_object(dictionary! {"Type" => "Page", "Parent" => tree, "Contents" => content})
                .into()
        })
        .collect();
    let count = i64::try_from(kids.len()).unwrap();
    document.objects.insert(tree, Object::Dictionary(dictionary! {"Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()]}));
    let catalog = document.add_object(dictionary! {"Type" => "Catalog", "Pages" => tree, "Lang" => Object::string_literal("en-GB")});
    let info = document.add_object(dictionary! {"Title" => Object::string_literal("harbor.indd"), "Author" => Object::string_literal("Ana Ruiz"), "CreationDate" => Object::string_literal("D:20260304083000+01'00'")});
    document.trailer.set("Root", catalog);
    document.trailer.set("Info", info);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

const FIRST: &str = "BT /F1 9 Tf 50 800 Td (Coast Press 12) Tj ET
BT /F1 24 Tf 50 760 Td (Harbor talks) Tj 0 -28 Td (end) Tj ET
BT /F1 10 Tf 12 TL 50 700 Td (Ministers left Port Selene on Wednesday af-) Tj T* [(ter) -250 (six) -300 (hours in the cus) 20 (toms house.)] TJ T*
10 0 Td (\\223It is over,\\224 said the harbor master, who had) Tj -10 -12 Td (waited outside.) Tj ET
BT /F1 12 Tf 50 640 Td (What was said) Tj ET
BT /F1 10 Tf 12 TL 50 620 Td (Nobody signed anything in the left column, and) Tj T* (the right column goes on with) Tj
1 0 0 1 320 700 Tm (what nobody had signed.) Tj ET
BT /F1 9 Tf 290 30 Td (1) Tj ET";
const SECOND: &str = "BT /F1 9 Tf 50 800 Td (Coast Press 13) Tj ET BT /F1 10 Tf 50 700 Td (The ferries sail again on Thursday.) Tj ET BT /F1 9 Tf 290 30 Td (2) Tj ET";

#[test]
fn lines_become_headline_headings_and_paragraphs() {
    let file = pdf(&[FIRST, SECOND]);
    let article = articles(&file, "a.pdf").remove(0);
    let blocks: Vec<_> = article
        .blocks
        .iter()
        .map(|block| (block.kind, block.span.of(&article.text)))
        .collect();
    assert_eq!(
        blocks,
        [
            (BlockKind::Title, "Harbor talks end"),
            (
                BlockKind::Paragraph,
                "Ministers left Port Selene on Wednesday after six hours in the customs house."
            ),
            (
                BlockKind::Paragraph,
                "“It is over,” said the harbor master, who had waited outside."
            ),
            (BlockKind::Heading(2), "What was said"),
            (
                BlockKind::Paragraph,
                "Nobody signed anything in the left column, and the right column goes on with what nobody had signed."
            ),
            (BlockKind::Paragraph, "The ferries sail again on Thursday."),
        ]
    );
    let meta = &article.meta;
    assert_eq!(meta.title, "Harbor talks end");
    assert_eq!(
        (meta.byline.as_deref(), meta.language.as_deref()),
        (Some("Ana Ruiz"), Some("en"))
    );
    assert_eq!(
        meta.published.unwrap().when.to_string(),
        "2026-03-04T08:30:00"
    );
}

#[test]
fn a_file_that_breaks_off_is_read_by_its_objects() {
    let mut file = pdf(&[SECOND]);
    let end = memchr::memmem::rfind(&file, b"xref").unwrap();
    file.truncate(memchr::memmem::rfind(&file[..end], b"xref").unwrap_or(end));
    let article = read(file, "a.pdf");
    assert!(
        article.value.text.contains("The ferries sail again"),
        "{:?}",
        article.value
    );
    assert_eq!(article.warnings.len(), 1);
}

/// A file of ten pages with twenty different lines each.
fn ten_pages() -> Vec<u8> {
    let letter = |number: usize| char::from(b'a' + u8::try_from(number).unwrap());
    let line = |page: usize, line: usize| {
        let name = format!("Ship {}{}", letter(page), letter(line));
        format!("({name} left the port of the harbor master at {line}, with {page} boats.) Tj T* ")
    };
    let page = |page: usize| {
        let lines: String = (0..20).map(|number| line(page, number)).collect();
        format!("BT /F1 10 Tf 12 TL 50 700 Td {lines} ET")
    };
    let pages: Vec<String> = (1..=10).map(page).collect();
    pdf(&pages.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The same file with random-looking damage: flipped bytes, a hole, zeros, or a missing end.
fn damaged(file: &[u8], seed: usize) -> Vec<u8> {
    let mut number = seed as u64 + 1;
    let mut roll = |sides: usize| {
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(number >> 33).unwrap() % sides
    };
    let mut file = file.to_vec();
    let at = roll(file.len() - 300);
    match seed % 4 {
        0 => (0..6).for_each(|_| {
            let (at, byte) = (roll(file.len()), roll(256));
            file[at] = u8::try_from(byte).unwrap();
        }),
        1 => drop(file.drain(at..at + 200)),
        2 => file[at..at + 200].fill(0),
        _ => file.truncate(file.len() / 2 + at / 2),
    }
    file
}

#[test]
fn most_of_a_damaged_file_is_read_and_the_damage_is_told() {
    let file = ten_pages();
    let whole = read(file.clone(), "a.pdf");
    assert!(whole.warnings.is_empty());
    let all = whole.value.text.matches("harbor master").count();
    assert_eq!(all, 200);
    let mut shares = Vec::new();
    for seed in 0..48 {
        let damaged = damaged(&file, seed);
        let found = read(damaged.clone(), "a.pdf");
        let n_found = found.value.text.matches("harbor master").count();
        shares.push(n_found * 100 / all);
        assert!(
            n_found == all || !found.warnings.is_empty(),
            "{seed}: {n_found}"
        );
    }
    // Text in the hole or beyond the end is lost, and so is anything packed together with it.
    let mean = shares.iter().sum::<usize>() / shares.len();
    assert!(
        mean >= 80 && shares.iter().all(|&share| share >= 50),
        "{shares:?}"
    );
}

#[test]
fn what_is_no_pdf_holds_no_article() {
    assert_eq!(
        read(b"%PDF-1.4".to_vec(), "a.pdf").problem(),
        Some(NO_ARTICLE)
    );
    assert_eq!(read(b"text".to_vec(), "a.pdf").problem(), Some(NO_ARTICLE));
}

#[test]
fn pages_without_words_say_so() {
    let article = read(pdf(&["0 0 10 10 re f"]), "a.pdf");
    assert!(article.warnings[0].message.contains("no words"));
}

#[test]
fn a_form_in_itself_and_streams_without_end_are_survived() {
    let deep = format!("BT /F1 10 Tf {} ET", "[".repeat(100_000));
    let many = "BT /F1 10 Tf (a) Tj ET ".repeat(50_000);
    for content in [deep, many, "q ".repeat(200_000), "/F1 Do ".repeat(50_000)] {
        articles(&pdf(&[&content]), "a.pdf");
    }
    let bomb = {
        use std::io::Write as _;
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..80 {
            encoder.write_all(&vec![b' '; 1024 * 1024]).unwrap();
        }
        encoder.finish().unwrap()
    };
    let file = [
        b"%PDF-1.5\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n",
        &bomb[..],
        b"\nendstream endobj\n",
    ]
    .concat();
    assert!(
        read(file, "a.pdf").warnings[0]
            .message
            .contains("more than it should")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn damage_is_survived(changes in proptest::collection::vec((0usize..4000, any::<u8>()), 1..6), cut in 0usize..4000) {
        let mut file = pdf(&[FIRST, SECOND]);
        for (at, byte) in changes {
            let at = at % file.len();
            file[at] = byte;
        }
        file.truncate(file.len() - cut % file.len());
        articles(&file, "a.pdf");
    }

    #[test]
    fn any_content_is_survived(content in "[qQ0-9 /F1TdmjJ*'\"()<>\\[\\]BETDo.-]{0,200}") {
        articles(&pdf(&[&format!("BT /F1 10 Tf {content}")]), "a.pdf");
    }
}
