//! A new import, as a person has put it together.

use crate::wire::json::Object;
use crate::wire::time;

/// Which of the two ways of importing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlanKind {
    /// The host's agent moves it without an outage.
    NonDisruptive,
    /// A person reconfigures the host.
    #[default]
    Agentless,
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
pub struct ImportPlan {
    /// Unique on the array, 1 to 128 characters.
    pub name: String,
    /// Free text, up to 128 characters; empty for none.
    pub description: String,
    /// Id of the array that holds the source.
    pub remote_system: String,
    /// Id of the source volume or consistency group.
    pub source: String,
    /// How it is imported.
    pub kind: PlanKind,
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
}

impl ImportPlan {
    /// The name of the session that it asks for.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The body of the create. What is off is said too: the vendor's papers disagree about its absence.
    pub fn body(&self) -> Vec<u8> {
        let mut body = Object::new()
            .text("name", &self.name)
            .text("remote_system_id", &self.remote_system)
            .text("source_resource_id", &self.source)
            .text(
                "type",
                match self.kind {
                    PlanKind::NonDisruptive => "Non_Disruptive",
                    PlanKind::Agentless => "Agentless",
                },
            )
            .flag("automatic_cutover", self.automatic_cutover);
        for (name, value) in [
            ("description", Some(&self.description)),
            ("volume_group_id", self.volume_group.as_ref()),
            ("protection_policy_id", self.policy.as_ref()),
            ("global_storage_discovery_address", Some(&self.discovery_address)),
        ] {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                body = body.text(name, value);
            }
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
