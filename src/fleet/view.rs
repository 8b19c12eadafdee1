//! Which rows are shown, in which order, and how many there are of each sort.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;
use std::sync::Arc;

use super::column::{Column, Sort};
use super::order::Order;
use super::row::{Key, Row, State};
use super::search::Search;
use super::store::Store;
use crate::array::ArrayEntry;
use crate::lifecycle::Phase;
use crate::ordered::{OrderedMap, OrderedSet, reorder};
use crate::wire::powerstore::Resource;
use crate::words::natural;

/// How many days back protection jobs are listed; `None`: all that their server keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days(pub Option<u16>);

impl Default for Days {
    /// The last week: a server may keep the jobs of years.
    fn default() -> Days {
        Days(Some(7))
    }
}

/// Which rows are shown. Empty sets leave everything in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The collection; all of them when none is chosen.
    pub resource: Option<Resource>,
    /// Of protection jobs: how far back they are listed.
    pub days: Days,
    /// The search box, in the language of [`Search`].
    pub text: String,
    /// Names of states, as the wire calls them (and `unknown` for a state that was not told).
    pub states: OrderedSet<String>,
    /// Phases; `None` stands for the states that no table knows.
    pub phases: OrderedSet<Option<Phase>>,
    /// Arrays, by their ids in the configuration.
    pub arrays: OrderedSet<String>,
    /// These sessions alone: the array's id in the configuration, and the session's id on it.
    pub only: OrderedSet<(String, String)>,
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
    pub order: Rc<Order>,
    /// How many rows the collection has, on all arrays and before any filter.
    pub all: usize,
    /// The numbers for the chips.
    pub counts: Counts,
    /// The remote systems of all rows of the chosen arrays, whatever else is filtered.
    pub remotes: OrderedSet<Arc<str>>,
    /// The same of the types.
    pub kinds: OrderedSet<String>,
}

/// All rows of `store`, ordered by `sort` and, where that leaves a tie, by key, so that a refresh moves
/// nothing without a reason. `before` is the order that they had by the same `sort`, if they had one: what has
/// not moved since costs little. `arrays` is the configuration's list, which the rows' array indices point into.
pub fn rank(store: &Store, arrays: &[ArrayEntry], sort: Sort, before: &Order) -> Order {
    let entry = |row: &Row| arrays.get(usize::from(row.key.array.0));
    let sort_keys: Vec<Option<SortKey>> =
        store.rows().map(|row| sort_key(row, entry(row), store, sort.column)).collect();
    let keys: Vec<Key> = store.rows().map(|row| row.key.clone()).collect();
    // The store gives the rows in the order of their keys, in which ties are left.
    let places = reorder(before.places_of(&keys), &|a, b| {
        let key = |place: usize| sort_keys.get(place).and_then(Option::as_ref);
        let by_value = match (key(a), key(b)) {
            (Some(a), Some(b)) if sort.descending => b.cmp(a),
            (Some(a), Some(b)) => a.cmp(b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        by_value.then(a.cmp(&b))
    });
    Order::new(&keys, &places)
}

/// The rows of `store` that `filter` leaves in at `now` (milliseconds since 1970), in the order of `ranked`,
/// which holds all of them.
pub fn view(store: &Store, arrays: &[ArrayEntry], filter: &Filter, ranked: &Order, now: i64) -> View {
    let search = Search::parse(&filter.text);
    // By the array's place.
    let chosen: Vec<bool> = arrays.iter().map(|entry| filter.arrays.contains(&entry.id)).collect();
    let only: Vec<OrderedSet<&str>> = arrays.iter().map(|entry| only_of(filter, &entry.id)).collect();
    let mut view = View::default();
    let mut shown: Vec<Key> = Vec::new();
    for row in store.rows() {
        let place = usize::from(row.key.array.0);
        let entry = arrays.get(place);
        if !filter.resource.is_none_or(|resource| resource.shows(row.resource)) {
            continue;
        }
        view.all += 1;
        if !filter.arrays.is_empty() && chosen.get(place) != Some(&true) {
            continue;
        }
        if let Some(remote) = row.remote_system.name.as_ref().or(row.remote_system.id.as_ref())
            && !view.remotes.contains(remote)
        {
            view.remotes.insert(remote.clone());
        }
        if let Some(kind) = row.kind.label()
            && !view.kinds.contains(kind)
        {
            view.kinds.insert(kind.to_owned());
        }
        if !filter.only.is_empty() && !only.get(place).is_some_and(|only| only.contains(&*row.key.id)) {
            continue;
        }
        if !search.fits(row, entry, store, now) {
            continue;
        }
        let phase = row.phase();
        view.counts.total += 1;
        if let Some(count) = view.counts.phases.get_or_default(phase) {
            *count += 1;
        }
        match view.counts.states.get_mut(&row.state) {
            Some(count) => *count += 1,
            None => _ = view.counts.states.insert(row.state.clone(), 1),
        }
        let state_fits = filter.states.is_empty() || filter.states.contains(row.state.name());
        let phase_fits = filter.phases.is_empty() || filter.phases.contains(&phase);
        if state_fits && phase_fits {
            shown.push(row.key.clone());
        }
    }
    view.order = Rc::new(Order::new(&shown, &ranked.places_of(&shown)));
    view
}

fn only_of<'a>(filter: &'a Filter, array: &str) -> OrderedSet<&'a str> {
    filter.only.iter().filter(|(of, _)| of == array).map(|(_, id)| id.as_str()).collect()
}

