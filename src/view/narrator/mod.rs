//! What the model looks like to one who hears it: lines, one for each thing that happens.
//!
//! This is the second view of the model, for screen readers and for terminals that can only write on. A
//! [`Narrator`] knows what it told last and tells what is new: an article, the stretch of it that is read, the
//! rows of a list by number, what somebody said in words. Nothing is written twice or anywhere but at the end,
//! and nothing depends on color or place. Every word passes the same filter as on the screen.

mod lists;
mod prompt;
mod text;

use crate::app::{Model, Popup};
use crate::config::{Action, Context};
use crate::library::ArticleId;
use crate::text::width::wrap;

/// Tells what is new.
#[derive(Debug, Default)]
pub struct Narrator {
    has_begun: bool,
    /// The line one types in, as far as it is written.
    typed: String,
    /// How many notices and stretches of text were told.
    notices: u64,
    stretches: u64,
    /// The article, and whether it was told what was found in it.
    article: Option<ArticleId>,
    knows_findings: bool,
    popup: Option<Popup>,
    /// The pane, its title, and the row and number of rows of its list.
    pane: Option<(Context, String)>,
    row: Option<(usize, usize)>,
    /// How many actions there were.
    actions: u64,
    /// Whether the list still grows.
    is_growing: bool,
    /// How many rows it had when they were told last.
    n_told: Option<usize>,
}

impl Narrator {
    /// What is to be written behind all that was written before.
    pub fn tell(&mut self, model: &Model) -> String {
        let mut lines = Vec::new();
        if !std::mem::replace(&mut self.has_begun, true) {
            lines.push("pullquote. ? lists the keys, q quits.".to_owned());
        }
        self.notices(model, &mut lines);
        if self.popup != model.popup {
            self.popup.clone_from(&model.popup);
            if let Some(popup) = &model.popup {
                lines.push(format!("{}:", popup.title));
                lines.extend(popup.text.lines().map(str::to_owned));
            }
        }
        match model.context() {
            Context::Reader => self.article(model, &mut lines),
            context => self.list(model, context, &mut lines),
        }
        self.actions = model.done.number;
        self.write(model, &lines)
    }

    /// Forgets where it was, so that this is told again.
    pub fn say_again(&mut self) {
        self.pane = None;
        self.stretches = 0;
    }

    fn notices(&mut self, model: &Model, lines: &mut Vec<String>) {
        let new = model.n_notices - self.notices;
        self.notices = model.n_notices;
        let new = usize::try_from(new).unwrap_or(usize::MAX);
        let first = model.notices.len().saturating_sub(new);
        let notices = model.notices.iter().skip(first);
        lines.extend(notices.map(|notice| notice.text.clone()));
    }

    fn article(&mut self, model: &Model, lines: &mut Vec<String>) {
        let was_elsewhere = self
            .pane
            .replace((Context::Reader, String::new()))
            .is_some_and(|(context, _)| context != Context::Reader);
        let is_new = self.article != model.reader.article && model.hearing.number > 0;
        if is_new {
            self.article = model.reader.article;
            self.knows_findings = model.reader.analysis().is_some();
            lines.extend(text::head(model));
        } else if was_elsewhere && self.stretches == model.hearing.number {
            lines.extend(text::title(model));
        }
        if self.stretches != model.hearing.number {
            self.stretches = model.hearing.number;
            let mut stretch = text::stretch(model);
            // The title was just told.
            if is_new && stretch.first().map(String::as_str) == text::title_of(model) {
                stretch.remove(0);
            }
            lines.extend(stretch);
        }
        if !self.knows_findings && self.article.is_some() {
            self.knows_findings = model.reader.analysis().is_some();
            lines.extend(text::findings(model));
        }
    }

    /// A list is told when one comes to it or puts it in another order, its selected row when one moves, and the
    /// answer to a question once it is there. Of what else comes into it or goes only the number of rows is told,
    /// once no more is to come.
    fn list(&mut self, model: &Model, context: Context, lines: &mut Vec<String>) {
        let title = lists::title(model);
        let pane = Some((context, title.clone()));
        let has_acted = self.actions != model.done.number;
        let is_growing = lists::is_growing(model);
        let has_come = std::mem::replace(&mut self.is_growing, is_growing) && !is_growing;
        let old = std::mem::replace(&mut self.row, model.hearing.row);
        let has_turned = matches!(
            model.done.action,
            Some(Action::NextPage | Action::PreviousPage | Action::Redraw)
        );
        let [len, old_len] = [self.row, old].map(|row| row.map(|(_, len)| len));
        let is_new = self.pane != pane || has_come || has_acted && len != old_len;
        // The title may change while one types what to filter by; then it is told afterwards.
        if is_new && model.prompt.is_none() {
            self.pane = pane;
            self.n_told = len;
            lines.extend(lists::heading(model, &title));
            lines.extend(lists::rows(model));
        } else if has_acted && has_turned {
            lines.extend(lists::rows(model));
        } else if self.row != old && (has_acted || model.prompt.is_some() && len == old_len) {
            lines.extend(lists::selected(model));
        }
        let is_told = self.n_told == len || model.prompt.is_some();
        if !is_told && lists::is_settled(model) {
            self.n_told = len;
            let n_rows = lists::counted(len.unwrap_or(0), "row", "rows");
            lines.push(format!("{n_rows} now."));
        }
    }

    /// Lines, and behind them the one that is typed in.
    fn write(&mut self, model: &Model, lines: &[String]) -> String {
        let mut out = String::new();
        let asked = model.prompt.as_ref().map(prompt::line);
        if !self.typed.is_empty() && (asked.is_none() || !lines.is_empty()) {
            out.push('\n');
            self.typed.clear();
        }
        let width = model.size.0.max(20) - 1;
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
