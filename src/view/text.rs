//! The article text: columns of lines with quotation bars, quotations, mentions and matches.

use ratatui::layout::Rect;

use super::Linked;
use super::paint::Painter;
use crate::analysis::{Quotation, QuotationKind};
use crate::app::Model;
use crate::app::reading::who::{Who, who_said};
use crate::app::window::geometry::MARGIN_COLUMNS;
use crate::config::Role;
use crate::document::{BlockKind, Document, Inline, InlineKind};
use crate::layout::overlay::{RoleRun, overlay};
use crate::layout::{Glyph, Line, LineKind, Measure, cells};
use crate::text::Span;
use crate::text::display::safe_grapheme;
use crate::text::target::safe_target;
use crate::text::width::wrap;

/// Draws the columns of the page and returns the cells that are links.
pub(super) fn columns(model: &Model, painter: &mut Painter<'_>) -> Vec<Linked> {
    let mut linked = Vec::new();
    let Some(document) = model.reading.reader.document() else {
        nothing(model, painter);
        return linked;
    };
    let Some((measure, _)) = model.reading.reader.laid_out_for() else {
        return linked;
    };
    let page = Span::new(
        model.reading.reader.spread.start,
        model.reading.reader.spread.end.max(1),
    );
    let page = PageView {
        document,
        measure,
        runs: runs(model, page),
        bars: bars(model, page),
        links: links(model, page),
    };
    for (area, lines) in model
        .window
        .regions
        .columns
        .iter()
        .zip(&model.reading.reader.spread.columns)
    {
        for (row, line) in (area.y..area.bottom()).zip(lines) {
            let row = Rect {
                y: row,
                height: 1,
                ..*area
            };
            page.line(painter, row, line, &mut linked);
        }
    }
    linked
}

/// A placeholder while an article opens, or the reason there is none.
fn nothing(model: &Model, painter: &mut Painter<'_>) {
    let Some(area) = model.window.regions.columns.first().copied() else {
        return;
    };
    let (text, more) = match (
        model.reading.is_opening(),
        model.folder.scan.is_done,
        model.folder.library.len(),
    ) {
        (true, ..) => ("opening …".to_owned(), ""),
        (_, false, _) => ("reading the folder …".to_owned(), ""),
        (_, true, 0) => (
            format!("No articles in {}.", model.folder.name()),
            "pullquote reads text, Markdown, HTML, PDF, EPUB, feeds, mail and more. q quits.",
        ),
        _ => (
            "no article could be read".to_owned(),
            "C lists them with the reason; q quits",
        ),
    };
    let middle = area.y + area.height / 3;
    let x = area.x + MARGIN_COLUMNS.min(area.width);
    let row = |y| Rect::new(x, y, area.right().saturating_sub(x), 1).intersection(area);
    painter.cut(row(middle), &text, Role::Text);
    for (y, line) in (middle + 1..).zip(wrap(more, row(middle).width)) {
        painter.text(row(y), &line, Role::Dim);
    }
}

/// What the lines of a page share.
struct PageView<'a> {
    document: &'a Document,
    measure: &'a Measure,
    /// Styled runs of the page, disjoint.
    runs: Vec<RoleRun<Layer>>,
    /// Quotations on the page with their bars.
    bars: Vec<(Span, Bar)>,
    /// Links on the page, with targets that are safe to send to a terminal.
    links: Vec<(Span, String)>,
}

/// A style layer over the text; later variants override earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    Indirect,
    Mixed,
    Direct,
    OfSpeaker,
    Selected,
    Emphasis,
    Strong,
    Code,
    Link,
    Country,
    CountrySelected,
    LinkSelected,
    Match,
    MatchCurrent,
}

