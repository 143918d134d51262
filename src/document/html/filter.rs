//! What stands between the paragraphs of a saved page and is not the article: notices, links to other
//! articles, sign-ups, boxes about the author, credits of pictures.
//!
//! Nothing is left out: such a block is shown dimmed as [`BlockKind::Trailing`] or set as a caption, and is
//! not analyzed. One table lists what notices say, in small letters and with `#` for a number.

use std::collections::HashSet;

use super::super::draft::Draft;
use super::super::{Block, BlockKind, Inline, InlineKind, dates, head};

/// The longest notice, credit, link and label, in bytes.
const LONGEST_NOTICE: usize = 240;
const LONGEST_CREDIT: usize = 320;
const LONGEST_LINK: usize = 220;
const LONGEST_LABEL: usize = 60;
/// How many links after each other are a list of them, and what share of a block its links take.
const FEWEST_LINKS: usize = 3;
const LINK_SHARE: f64 = 0.85;
/// The largest share of a page that may be links; a page with more is a list of them.
const MOST_LINKS: f64 = 0.4;
/// The shortest text that does not stand twice by chance, in bytes.
const SHORTEST_REPEATED: usize = 40;
/// How many blocks at the beginning may say when and by whom, and at the end who that is.
const HEAD_BLOCKS: usize = 8;
const END_BLOCKS: usize = 8;

/// How a notice is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// It is the whole block.
    Whole,
    /// The block begins with it.
    Begins,
}

