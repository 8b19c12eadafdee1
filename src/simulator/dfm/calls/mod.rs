//! The calls that the door knows, what they take, and the check of it.
//!
//! A DFM checks inputs against its schema before it looks at anything else (SDK reference,
//! troubleshooting): a missing one is 13006, one that the call does not know is 22.

mod acting;
mod events;
mod jobs;
mod schedule;

use super::door::Dfm;
use super::iterators::Family;
use super::model::Refusal;
use crate::simulator::fault::Harm;
use crate::simulator::powerstore::login::User;
use crate::wire::zapi::{self, Element, errno};

/// Who asks for what, when.
pub struct Asked<'a> {
    pub call: &'a Element,
    pub user: User,
    pub now: i64,
}

/// A call that the door knows.
pub struct Call {
    pub name: &'static str,
    /// It does more than read.
    pub changes: bool,
    inputs: &'static [Input],
    /// The number with which a value that makes no sense is refused.
    bad: u32,
    /// Answers with what stands in the results, written out.
    carry_out: fn(&mut Dfm, &Asked) -> Result<String, Refusal>,
}

/// An input of a call.
struct Input {
    name: &'static str,
    form: Form,
    required: bool,
    /// Since 4.0: an older server does not know it.
    later: bool,
}

/// What an input must look like.
#[derive(Clone, Copy)]
enum Form {
    /// A whole number from here to 2^31-1: ids from 1, times and counts from 0.
    From(i64),
    Flag,
    Text,
    /// A list of elements with this name.
    List(&'static str),
}

const fn given(name: &'static str, form: Form) -> Input {
    Input { name, form, required: false, later: false }
}

const fn needed(name: &'static str, form: Form) -> Input {
    Input { name, form, required: true, later: false }
}

const fn later(name: &'static str, form: Form) -> Input {
    Input { name, form, required: false, later: true }
}

const TAG: &[Input] = &[needed("tag", Form::Text)];
const NEXT: &[Input] = &[needed("maximum", Form::From(1)), needed("tag", Form::Text)];

const fn reads(name: &'static str, inputs: &'static [Input], carry_out: CarryOut) -> Call {
    Call { name, changes: false, inputs, bad: errno::EINVALIDINPUT, carry_out }
}

type CarryOut = fn(&mut Dfm, &Asked) -> Result<String, Refusal>;

static CALLS: [Call; 14] = [
    reads("dfm-about", &[], acting::about),
    Call { changes: true, ..reads("dp-backup-start", acting::BACKUP, acting::back_up) },
    Call {
        name: "dp-job-abort",
        changes: true,
        inputs: &[needed("job-id", Form::From(1))],
        bad: errno::EINVALIDINPUTERROR,
        carry_out: acting::abort,
    },
    reads("dp-job-list-iter-start", jobs::INPUTS, jobs::start),
    reads("dp-job-list-iter-next", NEXT, |dfm, asked| next(dfm, asked, Family::Jobs, "jobs")),
    reads("dp-job-list-iter-end", TAG, |dfm, asked| end(dfm, asked, Family::Jobs)),
    reads("dp-job-progress-event-list-iter-start", events::INPUTS, events::start),
    reads("dp-job-progress-event-list-iter-next", NEXT, |dfm, asked| {
        next(dfm, asked, Family::Events, "progress-events")
    }),
    reads("dp-job-progress-event-list-iter-end", TAG, |dfm, asked| end(dfm, asked, Family::Events)),
    Call {
        name: "dp-job-purge",
        changes: true,
        inputs: &[
            given("completed-timestamp", Form::From(0)),
            given("job-id", Form::From(1)),
            given("purge-jobs-completed-with-error", Form::Flag),
        ],
        bad: errno::EINVALIDINPUT,
        carry_out: acting::purge,
    },
    reads("dp-job-schedule-get-last-changed", &[], schedule::last_changed),
    Call {
        bad: errno::EINVALIDINPUTERROR,
        ..reads("dp-job-schedule-list-iter-start", schedule::INPUTS, schedule::start)
    },
    reads(
        "dp-job-schedule-list-iter-next",
        &[needed("maximum", Form::From(0)), needed("tag", Form::Text)],
        |dfm, asked| next(dfm, asked, Family::Schedule, "scheduled-jobs"),
    ),
    reads("dp-job-schedule-list-iter-end", TAG, |dfm, asked| end(dfm, asked, Family::Schedule)),
];

/// The call with this name; capitals count.
pub fn named(name: &str) -> Option<&'static Call> {
    CALLS.iter().find(|call| call.name == name)
}

