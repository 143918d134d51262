//! The list of speakers of an article, from the entities that are quoted.

use std::sync::Arc;

use super::{Entity, EntityId, EntityKind};
use crate::analysis::{Speaker, SpeakerId, SpeakerKind};

/// Gives entities their place in the list of speakers.
pub(crate) struct SpeakerList<'c> {
    entities: &'c [Entity],
    text: &'c str,
    /// The place of every entity that has one.
    ids: Vec<Option<SpeakerId>>,
    /// In the order of their first quotation.
    pub list: Vec<Arc<Speaker>>,
}

impl<'c> SpeakerList<'c> {
    /// An empty list of the speakers of a text.
    pub(crate) fn new(entities: &'c [Entity], text: &'c str) -> Self {
        Self {
            entities,
            text,
            ids: vec![None; entities.len()],
            list: Vec::new(),
        }
    }

    /// The place of an entity in the list; it is added when it is new.
    pub(crate) fn id(&mut self, entity: EntityId) -> SpeakerId {
        let index = entity as usize;
        if let Some(id) = self.ids.get(index).copied().flatten() {
            return id;
        }
        let id = SpeakerId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        if let Some(place) = self.ids.get_mut(index) {
            *place = Some(id);
        }
        if let Some(entity) = self.entities.get(index) {
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
            let aliases = aliases.filter(|alias| *alias != name).map(String::into);
            self.list.push(Arc::new(Speaker {
                aliases: aliases.collect(),
                role: entity.role.map(|role| one_line(role.of(self.text)).into()),
                name: name.into(),
                kind,
            }));
        }
        id
    }
}

/// Words on one line with single spaces; a compound that was parted at its hyphen is whole again.
pub(crate) fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !line.is_empty() && (!line.ends_with('-') || line.ends_with(" -")) {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
