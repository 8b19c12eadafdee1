//! The shape of the lists, and where a table contradicts them.

use array_console::lifecycle::{
    Circumstance, Circumstances, Doubt, Effect, Kind, Lifecycle, NodeId, Outcome, Release, Trigger, Verdict, verdict,
};

/// Operation or event, sorts of sessions, states before, state after (`gone`, or `same`). The name may be
/// followed by what is the case, such as ` by force`, or by ` perhaps` for an operation whose states before are
/// not on paper, but whose state after is, or by ` at both ends` or ` at this end only` where the papers tell
/// whether the other end of a replication follows. What the letters of the sorts and these words stand
/// for is told by each kind's own [`Papers::given`].
pub type Taken = (&'static str, &'static [&'static str], &'static [&'static str], &'static str);

/// Operation, sorts of sessions, states.
pub type Refused = (&'static str, &'static [&'static str], &'static [&'static str]);

/// State of the group, states of its members, the event that follows from them (`-` for none).
pub type Derived = (&'static str, &'static [&'static str], &'static str);

/// Operation or event of the group, states before, what its members do.
pub type HandedOn = (&'static str, &'static [&'static str], &'static [&'static str]);

/// What the papers say of one kind of work.
#[derive(Clone, Copy)]
pub struct Papers {
    pub table: &'static Lifecycle,
    /// What is the case for a sort of session and a line.
    pub given: fn(&str, &str) -> Circumstances,
    /// Its states, copied from the description's enumeration.
    pub states: &'static [&'static str],
    pub taken: &'static [Taken],
    /// The only states in which the operation is not refused (also those where nobody knows).
    pub refused_but_in: &'static [Refused],
    /// States in which the papers say no.
    pub refused: &'static [Refused],
    /// The import that is refused when its source is not ready, where the papers say so.
    pub create: Option<&'static str>,
    pub derived: &'static [Derived],
    pub handed_on: &'static [HandedOn],
    /// So many ways to spoil the table there are at least.
    pub mutants: usize,
}

/// Imports are told by two letters: `S` a volume alone, `M` a member of a group, `G` a group; `A`
/// agentless, `N` with a host agent. Of file imports, migrations and jobs there is one sort each. Words of a
/// line: ` by force`, ` with members left`, ` on this side`, ` at once`, ` once mended`, ` after the rescan`,
/// ` with hosts to rescan`, ` with hosts to rescan by hand`, ` waiting for a person`.
pub fn of_imports(import: &str, line: &str) -> Circumstances {
    Circumstances::UNKNOWN
        .with(Circumstance::Agentless, Some(import.ends_with('A')))
        .with(Circumstance::Member, Some(import.starts_with('M')))
        .with(Circumstance::ScheduleAhead, Some(!line.ends_with("at once")))
        .with(Circumstance::SourceReady, Some(true))
        .with(Circumstance::HeadOfQueue, Some(true))
        .with(Circumstance::SlotFree, Some(true))
        .with(Circumstance::AutomaticCutover, Some(!line.ends_with("waiting for a person")))
        .with(Circumstance::ReplicatingPolicy, Some(true))
        .with(Circumstance::Forced, Some(line.ends_with("by force")))
        .with(Circumstance::CameFromCancel, Some(false))
        .with(Circumstance::RecordMatches, Some(true))
        .with(Circumstance::MembersLeft, Some(line.ends_with("with members left")))
        .with(Circumstance::SourceWithheld, Some(!line.ends_with("on this side")))
        .with(Circumstance::RescanByArray, Some(line.ends_with("hosts to rescan")))
        .with(Circumstance::RescanByHand, Some(line.ends_with("by hand")))
        .with(Circumstance::RescanDone, Some(line.ends_with("after the rescan")))
        .with(Circumstance::CauseMended, Some(line.ends_with("once mended")))
}

fn trigger(table: &Lifecycle, line: &str) -> Trigger {
    let name = line.split(' ').next().unwrap();
    let action = table.action_named(name).map(Trigger::Action);
    action.or_else(|| table.event_named(name).map(Trigger::Event)).unwrap_or_else(|| panic!("no {name}"))
}

fn state(table: &Lifecycle, name: &str) -> Option<NodeId> {
    if name == "-" { None } else { Some(table.node_named(name).unwrap_or_else(|| panic!("no state {name}"))) }
}

impl Papers {
    /// The first line of the papers that `table` contradicts.
    pub fn contradiction(&self, table: &Lifecycle) -> Option<String> {
        self.in_what_is_taken(table)
            .or_else(|| self.in_what_is_refused(table))
            .or_else(|| self.in_what_follows_from_members(table))
            .or_else(|| self.in_what_is_handed_on(table))
    }

    fn in_what_is_taken(&self, table: &Lifecycle) -> Option<String> {
        let release = Release::parse("4.1.0.0");
        for (line, imports, before, after) in self.taken {
            for (import, from) in imports.iter().flat_map(|import| before.iter().map(move |from| (*import, *from))) {
                let (trigger, given) = (trigger(table, line), (self.given)(import, line));
                let row = table.follow(state(table, from), trigger, given);
                let carried = row.is_some_and(|row| row.effects.contains(&Effect::BothEnds));
                if line.ends_with("at both ends") && !carried || line.ends_with("at this end only") && carried {
                    return Some(format!("{line} on {import} in {from}, the table carries it: {carried}"));
                }
                let outcome = row.map(|row| row.outcome);
                let wanted = match *after {
                    "gone" => Outcome::Gone,
                    "same" => Outcome::Unchanged,
                    after => Outcome::Node(state(table, after).unwrap()),
                };
                if outcome != Some(wanted) {
                    return Some(format!("{line} on {import} in {from} leads to {after}, the table says {outcome:?}"));
                }
                if let (Trigger::Action(action), Some(node)) = (trigger, state(table, from)) {
                    let allowed = match verdict(table, Some(node), action, given, release) {
                        Verdict::Uncertain(Doubt::ProbablyAccepted(_)) => line.ends_with(" perhaps"),
                        answer => answer == Verdict::Allowed,
                    };
                    if !allowed {
                        return Some(format!("{line} on {import} in {from} is allowed"));
                    }
                }
            }
        }
        None
    }

    fn in_what_is_refused(&self, table: &Lifecycle) -> Option<String> {
        let release = Release::parse("4.1.0.0");
        let refused = |line: &str, import: &str, name: &str| {
            let Trigger::Action(action) = trigger(table, line) else { panic!("{line} is no operation") };
            let answer = verdict(table, state(table, name), action, (self.given)(import, line), release);
            (!matches!(answer, Verdict::Refused(_)))
                .then(|| format!("{line} on {import} in {name} is refused, the table says {answer:?}"))
        };
        for (line, imports, but) in self.refused_but_in {
            for import in *imports {
                for name in self.states.iter().filter(|name| !but.contains(name)) {
                    if let Some(found) = refused(line, import, name) {
                        return Some(found);
                    }
                }
            }
        }
        for (line, imports, names) in self.refused {
            for (import, name) in imports.iter().flat_map(|import| names.iter().map(move |name| (import, name))) {
                if let Some(found) = refused(line, import, name) {
                    return Some(found);
                }
            }
        }
        let not_ready = (self.given)(self.create?, "create").with(Circumstance::SourceReady, Some(false));
        let created = table.follow(None, trigger(table, "create"), not_ready).map(|row| row.outcome);
        (!matches!(created, Some(Outcome::Refused(_)))).then(|| "a source that is not ready is refused".to_owned())
    }

    fn in_what_follows_from_members(&self, table: &Lifecycle) -> Option<String> {
        let of_members = table.members.map(Kind::lifecycle);
        for (name, members, event) in self.derived {
            let nodes: Vec<NodeId> = members.iter().map(|name| state(of_members.unwrap(), name).unwrap()).collect();
            let found = table.derived(state(table, name).unwrap(), &nodes, (self.given)("GA", event));
            let found = found.and_then(|event| table.event(event)).map_or("-", |event| event.name);
            if found != *event {
                return Some(format!("{members:?} in {name} make {event}, the table says {found}"));
            }
        }
        None
    }

    fn in_what_is_handed_on(&self, table: &Lifecycle) -> Option<String> {
        let of_members = table.members.map(Kind::lifecycle);
        for (line, before, members) in self.handed_on {
            let wanted: Vec<Trigger> = members.iter().map(|name| trigger(of_members.unwrap(), name)).collect();
            for from in *before {
                let given = (self.given)("GA", line);
                let row = table.follow(state(table, from), trigger(table, line), given);
                let effects = row.map_or(&[][..], |row| row.effects).iter();
                let found: Vec<Trigger> = effects
                    .filter_map(|effect| if let Effect::Members(trigger) = effect { Some(*trigger) } else { None })
                    .collect();
                if found != wanted {
                    return Some(format!("{line} in {from} makes the members {members:?}, the table says {found:?}"));
                }
            }
        }
        None
    }
}
