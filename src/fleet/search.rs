//! The language of the search box: words, and terms about one field, all of which must fit.
//!
//! What cannot be understood never empties the list by itself: it is said in a note.

use super::row::{ImportKind, Row};
use super::store::Store;
use crate::array::ArrayEntry;
use crate::lifecycle::Phase;
use crate::lifecycle::protection_progress::Overall;
use crate::words::{contains, folded};

/// What the box wants of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    terms: Vec<Term>,
    /// What was not understood, and what is done about it.
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    /// It must not fit.
    not: bool,
    wish: Wish,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Wish {
    /// Found somewhere in the row; folded.
    Somewhere(String),
    /// Found in this field; folded. Empty: the field has a value.
    In(Field, String),
    /// How it stands to consistency groups.
    Is(Standing),
    /// The cutover is automatic, or by hand.
    Cutover(bool),
    /// A number or a time on this side of a bound.
    Compared(Measure, Comparison, i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Name,
    State,
    Phase,
    Array,
    Source,
    Destination,
    Remote,
    Kind,
    Error,
    Group,
    Dataset,
    Outcome,
    User,
    Policy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Group,
    Member,
    Single,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    /// Percent.
    Progress,
    /// Bytes per second.
    Rate,
    /// Bytes.
    Bytes,
    /// Milliseconds.
    Duration,
    /// Milliseconds since the last update.
    Updated,
    /// Milliseconds until the start.
    Scheduled,
    /// Milliseconds until the estimated end.
    Left,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

/// Every term about one field with what it finds, for the help beside the box.
pub const HELP: [(&str, &str); 24] = [
    ("word", "found anywhere in the row; several words must all be found"),
    ("\"two words\"", "found as they stand"),
    ("-word", "not found; works before every term"),
    ("name:finance", "in the name"),
    ("state:paused", "in the state"),
    ("phase:trouble", "in the phase: waiting, working, attention, paused, trouble, done, ended, unknown"),
    ("array:frankfurt", "on this array"),
    ("source:lun", "in the source"),
    ("destination:vol", "in the destination"),
    ("remote:unity", "in the remote system"),
    ("type:agentless", "in the type"),
    ("cutover:automatic", "or cutover:by-hand"),
    ("error:", "has an error; a word after it must be in it. A field alone finds what has a value"),
    ("group:erp", "members of the group with this name or id"),
    ("is:group", "or is:member, is:single"),
    ("progress>50", "or < <= >= =, in percent"),
    ("rate>100MB", "per second; B, kB, MB, GB, KiB, MiB, GiB"),
    ("updated<1h", "changed less than an hour ago; s, min, h, d, w"),
    ("scheduled<2d", "starts within two days; left<1h: done within the hour"),
    ("dataset:erp", "in the dataset of a protection job, or in what a job works on"),
    ("outcome:failed", "in the outcome of a protection job"),
    ("user:admin", "in who submitted a job; policy: in its policy"),
    ("bytes>1GB", "transferred more than that; duration>1h: took longer"),
    ("dataset=erp", "exactly, and asked of the server, of all protection jobs in the period; so state=, type="),
];

/// What the box says, one term a piece: a piece ends at the first space that is not between quotes.
fn pieces(text: &str) -> Vec<&str> {
    let mut quoted = false;
    let ends = move |letter: char| {
        quoted ^= letter == '"';
        letter.is_whitespace() && !quoted
    };
    text.split(ends).filter(|piece| !piece.is_empty()).collect()
}

/// A field's word, what stands between it and its value, and the value; `None` for a plain word.
fn parts(piece: &str) -> Option<(&str, &str, &str)> {
    let end = piece.find(|letter: char| !letter.is_ascii_alphabetic()).filter(|end| *end > 0)?;
    let (field, rest) = piece.split_at(end);
    let sign = ["<=", ">=", "<", ">", "=", ":"].into_iter().find(|sign| rest.starts_with(sign))?;
    Some((field, sign, rest.strip_prefix(sign)?))
}

fn unquoted(text: &str) -> String {
    text.replace('"', "")
}

impl Search {
    /// Reads the box.
    pub fn parse(text: &str) -> Search {
        let mut search = Search::default();
        for piece in pieces(text) {
            let (not, term) = match piece.strip_prefix('-') {
                Some(rest) => (true, rest),
                None => (false, piece),
            };
            match wish(term) {
                Ok(Wish::Somewhere(word)) if word.is_empty() => {}
                Ok(wish) => search.terms.push(Term { not, wish }),
                Err(Misread { note, as_word }) => {
                    search.notes.push(note);
                    if as_word {
                        search.terms.push(Term { not, wish: Wish::Somewhere(folded(&unquoted(term))) });
                    }
                }
            }
        }
        search
    }

    /// True when what it finds depends on the time.
    pub fn reads_clock(&self) -> bool {
        let of_time = |wish: &Wish| matches!(wish, Wish::Compared(measure, ..) if measure.is_time());
        self.terms.iter().any(|term| of_time(&term.wish))
    }

    /// True when the row fits at `now`, milliseconds since 1970. `store` knows the names of groups.
    pub fn fits(&self, row: &Row, array: Option<&ArrayEntry>, store: &Store, now: i64) -> bool {
        self.terms.iter().all(|term| term.wish.fits(row, array, store, now) != term.not)
    }
}

/// A term that could not be read.
struct Misread {
    note: String,
    as_word: bool,
}

fn left_out(term: &str, why: &str) -> Misread {
    Misread { note: format!("‘{term}’ is left out: {why}"), as_word: false }
}

fn wish(term: &str) -> Result<Wish, Misread> {
    let Some((field, sign, value)) = parts(term) else { return Ok(Wish::Somewhere(folded(&unquoted(term)))) };
    let (name, value) = (folded(field), folded(&unquoted(value)));
    if let Some((measure, units, example)) = measure(&name) {
        let comparison = match sign {
            "<" => Comparison::Less,
            "<=" => Comparison::AtMost,
            ">" => Comparison::More,
            ">=" => Comparison::AtLeast,
            _ if measure.is_time() => return Err(left_out(term, "a time is compared with < or >")),
            _ => Comparison::Equal,
        };
        let bound = amount(value.strip_suffix("/s").unwrap_or(&value), units);
        return match bound {
            Some(bound) => Ok(Wish::Compared(measure, comparison, bound)),
            None => Err(left_out(term, example)),
        };
    }
    let field = match name.as_str() {
        "is" if sign == ":" => {
            return match value.as_str() {
                "group" => Ok(Wish::Is(Standing::Group)),
                "member" => Ok(Wish::Is(Standing::Member)),
                "single" => Ok(Wish::Is(Standing::Single)),
                _ => Err(left_out(term, "say is:group, is:member or is:single")),
            };
        }
        "cutover" if sign == ":" => {
            return match value.as_str() {
                "automatic" => Ok(Wish::Cutover(true)),
                "by-hand" | "manual" => Ok(Wish::Cutover(false)),
                _ => Err(left_out(term, "say cutover:automatic or cutover:by-hand")),
            };
        }
        "name" => Field::Name,
        "state" => Field::State,
        "phase" => Field::Phase,
        "array" => Field::Array,
        "source" => Field::Source,
        "destination" => Field::Destination,
        "remote" => Field::Remote,
        "type" => Field::Kind,
        "error" => Field::Error,
        "group" => Field::Group,
        "dataset" => Field::Dataset,
        "outcome" => Field::Outcome,
        "user" => Field::User,
        "policy" => Field::Policy,
        _ => {
            return Err(Misread { note: format!("no field ‘{field}’; it is searched as a word"), as_word: true });
        }
    };
    match sign {
        ":" | "=" => Ok(Wish::In(field, value)),
        _ => Err(left_out(term, "only numbers and times are compared")),
    }
}

type Units = &'static [(&'static str, i64)];

