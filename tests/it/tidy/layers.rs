//! Which module may import which, and what the pure ones never touch.

use super::{none, program};

/// A top-level module and those it may import; the table of layers in `docs/ARCHITECTURE.md` says why.
struct Layer {
    module: &'static str,
    /// Whether files, clocks, threads and the terminal are out of bounds.
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

const fn outer(module: &'static str) -> Layer {
    Layer {
        module,
        is_pure: false,
        imports: ALL,
    }
}

const ALL: &[&str] = &[
    "text", "packed", "lexicon", "document", "analysis", "library", "search", "layout", "world",
    "export", "config", "app", "view", "shell", "cli",
];

/// From the bottom to the top.
const LAYERS: &[Layer] = &[
    pure("text", &[]),
    pure("packed", &["text"]),
    pure("lexicon", &["text"]),
    pure("document", &["text", "lexicon"]),
    pure("analysis", &["text", "lexicon", "document"]),
    pure(
        "library",
        &["text", "packed", "lexicon", "document", "analysis"],
    ),
    pure(
        "search",
        &["text", "lexicon", "document", "analysis", "library"],
    ),
    pure("layout", &["text", "document"]),
    pure("world", &["text", "lexicon"]),
    pure(
        "export",
        &["text", "lexicon", "document", "analysis", "library"],
    ),
    pure("config", &["text", "document"]),
    pure(
        "app",
        &[
            "text", "lexicon", "document", "analysis", "library", "search", "layout", "world",
            "export", "config",
        ],
    ),
    pure(
        "view",
        &[
            "text", "lexicon", "document", "analysis", "library", "search", "layout", "world",
            "config", "app",
        ],
    ),
    outer("shell"),
    outer("cli"),
];

/// What a pure layer never mentions.
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

#[test]
fn modules_import_only_lower_layers() {
    let mut faults = Vec::new();
    for source in program() {
        let module = source.module();
        let Some(layer) = LAYERS.iter().find(|layer| layer.module == module) else {
            if !["main", "lib"].contains(&module) {
                faults.push(format!("{}: {module} is in no layer", source.path));
            }
            continue;
        };
        for (number, line) in source.statements() {
            for import in line.split("crate::").skip(1) {
                let end = import.find(|c: char| !c.is_alphanumeric() && c != '_');
                let import = end.map_or(import, |end| &import[..end]);
                let is_module = ALL.contains(&import);
                if is_module && import != module && !layer.imports.contains(&import) {
                    let path = &source.path;
                    faults.push(format!("{path}:{number}: {module} imports {import}"));
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn pure_layers_use_no_files_clocks_threads_or_terminal() {
    let mut faults = Vec::new();
    for source in program() {
        let is_pure = |layer: &Layer| layer.is_pure && layer.module == source.module();
        if !LAYERS.iter().any(is_pure) {
            continue;
        }
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
