//! A new import, file import or migration, as a person has put it together.

use super::check::PlanField;
use super::entry::{PORTS, is_secret, ports};
use crate::wire::json::Object;
use crate::wire::powerstore::Resource;
use crate::wire::time;

/// Which of the two ways of importing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanKind {
    /// The host's agent moves it without an outage.
    NonDisruptive,
    /// A person reconfigures the host.
    Agentless,
}

impl PlanKind {
    /// Both.
    pub const ALL: [PlanKind; 2] = [PlanKind::NonDisruptive, PlanKind::Agentless];

    /// As the wire calls it.
    pub fn name(self) -> &'static str {
        match self {
            PlanKind::NonDisruptive => "Non_Disruptive",
            PlanKind::Agentless => "Agentless",
        }
    }

    /// The one with this name on the wire.
    pub fn named(name: &str) -> Option<PlanKind> {
        PlanKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// The hosts of one member of a consistency group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemberHosts {
    /// The member, by its world-wide name.
    pub wwn: String,
    /// Ids of hosts.
    pub hosts: Vec<String>,
    /// Ids of host groups.
    pub host_groups: Vec<String>,
}

/// Everything that a create says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Which collection it adds to: of imports, file imports or migrations.
    pub resource: Resource,
    /// Unique on the array.
    pub name: String,
    /// Free text, up to 128 characters; empty for none.
    pub description: String,
    /// Id of the array that holds the source.
    pub remote_system: String,
    /// Id of the source volume or consistency group; of a NAS server also `name:` and its name, of a
    /// migration what is moved.
    pub source: String,
    /// How it is imported; `None` is not said, for releases that know one way only.
    pub kind: Option<PlanKind>,
    /// Ids of the hosts that the destination is mapped to.
    pub hosts: Vec<String>,
    /// Ids of the host groups that it is mapped to.
    pub host_groups: Vec<String>,
    /// The hosts of the members of a group, where they differ.
    pub member_hosts: Vec<MemberHosts>,
    /// Id of the volume group that the new volume joins.
    pub volume_group: Option<String>,
    /// Id of the protection policy of the destination.
    pub policy: Option<String>,
    /// The array cuts over by itself.
    pub automatic_cutover: bool,
    /// When it shall start, milliseconds since 1970, by the array's clock.
    pub scheduled: Option<i64>,
    /// The storage address to import over; empty for the array's choice.
    pub discovery_address: String,
    /// What [`super::entry`] lists, by its name on the wire; nothing of it is empty.
    pub more: Vec<(&'static str, String)>,
}

impl Plan {
    /// The name of the session that it asks for.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What a field of text, or of one choice, holds; nothing for the others.
    pub fn get(&self, field: PlanField) -> &str {
        match field {
            PlanField::RemoteSystem => &self.remote_system,
            PlanField::Source => &self.source,
            PlanField::Name => &self.name,
            PlanField::Description => &self.description,
            PlanField::Policy => self.policy.as_deref().unwrap_or_default(),
            PlanField::VolumeGroup => self.volume_group.as_deref().unwrap_or_default(),
            PlanField::Address => &self.discovery_address,
            PlanField::More(key) => {
                self.more.iter().find(|(held, _)| *held == key).map_or("", |(_, value)| value.as_str())
            }
            PlanField::Kind | PlanField::Hosts | PlanField::Schedule => "",
        }
    }

    /// Fills such a field in.
    pub fn set(&mut self, field: PlanField, value: String) {
        match field {
            PlanField::RemoteSystem => self.remote_system = value,
            PlanField::Source => self.source = value,
            PlanField::Name => self.name = value,
            PlanField::Description => self.description = value,
            PlanField::Policy => self.policy = Some(value).filter(|id| !id.is_empty()),
            PlanField::VolumeGroup => self.volume_group = Some(value).filter(|id| !id.is_empty()),
            PlanField::Address => self.discovery_address = value,
            PlanField::More(key) => {
                self.more.retain(|(held, _)| *held != key);
                if !value.is_empty() {
                    let at = self.more.iter().take_while(|(held, _)| *held < key).count();
                    self.more.insert(at, (key, value));
                }
            }
            PlanField::Kind | PlanField::Hosts | PlanField::Schedule => {}
        }
    }

    /// Forgets passwords.
    pub fn forget_secrets(&mut self) {
        self.more.retain(|(key, _)| !is_secret(key));
    }

