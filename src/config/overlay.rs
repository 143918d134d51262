//! Merges configuration files over the default configuration and locates errors.
//!
//! The trees are merged and deserialized once. Only if that fails is each value tried on its own, which finds
//! the wrong one without a second description of what is allowed.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::DEFAULT_CONFIG;
use super::action::Action;
use super::error::{ConfigError, ConfigErrors, nearest};
use super::key::{parse_sequence, write_sequence};
use super::keymap::{Binding, BindingScope, Keymap, clashes, swallowed};
use super::settings::Settings;

/// Key presets in the style of other programs, merged over the default keys.
pub const PRESETS: &[(&str, &str)] = &[
    ("default", ""),
    ("less", include_str!("keys/less.toml")),
    ("vim", include_str!("keys/vim.toml")),
    ("newsboat", include_str!("keys/newsboat.toml")),
];

/// The action name that unbinds a key.
const NONE: &str = "none";

impl Settings {
    /// The built-in settings.
    #[must_use]
    pub fn default_file() -> Self {
        match Self::read("", "config.toml") {
            Ok(settings) => settings,
            Err(error) => unreachable!("the configuration that is compiled in is tested: {error}"),
        }
    }

    /// The settings of a configuration merged over the built-in ones. `file` is its name in error messages.
    ///
    /// # Errors
    ///
    /// Returns everything in `text` that is not valid: syntax, settings, values, keys and actions.
    pub fn read(text: &str, file: &str) -> Result<Self, ConfigErrors> {
        Self::read_layers(&[(text, file)])
    }

    /// The settings of several configurations with their names, each merged over those before it.
    ///
    /// # Errors
    ///
    /// As for [`Settings::read`]; each error has the name of its configuration.
    pub fn read_layers(layers: &[(&str, &str)]) -> Result<Self, ConfigErrors> {
        let mut wrong = Vec::new();
        let settings = Self::laid(layers, &mut wrong);
        match settings {
            Some(settings) if wrong.is_empty() => Ok(settings),
            _ => Err(ConfigErrors(wrong)),
        }
    }

    fn laid(layers: &[(&str, &str)], wrong: &mut Vec<ConfigError>) -> Option<Self> {
        let builtin = ConfigLayer::parse(DEFAULT_CONFIG, "config.toml", wrong)?;
        let mut tree = builtin.plain_tree();
        let mut settings = None;
        let mut preset = builtin.preset(wrong);
        let builtin_keys = builtin.bindings("keys", wrong);
        let mut own = Vec::new();
        // Most layers are empty.
        for (text, name) in layers.iter().filter(|(text, _)| !text.is_empty()) {
            let n_before = wrong.len();
            let Some(layer) = ConfigLayer::parse(text, name, wrong) else {
                continue;
            };
            layer.check_names(&builtin, wrong);
            if let Some(laid) = layer.laid_over(&tree, wrong) {
                settings = Some(laid);
                lay(&mut tree, &layer.plain_tree());
            }
            preset = layer.preset(wrong).or(preset);
            let bindings = layer.bindings("keys", wrong);
            if !bindings.is_empty() {
                let mut below = vec![builtin_keys.clone()];
                below.extend(preset.clone());
                below.extend(own.iter().cloned());
                layer.check_prefixes(&bindings, &Keymap::new(&below), wrong);
                own.push(bindings);
            }
            if let Some(of_layer) = wrong.get_mut(n_before..) {
                of_layer.sort_by_key(|error| error.line);
            }
        }
        let mut settings = match settings {
            Some(settings) => settings,
            None => builtin.laid_over(&DeTable::new(), wrong)?,
        };
        let mut keys = vec![builtin_keys];
        keys.extend(preset);
        keys.extend(own);
        settings.keymap = Keymap::new(&keys);
        Some(settings)
    }
}

/// A parsed configuration with the location of every value.
struct ConfigLayer<'t> {
    file: &'t str,
    text: &'t str,
    tree: DeTable<'t>,
}

