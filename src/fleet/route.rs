//! The page's address, which lives in the fragment: every view is a link, and no session's name
//! reaches a web server's log.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::column::{Column, Columns, Sort};
use super::draft::Draft;
use super::view::{Days, Filter};
use crate::lifecycle::Phase;
use crate::wire::powerstore::Resource;

/// What is written as it is; everything else is percent-coded.
const CODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What the address of a form ends in, behind the collection.
const NEW: &str = "/new";

/// The collections that a person adds to.
const GROWING: [Resource; 3] = [Resource::Import, Resource::FileImport, Resource::Migration];

/// The word for the states that no table knows, among the phases.
const UNKNOWN_PHASE: &str = "unknown";

/// The word for all collections together.
const ALL_WORK: &str = "work";

/// What the list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Which rows.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// Which columns.
    pub columns: Columns,
}

/// Where a person is. No id in it is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// All arrays: `#/`.
    Arrays,
    /// A collection of all arrays, or with `work` all that they work on:
    /// `#/imports?text=…&state=Paused,Failed&phase=…&array=…&only=array/id,…&sort=-progress&columns=…`.
    List(ListQuery),
    /// One array: `#/arrays/frankfurt`.
    Array(String),
    /// The same of one array: `#/arrays/frankfurt/imports?…`. The filter's own arrays are not written.
    ArrayList {
        /// The array's id.
        array: String,
        /// The rest.
        list: ListQuery,
    },
    /// One session: `#/arrays/frankfurt/imports/42?node=Paused&tab=jobs`.
    Session {
        /// The array's id.
        array: String,
        /// The collection that it is of.
        resource: Resource,
        /// The session's id.
        session: String,
        /// The node chosen in the diagram, by its name on the wire.
        node: Option<String>,
        /// The part of the page that is open.
        tab: Option<String>,
    },
    /// The form of a new import, file import or migration: `#/arrays/frankfurt/imports/new?remote=…&source=…`,
    /// with what was typed.
    New {
        /// The array's id.
        array: String,
        /// The form as it stands.
        draft: Box<Draft>,
    },
    /// What is planned: `#/schedule`, or of one array `#/arrays/dfm/schedule?from=2026-11-21&dataset=…&week=1`.
    Schedule(ScheduleQuery),
    /// Removing jobs that are over: `#/arrays/dfm/purge`.
    Purge(String),
    /// What persons asked for: `#/journal`.
    Journal,
    /// An address that leads nowhere, as it was given, without the `#`.
    Unknown(String),
}

/// Which plans are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScheduleQuery {
    /// The array's id; the first that has plans where none is named.
    pub array: Option<String>,
    /// The first day in the reader's zone, such as `2026-11-21`; today where none is named.
    pub from: Option<String>,
    /// A week, and not a day.
    pub week: bool,
    /// Of this dataset alone, by its id.
    pub dataset: Option<String>,
}

impl ScheduleQuery {
    fn parse(array: Option<&str>, query: &str) -> ScheduleQuery {
        ScheduleQuery {
            array: array.map(str::to_owned),
            from: value(query, "from"),
            week: value(query, "week").is_some(),
            dataset: value(query, "dataset"),
        }
    }

    fn write(&self) -> String {
        let path = match &self.array {
            Some(array) => format!("#/arrays/{}/schedule", coded(array)),
            None => "#/schedule".to_owned(),
        };
        let pairs =
            [("from", self.from.as_deref()), ("week", self.week.then_some("1")), ("dataset", self.dataset.as_deref())];
        let pairs: Vec<_> = pairs.into_iter().filter_map(|(key, value)| Some((key, coded(value?)))).collect();
        with_query(path, &pairs)
    }
}

