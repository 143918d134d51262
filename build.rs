//! Compiles the word files to tables, records the commit and the features for `--version`, and packs the
//! program's relocations.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "the program uses the rest of these modules"
)]

#[path = "src/lexicon/class.rs"]
mod class;
#[path = "src/lexicon/compile.rs"]
mod compile;
#[path = "src/lexicon/gazetteer.rs"]
mod gazetteer;
#[path = "src/lexicon/languages.rs"]
mod languages;
#[path = "src/lexicon/sections.rs"]
mod sections;
#[path = "src/text"]
mod text {
    pub(crate) mod mix;
}
#[path = "src/lexicon/word_table.rs"]
mod word_table;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// The first glibc that reads packed relocations.
const PACKED_RELOCATIONS: (u32, u32) = (2, 36);

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/lexicon");
    println!("cargo::rerun-if-changed=src/text/mix.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    // Const evaluation makes the same tables thirty times slower, at each compilation of the library.
    for language in languages::LANGUAGES {
        let path = out.join(format!("words-{}", language.code));
        fs::write(path, compile::compile(language))?;
    }
    println!("cargo::rustc-env=PULLQUOTE_BUILD={}", build());
    // There are forty thousand relocations: 900 KB to read at each start, or 14 KB when packed.
    if is_native() && glibc().is_some_and(|version| version >= PACKED_RELOCATIONS) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    Ok(())
}

/// What `--version` shows after the number: the commit if there is one, and the features.
fn build() -> String {
    let features = features();
    let features = match features.as_slice() {
        [] => "no optional formats".to_owned(),
        features => features.join(", "),
    };
    match commit() {
        Some(commit) => format!("{commit}; {features}"),
        None => features,
    }
}

/// The formats built in, sorted.
fn features() -> Vec<String> {
    let mut features: Vec<String> = env::vars()
        .filter_map(|(name, _)| Some(name.strip_prefix("CARGO_FEATURE_")?.to_lowercase()))
        .filter(|feature| feature != "default")
        .collect();
    features.sort();
    features
}

/// The commit of a release build. Debug builds leave it out, so that a commit does not rebuild them.
fn commit() -> Option<String> {
    if env::var("PROFILE").ok()? != "release" {
        return None;
    }
    let run = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        (output.status.success() && !text.is_empty()).then(|| text.trim().to_owned())
    };
    // An archive unpacked inside some other checkout must not show that one's commit.
    let top = run(&["rev-parse", "--show-toplevel"])?;
    if Path::new(&top).canonicalize().ok()? != env::current_dir().ok()?.canonicalize().ok()? {
        return None;
    }
    let log = run(&["rev-parse", "--git-path", "logs/HEAD"])?;
    println!("cargo::rerun-if-changed={log}");
    run(&["rev-parse", "--short", "HEAD"])
}

/// Whether this machine's C library is the one the program will run with.
fn is_native() -> bool {
    let (host, target) = (env::var("HOST"), env::var("TARGET"));
    let features = env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let is_static = features.split(',').any(|feature| feature == "crt-static");
    host.is_ok() && host == target && !is_static
}

/// The version of glibc; `None` with another C library.
fn glibc() -> Option<(u32, u32)> {
    let output = Command::new("getconf").arg("GNU_LIBC_VERSION").output();
    let output = String::from_utf8(output.ok()?.stdout).ok()?;
    let (major, minor) = output.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