/// What notices say.
const NOTICES: &[(Known, &[&str])] = &[
    (
        Known::Whole,
        &[
            "ad",
            "advert",
            "advertisement",
            "advertisment",
            "advertising",
            "sponsored",
            "sponsored content",
            "anzeige",
            "werbung",
            "publicité",
            "annonce",
            "publicidad",
            "publicidade",
            "pubblicità",
            "advertentie",
            "reklama",
            "reklam",
            "reklame",
            "реклама",
            "iklan",
            "広告",
            "article continues below",
            "article continues below advertisement",
            "story continues below",
            "story continues below advertisement",
            "story continues",
            "continue reading",
            "continue reading below",
            "continue reading the main story",
            "read more",
            "read full story",
            "more",
            "see more",
            "show more",
            "view more",
            "load more",
            "weiterlesen",
            "mehr",
            "lire la suite",
            "leer más",
            "ler mais",
            "leggi tutto",
            "lees meer",
            "läs mer",
            "les mer",
            "czytaj więcej",
            "читать далее",
            "share",
            "share this",
            "share this article",
            "share this story",
            "share tweet",
            "share tweet submit",
            "tweet",
            "sharing is caring",
            "click to tweet",
            "facebook",
            "twitter",
            "whatsapp",
            "linkedin",
            "email",
            "e-mail",
            "print",
            "copy link",
            "link copied",
            "save",
            "bookmark",
            "teilen",
            "drucken",
            "partager",
            "imprimer",
            "compartir",
            "compartilhar",
            "condividi",
            "delen",
            "dela",
            "поделиться",
            "subscribe",
            "subscribe now",
            "sign up",
            "sign in",
            "log in",
            "newsletter",
            "abonnieren",
            "s'abonner",
            "s’abonner",
            "suscríbete",
            "assine",
            "iscriviti",
            "подписаться",
            "comment",
            "comments",
            "# comments",
            "post comment",
            "post comment (+)",
            "leave a comment",
            "add a comment",
            "view comments",
            "show comments",
            "join the conversation",
            "kommentare",
            "commentaires",
            "comentarios",
            "comentários",
            "close",
            "caption",
            "enlarge image",
            "expand",
            "hide caption",
            "toggle caption",
            "view gallery",
            "gallery",
            "play video",
            "loading",
            "loading content",
            "highlights",
            "warning",
            "# of #",
            "# of / #",
            "image # of #",
            "image # of / #",
            "photo # of #",
            "slide # of #",
            "bild # von #",
            "view author archive",
            "email the author",
            "follow on twitter",
            "don't miss",
            "don’t miss",
            "related",
            "related news",
            "related articles",
            "related stories",
            "related content",
            "related topics",
            "you may also like",
            "you might also like",
            "recommended",
            "recent articles",
            "popular this week",
            "popular",
            "latest",
            "trending",
            "most read",
            "most read stories",
            "most popular",
            "top stories",
            "editor's picks",
            "editor’s picks",
            "editors' picks",
            "more stories",
            "more on this story",
            "more from us",
            "mehr zum thema",
            "lesen sie auch",
            "das könnte sie auch interessieren",
            "lire aussi",
            "à lire aussi",
            "sur le même sujet",
            "te puede interesar",
            "lea también",
            "leia também",
            "leia mais",
            "veja também",
            "leggi anche",
            "potrebbe interessarti",
            "lees ook",
            "les også",
            "læs også",
            "läs också",
            "czytaj też",
            "czytaj także",
            "zobacz też",
            "zobacz także",
            "читайте также",
            "читати також",
            "関連記事",
            "this slideshow requires javascript",
            "media playback is unsupported on your device",
            "video player is loading",
            "your browser does not support the video tag",
            "you have been successfully subscribed",
            "thank you for subscribing",
            "about the author",
            "tags",
            "topics",
            "tempo de leitura: # minuto",
            "tempo de leitura: # minutos",
            "tiempo de lectura: # minutos",
            "# min read",
            "# minute read",
            "# mins read",
            "reading time: # minutes",
            "lesezeit: # minuten",
            "lesezeit # min",
            "temps de lecture : # minutes",
            "temps de lecture : # min",
            "# min",
        ],
    ),
    (
        Known::Begins,
        &[
            "read more:",
            "read more about",
            "read more on ",
            "read next:",
            "read also:",
            "also read:",
            "also read |",
            "related:",
            "related post:",
            "related article:",
            "related story:",
            "[related:",
            "(related:",
            "see also:",
            "see more:",
            "see also |",
            "also see:",
            "also:",
            "also on ",
            "more:",
            "more from ",
            "more on ",
            "more about ",
            "more great ",
            "more articles from",
            "watch:",
            "watch now:",
            "watch |",
            "listen:",
            "listen to ",
            "opinion:",
            "explainer:",
            "go deeper:",
            "don't miss:",
            "lesen sie auch",
            "lesen sie mehr",
            "lesen sie hier",
            "mehr zum thema",
            "mehr dazu:",
            "lire aussi",
            "à lire aussi",
            "voir aussi",
            "lea también",
            "lee también",
            "leer también",
            "te puede interesar",
            "ver también",
            "leia também",
            "leia mais",
            "veja também",
            "saiba mais",
            "leggi anche",
            "(leggi anche",
            "vedi anche",
            "lees ook",
            "lees meer",
            "bekijk ook",
            "läs också",
            "läs mer",
            "les også",
            "læs også",
            "lue myös",
            "czytaj także",
            "czytaj też",
            "zobacz także",
            "zobacz też",
            "čtěte také",
            "читайте также",
            "читать также",
            "читайте також",
            "ayrıca okuyun",
            "baca juga",
            "baca :",
            "baca:",
            "sign up for ",
            "sign up to ",
            "sign up here",
            "sign up:",
            "subscribe to ",
            "subscribe for ",
            "get the latest",
            "get breaking news",
            "get the day",
            "get our ",
            "join our ",
            "download our ",
            "download the ",
            "want more stories",
            "every day we send",
            "never miss ",
            "stay up to date",
            "keep up to date",
            "let our news meet",
            "start your day with",
            "melden sie sich ",
            "abonnieren sie",
            "abonnez-vous",
            "inscrivez-vous",
            "suscríbase",
            "suscríbete",
            "inscreva-se",
            "assine ",
            "iscriviti ",
            "schrijf je in",
            "meld je aan",
            "подпишитесь",
            "подписывайтесь",
            "follow us",
            "follow @",
            "like us on",
            "find us on",
            "join us on",
            "connect with us",
            "share this ",
            "like this story?",
            "enjoyed this ",
            "if you enjoyed this ",
            "tell us what you think",
            "have a tip?",
            "got a tip?",
            "have a story",
            "do you have a story",
            "reach the reporter",
            "contact the reporter",
            "contact the author",
            "folgen sie uns",
            "suivez-nous",
            "suivez nous",
            "síguenos",
            "síganos",
            "siga-nos",
            "siga o ",
            "seguici ",
            "volg ons",
            "click here ",
            "click to tweet",
            "this post may contain affiliate",
            "this article may contain affiliate",
            "this story may contain affiliate",
            "we may earn ",
            "when you buy through",
            "if you buy something",
            "there was a problem subscribing",
            "by signing up",
            "by subscribing",
            "you can unsubscribe",
            "support our journalism",
            "support independent",
            "image copyright ",
            "photo gallery:",
            "gallery:",
            "in pictures:",
            "need more space?",
            "note: we are temporarily moderating",
            "comments are closed",
            "this comment thread",
            "our standards:",
            "our community guidelines",
            "all rights reserved",
            "copyright ©",
            "copyright ⓒ",
            "copyright @",
            "© 20",
            "via syndigate",
        ],
    ),
];