/// A value of a table with its name and location.
type Item<'s, 't> = (&'s str, Range<usize>, &'s Spanned<DeValue<'t>>);

impl<'t> ConfigLayer<'t> {
    fn parse(text: &'t str, file: &'t str, wrong: &mut Vec<ConfigError>) -> Option<Self> {
        match DeTable::parse(text) {
            Ok(tree) => Some(Self {
                file,
                text,
                tree: tree.into_inner(),
            }),
            Err(error) => {
                wrong.push(ConfigError {
                    file: file.to_owned(),
                    line: line_of(text, error.span().unwrap_or_default().start),
                    key: String::new(),
                    problem: error.message().replace('\n', ", "),
                    allowed: Vec::new(),
                    nearest: None,
                });
                None
            }
        }
    }

    /// An error at `place`.
    fn error(&self, place: &Range<usize>, key: &str, problem: impl Into<String>) -> ConfigError {
        ConfigError {
            file: self.file.to_owned(),
            line: line_of(self.text, place.start),
            key: key.to_owned(),
            problem: problem.into(),
            allowed: Vec::new(),
            nearest: None,
        }
    }

    /// Checks that every setting exists in the built-in configuration, and is a table if it is one there.
    fn check_names(&self, builtin: &ConfigLayer<'_>, wrong: &mut Vec<ConfigError>) {
        for (name, place, value) in items(&self.tree) {
            let Some(known) = builtin.tree.get(name) else {
                wrong.push(self.unknown(&place, name, "", &builtin.tree));
                continue;
            };
            if name == "keys" {
                continue; // Checked separately: its names are keys.
            }
            match (known.get_ref().as_table(), value.get_ref().as_table()) {
                (None, _) => {}
                (Some(_), None) => {
                    wrong.push(self.error(
                        &place,
                        name,
                        format!("this is a table: write [{name}] above its settings"),
                    ));
                }
                (Some(known), Some(table)) => {
                    let strangers = items(table).filter(|(inner, ..)| !known.contains_key(*inner));
                    wrong.extend(strangers.map(|(inner, place, _)| {
                        self.unknown(&place, inner, &format!("{name}."), known)
                    }));
                }
            }
        }
    }

    fn unknown(
        &self,
        place: &Range<usize>,
        name: &str,
        prefix: &str,
        known: &DeTable<'_>,
    ) -> ConfigError {
        let error = self.error(place, &format!("{prefix}{name}"), "unknown setting");
        with_choice(
            error,
            name,
            known.keys().map(|known| known.get_ref().as_ref()),
        )
    }

    /// The settings of this layer merged over `base`. Unknown settings have been reported already.
    fn laid_over(&self, base: &DeTable<'t>, wrong: &mut Vec<ConfigError>) -> Option<Settings> {
        let own = self.plain_tree();
        let whole = match deserialize(base, &own) {
            Ok(settings) => return Some(settings),
            Err(whole) => whole,
        };
        let told = wrong.iter().filter(|error| error.file == self.file);
        let keys: Vec<String> = told.map(|error| error.key.clone()).collect();
        for (table, name, place) in self.leaves() {
            let key = match table {
                Some(table) => format!("{table}.{name}"),
                None => name.to_owned(),
            };
            let is_told = keys.contains(&key) || table.is_some_and(|t| keys.iter().any(|k| k == t));
            if is_told {
                continue;
            }
            if let Err(problem) = deserialize(base, &only(&own, table, name)) {
                wrong.push(self.bad_value(&place, &key, &problem));
            }
        }
        if wrong.is_empty() {
            wrong.push(self.error(&(0..0), "", whole));
        }
        None
    }

    /// Rewords serde's message, which lists the wrong value and the choices in backticks.
    fn bad_value(&self, place: &Range<usize>, key: &str, problem: &str) -> ConfigError {
        let problem = match problem.split_once('\n') {
            Some((first_line, _)) => first_line,
            None => problem,
        };
        let mut quoted = problem.split('`').skip(1).step_by(2);
        let error = self.error(place, key, problem);
        match quoted.next() {
            Some(written) if problem.starts_with("unknown") => {
                let choices: Vec<_> = quoted.collect();
                let error = ConfigError {
                    problem: format!("`{written}` is not a valid value"),
                    ..error
                };
                with_choice(error, written, choices)
            }
            _ => error,
        }
    }

    /// The tree without the key tables.
    fn plain_tree(&self) -> DeTable<'t> {
        let mut tree = self.tree.clone();
        tree.remove("keys");
        tree
    }

    /// Every value with the name of its table, if any.
    fn leaves(&self) -> impl Iterator<Item = (Option<&str>, &str, Range<usize>)> {
        items(&self.tree)
            .filter(|(name, ..)| *name != "keys")
            .flat_map(|(name, place, value)| match value.get_ref().as_table() {
                None => vec![(None, name, place)],
                Some(table) => items(table)
                    .map(|(inner, place, _)| (Some(name), inner, place))
                    .collect(),
            })
    }

    /// The bindings of the preset that this layer selects, if any.
    fn preset(&self, wrong: &mut Vec<ConfigError>) -> Option<Vec<Binding>> {
        let (name, place) = self.preset_name()?;
        let preset = PRESETS.iter().find(|(known, _)| *known == name);
        let Some((_, text)) = preset else {
            let error = self.error(&place, "keys", format!("unknown preset `{name}`"));
            let presets = PRESETS.iter().map(|(known, _)| *known);
            wrong.push(with_choice(error, name, presets));
            return None;
        };
        let preset = ConfigLayer::parse(text, name, wrong)?;
        Some(preset.table_bindings(None, wrong))
    }

    fn preset_name(&self) -> Option<(&str, Range<usize>)> {
        let keys = self.tree.get("keys")?;
        let preset = match keys.get_ref().as_table() {
            Some(table) => table.get("preset")?,
            None => keys,
        };
        Some((preset.get_ref().as_str().unwrap_or_default(), preset.span()))
    }

    fn bindings(&self, table: &str, wrong: &mut Vec<ConfigError>) -> Vec<Binding> {
        match self.tree.get(table).map(Spanned::get_ref) {
            Some(DeValue::Table(keys)) => self.table_bindings(Some(keys), wrong),
            _ => Vec::new(),
        }
    }

    /// The bindings of the tables in `keys`, or of the whole file if it is a preset.
    fn table_bindings(
        &self,
        keys: Option<&DeTable<'_>>,
        wrong: &mut Vec<ConfigError>,
    ) -> Vec<Binding> {
        let mut bindings = Vec::new();
        let mut places = Vec::new();
        for (name, place, value) in
            items(keys.unwrap_or(&self.tree)).filter(|(name, ..)| *name != "preset")
        {
            let key = format!("keys.{name}");
            let scope = BindingScope::all().find(|scope| scope.name() == name);
            let (Some(scope), Some(table)) = (scope, value.get_ref().as_table()) else {
                let names = BindingScope::all()
                    .map(BindingScope::name)
                    .chain(["preset"]);
                wrong.push(with_choice(
                    self.error(&place, &key, "unknown table of keys"),
                    name,
                    names,
                ));
                continue;
            };
            for (notation, place, action) in items(table) {
                match self.binding(scope, notation, &place, action.get_ref()) {
                    Ok(binding) => {
                        bindings.push(binding);
                        places.push(place);
                    }
                    Err(error) => wrong.push(error),
                }
            }
        }
        for (index, earlier) in clashes(&bindings) {
            let key = format!("keys.{}", bindings[index].scope.name());
            let problem = format!("`{earlier}` is bound too, and one is a prefix of the other");
            wrong.push(self.error(&places[index], &key, problem));
        }
        bindings
    }

    /// Reports keys that would make longer sequences unreachable, which is hardly intended.
    fn check_prefixes(&self, bindings: &[Binding], below: &Keymap, wrong: &mut Vec<ConfigError>) {
        let swallowed = swallowed(bindings, below);
        wrong.extend(swallowed.map(|(binding, lost)| self.swallowing(binding, &lost)));
    }

    fn swallowing(&self, binding: &Binding, lost: &str) -> ConfigError {
        let written = write_sequence(&binding.keys);
        let problem = format!(
            "`{written}` would make `{lost}` unreachable; unbind that first: \
             \"{lost}\" = \"{NONE}\""
        );
        let table = binding.scope.name();
        let tables = self
            .tree
            .get("keys")
            .and_then(|keys| keys.get_ref().as_table());
        let table_keys = tables.and_then(|tables| tables.get(table)?.get_ref().as_table());
        let mut written_here = table_keys.into_iter().flat_map(items);
        let here = |(notation, ..): &Item<'_, '_>| {
            parse_sequence(notation).is_ok_and(|keys| keys == binding.keys)
        };
        let place = written_here.find(here).map_or(0..0, |(_, place, _)| place);
        self.error(&place, &format!("keys.{table}.{written}"), problem)
    }

    fn binding(
        &self,
        scope: BindingScope,
        notation: &str,
        place: &Range<usize>,
        value: &DeValue<'_>,
    ) -> Result<Binding, ConfigError> {
        let error = |problem: String| {
            let key = format!("keys.{}.{notation}", scope.name());
            self.error(place, &key, problem)
        };
        let keys = parse_sequence(notation).map_err(|part| {
            error(format!(
                "`{part}` is not a key; see the notes above [keys] in `pullquote config --default`"
            ))
        })?;
        let name = value.as_str().unwrap_or_default();
        let action = Action::from_name(name);
        if action.is_none() && name != NONE {
            let names = Action::ALL.iter().map(|action| action.name()).chain([NONE]);
            return Err(with_choice(
                error(format!("unknown action `{name}`")),
                name,
                names,
            ));
        }
        if let (BindingScope::Pane(context), Some(action)) = (scope, action)
            && !action.applies_in(context)
        {
            let mut error = error(format!("`{name}` does not apply here"));
            error.allowed = action
                .screens()
                .iter()
                .map(|context| format!("keys.{}", context.name()))
                .collect();
            return Err(error);
        }
        Ok(Binding {
            scope,
            keys,
            action,
        })
    }
}