impl Route {
    /// Reads a fragment, with or without its `#`. Keys that it does not know, and values of phases and
    /// orders that it does not know, are left out.
    pub fn parse(fragment: &str) -> Route {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let unknown = || Route::Unknown(fragment.to_owned());
        let path = path.strip_prefix('/').unwrap_or(path);
        let path = path.strip_suffix('/').unwrap_or(path);
        if path.is_empty() {
            return Route::Arrays;
        }
        if let Some((array, word)) =
            path.strip_prefix("arrays/").and_then(|rest| rest.strip_suffix(NEW)?.split_once('/'))
            && let Some(resource) = Resource::with_word(word).filter(|resource| GROWING.contains(resource))
            && !array.is_empty()
        {
            return Route::New { array: decoded(array), draft: Box::new(Draft::parse(resource, query)) };
        }
        let segments: Vec<String> = path.split('/').map(decoded).collect();
        if segments.iter().any(String::is_empty) {
            return unknown();
        }
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            ["arrays"] => Route::Arrays,
            ["journal"] => Route::Journal,
            ["schedule"] => Route::Schedule(ScheduleQuery::parse(None, query)),
            ["arrays", array, "schedule"] => Route::Schedule(ScheduleQuery::parse(Some(array), query)),
            ["arrays", array, "purge"] => Route::Purge((*array).to_owned()),
            ["arrays", array] => Route::Array((*array).to_owned()),
            [word] => match collection(word) {
                Some(resource) => Route::List(ListQuery::parse(resource, query)),
                None => unknown(),
            },
            ["arrays", array, word] => match collection(word) {
                Some(resource) => {
                    let mut list = ListQuery::parse(resource, query);
                    list.filter.arrays.clear();
                    Route::ArrayList { array: (*array).to_owned(), list }
                }
                None => unknown(),
            },
            ["arrays", array, word, session] => match Resource::with_word(word) {
                Some(resource) => Route::Session {
                    array: (*array).to_owned(),
                    resource,
                    session: (*session).to_owned(),
                    node: value(query, "node"),
                    tab: value(query, "tab"),
                },
                None => unknown(),
            },
            _ => unknown(),
        }
    }

    /// Writes the fragment, with its `#`.
    pub fn write(&self) -> String {
        match self {
            Route::Arrays => "#/".to_owned(),
            Route::List(list) => with_query(format!("#/{}", list.word()), &list.pairs(true)),
            Route::Array(array) => format!("#/arrays/{}", coded(array)),
            Route::ArrayList { array, list } => {
                with_query(format!("#/arrays/{}/{}", coded(array), list.word()), &list.pairs(false))
            }
            Route::Session { array, resource, session, node, tab } => {
                let pairs: Vec<(&str, String)> = [("node", node), ("tab", tab)]
                    .into_iter()
                    .filter_map(|(key, value)| Some((key, coded(value.as_deref()?))))
                    .collect();
                let path = format!("#/arrays/{}/{}/{}", coded(array), resource.word(), coded_session(session));
                with_query(path, &pairs)
            }
            Route::New { array, draft } => {
                let path = format!("#/arrays/{}/{}{NEW}", coded(array), draft.plan.resource.word());
                with_query(path, &draft.pairs())
            }
            Route::Journal => "#/journal".to_owned(),
            Route::Schedule(wish) => wish.write(),
            Route::Purge(array) => format!("#/arrays/{}/purge", coded(array)),
            Route::Unknown(fragment) => format!("#{fragment}"),
        }
    }

    /// The session of this array, collection and id, nothing chosen on its page.
    pub fn session(array: &str, resource: Resource, session: &str) -> Route {
        Route::Session { array: array.to_owned(), resource, session: session.to_owned(), node: None, tab: None }
    }

    /// A collection of all arrays, or with `None` all work, as it is usually shown.
    pub fn all(resource: Option<Resource>) -> Route {
        Route::List(ListQuery::of(resource))
    }

    /// The same of one array.
    pub fn all_of(array: &str, resource: Option<Resource>) -> Route {
        Route::ArrayList { array: array.to_owned(), list: ListQuery::of(resource) }
    }

    /// The form on this array as `draft` has it.
    pub fn new(array: &str, draft: Draft) -> Route {
        Route::New { array: array.to_owned(), draft: Box::new(draft) }
    }

    /// What the list shows here, the array of the address among the filter; `None` where there is no list.
    pub fn list(&self) -> Option<ListQuery> {
        match self {
            Route::List(list) => Some(list.clone()),
            Route::ArrayList { array, list } => {
                let mut list = list.clone();
                list.filter.arrays = [array.clone()].into();
                Some(list)
            }
            _ => None,
        }
    }

    /// The same place with another list; places without a list stay as they are.
    #[must_use]
    pub fn with_list(&self, list: ListQuery) -> Route {
        match self {
            Route::List(_) => Route::List(list),
            Route::ArrayList { array, .. } => {
                let filter = Filter { arrays: Default::default(), ..list.filter };
                Route::ArrayList { array: array.clone(), list: ListQuery { filter, ..list } }
            }
            other => other.clone(),
        }
    }
}

