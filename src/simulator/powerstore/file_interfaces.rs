//! `file_interface`: the interfaces of the NAS server through which file imports take their data.

use serde_json::Value;

use super::field::{Field, Kind, Label, Table};
use crate::simulator::json::json;

/// One of them, by its place.
#[derive(Clone, Copy, Debug)]
pub struct FileInterface(usize);

const IDS: [&str; 3] = ["if1", "if2", "if3"];

/// All of them.
pub static ALL: [FileInterface; IDS.len()] = [FileInterface(0), FileInterface(1), FileInterface(2)];

impl FileInterface {
    /// Its id.
    pub fn id(self) -> &'static str {
        IDS.get(self.0).copied().unwrap_or_default()
    }

    fn name(self) -> String {
        format!("nas-import-{}", self.0 + 1)
    }

    /// The one with this id, or with this name after `name:`.
    pub fn addressed(address: &str) -> Option<&'static FileInterface> {
        let name = address.strip_prefix("name:");
        ALL.iter().find(|interface| match name {
            Some(name) => interface.name().eq_ignore_ascii_case(name),
            None => interface.id() == address,
        })
    }
}

pub static TABLE: Table<FileInterface> = Table {
    name: "file_interface",
    fields: &[
        Field::<FileInterface>::new("id", Kind::Text, |interface, _| json!(interface.id())),
        Field::<FileInterface>::new("nas_server_id", Kind::Text, |_, view| {
            json!(view.array.seed.named("nas server for imports").uuid())
        }),
        Field::<FileInterface>::new("ip_address", Kind::Text, |interface, _| {
            json!(format!("192.0.2.{}", 41 + interface.0))
        }),
        Field::<FileInterface>::new("prefix_length", Kind::Number, |_, _| json!(24)),
        Field::<FileInterface>::new("gateway", Kind::Text, |_, _| json!("192.0.2.1")),
        Field::<FileInterface>::new("vlan_id", Kind::Number, |_, _| json!(0)),
        Field::<FileInterface>::new("name", Kind::Text, |interface, _| json!(interface.name())).folded(),
        Field::<FileInterface>::new("role", Kind::Text, |_, _| json!("Production")).labelled(Label::Same),
        Field::<FileInterface>::new("is_disabled", Kind::Flag, |_, _| json!(false)),
        Field::<FileInterface>::new("is_destination_override_enabled", Kind::Flag, |_, _| json!(false)).since(3, 0, 0),
        Field::<FileInterface>::new("ip_port_id", Kind::Text, |_, _| Value::Null).since(3, 0, 0),
        Field::<FileInterface>::new("source_parameters", Kind::Whole, |_, _| Value::Null).since(3, 0, 0).unfiltered(),
        Field::<FileInterface>::new("is_dr_test", Kind::Flag, |_, _| json!(false)).since(3, 6, 0),
    ],
    relations: &[],
};
