//! The circumstances of a session, known or unknown, and the guards that read them.

/// One yes-or-no fact about a session that a rule may depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Circumstance {
    /// The import is agentless: a person reconfigures the host. Its opposite uses the host's agent.
    Agentless,
    /// The session belongs to the session of a consistency group or of a NAS server.
    Member,
    /// The time asked for lies in the future, by the array's clock.
    ScheduleAhead,
    /// The source can be imported: ready for migration, in no unfinished import, the name not taken.
    SourceReady,
    /// This session is the first of the queue.
    HeadOfQueue,
    /// The limit of active imports is not reached.
    SlotFree,
    /// The array cuts over by itself once all data is copied.
    AutomaticCutover,
    /// The protection policy holds a replication rule.
    ReplicatingPolicy,
    /// It was asked for with `force`. A member that its group rolls back has it from the group.
    Forced,
    /// The clean-up follows a cancel, and not a failure.
    CameFromCancel,
    /// The inconsistent record can be matched with what the array finds.
    RecordMatches,
    /// A member of the group has not come to its end, as [`super::import_group::MEMBERS_LEFT`] tells.
    MembersLeft,
    /// What a failed roll-back left behind keeps the hosts from the source; otherwise it is on this
    /// array only. A member in Cleanup_Required is enough.
    SourceWithheld,
    /// This end of a replication is the one that is written to: it is reported as Source.
    SourceSide,
    /// Data gets through between the two arrays of a replication.
    LinkUp,
    /// Only this end is paused; the other one did not hear of it.
    PausedLocally,
    /// A failover test runs.
    TestRunning,
    /// The replication was idle and healthy when it was paused.
    IdleBefore,
    /// The failover was asked to protect the other way at once.
    Reversing,
    /// The failover was asked to take the data of a snapshot.
    FromSnapshot,
    /// The failover was asked to keep what the failover test has written.
    OnTestCopy,
    /// The replication is active on both arrays; its opposite here is synchronous, from one to the other.
    Metro,
    /// This end of a metro session is the one that goes on when the arrays lose each other.
    Preferred,
    /// Both ends of a metro session were made to serve hosts while they did not reach each other.
    BothPromoted,
    /// The reprotect was asked to give up what was written since the failover.
    Discarding,
    /// Hosts have to look for their paths anew, and the array can make them.
    RescanByArray,
    /// Hosts have to look for their paths anew, and only a person can make them.
    RescanByHand,
    /// The person has told that all hosts have looked for their paths anew.
    RescanDone,
    /// What stopped the work by itself is mended.
    CauseMended,
    /// The work can be stopped: neither its type nor what it does now forbids it.
    Stoppable,
    /// It ended, and not all of it with success.
    EndedWithError,
    /// The removal was asked to take jobs too that ended with an error.
    PurgingErrors,
}

impl Circumstance {
    /// Every circumstance, in order.
    pub const ALL: [Circumstance; 32] = [
        Circumstance::Agentless,
        Circumstance::Member,
        Circumstance::ScheduleAhead,
        Circumstance::SourceReady,
        Circumstance::HeadOfQueue,
        Circumstance::SlotFree,
        Circumstance::AutomaticCutover,
        Circumstance::ReplicatingPolicy,
        Circumstance::Forced,
        Circumstance::CameFromCancel,
        Circumstance::RecordMatches,
        Circumstance::MembersLeft,
        Circumstance::SourceWithheld,
        Circumstance::SourceSide,
        Circumstance::LinkUp,
        Circumstance::PausedLocally,
        Circumstance::TestRunning,
        Circumstance::IdleBefore,
        Circumstance::Reversing,
        Circumstance::FromSnapshot,
        Circumstance::OnTestCopy,
        Circumstance::Metro,
        Circumstance::Preferred,
        Circumstance::BothPromoted,
        Circumstance::Discarding,
        Circumstance::RescanByArray,
        Circumstance::RescanByHand,
        Circumstance::RescanDone,
        Circumstance::CauseMended,
        Circumstance::Stoppable,
        Circumstance::EndedWithError,
        Circumstance::PurgingErrors,
    ];

