//! Which rows are shown, in which order, and how many there are of each sort.

use std::cmp::Ordering;

use super::row::{Key, Row, State};
use super::store::Store;
use crate::array::ArrayEntry;
use crate::lifecycle::Phase;
use crate::ordered::{OrderedMap, OrderedSet, order};

/// Which rows are shown. Empty sets leave everything in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The words of the search box: each must be found somewhere in the row, upper or lower case.
    pub text: String,
    /// Names of states, as the wire calls them (and `unknown` for a state that was not told).
    pub states: OrderedSet<String>,
    /// Phases; `None` stands for the states that no table knows.
    pub phases: OrderedSet<Option<Phase>>,
    /// Arrays, by their ids in the configuration.
    pub arrays: OrderedSet<String>,
}

/// A column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// The session's name.
    Name,
    /// The array.
    Array,
    /// The array that holds the source.
    RemoteSystem,
    /// What is imported.
    Source,
    /// What it becomes.
    Destination,
    /// How it is imported.
    Kind,
    /// Where it stands.
    State,
    /// How much is copied.
    Progress,
    /// How fast it copies.
    Rate,
    /// How long the copy still takes; ordered by its estimated end.
    TimeLeft,
    /// When it shall start.
    Scheduled,
    /// When the array last changed it.
    Updated,
    /// Whether the cutover is automatic.
    Cutover,
    /// What went wrong.
    Error,
}

impl Column {
    /// Every column, in the order in which they are shown.
    pub const ALL: [Column; 14] = [
        Column::Name,
        Column::Array,
        Column::RemoteSystem,
        Column::Source,
        Column::Destination,
        Column::Kind,
        Column::State,
        Column::Progress,
        Column::Rate,
        Column::TimeLeft,
        Column::Scheduled,
        Column::Updated,
        Column::Cutover,
        Column::Error,
    ];

    /// Its heading.
    pub const fn label(self) -> &'static str {
        match self {
            Column::Name => "Name",
            Column::Array => "Array",
            Column::RemoteSystem => "Remote system",
            Column::Source => "Source",
            Column::Destination => "Destination",
            Column::Kind => "Type",
            Column::State => "State",
            Column::Progress => "Progress",
            Column::Rate => "Rate",
            Column::TimeLeft => "Time left",
            Column::Scheduled => "Scheduled",
            Column::Updated => "Last update",
            Column::Cutover => "Cutover",
            Column::Error => "Error",
        }
    }

    /// Its name in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Column::Name => "name",
            Column::Array => "array",
            Column::RemoteSystem => "remote",
            Column::Source => "source",
            Column::Destination => "destination",
            Column::Kind => "type",
            Column::State => "state",
            Column::Progress => "progress",
            Column::Rate => "rate",
            Column::TimeLeft => "left",
            Column::Scheduled => "scheduled",
            Column::Updated => "updated",
            Column::Cutover => "cutover",
            Column::Error => "error",
        }
    }

    /// The column that addresses call `key`.
    pub fn with_key(key: &str) -> Option<Column> {
        Column::ALL.into_iter().find(|column| column.key() == key)
    }
}

/// The order of the rows: by name at first, which stays put while rows change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// By which column.
    pub column: Column,
    /// True when the greatest comes first. Rows without a value are last either way.
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Sort {
        Sort { column: Column::Name, descending: false }
    }
}

impl Sort {
    /// What a click on a column's heading makes of it: the same column turns around.
    #[must_use]
    pub fn clicked(self, column: Column) -> Sort {
        Sort { column, descending: self.column == column && !self.descending }
    }
}

/// How many rows there are of each sort among those that the text and the arrays leave in, whatever
/// states and phases are chosen: so a choice does not make the numbers of the others vanish.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub total: usize,
    /// By phase; `None` for the states that no table knows.
    pub phases: OrderedMap<Option<Phase>, usize>,
    /// By state, in the order of the normal course.
    pub states: OrderedMap<State, usize>,
}

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The rows in order.
    pub rows: Vec<Key>,
    /// The numbers for the chips.
    pub counts: Counts,
}

