//! What a person has typed into the form of a new import, file import or migration, and how it stands in the address: a reload, a
//! login or going back loses nothing, and a link can fill the form in.

use super::route::{coded, decoded, pairs};
use crate::array::check::PlanField;
use crate::array::entry;
use crate::array::plan::{MemberHosts, Plan, PlanKind};
use crate::wire::powerstore::Resource;
use crate::wire::time;

/// The form as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// What was chosen and typed, also what does not apply at present.
    pub plan: Plan,
    /// The source is a group.
    pub is_group: bool,
    /// It shall start later, though perhaps no time is typed yet.
    pub later: bool,
    /// The hosts differ from member to member.
    pub per_member: bool,
}

impl Draft {
    /// The empty form of this collection.
    pub fn of(resource: Resource) -> Draft {
        Draft { plan: Plan { resource, ..Plan::default() }, ..Draft::default() }
    }

    /// Fills a field of text, or of one choice, in. Another remote system has other sources.
    pub fn set_field(&mut self, field: PlanField, value: String) {
        self.plan.set(field, value);
        if field == PlanField::RemoteSystem && self.plan.resource == Resource::Import {
            self.plan.source.clear();
            self.plan.member_hosts.clear();
        }
    }

    /// The same without what is kept nowhere.
    #[must_use]
    pub fn public(&self) -> Draft {
        let mut public = self.clone();
        public.plan.forget_secrets();
        public
    }

    /// What would be sent: hosts belong to agentless imports, members' hosts to groups that want them, a
    /// volume group to single volumes, a time to those that start later.
    pub fn plan(&self) -> Plan {
        let mut plan = self.plan.clone();
        let agentless = plan.kind == Some(PlanKind::Agentless);
        let members = agentless && self.is_group && self.per_member;
        if members || !agentless {
            plan.hosts.clear();
            plan.host_groups.clear();
        }
        if !members {
            plan.member_hosts.clear();
        }
        if self.is_group {
            plan.volume_group = None;
        }
        if !self.later {
            plan.scheduled = None;
        }
        match plan.resource {
            Resource::FileImport => Plan {
                kind: None,
                volume_group: None,
                automatic_cutover: false,
                discovery_address: String::new(),
                ..plan
            },
            Resource::Migration => {
                let kind = if self.is_group { "volume_group" } else { "volume" };
                plan.set(PlanField::More("resource_type"), kind.to_owned());
                Plan {
                    resource: Resource::Migration,
                    name: plan.name,
                    source: plan.source,
                    automatic_cutover: plan.automatic_cutover,
                    more: plan.more,
                    ..Plan::default()
                }
            }
            _ => plan,
        }
    }

    /// The same for another source: all but the name, the source and its members.
    #[must_use]
    pub fn another(&self) -> Draft {
        let mut next = self.clone();
        next.plan.name.clear();
        next.plan.source.clear();
        next.plan.member_hosts.clear();
        next.plan.forget_secrets();
        next
    }

    /// Takes hosts or host groups of a member on or off; a member that has none left is forgotten.
    pub fn set_member(&mut self, wwn: &str, id: &str, is_host_group: bool, on: bool) {
        let members = &mut self.plan.member_hosts;
        if !members.iter().any(|member| member.wwn == wwn) {
            members.push(MemberHosts { wwn: wwn.to_owned(), ..MemberHosts::default() });
        }
        for member in members.iter_mut().filter(|member| member.wwn == wwn) {
            set(if is_host_group { &mut member.host_groups } else { &mut member.hosts }, id, on);
        }
        members.retain(|member| !member.hosts.is_empty() || !member.host_groups.is_empty());
    }

    /// Takes a common host or host group on or off.
    pub fn set_common(&mut self, id: &str, is_host_group: bool, on: bool) {
        set(if is_host_group { &mut self.plan.host_groups } else { &mut self.plan.hosts }, id, on);
    }

