//! The order of the house: who may import whom, what the pure layers never do, how large things are.

use std::path::{Path, PathBuf};

/// A module and the modules it may import; `ARCHITECTURE` is this table.
struct Layer {
    module: &'static str,
    /// Whether it must not touch files, clocks, threads or the terminal.
    is_pure: bool,
    imports: &'static [&'static str],
}

const fn pure(module: &'static str, imports: &'static [&'static str]) -> Layer {
    Layer {
        module,
        is_pure: true,
        imports,
    }
}

const EVERYTHING: &[&str] = &[
    "text", "document", "lexicon", "analysis", "library", "search", "layout", "export", "config",
    "world", "app", "view", "shell", "cli",
];

/// From the bottom to the top.
const LAYERS: &[Layer] = &[
    pure("text", &[]),
    pure("lexicon", &["text"]),
    pure("document", &["text", "lexicon"]),
    pure("analysis", &["text", "document", "lexicon"]),
    pure("library", &["text", "document", "lexicon", "analysis"]),
    pure(
        "search",
        &["text", "document", "lexicon", "analysis", "library"],
    ),
    pure("layout", &["text", "document"]),
    pure(
        "export",
        &["text", "document", "lexicon", "analysis", "library"],
    ),
    pure("config", &["text", "document"]),
    pure("world", &["text", "lexicon"]),
    pure(
        "app",
        &[
            "text", "document", "lexicon", "analysis", "library", "search", "layout", "export",
            "config", "world",
        ],
    ),
    pure(
        "view",
        &[
            "text", "document", "lexicon", "analysis", "library", "search", "layout", "config",
            "world", "app",
        ],
    ),
    Layer {
        module: "shell",
        is_pure: false,
        imports: EVERYTHING,
    },
    Layer {
        module: "cli",
        is_pure: false,
        imports: EVERYTHING,
    },
];

/// What a pure layer never says.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "std::io::std",
    "std::io::Write",
    "std::io::{",
    "use std::io;",
    "Instant",
    "SystemTime",
    "println!",
    "print!(",
    "eprintln!",
    "Mutex",
    "RwLock",
    "RefCell",
    "AtomicU",
    "AtomicB",
    "crossterm",
    "getrandom",
];

/// The most lines a file has without its tests, and the most of a function.
const FILE_LINES: usize = 500;
const FUNCTION_LINES: usize = 60;

/// Files that are longer, with their length; it may only shrink.
const LONG_FILES: &[(&str, usize)] = &[
    ("src/analysis/attribution.rs", 600),
    ("src/analysis/coreference.rs", 800),
    ("src/analysis/phrase.rs", 600),
    ("src/analysis/token.rs", 600),
    ("src/text/segment.rs", 540),
];

/// Functions that are longer, with their length; it may only shrink.
const LONG_FUNCTIONS: &[(&str, &str, usize)] = &[
    ("src/analysis/coreference.rs", "fn described", 70),
    ("src/analysis/name.rs", "fn core", 75),
    ("src/analysis/indirect.rs", "fn find_clause", 65),
    ("src/analysis/tag.rs", "fn verb", 70),
];

struct Source {
    /// From the root of the project.
    path: String,
    text: String,
}

