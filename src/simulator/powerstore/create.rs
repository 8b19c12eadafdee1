//! What `POST /import_session` asks for, checked field by field: first the form of everything (400),
//! then whether the name is free (400), then what it points to (422).

use http::StatusCode;

use super::body::Body;
use super::errors::{self, Problem};
use crate::lifecycle::Release;
use crate::simulator::source::{Source, criteria_label};
use crate::simulator::tree::Tree;
use crate::simulator::world::{Array, Draft, Kind, Named, addressed};
use crate::words::folded;

/// Letters of a name or a description at most.
const LONGEST: usize = 128;
/// Signs that mean something in addresses or in markup: not for names.
const HTTP_SIGNS: &str = "/?#%&=+:;@<>\"'\\";

/// The keys of the body, with the release that brought them.
const KEYS: [(&str, Release); 14] = [
    ("name", Release::OLDEST),
    ("remote_system_id", Release::OLDEST),
    ("source_resource_id", Release::OLDEST),
    ("description", Release::OLDEST),
    ("volume_group_id", Release::OLDEST),
    ("automatic_cutover", Release::OLDEST),
    ("protection_policy_id", Release::OLDEST),
    ("scheduled_timestamp", Release::OLDEST),
    ("type", Release([1, 0, 2, 0])),
    (HOSTS, Release([1, 0, 2, 0])),
    (MEMBER_HOSTS, Release([1, 0, 2, 0])),
    (HOST_GROUPS, Release([2, 0, 0, 0])),
    (MEMBER_HOST_GROUPS, Release([2, 0, 0, 0])),
    ("global_storage_discovery_address", Release([3, 0, 0, 0])),
];
const HOSTS: &str = "host_ids";
const HOST_GROUPS: &str = "host_group_ids";
const MEMBER_HOSTS: &str = "consistency_group_member_host_ids";
const MEMBER_HOST_GROUPS: &str = "consistency_group_member_host_group_ids";

/// The hosts or host groups of one member of a group.
struct Mapping {
    wwn: String,
    ids: Vec<String>,
}

/// Who uses the new volumes. The simulation checks it and has no use for it.
struct Users {
    hosts: Vec<String>,
    host_groups: Vec<String>,
    member_hosts: Vec<Mapping>,
    member_host_groups: Vec<Mapping>,
}

/// Reads and checks a create.
pub fn draft(array: &Array, body: &Body, now: i64) -> Result<Draft, Problem> {
    let known: Vec<&str> = KEYS.iter().filter(|(_, since)| *since <= array.release).map(|(key, _)| *key).collect();
    body.only(&known)?;
    let name = name(body)?;
    let (remote_system, source) = (body.needed("remote_system_id")?, body.needed("source_resource_id")?);
    let description = description(body)?;
    let kind = match body.text("type")?.as_deref() {
        None | Some("Non_Disruptive") => Kind::NonDisruptive,
        Some("Agentless") => Kind::Agentless,
        Some(other) => return Err(Problem::schema(format!("type: {other} is not a type of import session."))),
    };
    let users = Users {
        hosts: body.texts(HOSTS)?,
        host_groups: body.texts(HOST_GROUPS)?,
        member_hosts: mappings(body, MEMBER_HOSTS, "host_ids")?,
        member_host_groups: mappings(body, MEMBER_HOST_GROUPS, "host_group_ids")?,
    };
    let automatic_cutover = body.flag("automatic_cutover")?.unwrap_or(false);
    let discovery_address = body.text("global_storage_discovery_address")?;
    if discovery_address.as_deref().is_some_and(|address| !is_address(address)) {
        return Err(Problem::schema(
            "global_storage_discovery_address is neither an IPv4 address nor a full host name.",
        ));
    }
    let (volume_group, policy) = (body.text("volume_group_id")?, body.text("protection_policy_id")?);
    let scheduled = body.time("scheduled_timestamp")?;

    if array.session_names.contains_key(&folded(&name)) {
        return Err(Problem::new(
            StatusCode::BAD_REQUEST,
            errors::NAME_TAKEN,
            format!("name: there is an import session {name} already."),
        ));
    }

    if let Some(time) = scheduled {
        ahead(time, now)?;
    }
    let remote = found(&array.remote_systems, "remote_system_id", "remote system", &remote_system)?;
    let source = array
        .sources
        .get(&source)
        .filter(|found| found.remote_system == remote.id)
        .ok_or_else(|| missing("source_resource_id", &format!("source on {}", remote.name), &source))?;
    importable(array, source, kind)?;
    users.check(array, source, kind)?;
    let volume_group = match volume_group {
        Some(_) if source.is_group() => {
            return Err(inconsistent("volume_group_id", "a consistency group becomes a volume group of its own."));
        }
        Some(group) => Some(found(&array.volume_groups, "volume_group_id", "volume group", &group)?.id.clone()),
        None => None,
    };
    let policy = policy.map(|policy| found(&array.policies, "protection_policy_id", "protection policy", &policy));
    Ok(Draft {
        name,
        description,
        kind,
        remote_system: remote.id.clone(),
        source: source.id.clone(),
        automatic_cutover,
        protection_policy: policy.transpose()?.map(|policy| policy.id.clone()),
        volume_group,
        scheduled,
        discovery_address,
        parent: None,
    })
}

