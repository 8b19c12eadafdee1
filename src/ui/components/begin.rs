//! Where the form of a new import is opened from.

use crate::fleet::{ArrayIndex, Draft, Route};
use crate::ui::console::Console;
use crate::ui::platform::element::{View, el};

/// The way to a new import: on this array, or on one of all of them.
pub fn begin(console: Console, array: Option<ArrayIndex>) -> View {
    let mut arrays = array.map_or_else(|| console.arrays(), |array| vec![array]);
    arrays.retain(|array| !console.is_dfm(*array));
    let link = |array: ArrayIndex, words: String| {
        let id = console.entry(array).map(|entry| entry.id).unwrap_or_default();
        el("a").class("button").set("href", Route::new_import(&id, Draft::default()).write()).with(words).done()
    };
    match arrays.as_slice() {
        [] => View::none(),
        [one] => link(*one, "New import".to_owned()),
        several => {
            let links = several.iter().map(|array| link(*array, console.array_name(*array)));
            el("details")
                .class("begin")
                .with(el("summary").class("button").with("New import"))
                .with(el("p").with("On which array?").with(links.collect::<Vec<View>>()))
                .done()
        }
    }
}
