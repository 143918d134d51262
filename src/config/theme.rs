//! Themes: what each part of the screen looks like, as plain colors and attributes.
//!
//! A theme is a file in `themes/` that styles every [`Role`]. Colors are reduced here to what the terminal
//! supports, so the view can use them as they are.
//!
//! ```
//! use pullquote::config::theme::{Depth, Role, Theme};
//!
//! let theme = Theme::named("dark", Depth::Ansi16).unwrap();
//! assert!(theme.style(Role::MatchCurrent).foreground.is_some());
//! ```

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// The themes with their names, in the order of the `cycle-theme` action.
pub const THEMES: &[(&str, &str)] = &[
    ("terminal", include_str!("themes/terminal.toml")),
    ("dark", include_str!("themes/dark.toml")),
    ("light", include_str!("themes/light.toml")),
    ("solarized", include_str!("themes/solarized.toml")),
    ("contrast", include_str!("themes/contrast.toml")),
    ("none", include_str!("themes/none.toml")),
];

/// Selects the theme for a light or dark background.
pub const AUTO: &str = "auto";

/// The names of all themes, with [`AUTO`].
pub fn names() -> impl Iterator<Item = &'static str> + Clone {
    THEMES.iter().map(|(name, _)| *name).chain([AUTO])
}

/// Whether a terminal's background is dark or light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Light text on a dark background.
    Dark,
    /// Dark text on a light background.
    Light,
}

/// Half of the largest luma, as weighted in [`Ground::of_color`].
const HALF_LUMA: u32 = 128_000;

impl Ground {
    /// Classifies a background color: light if white text would be hard to read on it.
    #[must_use]
    pub fn of_color(red: u8, green: u8, blue: u8) -> Self {
        // Luma of ITU-R BT.601.
        let luma = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
        if luma >= HALF_LUMA {
            Self::Light
        } else {
            Self::Dark
        }
    }
}

macro_rules! roles {
    ($($(#[doc = $doc:literal])+ $role:ident,)+) => {
        /// A part of the screen that themes style separately.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Role {
            $($(#[doc = $doc])+ $role,)+
        }

        impl Role {
            /// Every role.
            pub const ALL: &'static [Self] = &[$(Self::$role,)+];
        }
    };
}

roles! {
    /// Body text, and the background of the whole screen.
    Text,
    /// De-emphasized text: trailing matter, counts.
    Dim,
    /// The headline.
    Title,
    /// The author and date.
    Byline,
    /// A heading inside the article.
    Heading,
    /// A picture caption.
    Caption,
    /// Code and preformatted text.
    Code,
    /// A direct quotation.
    QuotationDirect,
    /// A mixed quotation.
    QuotationMixed,
    /// An indirect quotation.
    QuotationIndirect,
    /// The bar beside quotations.
    QuotationBar,
    /// The current quotation.
    QuotationSelected,
    /// Quotations of the selected speaker.
    QuotationOfSpeaker,
    /// The bar beside quotations of the selected speaker.
    QuotationBarSelected,
    /// The words that name who is quoted.
    Speaker,
    /// The words that name the selected speaker.
    SpeakerSelected,
    /// The reporting words, such as "said".
    Cue,
    /// A mention of a country.
    Country,
    /// A mention of the selected country.
    CountrySelected,
    /// The bars of counts.
    Bar,
    /// A search match.
    Match,
    /// The current match.
    MatchCurrent,
    /// The selected row of the list that has the keys.
    Selection,
    /// The selected row of another list.
    SelectionInactive,
    /// Text selected with the mouse.
    SelectionText,
    /// Lines between panes.
    Border,
    /// Lines around the pane that has the keys.
    BorderFocused,
    /// The title of a pane.
    PaneTitle,
    /// The status line.
    Status,
    /// The line of hints.
    Hint,
    /// A key in the line of hints.
    HintKey,
    /// The prompt.
    Prompt,
    /// A warning.
    Warning,
    /// An error.
    Error,
    /// A link.
    Link,
    /// Emphasized text.
    Emphasis,
    /// Strongly emphasized text.
    Strong,
    /// An unread article in a list.
    Unread,
    /// A bookmarked article in a list.
    Bookmark,
    /// Replacements for control characters.
    Escaped,
}

/// A terminal color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Color {
    /// The terminal's default color.
    Default,
    /// One of the 16 ANSI colors: 0 to 7 normal, 8 to 15 bright.
    Ansi(u8),
    /// One of the 256 indexed colors.
    Indexed(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

/// How many colors a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// No color, only attributes.
    None,
    /// 16 colors.
    Ansi16,
    /// 256 colors.
    Indexed256,
    /// 24-bit color.
    Rgb,
}

/// The style of a role. Colors that are not set show through from below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one for each attribute a terminal has"
)]
pub struct Look {
    /// The text color.
    #[serde(default, rename = "fg")]
    pub foreground: Option<Color>,
    /// The background color.
    #[serde(default, rename = "bg")]
    pub background: Option<Color>,
    /// Bold.
    #[serde(default)]
    pub bold: bool,
    /// Faint.
    #[serde(default)]
    pub dim: bool,
    /// Italic.
    #[serde(default)]
    pub italic: bool,
    /// Underlined.
    #[serde(default)]
    pub underline: bool,
    /// Reverse video.
    #[serde(default)]
    pub reverse: bool,
}

/// The look of every role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    looks: BTreeMap<Role, Look>,
}

