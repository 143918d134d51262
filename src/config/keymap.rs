//! Which keys ask for which action in which pane.
//!
//! A [`Keymap`] is built in layers (the default, a preset, the reader's own file), each of which may bind
//! keys everywhere, in all lists, or in one pane; what is laid later wins. Sequences have no time-outs:
//! a key that begins a longer sequence is never an action itself, so nothing has to be waited for.
//! [`Pending`] collects digits (always a count) and the keys of a sequence as they are pressed.

use super::action::{Action, Context};
use super::key::{Key, KeyCode, write_sequence};
use super::layout;

/// Where a binding holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In every pane in which the action means something.
    Everywhere,
    /// In every list in which the action means something.
    Lists,
    /// In one pane.
    Pane(Context),
}

impl Scope {
    /// Every scope.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        [Self::Everywhere, Self::Lists]
            .into_iter()
            .chain(Context::ALL.map(Self::Pane))
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

    /// Whether a binding of `action` here holds in `context`. A key that is taken away is so everywhere.
    fn reaches(self, context: Context, action: Option<Action>) -> bool {
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
    /// Where it holds.
    pub scope: Scope,
    /// The keys, at least one.
    pub keys: Vec<Key>,
    /// What they ask for; nothing takes the keys away from what is below.
    pub action: Option<Action>,
}

/// All bindings of all panes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    /// In the order of [`Context::ALL`].
    panes: Vec<Vec<(Vec<Key>, Action)>>,
}

/// What a sequence of keys stands for.
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
    /// A keymap from layers of bindings, the strongest last.
    #[must_use]
    pub fn new(layers: &[Vec<Binding>]) -> Self {
        let pane = |context| {
            let mut bound = Vec::new();
            for layer in layers {
                for scope in [Scope::Everywhere, Scope::Lists, Scope::Pane(context)] {
                    lay(&mut bound, layer, scope, context);
                }
            }
            bound
        };
        Self {
            panes: Context::ALL.map(pane).into(),
        }
    }

    /// What `keys`, pressed one after the other, stand for in that pane.
    #[must_use]
    pub fn lookup(&self, context: Context, keys: &[Key]) -> Match {
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

    /// Whether the keys begin a sequence of some pane: then they are waited with in all of them, so that
    /// the end of `]q` does nothing, rather than something else, where there are no quotations.
    fn begins_elsewhere(&self, keys: &[Key]) -> bool {
        let mut sequences = self.panes.iter().flatten().map(|(bound, _)| bound);
        sequences.any(|bound| bound.len() > keys.len() && bound.starts_with(keys))
    }

    /// Every sequence of a pane with its action, in the order of the configuration.
    #[must_use]
    pub fn bindings(&self, context: Context) -> &[(Vec<Key>, Action)] {
        self.panes.get(context as usize).map_or(&[], Vec::as_slice)
    }

    /// The sequences that ask for `action` in a pane, the one to show first.
    pub fn keys_for(&self, context: Context, action: Action) -> impl Iterator<Item = &[Key]> {
        self.bindings(context)
            .iter()
            .filter(move |(_, bound)| *bound == action)
            .map(|(keys, _)| keys.as_slice())
    }

    /// What may follow `prefix`: the remaining keys and their action. The hint while a sequence is open.
    pub fn continuations<'a>(
        &'a self,
        context: Context,
        prefix: &'a [Key],
    ) -> impl Iterator<Item = (&'a [Key], Action)> {
        self.bindings(context)
            .iter()
            .filter_map(|(keys, action)| Some((keys.strip_prefix(prefix)?, *action)))
            .filter(|(rest, _)| !rest.is_empty())
    }
}

/// Lays the bindings of one scope of a layer over what a pane has. None of them begins another ([`clash`]).
fn lay(bound: &mut Vec<(Vec<Key>, Action)>, layer: &[Binding], scope: Scope, context: Context) {
    let reaches =
        |binding: &&Binding| binding.scope == scope && scope.reaches(context, binding.action);
    let here: Vec<_> = layer.iter().filter(reaches).collect();
    bound.retain(|(known, _)| !here.iter().any(|above| is_either_way(known, &above.keys)));
    let added = here
        .iter()
        .filter_map(|above| Some((above.keys.clone(), above.action?)));
    bound.extend(added);
}

/// Whether one of two sequences begins the other.
fn is_either_way(one: &[Key], other: &[Key]) -> bool {
    one.iter().zip(other).all(|(one, other)| one == other)
}

