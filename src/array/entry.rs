//! Fields that forms and dialogs ask for one by one, as data: what the wire calls them, what people call
//! them, and which releases know them. What has rules of its own, as a source has, is not here.

use crate::lifecycle::{Action, Release};
use crate::wire::powerstore::Resource;

/// A field of text, or a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name on the wire.
    pub key: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it is for, in a sentence; empty where the name says it.
    pub hint: &'static str,
    /// The first release that knows it.
    pub since: Release,
    /// A create is refused without it.
    pub needed: bool,
}

impl Entry {
    /// True for what is sent once and kept nowhere: not in an address, not on the screen.
    pub fn is_secret(&self) -> bool {
        is_secret(self.key)
    }

    /// True for what is chosen from a list of the array's.
    pub fn is_choice(&self) -> bool {
        self.needed
    }
}

/// The same of a name on the wire.
pub fn is_secret(key: &str) -> bool {
    key.ends_with("password")
}

const FILES: Release = Release([3, 0, 0, 0]);
const CTA: Release = Release([4, 1, 0, 0]);

const fn text(key: &'static str, label: &'static str, hint: &'static str) -> Entry {
    Entry { key, label, hint, since: FILES, needed: false }
}

const fn choice(key: &'static str, label: &'static str, hint: &'static str, since: Release) -> Entry {
    Entry { key, label, hint, since, needed: true }
}

const fn cta(entry: Entry) -> Entry {
    Entry { since: CTA, ..entry }
}

/// Ports for the source's interfaces.
pub const PORTS: &str = "file_interfaces";
/// Where a migration goes.
pub const APPLIANCE: &str = "destination_appliance_id";

const SMB_USER: Entry = text("source_smb_admin_username", "SMB administrator", "Of the source, to import SMB shares.");
const SMB_PASSWORD: Entry = text("source_smb_admin_password", "SMB password", "");
const DHSM_USER: Entry =
    text("source_dhsm_username", "DHSM user", "Of the source, to import file systems with retention.");
const DHSM_PASSWORD: Entry = text("source_dhsm_password", "DHSM password", "");
const CTA_USER: Entry =
    cta(text("cta_admin_username", "CTA user", "Of the Cloud Tiering Appliance, for stubs on a Unity."));
const CTA_PASSWORD: Entry = cta(text("cta_admin_password", "CTA password", ""));

static NEW_FILE_IMPORT: [Entry; 9] = [
    choice("import_file_interface_id", "Import interface", "Of this array: the data comes in through it.", FILES),
    Entry {
        since: Release([4, 0, 0, 0]),
        ..text("source_interface", "Source interface", "The migration interface of the source, by name.")
    },
    text(PORTS, "Other ports", "Source interfaces that get another port here: name=port id, with commas between."),
    SMB_USER,
    SMB_PASSWORD,
    DHSM_USER,
    DHSM_PASSWORD,
    CTA_USER,
    CTA_PASSWORD,
];

static NEW_MIGRATION: [Entry; 1] = [choice(APPLIANCE, "Destination appliance", "", Release::OLDEST)];

static CHANGE: [Entry; 8] = [
    text("name", "Name", ""),
    text("description", "Description", ""),
    SMB_USER,
    SMB_PASSWORD,
    DHSM_USER,
    DHSM_PASSWORD,
    CTA_USER,
    CTA_PASSWORD,
];

static DOMAIN: [Entry; 2] = [
    text("domain_admin_username", "Domain administrator", "May join computers; needed for an SMB server in a domain."),
    text("domain_admin_password", "Domain password", ""),
];

/// What a create asks for beside what every form has.
pub fn of_create(resource: Resource) -> &'static [Entry] {
    match resource {
        Resource::FileImport => &NEW_FILE_IMPORT,
        Resource::Migration => &NEW_MIGRATION,
        _ => &[],
    }
}

/// What the dialog of an action asks for; what is left empty is not said.
pub fn of_action(resource: Resource, action: &Action) -> &'static [Entry] {
    match (resource, action.name) {
        (Resource::FileImport, "modify") => &CHANGE,
        (Resource::FileImport, "cutover" | "cancel") => &DOMAIN,
        _ => &[],
    }
}

/// The field of a create with this name on the wire.
pub fn named(resource: Resource, key: &str) -> Option<&'static Entry> {
    of_create(resource).iter().find(|entry| entry.key == key)
}

/// The pairs in a text such as `a=1, b=2`; `None` when a part of it is no pair.
pub fn ports(text: &str) -> Option<Vec<(&str, &str)>> {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| part.split_once('=').map(|(name, port)| (name.trim(), port.trim())))
        .map(|pair| pair.filter(|(name, port)| !name.is_empty() && !port.is_empty()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_pairs_with_commas_between() {
        assert_eq!(ports("a=1, b = 2 ,"), Some(vec![("a", "1"), ("b", "2")]));
        assert_eq!(ports(""), Some(Vec::new()));
        for wrong in ["a", "a=", "=1", "a=1,b"] {
            assert_eq!(ports(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_passwords_are_secret() {
        let all = NEW_FILE_IMPORT.iter().chain(&CHANGE).chain(&DOMAIN);
        for entry in all {
            assert_eq!(entry.is_secret(), entry.label.ends_with("password"), "{}", entry.key);
        }
    }
}
