//! What the list keeps while another page is open.

use crate::fleet::{Key, Selection};
use crate::ui::state::{Cell, Held, cell, held};

/// Lives as long as the console. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Memory {
    /// The rows that are ticked.
    pub selection: Cell<Selection>,
    /// How the list was left.
    pub left: Held<Option<Left>>,
    /// The list that is being opened restores its place: nobody else is to scroll or to take the focus.
    pub restores: Held<bool>,
}

/// Where a person was in the list.
#[derive(Clone)]
pub struct Left {
    /// The address of the list, its filters included.
    pub address: String,
    /// How far the page was scrolled, in pixels.
    pub scroll: f64,
    /// The row that had the focus last.
    pub row: Option<Key>,
}

impl Memory {
    /// Of a list that was not opened yet.
    pub fn new() -> Memory {
        Memory { selection: cell(Selection::default()), left: held(None), restores: held(false) }
    }
}
