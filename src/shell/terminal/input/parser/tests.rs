//! Bytes and the events they stand for.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::app::protocol::message::MouseKind;
use crate::config::key::{parse_sequence, write_sequence};

fn all(bytes: &[u8]) -> Vec<TerminalEvent> {
    let (mut parser, mut sent) = (InputParser::default(), Vec::new());
    parser.feed(bytes, &mut sent);
    if parser.timeout().is_some() {
        parser.time_out(&mut sent);
    }
    sent
}

/// The keys as the configuration writes them; anything else as `{…}`.
fn keys(bytes: &[u8]) -> String {
    let mut text = String::new();
    for sent in all(bytes) {
        match sent {
            TerminalEvent::Key(key) => text.push_str(&write_sequence(&[key])),
            other => write!(text, "{{{other:?}}}").unwrap(),
        }
    }
    text
}

#[test]
fn every_form_of_a_key_is_that_key() {
    for (bytes, notation) in [
        (&b"jJ]q\"5"[..], "jJ]q\"5"),
        (b"\r\t\x7f\x1b", "<Enter><Tab><Backspace><Esc>"),
        (b"\x06\x1a\x00\n\x08", "<C-f><C-z><C-Space><C-j><C-h>"),
        ("é日о".as_bytes(), "é日о"),
        (b"\x1bx\x1bX\x1b\r", "<A-x><A-X><A-Enter>"),
        ("\x1bé".as_bytes(), "<A-é>"),
        (b"\x1b[A\x1b[B\x1b[C\x1b[D", "<Up><Down><Right><Left>"),
        (
            b"\x1bOA\x1bOH\x1bOF\x1bOP\x1bOM",
            "<Up><Home><End><F1><Enter>",
        ),
        (
            b"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~",
            "<Home><End><Home><End><Home><End>",
        ),
        (
            b"\x1b[2~\x1b[3~\x1b[5~\x1b[6~",
            "<Insert><Delete><PageUp><PageDown>",
        ),
        (
            b"\x1b[1;3D\x1b[1;5C\x1b[6;2~",
            "<A-Left><C-Right><S-PageDown>",
        ),
        (b"\x1b[Z\x1b[1;2Z\x1b[9;2u", "<S-Tab><S-Tab><S-Tab>"),
        (b"\x1b[[A\x1b[[E\x1b[15~\x1b[24~", "<F1><F5><F5><F12>"),
        (
            b"\x1b[27u\x1b[13u\x1b[127u\x1b[9u",
            "<Esc><Enter><Backspace><Tab>",
        ),
        (b"\x1b[105;5u\x1b[27;5;105~", "<C-i><C-i>"),
        (b"\x1b[97;2u\x1b[97:65;2u\x1b[49:33;2u", "AA!"),
        ("\x1b[1089;5u".as_bytes(), "<C-с>"),
        (
            b"\x1b[57399u\x1b[57414u\x1b[57424u\x1b[57376u",
            "0<Enter><End><F13>",
        ),
        // Num Lock and Caps Lock change nothing.
        (b"\x1b[106;129u\x1b[1;65A", "j<Up>"),
    ] {
        let wanted = write_sequence(&parse_sequence(notation).unwrap());
        assert_eq!(keys(bytes), wanted, "{}", bytes.escape_ascii());
    }
}

#[test]
fn unknown_sequences_are_dropped_and_block_nothing() {
    for bytes in [
        &b"\x1b[?1u"[..],
        b"\x1b[?62;4c",
        b"\x1b[?2026;2$y",
        b"\x1b[I\x1b[O",
        b"\x1b[97;1:3u",
        b"\x1b[97;9u",
        b"\x1b[57440u",
        b"\x1b[>0;10;1c",
        b"\x1b[201~",
        b"\x1b[999~",
        b"\x1bP1+r544e\x1b\\",
        b"\x1b]4;1;rgb:0/0/0\x07",
        b"\x1b_Gi=1;OK\x1b\\",
        b"\x1b[<0;1;1",
        b"\x1b[<64;1M",
        b"\xff\xfe\xc3(",
        b"\x1b[12345678901234567890;5u",
    ] {
        let mut bytes = bytes.to_vec();
        let was_cut_off = bytes.starts_with(b"\x1b[<0");
        let text = bytes.ends_with(b"(");
        bytes.extend(b"\x1b[6~");
        let wanted = match (was_cut_off, text) {
            (_, true) => "(<PageDown>",
            _ => "<PageDown>",
        };
        assert_eq!(keys(&bytes), wanted, "{}", bytes.escape_ascii());
    }
}