impl Theme {
    /// The theme with that name, for a terminal with the given color depth.
    ///
    /// Without color every theme is `none`, since others may distinguish roles by color alone.
    #[must_use]
    pub fn named(name: &str, depth: Depth) -> Option<Self> {
        let name = if depth == Depth::None { "none" } else { name };
        let (_, text) = THEMES.iter().find(|(known, _)| *known == name)?;
        let looks: BTreeMap<Role, Look> = toml::from_str(text).ok()?;
        let looks = looks
            .into_iter()
            .map(|(role, look)| (role, look.at(depth)))
            .collect();
        Some(Self { looks })
    }

    /// A theme without any styles.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            looks: BTreeMap::new(),
        }
    }

    /// The look of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Look {
        self.looks.get(&role).copied().unwrap_or_default()
    }
}

impl Look {
    fn at(self, depth: Depth) -> Self {
        Self {
            foreground: self.foreground.map(|color| color.at(depth)),
            background: self.background.map(|color| color.at(depth)),
            ..self
        }
    }
}

/// The red, green and blue levels of the 6×6×6 color cube.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The 16 ANSI colors as xterm shows them.
const ANSI: [(u8, u8, u8); 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

impl Color {
    /// The nearest color that a terminal of that depth supports.
    #[must_use]
    pub fn at(self, depth: Depth) -> Self {
        let has = match self {
            Self::Default => Depth::None,
            Self::Ansi(_) => Depth::Ansi16,
            Self::Indexed(_) => Depth::Indexed256,
            Self::Rgb(..) => Depth::Rgb,
        };
        let Some(rgb) = self.rgb().filter(|_| has > depth) else {
            return self;
        };
        match depth {
            Depth::None => Self::Default,
            Depth::Ansi16 => Self::Ansi(nearest_index(rgb, 0..=15)),
            Depth::Indexed256 | Depth::Rgb => Self::Indexed(nearest_index(rgb, 16..=255)),
        }
    }

    /// The color as xterm shows it; `None` for the terminal's default color.
    #[must_use]
    pub fn rgb(self) -> Option<(u8, u8, u8)> {
        match self {
            Self::Default => None,
            Self::Ansi(index) | Self::Indexed(index) => Some(indexed(index)),
            Self::Rgb(red, green, blue) => Some((red, green, blue)),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        const NAMES: [&str; 8] = [
            "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
        ];
        let named = |name| {
            NAMES
                .iter()
                .position(|known| *known == name)
                .and_then(|index| u8::try_from(index).ok())
        };
        if let Some(hex) = text.strip_prefix('#').filter(|hex| hex.len() == 6) {
            let [_, red, green, blue] = u32::from_str_radix(hex, 16).ok()?.to_be_bytes();
            return Some(Self::Rgb(red, green, blue));
        }
        match text.strip_prefix("bright-") {
            Some(name) => named(name).map(|index| Self::Ansi(index + 8)),
            None if text == "default" => Some(Self::Default),
            None => named(text)
                .map(Self::Ansi)
                .or_else(|| text.parse().ok().map(Self::Indexed)),
        }
    }
}

fn indexed(index: u8) -> (u8, u8, u8) {
    let level = |step: u8| CUBE[usize::from(step % 6)];
    match index {
        0..16 => ANSI[usize::from(index)],
        16..232 => {
            let cube = index - 16;
            (level(cube / 36), level(cube / 6), level(cube))
        }
        232.. => {
            let gray = 8 + (index - 232) * 10;
            (gray, gray, gray)
        }
    }
}

fn nearest_index((red, green, blue): (u8, u8, u8), among: RangeInclusive<u8>) -> u8 {
    let first = *among.start();
    let distance = |index: u8| {
        let (r, g, b) = indexed(index);
        // Weighted by the eye's sensitivity to each color.
        3 * u32::from(r.abs_diff(red)).pow(2)
            + 6 * u32::from(g.abs_diff(green)).pow(2)
            + u32::from(b.abs_diff(blue)).pow(2)
    };
    among.fold(first, |nearest, index| {
        if distance(index) < distance(nearest) {
            index
        } else {
            nearest
        }
    })
}

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is not a color")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = (&'static str, BTreeMap<Role, Look>)> {
        THEMES.iter().map(|(name, text)| {
            (
                *name,
                toml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}")),
            )
        })
    }

    #[test]
    fn every_theme_gives_every_role() {
        for (name, looks) in all() {
            let missing: Vec<_> = Role::ALL
                .iter()
                .filter(|role| !looks.contains_key(role))
                .collect();
            assert!(missing.is_empty(), "{name} lacks {missing:?}");
        }
    }

    /// Relative luminance as WCAG 2 defines it.
    fn luminance((red, green, blue): (u8, u8, u8)) -> f64 {
        let linear = |level: u8| {
            let level = f64::from(level) / 255.0;
            if level <= 0.040_45 {
                level / 12.92
            } else {
                ((level + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    #[test]
    fn every_role_is_readable_on_its_background() {
        for (name, looks) in all().filter(|(name, _)| !["terminal", "none"].contains(name)) {
            let text = looks[&Role::Text];
            let grounds = [None, looks[&Role::Status].background];
            for (&role, look) in &looks {
                let (foreground, background) = (
                    look.foreground.or(text.foreground),
                    look.background.or(text.background),
                );
                for ground in grounds
                    .iter()
                    .map(|ground| look.background.or(*ground).or(background))
                {
                    let (a, b) = (
                        luminance(foreground.unwrap().rgb().unwrap()),
                        luminance(ground.unwrap().rgb().unwrap()),
                    );
                    let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                    assert!(ratio >= 4.5, "{name}: {role:?} has {ratio:.2}:1");
                }
            }
        }
    }

    #[test]
    fn meaning_survives_without_color() {
        let none = Theme::named("dark", Depth::None).unwrap();
        for look in Role::ALL.iter().map(|&role| none.style(role)) {
            assert!(look.foreground.is_none() && look.background.is_none());
        }
        for (left, right) in [
            (Role::Text, Role::Match),
            (Role::Match, Role::MatchCurrent),
            (Role::Text, Role::Selection),
            (Role::Border, Role::BorderFocused),
            (Role::QuotationDirect, Role::QuotationSelected),
        ] {
            assert_ne!(none.style(left), none.style(right));
        }
    }

    #[test]
    fn colors_are_reduced_to_the_nearest_supported() {
        assert_eq!(
            Color::Rgb(250, 2, 3).at(Depth::Indexed256),
            Color::Indexed(196)
        );
        assert_eq!(Color::Rgb(250, 2, 3).at(Depth::Ansi16), Color::Ansi(9));
        assert_eq!(
            Color::Rgb(120, 120, 120).at(Depth::Indexed256),
            Color::Indexed(243)
        );
        assert_eq!(Color::Ansi(3).at(Depth::Rgb), Color::Ansi(3));
        assert_eq!(Color::Indexed(196).at(Depth::None), Color::Default);
        assert_eq!(Color::parse("#0a0B0c"), Some(Color::Rgb(10, 11, 12)));
        assert_eq!(Color::parse("bright-red"), Some(Color::Ansi(9)));
        assert_eq!(Color::parse("#12"), None);
    }
}