/// The collection that a word of an address means; `Some(None)` for all work.
fn collection(word: &str) -> Option<Option<Resource>> {
    if word == ALL_WORK { Some(None) } else { Resource::with_word(word).map(Some) }
}

impl Default for ListQuery {
    /// The list of imports.
    fn default() -> ListQuery {
        ListQuery::of(Some(Resource::Import))
    }
}

impl ListQuery {
    /// The list of a collection, or with `None` of all work, as it is usually shown.
    pub fn of(resource: Option<Resource>) -> ListQuery {
        let filter = Filter { resource, ..Filter::default() };
        ListQuery { filter, sort: Sort::usual(resource), columns: Columns::usual(resource) }
    }

    fn word(&self) -> &'static str {
        self.filter.resource.map_or(ALL_WORK, Resource::word)
    }

    fn parse(resource: Option<Resource>, query: &str) -> ListQuery {
        let mut list = ListQuery::of(resource);
        for (key, value) in pairs(query) {
            let words = || value.split(',').map(decoded).filter(|word| !word.is_empty());
            match key {
                "text" => list.filter.text = decoded(value),
                "days" => list.filter.days = Days(value.parse().ok()),
                "state" => list.filter.states.extend(words()),
                "array" => list.filter.arrays.extend(words()),
                "phase" => list.filter.phases.extend(words().filter_map(|word| phase_named(&word))),
                "only" => list.filter.only.append(value.split(',').filter_map(session_named).collect()),
                "columns" => {
                    let mut columns = words().filter_map(|word| Column::with_key(&word)).peekable();
                    // Of an address that names none that is known, the usual ones are shown.
                    if columns.peek().is_some() {
                        list.columns = columns.collect();
                    }
                }
                "sort" => list.sort = sort_named(&decoded(value)).unwrap_or(list.sort),
                _ => {}
            }
        }
        list
    }

    /// What differs from the plain list, values percent-coded.
    fn pairs(&self, with_arrays: bool) -> Vec<(&'static str, String)> {
        let joined = |words: &mut dyn Iterator<Item = &str>| {
            words.filter(|word| !word.is_empty()).map(coded).collect::<Vec<_>>().join(",")
        };
        let Filter { resource, days, text, states, phases, arrays, only } = &self.filter;
        let mut pairs = vec![
            ("text", coded(text)),
            ("state", joined(&mut states.iter().map(String::as_str))),
            ("phase", joined(&mut phases.iter().map(|phase| phase.map_or(UNKNOWN_PHASE, Phase::word)))),
        ];
        if with_arrays {
            pairs.push(("array", joined(&mut arrays.iter().map(String::as_str))));
        }
        let only: Vec<String> = only.iter().map(|(array, id)| format!("{}/{}", coded(array), coded(id))).collect();
        pairs.push(("only", only.join(",")));
        if *days != Days::default() {
            pairs.push(("days", days.0.map_or_else(|| "all".to_owned(), |days| days.to_string())));
        }
        if self.columns != Columns::usual(*resource) {
            pairs.push(("columns", joined(&mut self.columns.shown().map(Column::key))));
        }
        if self.sort != Sort::usual(*resource) {
            let sign = if self.sort.descending { "-" } else { "" };
            pairs.push(("sort", format!("{sign}{}", self.sort.column.key())));
        }
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }
}

