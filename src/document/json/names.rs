//! What an article in JSON may have, and what the reader calls it.

/// What an article may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Field {
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
    /// The headline.
    pub title: Vec<String>,
    /// The article itself.
    pub text: Vec<String>,
    /// The article in short.
    pub summary: Vec<String>,
    /// Who wrote it.
    pub byline: Vec<String>,
    /// When it was published.
    pub published: Vec<String>,
    /// The publication or agency.
    pub source: Vec<String>,
    /// Where it was published.
    pub url: Vec<String>,
    /// What the file calls the article.
    pub id: Vec<String>,
    /// Its keywords.
    pub tags: Vec<String>,
    /// The language it is written in.
    pub language: Vec<String>,
}

impl FieldNames {
    /// The names of a field.
    pub(in super::super) fn of(&self, field: Field) -> &[String] {
        match field {
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
        }
    }
}
