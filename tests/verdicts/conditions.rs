//! What an answer depends on: the fewest circumstances that decide it, and words for them.

use array_console::lifecycle::{
    ActionId, Circumstance, Circumstances, Kind, Lifecycle, NodeId, Origin, Release, Trigger, Verdict, verdict,
};

/// The release that the answers are for: no action is too young for it.
pub const RELEASE: Release = Release([4, 1, 0, 0]);

/// An answer, and the circumstances under which it is given; all of them together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub when: Vec<(Circumstance, bool)>,
    pub verdict: Verdict,
}

impl Answer {
    /// True when what is known is what the answer is for.
    pub fn fits(&self, known: Circumstances) -> bool {
        self.when.iter().all(|(circumstance, value)| known.get(*circumstance) == Some(*value))
    }
}

/// Every answer to `action` in `node`: they exclude each other, and together leave nothing out.
pub fn answers(table: &'static Lifecycle, node: NodeId, action: ActionId) -> Vec<Answer> {
    let shown = table.node(node).unwrap().shown;
    let fixed =
        shown.iter().fold(Circumstances::UNKNOWN, |known, guard| known.with(guard.circumstance, Some(guard.wanted)));
    let rows = table.transitions.iter().filter(|row| {
        row.trigger == Trigger::Action(action) && row.from != Origin::Nothing && row.from.contains(Some(node))
    });
    let mut open: Vec<Circumstance> = rows.flat_map(|row| row.guards).map(|guard| guard.circumstance).collect();
    open.sort_unstable();
    open.dedup();
    open.retain(|circumstance| fixed.get(*circumstance).is_none());
    Question { table, node, action }.split(fixed, &open)
}

struct Question {
    table: &'static Lifecycle,
    node: NodeId,
    action: ActionId,
}

impl Question {
    fn verdict(&self, known: Circumstances) -> Verdict {
        verdict(self.table, Some(self.node), self.action, known, Some(RELEASE))
    }

    /// The verdict, if it is the same whatever the open circumstances are.
    fn settled(&self, known: Circumstances, open: &[Circumstance]) -> Option<Verdict> {
        let Some((first, rest)) = open.split_first() else { return Some(self.verdict(known)) };
        let yes = self.settled(known.with(*first, Some(true)), rest)?;
        let no = self.settled(known.with(*first, Some(false)), rest)?;
        (yes == no).then_some(yes)
    }

    /// The shortest way to ask: by the circumstance that leaves the fewest answers.
    fn split(&self, known: Circumstances, open: &[Circumstance]) -> Vec<Answer> {
        if let Some(verdict) = self.settled(known, open) {
            return vec![Answer { when: Vec::new(), verdict }];
        }
        let ways = open.iter().map(|first| {
            let rest: Vec<Circumstance> = open.iter().copied().filter(|other| other != first).collect();
            let mut all = Vec::new();
            for value in [true, false] {
                let part = self.split(known.with(*first, Some(value)), &rest);
                all.extend(part.into_iter().map(|answer| Answer {
                    when: std::iter::once((*first, value)).chain(answer.when).collect(),
                    ..answer
                }));
            }
            all
        });
        ways.min_by_key(Vec::len).unwrap()
    }
}

/// The circumstance, or its opposite, in a few words.
pub fn words(kind: Kind, circumstance: Circumstance, value: bool) -> String {
    use Circumstance::*;
    let (yes, no) = match circumstance {
        Agentless => ("agentless", "with a host agent"),
        Member if kind == Kind::Replication => ("file system of a NAS server", "by itself"),
        Member => ("member of a group", "alone"),
        AutomaticCutover => ("automatic cutover", "no automatic cutover"),
        Forced => ("with force", "without force"),
        SourceSide => ("at the source", "at the destination"),
        LinkUp => ("other array reached", "other array not reached"),
        PausedLocally => ("this end alone paused", "both ends paused"),
        TestRunning => ("failover test running", "no failover test"),
        FromSnapshot => ("from a snapshot", "no snapshot chosen"),
        OnTestCopy => ("on the test copy", "not on the test copy"),
        Metro => ("metro", "synchronous"),
        Preferred => ("preferred end", "other end preferred"),
        RescanDone => ("hosts rescanned", "hosts not rescanned"),
        CauseMended => ("cause mended", "cause not mended"),
        MembersLeft => ("a member has not come to its end", "all members have come to their end"),
        Stoppable => ("can be stopped", "cannot be stopped"),
        EndedWithError => ("ended with an error", "ended with success"),
        PurgingErrors => ("with the switch", "without the switch"),
        SourceWithheld => ("hosts kept from the source", "hosts not kept from the source"),
        _ => return format!("{}: {}", circumstance.question(), if value { "yes" } else { "no" }),
    };
    (if value { yes } else { no }).to_owned()
}
