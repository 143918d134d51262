//! What the documents name exists.

use std::collections::BTreeSet;
use std::fs;

use regex::Regex;

use super::{Source, files, none, read, root};

/// Names of other programs' types and of shell commands, which the document may use.
const FOREIGN: &[&str] = &[
    "Buffer",
    "Terminal",
    "LazyLock",
    "Instant",
    "SystemTime",
    "Regex",
];

/// Other crates.
const OUTSIDE: &[&str] = &["std::", "ratatui::"];

/// The program's modules and what they hold.
struct Program {
    sources: Vec<Source>,
    types: BTreeSet<String>,
}

impl Program {
    fn read() -> Self {
        let sources = files("src", "rs");
        let defined = Regex::new(
            r"\b(?:struct|enum|trait|type|const|static) (\w+)|(?m:^ {4}([A-Z]\w+)[,( {])",
        )
        .unwrap();
        let types = sources
            .iter()
            .flat_map(|source| defined.captures_iter(&source.text))
            .filter_map(|found| found.get(1).or(found.get(2)))
            .map(|name| name.as_str().to_owned())
            .collect();
        Self { sources, types }
    }

    /// Whether `a::b::item` leads to a module, and what follows it is named in its file or below it.
    fn has_path(&self, path: &str) -> bool {
        let names: Vec<&str> = path.split("::").collect();
        (1..=names.len()).rev().any(|length| {
            let folder = names[..length].join("/");
            let ends = [format!("/{folder}.rs"), format!("/{folder}/mod.rs")];
            let inside = format!("/{folder}/");
            let is_module = |path: &str| ends.iter().any(|end| path.ends_with(end));
            if !self.sources.iter().any(|source| is_module(&source.path)) {
                return false;
            }
            names[length..].iter().all(|item| {
                self.sources
                    .iter()
                    .filter(|source| is_module(&source.path) || source.path.contains(&inside))
                    .any(|source| has_word(&source.text, item))
            })
        })
    }
}

fn has_word(text: &str, word: &str) -> bool {
    Regex::new(&format!(r"\b{word}\b")).unwrap().is_match(text)
}

/// The documents for readers, without those in hidden folders.
pub(super) fn documents() -> Vec<Source> {
    let mut documents = files("docs", "md");
    for name in ["README", "CHANGELOG", "CONTRIBUTING", "SECURITY"] {
        let path = format!("{name}.md");
        let text = read(&path);
        documents.push(Source { path, text });
    }
    documents
}

/// The words in backticks, without blocks of code.
fn code_words(document: &str) -> Vec<(usize, String)> {
    let mut words = Vec::new();
    let mut is_block = false;
    for (index, line) in document.lines().enumerate() {
        if line.starts_with("```") {
            is_block = !is_block;
        } else if !is_block {
            let inside = line.split('`').skip(1).step_by(2);
            words.extend(inside.map(|word| (index + 1, word.to_owned())));
        }
    }
    words
}

#[test]
fn the_documents_name_modules_types_and_files_that_exist() {
    let program = Program::read();
    let module_path = Regex::new(r"^[a-z_0-9]+(?:::\w+)+$").unwrap();
    let type_name = Regex::new(r"^[A-Z][a-z]\w*(?:::\w+)?$").unwrap();
    let file_path = Regex::new(r"^(?:src|tests|docs|benches|examples|licenses)/[\w./-]+$").unwrap();
    let mut faults = Vec::new();
    for document in documents() {
        let is_map = document.path == "docs/ARCHITECTURE.md";
        for (line, word) in code_words(&document.text) {
            let word = word.split(['(', '<']).next().unwrap();
            let is_there = if module_path.is_match(word) {
                OUTSIDE.iter().any(|name| word.starts_with(name)) || program.has_path(word)
            } else if file_path.is_match(word) {
                fs::exists(root().join(word)).unwrap()
            } else if is_map && type_name.is_match(word) {
                let name = word.split("::").next().unwrap();
                program.types.contains(name) || FOREIGN.contains(&name)
            } else {
                true
            };
            if !is_there {
                faults.push(format!("{}:{line}: there is no `{word}`", document.path));
            }
        }
    }
    none(&faults);
}

/// Every top-level module has a row in the table of layers, and every link leads to a file.
#[test]
fn the_documents_are_complete() {
    let architecture = read("docs/ARCHITECTURE.md");
    let mut faults = Vec::new();
    for source in files("src", "rs") {
        let module = source.module();
        let is_program = !["main", "lib"].contains(&module);
        if is_program && !architecture.contains(&format!("`{module}`")) {
            faults.push(format!("docs/ARCHITECTURE.md does not mention {module}"));
        }
    }
    let link = Regex::new(r"\]\(([^)#: ]+)(?:#[^)]*)?\)").unwrap();
    for source in documents() {
        let folder = root().join(&source.path);
        let folder = folder.parent().unwrap();
        for link in link.captures_iter(&source.text) {
            if !fs::exists(folder.join(&link[1])).unwrap() {
                faults.push(format!("{}: there is no {}", source.path, &link[1]));
            }
        }
    }
    faults.sort();
    faults.dedup();
    none(&faults);
}
