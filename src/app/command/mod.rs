//! The command line: the name of an action, or one of a few commands with an argument.

mod completion;
pub mod matching;
pub(super) mod name_completion;
pub mod prompt;

use super::Model;
use crate::app::command::matching::best_first;
use crate::app::command::prompt::NamePurpose;
use crate::app::protocol::notice::Notice;
use crate::config::{Action, nearest, theme};
use crate::lexicon::gazetteer;
use crate::library::SortOrder;
use prompt::Completion;

/// A command with an argument.
struct CommandSpec {
    name: &'static str,
    doc: &'static str,
    arguments: ArgumentKind,
    run: fn(&mut Model, &str),
}

/// What an argument may be, for completion.
enum ArgumentKind {
    These(fn(&Model) -> Vec<String>),
    /// Anybody who is quoted.
    People,
}

/// The commands that are not just the name of an action.
const COMMANDS: &[CommandSpec] = &[
    CommandSpec {
        name: "theme",
        doc: "change the theme",
        arguments: ArgumentKind::These(themes),
        run: set_theme,
    },
    CommandSpec {
        name: "sort",
        doc: "sort the list of articles",
        arguments: ArgumentKind::These(orders),
        run: set_sort,
    },
    CommandSpec {
        name: "speaker",
        doc: "step through the quotations of a speaker",
        arguments: ArgumentKind::People,
        run: go_to_speaker,
    },
    CommandSpec {
        name: "country",
        doc: "step through the mentions of a country",
        arguments: ArgumentKind::These(countries),
        run: go_to_country,
    },
    CommandSpec {
        name: "search",
        doc: "find in the folder",
        arguments: ArgumentKind::These(nothing),
        run: search,
    },
    CommandSpec {
        name: "save-query",
        doc: "save the search or the selected speaker under a name",
        arguments: ArgumentKind::These(nothing),
        run: Model::save_search,
    },
    CommandSpec {
        name: "open-query",
        doc: "show only the articles of a saved search",
        arguments: ArgumentKind::These(saved),
        run: Model::open_search,
    },
    CommandSpec {
        name: "forget-query",
        doc: "delete a saved search",
        arguments: ArgumentKind::These(saved),
        run: Model::forget_search,
    },
    CommandSpec {
        name: "write",
        doc: "save or export to a file",
        arguments: ArgumentKind::These(nothing),
        run: Model::save_to,
    },
    CommandSpec {
        name: "undo",
        doc: "undo the last correction",
        arguments: ArgumentKind::These(nothing),
        run: |model, _| model.undo(),
    },
    CommandSpec {
        name: "redo",
        doc: "redo the last undone correction",
        arguments: ArgumentKind::These(nothing),
        run: |model, _| model.redo(),
    },
    CommandSpec {
        name: "q",
        doc: "quit",
        arguments: ArgumentKind::These(nothing),
        run: |model, _| model.quit(),
    },
];

/// Every command with an argument and what it does, for the help and the README.
pub fn commands() -> impl Iterator<Item = (&'static str, &'static str)> {
    COMMANDS.iter().map(|command| (command.name, command.doc))
}

impl Model {
    /// Does what a command line says.
    pub(super) fn run_command(&mut self, line: &str) {
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        if let Ok(percent) = line.trim_end_matches('%').parse() {
            self.perform(Action::GoToPercent, Some(percent), None);
            return;
        }
        let (name, argument) = line.split_once(' ').unwrap_or((line, ""));
        if let Some(command) = COMMANDS.iter().find(|command| command.name == name) {
            (command.run)(self, argument.trim());
            return;
        }
        if let Some(action) = Action::from_name(line) {
            self.perform(action, None, argument.chars().next());
        } else {
            let names = names();
            let near = nearest(name, names.iter().map(String::as_str));
            let near = near.map_or_else(String::new, |near| format!("; did you mean :{near}?"));
            self.outbox
                .notify(Notice::problem(format!("unknown command :{name}{near}")));
        }
    }

