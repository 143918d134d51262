//! The model as plain lines, for screen readers and terminals without cursor control.
//!
//! A [`Narrator`] remembers what it wrote and writes only what is new: an article, the stretch being read,
//! numbered list rows, notices. Output is only ever appended, and nothing depends on color or position. Text is
//! sanitized as it is on the screen.

mod lists;
mod prompt;
mod text;

use crate::app::{Model, Popup};
use crate::config::{Action, Screen};
use crate::library::ArticleId;
use crate::text::width::wrap;

/// Writes what is new in the model since the last time.
#[derive(Debug, Default)]
pub struct Narrator {
    has_begun: bool,
    /// The prompt line as written so far.
    typed: String,
    /// How many notices and stretches of text have been written.
    notices: u64,
    stretches: u64,
    /// The article, and whether its findings have been written.
    article: Option<ArticleId>,
    knows_findings: bool,
    popup: Option<Popup>,
    /// The pane with its title, and the selected row and length of its list.
    pane: Option<(Screen, String)>,
    row: Option<(usize, usize)>,
    /// How many actions there have been.
    actions: u64,
    /// Whether the list is still growing.
    is_growing: bool,
    /// The length of the list when it was last written.
    n_told: Option<usize>,
}

impl Narrator {
    /// The output to append.
    pub fn tell(&mut self, model: &Model) -> String {
        let mut lines = Vec::new();
        if !std::mem::replace(&mut self.has_begun, true) {
            lines.push("pullquote. ? lists the keys, q quits.".to_owned());
        }
        self.notices(model, &mut lines);
        if self.popup != model.window.popup {
            self.popup.clone_from(&model.window.popup);
            if let Some(popup) = &model.window.popup {
                lines.push(format!("{}:", popup.title));
                lines.extend(popup.text.lines().map(str::to_owned));
            }
        }
        match model.window.screen() {
            Screen::Reader => self.article(model, &mut lines),
            context => self.list(model, context, &mut lines),
        }
        self.actions = model.input.last.number;
        self.write(model, &lines)
    }

    /// Forgets the current pane and stretch, so that they are written again.
    pub fn say_again(&mut self) {
        self.pane = None;
        self.stretches = 0;
    }

    fn notices(&mut self, model: &Model, lines: &mut Vec<String>) {
        let new = model.outbox.n_notices - self.notices;
        self.notices = model.outbox.n_notices;
        let new = usize::try_from(new).unwrap_or(usize::MAX);
        let first = model.outbox.notices.len().saturating_sub(new);
        let notices = model.outbox.notices.iter().skip(first);
        lines.extend(notices.map(|notice| notice.text.clone()));
    }

    fn article(&mut self, model: &Model, lines: &mut Vec<String>) {
        let was_elsewhere = self
            .pane
            .replace((Screen::Reader, String::new()))
            .is_some_and(|(context, _)| context != Screen::Reader);
        let is_new = self.article != model.reading.reader.article && model.read_aloud.number > 0;
        if is_new {
            self.article = model.reading.reader.article;
            self.knows_findings = model.reading.reader.analysis().is_some();
            lines.extend(text::head(model));
        } else if was_elsewhere && self.stretches == model.read_aloud.number {
            lines.extend(text::title(model));
        }
        if self.stretches != model.read_aloud.number {
            self.stretches = model.read_aloud.number;
            let mut stretch = text::stretch(model);
            // The title has just been written.
            if is_new && stretch.first().map(String::as_str) == text::title_of(model) {
                stretch.remove(0);
            }
            lines.extend(stretch);
        }
        if !self.knows_findings && self.article.is_some() {
            self.knows_findings = model.reading.reader.analysis().is_some();
            lines.extend(text::findings(model));
        }
    }

    /// Writes a list in full when it opens, is reordered or finishes loading, and only the selected row when the
    /// selection moves. When rows change in the background, it writes the new length once the list is complete.
    fn list(&mut self, model: &Model, context: Screen, lines: &mut Vec<String>) {
        let title = lists::title(model);
        let pane = Some((context, title.clone()));
        let has_acted = self.actions != model.input.last.number;
        let is_growing = lists::is_growing(model);
        let has_come = std::mem::replace(&mut self.is_growing, is_growing) && !is_growing;
        let old = std::mem::replace(&mut self.row, model.read_aloud.row);
        let has_turned = matches!(
            model.input.last.action,
            Some(Action::NextPage | Action::PreviousPage | Action::Redraw)
        );
        let [len, old_len] = [self.row, old].map(|row| row.map(|(_, len)| len));
        let is_new = self.pane != pane || has_come || has_acted && len != old_len;
        // The title changes while a filter is being typed; it is written when the prompt closes.
        if is_new && model.input.prompt.is_none() {
            self.pane = pane;
            self.n_told = len;
            lines.extend(lists::heading(model, &title));
            lines.extend(lists::rows(model));
        } else if has_acted && has_turned {
            lines.extend(lists::rows(model));
        } else if self.row != old && (has_acted || model.input.prompt.is_some() && len == old_len) {
            lines.extend(lists::selected(model));
        }
        let is_told = self.n_told == len || model.input.prompt.is_some();
        if !is_told && lists::is_settled(model) {
            self.n_told = len;
            let n_rows = lists::counted(len.unwrap_or(0), "row", "rows");
            lines.push(format!("{n_rows} now."));
        }
    }

    /// Writes the lines, then the prompt.
    fn write(&mut self, model: &Model, lines: &[String]) -> String {
        let mut out = String::new();
        let asked = model.input.prompt.as_ref().map(prompt::line);
        if !self.typed.is_empty() && (asked.is_none() || !lines.is_empty()) {
            out.push('\n');
            self.typed.clear();
        }
        let width = model.window.size.0.max(20) - 1;
        for line in lines.iter().flat_map(|line| wrap(line, width)) {
            out.push_str(&line);
            out.push('\n');
        }
        if let Some(line) = asked {
            out.push_str(&prompt::change(&self.typed, &line));
            self.typed = line;
        }
        out
    }
}
