//! The pages, one per kind of address.

pub mod arrays;
pub mod broken;
pub mod import;
mod import_parts;
pub mod imports;
mod imports_row;
mod imports_table;
pub mod journal;
pub mod unknown;