impl Layer {
    fn role(self) -> Role {
        match self {
            Self::Indirect => Role::QuotationIndirect,
            Self::Mixed => Role::QuotationMixed,
            Self::Direct => Role::QuotationDirect,
            Self::OfSpeaker => Role::QuotationOfSpeaker,
            Self::Selected => Role::QuotationSelected,
            Self::Emphasis => Role::Emphasis,
            Self::Strong => Role::Strong,
            Self::Code => Role::Code,
            Self::Link => Role::Link,
            Self::Country => Role::Country,
            Self::CountrySelected => Role::CountrySelected,
            Self::LinkSelected => Role::Selection,
            Self::Match => Role::Match,
            Self::MatchCurrent => Role::MatchCurrent,
        }
    }
}

/// The bar left of a line with a quotation. Kinds differ in shape, so color is not needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Bar {
    is_selected: bool,
    symbol: &'static str,
}

const fn bar_symbol(kind: QuotationKind) -> &'static str {
    match kind {
        QuotationKind::Direct => "▌",
        QuotationKind::Mixed => "▎",
        QuotationKind::Indirect => "┊",
    }
}

impl PageView<'_> {
    fn line(&self, painter: &mut Painter<'_>, area: Rect, line: &Line, linked: &mut Vec<Linked>) {
        let text = Rect {
            x: area.x + MARGIN_COLUMNS,
            width: area.width.saturating_sub(MARGIN_COLUMNS),
            ..area
        };
        let kind = self
            .document
            .blocks
            .get(line.block as usize)
            .map(|block| block.kind);
        match line.kind {
            LineKind::Blank => {}
            LineKind::Rule => {
                let middle = Rect {
                    x: text.x + text.width / 4,
                    width: text.width / 2,
                    ..text
                };
                painter.line(middle, "─", Role::Border);
            }
            LineKind::Preface(number) => {
                if let Some((words, is_title)) = self.measure.preface.line(number) {
                    let role = if is_title { Role::Title } else { Role::Byline };
                    painter.text(text, words, role);
                }
            }
            LineKind::Text => {
                self.bar(painter, area, line);
                let glyphs = self.glyphs(painter, text, line, block_role(kind));
                self.link(text, &glyphs, linked);
            }
        }
    }

    fn bar(&self, painter: &mut Painter<'_>, area: Rect, line: &Line) {
        let here = self
            .bars
            .iter()
            .filter(|(span, _)| span.overlaps(line.span));
        if let Some(bar) = here.map(|(_, bar)| bar).max() {
            let role = if bar.is_selected {
                Role::QuotationBarSelected
            } else {
                Role::QuotationBar
            };
            painter.text(
                Rect {
                    x: area.x + 1,
                    width: 1,
                    ..area
                },
                bar.symbol,
                role,
            );
        }
    }

    /// Adds the link cells of a row to `linked`.
    fn link(&self, area: Rect, glyphs: &[Glyph], linked: &mut Vec<Linked>) {
        for (span, target) in &self.links {
            let inside = |glyph: &&Glyph| span.contains(glyph.span.start);
            let mut inside = glyphs.iter().filter(inside);
            let Some(first) = inside.next() else { continue };
            let last = inside.next_back().unwrap_or(first);
            let cells = Rect {
                x: area.x + first.column,
                width: last.column + last.width - first.column,
                ..area
            };
            linked.push(Linked {
                area: cells.intersection(area),
                target: target.clone(),
                id: span.start,
            });
        }
    }

    /// Draws a line and returns its glyphs, positioned from the left edge of the area.
    fn glyphs(&self, painter: &mut Painter<'_>, area: Rect, line: &Line, base: Role) -> Vec<Glyph> {
        let mut glyphs = cells(self.document, line, self.measure);
        let used = glyphs.last().map_or(0, |glyph| glyph.column + glyph.width);
        // Right-to-left paragraphs are aligned right.
        if line.rtl {
            let shift = area.width.saturating_sub(used);
            for glyph in &mut glyphs {
                glyph.column += shift;
            }
        }
        let plain = painter.style(base);
        let mut runs = self
            .runs
            .iter()
            .skip_while(|run| run.span.end <= line.span.start)
            .peekable();
        let mut style = plain;
        let mut styled: Option<Span> = None;
        for glyph in &glyphs {
            while runs
                .peek()
                .is_some_and(|run| run.span.end <= glyph.span.start)
            {
                runs.next();
            }
            let run = runs
                .peek()
                .filter(|run| run.span.contains(glyph.span.start));
            if run.map(|run| run.span) != styled {
                styled = run.map(|run| run.span);
                let roles = run
                    .iter()
                    .flat_map(|run| run.roles.iter().map(|layer| layer.role()));
                style = painter.styles(std::iter::once(base).chain(roles));
            }
            let symbol = glyph.symbol(&self.document.text);
            let safe = safe_grapheme(symbol);
            let x = area.x + glyph.column;
            if x + glyph.width > area.right() {
                break;
            }
            if glyph.width > 1 && symbol == " " {
                for column in x..x + glyph.width {
                    painter.cell(column, area.y, " ", 1, style);
                }
            } else {
                painter.cell(x, area.y, safe, glyph.width, style);
            }
        }
        glyphs
    }
}

