//! How often the folder mentions each country.

use std::collections::BTreeMap;

use crate::analysis::CountryCode;
use crate::packed::{BlockSink, BlockSource, put_rows, rows};

/// How often the folder mentions a country.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CountryTotals {
    /// The number of mentions.
    pub mentions: u32,
    /// The number of articles that mention it.
    pub articles: u32,
}

/// The totals of all countries.
#[derive(Debug, Clone, Default)]
pub(crate) struct FolderCountries {
    countries: BTreeMap<CountryCode, CountryTotals>,
}

impl FolderCountries {
    /// Writes the totals to an image.
    pub(crate) fn put_image(&self, sink: BlockSink<'_>) {
        let countries = self.countries.iter().map(|(code, totals)| {
            let [first, second] = code.0.map(u32::from);
            [first, second, totals.mentions, totals.articles]
        });
        put_rows(sink, countries);
    }

    /// Reads the totals from an image.
    pub(crate) fn of_image(source: BlockSource<'_>) -> Option<Self> {
        let letter = |number: u32| u8::try_from(number).ok();
        let country = |[first, second, mentions, articles]: [u32; 4]| {
            let code = CountryCode([letter(first)?, letter(second)?]);
            Some((code, CountryTotals { mentions, articles }))
        };
        let countries = rows(source, country)?.into_iter();
        let countries: Option<_> = countries.collect();
        countries.map(|countries| Self { countries })
    }

    /// Adds the countries of an article, with the number of mentions.
    pub(crate) fn add(&mut self, countries: impl Iterator<Item = (CountryCode, u32)>) {
        for (code, mentions) in countries {
            let totals = self.countries.entry(code).or_default();
            totals.mentions += mentions;
            totals.articles += 1;
        }
    }

    /// Removes the countries of an article.
    pub(crate) fn remove(&mut self, countries: impl Iterator<Item = (CountryCode, u32)>) {
        for (code, mentions) in countries {
            if let Some(totals) = self.countries.get_mut(&code) {
                totals.mentions = totals.mentions.saturating_sub(mentions);
                totals.articles = totals.articles.saturating_sub(1);
                if totals.articles == 0 {
                    self.countries.remove(&code);
                }
            }
        }
    }

    /// All countries, most mentioned first, then by code.
    pub(crate) fn all(&self) -> Vec<(CountryCode, &CountryTotals)> {
        let mut all: Vec<_> = self
            .countries
            .iter()
            .map(|(&code, totals)| (code, totals))
            .collect();
        all.sort_by_key(|(_, totals)| std::cmp::Reverse(totals.mentions));
        all
    }

    pub(crate) fn get(&self, code: CountryCode) -> Option<&CountryTotals> {
        self.countries.get(&code)
    }
}
