//! A session with `articles/`, opened at one of the sample articles.

use std::path::Path;
use std::sync::Arc;

use pullquote::app::Start;
use pullquote::app::state::{SavedState, VERSION};
use pullquote::config::Settings;
use pullquote::config::theme::Depth;
use pullquote::library::DateOrder;
use pullquote::shell::files::{FileOptions, read, walk};
use pullquote::view;
use pullquote::world::Dots;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::driver::{Driver, File};

const FOLDER: &str = "articles";
const ARTICLE: &str = "world/2026-03-04-geneva-talks.txt";
const THEME: &str = "theme = \"dark\"";
/// The size limit; no sample is larger.
const MAX_BYTES: u64 = 1_000_000;

/// A session in a window of the given size.
pub(crate) fn reader(size: (u16, u16)) -> anyhow::Result<Driver> {
    let folder = Path::new(FOLDER);
    let root = folder.to_string_lossy().into_owned();
    let mut state = SavedState {
        version: VERSION,
        ..SavedState::default()
    };
    let last = folder.join(ARTICLE).to_string_lossy().into_owned();
    state.last.insert(root.clone(), last);
    let start = Start {
        settings: Settings::read(THEME, "the configuration of the picture")?,
        depth: Depth::Rgb,
        ground: None,
        dates: DateOrder::DayFirst,
        links: true,
        size,
        dots: Dots::Braille,
        root,
        state,
    };
    Ok(Driver::start(start, files(folder)?))
}

fn files(folder: &Path) -> anyhow::Result<Vec<File>> {
    let choice = FileOptions {
        max_bytes: MAX_BYTES,
        hidden: false,
        reader: Arc::default(),
    };
    let mut files = Vec::new();
    for found in walk(folder, &choice) {
        let location = found.map_err(anyhow::Error::msg)?;
        let path = location
            .strip_prefix(folder)?
            .to_string_lossy()
            .into_owned();
        let bytes = read(&location, &choice).map_err(anyhow::Error::msg)?;
        files.push(File { path, bytes });
    }
    Ok(files)
}

/// The current screen.
pub(crate) fn screen(reader: &Driver) -> Buffer {
    let (width, height) = reader.model.window.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    let _ = view::draw(&reader.model, &mut buffer);
    buffer
}
