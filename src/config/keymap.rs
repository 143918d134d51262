//! Which keys trigger which action in which pane.
//!
//! A [`Keymap`] is built from layers (the default, a preset, the user's own file), each of which may bind
//! keys everywhere, in all lists, or in one pane; later layers win. Sequences have no time-outs: a key that
//! begins a longer sequence is never bound itself.
//! [`Pending`] collects digits (always a count) and the keys of a sequence as they are pressed.

use super::action::Action;
use super::key::{Key, KeyCode, write_sequence};
use super::layout;
use super::screen::Screen;

/// Where a binding applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BindingScope {
    /// In every pane that the action applies in.
    Everywhere,
    /// In every list that the action applies in.
    Lists,
    /// In one pane.
    Pane(Screen),
}

impl BindingScope {
    /// Every scope.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        [Self::Everywhere, Self::Lists]
            .into_iter()
            .chain(Screen::ALL.map(Self::Pane))
    }

    /// The name of its table in the configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Lists => "lists",
            Self::Pane(context) => context.name(),
        }
    }

    /// Whether a binding of `action` in this scope applies in `context`; `None` unbinds a key in the whole scope.
    fn reaches(self, context: Screen, action: Option<Action>) -> bool {
        let here = match self {
            Self::Everywhere => true,
            Self::Lists => context.is_list(),
            Self::Pane(pane) => pane == context,
        };
        here && action.is_none_or(|action| action.applies_in(context))
    }
}

/// One line of a `[keys.…]` table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Where it applies.
    pub scope: BindingScope,
    /// The keys, at least one.
    pub keys: Vec<Key>,
    /// The action; `None` unbinds the keys in the layers below.
    pub action: Option<Action>,
}

/// All bindings of all panes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    /// In the order of [`Screen::ALL`].
    panes: Vec<Vec<(Vec<Key>, Action)>>,
}

/// The result of looking up a key sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// This action.
    Action(Action),
    /// The beginning of longer sequences.
    Prefix,
    /// Nothing.
    None,
}

impl Keymap {
    /// Builds a keymap from layers of bindings; later layers win.
    #[must_use]
    pub fn new(layers: &[Vec<Binding>]) -> Self {
        let pane = |context| {
            let mut bound = Vec::new();
            for layer in layers {
                for scope in [
                    BindingScope::Everywhere,
                    BindingScope::Lists,
                    BindingScope::Pane(context),
                ] {
                    lay(&mut bound, layer, scope, context);
                }
            }
            bound
        };
        Self {
            panes: Screen::ALL.map(pane).into(),
        }
    }

    /// Looks up a key sequence in a pane.
    #[must_use]
    pub fn lookup(&self, context: Screen, keys: &[Key]) -> Match {
        let accepted = |(bound, _): &&(Vec<Key>, Action)| {
            bound.len() >= keys.len()
                && bound
                    .iter()
                    .zip(keys)
                    .all(|(bound, key)| bound.accepts(*key))
        };
        let bindings = self.bindings(context);
        let exact = bindings.iter().find(|(bound, _)| bound == keys);
        match exact.or_else(|| bindings.iter().find(accepted)) {
            Some((bound, action)) if bound.len() == keys.len() => Match::Action(*action),
            Some(_) => Match::Prefix,
            None if self.begins_elsewhere(keys) => Match::Prefix,
            None => Match::None,
        }
    }

    /// Whether the keys begin a sequence of any pane. They are then a prefix in all panes: in a pane without
    /// `]q`, typing it does nothing, instead of running the action of `q`.
    fn begins_elsewhere(&self, keys: &[Key]) -> bool {
        let mut sequences = self.panes.iter().flatten().map(|(bound, _)| bound);
        sequences.any(|bound| bound.len() > keys.len() && bound.starts_with(keys))
    }

    /// Every sequence of a pane with its action, in the order of the configuration.
    #[must_use]
    pub fn bindings(&self, context: Screen) -> &[(Vec<Key>, Action)] {
        &self.panes[context as usize]
    }

    /// The sequences bound to `action` in a pane, the preferred one first.
    pub fn keys_for(&self, context: Screen, action: Action) -> impl Iterator<Item = &[Key]> {
        self.bindings(context)
            .iter()
            .filter(move |(_, bound)| *bound == action)
            .map(|(keys, _)| keys.as_slice())
    }

    /// The remaining keys and the action of each sequence that starts with `prefix`.
    pub fn continuations<'a>(
        &'a self,
        context: Screen,
        prefix: &'a [Key],
    ) -> impl Iterator<Item = (&'a [Key], Action)> {
        self.bindings(context)
            .iter()
            .filter_map(|(keys, action)| Some((keys.strip_prefix(prefix)?, *action)))
            .filter(|(rest, _)| !rest.is_empty())
    }
}