/// Words of picture credits, in small letters.
const CREDITS: &[&str] = &[
    "getty images",
    "(image:",
    "image:",
    "(image credit",
    "image credit",
    "photo credit",
    "picture credit",
    "(credit:",
    "credit:",
    "credit...",
    "(photo:",
    "photo:",
    "photo :",
    "(photo by ",
    "photo by ",
    "(photograph:",
    "photograph:",
    "(picture:",
    "picture:",
    "ap photo",
    "/ap)",
    "via ap",
    "afp via",
    "/afp",
    "(afp)",
    "afp/",
    "reuters/",
    "/reuters",
    "via reuters",
    "epa/",
    "epa-efe",
    "/epa",
    "shutterstock",
    "istock",
    "alamy",
    "image copyright",
    "image source",
    "foto:",
    "(foto",
    "bild:",
    "(bild",
    "© dpa",
    "/dpa",
    "picture alliance",
    "imago images",
    "crédit photo",
    "crédits photo",
    "crédit :",
    "crédits :",
    "crédit:",
    "foto de archivo",
    "fotografía:",
    "фото:",
];

/// Verbs after a name that begin what is said about an author, in small letters.
const ABOUT: &[&str] = &[
    "is a ",
    "is an ",
    "is the ",
    "is one of ",
    "covers ",
    "writes ",
    "has been ",
    "has written ",
    "has covered ",
    "joined ",
    "reports ",
    "reported ",
    "works ",
    "was a ",
    "contributed ",
    "ist ",
    "schreibt ",
    "arbeitet ",
    "est ",
    "écrit ",
    "es ",
    "escribe ",
    "é ",
    "escreve ",
    "è ",
    "scrive ",
];

/// Marks in a draft what is not the article.
pub(super) fn filter(draft: &mut Draft) {
    let byline = draft.meta.byline.clone().unwrap_or_default();
    let (text, blocks, inlines) = draft.parts_mut();
    mark_lines(text, blocks, &byline);
    mark_repeated(text, blocks);
    mark_links(text, blocks, inlines);
    mark_author(text, blocks, &byline);
}

