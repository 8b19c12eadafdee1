//! Where the form of a new import, file import or migration is opened from.

use crate::fleet::{ArrayIndex, Draft, Route};
use crate::ui::console::Console;
use crate::ui::platform::element::{View, el};
use crate::wire::powerstore::Resource;

/// What a person adds to a collection, for people: `import`.
pub fn noun(resource: Resource) -> String {
    resource.label().trim_end_matches('s').to_ascii_lowercase()
}

/// The way to a new one of a collection: on this array, or on one of all of them.
pub fn begin(console: Console, array: Option<ArrayIndex>, resource: Resource) -> View {
    let mut arrays = array.map_or_else(|| console.arrays(), |array| vec![array]);
    arrays.retain(|array| !console.is_dfm(*array));
    let link = |array: ArrayIndex, words: String| {
        let id = console.entry(array).map(|entry| entry.id).unwrap_or_default();
        el("a").class("button").set("href", Route::new(&id, Draft::of(resource)).write()).with(words).done()
    };
    let words = format!("New {}", noun(resource));
    match arrays.as_slice() {
        [] => View::none(),
        [one] => link(*one, words),
        several => {
            let links = several.iter().map(|array| link(*array, console.array_name(*array)));
            el("details")
                .class("begin")
                .with(el("summary").class("button").with(words))
                .with(el("p").with("On which array?").with(links.collect::<Vec<View>>()))
                .done()
        }
    }
}
