//! How well names match what was typed on the command line.

/// How a name holds what was typed: whether it does not begin so, and whether none of its words does.
pub(crate) type Fit = (bool, bool);

/// How a name holds what was typed, if it does; what fits best is least.
pub(crate) fn fit(name: &str, typed: &str) -> Option<Fit> {
    let name = name.to_lowercase();
    let begins_word = |(at, _)| {
        let before = name.get(..at).unwrap_or_default();
        !before.ends_with(char::is_alphanumeric)
    };
    let mut found = name.match_indices(typed).map(begins_word);
    let begins = name.starts_with(typed);
    let first = found.next()?;
    Some((!begins, !(first || found.any(|is_beginning| is_beginning))))
}

/// The names that contain what was typed: first those that begin with it, then those with a word that does.
pub(crate) fn best_first(names: impl Iterator<Item = String>, typed: &str) -> Vec<String> {
    let ranked = names.filter_map(|name| Some((fit(&name, typed)?, name)));
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_by_key(|(fit, _)| *fit);
    ranked.into_iter().map(|(_, name)| name).collect()
}

/// A value as a query takes it, whatever is in it.
pub(crate) fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('"', " "))
}
