//! What an array would refuse in a plan, said before it is sent, field by field.
//!
//! Nothing here is a guess that locks a person out: what is documented to be refused blocks, what is only
//! likely to go wrong warns.

use super::entry::{self, APPLIANCE, PORTS};
use super::plan::{Plan, PlanKind};
use super::source::{Fit, IN_GROUP, SourceResource, importable, type_fits};
use crate::lifecycle::Release;
use crate::wire::powerstore::Resource;
use crate::words::folded;

/// A field of the form, in the order of thought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlanField {
    /// The array that holds the source.
    RemoteSystem,
    /// The volume or group.
    Source,
    /// The session's name.
    Name,
    /// Free text.
    Description,
    /// Non-disruptive or agentless.
    Kind,
    /// Hosts and host groups, common or of members.
    Hosts,
    /// The protection policy.
    Policy,
    /// The volume group that the volume joins.
    VolumeGroup,
    /// When it starts.
    Schedule,
    /// The address of the storage network.
    Address,
    /// One that [`entry`] lists, by its name on the wire.
    More(&'static str),
}

impl PlanField {
    /// What the wire calls it in a create of this collection.
    pub fn key(self, resource: Resource) -> &'static str {
        match self {
            PlanField::RemoteSystem => "remote_system_id",
            PlanField::Source if resource == Resource::Migration => "family_id",
            PlanField::Source => "source_resource_id",
            PlanField::Name => "name",
            PlanField::Description => "description",
            PlanField::Kind => "type",
            PlanField::Hosts => "host_ids",
            PlanField::Policy => "protection_policy_id",
            PlanField::VolumeGroup => "volume_group_id",
            PlanField::Schedule => "scheduled_timestamp",
            PlanField::Address => "global_storage_discovery_address",
            PlanField::More(key) => key,
        }
    }

    /// True when an array's words name it: as a word of the wire, or before a colon where the word is one
    /// of the language too.
    pub fn is_named_in(self, words: &str, resource: Resource) -> bool {
        let key = self.key(resource);
        let inside = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        let mut rest = words;
        while let Some(begin) = rest.find(inside) {
            let word = rest.get(begin..).unwrap_or_default();
            let (word, after) = word.split_at(word.find(|letter| !inside(letter)).unwrap_or(word.len()));
            if word == key && (key.contains('_') || after.starts_with(": ")) {
                return true;
            }
            rest = after;
        }
        false
    }
}

/// One sentence about one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which field.
    pub field: PlanField,
    /// What is wrong and what to do.
    pub words: String,
    /// The array would refuse it; otherwise it is a warning.
    pub blocks: bool,
}

/// What is known around a plan.
#[derive(Clone, Copy, Debug, Default)]
pub struct Surroundings<'a> {
    /// The release that the array reported.
    pub release: Option<Release>,
    /// The array's clock, milliseconds since 1970.
    pub array_clock: Option<i64>,
    /// The type of the remote system; `None` while it is not known.
    pub system: Option<&'a str>,
    /// The source is a group.
    pub is_group: bool,
    /// The array's word for the source's readiness; the outer `None` while the source was not read.
    pub criterion: Option<Option<&'a str>>,
    /// The source is a volume of a group.
    pub in_group: bool,
    /// A session of the array has this name, case aside.
    pub name_taken: bool,
    /// The name of a session that is importing the source and has not ended.
    pub importing: Option<&'a str>,
    /// The policy holds a replication rule.
    pub replicates: bool,
    /// The id of the appliance that a migration begins at.
    pub appliance: Option<&'a str>,
}

/// The release that brought the type, and hosts.
pub const TYPE_SINCE: Release = Release([1, 0, 2, 0]);
/// The release that brought host groups.
pub const HOST_GROUPS_SINCE: Release = Release([2, 0, 0, 0]);
/// The release that brought the address of the storage network.
pub const ADDRESS_SINCE: Release = Release([3, 0, 0, 0]);

/// The most characters that a description has, and the name of an import.
const LONGEST: usize = 128;

/// The most characters that a name has.
pub const fn longest_name(resource: Resource) -> usize {
    match resource {
        Resource::FileImport | Resource::Migration => 32,
        _ => LONGEST,
    }
}

