//! An action under way, or how it ended, on the page of its session.

use super::wire::exchange;
use crate::array::{Deed, DeedEnd};
use crate::fleet::ArrayIndex;
use crate::operation::{Act, Event, Stage};
use crate::ui::console::Console;
use crate::ui::platform;
use crate::ui::platform::element::{View, el, live};
use crate::ui::state::{Known, held, known};

/// What is going on, in words; nothing while no action was sent.
pub fn act_panel(console: Console, array: ArrayIndex, session: &str) -> View {
    let session = held(session.to_owned());
    let words = known(move || {
        console.desk(array, |desk| session.with(|session| desk.act(session).and_then(words_of))).flatten()
    });
    panel(console, array, words)
}

/// The same of a creation, whose session does not exist yet.
pub fn creation_panel(console: Console, array: ArrayIndex) -> View {
    panel(console, array, known(move || console.desk(array, |desk| desk.creation().and_then(words_of)).flatten()))
}

fn panel(console: Console, array: ArrayIndex, words: Known<Option<Words>>) -> View {
    let shown = live(move || {
        words.get().map(|words| {
            let Words { session, title, sentence, more, class, settled, report, deed } = words;
            let report = report.map(|report| {
                let name = format!("{}.json", deed.session_name);
                el("button")
                    .set("type", "button")
                    .on("click", move |_| _ = platform::save(&name, "application/json", &report))
                    .with("Save the report")
                    .done()
            });
            let close = move |_| console.hear(array, Event::Dismiss { session: session.clone() });
            let label = title.clone();
            el("section")
                .class(class)
                .set("aria-label", label)
                .with(el("h2").with(title))
                .with(el("p").class("act-sentence").with(sentence))
                .with(more.map(|more| el("p").class("act-more").with(more).done()))
                .with(el("details").with(el("summary").with("Request and answer")).with(exchange(&deed.exchange)))
                .with(report)
                .with(
                    settled
                        .then(|| el("button").set("type", "button").on("click", close).with("Close this note").done()),
                )
                .done()
        })
    });
    el("div").set("role", "status").class("act-place").with(shown).done()
}

#[derive(Clone, PartialEq)]
struct Words {
    session: String,
    title: String,
    sentence: String,
    more: Option<String>,
    class: &'static str,
    settled: bool,
    report: Option<String>,
    deed: Deed,
}

fn words_of(act: &Act) -> Option<Words> {
    let deed = act.deed.clone()?;
    let label = act.asked_for().map_or("", |action| action.label);
    let sentence = match &act.stage {
        Stage::Sending => "Sent; the answer is awaited.".to_owned(),
        Stage::CheckingToken => {
            "The array did not permit it. Is the login's token out of date? It is being looked up.".to_owned()
        }
        Stage::CheckingRefusal => {
            "The array refused it. Whether an earlier copy of the request was carried out is being looked up."
                .to_owned()
        }
        Stage::Following => match &act.job {
            Some(job) => {
                let percent = job.progress_percentage.map(|percent| format!(", {percent} %")).unwrap_or_default();
                let phase = job.phase_word().unwrap_or("not told").replace('_', " ").to_ascii_lowercase();
                format!("Accepted. The array works on it: job {phase}{percent}.")
            }
            None => "Accepted. The array works on it.".to_owned(),
        },
        Stage::Resolving { looks } => format!("{} Looked {looks} times.", DeedEnd::Unknown.sentence()),
        Stage::Settled => match (&deed.end, act.is_creation()) {
            (DeedEnd::MovedByNobodyKnows, true) => {
                "No answer tells that it was done, but one of this name and source exists now.".to_owned()
            }
            (DeedEnd::NotArrived, true) => {
                "No answer came, and none of this name and source exists: the request did not arrive. It may be asked for again.".to_owned()
            }
            (end, _) => end.sentence(),
        },
        Stage::Preparing | Stage::Unprepared(_) | Stage::NameTaken | Stage::Asking | Stage::WaitingForLogin => {
            return None;
        }
    };
    let class = match (&act.stage, &deed.end) {
        (Stage::Settled, DeedEnd::Completed) => "act done",
        (Stage::Settled, DeedEnd::MovedByNobodyKnows | DeedEnd::NotArrived) => "act unsure",
        (Stage::Settled, _) => "act bad",
        (Stage::Resolving { .. }, _) => "act unsure",
        _ => "act busy",
    };
    Some(Words {
        session: act.session.clone(),
        title: format!("{label}, sent at {}", platform::time_of_day(deed.sent_at)),
        sentence,
        more: act.hindrance.as_ref().map(|error| format!("The last look failed: {error}")),
        class,
        // What was made has a way on of its own.
        settled: act.stage == Stage::Settled && act.created.is_none(),
        report: act.report.clone(),
        deed,
    })
}
