//! What an article as a whole is about, as far as it helps to tell countries from their namesakes.

use super::forms::{Cue, Sense};
use super::scan::Hit;
use super::{CountryCode, Form};

/// Counts over all hits of an article.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    cues: [u32; 8],
    named: Vec<CountryCode>,
}

impl Facts {
    /// The facts of an article with these hits.
    pub(super) fn new(hits: &[Hit]) -> Self {
        let mut facts = Self::default();
        for hit in hits {
            match hit.sense {
                Sense::Cue(cue) => {
                    if let Some(count) = facts.cues.get_mut(cue as usize) {
                        *count += 1;
                    }
                }
                Sense::Country(code, Form::Name | Form::Adjective) | Sense::Place(code) => {
                    if let Err(at) = facts.named.binary_search(&code) {
                        facts.named.insert(at, code);
                    }
                }
                _ => {}
            }
        }
        facts
    }

    /// How often the article gives this cue.
    pub(super) fn count(&self, cue: Cue) -> u32 {
        self.cues.get(cue as usize).copied().unwrap_or_default()
    }

    /// Whether any word of this country, or a place in it, stands in the article.
    pub(super) fn names(&self, code: &[u8; 2]) -> bool {
        self.named.binary_search(&CountryCode(*code)).is_ok()
    }
}