fn block_role(kind: Option<BlockKind>) -> Role {
    match kind {
        Some(BlockKind::Title) => Role::Title,
        Some(BlockKind::Byline) => Role::Byline,
        Some(BlockKind::Heading(_) | BlockKind::TableHead) => Role::Heading,
        Some(BlockKind::Caption) => Role::Caption,
        Some(BlockKind::Preformatted) => Role::Code,
        Some(BlockKind::Trailing) => Role::Dim,
        _ => Role::Text,
    }
}

/// The styled runs of a page.
fn runs(model: &Model, page: Span) -> Vec<RoleRun<Layer>> {
    let layers: Vec<(Layer, Vec<Span>)> = quotation_layers(model, page)
        .into_iter()
        .chain(country_layers(model, page))
        .chain(inline_layers(model, page))
        .chain([(Layer::LinkSelected, selected_link(model))])
        .chain(match_layers(model, page))
        .filter(|(_, spans)| !spans.is_empty())
        .map(|(layer, spans)| (layer, disjoint(spans)))
        .collect();
    let layers: Vec<(Layer, &[Span])> = layers
        .iter()
        .map(|(layer, spans)| (*layer, spans.as_slice()))
        .collect();
    overlay(&layers, page)
}

/// Quotations by kind, those of the selected speaker, and the current one.
fn quotation_layers(model: &Model, page: Span) -> [(Layer, Vec<Span>); 5] {
    let reader = &model.reading.reader;
    let quotations = on_page(reader.quotations(), page, |quotation| quotation.span);
    let of_kind = |kind: QuotationKind| {
        let alike = quotations.iter().filter(|(_, q)| q.kind == kind);
        alike.map(|(_, q)| q.span).collect()
    };
    let of_speaker = quotations
        .iter()
        .filter(|(index, _)| is_of_speaker(model, *index));
    let selected = reader
        .quotation
        .and_then(|index| reader.quotations().get(index));
    [
        (Layer::Indirect, of_kind(QuotationKind::Indirect)),
        (Layer::Mixed, of_kind(QuotationKind::Mixed)),
        (Layer::Direct, of_kind(QuotationKind::Direct)),
        (Layer::OfSpeaker, of_speaker.map(|(_, q)| q.span).collect()),
        (
            Layer::Selected,
            selected.map(|q| q.span).into_iter().collect(),
        ),
    ]
}

/// Country mentions, and those of the selected country.
fn country_layers(model: &Model, page: Span) -> [(Layer, Vec<Span>); 2] {
    let mentions = on_page(model.reading.reader.mentions(), page, |mention| {
        mention.span
    });
    let chosen = mentions
        .iter()
        .filter(|(_, m)| model.screens.side.country == Some(m.country));
    [
        (
            Layer::Country,
            mentions.iter().map(|(_, m)| m.span).collect(),
        ),
        (
            Layer::CountrySelected,
            chosen.map(|(_, m)| m.span).collect(),
        ),
    ]
}

