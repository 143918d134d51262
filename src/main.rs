//! `pullquote`: read a folder of news and see who said what, about where.

use std::process::ExitCode;

fn main() -> ExitCode {
    pullquote::cli::run(pullquote::shell::run)
}