#[test]
fn an_incomplete_escape_sequence_times_out() {
    assert_eq!(keys(b"\x1b"), "<Esc>");
    assert_eq!(keys(b"\x1b\x1b"), "<Esc><Esc>");
    assert_eq!(keys(b"\x1b["), "<A-[>");
    assert_eq!(keys(b"\x1bO"), "<A-O>");
    assert_eq!(keys(b"\x1b]"), "<A-]>");
    let (mut parser, mut sent) = (InputParser::default(), Vec::new());
    assert_eq!(parser.timeout(), None);
    // A network may split a sequence anywhere.
    for &byte in b"\x1b[1;5A\x1b]11;rgb:ffff/ffff/ffff\x1b\\" {
        parser.feed(&[byte], &mut sent);
        assert!(parser.timeout().is_some() || !sent.is_empty());
    }
    assert_eq!(sent.len(), 2);
    assert_eq!(parser.timeout(), None);
}

#[test]
fn the_background_is_read_from_its_color_and_from_reports() {
    for (bytes, ground) in [
        (&b"\x1b]11;rgb:0000/0000/0000\x1b\\"[..], Ground::Dark),
        (b"\x1b]11;rgb:ff/ff/ff\x07", Ground::Light),
        (b"\x1b]11;rgba:fdfd/f6f6/e3e3/ffff\x07", Ground::Light),
        (b"\x1b]11;rgb:1c1c/1c1c/1c1c\x07", Ground::Dark),
        (b"\x1b[?997;1n", Ground::Dark),
        (b"\x1b[?997;2n", Ground::Light),
    ] {
        assert_eq!(
            all(bytes),
            [TerminalEvent::Ground(ground)],
            "{}",
            bytes.escape_ascii()
        );
    }
    assert_eq!(
        all(b"\x1b]11;rgb:/ff/ff\x07\x1b]11;?\x07\x1b]11;rgb:fffff/0/0\x07"),
        []
    );
}

#[test]
fn pasted_text_is_no_keys_whatever_it_holds() {
    let paste = |bytes: &[u8]| match all(bytes).as_slice() {
        [TerminalEvent::Paste(text)] => text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        paste(b"\x1b[200~q\x1b[A:!\xff\x1b[201~"),
        "q\x1b[A:!\u{FFFD}"
    );
    assert_eq!(paste(b"\x1b[200~never ended"), "never ended");
    let mut long = b"\x1b[200~".to_vec();
    long.resize(MAX_PASTE + 100_000, b'x');
    long.extend(END_OF_PASTE);
    assert_eq!(paste(&long).len(), MAX_PASTE);
}

#[test]
fn the_mouse_speaks_two_languages() {
    let mouse = |bytes: &[u8]| match all(bytes).as_slice() {
        [TerminalEvent::Mouse(mouse)] => (mouse.kind, mouse.column, mouse.row),
        other => panic!("{other:?}"),
    };
    assert_eq!(mouse(b"\x1b[<0;10;5M"), (MouseKind::Press, 9, 4));
    assert_eq!(mouse(b"\x1b[<32;10;5M"), (MouseKind::Drag, 9, 4));
    assert_eq!(mouse(b"\x1b[<0;300;5m"), (MouseKind::Release, 299, 4));
    assert_eq!(mouse(b"\x1b[<65;1;1M"), (MouseKind::WheelDown, 0, 0));
    assert_eq!(mouse(b"\x1b[M *%"), (MouseKind::Press, 9, 4));
    assert_eq!(mouse(b"\x1b[M#*%"), (MouseKind::Release, 9, 4));
    assert_eq!(mouse(b"\x1b[M`!!"), (MouseKind::WheelUp, 0, 0));
    assert_eq!(all(b"\x1b[<2;1;1M\x1b[<0;0;0M\x1b[<35;4;4M"), []);
}

proptest! {
    /// Pieces of sequences in any order never panic or swallow later keys.
    #[test]
    fn nothing_holds_up_the_keys(pieces in prop::collection::vec(prop::sample::select(vec![
        &b"\x1b"[..], b"[", b"]", b"O", b"P", b"<", b"?", b"0", b"9;", b":", b"~", b"u", b"M", b"m", b"A",
        b"\x07", b"\\", b"\xc3", b"\xa9", b"\xf0\x9f", b"\xff", b"11;rgb:", b"201~", b"997;1n", b"\0",
    ]), 0..40)) {
        let bytes = pieces.concat();
        let (mut parser, mut sent) = (InputParser::default(), Vec::new());
        parser.feed(&bytes, &mut sent);
        if parser.timeout().is_some() {
            parser.time_out(&mut sent);
        }
        prop_assert_eq!(parser.timeout(), None);
        sent.clear();
        parser.feed(b"j", &mut sent);
        prop_assert_eq!(sent, vec![plain(KeyCode::Char('j'))]);
    }
}
