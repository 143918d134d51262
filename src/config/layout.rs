//! Keys of keyboards that are not Latin, by their places: `о` lies where `j` does.
//!
//! A key that is not bound as it is typed counts as the Latin one at its place, so that nobody has to switch
//! the keyboard to step on. The rows are those of Russian and Ukrainian, Greek, Hebrew, Arabic and Korean
//! keyboards; signs that Latin keyboards have too mean themselves.

use super::key::{Key, KeyCode};

/// Letters of a keyboard, and the Latin keys at their places.
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

/// The Latin key at the place of a key, when that is another one.
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
    fn keys_are_known_by_their_place() {
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
