//! Names and offices, each kept once and known by a number.

use std::collections::HashMap;
use std::sync::Arc;

/// The number of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct NameId(pub u32);

/// All names.
#[derive(Debug, Default)]
pub(super) struct Names {
    texts: Vec<Arc<str>>,
    ids: HashMap<Arc<str>, NameId>,
}

impl Names {
    /// The number of a name; a new one when it is new.
    pub(super) fn id(&mut self, text: &str) -> NameId {
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        let id = NameId(crate::library::count(self.texts.len()));
        let text: Arc<str> = text.into();
        self.texts.push(Arc::clone(&text));
        self.ids.insert(text, id);
        id
    }

    /// The number of a name that is known.
    pub(super) fn known(&self, text: &str) -> Option<NameId> {
        self.ids.get(text).copied()
    }

    /// The name with a number.
    pub(super) fn text(&self, id: NameId) -> &str {
        self.texts.get(id.0 as usize).map_or("", |text| text)
    }

    /// The name with a number, shared.
    pub(super) fn shared(&self, id: NameId) -> Arc<str> {
        self.texts
            .get(id.0 as usize)
            .map_or_else(|| "".into(), Arc::clone)
    }
}
