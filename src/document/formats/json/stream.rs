//! Reads a JSON file without keeping more than one article in memory.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Value};

use super::sink::DelayedSink;

/// How many objects may be nested around the list.
const DEEPEST: u8 = 6;

/// Reads every value of a file.
pub(super) fn read(bytes: &[u8], articles: &mut DelayedSink<'_, '_>) {
    let mut rest = bytes;
    while !rest.trim_ascii_start().is_empty() && articles.flow.is_continue() {
        let mut partial = None;
        let mut values = serde_json::Deserializer::from_slice(rest);
        let inside = ArticleSeed {
            articles,
            depth: 0,
            partial: &mut partial,
        };
        match inside.deserialize(&mut values) {
            Ok(value) => {
                if let Some(value) = value {
                    let _ = articles.value(&value);
                }
            }
            Err(_) if articles.flow.is_break() => return,
            Err(_) => {
                if let Some(object) = partial {
                    let _ = articles.value(&Value::Object(object));
                }
                articles.n_damaged += 1;
                return;
            }
        }
        // Files with several values are rare, so each value is parsed a second time to find its end.
        let mut ends = serde_json::Deserializer::from_slice(rest).into_iter::<IgnoredAny>();
        let _ = ends.next();
        rest = &rest[ends.byte_offset().clamp(1, rest.len())..];
    }
}

/// Deserializes an article, a list of articles, or an object around a list.
struct ArticleSeed<'s, 't, 'u> {
    articles: &'s mut DelayedSink<'t, 'u>,
    depth: u8,
    /// The part of an object before the file broke off.
    partial: &'s mut Option<Map<String, Value>>,
}

impl<'de> DeserializeSeed<'de> for ArticleSeed<'_, '_, '_> {
    /// A value without a list of articles.
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ArticleSeed<'_, '_, '_> {
    type Value = Option<Value>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut others = Vec::new();
        let before = self.articles.n_articles;
        while let Some(item) = items.next_element_seed(ArticleSeed {
            articles: self.articles,
            depth: DEEPEST,
            partial: self.partial,
        })? {
            match item {
                Some(object @ Value::Object(_)) if self.articles.value(&object).is_break() => {
                    return Err(A::Error::custom("enough"));
                }
                Some(Value::Object(_)) | None => {}
                Some(other) => others.push(other),
            }
        }
        let is_found = self.articles.n_articles > before;
        Ok((!is_found).then_some(Value::Array(others)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut object = Map::new();
        let mut is_found = false;
        loop {
            let key = match entries.next_key::<String>() {
                Ok(Some(key)) => key,
                Ok(None) => break,
                Err(error) => {
                    self.partial.get_or_insert(object);
                    return Err(error);
                }
            };
            let value = if self.depth < DEEPEST && self.articles.is_around(&key) {
                let inside = ArticleSeed {
                    articles: self.articles,
                    depth: self.depth + 1,
                    partial: self.partial,
                };
                entries.next_value_seed(inside)
            } else {
                entries.next_value::<Value>().map(Some)
            };
            match value {
                Ok(Some(value)) => {
                    object.insert(key, value);
                }
                Ok(None) => is_found = true,
                Err(error) => {
                    self.partial.get_or_insert(object);
                    return Err(error);
                }
            }
        }
        Ok((!is_found).then_some(Value::Object(object)))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Some(Value::Null))
    }
}
