//! Mail of every kind.

use proptest::prelude::*;

use crate::document::tests::articles;
use crate::document::{BlockKind, Document, NO_ARTICLE, read};

fn mail(text: &str) -> Document {
    articles(text.as_bytes(), "a.eml").remove(0)
}

fn of(document: &Document, kind: BlockKind) -> Vec<&str> {
    let blocks = document
        .blocks
        .iter()
        .filter(move |block| block.kind == kind);
    blocks.map(|block| block.span.of(&document.text)).collect()
}

const HEAD: &str = "Return-Path: <bounce@coast.example>\r\nDate: Wed, 4 Mar 2026 08:30:00 +0100\r\nFrom: =?utf-8?q?Ana_Ruiz_from_The_Qu=C3=A4y?= <ana@coast.example>\r\nTo: you@example.org\r\nSubject: Harbor talks\r\n end\r\nMessage-ID: <1@coast.example>\r\nList-Id: <quay.coast.example>\r\nMIME-Version: 1.0\r\n";

const PLAIN: &str = "Ministers left Port Selene on Wednesday after six hours in the old customs house.\r\n\r\nNobody signed anything, and nobody had expected it.\r\n\r\nThe ferries sail again on Thursday.\r\n\r\nYou are receiving this because you signed up.\r\nUnsubscribe: https://coast.example/u\r\n";

#[test]
fn a_newsletter_says_who_when_and_what() {
    let article = mail(&format!(
        "{HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\n{PLAIN}"
    ));
    let meta = &article.meta;
    assert_eq!(meta.title, "Harbor talks end");
    assert_eq!(meta.byline.as_deref(), Some("Ana Ruiz"));
    assert_eq!(meta.source.as_deref(), Some("The Quäy"));
    assert_eq!(
        meta.published.unwrap().when.to_string(),
        "2026-03-04T08:30:00"
    );
    assert_eq!(meta.id.as_deref(), Some("1@coast.example"));
    assert_eq!(of(&article, BlockKind::Paragraph).len(), 3);
    assert!(of(&article, BlockKind::Trailing)[0].starts_with("You are receiving"));
}

fn alternative(plain: &str, html: &str) -> String {
    format!(
        "{HEAD}Content-Type: multipart/alternative; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n{plain}\r\n--x\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{html}\r\n--x--\r\n"
    )
}

#[test]
fn the_marked_up_text_is_taken_where_the_plain_one_is_a_stub() {
    let html = "<html><body><p><a href=3D\"https://coast.example/1\">View in your browser</a></p><h1>Caf=E9</h1><p>Ministers left <a href=3D\"https://coast.example/2\">Port Selene</a>.</p><p>To unsubscribe, write.</p><p>Coast Press, Quay 1</p></body></html>";
    let article = mail(&alternative("Your mail program cannot show this.", html));
    assert!(
        article.text.contains("Café\n\nMinisters left Port Selene."),
        "{}",
        article.text
    );
    assert_eq!(article.meta.url.as_deref(), Some("https://coast.example/1"));
    assert_eq!(
        of(&article, BlockKind::Trailing),
        [
            "View in your browser",
            "To unsubscribe, write.",
            "Coast Press, Quay 1"
        ]
    );
}

#[test]
fn the_plain_text_is_taken_where_somebody_wrote_it() {
    let article = mail(&alternative(
        PLAIN,
        "<p>Ministers left <b>Port Selene</b> on Wednesday.</p>",
    ));
    assert!(article.text.contains("in the old customs house."));
}

