//! Scenes of imports: a volume by itself, agentless and with a host agent, a member, a group.

use array_console::lifecycle::Circumstance::{Agentless, Member, MembersLeft};
use array_console::lifecycle::Kind;
use serde_json::json;

use crate::answers::{Never, Placed, Scene, known};
use crate::console::imports::{GROUP, MEMBER, VOLUME, Ways, Who, reach};

/// The states that a volume shows whose host has the agent.
const WITH_AGENT: Ways = &[("In_Progress", &["create"]), ("Copy_In_Progress", &["create", "copy"])];

/// Groups that have come to their end otherwise than [`GROUP`] has it: whether a member is left.
const ENDS: &[(bool, &[&str])] = &[
    (
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
    (true, &["create without a place", "1 !pre_check_fails"]),
    (true, &["create", "1 !record_inconsistent", "cancel by force", "~ !roll_back_done", "1 !reconcile_gives_up"]),
    (false, &["create", "1 !failure_not_undone", "~ !roll_back_done", "1 cleanup", "1 !clean_up_fails", "cleanup"]),
];

/// A group is completed only when all of its members are.
pub const NEVER: &[Never] =
    &[Never { kind: Kind::ImportGroup, state: Some("Import_Completed"), when: &[(MembersLeft, true)] }];

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
            // In the ways of `GROUP` only a clean-up that failed leaves a member behind.
            scenes.push(scene(who, steps, kind, *state == "Cleanup_Failed"));
        }
    }
    scenes.extend(ENDS.iter().map(|(left, steps)| scene(Who::Group, steps, "Agentless", *left)));
    scenes
}

fn scene(who: Who, steps: &'static [&'static str], kind: &'static str, left: bool) -> Scene {
    let of_group = who == Who::Group;
    let known = match of_group {
        true => known(&[(Agentless, true), (MembersLeft, left)]),
        false => known(&[(Agentless, kind == "Agentless"), (Member, who == Who::Member)]),
    };
    Scene {
        kind: if of_group { Kind::ImportGroup } else { Kind::ImportVolume },
        name: steps.join(", "),
        reach: Box::new(move || {
            let (console, id) = reach(who, steps, json!({ "type": kind }));
            Placed::plain(console, id, known)
        }),
    }
}
