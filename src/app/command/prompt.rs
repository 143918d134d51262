//! The prompt: its purpose, the typed text, the history.

use tui_input::{Input, InputRequest};

use crate::app::corrections::kind::CorrectionKind;
use crate::config::key::{Key, KeyCode};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Words to find in the open article; the page follows as you type.
    Find {
        /// The place to go back to when nothing comes of it.
        from: u32,
    },
    /// Words to find in the folder.
    FindInFolder,
    /// A filter of the list on screen.
    Filter,
    /// A command.
    Command,
    /// The command text is given to.
    Pipe,
    /// The file to save to.
    Save,
    /// Who is meant by a correction of that kind.
    Correct(CorrectionKind),
}

impl Purpose {
    /// The label before the typed text.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Find { .. } => "/",
            Self::FindInFolder => "\\",
            Self::Filter => "&",
            Self::Command => ":",
            Self::Pipe => "|",
            Self::Save => "save to: ",
            Self::Correct(CorrectionKind::Quotation) => "said by: ",
            Self::Correct(CorrectionKind::Name) => "rename to: ",
            Self::Correct(_) => "same as: ",
        }
    }
}

/// The line being typed.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// What is asked for.
    pub purpose: Purpose,
    /// What is typed.
    pub input: Input,
    /// Which earlier line is shown, counted from the newest; what was typed before that.
    recalled: Option<(usize, String)>,
    /// What could complete the typed text, and which of it is filled in.
    pub completion: Option<Completion>,
}

/// Texts that could complete what is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The candidates, each a whole line.
    pub candidates: Vec<String>,
    /// The one that is filled in.
    pub chosen: usize,
}

/// What came of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromptOutcome {
    /// The text is another one now.
    Changed,
    /// Only the cursor moved, or nothing happened.
    Same,
    /// The line is complete.
    Done,
    /// The prompt is cancelled.
    Cancelled,
    /// Complete the typed text, or go to the next or previous candidate.
    Complete {
        /// Backwards through the candidates.
        back: bool,
    },
    /// Move the selection of the list by a number of rows.
    List(isize),
}

impl Prompt {
    /// An empty line.
    #[must_use]
    pub fn new(purpose: Purpose) -> Self {
        Self {
            purpose,
            input: Input::default(),
            recalled: None,
            completion: None,
        }
    }

    /// A line that already holds `text`.
    #[must_use]
    pub fn with(purpose: Purpose, text: &str) -> Self {
        Self {
            input: Input::new(text.to_owned()),
            ..Self::new(purpose)
        }
    }

    /// The typed text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Takes a key; `history` holds earlier lines, newest last.
    pub fn press(&mut self, key: Key, history: &[String]) -> PromptOutcome {
        let control = key.modifiers().ctrl;
        match key.code() {
            KeyCode::Enter => PromptOutcome::Done,
            KeyCode::Esc => PromptOutcome::Cancelled,
            KeyCode::Char('c' | 'g') if control => PromptOutcome::Cancelled,
            KeyCode::Backspace if self.text().is_empty() => PromptOutcome::Cancelled,
            KeyCode::Tab if key.modifiers().shift => PromptOutcome::Complete { back: true },
            KeyCode::Tab => PromptOutcome::Complete { back: false },
            KeyCode::Char('n') if control => PromptOutcome::List(1),
            KeyCode::Char('p') if control => PromptOutcome::List(-1),
            KeyCode::Up if self.has_list() => PromptOutcome::List(-1),
            KeyCode::Down if self.has_list() => PromptOutcome::List(1),
            KeyCode::Up => self.recall(history, true),
            KeyCode::Down => self.recall(history, false),
            _ => match request(key) {
                Some(request) => self.edit(request),
                None => PromptOutcome::Same,
            },
        }
    }

    /// Whether a list follows what is typed.
    pub(crate) fn has_list(&self) -> bool {
        matches!(
            self.purpose,
            Purpose::FindInFolder | Purpose::Filter | Purpose::Correct(_)
        )
    }

    /// Puts pasted text in at the cursor, as one line.
    pub fn paste(&mut self, text: &str) -> PromptOutcome {
        let line = text
            .trim()
            .split(char::is_control)
            .collect::<Vec<_>>()
            .join(" ");
        for character in line.chars() {
            self.input.handle(InputRequest::InsertChar(character));
        }
        self.completion = None;
        PromptOutcome::Changed
    }

    /// Puts another text in place of what is typed.
    pub fn replace(&mut self, text: &str) {
        self.input = Input::new(text.to_owned());
    }

    fn edit(&mut self, request: InputRequest) -> PromptOutcome {
        self.completion = None;
        match self.input.handle(request) {
            Some(change) if change.value => PromptOutcome::Changed,
            _ => PromptOutcome::Same,
        }
    }

    fn recall(&mut self, history: &[String], older: bool) -> PromptOutcome {
        let (age, typed) = match &self.recalled {
            Some((age, typed)) => (age.cast_signed(), typed.clone()),
            None => (-1, self.text().to_owned()),
        };
        let age = if older { age + 1 } else { age - 1 };
        let Ok(index) = usize::try_from(age) else {
            self.recalled = None;
            self.replace(&typed);
            return PromptOutcome::Changed;
        };
        let Some(line) = history.iter().rev().nth(index) else {
            return PromptOutcome::Same;
        };
        self.replace(line);
        self.recalled = Some((index, typed));
        PromptOutcome::Changed
    }
}

/// The editing keys of a shell.
fn request(key: Key) -> Option<InputRequest> {
    use InputRequest as Do;
    let (control, alt) = (key.modifiers().ctrl, key.modifiers().alt);
    Some(match key.code() {
        KeyCode::Char('a') if control => Do::GoToStart,
        KeyCode::Char('e') if control => Do::GoToEnd,
        KeyCode::Char('b') if control => Do::GoToPrevChar,
        KeyCode::Char('f') if control => Do::GoToNextChar,
        KeyCode::Char('h') if control => Do::DeletePrevChar,
        KeyCode::Char('d') if control => Do::DeleteNextChar,
        KeyCode::Char('w') if control => Do::DeletePrevWord,
        KeyCode::Char('u') if control => Do::DeleteLine,
        KeyCode::Char('k') if control => Do::DeleteTillEnd,
        KeyCode::Char('b') if alt => Do::GoToPrevWord,
        KeyCode::Char('f') if alt => Do::GoToNextWord,
        KeyCode::Char(character) if !control && !alt => Do::InsertChar(character),
        KeyCode::Backspace if alt || control => Do::DeletePrevWord,
        KeyCode::Backspace => Do::DeletePrevChar,
        KeyCode::Delete => Do::DeleteNextChar,
        KeyCode::Left if control || alt => Do::GoToPrevWord,
        KeyCode::Right if control || alt => Do::GoToNextWord,
        KeyCode::Left => Do::GoToPrevChar,
        KeyCode::Right => Do::GoToNextChar,
        KeyCode::Home => Do::GoToStart,
        KeyCode::End => Do::GoToEnd,
        _ => return None,
    })
}

/// What to do with the names that are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NamePurpose {
    /// Complete the command line, unless it has changed.
    Complete {
        /// What is typed in all.
        line: String,
        /// The part before the name.
        before: String,
    },
    /// One steps through the person.
    GoTo,
}