#[test]
fn what_an_answer_quotes_is_set_off() {
    let article = mail(
        "From: Bo Lind <bo@example.org>\nSubject: Re: Harbor\nDate: Thu, 5 Mar 2026 09:00:00 GMT\n\nI was there.\n\nAna wrote:\n\n> Ministers left on\n> Wednesday.\n>\n> > Did they?\n\nThey did.\n\n-- \nBo Lind\nQuay 2\n",
    );
    assert_eq!(
        of(&article, BlockKind::BlockQuote),
        ["Ministers left on Wednesday.", "Did they?"]
    );
    assert_eq!(of(&article, BlockKind::Trailing), ["Bo Lind", "Quay 2"]);
    assert_eq!(article.meta.byline.as_deref(), Some("Bo Lind"));
    assert_eq!(article.meta.source, None);
}

#[test]
fn lines_that_flow_are_joined() {
    let article = mail(
        "From: a@example.org\nSubject: x\nContent-Type: text/plain; format=flowed\n\nMinisters left \nPort Selene.\n\nNobody \nsigned.\n",
    );
    assert!(
        article
            .text
            .ends_with("Ministers left Port Selene.\n\nNobody signed."),
        "{}",
        article.text
    );
}

#[test]
fn a_mailbox_holds_as_many_articles_as_mails() {
    let text = format!(
        "From a@b Wed Mar  4 08:30:00 2026\n{HEAD}\n{PLAIN}\n\nFrom c@d Thu Mar  5 09:00:00 2026\nFrom: Bo <c@d>\nSubject: Two\n\n>From the quay.\n"
    );
    for name in ["2026.mbox", "Inbox"] {
        let mails = articles(text.as_bytes(), name);
        assert_eq!(mails.len(), 2);
        assert_eq!(mails[1].meta.title, "Two");
        assert!(mails[1].text.ends_with("From the quay."));
    }
}

#[test]
fn mail_without_a_name_is_known_by_its_headers() {
    let text = format!("{HEAD}\r\n{PLAIN}");
    assert_eq!(
        articles(text.as_bytes(), "cur/1772609400.M1P2.host:2,S")[0]
            .meta
            .title,
        "Harbor talks end"
    );
    assert_eq!(
        mail(&format!("{}\n{text}", text.len())).meta.title,
        "Harbor talks end"
    );
    let note = "Harbor: talks end\n\nSubject: none\n";
    assert_eq!(articles(note.as_bytes(), "note")[0].text, note);
}

#[test]
fn a_file_without_headers_is_no_mail() {
    assert_eq!(read(Vec::new(), "a.eml").problem(), Some(NO_ARTICLE));
}

proptest! {
    #[test]
    fn damage_is_survived(cut in 0usize..2000, at in 0usize..2000, byte: u8) {
        let html = "<p>Ministers left.</p><blockquote>It is over</blockquote>";
        let mut bytes = alternative(PLAIN, html).into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        bytes.truncate(bytes.len() - cut % bytes.len());
        articles(&bytes, "a.eml");
        articles(&[b"From a 2026\n", &bytes[..], b"\n\nFrom b 2026\n", &bytes[..]].concat(), "a.mbox");
    }

    #[test]
    fn any_bytes_are_survived(bytes: Vec<u8>) {
        articles(&bytes, "a.eml");
        articles(&bytes, "a.mbox");
    }
}

#[test]
fn hostile_mail_takes_linear_time() {
    let n = 100_000;
    for body in [
        "> ".repeat(n),
        "\n-- \n".repeat(n),
        "\n\nFrom a 2026\n".repeat(n / 10),
        format!(
            "Content-Type: multipart/mixed; boundary=x\n\n{}",
            "--x\n\n".repeat(n / 10)
        ),
        "Content-Type: multipart/mixed; boundary=x\n\n--x\n".repeat(n / 20),
        "Content-Type: message/rfc822\n\n".repeat(n / 20),
        format!("Subject: {}\n\n", "=?utf-8?q?a?= ".repeat(n)),
        format!("X: {}\n\n", "(".repeat(n)),
    ] {
        let text = format!(
            "From a 2026\nFrom: {}\nSubject: x\n{body}",
            "<".repeat(1000)
        );
        articles(text.as_bytes(), "a.mbox");
    }
}