/// `array/id`, each percent-coded.
fn session_named(word: &str) -> Option<(String, String)> {
    let (array, id) = word.split_once('/')?;
    let (array, id) = (decoded(array), decoded(id));
    (!array.is_empty() && !id.is_empty()).then_some((array, id))
}

fn phase_named(word: &str) -> Option<Option<Phase>> {
    if word == UNKNOWN_PHASE {
        return Some(None);
    }
    Phase::ALL.into_iter().find(|phase| phase.word() == word).map(Some)
}

fn sort_named(word: &str) -> Option<Sort> {
    let (column, descending) = match word.strip_prefix('-') {
        Some(column) => (column, true),
        None => (word, false),
    };
    Some(Sort { column: Column::with_key(column)?, descending })
}

pub(super) fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter_map(|pair| pair.split_once('='))
}

/// The first value of a key that is not empty.
fn value(query: &str, wanted: &str) -> Option<String> {
    pairs(query).filter(|(key, _)| *key == wanted).map(|(_, value)| decoded(value)).find(|value| !value.is_empty())
}

pub(super) fn coded(text: &str) -> String {
    utf8_percent_encode(text, CODED).to_string()
}

/// A session that is called as the form's address ends must not be taken for it.
fn coded_session(id: &str) -> String {
    if id == "new" { "%6Eew".to_owned() } else { coded(id) }
}

