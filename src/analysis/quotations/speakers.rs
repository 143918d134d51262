//! The list of speakers of an article, made from the entities that are quoted.

use std::sync::Arc;

use crate::analysis::entities::{Entity, EntityId, EntityKind, one_line};
use crate::analysis::{Speaker, SpeakerId, SpeakerKind};

/// Gives quoted entities their index in the list of speakers.
pub(crate) struct SpeakerList<'c> {
    entities: &'c [Entity],
    text: &'c str,
    /// The speaker of each entity that has one.
    ids: Vec<Option<SpeakerId>>,
    /// The speakers in the order of their first quotation.
    pub list: Vec<Arc<Speaker>>,
}

impl<'c> SpeakerList<'c> {
    /// An empty list for the entities of a text.
    pub(crate) fn new(entities: &'c [Entity], text: &'c str) -> Self {
        Self {
            entities,
            text,
            ids: vec![None; entities.len()],
            list: Vec::new(),
        }
    }

    /// The speaker of an entity, who is added when new.
    pub(crate) fn id(&mut self, entity: EntityId) -> SpeakerId {
        let index = entity as usize;
        if let Some(id) = self.ids[index] {
            return id;
        }
        // A text has fewer than 4 G bytes, and so fewer speakers.
        let id = SpeakerId(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        self.ids[index] = Some(id);
        let speaker = self.speaker(&self.entities[index]);
        self.list.push(Arc::new(speaker));
        id
    }

    fn speaker(&self, entity: &Entity) -> Speaker {
        let name = one_line(entity.name.of(self.text));
        let aliases = entity
            .aliases
            .iter()
            .map(|alias| one_line(alias.of(self.text)))
            .filter(|alias| *alias != name)
            .map(String::into)
            .collect();
        Speaker {
            aliases,
            role: entity.role.map(|role| one_line(role.of(self.text)).into()),
            name: name.into(),
            kind: match entity.kind {
                EntityKind::Person => SpeakerKind::Person,
                EntityKind::Body | EntityKind::Place => SpeakerKind::Organization,
                EntityKind::Unnamed | EntityKind::Group => SpeakerKind::Unnamed,
            },
        }
    }
}