impl Source {
    /// The lines before the tests, with their numbers.
    fn code(&self) -> Vec<(usize, &str)> {
        let lines = self
            .text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line));
        lines
            .take_while(|(_, line)| *line != "#[cfg(test)]")
            .collect()
    }

    /// The same without comments.
    fn statements(&self) -> Vec<(usize, &str)> {
        let is_comment = |line: &str| line.trim_start().starts_with("//");
        self.code()
            .into_iter()
            .filter(|(_, line)| !is_comment(line))
            .collect()
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs")
            || self.path.contains("/tests/")
            || self.path.starts_with("tests/")
    }

    fn module(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or_default();
        inside.split(['/', '.']).next().unwrap_or_default()
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, extension: &str) -> Vec<Source> {
    let mut sources = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else {
            continue;
        };
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|other| extension.is_empty() || other == extension)
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                let path = path
                    .strip_prefix(root())
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                sources.push(Source { path, text });
            }
        }
    }
    sources
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn modules_import_only_what_is_below_them() {
    let mut faults = Vec::new();
    for source in files("src", "rs").iter().filter(|source| !source.is_test()) {
        let module = source.module();
        let Some(layer) = LAYERS.iter().find(|layer| layer.module == module) else {
            if !["main", "lib"].contains(&module) {
                faults.push(format!("{}: {module} is in no layer", source.path));
            }
            continue;
        };
        for (number, line) in source.statements() {
            for import in line.split("crate::").skip(1) {
                let end = import
                    .find(|c: char| !c.is_alphanumeric() && c != '_')
                    .unwrap_or(import.len());
                let import = &import[..end];
                if EVERYTHING.contains(&import)
                    && import != module
                    && !layer.imports.contains(&import)
                {
                    faults.push(format!(
                        "{}:{number}: {module} imports {import}",
                        source.path
                    ));
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn pure_layers_touch_no_file_clock_thread_or_terminal() {
    let is_pure = |source: &&Source| {
        LAYERS
            .iter()
            .any(|layer| layer.is_pure && layer.module == source.module())
            && !source.is_test()
    };
    let mut faults = Vec::new();
    for source in files("src", "rs").iter().filter(is_pure) {
        for (number, line) in source.statements() {
            let words = IMPURE.iter().filter(|word| line.contains(**word));
            faults.extend(words.map(|word| format!("{}:{number}: {word}", source.path)));
            if source.module() != "view"
                && line.contains("ratatui::")
                && !line.contains("ratatui::layout::")
            {
                faults.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    none(&faults);
}

#[test]
fn every_file_says_what_it_is_for() {
    let all = ["src", "tests", "benches"]
        .into_iter()
        .flat_map(|folder| files(folder, "rs"));
    let silent = all.filter(|source| !source.text.starts_with("//! "));
    none(&silent.map(|source| source.path).collect::<Vec<_>>());
}

#[test]
fn files_hold_one_idea_and_functions_fit_a_screen() {
    let mut faults = Vec::new();
    for source in files("src", "rs").iter().chain(&files("tests", "rs")) {
        let code = source.code();
        let limit = LONG_FILES
            .iter()
            .find(|(path, _)| *path == source.path)
            .map_or(FILE_LINES, |(_, limit)| *limit);
        if code.len() > limit && !source.is_test() {
            faults.push(format!("{}: {} lines", source.path, code.len()));
        }
        for (at, &(number, line)) in code.iter().enumerate() {
            let indent = &line[..line.len() - line.trim_start().len()];
            let words = line
                .trim_start()
                .split(' ')
                .take_while(|word| !word.contains('('));
            let is_function = line.ends_with('{')
                && words.clone().count() < 5
                && line.contains("fn ")
                && line.trim_start().split("fn ").next().is_some_and(|before| {
                    before
                        .split_whitespace()
                        .all(|word| word.starts_with("pub") || ["const", "async"].contains(&word))
                });
            if !is_function {
                continue;
            }
            let end = format!("{indent}}}");
            let length = code[at..]
                .iter()
                .position(|(_, line)| *line == end)
                .unwrap_or(0)
                + 1;
            let is_known = LONG_FUNCTIONS.iter().any(|(path, name, limit)| {
                *path == source.path && line.contains(name) && length <= *limit
            });
            if length > FUNCTION_LINES && !is_known {
                faults.push(format!("{}:{number}: {length} lines", source.path));
            }
        }
    }
    none(&faults);
}

#[test]
fn no_path_of_a_machine_is_written_down() {
    let personal = [
        concat!("/", "work/"),
        concat!("/", "home/"),
        concat!("/", "root/"),
        concat!("/", "Users/"),
    ];
    let outside = concat!("../", "shared");
    let mut faults = Vec::new();
    let folders = ["src", "tests", "benches", "docs"]
        .into_iter()
        .flat_map(|folder| files(folder, ""));
    let top = std::fs::read_dir(root()).unwrap().filter_map(|entry| {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).ok()?;
        let path = path.file_name().unwrap().to_string_lossy().into_owned();
        (!path.starts_with('.')).then_some(Source { path, text })
    });
    for source in folders.chain(top) {
        for (index, line) in source.text.lines().enumerate() {
            let is_seed = source.path == "tests/it/journeys/seed.rs";
            if personal.iter().any(|path| line.contains(path)) || line.contains(outside) && !is_seed
            {
                faults.push(format!("{}:{}: {}", source.path, index + 1, line.trim()));
            }
        }
    }
    none(&faults);
}

/// Two versions of crossterm would read the same terminal twice.
#[test]
fn there_is_one_crossterm() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
    assert_eq!(lock.matches("name = \"crossterm\"").count(), 1);
}

#[test]
fn every_test_file_is_part_of_the_one_binary() {
    let sources = files("tests/it", "rs");
    let names = |source: &Source| {
        let stem = source
            .path
            .trim_end_matches(".rs")
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned();
        (stem != "main").then_some(stem)
    };
    let all: String = sources.iter().map(|source| source.text.as_str()).collect();
    let orphans = sources
        .iter()
        .filter_map(names)
        .filter(|name| !all.contains(&format!("mod {name};")));
    none(&orphans.collect::<Vec<_>>());
}