    /// Reads the query of an address. What it does not know, and times that are none, it leaves out.
    pub(super) fn parse(resource: Resource, query: &str) -> Draft {
        let mut draft = Draft::of(resource);
        let plan = &mut draft.plan;
        for (key, value) in pairs(query) {
            let text = || decoded(value);
            let some = || Some(decoded(value)).filter(|id| !id.is_empty());
            match key {
                "remote" => plan.remote_system = text(),
                "source" => plan.source = text(),
                "group" => draft.is_group = value == YES,
                "name" => plan.name = text(),
                "description" => plan.description = text(),
                "type" => plan.kind = PlanKind::named(value),
                "hosts" => plan.hosts = ids(value),
                "host_groups" => plan.host_groups = ids(value),
                "each" => draft.per_member = value == YES,
                "member" => plan.member_hosts.extend(member(value)),
                "volume_group" => plan.volume_group = some(),
                "policy" => plan.policy = some(),
                "cutover" => plan.automatic_cutover = value == AUTOMATIC,
                "later" => draft.later = value == YES,
                "at" => plan.scheduled = time::parse(&decoded(value)),
                "address" => plan.discovery_address = text(),
                key => {
                    if let Some(entry) = entry::named(resource, key).filter(|entry| !entry.is_secret()) {
                        plan.set(PlanField::More(entry.key), text());
                    }
                }
            }
        }
        draft
    }

    /// What differs from the empty form, values percent-coded.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let plan = &self.plan;
        let yes = |on: bool| if on { YES.to_owned() } else { String::new() };
        let some = |id: &Option<String>| id.as_deref().map(coded).unwrap_or_default();
        let mut pairs = vec![
            ("remote", coded(&plan.remote_system)),
            ("source", coded(&plan.source)),
            ("group", yes(self.is_group)),
            ("name", coded(&plan.name)),
            ("description", coded(&plan.description)),
            ("type", plan.kind.map_or("", PlanKind::name).to_owned()),
            ("hosts", joined(&plan.hosts)),
            ("host_groups", joined(&plan.host_groups)),
            ("each", yes(self.per_member)),
            ("volume_group", some(&plan.volume_group)),
            ("policy", some(&plan.policy)),
            ("cutover", if plan.automatic_cutover { AUTOMATIC.to_owned() } else { String::new() }),
            ("later", yes(self.later)),
            ("at", plan.scheduled.map(|at| coded(&time::format(at))).unwrap_or_default()),
            ("address", coded(&plan.discovery_address)),
        ];
        for MemberHosts { wwn, hosts, host_groups } in &plan.member_hosts {
            pairs.push(("member", format!("{}:{}:{}", coded(wwn), joined(hosts), joined(host_groups))));
        }
        let public = plan.more.iter().filter(|(key, _)| !entry::is_secret(key));
        pairs.extend(public.map(|(key, value)| (*key, coded(value))));
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
    }
}

const YES: &str = "yes";
const AUTOMATIC: &str = "automatic";

fn set(ids: &mut Vec<String>, id: &str, on: bool) {
    ids.retain(|other| other != id);
    if on {
        ids.push(id.to_owned());
    }
}

fn joined(ids: &[String]) -> String {
    ids.iter().map(|id| coded(id)).collect::<Vec<_>>().join(",")
}

fn ids(value: &str) -> Vec<String> {
    value.split(',').map(decoded).filter(|id| !id.is_empty()).collect()
}

