//! Scenes of imports: a volume by itself, agentless and with a host agent, a member, a group.

use array_console::lifecycle::Circumstance::{Agentless, Member, MembersLeft};
use array_console::lifecycle::Kind;
use serde_json::json;

use crate::answers::{Never, Placed, Scene, known};
use crate::console::imports::{GROUP, MEMBER, VOLUME, Ways, Who, reach};

/// The states that a volume shows whose host has the agent.
const WITH_AGENT: Ways = &[("In_Progress", &["create"]), ("Copy_In_Progress", &["create", "copy"])];

/// Groups that have come to their end otherwise than [`GROUP`] has it: whether a member is left.
const ENDS: &[(&str, bool, &[&str])] = &[
    (
        "Import_Completed_With_Errors",
        true,
        &[
            "create",
            "* copy",
            "* !all_data_copied",
            "cutover",
            "~ !commit_done",
            "1 !mirror_failed",
            "1 !roll_back_fails",
        ],
    ),
    ("Failed", true, &["create without a place", "1 !pre_check_fails"]),
    (
        "Cancelled",
        true,
        &["create", "1 !record_inconsistent", "cancel by force", "~ !roll_back_done", "1 !reconcile_gives_up"],
    ),
    (
        "Cleanup_Failed",
        false,
        &["create", "1 !failure_not_undone", "~ !roll_back_done", "1 cleanup", "1 !clean_up_fails", "cleanup"],
    ),
];

/// A group is completed only when all of its members are.
pub const NEVER: &[Never] = &[Never { kind: Kind::ImportGroup, state: "Import_Completed", when: (MembersLeft, true) }];

/// Every scene.
pub fn scenes() -> Vec<Scene> {
    let mut scenes = Vec::new();
    for (who, ways, kind) in [
        (Who::Volume, VOLUME, "Agentless"),
        (Who::Volume, WITH_AGENT, "Non_Disruptive"),
        (Who::Member, MEMBER, "Agentless"),
        (Who::Group, GROUP, "Agentless"),
    ] {
        for (state, steps) in ways {
            scenes.push(Scene {
                kind: if who == Who::Group { Kind::ImportGroup } else { Kind::ImportVolume },
                state,
                known: match who {
                    // In the ways of `GROUP` only a clean-up that failed leaves a member behind.
                    Who::Group => known(&[(Agentless, true), (MembersLeft, *state == "Cleanup_Failed")]),
                    _ => known(&[(Agentless, kind == "Agentless"), (Member, who == Who::Member)]),
                },
                reach: Box::new(move || {
                    let (console, id) = reach(who, steps, json!({ "type": kind }));
                    Placed::plain(console, id)
                }),
            });
        }
    }
    for (state, left, steps) in ENDS {
        scenes.push(Scene {
            kind: Kind::ImportGroup,
            state,
            known: known(&[(Agentless, true), (MembersLeft, *left)]),
            reach: Box::new(move || {
                let (console, id) = reach(Who::Group, steps, json!({}));
                Placed::plain(console, id)
            }),
        });
    }
    scenes
}