/// Marks notices, credits, and near the beginning lines that say when and by whom.
fn mark_lines(text: &str, blocks: &mut [Block], byline: &str) {
    let mut head_ends = HEAD_BLOCKS;
    for (index, block) in blocks.iter_mut().enumerate() {
        let line = block.span.of(text);
        if !is_prose(block.kind) || has_quotation(line) {
            continue;
        }
        if is_notice(line, block.kind) {
            block.kind = BlockKind::Trailing;
        } else if index < head_ends && is_about_article(line, byline) {
            block.kind = BlockKind::Byline;
        } else if is_credit(line) {
            block.kind = BlockKind::Caption;
        } else if line.len() > LONGEST_NOTICE {
            head_ends = head_ends.min(index);
        }
    }
}

/// Marks what has stood before word for word and is no sentence: captions of slide shows, teasers.
fn mark_repeated(text: &str, blocks: &mut [Block]) {
    let mut seen = HashSet::new();
    for block in blocks.iter_mut() {
        let line = block.span.of(text);
        let may_repeat = matches!(block.kind, BlockKind::Title | BlockKind::Preformatted)
            || (block.kind == BlockKind::Paragraph
                && line.ends_with(['.', '?', '!', ':', '”', '"']));
        if line.len() >= SHORTEST_REPEATED && !seen.insert(line) && !may_repeat {
            block.kind = BlockKind::Trailing;
        }
    }
}

/// Marks lists of links to other articles with what they are called, and links in capitals.
fn mark_links(text: &str, blocks: &mut [Block], inlines: &[Inline]) {
    let linked = linked(blocks, inlines);
    let is_link: Vec<bool> = blocks
        .iter()
        .zip(&linked)
        .map(|(block, &n_linked)| is_link(text, block, n_linked))
        .collect();
    let total: usize = blocks
        .iter()
        .filter(|block| is_prose(block.kind))
        .map(|block| block.span.len() as usize)
        .sum();
    let in_links: usize = blocks
        .iter()
        .zip(&is_link)
        .filter(|(_, is_link)| **is_link)
        .map(|(block, _)| block.span.len() as usize)
        .sum();
    if in_links as f64 > total as f64 * MOST_LINKS {
        return;
    }
    let mut at = 0;
    while at < blocks.len() {
        let run = is_link
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|is_link| **is_link)
            .count();
        let first = match at.checked_sub(1).and_then(|before| blocks.get(before)) {
            Some(before) if run >= FEWEST_LINKS && is_label(text, *before) => at - 1,
            _ => at,
        };
        let is_list = run >= FEWEST_LINKS;
        for block in blocks.iter_mut().take(at + run).skip(first) {
            if is_list || is_in_capitals(block.span.of(text)) {
                block.kind = BlockKind::Trailing;
            }
        }
        at += run.max(1);
    }
}

/// Marks what is said at the end about who wrote the article.
fn mark_author(text: &str, blocks: &mut [Block], byline: &str) {
    let author = byline.split([',', '&', '|']).next().unwrap_or_default();
    let author = author.split(" and ").next().unwrap_or_default().trim();
    let mut names: Vec<&str> = vec![author];
    names.extend(author.split_whitespace().next());
    names.extend(author.split_whitespace().last());
    names.retain(|name| name.chars().count() > 2);
    let n_blocks = blocks.len();
    for index in n_blocks.saturating_sub(END_BLOCKS).max(2)..n_blocks {
        let (before, rest) = blocks.split_at_mut(index);
        let Some(block) = rest.first_mut().filter(|block| is_prose(block.kind)) else {
            continue;
        };
        let line = block.span.of(text);
        let is_name =
            line.len() <= LONGEST_LABEL && line.eq_ignore_ascii_case(author) && !author.is_empty();
        let is_about = !has_quotation(line)
            && names.iter().any(|name| {
                let rest = line.strip_prefix(name).map(str::trim_start);
                rest.is_some_and(|rest| ABOUT.iter().any(|verb| rest.starts_with(verb)))
            });
        if is_name || is_about {
            block.kind = BlockKind::Trailing;
            if let Some(label) = before.last_mut().filter(|label| {
                matches!(label.kind, BlockKind::Heading(_))
                    && label.span.of(text).eq_ignore_ascii_case(author)
            }) {
                label.kind = BlockKind::Trailing;
            }
        }
    }
}

