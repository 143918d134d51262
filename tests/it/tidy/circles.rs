//! Files that import each other are listed, with the reason, in `docs/ARCHITECTURE.md`.
//!
//! An arrow goes from a file to the one that defines what it names by a `crate::`, `super::` or `self::` path,
//! through the re-exports in between. Neither `mod x;` nor a re-export is an arrow.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::{none, program, read};

/// The heading of the list in the document.
const HEADING: &str = "### Circles of files";

/// A re-export may lead to another; longer chains are not followed.
const MOST_REEXPORTS: usize = 6;

/// A path of names from the root of the crate.
type Names = Vec<String>;

/// How a path is written: in `use`, in `pub use`, or within code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Import,
    Reexport,
    Inline,
}

#[derive(Default)]
struct Imports {
    /// The file of each module.
    files: BTreeMap<Names, String>,
    /// What each module names.
    paths: BTreeMap<Names, Vec<Names>>,
    /// Where a name that a module imports comes from.
    imported: BTreeMap<(Names, String), Names>,
}

#[test]
fn files_import_each_other_only_where_it_is_listed() {
    let found = circles(&Imports::read().arrows());
    let document = read("docs/ARCHITECTURE.md");
    let listed = listed(&document);
    let show = |circle: &BTreeSet<String>| circle.iter().cloned().collect::<Vec<_>>().join(" ");
    let new = found
        .difference(&listed)
        .map(|circle| format!("not under “{HEADING}” of ARCHITECTURE.md: {}", show(circle)));
    let gone = listed
        .difference(&found)
        .map(|circle| format!("listed in ARCHITECTURE.md, but no circle: {}", show(circle)));
    none(&new.chain(gone).collect::<Vec<_>>());
}

/// The files in backticks in each row of the document's table.
fn listed(document: &str) -> BTreeSet<BTreeSet<String>> {
    let (_, section) = document.split_once(HEADING).unwrap();
    let section = section.split("\n#").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cell = row.split('|').nth(1).unwrap();
        let files = cell.split('`').skip(1).step_by(2);
        files.map(str::to_owned).collect()
    })
    .collect()
}

impl Imports {
    fn read() -> Self {
        let mut imports = Self::default();
        let program = program();
        for source in &program {
            let file = source.path.strip_prefix("src/").unwrap();
            imports.files.insert(module(file), file.to_owned());
        }
        let use_item = Regex::new(r"(pub(?:\([^)]*\))?\s+)?\buse\s+([^;]+);").unwrap();
        let inline = Regex::new(r"\b(?:crate|super|self)(?:::\w+)+").unwrap();
        for source in &program {
            let file = source.path.strip_prefix("src/").unwrap();
            let lines = source.statements().into_iter();
            let text: Vec<&str> = lines
                .map(|(_, line)| line.split(" // ").next().unwrap())
                .collect();
            let text = text.join("\n");
            let module = module(file);
            for item in use_item.captures_iter(&text) {
                let kind = if item.get(1).is_some() {
                    Kind::Reexport
                } else {
                    Kind::Import
                };
                for path in branches(&item[2]) {
                    imports.add(&module, &path, kind);
                }
            }
            for path in inline.find_iter(&use_item.replace_all(&text, "")) {
                imports.add(&module, path.as_str(), Kind::Inline);
            }
        }
        imports
    }

    fn add(&mut self, module: &Names, path: &str, kind: Kind) {
        let Some(path) = self.absolute(module, path) else {
            return;
        };
        if let Some(name) = path.last().filter(|_| kind != Kind::Inline) {
            let key = (module.clone(), name.clone());
            self.imported.insert(key, path.clone());
        }
        if kind != Kind::Reexport {
            self.paths.entry(module.clone()).or_default().push(path);
        }
    }

    /// A path as written in a module, from the root of the crate. None for other crates.
    fn absolute(&self, module: &Names, path: &str) -> Option<Names> {
        let mut names = path.split("::").map(|name| name.trim().to_owned());
        let mut base = module.clone();
        let first = names.next()?;
        match first.as_str() {
            "crate" => base.clear(),
            "self" => {}
            "super" => {
                base.pop();
            }
            _ => {
                base.push(first);
                if !self.files.contains_key(&base) {
                    return None;
                }
            }
        }
        for name in names {
            if name == "super" {
                base.pop();
            } else {
                base.push(name);
            }
        }
        Some(base)
    }

    /// The module that defines what a path names.
    fn resolve(&self, path: &[String], depth: usize) -> Option<Names> {
        let length = (1..=path.len())
            .rev()
            .find(|length| self.files.contains_key(&path[..*length]))?;
        let module = path[..length].to_vec();
        if let Some(name) = path.get(length)
            && depth < MOST_REEXPORTS
            && let Some(from) = self.imported.get(&(module.clone(), name.clone()))
            && from != path
        {
            let further = [from, &path[length + 1..]].concat();
            return self.resolve(&further, depth + 1);
        }
        Some(module)
    }

    fn arrows(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut arrows: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (module, paths) in &self.paths {
            for path in paths {
                if let Some(to) = self.resolve(path, 0)
                    && to != *module
                {
                    let from = arrows.entry(&self.files[module]).or_default();
                    from.insert(&self.files[&to]);
                }
            }
        }
        arrows
    }
}

/// `app/side/mod.rs` as `app`, `side`.
fn module(file: &str) -> Names {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    let names = path.split('/').map(str::to_owned);
    names.filter(|name| name != "lib").collect()
}

/// The paths in a tree of imports: `a::{b, c::{self, d}}` has three.
fn branches(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((start, rest)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap();
        return vec![path.to_owned()];
    };
    let inside = rest.trim_end().strip_suffix('}').unwrap_or(rest);
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in inside.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(c);
    }
    parts.retain(|part| !part.trim().is_empty());
    let leaves = parts.iter().flat_map(|part| branches(part));
    leaves
        .map(|leaf| match leaf.as_str() {
            "self" => start.trim_end_matches(':').to_owned(),
            leaf => format!("{start}{leaf}"),
        })
        .collect()
}

/// The files that reach each other, as sets of two or more.
fn circles(arrows: &BTreeMap<&str, BTreeSet<&str>>) -> BTreeSet<BTreeSet<String>> {
    let reach = |start: &str| {
        let mut reached = BTreeSet::new();
        let mut waiting = vec![start.to_owned()];
        while let Some(file) = waiting.pop() {
            for next in arrows.get(file.as_str()).into_iter().flatten() {
                if reached.insert((*next).to_owned()) {
                    waiting.push((*next).to_owned());
                }
            }
        }
        reached
    };
    let reached: BTreeMap<&str, BTreeSet<String>> =
        arrows.keys().map(|file| (*file, reach(file))).collect();
    let circle_of = |file: &str| {
        let mut circle = reached[file].clone();
        circle.retain(|other| {
            reached
                .get(other.as_str())
                .is_some_and(|back| back.contains(file))
        });
        circle
    };
    let all = arrows.keys().map(|file| circle_of(file));
    all.filter(|circle| circle.len() > 1).collect()
}

#[test]
fn a_tree_of_imports_has_its_branches() {
    let tree = "super::{text, span::{self,\n Span as S}}";
    assert_eq!(
        branches(tree),
        ["super::text", "super::span", "super::span::Span"]
    );
}
