//! The list of speakers of an article, from the entities that are quoted.

use std::collections::HashMap;

use super::coreference::Cast;
use super::entity::{EntityId, EntityKind};
use super::{Speaker, SpeakerId, SpeakerKind};

/// Gives entities their place in the list of speakers.
pub(super) struct Speakers<'c> {
    cast: &'c Cast,
    text: &'c str,
    ids: HashMap<EntityId, SpeakerId>,
    /// In the order of their first quotation.
    pub list: Vec<Speaker>,
}

impl<'c> Speakers<'c> {
    /// An empty list of the speakers of a text.
    pub(super) fn new(cast: &'c Cast, text: &'c str) -> Self {
        Self {
            cast,
            text,
            ids: HashMap::new(),
            list: Vec::new(),
        }
    }

    /// The place of an entity in the list; it is added when it is new.
    pub(super) fn id(&mut self, entity: EntityId) -> SpeakerId {
        if let Some(id) = self.ids.get(&entity) {
            return *id;
        }
        let id = SpeakerId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.ids.insert(entity, id);
        if let Some(entity) = self.cast.entity(entity) {
            let kind = match entity.kind {
                EntityKind::Person => SpeakerKind::Person,
                EntityKind::Body | EntityKind::Place => SpeakerKind::Organization,
                EntityKind::Unnamed | EntityKind::Group => SpeakerKind::Unnamed,
            };
            let aliases = entity
                .aliases
                .iter()
                .map(|alias| one_line(alias.of(self.text)));
            let name = one_line(entity.name.of(self.text));
            self.list.push(Speaker {
                aliases: aliases.filter(|alias| *alias != name).collect(),
                name,
                role: entity.role.map(|role| one_line(role.of(self.text))),
                kind,
            });
        }
        id
    }
}

/// Words on one line with single spaces; a compound that was parted at its hyphen is whole again.
pub(super) fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !line.is_empty() && (!line.ends_with('-') || line.ends_with(" -")) {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
