//! The fields of an article in JSON, and the reader's own names for them.

/// A field of an article.
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

/// The reader's own names of fields, which come before the built-in ones.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldNames {
    /// The list of articles.
    pub list: NameList,
    /// The headline.
    pub title: NameList,
    /// The text.
    pub text: NameList,
    /// A summary.
    pub summary: NameList,
    /// Who wrote it.
    pub byline: NameList,
    /// When it was published.
    pub published: NameList,
    /// The publication or agency.
    pub source: NameList,
    /// The address where it was published.
    pub url: NameList,
    /// The identifier of the article in its file.
    pub id: NameList,
    /// The keywords.
    pub tags: NameList,
    /// The language it is written in.
    pub language: NameList,
}

impl FieldNames {
    /// Returns the names of a field.
    pub(in crate::document) fn of(&self, field: Field) -> &[String] {
        let NameList(names) = match field {
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

    /// Returns whether this key holds a list of articles.
    pub(super) fn is_list(&self, key: &str) -> bool {
        let NameList(names) = &self.list;
        names.iter().any(|name| name.eq_ignore_ascii_case(key))
    }
}

/// One or several names, in order of preference.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(from = "Written")]
pub struct NameList(pub Vec<String>);

/// The forms in which names are written.
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
