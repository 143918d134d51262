//! The countries of the world: codes, names, adjectives, demonyms, and places that imply them.
//!
//! The data is in `countries.tsv`, one row for each country. Nothing here looks at a text: `analysis::country`
//! decides which `Georgia` is meant.
//!
//! ```
//! use pullquote::lexicon::gazetteer;
//!
//! let peru = gazetteer::find("peruvian").unwrap();
//! assert_eq!((peru.code.as_str(), peru.name), ("PE", "Peru"));
//! ```

/// The rows as text, for tables that the compiler builds.
pub(crate) const TABLE: &str = include_str!("countries.tsv");

/// The columns of the table, counted from 0.
pub(crate) const NAME: usize = 1;
pub(crate) const NAMES: usize = 3;
pub(crate) const FORMER: usize = 4;
pub(crate) const ADJECTIVES: usize = 5;
pub(crate) const DEMONYMS: usize = 6;
pub(crate) const PARTS: usize = 7;
pub(crate) const CAPITAL: usize = 8;
pub(crate) const PLACES: usize = 9;

/// ISO 3166-1 alpha-2 code of a country, or `XK`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryCode(pub [u8; 2]);

impl CountryCode {
    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }

    /// A code from its two letters in either case, even if no country has it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let letters: [u8; 2] = text.as_bytes().try_into().ok()?;
        letters
            .iter()
            .all(u8::is_ascii_alphabetic)
            .then(|| Self(letters.map(|letter| letter.to_ascii_uppercase())))
    }

    /// The regional indicator symbols, which some terminals draw as a flag.
    #[must_use]
    pub fn flag(self) -> String {
        self.0
            .iter()
            .filter_map(|&letter| char::from_u32(0x1F1E6 + u32::from(letter.saturating_sub(b'A'))))
            .collect()
    }
}

/// A part of the world to which the map can zoom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Continent {
    /// Africa.
    Africa,
    /// Antarctica and the islands around it.
    Antarctica,
    /// Asia with Turkey, the Caucasus and Russia, as in the source of the data.
    Asia,
    /// Europe.
    Europe,
    /// North and Central America and the Caribbean.
    NorthAmerica,
    /// Australia and the Pacific.
    Oceania,
    /// South America.
    SouthAmerica,
}

impl Continent {
    /// Every continent, by name.
    pub const ALL: [Self; 7] = [
        Self::Africa,
        Self::Antarctica,
        Self::Asia,
        Self::Europe,
        Self::NorthAmerica,
        Self::Oceania,
        Self::SouthAmerica,
    ];

    /// Its English name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Africa => "Africa",
            Self::Antarctica => "Antarctica",
            Self::Asia => "Asia",
            Self::Europe => "Europe",
            Self::NorthAmerica => "North America",
            Self::Oceania => "Oceania",
            Self::SouthAmerica => "South America",
        }
    }

    fn parse(letters: &str) -> Option<Self> {
        Some(match letters {
            "AF" => Self::Africa,
            "AN" => Self::Antarctica,
            "AS" => Self::Asia,
            "EU" => Self::Europe,
            "NA" => Self::NorthAmerica,
            "OC" => Self::Oceania,
            "SA" => Self::SouthAmerica,
            _ => return None,
        })
    }
}

/// Words for one country, a cell of the table whose values are separated by `"; "`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words(&'static str);

impl Words {
    /// The words one by one.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.split("; ").filter(|word| !word.is_empty())
    }
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// Its code.
    pub code: CountryCode,
    /// The English name that lists show.
    pub name: &'static str,
    /// The continent it is on.
    pub continent: Continent,
    /// Official and short names, and abbreviations.
    pub names: Words,
    /// Former names and former states with this one successor.
    pub former: Words,
    /// Adjectives, which may also be nouns: `Greek`.
    pub adjectives: Words,
    /// Nouns for its people that are not adjectives: `Greeks`, `Dane`.
    pub demonyms: Words,
    /// Names and adjectives of parts that count as the whole: England.
    pub parts: Words,
    /// The seat of government; empty if it has the same name as the country.
    pub capital: &'static str,
    /// Other places that imply the country: the Kremlin, Crimea.
    pub places: Words,
}

impl Country {
    fn parse(row: &'static str) -> Option<Self> {
        let mut cells = row.split('\t');
        let mut next = || cells.next();
        Some(Self {
            code: CountryCode::parse(next()?)?,
            name: next()?,
            continent: Continent::parse(next()?)?,
            names: Words(next()?),
            former: Words(next()?),
            adjectives: Words(next()?),
            demonyms: Words(next()?),
            parts: Words(next()?),
            capital: next()?,
            places: Words(next()?),
        })
    }

