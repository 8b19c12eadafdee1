//! A line as words, taken one after the other.

use std::vec::IntoIter;

/// The words of a line that are still to be read.
pub struct Words(std::iter::Peekable<IntoIter<String>>);

/// A sentence about what is wrong with a line.
pub type Reason = String;

impl Words {
    /// The words of a line: white space parts them, but within quotes.
    pub fn of(line: &str) -> Result<Words, Reason> {
        let (mut words, mut word, mut quoted) = (Vec::new(), None::<String>, false);
        for letter in line.chars() {
            match letter {
                '"' => {
                    quoted = !quoted;
                    word.get_or_insert_default();
                }
                letter if letter.is_whitespace() && !quoted => words.extend(word.take()),
                letter => word.get_or_insert_default().push(letter),
            }
        }
        if quoted {
            return Err("a quote \" is opened and not closed.".to_owned());
        }
        words.extend(word);
        Ok(Words(words.into_iter().peekable()))
    }

    /// The next word.
    pub fn word(&mut self) -> Option<String> {
        self.0.next()
    }

    /// The next word, which is to be `what`.
    pub fn needed(&mut self, what: &str) -> Result<String, Reason> {
        self.word().filter(|word| !word.is_empty()).ok_or_else(|| format!("{what} is missing."))
    }

    /// The next word, which has to be this one.
    pub fn exactly(&mut self, wanted: &str) -> Result<(), Reason> {
        match self.word() {
            Some(word) if word == wanted => Ok(()),
            Some(word) => Err(format!("\"{wanted}\" is expected here, not \"{word}\".")),
            None => Err(format!("\"{wanted}\" is missing.")),
        }
    }

    /// True, and read, when the next word is this one.
    pub fn has(&mut self, wanted: &str) -> bool {
        self.0.next_if(|word| word == wanted).is_some()
    }

    /// True when no word is left.
    pub fn is_over(&mut self) -> bool {
        self.0.peek().is_none()
    }

    /// True when the next word is a number.
    pub fn number_is_next(&mut self) -> bool {
        self.0.peek().is_some_and(|word| word.starts_with(|letter: char| letter.is_ascii_digit()))
    }

    /// A whole number, at most `most`.
    pub fn number(&mut self, what: &str, most: u64) -> Result<u64, Reason> {
        let word = self.needed(what)?;
        let number = word.parse().map_err(|_| format!("{what} must be a whole number, not \"{word}\"."))?;
        if number > most { Err(format!("{what} is at most {most}.")) } else { Ok(number) }
    }

    /// A length of time in milliseconds: `90 seconds`, `10 minutes`, `2 hours`.
    pub fn duration(&mut self) -> Result<i64, Reason> {
        let number = self.number("a number of seconds, minutes or hours", 1_000_000)?;
        let unit = self.needed("the unit of time")?;
        let seconds = match unit.strip_suffix('s').unwrap_or(&unit) {
            "second" => 1,
            "minute" => 60,
            "hour" => 3600,
            _ => return Err(format!("\"{unit}\" is no unit of time: seconds, minutes or hours.")),
        };
        Ok(i64::try_from(number).unwrap_or(0) * seconds * 1000)
    }

    /// A size in bytes: `400 GB`, `2 TB`.
    pub fn size(&mut self) -> Result<u64, Reason> {
        let number = self.number("a number of GB or TB", 9999)?;
        let unit = self.needed("the unit of the size")?;
        let bytes = match unit.as_str() {
            "GB" => 1_000_000_000,
            "TB" => 1_000_000_000_000,
            _ => return Err(format!("\"{unit}\" is no unit of a size: GB or TB.")),
        };
        if number == 0 { Err("a size is at least 1 GB.".to_owned()) } else { Ok(number * bytes) }
    }

    /// Nothing is to come after.
    pub fn end(&mut self) -> Result<(), Reason> {
        match self.word() {
            Some(word) => Err(format!("nothing is expected after this, but there is \"{word}\".")),
            None => Ok(()),
        }
    }
}
