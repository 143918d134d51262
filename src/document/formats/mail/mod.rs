//! Mail: newsletters and letters, one per file or in a mailbox.
//!
//! Most mail has a plain and an HTML version. The plain one is used if a person wrote it, and the HTML
//! if the plain one is missing, a stub, or only a list of addresses. Quoted mail becomes block quotes;
//! what a newsletter says about itself at the end is trailing.

use std::ops::ControlFlow;

use mail_parser::{Address, HeaderValue, Message, MessageParser, MimeHeaders, PartType};

use super::{html, sniff};
use crate::document::draft::Draft;
use crate::document::source::{ArticleSink, SourceFile};
use crate::document::strings::{first_line, is_web_address, one_line, without_prefix};
use crate::document::structure::front_matter::language_code;
use crate::document::{DateOrigin, Meta, Published};

mod body;
mod mailbox;

/// The longest byte count at the beginning of a file of Apple Mail.
const LONGEST_COUNT: usize = 16;
/// The most keywords of a mail.
const MOST_TAGS: usize = 64;
/// Separators between the name of a writer and that of a newsletter.
const BETWEEN: &[&str] = &[" from ", " at ", " via ", " | ", " – ", " — "];

/// Reads one mail.
pub(super) fn read(source: &SourceFile<'_>, sink: &mut ArticleSink<'_>) -> ControlFlow<()> {
    match article(without_count(source.bytes)) {
        Some(draft) => sink.push(draft),
        None => ControlFlow::Continue(()),
    }
}

/// Reads the mails of a mailbox.
pub(super) fn read_mailbox(source: &SourceFile<'_>, sink: &mut ArticleSink<'_>) -> ControlFlow<()> {
    if !sniff::is_mailbox(source.bytes) {
        return read(source, sink);
    }
    for mail in mailbox::mails(source.bytes) {
        let mail = mailbox::unquoted(mail);
        if has_head(&mail) && sink.skips_next() {
            continue;
        }
        if let Some(draft) = article(&mail) {
            sink.push(draft)?;
        }
    }
    ControlFlow::Continue(())
}

/// Skips the byte count at the beginning of files of Apple Mail.
fn without_count(bytes: &[u8]) -> &[u8] {
    let line = first_line(bytes);
    let is_count = !line.is_empty()
        && line.len() < LONGEST_COUNT
        && line
            .iter()
            .all(|byte| matches!(byte, b'0'..=b'9' | b' ' | b'\r'));
    if is_count && line.len() < bytes.len() {
        without_prefix(&bytes[line.len()..], b"\n")
    } else {
        bytes
    }
}

/// Returns whether the bytes begin with headers, which makes them an article.
fn has_head(mail: &[u8]) -> bool {
    MessageParser::default().parse_headers(mail).is_some()
}

/// Converts a mail to an article; returns `None` if the bytes have no headers.
fn article(mail: &[u8]) -> Option<Draft> {
    let message = MessageParser::default().parse(mail)?;
    let mut draft = Draft::with_meta(meta(&message));
    draft.head();
    let from = draft.blocks().len();
    body::write(&mut draft, &plain_text(&message), &marked_up(&message));
    if let Some(address) = body::mark_notices(&mut draft, from) {
        draft.meta.url.get_or_insert(address);
    }
    Some(draft)
}

fn plain_text(message: &Message<'_>) -> String {
    let mut text = String::new();
    for part in message.text_bodies() {
        if let PartType::Text(plain) = &part.body {
            let is_flowed = part
                .content_type()
                .and_then(|kind| kind.attribute("format"));
            let is_flowed = is_flowed.is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
            if is_flowed {
                text.push_str(&flowed(plain));
            } else {
                text.push_str(plain);
            }
            text.push_str("\n\n");
        }
    }
    text
}

fn marked_up(message: &Message<'_>) -> String {
    let parts = message.html_bodies().filter_map(|part| match &part.body {
        PartType::Html(html) => Some(html.as_ref()),
        _ => None,
    });
    parts.collect()
}

/// Joins lines that end in a space with the next, as RFC 3676 says.
fn flowed(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        let stuffed = line.strip_prefix(' ').unwrap_or(line);
        joined.push_str(stuffed);
        if !stuffed.ends_with(' ') || stuffed == "-- " || stuffed.starts_with('>') {
            joined.push('\n');
        }
    }
    joined
}

fn meta(message: &Message<'_>) -> Meta {
    let header = |name: &'static str| {
        message
            .header(name)
            .and_then(HeaderValue::as_text)
            .map(str::trim)
    };
    let is_list = ["List-Id", "List-Unsubscribe", "List-Post"]
        .iter()
        .any(|name| message.header(*name).is_some());
    let (byline, source) = sender(message, is_list);
    let keywords = message.keywords().as_text_list().unwrap_or_default();
    let tags = keywords.iter().map(|tag| tag.trim().to_owned());
    Meta {
        title: message.subject().map(one_line).unwrap_or_default(),
        byline,
        source,
        published: published(message),
        url: [
            "Archived-At",
            "X-Archived-At",
            "Content-Location",
            "List-Post",
        ]
        .iter()
        .find_map(|name| address(header(name)?)),
        id: message.message_id().map(str::to_owned),
        tags: tags.filter(|tag| !tag.is_empty()).take(MOST_TAGS).collect(),
        language: header("Content-Language").and_then(language_code),
        ..Meta::default()
    }
}

/// Returns the writer of a mail, and the newsletter.
fn sender(message: &Message<'_>, is_list: bool) -> (Option<String>, Option<String>) {
    let Some(from) = message.from().and_then(Address::first) else {
        return (None, None);
    };
    let name = from
        .name()
        .or(from.address())
        .map(one_line)
        .filter(|name| !name.is_empty());
    let Some(name) = name else {
        return (None, None);
    };
    let split = BETWEEN.iter().find_map(|between| name.split_once(between));
    match split {
        Some((writer, newsletter)) => (
            Some(writer.trim().to_owned()),
            Some(newsletter.trim().to_owned()),
        ),
        None if is_list => (None, Some(name)),
        None => (Some(name), None),
    }
}

/// Returns the time in the time zone of the mail.
fn published(message: &Message<'_>) -> Option<Published> {
    let date = message.date()?;
    let part = |value: u8| i8::try_from(value).ok();
    let when = jiff::civil::DateTime::new(
        i16::try_from(date.year).ok()?,
        part(date.month)?,
        part(date.day)?,
        part(date.hour)?,
        part(date.minute)?,
        part(date.second.min(59))?,
        0,
    );
    Some(Published {
        when: when.ok()?,
        has_time: true,
        origin: DateOrigin::Metadata,
    })
}

/// Returns the address in a header if it is that of a web page.
fn address(header: &str) -> Option<String> {
    let address = header
        .trim_start_matches('<')
        .split(['>', ' ', ','])
        .next()?;
    is_web_address(address).then(|| address.to_owned())
}

#[cfg(test)]
#[cfg(feature = "html")]
mod tests;
