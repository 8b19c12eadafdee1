//! The pages, one per kind of address.

pub mod arrays;
pub mod broken;
mod import_again;
pub mod journal;
pub mod list;
mod list_filter;
mod list_menu;
mod list_period;
mod list_picture;
mod list_row;
mod list_state;
mod list_table;
mod list_tools;
pub mod new;
mod new_entry;
mod new_form;
mod new_hosts;
mod new_send;
mod new_source;
mod protection_job;
pub mod purge;
pub mod schedule;
pub mod session;
mod session_ends;
mod session_members;
mod session_parts;
pub mod unknown;