/// Adds the bindings of one scope of a layer to a pane, replacing those they conflict with.
fn lay(
    bound: &mut Vec<(Vec<Key>, Action)>,
    layer: &[Binding],
    scope: BindingScope,
    context: Screen,
) {
    let reaches =
        |binding: &&Binding| binding.scope == scope && scope.reaches(context, binding.action);
    let here: Vec<_> = layer.iter().filter(reaches).collect();
    bound.retain(|(known, _)| !here.iter().any(|above| is_either_way(known, &above.keys)));
    let added = here
        .iter()
        .filter_map(|above| Some((above.keys.clone(), above.action?)));
    bound.extend(added);
}

/// Whether one of two sequences is a prefix of the other.
fn is_either_way(one: &[Key], other: &[Key]) -> bool {
    one.iter().zip(other).all(|(one, other)| one == other)
}

/// The indices of bindings that conflict with an earlier one of the same table because one is a prefix of the
/// other, and the keys of that one.
pub(super) fn clashes(bindings: &[Binding]) -> impl Iterator<Item = (usize, String)> {
    bindings.iter().enumerate().filter_map(|(index, later)| {
        let mut before = bindings[..index].iter();
        let earlier = before.find(|earlier| {
            earlier.scope == later.scope && is_either_way(&earlier.keys, &later.keys)
        })?;
        Some((index, write_sequence(&earlier.keys)))
    })
}

/// Bindings that make a longer sequence of `below` unreachable, and that sequence. Sequences that `bindings`
/// unbinds do not count.
pub(super) fn swallowed<'b>(
    bindings: &'b [Binding],
    below: &'b Keymap,
) -> impl Iterator<Item = (&'b Binding, String)> {
    let is_taken_away = |keys: &[Key]| {
        let mut removals = bindings.iter().filter(|binding| binding.action.is_none());
        removals.any(|binding| keys.starts_with(&binding.keys))
    };
    bindings
        .iter()
        .filter(|binding| binding.action.is_some())
        .filter_map(move |binding| {
            let reached = Screen::ALL
                .into_iter()
                .filter(|&context| binding.scope.reaches(context, binding.action));
            let mut lost = reached
                .flat_map(|context| below.bindings(context))
                .filter(|(known, _)| known.len() > binding.keys.len())
                .filter(|(known, _)| known.starts_with(&binding.keys) && !is_taken_away(known));
            Some((binding, write_sequence(&lost.next()?.0)))
        })
}

/// The keys pressed so far of an unfinished command: `1`, `2`, `]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pending {
    count: Option<usize>,
    keys: Vec<Key>,
}

/// The effect of a key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// The command is complete.
    Action {
        /// The action.
        action: Action,
        /// The number typed before it.
        count: Option<usize>,
        /// The last key, which may name a mark.
        letter: Option<char>,
    },
    /// More keys are needed; [`Pending::keys`] has those typed so far.
    Waiting,
    /// Esc cancelled an unfinished command.
    Cleared,
    /// The keys are not bound; they are dropped.
    Unbound,
}

/// Counts are limited to this, so that arithmetic on them cannot overflow.
const MAX_COUNT: usize = 999_999;

impl Pending {
    /// Processes one more key.
    pub fn press(&mut self, keymap: &Keymap, context: Screen, key: Key) -> Pressed {
        if key == Key::plain(KeyCode::Esc) && !self.is_empty() {
            *self = Self::default();
            return Pressed::Cleared;
        }
        if let Some(digit) = key
            .typed()
            .and_then(|typed| typed.to_digit(10))
            .filter(|_| self.keys.is_empty())
        {
            let count = self.count.unwrap_or(0) * 10 + digit as usize;
            self.count = Some(count.min(MAX_COUNT));
            return Pressed::Waiting;
        }
        self.keys.push(key);
        let mut found = keymap.lookup(context, &self.keys);
        if found == Match::None
            && let Some(last) = self.keys.last_mut()
            && let Some(latin) = layout::latin(key)
        {
            *last = latin;
            found = keymap.lookup(context, &self.keys);
        }
        if found == Match::Prefix {
            return Pressed::Waiting;
        }
        let count = std::mem::take(self).count;
        match found {
            Match::Action(action) => Pressed::Action {
                action,
                count,
                letter: key.typed(),
            },
            _ => Pressed::Unbound,
        }
    }