fn is_prose(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::ListItem(_)
    )
}

fn has_quotation(line: &str) -> bool {
    line.contains(['“', '”', '„', '«', '»', '"'])
}

fn is_notice(line: &str, kind: BlockKind) -> bool {
    if line.len() > LONGEST_NOTICE {
        return false;
    }
    let plain = numbers_as_marks(&line.to_lowercase());
    let whole =
        plain.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '#' | '(' | ')' | '+'));
    NOTICES.iter().any(|(known, notices)| match known {
        Known::Whole => notices.contains(&whole),
        Known::Begins => {
            !matches!(kind, BlockKind::ListItem(_))
                && notices.iter().any(|notice| plain.starts_with(notice))
        }
    })
}

/// A line with `#` for each number.
fn numbers_as_marks(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '0'..='9' if out.ends_with('#') => {}
            '0'..='9' => out.push('#'),
            c => out.push(c),
        }
    }
    out
}

/// Whether a line says whose picture stands above it: a credit at its beginning or its end.
fn is_credit(line: &str) -> bool {
    if line.len() > LONGEST_CREDIT {
        return false;
    }
    let lower = line.to_lowercase();
    let tail = lower
        .get(lower.ceil_char_boundary(lower.len().saturating_sub(60))..)
        .unwrap_or_default();
    let is_sentence = lower.ends_with(['.', '!', '?']);
    CREDITS
        .iter()
        .any(|credit| lower.starts_with(credit) || (!is_sentence && tail.contains(credit)))
        || (lower.starts_with('©') && lower.len() <= LONGEST_NOTICE)
}

/// Whether a line near the beginning says when the article was published or who wrote it.
fn is_about_article(line: &str, byline: &str) -> bool {
    let author = byline.split(',').next().unwrap_or_default().trim();
    let is_author = author.chars().count() > 4
        && line.len() <= 2 * LONGEST_LABEL
        && !line.ends_with('.')
        && line.to_lowercase().starts_with(&author.to_lowercase());
    is_author || dates::is_date_line(line) || head::is_byline(line)
}

/// How many bytes of each block lie in links.
fn linked(blocks: &[Block], inlines: &[Inline]) -> Vec<usize> {
    let mut links: Vec<_> = inlines
        .iter()
        .filter(|inline| matches!(inline.kind, InlineKind::Link(_)))
        .map(|inline| inline.span)
        .collect();
    links.sort_by_key(|span| span.start);
    let mut links = links.into_iter().peekable();
    let of = |block: &Block| {
        let mut n_linked = 0;
        while let Some(span) = links.next_if(|span| span.start < block.span.end) {
            if span.start >= block.span.start {
                n_linked += (span.end.min(block.span.end) - span.start) as usize;
            }
        }
        n_linked
    };
    blocks.iter().map(of).collect()
}

/// Whether a block is a link and nothing else.
fn is_link(text: &str, block: &Block, n_linked: usize) -> bool {
    let line = block.span.of(text);
    let is_sentence = line.ends_with(['.', '”', '"', ':', ';']) && !line.ends_with("...");
    is_prose(block.kind)
        && line.len() <= LONGEST_LINK
        && !is_sentence
        && n_linked as f64 >= line.len() as f64 * LINK_SHARE
}

/// Whether a block may be what a list of links is called.
fn is_label(text: &str, block: Block) -> bool {
    let line = block.span.of(text);
    is_prose(block.kind) && line.len() <= LONGEST_LABEL && !line.ends_with(['.', ','])
}

fn is_in_capitals(line: &str) -> bool {
    line.split_whitespace().count() >= 4
        && !line.contains(char::is_lowercase)
        && line.contains(char::is_uppercase)
}
