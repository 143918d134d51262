//! The configuration: settings, keys and themes.
//!
//! All defaults are in the top-level `config.toml`, which is compiled in. The user's file is merged over it;
//! [`Settings::read`] checks every name and value and reports the line of an error:
//!
//! ```
//! use pullquote::config::Settings;
//!
//! let error = Settings::read("[page]\ncolums = 2", "config.toml").unwrap_err();
//! assert_eq!(error.to_string(), "config.toml:2: page.colums: unknown setting; did you mean `columns`?");
//! ```

pub mod action;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod screen;
pub mod settings;
pub mod theme;

mod error;
mod overlay;

pub use action::{Action, ActionGroup};
pub use error::{ConfigError, ConfigErrors, nearest};
pub use key::Key;
pub use keymap::{Keymap, Match, Pending, Pressed};
pub use overlay::PRESETS;
pub use screen::Screen;
pub use settings::Settings;
pub use theme::{Role, Theme};

/// The default configuration, with a comment on every setting.
pub const DEFAULT_CONFIG: &str = include_str!("../../config.toml");
