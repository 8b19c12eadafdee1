//! The pages, one per kind of address.

pub mod arrays;
pub mod broken;
pub mod import;
mod import_group;
mod import_parts;
pub mod imports;
mod imports_picture;
mod imports_row;
mod imports_table;
pub mod journal;
pub mod unknown;
