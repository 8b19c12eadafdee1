//! How texts are found, compared and ordered: whatever their case, and numbers by their value.

/// True when `text` contains `word`, which is folded, whatever the case of `text`.
pub fn contains(text: &str, word: &str) -> bool {
    // No other letter folds to one of ASCII. A hundred thousand texts are searched at each key press.
    if !word.is_ascii() {
        return folded(text).contains(word);
    }
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(first) = word.first() else { return true };
    let Some(last) = text.len().checked_sub(word.len()) else { return false };
    let (small, capital) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    let starts = text.iter().take(last + 1).enumerate();
    starts.into_iter().any(|(start, letter)| {
        (*letter == small || *letter == capital)
            && text.get(start..start + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word))
    })
}

/// Character by character, so that a character folds alike wherever it stands.
pub fn folded(text: &str) -> String {
    text.chars().map(small).collect()
}

/// The small letter for a capital of the Latin, Greek and Cyrillic alphabets; other characters are as they
/// are. The whole of Unicode's tables would cost the browser's program several kilobytes.
fn small(letter: char) -> char {
    let code = u32::from(letter);
    let small = match code {
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE | 0x391..=0x3A1 | 0x3A3..=0x3AB | 0x410..=0x42F => code + 32,
        0x400..=0x40F => code + 80,
        // Here capital and small letters take turns; the dotted and the dotless i do not.
        0x100..=0x12F | 0x132..=0x137 | 0x14A..=0x177 | 0x460..=0x481 | 0x48A..=0x4BF | 0x4D0..=0x52F => code | 1,
        0x139..=0x148 | 0x179..=0x17E => code + code % 2,
        _ => code,
    };
    char::from_u32(small).unwrap_or(letter)
}

/// A text that orders as people count: case aside, and `vol_9` before `vol_10`. Each run of digits is
/// preceded by a zero, so that it compares with other characters as digits do, and by its length.
pub fn natural(text: &str) -> String {
    let mut key = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if !character.is_ascii_digit() {
            key.push(small(character));
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, after) = rest.split_at(end);
        let digits = digits.trim_start_matches('0');
        key.push('0');
        key.push(u32::try_from(digits.len()).ok().and_then(char::from_u32).unwrap_or(char::MAX));
        key.push_str(digits);
        rest = after;
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_of_three_alphabets_fold_as_unicode_says() {
        let letters = ('A'..='\u{17F}').chain('\u{391}'..='\u{3AB}').chain('\u{400}'..='\u{52F}');
        for letter in letters.filter(|letter| !matches!(letter, '\u{130}' | '\u{178}' | '\u{4C0}'..='\u{4CF}')) {
            let by_unicode: String = letter.to_lowercase().collect();
            assert_eq!(small(letter).to_string(), by_unicode, "{letter} {:x}", u32::from(letter));
        }
    }

    proptest! {
        #[test]
        fn the_quick_search_finds_what_the_plain_one_finds(text in "[a-cA-CäÄΣσς ]{0,8}", word in "[a-cA-CäÄΣσς]{0,3}") {
            prop_assert_eq!(contains(&text, &folded(&word)), folded(&text).contains(&folded(&word)));
        }

        #[test]
        fn numbers_in_names_order_by_value(a in 0u64..100_000, b in 0u64..100_000, zeros in 0usize..3) {
            let key = |n: u64| natural(&format!("vol{}{n}x", "0".repeat(zeros)));
            prop_assert_eq!(key(a).cmp(&key(b)), a.cmp(&b));
        }
    }
}
