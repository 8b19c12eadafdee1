//! What the tables say about an action, in sentences.

use crate::array::kind;
use crate::lifecycle::{ActionId, Doubt, Verb, Verdict};
use crate::operation::{Act, Desk};
use crate::wire::powerstore::Session;

/// What may be done with a session, with every verdict, and why nothing at all may be sent from here now.
pub fn told(desk: &Desk, session: &Session) -> (Vec<(ActionId, Verdict)>, Option<&'static str>) {
    let lifecycle = kind(session).lifecycle();
    // What needs a form of its own has no button here, nor has what this kind of work never takes.
    let acts = lifecycle.actions_with_ids();
    let acts = acts.filter(|(id, action)| action.verb != Verb::Create && lifecycle.takes(*id));
    let verdicts = acts.map(|(id, _)| (id, desk.verdict(session, id))).collect();
    let held = if desk.settings().read_only {
        Some("This console is read-only: config.json says so.")
    } else if desk.act(&session.id).is_some_and(Act::is_under_way) {
        Some("An action is under way.")
    } else {
        None
    };
    (verdicts, held)
}

/// Why an action is refused or uncertain; `None` when it is simply allowed.
pub fn reason(verdict: &Verdict) -> Option<String> {
    match verdict {
        Verdict::Allowed => None,
        Verdict::Refused(why) => Some((*why).to_owned()),
        Verdict::Uncertain(doubt) => Some(doubt_sentence(doubt)),
    }
}

fn doubt_sentence(doubt: &Doubt) -> String {
    match doubt {
        Doubt::UnknownState => {
            "This console does not know the state that the session is in: the array decides.".to_owned()
        }
        Doubt::UnknownRelease => {
            "The release of the array could not be read, and older ones lack this action: the array decides.".to_owned()
        }
        Doubt::Unknown(circumstance) => {
            format!("It is not known {}, which makes the difference: the array decides.", circumstance.question())
        }
        Doubt::ProbablyAccepted(why) => {
            format!("Probably accepted, though the vendor does not say so ({why}): the array decides.")
        }
        Doubt::ProbablyRefused(why) => {
            format!("Probably refused, though the vendor does not say so: {why} The array decides.")
        }
    }
}

/// The verdict with what it rests on, for the dialog.
pub fn verdict_sentence(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Allowed => "The vendor documents that the array accepts this now.".to_owned(),
        other => reason(other).unwrap_or_default(),
    }
}
