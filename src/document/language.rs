//! Detects the language of an article from its script and its most common words.
//!
//! Only the first two kilobytes count. Scripts used by a single language decide at once; for Latin and
//! Cyrillic text, function words are counted, since no article does without them. If unsure, the result
//! is `None`: a wrong language costs more (hyphenation, reporting verbs) than none.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lexicon::stop_words;
use crate::text::span::beginning;

/// How many bytes of a text are sampled.
const SAMPLE: usize = 2048;
/// How many words are looked up.
const MOST_WORDS: usize = 160;
/// How many characters of a script decide the language; each takes at least two bytes.
const FEWEST_OF_SCRIPT: usize = 20;
/// The longest function word, in bytes.
const LONGEST_WORD: usize = 12;

/// Every stop word, with one bit for each language it belongs to.
static WORDS: LazyLock<HashMap<&'static str, u16>> = LazyLock::new(|| {
    let mut bits = HashMap::new();
    for (index, (_, words)) in stop_words::languages().enumerate() {
        for word in words {
            *bits.entry(word).or_default() |= 1 << index;
        }
    }
    bits
});

/// The number of characters in a sample, by script.
#[derive(Debug, Default)]
struct Scripts {
    latin_or_cyrillic: usize,
    han: usize,
    kana: usize,
    hangul: usize,
    arabic: usize,
    persian: usize,
    hebrew: usize,
    greek: usize,
    devanagari: usize,
    thai: usize,
}

/// Returns the ISO 639-1 code of the language of a text, if its beginning is conclusive.
pub(super) fn detect(text: &str) -> Option<&'static str> {
    let sample = beginning(text, SAMPLE);
    // A text that is ASCII except for a few quotation marks is not in another script.
    let n_beyond = sample.bytes().filter(|byte| !byte.is_ascii()).count();
    let from_script = (n_beyond >= 2 * FEWEST_OF_SCRIPT).then(|| by_script(sample));
    from_script.flatten().or_else(|| by_words(sample))
}

fn by_script(sample: &str) -> Option<&'static str> {
    let scripts = count(sample);
    let cjk = scripts.han + scripts.kana;
    let rows = [
        (scripts.kana * 8 > cjk, cjk, "ja"),
        (true, scripts.hangul, "ko"),
        (scripts.kana * 8 <= cjk, cjk, "zh"),
        (scripts.persian * 20 > scripts.arabic, scripts.arabic, "fa"),
        (true, scripts.arabic, "ar"),
        (true, scripts.hebrew, "he"),
        (true, scripts.greek, "el"),
        (true, scripts.devanagari, "hi"),
        (true, scripts.thai, "th"),
    ];
    // A character of these scripts carries more than a letter, so half as many have the same weight.
    let is_enough = |&&(holds, n, _): &&(bool, usize, &str)| {
        holds && n >= FEWEST_OF_SCRIPT && n * 2 > scripts.latin_or_cyrillic
    };
    rows.iter().find(is_enough).map(|&(_, _, code)| code)
}

fn count(sample: &str) -> Scripts {
    let mut scripts = Scripts::default();
    for c in sample.chars() {
        match c {
            'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{400}'..='\u{52F}' => {
                scripts.latin_or_cyrillic += 1;
            }
            'پ' | 'چ' | 'ژ' | 'گ' | 'ک' | 'ی' => {
                scripts.persian += 1;
                scripts.arabic += 1;
            }
            '\u{600}'..='\u{6FF}' => scripts.arabic += 1,
            '\u{590}'..='\u{5FF}' => scripts.hebrew += 1,
            '\u{370}'..='\u{3FF}' => scripts.greek += 1,
            '\u{900}'..='\u{97F}' => scripts.devanagari += 1,
            '\u{E00}'..='\u{E7F}' => scripts.thai += 1,
            '\u{3040}'..='\u{30FF}' => scripts.kana += 1,
            '\u{3400}'..='\u{9FFF}' => scripts.han += 1,
            '\u{AC00}'..='\u{D7AF}' => scripts.hangul += 1,
            _ => {}
        }
    }
    scripts
}

