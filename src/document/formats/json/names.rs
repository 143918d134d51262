//! What an article in JSON may have, and what the reader calls it.

/// What an article may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum Field {
    Title,
    Text,
    Summary,
    Byline,
    Published,
    SourceFile,
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
    pub list: NameList,
    /// The headline.
    pub title: NameList,
    /// The article itself.
    pub text: NameList,
    /// The article in short.
    pub summary: NameList,
    /// Who wrote it.
    pub byline: NameList,
    /// When it was published.
    pub published: NameList,
    /// The publication or agency.
    pub source: NameList,
    /// Where it was published.
    pub url: NameList,
    /// What the file calls the article.
    pub id: NameList,
    /// Its keywords.
    pub tags: NameList,
    /// The language it is written in.
    pub language: NameList,
}

impl FieldNames {
    /// The names of a field.
    pub(in crate::document) fn of(&self, field: Field) -> &[String] {
        let NameList(names) = match field {
            Field::Title => &self.title,
            Field::Text => &self.text,
            Field::Summary => &self.summary,
            Field::Byline => &self.byline,
            Field::Published => &self.published,
            Field::SourceFile => &self.source,
            Field::Url => &self.url,
            Field::Id => &self.id,
            Field::Tags => &self.tags,
            Field::Language => &self.language,
        };
        names
    }

    /// Whether a list of articles stands under this key.
    pub(super) fn is_list(&self, key: &str) -> bool {
        let NameList(names) = &self.list;
        names.iter().any(|name| name.eq_ignore_ascii_case(key))
    }
}

/// A name, or several of which the first that is there counts.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(from = "Written")]
pub struct NameList(pub Vec<String>);

/// How names are written.
#[derive(serde::Deserialize)]
#[serde(untagged, expecting = "expected a name or a list of names")]
enum Written {
    One(String),
    Several(Vec<String>),
}

impl From<Written> for NameList {
    fn from(written: Written) -> Self {
        match written {
            Written::One(name) => Self(vec![name]),
            Written::Several(names) => Self(names),
        }
    }
}
