//! Maps keys of non-Latin keyboards to the Latin keys at the same position: `о` is where `j` is.
//!
//! An unbound key counts as the Latin key at its position, so that users need not switch layouts. Russian,
//! Ukrainian, Greek, Hebrew, Arabic and Korean layouts are supported. ASCII characters are never mapped.

use super::key::{Key, KeyCode};

/// The letters of a layout, and the Latin keys at their positions.
const PLACES: &[(&str, &str)] = &[
    (
        "йцукенгшщзхъфывапролджэячсмитьбюё",
        "qwertyuiop[]asdfghjkl;'zxcvbnm,.`",
    ),
    (
        "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ",
        "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~",
    ),
    ("іїєґІЇЄҐ", "s]'\\S}\"|"),
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),
    ("ΕΡΤΥΘΙΟΠΑΣΔΦΓΗΞΚΛΖΧΨΩΒΝΜ", "ERTYUIOPASDFGHJKLZXCVBNM"),
    ("קראטוןםפשדגכעיחלךףזסבהנמצתץ", "ertyuiopasdfghjkl;zxcvbnm,."),
    (
        "ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ",
        "qwertyuiop[]asdfghjkl;'zxcvnm,./",
    ),
    (
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ",
        "qwertyuiopasdfghjklzxcvbnm",
    ),
];

/// The Latin key at the position of a non-ASCII key.
#[must_use]
pub fn latin(key: Key) -> Option<Key> {
    let KeyCode::Char(typed) = key.code() else {
        return None;
    };
    if typed.is_ascii() {
        return None;
    }
    let at_place = |(letters, places): &(&str, &str)| {
        let at = letters.chars().position(|letter| letter == typed)?;
        places.chars().nth(at)
    };
    let place = PLACES.iter().find_map(at_place)?;
    Some(Key::new(KeyCode::Char(place), key.modifiers()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_a_place() {
        for (letters, places) in PLACES {
            assert_eq!(letters.chars().count(), places.chars().count(), "{letters}");
            assert!(places.is_ascii());
        }
    }

    #[test]
    fn keys_are_mapped_by_position() {
        let place = |typed| latin(Key::plain(KeyCode::Char(typed))).map(Key::label);
        assert_eq!(place('о').as_deref(), Some("j"));
        assert_eq!(place('О').as_deref(), Some("J"));
        assert_eq!(place('Э').as_deref(), Some("\""));
        assert_eq!(place('ξ').as_deref(), Some("j"));
        assert_eq!(place('ח').as_deref(), Some("j"));
        assert_eq!(place('ت').as_deref(), Some("j"));
        assert_eq!(place('ㅓ').as_deref(), Some("j"));
        assert_eq!((place('j'), place('é')), (None, None));
    }
}