/// Carries a call out; answers with what stands in its results.
pub fn answer(dfm: &mut Dfm, asked: &Asked, harms: &[Harm]) -> Result<String, Refusal> {
    let name = &asked.call.name;
    let no_call = || Refusal::new(errno::EAPINOTFOUND, format!("Unable to find API: {name}"));
    let call = named(name).ok_or_else(no_call)?;
    check(call, asked.call, dfm.server.is_later())?;
    if call.changes && !asked.user.may_change {
        let reason = format!("The role of {} does not permit {name}.", asked.user.name);
        return Err(Refusal::new(errno::EACCESSDENIED, reason));
    }
    if let Some(Harm::Refuse(code, message)) = harms.iter().find(|harm| matches!(harm, Harm::Refuse(..))) {
        return Err(Refusal::new(code.parse().unwrap_or(errno::EAPIERROR), message.as_str()));
    }
    let inside = (call.carry_out)(dfm, asked)?;
    if call.changes {
        dfm.counts.action(call.name);
    }
    Ok(inside)
}

fn check(call: &Call, asked: &Element, is_later: bool) -> Result<(), Refusal> {
    for input in call.inputs.iter().filter(|input| input.required) {
        if asked.child(input.name).is_none() {
            let reason = format!("The input {} is missing.", input.name);
            return Err(Refusal::new(errno::EAPIMISSINGARGUMENT, reason));
        }
    }
    for (place, child) in asked.children.iter().enumerate() {
        let input = call.inputs.iter().find(|input| input.name == child.name && (is_later || !input.later));
        let name = &child.name;
        let input = input
            .ok_or_else(|| Refusal::new(errno::EINVAL, format!("{} does not know the input {name}.", call.name)))?;
        let bad = |what: &str| Err(Refusal::new(call.bad, format!("{name} {what}.")));
        if asked.children.iter().take(place).any(|before| before.name == *name) {
            return bad("is given twice");
        }
        match input.form {
            Form::From(low) => {
                if zapi::number(&child.text).is_none_or(|number| !(low..=0x7fff_ffff).contains(&number)) {
                    return bad(&format!("must be a whole number from {low} to 2147483647"));
                }
            }
            Form::Flag if zapi::flag(&child.text).is_none() => return bad("must be true or false"),
            Form::List(item) if child.children.iter().any(|child| child.name != item) => {
                return Err(Refusal::new(errno::EINVAL, format!("{name} takes {item} and nothing else.")));
            }
            Form::Flag | Form::Text | Form::List(_) => {}
        }
    }
    Ok(())
}

/// A refusal of something that was asked for with values that do not go together.
fn senseless(reason: impl Into<String>) -> Refusal {
    Refusal::new(errno::EINVALIDINPUT, reason)
}

/// Keeps the rows of a start; answers with their number and their tag.
fn started(dfm: &mut Dfm, asked: &Asked, family: Family, rows: Vec<String>) -> Result<String, Refusal> {
    let records = rows.len();
    let tag = dfm.iterators.start(family, rows, asked.now)?;
    Ok(format!("<records>{records}</records><tag>{tag}</tag>"))
}

/// The next rows, in a holder that is left out when there are none.
fn next(dfm: &mut Dfm, asked: &Asked, family: Family, holder: &str) -> Result<String, Refusal> {
    let maximum = asked.call.number_of("maximum").and_then(|maximum| usize::try_from(maximum).ok()).unwrap_or(0);
    let tag = asked.call.text_of("tag").unwrap_or_default();
    let rows = dfm.iterators.next(family, tag, maximum, asked.now)?;
    let records = format!("<records>{}</records>", rows.len());
    if rows.is_empty() {
        return Ok(records);
    }
    Ok(format!("<{holder}>{}</{holder}>{records}", rows.concat()))
}

fn end(dfm: &mut Dfm, asked: &Asked, family: Family) -> Result<String, Refusal> {
    dfm.iterators.end(family, asked.call.text_of("tag").unwrap_or_default(), asked.now)?;
    Ok(String::new())
}

/// The two ends of a span of time, in seconds; what is not given does not bound it.
fn span(asked: &Asked, from: &str, to: &str) -> Result<(i64, i64), Refusal> {
    let (first, last) = (asked.call.number_of(from).unwrap_or(i64::MIN), asked.call.number_of(to).unwrap_or(i64::MAX));
    if first > last {
        return Err(senseless(format!("{from} is after {to}.")));
    }
    Ok((first, last))
}

/// The seconds since 1970 of a time in milliseconds.
const fn seconds(at: i64) -> i64 {
    at.div_euclid(1000)
}