/// 422 unless `time` is ahead.
pub fn ahead(time: i64, now: i64) -> Result<(), Problem> {
    if time <= now {
        return Err(refused(errors::TIME_PASSED, "scheduled_timestamp", "the scheduled time is not in the future."));
    }
    Ok(())
}

fn name(body: &Body) -> Result<String, Problem> {
    let name = body.needed("name")?;
    if name.is_empty() || name.chars().count() > LONGEST || is_wrong_name(&name) {
        return Err(Problem::schema(format!(
            "name must have 1 to {LONGEST} letters, without white space, unprintable letters and any of {HTTP_SIGNS}"
        )));
    }
    Ok(name)
}

/// At most so many letters, all printable.
pub fn description(body: &Body) -> Result<Option<String>, Problem> {
    let description = body.text("description")?;
    if description.as_ref().is_some_and(|text| text.chars().count() > LONGEST || text.contains(unprintable)) {
        return Err(Problem::schema(format!("description must have at most {LONGEST} letters, all printable.")));
    }
    Ok(description)
}

/// True for a name with white space, letters that are not to be seen, or signs that mean something.
pub fn is_wrong_name(name: &str) -> bool {
    name.contains(|letter: char| letter.is_whitespace() || unprintable(letter) || HTTP_SIGNS.contains(letter))
}