    /// Everything that mentions the country: names, former names, adjectives, demonyms and parts.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name)
            .chain(self.names.iter())
            .chain(self.former.iter())
            .chain(self.adjectives.iter())
            .chain(self.demonyms.iter())
            .chain(self.parts.iter())
    }
}

/// The offsets of the rows, which are sorted by code.
static ROWS: [u16; count_rows()] = rows();

const fn count_rows() -> usize {
    let (table, mut at, mut count) = (TABLE.as_bytes(), 0, 0);
    while at < table.len() {
        count += is_row(table, at) as usize;
        at += 1;
    }
    count
}

const fn rows() -> [u16; count_rows()] {
    let (table, mut at, mut count) = (TABLE.as_bytes(), 0, 0);
    let mut rows = [0; count_rows()];
    assert!(
        table.len() <= u16::MAX as usize,
        "the table has at most 64 KB"
    );
    while at < table.len() {
        if is_row(table, at) {
            #[expect(clippy::cast_possible_truncation, reason = "asserted above")]
            let start = at as u16;
            rows[count] = start;
            count += 1;
        }
        at += 1;
    }
    rows
}

/// Whether the row of a country begins at an offset.
const fn is_row(table: &[u8], at: usize) -> bool {
    (at == 0 || table[at - 1] == b'\n') && table[at] != b'#'
}

/// The row that begins at an offset.
fn row(start: u16) -> &'static str {
    let (_, rest) = TABLE.split_at(usize::from(start));
    match rest.split_once('\n') {
        Some((row, _)) => row,
        None => rest,
    }
}

/// All countries, sorted by code.
pub fn countries() -> impl Iterator<Item = Country> {
    ROWS.iter().filter_map(|start| Country::parse(row(*start)))
}

/// The row of the country with this code.
fn row_of(code: CountryCode) -> Option<&'static str> {
    let code_at = |start: &u16| row(*start).as_bytes().first_chunk().copied();
    let found = ROWS.binary_search_by_key(&Some(code.0), code_at).ok()?;
    Some(row(ROWS[found]))
}

/// The country with this code.
#[must_use]
pub fn country(code: CountryCode) -> Option<Country> {
    row_of(code).and_then(Country::parse)
}

/// The English name of the country with this code; `"unknown"` if there is none.
#[must_use]
pub fn name(code: CountryCode) -> &'static str {
    let row = row_of(code).and_then(|row| row.split('\t').nth(NAME));
    row.unwrap_or("unknown")
}

/// The country with this code, name, adjective or demonym, in any case, for the filter `country:`.
///
/// Codes take precedence (`us`), then names (`Dominica`), then the other words.
#[must_use]
pub fn find(query: &str) -> Option<Country> {
    let query = query.trim();
    let same = |word: &str| word.to_lowercase() == query.to_lowercase();
    CountryCode::parse(query)
        .and_then(country)
        .or_else(|| countries().find(|country| same(country.name)))
        .or_else(|| countries().find(|country| country.words().any(same)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_a_country() {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(countries().count(), rows);
        assert_eq!(rows, 250, "249 of ISO 3166-1 and XK");
        assert!(countries().is_sorted_by(|a, b| a.code < b.code));
        assert!(
            countries()
                .all(|known| country(known.code) == Some(known) && name(known.code) == known.name)
        );
    }

    #[test]
    fn cells_hold_clean_words() {
        for country in countries() {
            for word in country.words().chain(country.places.iter()) {
                assert_eq!(word, word.trim(), "{}", country.name);
                assert!(!word.is_empty() && !word.contains(';'), "{word}");
            }
        }
    }

    #[test]
    fn a_country_is_found_by_any_of_its_words() {
        for (query, code) in [
            ("us", "US"),
            ("Dominica", "DM"),
            ("dominican", "DO"),
            ("zaire", "CD"),
            ("czech republic", "CZ"),
            ("Spaniards", "ES"),
            ("türkiye", "TR"),
            ("xk", "XK"),
        ] {
            assert_eq!(find(query).unwrap().code.as_str(), code, "{query}");
        }
        assert_eq!(find("atlantis"), None);
    }

    #[test]
    fn a_code_has_a_flag() {
        assert_eq!(CountryCode(*b"NZ").flag(), "🇳🇿");
    }
}
