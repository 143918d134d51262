//! A model without a terminal: it gets keys, and its effects run at once.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use pullquote::analysis::analyze;
use pullquote::app::protocol::answers::FileSurvey;
use pullquote::app::protocol::compute;
use pullquote::app::protocol::effect::Effect;
use pullquote::app::protocol::message::Message;
use pullquote::app::reading::content::Content;
use pullquote::app::update::update;
use pullquote::app::{Model, Start};
use pullquote::config::key::parse_sequence;
use pullquote::document::ArticleReader;
use pullquote::layout::paginate;
use pullquote::library::{ListedFile, Location, PackedSurvey, Survey};

/// An article of the folder.
pub(crate) struct File {
    /// Its path relative to the folder.
    pub(crate) path: String,
    /// Its text.
    pub(crate) bytes: Vec<u8>,
}

/// A session with some files.
pub(crate) struct Driver {
    /// The model.
    pub(crate) model: Model,
    files: Vec<File>,
}

impl Driver {
    /// A session whose folder has been listed and read.
    pub(crate) fn start(start: Start, files: Vec<File>) -> Self {
        let root = PathBuf::from(&start.root);
        let listed = files.iter().map(|file| ListedFile {
            location: root.join(&file.path),
            path: file.path.clone(),
            bytes: file.bytes.len() as u64,
        });
        let listing = Message::Listed {
            files: listed.collect(),
            is_done: true,
            problems: Vec::new(),
        };
        let model = Model::new(start);
        let mut driver = Self { model, files };
        driver.send(listing);
        driver
    }

    /// Types keys, written as in the configuration.
    pub(crate) fn press(&mut self, keys: &str) {
        for key in parse_sequence(keys).unwrap_or_default() {
            self.send(Message::Key(key));
        }
    }

    /// Sends a message to the model and runs all effects that follow.
    pub(crate) fn send(&mut self, message: Message) {
        let mut waiting = VecDeque::from([message]);
        while let Some(message) = waiting.pop_front() {
            for effect in update(&mut self.model, message) {
                waiting.extend(self.answer(effect));
            }
        }
    }

    fn answer(&self, effect: Effect) -> Option<Message> {
        match effect {
            Effect::Open {
                generation,
                article,
                location,
            } => {
                let document = Arc::new(
                    compute::read(&ArticleReader::default(), self.bytes(&location)?, &location)
                        .ok()?,
                );
                let analysis = analyze(&document.value);
                let survey = Survey::of(&document.value, &analysis);
                let survey = Some(Box::new(PackedSurvey::from(survey)));
                let content = Arc::new(Content {
                    document,
                    analysis: Some(Arc::new(analysis)),
                    is_partial: false,
                    file_time: None,
                });
                Some(Message::Opened {
                    generation,
                    article,
                    content,
                    survey,
                })
            }
            Effect::Survey(articles) => {
                let look = |(first, location): (_, Location)| {
                    let bytes = self.bytes(&location)?;
                    let surveys = compute::survey(&ArticleReader::default(), bytes, &location.file);
                    Some(FileSurvey {
                        first,
                        stamp: 0,
                        surveys: surveys
                            .map(|all| all.into_iter().map(PackedSurvey::from).collect()),
                    })
                };
                Some(Message::Surveyed(
                    articles.into_iter().filter_map(look).collect(),
                ))
            }
            Effect::Paginate {
                generation,
                document,
                measure,
                shape,
            } => {
                let pages = paginate(&document.value, &measure, shape, &mut || false)?;
                Some(Message::Paginated { generation, pages })
            }
            Effect::Find {
                generation,
                content,
                folded,
                wanted,
            } => {
                let case = compute::case(self.model.settings.search.case);
                Some(compute::find(&content, folded, &wanted, case).answers(generation))
            }
            _ => None,
        }
    }

    fn bytes(&self, location: &Location) -> Option<Vec<u8>> {
        let file = self
            .files
            .iter()
            .find(|file| location.file.ends_with(&file.path))?;
        Some(file.bytes.clone())
    }
}