/// Emphasis, code and links from the article's markup.
fn inline_layers(model: &Model, page: Span) -> [(Layer, Vec<Span>); 4] {
    let inlines = inlines(model, page);
    let of = |wanted: fn(&InlineKind) -> bool| -> Vec<Span> {
        inlines
            .iter()
            .filter(|(_, i)| wanted(&i.kind))
            .map(|(_, i)| i.span)
            .collect()
    };
    [
        (
            Layer::Emphasis,
            of(|kind| matches!(kind, InlineKind::Emphasis)),
        ),
        (Layer::Strong, of(|kind| matches!(kind, InlineKind::Strong))),
        (Layer::Code, of(|kind| matches!(kind, InlineKind::Code))),
        (Layer::Link, of(|kind| matches!(kind, InlineKind::Link(_)))),
    ]
}

/// The inline markup on a page.
fn inlines(model: &Model, page: Span) -> Vec<(usize, &Inline)> {
    match model.reading.reader.document() {
        Some(document) => on_page(&document.inlines, page, |inline| inline.span),
        None => Vec::new(),
    }
}

/// The current link.
fn selected_link(model: &Model) -> Vec<Span> {
    let link = model.reading.reader.current_link();
    link.map(|(span, _)| span).into_iter().collect()
}

/// The links on a page; empty when the terminal does not support links.
fn links(model: &Model, page: Span) -> Vec<(Span, String)> {
    if !model.window.looks.links {
        return Vec::new();
    }
    let target = |(_, inline): (usize, &Inline)| match &inline.kind {
        InlineKind::Link(target) => Some((inline.span, safe_target(target)?)),
        _ => None,
    };
    inlines(model, page)
        .into_iter()
        .filter_map(target)
        .collect()
}

/// Search matches, and the current one.
fn match_layers(model: &Model, page: Span) -> [(Layer, Vec<Span>); 2] {
    let Some(find) = &model.reading.reader.find else {
        return [
            (Layer::Match, Vec::new()),
            (Layer::MatchCurrent, Vec::new()),
        ];
    };
    let matches = on_page(&find.spans, page, |span| *span);
    let current = find.current_span();
    [
        (
            Layer::Match,
            matches.iter().map(|(_, span)| **span).collect(),
        ),
        (Layer::MatchCurrent, current.into_iter().collect()),
    ]
}

/// The items whose spans overlap the page, with their indices. Items are sorted by start, so an item that
/// starts more than `REACH` items before the page is missed; none is that long in practice.
fn on_page<T>(items: &[T], page: Span, span: impl Fn(&T) -> Span) -> Vec<(usize, &T)> {
    /// How many items before the page are checked for reaching into it.
    const REACH: usize = 64;
    let end = items.partition_point(|item| span(item).start < page.end);
    let first = items.partition_point(|item| span(item).start < page.start);
    let start = first.saturating_sub(REACH);
    let candidates = items.iter().enumerate().take(end).skip(start);
    candidates
        .filter(|(_, item)| span(item).overlaps(page))
        .collect()
}

/// Sorts spans and joins overlapping ones, as `overlay` requires.
fn disjoint(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut result: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match result.last_mut() {
            Some(last) if span.start < last.end => *last = last.join(span),
            _ => result.push(span),
        }
    }
    result
}

fn is_of_speaker(model: &Model, index: usize) -> bool {
    match &model.screens.side.speaker {
        Some(who @ Who::Named(_)) => who_said(&model.reading.reader, index) == *who,
        Some(Who::Unknown) | None => false,
    }
}

/// The bars of the quotations on a page.
fn bars(model: &Model, page: Span) -> Vec<(Span, Bar)> {
    let quotations = on_page(
        model.reading.reader.quotations(),
        page,
        |quotation: &Quotation| quotation.span,
    );
    let bar = |(index, quotation): (usize, &Quotation)| {
        let is_selected =
            model.reading.reader.quotation == Some(index) || is_of_speaker(model, index);
        (
            quotation.span,
            Bar {
                is_selected,
                symbol: bar_symbol(quotation.kind),
            },
        )
    };
    quotations.into_iter().map(bar).collect()
}