    /// The body of the create. What is off is said too: the vendor's papers disagree about its absence.
    pub fn body(&self) -> Vec<u8> {
        let mut body = Object::new();
        for (name, value) in [
            ("name", Some(self.name.as_str())),
            ("description", Some(self.description.as_str())),
            ("remote_system_id", Some(self.remote_system.as_str())),
            (PlanField::Source.key(self.resource), Some(self.source.as_str())),
            ("type", self.kind.map(PlanKind::name)),
            ("volume_group_id", self.volume_group.as_deref()),
            ("protection_policy_id", self.policy.as_deref()),
            ("global_storage_discovery_address", Some(self.discovery_address.as_str())),
        ] {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                body = body.text(name, value);
            }
        }
        for (key, value) in &self.more {
            body = match *key {
                PORTS => {
                    let pairs = ports(value).unwrap_or_default();
                    let pair = |(name, port): (&str, &str)| Object::new().text("name", name).text("ip_port_id", port);
                    body.objects(key, pairs.into_iter().map(pair))
                }
                key => body.text(key, value),
            };
        }
        if self.resource != Resource::FileImport {
            body = body.flag("automatic_cutover", self.automatic_cutover);
        }
        for (name, values) in [("host_ids", &self.hosts), ("host_group_ids", &self.host_groups)] {
            if !values.is_empty() {
                body = body.texts(name, values);
            }
        }
        let member = |member: &MemberHosts| Object::new().text("volume_wwn", &member.wwn);
        let with_hosts = |member: &&MemberHosts| !member.hosts.is_empty();
        let with_groups = |member: &&MemberHosts| !member.host_groups.is_empty();
        if self.member_hosts.iter().any(|member| with_hosts(&member)) {
            let members = self.member_hosts.iter().filter(with_hosts);
            let members = members.map(|of| member(of).texts("host_ids", &of.hosts));
            body = body.objects("consistency_group_member_host_ids", members);
        }
        if self.member_hosts.iter().any(|member| with_groups(&member)) {
            let members = self.member_hosts.iter().filter(with_groups);
            let members = members.map(|of| member(of).texts("host_group_ids", &of.host_groups));
            body = body.objects("consistency_group_member_host_group_ids", members);
        }
        if let Some(at) = self.scheduled {
            body = body.text("scheduled_timestamp", &time::format(at));
        }
        body.done().into_bytes()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    fn id() -> impl Strategy<Value = String> {
        prop_oneof!["[a-z0-9-]{1,12}", "[ -~äß€😀,&=#?%+/:;\"\\\\]{1,8}"]
    }

    fn member() -> impl Strategy<Value = MemberHosts> {
        (id(), vec(id(), 0..3), vec(id(), 0..3)).prop_map(|(wwn, hosts, host_groups)| MemberHosts {
            wwn,
            hosts,
            host_groups,
        })
    }

    pub(crate) fn any_plan() -> impl Strategy<Value = Plan> {
        let texts = (any::<String>(), any::<String>(), any::<String>(), any::<String>());
        let kind = prop_oneof![Just(None), Just(Some(PlanKind::Agentless)), Just(Some(PlanKind::NonDisruptive))];
        let hosts = (vec(id(), 0..4), vec(id(), 0..4), vec(member(), 0..3));
        let after = (option::of(id()), option::of(id()), any::<bool>(), any::<String>());
        let at = option::of(0i64..4_000_000_000_000);
        (texts, kind, hosts, after, at).prop_map(|(texts, kind, hosts, after, scheduled)| Plan {
            name: texts.0,
            description: texts.1,
            remote_system: texts.2,
            source: texts.3,
            kind,
            hosts: hosts.0,
            host_groups: hosts.1,
            member_hosts: hosts.2,
            volume_group: after.0,
            policy: after.1,
            automatic_cutover: after.2,
            scheduled,
            discovery_address: after.3,
            ..Plan::default()
        })
    }

