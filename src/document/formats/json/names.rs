//! What an article in JSON may have, and what the reader calls it.

/// What an article may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum Field {
    Title,
    Text,
    Summary,
    Byline,
    Published,
    Source,
    Url,
    Id,
    Tags,
    Language,
}

/// The reader's own names of fields, which go before those of the table.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldNames {
    /// What articles stand in a list of.
    pub list: Names,
    /// The headline.
    pub title: Names,
    /// The article itself.
    pub text: Names,
    /// The article in short.
    pub summary: Names,
    /// Who wrote it.
    pub byline: Names,
    /// When it was published.
    pub published: Names,
    /// The publication or agency.
    pub source: Names,
    /// Where it was published.
    pub url: Names,
    /// What the file calls the article.
    pub id: Names,
    /// Its keywords.
    pub tags: Names,
    /// The language it is written in.
    pub language: Names,
}

impl FieldNames {
    /// The names of a field.
    pub(in crate::document) fn of(&self, field: Field) -> &[String] {
        let Names(names) = match field {
            Field::Title => &self.title,
            Field::Text => &self.text,
            Field::Summary => &self.summary,
            Field::Byline => &self.byline,
            Field::Published => &self.published,
            Field::Source => &self.source,
            Field::Url => &self.url,
            Field::Id => &self.id,
            Field::Tags => &self.tags,
            Field::Language => &self.language,
        };
        names
    }

    /// Whether a list of articles stands under this key.
    pub(super) fn is_list(&self, key: &str) -> bool {
        let Names(names) = &self.list;
        names.iter().any(|name| name.eq_ignore_ascii_case(key))
    }
}

/// A name, or several of which the first that is there counts.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(from = "Written")]
pub struct Names(pub Vec<String>);

/// How names are written.
#[derive(serde::Deserialize)]
#[serde(untagged, expecting = "expected a name or a list of names")]
enum Written {
    One(String),
    Several(Vec<String>),
}

impl From<Written> for Names {
    fn from(written: Written) -> Self {
        match written {
            Written::One(name) => Self(vec![name]),
            Written::Several(names) => Self(names),
        }
    }
}
