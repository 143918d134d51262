//! Names of months in the languages whose dates are read.

use std::collections::HashMap;
use std::sync::LazyLock;

pub(super) static FILE: &str = include_str!("months.txt");

/// The number of every name in the file.
static NUMBERS: LazyLock<HashMap<&str, i8>> = LazyLock::new(|| {
    let lines = FILE.lines().filter(|line| !line.starts_with('#'));
    let months = lines.filter_map(|line| {
        let (number, names) = line.split_once(' ')?;
        Some((number.parse().ok()?, names))
    });
    months
        .flat_map(|(number, names)| names.split(' ').map(move |name| (name, number)))
        .collect()
});

/// The number of the month, from 1, that `name` in lower case names or abbreviates.
#[must_use]
pub fn number(name: &str) -> Option<i8> {
    NUMBERS.get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_goes_by_all_of_its_names() {
        for (name, month) in [("january", 1), ("janv", 1), ("märz", 3), ("грудня", 12)] {
            assert_eq!(number(name), Some(month), "{name}");
        }
        assert_eq!(number("monday"), None);
    }

    #[test]
    fn every_line_of_the_file_is_a_month_and_no_name_is_two() {
        let lines: Vec<_> = FILE.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(lines.len(), 12);
        let n_names: usize = lines.iter().map(|line| line.split(' ').count() - 1).sum();
        assert_eq!(NUMBERS.len(), n_names);
    }
}