/// What is not valid UTF-8 becomes visible as replacement characters.
pub(super) fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn with_query(mut path: String, pairs: &[(&str, String)]) -> String {
    for (index, (key, value)) in pairs.iter().enumerate() {
        path.push(if index == 0 { '?' } else { '&' });
        path.push_str(key);
        path.push('=');
        path.push_str(value);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::draft::tests::any_draft;
    use proptest::collection::btree_set;
    use proptest::option;
    use proptest::prelude::*;

    #[test]
    fn addresses_read_as_they_are_documented() {
        assert_eq!(Route::parse("#/"), Route::Arrays);
        assert_eq!(Route::parse(""), Route::Arrays);
        assert_eq!(Route::parse("#/journal"), Route::Journal);
        assert_eq!(Route::parse("#/arrays/frankfurt/"), Route::Array("frankfurt".to_owned()));
        assert_eq!(Route::parse("#/arrays/a/imports/4%2F2"), Route::session("a", Resource::Import, "4/2"));
        let Route::List(list) =
            Route::parse("#/imports?text=a%20b&state=Paused,Failed&phase=trouble,unknown&array=dublin&sort=-progress")
        else {
            panic!()
        };
        assert_eq!(list.filter.text, "a b");
        assert_eq!(list.filter.states, ["Failed".to_owned(), "Paused".to_owned()].into());
        assert_eq!(list.filter.phases, [None, Some(Phase::Trouble)].into());
        assert_eq!(list.filter.arrays, ["dublin".to_owned()].into());
        assert_eq!(list.sort, Sort { column: Column::Progress, descending: true });
    }

    #[test]
    fn columns_and_a_selection_stand_in_the_address() {
        let text = "#/imports?only=dublin/a%2Fb,frankfurt/7&columns=name,group,state";
        let Route::List(list) = Route::parse(text) else { panic!() };
        let only = |array: &str, id: &str| (array.to_owned(), id.to_owned());
        assert_eq!(list.filter.only, [only("dublin", "a/b"), only("frankfurt", "7")].into());
        assert_eq!(list.columns.shown().collect::<Vec<_>>(), [Column::Name, Column::Group, Column::State]);
        assert_eq!(Route::List(list).write(), text);
        let Route::List(list) = Route::parse("#/imports?only=dublin,/7,dublin/&columns=shoe") else { panic!() };
        assert_eq!(list, ListQuery::default());
        assert_eq!(Route::parse("#/imports?columns=name").write(), "#/imports?columns=name");
    }

    #[test]
    fn what_is_not_known_is_dropped_or_harmless() {
        let strange = "#/imports?colour=red&phase=purple&sort=-shoe&text&state=Hovering";
        let Route::List(list) = Route::parse(strange) else { panic!() };
        assert_eq!(list.filter.states, ["Hovering".to_owned()].into());
        assert_eq!((list.filter.phases.len(), list.sort), (0, Sort::default()));
        assert_eq!(Route::parse("#/arrays//imports"), Route::Unknown("/arrays//imports".to_owned()));
        assert_eq!(Route::parse("#/elsewhere?x"), Route::Unknown("/elsewhere?x".to_owned()));
    }

    #[test]
    fn the_list_of_one_array_is_filtered_by_it() {
        let route = Route::parse("#/arrays/a/imports?array=b&text=x");
        let list = route.list().unwrap();
        assert_eq!((list.filter.arrays.clone(), list.filter.text.as_str()), (["a".to_owned()].into(), "x"));
        assert_eq!(route.with_list(list).write(), "#/arrays/a/imports?text=x");
    }

    fn word() -> impl Strategy<Value = String> {
        prop_oneof![Just("new".to_owned()), "[A-Za-z_]{1,12}", "[ -~äß€😀,&=#?%+/]{1,8}"]
    }

    fn resource() -> impl Strategy<Value = Resource> {
        (0usize..Resource::ALL.len()).prop_map(|place| Resource::ALL[place])
    }

    fn list(arrays: bool) -> impl Strategy<Value = ListQuery> {
        let phase = prop_oneof![Just(None), (0usize..Phase::ALL.len()).prop_map(|index| Some(Phase::ALL[index]))];
        let most = if arrays { 3 } else { 1 };
        let sets = (
            btree_set(word(), 0..3),
            btree_set(phase, 0..4),
            btree_set(word(), 0..most),
            btree_set((word(), word()), 0..3),
            btree_set(0usize..Column::ALL.len(), 0..4),
        );
        let days = option::of(any::<u16>()).prop_map(Days);
        (any::<String>(), sets, 0usize..Column::ALL.len(), any::<bool>(), option::of(resource()), days).prop_map(
            |(text, (states, phases, arrays, only, toggled), column, descending, resource, days)| ListQuery {
                filter: Filter {
                    resource,
                    days,
                    text,
                    states: states.into_iter().collect(),
                    phases: phases.into_iter().collect(),
                    arrays: arrays.into_iter().collect(),
                    only: only.into_iter().collect(),
                },
                columns: toggled
                    .into_iter()
                    .fold(Columns::usual(resource), |columns, place| columns.toggled(Column::ALL[place])),
                sort: Sort { column: Column::ALL[column], descending },
            },
        )
    }

    fn route() -> impl Strategy<Value = Route> {
        prop_oneof![
            Just(Route::Arrays),
            word().prop_map(Route::Purge),
            (option::of(word()), option::of(word()), any::<bool>(), option::of(word()))
                .prop_map(|(array, from, week, dataset)| Route::Schedule(ScheduleQuery { array, from, week, dataset })),
            Just(Route::Journal),
            (word(), any_draft()).prop_map(|(array, draft)| Route::new(&array, draft)),
            list(true).prop_map(Route::List),
            word().prop_map(Route::Array),
            (word(), list(false)).prop_map(|(array, list)| Route::ArrayList { array, list }),
            (word(), resource(), word(), option::of(word()), option::of(word())).prop_map(
                |(array, resource, session, node, tab)| Route::Session { array, resource, session, node, tab }
            ),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(route in route()) {
            let text = route.write();
            prop_assert!(text.is_ascii() && !text.contains(' '), "{}", text);
            prop_assert_eq!(Route::parse(&text), route);
        }

        #[test]
        fn anything_reads_as_something_that_can_be_written(
            text in prop_oneof![any::<String>(), "#?/?(arrays|imports|jobs|work|journal)[/a-z0-9%?&=,.#-]{0,40}"],
        ) {
            let route = Route::parse(&text);
            prop_assert_eq!(Route::parse(&route.write()), route);
        }
    }
}
