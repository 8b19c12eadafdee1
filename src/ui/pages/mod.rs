//! The pages, one per kind of address.

pub mod arrays;
pub mod broken;
pub mod import;
mod import_again;
mod import_ends;
mod import_group;
mod import_parts;
pub mod imports;
mod imports_filter;
mod imports_list;
mod imports_menu;
mod imports_picture;
mod imports_row;
mod imports_table;
mod imports_tools;
pub mod journal;
pub mod new_import;
mod new_import_form;
mod new_import_hosts;
mod new_import_send;
mod new_import_source;
pub mod unknown;
