//! Persons and towns that bear the name of a country, remembered for the rest of the article.

use super::{CountryCase, CountryVerdict, person};
use crate::text::Span;

/// The persons and towns found so far, sorted by form and verdict. There are no more than the table has forms.
#[derive(Debug, Default)]
pub(crate) struct Namesakes(Vec<Namesake>);

/// A word that was found to be a person or a town, with the first and last place where it is.
#[derive(Debug)]
struct Namesake {
    form: &'static str,
    verdict: CountryVerdict,
    first: Span,
    last: Span,
}

impl Namesakes {
    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Remembers that the form at `span` is a person or a town.
    pub(crate) fn add(&mut self, form: &'static str, verdict: CountryVerdict, span: Span) {
        match self.place(form, verdict) {
            Ok(at) => self.0[at].last = span,
            Err(at) => self.0.insert(
                at,
                Namesake {
                    form,
                    verdict,
                    first: span,
                    last: span,
                },
            ),
        }
    }

    /// Whether a form is a person or a town anywhere in the article.
    pub(crate) fn has(&self, form: &str) -> bool {
        self.0
            .binary_search_by_key(&form, |known| known.form)
            .is_ok()
    }

    /// Whether a word no rule decided about is one of these persons or towns.
    pub(crate) fn claim(&self, case: &CountryCase<'_>) -> bool {
        let is_meant = |verdict, may_be: fn(&CountryCase<'_>) -> bool| {
            let Ok(at) = self.place(case.form, verdict) else {
                return false;
            };
            let Namesake { first, last, .. } = self.0[at];
            // A sentence with both tells them apart: from Peru, Indiana, to Peru.
            let is_apart = |span| case.block.covers(span) && case.shares_sentence(span);
            !(is_apart(first) && is_apart(last)) && may_be(case)
        };
        is_meant(CountryVerdict::Person, person::may_be_person)
            || is_meant(CountryVerdict::Town, |case| {
                case.topic.adjectives(case.code.0) == 0
            })
    }

    fn place(&self, form: &str, verdict: CountryVerdict) -> Result<usize, usize> {
        let key = |known: &Namesake| (known.form, known.verdict);
        self.0.binary_search_by_key(&(form, verdict), key)
    }
}