    /// Whether nothing has been typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count.is_none() && self.keys.is_empty()
    }

    /// The number typed so far.
    #[must_use]
    pub fn count(&self) -> Option<usize> {
        self.count
    }

    /// The keys typed so far, without the count.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;
    use crate::config::key::parse_sequence;

    /// The action of a complete key sequence: `3]q` → `next-quotation 3`.
    fn press(settings: &Settings, context: Screen, notation: &str) -> String {
        let mut pending = Pending::default();
        let mut last = Pressed::Unbound;
        for key in parse_sequence(notation).unwrap() {
            last = pending.press(&settings.keymap, context, key);
        }
        match last {
            Pressed::Action {
                action,
                count: None,
                ..
            } => action.name().to_owned(),
            Pressed::Action {
                action,
                count: Some(count),
                ..
            } => format!("{action} {count}"),
            other => format!("{other:?}").to_lowercase(),
        }
    }

    #[test]
    fn the_default_keys_are_the_documented_ones() {
        let settings = Settings::default_file();
        for (keys, expected) in [
            ("<Space>", "next-page"),
            ("<C-f>", "next-page"),
            ("5j", "line-down 5"),
            ("50%", "go-to-percent 50"),
            ("\"", "next-quotation"),
            ("]q", "next-quotation"),
            ("3[s", "previous-of-speaker 3"),
            ("zp", "toggle-side"),
            ("ma", "set-mark"),
            ("'a", "go-to-mark"),
            ("''", "jump-back"),
            ("<C-o>", "jump-back"),
            ("<C-i>", "jump-forward"),
            ("<Tab>", "next-pane"),
            ("<S-Tab>", "previous-pane"),
            ("]", "waiting"),
            ("12", "waiting"),
            ("]x", "unbound"),
            ("<Esc>", "cancel"),
            ("z<Esc>", "cleared"),
            ("<Enter>", "line-down"),
        ] {
            assert_eq!(press(&settings, Screen::Reader, keys), expected, "{keys}");
        }
        assert_eq!(press(&settings, Screen::Side, "<Enter>"), "open");
        assert_eq!(press(&settings, Screen::World, "<Left>"), "map-west");
        assert_eq!(press(&settings, Screen::Help, "}"), "unbound");
        assert_eq!(press(&settings, Screen::Help, "]"), "waiting");
        assert_eq!(press(&settings, Screen::Help, "]q"), "unbound");
    }

    #[test]
    fn every_action_has_a_key_somewhere() {
        let settings = Settings::default_file();
        for &action in Action::ALL {
            let bound = action
                .screens()
                .iter()
                .any(|&context| settings.keymap.keys_for(context, action).next().is_some());
            assert!(bound, "{action}");
        }
    }

    #[test]
    fn the_last_letter_names_the_mark() {
        let settings = Settings::default_file();
        let mut pending = Pending::default();
        for key in parse_sequence("m").unwrap() {
            pending.press(&settings.keymap, Screen::Reader, key);
        }
        let key = parse_sequence("7").unwrap().remove(0);
        let pressed = pending.press(&settings.keymap, Screen::Reader, key);
        assert_eq!(
            pressed,
            Pressed::Action {
                action: Action::SetMark,
                count: None,
                letter: Some('7')
            }
        );
    }

    #[test]
    fn a_prefix_lists_the_keys_that_may_follow() {
        let settings = Settings::default_file();
        let prefix = parse_sequence("y").unwrap();
        let rest: String = settings
            .keymap
            .continuations(Screen::Reader, &prefix)
            .map(|(keys, _)| write_sequence(keys))
            .collect();
        assert_eq!(rest, "qcujsp");
    }

    #[test]
    fn presets_and_user_keys_override_the_defaults() {
        let vim = Settings::read("keys = 'vim'", "c.toml").unwrap();
        assert_eq!(press(&vim, Screen::Reader, "gg"), "top");
        assert_eq!(press(&vim, Screen::Reader, "g"), "waiting");
        assert_eq!(press(&vim, Screen::Reader, "<Space>"), "next-page");
        let own = Settings::read(
            "[keys.everywhere]\n']' = 'none'\nq = 'none'\n[keys.reader]\n']' = 'next-page'\n'<c-F>' = 'help'",
            "c.toml",
        )
        .unwrap();
        assert_eq!(press(&own, Screen::Reader, "]"), "next-page");
        assert_eq!(press(&own, Screen::Reader, "q"), "unbound");
        assert_eq!(press(&own, Screen::Reader, "<C-f>"), "help");
        assert_eq!(press(&own, Screen::Contents, "<C-f>"), "next-page");
    }

    #[test]
    fn huge_counts_do_no_harm() {
        let settings = Settings::default_file();
        assert_eq!(
            press(&settings, Screen::Reader, &format!("{}j", "9".repeat(100))),
            "line-down 999999"
        );
    }
}