/// What rows are compared by: a number, a text, or a text after a number.
type SortKey<'a> = (i64, Cow<'a, str>);

fn sort_key<'a>(row: &'a Row, array: Option<&ArrayEntry>, store: &Store, column: Column) -> Option<SortKey<'a>> {
    let number = |value: Option<i64>| value.map(|value| (value, Cow::Borrowed("")));
    let text = |value: Option<&str>| value.map(|value| (0, Cow::Owned(natural(value))));
    match column {
        Column::Name => row.name_order.as_deref().map(|name| (0, Cow::Borrowed(name))),
        Column::Work => text(Some(row.work.lifecycle().name)),
        Column::Role => text(row.role.as_deref()),
        Column::Lag => number(row.last_sync().map(|at| -at)),
        Column::Array => text(array.map(|entry| entry.name.as_str())),
        Column::RemoteSystem => text(row.remote_system.shown()),
        Column::Source => text(row.source.shown()),
        Column::Destination => text(row.destination.shown()),
        Column::Kind => text(row.kind.label()),
        Column::Group => {
            // A group stands before its members.
            let group = group_name(row, store)?;
            let rank = if row.is_group() { '\0' } else { '\u{1}' };
            Some((0, Cow::Owned(format!("{}\0{rank}", natural(group)))))
        }
        Column::State => match &row.state {
            State::Unknown(name) => Some((i64::MAX, Cow::Owned(natural(name)))),
            known => number(known.node().map(|node| node.place.along())),
        },
        Column::Progress => number(row.outcome().map(|outcome| outcome as i64).or(row.progress.map(i64::from))),
        Column::Resource => text(row.job.as_ref()?.resource.as_deref()),
        Column::Bytes => number(row.job.as_ref()?.bytes.map(|bytes| i64::try_from(bytes).unwrap_or(i64::MAX))),
        // What still runs has taken longest: its end is not in sight.
        Column::Duration => number(Some(row.duration(i64::MAX)?)),
        Column::User => text(row.job.as_ref()?.user.as_deref()),
        Column::Policy => text(row.job.as_ref()?.policy.as_deref()),
        Column::Rate => number(row.rate.map(|rate| i64::try_from(rate).unwrap_or(i64::MAX))),
        Column::TimeLeft => number(row.estimated_end),
        Column::Scheduled => number(row.scheduled),
        Column::Updated => number(row.updated),
        Column::Cutover => number(row.automatic_cutover.map(i64::from)),
        Column::Error => text(row.error.as_deref()),
    }
}

/// The name of the group that a row belongs to, or is; the group's id while its own row is not known.
pub fn group_name<'a>(row: &'a Row, store: &'a Store) -> Option<&'a str> {
    if row.is_group() {
        return Some(row.title());
    }
    let parent = row.group_key().and_then(|key| store.get(&key));
    parent.map(Row::title).or(row.group.as_deref())
}