/// Characters that mean something in addresses or in markup. The vendor forbids them without a list.
const RESERVED: &str = "/?#%&=+:;@<>\"'\\";

const TOO_OLD: &str = "This array's release does not know this field: leave it empty.";

/// Everything that is wrong with a plan or doubtful about it, in the order of the form.
pub fn findings(plan: &Plan, around: &Surroundings<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut find = |field, blocks, words: &str| found.push(Finding { field, words: words.to_owned(), blocks });
    let resource = around.system.and_then(|system| SourceResource::of(system, around.is_group));

    let is_import = plan.resource == Resource::Import;
    if around.release.is_some_and(|release| release < plan.resource.since()) {
        find(PlanField::RemoteSystem, true, "This array's release has no file imports.");
    } else if plan.resource == Resource::Migration {
        // It stays on this array.
    } else if plan.remote_system.is_empty() {
        find(PlanField::RemoteSystem, true, "Choose the array that holds the source.");
    } else if is_import && around.system.is_some() && resource.is_none() {
        find(PlanField::RemoteSystem, true, "Nothing of this sort is imported from this kind of array.");
    }

    if plan.source.is_empty() {
        find(PlanField::Source, true, if is_import { "Choose what is imported." } else { "Say which one." });
    } else if let Some(session) = around.importing {
        let words = format!("{session} has it and has not ended: cancel or finish that one first.");
        find(PlanField::Source, true, &words);
    } else if is_import {
        match around.criterion.map(importable) {
            Some(Fit::No(why)) => find(PlanField::Source, true, why),
            Some(Fit::Perhaps(why)) => find(PlanField::Source, false, why),
            Some(Fit::Yes) if around.in_group => find(PlanField::Source, false, IN_GROUP),
            Some(Fit::Yes) | None => {}
        }
    }

    if let Some(words) = name_fault(&plan.name, longest_name(plan.resource)) {
        find(PlanField::Name, true, &words);
    } else if around.name_taken {
        find(
            PlanField::Name,
            true,
            "Another session of this array has this name (capitals do not count): choose another one.",
        );
    }

    let length = plan.description.chars().count();
    if length > LONGEST {
        find(PlanField::Description, true, &too_long(length, LONGEST));
    } else if plan.description.chars().any(is_unprintable) {
        find(PlanField::Description, true, "It holds a character that cannot be printed: type it anew.");
    }

    let lacks = |since: Release| around.release.is_some_and(|release| release < since);
    match plan.kind {
        Some(_) if lacks(TYPE_SINCE) => {
            find(PlanField::Kind, true, "This array's release knows one type of import only and is told none.");
        }
        Some(kind) => match type_fits(resource, around.criterion.flatten(), kind == PlanKind::Agentless) {
            Fit::No(why) => find(PlanField::Kind, true, why),
            Fit::Perhaps(why) => find(PlanField::Kind, false, why),
            Fit::Yes => {}
        },
        None if is_import && around.release.is_some() && !lacks(TYPE_SINCE) => {
            find(PlanField::Kind, true, "Choose how the hosts come over.");
        }
        None => {}
    }

    for (blocks, words) in hosts(plan, around) {
        find(PlanField::Hosts, blocks, words);
    }

    if around.replicates {
        let words = "This policy replicates: the array takes it, but the import then fails. Choose one with snapshots only, and add the replication afterwards.";
        find(PlanField::Policy, false, words);
    }
    if plan.volume_group.is_some() && around.is_group {
        find(
            PlanField::VolumeGroup,
            true,
            "A group becomes a volume group of its own: only a single volume can join one.",
        );
    }
    if let (Some(at), Some(clock)) = (plan.scheduled, around.array_clock)
        && let Some(words) = schedule_fault(Some(at), clock)
    {
        find(PlanField::Schedule, true, words);
    }
    for entry in entry::of_create(plan.resource) {
        let (field, value) = (PlanField::More(entry.key), plan.get(PlanField::More(entry.key)));
        if value.is_empty() {
            if entry.needed {
                find(field, true, "Choose one.");
            }
        } else if lacks(entry.since) {
            find(field, true, TOO_OLD);
        } else if entry.key == PORTS && entry::ports(value).is_none() {
            find(field, true, "Write each as name=port id, with commas between.");
        } else if entry.key == APPLIANCE && around.appliance == Some(value) {
            find(field, true, "It is there already.");
        }
    }
    if !plan.discovery_address.is_empty() {
        if lacks(ADDRESS_SINCE) {
            find(PlanField::Address, true, TOO_OLD);
        } else if !is_address(&plan.discovery_address) {
            find(
                PlanField::Address,
                true,
                "Type an IPv4 address such as 192.0.2.7, or a full name such as san.example.com.",
            );
        }
    }
    found
}

