//! What all parts of the list's page share.

use std::rc::Rc;

use crate::fleet::search::Search;
use crate::fleet::view::{rank, view as view_of};
use crate::fleet::{Filter, Key, ListQuery, Order, Route, View as Listed};
use crate::ui::components::text_dialog::Text;
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::state::{Call, Cell, Held, Known, call, cell, held, known};
use crate::wire::powerstore::Resource;

/// How long a note about something done stays, in milliseconds.
const NOTE: i64 = 6000;
/// What depends on the time is found anew after so many milliseconds.
const PACE: i64 = 10_000;

/// Cheap to copy.
#[derive(Clone, Copy)]
pub struct List {
    /// The console.
    pub console: Console,
    /// What the address asks for.
    pub query: Known<ListQuery>,
    /// Asks for something else.
    pub set: Call<ListQuery>,
    /// What is to be shown by now.
    pub listed: Known<Listed>,
    /// What is shown: held back while a person has a hand in the list.
    pub order: Known<Rc<Order>>,
    /// The row that takes part in the order of the Tab key.
    pub active: Cell<Option<Key>>,
    /// A row has the focus.
    pub inside: Cell<bool>,
    /// A pointer is pressed on the rows.
    pub pressed: Cell<bool>,
    /// The row whose menu is open.
    pub menu: Cell<Option<Key>>,
    /// What opened it.
    pub opener: Held<Option<platform::Focused>>,
    /// Counts how often the person wanted the order renewed.
    renewed: Cell<u32>,
    /// What was just done.
    pub note: Cell<String>,
    alarm: Held<platform::Alarm>,
    /// What the browser did not let the page copy.
    pub uncopied: Cell<Text>,
}

impl List {
    /// The list of the address.
    pub fn open(console: Console) -> List {
        let last = held(ListQuery::default());
        let query = known(move || {
            // On the way to another page the address has no list any more: this page keeps its last one.
            if let Some(list) = console.route.with(Route::list) {
                last.set(list);
            }
            last.get()
        });
        let listed = listed(console, query);
        let (inside, pressed, menu) = (cell(false), cell(false), cell(None));
        let renewed = cell(0);
        let holds = known(move || inside.get() || pressed.get() || menu.with(Option::is_some));
        List {
            console,
            query,
            set: call(move |list: ListQuery| console.go(console.route.get_untracked().with_list(list), true)),
            listed,
            order: order(query, listed, holds, renewed),
            active: cell(None),
            inside,
            pressed,
            menu,
            opener: held(None),
            renewed,
            note: cell(String::new()),
            alarm: held(platform::Alarm::default()),
            uncopied: cell(None),
        }
    }

    /// The collection that is shown; `None` for all work.
    pub fn resource(self) -> Option<Resource> {
        self.query.with(|query| query.filter.resource)
    }

    /// What the list holds, in the plural.
    pub fn what(self) -> &'static str {
        match self.resource() {
            None => "sessions and jobs",
            Some(Resource::Import) => "imports",
            Some(Resource::Replication) => "replications",
            Some(Resource::FileImport) => "file imports",
            Some(Resource::Migration) => "migrations",
            Some(Resource::Job) => "jobs",
            Some(Resource::ProtectionJob) => "protection jobs",
        }
    }

    /// Asks for what `change` makes of the present wish.
    pub fn change(self, change: impl FnOnce(&mut ListQuery)) {
        let mut list = self.query.get_untracked();
        change(&mut list);
        self.set.run(list);
    }

    /// Asks for another filter.
    pub fn filter(self, change: impl FnOnce(&mut Filter)) {
        self.change(|list| change(&mut list.filter));
    }

    /// Chooses a state by its name on the wire, or leaves it.
    pub fn toggle_state(self, name: &str) {
        self.filter(|filter| {
            if !filter.states.remove(name) {
                filter.states.insert(name.to_owned());
            }
        });
    }

    /// Shows the order as it should be by now.
    pub fn renew(self) {
        self.renewed.update(|renewed| *renewed += 1);
    }

    /// Says what was done, for a while.
    pub fn tell(self, note: String) {
        self.note.set(note);
        let note = self.note;
        let _ = self.alarm.update(|alarm| alarm.set(NOTE, move || note.set(String::new())));
    }

    /// Copies a text, or shows it where the browser does not permit that.
    pub fn copy(self, what: &'static str, text: String) {
        platform::spawn(async move {
            if platform::copy(&text).await {
                self.tell(format!("{what}: copied."));
            } else {
                self.uncopied.set(Some((what, text)));
            }
        });
    }

    /// The address of a session's page; `None` for an array that is not in the configuration.
    pub fn address(self, key: &Key) -> Option<Route> {
        let resource = self.console.rows(|store, _| store.get(key).map(|row| row.resource)).unwrap_or_default();
        self.console.entry(key.array).map(|entry| Route::session(&entry.id, resource, &key.id))
    }

    /// Opens a session's page.
    pub fn open_page(self, key: &Key) {
        if let Some(route) = self.address(key) {
            self.console.go(route, false);
        }
    }

    /// Closes the menu, and gives the focus back to what opened it.
    pub fn close_menu(self) {
        if !self.opener.get().as_ref().is_some_and(platform::refocus) {
            platform::focus_where_it_is("tr[tabindex='0']");
        }
        self.menu.set(None);
    }
}

/// What the address asks for. The columns have no part in it, and the time has one only when it is asked for.
fn listed(console: Console, query: Known<ListQuery>) -> Known<Listed> {
    let sort = known(move || query.with(|query| query.sort));
    // All rows are put in order once for a refresh, and not for each key that is pressed.
    let before = held(Rc::new(Order::default()));
    let ranked = known(move || {
        let ranked = console.rows(|store, arrays| before.with(|before| rank(store, arrays, sort.get(), before)));
        let ranked = Rc::new(ranked);
        before.set(ranked.clone());
        ranked
    });
    let filter = known(move || query.with(|query| query.filter.clone()));
    let reads_clock = known(move || filter.with(|filter| Search::parse(&filter.text).reads_clock()));
    let now = known(move || if reads_clock.get() { console.now.get() / PACE * PACE } else { 0 });
    known(move || {
        let (ranked, now) = (ranked.get(), now.get());
        filter.with(|filter| console.rows(|store, arrays| view_of(store, arrays, filter, &ranked, now)))
    })
}

/// What is shown: the order as it should be, or the one before while something `holds` it.
fn order(query: Known<ListQuery>, listed: Known<Listed>, holds: Known<bool>, renewed: Cell<u32>) -> Known<Rc<Order>> {
    type Before = Option<(Filter, crate::fleet::Sort, u32, Rc<Order>)>;
    let before: Held<Before> = held(None);
    known(move || {
        let fresh = listed.with(|listed| listed.order.clone());
        let renewed = renewed.get();
        let holds = holds.get();
        query.with(|query| {
            let same = |before: &Before| match before {
                Some((filter, sort, count, order)) if *filter == query.filter => {
                    (*sort == query.sort && *count == renewed && !order.is_empty()).then(|| order.clone())
                }
                _ => None,
            };
            let order = if holds { before.with(same) } else { None }.unwrap_or(fresh);
            before.set(Some((query.filter.clone(), query.sort, renewed, order.clone())));
            order
        })
    })
}
