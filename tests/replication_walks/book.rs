//! What the documents tell people to do with a session that does not run.

use serde_json::{Value, json};

use crate::Walk;
use crate::clicks::Click;
use crate::promises::{AT_WORK, brief};
use crate::sight::{ARRAYS, End};

/// Rounds of two minutes after which the book is wrong: the first copy of the largest volume takes six hours.
const ROUNDS: usize = 500;

impl Walk {
    /// Whoever goes by the book brings every session back to OK at both ends.
    pub fn goes_by_the_book(&mut self) {
        for _ in 0..ROUNDS {
            if self.sight.values().all(run) {
                return;
            }
            let truth = self.world.truth();
            let ids: Vec<String> = self.sight.keys().cloned().collect();
            for id in ids {
                let [Some(first), Some(second)] = self.sight[&id].clone() else { continue };
                let ends = [first, second];
                // A file system is mended by what is asked of its NAS server.
                if ends[0].sort() == "member" && !ends.iter().any(|end| end.state == "Error") {
                    continue;
                }
                let alone = [0, 1].map(|array| self.is_alone(&truth, &id, array));
                self.mend(&id, &ends, alone);
                self.look();
            }
            self.wait(120);
            self.look();
        }
        let truth = self.world.truth();
        for (id, ends) in &self.sight {
            assert!(run(ends), "by the book {id} does not run: {ends:#?}\n{}", brief(&truth[id]));
        }
    }

    /// Whether an end, or that of a file system of it, was paused without the other one.
    pub fn is_alone(&self, truth: &Value, id: &str, array: usize) -> bool {
        let alone = |id: &str| truth[id]["ends"][ARRAYS[array]]["paused_locally"] == true;
        let is_member = |ends: &[Option<End>; 2]| ends.iter().flatten().any(|end| end.parent.as_deref() == Some(id));
        alone(id) || self.sight.iter().any(|(member, ends)| is_member(ends) && alone(member))
    }

    /// Whether a file system of a NAS server is in this state at an end.
    fn has_member(&self, id: &str, state: &str) -> bool {
        let ends = self.sight.values().flatten().flatten();
        ends.into_iter().any(|end| end.parent.as_deref() == Some(id) && end.state == state)
    }

    /// The next thing to do with a session.
    fn mend(&mut self, id: &str, ends: &[End; 2], alone: [bool; 2]) {
        let leader = usize::from(!ends[0].leads());
        for (array, end) in ends.iter().enumerate() {
            if end.test {
                let body = json!({ "create_end_of_test_snapshot": false, "force": true });
                self.send(&Click { action: "stop_failover_test", body }, array, id);
            }
        }
        if ends.iter().any(|end| end.state == "Error") {
            for array in 0..2 {
                self.world.event(array, id, "fault_mended");
            }
            return;
        }
        let plain = |action| Click { action, body: Value::Null };
        let both_promoted = ends.iter().all(|end| end.serves.ends_with("Promoted"));
        let works = |array: usize| AT_WORK.contains(&ends[array].state.as_str());
        for (array, end) in ends.iter().enumerate() {
            match end.state.as_str() {
                _ if works(array) || works(1 - array) && !alone[array] => {}
                "Failed_Over" if end.leads() => {
                    self.send(&plain("reprotect"), array, id);
                }
                "Partial_Reprotected" | "Partial_Failed_Back" if end.leads() => {
                    let body = json!({ "discard_changes_after_failover": end.state == "Partial_Failed_Back" });
                    self.send(&Click { action: "reprotect", body }, array, id);
                }
                "Partial_Failed_Over" if !end.leads() => {
                    let body = json!({ "is_planned": false });
                    self.send(&Click { action: "failover_unplanned", body }, array, id);
                }
                "Paused" | "Partial_Paused" if alone[array] => {
                    self.send(&plain("pause"), array, id);
                }
                // Both were made to serve hosts: one has to give way before they can be equal again.
                "System_Paused" if both_promoted => {
                    self.send(&plain("pause"), array, id);
                }
                "Paused" if both_promoted && array != leader => {
                    self.send(&plain("demote"), array, id);
                }
                "Paused" if both_promoted => {}
                "Paused" | "Partial_Paused" if array == leader => {
                    self.send(&plain("resume"), array, id);
                }
                // A synchronization moves neither what is paused nor what is failed over.
                "Partial_OK" if array == leader && self.has_member(id, "Paused") => {
                    self.send(&plain("pause"), array, id);
                }
                "Partial_OK" if !end.leads() && self.has_member(id, "Failed_Over") => {
                    let body = json!({ "is_planned": false });
                    self.send(&Click { action: "failover_unplanned", body }, array, id);
                }
                "System_Paused" | "Partial_OK" if array == leader => {
                    self.send(&plain("sync"), array, id);
                }
                "Fractured" if array != leader && end.serves.ends_with("Promoted") => {
                    self.send(&plain("demote"), array, id);
                }
                _ => {}
            }
        }
    }
}

/// Both ends run. Of NAS servers that is not promised: file systems that went different ways can stand in each
/// other's way until somebody decides which of them to give up.
fn run(ends: &[Option<End>; 2]) -> bool {
    ends.iter().all(|end| {
        end.as_ref().is_some_and(|end| {
            let runs = matches!(end.state.as_str(), "OK" | "Synchronizing") || end.state.starts_with("Switching");
            runs || matches!(end.sort(), "nas" | "member")
        })
    })
}