fn hosts(plan: &Plan, around: &Surroundings<'_>) -> Vec<(bool, &'static str)> {
    let members = |some: fn(&super::plan::MemberHosts) -> bool| plan.member_hosts.iter().any(some);
    let common = !plan.hosts.is_empty() || !plan.host_groups.is_empty();
    let groups = !plan.host_groups.is_empty() || members(|member| !member.host_groups.is_empty());
    let single = members(|member| !member.hosts.is_empty() || !member.host_groups.is_empty());
    let lacks = |since: Release| around.release.is_some_and(|release| release < since);
    let mut found = Vec::new();
    if !common && !single {
        if plan.kind == Some(PlanKind::Agentless) {
            found.push((false, "Without hosts the new volume is mapped to none: map it before you start the copy."));
        }
        return found;
    }
    if plan.kind != Some(PlanKind::Agentless) {
        found.push((true, "Hosts are chosen for agentless imports only."));
    }
    if groups && lacks(HOST_GROUPS_SINCE) {
        found.push((true, "This array's release takes hosts here, but no host groups."));
    }
    if single && !around.is_group {
        found.push((true, "Hosts of single members are for groups only."));
    }
    if single && common {
        found.push((true, "Choose hosts for all members together or for each one, not both."));
    }
    found
}

fn too_long(length: usize, longest: usize) -> String {
    format!("It has {length} characters; {longest} is the most.")
}

/// What is wrong with a name by itself, which may have so many characters.
pub fn name_fault(name: &str, longest: usize) -> Option<String> {
    let length = name.chars().count();
    if length == 0 {
        return Some("Type a name.".to_owned());
    }
    if length > longest {
        return Some(too_long(length, longest));
    }
    if name.chars().any(char::is_whitespace) {
        return Some("A name has no white space: write _ or - instead.".to_owned());
    }
    if name.chars().any(is_unprintable) {
        return Some("It holds a character that cannot be printed: type it anew.".to_owned());
    }
    let reserved = name.chars().find(|character| RESERVED.contains(*character))?;
    Some(format!("A name has no {reserved}, which means something in addresses."))
}

/// What is wrong with the time of a start, by the array's clock.
pub fn schedule_fault(at: Option<i64>, array_clock: i64) -> Option<&'static str> {
    match at {
        None => Some("Choose the date and the time of day."),
        Some(at) if at <= array_clock => Some("This is in the past by the array's clock: choose a later time."),
        Some(_) => None,
    }
}

fn is_unprintable(character: char) -> bool {
    let invisible = matches!(character,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}');
    character.is_control() || invisible
}

