//! The tables in `docs/` are those of the code. `UPDATE=1 cargo test --test readme` rewrites them.
#![allow(clippy::unwrap_used, clippy::panic)] // The functions around the tests fail as the tests do.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use pullquote::app::command::commands;
use pullquote::config::key::label_sequence;
use pullquote::config::theme::THEMES;
use pullquote::config::{Action, ActionGroup, DEFAULT_CONFIG, Screen, Settings};
use pullquote::search::query::FIELDS;

/// A part of a document that is made from the code: its file, the name in its markers, and what it is.
type Part = (&'static str, &'static str, fn() -> String);

const PARTS: &[Part] = &[
    ("docs/keys.md", "keys", keys),
    ("docs/commands.md", "commands", command_table),
    ("docs/search.md", "fields", fields),
    ("docs/settings.md", "settings", settings),
    ("docs/settings.md", "themes", themes),
];

/// The most words of the README; the rest belongs in `docs/`.
const README_WORDS: usize = 1_500;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_tables_match_the_code() {
    let is_update = std::env::var_os("UPDATE").is_some();
    for (path, name, part) in PARTS {
        let document = read(path);
        let fresh = replaced(&document, name, &part());
        if is_update {
            fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(path), fresh).unwrap();
        } else {
            assert!(
                document == fresh,
                "{path} is out of date: UPDATE=1 cargo test --test readme"
            );
        }
    }
}

#[test]
fn the_readme_is_short_enough_to_read() {
    let n_words = read("README.md").split_whitespace().count();
    assert!(n_words < README_WORDS, "{n_words} words");
}

#[test]
fn the_first_commands_run_and_test_the_program() {
    let readme = read("README.md");
    let (_, block) = readme.split_once("```sh\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let commands: Vec<&str> = block.lines().collect();
    assert_eq!(commands.len(), 2);
    assert!(commands[0].starts_with("cargo run --release"));
    assert!(commands[1].starts_with("cargo test"));
}

/// `text` with the lines between `<!-- name -->` and `<!-- /name -->` replaced.
fn replaced(text: &str, name: &str, part: &str) -> String {
    let (open, close) = (format!("<!-- {name} -->"), format!("<!-- /{name} -->"));
    let (before, rest) = text
        .split_once(&open)
        .unwrap_or_else(|| panic!("no {open}"));
    let (_, after) = rest
        .split_once(&close)
        .unwrap_or_else(|| panic!("no {close}"));
    format!("{before}{open}\n\n{part}\n{close}{after}")
}

/// Every action with its keys in all panes, by group.
fn keys() -> String {
    let settings = Settings::default_file();
    let mut table = String::new();
    let mut group: Option<ActionGroup> = None;
    for &action in Action::ALL {
        let mut labels: Vec<String> = Vec::new();
        for context in Screen::ALL {
            for keys in settings.keymap.keys_for(context, action) {
                let label = cell(&label_sequence(keys));
                if !labels.contains(&label) {
                    labels.push(label);
                }
            }
        }
        if labels.is_empty() {
            continue;
        }
        if group != Some(action.group()) {
            group = Some(action.group());
            let title = action.group().title();
            let gap = if table.is_empty() { "" } else { "\n" };
            write!(
                table,
                "{gap}**{title}**\n\n| keys | what they do | action |\n|---|---|---|\n"
            )
            .unwrap();
        }
        let doc = action.doc().replace('|', "\\|");
        writeln!(table, "| {} | {doc} | `{action}` |", labels.join(" ")).unwrap();
    }
    table
}

/// A key as code in a table cell.
fn cell(label: &str) -> String {
    format!("`{}`", label.replace('|', "\\|"))
}

fn command_table() -> String {
    let mut table = "| command | what it does |\n|---|---|\n".to_owned();
    for (name, doc) in commands() {
        writeln!(table, "| `:{name}` | {doc} |").unwrap();
    }
    table
}

fn fields() -> String {
    let mut table = "| field | finds |\n|---|---|\n".to_owned();
    for (name, doc) in FIELDS {
        writeln!(table, "| `{name}` | {doc} |").unwrap();
    }
    table
}

/// The first comment in the file of a theme describes it.
fn themes() -> String {
    let mut table = "| theme | what it is |\n|---|---|\n".to_owned();
    for (name, text) in THEMES {
        let comment = text.lines().next().unwrap().trim_start_matches("# ");
        writeln!(table, "| `{name}` | {comment} |").unwrap();
    }
    table
}

/// Every setting in `config.toml` before the keys, with its default and its comment.
fn settings() -> String {
    let mut table = "| setting | default | what it is |\n|---|---|---|\n".to_owned();
    let (settings, _) = DEFAULT_CONFIG.split_once("\n[keys]").unwrap();
    let (mut section, mut comment) = (String::new(), Vec::new());
    for line in settings.lines() {
        if let Some(words) = line.strip_prefix("# ") {
            comment.push(words);
        } else if let Some(name) = line.strip_prefix('[') {
            section = format!("{}.", name.trim_end_matches(']'));
        } else if let Some((name, value)) = line.split_once(" = ") {
            let doc = comment.join(" ").replace('|', "\\|");
            writeln!(table, "| `{section}{name}` | `{value}` | {doc} |").unwrap();
        }
        if !line.starts_with('#') {
            comment.clear();
        }
    }
    table
}
