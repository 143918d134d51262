//! The layouts of plain text, one block per line.

use super::*;

/// Returns the blocks of a text, one per line, with a letter for the kind and `+` if joined.
fn read(text: &str) -> String {
    let mut shown = String::new();
    for block in blocks(text, 0) {
        let letter = match block.kind {
            BlockKind::Paragraph => "P",
            BlockKind::Heading(_) => "H",
            BlockKind::ListItem(_) => "L",
            BlockKind::Preformatted => "F",
            BlockKind::Rule => "R",
            _ => "?",
        };
        shown.push_str(letter);
        shown.push_str(if block.joined { "+ " } else { " " });
        shown.push_str(
            &block
                .span
                .of(text)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        );
        shown.push('\n');
    }
    shown
}

#[test]
fn blank_lines_end_paragraphs() {
    assert_eq!(
        read("One thing.\n\nAnother.\n \t\nA third."),
        "P One thing.\nP Another.\nP A third.\n"
    );
}

#[test]
fn one_paragraph_a_line_is_read_line_by_line() {
    let text = "The ministers met on Tuesday in the old customs house by the harbor, and left it after six hours.\n\
        They agreed on nothing that anybody could name afterwards, though all of them had promised to.\n\
        \"We will meet again,\" one said.\n";
    assert_eq!(read(text).lines().count(), 3);
}

#[test]
fn wrapped_lines_are_joined_between_blank_lines() {
    let text = "The ministers met on Tuesday in the old\ncustoms house by the harbor and left it\nafter six hours.\n\nNo date was set for another round of\ntalks.\n";
    assert_eq!(
        read(text),
        "P The ministers met on Tuesday in the old customs house by the harbor and left it after six hours.\nP No date was set for another round of talks.\n"
    );
}

#[test]
fn wrapped_paragraphs_begin_at_indented_lines() {
    let text = "  The ministers met on Tuesday in the old\ncustoms house by the harbor and left it\nafter six hours of talks, people who were.\n  No date was set for another round of\ntalks, said a man who was in the room at\nthe time.\n  It rained.\n";
    assert_eq!(read(text).lines().count(), 3, "{}", read(text));
}

#[test]
fn a_short_line_ends_a_wrapped_paragraph() {
    let text = "The ministers met on Tuesday in the old\ncustoms house by the harbor and left it\nafter six hours.\nNo date was set for another round of\ntalks, said a man who was in the room at\nthe time.\n";
    assert_eq!(read(text).lines().count(), 2, "{}", read(text));
}

#[test]
fn verse_and_addresses_keep_their_lines() {
    let text = "Harbor Office\n12 Quay Road\nPort Selene\n";
    assert_eq!(
        read(text),
        "P Harbor Office\nP+ 12 Quay Road\nP+ Port Selene\n"
    );
}

#[test]
fn columns_are_preformatted() {
    let text = "Port        Ships\nSelene      12\nMarrow      7\n";
    assert_eq!(read(text), "F Port Ships Selene 12 Marrow 7\n");
}

#[test]
fn capitals_between_blank_lines_are_a_heading() {
    assert_eq!(
        read("It began.\n\nTHE VOTE\n\nIt ended.\n\n* * *\n\nYes."),
        "P It began.\nH THE VOTE\nP It ended.\nR * * *\nP Yes.\n"
    );
}

#[test]
fn bullets_are_items() {
    assert_eq!(
        read("They want:\n- bread\n- “peace”\n\n- and land"),
        "P They want:\nL+ - bread\nL+ - “peace”\nL - and land\n"
    );
}

#[test]
fn every_kind_of_line_end_works() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["One thing.", "", "Another."].join(end);
        assert_eq!(read(&text), "P One thing.\nP Another.\n", "{end:?}");
    }
}
