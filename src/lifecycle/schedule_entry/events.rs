//! What happens to an entry, in the vocabulary of the control door.

use crate::lifecycle::{Event, EventId};

events! {
    POLICY_APPLIED "policy_applied" "a policy is applied",
    SCHEDULE_CHANGED "schedule_changed" "its schedule is changed",
    TAKEN_OUT "taken_out" "its dataset or its schedule is taken out",
    DUE "due" "its time comes",
    DUE_WHILE_DOWN "due_while_down" "its time comes while the service is down",
    SERVICE_BACK "service_back" "the service is back",
    NEXT_LISTING "next_listing" "the schedule is read anew",
}
