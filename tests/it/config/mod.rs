//! Configurations: each file in `config/valid` is accepted; each in `config/invalid` is rejected with the
//! message in its first line and the number of its last.

use std::path::Path;

use pullquote::config::Settings;

fn cases(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/it/config")
        .join(folder);
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let mut cases: Vec<_> = files
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

#[test]
fn valid_configurations_are_read() {
    for (name, text) in cases("valid") {
        let settings = Settings::read(&text, &name);
        assert!(settings.is_ok(), "{}", settings.unwrap_err());
    }
}

#[test]
fn invalid_configurations_are_rejected_with_the_line_and_a_suggestion() {
    for (name, text) in cases("invalid") {
        let expected = text.lines().next().unwrap().trim_start_matches("# ");
        let said = match Settings::read(&text, &name) {
            Ok(_) => panic!("{name} is read"),
            Err(error) => error.to_string(),
        };
        assert!(
            said.contains(expected),
            "{name}: “{said}” without “{expected}”"
        );
        let line = text.lines().count();
        assert!(
            said.starts_with(&format!("{name}:{line}: ")),
            "{said}: not line {line}"
        );
        assert!(!said.contains('\n') && !said.ends_with('.'), "{said}");
    }
}