fn member(value: &str) -> Option<MemberHosts> {
    let mut parts = value.split(':');
    let wwn = decoded(parts.next()?);
    let mut next = || parts.next().map(ids).unwrap_or_default();
    Some(MemberHosts { wwn, hosts: next(), host_groups: next() })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::array::plan::tests::any_plan;
    use proptest::prelude::*;

    pub(in crate::fleet) fn any_draft() -> impl Strategy<Value = Draft> {
        let resource = prop_oneof![Just(Resource::Import), Just(Resource::FileImport), Just(Resource::Migration)];
        let all = (any_plan(), any::<bool>(), any::<bool>(), any::<bool>(), resource, any::<String>());
        all.prop_map(|(plan, is_group, later, per_member, resource, more)| {
            let mut draft = Draft { plan: Plan { resource, ..plan }, is_group, later, per_member };
            for entry in entry::of_create(resource).iter().filter(|entry| !entry.is_secret()) {
                draft.plan.set(PlanField::More(entry.key), more.clone());
            }
            draft
        })
    }

    fn parse(query: &str) -> Draft {
        Draft::parse(Resource::Import, query)
    }

    #[test]
    fn a_password_is_in_no_address_and_a_migration_says_nothing_of_an_import() {
        let mut draft = Draft::parse(Resource::FileImport, "source_smb_admin_username=a&source_smb_admin_password=b");
        assert_eq!(draft.plan.more.len(), 1, "nor is it read from one");
        draft.set_field(PlanField::More("source_smb_admin_password"), "b".to_owned());
        assert_eq!(draft.pairs(), [("source_smb_admin_username", "a".to_owned())]);
        assert_eq!((draft.plan().more.len(), draft.public().plan.more.len()), (2, 1));
        let link = "source=v1&remote=r&policy=p&description=d&type=Agentless&at=2026-11-22T06:00:00Z&later=yes";
        let sent = Draft::parse(Resource::Migration, link).plan();
        let more = vec![("resource_type", "volume".to_owned())];
        let wanted = Plan { resource: Resource::Migration, source: "v1".to_owned(), more, ..Plan::default() };
        assert_eq!(sent, wanted);
    }

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[test]
    fn a_link_fills_the_form_in() {
        let draft = parse(
            "remote=r1&source=sv%201&name=a&type=Agentless&hosts=h1,h2&cutover=automatic&at=2026-11-22T06:00:00Z&later=yes&colour=red",
        );
        assert_eq!((draft.plan.remote_system.as_str(), draft.plan.source.as_str()), ("r1", "sv 1"));
        assert_eq!(draft.plan.kind, Some(PlanKind::Agentless));
        assert_eq!(draft.plan.hosts, ids(&["h1", "h2"]));
        assert!(draft.plan.automatic_cutover && draft.later && !draft.is_group);
        assert_eq!(draft.plan.scheduled, time::parse("2026-11-22T06:00:00Z"));
        let strange = parse("type=Telepathic&at=soon&policy=&group=perhaps&member=");
        assert_eq!((strange.plan.kind, strange.plan.scheduled, strange.plan.policy), (None, None, None));
        assert!(!strange.is_group);
    }

    #[test]
    fn what_does_not_apply_stays_typed_and_is_not_sent() {
        let mut draft = Draft::default();
        draft.set_common("h1", false, true);
        draft.set_common("g1", true, true);
        draft.set_member("w1", "h2", false, true);
        draft.plan.volume_group = Some("v".to_owned());
        draft.plan.scheduled = Some(1);
        draft.plan.kind = Some(PlanKind::NonDisruptive);
        let sent = draft.plan();
        assert!(sent.hosts.is_empty() && sent.host_groups.is_empty() && sent.member_hosts.is_empty());
        assert_eq!((sent.scheduled, sent.volume_group.as_deref()), (None, Some("v")));
        draft.plan.kind = Some(PlanKind::Agentless);
        assert_eq!((draft.plan().hosts, draft.plan().host_groups), (ids(&["h1"]), ids(&["g1"])));
        assert!(draft.plan().member_hosts.is_empty());
        (draft.is_group, draft.per_member, draft.later) = (true, true, true);
        let sent = draft.plan();
        assert!(sent.hosts.is_empty() && sent.host_groups.is_empty() && sent.volume_group.is_none());
        assert_eq!((sent.member_hosts.len(), sent.scheduled), (1, Some(1)));
    }

    #[test]
    fn a_member_without_hosts_is_forgotten() {
        let mut draft = Draft::default();
        draft.set_member("w1", "h1", false, true);
        draft.set_member("w1", "g1", true, true);
        draft.set_member("w1", "h1", false, true);
        assert_eq!(
            draft.plan.member_hosts,
            [MemberHosts { wwn: "w1".to_owned(), hosts: ids(&["h1"]), host_groups: ids(&["g1"]) }]
        );
        draft.set_member("w1", "h1", false, false);
        draft.set_member("w1", "g1", true, false);
        assert!(draft.plan.member_hosts.is_empty());
    }

    #[test]
    fn another_one_keeps_all_but_name_and_source() {
        let mut draft = parse("remote=r1&source=s&name=a&hosts=h1&policy=p&cutover=automatic");
        draft.set_member("w1", "h2", false, true);
        let next = draft.another();
        assert_eq!(next, parse("remote=r1&hosts=h1&policy=p&cutover=automatic"));
    }
}
