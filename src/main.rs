//! `pullquote`: read a folder of news and see who said what, about where.

use std::process::ExitCode;

fn main() -> ExitCode {
    pullquote::cli::run(|_paths, _settings| {
        anyhow::bail!("the reader is not built in; use `pullquote print`")
    })
}