#[cfg(test)]
mod tests {
    use super::view as view_of;
    use super::*;
    use crate::array::Kind;
    use crate::fleet::{ArrayIndex, Thing};
    use crate::wire::json::Json;
    use crate::wire::powerstore::Session;
    use proptest::prelude::*;

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
            store.merge(ArrayIndex(*array), vec![row], None);
        }
        store
    }

    fn view(store: &Store, arrays: &[ArrayEntry], filter: &Filter, sort: Sort, now: i64) -> View {
        view_of(store, arrays, filter, &rank(store, arrays, sort, &Order::default()), now)
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
        view(&sample(), &arrays(), filter, sort, 0).order.rows().iter().map(|key| key.id.to_string()).collect()
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
    fn a_link_to_a_selection_shows_just_these() {
        let only = |array: &str, id: &str| (array.to_owned(), id.to_owned());
        let chosen =
            OrderedSet::from([only("frankfurt", "2"), only("dublin", "4"), only("dublin", "1"), only("x", "5")]);
        let filter = Filter { only: chosen, ..Filter::default() };
        assert_eq!(shown(&filter, Sort::default()), ["2", "4"]);
        assert_eq!(view(&sample(), &arrays(), &filter, Sort::default(), 0).counts.total, 2);
    }

    #[test]
    fn what_can_be_chosen_does_not_depend_on_what_is_filtered() {
        let store = store(&[
            (0, r#"{"id":"1","type":"Agentless","remote_system_id":"r1"}"#),
            (0, r#"{"id":"2","type":"Agentless","remote_system_id":"r2"}"#),
            (1, r#"{"id":"3","type":"Non_Disruptive","remote_system_id":"r3"}"#),
        ]);
        let of = |filter: Filter| {
            let view = view(&store, &arrays(), &filter, Sort::default(), 0);
            (view.remotes.len(), view.kinds.iter().cloned().collect::<Vec<_>>().join(" "))
        };
        assert_eq!(
            of(Filter { text: "nowhere".to_owned(), ..Filter::default() }),
            (3, "Agentless Non-disruptive".to_owned())
        );
        let arrays = OrderedSet::from(["frankfurt".to_owned()]);
        assert_eq!(of(Filter { arrays, ..Filter::default() }), (2, "Agentless".to_owned()));
    }

    #[test]
    fn a_group_stands_before_its_members() {
        let store = store(&[
            (0, r#"{"id":"9","name":"a","parent_session_id":"5"}"#),
            (0, r#"{"id":"5","name":"vol_10","destination_resource_type":"volume_group"}"#),
            (0, r#"{"id":"1","name":"b","parent_session_id":"7"}"#),
            (0, r#"{"id":"7","name":"vol_9","destination_resource_type":"volume_group"}"#),
            (0, r#"{"id":"2","name":"0 alone"}"#),
            (1, r#"{"id":"3","name":"c","parent_session_id":"not read"}"#),
        ]);
        let sort = Sort { column: Column::Group, descending: false };
        let view = view(&store, &arrays(), &Filter::default(), sort, 0);
        let ids: Vec<&str> = view.order.rows().iter().map(|key| &*key.id).collect();
        assert_eq!(ids, ["3", "7", "1", "5", "9", "2"]);
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
        let view = view(&sample(), &arrays(), &filter, Sort::default(), 0);
        assert_eq!((view.order.len(), view.counts.total), (1, 5));
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
                    let text = |text: String| Json::Text(text);
                    let session = Session::default()
                        .with("id", text(format!("{index:06}")))
                        .with("name", text(format!("import_{index}")))
                        .with("state", text("Copy_In_Progress".to_owned()))
                        .with("progress_percentage", Json::Number(Some(if index < moved { 50 } else { 10 })))
                        .with("source_resource_id", text(format!("lun_{index}")));
                    Row::from_session(ArrayIndex(0), &session)
                })
                .collect::<Vec<_>>()
        };
        let mut store = Store::default();
        assert_eq!(
            store.merge(ArrayIndex(0), rows(0), Some(crate::wire::powerstore::Resource::Import)).added.len(),
            100_000
        );
        let difference = store.merge(ArrayIndex(0), rows(1000), Some(crate::wire::powerstore::Resource::Import));
        assert_eq!((difference.added.len(), difference.changed.len(), difference.removed.len()), (0, 1000, 0));
        let names = (0..2000).map(|index| (format!("lun_{index}"), Some(format!("finance {index}"))));
        assert_eq!(store.name(ArrayIndex(0), Thing::Source, names).changed.len(), 2000);
        let filter = Filter { text: "FINANCE copy".to_owned(), ..Filter::default() };
        let view = view(&store, &arrays(), &filter, Sort { column: Column::Name, descending: true }, 0);
        assert_eq!((view.order.len(), view.counts.total, &*view.order.rows()[0].id), (2000, 2000, "001999"));
    }

    proptest! {
        #[test]
        fn an_order_that_is_brought_up_to_date_is_the_one_that_is_made_anew(
            column in 0usize..Column::ALL.len(), descending: bool, gone in 1u8..6, moved in 1u8..6,
        ) {
            let sort = Sort { column: Column::ALL[column], descending };
            let mut store = sample();
            let before = rank(&store, &arrays(), sort, &Order::default());
            let key = |id: u8| Key { array: ArrayIndex(u16::from(id > 2)), id: id.to_string().into() };
            store.remove(key(gone).array, &[gone.to_string()]);
            let session = format!(r#"{{"id":"{moved}","name":"b","state":"Queued","progress_percentage":50}}"#);
            let row = Row::from_session(key(moved).array, &serde_json::from_str(&session).unwrap());
            store.merge(key(moved).array, vec![row], None);
            let anew = rank(&store, &arrays(), sort, &Order::default());
            prop_assert_eq!(rank(&store, &arrays(), sort, &before), anew);
        }

        #[test]
        fn a_view_is_a_reordering_of_what_fits(column in 0usize..Column::ALL.len(), descending: bool, text in "[a-z0-9]{0,2}") {
            let filter = Filter { text, ..Filter::default() };
            let sorted = view(&sample(), &arrays(), &filter, Sort { column: Column::ALL[column], descending }, 0);
            let mut keys = sorted.order.rows().to_vec();
            keys.sort();
            let mut plain = view(&sample(), &arrays(), &filter, Sort::default(), 0).order.rows().to_vec();
            plain.sort();
            prop_assert!(sorted.order.by_key().eq(plain.iter()));
            prop_assert_eq!(keys, plain);
            prop_assert_eq!(sorted.counts.total, sorted.order.len());
        }
    }
}