    /// What one must know to decide, as the end of the sentence "It is not known …".
    pub const fn question(self) -> &'static str {
        match self {
            Circumstance::Agentless => "whether the import is agentless",
            Circumstance::Member => "whether the session belongs to a group",
            Circumstance::ScheduleAhead => "whether the scheduled time is ahead",
            Circumstance::SourceReady => "whether the source can be imported",
            Circumstance::HeadOfQueue => "whether the session is the next in the queue",
            Circumstance::SlotFree => "whether another import may start",
            Circumstance::AutomaticCutover => "whether the cutover is automatic",
            Circumstance::ReplicatingPolicy => "whether the protection policy replicates",
            Circumstance::Forced => "whether it was forced",
            Circumstance::CameFromCancel => "whether the clean-up follows a cancel",
            Circumstance::RecordMatches => "whether the record can be matched",
            Circumstance::MembersLeft => "whether a member of the group has not come to its end",
            Circumstance::SourceWithheld => "whether the hosts are kept from the source",
            Circumstance::SourceSide => "whether this end is the source",
            Circumstance::LinkUp => "whether the other array is reached",
            Circumstance::PausedLocally => "whether the other end is paused too",
            Circumstance::TestRunning => "whether a failover test runs",
            Circumstance::IdleBefore => "what the replication did before the pause",
            Circumstance::Reversing => "whether the failover is to reverse",
            Circumstance::FromSnapshot => "whether the failover takes a snapshot",
            Circumstance::OnTestCopy => "whether the failover keeps the test copy",
            Circumstance::Metro => "whether the session is a metro session",
            Circumstance::Preferred => "whether this end is the preferred one",
            Circumstance::BothPromoted => "whether both ends serve hosts",
            Circumstance::Discarding => "whether the changes are given up",
            Circumstance::RescanByArray => "whether the array makes hosts look for paths",
            Circumstance::RescanByHand => "whether hosts need a rescan by hand",
            Circumstance::RescanDone => "whether the hosts were rescanned",
            Circumstance::CauseMended => "whether the cause is mended",
            Circumstance::Stoppable => "whether the job can be stopped",
            Circumstance::EndedWithError => "whether the job ended with an error",
            Circumstance::PurgingErrors => "whether jobs with errors are meant too",
        }
    }

    const fn bit(self) -> u32 {
        1 << self as u8
    }
}

/// What is known of a session: for every circumstance yes, no, or nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    known: u32,
    holds: u32,
}

impl Circumstances {
    /// Nothing is known.
    pub const UNKNOWN: Circumstances = Circumstances { known: 0, holds: 0 };

    /// The same with one circumstance set; `None` makes it unknown.
    #[must_use]
    pub const fn with(self, circumstance: Circumstance, value: Option<bool>) -> Self {
        let bit = circumstance.bit();
        match value {
            None => Circumstances { known: self.known & !bit, holds: self.holds & !bit },
            Some(false) => Circumstances { known: self.known | bit, holds: self.holds & !bit },
            Some(true) => Circumstances { known: self.known | bit, holds: self.holds | bit },
        }
    }

    /// What is known of `circumstance`.
    pub const fn get(self, circumstance: Circumstance) -> Option<bool> {
        let bit = circumstance.bit();
        if self.known & bit == 0 { None } else { Some(self.holds & bit != 0) }
    }
}

/// A condition of a transition on one circumstance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guard {
    /// The circumstance that is read.
    pub circumstance: Circumstance,
    /// The value it must have.
    pub wanted: bool,
}

/// Guard: the circumstance holds.
pub const fn is(circumstance: Circumstance) -> Guard {
    Guard { circumstance, wanted: true }
}

/// Guard: the circumstance does not hold.
pub const fn isnt(circumstance: Circumstance) -> Guard {
    Guard { circumstance, wanted: false }
}

/// The value of a set of guards when some circumstances may be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// All guards hold.
    Yes,
    /// At least one guard is known to fail.
    No,
    /// No guard is known to fail; this circumstance, the first unknown one, decides.
    Unknown(Circumstance),
}

impl Truth {
    /// All of `guards` together under `circumstances`.
    pub fn of(guards: &[Guard], circumstances: Circumstances) -> Truth {
        let mut truth = Truth::Yes;
        for guard in guards {
            match circumstances.get(guard.circumstance) {
                Some(value) if value != guard.wanted => return Truth::No,
                None if truth == Truth::Yes => truth = Truth::Unknown(guard.circumstance),
                _ => {}
            }
        }
        truth
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Circumstance::{Agentless, Member};

    #[test]
    fn a_known_failure_outweighs_what_is_unknown() {
        let member_only = Circumstances::UNKNOWN.with(Member, Some(false));
        assert_eq!(Truth::of(&[is(Agentless), is(Member)], member_only), Truth::No);
        assert_eq!(Truth::of(&[is(Agentless), isnt(Member)], member_only), Truth::Unknown(Agentless));
        assert_eq!(Truth::of(&[isnt(Member)], member_only), Truth::Yes);
        assert_eq!(Truth::of(&[], Circumstances::UNKNOWN), Truth::Yes);
    }

    #[test]
    fn every_circumstance_is_kept_apart_from_the_others() {
        for (index, circumstance) in Circumstance::ALL.into_iter().enumerate() {
            assert_eq!(index, circumstance as usize);
            let one = Circumstances::UNKNOWN.with(circumstance, Some(true));
            for other in Circumstance::ALL {
                assert_eq!(one.get(other), (other == circumstance).then_some(true));
            }
            assert_eq!(one.with(circumstance, None), Circumstances::UNKNOWN);
        }
    }
}