/// The rows of `store` that `filter` leaves in, ordered by `sort` and, where that leaves a tie, by
/// key, so that a refresh moves nothing without a reason. `arrays` is the configuration's list, which
/// the rows' array indices point into.
pub fn view(store: &Store, arrays: &[ArrayEntry], filter: &Filter, sort: Sort) -> View {
    let words: Vec<String> = filter.text.split_whitespace().map(folded).collect();
    // By the array's place.
    let chosen: Vec<bool> = arrays.iter().map(|entry| filter.arrays.contains(&entry.id)).collect();
    let mut counts = Counts::default();
    let mut shown: Vec<(Option<SortKey>, &Row)> = Vec::new();
    for row in store.rows() {
        let place = usize::from(row.key.array.0);
        let entry = arrays.get(place);
        if !filter.arrays.is_empty() && chosen.get(place) != Some(&true) {
            continue;
        }
        if !words.iter().all(|word| mentions(row, entry, word)) {
            continue;
        }
        let phase = row.phase();
        counts.total += 1;
        if let Some(count) = counts.phases.get_or_default(phase) {
            *count += 1;
        }
        match counts.states.get_mut(&row.state) {
            Some(count) => *count += 1,
            None => _ = counts.states.insert(row.state.clone(), 1),
        }
        let state_fits = filter.states.is_empty() || filter.states.contains(row.state.name());
        let phase_fits = filter.phases.is_empty() || filter.phases.contains(&phase);
        if state_fits && phase_fits {
            shown.push((sort_key(row, entry, sort.column), row));
        }
    }
    // The store gives the rows in the order of their keys, in which ties are left.
    let places = order(shown.len(), &|a, b| {
        let key = |place: usize| shown.get(place).and_then(|(key, _)| key.as_ref());
        match (key(a), key(b)) {
            (Some(a), Some(b)) if sort.descending => b.cmp(a),
            (Some(a), Some(b)) => a.cmp(b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
    });
    let rows = places.into_iter().filter_map(|place| shown.get(place)).map(|(_, row)| row.key.clone()).collect();
    View { rows, counts }
}

/// True when the word, already folded, is found in one of the row's texts.
fn mentions(row: &Row, array: Option<&ArrayEntry>, word: &str) -> bool {
    let texts = [
        row.name.as_deref(),
        Some(&*row.key.id),
        row.source.shown(),
        row.destination.shown(),
        row.remote_system.shown(),
        Some(row.state.label()),
        Some(row.state.name()),
        array.map(|entry| entry.name.as_str()),
        array.map(|entry| entry.id.as_str()),
        row.error.as_deref(),
    ];
    texts.into_iter().flatten().any(|text| contains(text, word))
}

/// True when `text` contains `word`, which is folded, whatever the case of `text`.
fn contains(text: &str, word: &str) -> bool {
    if !text.is_ascii() {
        return folded(text).contains(word);
    }
    // Nearly all texts are ASCII, and a hundred thousand of them are searched at each key press.
    word.is_empty() || text.as_bytes().windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
}

/// Character by character, so that a character folds alike wherever it stands.
fn folded(text: &str) -> String {
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

/// What rows are compared by: a number, a text, or a text after a number.
type SortKey = (i64, String);

fn sort_key(row: &Row, array: Option<&ArrayEntry>, column: Column) -> Option<SortKey> {
    let number = |value: Option<i64>| value.map(|value| (value, String::new()));
    let text = |value: Option<&str>| value.map(|value| (0, natural(value)));
    match column {
        Column::Name => text(row.name.as_deref()),
        Column::Array => text(array.map(|entry| entry.name.as_str())),
        Column::RemoteSystem => text(row.remote_system.shown()),
        Column::Source => text(row.source.shown()),
        Column::Destination => text(row.destination.shown()),
        Column::Kind => text(row.kind.label()),
        Column::State => match &row.state {
            State::Unknown(name) => Some((i64::MAX, natural(name))),
            known => number(known.node().map(|node| node.place.along())),
        },
        Column::Progress => number(row.progress.map(i64::from)),
        Column::Rate => number(row.rate.map(|rate| i64::try_from(rate).unwrap_or(i64::MAX))),
        Column::TimeLeft => number(row.estimated_end),
        Column::Scheduled => number(row.scheduled),
        Column::Updated => number(row.updated),
        Column::Cutover => number(row.automatic_cutover.map(i64::from)),
        Column::Error => text(row.error.as_deref()),
    }
}

/// A text that orders as people count: case aside, and `vol_9` before `vol_10`. Each run of digits is
/// preceded by a zero, so that it compares with other characters as digits do, and by its length.
fn natural(text: &str) -> String {
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
    use crate::array::Kind;
    use crate::fleet::{ArrayIndex, Thing};
    use proptest::prelude::*;

    #[test]
    fn letters_of_three_alphabets_fold_as_unicode_says() {
        let letters = ('A'..='\u{17F}').chain('\u{391}'..='\u{3AB}').chain('\u{400}'..='\u{52F}');
        for letter in letters.filter(|letter| !matches!(letter, '\u{130}' | '\u{178}' | '\u{4C0}'..='\u{4CF}')) {
            let by_unicode: String = letter.to_lowercase().collect();
            assert_eq!(small(letter).to_string(), by_unicode, "{letter} {:x}", u32::from(letter));
        }
    }

    fn arrays() -> Vec<ArrayEntry> {
        let entry = |id: &str, name: &str| ArrayEntry {
            id: id.to_owned(),
            name: name.to_owned(),
            kind: Kind::Powerstore,
            url: "a/".to_owned(),
        };
        vec![entry("frankfurt", "Frankfurt am Main"), entry("dublin", "Dublin")]
    }

    fn store(rows: &[(u16, &str)]) -> Store {
        let mut store = Store::default();
        for (array, text) in rows {
            let row = Row::from_session(ArrayIndex(*array), &serde_json::from_str(text).unwrap());
            store.merge(ArrayIndex(*array), vec![row], false);
        }
        store
    }

    fn sample() -> Store {
        store(&[
            (0, r#"{"id":"1","name":"vol_10","state":"Paused","progress_percentage":40}"#),
            (0, r#"{"id":"2","name":"Vol_9","state":"Copy_In_Progress","progress_percentage":7}"#),
            (1, r#"{"id":"3","name":"vol_9","state":"Failed","error":{"code":"0x1","message_l10n":"Link lost."}}"#),
            (1, r#"{"id":"4","state":"Hovering","source_resource_id":"LUN-Ä"}"#),
            (1, r#"{"id":"5","name":"äther"}"#),
        ])
    }

    fn shown(filter: &Filter, sort: Sort) -> Vec<String> {
        view(&sample(), &arrays(), filter, sort).rows.iter().map(|key| key.id.to_string()).collect()
    }

    fn found(text: &str) -> Vec<String> {
        shown(&Filter { text: text.to_owned(), ..Filter::default() }, Sort { column: Column::State, descending: false })
    }

    #[test]
    fn every_word_must_be_found_somewhere_whatever_its_case() {
        assert_eq!(found("VOL_9"), ["2", "3"]);
        assert_eq!(found("vol dublin"), ["3"]);
        assert_eq!(found("link  LOST"), ["3"]);
        assert_eq!(found("main copy"), ["2"]);
        assert_eq!(found("lun-ä"), ["4"]);
        assert_eq!(found("ÄTHER"), ["5"]);
        assert_eq!(found("hover"), ["4"]);
        assert_eq!(found("vol nowhere"), Vec::<String>::new());
        assert_eq!(found("  ").len(), 5);
    }

    #[test]
    fn states_phases_and_arrays_narrow_the_list() {
        let by = |filter: Filter| shown(&filter, Sort::default());
        let set = |word: &str| OrderedSet::from([word.to_owned()]);
        assert_eq!(by(Filter { states: set("Paused"), ..Filter::default() }), ["1"]);
        assert_eq!(by(Filter { states: set("Hovering"), ..Filter::default() }), ["4"]);
        assert_eq!(by(Filter { states: set("unknown"), ..Filter::default() }), ["5"]);
        assert_eq!(by(Filter { phases: OrderedSet::from([Some(Phase::Working)]), ..Filter::default() }), ["2"]);
        assert_eq!(by(Filter { phases: OrderedSet::from([None]), ..Filter::default() }), ["5", "4"]);
        assert_eq!(by(Filter { arrays: set("frankfurt"), ..Filter::default() }), ["2", "1"]);
        assert!(by(Filter { arrays: set("nowhere"), ..Filter::default() }).is_empty());
    }

    #[test]
    fn names_order_as_people_count_and_ties_by_key() {
        let by = |column, descending| shown(&Filter::default(), Sort { column, descending });
        assert_eq!(by(Column::Name, false), ["2", "3", "1", "5", "4"]);
        assert_eq!(by(Column::Name, true), ["5", "1", "2", "3", "4"]);
    }

    #[test]
    fn rows_without_a_value_are_last_either_way() {
        let by = |column, descending| shown(&Filter::default(), Sort { column, descending });
        assert_eq!(by(Column::Progress, false), ["2", "1", "3", "4", "5"]);
        assert_eq!(by(Column::Progress, true), ["1", "2", "3", "4", "5"]);
        assert_eq!(by(Column::State, false), ["2", "1", "3", "4", "5"]);
    }

    #[test]
    fn the_numbers_do_not_depend_on_the_chosen_states() {
        let filter = Filter { states: OrderedSet::from(["Paused".to_owned()]), ..Filter::default() };
        let view = view(&sample(), &arrays(), &filter, Sort::default());
        assert_eq!((view.rows.len(), view.counts.total), (1, 5));
        assert_eq!(view.counts.phases.get(&None), Some(&2));
        let states: Vec<_> = view.counts.states.iter().map(|(state, count)| (state.label(), *count)).collect();
        let wanted = [("Copy In Progress", 1), ("Paused", 1), ("Failed", 1), ("Hovering", 1), ("unknown", 1)];
        assert_eq!(states, wanted);
    }

    #[test]
    fn a_hundred_thousand_rows_are_merged_named_and_viewed() {
        let rows = |moved: u32| {
            (0..100_000u32)
                .map(|index| {
                    let session = crate::wire::powerstore::ImportSession {
                        id: format!("{index:06}"),
                        name: Some(format!("import_{index}")),
                        state: Some("Copy_In_Progress".to_owned()),
                        progress_percentage: Some(if index < moved { 50 } else { 10 }),
                        source_resource_id: Some(format!("lun_{index}")),
                        ..Default::default()
                    };
                    Row::from_session(ArrayIndex(0), &session)
                })
                .collect::<Vec<_>>()
        };
        let mut store = Store::default();
        assert_eq!(store.merge(ArrayIndex(0), rows(0), true).added.len(), 100_000);
        let difference = store.merge(ArrayIndex(0), rows(1000), true);
        assert_eq!((difference.added.len(), difference.changed.len(), difference.removed.len()), (0, 1000, 0));
        let names = (0..2000).map(|index| (format!("lun_{index}"), Some(format!("finance {index}"))));
        assert_eq!(store.name(ArrayIndex(0), Thing::Source, names).changed.len(), 2000);
        let filter = Filter { text: "FINANCE copy".to_owned(), ..Filter::default() };
        let view = view(&store, &arrays(), &filter, Sort { column: Column::Name, descending: true });
        assert_eq!((view.rows.len(), view.counts.total, &*view.rows[0].id), (2000, 2000, "001999"));
    }

    #[test]
    fn every_column_is_found_by_its_key_and_turns_around_when_clicked() {
        for column in Column::ALL {
            assert_eq!(Column::with_key(column.key()), Some(column));
            let once = Sort { column: Column::Updated, descending: true }.clicked(column);
            assert!(!once.descending);
            assert!(once.clicked(column).descending);
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

        #[test]
        fn a_view_is_a_reordering_of_what_fits(column in 0usize..14, descending: bool, text in "[a-z0-9]{0,2}") {
            let filter = Filter { text, ..Filter::default() };
            let sorted = view(&sample(), &arrays(), &filter, Sort { column: Column::ALL[column], descending });
            let mut keys = sorted.rows.clone();
            keys.sort();
            let mut plain = view(&sample(), &arrays(), &filter, Sort::default()).rows;
            plain.sort();
            prop_assert_eq!(keys, plain);
            prop_assert_eq!(sorted.counts.total, sorted.rows.len());
        }
    }
}