    /// Reads a body as an array would: a plan with what it was told.
    fn read(body: &[u8]) -> Plan {
        let body: Map<String, Value> = serde_json::from_slice(body).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let field = |name: &str| body.get(name).map(text).unwrap_or_default();
        let list = |value: &Value| value.as_array().unwrap().iter().map(text).collect::<Vec<String>>();
        let ids = |name: &str| body.get(name).map(list).unwrap_or_default();
        let mut member_hosts = Vec::new();
        for (whole, part) in [
            ("consistency_group_member_host_ids", "host_ids"),
            ("consistency_group_member_host_group_ids", "host_group_ids"),
        ] {
            for member in body.get(whole).map(|members| members.as_array().unwrap().clone()).unwrap_or_default() {
                let mut read =
                    MemberHosts { wwn: member.get("volume_wwn").map(text).unwrap_or_default(), ..Default::default() };
                *(if part == "host_ids" { &mut read.hosts } else { &mut read.host_groups }) = list(&member[part]);
                member_hosts.push(read);
            }
        }
        Plan {
            name: field("name"),
            description: field("description"),
            remote_system: field("remote_system_id"),
            source: field("source_resource_id"),
            kind: body.get("type").map(|kind| PlanKind::named(kind.as_str().unwrap()).unwrap()),
            hosts: ids("host_ids"),
            host_groups: ids("host_group_ids"),
            member_hosts,
            volume_group: Some(field("volume_group_id")).filter(|id| !id.is_empty()),
            policy: Some(field("protection_policy_id")).filter(|id| !id.is_empty()),
            automatic_cutover: body["automatic_cutover"].as_bool().unwrap(),
            scheduled: body.get("scheduled_timestamp").map(|at| time::parse(at.as_str().unwrap()).unwrap()),
            discovery_address: field("global_storage_discovery_address"),
            ..Plan::default()
        }
    }

    /// The hosts and the host groups of members go in two lists.
    fn split(plan: &Plan) -> Plan {
        let hosts = plan.member_hosts.iter().filter(|member| !member.hosts.is_empty());
        let hosts = hosts.map(|member| MemberHosts { host_groups: Vec::new(), ..member.clone() });
        let groups = plan.member_hosts.iter().filter(|member| !member.host_groups.is_empty());
        let groups = groups.map(|member| MemberHosts { hosts: Vec::new(), ..member.clone() });
        Plan { member_hosts: hosts.chain(groups).collect(), ..plan.clone() }
    }

    proptest! {
        #[test]
        fn a_body_tells_exactly_what_was_chosen(plan in any_plan()) {
            let body = plan.body();
            prop_assert_eq!(read(&body), split(&plan));
            let whole: Map<String, Value> = serde_json::from_slice(&body).unwrap();
            prop_assert!(whole.values().all(|value| *value != json!("") && *value != json!([]) && !value.is_null()));
        }
    }

    #[test]
    fn the_least_that_is_sent_says_how_the_cutover_comes() {
        let plan =
            Plan { name: "a".to_owned(), remote_system: "r".to_owned(), source: "s".to_owned(), ..Plan::default() };
        let least = r#"{"name":"a","remote_system_id":"r","source_resource_id":"s","automatic_cutover":false}"#;
        assert_eq!(plan.body(), least.as_bytes());
    }

    #[test]
    fn each_collection_is_told_in_its_own_words() {
        let mut plan = Plan { resource: Resource::Migration, source: "v".to_owned(), ..Plan::default() };
        plan.set(PlanField::More("resource_type"), "volume".to_owned());
        plan.set(PlanField::More("destination_appliance_id"), "A2".to_owned());
        let body =
            r#"{"family_id":"v","destination_appliance_id":"A2","resource_type":"volume","automatic_cutover":false}"#;
        assert_eq!(String::from_utf8(plan.body()).unwrap(), body);
        let mut plan = Plan { resource: Resource::FileImport, source: "name:nas".to_owned(), ..Plan::default() };
        plan.set(PlanField::More(PORTS), "a=1,b=2".to_owned());
        plan.set(PlanField::More("source_smb_admin_password"), "secret".to_owned());
        let ports = r#""file_interfaces":[{"name":"a","ip_port_id":"1"},{"name":"b","ip_port_id":"2"}]"#;
        let body = format!(r#"{{"source_resource_id":"name:nas",{ports},"source_smb_admin_password":"secret"}}"#);
        assert_eq!(String::from_utf8(plan.body()).unwrap(), body);
        plan.forget_secrets();
        assert!(!String::from_utf8(plan.body()).unwrap().contains("secret"));
    }

    #[test]
    fn a_time_is_sent_in_utc() {
        let plan = Plan { scheduled: time::parse("2026-11-22T08:00:00+02:00"), ..Plan::default() };
        let body = String::from_utf8(plan.body()).unwrap();
        assert!(body.contains(r#""scheduled_timestamp":"2026-11-22T06:00:00.000+00:00""#), "{body}");
    }
}