const PERCENT: Units = &[("", 1), ("%", 1)];
const BYTES: Units = &[
    ("", 1),
    ("b", 1),
    ("k", 1000),
    ("kb", 1000),
    ("m", 1_000_000),
    ("mb", 1_000_000),
    ("g", 1_000_000_000),
    ("gb", 1_000_000_000),
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
];
const TIME: Units =
    &[("s", 1000), ("m", 60_000), ("min", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("w", 604_800_000)];

/// The measure that a field names, its units, and what to say to a value that is none.
fn measure(field: &str) -> Option<(Measure, Units, &'static str)> {
    const TIMES: &str = "write a time such as 30min, 1h or 2d";
    match field {
        "progress" => Some((Measure::Progress, PERCENT, "write a number such as 50")),
        "bytes" => Some((Measure::Bytes, BYTES, "write a size such as 100MB")),
        "duration" => Some((Measure::Duration, TIME, TIMES)),
        "rate" => Some((Measure::Rate, BYTES, "write a rate such as 100MB")),
        "updated" => Some((Measure::Updated, TIME, TIMES)),
        "scheduled" => Some((Measure::Scheduled, TIME, TIMES)),
        "left" => Some((Measure::Left, TIME, TIMES)),
        _ => None,
    }
}

/// A number with a unit, in the unit's smallest; up to three decimals count.
fn amount(text: &str, units: Units) -> Option<i64> {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let (_, size) = units.iter().find(|(name, _)| *name == unit.trim())?;
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let whole: i64 = whole.parse().ok()?;
    if !decimals.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let thousandths =
        decimals.bytes().chain([b'0'; 3]).take(3).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    whole.checked_mul(*size)?.checked_add(size.checked_mul(thousandths)? / 1000)
}

impl Measure {
    const fn is_time(self) -> bool {
        matches!(self, Measure::Updated | Measure::Scheduled | Measure::Left | Measure::Duration)
    }

    /// What the row has of it at `now`. What was to begin or to end before has no time ahead.
    fn of(self, row: &Row, now: i64) -> Option<i64> {
        let ahead = |at: Option<i64>| at.filter(|at| *at >= now).map(|at| at.saturating_sub(now));
        match self {
            Measure::Progress => row.progress.map(i64::from),
            Measure::Bytes => row.job.as_ref()?.bytes.map(|bytes| i64::try_from(bytes).unwrap_or(i64::MAX)),
            Measure::Duration => row.duration(now),
            Measure::Rate => row.rate.map(|rate| i64::try_from(rate).unwrap_or(i64::MAX)),
            Measure::Updated => row.updated.map(|at| now.saturating_sub(at).max(0)),
            Measure::Scheduled => ahead(row.scheduled),
            Measure::Left => ahead(row.estimated_end),
        }
    }
}

impl Wish {
    fn fits(&self, row: &Row, array: Option<&ArrayEntry>, store: &Store, now: i64) -> bool {
        match self {
            Wish::Somewhere(word) => {
                let mut found = false;
                for field in [
                    Field::Name,
                    Field::Source,
                    Field::Destination,
                    Field::Remote,
                    Field::State,
                    Field::Array,
                    Field::Dataset,
                ] {
                    found = found || texts(field, row, array, store, &mut |text| contains(text, word));
                }
                found || contains(&row.key.id, word) || row.error.as_deref().is_some_and(|text| contains(text, word))
            }
            Wish::In(field, word) => texts(*field, row, array, store, &mut |text| contains(text, word)),
            Wish::Is(Standing::Group) => row.is_group(),
            Wish::Is(Standing::Member) => row.group.is_some(),
            Wish::Is(Standing::Single) => !row.is_group() && row.group.is_none(),
            Wish::Cutover(automatic) => row.automatic_cutover == Some(*automatic),
            Wish::Compared(measure, comparison, bound) => measure.of(row, now).is_some_and(|value| match comparison {
                Comparison::Less => value < *bound,
                Comparison::AtMost => value <= *bound,
                Comparison::Equal => value == *bound,
                Comparison::AtLeast => value >= *bound,
                Comparison::More => value > *bound,
            }),
        }
    }
}

/// True when one of the field's texts fits.
fn texts(
    field: Field,
    row: &Row,
    array: Option<&ArrayEntry>,
    store: &Store,
    fits: &mut dyn FnMut(&str) -> bool,
) -> bool {
    let job = row.job.as_deref();
    let (first, second) = match field {
        Field::Name => (row.name.as_deref(), None),
        Field::State => (Some(row.state.label()), Some(row.state.name())),
        Field::Phase => (Some(row.phase().map_or("unknown", Phase::word)), None),
        Field::Array => (array.map(|entry| entry.name.as_str()), array.map(|entry| entry.id.as_str())),
        Field::Source => (row.source.shown(), None),
        Field::Destination => (row.destination.shown(), None),
        Field::Remote => (row.remote_system.shown(), None),
        Field::Kind => {
            // The page says it with a hyphen, the array with a line below.
            let told = if row.kind == ImportKind::NonDisruptive { Some("Non_Disruptive") } else { None };
            (row.kind.label(), told)
        }
        Field::Error => (row.error.as_deref(), None),
        Field::Dataset => (job.and_then(|job| job.resource.as_deref()), job.and_then(|job| job.dataset.as_deref())),
        Field::Outcome => (row.outcome().map(Overall::label), row.outcome().map(Overall::word)),
        Field::User => (job.and_then(|job| job.user.as_deref()), None),
        Field::Policy => (job.and_then(|job| job.policy.as_deref()), None),
        Field::Group => {
            let parent = row.group_key().and_then(|key| store.get(&key));
            (row.group.as_deref(), parent.map(Row::title))
        }
    };
    first.is_some_and(&mut *fits) || second.is_some_and(fits)
}

/// What a box asks of the server itself: the first term about `field` that names its value exactly.
pub fn exact(text: &str, field: &str) -> Option<String> {
    let of_field = |piece: &str| {
        let term = parts(piece).filter(|(name, sign, _)| name.eq_ignore_ascii_case(field) && *sign == "=");
        term.map(|(.., value)| unquoted(value)).filter(|value| !value.is_empty())
    };
    pieces(text).into_iter().find_map(of_field)
}

/// The value of the first term about `field` in a box's text, such as `remote`.
pub fn term_value(text: &str, field: &str) -> Option<String> {
    let of_field = |piece: &str| {
        parts(piece).filter(|(name, ..)| name.eq_ignore_ascii_case(field)).map(|(.., value)| unquoted(value))
    };
    pieces(text).into_iter().find_map(of_field)
}

/// The text of a box with one term about `field`, or with none, in the place of those that it has.
pub fn with_term(text: &str, field: &str, value: Option<&str>) -> String {
    let is_other = |piece: &&str| !parts(piece).is_some_and(|(name, ..)| name.eq_ignore_ascii_case(field));
    let term = value.map(|value| {
        let value = unquoted(value);
        if value.contains(char::is_whitespace) { format!("{field}:\"{value}\"") } else { format!("{field}:{value}") }
    });
    let kept = pieces(text).into_iter().filter(is_other).chain(term.as_deref());
    kept.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
