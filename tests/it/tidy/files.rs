//! What every file has, and what none holds.

use super::{Source, files, none, read, root};

#[test]
fn every_file_says_what_it_is_for() {
    let all = ["src", "tests", "benches", "examples"]
        .into_iter()
        .flat_map(|folder| files(folder, "rs"));
    let silent = all.filter(|source| !source.text.starts_with("//! "));
    none(&silent.map(|source| source.path).collect::<Vec<_>>());
}

#[test]
fn no_file_contains_a_path_of_the_machine() {
    let personal = [
        concat!("/", "work/"),
        concat!("/", "home/"),
        concat!("/", "root/"),
        concat!("/", "Users/"),
    ];
    let outside = concat!("../", "shared");
    let mut faults = Vec::new();
    let folders = ["src", "tests", "benches", "examples", "docs", ".github"]
        .into_iter()
        .flat_map(|folder| files(folder, ""));
    let top = std::fs::read_dir(root()).unwrap().filter_map(|entry| {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).ok()?;
        let path = path.file_name().unwrap().to_string_lossy().into_owned();
        (!path.starts_with('.')).then_some(Source { path, text })
    });
    for source in folders.chain(top) {
        let is_seed = source.path == "tests/it/journeys/seed.rs";
        for (index, line) in source.text.lines().enumerate() {
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
fn there_is_only_one_version_of_crossterm() {
    assert_eq!(
        read("Cargo.lock").matches("name = \"crossterm\"").count(),
        1
    );
}

#[test]
fn every_test_file_is_part_of_the_one_binary() {
    let sources = files("tests/it", "rs");
    let all: String = sources.iter().map(|source| source.text.as_str()).collect();
    let name = |source: &Source| {
        let path = source.path.trim_end_matches(".rs").trim_end_matches("/mod");
        let name = path.rsplit('/').next()?;
        (name != "main").then(|| name.to_owned())
    };
    let orphans = sources
        .iter()
        .filter_map(name)
        .filter(|name| !all.contains(&format!("mod {name};")));
    none(&orphans.collect::<Vec<_>>());
}
