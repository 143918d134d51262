//! Keys and their notation: `j`, `]q`, `<C-f>`, `<S-Tab>`.
//!
//! A [`Key`] is independent of the terminal library; the shell converts. Keys are normalized, so that what
//! terminals report in several ways (`G`, or `g` with Shift) compares equal.
//!
//! ```
//! use pullquote::config::key::{parse_sequence, write_sequence};
//!
//! let keys = parse_sequence("<c-w>l").unwrap();
//! assert_eq!(write_sequence(&keys), "<C-w>l");
//! ```

use std::fmt;

/// A key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    code: KeyCode,
    modifiers: Modifiers,
}

/// The key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyCode {
    /// A key that types a character, including space.
    Char(char),
    /// Any key that types a character; occurs only in bindings.
    AnyChar,
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, 1 to 24.
    Function(u8),
}

/// The modifiers held with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Modifiers {
    /// Ctrl.
    pub ctrl: bool,
    /// Alt or Meta.
    pub alt: bool,
    /// Shift; never set for characters, which become capitals instead.
    pub shift: bool,
}

/// Names in angle brackets; the first name of each code is the canonical one.
const NAMES: &[(&str, KeyCode)] = &[
    ("Space", KeyCode::Char(' ')),
    ("lt", KeyCode::Char('<')),
    ("Char", KeyCode::AnyChar),
    ("Enter", KeyCode::Enter),
    ("Return", KeyCode::Enter),
    ("CR", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Escape", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Backspace", KeyCode::Backspace),
    ("BS", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Del", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Ins", KeyCode::Insert),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PageUp", KeyCode::PageUp),
    ("PgUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
    ("PgDn", KeyCode::PageDown),
];

impl Key {
    /// A normalized key: Shift turns a letter into a capital, Ctrl into lower case.
    #[must_use]
    pub fn new(code: KeyCode, modifiers: Modifiers) -> Self {
        let KeyCode::Char(typed) = code else {
            return Self { code, modifiers };
        };
        let character = if modifiers.ctrl {
            typed.to_ascii_lowercase()
        } else if modifiers.shift {
            single(typed.to_uppercase()).unwrap_or(typed)
        } else {
            typed
        };
        let modifiers = Modifiers {
            shift: false,
            ..modifiers
        };
        Self {
            code: KeyCode::Char(character),
            modifiers,
        }
    }

    /// A key without modifiers.
    #[must_use]
    pub fn plain(code: KeyCode) -> Self {
        Self::new(code, Modifiers::default())
    }

    /// The key without its modifiers.
    #[must_use]
    pub const fn code(self) -> KeyCode {
        self.code
    }

    /// The modifiers held with it.
    #[must_use]
    pub const fn modifiers(self) -> Modifiers {
        self.modifiers
    }

    /// The character it types, unless Ctrl or Alt is held.
    #[must_use]
    pub const fn typed(self) -> Option<char> {
        match self {
            Self {
                code: KeyCode::Char(character),
                modifiers:
                    Modifiers {
                        ctrl: false,
                        alt: false,
                        ..
                    },
            } => Some(character),
            _ => None,
        }
    }

    /// Whether `pressed` matches this key of a binding.
    #[must_use]
    pub fn accepts(self, pressed: Self) -> bool {
        self == pressed || self.code == KeyCode::AnyChar && pressed.typed().is_some()
    }

    /// The key as written in prose: `Ctrl-F`, `Space`, `j`.
    #[must_use]
    pub fn label(self) -> String {
        let mut label = String::new();
        let Modifiers { ctrl, alt, shift } = self.modifiers;
        for (held, name) in [(ctrl, "Ctrl-"), (alt, "Alt-"), (shift, "Shift-")] {
            label.push_str(if held { name } else { "" });
        }
        match self.code {
            KeyCode::Char(character) if ctrl => label.extend(character.to_uppercase()),
            KeyCode::Char(' ') => label.push_str("Space"),
            KeyCode::Char(character) => label.push(character),
            KeyCode::AnyChar => label.push('a'),
            KeyCode::Function(number) => label = format!("{label}F{number}"),
            code => label.extend(name_of(code)),
        }
        label
    }

    /// Parses the text between angle brackets.
    fn from_name(text: &str) -> Option<Self> {
        let mut modifiers = Modifiers::default();
        let mut rest = text;
        while let Some((letter, after)) =
            rest.split_once('-').filter(|(_, after)| !after.is_empty())
        {
            match letter {
                "C" | "c" => modifiers.ctrl = true,
                "A" | "a" | "M" | "m" => modifiers.alt = true,
                "S" | "s" => modifiers.shift = true,
                _ => return None,
            }
            rest = after;
        }
        Some(Self::new(code_of(rest)?, modifiers))
    }
}

fn single(mut characters: impl Iterator<Item = char>) -> Option<char> {
    let first = characters.next()?;
    characters.next().is_none().then_some(first)
}

/// The canonical name of a key; letters and digits have none.
fn name_of(code: KeyCode) -> Option<&'static str> {
    let named = NAMES.iter().find(|(_, named)| *named == code);
    named.map(|(name, _)| *name)
}