fn by_words(sample: &str) -> Option<&'static str> {
    let mut counts = [0_usize; stop_words::N_LANGUAGES];
    let mut n_words = 0;
    for word in sample
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
    {
        n_words += 1;
        // Function words are short; capitals begin sentences or names.
        if word.len() > LONGEST_WORD || word.starts_with(|c: char| c.is_ascii_uppercase()) {
            continue;
        }
        if let Some(languages) = WORDS.get(word) {
            for (bit, count) in counts.iter_mut().enumerate() {
                *count += usize::from(languages >> bit & 1 == 1);
            }
        }
    }
    let (best, &most) = counts
        .iter()
        .enumerate()
        .max_by_key(|&(index, count)| (count, std::cmp::Reverse(index)))?;
    let second = counts
        .iter()
        .enumerate()
        .filter(|&(index, _)| index != best)
        .map(|(_, &count)| count)
        .max()?;
    // At least a tenth of running text, and clearly more than the next language; otherwise it is a
    // guess.
    let is_sure = most >= 4 && most * 10 >= n_words && most * 4 >= second * 5;
    let (code, _) = stop_words::languages().nth(best)?;
    is_sure.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_function_word_is_longer_than_what_is_looked_up() {
        let mut words = stop_words::languages().flat_map(|(_, words)| words);
        assert!(words.all(|word| word.len() <= LONGEST_WORD));
    }

    #[test]
    fn one_paragraph_is_enough() {
        for (code, text) in [
            (
                "en",
                "The ministers met on Tuesday in the old customs house by the harbor and left it after six hours, a spokesman said.",
            ),
            (
                "de",
                "Die Minister trafen sich am Dienstag in dem alten Zollhaus und verließen es nach sechs Stunden, wie ein Sprecher mitteilte.",
            ),
            (
                "fr",
                "Les ministres se sont réunis mardi dans la vieille douane du port et sont repartis après six heures, selon un porte-parole.",
            ),
            (
                "es",
                "Los ministros se reunieron el martes en la vieja aduana del puerto y la dejaron tras seis horas, según un portavoz de la reunión.",
            ),
            (
                "it",
                "I ministri si sono riuniti martedì nella vecchia dogana del porto e sono ripartiti dopo sei ore, come ha detto un portavoce.",
            ),
            (
                "pt",
                "Os ministros reuniram-se na terça-feira na velha alfândega do porto e saíram após seis horas, segundo disse um porta-voz da reunião.",
            ),
            (
                "nl",
                "De ministers kwamen dinsdag bijeen in het oude douanehuis van de haven en vertrokken na zes uur, zei een woordvoerder die er ook bij was.",
            ),
            (
                "sv",
                "Ministrarna träffades på tisdagen i det gamla tullhuset vid hamnen och lämnade det efter sex timmar, enligt en talesman som var med.",
            ),
            (
                "pl",
                "Ministrowie spotkali się we wtorek w starym urzędzie celnym i wyszli z niego po sześciu godzinach, jak to powiedział rzecznik, który nie był na miejscu.",
            ),
            (
                "tr",
                "Bakanlar salı günü limandaki eski gümrük binasında bir araya geldi ve altı saat sonra ayrıldı, bir sözcü daha çok görüşme olacak dedi, ancak tarih için bu kadar.",
            ),
            (
                "ru",
                "Министры встретились во вторник в старой таможне у порта и вышли из неё после шести часов, как сказал представитель, но не он один.",
            ),
            (
                "uk",
                "Міністри зустрілися у вівторок на старій митниці та вийшли з неї після шести годин, як сказав речник, але це не все, що він сказав.",
            ),
            (
                "ar",
                "اجتمع الوزراء يوم الثلاثاء في مبنى الجمارك القديم وغادروه بعد ست ساعات",
            ),
            (
                "zh",
                "部长们星期二在港口旧海关大楼会面，六小时后离开，一位发言人说没有达成协议。",
            ),
            (
                "ja",
                "閣僚たちは火曜日に港の古い税関で会談し、六時間後に立ち去ったと報道官は述べた。",
            ),
            (
                "ko",
                "장관들은 화요일 항구의 옛 세관에서 만나 여섯 시간 뒤에 떠났다고 대변인이 말했다.",
            ),
        ] {
            assert_eq!(detect(text), Some(code), "{text}");
        }
    }

    #[test]
    fn too_little_says_nothing() {
        for text in [
            "",
            "1234 5678",
            "Harbor",
            "Selene Marrow Okafor Lindqvist",
            "xkcd qwer zxcv",
        ] {
            assert_eq!(detect(text), None, "{text}");
        }
    }

    #[test]
    fn foreign_names_do_not_change_the_language() {
        let text = "The prime minister, 石破茂, met Łukasz Żółć in the harbor, and said that the deal of the century was not for him.";
        assert_eq!(detect(text), Some("en"));
    }
}
