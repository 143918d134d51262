//! `pullquote config`: shows and checks the configuration and the corrections.

use std::io::Write;
use std::process::ExitCode;

use super::global_options::GlobalOptions;
use super::report::report;
use crate::config::{ConfigErrors, DEFAULT_CONFIG};
use crate::shell::user_data::corrections_file::CorrectionsFile;
use crate::text::display::safe;

/// Prints the built-in configuration, or where the user's is and whether it is valid.
pub(super) fn run(
    options: &GlobalOptions,
    default: bool,
    check: bool,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    if default {
        out.write_all(DEFAULT_CONFIG.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let is_valid = check_configuration(options, out)?;
    let are_valid = check_corrections(options, out)?;
    let code = if check && !(is_valid && are_valid) {
        2
    } else {
        0
    };
    Ok(ExitCode::from(code))
}

/// Prints the state of the configuration. Returns whether it is valid.
fn check_configuration(options: &GlobalOptions, out: &mut impl Write) -> anyhow::Result<bool> {
    let file = options.file();
    let (name, exists) = match &file {
        Some(file) => (file.display().to_string(), file.exists()),
        None => ("no configuration directory".to_owned(), false),
    };
    let (is_valid, state) = match options.settings() {
        Ok(_) if exists => (true, "valid"),
        Ok(_) => (true, "not found; using the built-in configuration"),
        Err(error) => {
            match error.downcast_ref() {
                Some(ConfigErrors(errors)) => {
                    for error in errors {
                        report(&error.to_string());
                    }
                }
                None => report(&format!("{error:#}")),
            }
            (false, "has errors")
        }
    };
    writeln!(out, "{}: {state}", safe(&name))?;
    Ok(is_valid)
}

/// Prints the state of the corrections if there are any. Returns whether they are valid.
fn check_corrections(options: &GlobalOptions, out: &mut impl Write) -> anyhow::Result<bool> {
    let file = CorrectionsFile::open(options.state_dir.as_deref());
    let Some(path) = file.path().filter(|path| path.exists()) else {
        return Ok(true);
    };
    let name = safe(&path.display().to_string()).into_owned();
    let problems = match file.problems() {
        Ok(problems) => problems,
        Err(error) => anyhow::bail!("{name}: {error}"),
    };
    for problem in &problems {
        report(&format!("{name}:{}: {}", problem.line, problem.message));
    }
    let state = if problems.is_empty() {
        "valid"
    } else {
        "has errors; the valid corrections apply"
    };
    writeln!(out, "{name}: {state}")?;
    Ok(problems.is_empty())
}