fn code_of(name: &str) -> Option<KeyCode> {
    if let Some(character) = single(name.chars()) {
        return Some(KeyCode::Char(character));
    }
    let function = name
        .strip_prefix(['F', 'f'])
        .and_then(|number| number.parse().ok());
    if let Some(number @ 1..=24) = function {
        return Some(KeyCode::Function(number));
    }
    NAMES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, code)| *code)
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Modifiers { ctrl, alt, shift } = self.modifiers;
        if let Some(character) = self.typed().filter(|c| *c != ' ' && *c != '<') {
            return write!(formatter, "{character}");
        }
        formatter.write_str("<")?;
        for (held, name) in [(ctrl, "C-"), (alt, "A-"), (shift, "S-")] {
            formatter.write_str(if held { name } else { "" })?;
        }
        match (self.code, name_of(self.code)) {
            (_, Some(name)) => write!(formatter, "{name}>"),
            (KeyCode::Function(number), None) => write!(formatter, "F{number}>"),
            (KeyCode::Char(character), None) => write!(formatter, "{character}>"),
            (code, None) => {
                debug_assert!(false, "{code:?} is not in NAMES");
                formatter.write_str(">")
            }
        }
    }
}

/// Parses a notation such as `<C-f>` or `]q`.
///
/// # Errors
///
/// Returns the first part that is not a key: an unknown name in angle brackets, a `<` without `>`, or "" if
/// there are no keys.
pub fn parse_sequence(notation: &str) -> Result<Vec<Key>, String> {
    let mut keys = Vec::new();
    let mut rest = notation;
    loop {
        let mut characters = rest.chars();
        let Some(first) = characters.next() else {
            break;
        };
        if first == '<' {
            let (name, after) = rest
                .strip_prefix('<')
                .and_then(|inner| inner.split_once('>'))
                .ok_or_else(|| rest.to_owned())?;
            keys.push(Key::from_name(name).ok_or_else(|| format!("<{name}>"))?);
            rest = after;
        } else {
            keys.push(Key::plain(KeyCode::Char(first)));
            rest = characters.as_str();
        }
    }
    if keys.is_empty() {
        Err(String::new())
    } else {
        Ok(keys)
    }
}

/// Writes a key sequence in the notation read by [`parse_sequence`].
#[must_use]
pub fn write_sequence(keys: &[Key]) -> String {
    keys.iter().map(ToString::to_string).collect()
}

/// A key sequence as written in prose: `Ctrl-F`, `]q`, `Ctrl-W l`.
#[must_use]
pub fn label_sequence(keys: &[Key]) -> String {
    let labels: Vec<_> = keys.iter().map(|key| key.label()).collect();
    let separator = if labels.iter().any(|label| label.chars().count() > 1) {
        " "
    } else {
        ""
    };
    labels.join(separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notation_is_read_and_written_back() {
        for notation in [
            "j",
            "]q",
            "<C-f>",
            "<Space>",
            "zp",
            "<S-Tab>",
            "<F12>",
            "<lt>",
            "\"",
            "<A-Left>",
            "m<Char>",
            "<C-Space>",
            ">",
        ] {
            assert_eq!(write_sequence(&parse_sequence(notation).unwrap()), notation);
        }
    }

    #[test]
    fn other_spellings_are_the_same_key() {
        for (written, canonical) in [
            ("<c-F>", "<C-f>"),
            ("<S-g>", "G"),
            ("<pgdn>", "<PageDown>"),
            ("<CR>", "<Enter>"),
            (" ", "<Space>"),
            ("<M-x>", "<A-x>"),
            ("<C-->", "<C-->"),
        ] {
            assert_eq!(write_sequence(&parse_sequence(written).unwrap()), canonical);
        }
    }

    #[test]
    fn the_part_that_is_not_a_key_is_returned() {
        assert_eq!(parse_sequence("<Entr>"), Err("<Entr>".to_owned()));
        assert_eq!(parse_sequence("g<"), Err("<".to_owned()));
        assert_eq!(parse_sequence("<F99>"), Err("<F99>".to_owned()));
        assert!(parse_sequence("").is_err());
    }

    #[test]
    fn labels_are_for_people() {
        let label = |notation| label_sequence(&parse_sequence(notation).unwrap());
        assert_eq!(label("<C-f>"), "Ctrl-F");
        assert_eq!(label("]q"), "]q");
        assert_eq!(label("<C-w>l"), "Ctrl-W l");
        assert_eq!(label("<S-Tab>"), "Shift-Tab");
    }
}
