//! What the environment variables say about the terminal.

use std::env;

use crate::config::settings::When;
use crate::config::theme::{Depth, Ground};
use crate::library::DateOrder;
use crate::world::Dots;

/// How many colors to use, according to the configuration, then `NO_COLOR` and `FORCE_COLOR`, then `TERM` and
/// `COLORTERM`.
pub(crate) fn color_depth(color: When) -> Depth {
    let set = |name: &str| env::var(name).is_ok_and(|value| !value.is_empty());
    let term = env::var("TERM").unwrap_or_default();
    let is_wanted = match color {
        When::Never => false,
        When::Always => true,
        When::Auto => set("FORCE_COLOR") || !set("NO_COLOR") && term != "dumb",
    };
    if !is_wanted {
        return Depth::None;
    }
    let named = env::var("COLORTERM").unwrap_or_default();
    if named == "truecolor" || named == "24bit" {
        Depth::Rgb
    } else if term.contains("256color") {
        Depth::Indexed256
    } else {
        Depth::Ansi16
    }
}

/// The background in `COLORFGBG`, which rxvt, Konsole and others set to values such as `15;0`.
pub(crate) fn ground() -> Option<Ground> {
    let colors = env::var("COLORFGBG").ok()?;
    ground_of(&colors)
}

fn ground_of(colors: &str) -> Option<Ground> {
    let (_, ground) = colors.rsplit_once(';')?;
    match ground.parse::<u8>().ok()? {
        0..=6 | 8 => Some(Ground::Dark),
        7 | 9..=15 => Some(Ground::Light),
        _ => None,
    }
}

/// Whether the terminal can only print lines, without cursor movement and colors.
pub(crate) fn is_dumb() -> bool {
    env::var("TERM").is_ok_and(|term| term == "dumb")
}

/// Whether the terminal may be sent queries. One that does not know them would print them.
pub(crate) fn can_be_asked() -> bool {
    !matches!(env::var("TERM").as_deref(), Ok("dumb" | "linux") | Err(_))
}

/// The order of day, month and year in the user's locale.
pub(crate) fn dates() -> DateOrder {
    let locale = first_set(&["LC_ALL", "LC_TIME", "LANG"]);
    DateOrder::of_locale(&locale.unwrap_or_default())
}

/// Whether links are written as hyperlinks.
pub(crate) fn has_links(links: When) -> bool {
    match links {
        When::Always => true,
        When::Never => false,
        When::Auto => can_be_asked(),
    }
}

/// How maps are drawn: in braille, except on the Linux console, whose fonts lack it.
pub(crate) fn map_dots() -> Dots {
    match env::var("TERM").as_deref() {
        Ok("linux") => Dots::HalfBlock,
        _ => Dots::Braille,
    }
}

/// Whether the program runs over SSH or inside tmux or screen, where only the terminal has access to the clipboard.
pub(crate) fn is_remote() -> bool {
    ["SSH_TTY", "SSH_CONNECTION", "TMUX", "STY"]
        .iter()
        .any(|name| env::var_os(name).is_some())
}

/// Whether the program runs inside tmux.
pub(crate) fn is_in_tmux() -> bool {
    env::var_os("TMUX").is_some()
}

/// The value of the first variable that is set and not blank.
pub(crate) fn first_set(names: &[&str]) -> Option<String> {
    names
        .iter()
        .filter_map(|name| env::var(name).ok())
        .find(|value| !value.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_background_is_the_last_color() {
        assert_eq!(ground_of("15;0"), Some(Ground::Dark));
        assert_eq!(ground_of("0;default;15"), Some(Ground::Light));
        assert_eq!(ground_of("0;7"), Some(Ground::Light));
        assert_eq!(ground_of("15;default"), None);
        assert_eq!(ground_of("15"), None);
    }
}
