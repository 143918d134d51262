//! The order of the house: who imports whom, how large things are, how comments and documents read.

mod circles;
mod comments;
mod documents;
mod files;
mod layers;
mod sizes;

use std::path::{Path, PathBuf};

/// A text file of the project.
struct Source {
    /// From the root of the project, with `/` between folders.
    path: String,
    text: String,
}

impl Source {
    /// The lines with their numbers, without the items that are compiled for tests only.
    fn code(&self) -> Vec<(usize, &str)> {
        let mut lines = self.text.lines().enumerate();
        let mut code = Vec::new();
        while let Some((index, line)) = lines.next() {
            if line == "#[cfg(test)]" {
                // An item at the margin ends with a line of its own, or is a single line.
                for (_, inside) in lines.by_ref() {
                    let is_end = inside == "}" || inside.ends_with(';') || inside.ends_with("{}");
                    if is_end && !inside.starts_with(' ') {
                        break;
                    }
                }
            } else {
                code.push((index + 1, line));
            }
        }
        code
    }

    /// The code without lines of comments.
    fn statements(&self) -> Vec<(usize, &str)> {
        let mut code = self.code();
        code.retain(|(_, line)| !is_comment(line));
        code
    }

    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs")
            || self.path.contains("/tests/")
            || self.path.starts_with("tests/")
    }

    /// The top-level module of a file in `src`: `app` for `src/app/side/mod.rs`.
    fn module(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or_default();
        inside.split(['/', '.']).next().unwrap_or_default()
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The text files below a folder; with an extension, only those that have it.
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

/// The Rust files of the program, without files of tests.
fn program() -> Vec<Source> {
    let mut sources = files("src", "rs");
    sources.retain(|source| !source.is_test());
    sources
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
