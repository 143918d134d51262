//! Stop words: the commonest function words of a language, by which an article is recognized as written in it.

/// The languages by ISO 639-1 code, each with its file. Of two that fit a text equally well the first is taken.
pub(super) const FILES: [(&str, &str); 14] = [
    ("en", include_str!("en/stop-words.txt")),
    ("de", include_str!("de/stop-words.txt")),
    ("fr", include_str!("fr/stop-words.txt")),
    ("es", include_str!("es/stop-words.txt")),
    ("it", include_str!("it/stop-words.txt")),
    ("pt", include_str!("pt/stop-words.txt")),
    ("nl", include_str!("nl/stop-words.txt")),
    ("sv", include_str!("sv/stop-words.txt")),
    ("da", include_str!("da/stop-words.txt")),
    ("pl", include_str!("pl/stop-words.txt")),
    ("tr", include_str!("tr/stop-words.txt")),
    ("id", include_str!("id/stop-words.txt")),
    ("ru", include_str!("ru/stop-words.txt")),
    ("uk", include_str!("uk/stop-words.txt")),
];

/// How many languages have stop words.
pub const N_LANGUAGES: usize = FILES.len();

/// The code of every language that has stop words, and the words in lower case.
pub fn languages() -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    FILES.iter().map(|&(code, file)| (code, words(file)))
}

fn words(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_words_once_and_in_lower_case() {
        for (code, words) in languages() {
            let mut words: Vec<_> = words.collect();
            assert!(words.len() >= 20, "{code}");
            assert!(
                words.iter().all(|word| *word == word.to_lowercase()),
                "{code}"
            );
            words.sort_unstable();
            assert!(words.windows(2).all(|pair| pair[0] != pair[1]), "{code}");
        }
    }
}
