//! The languages that analysis can read, each with its files of words.

/// A language that analysis can read.
pub struct Language {
    /// ISO 639-1 code.
    pub code: &'static str,
    /// Its own name.
    pub name: &'static str,
    /// Files of words by class: name and content.
    pub(super) files: &'static [(&'static str, &'static str)],
    /// Reporting verbs.
    pub(super) cues: &'static str,
    /// Other common verbs.
    pub(super) verbs: &'static str,
    /// Its names of countries; empty for English, whose names are in the gazetteer.
    #[allow(dead_code, reason = "only the build script reads it")]
    pub(super) countries: &'static str,
    /// Whether all nouns are capitalized, so that a capital letter does not imply a name.
    pub capital_nouns: bool,
    /// Whether articles are inflected, so that the same source appears with several: `die Polizei`, `der Polizei`.
    pub inflects: bool,
    /// Whether reporting clauses are written inside the quotation marks.
    pub inquits_inside_marks: bool,
}

/// The languages. The first is the fallback.
pub const LANGUAGES: &[Language] = &[
    Language {
        code: "en",
        name: "English",
        files: &[
            ("function", include_str!("en/function.txt")),
            ("abbreviations", include_str!("en/abbreviations.txt")),
            ("people", include_str!("en/people.txt")),
            ("bodies", include_str!("en/bodies.txt")),
            ("given", include_str!("names/given.txt")),
        ],
        cues: include_str!("en/reporting-verbs.txt"),
        verbs: include_str!("en/other-verbs.txt"),
        countries: "",
        capital_nouns: false,
        inflects: false,
        inquits_inside_marks: false,
    },
    Language {
        code: "de",
        name: "Deutsch",
        files: &[
            ("function", include_str!("de/function.txt")),
            ("abbreviations", include_str!("de/abbreviations.txt")),
            ("people", include_str!("de/people.txt")),
            ("bodies", include_str!("de/bodies.txt")),
            ("given", include_str!("names/given.txt")),
        ],
        cues: include_str!("de/reporting-verbs.txt"),
        verbs: include_str!("de/other-verbs.txt"),
        countries: include_str!("names/de.tsv"),
        capital_nouns: true,
        inflects: true,
        inquits_inside_marks: false,
    },
    Language {
        code: "fr",
        name: "français",
        files: &[
            ("function", include_str!("fr/function.txt")),
            ("abbreviations", include_str!("fr/abbreviations.txt")),
            ("people", include_str!("fr/people.txt")),
            ("bodies", include_str!("fr/bodies.txt")),
            ("given", include_str!("names/given.txt")),
            ("inverted", include_str!("fr/inverted.txt")),
        ],
        cues: include_str!("fr/reporting-verbs.txt"),
        verbs: include_str!("fr/other-verbs.txt"),
        countries: include_str!("names/fr.tsv"),
        capital_nouns: false,
        inflects: false,
        inquits_inside_marks: true,
    },
];
