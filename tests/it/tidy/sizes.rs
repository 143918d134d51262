//! A file holds one idea and a function fits on a screen.
//!
//! The few that are longer are listed with their length. A length in the list only shrinks: one that is too
//! high, or no longer needed, is a fault like one that is too low.

use super::{Source, files, none};

/// The most lines of a file without its tests, and of a function.
const FILE_LINES: usize = 500;
const FUNCTION_LINES: usize = 60;

/// How far below its listed length a file may fall before the list has to follow.
const FILE_SLACK: usize = 10;

/// Longer files, with their length.
const LONG_FILES: &[(&str, usize)] = &[];

/// Longer functions, with their length from the `fn` to the closing brace.
const LONG_FUNCTIONS: &[(&str, &str, usize)] = &[];

/// A function: its name, the number of its first line, and its length.
struct Function<'a> {
    name: &'a str,
    line: usize,
    length: usize,
}

#[test]
fn a_file_holds_one_idea() {
    let sources = files("src", "rs");
    let lengths = sources
        .iter()
        .filter(|source| !source.is_test())
        .map(|source| (source.path.as_str(), source.code().len()))
        .filter(|(_, length)| *length > FILE_LINES);
    let long: Vec<(&str, usize)> = lengths.collect();
    let mut faults = Vec::new();
    for &(path, length) in &long {
        let known = LONG_FILES.iter().find(|(other, _)| *other == path);
        let ceiling = known.map_or(FILE_LINES, |(_, ceiling)| *ceiling);
        if length > ceiling {
            faults.push(format!("{path}: {length} lines, over {ceiling}"));
        } else if length + FILE_SLACK < ceiling {
            faults.push(format!(
                "{path}: lower its length in LONG_FILES to {length}"
            ));
        }
    }
    let gone = LONG_FILES
        .iter()
        .filter(|(path, _)| !long.iter().any(|(other, _)| other == path));
    faults.extend(gone.map(|(path, _)| format!("{path}: take it out of LONG_FILES")));
    none(&faults);
}

#[test]
fn a_function_fits_on_a_screen() {
    let mut faults = Vec::new();
    let mut used = vec![false; LONG_FUNCTIONS.len()];
    for source in files("src", "rs").iter().chain(&files("tests", "rs")) {
        for function in functions(source) {
            let (name, length) = (function.name, function.length);
            if length <= FUNCTION_LINES {
                continue;
            }
            let place = format!("{}:{}: {name}", source.path, function.line);
            let known = LONG_FUNCTIONS
                .iter()
                .position(|(path, other, _)| *path == source.path && *other == name);
            let Some(known) = known else {
                faults.push(format!("{place} has {length} lines"));
                continue;
            };
            used[known] = true;
            let (_, _, ceiling) = LONG_FUNCTIONS[known];
            if length != ceiling {
                faults.push(format!(
                    "{place} has {length} lines, not the {ceiling} of LONG_FUNCTIONS"
                ));
            }
        }
    }
    let gone = LONG_FUNCTIONS.iter().zip(used).filter(|(_, used)| !used);
    faults.extend(
        gone.map(|((path, name, _), _)| format!("{path}: take {name} out of LONG_FUNCTIONS")),
    );
    none(&faults);
}

/// The functions with a body, however many lines their signatures take. Relies on the layout of rustfmt.
fn functions(source: &Source) -> Vec<Function<'_>> {
    let code = source.code();
    let mut functions = Vec::new();
    for (at, &(line, start)) in code.iter().enumerate() {
        let Some(name) = function_name(start) else {
            continue;
        };
        let indent = &start[..start.len() - start.trim_start().len()];
        let closing = format!("{indent}}}");
        let body = code[at..]
            .iter()
            .position(|(_, line)| line.ends_with(['{', ';', '}']));
        let Some(body) = body.filter(|body| code[at + body].1.ends_with('{')) else {
            continue;
        };
        let end = code[at + body..]
            .iter()
            .position(|(_, line)| *line == closing);
        if let Some(end) = end {
            functions.push(Function {
                name,
                line,
                length: body + end + 1,
            });
        }
    }
    functions
}

/// The name after `fn`, when the line begins a function.
fn function_name(line: &str) -> Option<&str> {
    let (before, after) = line.trim_start().split_once("fn ")?;
    let is_modifier = |word: &str| {
        word.starts_with("pub") || ["const", "async", "unsafe", "extern", "\"C\""].contains(&word)
    };
    if !before.split_whitespace().all(is_modifier) {
        return None;
    }
    let end = after.find(['(', '<'])?;
    Some(&after[..end])
}

#[test]
fn signatures_of_several_lines_count() {
    let text = "impl A {\n    pub(super) const fn wide<T>(\n        a: T,\n    ) -> B\n    where\n        T: C,\n    \
                {\n        d();\n    }\n}\n\ntrait E {\n    fn none(\n        f: G,\n    );\n}\n";
    let source = Source {
        path: "src/a.rs".to_owned(),
        text: text.to_owned(),
    };
    let found: Vec<_> = functions(&source)
        .iter()
        .map(|function| (function.name.to_owned(), function.line, function.length))
        .collect();
    assert_eq!(found, [("wide".to_owned(), 2, 8)]);
}