/// Letters that are not to be seen, and those that turn the direction of others.
fn unprintable(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// An IPv4 address, or a host name with its domain.
fn is_address(text: &str) -> bool {
    if text.parse::<core::net::Ipv4Addr>().is_ok() {
        return true;
    }
    let labels: Vec<&str> = text.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_number = |label: &&str| label.bytes().all(|byte| byte.is_ascii_digit());
    text.len() <= 253 && labels.len() > 1 && labels.iter().all(is_label) && !labels.last().is_some_and(is_number)
}

fn mappings(body: &Body, key: &str, ids: &str) -> Result<Vec<Mapping>, Problem> {
    let read = |mapping: &Body| {
        mapping.only(&["volume_wwn", ids])?;
        Ok(Mapping { wwn: mapping.needed("volume_wwn")?, ids: mapping.texts(ids)? })
    };
    body.objects(key)?.iter().map(read).collect()
}

/// Whether the source can be imported in this way.
fn importable(array: &Array, source: &Source, kind: Kind) -> Result<(), Problem> {
    let field = "source_resource_id";
    let group = source.group.as_ref().and_then(|id| array.sources.get(id));
    if let Some(group) = group.filter(|_| !array.is_left_over(source)) {
        let words = format!("volume {} belongs to consistency group {}: import the group.", source.name, group.name);
        return Err(refused(errors::SOURCE_NOT_READY, field, &words));
    }
    let word = if source.session.is_some() { "In_Progress" } else { source.fitness(&array.sources) };
    match word {
        "Ready" => Ok(()),
        "Ready_For_Agentless_Import" if kind == Kind::Agentless => Ok(()),
        "Ready_For_Agentless_Import" => {
            let words = format!("{} can be imported agentless only.", source.name);
            Err(refused(errors::INCONSISTENT, "type", &words))
        }
        word => {
            let words = format!("{} cannot be imported: {}.", source.name, criteria_label(word));
            Err(refused(errors::SOURCE_NOT_READY, field, &words))
        }
    }
}

impl Users {
    fn check(&self, array: &Array, source: &Source, kind: Kind) -> Result<(), Problem> {
        let of_all = [(HOSTS, self.hosts.is_empty()), (HOST_GROUPS, self.host_groups.is_empty())];
        let of_members =
            [(MEMBER_HOSTS, self.member_hosts.is_empty()), (MEMBER_HOST_GROUPS, self.member_host_groups.is_empty())];
        let given = |keys: [(&'static str, bool); 2]| keys.into_iter().find(|(_, empty)| !empty).map(|(key, _)| key);
        let (for_all, for_members) = (given(of_all), given(of_members));
        if let (Some(key), Kind::NonDisruptive) = (for_all.or(for_members), kind) {
            return Err(inconsistent(key, "hosts are named for agentless imports only."));
        }
        match (for_all, for_members) {
            (_, Some(key)) if !source.is_group() => {
                return Err(inconsistent(key, "the source is no consistency group."));
            }
            (Some(all), Some(key)) => {
                return Err(inconsistent(key, &format!("not together with {all}.")));
            }
            _ => {}
        }
        hosts(array, HOSTS, &self.hosts)?;
        host_groups(array, HOST_GROUPS, &self.host_groups)?;
        for mapping in &self.member_hosts {
            member(array, source, MEMBER_HOSTS, &mapping.wwn)?;
            hosts(array, MEMBER_HOSTS, &mapping.ids)?;
        }
        for mapping in &self.member_host_groups {
            member(array, source, MEMBER_HOST_GROUPS, &mapping.wwn)?;
            host_groups(array, MEMBER_HOST_GROUPS, &mapping.ids)?;
        }
        Ok(())
    }
}

fn hosts(array: &Array, field: &str, addresses: &[String]) -> Result<(), Problem> {
    addresses.iter().try_for_each(|address| found(&array.hosts, field, "host", address).map(|_| ()))
}

fn host_groups(array: &Array, field: &str, addresses: &[String]) -> Result<(), Problem> {
    addresses.iter().try_for_each(|address| found(&array.host_groups, field, "host group", address).map(|_| ()))
}

fn member(array: &Array, source: &Source, field: &str, wwn: &str) -> Result<(), Problem> {
    let mut members = source.members.iter().flatten().filter_map(|id| array.sources.get(id));
    match members.any(|member| member.wwn.eq_ignore_ascii_case(wwn)) {
        true => Ok(()),
        false => Err(missing(field, &format!("member of {}", source.name), wwn)),
    }
}

/// The object that `field` names by its id or name, else 422.
pub fn found<'a, T: Named>(all: &'a Tree<String, T>, field: &str, kind: &str, address: &str) -> Result<&'a T, Problem> {
    addressed(all, address).ok_or_else(|| missing(field, kind, address))
}

fn missing(field: &str, kind: &str, address: &str) -> Problem {
    refused(errors::NO_OBJECT, field, &format!("there is no {kind} with the id or name {address}."))
}

fn inconsistent(field: &str, words: &str) -> Problem {
    refused(errors::INCONSISTENT, field, words)
}

/// 422 with the field in the words and as the argument.
pub fn refused(code: &str, field: &str, words: &str) -> Problem {
    let mut problem = Problem::refused(code, format!("{field}: {words}"));
    problem.arguments.push(field.to_owned());
    problem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_ipv4_or_a_full_host_name() {
        for right in ["192.0.2.1", "iscsi.example.com", "a-1.b", "x1.y2"] {
            assert!(is_address(right), "{right}");
        }
        let long = format!("{}.com", "a".repeat(64));
        for wrong in ["", "host", "192.0.2.256", "1.2.3", "2001:db8::1", "a..b", "-a.b", "a-.b", "a b.c", "ü.de", &long]
        {
            assert!(!is_address(wrong), "{wrong}");
        }
    }

    #[test]
    fn letters_that_cannot_be_seen_are_unprintable() {
        assert!(['\u{7}', '\u{200B}', '\u{202E}', '\u{FEFF}', '\n'].into_iter().all(unprintable));
        assert!(!['ä', '会', '🚀', ' ', '<'].into_iter().any(unprintable));
    }
}
