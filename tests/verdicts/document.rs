//! `docs/verdicts.md`, written from the tables.

use std::fmt::Write;

use array_console::lifecycle::{
    Action, ActionId, Circumstances, Doubt, Kind, Lifecycle, Node, NodeId, Release, Verb, Verdict, verdict,
};

use crate::conditions::{Answer, RELEASE, answers, words};

const HEAD: &str = "\
# Verdicts

What the console says about every action in every state of every kind of work. This document is written by
`WRITE_VERDICTS=1 cargo test --features server --test verdicts` from the tables in `src/lifecycle`; the same test
holds it against what the simulated arrays answer.

| Sign | Verdict |
|---|---|
| ✓ | Allowed: the vendor documents that the array accepts it. |
| ✗ | Refused: the vendor documents that it does not; the sentence with the number says why. |
| ✓? | Uncertain, probably accepted; our reason has the number. |
| ✗? | Uncertain, probably refused, with the sentence of the number. |
| ⋯ | It depends: the tables below say on what. |

An uncertain action is offered, behind a dialog that says so. So is every action in a state that no table knows,
and every action whose answer depends on what the array did not tell; \"not known\" in the tables below is when
it told nothing. An array whose release is too old for an action refuses it; if the release cannot be read, an
action that the oldest release lacks is uncertain.
";

/// The sentences of a section, each once, numbered from 1.
#[derive(Default)]
struct Sentences(Vec<String>);

impl Sentences {
    fn number(&mut self, sentence: &str) -> usize {
        if let Some(index) = self.0.iter().position(|known| known == sentence) {
            return index + 1;
        }
        self.0.push(sentence.to_owned());
        self.0.len()
    }

    fn sign(&mut self, verdict: Verdict) -> String {
        match verdict {
            Verdict::Allowed => "✓".to_owned(),
            Verdict::Refused(sentence) => format!("✗ {}", self.number(sentence)),
            Verdict::Uncertain(Doubt::ProbablyAccepted(why)) => format!("✓? {}", self.number(why)),
            Verdict::Uncertain(Doubt::ProbablyRefused(sentence)) => format!("✗? {}", self.number(sentence)),
            Verdict::Uncertain(Doubt::Unknown(circumstance)) => {
                format!("? {}", self.number(&format!("It is not known {}.", circumstance.question())))
            }
            Verdict::Uncertain(doubt) => panic!("state and release are known here: {doubt:?}"),
        }
    }
}

/// The whole document.
pub fn document() -> String {
    let mut text = HEAD.to_owned();
    for kind in Kind::ALL {
        section(&mut text, kind.lifecycle());
    }
    text
}

/// The actions that are asked of a session: all but the one that begins it.
pub fn asked(table: &'static Lifecycle) -> Vec<(ActionId, &'static Action)> {
    table.actions_with_ids().filter(|(_, action)| action.verb != Verb::Create).collect()
}

fn section(text: &mut String, table: &'static Lifecycle) {
    let mut name = table.name.to_owned();
    name[..1].make_ascii_uppercase();
    writeln!(text, "\n## {name}\n").unwrap();
    let actions = asked(table);
    if actions.is_empty() {
        writeln!(text, "Nothing can be asked of it.").unwrap();
        return;
    }
    since(text, &actions);
    let mut sentences = Sentences::default();
    let labels: Vec<&str> = actions.iter().map(|(_, action)| action.label).collect();
    writeln!(text, "| State | {} |\n|---|{}", labels.join(" | "), "---|".repeat(labels.len())).unwrap();
    for (id, node) in table.nodes_with_ids() {
        write!(text, "| {} |", state(node)).unwrap();
        for (action, _) in &actions {
            let sign = match answers(table, id, *action).as_slice() {
                [answer] => sentences.sign(answer.verdict),
                _ => "⋯".to_owned(),
            };
            write!(text, " {sign} |").unwrap();
        }
        text.push('\n');
    }
    for (id, action) in actions {
        dependent(text, table, id, action, &mut sentences);
    }
    text.push('\n');
    for (index, sentence) in sentences.0.iter().enumerate() {
        writeln!(text, "{}. {sentence}", index + 1).unwrap();
    }
}

/// The label, and the name on the wire where one cannot be guessed from the other.
fn state(node: &Node) -> String {
    let plain = |text: &str| text.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "");
    if plain(node.label) == plain(node.name) {
        node.label.to_owned()
    } else {
        format!("{} (`{}`)", node.label, node.name)
    }
}

/// The actions that came with a later release.
fn since(text: &mut String, actions: &[(ActionId, &'static Action)]) {
    let later = actions.iter().filter(|(_, action)| action.since > Release::OLDEST);
    let later: Vec<String> = later.map(|(_, action)| format!("{} {}", action.label, action.since)).collect();
    if !later.is_empty() {
        writeln!(text, "First release: {}.\n", later.join(", ")).unwrap();
    }
}

/// The states in which the answer to one action depends on something, those alike together.
fn dependent(text: &mut String, table: &'static Lifecycle, id: ActionId, action: &Action, sentences: &mut Sentences) {
    let mut alike: Vec<(Vec<NodeId>, Vec<Answer>, Verdict)> = Vec::new();
    for (node, _) in table.nodes_with_ids() {
        let given = answers(table, node, id);
        if given.len() > 1 {
            let unknown = verdict(table, Some(node), id, Circumstances::UNKNOWN, Some(RELEASE));
            match alike.iter_mut().find(|(_, other, same)| *other == given && *same == unknown) {
                Some((nodes, ..)) => nodes.push(node),
                None => alike.push((vec![node], given, unknown)),
            }
        }
    }
    if alike.is_empty() {
        return;
    }
    writeln!(text, "\n**{}** depends on more than the state:\n", action.label).unwrap();
    writeln!(text, "| State | When | Answer |\n|---|---|---|").unwrap();
    for (nodes, given, unknown) in alike {
        let mut states: Vec<String> = nodes.iter().map(|node| state(table.node(*node).unwrap())).collect();
        for answer in given {
            let when: Vec<String> =
                answer.when.iter().map(|(circumstance, value)| words(table.kind, *circumstance, *value)).collect();
            let states = std::mem::take(&mut states).join(", ");
            writeln!(text, "| {states} | {} | {} |", when.join(", "), sentences.sign(answer.verdict)).unwrap();
        }
        writeln!(text, "| | not known | {} |", sentences.sign(unknown)).unwrap();
    }
}