/// The values of a table in file order.
fn items<'s, 't>(table: &'s DeTable<'t>) -> impl Iterator<Item = Item<'s, 't>> {
    let mut items: Vec<_> = table
        .iter()
        .map(|(name, value)| (name.get_ref().as_ref(), name.span(), value))
        .collect();
    items.sort_by_key(|(_, place, _)| place.start);
    items.into_iter()
}

fn with_choice<'a>(
    error: ConfigError,
    written: &str,
    choices: impl IntoIterator<Item = &'a str>,
) -> ConfigError {
    let choices: Vec<_> = choices.into_iter().collect();
    ConfigError {
        nearest: nearest(written, choices.iter().copied()).map(Into::into),
        allowed: choices.into_iter().map(ToOwned::to_owned).collect(),
        ..error
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    let before = text.bytes().take(offset);
    1 + before.filter(|byte| *byte == b'\n').count()
}

/// Merges `over` into `base`, recursing into tables.
fn lay<'t>(base: &mut DeTable<'t>, over: &DeTable<'t>) {
    for (name, value) in over {
        let below = base.get_mut(name.get_ref().as_ref()).map(Spanned::get_mut);
        if let (Some(DeValue::Table(below)), DeValue::Table(above)) = (below, value.get_ref()) {
            lay(below, above);
        } else {
            base.insert(name.clone(), value.clone());
        }
    }
}