/// Pairs of bindings of one table of which one begins with the other, as the reader wrote them. Those of a table
/// stand together.
pub(super) fn clashes(bindings: &[Binding]) -> impl Iterator<Item = (&Binding, String)> {
    let tables = bindings.chunk_by(|one, next| one.scope == next.scope);
    tables.flat_map(|table| {
        table.iter().enumerate().filter_map(|(index, later)| {
            let mut before = table.iter().take(index);
            let earlier = before.find(|earlier| is_either_way(&earlier.keys, &later.keys))?;
            Some((later, write_sequence(&earlier.keys)))
        })
    })
}

/// A binding that hides a longer sequence from `below`, and that sequence. Sequences that the same bindings
/// take away are no loss.
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
            let reached = Context::ALL
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

/// What came of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// The command is complete.
    Action {
        /// What is asked for.
        action: Action,
        /// The number typed before it.
        count: Option<usize>,
        /// The letter at its end, which names a mark.
        letter: Option<char>,
    },
    /// More keys are needed; [`Pending::keys`] says what there is.
    Waiting,
    /// Esc took an unfinished command away.
    Cleared,
    /// The keys stand for nothing; they are forgotten.
    Unbound,
}

/// Counts stay below this, far above any useful one, so that arithmetic on them is safe.
const MAX_COUNT: usize = 999_999;

impl Pending {
    /// Takes one more key.
    pub fn press(&mut self, keymap: &Keymap, context: Context, key: Key) -> Pressed {
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

    /// Whether nothing is pending.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count.is_none() && self.keys.is_empty()
    }

    /// The number typed so far.
    #[must_use]
    pub fn count(&self) -> Option<usize> {
        self.count
    }

    /// The keys of the open sequence, without the count.
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

    /// What a whole key string asks for: `3]q` → `next-quotation 3`.
    fn press(settings: &Settings, context: Context, notation: &str) -> String {
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
    fn the_default_keys_are_those_of_the_manual() {
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
            assert_eq!(press(&settings, Context::Reader, keys), expected, "{keys}");
        }
        assert_eq!(press(&settings, Context::Side, "<Enter>"), "open");
        assert_eq!(press(&settings, Context::World, "<Left>"), "map-west");
        assert_eq!(press(&settings, Context::Help, "}"), "unbound");
        assert_eq!(press(&settings, Context::Help, "]"), "waiting");
        assert_eq!(press(&settings, Context::Help, "]q"), "unbound");
    }

    #[test]
    fn every_action_has_a_key_somewhere() {
        let settings = Settings::default_file();
        for &action in Action::ALL {
            let bound = action
                .contexts()
                .iter()
                .any(|&context| settings.keymap.keys_for(context, action).next().is_some());
            assert!(bound, "{action}");
        }
    }

    #[test]
    fn the_letter_names_the_mark() {
        let settings = Settings::default_file();
        let mut pending = Pending::default();
        for key in parse_sequence("m").unwrap() {
            pending.press(&settings.keymap, Context::Reader, key);
        }
        let key = parse_sequence("7").unwrap().remove(0);
        let pressed = pending.press(&settings.keymap, Context::Reader, key);
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
    fn an_open_sequence_lists_what_may_follow() {
        let settings = Settings::default_file();
        let prefix = parse_sequence("y").unwrap();
        let rest: String = settings
            .keymap
            .continuations(Context::Reader, &prefix)
            .map(|(keys, _)| write_sequence(keys))
            .collect();
        assert_eq!(rest, "qcujsp");
    }

    #[test]
    fn presets_and_own_keys_win_over_what_is_below() {
        let vim = Settings::read("keys = 'vim'", "c.toml").unwrap();
        assert_eq!(press(&vim, Context::Reader, "gg"), "top");
        assert_eq!(press(&vim, Context::Reader, "g"), "waiting");
        assert_eq!(press(&vim, Context::Reader, "<Space>"), "next-page");
        let own = Settings::read(
            "[keys.everywhere]\n']' = 'none'\nq = 'none'\n[keys.reader]\n']' = 'next-page'\n'<c-F>' = 'help'",
            "c.toml",
        )
        .unwrap();
        assert_eq!(press(&own, Context::Reader, "]"), "next-page");
        assert_eq!(press(&own, Context::Reader, "q"), "unbound");
        assert_eq!(press(&own, Context::Reader, "<C-f>"), "help");
        assert_eq!(press(&own, Context::Contents, "<C-f>"), "next-page");
    }

    #[test]
    fn absurd_counts_do_no_harm() {
        let settings = Settings::default_file();
        assert_eq!(
            press(&settings, Context::Reader, &format!("{}j", "9".repeat(100))),
            "line-down 999999"
        );
    }
}