/// An IPv4 address, or a fully qualified name: two labels at least, the last one not a number.
fn is_address(text: &str) -> bool {
    let parts: Vec<Result<u8, _>> = text.split('.').map(str::parse::<u8>).collect();
    if parts.len() == 4 && parts.iter().all(Result::is_ok) && !text.contains('+') {
        return true;
    }
    let text = text.strip_suffix('.').unwrap_or(text);
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_label = |label: &str| {
        (1..=63).contains(&label.len()) && label.bytes().all(plain) && !label.starts_with('-') && !label.ends_with('-')
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.len() <= 253
        && text.contains('.')
        && text.split('.').all(is_label)
        && !last.bytes().all(|byte| byte.is_ascii_digit())
}

/// A name like the source's that no session has: what a name must not hold becomes `_`, and a number is
/// added where it is taken; `longest` characters at most.
pub fn proposed_name(source: &str, longest: usize, is_taken: &dyn Fn(&str) -> bool) -> String {
    let mend = |character: char| {
        let bad = character.is_whitespace() || is_unprintable(character) || RESERVED.contains(character);
        if bad { '_' } else { character }
    };
    let cut = |length: usize| source.chars().take(length).map(mend).collect::<String>();
    let plain = cut(longest);
    if plain.is_empty() || !is_taken(&plain) {
        return plain;
    }
    let short = cut(longest - 5);
    // Bounded: a person who has a thousand of them finds a name of their own.
    (2..1000).map(|number| format!("{short}_{number}")).find(|name| !is_taken(name)).unwrap_or_default()
}

/// True when two names are one to an array: capitals do not count.
pub fn same_name(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::plan::MemberHosts;
    use proptest::prelude::*;

    fn plan() -> Plan {
        Plan {
            name: "weekend_01".to_owned(),
            remote_system: "r1".to_owned(),
            source: "sv_1".to_owned(),
            kind: Some(PlanKind::NonDisruptive),
            ..Plan::default()
        }
    }

    fn around() -> Surroundings<'static> {
        Surroundings {
            release: Some(Release([4, 1, 0, 0])),
            array_clock: Some(1_000_000),
            system: Some("Unity"),
            criterion: Some(Some("Ready")),
            ..Surroundings::default()
        }
    }

    /// The findings as `!Field` for those that block and `?Field` for warnings.
    fn marks(plan: &Plan, around: &Surroundings<'_>) -> Vec<String> {
        let mark = |finding: &Finding| format!("{}{:?}", if finding.blocks { '!' } else { '?' }, finding.field);
        findings(plan, around).iter().map(mark).collect()
    }

    fn hosts_of(kind: PlanKind, hosts: &[&str], groups: &[&str], members: bool) -> Plan {
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        let member = MemberHosts { wwn: "w".to_owned(), hosts: ids(&["h9"]), host_groups: Vec::new() };
        Plan {
            kind: Some(kind),
            hosts: ids(hosts),
            host_groups: ids(groups),
            member_hosts: if members { vec![member] } else { Vec::new() },
            ..plan()
        }
    }

    #[test]
    fn an_array_names_a_field_as_a_word_of_the_wire_or_before_a_colon() {
        let named = |field: PlanField, words| field.is_named_in(words, Resource::FileImport);
        assert!(named(PlanField::Name, "Refused: name: it is taken."));
        assert!(!named(PlanField::Name, "The name is taken."));
        assert!(!named(PlanField::Name, "There is none with the name name:nas."));
        assert!(!named(PlanField::Name, "host_name: it is taken."));
        assert!(named(PlanField::More("source_interface"), "There is no such source_interface here."));
        assert!(!named(PlanField::More("source_interface"), "import_source_interface_id: none."));
    }

    #[test]
    fn each_collection_has_its_own_findings() {
        let migration = Plan { resource: Resource::Migration, ..Plan::default() };
        let nothing = Surroundings { system: None, criterion: None, ..around() };
        assert_eq!(marks(&migration, &nothing), ["!Source", "!Name", r#"!More("destination_appliance_id")"#]);
        let mut there = Plan { source: "v".to_owned(), name: "move_1".to_owned(), ..migration };
        there.set(PlanField::More(APPLIANCE), "A1".to_owned());
        assert_eq!(marks(&there, &nothing), [""; 0]);
        let at_a1 = Surroundings { appliance: Some("A1"), ..nothing };
        assert_eq!(marks(&there, &at_a1), [r#"!More("destination_appliance_id")"#]);
        there.name = "n".repeat(33);
        assert_eq!(marks(&there, &nothing), ["!Name"]);

        let mut files = Plan { resource: Resource::FileImport, kind: None, ..plan() };
        files.set(PlanField::More("import_file_interface_id"), "if1".to_owned());
        assert_eq!(marks(&files, &around()), [""; 0]);
        files.set(PlanField::More(PORTS), "eth0".to_owned());
        files.set(PlanField::More("cta_admin_username"), "c".to_owned());
        let on = |release| Surroundings { release: Some(Release(release)), ..around() };
        assert_eq!(marks(&files, &on([4, 1, 0, 0])), [r#"!More("file_interfaces")"#]);
        assert_eq!(marks(&files, &on([4, 0, 0, 0])).len(), 2, "what a later release brought");
        assert_eq!(marks(&files, &on([2, 1, 0, 0]))[0], "!RemoteSystem", "no file imports at all");
    }

    #[test]
    fn a_good_plan_has_no_findings() {
        assert_eq!(marks(&plan(), &around()), [""; 0]);
    }

    #[test]
    fn an_empty_form_says_everything_that_is_missing() {
        let nothing = Plan::default();
        let around = Surroundings { system: None, criterion: None, ..around() };
        assert_eq!(marks(&nothing, &around), ["!RemoteSystem", "!Source", "!Name", "!Kind"]);
    }

    #[test]
    fn names_are_held_to_what_the_array_takes() {
        for (name, word) in [
            ("", "Type"),
            ("a b", "white space"),
            ("a\u{a0}b", "white space"),
            ("a\u{7}b", "printed"),
            ("a\u{200b}b", "printed"),
            ("a/b", "no /"),
            ("50%", "no %"),
        ] {
            assert!(name_fault(name, 128).is_some_and(|fault| fault.contains(word)), "{name:?}");
        }
        assert_eq!(name_fault(&"ä".repeat(128), 128), None);
        assert!(name_fault(&"ä".repeat(129), 128).is_some_and(|fault| fault.contains("129")));
        assert_eq!(name_fault("Änderung_2.b-€", 128), None);
        assert_eq!(marks(&plan(), &Surroundings { name_taken: true, ..around() }), ["!Name"]);
        assert!(same_name("Ärger_1", "äRGER_1") && !same_name("a", "ab"));
    }

    #[test]
    fn descriptions_are_short_and_printable() {
        let with = |description: String| marks(&Plan { description, ..plan() }, &around());
        assert_eq!(with("two words".to_owned()), [""; 0]);
        assert_eq!(with("x".repeat(129)), ["!Description"]);
        assert_eq!(with("a\u{1b}b".to_owned()), ["!Description"]);
    }

    #[test]
    fn a_source_is_importable_perhaps_or_not() {
        let with = |criterion| marks(&plan(), &Surroundings { criterion, ..around() });
        assert_eq!(with(Some(Some("Host_Not_Added"))), ["!Source"]);
        assert_eq!(with(Some(Some("Of_Tomorrow"))), ["?Source"]);
        assert_eq!(with(Some(None)), ["?Source"]);
        assert_eq!(with(None), [""; 0]);
        assert_eq!(marks(&plan(), &Surroundings { in_group: true, ..around() }), ["?Source"]);
        let taken = Surroundings { importing: Some("other_1"), ..around() };
        assert!(findings(&plan(), &taken)[0].words.contains("other_1"));
        assert_eq!(marks(&plan(), &Surroundings { system: Some("PowerStore"), ..around() }), ["!RemoteSystem"]);
        let group = Surroundings { system: Some("NetApp"), is_group: true, ..around() };
        assert_eq!(marks(&plan(), &group), ["!RemoteSystem"]);
    }

    #[test]
    fn the_type_fits_source_and_release() {
        let with = |kind, around: Surroundings<'_>| marks(&Plan { kind, ..plan() }, &around);
        let (plugin, agentless) = (Some(PlanKind::NonDisruptive), Some(PlanKind::Agentless));
        assert_eq!(with(agentless, around()), ["?Kind", "?Hosts"]);
        let only = Surroundings { criterion: Some(Some("Ready_For_Agentless_Import")), ..around() };
        assert_eq!(with(plugin, only), ["!Kind"]);
        assert_eq!(with(plugin, Surroundings { system: Some("NetApp"), ..around() }), ["!Kind"]);
        let old = Surroundings { release: Some(Release::OLDEST), ..around() };
        assert_eq!(with(plugin, old), ["!Kind"]);
        assert_eq!(with(None, old), [""; 0]);
        assert_eq!(with(None, around()), ["!Kind"]);
        assert_eq!(with(None, Surroundings { release: None, ..around() }), [""; 0]);
    }

    #[test]
    fn hosts_are_for_agentless_imports_and_common_or_single() {
        let group = Surroundings { is_group: true, criterion: Some(Some("Ready_For_Agentless_Import")), ..around() };
        let volume = Surroundings { is_group: false, ..group };
        let agentless = |hosts, groups, members| hosts_of(PlanKind::Agentless, hosts, groups, members);
        assert_eq!(marks(&agentless(&["h1"], &["g1"], false), &volume), [""; 0]);
        assert_eq!(marks(&agentless(&[], &[], true), &group), [""; 0]);
        assert_eq!(marks(&agentless(&[], &[], true), &volume), ["!Hosts"]);
        assert_eq!(marks(&agentless(&["h1"], &[], true), &group), ["!Hosts"]);
        assert_eq!(marks(&agentless(&[], &[], false), &group), ["?Hosts"]);
        assert_eq!(marks(&hosts_of(PlanKind::NonDisruptive, &["h1"], &[], false), &around()), ["!Hosts"]);
        let before_groups = Surroundings { release: Some(Release([1, 0, 4, 0])), ..volume };
        assert_eq!(marks(&agentless(&[], &["g1"], false), &before_groups), ["!Hosts"]);
        assert_eq!(marks(&agentless(&["h1"], &[], false), &before_groups), [""; 0]);
    }

    #[test]
    fn what_comes_after_the_import() {
        let joins = Plan { volume_group: Some("vg".to_owned()), ..plan() };
        assert_eq!(marks(&joins, &around()), [""; 0]);
        assert_eq!(marks(&joins, &Surroundings { is_group: true, ..around() }), ["!VolumeGroup"]);
        let protected = Plan { policy: Some("p".to_owned()), ..plan() };
        assert_eq!(marks(&protected, &Surroundings { replicates: true, ..around() }), ["?Policy"]);
    }

    #[test]
    fn a_start_lies_ahead_by_the_clock_of_the_array() {
        let at = |scheduled| Plan { scheduled: Some(scheduled), ..plan() };
        assert_eq!(marks(&at(1_000_000), &around()), ["!Schedule"]);
        assert_eq!(marks(&at(1_000_001), &around()), [""; 0]);
        assert_eq!(marks(&at(1), &Surroundings { array_clock: None, ..around() }), [""; 0]);
        assert!(schedule_fault(None, 0).is_some());
    }

    #[test]
    fn an_address_is_an_ipv4_address_or_a_full_name() {
        for good in ["192.0.2.7", "san.example.com", "san-1.example.com.", "7.example"] {
            assert!(is_address(good), "{good}");
        }
        for bad in ["san", "192.0.2", "192.0.2.300", "2001:db8::1", "a..b", "-a.b", "a b.c", "ä.de", "a.b/"] {
            assert!(!is_address(bad), "{bad}");
        }
        let with = |address: &str, release| {
            let plan = Plan { discovery_address: address.to_owned(), ..plan() };
            marks(&plan, &Surroundings { release, ..around() })
        };
        assert_eq!(with("san", Release::parse("4.1")), ["!Address"]);
        assert_eq!(with("192.0.2.7", Release::parse("2.1")), ["!Address"]);
        assert_eq!(with("192.0.2.7", Release::parse("3.0")), [""; 0]);
    }

    #[test]
    fn a_taken_name_is_numbered() {
        let taken = ["LUN_1", "lun_1_2"];
        let is_taken = |name: &str| taken.iter().any(|other| same_name(other, name));
        assert_eq!(proposed_name("LUN 1", 128, &is_taken), "LUN_1_3");
        assert_eq!(proposed_name("LUN 2", 128, &is_taken), "LUN_2");
        assert_eq!(proposed_name("", 128, &is_taken), "");
    }

    proptest! {
        #[test]
        fn a_proposed_name_is_a_good_one(source in ".{1,200}", taken in any::<bool>()) {
            let first = proposed_name(&source, 32, &|_| false);
            let name = proposed_name(&source, 32, &|name| taken && name == first);
            prop_assert_eq!(name_fault(&name, 32), None);
            prop_assert!(!taken || name != first);
        }
    }
}