    /// Completes the command line, or goes on to the next candidate.
    pub(super) fn complete(&mut self, back: bool) {
        let Some(prompt) = &self.input.prompt else {
            return;
        };
        if prompt.purpose != prompt::Purpose::Command {
            return;
        }
        let completion = match prompt.completion.clone() {
            Some(mut shown) => {
                let len = shown.candidates.len().max(1);
                shown.chosen = (shown.chosen + if back { len - 1 } else { 1 }) % len;
                shown
            }
            None => match candidates(self, prompt.text()) {
                CommandCandidates::These(candidates) => Completion {
                    candidates,
                    chosen: 0,
                },
                CommandCandidates::People { wanted, before } => {
                    let line = prompt.text().to_owned();
                    self.find_people(&wanted, NamePurpose::Complete { line, before });
                    return;
                }
            },
        };
        let Some(chosen) = completion.candidates.get(completion.chosen).cloned() else {
            return;
        };
        if let Some(prompt) = &mut self.input.prompt {
            prompt.replace(&chosen);
            prompt.completion = Some(completion);
        }
    }
}

/// What could complete a line.
enum CommandCandidates {
    /// Whole lines.
    These(Vec<String>),
    /// Names that contain `wanted`, each completed after `before`.
    People { wanted: String, before: String },
}

fn candidates(model: &Model, typed: &str) -> CommandCandidates {
    if let Some((name, argument)) = typed.split_once(' ')
        && let Some(command) = COMMANDS.iter().find(|command| command.name == name)
    {
        let before = format!("{name} ");
        let ArgumentKind::These(arguments) = command.arguments else {
            let wanted = argument.to_owned();
            return CommandCandidates::People { wanted, before };
        };
        let fitting = best_first(arguments(model).into_iter(), &argument.to_lowercase());
        let lines = fitting
            .into_iter()
            .map(|argument| format!("{before}{argument}"));
        return CommandCandidates::These(lines.collect());
    }
    CommandCandidates::These(best_first(names().into_iter(), typed))
}

fn names() -> Vec<String> {
    let actions = Action::ALL.iter().map(|action| action.name());
    COMMANDS
        .iter()
        .map(|command| command.name)
        .chain(actions)
        .map(str::to_owned)
        .collect()
}

fn nothing(_: &Model) -> Vec<String> {
    Vec::new()
}

fn saved(model: &Model) -> Vec<String> {
    model.state.saved.keys().cloned().collect()
}

fn themes(_: &Model) -> Vec<String> {
    theme::names().map(str::to_owned).collect()
}

fn orders(_: &Model) -> Vec<String> {
    SortOrder::ALL
        .iter()
        .map(|order| order.name().to_owned())
        .collect()
}

fn countries(model: &Model) -> Vec<String> {
    let all = model.folder.library.countries().into_iter();
    all.map(|(code, _)| gazetteer::name(code).to_owned())
        .collect()
}

/// A name that is none of `known`, with the nearest of them or all.
fn unknown(what: &str, name: &str, known: &[String]) -> Notice {
    let all = known.join(", ");
    let text = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("unknown {what} “{name}”; did you mean {near}? ({all})"),
        None => format!("unknown {what} “{name}”; try {all}"),
    };
    Notice::problem(text)
}

/// Says that no country has that name, and names the nearest one that has.
#[must_use]
pub fn unknown_country(name: &str) -> String {
    let names = gazetteer::countries().map(|country| gazetteer::name(country.code));
    match nearest(name, names) {
        Some(near) => format!("unknown country “{name}”; did you mean {near}?"),
        None => format!("unknown country “{name}”; give a name or a code such as PE"),
    }
}

fn set_theme(model: &mut Model, name: &str) {
    if !model.set_theme(name) {
        model.outbox.notify(unknown("theme", name, &themes(model)));
    }
}

fn set_sort(model: &mut Model, name: &str) {
    if let Some(order) = SortOrder::named(name) {
        model.set_sort(order);
    } else {
        model.outbox.notify(unknown("order", name, &orders(model)));
    }
}

fn go_to_speaker(model: &mut Model, name: &str) {
    model.find_people(name, NamePurpose::GoTo);
}

fn go_to_country(model: &mut Model, name: &str) {
    match gazetteer::find(name) {
        Some(country) => {
            model.window.covers.clear();
            model.choose_country(country.code);
        }
        None => model.outbox.notify(Notice::problem(unknown_country(name))),
    }
}

fn search(model: &mut Model, query: &str) {
    model.ask(prompt::Purpose::FindInFolder, query);
    model.prompt_changed();
}
