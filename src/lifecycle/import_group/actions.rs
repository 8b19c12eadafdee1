//! What a person can ask of a group's import, and what the dialogs say about it. Names and ids are
//! those of a volume's actions; what they do, they do to the whole group.

pub use crate::lifecycle::import_volume::{
    CANCEL, CLEANUP, CREATE, CUTOVER, DELETE, ENABLE_DESTINATION_VOLUME, MODIFY, PAUSE, RESUME, START_COPY,
};
use crate::lifecycle::{Action, Basis, Circumstance, Danger, Flag, Refusal, Release, Source, Verb};

const AGENTLESS_RELEASE: Release = Release([1, 0, 2, 0]);
const DOCUMENTED: Basis = Basis::Documented(Source::ApiDescription);
const NOT_LISTED: Basis = Basis::Inferred("No paper of the vendor's lists this state for it.");

pub(super) static ACTIONS: [Action; 10] = [
    Action {
        name: "create",
        label: "Create",
        short: "create",
        verb: Verb::Create,
        since: Release::OLDEST,
        danger: Danger::Reversible,
        changes: "An import session is recorded for the group, and one for each of its volumes.",
        host_access: "None until the first volume starts.",
        written_meanwhile: "Stays on the sources.",
        cannot_be_undone: None,
        afterwards: "Follow the group and its volumes.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("create"),
        elsewhere: Refusal { sentence: "The session exists already.", basis: DOCUMENTED },
    },
    Action {
        name: "modify",
        label: "Reschedule",
        short: "reschedule",
        verb: Verb::Modify,
        since: Release::OLDEST,
        danger: Danger::Reversible,
        changes: "The time at which the import of the group and of all its volumes starts.",
        host_access: "None.",
        written_meanwhile: "Stays on the sources.",
        cannot_be_undone: None,
        afterwards: "Nothing.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("modify"),
        elsewhere: Refusal { sentence: "Only a scheduled import has a time that can be changed.", basis: NOT_LISTED },
    },
    Action {
        name: "enable_destination_volume",
        label: "Enable destination volume",
        short: "enable",
        verb: Verb::Act,
        since: AGENTLESS_RELEASE,
        danger: Danger::Disruptive,
        changes: "Nothing on the group: destination volumes are enabled one by one, on the volumes of the group.",
        host_access: "None.",
        written_meanwhile: "Is not touched.",
        cannot_be_undone: None,
        afterwards: "Enable the destinations on the volumes of the group.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: None,
        elsewhere: Refusal {
            sentence: "A group has no destination volume of its own: enable it on each volume of the group that is \
                       Ready To Enable Destination Volume.",
            basis: DOCUMENTED,
        },
    },
    Action {
        name: "start_copy",
        label: "Start copy",
        short: "start copy",
        verb: Verb::Act,
        since: AGENTLESS_RELEASE,
        danger: Danger::Disruptive,
        changes: "Nothing on the group: copies are started one by one, on the volumes of the group.",
        host_access: "None.",
        written_meanwhile: "Is not touched.",
        cannot_be_undone: None,
        afterwards: "Start the copies on the volumes of the group.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: None,
        elsewhere: Refusal {
            sentence: "A group does not copy by itself: start the copy on each volume of the group that is Ready To \
                       Start Copy.",
            basis: DOCUMENTED,
        },
    },
    Action {
        name: "pause",
        label: "Pause",
        short: "pause",
        verb: Verb::Act,
        since: Release::OLDEST,
        danger: Danger::Reversible,
        changes: "Nothing on the group: copies are paused one by one, on the volumes of the group.",
        host_access: "None: the hosts go on working.",
        written_meanwhile: "Is not touched.",
        cannot_be_undone: None,
        afterwards: "Pause the volumes of the group that copy.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("pause"),
        elsewhere: Refusal {
            sentence: "A group does not copy by itself: pause each volume of the group that copies (Copy In \
                       Progress). The group is paused when none copies any more.",
            basis: DOCUMENTED,
        },
    },
    Action {
        name: "resume",
        label: "Resume",
        short: "resume",
        verb: Verb::Act,
        since: Release::OLDEST,
        danger: Danger::Reversible,
        changes: "Every paused volume of the group goes on with its copy from the last range that was copied.",
        host_access: "None: the hosts go on working.",
        written_meanwhile: "Goes on being written to both sides.",
        cannot_be_undone: None,
        afterwards: "Follow the copies of the volumes.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("resume"),
        elsewhere: Refusal {
            sentence: "Only a paused group (Paused) can be resumed as a whole; a single paused volume is resumed by \
                       itself.",
            basis: DOCUMENTED,
        },
    },
    Action {
        name: "cutover",
        label: "Cut over",
        short: "cut over",
        verb: Verb::Act,
        since: Release::OLDEST,
        danger: Danger::Irreversible,
        changes: "Every volume of the group that is ready is committed: the destination volumes become the only \
                  current ones and the sources are detached. Volumes that are committed already stay so.",
        host_access: "The hosts go on working on the destination volumes.",
        written_meanwhile: "Reaches a source until its volume is committed, and only this array from then on.",
        cannot_be_undone: Some(
            "A source falls behind once its volume is committed: there is no way back to it without loss of what is \
             written since.",
        ),
        afterwards: "Check the application, then retire the sources. If the cutover ends incomplete, repeat it or \
                     cancel what is left; a volume that loses its mirror is cancelled and needs a new import.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("cutover"),
        elsewhere: Refusal {
            sentence: "The cutover waits until all data of every volume is copied (Ready For Cutover), or is repeated \
                       after an incomplete one.",
            basis: DOCUMENTED,
        },
    },
    Action {
        name: "cancel",
        label: "Cancel import",
        short: "cancel",
        verb: Verb::Act,
        since: Release::OLDEST,
        danger: Danger::Disruptive,
        changes: "Every volume of the group that is not committed is rolled back: what was copied is given up and its \
                  destination takes no more access. Volumes that are committed already stay on this array.",
        host_access: "The hosts return to the sources of the volumes that are rolled back. For an agentless import a \
                      person moves them back.",
        written_meanwhile: "Is on the sources: writes reached both sides until now. What was written to committed \
                            volumes since their commit is on this array only.",
        cannot_be_undone: Some("The copies start from nothing when the same sources are imported again."),
        afterwards: "Check that the hosts reach the sources. If a volume could not be cancelled, cancel again, if need \
                     be by force. The sources may be imported again by a new session.",
        confirm: &[],
        says: &[],
        flags: &[Flag {
            name: "force",
            label: "Force: end the import without rolling back",
            meaning: "For sources or hosts that cannot be reached. The group ends even if nothing can be put back; \
                      the sources may have to be repaired by hand.",
            danger: Danger::Irreversible,
            makes: Some(Circumstance::Forced),
            since: Release::OLDEST,
        }],
        job_verb: Some("cancel"),
        elsewhere: Refusal {
            sentence: "A group in this state is not among those that can be cancelled.",
            basis: NOT_LISTED,
        },
    },
    Action {
        name: "cleanup",
        label: "Clean up",
        short: "clean up",
        verb: Verb::Act,
        since: Release::OLDEST,
        danger: Danger::Disruptive,
        changes: "What the roll-back of the volumes left on both arrays is removed, and volumes that are left are \
                  rolled back.",
        host_access: "The hosts get the sources back.",
        written_meanwhile: "Stays where the hosts wrote it.",
        cannot_be_undone: None,
        afterwards: "Check that the hosts reach the sources.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("cleanup"),
        elsewhere: Refusal {
            sentence: "There is something to clean up only when the array says so (Cleanup Required).",
            basis: DOCUMENTED,
        },
    },
    Action {
        name: "delete",
        label: "Delete",
        short: "delete",
        verb: Verb::Delete,
        since: Release::OLDEST,
        danger: Danger::Irreversible,
        changes: "The records of the group and of all its volumes are removed; the volumes themselves are left as they \
                  are.",
        host_access: "None.",
        written_meanwhile: "Is not touched.",
        cannot_be_undone: Some("The records and their error texts are gone."),
        afterwards: "Nothing.",
        confirm: &[],
        says: &[],
        flags: &[],
        job_verb: Some("delete"),
        elsewhere: Refusal { sentence: "Only a finished import can be deleted: cancel it first.", basis: DOCUMENTED },
    },
];
