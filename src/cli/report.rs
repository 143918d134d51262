//! Messages on standard error.

use std::io::{self, Write};

use crate::text::display::safe;

/// Prints one line on standard error. If that is closed there is no place to report it.
pub(super) fn report(message: &str) {
    let _ = writeln!(io::stderr(), "pullquote: {}", safe(message));
}