/// `tree` reduced to one value.
fn only<'t>(tree: &DeTable<'t>, table: Option<&str>, name: &str) -> DeTable<'t> {
    let pick = |tree: &DeTable<'t>, name: &str| -> DeTable<'t> {
        let picked = tree.get_key_value(name).into_iter();
        picked
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    };
    let Some(table) = table else {
        return pick(tree, name);
    };
    let mut tree = pick(tree, table);
    if let Some(DeValue::Table(inner)) = tree.get_mut(table).map(Spanned::get_mut) {
        *inner = pick(inner, name);
    }
    tree
}

/// Deserializes `over` merged over `base`.
fn deserialize<'t>(base: &DeTable<'t>, over: &DeTable<'t>) -> Result<Settings, String> {
    let mut tree = base.clone();
    lay(&mut tree, over);
    Settings::deserialize(Deserializer::from(Spanned::new(0..0, tree)))
        .map_err(|error| error.message().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::settings::{Columns, Sort};

    fn error(text: &str) -> String {
        Settings::read(text, "c.toml").unwrap_err().to_string()
    }

    #[test]
    fn a_file_changes_only_the_settings_it_contains() {
        let default = Settings::default_file();
        let settings =
            Settings::read("[page]\ncolumns = 2\n[contents]\nsort = 'title'", "c.toml").unwrap();
        assert_eq!(
            (settings.page.columns, settings.contents.sort),
            (Columns::Exactly(2), Sort::Title)
        );
        assert_eq!(
            (settings.page.min_column_width, &settings.keymap),
            (default.page.min_column_width, &default.keymap)
        );
    }

    #[test]
    fn a_wrong_name_is_shown_with_line_and_the_nearest_one() {
        assert_eq!(
            error("mouse = true\nthem = 'dark'"),
            "c.toml:2: them: unknown setting; did you mean `theme`?"
        );
        assert_eq!(
            error("[pages]"),
            "c.toml:1: pages: unknown setting; did you mean `page`?"
        );
        assert_eq!(
            error("\n\n[keys.reader]\nj = 'line_down'"),
            "c.toml:4: keys.reader.j: unknown action `line_down`; did you mean `line-down`?"
        );
        assert_eq!(
            error("[keys.readers]"),
            "c.toml:1: keys.readers: unknown table of keys; did you mean `reader`?"
        );
    }

    #[test]
    fn a_wrong_value_is_shown_with_what_is_allowed() {
        assert_eq!(
            error("theme = 'drak'"),
            "c.toml:1: theme: `drak` is not a valid value; did you mean `dark`?"
        );
        assert_eq!(
            error("color = 'blue'"),
            "c.toml:1: color: `blue` is not a valid value; expected one of auto, always, never"
        );
        assert_eq!(
            error("[page]\ncolumns = 7"),
            "c.toml:2: page.columns: expected auto, 1, 2 or 3"
        );
        assert_eq!(
            error("[page]\nmin_column_width = 3"),
            "c.toml:2: page.min_column_width: invalid value: integer `3`, expected a number from 20 to 200"
        );
        assert_eq!(
            error("mouse = 'on'"),
            "c.toml:1: mouse: invalid type: string \"on\", expected a boolean"
        );
        assert_eq!(
            error("page = 2"),
            "c.toml:1: page: this is a table: write [page] above its settings"
        );
        assert_eq!(
            error("keys = 'emacs'"),
            "c.toml:1: keys: unknown preset `emacs`; expected one of default, less, vim, newsboat"
        );
    }

    #[test]
    fn wrong_keys_are_shown() {
        assert!(
            error("[keys.reader]\n'<Entr>' = 'help'")
                .starts_with("c.toml:2: keys.reader.<Entr>: `<Entr>` is not a key")
        );
        assert_eq!(
            error("[keys.help]\nx = 'next-sentence'"),
            "c.toml:2: keys.help.x: `next-sentence` does not apply here; expected one of keys.reader"
        );
        assert_eq!(
            error("[keys.reader]\nx = 'top'\nxx = 'end'"),
            "c.toml:3: keys.reader: `x` is bound too, and one is a prefix of the other"
        );
        let said = error("[keys.reader]\nj = 'top'\nz = 'end'");
        assert!(
            said.starts_with("c.toml:3: keys.reader.z: `z` would make `z"),
            "{said}"
        );
        let freed = "[keys.everywhere]\nz = 'none'\n[keys.reader]\nz = 'end'";
        assert!(Settings::read(freed, "c.toml").is_ok());
    }

    #[test]
    fn every_error_is_reported_once_and_in_order() {
        let text = "them = 'dark'\ncolor = 'blue'\n[page]\ncolumns = 7\ncolums = 2\n[pages]\nx = 1\n[keys.reader]\nj = 'line_down'\nx = 'top'\nxx = 'end'\n";
        let ConfigErrors(wrong) = Settings::read(text, "c.toml").unwrap_err();
        let told: Vec<_> = wrong
            .iter()
            .map(|error| (error.line, error.key.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (1, "them"),
                (2, "color"),
                (4, "page.columns"),
                (5, "page.colums"),
                (6, "pages"),
                (9, "keys.reader.j"),
                (11, "keys.reader"),
            ]
        );
        assert_eq!(
            error(text),
            "c.toml:1: them: unknown setting; did you mean `theme`? (6 more: `pullquote config --check`)"
        );
        // Errors of the command line are reported with those of the file.
        let layers = [("mouse = 'on'", "c.toml"), ("colr = 1", "command line")];
        let ConfigErrors(wrong) = Settings::read_layers(&layers).unwrap_err();
        assert_eq!(wrong.len(), 2);
    }

    #[test]
    fn invalid_toml_is_reported_with_its_line() {
        assert!(error("mouse = true\n= 3").starts_with("c.toml:2: "));
    }

    #[test]
    fn every_preset_can_be_chosen() {
        for (name, _) in PRESETS {
            let settings = Settings::read(&format!("[keys]\npreset = '{name}'"), "c.toml").unwrap();
            assert_eq!(
                settings.keymap == Settings::default_file().keymap,
                *name == "default"
            );
        }
    }
}
