//! Whether the array is documented to accept an action now.

use super::{ActionId, Basis, Circumstance, Circumstances, Lifecycle, NodeId, Outcome, Release, Trigger, Truth};

/// Why the console cannot say for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The session is in a state that no table knows.
    UnknownState,
    /// The array's release could not be read, and older ones lack the action.
    UnknownRelease,
    /// This circumstance decides, and the array did not tell it.
    Unknown(Circumstance),
    /// The array probably accepts it; the vendor does not say so. With our reason.
    ProbablyAccepted(&'static str),
    /// The array probably refuses it, with this sentence; the vendor does not say so.
    ProbablyRefused(&'static str),
}

/// What the tables say about an action on a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The vendor documents that the array accepts it now.
    Allowed,
    /// The vendor documents that the array does not accept it now, with the reason.
    Refused(&'static str),
    /// Offered behind a dialog that says so: the array decides.
    Uncertain(Doubt),
}

/// The sentence for an action that the array's release does not have yet.
const TOO_OLD: &str = "The software release of this array does not have this action yet.";

/// Whether `action` is for now, as [`verdict`] tells it, with its switches as they are best set: all off, or
/// else one of them on. A button is for what some setting of its dialog allows.
pub fn offered(
    lifecycle: &Lifecycle,
    node: Option<NodeId>,
    action: ActionId,
    circumstances: Circumstances,
    release: Option<Release>,
) -> Verdict {
    let flags = lifecycle.action(action).map_or(&[][..], |action| action.flags);
    let switches = || flags.iter().filter_map(|flag| flag.makes);
    let off = switches().fold(circumstances.with(Circumstance::FromSnapshot, Some(false)), |known, switch| {
        known.with(switch, Some(false))
    });
    let settings = std::iter::once(off).chain(switches().map(|switch| off.with(switch, Some(true))));
    let mut refused = None;
    for setting in settings {
        match verdict(lifecycle, node, action, setting, release) {
            Verdict::Refused(sentence) => refused = refused.or(Some(sentence)),
            other => return other,
        }
    }
    Verdict::Refused(refused.unwrap_or_default())
}

/// Whether `action` is for now, on a session that stands in `node` (`None`: a state that no table
/// knows) of an array with `release` (`None`: it could not be read).
///
/// A refusal is final only when the vendor documents it: a conclusion of ours, or a circumstance that
/// the array did not tell, leaves the action uncertain and never locks a person out.
pub fn verdict(
    lifecycle: &Lifecycle,
    node: Option<NodeId>,
    action: ActionId,
    circumstances: Circumstances,
    release: Option<Release>,
) -> Verdict {
    let Some(wanted) = lifecycle.action(action) else {
        return Verdict::Refused("There is no such action.");
    };
    if release.is_some_and(|release| release < wanted.since) {
        return Verdict::Refused(TOO_OLD);
    }
    if node.is_none() {
        return Verdict::Uncertain(Doubt::UnknownState);
    }
    let mut undecided = None;
    let mut first: Option<Verdict> = None;
    for (truth, row) in lifecycle.candidates(node, Trigger::Action(action), circumstances) {
        let answer = match row.outcome {
            Outcome::Refused(sentence) => refusal(sentence, row.evidence.rule),
            _ => match row.evidence.rule {
                Basis::Documented(_) => Verdict::Allowed,
                Basis::Inferred(why) => Verdict::Uncertain(Doubt::ProbablyAccepted(why)),
            },
        };
        if let Truth::Unknown(circumstance) = truth {
            undecided = undecided.or(Some(circumstance));
        }
        // Rows that agree whatever the unknown turns out to be leave nothing undecided.
        match first {
            Some(earlier) if earlier != answer => return doubtful(undecided, answer),
            _ => first = Some(answer),
        }
        if truth == Truth::Yes {
            return without_release_doubt(answer, wanted.since, release);
        }
    }
    match undecided {
        Some(circumstance) => Verdict::Uncertain(Doubt::Unknown(circumstance)),
        None => refusal(wanted.elsewhere.sentence, wanted.elsewhere.basis),
    }
}

fn refusal(sentence: &'static str, basis: Basis) -> Verdict {
    if basis.is_documented() {
        Verdict::Refused(sentence)
    } else {
        Verdict::Uncertain(Doubt::ProbablyRefused(sentence))
    }
}

fn doubtful(undecided: Option<Circumstance>, answer: Verdict) -> Verdict {
    undecided.map_or(answer, |circumstance| Verdict::Uncertain(Doubt::Unknown(circumstance)))
}

fn without_release_doubt(answer: Verdict, since: Release, release: Option<Release>) -> Verdict {
    if answer == Verdict::Allowed && release.is_none() && since > Release::OLDEST {
        Verdict::Uncertain(Doubt::UnknownRelease)
    } else {
        answer
    }
}
